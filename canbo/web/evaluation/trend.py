"""Grades over the years, of a unit by grade or of the units right below it; each year with its regime, each number with its people."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from canbo.audit.changes import record_read
from canbo.documents.charts import Chart, Series, to_svg
from canbo.engine.measures import Count, compare, count_text, share_text
from canbo.engine.ratings.model import EXCELLENT, GOOD, GRADES
from canbo.evaluation.models import CAPACITIES
from canbo.evaluation.trend import (
    FACTS,
    UnitOfGrades,
    YearOfGrades,
    good_or_better,
    grades_by_year,
    last_day,
    rated_where,
    units_by_year,
    unrated_where,
)
from canbo.evaluation.years import years_text
from canbo.kernel.numbers import percent_text, points_text
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web import converters  # noqa: F401
from canbo.web.desk import Desk, page
from canbo.web.evaluation.campaigns import tabs
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.evaluation.view import grade_name, laws_now, reads
from canbo.web.pagination import query_of
from canbo.web.standards.listing import taken
from canbo.web.tree import UnitTree, unit_tree

SHOWN = {"muc": "Các mức xếp loại", "don-vi": "Đơn vị trực thuộc"}
MOST_YEARS = 8
YEARS = 5  # shown when nothing was asked: the last finished ones
MOST_BARS = 15  # units a chart still shows apart
SMALL = 20  # so few are also told as 10/11
BEST_FIRST = tuple(reversed(GRADES))


@dataclass(frozen=True)
class Asked:
    """Unit, years, capacity and table asked for, with what is wrong about them."""

    unit: int | None
    code: str
    name: str
    years: tuple[int, ...]
    map_on: date
    capacity: str
    shown: str
    errors: dict[str, str]

    @property
    def whom(self) -> str:
        return dict(CAPACITIES)[self.capacity]

    @property
    def span(self) -> str:
        """`2021–2025`, `2016, 2020`."""
        first, last = self.years[0], self.years[-1]
        whole = len(self.years) > 1 and self.years == tuple(range(first, last + 1))
        return f"{first}–{last}" if whole else ", ".join(map(str, self.years))

    def people_url(self, year: int, *, where: str, grade: str = "", measure: str = "", unit: str = "") -> str:
        """The names behind a number: the same question put to the statistics."""
        pairs = {"ngay": f"{last_day(year):%d/%m/%Y}", "bd": f"{self.map_on:%d/%m/%Y}", "dv": self.unit or "", "tap": where, "ct": measure}
        groups = [f"{FACTS[self.capacity]}:{grade}"] if grade else []
        groups += [f"within:{unit}"] if unit else []
        found = [(name, value) for name, value in pairs.items() if value] + [("nhom", group) for group in groups]
        return f"{reverse('statistics-people')}?{urlencode([*found, ('la', 'yes')])}"


@page("cases.read")
def trend(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    asked, tree = _asked(request, desk, snapshot)
    sheet, chart = _answer(asked, snapshot, desk)
    frame: dict[str, Any] = {
        "asked": asked, "tree": tree, "errors": asked.errors, "sheet": sheet, "chart": mark_safe(to_svg(chart)) if chart else "",
        "views": SHOWN.items(), "capacities": CAPACITIES, "years": request.GET.get("nam", "").strip() or asked.span.replace("–", "-"),
        "query": query_of(request), "without_view": query_of(request, without=("xem",)), "may_export": desk.actor.may("export"),
        **tabs(desk, "trend"),
    }  # fmt: skip
    return render(request, "evaluation/trend.html", frame, status=400 if asked.errors else 200)


@page("export")
def trend_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The table on the screen."""
    snapshot = current()
    asked, _ = _asked(request, desk, snapshot)
    if asked.errors:
        return render(request, "refused.html", {"text": " ".join(asked.errors.values())}, status=400)
    sheet, _ = _answer(asked, snapshot, desk)
    record_read(actor=desk.actor, what="export.evaluation", at=desk.now, count=len(sheet.rows), detail=sheet.title)
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


# --- the question


