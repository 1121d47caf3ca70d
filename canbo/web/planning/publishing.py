"""Making a unit's decided lists known: what is chosen, a preview of exactly what will be shown, what was made known so far."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.disclosure.changes import DisclosureRefused, Wanted, publish
from canbo.disclosure.fields import checked_table, kind_of
from canbo.disclosure.frozen import STATES, state_of
from canbo.disclosure.models import REACHES, Publication
from canbo.disclosure.queries import publications
from canbo.planning.models import Slate
from canbo.planning.papers.held import Held
from canbo.planning.papers.known import known_table
from canbo.planning.papers.pieces import Layout, issuer_of
from canbo.planning.papers.printing import held_with_lists
from canbo.planning.papers.review import terms_of
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.planning.view import REFUSALS, Typed, asks, found_home, reads, refused
from canbo.web.standards.asking import law_now

KIND = "planning"


@page("disclosure.publish")
def publish_unit(request: HttpRequest, desk: Desk, planning_home: int) -> HttpResponse:
    home = found_home(planning_home, desk)
    try:
        of = held_with_lists(home=home, layout=Layout(), law=law_now(), snapshot=current(), **reads(desk))
    except REFUSALS as error:
        return refused(render(request, "refused.html", {"text": str(error)}), str(error))
    typed = Typed(request.POST, desk)
    if request.method != "POST":
        return _page(request, of, typed, desk)
    try:
        table = checked_table(KIND, _table(of, request, typed))
        if typed.text("viec") != "cong-khai":
            return _page(request, of, typed, desk, table=table)
        if typed.text("dau") != mark_of(table):
            raise DisclosureRefused("Danh sách vừa thay đổi so với bản xem trước; hãy xem lại rồi công khai.")
        made = publish(wanted=_wanted(of, typed, table), **asks(desk))
    except (*REFUSALS, DisclosureRefused) as error:
        return _page(request, of, typed, desk, error=str(error))
    messages.success(request, "Đã công khai danh sách.")
    return redirect("disclosure", made.pk)


def _table(of: Held, request: HttpRequest, typed: Typed) -> Mapping[str, Any]:
    chosen = {int(pk) for pk in request.POST.getlist("ds") if pk.isdecimal() and len(pk) < 19}
    if not chosen:
        raise DisclosureRefused("Hãy chọn ít nhất một danh sách đã quyết định.")
    return known_table(of, chosen, leaving=bool(typed.text("dua-ra")))


def mark_of(table: Mapping[str, Any]) -> str:
    """What was previewed, so that nothing else is made known."""
    return hashlib.sha256(json.dumps(table, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _wanted(of: Held, typed: Typed, table: Mapping[str, Any]) -> Wanted:
    start = typed.day("tu")
    end = typed.day("den", default=date.min)
    if not typed.errors and end == date.min:
        typed.errors["den"] = "Hãy ghi ngày kết thúc công khai."
    typed.refuse_wrong()
    return Wanted(
        of.home.unit_id, KIND, of.home.pk, typed.text("ten"), typed.text("vanban"), typed.text("phamvi"), typed.text("noi"), start, end,
        table,
    )  # fmt: skip


# --- the page


@dataclass(frozen=True)
class Known:
    """One publication of the unit; `changed` = the lists are no longer what it shows."""

    row: Publication
    state: str
    said: int
    changed: bool


def _page(
    request: HttpRequest, of: Held, typed: Typed, desk: Desk, *, table: Mapping[str, Any] | None = None, error: str = ""
) -> HttpResponse:
    decided = of.decided_slates
    ticked = set(request.POST.getlist("ds")) if request.method == "POST" else {str(one.pk) for one in decided}
    waiting = [one for one in of.slates if one not in decided]
    reaches = [(code, label) for code, label in REACHES if code in kind_of(KIND).reaches]
    frame: dict[str, Any] = {
        "home": of.home, "round": of.round, "error": error, "today": desk.today, "reaches": reaches, "table": table,
        "mark": mark_of(table) if table else "", "lists": [(one, str(one.pk) in ticked) for one in decided], "waiting": waiting,
        "typed": typed.data or {"ten": _name(of, decided), "vanban": _document(of, decided), "phamvi": "internal"},
        "known": _known(of, desk),
    }  # fmt: skip
    return refused(render(request, "planning/publish.html", frame), error)


def _name(of: Held, decided: list[Slate]) -> str:
    return f"Danh sách quy hoạch nhiệm kỳ {terms_of(decided)} của {issuer_of(of.home.unit, of.layout).name}"[:300]


def _document(of: Held, decided: list[Slate]) -> str:
    """The decisions of these lists by their numbers."""
    entries = [entry for meeting in of.meetings_of(*decided) if (entry := meeting.entry("decide"))]
    numbers = dict.fromkeys(f"Quyết định {entry.data.get('number') or '……'}, ngày {entry.on:%d/%m/%Y}" for entry in entries)
    return "; ".join(numbers)[:200]


def _known(of: Held, desk: Desk) -> list[Known]:
    """Everything made known of this unit's lists in the round, withdrawn ones too, the newest first."""
    rows = publications(on=desk.today, **reads(desk)).filter(kind=KIND, about=of.home.pk).annotate(count=Count("remarks"))
    now = {tuple(row[1:]) for row in known_table(of, [slate.pk for slate in of.slates], leaving=True)["rows"]}
    found = []
    for row in rows:
        state = state_of(row, desk.today)
        running = state in ("now", "coming")
        found.append(Known(row, STATES[state], row.count, running and not _shown(row) <= now))  # type: ignore[attr-defined]
    return found


def _shown(row: Publication) -> set[tuple[str, ...]]:
    return {tuple(cells[1:]) for cells in row.table.get("rows", ())}
