"""The bytes of a kept file: sealed where they lie, opened for who was given the row."""

from django.conf import settings

from canbo.jobs.models import Upload
from canbo.sealing.keyring import Keyring


def sealed(content: bytes, *, sha256: str) -> bytes:
    """Bytes as the table keeps them."""
    return Keyring(settings.SEALING_KEY).seal_bytes(content, place=_place(sha256))


def content_of(file: Upload) -> bytes:
    """The bytes as they were put in."""
    return Keyring(settings.SEALING_KEY).open_bytes(bytes(file.content), place=_place(file.sha256))


def _place(sha256: str) -> str:
    return f"upload:{sha256}"
