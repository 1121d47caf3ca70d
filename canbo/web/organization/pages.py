"""The tree of a day, one unit with what stands in it, and the list of titles."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.kernel.text import fold
from canbo.organization.models import BLOCKS, LEVELS, Unit
from canbo.organization.queries import predecessors, successors, titles, unit_seen
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, day_of, page
from canbo.web.organization.holders import bodies_of, norms_of, posts_of
from canbo.web.tree import UnitTree, unit_tree

READERS = ("dossier.read", "statistics.read", "organization.write")
WHOLE = 400  # more units than this: the two upper rows only, the rest on the units' own pages
NAMES = dict(BLOCKS) | dict(LEVELS)


@dataclass(frozen=True)
class Branch:
    """One line of the tree as the template nests it: `opens` deeper lists, closes `closes` of them after it."""

    unit: int
    name: str
    opens: bool
    closes: range


@page(*READERS)
def organization(request: HttpRequest, desk: Desk) -> HttpResponse:
    on, problem = day_of(request.GET.get("ngay", ""), desk.today)
    text = request.GET.get("tim", "").strip()
    tree = unit_tree(snapshot=current(), on=on, scope=desk.scope)
    shown = _found(tree, text) if text else _upper(tree)
    frame = {
        "on": on, "typed": request.GET, "errors": {"ngay": problem} if problem else {}, "total": len(tree.units),
        "branches": branches(shown), "cut": not text and len(shown) < len(tree.units), "text": text,
        "day": "" if on == desk.today else f"?ngay={on:%d/%m/%Y}",
    }  # fmt: skip
    return render(request, "organization/tree.html", frame, status=400 if problem else 200)


def _found(tree: UnitTree, text: str) -> list[tuple[int, int, str]]:
    words = fold(text)
    return [(pk, 0, name) for pk, _, name in tree.units if words in fold(name)][:WHOLE]


def _upper(tree: UnitTree) -> list[tuple[int, int, str]]:
    return [row for row in tree.units if len(tree.units) <= WHOLE or row[1] < 2]


def branches(rows: list[tuple[int, int, str]]) -> list[Branch]:
    """Depths as nested lists: which line opens a list below itself, and how many lists end after it."""
    depths = [depth for _, depth, _ in rows] + [0]
    return [
        Branch(pk, name, depths[i + 1] > depth, range(max(0, depth - depths[i + 1])))
        for i, (pk, depth, name) in enumerate(rows)
    ]


@page(*READERS)
def unit(request: HttpRequest, desk: Desk, unit: int) -> HttpResponse:
    found = unit_seen(pk=unit, actor=desk.actor, scope=desk.scope)
    on, problem = day_of(request.GET.get("ngay", ""), _last_day(found, desk.today))
    frame = {"unit": found, "on": on, "errors": {"ngay": problem} if problem else {}, "typed": request.GET}
    frame |= _facts(found, desk) | _inside(found, on, desk)
    return render(request, "organization/unit.html", frame, status=400 if problem else 200)


def _last_day(found: Unit, today: date) -> date:
    """Today; for a unit that is no more, the day before its end, so that its page is not empty."""
    if found.end is None or found.end.hi >= today:
        return today
    return date.fromordinal(found.end.lo.toordinal() - 1)


def _facts(found: Unit, desk: Desk) -> dict[str, Any]:
    return {
        "pairs": [(label, value) for label, value in (
            ("Mã", found.code), ("Loại", found.kind), ("Khối", NAMES.get(found.block, "")), ("Cấp", NAMES.get(found.level, "")),
            ("Từ ngày", found.start.display if found.start else ""), ("Đến ngày", found.end.display if found.end else ""),
        ) if value],
        "parent": found.parent if found.parent_id and desk.scope.sees_unit(found.parent_id) else None,
        "before": predecessors(unit=found, actor=desk.actor, scope=desk.scope),
        "after": successors(unit=found, actor=desk.actor, scope=desk.scope),
        "may_write": desk.actor.may("organization.write"), "may_list": desk.actor.may("dossier.read"),
    }  # fmt: skip


def _inside(found: Unit, on: date, desk: Desk) -> dict[str, Any]:
    snapshot = current()
    posts = posts_of(found.pk, snapshot=snapshot, on=on, desk=desk)
    return {
        "posts": posts, "vacant": sum(line.vacant for line in posts), "bodies": bodies_of(found.pk, snapshot=snapshot, on=on, desk=desk),
        "norms": norms_of(found.pk, snapshot=snapshot, on=on), "children": _children(found.pk, on, desk),
        "people_url": f"{reverse('people')}?dv={found.pk}&ngay={on:%d/%m/%Y}",
    }  # fmt: skip


def _children(unit: int, on: date, desk: Desk) -> list[tuple[int, str]]:
    """Units directly below, in the order of the tree."""
    rows = unit_tree(snapshot=current(), on=on, scope=desk.scope).units
    at = next((i for i, row in enumerate(rows) if row[0] == unit), None)
    if at is None:
        return []
    depth, found = rows[at][1], []
    for pk, deep, name in rows[at + 1 :]:
        if deep <= depth:
            break
        if deep == depth + 1:
            found.append((pk, name))
    return found


@page(*READERS)
def title_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    text = request.GET.get("tim", "").strip()
    rows = [row for row in titles(actor=desk.actor, scope=desk.scope) if fold(text) in fold(row.name)]
    return render(request, "organization/titles.html", {"titles": rows, "text": text, "may_write": desk.actor.may("organization.write")})
