"""A sheet as cells: what layouts are built on, written as xlsx or csv, read back for metamorphic changes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

Spot = tuple[int, int]
DATE_FORMAT = "dd/mm/yyyy"
TIMES = "Times New Roman"


@dataclass(frozen=True)
class Cell:
    """A value as Excel holds it; a formula carries its cached value in `value`."""

    value: Any
    font: str = TIMES
    number_format: str | None = None
    formula: str | None = None
    bold: bool = False


@dataclass
class Grid:
    """One sheet: 1-based (row, column) → cell, merged boxes (top, left, bottom, right), hidden rows and columns."""

    name: str
    cells: dict[Spot, Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: Any, **look: Any) -> None:
        if value is not None:
            self.cells[row, column] = Cell(value, **look)

    def copy(self) -> Grid:
        return Grid(self.name, dict(self.cells), list(self.merges), set(self.hidden_rows), set(self.hidden_columns))

    def text(self, row: int, column: int) -> Any:
        cell = self.cells.get((row, column))
        return None if cell is None else cell.value

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)


def letter(column: int) -> str:
    return str(get_column_letter(column))


def write_xlsx(*, path: Path, grids: Sequence[Grid]) -> None:
    """Write all sheets; the same grids give the same bytes."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2024, 1, 2)})
    looks: dict[tuple[Any, ...], Any] = {}
    for grid in grids:
        _write_sheet(book=book, sheet=book.add_worksheet(grid.name), grid=grid, looks=looks)
    book.close()


def _write_sheet(*, book: Any, sheet: Any, grid: Grid, looks: dict[tuple[Any, ...], Any]) -> None:
    for top, left, bottom, right in grid.merges:
        sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
    for (row, column), cell in sorted(grid.cells.items(), key=lambda item: item[0]):
        _write_cell(sheet=sheet, row=row - 1, column=column - 1, cell=cell, look=_look(book, looks, cell))
    for row in sorted(grid.hidden_rows):
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for column in sorted(grid.hidden_columns):
        sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})


def _look(book: Any, looks: dict[tuple[Any, ...], Any], cell: Cell) -> Any:
    wanted = cell.number_format or (DATE_FORMAT if isinstance(cell.value, date) else None)
    key = (cell.font, wanted, cell.bold)
    if key not in looks:
        settings = {"font_name": cell.font, "font_size": 12, "bold": cell.bold, "text_wrap": True, "border": 1}
        looks[key] = book.add_format(settings | ({"num_format": wanted} if wanted else {}))
    return looks[key]


def _write_cell(*, sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell.formula is not None:
        cached = _serial(cell.value) if isinstance(cell.value, date) else cell.value
        sheet.write_formula(row, column, cell.formula, look, cached)
    elif isinstance(cell.value, date):
        sheet.write_datetime(row, column, cell.value, look)
    elif isinstance(cell.value, int | float):
        sheet.write_number(row, column, cell.value, look)
    else:
        sheet.write_string(row, column, str(cell.value), look)


def _serial(day: date) -> int:
    return date(day.year, day.month, day.day).toordinal() - date(1899, 12, 30).toordinal()


def read_xlsx(path: Path) -> list[Grid]:
    """All sheets as grids; formulas become their cached values."""
    return [grid.copy() for grid in _read_once(path, path.stat().st_mtime_ns)]


@lru_cache(maxsize=100)
def _read_once(path: Path, written_ns: int) -> list[Grid]:
    book = openpyxl.load_workbook(path, data_only=True)
    return [_read_sheet(sheet) for sheet in book.worksheets]


def _read_sheet(sheet: Any) -> Grid:
    grid = Grid(sheet.title)
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
        shown = None if cell.number_format == "General" else cell.number_format
        grid.cells[cell.row, cell.column] = Cell(cell.value, cell.font.name, shown, None, bool(cell.font.bold))
    grid.merges = sorted((box.min_row, box.min_col, box.max_row, box.max_col) for box in sheet.merged_cells.ranges)
    grid.hidden_rows = {row for row, look in sheet.row_dimensions.items() if look.hidden}
    for name, look in sheet.column_dimensions.items():
        if look.hidden:
            first = openpyxl.utils.column_index_from_string(name)
            grid.hidden_columns |= set(range(look.min or first, (look.max or first) + 1))
    return grid


def write_csv(*, path: Path, grid: Grid, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """Write one sheet as text; a real date is written d/m/Y as the Vietnamese Excel does."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
        for row in range(1, grid.last_row + 1):
            writer.writerow([as_text(grid.text(row, column)) for column in range(1, grid.last_column + 1)])


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)
