"""Depth of succession: every leading post with who holds it and until when, who is planned for it and how ready; alarms first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from canbo.audit.changes import record_read
from canbo.documents.charts import Chart, Series, to_svg
from canbo.kernel.actors import Forbidden
from canbo.planning.strength import STATES, Strength, strength
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.planning.asked import CLOSED, Asked, Told, ask, choices, terms
from canbo.web.planning.view import reads, tabs
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import law_now
from canbo.web.standards.listing import taken

MOST_BARS = 12
LOOK_AHEAD = 2  # years: a vacancy is looked for up to the end of the year after next, until a day is typed
LEVELS = {"trung-uong": "Trung ương", "tinh": "Cấp tỉnh", "huyen": "Cấp huyện", "xa": "Cấp xã"}


@dataclass(frozen=True)
class Depth:
    """What the page answers: posts within the filter, those of the tab chosen, and how many each tab has."""

    asked: Asked
    until: date
    every: Sequence[Strength]
    closed: str = ""

    @property
    def rows(self) -> list[Strength]:
        """Of the chosen title and tab; alarms first, then a vacancy in sight, then unit and protocol order."""
        tab = TABS.get(self.asked.data.get("muc", ""), TABS[""])[1]
        found = [one for one in self.of_title if tab(one)]
        return sorted(found, key=lambda one: (bool(one.successors), one.ready > 0, one.next_free is None))

    @property
    def of_title(self) -> list[Strength]:
        return [one for one in self.of_plan if not self.asked.title or one.title == self.asked.title]

    @property
    def of_plan(self) -> Sequence[Strength]:
        """Titles of the plan; those nobody ever planned only when they are asked for, lest they bury the alarms."""
        return self.every if self.asked.data.get("ca") else [one for one in self.every if one.planned]

    @property
    def unplanned(self) -> int:
        return sum(not one.planned for one in self.every)


# code → (label, which posts); the order of the tabs.
TABS: dict[str, tuple[str, Any]] = {
    "": ("Mọi vị trí", lambda one: True),
    "khong": ("Chưa có người kế cận", lambda one: not one.successors),
    "chua": ("Có kế cận, chưa ai đủ ngay", lambda one: one.successors and not one.ready),
    "du": ("Có người đủ tiêu chuẩn ngay", lambda one: one.ready),
    "khuyet": ("Sẽ khuyết", lambda one: one.next_free),
}


@page("cases.read")
def depth(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = _depth(request, desk)
    rows = found.rows
    where = pager(request, total=len(rows))
    shown = rows[where.first : where.first + SIZE]
    asked = found.asked
    chart = chart_of(found) if rows else None
    frame: dict[str, Any] = {
        "asked": asked, "found": found, "rows": [(one, [(who, Told(who.state, who.gaps)) for who in one.successors]) for one in shown],
        "total": len(rows), "pager": where, "errors": asked.errors,
        "tabs_": _tabs(found), "tab": asked.data.get("muc", ""), "terms": terms(),
        "titles": choices((one.title, one.title_name) for one in found.every), "chart": mark_safe(to_svg(chart)) if chart else "",
        "chart_rows": _table_of(chart) if chart else [], "query": query_of(request, without=("trang",)),
        "without_tab": query_of(request, without=("muc", "trang")),
        "without_all": query_of(request, without=("ca", "trang")), "may_export": desk.actor.may("export"),
        "may_dossier": desk.actor.may("dossier.read"), **tabs(desk, "succession"),
    }  # fmt: skip
    return render(request, "planning/succession.html", frame, status=400 if asked.errors else 200)


@page("export")
def depth_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The posts of the page, one row for each successor."""
    found = _depth(request, desk)
    if found.closed or found.asked.errors:
        return render(request, "refused.html", {"text": found.closed or " ".join(found.asked.errors.values())}, status=400)
    sheet = _sheet(found)
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(sheet.rows), detail=sheet.title)
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


def _depth(request: HttpRequest, desk: Desk) -> Depth:
    asked = ask(request.GET, desk)
    until = asked.day("den", date(asked.on.year + LOOK_AHEAD, 12, 31))
    if until < asked.on:
        asked.errors["den"] = "Ngày nhìn tới phải sau ngày xem; hãy sửa lại."
    if not desk.scope.sees_group("planning"):
        return Depth(asked, until, (), CLOSED)
    try:
        return Depth(asked, until, posts(asked, until, desk))
    except Forbidden as error:
        return Depth(asked, until, (), str(error))