def _asked(request: HttpRequest, desk: Desk, snapshot: Snapshot) -> tuple[Asked, UnitTree]:
    data, errors = request.GET, dict[str, str]()
    years, errors["nam"] = _years(data.get("nam", "").strip(), desk.today.year)
    # The units of the last year asked: what was dissolved since is still there to be chosen.
    map_on = min(last_day(years[-1]), desk.today)
    tree = unit_tree(snapshot=snapshot, on=map_on, scope=desk.scope)
    text = data.get("dv", "").strip() or str(desk.actor.unit or "")
    unit, errors["dv"] = tree.find(text)
    if not data.get("dv", "").strip() and errors["dv"]:  # her own unit was not there yet
        unit, errors["dv"] = None, ""
    unit = unit if unit is not None or errors["dv"] else next((pk for pk, _, _ in tree.units), None)
    capacity = data.get("tc", "") if data.get("tc", "") in FACTS else CAPACITIES[0][0]
    shown = data.get("xem", "") if data.get("xem", "") in SHOWN else "muc"
    found = {name: text for name, text in errors.items() if text}
    return Asked(unit, _code(unit, snapshot), tree.name(unit), years, map_on, capacity, shown, found), tree


def _code(unit: int | None, snapshot: Snapshot) -> str:
    frame = snapshot.tables.frames["unit"]
    return "" if unit is None else str(frame.filter(frame["id"] == unit)["code"][0])


def _years(text: str, this_year: int) -> tuple[tuple[int, ...], str]:
    """`2016-2020`, `2016, 2020`; the last finished ones and what is wrong where it cannot be read."""
    usual = tuple(range(this_year - YEARS, this_year))
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in text.replace("–", "-").replace(";", ",").split(","))):
        first, _, last = (half.strip() for half in part.partition("-"))
        last = last or first
        if not all(len(year) == 4 and year.isdecimal() for year in (first, last)) or last < first:
            return usual, f"Chưa đọc được “{text}”; hãy ghi như 2021-2025 hoặc 2016, 2020."
        found |= {*range(int(first), min(int(last), int(first) + MOST_YEARS) + 1)}
    if len(found) > MOST_YEARS:
        return usual, f"Nhiều nhất {MOST_YEARS} năm trong một bảng; hãy bớt năm."
    if found and (max(found) > this_year or min(found) < 1990):
        return usual, f"Chỉ xem được từ năm 1990 đến năm {this_year}; hãy sửa năm."
    return (tuple(sorted(found)) or usual), ""


# --- the answer


def _answer(asked: Asked, snapshot: Snapshot, desk: Desk) -> tuple[Sheet, Chart | None]:
    told: dict[str, Any] = {
        "unit": asked.code, "years": asked.years, "map_on": asked.map_on, "capacity": asked.capacity, "snapshot": snapshot, **reads(desk),
    }
    if asked.shown == "don-vi":
        units = units_by_year(**told) if asked.unit is not None else []
        return _units_sheet(asked, units), _units_chart(asked, units)
    years = grades_by_year(**told) if asked.unit is not None else []
    return _grades_sheet(asked, years), _grades_chart(asked, years)


def _grades_sheet(asked: Asked, years: list[YearOfGrades]) -> Sheet:
    rows = [_grade_row(asked, years, grade_name(grade, None), (grade,), grade=grade) for grade in BEST_FIRST]
    better = {"measure": good_or_better(asked.capacity)}
    rows += [
        _grade_row(asked, years, "Hoàn thành tốt nhiệm vụ trở lên", (EXCELLENT, GOOD), **better),
        (Cell("Số người được xếp loại"), *(
            Cell(year.rated, asked.people_url(year.year, where=rated_where(asked.capacity)), f"Năm {year.year}: người được xếp loại")
            for year in years), *(Cell("") for _ in _spans(asked))),
        (Cell("Chưa có hoặc không xếp loại"), *(
            Cell(year.without, asked.people_url(year.year, where=unrated_where(asked.capacity)),
                 f"Năm {year.year}: người chưa có hoặc không xếp loại")
            for year in years), *(Cell("") for _ in _spans(asked))),
    ]  # fmt: skip
    heads = ("Mức", *(f"Năm {year}" for year in asked.years), *_span_heads(asked))
    known = any(year.rated for year in years)
    return Sheet(f"Xếp loại các năm {asked.span}: {asked.name}", heads, rows if known else [], _lines(asked), _notes())


def _grade_row(
    asked: Asked, years: list[YearOfGrades], label: str, grades: tuple[str, ...], *, grade: str = "", measure: str = ""
) -> tuple[Cell, ...]:
    counts = [year.share(*grades) for year in years]
    where = rated_where(asked.capacity)
    cells = [
        Cell(count_text(count), asked.people_url(year.year, where=where, grade=grade, measure=measure) if count.count else "",
             f"{label}, năm {year.year}: {count.count} người")
        for year, count in zip(years, counts)
    ]  # fmt: skip
    return (Cell(label), *cells, *_changes(asked, counts))


