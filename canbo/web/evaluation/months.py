"""Months tracked: the form of one unit and one month for everybody, saved together; the points a unit's regulation gives its lines."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.engine.law.model import Period
from canbo.evaluation.campaigns import put_regulation
from canbo.evaluation.people import Rated, people_of
from canbo.evaluation.periods import PeriodRefused, period_of
from canbo.evaluation.queries import regulation_of, tracked_in
from canbo.evaluation.tracking import MonthRefused, record_months
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.campaigns import tabs
from canbo.web.evaluation.grid import Grid, grids_of, months_typed
from canbo.web.evaluation.view import REFUSALS, asks, laws_now, reads, regime_of
from canbo.web.tree import UnitTree, unit_tree

MOST = 300  # people one form holds; a larger unit is tracked part by part


@dataclass(frozen=True)
class Asked:
    """Unit and month asked for, with what is wrong about them."""

    unit: int | None
    month: str
    errors: dict[str, str]

    @property
    def period(self) -> Period:
        return period_of("month", self.month)

    @property
    def shown(self) -> str:
        return f"{self.month[5:]}/{self.month[:4]}"

    @property
    def last(self) -> date:
        end = self.period.end
        return end - timedelta(days=1) if end else self.period.start

    @property
    def before(self) -> str:
        return f"{self.period.start - timedelta(days=1):%Y-%m}"


def asked_in(data: Any, tree: UnitTree, desk: Desk) -> Asked:
    errors: dict[str, str] = {}
    text = data.get("dv", "").strip() or str(desk.actor.unit or "")
    unit, wrong = tree.find(text) if text else (next((pk for pk, _, _ in tree.units), None), "")
    if wrong:
        errors["dv"] = wrong
    last_month = f"{desk.today.replace(day=1) - timedelta(days=1):%Y-%m}"
    month = _month_of(data.get("thang", "").strip()) or last_month
    try:
        period_of("month", month)
    except PeriodRefused:
        errors["thang"], month = f"Chưa đọc được tháng “{data.get('thang', '').strip()}”; hãy ghi như 03/2026.", last_month
    return Asked(unit, month, errors)


def _month_of(text: str) -> str:
    """`3/2026` and `03/2026` as the regimes write months: `2026-03`."""
    month, slash, year = text.partition("/")
    return f"{year}-{month:0>2}" if slash else text


@page("evaluation.track")
def months(request: HttpRequest, desk: Desk) -> HttpResponse:
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    asked = asked_in(request.POST if request.method == "POST" else request.GET, tree, desk)
    if request.method == "POST" and not asked.errors:
        return _save(request, desk, tree, asked)
    return _page(request, desk, tree, asked)


def _page(
    request: HttpRequest, desk: Desk, tree: UnitTree, asked: Asked, wrong: dict[int, str] | None = None, error: str = ""
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    people = len(rated_in(asked, desk))
    grids = [] if people > MOST else _grids(asked, desk, typed=typed, wrong=wrong or {}, like=request.GET.get("nhu", ""))
    frame = {
        "tree": tree, "asked": asked, "grids": grids, "unit_name": tree.name(asked.unit), "error": error, "errors": asked.errors,
        "too_many": people if people > MOST else 0,
        "may_regulate": desk.actor.may("evaluation.run"), "like": request.GET.get("nhu") == "truoc", **tabs(desk, "months"),
    }  # fmt: skip
    return render(request, "evaluation/months.html", frame, status=400 if error or asked.errors else 200)


def _grids(asked: Asked, desk: Desk, *, typed: Any, wrong: dict[int, str], like: str = "") -> list[Grid]:
    rated = rated_in(asked, desk)
    held = tracked_in(unit=asked.unit or 0, month=asked.month, **reads(desk))
    if like == "truoc":  # but who has products this month keeps what was counted from them
        counted = {person: row for person, row in held.items() if row.products}
        held = tracked_in(unit=asked.unit or 0, month=asked.before, **reads(desk)) | counted
    regulations = {
        regime: regulation_of(unit=asked.unit or 0, year=asked.period.start.year, regime=regime, **reads(desk))
        for regime in {one.regime for one in rated}
    }  # fmt: skip
    return grids_of(rated, asked.period, held=held, regulations=regulations, typed=typed, wrong=wrong, laws=laws_now())


def rated_in(asked: Asked, desk: Desk) -> list[Rated]:
    """Whom a regime rates at the unit on the last day of the month."""
    if asked.unit is None or not desk.scope.sees_group("evaluation"):
        return []
    rated, _ = people_of(
        ticked=frozenset({asked.unit}), capacity="official", period=asked.period, on=asked.last, laws=laws_now(), snapshot=current(),
        scope=desk.scope,
    )  # fmt: skip
    return rated


def _save(request: HttpRequest, desk: Desk, tree: UnitTree, asked: Asked) -> HttpResponse:
    if len(rated_in(asked, desk)) > MOST:
        return _page(request, desk, tree, asked)
    grids = _grids(asked, desk, typed=None, wrong={})
    held = tracked_in(unit=asked.unit or 0, month=asked.month, **reads(desk))
    made, wrong = months_typed(grids, asked.month, request.POST, held)
    if wrong:
        return _page(request, desk, tree, asked, wrong, "hãy sửa các dòng có ghi chú; chưa ghi tháng của ai.")
    try:
        # Two regimes on one page are still saved together: all of the page or nothing.
        with transaction.atomic():
            for regime, told in made.items():
                record_months(unit=asked.unit or 0, regime=regime, months=told, laws=laws_now(), **asks(desk))
    except MonthRefused as error:
        return _page(request, desk, tree, asked, error.wrong, "hãy sửa các dòng có ghi chú; chưa ghi tháng của ai.")
    except REFUSALS as error:
        return _page(request, desk, tree, asked, {}, str(error))
    count = sum(map(len, made.values()))
    if not count:
        return _page(request, desk, tree, asked, {}, "chưa chấm ai; hãy ghi điểm của ít nhất một người.")
    messages.success(request, f"Đã ghi tháng {asked.shown} của {count} người.")
    return redirect(f"{reverse('evaluation-months')}?dv={asked.unit}&thang={asked.month}")


# --- the unit's own regulation


@page("evaluation.run")
def regulation(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The points of each line where the decree leaves them to the unit."""
    tree, laws = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope), laws_now()
    data = request.POST if request.method == "POST" else request.GET
    unit, wrong = tree.find(data.get("dv", "").strip() or str(desk.actor.unit or ""))
    year = int(data["nam"]) if data.get("nam", "").isdecimal() and len(data["nam"]) == 4 else desk.today.year
    regimes = [
        (code, of.label, rules) for (kind, code), of in laws.provisions.items()
        if kind == "regime" and (rules := regime_of(laws, code, date(year, 12, 31))) and rules.by_unit
    ]  # fmt: skip
    chosen = next((row for row in regimes if row[0] == data.get("chedo")), regimes[0] if regimes else None)
    if request.method == "POST" and chosen and unit and not wrong:
        lines = {line.code: data.get(f"d-{line.code}", "") for line in chosen[2].by_unit}
        try:
            put_regulation(unit=unit, year=year, regime=chosen[0], points=lines, document=data.get("vanban", ""), laws=laws, **asks(desk))
        except REFUSALS as error:
            wrong = str(error)
        else:
            messages.success(request, "Đã ghi điểm tối đa từng tiêu chí theo quy chế của đơn vị.")
            return redirect(f"{reverse('evaluation-regulation')}?dv={unit}&nam={year}&chedo={chosen[0]}")
    held = regulation_of(unit=unit, year=year, regime=chosen[0], **reads(desk)) if unit and chosen else None
    given = dict(held.points) if held else {}
    rows = [
        (line, data.get(f"d-{line.code}", "") if request.method == "POST" else given.get(line.code, ""))
        for line in (chosen[2].by_unit if chosen else ())
    ]  # fmt: skip
    frame = {
        "tree": tree, "unit": unit, "unit_name": tree.name(unit), "year": year, "regimes": regimes, "chosen": chosen, "rows": rows,
        "document": data.get("vanban", "") or (held.document if held else ""), "error": wrong,
    }  # fmt: skip
    return render(request, "evaluation/regulation.html", frame, status=400 if wrong else 200)
