"""Small invented lists for the tests: rows of cells as a spreadsheet would hand them over."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from canbo.imports.book.rawsheet import RawBook, RawSheet
from canbo.imports.book.xlsx import column_number
from canbo.imports.reading import ListRow, Reading, SheetReading, read_book


def sheet(*rows: list[Any], name: str = "Sheet1", merged: str = "", **more: Any) -> RawSheet:
    """A sheet whose first row is number 1; an empty list is an empty row; `merged` like `A1:B2 C3:C4`."""
    numbered = [(number, [None if cell == "" else cell for cell in cells]) for number, cells in enumerate(rows, 1)]
    kept = [[number, cells] for number, cells in numbered if any(cell is not None for cell in cells)]
    return RawSheet(name=name, rows=kept, merged=_merges(merged), **more)


def _merges(text: str) -> list[list[int]]:
    return [[*_position(a), *_position(b)] for a, b in (pair.split(":") for pair in text.split())]


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_number(letters)


def read(*sheets: RawSheet, **options: Any) -> Reading:
    return read_book(RawBook(sheets=list(sheets)), filename="danh sach.xlsx", **options)


def read_one(*rows: list[Any], merged: str = "", name: str = "Sheet1", **options: Any) -> SheetReading:
    (found,) = read(sheet(*rows, merged=merged, name=name), **options).sheets
    return found


def mapped(found: SheetReading) -> dict[str, str | None]:
    """Letter → field taken without asking (with what a mark means behind =)."""
    return {
        c.letter: None if c.asked or c.field is None else f"{c.field}={c.value}" if c.marked else c.field
        for c in found.columns
    }


def told(row: ListRow, *names: str) -> list[Any]:
    """Values of a row, dates as ISO text."""
    return [getattr(value, "iso", value) for value in map(row.values.get, names)]


def written_list(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "DANH SÁCH CÁN BỘ, CÔNG CHỨC") -> bytes:
    """A workbook as an office sends it: a title, one header row, every cell a text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_string(0, 0, title)
        for line, cells in enumerate((heads, *rows), start=2):
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text)
    return out.getvalue()
