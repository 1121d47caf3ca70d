"""A request read against a vocabulary: typed expressions, the facts they need, the frame they are answered from."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from canbo.assess.measures import Measure, measure_of, named_populations
from canbo.assess.parts import UNIT
from canbo.assess.report import NOUNS, StatRequest, StatRow, label_of
from canbo.assess.units import AT, LEVELS, Units, fact_of, units_of, with_levels
from canbo.engine.language import Expr, names, parse
from canbo.engine.measures import Count
from canbo.engine.phrases import describe
from canbo.facts.build import find
from canbo.facts.catalogue import Words, readable
from canbo.facts.registry import Ask
from canbo.kernel.actors import Scope
from canbo.snapshot.queries import facts_frame, refuse_unseen, vocabulary
from canbo.snapshot.store import Snapshot

# Whether a subject is surely there on the day: where only the year of its beginning is known, membership is unknown.
PRESENT = {"person": "in_service"}
# What --from/--to bound, for the subjects that happen on a day.
HAPPENED = {"attendance": "training_start"}
# Subjects of which one person can have several: their figures also say how many people stand behind them.
TURNS = ("attendance", "entry", "holding")
TOTAL = Measure("", "Tổng số", "")


@dataclass
class Question:
    """A request with its expressions typed; `units` is the tree its breakdown and labels rest on."""

    request: StatRequest
    words: Words
    units: Units
    where: Expr | None
    measures: list[tuple[Measure, Expr | None]] = field(default_factory=list)

    @property
    def noun(self) -> str:
        return NOUNS[self.request.subject]

    @property
    def facts(self) -> set[str]:
        """Every fact the answer reads, those of its filters and breakdowns too."""
        exprs = [self.where, *(expr for _, expr in self.measures)]
        return {name for expr in exprs if expr for name in names(expr)} | set(map(fact_of, self.request.by))

    def head(self, name: str) -> str:
        """What stands over the column of a breakdown."""
        label = self.words[fact_of(name)].label
        return f"{label} {LEVELS.get(name.partition(AT)[2], '')}".strip() if AT in name else label

    def label(self, name: str, value: Any) -> str:
        if value is None and AT in name:
            return f"không thuộc đơn vị {LEVELS.get(name.partition(AT)[2], '')} nào"
        return label_of(self.words, fact_of(name), value)

    def place(self, name: str, value: Any) -> tuple[int, str]:
        """The order of a group: as the code list, the scale or the tree has it, others by label, the unknown last."""
        if fact_of(name) == UNIT:
            places = self.units.places
            return (len(places) if value is None else places.get(value, len(places)), "")
        codes = list(self.words.labels(name))
        if value is None:
            return len(codes) + 1, ""
        return (codes.index(str(value)) if str(value) in codes else len(codes), self.label(name, value))

    def row(self, measure: Measure, values: Sequence[Any], counted: Count, people: Count | None = None) -> StatRow:
        by = dict(zip(self.request.by, values))
        labels = {name: self.label(name, value) for name, value in by.items()}
        depth = self.units.depth(by[UNIT]) if by.get(UNIT) in self.units.parents else 0
        return StatRow(measure, by, labels, counted, people=people, depth=depth)


def read_question(*, request: StatRequest, snapshot: Snapshot, scope: Scope) -> Question:
    """Raises LanguageError, UnknownFact, Forbidden with a sentence for the user."""
    words = vocabulary(snapshot=snapshot, subject=request.subject, map_on=request.map_on or request.on)
    for name in map(fact_of, request.by):
        find(readable(snapshot.frames.facts, request.subject), name, request.subject)
    refuse_unseen(snapshot=snapshot, names=set(map(fact_of, request.by)), subject=request.subject, scope=scope)
    where = parsed(_bounded(request), words, scope)
    chosen = [measure_of(text, request.subject) for text in request.measures] or [TOTAL]
    typed = [(measure, parsed(measure.that, words, scope)) for measure in chosen]
    return Question(request, words, units_of(snapshot), where, typed)


def frame_of(question: Question, snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """The facts of everybody in the scope, with the columns of breakdowns by level."""
    request = question.request
    ask = Ask(on=request.on, map_on=request.map_on)
    frame = facts_frame(snapshot=snapshot, ask=ask, names=question.facts, subject=request.subject, scope=scope)
    return with_levels(frame, request.by, question.units)


def parsed(text: str, words: Words, scope: Scope) -> Expr | None:
    return parse(text, vocabulary=words, may_see=scope.groups) if text else None


def population_text(request: StatRequest, words: Words, units: Units, scope: Scope) -> str:
    """The population as one Vietnamese sentence; empty when it is everybody."""
    named = named_populations().get(request.population)
    typed = parsed(request.where, words, scope)
    said = [named.label] if named else []
    said += [f"thuộc {units.names.get(request.unit, request.unit)} và các đơn vị trực thuộc"] if request.unit else []
    said += [describe(typed) if not said else describe(typed)[:1].lower() + describe(typed)[1:]] if typed else []
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def _bounded(request: StatRequest) -> str:
    """The population: those surely there, cut to the period for subjects that happen on a day."""
    named = named_populations().get(request.population)
    parts = [PRESENT[request.subject]] if request.subject in PRESENT else []
    parts += [f"({named.that})"] if named and named.that else []
    parts += [f"{_quoted(request.unit)} in within"] if request.unit else []
    parts += [f"({request.where})"] if request.where else []
    if request.period and request.subject in HAPPENED:
        first, last = request.period
        parts.append(f"'{first.isoformat()}' <= {HAPPENED[request.subject]} <= '{last.isoformat()}'")
    return " and ".join(parts)


def _quoted(code: str) -> str:
    return f'"{code}"' if "'" in code else f"'{code}'"


def earlier(request: StatRequest) -> StatRequest:
    """The same question on the day compared with, with its own population where one is asked for."""
    other = request.where if request.compare_where is None else request.compare_where
    return replace(request, on=request.compare_on or request.on, where=other, compare_on=None, compare_where=None)


def key_of(row: StatRow) -> tuple[Any, ...]:
    """What makes two figures of two days the same figure."""
    return row.measure.name, tuple(row.by.items())

