"""Files that are no lists, locked or dangerous are refused by their bytes, with what to do instead."""

import io
import zipfile

import pytest

from canbo.sandbox import Refused
from canbo.sandbox.prescan import kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "Tệp trống"),
        (b" \r\n\t ", "Tệp trống"),
        (b"\xef\xbb\xbf", "Tệp trống"),
        (b"%PDF-1.5 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "ảnh"),
        (b"\xff\xd8\xff\xe0 jpeg", "ảnh"),
        (b"Rar!\x1a\x07", ".rar"),
        (b"{\\rtf1 abc}", ".rtf"),
        (b"<html><body><table><tr><td>STT</td></tr></table></body></html>", "HTML"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (bytes(range(256)) * 20, "Không nhận ra"),
        (OLE + b"\x00" * 50 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (OLE + b"\x00" * 50 + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE + b"\x00" * 50, "không phải bảng tính"),
        (b"PK\x03\x04 cut off", "hỏng"),
        (zipped(word__document=b"<w/>", **{"word__document.xml": b"<w/>"}), "Word"),
        (zipped(**{"a.txt": b"x"}), "giải nén"),
        (zipped(**{"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), "OpenDocument"),
        (zipped(**{"xl__workbook.xml": b"<a/>", "xl__big.xml": b"0" * 20_000_000}), "quá lớn"),
        (zipped(**{f"xl__{i}.xml": b"" for i in range(5001)}), "quá lớn"),
    ],
)
def test_no_list_is_refused_with_advice(data: bytes, part: str) -> None:
    with pytest.raises(Refused) as refusal:
        kind_of(data)
    assert part in refusal.value.text
    assert "hãy" in refusal.value.text


def test_locked_zip_entry_is_refused() -> None:
    data = bytearray(zipped(**{"xl__workbook.xml": b"<a/>"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(Refused, match="mật khẩu"):
        kind_of(bytes(data))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped(**{"xl__workbook.xml": b"<a/>"}), "xlsx"),
        (zipped(**{"xl__workbook.bin": b""}), "xlsb"),
        (zipped(**{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}), "ods"),
        (OLE + b"\x00" * 50 + "Workbook".encode("utf-16-le"), "xls"),
        ("STT;Họ và tên\n1;An\n".encode(), "text"),
        ("STT\tHọ và tên\n".encode("utf-16"), "text"),
        (b"BMT,ten\n1,An\n", "text"),
    ],
)
def test_lists_are_told_by_their_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
