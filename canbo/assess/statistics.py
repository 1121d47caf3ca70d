"""Counting a population of a date: measures, breakdowns, two dates, either map – each figure with the people behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from canbo.assess.measures import Measure
from canbo.assess.parts import UNIT, parts_of, sum_text, tally
from canbo.assess.question import TURNS, Question, earlier, frame_of, key_of, population_text, read_question
from canbo.assess.report import NOUNS, StatReport, StatRequest, StatRow, label_of, row_json
from canbo.assess.units import fact_of
from canbo.engine.measures import Count, Row, Verdict, compare, people
from canbo.engine.types import ListOf
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.store import Snapshot

PEOPLE = Measure("nguoi", "Số người", "")
NOBODY = Count(0, 0)


def statistics(*, request: StatRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> StatReport:
    """Answer within the reader's scope. Raises LanguageError, UnknownFact, Forbidden with a sentence for the user."""
    question = read_question(request=request, snapshot=snapshot, scope=scope)
    frame = frame_of(question, snapshot, scope)
    rows, checks = _counted(question, frame, scope)
    if request.compare_on:
        rows = _compared(question, rows, snapshot, scope)
    where = population_text(request, question.words, question.units, scope)
    heads = tuple(map(question.head, request.by))
    return StatReport(request, tuple(rows), where, tuple(checks), NOUNS[request.subject], snapshot.seq, heads)


@dataclass(frozen=True)
class SeriesRow:
    """One figure on several days, in the order of the days; points and heads run from the first day to the last."""

    measure: Measure
    by: dict[str, Any]
    labels: dict[str, str]
    counts: tuple[Count, ...]
    heads: int
    points: Decimal | None
    depth: int = 0


@dataclass(frozen=True)
class SeriesReport:
    """The same question on several days side by side; `request` is that of the last day."""

    request: StatRequest
    days: tuple[date, ...]
    rows: tuple[SeriesRow, ...]
    where_text: str
    noun: str
    by_labels: tuple[str, ...] = ()


def series(
    *, request: StatRequest, days: Sequence[date], snapshot: Snapshot, actor: Actor, scope: Scope
) -> SeriesReport:
    """One row a figure, one count a day. Raises as `statistics`."""
    ordered = tuple(sorted(set(days)))
    reports = [
        statistics(request=replace(request, on=day, compare_on=None), snapshot=snapshot, actor=actor, scope=scope)
        for day in ordered
    ]
    found = [{key_of(row): row for row in report.rows} for report in reports]
    shown = {key: row for of_day in found for key, row in of_day.items()}
    question = read_question(request=replace(request, on=ordered[-1]), snapshot=snapshot, scope=scope)
    rows = [_over_days(row, [of_day.get(key) for of_day in found]) for key, row in shown.items()]
    rows.sort(key=lambda row: _order(question, row.measure, row.by))
    last = reports[-1]
    return SeriesReport(last.request, ordered, tuple(rows), last.where_text, last.noun, last.by_labels)


def people_behind(
    *, request: StatRequest, measure: str, group: Mapping[str, Any], verdict: Verdict, snapshot: Snapshot,
    actor: Actor, scope: Scope,
) -> list[int]:  # fmt: skip
    """Keys of the subjects behind one figure, in key order; `group` holds the codes of its row."""
    asked = replace(request, measures=(measure,) if measure else (), by=tuple(group))
    question = read_question(request=asked, snapshot=snapshot, scope=scope)
    frame = frame_of(question, snapshot, scope)
    for name, value in group.items():
        frame = _in_group(frame, question, name, value)
    return people(frame, where=question.where, that=question.measures[0][1], verdict=verdict)


def _in_group(frame: pl.DataFrame, question: Question, name: str, value: Any) -> pl.DataFrame:
    column = (
        pl.col(name)
        if name in frame.columns
        else pl.when(pl.col(f"{name}.lo") == pl.col(f"{name}.hi")).then(pl.col(f"{name}.lo"))
    )
    if value is None:
        return frame.filter(column.is_null())
    if isinstance(question.words[fact_of(name)].type, ListOf):
        return frame.filter(column.list.contains(value))
    return frame.filter(column.cast(pl.String) == str(value))


# --- counting


def _counted(question: Question, frame: pl.DataFrame, scope: Scope) -> tuple[list[StatRow], list[str]]:
    request = question.request
    if not request.measures:
        return _population(question, frame, scope) if request.by else (_whole(question, frame), [])
    exprs = [expr for _, expr in question.measures]
    counted = _seen(_tallied(question, frame, exprs, distinct=None), question, scope)
    heads = _heads(question, frame, exprs)
    rows = [
        question.row(measure, row.by, row.counts[i], heads[row.by].counts[i] if row.by in heads else None)
        for i, (measure, _) in enumerate(question.measures)
        for row in counted
    ]
    rows.sort(key=lambda row: _order(question, row.measure, row.by))
    return rows, [_sum_check(question, frame)] if request.by else []


def _tallied(question: Question, frame: pl.DataFrame, thats: Sequence[Any], distinct: str | None) -> tuple[Row, ...]:
    by, noun = list(question.request.by), "người" if distinct else question.noun
    return tally(frame, where=question.where, thats=thats, by=by, units=question.units, distinct=distinct, noun=noun)


