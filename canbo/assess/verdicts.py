"""People against standards on a day: everybody at once for reviews, one person with the whole explanation."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import polars as pl

from canbo.assess.cells import texts
from canbo.assess.columns import open_groups
from canbo.assess.law_sets import Law, law_vocabulary, title_codes
from canbo.assess.waivers import of_standard, waivers_of
from canbo.engine.compiler import compile
from canbo.engine.language import names, parse
from canbo.engine.law.conditions import words_on
from canbo.engine.law.model import LawSet, Standard
from canbo.engine.law.verdicts import FAILED, OPEN, Plan, Verdict, explain, marks_of, plan_of, verdict_of
from canbo.engine.types import Name
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.collection import no_collection
from canbo.snapshot.persons import facts_of, served_by
from canbo.snapshot.queries import facts_frame, refuse_unseen, vocabulary, words_of
from canbo.snapshot.store import Snapshot

Whom = Literal["held", "planned"]
_TITLES_OF: dict[str, str] = {"held": "titles", "planned": "planned_for"}


class NoStandard(Exception):
    """No standard speaks of this title; the text says which there are."""


@dataclass(frozen=True, kw_only=True)
class AssessRequest:
    """Who (`where`, within the scope), against the standard of one title, or of the titles held or planned, on a day."""

    on: date
    title: str
    where: str = ""
    purpose: str = "title"  # what for: see PURPOSES of engine.law.reading
    overlay: str = "auto"  # "auto" = each unit's own local law, "" = central law alone, else the code of one overlay


class AssessRow(NamedTuple):
    """One person against one title. `failed` and `unknown` are codes of blocking criteria. Many are made at a time."""

    key: int
    title: str
    standard: str
    version: str
    verdict: Verdict
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    overlay: str = ""


@dataclass(frozen=True)
class AssessReport:
    """`plans` hold what was asked, by (standard, overlay); rows are in the order of keys."""

    request: AssessRequest
    rows: tuple[AssessRow, ...]
    plans: Mapping[tuple[str, str], Plan]
    seq: int
    counts: Counter[str] = field(default_factory=Counter)
    groups: frozenset[str] = frozenset()  # field groups that were read to answer
    unlisted: Counter[str] = field(default_factory=Counter)  # titles of no list and no standard → how many hold them

    @property
    def left_out(self) -> str:
        """One sentence about those whom no standard can judge because their title is in no list; "" when there are none."""
        if not self.unlisted:
            return ""
        named = ", ".join(f"“{title}” ({holding})" for title, holding in sorted(self.unlisted.items()))
        count = self.unlisted.total()
        return f"Chưa xét được {count} lượt vì chức danh không có trong danh mục nào: {named}; hãy sửa chức danh trong hồ sơ."


def standards_of(title: str, laws: LawSet, *, purpose: str = "title") -> list[Standard]:
    """The standards that speak of a title; a standard's own code finds it too."""
    found = [s for s in laws.standards.values() if s.purpose == purpose and title in s.titles]
    return found or [s for s in laws.standards.values() if s.code == title]


def assess(*, request: AssessRequest, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope) -> AssessReport:
    """Everybody of the scope against the standards asked about. Raises NoStandard, LanguageError, Forbidden.

    Counting leaks: a standard that reads facts of a group the reader may not see is refused.
    """
    targets = _targets(request, snapshot, scope)
    rows: list[AssessRow] = []
    unlisted: Counter[str] = Counter()
    plans: dict[tuple[str, str], Plan] = {}
    for laws, part in _by_law(targets, request, law, snapshot):
        titles = part["title"].unique().sort().to_list()
        made = {title: plans_of(title, laws=laws, on=request.on, purpose=request.purpose) for title in titles}
        overlay = laws.overlays[-1].code if laws.overlays else ""
        plans |= {(plan.standard.code, overlay): plan for found in made.values() for plan in found}
        rows += _judged(part, made, overlay, laws, request, snapshot, scope)
        unlisted.update(_unlisted(part, made, laws))
    if not plans and request.title not in _TITLES_OF:
        raise NoStandard(f"Chưa có tiêu chuẩn nào cho chức danh “{request.title}”; hãy xem danh sách bằng laws list.")
    rows.sort(key=lambda row: (row.key, row.title, row.standard))
    groups = _groups_read(request, plans.values(), snapshot)
    return AssessReport(request, tuple(rows), plans, snapshot.seq, Counter(row.verdict for row in rows), groups, unlisted)


