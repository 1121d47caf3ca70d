"""Sealed values: AES-GCM with a key id, bound to the place they belong to; and a blind index for looking them up."""
