"""Changes that must not change what is read: each takes a written layout and gives a changed one with its truth.

A change that would not be harmless for a layout (its tags say why) gives None."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from openpyxl.utils import column_index_from_string

from .build import Truth
from .grid import Cell, Grid, letter, read_xlsx, write_csv, write_xlsx
from .make import Layout, save
from .synonyms import synonym

Change = Callable[[list[Grid], Truth, Random], bool]
PLAIN_FONTS = ("Arial", "Calibri", "Tahoma")
MARKS = frozenset({"x", "X", "×", "1", "✓", "+", ""})
NO_COLUMN_MOVES = frozenset({"two-tables", "no-header"})


def shuffle_columns(*, layout: Layout, folder: Path, seed: int = 1) -> Layout | None:
    """Columns in another order; columns under one merged heading stay together, and the first column first."""
    if layout.tags & NO_COLUMN_MOVES:
        return None
    return _changed(layout=layout, folder=folder, name="shuffled", change=_shuffle, seed=seed)


def rename_headings(*, layout: Layout, folder: Path, seed: int = 1) -> Layout | None:
    """Headings replaced by other words officials use for the same."""
    if "legacy" in layout.tags:
        return None
    return _changed(layout=layout, folder=folder, name="synonyms", change=_rename, seed=seed)


def insert_title_rows(*, layout: Layout, folder: Path, seed: int = 1) -> Layout | None:
    """Two or three more title rows above everything."""
    if "no-header" in layout.tags:
        return None
    return _changed(layout=layout, folder=folder, name="titled", change=_insert_titles, seed=seed)


def reorder_sheets(*, layout: Layout, folder: Path, seed: int = 1) -> Layout | None:
    """The sheets in another order."""
    return _changed(layout=layout, folder=folder, name="sheets", change=_reorder, seed=seed)


def rename_sheets(*, layout: Layout, folder: Path, seed: int = 1) -> Layout | None:
    """Sheets of one list called Sheet1, Sheet2, …, unless their names say something."""
    if "unit-by-sheet" in layout.tags:
        return None
    return _changed(layout=layout, folder=folder, name="renamed", change=_rename_sheets, seed=seed)


def add_empty_column(*, layout: Layout, folder: Path, seed: int = 1) -> Layout | None:
    """A column without heading and values somewhere between."""
    if layout.tags & NO_COLUMN_MOVES:
        return None
    return _changed(layout=layout, folder=folder, name="gap", change=_add_empty, seed=seed)


def change_fonts(*, layout: Layout, folder: Path, seed: int = 1) -> Layout | None:
    """Another Unicode font everywhere."""
    if "legacy" in layout.tags:
        return None
    return _changed(layout=layout, folder=folder, name="fonts", change=_change_fonts, seed=seed)


def to_csv(*, layout: Layout, folder: Path, seed: int = 1) -> Layout | None:
    """The one list of a workbook as CSV, where nothing is lost: no merged or hidden parts, Unicode fonts."""
    if layout.path.suffix != ".xlsx" or layout.tags & {"legacy", "two-tables", "no-header", "unit-by-sheet", "serials"}:
        return None
    grids = read_xlsx(layout.path)
    truth = copy.deepcopy(layout.truth)
    if len(grids) != 1 or not _is_lossless(grid=grids[0], sheet=truth["sheets"][0]):
        return None
    path = folder / f"{layout.path.stem}.csv"
    write_csv(path=path, grid=grids[0])
    truth["file"], truth["sheets"][0]["name"] = path.name, path.stem
    return save(path=path, truth=truth, tags=layout.tags | {"csv"})


CHANGES = (
    shuffle_columns,
    rename_headings,
    insert_title_rows,
    reorder_sheets,
    rename_sheets,
    add_empty_column,
    change_fonts,
    to_csv,
)


def _changed(*, layout: Layout, folder: Path, name: str, change: Change, seed: int) -> Layout | None:
    if layout.path.suffix != ".xlsx":
        return None
    grids = read_xlsx(layout.path)
    truth = copy.deepcopy(layout.truth)
    if not change(grids, truth, Random(f"{seed} {layout.path.stem} {name}")):
        return None
    path = folder / f"{layout.path.stem}.{name}.xlsx"
    write_xlsx(path=path, grids=grids)
    truth["file"] = path.name
    return save(path=path, truth=truth, tags=layout.tags)


def _lists(grids: list[Grid], truth: Truth) -> list[tuple[Grid, Truth]]:
    """Each list with its grid; sheets to be left out are left alone."""
    return [(grid, sheet) for grid, sheet in zip(grids, truth["sheets"], strict=True) if sheet["kind"] != "ignored"]


def _blocks(grid: Grid, sheet: Truth) -> list[list[int]]:
    """Columns of the list, those under one merged heading (or one repeated field) together."""
    top, bottom = sheet["header_rows"]
    columns = [column_index_from_string(name) for name in sheet["mapping"]]
    joined = {(a, b) for row1, a, row2, b in grid.merges if row1 >= top and row2 <= bottom and b > a}
    blocks: list[list[int]] = []
    for column in columns:
        held = any(a <= blocks[-1][-1] and column <= b for a, b in joined) if blocks else False
        if held:
            blocks[-1].append(column)
        else:
            blocks.append([column])
    return blocks


def _shuffle(grids: list[Grid], truth: Truth, rng: Random) -> bool:
    for grid, sheet in _lists(grids, truth):
        first, *others = _blocks(grid, sheet)
        rng.shuffle(others)
        order = [*first, *(column for block in others for column in block)]
        old = sorted(order)
        _move_columns(grid=grid, sheet=sheet, to=dict(zip(order, old, strict=True)))
    return True


def _move_columns(*, grid: Grid, sheet: Truth, to: dict[int, int]) -> None:
    """Cells from the heading down go where `to` says; titles, and rows merged across, stay where they are."""
    top = sheet["header_rows"][0]
    across = {
        row
        for row1, a, row2, b in grid.merges
        if row1 > sheet["header_rows"][1] and b > a
        for row in range(row1, row2 + 1)
    }
    below = {spot for spot in grid.cells if spot[0] >= top and spot[0] not in across}
    moved = {(row, to.get(column, column)): grid.cells[row, column] for row, column in below}
    grid.cells = {spot: cell for spot, cell in grid.cells.items() if spot not in below} | moved
    grid.merges = [_moved_box(box, top, across, to) for box in grid.merges]
    grid.hidden_columns = {to.get(column, column) for column in grid.hidden_columns}
    _rename_letters(sheet, {letter(old): letter(new) for old, new in to.items()})


def _moved_box(box: tuple[int, int, int, int], top: int, across: set[int], to: dict[int, int]) -> Any:
    if box[0] < top or box[0] in across:
        return box
    ends = [to.get(column, column) for column in range(box[1], box[3] + 1)]
    return box[0], min(ends), box[2], max(ends)


def _rename_letters(sheet: Truth, to: dict[str, str]) -> None:
    mapping = {to.get(name, name): value for name, value in sheet["mapping"].items()}
    sheet["mapping"] = dict(sorted(mapping.items(), key=lambda item: column_index_from_string(item[0])))
    sheet["hidden_columns"] = [to.get(name, name) for name in sheet["hidden_columns"]]
    for ask in sheet["ask"]:
        ask["column"] = to.get(ask["column"], ask["column"])


def _rename(grids: list[Grid], truth: Truth, rng: Random) -> bool:
    done = False
    for grid, sheet in _lists(grids, truth):
        names = list(sheet["mapping"].values())
        for column, name in sheet["mapping"].items():
            if name and names.count(name) == 1:
                done |= _rename_one(grid, sheet, column_index_from_string(column), name, rng)
    return done


def _rename_one(grid: Grid, sheet: Truth, column: int, name: str, rng: Random) -> bool:
    """Replace the lowest heading of a column of words (marks keep their heading: it is their meaning)."""
    spots = [(row, column) for row in range(sheet["header_rows"][1], sheet["header_rows"][0] - 1, -1)]
    spot = next((spot for spot in spots if spot in grid.cells), None)
    new = synonym(kind=sheet["kind"], name=name, rng=rng)
    if spot is None or new is None or _is_marks(grid, sheet, column):
        return False
    grid.put(*spot, new, font=grid.cells[spot].font, bold=True)
    return True


def _is_marks(grid: Grid, sheet: Truth, column: int) -> bool:
    values = {str(grid.text(row["row"], column) or "").strip() for row in sheet["rows"]}
    return values <= MARKS or values <= {"", "Nữ"}


def _insert_titles(grids: list[Grid], truth: Truth, rng: Random) -> bool:
    for grid, sheet in _lists(grids, truth):
        count = rng.choice((2, 3))
        _shift_rows(grid, sheet, count)
        grid.put(1, 1, rng.choice(("Phụ lục 2", "Mẫu số 03", "Biểu số 1b")))
        grid.put(2, 1, rng.choice(("(Kèm theo Kế hoạch số 27-KH/HU)", "(Ban hành kèm theo Công văn số 118/SNV-CCVC)")))
    return True


def _shift_rows(grid: Grid, sheet: Truth, by: int) -> None:
    grid.cells = {(row + by, column): cell for (row, column), cell in grid.cells.items()}
    grid.merges = [(a + by, b, c + by, d) for a, b, c, d in grid.merges]
    grid.hidden_rows = {row + by for row in grid.hidden_rows}
    for key in ("header_rows", "hidden_rows", "not_people"):
        sheet[key] = [row + by for row in sheet[key]]
    sheet["duplicates"] = [[row + by for row in pair] for pair in sheet["duplicates"]]
    for item in [*sheet["rows"], *(ask for ask in sheet["ask"] if ask["row"])]:
        item["row"] += by


def _reorder(grids: list[Grid], truth: Truth, rng: Random) -> bool:
    if len(grids) < 2:
        return False
    grids.reverse()
    truth["sheets"].reverse()
    return True


def _rename_sheets(grids: list[Grid], truth: Truth, rng: Random) -> bool:
    for number, (grid, sheet) in enumerate(_lists(grids, truth), start=1):
        grid.name = sheet["name"] = f"Bảng {number}"
    return True


def _add_empty(grids: list[Grid], truth: Truth, rng: Random) -> bool:
    for grid, sheet in _lists(grids, truth):
        blocks = _blocks(grid, sheet)
        place = rng.randint(2, len(blocks) - 1) if len(blocks) > 2 else 1
        before = blocks[place][0]
        to = {column: column + 1 for block in blocks[place:] for column in block}
        _move_columns(grid=grid, sheet=sheet, to=dict(sorted(to.items(), reverse=True)))
        sheet["mapping"] = _with_gap(sheet["mapping"], letter(before))
    return True


def _with_gap(mapping: dict[str, str | None], gap: str) -> dict[str, str | None]:
    return dict(sorted({**mapping, gap: None}.items(), key=lambda item: column_index_from_string(item[0])))


def _change_fonts(grids: list[Grid], truth: Truth, rng: Random) -> bool:
    font = rng.choice(PLAIN_FONTS)
    for grid in grids:
        grid.cells = {
            spot: Cell(cell.value, font, cell.number_format, None, cell.bold) for spot, cell in grid.cells.items()
        }
    return True


def _is_lossless(*, grid: Grid, sheet: Truth) -> bool:
    top, bottom = sheet["header_rows"]
    merged_data = any(row1 >= top for row1, *_ in grid.merges)
    return top == bottom and not merged_data and not grid.hidden_rows and not grid.hidden_columns