def _unlisted(part: pl.DataFrame, made: Mapping[str, Sequence[Plan]], laws: LawSet) -> dict[str, int]:
    """Titles without a standard that are in no list either, and how many hold them."""
    listed = title_codes() | {title for overlay in laws.overlays for title in overlay.titles}
    strange = [title for title, plans in made.items() if not plans and title not in listed]
    return dict(part.filter(pl.col("title").is_in(strange)).group_by("title").len().iter_rows()) if strange else {}


def _groups_read(request: AssessRequest, plans: Iterable[Plan], snapshot: Snapshot) -> frozenset[str]:
    """Field groups behind a report: those of the facts judged, of the titles listed, of the condition."""
    words = vocabulary(snapshot=snapshot, subject="person", map_on=request.on)
    listed = {_TITLES_OF[request.title]} if request.title in _TITLES_OF else set()
    where = set(names(parse(request.where, vocabulary=words))) if request.where else set()
    read = {name for plan in plans for name in plan.names} | listed | where
    return frozenset(words[name].group for name in read if name in words)


def _targets(request: AssessRequest, snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """key, unit_id, title of every person × title asked about."""
    words = vocabulary(snapshot=snapshot, subject="person", map_on=request.on)
    where = parse(request.where, vocabulary=words, may_see=open_groups(scope)) if request.where else None
    listed = _TITLES_OF.get(request.title)
    needed = {"in_service", *([listed] if listed else []), *(names(where) if where else ())}
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=request.on), names=needed, scope=scope).filter(pl.col("in_service"))
    if where is not None:
        frame = frame.filter(compile(where))
    if listed is None:
        return frame.select("key", "unit_id", pl.lit(request.title).alias("title"))
    return frame.select("key", "unit_id", pl.col(listed).cast(pl.List(pl.String)).alias("title")).explode("title").drop_nulls("title")


def _by_law(targets: pl.DataFrame, request: AssessRequest, law: Law, snapshot: Snapshot) -> list[tuple[LawSet, pl.DataFrame]]:
    """People apart by the law that holds for their unit."""
    if request.overlay != "auto" or not law.local:
        chosen = law.with_overlay(request.overlay) if request.overlay not in ("", "auto") else law.central
        if chosen is None:
            raise NoStandard(f"Không có bộ quy định địa phương “{request.overlay}”.")
        return [(chosen, targets)]
    of_unit = unit_laws(snapshot, law)
    number = pl.col("unit_id").replace_strict(list(of_unit), list(of_unit.values()), default=-1, return_dtype=pl.Int32)
    parts = targets.with_columns(number.alias("law")).partition_by("law", as_dict=True)
    return [(law.central if n[0] < 0 else law.local[n[0]], part.drop("law")) for n, part in sorted(parts.items())]


def unit_laws(snapshot: Snapshot, law: Law) -> dict[int, int]:
    """unit → number of its local law; units under central law alone are left out."""
    parents, numbers = snapshot.units, _numbers(law)
    return {pk: number for pk in parents if (number := _nearest(pk, parents, numbers)) is not None}


def _numbers(law: Law) -> dict[str, int]:
    """Code of a unit → number of the first local law that names it."""
    return {unit: number for number, laws in reversed(list(enumerate(law.local))) for unit in laws.overlays[-1].units}


def _nearest(unit: int | None, parents: Mapping[int, tuple[int | None, str]], numbers: Mapping[str, int]) -> int | None:
    while unit is not None and unit in parents:
        unit, code = parents[unit]
        if code in numbers:
            return numbers[code]
    return None


@lru_cache(maxsize=512)
def plans_of(title: str, *, laws: LawSet, on: date, purpose: str) -> tuple[Plan, ...]:
    """The standards of a title on a day, ready to judge; the same law on the same day is parsed once."""
    words = _words(laws, on)
    found = standards_of(title, laws, purpose=purpose)
    return tuple(plan_of(s, laws=laws, on=on, vocabulary=law_vocabulary(), words=words) for s in found)


@lru_cache(maxsize=8)
def _words(laws: LawSet, on: date) -> Mapping[str, Name]:
    return words_on(on, laws=laws, vocabulary=law_vocabulary())


def _judged(
    part: pl.DataFrame, made: Mapping[str, Sequence[Plan]], overlay: str, laws: LawSet, request: AssessRequest,
    snapshot: Snapshot, scope: Scope,
) -> list[AssessRow]:  # fmt: skip
    asked = [(title, plan) for title, plans in made.items() for plan in plans]
    needed = {name for _, plan in asked for name in plan.names}
    ask = Ask(on=request.on, laws=laws)
    frame = facts_frame(snapshot=snapshot, ask=ask, names=needed, scope=scope)
    if len(made) == 1:
        people = frame if part.height == frame.height else frame.filter(pl.col("key").is_in(part["key"].implode()))
        return rows_of(people, asked, overlay)
    keys = dict(part.group_by("title").agg("key").iter_rows())
    people = frame.filter(pl.col("key").is_in(part["key"].unique().implode()))
    return rows_of(people, asked, overlay, keys)


