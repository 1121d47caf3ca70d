"""Danh sách trích ngang of a unit's lists, title by title, with who stays, comes in, leaves; no reasons, votes or findings."""

from collections.abc import Mapping, Sequence

import polars as pl

from canbo.assess.columns import listable
from canbo.assess.rolls import Column, Roll, column_of, grid_of, needs, templates
from canbo.documents.grid import Grid, Group, Head, Row
from canbo.documents.paper import Document, Signature
from canbo.facts.catalogue import Words
from canbo.facts.registry import Ask
from canbo.planning.models import STANDINGS
from canbo.planning.papers.held import Held
from canbo.planning.papers.pieces import day_text, letterhead, signed
from canbo.planning.papers.review import what_of
from canbo.snapshot.queries import facts_frame, words_of

TEMPLATES = {"A4": "quy-hoach", "A3": "quy-hoach-a3"}


def roll(of: Held) -> Document:
    """The columns of the template this reader may see."""
    unit = of.home.unit
    return Document(
        letterhead(unit, of.layout), "DANH SÁCH TRÍCH NGANG", f"Nhân sự {what_of(of.slates)}",
        (f"({unit.name}; {of.round.name}; tính đến ngày {day_text(of.round.on)})",), (_grid(of),), signed(unit, of.layout),
        landscape=True, size=of.layout.size, second_signature=Signature(("NGƯỜI LẬP DANH SÁCH",)), numbered=False, text_size=11,
    )  # fmt: skip


def _grid(of: Held) -> Grid:
    snapshot, on = of.snapshot, of.round.on
    facts = listable(snapshot=snapshot, scope=of.scope)
    words = words_of(set(facts), snapshot=snapshot, map_on=on)
    found = [column_of(code, facts, words) for code in templates()[TEMPLATES[of.layout.size]].columns]
    columns = [column for column in found if column is not None]
    shown = [leaf for column in columns for leaf in column.parts]
    cells = _cells(of, columns, words)
    marks = tuple(Head(label.capitalize(), width=12, align="center") for _, label in STANDINGS)
    rows: list[Row] = []
    number = 0
    for slate in of.slates:
        people = of.of(slate, *(code for code, _ in STANDINGS))
        rows += [Group(f"{slate.title.name}, nhiệm kỳ {slate.term.code} ({len(people)} người)")] if people else []
        for line in people:
            number += 1
            told = cells.get(line.person_id) or (line.person.full_name, *("" for _ in shown[1:]))
            rows.append((number, *told, *("x" if line.standing == code else "" for code, _ in STANDINGS)))
    heads = grid_of(Roll(frame=_frame(of, columns, words).head(0), columns=columns, words=words, snapshot=snapshot, totals=False)).heads
    return Grid((*heads, Head("Đề nghị", marks)), rows, numbered=True, totals=_totals(of, number, len(shown)))


def _frame(of: Held, columns: Sequence[Column], words: Words) -> pl.DataFrame:
    names = needs(columns, words)
    frame = facts_frame(snapshot=of.snapshot, ask=Ask(on=of.round.on, laws=of.laws), names=names, scope=of.scope)
    people = {line.person_id for lines in of.lines.values() for line in lines}
    return frame.filter(pl.col("key").is_in(list(people)))


def _cells(of: Held, columns: Sequence[Column], words: Words) -> Mapping[int, tuple[object, ...]]:
    """Person → her cells; who serves beyond the reader's units has none, so her name alone is printed."""
    frame = _frame(of, columns, words)
    grid = grid_of(Roll(frame=frame, columns=columns, words=words, snapshot=of.snapshot, totals=False))
    rows = [tuple(row)[1:] for row in grid.rows if not isinstance(row, Group)]
    return dict(zip(frame["key"].to_list(), rows))


def _totals(of: Held, number: int, width: int) -> tuple[object, ...]:
    counts = [sum(len(of.of(slate, code)) for slate in of.slates) for code, _ in STANDINGS]
    return ("", f"Cộng: {number} lượt người", *("" for _ in range(width - 1)), *counts)
