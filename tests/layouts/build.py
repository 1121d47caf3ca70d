"""From a plan to a grid and its truth, together, so that neither can drift from the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .grid import TIMES, Grid, letter
from .people import Facts, Person
from .plan import Aside, Column, Line, Plan, Shown

Truth = dict[str, Any]
PEOPLE_ONCE = frozenset({"roster", "ratings", "planning"})  # kinds in which a person stands once


@dataclass
class Build:
    """One sheet under construction."""

    plan: Plan
    grid: Grid
    row: int
    truth: Truth
    group: Facts = field(default_factory=dict)
    last: dict[int, Any] = field(default_factory=dict)
    spans: dict[int, tuple[int, int, Any]] = field(default_factory=dict)
    rows_of: dict[str, list[int]] = field(default_factory=dict)


def build(plan: Plan) -> tuple[Grid, Truth]:
    """The sheet and its truth."""
    truth: Truth = {
        "name": plan.name,
        "kind": plan.kind,
        "header_rows": [],
        "mapping": _mapping(plan),
        "rows": [],
        "hidden_rows": [],
        "hidden_columns": _hidden_columns(plan),
        "not_people": [],
        "duplicates": [],
        "ask": [],
    }
    work = Build(plan=plan, grid=Grid(plan.name), row=plan.first_row, truth=truth)
    _put_titles(work)
    _put_header(work)
    _put_numbered(work)
    for place, item in enumerate(plan.body):
        _put_item(work=work, place=place, item=item)
    _close_spans(work)
    for line in plan.tail:
        _put_line(work=work, line=line)
    _finish(work)
    return work.grid, truth


def build_aside(aside: Aside) -> tuple[Grid, Truth]:
    """A sheet to be left out, and the truth that it is."""
    grid = Grid(aside.name)
    for row, values in enumerate(aside.rows, start=1):
        for column, value in enumerate(values, start=1):
            grid.put(row, column, value)
    ask = [{"row": None, "column": None, "why": aside.ask}] if aside.ask else []
    return grid, {
        "name": aside.name,
        "kind": "ignored",
        "header_rows": [],
        "mapping": {},
        "rows": [],
        "hidden_rows": [],
        "hidden_columns": [],
        "not_people": [],
        "duplicates": [],
        "ask": ask,
    }


def _mapping(plan: Plan) -> dict[str, str | None]:
    return {letter(plan.first_column + place): _field(column) for place, column in enumerate(plan.columns)}


def _field(column: Column) -> str | None:
    """The field; an extra column's name is its folded heading."""
    if column.field is None or not column.field.startswith("extra:"):
        return column.field
    return f"extra:{slug(column.heads[-1])}"


