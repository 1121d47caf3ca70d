"""CSV and TSV as offices save them: several encodings, several separators, line breaks inside quotes."""

import csv
import io
import unicodedata
from collections import Counter

from canbo.imports.book.rawsheet import MOST_CELLS, RawBook, RawSheet
from canbo.sandbox.errors import Refused

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 200_000
_VIETNAMESE = set("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")


def read_csv(data: bytes) -> RawBook:
    """One sheet; row numbers are records, the first line being 1. A cell is always text."""
    text, encoding = decode_text(data)
    separator, text = _declared_separator(text)
    csv.field_size_limit(1_000_000)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator or best_separator(text)))
    except csv.Error as error:
        raise Refused(
            "Tệp CSV bị lỗi dấu ngoặc kép hoặc ngắt dòng; hãy mở bằng Excel, lưu dạng .xlsx rồi gửi lại.",
            detail=str(error),
        ) from error
    if sum(map(len, records)) > MOST_CELLS:
        raise Refused("Tệp CSV có quá nhiều ô; hãy chia thành nhiều tệp rồi gửi lại.")
    rows = [[number, [cell or None for cell in cells]] for number, cells in enumerate(records, 1) if any(cells)]
    return RawBook(sheets=[RawSheet(name="CSV", rows=rows)], kind="csv", encoding=encoding)


def decode_text(data: bytes) -> tuple[str, str]:
    """(text, encoding): a byte order mark decides, then UTF-8, then UTF-16 without mark, then Windows-1258 or one byte a letter."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decode(data, encoding)
    try:
        text = data.decode("utf-8")
        if "\x00" not in text:
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    if data[:2000].count(0) > len(data[:2000]) // 4:
        return _decode(data, "utf-16-le" if data[1:2] == b"\x00" or data[1] < data[0] else "utf-16-be")
    return _one_byte_text(data)


def _decode(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise Refused(
            "Bảng mã của tệp CSV bị lỗi; hãy lưu lại dạng “CSV UTF-8” rồi gửi lại.", detail=str(error)
        ) from error


def _one_byte_text(data: bytes) -> tuple[str, str]:
    """Windows-1258 when that gives Vietnamese letters; else the bytes one by one, for the old fonts (TCVN3, VNI) to be found later."""
    modern = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    old = data.decode("cp1252", "ignore") if b"\xad" not in data else "".join(map(_cp1252_letter, data))
    return (modern, "cp1258") if _vietnamese_share(modern) > 0.6 else (old, "cp1252")


def _cp1252_letter(code: int) -> str:
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


def _vietnamese_share(text: str) -> float:
    """Which share of the letters beyond ASCII are Vietnamese ones, tones and marks included."""
    foreign = Counter(c for c in text[:_SAMPLE].lower() if c > "\x7f" and not c.isspace())
    total = foreign.total()
    return sum(n for c, n in foreign.items() if c in _VIETNAMESE) / total if total else 0.0


def _declared_separator(text: str) -> tuple[str | None, str]:
    """Excel's own first line `sep=;`, blanked so that row numbers stay."""
    first, newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        return first[4], newline + rest
    return None, text


def best_separator(text: str) -> str:
    """The separator that cuts most records into the same number of fields, more than one."""
    sample = text[:_SAMPLE]
    return max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> tuple[int, int]:
    try:
        widths = Counter(
            len(r) for _, r in zip(range(300), csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
        )
    except csv.Error:
        return 0, 0
    width, records = max(
        ((w, n) for w, n in widths.items() if w > 1), key=lambda item: (item[1], item[0]), default=(1, 0)
    )
    return records, width
