"""People against everything planning asks of them: conditions of planning, age, the standard of the title, bars – each on its own day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from canbo.assess.cells import texts
from canbo.assess.law_sets import Law, law_vocabulary
from canbo.assess.verdicts import plans_of
from canbo.engine.law.conditions import needed
from canbo.engine.law.model import Criterion, LawSet
from canbo.engine.law.verdicts import Plan, criteria_of, needs_of, plan_of
from canbo.facts.build import build
from canbo.facts.registry import Ask
from canbo.kernel.actors import Scope
from canbo.snapshot.queries import facts_frame, words_of
from canbo.snapshot.store import Snapshot

# Standards of planning speak of every leading title, whatever their list for look-up names.
PURPOSES = {"next": ("planning", "planning-age"), "current": ("planning", "planning-age-current")}
AGE = frozenset({"planning-age"})  # looked at on the day ages are counted; everything else on the day of the round
STAY, BAR = "planning-stay", "appointment"
BARRED = "appointment_barred"  # the clock of appointment after a discipline: told beside that of planning, it keeps nobody off a plan
TITLE = "title"
NEW_RULE = "quy định mới"


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding about one person. `purpose` says what asked: a purpose of a standard, or "rule" for number and structure.

    `verdict`: "no" or "unknown". `fixable` = may be completed before she takes the post. `cause` = "quy định mới" where the
    version before would have let her pass, `before` = the document of that version. `source` = the record read, `table:id`.
    """

    purpose: str
    code: str
    label: str
    verdict: str
    severity: str
    text: str
    cite: str
    source: str = ""
    fixable: bool = False
    cause: str = ""
    standard: str = ""
    before: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity == "block" and self.verdict == "no" and not self.fixable and self.purpose != BAR


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands for and against one person. `here` = serves within the reader's units on the day; `waived` = what was decided a
    special case → by which paper.

    `ungrounded` = purposes of which no whole text is at hand, so that nobody is said to meet them.
    """

    person: int
    here: bool
    reasons: tuple[Reason, ...] = ()
    ungrounded: tuple[str, ...] = ()
    waived: Mapping[str, str] = field(default_factory=dict)

    @property
    def against(self) -> tuple[Reason, ...]:
        """What keeps her off a plan, unless it was waived."""
        return tuple(r for r in self.reasons if r.blocks and not self.paper_for(r))

    def paper_for(self, reason: Reason) -> str:
        """The paper by which this was decided a special case for her; empty where none was."""
        return self.waived.get(f"{reason.standard}/{reason.code}") or self.waived.get(f"{reason.standard}/", "")

    @property
    def open(self) -> tuple[Reason, ...]:
        return tuple(r for r in self.reasons if r.verdict == "unknown" and r.severity == "block")

    @property
    def to_complete(self) -> tuple[Reason, ...]:
        """What she may still complete before she takes the post: what training is for."""
        return tuple(r for r in self.reasons if r.purpose == TITLE and r.verdict == "no" and r.severity == "block" and r.fixable)

    @property
    def verdict(self) -> str:
        """no, unknown, or yes: may stand on a plan, whatever she still has to complete."""
        if not self.here or self.against:
            return "no"
        return "unknown" if self.open else "yes"

    @property
    def ready(self) -> bool:
        """Meets the standard of the title today."""
        return self.here and not any(r.purpose == TITLE and r.severity == "block" for r in self.reasons) and TITLE not in self.ungrounded


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list asks of its people: `title` for a term of this kind, looked at on `on`, ages counted on `age_on`."""

    title: str
    kind: str
    on: date
    age_on: date


def laws_at(unit: int, law: Law, snapshot: Snapshot) -> LawSet:
    """The law for a unit: its own local law, or that of the nearest unit above it."""
    chain, here, seen = [], unit, set[int]()
    while here is not None and here in snapshot.units and here not in seen:
        seen.add(here)
        parent, code = snapshot.units[here]
        chain.append(code)
        here = parent  # type: ignore[assignment]
    return law.of_unit(chain)


def judge(
    *, asked: Asked, people: Collection[int], laws: LawSet, snapshot: Snapshot, scope: Scope, staying: bool = False,
    waived: Mapping[int, Mapping[str, str]] | None = None, sources: bool = False,
) -> dict[int, Judged]:  # fmt: skip
    """Everybody against the conditions of planning and the standard of the title. Numbers and structure are asked apart.

    `staying` also asks what the yearly review asks; `sources` also names the records, which costs as much again.
    Raises Forbidden where a fact needed is of a group the reader does not see.
    Cost: a few columns for all people, then one text for each criterion somebody fails.
    """
    reasons: dict[int, list[Reason]] = {person: [] for person in people}
    ungrounded: list[str] = []
    here = _here(people, asked.on, laws, snapshot, scope)
    for purpose in (*PURPOSES[asked.kind], TITLE, BAR, *((STAY,) if staying else ())):
        on = asked.age_on if purpose in AGE else asked.on
        plans = plans_for(purpose, asked.title, laws=laws, on=on)
        if not any(plan.version for plan in plans) or (purpose == TITLE and not any(plan.grounded for plan in plans)):
            ungrounded.append(purpose)
        for plan in plans:
            for person, reason in _found(plan, purpose, on, here, laws, snapshot, scope, sources):
                reasons[person].append(reason)
    special = waived or {}
    return {
        person: Judged(person, person in here, tuple(found), tuple(ungrounded), special.get(person, {}))
        for person, found in reasons.items()
    }


