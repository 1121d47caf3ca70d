"""Any exception as one Vietnamese sentence that says what to do."""

import errno
import sqlite3

from django.core.exceptions import ValidationError
from django.db import DatabaseError

from canbo.sealing.keyring import SealBroken

DISK_FULL = "Ổ đĩa đã đầy nên chưa ghi được gì; hãy giải phóng chỗ rồi chạy lại, dữ liệu cũ còn nguyên."
DISK_FAILS = "Không ghi được lên ổ đĩa (đã đầy hoặc hỏng); hãy giải phóng chỗ rồi chạy lại, dữ liệu cũ còn nguyên."
LOCKED = "Cơ sở dữ liệu đang bận vì một việc ghi khác; hãy đợi một lát rồi chạy lại."
READ_ONLY = "Thư mục dữ liệu chỉ cho đọc; hãy cấp quyền ghi hoặc chọn thư mục khác bằng CANBO_DATA."
BROKEN = "Tệp cơ sở dữ liệu bị hỏng; hãy khôi phục từ bản sao lưu gần nhất (xem docs/operations.md)."
NO_DATABASE = "Không kết nối được cơ sở dữ liệu; hãy kiểm tra máy chủ và biến DATABASE_URL."
WRONG_KEY = "Dữ liệu đã niêm phong không mở được bằng khóa của thư mục này; hãy khôi phục đúng tệp secrets/sealing."
UNEXPECTED = "Có lỗi ngoài dự kiến ({kind}), chưa có gì bị ghi dở; chạy lại với CANBO_DEBUG=1 để xem chi tiết rồi báo lỗi."

_FILES = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EFBIG: DISK_FAILS,
    errno.EROFS: READ_ONLY,
    errno.ENOENT: "Không tìm thấy tệp “{name}”.",
    errno.EACCES: "Không có quyền mở “{name}”.",
    errno.EPERM: "Không có quyền mở “{name}”.",
    errno.EISDIR: "“{name}” là thư mục, không phải tệp.",
    errno.ENOTDIR: "Đường dẫn “{name}” đi qua một tệp không phải thư mục.",
    errno.EADDRINUSE: "Cổng này đang được chương trình khác dùng; hãy chọn cổng khác bằng --port.",
}
_DATABASE = (
    ("disk is full", DISK_FULL),
    ("no space left", DISK_FULL),
    ("disk i/o error", DISK_FAILS),
    ("is locked", LOCKED),
    ("readonly", READ_ONLY),
    ("read-only", READ_ONLY),
    ("unable to open database file", READ_ONLY),
    ("malformed", BROKEN),
    ("not a database", BROKEN),
    ("connection", NO_DATABASE),
    ("could not translate host", NO_DATABASE),
    ("authentication failed", NO_DATABASE),
)


def sentence_of(error: BaseException) -> str:
    """One line for the user; our own exceptions carry their text, others are recognised or called unexpected."""
    if isinstance(error, SealBroken):
        return WRONG_KEY
    if type(error).__module__.startswith("canbo."):
        return " ".join(str(getattr(error, "text_vi", error)).split())
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, DatabaseError | sqlite3.Error):
        return _database(error)
    if isinstance(error, OSError) and error.errno in _FILES:
        return _FILES[error.errno].format(name=error.filename or "")
    if isinstance(error, MemoryError):
        return "Máy không đủ bộ nhớ cho việc này; hãy đóng bớt chương trình khác rồi chạy lại."
    return UNEXPECTED.format(kind=type(error).__name__)


def _database(error: BaseException) -> str:
    text = str(error).lower()
    return next((words for sign, words in _DATABASE if sign in text), UNEXPECTED.format(kind=type(error).__name__))
