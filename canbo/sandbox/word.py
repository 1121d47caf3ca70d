"""Is this somebody's plain Word document? Refused: macros, anything fetched from outside, embedded objects, bombs."""

import io
import re
import zipfile

from canbo.sandbox.errors import Refused

MIB = 1024 * 1024
MOST_BYTES = 10 * MIB
MOST_UNPACKED = 60 * MIB
MOST_ENTRIES = 500

_SAVE = "hãy lưu lại bằng Word thành tệp .docx thường rồi gửi lại."
_FETCHING = re.compile(rb"\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|IMPORT|LINK)\s", re.IGNORECASE)


def check_word(data: bytes) -> None:
    """Refused, with what to do, unless the bytes are a docx that holds nothing but its own text and pictures."""
    if len(data) > MOST_BYTES:
        raise Refused(f"Tệp mẫu lớn hơn {MOST_BYTES // MIB} MB; hãy giảm cỡ ảnh trong tệp rồi gửi lại.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist())
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    _check_part(entry.filename.lower(), archive.read(entry))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused(f"Tệp bị hỏng hoặc không phải tệp Word .docx; {_SAVE}", detail=repr(error)) from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("Tệp mẫu đang đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused(f"Tệp mẫu bung ra quá lớn so với một văn bản thật; {_SAVE}")
    if "word/document.xml" not in names:
        raise Refused(f"Tệp này không phải tệp Word .docx; {_SAVE}")
    if any("vbaproject" in name or "activex" in name for name in names):
        raise Refused(f"Tệp mẫu có macro nên không được nhận; {_SAVE}")
    if any(name.startswith("word/embeddings/") or name.endswith((".bin", ".html", ".htm", ".rtf")) for name in names):
        raise Refused(f"Tệp mẫu có đối tượng nhúng (OLE, tệp khác) nên không được nhận; hãy xóa đối tượng đó, {_SAVE}")


def _check_part(name: str, xml: bytes) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refused(f"Tệp mẫu có khai báo XML lạ nên không được nhận; {_SAVE}")
    if b"macroEnabled" in xml:
        raise Refused(f"Tệp mẫu có macro nên không được nhận; {_SAVE}")
    if name.endswith(".rels") and b"External" in xml:
        raise Refused("Tệp mẫu trỏ tới ảnh, liên kết hoặc tệp ở ngoài; hãy chèn ảnh vào tệp, bỏ liên kết rồi gửi lại.")
    if b"instrText" in xml and _FETCHING.search(xml):
        raise Refused("Tệp mẫu có trường lấy nội dung từ ngoài; hãy thay trường đó bằng nội dung thật rồi gửi lại.")
