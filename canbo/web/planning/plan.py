"""The plan on any day: who is planned for what, counts by title, level and term, its history, and who was refused."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.audit.changes import record_read
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.sheets import Sheet
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.planning.plan_asked import PlanAsked, plan_asked
from canbo.web.planning.plan_sheets import change_rows, count_rows, history_rows, people_rows, refused_rows
from canbo.web.planning.view import tabs
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import law_now
from canbo.web.standards.listing import taken

Make = Callable[[PlanAsked], Sheet]
VIEWS: dict[str, tuple[str, Make]] = {
    "nguoi": ("Người trong quy hoạch", people_rows), "so-luong": ("Số lượng", count_rows), "lich-su": ("Đưa vào, đưa ra", history_rows),
    "cac-lan": ("Các lần thay đổi", change_rows), "khong-dong-y": ("Không đồng ý", refused_rows),
}  # fmt: skip


@page("cases.read")
def plan(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = plan_asked(request.GET, desk)
    shown = _shown(request)
    sheet = _sheet(asked, shown) if not asked.errors else None
    pages = pager(request, total=len(sheet.rows) if sheet else 0)
    part = _part(sheet, pages.first) if sheet else None
    frame: dict[str, Any] = {
        "asked": asked, "typed": request.GET, "errors": asked.errors, "sheet": part, "pager": pages, "shown": shown,
        "views": [(code, label) for code, (label, _) in VIEWS.items()], "query": query_of(request, without=("trang",)),
        "kept": query_of(request, without=("trang", "xem")), "may_export": desk.actor.may("export"), "today": desk.today,
        "filtered": bool(query_of(request, without=("trang", "xem", "ngay"))), **tabs(desk, "list"),
    }  # fmt: skip
    return render(request, "planning/plan.html", frame, status=400 if asked.errors else 200)


@page("export")
def plan_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The whole table of the view on the screen, with its filters."""
    asked, shown = plan_asked(request.GET, desk), _shown(request)
    sheet = _sheet(asked, shown)
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(sheet.rows), detail=query_of(request))
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


def _sheet(asked: PlanAsked, shown: str) -> Sheet:
    """The whole table; kept until the next act, since a province's plan of thousands is leafed through page by page."""
    typed = frozenset((name, value) for name, value in asked.typed.items() if name != "trang")
    key = ("planning-plan", shown, typed, asked.on, asked.desk.scope, law_now().central)
    return SHELF.get(snapshot=current(), key=key, make=lambda: VIEWS[shown][1](asked))


def _shown(request: HttpRequest) -> str:
    shown = request.GET.get("xem", "nguoi")
    return shown if shown in VIEWS else "nguoi"


def _part(sheet: Sheet, first: int) -> Sheet:
    """One page of the table."""
    return Sheet(sheet.title, sheet.heads, sheet.rows[first : first + SIZE], sheet.lines, sheet.notes, sheet.total, first)
