"""One round: how far its units are, what is proposed over all of it; every number opens its people."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.kernel.numbers import fraction_text
from canbo.planning.models import OUTCOMES, STANDINGS, Line, Round, Slate
from canbo.planning.queries import Progress, progress
from canbo.planning.review import PROPOSALS
from canbo.planning.rounds import close_round, drop_unit
from canbo.web.desk import Desk, page
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.pagination import SIZE, Pager, pager, query_of
from canbo.web.planning.view import (
    REFUSALS,
    SAYS,
    Reviewed,
    asks,
    found_home,
    found_round,
    reads,
    reviewed,
    said_of,
)
from canbo.web.standards.listing import taken

SHOWN = {"tien-do": "Từng đơn vị", "chuc-danh": "Từng chức danh"}
TABS = {"": "Tất cả", "chua": "Chưa gửi", "qua-han": "Quá hạn", "da": "Đã gửi", "tra": "Đã trả lại", "xong": "Đã quyết định"}
STATE_MARKS = {"đã quyết định": "ok", "đã tiếp nhận": "ok", "đã gửi": "ok", "quá hạn": "bad", "đã trả lại để bổ sung": "warn"}
NEW = "add"
COUNTED = {"keep": "Giữ", "remove": "Đưa ra", "attention": "Cần chú ý", NEW: "Mới đưa vào"}


@page("cases.read")
def one(request: HttpRequest, desk: Desk, planning_round: int) -> HttpResponse:
    of = found_round(planning_round, desk)
    if request.method == "POST":
        return _act(request, desk, of)
    shown, tab = _asked(request)
    rows = progress(round=of, on=desk.today, **reads(desk))
    found = reviewed(desk, round=of)
    frame: dict[str, Any] = {
        "round": of, "shown": shown, "views": SHOWN.items(), "tab": tab, "tiles": _tiles(of, rows, found), "closed": found.closed,
        "tabs": [(code, label, sum(_in_tab(row, code) for row in rows)) for code, label in TABS.items()],
        "sheet": _sheet(shown, tab, of, rows, found, desk), "may_run": runs(of, desk), "may_export": desk.actor.may("export"),
        "query": query_of(request), "all_decided": all(row.state == "đã quyết định" for row in rows),
        "units": [row.home for row in rows], "late": of.deadline < desk.today and not of.closed_on,
    }  # fmt: skip
    return render(request, "planning/round.html", frame)


def runs(of: Round, desk: Desk) -> bool:
    """Whether the reader may close the round, take lists in and drop units."""
    return desk.actor.may("planning.run") and desk.scope.sees_unit(of.unit_id) and of.closed_on is None


@page("export")
def one_file(request: HttpRequest, desk: Desk, planning_round: int, kind: str) -> HttpResponse:
    """The table on the screen; the units that are late are the list to remind by."""
    of, (shown, tab) = found_round(planning_round, desk), _asked(request)
    sheet = _sheet(shown, tab, of, progress(round=of, on=desk.today, **reads(desk)), reviewed(desk, round=of), desk)
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(sheet.rows), detail=sheet.title)
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


def _asked(request: HttpRequest) -> tuple[str, str]:
    shown, tab = request.GET.get("xem", "tien-do"), request.GET.get("tt", "")
    return shown if shown in SHOWN else "tien-do", tab if tab in TABS else ""


def _act(request: HttpRequest, desk: Desk, of: Round) -> HttpResponse:
    """Close the round, or take a unit out of it."""
    try:
        match request.POST.get("viec", ""):
            case "ket-thuc":
                close_round(pk=of.pk, on=desk.today, **asks(desk))
                messages.success(request, "Đã kết thúc đợt quy hoạch.")
            case "bo-don-vi":
                text = request.POST.get("donvi", "")
                home = found_home(int(text) if text.isdecimal() and len(text) < 10 else 0, desk)
                drop_unit(pk=home.pk, reason=request.POST.get("lydo", ""), **asks(desk))
                messages.success(request, f"Đã bỏ {home.unit.name} khỏi đợt.")
    except REFUSALS as error:
        messages.error(request, str(error))
    return redirect("planning-round", of.pk)


# --- tables


def _in_tab(row: Progress, tab: str) -> bool:
    match tab:
        case "chua":
            return row.home.sent_on is None
        case "da":
            return row.home.sent_on is not None
        case "qua-han":
            return row.late
        case "tra":
            return row.state.startswith("đã trả lại")
        case "xong":
            return row.state == "đã quyết định"
    return True


def people_url(of: Round, **asked: Any) -> str:
    return f"{reverse('planning-people', args=[of.pk])}?{urlencode({k: v for k, v in asked.items() if v not in ('', None)})}"


def _sheet(shown: str, tab: str, of: Round, rows: list[Progress], found: Reviewed, desk: Desk) -> Sheet:
    if shown == "chuc-danh":
        return _titles_sheet(of, found)
    heads = ("Đơn vị", "Danh sách", "Số người", *COUNTED.values(), "Danh sách xong", "Tình trạng")
    counts = counted(found, lambda slate: slate.home_id)
    made = [_unit_row(of, row, counts.get(row.home.pk, Counter())) for row in rows if _in_tab(row, tab)]
    days = f"Hạn gửi danh sách: {of.deadline:%d/%m/%Y}; tính đến ngày {desk.today:%d/%m/%Y}"
    return Sheet(f"Tiến độ: {of.name}", heads, made, (days, f"Đơn vị: {TABS[tab].lower()}") if tab else (days,))


def counted(found: Reviewed, of: Any) -> dict[Any, Counter[str]]:
    """key of a slate → proposals of its people; who was brought forward is counted apart."""
    counts: dict[Any, Counter[str]] = {}
    for slate in found.slates:
        here = counts.setdefault(of(slate), Counter())
        here.update(group_of(one.line, one.says) for one in found.proposals.get(slate.pk, ()))
    return counts


def group_of(line: Line, says: str) -> str:
    return NEW if line.standing == "add" else says


def _unit_row(of: Round, row: Progress, counts: Counter[str]) -> tuple[Cell, ...]:
    name, url = row.home.unit.name, reverse("planning-unit", args=[row.home.pk])
    return (
        Cell(name, url), Cell(row.slates), Cell(row.lines, people_url(of, dv=row.home.pk), f"{name}: {row.lines} người"),
        *(Cell(counts[code], people_url(of, dv=row.home.pk, dx=code), f"{name}, {label.lower()}: {counts[code]} người") for code, label in
          COUNTED.items()),
        Cell(fraction_text(row.decided, row.slates)), Cell(_state(row), mark=STATE_MARKS.get(row.state, "")),
    )  # fmt: skip


def _state(row: Progress) -> str:
    day = {"đã gửi": row.home.sent_on, "đã tiếp nhận": row.home.received_on, "đã trả lại để bổ sung": row.home.returned_on}.get(row.state)
    return f"{row.state} {day:%d/%m/%Y}" if day else row.state


def _titles_sheet(of: Round, found: Reviewed) -> Sheet:
    """The whole round by title and term, in protocol order."""
    heads = ("Chức danh", "Nhiệm kỳ", "Danh sách", "Số người", *COUNTED.values())
    slates: dict[tuple[str, str], list[Slate]] = {}
    for slate in sorted(found.slates, key=lambda s: (s.term.code, s.title.level != "tinh", s.title.protocol_order)):
        slates.setdefault((slate.title.code, slate.term.code), []).append(slate)
    counts = counted(found, lambda slate: (slate.title.code, slate.term.code))
    rows = []
    for (title, term), alike in slates.items():
        name, people = alike[0].title.name, sum(len(found.lines.get(one.pk, ())) for one in alike)
        rows.append((
            Cell(name), Cell(term), Cell(len(alike)), Cell(people, people_url(of, cd=title, nk=term), f"{name}: {people} người"),
            *(Cell(n := counts[title, term][code], people_url(of, cd=title, nk=term, dx=code), f"{name}, {label.lower()}: {n} người")
              for code, label in COUNTED.items()),
        ))  # fmt: skip
    return Sheet(f"Theo chức danh: {of.name}", heads, rows, (f"Xét ngày {of.on:%d/%m/%Y}",))


def _tiles(of: Round, rows: list[Progress], found: Reviewed) -> list[tuple[str, str, str]]:
    here, counts = reverse("planning-round", args=[of.pk]), counted(found, lambda slate: 0).get(0, Counter())
    said = [(label, str(counts[code]), people_url(of, dx=code)) for code, label in COUNTED.items()] if not found.closed else []
    sent = sum(row.home.sent_on is not None for row in rows)
    return [
        ("Đơn vị đã gửi", fraction_text(sent, len(rows)), f"{here}?tt=da"),
        ("Đơn vị quá hạn", str(sum(row.late for row in rows)), f"{here}?tt=qua-han"), *said,
    ]  # fmt: skip


# --- the people behind a number


@page("cases.read")
def people(request: HttpRequest, desk: Desk, planning_round: int) -> HttpResponse:
    of = found_round(planning_round, desk)
    found = _people(request, reviewed(desk, round=of))
    pages = pager(request, total=len(found))
    frame = {
        "round": of, "sheet": _people_sheet(request, of, found[pages.first : pages.first + SIZE], pages), "pager": pages,
        "query": query_of(request, without=("trang",)), "total": len(found), "asked": request.GET, "proposals": COUNTED.items(),
        "units": [(home.pk, home.unit.name) for home in sorted({s.home for s in reviewed(desk, round=of).slates}, key=lambda h: h.pk)],
        "terms": sorted({slate.term.code for slate in reviewed(desk, round=of).slates}),
        "titles": {slate.title.code: slate.title.name for slate in reviewed(desk, round=of).slates}.items(),
        "standings": STANDINGS, "may_export": desk.actor.may("export"),
    }  # fmt: skip
    return render(request, "planning/people.html", frame)


@page("export")
def people_file(request: HttpRequest, desk: Desk, planning_round: int, kind: str) -> HttpResponse:
    of = found_round(planning_round, desk)
    sheet = _people_sheet(request, of, _people(request, reviewed(desk, round=of)), None)
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(sheet.rows), detail=query_of(request))
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


def _people(request: HttpRequest, found: Reviewed) -> list[tuple[Slate, Line, Any]]:
    """(slate, line, proposal) asked for by unit, title, term, proposal, standing."""
    get = request.GET.get
    wanted = [
        slate for slate in found.slates
        if get("dv", "") in ("", str(slate.home_id)) and get("cd", "") in ("", slate.title.code) and get("nk", "") in ("", slate.term.code)
    ]  # fmt: skip
    rows = [(slate, line, found.of(slate).get(line.pk)) for slate in wanted for line in found.lines.get(slate.pk, ())]
    return [
        row for row in rows
        if (not get("dx") or (row[2] and group_of(row[1], row[2].says) == get("dx"))) and get("dn", "") in ("", row[1].standing)
    ]  # fmt: skip


def _people_sheet(request: HttpRequest, of: Round, found: list[tuple[Slate, Line, Any]], pages: Pager | None) -> Sheet:
    heads = ("Họ và tên", "Đơn vị", "Chức danh", "Nhiệm kỳ", "Xét theo quy định", "Đề xuất", "Lý do", "Đề nghị", "Kết quả")
    rows = [
        (
            Cell(line.person.full_name, reverse("planning-line", args=[line.pk])), Cell(slate.home.unit.name), Cell(slate.title.name),
            Cell(slate.term.code), *_said_cells(said), Cell(line.get_standing_display()), Cell(dict(OUTCOMES)[line.outcome]),
        )
        for slate, line, said in found
    ]  # fmt: skip
    lines = (*_told(request), f"{pages.total if pages else len(rows)} lượt người trong danh sách", f"xét ngày {of.on:%d/%m/%Y}")
    return Sheet(f"Người trong đợt: {of.name}", heads, rows, lines, first=pages.first if pages else 0)


def _said_cells(said: Any) -> tuple[Cell, Cell, Cell]:
    if said is None:
        return Cell(""), Cell(""), Cell("")
    verdict = said_of(said.judged)
    return Cell(verdict.word, mark=verdict.mark), Cell(PROPOSALS[said.says], mark=SAYS[said.says]), Cell("; ".join(said.why))


def _told(request: HttpRequest) -> list[str]:
    """What the list is narrowed to, in words."""
    said, standing = request.GET.get("dx", ""), request.GET.get("dn", "")
    return [text for text in (COUNTED.get(said, ""), f"đề nghị {dict(STANDINGS)[standing]}" if standing in dict(STANDINGS) else "") if text]