def slug(text: str) -> str:
    """Small letters without marks, words joined by underscores."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter))
    return "_".join(letters.split())


def _hidden_columns(plan: Plan) -> list[str]:
    return [letter(plan.first_column + place) for place, column in enumerate(plan.columns) if column.hidden]


def _put(*, work: Build, place: int, shown: Shown, font: str | None = None, bold: bool = False) -> None:
    value = shown.value
    if isinstance(value, str) and work.plan.encode is not None:
        value = work.plan.encode(value)
    look = {"font": font or work.plan.font or TIMES, "number_format": shown.number_format, "formula": shown.formula}
    work.grid.put(work.row, work.plan.first_column + place, value, bold=bold, **look)


def _put_titles(work: Build) -> None:
    for texts in work.plan.titles:
        for place, text in texts.items():
            _put(work=work, place=place, shown=Shown(text), bold=True)
        if work.plan.merge_titles:
            _merge_titles(work, sorted(texts))
        work.row += 1


def _merge_titles(work: Build, places: list[int]) -> None:
    """Each title text is centred over the columns up to the next text."""
    left = work.plan.first_column
    for place, after in zip(places, [*places[1:], len(work.plan.columns)]):
        if after - place > 1:
            work.grid.merges.append((work.row, left + place, work.row, left + after - 1))


def _put_header(work: Build) -> None:
    columns = work.plan.columns
    depth = max((len(column.heads) for column in columns), default=0)
    if not depth:
        return
    top = work.row
    heads = [_padded(column.heads, depth) for column in columns]
    boxes = [] if work.plan.head_fill else _boxes(heads, depth)
    covered = {spot for box in boxes for spot in _inside(box)} - {(box[0], box[1]) for box in boxes}
    for level in range(depth):
        for place in range(len(columns)):
            if (level, place) not in covered:
                font = columns[place].font if work.plan.head_font is None else work.plan.head_font
                _put(work=work, place=place, shown=Shown(heads[place][level]), font=font, bold=True)
        work.row += 1
    left = work.plan.first_column
    work.grid.merges += [(top + a, left + b, top + c, left + d) for a, b, c, d in boxes]
    work.truth["header_rows"] = [top, top + depth - 1]


def _padded(heads: tuple[str, ...], depth: int) -> tuple[str, ...]:
    return heads + (heads[-1],) * (depth - len(heads))


def _boxes(heads: Sequence[tuple[str, ...]], depth: int) -> list[tuple[int, int, int, int]]:
    """Merged boxes of the heading: equal texts side by side under one parent, then the same text downwards."""
    boxes: list[tuple[int, int, int, int]] = []
    done: set[tuple[int, int]] = set()
    for level in range(depth):
        for place in range(len(heads)):
            if (level, place) in done:
                continue
            right = place
            while right + 1 < len(heads) and heads[right + 1][: level + 1] == heads[place][: level + 1]:
                right += 1
            bottom = level
            while bottom + 1 < depth and all(
                heads[n][bottom + 1] == heads[place][level] for n in range(place, right + 1)
            ):
                bottom += 1
            box = (level, place, bottom, right)
            done |= set(_inside(box))
            if (bottom, right) != (level, place):
                boxes.append(box)
    return boxes


def _inside(box: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    return [(row, column) for row in range(box[0], box[2] + 1) for column in range(box[1], box[3] + 1)]


def _put_numbered(work: Build) -> None:
    style = work.plan.numbered
    if style is None:
        return
    for place in range(len(work.plan.columns)):
        _put(work=work, place=place, shown=Shown(_number(style, place)))
    work.truth["not_people"].append(work.row)
    work.row += 1


def _number(style: str, place: int) -> Any:
    match style:
        case "(1)":
            return f"({place + 1})"
        case "A":
            return "AB"[place] if place < 2 else place - 1
        case _:
            return place + 1


def _put_item(*, work: Build, place: int, item: Person | Line) -> None:
    if isinstance(item, Line):
        _put_line(work=work, line=item)
        return
    values: Facts = dict(work.plan.sheet_says) | work.group
    for number, column in enumerate(work.plan.columns):
        shown = work.plan.overrides.get((place, number)) or column.show(item)
        values |= shown.says
        _note_ask(work=work, shown=shown, number=number)
        _put_shown(work=work, number=number, column=column, shown=shown)
    _close_row(work=work, place=place, person=item, values=values)


def _note_ask(*, work: Build, shown: Shown, number: int) -> None:
    if shown.ask:
        where = letter(work.plan.first_column + number)
        work.truth["ask"].append({"row": work.row, "column": where, "why": shown.ask})


def _put_shown(*, work: Build, number: int, column: Column, shown: Shown) -> None:
    if column.merge_down:
        _extend_span(work=work, number=number, value=shown.value)
        return
    same = shown.value is not None and work.last.get(number) == shown.value
    work.last[number] = shown.value
    _put(work=work, place=number, font=column.font, shown=Shown(column.ditto) if column.ditto and same else shown)


def _extend_span(*, work: Build, number: int, value: Any) -> None:
    top, bottom, held = work.spans.get(number, (work.row, work.row - 1, value))
    if held == value and bottom == work.row - 1:
        work.spans[number] = (top, work.row, value)
        if top == work.row:
            _put(work=work, place=number, shown=Shown(value))
        return
    _close_span(work, number)
    work.spans[number] = (work.row, work.row, value)
    _put(work=work, place=number, shown=Shown(value))


def _close_span(work: Build, number: int) -> None:
    top, bottom, _ = work.spans.pop(number)
    if bottom > top:
        column = work.plan.first_column + number
        work.grid.merges.append((top, column, bottom, column))


def _close_spans(work: Build) -> None:
    for number in list(work.spans):
        _close_span(work, number)


def _close_row(*, work: Build, place: int, person: Person, values: Facts) -> None:
    fields = {column.field for column in work.plan.columns if column.field and not column.field.startswith("extra:")}
    blank = dict.fromkeys(sorted(fields), None)
    work.truth["rows"].append({"row": work.row, "values": blank | values})
    work.rows_of.setdefault(person.key, []).append(work.row)
    if place in work.plan.hidden:
        work.grid.hidden_rows.add(work.row)
        work.truth["hidden_rows"].append(work.row)
        work.truth["ask"].append({"row": work.row, "column": None, "why": "hidden"})
    work.row += 1


def _put_line(*, work: Build, line: Line) -> None:
    for place, text in line.texts.items():
        _put(work=work, place=place, shown=Shown(text, formula=line.formulas.get(place)), bold=True)
    if line.merge_to is not None:
        left = work.plan.first_column + min(line.texts)
        work.grid.merges.append((work.row, left, work.row, work.plan.first_column + line.merge_to))
    if line.says is not None:
        work.group = dict(line.says)
    if line.ask:
        work.truth["ask"].append({"row": work.row, "column": None, "why": line.ask})
    elif line.texts and not line.silent:
        work.truth["not_people"].append(work.row)
        work.last.clear()
    work.row += 1


def _finish(work: Build) -> None:
    work.grid.hidden_columns = {
        work.plan.first_column + n for n, column in enumerate(work.plan.columns) if column.hidden
    }
    work.truth["ask"] += [{"row": None, "column": name, "why": "hidden"} for name in work.truth["hidden_columns"]]
    if work.plan.kind in PEOPLE_ONCE:
        pairs = [rows for rows in work.rows_of.values() if len(rows) > 1]
        work.truth["duplicates"] = [[rows[0], row] for rows in pairs for row in rows[1:]]
