"""How well an importer read a list: columns, cells, people, what it reported and what it asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from .reading import Headings, Json, SheetReading, headings_of, read_reading
from .same import DATES, VOCABULARY, is_none, is_swapped, same

Where = tuple[Any, ...]


@dataclass
class Score:
    """Counts and, where something went wrong, where: tuples start with (file, sheet).

    `columns_wrong` are silent wrong mappings: another field than the truth's without asking."""

    columns_total: int = 0
    columns_right: int = 0
    columns_unmapped: list[Where] = field(default_factory=list)
    columns_wrong: list[Where] = field(default_factory=list)
    cells_total: int = 0
    cells_right: int = 0
    cells_missing: list[Where] = field(default_factory=list)
    cells_wrong: list[Where] = field(default_factory=list)
    swapped_dates: list[Where] = field(default_factory=list)
    guessed: list[Where] = field(default_factory=list)
    people_total: int = 0
    people_missing: list[Where] = field(default_factory=list)
    people_extra: list[Where] = field(default_factory=list)
    kinds_wrong: list[Where] = field(default_factory=list)
    hidden_total: int = 0
    hidden_reported: int = 0
    duplicates_total: int = 0
    duplicates_reported: int = 0
    duplicates_extra: list[Where] = field(default_factory=list)
    asks_total: int = 0
    asks_met: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(**{item.name: getattr(self, item.name) + getattr(other, item.name) for item in fields(self)})

    @property
    def columns_right_pct(self) -> float:
        return 100 * self.columns_right / self.columns_total if self.columns_total else 100.0


def score(
    reading_json: Json, truth: Json, *, cells: Mapping[str, Any] | None = None, path: Path | None = None
) -> Score:
    """Compare a reading with the truth.

    `cells`: {sheet: {row: {field: value}}} unless the reading's sheets carry "cells"; `path` of the list allows columns
    named by heading instead of by letter."""
    headings: Headings = headings_of(path=path, truth=truth) if path else {}
    found = read_reading(reading=reading_json, truth=truth, cells=cells, headings=headings)
    return total(_score_sheet(file=truth["file"], truth=sheet, read=found[sheet["name"]]) for sheet in truth["sheets"])


def total(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())


def _score_sheet(*, file: str, truth: Json, read: SheetReading) -> Score:
    result = Score()
    at = (file, truth["name"])
    _score_kind(result=result, at=at, truth=truth, read=read)
    _score_people(result=result, at=at, truth=truth, read=read)
    for letter, name in truth["mapping"].items():
        _score_column(result=result, at=(*at, letter), truth=truth, name=name, read=read)
    if read.cells:
        _score_cells(result=result, at=at, truth=truth, read=read)
    _score_reports(result=result, at=at, truth=truth, read=read)
    return result


def _score_kind(*, result: Score, at: Where, truth: Json, read: SheetReading) -> None:
    left_out = truth["kind"] == "ignored" and not read.people
    if not left_out and read.kind != truth["kind"]:
        result.kinds_wrong.append((*at, truth["kind"], read.kind))


def optional_rows(truth: Json) -> set[int]:
    """Rows that may be read or left out: hidden, repeating a person, or to be asked about as a whole."""
    asked = {ask["row"] for ask in truth["ask"] if ask["row"] and not ask["column"]}
    return asked | set(truth["hidden_rows"]) | {row for _, row in truth["duplicates"]}


def _score_people(*, result: Score, at: Where, truth: Json, read: SheetReading) -> None:
    meant = {row["row"] for row in truth["rows"]}
    free = optional_rows(truth)
    result.people_total += len(meant - free)
    result.people_missing += [(*at, row) for row in sorted(meant - free - read.people)]
    result.people_extra += [(*at, row) for row in sorted(read.people - meant - free)]