def rows_of(
    people: pl.DataFrame, asked: Sequence[tuple[str, Plan]], overlay: str, keys: Mapping[str, Collection[int]] | None = None
) -> list[AssessRow]:
    """The people of a facts frame against the standard of each title, with the criteria that fail and the papers that are missing.

    `keys` names the people of each title; without it everybody is judged for every title.
    """
    everybody = people["key"].to_list()
    rows: list[AssessRow] = []
    with no_collection():
        for (title, plan), marks in zip(asked, marks_of(people, [plan for _, plan in asked])):
            rows += _rows(everybody, marks, title, plan, overlay, keys)
    return rows


def _rows(
    people: Sequence[int], marks: pl.Series, title: str, plan: Plan, overlay: str, keys: Mapping[str, Collection[int]] | None
) -> list[AssessRow]:
    version = plan.version.code if plan.version else ""
    said = {one: (title, plan.standard.code, version, *_said(plan, one), overlay) for one in marks.unique()}
    mine = None if keys is None else set(keys[title])
    pairs = zip(people, marks.to_list())
    return [AssessRow(key, *said[one]) for key, one in pairs if mine is None or key in mine]


def _said(plan: Plan, marks: str) -> tuple[Verdict, tuple[str, ...], tuple[str, ...]]:
    """The verdict, the criteria that fail, those that are unknown."""
    marked = list(zip(marks, plan.codes))
    failed = tuple([code for mark, code in marked if mark == FAILED])
    unknown = tuple([code for mark, code in marked if mark == OPEN])
    return verdict_of(False if failed else None if unknown else True, plan), failed, unknown


# --- one person


def explanation(
    *, person: int, title: str, on: date, law: Law, snapshot: Snapshot, actor: Actor, scope: Scope, overlay: str = "auto",
    purpose: str = "title",
) -> list[dict[str, Any]]:
    """The verdict of each standard of a title for one person the reader may see, as architecture.md lays it out.

    Raises NoStandard, Forbidden. An empty list: nobody of that key in the scope on that day.
    """
    chosen = _law_of_person(person, on, overlay, law, snapshot)
    if not standards_of(title, chosen, purpose=purpose):
        raise NoStandard(f"Chưa có tiêu chuẩn nào cho chức danh “{title}”; hãy xem danh sách bằng laws list.")
    plans = plans_of(title, laws=chosen, on=on, purpose=purpose)
    needed = {name for plan in plans for _, found in plan.criteria for name in _names_of(found)}
    refuse_unseen(snapshot=snapshot, names=needed, subject="person", scope=scope)
    row = facts_of(person, ask=Ask(on=on, laws=chosen), names=frozenset(needed), snapshot=snapshot)
    if row.is_empty() or not (scope.own_person == person or scope.sees_unit(row["unit_id"].item())):
        return []
    spoken = words_of(needed, snapshot=snapshot, map_on=on)
    shown = {name: text for name in needed if (text := texts(frame=row, name=name, words=spoken)[0])}
    sources = {name: row[f"{name}.source"].item() for name in needed}
    special = waivers_of(people=(person,), on=on, actor=actor, scope=scope).get(person, [])
    local = chosen.overlays[-1] if chosen.overlays else None
    return [
        {"subject": {"person": person, "title": title}, **explain(row, plan, shown=shown, sources=sources)}
        | _beside(of_standard(special, plan.standard.code))
        | {"laws": chosen.hash, "overlay": _overlay(local)}
        for plan in plans
    ]  # fmt: skip


def _beside(special: list[dict[str, Any]]) -> dict[str, Any]:
    """Decided special cases stand beside the verdict and change nothing in it; `waiver` is the newest of them."""
    return {"waiver": special[0] if special else None, "waivers": special}


def _overlay(local: Any) -> dict[str, Any] | None:
    return {"code": local.code, "label": local.label, "example": local.example} if local else None


def _names_of(found: Mapping[str, Any]) -> set[str]:
    return {name for expr in found.values() for name in names(expr)}


def _law_of_person(person: int, on: date, overlay: str, law: Law, snapshot: Snapshot) -> LawSet:
    if overlay != "auto" or not law.local:
        return law.with_overlay(overlay) or law.central
    units = served_by(person, on, snapshot=snapshot)["unit"].to_list()
    number = _nearest(units[0], snapshot.units, _numbers(law)) if units else None
    return law.central if number is None else law.local[number]
