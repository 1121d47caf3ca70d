"""Depth of succession: for every leading title who holds it and until when, who is planned for it, ready now or after which gap.

Facts only: nobody is ranked, nobody's chance is told.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from canbo.assess.law_sets import Law
from canbo.dossier.models import Holding, PlanEntry
from canbo.engine.law.loader import CENTRAL
from canbo.engine.law.model import LawSet
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import sort_key
from canbo.planning.judging import TITLE, Asked, Judged, judge, laws_at
from canbo.planning.queries import Asking, entries, slates
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot

STATES = {"ready": "đủ tiêu chuẩn ngay", "gap": "còn nội dung phải hoàn thiện", "no": "chưa đủ điều kiện", "unknown": "thiếu hồ sơ"}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the title; `leaves` = the day surely known by which she leaves it, and why."""

    person: int
    name: str
    leaves: date | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Successor:
    """Somebody planned for the title. `state` is a key of STATES; `gaps` = labels of what is not met, `holds` = posts she would leave."""

    person: int
    name: str
    entry: int
    term: str
    state: str
    gaps: tuple[str, ...] = ()
    holds: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Strength:
    """One title of one unit."""

    unit: int
    unit_name: str
    title: str
    title_name: str
    order: int
    holders: tuple[Holder, ...] = ()
    successors: tuple[Successor, ...] = ()
    # Whether somebody anywhere in the reader's units is, or is to be, planned for this title.
    planned: bool = True

    @property
    def ready(self) -> int:
        return sum(one.state == "ready" for one in self.successors)

    @property
    def after_gap(self) -> int:
        return sum(one.state == "gap" for one in self.successors)

    @property
    def next_free(self) -> date | None:
        return min((one.leaves for one in self.holders if one.leaves), default=None)

    @property
    def alarm(self) -> str:
        """What a head should look at first; "" where there is somebody ready."""
        if not self.successors:
            return "chưa có người kế cận"
        return "" if self.ready else "chưa ai đủ tiêu chuẩn ngay"


@cache
def leading() -> frozenset[str]:
    """Codes of the titles whose succession is looked after: heads and deputies."""
    told = tomllib.loads((CENTRAL / "lists" / "leaders.toml").read_text(encoding="utf-8"))
    return frozenset(code for codes in told.values() for code in codes)


def strength(
    *, on: date, until: date, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, units: frozenset[int] | None = None,
    term: str = "",
) -> list[Strength]:  # fmt: skip
    """Every leading title held or planned for in the reader's units on a day, in protocol order; vacancies looked for up to `until`.

    Three queries and a few columns a title. Raises Forbidden where planning or a fact needed is not to be seen.
    """
    planned = entries(asked=Asking(on=on, term=term, units=units), actor=actor, scope=scope)
    known = _planned_titles(on, actor, scope)
    held = held_on(on, units, scope)
    posts = _posts(held)
    states = _states(planned, on, law, snapshot, scope)
    leaves = leaves_of({row.person_id for row in held}, on, snapshot, scope)
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for entry in planned:
        if entry.title is not None and entry.title.code in leading():
            spot = found.setdefault((entry.unit_id or 0, entry.title.code), _spot(entry))
            spot["successors"].append(_successor(entry, states, posts))
    for row in held:
        place = _place(row, found, snapshot)
        found.setdefault(place, _spot(row))["holders"].append(holder_of(row, leaves, until))
    made = [
        Strength(
            unit=unit, title=title, planned=title in known, unit_name=spot["unit_name"], title_name=spot["title_name"], order=spot["order"],
            holders=tuple(sorted(spot["holders"], key=lambda h: sort_key(h.name))),
            successors=tuple(sorted(spot["successors"], key=lambda s: (list(STATES).index(s.state), sort_key(s.name)))),
        )
        for (unit, title), spot in found.items()
    ]  # fmt: skip
    return sorted(made, key=lambda one: (one.unit_name, one.order, one.title_name))


def _planned_titles(on: date, actor: Actor, scope: Scope) -> frozenset[str]:
    """Titles somebody stands in the plan for, or that a round asked about: the rest nobody ever planned."""
    stand = {row.title.code for row in entries(asked=Asking(on=on), actor=actor, scope=scope) if row.title}
    return frozenset(stand | {one.title.code for one in slates(actor=actor, scope=scope)})


def held_on(on: date, units: frozenset[int] | None, scope: Scope) -> list[Holding]:
    rows = Holding.objects.holding(on).filter(title__code__in=leading(), person__merged_into=None)  # type: ignore[attr-defined]
    if scope.units is not None:
        rows = rows.filter(unit__in=scope.units)
    if units is not None:
        rows = rows.filter(unit__in=units)
    return list(rows.select_related("person", "title", "unit").order_by("pk"))


def _place(row: Holding, planned: Mapping[tuple[int, str], Any], snapshot: Snapshot) -> tuple[int, str]:
    """Where a post held belongs: a commune plans the heads of its divisions, so the nearest unit above that plans for the title."""
    title, here, seen = row.title.code if row.title else "", row.unit_id, set[int]()
    while here is not None and here not in seen:
        if (here, title) in planned:
            return here, title
        seen.add(here)
        here = snapshot.units.get(here, (None, ""))[0]
    return row.unit_id or 0, title


