"""One person's month with the products its ratios are counted from; every ratio shown with its sum and the article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.dossier.queries import NotVisible
from canbo.engine.ratings.model import RatingRefused
from canbo.engine.ratings.scores import month_score
from canbo.evaluation.models import TrackedMonth
from canbo.evaluation.people import Rated
from canbo.evaluation.products import COUNTED, MOST, ProductLine, lines_in, ratios_with, sums_of, wrong_with
from canbo.evaluation.queries import regulation_of, tracked_in
from canbo.evaluation.tracking import record_months, weights_in
from canbo.facts.registry import Ask
from canbo.kernel.numbers import decimal_text
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk, page
from canbo.web.evaluation.grid import Grid, Mine, grids_of, month_typed
from canbo.web.evaluation.months import Asked, asked_in, rated_in
from canbo.web.evaluation.showing import exact_text, percent_of
from canbo.web.evaluation.view import REFUSALS, asks, laws_now, reads, regime_label
from canbo.web.tree import unit_tree

SPARE = 3  # empty rows below those filled
BOXES = (
    ("ten", "Sản phẩm, công việc"), ("hs", "Hệ số quy đổi"), ("giao", "Được giao"), ("xong", "Đã làm"), ("them", "Bổ sung, đột xuất"),
    ("loi", "Lần chưa đạt chất lượng"), ("cham", "Lần chậm tiến độ"),
)  # fmt: skip


class NotTracked(NotVisible):
    """Nobody of that number is tracked in the unit and month, or not within the reader's scope: told in the same words."""

    def __init__(self) -> None:
        Exception.__init__(self, "Không tìm thấy người này trong đơn vị và tháng đã chọn, trong phạm vi bạn được giao.")


@dataclass(frozen=True)
class Row:
    """One product of the form: its boxes as (name, label, value), and what is wrong with it."""

    boxes: tuple[tuple[str, str, str], ...]
    wrong: str = ""


@dataclass(frozen=True)
class Month:
    """What the page is about: whose month, under which rules, with what stands."""

    asked: Asked
    one: Rated
    grid: Grid
    held: TrackedMonth | None
    weights: Mapping[str, Decimal]

    @property
    def line(self) -> Mine:
        return self.grid.lines[0]

    @property
    def lines(self) -> list[ProductLine]:
        return list(lines_in(self.held.products)) if self.held else []


@page("evaluation.track")
def products(request: HttpRequest, desk: Desk, tracked: int) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    month = _found(tracked, data, desk)
    if request.method != "POST":
        record_read(actor=desk.actor, what="evaluation.month", at=desk.now, person=tracked, detail=month.asked.month)
        like = data.get("nhu") == "truoc"
        return _page(request, month, _rows(_before(month, desk) if like else month.lines), lines=[] if like else month.lines)
    if not month.grid.counts_products:
        return _page(request, month, [])
    rows, lines = _typed(request.POST)
    match request.POST.get("viec", ""):
        case "them":
            return _page(request, month, rows, spare=SPARE * 2)
        case "ghi":
            return _save(request, desk, month, rows, lines)
    return _page(request, month, rows, lines=lines, tried=True)


def _save(request: HttpRequest, desk: Desk, month: Month, rows: list[Row], lines: list[ProductLine]) -> HttpResponse:
    if any(row.wrong for row in rows):
        return _page(request, month, rows, error="hãy sửa các dòng có ghi chú.")
    try:
        told = replace(month_typed(month.line, month.grid, month.asked.month, request.POST), products=tuple(lines))
        record_months(unit=month.asked.unit or 0, regime=month.grid.regime, months=[told], laws=laws_now(), **asks(desk))
    except (*REFUSALS, ValueError) as error:
        return _page(request, month, rows, error=str(error))
    messages.success(request, f"Đã ghi tháng {month.asked.shown} của {month.one.name}: {len(lines)} sản phẩm, công việc.")
    return redirect(f"{reverse('evaluation-products', args=[month.one.person])}?dv={month.asked.unit}&thang={month.asked.month}")


def _page(
    request: HttpRequest, month: Month, rows: list[Row], *, lines: Sequence[ProductLine] = (), tried: bool = False, error: str = "",
    spare: int = SPARE,
) -> HttpResponse:  # fmt: skip
    grid = month.grid
    shown = [] if any(row.wrong for row in rows) or not grid.counts_products else list(lines)
    frame: dict[str, Any] = {
        "asked": month.asked, "one": month.one, "grid": grid, "heads": [label for _, label in BOXES], "error": error,
        "rows": [*rows, *(_blank(n) for n in range(len(rows), min(len(rows) + spare, MOST)))],
        "counted": _counted(shown, month) if shown else None, "score": _score(request, month, shown) if tried else "",
        "held_score": decimal_text(month.held.score) if month.held else "", "like": request.GET.get("nhu") == "truoc",
        "regime": regime_label(laws_now(), grid.regime, month.asked.last), "errors": month.asked.errors,
        "boxes": [(box, head) for box, head in zip(month.line.boxes, grid.heads) if not _is_counted(box.name)],
        "articles": grid.rules.articles, "share": percent_of(grid.rules.fault_share), "note": month.line.note,
    }  # fmt: skip
    return render(request, "evaluation/products.html", frame, status=400 if error or month.asked.errors else 200)


# --- whose month


