"""Statutory forms as pages: the form as printed, its checks in words beside the cells, every number opening its people."""

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from canbo.assess.columns import CLOSED
from canbo.audit.changes import record_read
from canbo.documents.grid import Grid, placed
from canbo.engine.language import names, parse
from canbo.kernel.numbers import thousands
from canbo.reporting.forms import Column, form_codes, load_form
from canbo.reporting.papers import check_lines, form_docx, form_heads, form_xlsx
from canbo.reporting.queries import FilledForm, FormRow, fill
from canbo.snapshot.queries import current, vocabulary
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of, page
from canbo.web.figures.letterhead import agency_of
from canbo.web.figures.pages import file_response
from canbo.web.figures.screens import Cell, cells_html
from canbo.web.pagination import query_of
from canbo.web.shelf import SHELF
from canbo.web.tree import unit_tree

WHOLE = "het"
CODES = ("bm01",)


@dataclass(frozen=True)
class Shown:
    """A row of the page: its unit's own address, its cells with what is wrong marked."""

    number: int
    name: str
    depth: int
    url: str
    cells: SafeString


@dataclass(frozen=True)
class AskedForm:
    """Which form, day, unit and how deep; sentences beside the fields that cannot be read."""

    typed: dict[str, str]
    filled: FilledForm | None
    unit: str
    errors: dict[str, str]


@page("statistics.read")
def form_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    asked = read_form(request, desk, snapshot)
    frame = {
        "asked": asked, "errors": asked.errors, "tree": unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope),
        "forms": [load_form(code) for code in form_codes()], "query": query_of(request), "section": "form", "today": desk.today,
    }  # fmt: skip
    if asked.filled is not None:
        frame |= _shown(asked, asked.filled, snapshot, desk)
    return render(request, "statistics/form.html", frame, status=400 if asked.errors else 200)


@page("statistics.read")
def form_file(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    asked = read_form(request, desk, current())
    if asked.filled is None:
        return render(request, "refused.html", {"text": " ".join(asked.errors.values())}, status=400)
    filled = asked.filled
    record_read(actor=desk.actor, what=f"form.{filled.form.code}", at=desk.now, count=len(filled.rows), detail=query_of(request))
    agency, side = agency_of(desk)
    body = (form_docx if form == "docx" else form_xlsx)(filled, agency=agency, side=side)
    return file_response(body, form=form, name=f"{filled.form.code} {filled.on:%Y-%m-%d}")


def read_form(request: HttpRequest, desk: Desk, snapshot: Snapshot) -> AskedForm:
    """The form filled for the day and unit asked; without `cay` only the unit and those right below it are shown."""
    typed = {name: request.GET.get(name, "").strip() for name in ("mau", "ngay", "dv", "cay")}
    on, wrong_day = day_of(typed["ngay"], desk.today)
    pk, wrong_unit = unit_tree(snapshot=snapshot, on=on, scope=desk.scope).find(typed["dv"])
    wrong_form = "" if (typed["mau"] or CODES[0]) in form_codes() else "Không có mẫu này; hãy chọn lại."
    errors = {name: text for name, text in (("ngay", wrong_day), ("dv", wrong_unit), ("mau", wrong_form)) if text}
    if errors:
        return AskedForm(typed, None, "", errors)
    frame = snapshot.tables.frames["unit"]
    unit = str(frame.filter(frame["id"] == pk)["code"][0]) if pk else ""
    form = load_form(typed["mau"] or CODES[0])
    make = lambda: fill(form=form, on=on, unit=unit or None, snapshot=snapshot, actor=desk.actor, scope=desk.scope)  # noqa: E731
    filled = SHELF.get(snapshot=snapshot, key=("form", form.code, on, unit, desk.scope, desk.actor), make=make)
    return AskedForm(typed, filled if typed["cay"] == WHOLE else _near(filled), unit, {})


def _near(filled: FilledForm) -> FilledForm:
    """The uppermost units and those right below them."""
    top = min((row.depth for row in filled.rows), default=0)
    rows = tuple(row for row in filled.rows if row.depth <= top + 1)
    shown = {filled.total.unit, *(row.unit for row in rows)}
    return replace(filled, rows=rows, failures=tuple(f for f in filled.failures if f.unit in shown))


def _shown(asked: AskedForm, filled: FilledForm, snapshot: Snapshot, desk: Desk) -> dict[str, object]:
    wrong = {(failure.unit, number) for failure in filled.failures for number in failure.columns}
    unlinked = _nameless(filled, snapshot)
    top = min((row.depth for row in filled.rows), default=0)
    rows = [_row(i, row, asked, filled, wrong, unlinked, top) for i, row in enumerate(filled.rows, 1)]
    grid = Grid(form_heads(filled.form))
    return {
        "filled": filled, "rows": rows, "agency_name": agency_of(desk)[0],
        "total": _row(0, filled.total, asked, filled, wrong, unlinked, 0),
        "head_rows": [[cell for cell in placed(grid) if cell.row == row] for row in range(grid.depth)],
        "lines": [(line[:1], line[2:]) for line in check_lines(filled)],
    }  # fmt: skip


def _nameless(filled: FilledForm, snapshot: Snapshot) -> frozenset[int]:
    """Columns that are counted but name nobody."""
    words = vocabulary(snapshot=snapshot, subject="person", map_on=filled.on)
    asked = [(c.number, names(parse(c.that, vocabulary=words))) for c in filled.form.columns if c.that]
    return frozenset(number for number, facts in asked if any(words[name].group in CLOSED for name in facts))


def _row(
    i: int, row: FormRow, asked: AskedForm, filled: FilledForm, wrong: set[tuple[str, int]], unlinked: frozenset[int], top: int
) -> Shown:
    cells = cells_html(
        (_cell(row, column, asked, filled, unlinked), (row.unit, column.number) in wrong) for column in filled.form.columns
    )
    deeper = urlencode([(n, v) for n, v in asked.typed.items() if v and n not in ("dv", "cay")] + [("dv", row.name)])
    return Shown(i, row.name, row.depth - top, f"?{deeper}" if row.unit else "", cells)


def _cell(row: FormRow, column: Column, asked: AskedForm, filled: FilledForm, unlinked: frozenset[int]) -> Cell:
    value = row.values.get(column.number)
    if value is None:
        return Cell("–")
    if not value or column.that is None or column.number in unlinked:
        return Cell(thousands(value))
    unit = row.unit or asked.unit
    group = f"&nhom={quote(f'within:{unit}', safe='')}" if unit else ""
    return Cell(thousands(value), f"{_opening(f'{filled.on:%d/%m/%Y}', filled.form.where, column.that)}{group}&la=yes")


@lru_cache(maxsize=512)
def _opening(day: str, where: str, that: str) -> str:
    """What the addresses of a column's numbers have in common."""
    pairs = [("ngay", day), ("tap", where), *([("ct", that)] if that else [])]
    return f"{reverse('statistics-people')}?{urlencode(pairs)}"
