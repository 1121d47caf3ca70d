"""What kind of file is this, and is it safe to open? Looked at by its bytes, never by its name's ending."""

import io
import zipfile

from canbo.sandbox.errors import Refused

MIB = 1024 * 1024
MOST_BYTES = 40 * MIB
MOST_UNPACKED = 400 * MIB
MOST_ENTRIES = 5000
# XML of a long list packs 10-30 times; whole columns of empty formatted cells reach about 150.
MOST_RATIO = 250
RATIO_MATTERS_FROM = 8 * MIB

SAVE_AS = "hãy mở bằng Excel, chọn Lưu thành (Save As) dạng .xlsx rồi gửi lại."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_OPENINGS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")  # Excel 2–5 without an OLE container
_NOT_LISTS = (
    (b"%PDF", f"Đây là tệp PDF, không phải bảng tính; {SAVE_AS}"),
    (b"\x89PNG", "Đây là tệp ảnh; hãy gửi danh sách dạng .xlsx, .xls, .ods hoặc .csv."),
    (b"\xff\xd8\xff", "Đây là tệp ảnh; hãy gửi danh sách dạng .xlsx, .xls, .ods hoặc .csv."),
    (b"GIF8", "Đây là tệp ảnh; hãy gửi danh sách dạng .xlsx, .xls, .ods hoặc .csv."),
    (b"BM", "Đây là tệp ảnh; hãy gửi danh sách dạng .xlsx, .xls, .ods hoặc .csv."),
    (b"Rar!", "Đây là tệp nén .rar; hãy giải nén rồi gửi từng bảng tính."),
    (b"7z\xbc\xaf", "Đây là tệp nén .7z; hãy giải nén rồi gửi từng bảng tính."),
    (b"\x1f\x8b", "Đây là tệp nén; hãy giải nén rồi gửi từng bảng tính."),
    (b"{\\rtf", "Đây là tệp văn bản .rtf; hãy chép bảng sang Excel, lưu dạng .xlsx rồi gửi lại."),
    (b"SQLite format 3", "Đây là tệp cơ sở dữ liệu; hãy xuất danh sách ra .xlsx hoặc .csv rồi gửi lại."),
    (b"MZ", "Đây là tệp chương trình, không phải danh sách; hãy gửi tệp .xlsx, .xls, .ods hoặc .csv."),
    (b"\x7fELF", "Đây là tệp chương trình, không phải danh sách; hãy gửi tệp .xlsx, .xls, .ods hoặc .csv."),
)
_WORD = "Đây là tệp Word; hãy chép bảng sang Excel, lưu dạng .xlsx rồi gửi lại."
_LOCKED = (
    "Tệp đang đặt mật khẩu nên chưa đọc được; hãy mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ) rồi gửi lại."
)
_BROKEN = f"Tệp bị hỏng hoặc tải lên chưa đủ; {SAVE_AS}"


def kind_of(data: bytes) -> str:
    """`xlsx`, `xlsb`, `ods`, `xls` or `text`; everything else is refused with what to do instead."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused("Tệp trống, không có nội dung; hãy kiểm tra lại tệp rồi gửi lại.")
    if len(data) > MOST_BYTES:
        raise Refused(
            f"Tệp lớn hơn {MOST_BYTES // MIB} MB; hãy bỏ hình ảnh, dòng thừa hoặc chia thành nhiều tệp rồi gửi lại."
        )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    for opening, sentence in _NOT_LISTS:
        if data.startswith(opening) and not (opening in (b"BM", b"MZ") and _is_text(data)):
            raise Refused(sentence)
    if data.startswith(_BIFF_OPENINGS) and b"\x00" in data[:64]:
        return "xls"
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        raise Refused(f"Tệp mang đuôi bảng tính nhưng thật ra là một trang web (HTML); {SAVE_AS}")
    if head.startswith((b"<?xml", b"<")):
        raise Refused(f"Tệp là XML, không phải bảng tính .xlsx; {SAVE_AS}")
    if not _is_text(data):
        raise Refused("Không nhận ra loại tệp này; hãy gửi danh sách dạng .xlsx, .xls, .ods hoặc .csv.")
    return "text"


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    head = data[:65536]
    zeros = head.count(0)
    if zeros > len(head) // 4:  # UTF-16 without its mark
        return True
    odd = sum(head.count(code) for code in (*range(9), *range(14, 27)))
    return odd * 200 <= len(head)


def _kind_of_ole(data: bytes) -> str:
    names = {
        name
        for name in ("EncryptedPackage", "WordDocument", "Workbook", "Book", "PowerPoint Document")
        if name.encode("utf-16-le") in data
    }
    if "EncryptedPackage" in names:
        raise Refused(_LOCKED)
    if names & {"Workbook", "Book"}:
        return "xls"
    if "WordDocument" in names:
        raise Refused(_WORD)
    raise Refused(f"Tệp không phải bảng tính Excel; {SAVE_AS}")


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_bomb(entries)
            names = {entry.filename for entry in entries}
            kind = _kind_of_names(names, archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused(_BROKEN, detail=repr(error)) from error
    return kind


def _kind_of_names(names: set[str], archive: zipfile.ZipFile) -> str:
    if "mimetype" in names:
        return _kind_of_opendocument(names, archive.read("mimetype")[:200])
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.lower().endswith("workbook.xml") or name.startswith("xl/") for name in names):
        return "xlsx"
    if "word/document.xml" in names:
        raise Refused(_WORD)
    if any(name.startswith("ppt/") for name in names):
        raise Refused("Đây là tệp PowerPoint, không phải danh sách; hãy gửi tệp .xlsx, .xls, .ods hoặc .csv.")
    raise Refused("Đây là tệp nén hoặc loại tệp khác; hãy giải nén rồi gửi từng bảng tính .xlsx, .xls, .ods hoặc .csv.")


def _kind_of_opendocument(names: set[str], mimetype: bytes) -> str:
    if b"spreadsheet" not in mimetype:
        raise Refused("Đây là văn bản OpenDocument, không phải bảng tính; hãy chép bảng sang Excel rồi gửi lại.")
    if "content.xml" not in names or "encrypted-package" in names:
        raise Refused(_LOCKED)
    return "ods"


def _check_bomb(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(_LOCKED)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or any(map(_swells, entries)):
        raise Refused(
            "Tệp nén bung ra quá lớn so với một danh sách thật; hãy chép riêng bảng dữ liệu sang tệp mới rồi gửi lại."
        )


def _swells(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
