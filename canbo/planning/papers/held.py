"""What the papers of one unit in a round print, read once: its lists, who was found to meet what, posts, the log of its cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from canbo.assess.law_sets import Law
from canbo.cases.models import Case, CaseEntry
from canbo.cases.rules import standing_entries, steps_of
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.model import Step
from canbo.engine.structures.model import Reading
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean
from canbo.planning.judging import Judged, laws_at
from canbo.planning.models import Line, Round, RoundUnit, Slate
from canbo.planning.numbers import meter_of
from canbo.planning.papers.pieces import Layout
from canbo.planning.queries import lines, slates
from canbo.planning.review import judged_slates
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot

STANDS = ("keep", "add")


@dataclass(frozen=True)
class Meeting:
    """One case of a list as its log stands: entries of steps sent back do not count."""

    case: Case
    steps: tuple[Step, ...]
    entries: Mapping[tuple[str, str], CaseEntry]  # (step, duty) → the entry that stands

    def entry(self, duty: str, step: str = "") -> CaseEntry | None:
        """The last entry of this duty, at one step where it is named."""
        found = [one for (code, done), one in self.entries.items() if done == duty and step in ("", code)]
        return max(found, key=lambda one: one.number, default=None)

    def done(self) -> list[tuple[Step, date]]:
        """Steps whose every duty is written down, with the day of the last."""
        found = []
        for step in self.steps:
            days = [self.entries[step.code, duty].on for duty in step.duties if (step.code, duty) in self.entries]
            if len([duty for duty in step.duties if duty != "settle"]) <= len(days):
                found.append((step, max(days)))
        return found


@dataclass(frozen=True)
class Held:
    """One unit of a round. `judged`: slate → person → findings, empty with the reason in `closed` where the reader may not see what
    people are judged by. `posts`: person → post and unit of the day of the round, as far as the reader sees them.
    """

    home: RoundUnit
    slates: tuple[Slate, ...]
    lines: Mapping[int, Sequence[Line]]
    judged: Mapping[int, Mapping[int, Judged]]
    closed: str
    posts: Mapping[int, str]
    meetings: Mapping[int, Meeting]
    laws: LawSet
    snapshot: Snapshot
    scope: Scope
    layout: Layout

    @property
    def round(self) -> Round:
        return self.home.round

    def of(self, slate: Slate, *standings: str, decided: bool = False) -> list[Line]:
        """Lines of a list with these standings; `decided` = as its decision left them, where there is one: who was not agreed to come
        in is on no list, who was not agreed to leave stands among those kept."""
        rows, done = self.lines.get(slate.pk, ()), decided and self.is_decided(slate)
        return [one for one in rows if (after(one) if done else one.standing) in standings]

    def count(self, standing: str, *, decided: bool = False) -> int:
        return sum(len(self.of(slate, standing, decided=decided)) for slate in self.slates)

    @property
    def decided_slates(self) -> list[Slate]:
        """Lists that were decided: every case brought to its decision, or nobody changed and the unit has sent them in."""
        return [slate for slate in self.slates if self.is_decided(slate)]

    def is_decided(self, slate: Slate) -> bool:
        cases = self.meetings_of(slate)
        if cases:
            return all(meeting.entry("decide") or meeting.case.status in ("done", "stopped") for meeting in cases)
        return not self.of(slate, "add", "remove") and self.home.sent_on is not None

    def only(self, slates: Iterable[Slate]) -> "Held":
        """The same on some of the lists alone."""
        chosen = {slate.pk for slate in slates}
        return replace(self, slates=tuple(slate for slate in self.slates if slate.pk in chosen))

    def meetings_of(self, *slates: Slate) -> list[Meeting]:
        """Cases of these lists, who comes in before who leaves."""
        cases = [pk for slate in slates for pk in (slate.adding_id, slate.removing_id) if pk is not None]
        return [self.meetings[pk] for pk in cases if pk in self.meetings]

    @property
    def documents(self) -> list[str]:
        """Documents the unit's cases rest on, each once."""
        found = dict.fromkeys(meeting.case.document for slate in self.slates for meeting in self.meetings_of(slate))
        return [self.laws.documents[code].name for code in found if code in self.laws.documents]

    @property
    def readings(self) -> list[tuple[tuple[str, date], tuple[Reading, ...]]]:
        """Number and structure, term by term; empty where none is in force or the reader may not see what it counts."""
        try:
            return meter_of(
                slates=self.slates, lines=self.lines, laws=self.laws, on=self.round.on, bands=self.round.bands,
                snapshot=self.snapshot, scope=self.scope,
            )  # fmt: skip
        except Forbidden:
            return []


def after(line: Line) -> str:
    """The standing a decision leaves; "" for who was not agreed to come in. What is not decided yet counts as not agreed."""
    return line.standing if line.outcome == "approved" else {"add": ""}.get(line.standing, "keep")


def held(*, home: RoundUnit, layout: Layout, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> Held:
    """Everything of one unit; a few queries and columns for any number of people. `home` was read within this scope."""
    found = slates(home=home, actor=actor, scope=scope)
    rows = lines(slates=found, actor=actor, scope=scope)
    judged: Mapping[int, Mapping[int, Judged]] = {}
    closed = ""
    try:
        judged = judged_slates(slates=found, lines=rows, law=law, snapshot=snapshot, actor=actor, scope=scope)
    except Forbidden as error:
        closed = str(error)
    people = [line.person_id for lines_ in rows.values() for line in lines_]
    cases = [case for slate in found for case in (slate.adding, slate.removing) if case is not None]
    return Held(
        home, tuple(found), rows, judged, closed, posts_on(people=people, on=home.round.on, snapshot=snapshot, scope=scope),
        {case.pk: _meeting(case) for case in cases}, laws_at(home.unit_id, law, snapshot), snapshot, scope, layout,
    )  # fmt: skip


def posts_on(*, people: Iterable[int], on: date, snapshot: Snapshot, scope: Scope) -> dict[int, str]:
    """Person → post and unit of the day, as far as the reader sees them; one read of facts."""
    names = ("unit_name", *(("position",) if scope.sees_group("career") else ()))
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=names, scope=scope)
    rows = frame.filter(pl.col("key").is_in(list(people))).iter_rows(named=True)
    return {row["key"]: _post(row.get("position") or "", row["unit_name"] or "") for row in rows}


def _post(position: str, unit: str) -> str:
    return ", ".join(filter(None, (clean(position), "" if unit and unit in position else unit)))


def _meeting(case: Case) -> Meeting:
    return Meeting(case, steps_of(case).steps, standing_entries(case))
