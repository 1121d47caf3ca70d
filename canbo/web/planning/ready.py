"""Before a congress or an election: who among the planned does not meet the standard yet, with what is missing, and what they need."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.dossier.models import PlanEntry
from canbo.kernel.actors import Forbidden
from canbo.kernel.dates import months_back
from canbo.planning.strength import Readiness, readiness
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.planning.asked import CLOSED, Asked, Told, ask, choices, next_term_begins, terms
from canbo.web.planning.view import reads, tabs
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import law_now
from canbo.web.standards.listing import taken

STATES = {
    "": "Mọi người", "gap": "Còn nội dung phải hoàn thiện", "no": "Chưa đủ điều kiện", "unknown": "Thiếu hồ sơ",
    "ready": "Đã đủ tiêu chuẩn",
}  # fmt: skip
MOST_MONTHS = 60

Row = tuple[PlanEntry, str, tuple[str, ...]]


@dataclass
class Ready:
    """The question – which day, which state, which need – and its answer."""

    asked: Asked
    event: date
    months: int
    state: str
    need: tuple[str, str]
    found: Readiness | None = None
    closed: str = ""
    titles: list[tuple[str, str]] = field(default_factory=list)

    @property
    def on(self) -> date:
        """The day the standard is asked for: the event, or so many months before."""
        return months_back(self.event, self.months)

    @property
    def rows(self) -> list[Row]:
        """Entries of the state and need chosen, those who need most first."""
        if self.found is None:
            return []
        behind = self.found.behind.get(self.need, frozenset()) if any(self.need) else None
        found = [row for row in self.found.rows if self.state in ("", row[1]) and (behind is None or row[0].pk in behind)]
        order = list(STATES)
        return sorted(found, key=lambda row: order.index(row[1]))


@page("cases.read")
def ready(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = _answer(request, desk)
    rows, errors = found.rows, found.asked.errors
    where = pager(request, total=len(rows))
    frame: dict[str, Any] = {
        "asked": found.asked, "ready": found, "errors": errors, "total": len(rows), "pager": where, "terms": terms(),
        "rows": [(entry, Told(state, gaps)) for entry, state, gaps in rows[where.first : where.first + SIZE]],
        "needs": _needs(found, request), "tabs_": _tabs(found), "query": query_of(request, without=("trang",)),
        "without_tab": query_of(request, without=("tt", "trang")), "without_need": query_of(request, without=("cdnc", "nd", "trang")),
        "may_export": desk.actor.may("export"), "may_dossier": desk.actor.may("dossier.read"), **tabs(desk, "ready"),
    }  # fmt: skip
    return render(request, "planning/ready.html", frame, status=400 if errors else 200)


@page("export")
def ready_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The people of the page; `?xem=nhu-cau` what they need."""
    found = _answer(request, desk)
    if found.closed or found.asked.errors:
        return render(request, "refused.html", {"text": found.closed or " ".join(found.asked.errors.values())}, status=400)
    sheet = _needs_sheet(found) if request.GET.get("xem") == "nhu-cau" else _sheet(found)
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(sheet.rows), detail=sheet.title)
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


def _answer(request: HttpRequest, desk: Desk) -> Ready:
    asked, get = ask(request.GET, desk), request.GET.get
    event = asked.day("sk", next_term_begins(desk.today) or desk.today)
    text, state = get("thang", "").strip(), get("tt", "")
    months = int(text) if text.isdecimal() and len(text) < 3 and int(text) <= MOST_MONTHS else 0
    if text and text != str(months):
        asked.errors["thang"] = f"Hãy ghi số tháng từ 0 đến {MOST_MONTHS}."
    found = Ready(asked, event, months, state if state in STATES else "", (get("cdnc", ""), get("nd", "")))
    if found.on < asked.on:
        asked.errors["sk"] = f"Ngày xét {found.on:%d/%m/%Y} đã qua; hãy ghi ngày đại hội, bầu cử sắp tới hoặc bớt số tháng."
    if not desk.scope.sees_group("planning"):
        found.closed = CLOSED
        return found
    try:
        found.found = _kept(found, desk) if not asked.errors else None
    except Forbidden as error:
        found.closed = str(error)
    return found


def _kept(of: Ready, desk: Desk) -> Readiness:
    """Kept until the next act: tabs and drill-down ask for the same."""
    law, asked, units = law_now(), of.asked, of.asked.units
    make = lambda: readiness(  # noqa: E731
        on=asked.on, event=of.on, law=law, snapshot=current(), term=asked.term, title=asked.title, units=units, **reads(desk)
    )
    key = ("readiness", asked.on, of.on, asked.term, asked.title, units, desk.scope, law.central, law.local)
    made = SHELF.get(snapshot=current(), key=key, make=make)
    of.titles = choices((entry.title.code, entry.title.name) for entry, _, _ in made.rows if entry.title)
    return made


def _tabs(of: Ready) -> list[tuple[str, str, int]]:
    states = [state for _, state, _ in of.found.rows] if of.found else []
    return [(code, label, states.count(code) if code else len(states)) for code, label in STATES.items()]


def _needs(of: Ready, request: HttpRequest) -> list[tuple[str, str, int, bool]]:
    """(title, content, how many, is it the one chosen), the commonest first."""
    if of.found is None:
        return []
    found = sorted(of.found.needs.items(), key=lambda one: (-one[1], one[0]))
    return [(title, content, n, (title, content) == of.need) for (title, content), n in found]


# --- sheets

HEADS = ("Họ và tên", "Ngày sinh", "Đơn vị", "Quy hoạch chức danh", "Nhiệm kỳ", "Tình trạng", "Nội dung chưa đạt, còn thiếu")


def _lines(of: Ready) -> tuple[str, ...]:
    asked = of.asked
    before = f", trước ngày {of.event:%d/%m/%Y} {of.months} tháng" if of.months else ""
    return (
        f"{asked.unit_name}; người trong quy hoạch ngày {asked.on:%d/%m/%Y}{f', nhiệm kỳ {asked.term}' if asked.term else ''}",
        f"Tiêu chuẩn, tuổi tính đến ngày {of.on:%d/%m/%Y}{before}; giấy tờ như trong hồ sơ hiện nay",
        *((f"{of.need[0]}: {of.need[1]}",) if any(of.need) else ()),
    )


def _sheet(of: Ready) -> Sheet:
    rows = [_cells(entry, Told(state, gaps)) for entry, state, gaps in of.rows]
    return Sheet("Người trong quy hoạch so với tiêu chuẩn", HEADS, rows, _lines(of))


def _cells(entry: PlanEntry, told: Told) -> tuple[Cell, ...]:
    birth = entry.person.birth.display if entry.person.birth else ""
    texts: Sequence[str] = (
        birth, entry.unit.name if entry.unit else "", entry.title.name if entry.title else "", entry.term.code if entry.term else "",
        told.word, "; ".join(told.gaps),
    )  # fmt: skip
    return (Cell(entry.person.full_name, reverse("dossier", args=[entry.person_id])), *map(Cell, texts))


def _needs_sheet(of: Ready) -> Sheet:
    found = sorted(of.found.needs.items(), key=lambda one: (-one[1], one[0])) if of.found else []
    rows = [(Cell(content), Cell(title), Cell(n)) for (title, content), n in found]
    return Sheet("Nhu cầu hoàn thiện của người trong quy hoạch", ("Nội dung", "Chức danh", "Số lượt người"), rows, _lines(of)[:2])