def _score_column(*, result: Score, at: Where, truth: Json, name: str | None, read: SheetReading) -> None:
    letter = at[-1]
    got = read.mapping.get(letter)
    asked = letter in read.asked_columns
    if name is None:
        if got in VOCABULARY and not asked:
            result.columns_wrong.append((*at, name, got))
        return
    if got is None and letter in truth["hidden_columns"]:
        return
    result.columns_total += 1
    extra = name.startswith("extra:")
    if got == name or (extra and got is not None and got not in VOCABULARY and got != "ordinal"):
        result.columns_right += 1
    elif got is None or asked or (not extra and got not in VOCABULARY and got != "ordinal"):
        result.columns_unmapped.append((*at, name, got))
    else:
        result.columns_wrong.append((*at, name, got))


def _score_cells(*, result: Score, at: Where, truth: Json, read: SheetReading) -> None:
    questions = _questions(truth)
    for row in (row for row in truth["rows"] if row["row"] in read.cells):
        got = read.cells[row["row"]]
        for name, value in row["values"].items():
            spot = (*at, row["row"], name)
            if (row["row"], name) in questions:
                _score_question(result=result, at=spot, got=got.get(name), read=read)
            else:
                _score_cell(result=result, at=spot, value=value, got=got.get(name))


def _questions(truth: Json) -> set[tuple[int, str]]:
    return {(ask["row"], truth["mapping"][ask["column"]]) for ask in truth["ask"] if ask["row"] and ask["column"]}


def _score_question(*, result: Score, at: Where, got: Any, read: SheetReading) -> None:
    """A value that cannot be known must not be guessed, whatever else is said of the row."""
    result.cells_total += 1
    if is_none(got):
        result.cells_right += 1
    else:
        result.guessed.append((*at, got))


def _score_cell(*, result: Score, at: Where, value: Any, got: Any) -> None:
    result.cells_total += 1
    if same(name=at[-1], truth=value, got=got):
        result.cells_right += 1
    elif is_none(got):
        result.cells_missing.append((*at, value))
    else:
        result.cells_wrong.append((*at, value, got))
        if at[-1] in DATES and is_swapped(truth=value, got=got):
            result.swapped_dates.append((*at, value, got))


def _score_reports(*, result: Score, at: Where, truth: Json, read: SheetReading) -> None:
    hidden = set(truth["hidden_rows"])
    result.hidden_total += len(hidden)
    result.hidden_reported += len(hidden & read.hidden_rows)
    pairs = {row: pair for pair in truth["duplicates"] for row in pair}
    result.duplicates_total += len(truth["duplicates"])
    result.duplicates_reported += sum(bool(set(pair) & read.duplicates) for pair in truth["duplicates"])
    result.duplicates_extra += [(*at, row) for row in sorted(read.duplicates - set(pairs))]
    _score_asks(result=result, truth=truth, read=read)


def _score_asks(*, result: Score, truth: Json, read: SheetReading) -> None:
    told = read.asked_rows | read.hidden_rows
    for ask in truth["ask"]:
        result.asks_total += 1
        if (
            ask["row"] in told
            or (not ask["row"] and ask["column"] in read.asked_columns)
            or (not ask["row"] and not ask["column"] and not read.people)
        ):
            result.asks_met += 1


def report(result: Score) -> str:
    """A page for people: counts, and the first places where something went wrong."""
    lines = [
        f"columns {result.columns_right}/{result.columns_total} ({result.columns_right_pct:.1f} %)",
        f"cells {result.cells_right}/{result.cells_total}",
        f"people {result.people_total}",
        f"hidden {result.hidden_reported}/{result.hidden_total}",
        f"duplicates {result.duplicates_reported}/{result.duplicates_total}",
        f"asks {result.asks_met}/{result.asks_total}",
    ]
    for item in fields(result):
        places = getattr(result, item.name)
        if isinstance(places, list) and places:
            lines += [f"{item.name}: {len(places)}", *[f"    {place}" for place in places[:12]]]
    return "\n".join(lines)
