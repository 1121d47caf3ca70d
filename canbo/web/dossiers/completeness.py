"""Which of the items every dossier must hold are still missing: on a dossier, and counted over a unit."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.access.queries import units_under
from canbo.assess.columns import CLOSED
from canbo.dossier.groups import CV_GROUPS, CvGroup
from canbo.dossier.models import Person
from canbo.facts.completeness import REQUIRED
from canbo.facts.registry import Ask, Fact
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk, page
from canbo.web.tree import unit_tree


@dataclass(frozen=True)
class Missing:
    """Required items the reader may see: all of them, and those without a value."""

    asked: tuple[Fact, ...]
    gaps: tuple[Fact, ...]

    @property
    def percent(self) -> int:
        return 100 * (len(self.asked) - len(self.gaps)) // len(self.asked)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(fact.label for fact in self.gaps)

    def of_group(self, group: CvGroup) -> "Missing | None":
        """The same of one group of the CV; None where nothing is required."""
        asked = tuple(fact for fact in self.asked if fact.name in group.required)
        return Missing(asked, tuple(fact for fact in self.gaps if fact in asked)) if asked else None


@dataclass(frozen=True)
class Gap:
    """One required item over a unit: how many lack it, and where they are listed."""

    label: str
    group: str
    count: int
    share: int
    url: str

    @property
    def text(self) -> str:
        return thousands(self.count)


def missing_of(person: Person, desk: Desk) -> Missing | None:
    """None for somebody who does not serve today: nothing is asked of her dossier."""
    seen = asked_of(desk)
    # The dossier was already found within the scope; the reader's own need not stand in one of its units.
    scope = replace(desk.scope, units=None)
    frame = facts_frame(snapshot=current(), ask=Ask(on=desk.today), names=[fact.name for fact in seen], scope=scope)
    rows = frame.filter(pl.col("key") == person.pk).to_dicts()
    if not rows or not seen:
        return None
    return Missing(seen, tuple(fact for fact in seen if rows[0][fact.columns[0]] is None))


def asked_of(desk: Desk) -> tuple[Fact, ...]:
    return tuple(fact for fact in REQUIRED if desk.scope.sees_group(fact.group))


@page("dossier.read")
def completeness(request: HttpRequest, desk: Desk) -> HttpResponse:
    """How many dossiers of a unit lack each required item; each count opens its people."""
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    typed = request.GET.get("dv", "").strip()
    unit, error = tree.find(typed)
    seen = asked_of(desk)
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=desk.today), names=[fact.name for fact in seen], scope=desk.scope)
    if unit is not None:
        frame = frame.filter(pl.col("unit_id").is_in(list(units_under([unit]))))
    gaps = [] if error else gaps_in(frame, seen, typed)
    return render(request, "dossier/completeness.html", {
        "tree": tree, "unit": unit, "typed": typed, "error": error, "unit_name": tree.name(unit), "gaps": gaps, "on": desk.today,
        "total": thousands(frame.height), "full": thousands(full(frame, seen)), "percent": percent(frame, seen), "asked": len(seen),
        "may_set": desk.actor.may("settings.write"),
    }, status=400 if error else 200)  # fmt: skip


def gaps_in(frame: pl.DataFrame, asked: tuple[Fact, ...], unit: str) -> list[Gap]:
    """One row a required item, most often missing first."""
    counts: dict[str, Any] = {fact.name: frame[fact.columns[0]].null_count() for fact in asked}
    rows = [
        Gap(fact.label, title_of(fact), counts[fact.name], 100 * counts[fact.name] // max(frame.height, 1), people_url(fact, unit))
        for fact in asked
    ]
    return sorted(rows, key=lambda row: -row.count)


def full(frame: pl.DataFrame, asked: tuple[Fact, ...]) -> int:
    """How many dossiers lack nothing."""
    return frame.filter(pl.all_horizontal(pl.col(fact.columns[0]).is_not_null() for fact in asked)).height if asked else 0


def percent(frame: pl.DataFrame, asked: tuple[Fact, ...]) -> int:
    """Share of all required items that are there."""
    wanted = frame.height * len(asked)
    lacking = sum(frame[fact.columns[0]].null_count() for fact in asked)
    return 100 * (wanted - lacking) // wanted if wanted else 100


def title_of(fact: Fact) -> str:
    return next((group.title for group in CV_GROUPS if fact.name in group.required), "")


def people_url(fact: Fact, unit: str) -> str:
    """The list of those who lack it; none for what may not filter a list."""
    if fact.group in CLOSED:
        return ""
    return "/ho-so/?" + urlencode({"loc": f"not known({fact.name})", **({"dv": unit} if unit else {})})


__all__ = ["Missing", "completeness", "missing_of"]
