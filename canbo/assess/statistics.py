"""Counting a population of a date: measures, breakdowns, two dates, either map – each figure with the people behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from canbo.assess.measures import Measure, measure_of
from canbo.assess.report import NOUNS, StatReport, StatRequest, StatRow, label_of, row_json
from canbo.engine.breakdown import Breakdown, breakdown, roll_up, sum_text
from canbo.engine.language import Expr, names, parse
from canbo.engine.measures import Count, Row, Verdict, compare, count_many, people
from canbo.engine.phrases import describe
from canbo.engine.types import ListOf
from canbo.facts.build import find
from canbo.facts.catalogue import Words, readable
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot

PEOPLE = Measure("nguoi", "Số người", "")
# Whether a subject is surely there on the day: where only the year of its beginning is known, membership is unknown.
PRESENT = {"person": "in_service"}
# What --from/--to bound, for the subjects that happen on a day.
HAPPENED = {"attendance": "training_start"}


@dataclass
class _Question:
    """A request read against a vocabulary: typed expressions and the facts they need."""

    request: StatRequest
    words: Words
    where: Expr | None
    measures: list[tuple[Measure, Expr | None]] = field(default_factory=list)

    @property
    def facts(self) -> set[str]:
        exprs = [self.where, *(expr for _, expr in self.measures)]
        return {name for expr in exprs if expr for name in names(expr)} | set(self.request.by)


def statistics(*, request: StatRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> StatReport:
    """Answer within the reader's scope. Raises LanguageError, UnknownFact, Forbidden with a sentence for the user."""
    question = _read(request, snapshot, scope)
    frame = _frame(question, snapshot, scope)
    rows, checks = _count(question, frame, snapshot, scope)
    if request.compare_on:
        rows = _compared(question, rows, snapshot, scope)
    asked = _parsed(request.where, question.words, scope)
    where = describe(asked) if asked else ""
    heads = tuple(question.words[name].label for name in request.by)
    return StatReport(request, tuple(rows), where, tuple(checks), NOUNS[request.subject], snapshot.seq, heads)


def people_behind(
    *, request: StatRequest, measure: str, group: Mapping[str, Any], verdict: Verdict, snapshot: Snapshot,
    actor: Actor, scope: Scope,
) -> list[int]:  # fmt: skip
    """Keys of the subjects behind one figure, in key order; `group` holds the codes of its row."""
    question = _read(replace(request, measures=(measure,) if measure else ()), snapshot, scope)
    frame = _frame(question, snapshot, scope)
    for name, value in group.items():
        frame = _in_group(frame, question.words, name, value)
    return people(frame, where=question.where, that=question.measures[0][1], verdict=verdict)


def _in_group(frame: pl.DataFrame, words: Words, name: str, value: Any) -> pl.DataFrame:
    column = (
        pl.col(name)
        if name in frame.columns
        else pl.when(pl.col(f"{name}.lo") == pl.col(f"{name}.hi")).then(pl.col(f"{name}.lo"))
    )
    if value is None:
        return frame.filter(column.is_null())
    if isinstance(words[name].type, ListOf):
        return frame.filter(column.list.contains(value))
    return frame.filter(column.cast(pl.String) == str(value))


def _read(request: StatRequest, snapshot: Snapshot, scope: Scope) -> _Question:
    words = vocabulary(snapshot=snapshot, subject=request.subject, map_on=request.map_on or request.on)
    for name in request.by:
        find(readable(snapshot.frames.facts, request.subject), name, request.subject)
    where = _parsed(_bounded(request), words, scope)
    chosen = [measure_of(text) for text in request.measures] or [Measure("", "Tổng số", "")]
    return _Question(request, words, where, [(m, _parsed(m.that, words, scope)) for m in chosen])


def _bounded(request: StatRequest) -> str:
    """The population: those surely there, cut to the period for subjects that happen on a day."""
    parts = [PRESENT[request.subject]] if request.subject in PRESENT else []
    parts += [f"({request.where})"] if request.where else []
    if request.period and request.subject in HAPPENED:
        first, last = request.period
        parts.append(f"'{first.isoformat()}' <= {HAPPENED[request.subject]} <= '{last.isoformat()}'")
    return " and ".join(parts)


def _parsed(text: str, words: Words, scope: Scope) -> Expr | None:
    return parse(text, vocabulary=words, may_see=scope.groups) if text else None


def _frame(question: _Question, snapshot: Snapshot, scope: Scope, on: date | None = None) -> pl.DataFrame:
    request = question.request
    ask = Ask(on=on or request.on, map_on=request.map_on)
    return facts_frame(snapshot=snapshot, ask=ask, names=question.facts, subject=request.subject, scope=scope)


