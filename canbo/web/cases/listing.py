"""Việc theo quy trình: the list, by state, kind, unit, what is due – and what waits for this reader."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.cases.deadlines import CaseDeadline, deadlines_of
from canbo.cases.models import STATUSES, Case
from canbo.cases.queries import CARRIER_ACTIONS, cases
from canbo.cases.rules import state_of, steps_of
from canbo.engine.procedures.model import CARRIERS, DEFAULT_CARRIER, DUTIES
from canbo.engine.procedures.replay import due
from canbo.kernel.text import fold
from canbo.web.cases.kinds import KINDS, kind_label
from canbo.web.cases.typed import laws_of, reads
from canbo.web.desk import Desk, page
from canbo.web.pagination import SIZE, pager, query_of

MINE = "toi"


@dataclass(frozen=True)
class Line:
    """A case in the list: the step that is due, who carries it, the deadline that waits."""

    case: Case
    kind: str
    due: str
    who: str
    deadline: CaseDeadline | None
    late: bool | None


@page("cases.read")
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    kind, duty, text = request.GET.get("loai", ""), request.GET.get("cho", ""), request.GET.get("tim", "").strip()[:100]
    found = list(cases(**reads(desk), kind=kind if kind in KINDS else ""))
    if text:
        found = [row for row in found if fold(text) in fold(f"{row.name} {row.held_number} {row.unit.name}")]
    if duty == MINE:
        found = [row for row in found if is_mine(row, desk)]
    elif duty in DUTIES:
        found = [row for row in found if row.duty == duty]
    chosen = request.GET.get("tt", "")
    shown = [row for row in found if not chosen or row.status == chosen]
    at = pager(request, total=len(shown))
    kept = query_of(request, without=("tt", "trang"))
    counts = Counter(row.status for row in found)
    tabs = [
        ("?" + "&".join(filter(None, (code and f"tt={code}", kept))), label, counts[code] if code else len(found), code == chosen)
        for code, label in [("", "Tất cả"), *STATUSES]
    ]
    frame = {
        "rows": [_line(row, desk) for row in shown[at.first : at.first + SIZE]], "tabs": tabs, "pager": at, "typed": request.GET,
        "kinds": [(code, of.label) for code, of in KINDS.items()], "duties": DUTIES.items(), "mine": MINE, "any": bool(found or kept),
        "may_write": desk.actor.may("cases.write"), "filtered": bool(kept or chosen),
    }  # fmt: skip
    return render(request, "cases/list.html", frame)


def is_mine(row: Case, desk: Desk) -> bool:
    """Whether the duty that is due is one this reader's role carries; read off the frozen rules without replaying the log."""
    if row.status != "open":
        return False
    step: dict[str, Any] = next((step for step in row.rules.get("step", ()) if step.get("code") == row.step), {})
    carrier = step.get("carriers", {}).get(row.duty) or DEFAULT_CARRIER.get(row.duty, "officer")
    return desk.actor.may(CARRIER_ACTIONS[carrier])


def _end(one: CaseDeadline) -> date:
    return (one.by and (one.by.latest or one.by.earliest)) or date.max


def _line(row: Case, desk: Desk) -> Line:
    if row.status == "outside":
        return Line(row, kind_label(row.kind), "", "", None, None)
    rules, state = steps_of(row), state_of(row)
    now = due(rules, state)
    waiting = [one for one in deadlines_of(rules, state, laws_of(row.unit_id).calendar) if one.waits] if now else []
    first = min(waiting, key=_end, default=None)
    told, who = (f"{now[0].label}: {DUTIES[now[1]]}", CARRIERS[now[0].carrier(now[1])]) if now else ("", "")
    return Line(row, kind_label(row.kind), told, who, first, first.late(desk.today) if first else None)