def _units_sheet(asked: Asked, units: list[UnitOfGrades]) -> Sheet:
    rows = [
        (Cell(unit.name), *(_unit_cell(asked, unit, year, count) for year, count in zip(asked.years, unit.years)),
         *_changes(asked, list(unit.years)))
        for unit in units
    ]  # fmt: skip
    heads = ("Đơn vị", *(f"Năm {year}" for year in asked.years), *_span_heads(asked))
    lines = (*_lines(asked), "Mỗi ô: người được xếp loại hoàn thành tốt trở lên trên số được xếp loại của đơn vị và cấp dưới")
    return Sheet(f"Hoàn thành tốt trở lên theo đơn vị {asked.span}: {asked.name}", heads, rows, lines, _notes())


def _unit_cell(asked: Asked, unit: UnitOfGrades, year: int, count: Count) -> Cell:
    if not count.of:
        return Cell("–")
    where, measure = rated_where(asked.capacity), good_or_better(asked.capacity)
    url = asked.people_url(year, where=where, measure=measure, unit=unit.code) if count.count else ""
    return Cell(f"{share_text(count)} ({percent_text(count.count, count.of)})", url, f"{unit.name}, năm {year}: {share_text(count)}")


def _spans(asked: Asked) -> list[tuple[int, int]]:
    """(earlier, later) places of the years compared: each with the one before, then the last with the first."""
    last = len(asked.years) - 1
    return [(n, n + 1) for n in range(last)] + ([(0, last)] if last > 1 else [])


def _span_heads(asked: Asked) -> list[str]:
    return [f"{asked.years[later]} so với {asked.years[earlier]}" for earlier, later in _spans(asked)]


def _changes(asked: Asked, counts: list[Count]) -> list[Cell]:
    if not counts:
        return []
    points = [compare(counts[earlier], counts[later]).points for earlier, later in _spans(asked)]
    return [Cell("–" if one is None else points_text(one)) for one in points]


def _lines(asked: Asked) -> tuple[str, ...]:
    told = (text.rstrip(".") for text in years_text(years=asked.years, laws=laws_now(), capacity=asked.capacity))
    whom = f"{asked.whom.capitalize()} đang công tác tại {asked.name} và cấp dưới vào ngày 31/12 mỗi năm"
    return (f"{whom}; đơn vị theo bản đồ ngày {asked.map_on:%d/%m/%Y}", *told)


def _notes() -> tuple[str, ...]:
    return ("Tỷ lệ tính trên số người được xếp loại trong năm", "mức của các năm trước ghi theo tên gọi hiện nay của mức tương đương")


# --- pictures


def _grades_chart(asked: Asked, years: list[YearOfGrades]) -> Chart | None:
    """Shares of each grade, year beside year."""
    shown = [year for year in years if year.rated]
    if not shown:
        return None
    series = tuple(
        Series(grade_name(grade, None), tuple(100 * year.counts.get(grade, 0) / year.rated for year in shown),
               tuple(percent_text(year.counts.get(grade, 0), year.rated) for year in shown))
        for grade in BEST_FIRST if any(year.counts.get(grade) for year in shown)
    )  # fmt: skip
    names = tuple(f"{year.year} ({year.rated} người)" for year in shown)
    return Chart(
        "stacked", f"Phân bố mức xếp loại: {asked.name}", "Năm", "Tỷ lệ trên số người được xếp loại (%)", _source(asked), names, series,
    )  # fmt: skip


def _units_chart(asked: Asked, units: list[UnitOfGrades]) -> Chart | None:
    """Shares of good or better by unit, the years beside each other; too many units are left to the table."""
    if not units or len(units) > MOST_BARS:
        return None
    series = tuple(
        Series(f"Năm {year}", tuple(100 * unit.years[n].count / unit.years[n].of if unit.years[n].of else 0.0 for unit in units),
               tuple(percent_text(unit.years[n].count, unit.years[n].of) for unit in units))
        for n, year in enumerate(asked.years)
    )  # fmt: skip
    title = f"Hoàn thành tốt nhiệm vụ trở lên: đơn vị trực thuộc {asked.name}"
    return Chart("bar", title, "Đơn vị", "Tỷ lệ trên số người được xếp loại (%)", _source(asked), tuple(u.name for u in units), series)


def _source(asked: Asked) -> str:
    return f"hồ sơ trong chương trình; {asked.whom} đang công tác vào ngày 31/12 mỗi năm."