def _found(person: int, data: Any, desk: Desk) -> Month:
    """The month of a person at the unit asked for, else at her own; NotTracked where she is not rated there."""
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    given = {name: data.get(name, "") for name in ("dv", "thang")}
    asked = asked_in(given if given["dv"] else {**given, "dv": str(_unit_of(person, desk) or "")}, tree, desk)
    one = next((one for one in rated_in(asked, desk) if one.person == person), None)
    if one is None:
        raise NotTracked
    held = tracked_in(unit=asked.unit or 0, month=asked.month, **reads(desk)).get(person)
    regulation = regulation_of(unit=asked.unit or 0, year=asked.period.start.year, regime=one.regime, **reads(desk))
    typed = data if "viec" in data else None
    held_by = {person: held} if held else {}
    grids = grids_of([one], asked.period, held=held_by, regulations={one.regime: regulation}, typed=typed, wrong={}, laws=laws_now())
    if not grids:  # rated without points: no months
        raise NotTracked
    return Month(asked, one, grids[0], held, weights_in(regulation) if regulation else {})


def _unit_of(person: int, desk: Desk) -> int | None:
    frame = facts_frame(snapshot=current(), ask=Ask(on=desk.today), names=("name",), scope=desk.scope)
    return dict(frame.select("key", "unit_id").iter_rows()).get(person)


def _before(month: Month, desk: Desk) -> list[ProductLine]:
    """The products of the month before as they were assigned, nothing of them done yet."""
    before = tracked_in(unit=month.asked.unit or 0, month=month.asked.before, **reads(desk)).get(month.one.person)
    return [ProductLine(line.name, line.assigned, Fraction(0), factor=line.factor) for line in lines_in(before.products if before else [])]


def _is_counted(name: str) -> bool:
    kind, _, code = name.split("-", 2)
    return kind == "r" and code in COUNTED


# --- the form of the products


def _blank(number: int) -> Row:
    return Row(tuple((f"{name}-{number}", label, "1" if name == "hs" else "") for name, label in BOXES))


def _rows(lines: list[ProductLine]) -> list[Row]:
    return [_row(number, line) for number, line in enumerate(lines)]


def _row(number: int, line: ProductLine) -> Row:
    values = (
        line.name, exact_text(line.factor), exact_text(line.assigned), exact_text(line.done), exact_text(line.extra) if line.extra else "",
        str(line.faults or ""), str(line.delays or ""),
    )  # fmt: skip
    return Row(tuple((f"{name}-{number}", label, value) for (name, label), value in zip(BOXES, values)))


def _typed(data: Mapping[str, str]) -> tuple[list[Row], list[ProductLine]]:
    """Rows as typed without the empty ones, numbered anew, and the products they say."""
    rows: list[Row] = []
    lines: list[ProductLine] = []
    for number in range(MOST):
        if f"ten-{number}" not in data:
            break
        typed = {name: data.get(f"{name}-{number}", "").strip() for name, _ in BOXES}
        if not any(value for name, value in typed.items() if name != "hs"):
            continue
        boxes = tuple((f"{name}-{len(rows)}", label, typed[name]) for name, label in BOXES)
        try:
            line = ProductLine(
                typed["ten"], _number(typed["giao"]), _number(typed["xong"]), _number(typed["them"]), _times(typed["loi"]),
                _times(typed["cham"]), _number(typed["hs"] or "1"),
            )  # fmt: skip
        except ValueError as error:
            rows.append(Row(boxes, str(error)))
            continue
        rows.append(Row(boxes, wrong_with(line)))
        lines.append(line)
    return rows, lines


def _number(text: str) -> Fraction:
    """`12`, `1,5`, `3/2`; nothing typed is none."""
    plain = text.replace(" ", "").replace(",", ".")
    try:
        return Fraction(plain or "0")
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"“{text}” không phải số lượng; hãy ghi như 12 hoặc 1,5.") from None


def _times(text: str) -> int:
    if text and not (text.isdecimal() and len(text) < 4):
        raise ValueError(f"“{text}” không phải số lần; hãy ghi số nguyên.")
    return int(text or "0")


# --- what follows


def _counted(lines: list[ProductLine], month: Month) -> dict[str, Any]:
    """Each ratio with the sum it is; or one sentence why there is none."""
    rules = month.grid.rules
    try:
        sums = sums_of(lines, rules)
    except RatingRefused as error:
        return {"wrong": str(error)}
    said = {"a": "đã làm, kể cả bổ sung", "b": "đã làm, trừ phần chưa đạt chất lượng", "c": "đã làm, trừ phần chậm tiến độ"}
    parts = {"a": sums.done, "b": sums.quality, "c": sums.progress}
    labels = {ratio.code: ratio.label for ratio in rules.ratios}
    ratios = [
        (code, labels[code], f"{exact_text(parts[code])} ({said[code]}) : {exact_text(sums.assigned)} (được giao)",
         percent_of(share), parts[code] > sums.assigned)
        for code, share in sums.ratios.items() if code in labels
    ]  # fmt: skip
    wanted = month.grid.ratios
    formula = " + ".join("đ" if one.code == "dd" else one.code for one in wanted)
    return {"ratios": ratios, "formula": f"({formula}) : {len(wanted)} × {decimal_text(rules.task_points)}"}


def _score(request: HttpRequest, month: Month, lines: list[ProductLine]) -> str:
    """The score as it would be with what is typed, or why there is none yet."""
    try:
        told = month_typed(month.line, month.grid, month.asked.month, request.POST)
        ratios = ratios_with(lines, told.ratios, month.grid.rules)
        score = month_score(
            regime=month.grid.rules, role=month.grid.role, points=told.points, ratios=ratios, weights=month.weights  # type: ignore[arg-type]
        )
    except (RatingRefused, ValueError) as error:
        return f"Chưa tính được điểm của tháng: {error}"
    return f"Điểm của tháng: {decimal_text(score)}."
