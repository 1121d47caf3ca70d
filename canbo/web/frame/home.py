"""The first page: how many people today, what dossiers lack, and what came in last."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.access.policy import ACTIONS
from canbo.engine.language import LanguageError, names
from canbo.engine.measures import Count, count, count_text
from canbo.facts.registry import Ask
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current, facts_frame
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.frame.work import work_of
from canbo.web.lists.roster import expression
from canbo.web.shelf import SHELF
from canbo.web.tree import unit_tree

GAPS = (
    ("ngày sinh", "not known(birth)"),
    ("dân tộc", "not known(ethnicity)"),
    ("quê quán", "not known(native_place)"),
    ("trình độ chuyên môn", "not known(degree)"),
    ("trình độ lý luận chính trị", "not known(political_theory)"),
    ("chức vụ", "not known(position)"),
)
LISTS_SHOWN = 5


@dataclass(frozen=True)
class Figure:
    """A number of the first page with the list behind it."""

    label: str
    text: str
    url: str = ""


@page(*ACTIONS)
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    counts = desk.actor.may("dossier.read") or desk.actor.may("statistics.read")
    frame = overview(desk) if counts else {"own_only": True, "may": desk.actor.actions, "on": desk.today}
    return render(request, "home.html", frame | {"work": work_of(desk), "has_own": desk.scope.own_person is not None})


def overview(desk: Desk) -> dict[str, Any]:
    snapshot, on = current(), desk.today
    make = lambda: _figures(snapshot, on, desk)  # noqa: E731
    found: dict[str, Any] = SHELF.get(snapshot=snapshot, key=("home", on, desk.scope, desk.actor.actions), make=make)
    return found | {"on": on, "may": desk.actor.actions, "may_import": desk.actor.may("import.write")}


def _figures(snapshot: Snapshot, on: date, desk: Desk) -> dict[str, Any]:
    everybody, women = _counted(None, snapshot, on, desk), _counted("sex == 'nu'", snapshot, on, desk)
    lists = reverse("people") if desk.actor.may("dossier.read") else ""
    figures = [
        Figure("Người đang công tác", thousands(everybody.count), lists),
        Figure("Đơn vị", thousands(len(unit_tree(snapshot=snapshot, on=on, scope=desk.scope).units)), reverse("organization")),
        Figure("Nữ", count_text(women), _listed(lists, "sex == 'nu'")),
        Figure("Dưới 40 tuổi", count_text(_counted("age < 40", snapshot, on, desk)), _listed(lists, "age < 40")),
    ]
    gaps = [
        Figure(label, thousands(found.count), _listed(lists, where))
        for label, where in GAPS
        if (found := _counted(where, snapshot, on, desk)) and found.count
    ]
    return {
        "figures": figures, "gaps": gaps, "nobody": not everybody.count, "lists": _last_lists(snapshot, on, desk),
    }  # fmt: skip


def _counted(where: str | None, snapshot: Snapshot, on: date, desk: Desk) -> Count:
    """How many of the scope; nobody when the reader may not see the fact."""
    try:
        that = expression(where or "", snapshot, on, desk)
    except LanguageError:
        return Count(0, 0)
    needed = names(that) if that else ()
    return count(facts_frame(snapshot=snapshot, ask=Ask(on=on), names=needed, scope=desk.scope), that=that)


def _listed(url: str, where: str) -> str:
    return f"{url}?{urlencode({'loc': where})}" if url else ""


def _last_lists(snapshot: Snapshot, on: date, desk: Desk) -> list[tuple[date, Figure]]:
    """The lists that came in last, with their day and the people of the scope in them."""
    seen = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=(), scope=desk.scope)["key"]
    rows = snapshot.tables.frames["list_entry"].filter(pl.col("person").is_in(seen.implode()))
    grouped = rows.group_by(pl.col("name").cast(pl.String), "on").agg(pl.col("person").n_unique(), pl.col("id").max())
    newest = grouped.sort("id", descending=True).head(LISTS_SHOWN)
    url = reverse("people") if desk.actor.may("dossier.read") else ""
    return [
        (day, Figure(name, thousands(people), _listed(url, _in_list(name)))) for name, day, people, _ in newest.iter_rows()
    ]


def _in_list(name: str) -> str:
    quote = '"' if "'" in name else "'"
    return f"{quote}{name}{quote} in lists"