def _posts(held: Iterable[Holding]) -> dict[int, tuple[tuple[int, str], ...]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for row in held:
        if row.unit_id and row.title is not None:
            found.setdefault(row.person_id, []).append((row.unit_id, row.title.code))
    return {person: tuple(posts) for person, posts in found.items()}


def _spot(row: Any) -> dict[str, Any]:
    return {
        "unit_name": row.unit.name if row.unit else "", "title_name": row.title.name, "order": row.title.protocol_order, "holders": [],
        "successors": [],
    }  # fmt: skip


def leaves_of(people: set[int], on: date, snapshot: Snapshot, scope: Scope) -> Mapping[int, date]:
    """person → her last day of service as far as it is surely known."""
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=("retires_on",), scope=scope)
    rows = frame.filter(pl.col("key").is_in(list(people))).select("key", "retires_on.lo", "retires_on.hi")
    return {key: lo for key, lo, hi in rows.iter_rows() if lo is not None and lo == hi}


def holder_of(row: Holding, leaves: Mapping[int, date], until: date) -> Holder:
    retires = leaves.get(row.person_id)
    term = row.term_end.hi if row.term_end else None
    days = [(day, why) for day, why in ((retires, "đến tuổi nghỉ hưu"), (term, "hết thời hạn giữ chức vụ")) if day and day <= until]
    day, why = min(days, default=(None, ""))
    return Holder(row.person_id, row.person.full_name, day, why)


def _states(
    planned: Sequence[PlanEntry], on: date, law: Law, snapshot: Snapshot, scope: Scope
) -> dict[tuple[str, int], Judged]:
    """(title, person) → what was found of her; people of one title and one law are judged together."""
    wanted: dict[tuple[str, LawSet], set[int]] = {}
    for entry in planned:
        if entry.title is not None and entry.unit_id:
            wanted.setdefault((entry.title.code, laws_at(entry.unit_id, law, snapshot)), set()).add(entry.person_id)
    return {
        (title, person): one
        for (title, laws), people in wanted.items()
        for person, one in judge(
            asked=Asked(title, "current", on, on), people=people, laws=laws, snapshot=snapshot, scope=scope
        ).items()
    }


def _successor(
    entry: PlanEntry, states: Mapping[tuple[str, int], Judged], posts: Mapping[int, tuple[tuple[int, str], ...]]
) -> Successor:
    state, gaps = state_of(states.get((entry.title.code if entry.title else "", entry.person_id)))
    term = entry.term.code if entry.term else ""
    return Successor(entry.person_id, entry.person.full_name, entry.pk, term, state, gaps, posts.get(entry.person_id, ()))


def state_of(judged: Judged | None) -> tuple[str, tuple[str, ...]]:
    """(a key of STATES, what is not met): ready, after a gap she may close, not, or not to be told from the papers."""
    if judged is None or not judged.here:
        return ("unknown", ("không công tác trong phạm vi quản lý",)) if judged is None else ("no", ("không còn công tác",))
    asked = [r for r in judged.reasons if r.severity == "block" and r.purpose in (TITLE, "planning")]
    failed = [r for r in asked if r.verdict == "no"]
    if any(not r.fixable for r in failed):
        return "no", tuple(r.label for r in failed)
    if failed:
        return "gap", tuple(r.label for r in failed)
    opened = tuple(r.label for r in asked if r.verdict == "unknown")
    if TITLE in judged.ungrounded:
        opened += ("chưa đủ căn cứ về tiêu chuẩn của chức danh",)
    return ("unknown", opened) if opened else ("ready", ())


# --- before a congress or an election: who among the planned is not ready, and what they need


@dataclass(frozen=True)
class Readiness:
    """Planned people on a day before an event: how many meet the standard of their title, who does not, and what is needed how often."""

    on: date
    event: date
    of: int
    ready: int
    rows: tuple[tuple[PlanEntry, str, tuple[str, ...]], ...]
    needs: Counter[tuple[str, str]] = field(default_factory=Counter)
    behind: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)  # a need → the entries it was counted from


def readiness(
    *, on: date, event: date, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, term: str = "", title: str = "",
    units: frozenset[int] | None = None,
) -> Readiness:  # fmt: skip
    """Who is planned on `on`, against the standard of the title on the day of the event: papers as of now, ages as of then."""
    planned = [row for row in entries(asked=Asking(on=on, term=term, title=title, units=units), actor=actor, scope=scope) if row.title]
    states = _states(planned, event, law, snapshot, scope)
    rows, behind = [], dict[tuple[str, str], set[int]]()
    for entry in planned:
        judged = states.get((entry.title.code if entry.title else "", entry.person_id))
        state, gaps = state_of(judged)
        rows.append((entry, state, gaps))
        for gap in judged.to_complete if judged else ():
            behind.setdefault((entry.title.name if entry.title else "", gap.label), set()).add(entry.pk)
    return Readiness(
        on, event, len(rows), sum(state == "ready" for _, state, _ in rows), tuple(rows),
        Counter({need: len(found) for need, found in behind.items()}), {need: frozenset(found) for need, found in behind.items()},
    )  # fmt: skip
