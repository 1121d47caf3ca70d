"""Statutory forms filled from facts."""