def _count(
    question: _Question, frame: pl.DataFrame, snapshot: Snapshot, scope: Scope
) -> tuple[list[StatRow], list[str]]:
    request, noun = question.request, NOUNS[question.request.subject]
    if not request.measures:
        return _population(question, frame, noun)
    exprs = [expr for _, expr in question.measures]
    if request.by == ("unit",):
        rolled = roll_up(frame, unit="unit", parents=_parents(snapshot), where=question.where, thats=exprs, noun=noun)
        counted: Sequence[Row] = _seen(rolled, snapshot, scope)
    else:
        counted = count_many(frame, where=question.where, thats=exprs, by=list(request.by), noun=noun)
    rows = [
        _row(question, measure, row.by, row.counts[i])
        for i, (measure, _) in enumerate(question.measures)
        for row in counted
    ]
    rows.sort(key=lambda row: _place(question.words, row))
    rows.sort(key=lambda row: question.request.measures.index(row.measure.name))
    if not request.by:
        return rows, []
    parts = breakdown(frame, by=list(request.by), where=question.where, noun=noun)
    return rows, [_sum_check(question, parts)]


def _population(question: _Question, frame: pl.DataFrame, noun: str) -> tuple[list[StatRow], list[str]]:
    """Without a measure: how many; broken down, each part as a share of the whole population."""
    request, everybody = question.request, question.measures[0][0]
    if request.by:
        found = breakdown(frame, by=list(request.by), where=question.where, noun=noun)
        rows = [_row(question, everybody, part.value, part.count) for part in found.parts]
        rows.sort(key=lambda row: _place(question.words, row))
        rest = _unplaced(question, found.check.unknown, found.check.of, noun)
        return [*rows, *rest], [_sum_check(question, found)]
    total = count_many(frame, where=question.where, thats=[None], noun=noun)[0].counts[0]
    rows = [_row(question, everybody, (), total)]
    if request.subject in ("attendance", "entry", "holding"):
        heads = count_many(frame, where=question.where, thats=[None], distinct="person_id", noun="người")[0].counts[0]
        rows.append(_row(question, PEOPLE, (), heads))
    return rows, []


def _sum_check(question: _Question, found: Breakdown) -> str:
    """The sum in words, its terms in the order of the table."""
    everybody = question.measures[0][0]
    ordered = sorted(
        found.parts, key=lambda part: _place(question.words, _row(question, everybody, part.value, part.count))
    )
    return sum_text(replace(found, parts=tuple(ordered)))


def _place(words: Words, row: StatRow) -> list[tuple[int, str]]:
    """The order of a table's groups: as the code list or scale has them, others by label, the unknown last."""
    order = [(list(words.labels(name)), value, row.labels[name]) for name, value in row.by.items()]
    return [
        (len(codes) + 1 if value is None else codes.index(str(value)) if str(value) in codes else len(codes), label)
        for codes, value, label in order
    ]


def _unplaced(question: _Question, unknown: Sequence[Any], of: int, noun: str) -> list[StatRow]:
    """The people whose part is unknown, as a row of their own."""
    if not unknown:
        return []
    nobody = tuple(None for _ in question.request.by)
    return [_row(question, question.measures[0][0], nobody, Count(len(unknown), of, noun=noun))]


def _seen(rows: Sequence[Row], snapshot: Snapshot, scope: Scope) -> list[Row]:
    """Rolled-up rows without the units above the reader's own: their totals would only be hers."""
    frame = snapshot.tables.frames["unit"].select(pl.col("code").cast(pl.String), "id")
    ids = dict(frame.rows())
    return [row for row in rows if row.by[0] is None or scope.sees_unit(ids.get(row.by[0]))]


def _parents(snapshot: Snapshot) -> dict[str, str | None]:
    rows = snapshot.tables.frames["unit"].select("id", "parent", pl.col("code").cast(pl.String)).rows()
    codes = {pk: code for pk, _, code in rows}
    return {code: codes.get(parent) for _, parent, code in rows}


def _row(question: _Question, measure: Measure, values: Sequence[Any], counted: Count) -> StatRow:
    by = dict(zip(question.request.by, values))
    labels = {name: label_of(question.words, name, value) for name, value in by.items()}
    return StatRow(measure, by, labels, counted)


def _compared(question: _Question, rows: list[StatRow], snapshot: Snapshot, scope: Scope) -> list[StatRow]:
    """The same question on the other day (with its own population where asked); the change runs from then to `on`."""
    request = question.request
    other = request.where if request.compare_where is None else request.compare_where
    then = replace(request, on=request.compare_on or request.on, where=other, compare_on=None, map_on=request.map_on)
    asked = _read(then, snapshot, scope)
    earlier, _ = _count(asked, _frame(asked, snapshot, scope), snapshot, scope)
    found = {(row.measure.name, tuple(row.by.items())): row.count for row in earlier}
    return [_with_change(row, found.get((row.measure.name, tuple(row.by.items())))) for row in rows]


def _with_change(row: StatRow, before: Count | None) -> StatRow:
    before = before or Count(0, 0, noun=row.count.noun)
    return replace(row, before=before, points=compare(before, row.count).points)


__all__ = ["NOUNS", "StatReport", "StatRequest", "StatRow", "label_of", "people_behind", "row_json", "statistics"]
