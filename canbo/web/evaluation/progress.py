"""One campaign: how far its units are, its ceilings, its grades with a chart; every number opens its people."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from canbo.audit.changes import record_read
from canbo.documents.charts import Chart, Series, to_svg
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import EXCELLENT, GOOD, GRADES
from canbo.evaluation.campaigns import close_campaign, drop_unit, take_in
from canbo.evaluation.held import QuotaLine
from canbo.evaluation.models import Campaign
from canbo.evaluation.queries import progress, quota_of_units, quotas_of, summary_of, units_in
from canbo.kernel.numbers import fraction_text, percent_text
from canbo.snapshot.queries import current
from canbo.web import converters  # noqa: F401
from canbo.web.desk import Desk, page
from canbo.web.evaluation.campaigns import runs
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.evaluation.view import (
    BEST_FIRST,
    REFUSALS,
    STATES,
    asks,
    found_campaign,
    found_unit,
    grade_name,
    laws_now,
    period_label,
    reads,
    regime_of,
    short_name,
)
from canbo.web.pagination import query_of
from canbo.web.standards.listing import taken

SHOWN = {"tien-do": "Tiến độ", "ty-le": "Tỷ lệ xuất sắc", "ket-qua": "Kết quả"}
TABS = {"": "Tất cả", "chua": "Chưa gửi", "qua-han": "Quá hạn", "da": "Đã gửi"}


@page("cases.read")
def campaign(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponse:
    of = found_campaign(campaign, desk)
    if request.method == "POST":
        return _act(request, desk, of)
    shown = request.GET.get("xem", "tien-do")
    shown = shown if shown in SHOWN else "tien-do"
    tab = request.GET.get("tt", "") if request.GET.get("tt", "") in TABS else ""
    rows = progress(campaign=of, on=desk.today, **reads(desk))
    frame: dict[str, Any] = {
        "campaign": of, "period": period_label(of.period_kind, of.period), "shown": shown, "views": SHOWN.items(), "tab": tab,
        "tiles": _tiles(of, rows), "may_run": runs(of, desk), "may_export": desk.actor.may("export"), "query": query_of(request),
        "all_sent": all(row.unit.sent_on for row in rows), "left_out": reverse("evaluation-left-out", args=[of.pk]),
        "units": [row.unit for row in rows],
        "tabs": [(code, label, sum(_in_tab(row, code) for row in rows)) for code, label in TABS.items()],
        "sheet": sheet_of(shown, tab, of, desk, laws_now()), "chart": _chart(of, desk) if shown == "ket-qua" else "",
    }  # fmt: skip
    return render(request, "evaluation/campaign.html", frame)


def _act(request: HttpRequest, desk: Desk, of: Campaign) -> HttpResponse:
    """Close, take in whom corrected dossiers show, drop a unit."""
    try:
        match request.POST.get("viec", ""):
            case "ket-thuc":
                close_campaign(pk=of.pk, on=desk.today, **asks(desk))
                said = "Đã kết thúc đợt đánh giá."
            case "bo-sung":
                new = take_in(pk=of.pk, laws=laws_now(), snapshot=current(), **asks(desk))
                said = f"Đã bổ sung {len(new)} người vào đợt."
            case "bo-don-vi":
                text = request.POST.get("donvi", "")
                unit = found_unit(int(text) if text.isdecimal() else 0, desk)
                drop_unit(pk=unit.pk, reason=request.POST.get("lydo", ""), **asks(desk))
                said = f"Đã bỏ {unit.unit.name} khỏi đợt."
            case _:
                said = ""
        if said:
            messages.success(request, said)
    except REFUSALS as error:
        messages.error(request, str(error))
    return redirect("evaluation-campaign", of.pk)


@page("export")
def campaign_file(request: HttpRequest, desk: Desk, campaign: int, kind: str) -> HttpResponse:
    """The table on the screen; the units that are late are the list to remind by."""
    of = found_campaign(campaign, desk)
    shown, tab = request.GET.get("xem", "tien-do"), request.GET.get("tt", "")
    sheet = sheet_of(shown if shown in SHOWN else "tien-do", tab if tab in TABS else "", of, desk, laws_now())
    record_read(actor=desk.actor, what="export.evaluation", at=desk.now, count=len(sheet.rows), detail=sheet.title)
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


# --- tables


def sheet_of(shown: str, tab: str, of: Campaign, desk: Desk, laws: LawSet) -> Sheet:
    make: dict[str, Callable[[str, Campaign, Desk, LawSet], Sheet]] = {
        "tien-do": _progress_sheet, "ty-le": _quota_sheet, "ket-qua": _summary_sheet,
    }  # fmt: skip
    return make[shown](tab, of, desk, laws)


def people_url(of: Campaign, **asked: Any) -> str:
    return f"{reverse('evaluation-people', args=[of.pk])}?{urlencode({k: v for k, v in asked.items() if v not in ('', None)})}"


def _in_tab(row: Any, tab: str) -> bool:
    sent = row.unit.sent_on is not None
    return {"": True, "chua": not sent, "qua-han": row.late, "da": sent}[tab]


def _progress_sheet(tab: str, of: Campaign, desk: Desk, laws: LawSet) -> Sheet:
    heads = ("Đơn vị", "Xếp loại đơn vị", "Số người", "Đã tự đánh giá", "Có mức theo quy định", "Đã quyết định", "Kết quả")
    rows = [
        (
            Cell(row.unit.unit.name, reverse("evaluation-unit", args=[row.unit.pk])), _unit_grade(row.unit, laws),
            *(_counted(n, of, row.unit, state) for n, state in (
                (row.people, ""), (row.own_sent, "own"), (row.scored, "scored"), (row.decided, "decided"))),
            _sent(row),
        )
        for row in progress(campaign=of, on=desk.today, **reads(desk)) if _in_tab(row, tab)
    ]  # fmt: skip
    days = f"Hạn gửi kết quả: {of.deadline:%d/%m/%Y}; tính đến ngày {desk.today:%d/%m/%Y}"
    return Sheet(f"Tiến độ: {of.name}", heads, rows, (days, f"Đơn vị: {TABS[tab].lower()}") if tab else (days,))


def _counted(n: int, of: Campaign, unit: Any, state: str) -> Cell:
    said = f"{unit.unit.name}: {n} người, {STATES[state].lower() if state else 'mọi người'}"
    return Cell(n, people_url(of, dv=unit.pk, tt=state), said)


def _unit_grade(unit: Any, laws: LawSet) -> Cell:
    rated = unit.unit_rating
    return Cell(grade_name(rated.grade, regime_of(laws, rated.regime, unit.campaign.rated_on)) if rated else "chưa xếp loại")


def _sent(row: Any) -> Cell:
    if row.unit.sent_on:
        return Cell(f"đã gửi {row.unit.sent_on:%d/%m/%Y}", mark="ok")
    return Cell("quá hạn", mark="bad") if row.late else Cell("chưa gửi")


def _quota_sheet(tab: str, of: Campaign, desk: Desk, laws: LawSet) -> Sheet:
    heads = ("Đơn vị", "Nhóm", "Xuất sắc", "Tối đa", "Tính trên", "Nhận xét", "Căn cứ")
    found = quotas_of(campaign=of, laws=laws, **reads(desk))
    among = [
        (
            Cell("Các đơn vị của đợt"), Cell("xếp loại đơn vị"), Cell(line.meter.used, mark="warn" if line.meter.over else "ok"),
            Cell(line.meter.cap), Cell(line.meter.base), Cell(line.text), Cell(line.cite),
        )
        for line in quota_of_units(campaign=of, laws=laws, **reads(desk))
    ]  # fmt: skip
    rows = among + [
        (
            Cell(unit.unit.name, reverse("evaluation-unit", args=[unit.pk])), Cell(line.meter.group or "cả đơn vị"),
            Cell(line.meter.used, _expected_url(of, unit, line, (EXCELLENT,)), mark=_standing(unit, line.meter)), Cell(line.meter.cap),
            Cell(line.meter.base, _expected_url(of, unit, line, _base_grades(line, of, laws))), Cell(line.text), Cell(line.cite),
        )
        for unit in units_in(campaign=of, **reads(desk)) for line in found.get(unit.pk, ())
    ]  # fmt: skip
    lines = ("Người chưa được quyết định tính theo mức đề nghị, chưa có thì theo mức theo quy định",)
    return Sheet(f"Tỷ lệ hoàn thành xuất sắc: {of.name}", heads, rows, lines)


def _base_grades(line: QuotaLine, of: Campaign, laws: LawSet) -> tuple[str, ...]:
    """The grades of those the share is taken of."""
    rules = regime_of(laws, line.regime, of.rated_on)
    base = rules.quota.base if rules and rules.quota else ""
    return {"good": (GOOD,), "good-and-above": (EXCELLENT, GOOD)}.get(base, GRADES)


def _expected_url(of: Campaign, unit: Any, line: QuotaLine, grades: tuple[str, ...]) -> str:
    """Who stands behind a number of the ceiling: decided, else proposed by the head, else by the regime."""
    return people_url(of, dv=unit.pk, dk=",".join(grades), chedo=line.regime, nhom=line.meter.group)


def _standing(unit: Any, meter: Any) -> str:
    if not meter.over:
        return "ok"
    return "warn" if unit.exception_document and not meter.over_exception else "bad"


def _summary_sheet(tab: str, of: Campaign, desk: Desk, laws: LawSet) -> Sheet:
    heads = ("Đơn vị", "Số người", *(short_name(grade) for grade in BEST_FIRST), "Chưa quyết định", "Tốt trở lên")
    told = summary_of(campaign=of, **reads(desk))
    # In the order of units_in, then the total: namesakes keep their own row.
    units = [unit.pk for unit in units_in(campaign=of, **reads(desk))]
    rows = [_summary_row(name, counts, of, unit) for (name, counts), unit in zip(told, [*units, None])]
    notes = tuple(f"{short_name(grade)}: {grade_name(grade, None)}" for grade in BEST_FIRST)
    return Sheet(f"Kết quả: {of.name}", heads, rows, (f"Tính đến ngày {desk.today:%d/%m/%Y}",), notes, total=True)


def _summary_row(name: str, counts: dict[str, int], of: Campaign, unit: int | None) -> tuple[Cell, ...]:
    total = sum(counts.values())
    decided = total - counts.get("", 0) - counts.get(BEST_FIRST[-1], 0)
    good = counts.get(BEST_FIRST[0], 0) + counts.get(BEST_FIRST[1], 0)
    cells = []
    for grade in (*BEST_FIRST, ""):
        n = counts.get(grade, 0)
        said = f"{name}, {grade_name(grade, None) or 'chưa quyết định'}: {n} người"
        cells.append(Cell(n, people_url(of, dv=unit, muc=grade or "chua"), said))
    url = reverse("evaluation-unit", args=[unit]) if unit else ""
    share = f"{fraction_text(good, decided)} ({percent_text(good, decided)})" if decided else "–"
    return (Cell(name, url), Cell(total, people_url(of, dv=unit), f"{name}: {total} người"), *cells, Cell(share))


def _chart(of: Campaign, desk: Desk) -> str:
    """People by grade, all units together; "" while nobody has a grade."""
    _, total = summary_of(campaign=of, **reads(desk))[-1]
    counts = [total.get(grade, 0) for grade in BEST_FIRST]
    if not any(counts):
        return ""
    names = tuple(grade_name(grade, None) for grade in BEST_FIRST)
    series = Series("Số người", tuple(map(float, counts)), tuple(f"{n} ({percent_text(n, sum(counts))})" for n in counts))
    source = f"kết quả đã quyết định đến ngày {desk.today:%d/%m/%Y}, {sum(counts)} người"
    chart = Chart("bar", f"Kết quả xếp loại {period_label(of.period_kind, of.period)}", "Mức", "Số người", source, names, (series,))
    return mark_safe(to_svg(chart))


def _tiles(of: Campaign, rows: list[Any]) -> list[tuple[str, str, str]]:
    people, late = sum(row.people for row in rows), sum(row.late for row in rows)
    here = reverse("evaluation-campaign", args=[of.pk])
    sent = sum(row.unit.sent_on is not None for row in rows)
    return [
        ("Đơn vị đã gửi kết quả", fraction_text(sent, len(rows)), f"{here}?tt=da"),
        ("Đơn vị quá hạn", str(late), f"{here}?tt=qua-han"),
        ("Người đã tự đánh giá", fraction_text(sum(row.own_sent for row in rows), people), people_url(of, tt="own")),
        ("Có mức theo quy định", fraction_text(sum(row.scored for row in rows), people), people_url(of, tt="scored")),
        ("Đã quyết định", fraction_text(sum(row.decided for row in rows), people), people_url(of, tt="decided")),
    ]
