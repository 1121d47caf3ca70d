"""Grades of several years side by side, of a unit with all below it: who was in service there on the last day of each year.

Units are those of one day, `map_on`: who served in a unit that was merged since is counted where it went.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from canbo.assess.report import StatRequest
from canbo.assess.statistics import statistics
from canbo.audit.changes import require
from canbo.engine.measures import Count
from canbo.engine.ratings.model import GOOD
from canbo.evaluation.queries import GROUP, READ
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.store import Snapshot

FACTS = {"official": "rating", "party": "rating_party"}
SERVING = {"official": "in_service", "party": "in_service and party_member"}


@dataclass(frozen=True)
class YearOfGrades:
    """One year: grade → people of those rated; how many others have no grade known."""

    year: int
    counts: dict[str, int]
    without: int

    @property
    def rated(self) -> int:
        return sum(self.counts.values())

    def share(self, *grades: str) -> Count:
        return Count(sum(self.counts.get(grade, 0) for grade in grades), self.rated)


@dataclass(frozen=True)
class UnitOfGrades:
    """A unit with all below it: in each year, who was rated good or better of those rated."""

    code: str
    name: str
    years: tuple[Count, ...]


def last_day(year: int) -> date:
    return date(year, 12, 31)


def rated_where(capacity: str) -> str:
    """Who is counted, in the words of the language."""
    return f"{SERVING[capacity]} and known({FACTS[capacity]})"


def unrated_where(capacity: str) -> str:
    return f"{SERVING[capacity]} and not known({FACTS[capacity]})"


def good_or_better(capacity: str) -> str:
    return f"{FACTS[capacity]} >= '{GOOD}'"


def grades_by_year(
    *, unit: str, years: Sequence[int], map_on: date, capacity: str, snapshot: Snapshot, actor: Actor, scope: Scope
) -> list[YearOfGrades]:
    """Each year in order; `unit` is a code, "" = all the reader sees. Nothing for who does not read evaluations."""
    require(actor, READ)
    if not _sees(capacity, scope):
        return []
    asked: dict[str, Any] = {"snapshot": snapshot, "actor": actor, "scope": scope}
    return [_year(StatRequest(on=last_day(year), map_on=map_on, unit=unit), capacity, asked) for year in sorted(set(years))]


def units_by_year(
    *, unit: str, years: Sequence[int], map_on: date, capacity: str, snapshot: Snapshot, actor: Actor, scope: Scope
) -> list[UnitOfGrades]:
    """The units right below, in the order of the tree, each with all below it; those in which somebody was rated in any year."""
    require(actor, READ)
    if not _sees(capacity, scope):
        return []
    ordered = sorted(set(years))
    names: dict[str, str] = {}
    found: dict[str, dict[int, Count]] = {}
    for year in reversed(ordered):
        request = StatRequest(
            on=last_day(year), map_on=map_on, unit=unit, where=rated_where(capacity), measures=(good_or_better(capacity),), by=("unit",)
        )  # fmt: skip
        rows = [row for row in statistics(request=request, snapshot=snapshot, actor=actor, scope=scope).rows if row.by["unit"]]
        top = min((row.depth for row in rows), default=0)
        shown = top + (sum(row.depth == top for row in rows) == 1)
        for row in rows:
            if row.depth == shown:
                names.setdefault(str(row.by["unit"]), row.labels["unit"])
                found.setdefault(str(row.by["unit"]), {})[year] = row.count
    return [UnitOfGrades(code, names[code], tuple(counts.get(year, Count(0, 0)) for year in ordered)) for code, counts in found.items()]


def _year(request: StatRequest, capacity: str, asked: dict[str, Any]) -> YearOfGrades:
    fact = FACTS[capacity]
    without = statistics(request=replace(request, where=unrated_where(capacity)), **asked).rows[0].count.count
    rows = statistics(request=replace(request, where=rated_where(capacity), by=(fact,)), **asked).rows
    counts = {str(row.by[fact]): row.count.count for row in rows if row.by[fact] is not None}
    return YearOfGrades(request.on.year, counts, without)


def _sees(capacity: str, scope: Scope) -> bool:
    """Who is a Party member is told to readers of that group alone."""
    return scope.sees_group(GROUP) and (capacity != "party" or scope.sees_group("party"))