def plans_for(purpose: str, title: str, *, laws: LawSet, on: date) -> tuple[Plan, ...]:
    """The standards that answer for a purpose: those of planning for every title, the others where they name it."""
    if not purpose.startswith("planning"):
        return tuple(plan for plan in plans_of(title, laws=laws, on=on, purpose=purpose) if plan.standard.purpose == purpose)
    codes = sorted(code for code, standard in laws.standards.items() if standard.purpose == purpose)
    return tuple(plan for code in codes for plan in plans_of(code, laws=laws, on=on, purpose=purpose))


def _here(people: Collection[int], on: date, laws: LawSet, snapshot: Snapshot, scope: Scope) -> frozenset[int]:
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on, laws=laws), names=("in_service",), scope=scope)
    return frozenset(frame["key"].to_list()) & frozenset(people)


def _found(
    plan: Plan, purpose: str, on: date, people: frozenset[int], laws: LawSet, snapshot: Snapshot, scope: Scope, sources: bool
) -> Iterable[tuple[int, Reason]]:
    """Criteria that are not met, person by person."""
    if plan.version is None or not people or not plan.names:
        return
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on, laws=laws), names=plan.names, scope=scope)
    frame = frame.filter(pl.col("key").is_in(list(people))).sort("key")
    if frame.is_empty():
        return
    keys, marks = frame["key"].to_list(), criteria_of(frame, plan)
    spoken = words_of(plan.names, snapshot=snapshot, map_on=on)
    shown = {name: texts(frame=frame, name=name, words=spoken) for name in plan.names}
    found = _sourced(frame, plan, on, laws, snapshot) if sources and not all(all(column.to_list()) for column in marks) else None
    for criterion, trees in plan.criteria:
        if not criterion.active or all(marks[criterion.code].to_list()):
            continue
        if purpose == BAR and BARRED not in needed(trees):
            continue  # the rest of what an appointment asks is looked at when somebody is appointed
        needs = needs_of(frame, plan, criterion.code, shown=shown)
        before, was = _passed_before(criterion, plan, frame, laws)
        records = {} if found is None else _records(found, needed(trees))
        for row, (key, said) in enumerate(zip(keys, marks[criterion.code].to_list())):
            if not said:
                new = was if said is False and row in before else ""
                yield key, _reason(criterion, plan, purpose, said, needs[row] or "", records.get(key, ""), new, laws)


def _reason(
    criterion: Criterion, plan: Plan, purpose: str, said: bool | None, text: str, source: str, before: str, laws: LawSet
) -> Reason:
    return Reason(
        purpose=purpose, code=criterion.code, label=criterion.label, verdict="unknown" if said is None else "no",
        severity=criterion.severity, text=text, cite=f"{laws.documents[criterion.cite.document].name}, {criterion.cite.article}",
        source=source, fixable=criterion.fixable_before, cause=NEW_RULE if before else "", standard=plan.standard.code, before=before,
    )  # fmt: skip


def _sourced(frame: pl.DataFrame, plan: Plan, on: date, laws: LawSet, snapshot: Snapshot) -> pl.DataFrame:
    """The facts of a plan once more, with the record each rests on."""
    rows = frame.select("key", pl.col("person_id").alias("person"), pl.col("unit_id").alias("unit"))
    return build(
        tables=snapshot.tables, ask=Ask(on=on, laws=laws), names=plan.names, sources=True, facts=snapshot.frames.facts, rows=rows
    )


def _records(made: pl.DataFrame, names: Iterable[str]) -> dict[int, str]:
    """person → the record of the first fact a criterion reads that rests on one."""
    columns = [f"{name}.source" for name in sorted(names)]
    return dict(made.select("key", pl.coalesce(columns).fill_null("")).iter_rows())  # why: a value that rests on no record names none


def _passed_before(criterion: Criterion, plan: Plan, frame: pl.DataFrame, laws: LawSet) -> tuple[frozenset[int], str]:
    """Rows that the version before this one would not have refused – then it is the law that changed, not the person – and its document."""
    version = plan.version
    if version is None:
        return frozenset(), ""
    day = version.period.start - timedelta(days=1)
    before = plan_of(plan.standard, laws=laws, on=day, vocabulary=law_vocabulary())
    if before.version is None or not before.names <= _named(frame):
        return frozenset(), ""
    said, document = criteria_of(frame, before), laws.documents[before.version.document].name
    old = next((c for c in before.version.criteria if c.code == criterion.code and c.active), None)
    if old is None or (_keeps_off(criterion) and not _keeps_off(old)):
        return frozenset(range(frame.height)), document  # asked, or to be met at once, for the first time by this version
    return frozenset(row for row, mark in enumerate(said[criterion.code].to_list()) if mark), document


def _keeps_off(criterion: Criterion) -> bool:
    return criterion.severity == "block" and not criterion.fixable_before


def _named(frame: pl.DataFrame) -> frozenset[str]:
    return frozenset(column.removesuffix(".lo").removesuffix(".hi") for column in frame.columns)


def as_json(judged: Judged) -> dict[str, Any]:
    """What was seen, to be frozen with a decision or printed by a command."""
    return {
        "verdict": judged.verdict, "ready": judged.ready, "here": judged.here, "ungrounded": list(judged.ungrounded),
        "waived": dict(judged.waived),
        "reasons": [
            {
                "purpose": r.purpose, "code": r.code, "label": r.label, "verdict": r.verdict, "severity": r.severity, "text": r.text,
                "cite": r.cite, "source": r.source or None, "fixable_before": r.fixable, "cause": r.cause or None,
                "before": r.before or None,
            }
            for r in judged.reasons
        ],
    }  # fmt: skip


def sentences(reasons: Sequence[Reason]) -> list[str]:
    """Each as one sentence with its article."""
    return [f"{r.label}: {r.text or 'chưa đạt'} ({r.cite}{f'; {r.cause}, trước là {r.before}' if r.cause else ''})" for r in reasons]
