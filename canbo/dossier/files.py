"""Files of dossiers and papers: sealed in the database, named by the hash of what they hold."""

import hashlib
from datetime import datetime

from canbo.audit.changes import keyring
from canbo.dossier.models import StoredFile

LARGEST = 20 * 1024 * 1024
# What a browser may show or save; anything else is refused before it is kept.
MEDIA = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STARTS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG", "docx": b"PK", "xlsx": b"PK"}


class FileRefused(Exception):
    """A file that cannot be kept; the text says why and what to do."""


def checked_media(*, filename: str, content: bytes) -> str:
    """The media type by name and first bytes; FileRefused for another kind, an empty or too large file."""
    kind = filename.rsplit(".", 1)[-1].lower()
    if kind not in MEDIA:
        raise FileRefused("Chỉ nhận tệp PDF, ảnh JPG hoặc PNG, Word (.docx), Excel (.xlsx); hãy chuyển tệp rồi gửi lại.")
    if not content:
        raise FileRefused("Tệp này trống (0 byte); hãy kiểm tra lại tệp rồi gửi lại.")
    if len(content) > LARGEST:
        raise FileRefused("Tệp lớn hơn 20 MB; hãy giảm độ phân giải bản quét rồi gửi lại.")
    if not content.startswith(_STARTS[kind]):
        raise FileRefused(f"Nội dung tệp không phải là tệp .{kind}; hãy lưu lại đúng loại rồi gửi lại.")
    return MEDIA[kind]


def keep(*, content: bytes, media_type: str, at: datetime) -> str:
    """Keep the bytes within the caller's transaction; returns their hash. What is kept already is kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    sealed = keyring().seal_bytes(content, place=_place(sha256))
    StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"media_type": media_type, "size": len(content), "content": sealed, "created_at": at}
    )
    return sha256


def content_of(sha256: str) -> tuple[bytes, str]:
    """(bytes, media type) of a kept file; FileRefused when there is none. Who may open it is the caller's question."""
    found = StoredFile.objects.filter(sha256=sha256).first()
    if found is None:
        raise FileRefused("Không tìm thấy tệp này.")
    return keyring().open_bytes(bytes(found.content), place=_place(sha256)), found.media_type


def _place(sha256: str) -> str:
    return f"file:{sha256}"
