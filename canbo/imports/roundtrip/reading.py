"""A list that went out to be edited, read as it came back: rows of texts by column, nothing guessed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from canbo.access.policy import GROUPS
from canbo.imports.book.rawsheet import RawBook, RawSheet
from canbo.imports.reading import Reading, SheetReading
from canbo.imports.reading.column import Column
from canbo.imports.reading.listrow import ListRow, Problem
from canbo.imports.reading.values import read_cell, text_of
from canbo.imports.roundtrip.columns import CHECK, CODE, EditColumn, edit_columns
from canbo.imports.roundtrip.marks import SHEET, read_marks

KIND = "edit"
ROW = "edit"  # where a row's own reading stands among its values
_DEEPEST_HEAD = 30


@dataclass(frozen=True, kw_only=True)
class EditRow:
    """One row as it came back: its code, its cells by column name, and the marks it went out with (None = unknown)."""

    code: str
    cells: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] | None = None


def went_out_on(book: RawBook) -> date | None:
    """The day the list was taken out; None for a file that is no such list."""
    marker = _marker(book)
    return date.fromisoformat(marker[1]) if marker else None


def _marker(book: RawBook) -> list[str]:
    sheet = next((sheet for sheet in book.sheets if sheet.name == SHEET), None)
    found = [text_of(cells[0]) for _, cells in sheet.rows if cells] if sheet else []
    return found if len(found) > 2 else []


def read_editing(book: RawBook, *, filename: str) -> Reading:
    """The rows of every sheet that still has the code column; the other sheets are left out."""
    marker = _marker(book)
    day, went_out = date.fromisoformat(marker[1]), marker[2:]
    known = {column.heading: column for column in edit_columns(year=day.year, groups=frozenset(GROUPS))}
    reading = Reading(filename=filename, kind=book.kind, encoding=book.encoding, went_out=day)
    for raw in book.sheets:
        if raw.name != SHEET and raw.rows and raw.state == "visible":
            reading.sheets.append(_sheet(raw, known, went_out))
    return reading


def _sheet(raw: RawSheet, known: dict[str, EditColumn], went_out: list[str]) -> SheetReading:
    head = next((n for n, cells in raw.rows[:_DEEPEST_HEAD] if CODE in map(text_of, cells)), None)
    if head is None:
        return SheetReading(name=raw.name, kind="ignored", why=f"không có cột “{CODE}” của danh sách xuất để sửa")
    headings = {i: text_of(cell) for i, cell in enumerate(dict(raw.rows)[head])}
    columns = {i: known[text] for i, text in headings.items() if text in known}
    sheet = SheetReading(name=raw.name, kind=KIND, header_rows=[head])
    sheet.columns = [Column(index=i, path=(text,), confidence=1.0) for i, text in headings.items() if text and text != CHECK]
    at = {text: i for i, text in headings.items()}
    sheet.rows = list(_rows(raw, head, columns, at[CODE], at.get(CHECK), went_out))
    return sheet


def _rows(
    raw: RawSheet, head: int, columns: dict[int, EditColumn], code_at: int, marks_at: int | None, went_out: list[str]
) -> Iterator[ListRow]:
    hidden = set(raw.hidden_rows)
    for number, cells in raw.rows:
        texts = {i: text_of(cell) for i, cell in enumerate(cells)}
        if number <= head or not any(text for i, text in texts.items() if i != marks_at):
            continue
        code = texts.get(code_at, "")
        marks = read_marks(texts.get(marks_at, ""), code, went_out) if marks_at is not None else None
        found = EditRow(code=code, cells={column.name: texts.get(i, "") for i, column in columns.items()}, marks=marks)
        row = ListRow(row=number, values={ROW: found, "full_name": found.cells.get("person.full_name", "")})
        birth = next((column for column in columns.values() if column.name == "person.birth"), None)
        if birth:
            row.values["birth"] = read_cell(found.cells[birth.name], birth.field).value
        row.unit = found.cells.get("employment.unit_id") or None
        if marks is None and marks_at is not None and texts.get(marks_at):
            why = "mã hồ sơ và dấu kiểm của dòng không khớp: có thể bảng đã được sắp xếp từng phần; hãy xuất lại rồi sửa"
            row.problems.append(Problem(column="", field="", why=why, severity="error"))
        row.hidden = False if number in hidden else row.hidden  # a filter hides rows, it does not take them out
        yield row
