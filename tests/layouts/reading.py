"""What an importer reported, brought to one shape whatever small liberties its JSON takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .build import slug
from .grid import read_xlsx

Json = dict[str, Any]
Headings = Mapping[str, Mapping[str, str]]  # sheet → folded heading → column letter
NOT_READ = frozenset({"error", "refused"})


@dataclass
class SheetReading:
    """One sheet as read: letter → field or None, row → field → value, rows taken for people, what was asked."""

    kind: str | None = None
    mapping: dict[str, str | None] = field(default_factory=dict)
    cells: dict[int, dict[str, Any]] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)
    asked_columns: set[str] = field(default_factory=set)
    asked_rows: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    duplicates: set[int] = field(default_factory=set)


def plain_field(name: str | None) -> str | None:
    """`birth.year`, `rating:2021`, `rating_2021` are the fields birth and rating; extra names stay whole."""
    if not name or name.startswith("extra"):
        return name or None
    return re.sub(r"_\d{4}$", "", re.split(r"[.:@/\[]", name)[0])


def read_reading(
    *, reading: Json, truth: Json, cells: Mapping[str, Any] | None, headings: Headings
) -> dict[str, SheetReading]:
    """The truth's sheets as the reading has them, by name (a file of one sheet: whatever it calls it)."""
    said = {sheet.get("name"): sheet for sheet in reading.get("sheets", [])}
    names = [sheet["name"] for sheet in truth["sheets"]]
    if len(names) == 1 and len(said) == 1 and names[0] not in said:
        said = {names[0]: next(iter(said.values()))}
    found = {name: _sheet(said.get(name, {}), headings.get(name, {})) for name in names}
    for name, values in (cells or {}).items():
        target = found.get(name) or (found[names[0]] if len(names) == 1 else None)
        if target is not None:
            target.cells |= {int(row): dict(fields) for row, fields in values.items()}
            target.people |= set(target.cells)
    _spread(reading=reading, found=found, truth=truth, headings=headings)
    return found


def _sheet(said: Json, headings: Mapping[str, str]) -> SheetReading:
    mapping = {
        _letter(key, entry, headings): plain_field(entry.get("field") if isinstance(entry, dict) else entry)
        for key, entry in (said.get("mapping") or {}).items()
    }
    sheet = SheetReading(said.get("kind"), mapping)
    sheet.cells = {int(row): dict(values) for row, values in (said.get("cells") or {}).items()}
    sheet.people = set(sheet.cells)
    _take(sheet, said, headings)
    return sheet


def _letter(key: str, entry: Any, headings: Mapping[str, str]) -> str:
    """A column is named by its letter, or by its heading."""
    for name in (entry.get("letter"), entry.get("column")) if isinstance(entry, dict) else ():
        if isinstance(name, str) and re.fullmatch(r"[A-Z]{1,3}", name):
            return name
    return headings.get(slug(key)) or key


def _take(sheet: SheetReading, said: Json, headings: Mapping[str, str]) -> None:
    """Rows, questions, hidden rows and duplicates of one sheet's report (or of the whole report's part for it)."""
    for item in _items(said.get("rows")):
        if item.get("state") not in NOT_READ:
            sheet.people.add(int(item["row"]))
    for item in [*_items(said.get("asked")), *_items(said.get("refused")), *_items(said.get("unplaced_values"))]:
        if item.get("row"):
            sheet.asked_rows.add(int(item["row"]))
        elif isinstance(item.get("column"), str):
            sheet.asked_columns.add(_letter(item["column"], item, headings))
    sheet.hidden_rows |= {int(item["row"]) for item in _items(said.get("hidden_rows"))}
    for item in _items(said.get("duplicates")):
        sheet.duplicates |= {int(row) for row in item.get("rows", [item.get("row")]) if row}


def _items(value: Any) -> list[Json]:
    entries: Iterable[Any] = value if isinstance(value, list) else []
    return [entry if isinstance(entry, dict) else {"row": entry} for entry in entries if entry is not None]


def _spread(*, reading: Json, found: dict[str, SheetReading], truth: Json, headings: Headings) -> None:
    """Top-level lists belong to the sheet they name; unnamed ones to the only list of the file."""
    lists = [sheet["name"] for sheet in truth["sheets"] if sheet["kind"] != "ignored"]
    for key in ("rows", "asked", "refused", "unplaced_values", "hidden_rows", "duplicates"):
        for item in _items(reading.get(key)):
            name = item.get("sheet") or (lists[0] if len(lists) == 1 else None)
            for target in [name] if name in found else ([] if key == "rows" else lists):
                _take(found[target], {key: [item]}, headings.get(target, {}))


def headings_of(*, path: Path, truth: Json) -> Headings:
    """Folded headings of every column: its lowest text, and all its texts from top to bottom joined."""
    if path.suffix != ".xlsx":
        return {}
    grids = {grid.name: grid for grid in read_xlsx(path)}
    result: dict[str, dict[str, str]] = {}
    for sheet in truth["sheets"]:
        known = result.setdefault(sheet["name"], {})
        texts = _column_texts(grids[sheet["name"]], sheet)
        for letter, parts in texts.items():
            known.setdefault(slug(" ".join(parts)), letter)
        for letter, parts in texts.items():
            known.setdefault(slug(parts[-1]) if parts else letter, letter)
    return result


def _column_texts(grid: Any, sheet: Json) -> dict[str, list[str]]:
    from openpyxl.utils import column_index_from_string

    if not sheet["header_rows"]:
        return {}
    top, bottom = sheet["header_rows"]
    shown = dict(grid.cells)
    for box in grid.merges:
        for row in range(box[0], box[2] + 1):
            for column in range(box[1], box[3] + 1):
                shown[row, column] = grid.cells.get((box[0], box[1]))
    found: dict[str, list[str]] = {}
    for letter in sheet["mapping"]:
        spots = [shown.get((row, column_index_from_string(letter))) for row in range(top, bottom + 1)]
        texts = [str(cell.value) for cell in spots if cell is not None]
        found[letter] = list(dict.fromkeys(texts))
    return found
