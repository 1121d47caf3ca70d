"""One keyring per data folder. Sealed text is `k1.` + base64(nonce + ciphertext + tag)."""

import base64
import hashlib
import hmac
import os
import zlib
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_ID = "k1"
_NONCE = 12


class SealBroken(Exception):
    """A sealed value was moved to another row, altered, or belongs to another keyring."""


@dataclass(frozen=True)
class Keyring:
    """Derives its keys from one secret: sealing, and the blind index, never share a key."""

    secret: str = field(repr=False)

    def seal(self, plain: str, *, place: str) -> str:
        """Text → sealed text that opens only at `place` (table.column:row key)."""
        return f"{KEY_ID}." + base64.b64encode(self._encrypt(plain.encode(), place)).decode()

    def open(self, sealed: str, *, place: str) -> str:
        """Sealed text → text; SealBroken when it does not belong at `place`."""
        key_id, _, body = sealed.partition(".")
        if key_id != KEY_ID:
            raise SealBroken(place)
        try:
            cipher = base64.b64decode(body, validate=True)
        except ValueError as error:
            raise SealBroken(place) from error
        return self._decrypt(cipher, place).decode()

    def seal_bytes(self, plain: bytes, *, place: str) -> bytes:
        """Bytes → compressed and sealed bytes, for log bodies and cache files."""
        return self._encrypt(zlib.compress(plain, 1), place)

    def open_bytes(self, sealed: bytes, *, place: str) -> bytes:
        return zlib.decompress(self._decrypt(sealed, place))

    def blind_index(self, value: str, *, purpose: str) -> str:
        """A keyed hash (32 hex digits): equal values are found without being readable."""
        digest = hmac.new(self._index_key, f"{purpose}:{value}".encode(), hashlib.sha256)
        return digest.hexdigest()[:32]

    def _encrypt(self, plain: bytes, place: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, plain, place.encode())

    def _decrypt(self, sealed: bytes, place: str) -> bytes:
        try:
            return self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce and a tag
            raise SealBroken(place) from error

    def _derive(self, purpose: str) -> bytes:
        return hmac.new(bytes.fromhex(self.secret), purpose.encode(), hashlib.sha256).digest()

    @cached_property
    def _aead(self) -> AESGCM:
        return AESGCM(self._derive("seal"))

    @cached_property
    def _index_key(self) -> bytes:
        return self._derive("index")
