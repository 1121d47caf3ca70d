"""Campaigns: the list, one opened for ticked units, who is left out of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.dossier.models.outcomes import PERIODS
from canbo.evaluation.campaigns import Opening, open_campaign, people_now
from canbo.evaluation.models import CAPACITIES, Campaign
from canbo.evaluation.queries import campaigns, people_in, units_sent
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.view import (
    REFUSALS,
    Typed,
    asks,
    found_campaign,
    laws_now,
    period_label,
    reads,
    typed_from,
)
from canbo.web.tree import UnitTree, unit_tree

WEEK = timedelta(days=7)
KINDS = [(kind, label) for kind, label in PERIODS if kind != "once"]


@page("cases.read")
def campaign_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = list(campaigns(**reads(desk)))
    sent = units_sent(campaigns=found, **reads(desk))
    closed = request.GET.get("tt") == "xong"
    rows = [(row, period_label(row.period_kind, row.period), *sent.get(row.pk, (0, 0)), row.deadline < desk.today) for row in found]
    shown = [row for row in rows if (row[0].closed_on is not None) == closed]
    over = sum(row.closed_on is not None for row in found)
    frame = {
        "rows": shown, "closed": closed, "counts": (len(found) - over, over),
        "may_open": desk.actor.may("evaluation.run"), **tabs(desk, "campaigns"),
    }  # fmt: skip
    return render(request, "evaluation/list.html", frame)


def tabs(desk: Desk, section: str) -> dict[str, Any]:
    return {"section": section, "may_track": desk.actor.may("evaluation.track")}


# --- opening


@dataclass(frozen=True)
class Node:
    """A unit to be ticked, with those right below it."""

    pk: int
    name: str
    ticked: bool
    below: tuple["Node", ...] = ()

    @property
    def open(self) -> bool:
        """Something below is ticked: the fold stands open."""
        return any(node.ticked or node.open for node in self.below)


@page("evaluation.run")
def campaign_open(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open a campaign; what was typed and ticked stays when something is wrong."""
    if request.method != "POST":
        return _form(request, desk, {}, set())
    ticked = {int(pk) for pk in request.POST.getlist("donvi") if pk.isdecimal()}
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    typed = typed_from(request.POST, desk)
    if request.POST.get("viec") in ("tat-ca", "bo-het"):
        all_below = _right_below(tree, _opener(typed, tree, desk)) if request.POST["viec"] == "tat-ca" else set()
        return _form(request, desk, {}, all_below)
    try:
        found = open_campaign(opening=_opening(typed, tree, ticked, desk), laws=laws_now(), snapshot=current(), **asks(desk))
    except REFUSALS as error:
        return _form(request, desk, typed.errors or {"all": str(error)}, ticked)
    left = f", {len(found.left_out)} người không đưa vào đợt" if found.left_out else ""
    messages.success(request, f"Đã mở đợt cho {len(ticked)} đơn vị, {found.rated} người được đánh giá{left}.")
    return redirect("evaluation-left-out" if found.left_out else "evaluation-campaign", found.campaign.pk)


def _opening(typed: Typed, tree: UnitTree, ticked: set[int], desk: Desk) -> Opening:
    unit = _opener(typed, tree, desk)
    if unit is None:
        typed.errors["noimo"] = "Hãy chọn nơi mở đợt."
    opened = typed.day("mo")
    deadline = typed.day("han", default=opened + WEEK)
    rated_on: date | None = typed.day("chot") if typed.text("chot") else None
    typed.refuse_wrong()
    return Opening(
        unit=unit or 0, name=typed.text("ten"), units=frozenset(ticked), period_kind=typed.text("loaiky"), period=typed.text("ky"),
        opened_on=opened, deadline=deadline, order=typed.text("vanban"), capacity=_capacity(typed), rated_on=rated_on,
    )  # fmt: skip


def _capacity(typed: Typed) -> str:
    return typed.text("tucach") if typed.text("tucach") in dict(CAPACITIES) else CAPACITIES[0][0]


def _opener(typed: Typed, tree: UnitTree, desk: Desk) -> int | None:
    text = typed.text("noimo") or str(desk.actor.unit or "")
    unit, typed.errors["noimo"] = tree.find(text) if text else (next((pk for pk, _, _ in tree.units), None), "")
    if not typed.errors["noimo"]:
        del typed.errors["noimo"]
    return unit


def _form(request: HttpRequest, desk: Desk, errors: dict[str, str], ticked: set[int]) -> HttpResponse:
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    typed = typed_from(request.POST, desk)
    opener = _opener(typed, tree, desk)
    opener_name = typed.text("noimo") or tree.name(opener)
    frame = {
        "tree": tree, "errors": errors, "typed": request.POST, "opener": opener, "opener_name": opener_name, "kinds": KINDS,
        "capacities": CAPACITIES,
        "today": desk.today, "deadline": desk.today + WEEK, "nodes": nodes(tree, opener, ticked), "ticked": len(ticked),
    }  # fmt: skip
    return render(request, "evaluation/open.html", frame, status=400 if errors else 200)


def nodes(tree: UnitTree, top: int | None, ticked: set[int]) -> tuple[Node, ...]:
    """The unit that opens and everything below it, as a tree of ticks."""
    at = next((n for n, (pk, _, _) in enumerate(tree.units) if pk == top), 0)
    found, _ = _below(tree.units, at, tree.units[at][1] if tree.units else 0, ticked, first=True)
    return tuple(found)


def _below(
    units: tuple[tuple[int, int, str], ...], at: int, depth: int, ticked: set[int], *, first: bool = False
) -> tuple[list[Node], int]:
    """Units from here on that are at least so deep, and where the rest begins; only the `first` with all below it."""
    made: list[Node] = []
    while at < len(units) and units[at][1] >= depth and not (first and made):
        pk, here, name = units[at]
        under, at = _below(units, at + 1, here + 1, ticked)
        made.append(Node(pk, name, pk in ticked, tuple(under)))
    return made, at


def _right_below(tree: UnitTree, top: int | None) -> set[int]:
    """The units right below the opener; itself where it has none."""
    of = next(iter(nodes(tree, top, set())), None)
    return {node.pk for node in of.below} or {of.pk} if of else set()


# --- who is left out


@page("cases.read")
def left_out(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponse:
    """People in service whom no regime rates, as the dossiers stand now; those a corrected dossier lets in are named apart."""
    of = found_campaign(campaign, desk)
    rated, left = people_now(campaign=of, laws=laws_now(), snapshot=current(), scope=desk.scope)
    held = set(people_in(campaign=of, **reads(desk)).values_list("person", flat=True))
    new = [one for one in rated if one.person not in held]
    frame = {
        "campaign": of, "left": left, "new": new, "may_read": desk.actor.may("dossier.read"),
        "back": reverse("evaluation-campaign", args=[of.pk]), "may_take_in": runs(of, desk) and bool(new),
    }  # fmt: skip
    return render(request, "evaluation/left_out.html", frame)


def runs(of: Campaign, desk: Desk) -> bool:
    """Whether the reader may close the campaign and change who is in it."""
    return desk.actor.may("evaluation.run") and desk.scope.sees_unit(of.unit_id) and of.closed_on is None
