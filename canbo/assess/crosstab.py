"""Rows × columns of one population: counts that add up to their rows, columns and the whole, counted apart and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from canbo.assess.measures import Measure
from canbo.assess.parts import UNIT, Parts, parts_of, tally
from canbo.assess.question import TURNS, Question, frame_of, population_text, read_question
from canbo.assess.report import StatRequest
from canbo.engine.language import Expr
from canbo.engine.measures import judge
from canbo.engine.syntax import And
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.numbers import thousands
from canbo.snapshot.store import Snapshot

Value = tuple[Any, ...]


@dataclass(frozen=True)
class CrossRow:
    """One group: codes (None = unknown), what people read, a count for every column, and its total counted apart."""

    value: Value
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    total: int
    depth: int = 0


@dataclass(frozen=True)
class CrossTable:
    """`request.by` without its last name are the rows, its last the columns; `people` are those behind turns, `rest` cannot be told."""

    request: StatRequest
    measure: Measure
    row_heads: tuple[str, ...]
    column_head: str
    columns: tuple[tuple[Any, str], ...]
    rows: tuple[CrossRow, ...]
    totals: tuple[int, ...]
    of: int
    rest: int
    checks: tuple[str, ...]
    where_text: str
    noun: str
    people: int | None = None

    @property
    def column(self) -> str:
        return self.request.by[-1]


def cross_table(*, request: StatRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> CrossTable:
    """Two or three facts crossed, within at most one measure. Raises LanguageError, UnknownFact, Forbidden."""
    question = read_question(request=request, snapshot=snapshot, scope=scope)
    frame = frame_of(question, snapshot, scope)
    measure, that = question.measures[0]
    where = _both(question.where, that)
    by = request.by
    cells = _counts(question, frame, where, by)
    rows, columns = _counts(question, frame, where, by[:-1]), _counts(question, frame, where, by[-1:])
    seen = [value for value in rows if _sees(question, scope, by, value)]
    seen.sort(key=lambda value: [question.place(name, code) for name, code in zip(by, value)])
    codes = sorted((value[0] for value in columns), key=lambda code: question.place(by[-1], code))
    parts = parts_of(frame, where=where, by=by)
    return CrossTable(
        request=request, measure=measure, row_heads=tuple(map(question.head, by[:-1])), column_head=question.head(by[-1]),
        columns=tuple((code, question.label(by[-1], code)) for code in codes),
        rows=tuple(_row(question, value, cells, codes, rows[value]) for value in seen),
        totals=tuple(columns[(code,)] for code in codes), of=parts.of, rest=_rest(frame, question.where, that),
        checks=tuple(_checks(question, cells, rows, columns, parts)),
        where_text=population_text(request, question.words, question.units, scope), noun=question.noun,
        people=_people(question, frame, where),
    )  # fmt: skip


def _both(where: Expr | None, that: Expr | None) -> Expr | None:
    return And((where, that)) if where is not None and that is not None else where or that


def _counts(question: Question, frame: pl.DataFrame, where: Expr | None, by: tuple[str, ...]) -> dict[Value, int]:
    """Group → how many are surely in it, units with all below them; empty groups are left out."""
    rows = tally(frame, where=where, thats=[None], by=by, units=question.units, noun=question.noun)
    return {row.by: row.counts[0].of for row in rows if row.counts[0].of}


def _row(question: Question, value: Value, cells: Mapping[Value, int], codes: list[Any], total: int) -> CrossRow:
    names = question.request.by[:-1]
    labels = tuple(question.label(name, code) for name, code in zip(names, value))
    unit = value[names.index(UNIT)] if UNIT in names else None
    depth = question.units.depth(unit) if unit in question.units.parents else 0
    return CrossRow(value, labels, tuple(cells.get((*value, code), 0) for code in codes), total, depth)


def _sees(question: Question, scope: Scope, by: tuple[str, ...], value: Value) -> bool:
    if UNIT not in by[:-1]:
        return True
    unit = value[by.index(UNIT)]
    return unit is None or scope.sees_unit(question.units.ids.get(unit))


def _rest(frame: pl.DataFrame, where: Expr | None, that: Expr | None) -> int:
    """Who may belong to the table, but cannot be told to."""
    judged = judge(frame, where=where, thats=[that], keep=["key"])
    open_ = pl.col("maybe.0") & ~pl.col("yes.0")
    return int(judged.select(open_.sum()).collect().item())


def _people(question: Question, frame: pl.DataFrame, where: Expr | None) -> int | None:
    if question.request.subject not in TURNS:
        return None
    return tally(frame, where=where, thats=[None], distinct="person_id")[0].counts[0].of


# --- do the numbers add up


def _checks(
    question: Question, cells: Mapping[Value, int], rows: Mapping[Value, int], columns: Mapping[Value, int], parts: Parts
) -> list[str]:
    """Cells against the totals, each total counted by itself; units above others are sums already and are not added twice."""
    by, noun = question.request.by, question.noun
    wrong = [
        f"{' – '.join(question.label(n, v) for n, v in zip(by, value))}: các ô cộng lại {thousands(found)}, tổng số {thousands(total)}"
        for value, total in rows.items()
        if (found := sum(count for cell, count in cells.items() if cell[:-1] == value)) != total
    ]
    found = sum(parts.groups.values())
    sign = "=" if found + parts.none == parts.of else "≠"
    rest = f" + {thousands(parts.none)} (không thuộc phần nào)" if parts.none else ""
    whole = f"các ô cộng lại {thousands(found)}{rest} {sign} {thousands(parts.of)} {noun}"
    twice = [f"{thousands(parts.several)} {noun} đứng trong từ hai ô trở lên nên các ô cộng lại nhiều hơn tổng số"] if parts.several else []
    return [whole, *twice, *wrong[:5]]


def without_measures(request: StatRequest, measure: str) -> StatRequest:
    """The request of one table: one measure, or everybody."""
    return replace(request, measures=(measure,) if measure else ())


__all__ = ["CrossRow", "CrossTable", "cross_table", "without_measures"]
