"""Who is rated in a unit, under which regime and in which role, as the dossiers stand on the day of rating."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from canbo.engine.law.loader import CENTRAL
from canbo.engine.law.model import LawSet, Period, ProvisionVersion
from canbo.engine.ratings.model import Regime, Role
from canbo.facts.registry import Ask
from canbo.kernel.actors import Scope
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot

KIND = "regime"


@dataclass(frozen=True, slots=True)
class Rated:
    """Somebody to be rated: person, unit she stands in, role, whether she heads the unit, regime."""

    person: int
    unit: int
    name: str
    role: Role
    heads: bool
    regime: str
    months_worked: int | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody in service whom no regime rates, and why."""

    person: int
    name: str
    why: str


@cache
def leading_titles() -> Mapping[str, frozenset[str]]:
    """`heads` and `deputies`: codes of titles."""
    told = tomllib.loads((CENTRAL / "lists" / "leaders.toml").read_text(encoding="utf-8"))
    return {name: frozenset(codes) for name, codes in told.items()}


def regime_for(laws: LawSet, *, staff_kind: str, capacity: str, on: date) -> tuple[str, ProvisionVersion] | None:
    """(code, version) of the regime that rates people of this kind on this day; one from memory alone rates nobody."""
    for (kind, code), provision in laws.provisions.items():
        version = provision.on(on) if kind == KIND else None
        if version is None or not version.cite.verified:
            continue
        regime: Any = version.content
        if regime.of == "person" and regime.capacity == capacity and (not regime.staff_kinds or staff_kind in regime.staff_kinds):
            return code, version
    return None


def regime_named(laws: LawSet, code: str, on: date) -> Regime:
    """The rules of a regime on a day; KeyError when there are none."""
    version = laws.provisions[KIND, code].on(on)
    if version is None:
        raise KeyError(code)
    found: Any = version.content
    return found  # type: ignore[no-any-return]


def people_of(
    *, ticked: Collection[int], capacity: str, period: Period, on: date, laws: LawSet, snapshot: Snapshot, scope: Scope
) -> tuple[list[Rated], list[LeftOut]]:
    """Everybody in service on the day at the ticked units or below: whom a regime rates, and whom none does."""
    ask = Ask(on=on, laws=laws)
    names = ("in_service", "staff_kind", "title", "name", *(("party_member",) if capacity == "party" else ()))
    frame = facts_frame(snapshot=snapshot, ask=ask, names=names, scope=scope).filter(pl.col("in_service"))
    if capacity == "party":
        frame = frame.filter(pl.col("party_member"))
    frame = frame.select("key", "unit_id", pl.col("staff_kind").cast(pl.String), pl.col("title").cast(pl.String), "name")
    started = _started(snapshot, on)
    rated: list[Rated] = []
    left: list[LeftOut] = []
    for key, unit, kind, title, name in frame.sort("key").iter_rows():
        home = nearest(unit, ticked, snapshot)
        if home is None:
            continue
        found = regime_for(laws, staff_kind=kind or "", capacity=capacity, on=on)
        if found is None:
            left.append(LeftOut(key, name or "", _why(kind)))
            continue
        role, heads = role_of(title)
        rated.append(Rated(key, home, name or "", role, heads and unit == home, found[0], months_of(started.get(key), period)))
    return rated, left


def nearest(unit: int | None, ticked: Collection[int], snapshot: Snapshot) -> int | None:
    """The ticked unit at or above this one."""
    here, seen = unit, set[int]()
    while here is not None and here not in ticked and here not in seen:
        seen.add(here)
        here = snapshot.units.get(here, (None, ""))[0]
    return here if here in ticked else None


def _started(snapshot: Snapshot, on: date) -> dict[int, tuple[date, date]]:
    """person → first and last possible day on which she entered service (the earliest employment still held)."""
    rows = snapshot.tables.frames["employment"].filter(
        pl.col("start_lo") <= on, pl.col("end_before").is_null() | (pl.col("end_before") > on)
    )
    first = rows.group_by("person").agg(pl.col("start_lo").min(), pl.col("start_hi").min())
    return {person: (lo, hi) for person, lo, hi in first.iter_rows() if lo and hi}


def months_of(started: tuple[date, date] | None, period: Period) -> int | None:
    """Calendar months of the period worked in, the month of entry counted; None where the papers leave it open."""
    ends = {_months_from(day, period) for day in started or (period.start,)}
    return ends.pop() if len(ends) == 1 else None


def _months_from(day: date, period: Period) -> int:
    first = max(day, period.start)
    end = period.end or first
    return max(0, (end.year - first.year) * 12 + end.month - first.month)


def role_of(title: str | None) -> tuple[Role, bool]:
    """(role, heads the unit) by the title held; a title no list knows is read as not leading, and may be corrected."""
    titles = leading_titles()
    if title in titles["heads"]:
        return "leader", True
    return ("leader", False) if title in titles["deputies"] else ("staff", False)


def _why(kind: str | None) -> str:
    if not kind:
        return "chưa rõ đối tượng (cán bộ, công chức, viên chức)"
    return "không thuộc đối tượng của chế độ đánh giá nào đang áp dụng; cơ quan tự quyết định"
