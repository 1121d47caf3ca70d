"""Danh sách trích ngang: people of a day under a merged header, in groups, with totals – a grid that paper and screen share."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from canbo.assess.cells import texts
from canbo.assess.columns import head as head_of
from canbo.documents.grid import Grid, Group, Head, Row
from canbo.engine.compiler import compile
from canbo.engine.language import names, parse
from canbo.engine.types import Code, Scale, pairs
from canbo.facts.catalogue import FACTS, Words
from canbo.facts.registry import Fact
from canbo.kernel.numbers import thousands
from canbo.kernel.text import collation_key
from canbo.snapshot.store import Snapshot

LISTS = Path(__file__).parent.parent / "laws" / "lists"
MARK = "x"
UNGROUPED = "Thiếu hồ sơ"


@dataclass(frozen=True)
class Part:
    """One column of cells: a fact (for people `when` is true of), or an x where `mark` is true."""

    head: str
    fact: str = ""
    when: str = ""
    mark: str = ""
    width: float | None = None
    align: str = "left"


@dataclass(frozen=True)
class Column:
    """A head over one or several parts; one part of the same name stands alone."""

    code: str
    head: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Template:
    """A ready-made list to start from."""

    code: str
    name: str
    title: str
    where: str
    columns: tuple[str, ...]
    group: str
    side: str


@cache
def composed() -> Mapping[str, Column]:
    """The composed columns by code, from the data file."""
    rows = tomllib.loads((LISTS / "columns.toml").read_text(encoding="utf-8"))["column"]
    return {row["code"]: Column(row["code"], row["head"], tuple(Part(**part) for part in row["parts"])) for row in rows}


@cache
def templates() -> Mapping[str, Template]:
    rows = tomllib.loads((LISTS / "trich-ngang.toml").read_text(encoding="utf-8"))["template"]
    return {row["code"]: Template(**{**row, "columns": tuple(row["columns"])}) for row in rows}


def column_of(code: str, facts: Mapping[str, Fact], words: Words) -> Column | None:
    """A composed column whose facts may all be shown, or a fact as a column; None for neither."""
    if code in composed():
        return composed()[code] if needs([composed()[code]], words) <= set(facts) else None
    if code not in facts:
        return None
    return Column(code, head_of(code, facts), (Part(head_of(code, facts), code, width=_width(code)),))


def _width(code: str) -> float | None:
    return {"name": 36, "position": 32, "native_place": 34, "birth": 23, "sex": 12, "party_joined": 23}.get(code)


def label_of_column(code: str) -> str:
    """The name under which a column is offered."""
    if code not in composed():
        return FACTS[code].label if code in FACTS else code
    column = composed()[code]
    return f"{column.head}: {' | '.join(part.head for part in column.parts)}"


def needs(columns: Sequence[Column], words: Words, group: str = "") -> set[str]:
    """The facts these columns and this grouping rest on, those of their conditions too."""
    found = {group} if group else set()
    for column in columns:
        for part in column.parts:
            found |= {part.fact} if part.fact else set()
            for text in (part.when, part.mark):
                found |= names(parse(text, vocabulary=words)) if text else set()
    return found


@dataclass(frozen=True, kw_only=True)
class Roll:
    """What is set out: a facts frame whose rows stand in their order, columns, a fact to group by, a line of totals."""

    frame: pl.DataFrame
    columns: Sequence[Column]
    words: Words
    snapshot: Snapshot
    group: str = ""
    numbered: bool = True
    totals: bool = True


def grid_of(roll: Roll, *, most: int | None = None) -> Grid:
    """The list as a grid: a running number through all groups, group rows with their counts, totals of the marks.

    `most` limits the rows set out; counts and totals stay those of everybody.
    """
    parts = [part for column in roll.columns for part in column.parts]
    groups = _groups(roll)
    shown = [place for _, places in groups for place in places][:most]
    part_of = replace(roll, frame=roll.frame[shown])
    lines = iter(enumerate(zip(*(_cells(part, part_of) for part in parts)), 1))
    rows: list[Row] = []
    for number, (label, places) in enumerate(groups, 1):
        if label and len(shown):
            rows.append(Group(f"{roman(number)}. {label} ({thousands(len(places))} người)"))
        rows += [(at, *cells) for _, (at, cells) in zip(places, lines)]
        if most is not None and sum(not isinstance(row, Group) for row in rows) >= most:
            break
    return Grid(_heads(roll.columns), rows, numbered=roll.numbered, totals=_totals(parts, roll) if roll.totals else None)


def _heads(columns: Sequence[Column]) -> tuple[Head, ...]:
    made = [Head("STT", width=13, align="center")]
    for column in columns:
        leaves = tuple(Head(part.head, width=part.width, align="center" if part.mark else part.align) for part in column.parts)
        made.append(leaves[0] if len(leaves) == 1 else Head(column.head, leaves))
    return tuple(made)


def _cells(part: Part, roll: Roll) -> list[str]:
    if part.mark:
        return [MARK if true else "" for true in _true(part.mark, roll)]
    shown = texts(frame=roll.frame, name=part.fact, words=roll.words)
    if not part.when:
        return shown
    return [text if true else "" for text, true in zip(shown, _true(part.when, roll))]


def _true(text: str, roll: Roll) -> list[Any]:
    return roll.frame.select(compile(parse(text, vocabulary=roll.words)).alias(".true")).to_series().to_list()


def _totals(parts: Sequence[Part], roll: Roll) -> list[str]:
    """How many people, and how many stand in each column that splits them."""
    counts = [thousands(_count(part, roll)) if part.mark or part.when else "" for part in parts]
    return ["", f"Tổng cộng: {thousands(roll.frame.height)} người", *counts[1:]]


def _count(part: Part, roll: Roll) -> int:
    """Cells of a column that are not empty, counted without writing them out."""
    condition = compile(parse(part.mark or part.when, vocabulary=roll.words))
    filled = pl.lit(True) if part.mark else pl.all_horizontal(pl.col(name).is_not_null() for name in _columns_of(part.fact, roll))
    return int(roll.frame.select((condition & filled).sum()).item() or 0)


def _columns_of(name: str, roll: Roll) -> list[str]:
    return [name] if name in roll.frame.columns else [f"{name}.lo", f"{name}.hi"]


# --- groups


def _groups(roll: Roll) -> list[tuple[str, list[int]]]:
    """(label, rows) of each group in its order; one group without a label when the list is not grouped."""
    places = list(range(roll.frame.height))
    if not roll.group:
        return [("", places)]
    columns = _columns_of(roll.group, roll)
    alike = roll.frame.select(columns).with_row_index(".place").group_by(columns, maintain_order=True).agg(".place")
    labels = texts(frame=alike, name=roll.group, words=roll.words)
    found: dict[str, list[int]] = {}
    for label, standing in zip(labels, alike[".place"].to_list()):
        found.setdefault(label or UNGROUPED, []).extend(standing)
    for standing in found.values():
        standing.sort()
    rank = _group_rank(roll)
    return sorted(found.items(), key=lambda pair: (pair[0] == UNGROUPED, rank(pair[0])))


def _group_rank(roll: Roll) -> Callable[[str], Any]:
    """Titles in protocol order, steps from the highest, codes as listed, the rest in Vietnamese order."""
    of = roll.words[roll.group].type
    if roll.group == "title":
        titles = roll.snapshot.tables.frames["title"]
        places = dict(zip(titles["name"].to_list(), titles["protocol_order"].to_list()))
        return lambda label: (places.get(label, 9999), collation_key(label))
    if isinstance(of, Scale):
        steps = [label for _, label in reversed(pairs(of))]
        return lambda label: steps.index(label) if label in steps else len(steps)
    if isinstance(of, Code) and roll.group not in ("unit", "unit_code"):
        codes = [label for _, label in pairs(of)]
        return lambda label: codes.index(label) if label in codes else len(codes)
    return collation_key


def roman(number: int) -> str:
    """1 → I, 4 → IV, 1.994 → MCMXCIV."""
    found = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        found += sign * (number // value)
        number %= value
    return found
