"""What calamine does not tell about an .xls sheet: hidden rows and columns, fonts, a password. Read from the BIFF8 records.

Formats: [MS-CFB] for the container, [MS-XLS] for the records; anything odd makes us stop reading, never fail.
"""

import struct
from collections import Counter
from collections.abc import Iterator

from canbo.imports.book.rawsheet import RawSheet
from canbo.sandbox.errors import Refused

LOCKED = "Tệp đang đặt mật khẩu nên chưa đọc được; hãy mở bằng Excel, bỏ mật khẩu rồi gửi lại."
_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_BOUNDSHEET, _FONT, _XF, _ROW, _COLINFO, _LABEL, _EOF, _FILEPASS = 0x85, 0x31, 0xE0, 0x208, 0x7D, 0xFD, 0x0A, 0x2F


def mark_sheets(data: bytes, sheets: list[RawSheet]) -> bool:
    """Add hidden rows, hidden columns and fonts by sheet name; False when the file would not tell."""
    try:
        stream = _workbook_stream(data)
        if not stream:
            return False
        _mark(stream, {sheet.name: sheet for sheet in sheets})
    except (struct.error, IndexError, UnicodeDecodeError):
        return False
    return True


def _mark(stream: bytes, sheets: dict[str, RawSheet]) -> None:
    fonts: list[str] = []
    cell_fonts: list[int] = []
    places: list[tuple[int, str]] = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise Refused(LOCKED)
        if kind == _FONT:
            fonts.append(_short_text(body, 14))
        elif kind == _XF:
            cell_fonts.append(struct.unpack_from("<H", body)[0])
        elif kind == _BOUNDSHEET:
            places.append((struct.unpack_from("<I", body)[0], _short_text(body, 6)))
    for place, name in places:
        if name in sheets:
            _mark_sheet(_records(stream, place), sheets[name], fonts=fonts, cell_fonts=cell_fonts)


def _mark_sheet(
    records: Iterator[tuple[int, bytes]], sheet: RawSheet, *, fonts: list[str], cell_fonts: list[int]
) -> None:
    used: dict[int, Counter[int]] = {}
    for kind, body in records:
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xI", body)
            if flags & 0x20:
                sheet.hidden_rows.append(row + 1)
        elif kind == _COLINFO:
            first, last, _, _, options = struct.unpack_from("<5H", body)
            if options & 1:
                sheet.hidden_columns.extend(range(first, min(last, 255) + 1))
        elif kind == _LABEL:
            _, column, style = struct.unpack_from("<3H", body)
            used.setdefault(column, Counter())[cell_fonts[style]] += 1
    # Font number 4 does not exist: the fifth font of the list is number 5.
    names = {column: counts.most_common(1)[0][0] for column, counts in used.items()}
    sheet.fonts = {c: fonts[n if n < 4 else n - 1] for c, n in names.items() if (n if n < 4 else n - 1) < len(fonts)}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of the records of one substream, nested charts left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += kind == 0x809
        if kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _short_text(body: bytes, at: int) -> str:
    """A text with a one-byte length: one byte a letter, or UTF-16 when the flag says so."""
    size, flags = body[at], body[at + 1]
    text = body[at + 2 : at + 2 + (size * 2 if flags & 1 else size)]
    return text.decode("utf-16-le" if flags & 1 else "latin-1")


def _workbook_stream(data: bytes) -> bytes:
    """The `Workbook` stream of the container; empty when it is short enough to live elsewhere, or absent."""
    size = 1 << int(struct.unpack_from("<H", data, 30)[0])
    table = _sector_table(data, size)
    directory = _chain(data, table, int(struct.unpack_from("<I", data, 48)[0]), size)
    for at in range(0, len(directory) - 127, 128):
        length = int(struct.unpack_from("<H", directory, at + 64)[0])
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        if name == "Workbook":
            start, whole = struct.unpack_from("<II", directory, at + 116)
            return _chain(data, table, start, size)[:whole] if whole >= 4096 else b""
    return b""


def _sector_table(data: bytes, size: int) -> list[int]:
    sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < _END]
    more = int(struct.unpack_from("<I", data, 68)[0])
    seen = 0
    while more < _END and seen < 10_000:
        found = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += [s for s in found[:-1] if s < _END]
        more, seen = found[-1], seen + 1
    return [n for s in sectors for n in struct.unpack_from(f"<{size // 4}I", data, (s + 1) * size)]


def _chain(data: bytes, table: list[int], start: int, size: int) -> bytes:
    parts: list[bytes] = []
    while start < _END and len(parts) <= len(table):
        parts.append(data[(start + 1) * size : (start + 2) * size])
        start = table[start]
    return b"".join(parts)
