"""A list's file → typed rows with a proposed mapping. Pure: no database, no clock; parsing happens in the sandbox."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from canbo.imports.book.rawsheet import RawBook, RawSheet, column_letter
from canbo.imports.book.workbook import open_workbook
from canbo.imports.reading.column import Column
from canbo.imports.reading.columns import map_columns, refuse_sensitive
from canbo.imports.reading.doubles import find_duplicates
from canbo.imports.reading.grid import Grid
from canbo.imports.reading.guesses import guesses
from canbo.imports.reading.kinds import is_ignored_name, kind_of_table
from canbo.imports.reading.layout import Table, find_tables
from canbo.imports.reading.listrow import ListRow
from canbo.imports.reading.people import RowReader
from canbo.imports.reading.questions import questions_of
from canbo.imports.reading.rowgroups import tell_by_group, tell_year_of_grades, tell_year_of_list
from canbo.imports.reading.rows import Line, Sorter, group_paths
from canbo.imports.reading.settings import apply_saved, saved_fields
from canbo.imports.reading.sheets import IGNORED, Reading, SheetReading
from canbo.imports.reading.units import group_title, unit_of_groups, unit_of_sheet, unit_of_titles
from canbo.kernel.text import fold
from canbo.sandbox.errors import Refused

__all__ = ["read_book", "read_list"]

SAMPLE = 400
NOTHING_SAID: Mapping[str, str] = MappingProxyType({})
LEFT_OUT = "bạn đã chọn không đọc trang này"


def read_list(
    data: bytes, *, filename: str, sheet: str | None = None, mapping: dict[str, Any] | None = None,
    kind: str = "auto", on: date | None = None, accept: bool = False,
) -> Reading:  # fmt: skip
    """Read a file's bytes. `mapping` is what `saved_mapping` gave before; `accept` takes every proposal.

    Raises SandboxError (with `text`) for a file that cannot be read.
    """
    return read_book(
        open_workbook(data), filename=filename, sheet=sheet, mapping=mapping, kind=kind, on=on, accept=accept
    )


def read_book(
    book: RawBook, *, filename: str, sheet: str | None = None, mapping: dict[str, Any] | None = None,
    kind: str = "auto", on: date | None = None, accept: bool = False, kinds: Mapping[str, str] = NOTHING_SAID,
) -> Reading:  # fmt: skip
    """The same for a workbook already opened (so that an answer to a question needs no second parsing).

    `kinds`: what a person said of single sheets, by name: a kind of list, or `ignored` for a sheet left out.
    """
    ask = _Ask(
        kind=kind, on=on, accept=accept, mapping=mapping or {}, epoch_1904=book.epoch_1904, csv=book.kind == "csv",
        kinds=kinds,
    )  # fmt: skip
    _name_csv(book, filename)
    chosen = _chosen(book, sheet)
    reading = Reading(filename=filename, kind=book.kind, encoding=book.encoding)
    for raw in chosen:
        reading.sheets += list(_read_sheet(raw, ask, wanted=sheet is not None))
    _units_from_sheet_names(reading.sheets)
    reading.duplicates = find_duplicates(reading.sheets)
    reading.asked = questions_of(reading, book)
    return reading


def _name_csv(book: RawBook, filename: str) -> None:
    """The one sheet of a CSV file is called as the file is."""
    if book.kind == "csv" and (stem := PurePath(filename.replace("\\", "/")).stem):
        book.sheets[0].name = stem


def _chosen(book: RawBook, sheet: str | None) -> list[RawSheet]:
    if sheet is None or (book.kind == "csv" and fold(sheet) == "csv"):
        return book.sheets
    found = [raw for raw in book.sheets if fold(raw.name) == fold(sheet)]
    if not found:
        names = ", ".join(f"“{raw.name}”" for raw in book.sheets)
        raise Refused(f"Không có trang “{sheet}” trong tệp; các trang có là {names}.")
    return found


@dataclass(frozen=True, kw_only=True)
class _Ask:
    kind: str
    on: date | None
    accept: bool
    mapping: dict[str, Any]
    epoch_1904: bool
    csv: bool
    kinds: Mapping[str, str]


def _read_sheet(raw: RawSheet, ask: _Ask, *, wanted: bool) -> Iterator[SheetReading]:
    if not raw.rows:
        return
    if ask.kinds.get(raw.name) == IGNORED:
        yield SheetReading(name=raw.name, kind=IGNORED, why=LEFT_OUT)
        return
    wanted = wanted or bool(ask.kinds.get(raw.name))
    if not wanted and raw.state != "visible":
        yield SheetReading(name=raw.name, kind=IGNORED, why="trang đang ẩn nên không đọc")
        return
    if not wanted and not ask.csv and is_ignored_name(raw.name):
        yield SheetReading(name=raw.name, kind=IGNORED, why="trang hướng dẫn, danh mục hoặc mẫu nên không đọc")
        return
    grid = Grid(raw)
    saved = saved_fields(ask.mapping, sheet=raw.name)
    tables = find_tables(grid, known=frozenset(header for header in saved if len(header) > 3))
    if not tables:
        yield SheetReading(name=raw.name, kind=IGNORED, why="không tìm thấy dòng tiêu đề có cột Họ và tên")
    for number, table in enumerate(tables, 1):
        name = raw.name + (f" (bảng {number})" if number > 1 else "")
        if ask.kinds.get(name) == IGNORED:
            yield SheetReading(name=name, kind=IGNORED, why=LEFT_OUT)
        else:
            yield _read_table(raw, grid, table, replace(ask, kind=ask.kinds.get(name) or ask.kind), name=name)


def _read_table(raw: RawSheet, grid: Grid, table: Table, ask: _Ask, *, name: str) -> SheetReading:
    names, ordinal = _key_columns(grid, table, saved_fields(ask.mapping, sheet=raw.name))
    sorter = Sorter(grid, table, names=names, ordinal=ordinal)
    lines = sorter.lines()
    people = [line for line in lines if line.sort in ("person", "continued")]
    columns = _columns(sorter, table, people, width=grid.width)
    map_columns(columns, kind=None, epoch_1904=ask.epoch_1904)
    kind = ask.kind
    if kind == "auto":
        found, groups = [c.field for c in columns if c.field], [line.group for line in lines if line.sort == "group"]
        one_each = _one_row_each(columns)
        kind = kind_of_table(titles=table.titles, sheet_name=raw.name, found=found, groups=groups, one_each=one_each)
    map_columns(columns, kind=kind, epoch_1904=ask.epoch_1904)
    known = apply_saved(columns, ask.mapping, sheet=name)
    kind = known if known and not ask.kinds.get(name) else kind
    refuse_sensitive(columns)
    tell_year_of_grades(columns, table.titles)
    sheet = SheetReading(name=name, kind=kind, header_rows=list(table.header_rows), columns=columns)
    _describe(sheet, raw, grid, table, lines)
    reader = RowReader(sorter, columns, on=ask.on, epoch_1904=ask.epoch_1904, accept=ask.accept)
    sheet.rows = _rows(reader, lines, sheet, hidden=set(raw.hidden_rows))
    tell_by_group(sheet.rows, kind=kind, has={c.field for c in columns if c.field})
    if kind == "ratings":
        tell_year_of_list(sheet.rows, table.titles)
    return sheet


def _one_row_each(columns: list[Column]) -> bool:
    """Whether nobody has two rows, as far as names tell (homonyms are few)."""
    named = [c for c in columns if c.field in ("full_name", "personal_id") and c.samples]
    return any(len(c.samples) >= 0.97 * sum(c.samples.values()) for c in named)


def _key_columns(grid: Grid, table: Table, saved: dict[str, str | None]) -> tuple[list[int], int | None]:
    """Columns of the names (two when the name is split) and of the ordinals, by heading alone."""
    best = {
        index: found[0].field
        for index, path in table.paths.items()
        if (found := guesses(path)) and found[0].score >= 0.7
    }
    told = {
        index: saved.get(fold(" / ".join(path)), saved.get(fold(column_letter(index))))
        for index, path in table.paths.items()
    }
    best |= {index: name for index, name in told.items() if name}
    names = [index for index, name in best.items() if name in ("full_name", "family_name", "given_name")]
    if any(best[index] == "full_name" for index in names):
        names = [index for index in names if best[index] == "full_name"]
        names = names[:2] if len(names) > 1 and names[1] == names[0] + 1 else names[:1]
    ordinal = next((index for index, name in best.items() if name == "ordinal"), None)
    if ordinal is None and names:
        ordinal = next((index for index in range(min(names)) if _counts(grid, table, index)), None)
    return names, ordinal


def _counts(grid: Grid, table: Table, index: int) -> bool:
    """Whether an unnamed column before the names holds running numbers."""
    texts = [grid.text(n, index) for n in grid.numbers if table.first <= n <= table.last][:50]
    filled = [t for t in texts if t]
    return bool(filled) and sum(t.rstrip(".").isdigit() for t in filled) >= 0.7 * len(filled)


def _columns(sorter: Sorter, table: Table, people: list[Line], *, width: int) -> list[Column]:
    columns = []
    for index in range(width):
        distinct: dict[Any, int] = {}
        filled = 0
        for line in people:
            cell = sorter.filled_down(line.row, index)
            if cell is not None and cell != "":
                filled += 1
                if cell in distinct or len(distinct) < SAMPLE:
                    distinct[cell] = distinct.get(cell, 0) + 1
        path = table.paths.get(index, ())
        if path or filled:
            columns.append(Column(index=index, path=path, samples=distinct, filled=filled, people=len(people)))
    return columns


def _describe(sheet: SheetReading, raw: RawSheet, grid: Grid, table: Table, lines: list[Line]) -> None:
    sheet.hidden_columns = [c.letter for c in sheet.columns if c.index in set(raw.hidden_columns)]
    hidden = set(raw.hidden_rows)
    sheet.hidden_rows = [line.row for line in lines if line.row in hidden and line.sort in ("person", "continued")]
    for line in lines:
        if line.sort not in ("person", "continued", "nameless"):
            sheet.skipped.setdefault(line.sort, []).append(line.row)
    sheet.title = " · ".join(table.titles)
    sheet.unit = unit_of_titles(table.titles)
    sheet.decodings = {
        column_letter(index): {"encoding": d.encoding, "score": d.score, "before": d.before, "after": d.after}
        for index, d in grid.decodings.items()
    }
    for index, (formulas, uncached) in raw.formulas.items():
        if uncached > max(2, formulas // 2):
            text = f"Cột {column_letter(index)} có công thức chưa tính ra giá trị; hãy mở bằng Excel và lưu lại nếu cần cột này."
            sheet.asked.append(
                {"about": "formula", "column": column_letter(index), "question": text, "proposal": "leave-out"}
            )


def _rows(reader: RowReader, lines: list[Line], sheet: SheetReading, *, hidden: set[int]) -> list[ListRow]:
    rows: list[ListRow] = []
    for line, groups in group_paths(lines):
        groups = tuple(map(group_title, groups))
        row = reader.read(line, group=groups, hidden=line.row in hidden)
        if line.sort == "continued" and rows and sheet.kind in ("roster", "planning"):
            _join(rows[-1], row)
            continue
        row.unit = row.values.get("unit") or unit_of_groups(groups) or sheet.unit
        rows.append(row)
    return rows


def _join(row: ListRow, more: ListRow) -> None:
    """The second line of a person whose name is merged over two rows: what differs is added."""
    for name, value in more.values.items():
        before = row.values.get(name)
        if before is None:
            row.values[name] = value
        elif isinstance(before, list) and isinstance(value, list):
            row.values[name] = [*before, *(item for item in value if item not in before)]
        elif isinstance(before, str) and before != value and name not in ("degree", "birth", "sex"):
            row.values[name] = f"{before}; {value}"
    row.unplaced += more.unplaced
    row.problems += [p for p in more.problems if p.severity != "error"]


def _units_from_sheet_names(sheets: list[SheetReading]) -> None:
    """One sheet per unit: a sheet's name is its rows' unit when nothing inside the sheet says otherwise."""
    for sheet in sheets:
        named = unit_of_sheet(sheet.name)
        if named is None:
            continue
        for row in sheet.rows:
            row.unit = row.unit or named
        sheet.unit = sheet.unit or named
