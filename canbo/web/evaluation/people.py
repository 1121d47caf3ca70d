"""The people behind a number of a campaign, as a page and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.evaluation.models import Campaign
from canbo.evaluation.queries import people_in, units_in
from canbo.kernel.text import sort_key
from canbo.web.desk import Desk, page
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.evaluation.view import BEST_FIRST, STATES, found_campaign, grade_name, laws_now, reads, regime_of
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.standards.listing import taken

GRADED = ("self_grade", "proposed", "chosen", "grade")


@page("cases.read")
def people(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponse:
    of = found_campaign(campaign, desk)
    sheet = _people_sheet(request, of, desk)
    pages = pager(request, total=len(sheet.rows))
    part = Sheet(sheet.title, sheet.heads, sheet.rows[pages.first : pages.first + SIZE], sheet.lines, first=pages.first)
    frame = {
        "campaign": of, "sheet": part, "pager": pages, "query": query_of(request, without=("trang",)), "states": STATES.items(),
        "state": request.GET.get("tt", ""), "grades": [(g, grade_name(g, None)) for g in BEST_FIRST], "grade": request.GET.get("muc", ""),
        "units": [(unit.pk, unit.unit.name) for unit in units_in(campaign=of, **reads(desk))], "unit": request.GET.get("dv", ""),
        "total": len(sheet.rows), "may_export": desk.actor.may("export"),
    }  # fmt: skip
    return render(request, "evaluation/people.html", frame)


@page("export")
def people_file(request: HttpRequest, desk: Desk, campaign: int, kind: str) -> HttpResponse:
    sheet = _people_sheet(request, found_campaign(campaign, desk), desk)
    record_read(actor=desk.actor, what="export.evaluation", at=desk.now, count=len(sheet.rows), detail=query_of(request))
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


def _people_sheet(request: HttpRequest, of: Campaign, desk: Desk) -> Sheet:
    rows = people_in(campaign=of, **reads(desk))
    unit, grade, state = request.GET.get("dv", ""), request.GET.get("muc", ""), request.GET.get("tt", "")
    if unit.isdecimal() and len(unit) < 19:
        rows = rows.filter(campaign_unit=int(unit))
    if grade:
        rows = rows.filter(grade="" if grade == "chua" else grade)
    asked: dict[str, Any] = {
        "own": {"self_sent_at__isnull": False}, "not-own": {"self_sent_at": None}, "unscored": {"proposed": ""}, "waiting": {"grade": ""},
    }.get(state, {})  # fmt: skip
    rows = rows.filter(**asked)
    if state in ("scored", "decided"):
        rows = rows.exclude(**{"proposed" if state == "scored" else "grade": ""})
    for name, field in (("chedo", "regime"), ("nhom", "task_group")):
        if text := request.GET.get(name, ""):
            rows = rows.filter(**{field: text})
    laws, expected = laws_now(), [part for part in request.GET.get("dk", "").split(",") if part]
    if expected:
        rows = [row for row in rows if (row.grade or row.chosen or row.proposed) in expected]
    found = sorted(rows, key=lambda row: (sort_key(row.person.full_name), row.pk))
    heads = ("Họ và tên", "Đơn vị", "Nhóm", "Tự xếp loại", "Mức theo quy định", "Mức đề nghị", "Mức được quyết định")
    cells = [
        (
            Cell(row.person.full_name, reverse("evaluation-person", args=[row.pk])), Cell(row.campaign_unit.unit.name),
            Cell("đứng đầu đơn vị" if row.heads_unit else row.get_role_display()),
            *(Cell(grade_name(getattr(row, name), regime_of(laws, row.regime, of.rated_on))) for name in GRADED),
        )
        for row in found
    ]  # fmt: skip
    said = [STATES.get(state, "") if state else "", ("Chưa quyết định" if grade == "chua" else grade_name(grade, None)) if grade else ""]
    said += [f"Dự kiến hoặc đã quyết định: {', '.join(grade_name(one, None).lower() for one in expected)}"] if expected else []
    return Sheet(f"Người được đánh giá: {of.name}", heads, cells, tuple(text for text in (*said, f"{len(cells)} người") if text))