def posts(asked: Asked, until: date, desk: Desk) -> list[Strength]:
    """Every leading post asked about; kept until the next act, since a chain of vacancies is clicked through."""
    law, units = law_now(), asked.units
    make = lambda: strength(  # noqa: E731
        on=asked.on, until=until, law=law, snapshot=current(), units=units, term=asked.term, **reads(desk)
    )
    key = ("strength", asked.on, until, units, asked.term, desk.scope, law.central, law.local)
    return SHELF.get(snapshot=current(), key=key, make=make)


def _tabs(found: Depth) -> list[tuple[str, str, int]]:
    return [(code, label, sum(bool(of(one)) for one in found.of_title)) for code, (label, of) in TABS.items()]


# --- the sheet and the picture

HEADS = (
    "Đơn vị", "Chức danh", "Người đang giữ", "Dự kiến khuyết", "Người kế cận", "Nhiệm kỳ", "Tình trạng", "Nội dung chưa đạt, còn thiếu",
    "Cảnh báo",
)  # fmt: skip


def _sheet(found: Depth) -> Sheet:
    rows = [row for one in found.rows for row in _cells(one)]
    asked = found.asked
    label = TABS.get(asked.data.get("muc", ""), TABS[""])[0]
    lines = (
        f"{asked.unit_name}; quy hoạch ngày {asked.on:%d/%m/%Y}{f', nhiệm kỳ {asked.term}' if asked.term else ''}",
        f"{label}: {len(found.rows)} vị trí; dự kiến khuyết tính đến ngày {found.until:%d/%m/%Y}",
    )
    return Sheet("Chiều sâu nguồn kế cận", HEADS, rows, lines)


def _cells(one: Strength) -> list[tuple[Cell, ...]]:
    held = "; ".join(holder.name for holder in one.holders) or "chưa có ai giữ"
    free = "; ".join(f"{holder.name}: {holder.leaves:%d/%m/%Y}, {holder.why}" for holder in one.holders if holder.leaves)
    head = tuple(map(Cell, (one.unit_name, one.title_name, held, free)))
    rows = [
        (*head, Cell(who.name), Cell(who.term), Cell(STATES[who.state]), Cell("; ".join(who.gaps)), Cell(one.alarm))
        for who in one.successors
    ]
    return rows or [(*head, Cell(""), Cell(""), Cell(""), Cell(""), Cell(one.alarm))]


def chart_of(found: Depth) -> Chart | None:
    """Posts by how deep their succession is: by title while they are few, else by level."""
    rows = found.rows
    titles = choices((one.title, one.title_name) for one in sorted(rows, key=lambda one: one.order))
    table = current().tables.frames["title"]
    levels = dict(zip(table["code"].to_list(), table["level"].to_list()))
    by_title = len(titles) <= MOST_BARS
    names = [name for _, name in titles] if by_title else [*LEVELS.values(), "Chưa rõ cấp"]
    group = {one.title: one.title_name if by_title else LEVELS.get(levels.get(one.title) or "", "Chưa rõ cấp") for one in rows}
    counts = Counter((group[one.title], _depth_of(one)) for one in rows)
    names = [name for name in names if any(counts[name, code] for code in DEPTHS)]
    if not names:
        return None
    series = tuple(
        Series(label, tuple(float(counts[name, code]) for name in names), tuple(str(counts[name, code]) for name in names))
        for code, label in DEPTHS.items()
    )
    source = f"hồ sơ trong chương trình, quy hoạch ngày {found.asked.on:%d/%m/%Y}"
    return Chart(
        "stacked", f"Nguồn kế cận: {found.asked.unit_name}", "Chức danh" if by_title else "Cấp", "Số vị trí", source, tuple(names), series
    )


DEPTHS = {"ready": "có người đủ tiêu chuẩn ngay", "gap": "có người, chưa ai đủ ngay", "none": "chưa có người kế cận"}


def _depth_of(one: Strength) -> str:
    return "ready" if one.ready else "gap" if one.successors else "none"


def _table_of(chart: Chart) -> list[tuple[str, list[str]]]:
    return [(name, [one.texts[n] for one in chart.series]) for n, name in enumerate(chart.categories)]