def _heads(question: Question, frame: pl.DataFrame, thats: Sequence[Any]) -> dict[tuple[Any, ...], Row]:
    """The people behind counts of turns, by group; empty where the subject is a person."""
    if question.request.subject not in TURNS:
        return {}
    return {row.by: row for row in _tallied(question, frame, thats, "person_id")}


def _whole(question: Question, frame: pl.DataFrame) -> list[StatRow]:
    """Without measure and breakdown: how many; of turns also how many people."""
    everybody = question.measures[0][0]
    total = _tallied(question, frame, [None], None)[0].counts[0]
    heads = _heads(question, frame, [None])
    rows = [question.row(everybody, (), total, heads[()].counts[0] if heads else None)]
    return [*rows, *(question.row(PEOPLE, (), row.counts[0]) for row in heads.values())]


def _population(question: Question, frame: pl.DataFrame, scope: Scope) -> tuple[list[StatRow], list[str]]:
    """Without a measure: each part as a share of the whole population, who cannot be placed in a row of their own."""
    by, everybody = question.request.by, question.measures[0][0]
    parts = parts_of(frame, where=question.where, by=by)
    heads = _heads(question, frame, [None])
    rows = []
    for row in _seen(_tallied(question, frame, [None], None), question, scope):
        # Of several facts each mixture of known and unknown is a row of its own: its people can be opened.
        if (None in row.by and len(by) == 1) or not row.counts[0].of:
            continue
        known = row.counts[0]
        open_ = parts.perhaps_in(row.by) if len(by) == 1 else 0
        counted = Count(known.of, parts.of, open_, known.where_unknown, question.noun)
        rows.append(question.row(everybody, row.by, counted, heads[row.by].counts[0] if heads else None))
    rows.sort(key=lambda row: _order(question, row.measure, row.by))
    if parts.unknown and len(by) == 1:
        nobody = tuple(None for _ in by)
        rows.append(question.row(everybody, nobody, Count(parts.unknown, parts.of, noun=question.noun)))
    return rows, [_sum_check(question, frame)]


def _sum_check(question: Question, frame: pl.DataFrame) -> str:
    """The sum in words, its terms in the order of the table; of a tree of units the offices themselves are added."""
    parts = parts_of(frame, where=question.where, by=question.request.by)
    placed = sorted(parts.placed.items(), key=lambda part: [question.place(n, v) for n, v in zip(question.request.by, part[0])])
    return sum_text(parts, [count for _, count in placed], noun=question.noun)


def _order(question: Question, measure: Measure, by: Mapping[str, Any]) -> tuple[int, list[tuple[int, str]]]:
    """Measures as asked, groups as their codes have them."""
    names = [m.name for m, _ in question.measures]
    return (names.index(measure.name) if measure.name in names else len(names)), [question.place(n, v) for n, v in by.items()]


def _seen(rows: Sequence[Row], question: Question, scope: Scope) -> list[Row]:
    """Rows of the tree without the units above the reader's own: their totals would only be hers."""
    if UNIT not in question.request.by:
        return list(rows)
    at, ids = question.request.by.index(UNIT), question.units.ids
    return [row for row in rows if row.by[at] is None or scope.sees_unit(ids.get(row.by[at]))]


# --- two days, several days


def _compared(question: Question, rows: list[StatRow], snapshot: Snapshot, scope: Scope) -> list[StatRow]:
    """The same question on the other day; the change runs from then to `on`, and groups gone since stay as zero."""
    asked = read_question(request=earlier(question.request), snapshot=snapshot, scope=scope)
    then, _ = _counted(asked, frame_of(asked, snapshot, scope), scope)
    found = {key_of(row): row for row in then}
    now = {key_of(row) for row in rows}
    gone = [replace(row, count=_none_left(row, rows), people=None) for key, row in found.items() if key not in now]
    both = [_with_change(row, found.get(key_of(row))) for row in [*rows, *gone]]
    return sorted(both, key=lambda row: _order(question, row.measure, row.by))


def _none_left(row: StatRow, rows: Sequence[StatRow]) -> Count:
    """Nobody: of the whole population where rows are parts of it, of an empty group where they are measured."""
    whole = 0 if row.measure.that else next((other.count.of for other in rows), 0)
    return Count(0, whole, noun=row.count.noun)


def _with_change(row: StatRow, then: StatRow | None) -> StatRow:
    before = then.count if then else Count(0, 0, noun=row.count.noun)
    return replace(row, before=before, points=compare(before, row.count).points)


def _over_days(row: StatRow, found: Sequence[StatRow | None]) -> SeriesRow:
    counts = tuple(each.count if each else Count(0, 0, noun=row.count.noun) for each in found)
    change = compare(counts[0], counts[-1])
    return SeriesRow(row.measure, row.by, row.labels, counts, change.heads, change.points, row.depth)


__all__ = [
    "NOUNS", "PEOPLE", "SeriesReport", "SeriesRow", "StatReport", "StatRequest", "StatRow", "label_of", "people_behind", "row_json",
    "series", "statistics",
]  # fmt: skip
