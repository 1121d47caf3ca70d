"""The people behind a number of a campaign, as a page and as a file."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.evaluation.models import Campaign, Evaluation
from canbo.evaluation.queries import people_in, units_in
from canbo.kernel.text import sort_key
from canbo.web.desk import Desk, page
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.evaluation.view import BEST_FIRST, STATES, found_campaign, grade_name, laws_now, reads, regime_of
from canbo.web.pagination import SIZE, Pager, pager, query_of
from canbo.web.standards.listing import taken

UNDECIDED = "chua"
STANDING = {
    "own": Q(self_sent_at__isnull=False), "not-own": Q(self_sent_at=None), "scored": ~Q(proposed=""), "unscored": Q(proposed=""),
    "decided": ~Q(grade=""), "waiting": Q(grade=""),
}  # fmt: skip
GRADED = ("self_grade", "proposed", "chosen", "grade")


@page("cases.read")
def people(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponse:
    of = found_campaign(campaign, desk)
    found = _asked(request, of, desk)
    pages = pager(request, total=len(found))
    part = _sheet(request, of, found[pages.first : pages.first + SIZE], pages)
    frame = {
        "campaign": of, "sheet": part, "pager": pages, "query": query_of(request, without=("trang",)), "states": STATES.items(),
        "state": request.GET.get("tt", ""), "grades": [(g, grade_name(g, None)) for g in BEST_FIRST], "grade": request.GET.get("muc", ""),
        "units": [(unit.pk, unit.unit.name) for unit in units_in(campaign=of, **reads(desk))], "unit": request.GET.get("dv", ""),
        "total": len(found), "may_export": desk.actor.may("export"),
    }  # fmt: skip
    return render(request, "evaluation/people.html", frame)


@page("export")
def people_file(request: HttpRequest, desk: Desk, campaign: int, kind: str) -> HttpResponse:
    of = found_campaign(campaign, desk)
    found = _asked(request, of, desk)
    sheet = _sheet(request, of, found, None)
    record_read(actor=desk.actor, what="export.evaluation", at=desk.now, count=len(sheet.rows), detail=query_of(request))
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


def _sheet(request: HttpRequest, of: Campaign, found: list[Evaluation], pages: Pager | None) -> Sheet:
    """These people, all of them or one page; the lines tell how many there are in all."""
    laws = laws_now()
    regimes = {code: regime_of(laws, code, of.rated_on) for code in {row.regime for row in found}}
    heads = ("Họ và tên", "Đơn vị", "Nhóm", "Tự xếp loại", "Mức theo quy định", "Mức đề nghị", "Mức được quyết định")
    cells = [
        (
            Cell(row.person.full_name, reverse("evaluation-person", args=[row.pk])), Cell(row.campaign_unit.unit.name),
            Cell("đứng đầu đơn vị" if row.heads_unit else row.get_role_display()),
            *(Cell(grade_name(getattr(row, name), regimes[row.regime])) for name in GRADED),
        )
        for row in found
    ]  # fmt: skip
    lines = (*_said(request), f"{pages.total if pages else len(cells)} người")
    return Sheet(f"Người được đánh giá: {of.name}", heads, cells, lines, first=pages.first if pages else 0)


def _asked(request: HttpRequest, of: Campaign, desk: Desk) -> list[Evaluation]:
    """The people asked for by unit, state, grade, regime, group of tasks, grade to be expected; by given name."""
    get, rows = request.GET.get, people_in(campaign=of, **reads(desk))
    if get("dv", "").isdecimal() and len(get("dv", "")) < 19:
        rows = rows.filter(campaign_unit=int(get("dv", "")))
    if grade := get("muc", ""):
        rows = rows.filter(grade="" if grade == UNDECIDED else grade)
    for name, field in (("chedo", "regime"), ("nhom", "task_group")):
        rows = rows.filter(**{field: get(name)}) if get(name) else rows
    found = sorted(rows.filter(STANDING.get(get("tt", ""), Q())), key=lambda row: (sort_key(row.person.full_name), row.pk))
    expected = _expected(request)
    return [row for row in found if not expected or (row.grade or row.chosen or row.proposed) in expected]


def _expected(request: HttpRequest) -> list[str]:
    return [part for part in request.GET.get("dk", "").split(",") if part]


def _said(request: HttpRequest) -> list[str]:
    """What the list is narrowed to, in words."""
    state, grade, expected = request.GET.get("tt", ""), request.GET.get("muc", ""), _expected(request)
    said = [STATES.get(state, "") if state else "", "Chưa quyết định" if grade == UNDECIDED else grade_name(grade, None)]
    said += [f"Dự kiến hoặc đã quyết định: {', '.join(grade_name(one, None).lower() for one in expected)}"] if expected else []
    return [text for text in said if text]
