"""The meter of structure as pages show it: rule, figure, state, article – and the people behind every figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.engine.law.model import SEVERITIES
from canbo.engine.structures.model import STATES, Reading
from canbo.kernel.actors import Forbidden
from canbo.planning.judging import laws_at
from canbo.planning.models import RoundUnit, Slate
from canbo.planning.numbers import cited, meter_of, stands
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.planning.view import Reviewed, found_home, reviewed
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import law_now
from canbo.web.standards.listing import taken


@dataclass(frozen=True)
class Shown:
    """One reading: of which lists, in which words, under which article, and where its people are named."""

    reading: Reading
    where: str
    cite: str
    url: str

    @property
    def label(self) -> str:
        return f"{self.reading.rule.label}: {self.reading.part}" if self.reading.part else self.reading.rule.label

    @property
    def word(self) -> str:
        """A number of the body nobody wrote down is no paper missing of a person."""
        unsized = self.reading.state == "unknown" and self.reading.rule.kind == "people"
        return "chưa ghi số lượng" if unsized else STATES[self.reading.state]

    @property
    def mark(self) -> str:
        """A shortfall of a target warns; a number that binds is a breach."""
        worst = "bad" if self.reading.rule.severity == "block" else "warn"
        return {"met": "ok", "short": worst, "over": worst, "unknown": "warn"}.get(self.reading.state, "")

    @property
    def severity(self) -> str:
        return SEVERITIES[self.reading.rule.severity]


@dataclass(frozen=True)
class Term:
    """The meter of one term; those without a number in force are told apart: the figure is shown, nothing is demanded."""

    term: str
    age_on: date
    rows: tuple[Shown, ...]

    @property
    def short(self) -> list[Shown]:
        """What is not met, or cannot be told: what must be looked at."""
        return [row for row in self.rows if row.reading.state not in ("unset", "met")]

    @property
    def met(self) -> list[Shown]:
        return [row for row in self.rows if row.reading.state == "met"]

    @property
    def unset(self) -> list[Shown]:
        return [row for row in self.rows if row.reading.state == "unset"]


def meters(home: RoundUnit, found: Reviewed, desk: Desk) -> tuple[list[Term], str]:
    """The meter of a unit, term by term; and why there is none."""
    law = law_now()
    make = lambda: _meters(home, found, desk)  # noqa: E731
    return SHELF.get(snapshot=current(), key=("planning-meter", home.pk, desk.scope, law.central, law.local), make=make)


def _meters(home: RoundUnit, found: Reviewed, desk: Desk) -> tuple[list[Term], str]:
    laws, of = laws_at(home.unit_id, law_now(), current()), home.round
    try:
        read = meter_of(
            slates=found.slates, lines=found.lines, laws=laws, on=of.on, bands=of.bands, snapshot=current(), scope=desk.scope
        )
    except Forbidden as error:
        return [], str(error)
    slates = {slate.pk: slate for slate in found.slates}
    made = [
        Term(term, age_on, tuple(_shown(row, slates, home, term, cited(row.rule.cite, laws)) for row in rows))
        for (term, age_on), rows in read
    ]
    return made, "" if made else "Chưa có quy định về số lượng, cơ cấu cho ngày xét của đợt."


def _shown(row: Reading, slates: dict[int, Slate], home: RoundUnit, term: str, cite: str) -> Shown:
    where = "cả đơn vị" if row.rule.over == "unit" else ", ".join(slates[pk].title.name for pk in row.lists)
    asked = {"nk": term, "qt": row.rule.code, "phan": row.part, "ds": "" if row.rule.over == "unit" else row.lists[0]}
    query = urlencode({name: value for name, value in asked.items() if value})
    return Shown(row, where, cite, f"{reverse('planning-figure', args=[home.pk])}?{query}")


def of_slate(terms: Iterable[Term], slate: Slate) -> list[Shown]:
    """What is read of one list, and of all lists of its term together."""
    return [row for term in terms if term.term == slate.term.code for row in term.rows if slate.pk in row.reading.lists]


# --- who stands behind a figure


@page("cases.read")
def figure(request: HttpRequest, desk: Desk, planning_home: int) -> HttpResponse:
    home = found_home(planning_home, desk)
    shown, sheet = _behind(request, home, desk)
    frame = {"home": home, "shown": shown, "sheet": sheet, "may_export": desk.actor.may("export"), "query": request.GET.urlencode()}
    return render(request, "planning/figure.html", frame)


@page("export")
def figure_file(request: HttpRequest, desk: Desk, planning_home: int, kind: str) -> HttpResponse:
    _, sheet = _behind(request, found_home(planning_home, desk), desk)
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(sheet.rows), detail=sheet.title)
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


def _behind(request: HttpRequest, home: RoundUnit, desk: Desk) -> tuple[Shown | None, Sheet]:
    get = request.GET.get
    found = reviewed(desk, home=home)
    terms, _ = meters(home, found, desk)
    asked = (get("nk", ""), get("qt", ""), get("phan", ""), get("ds", ""))
    shown = next((row for term in terms for row in term.rows if _is(row, term.term, asked)), None)
    return shown, _sheet(shown, home, found)


def _is(row: Shown, term: str, asked: tuple[str, ...]) -> bool:
    reading = row.reading
    one = "" if reading.rule.over == "unit" else str(reading.lists[0])
    return (term, reading.rule.code, reading.part, one) == asked


GROUPS = (("tính được", "ok"), ("thiếu hồ sơ", "warn"), ("không tính", ""))


def _sheet(shown: Shown | None, home: RoundUnit, found: Reviewed) -> Sheet:
    """Those counted, those whose papers are missing, the others – each with the lists she stands on."""
    heads = ("Họ và tên", "Chức danh quy hoạch", "Tính vào con số")
    if shown is None:
        return Sheet("Số liệu cơ cấu", heads, ())
    lines = _standing(shown.reading, found)
    counted, missing = set(shown.reading.people), set(shown.reading.missing)
    order = {key: 0 if key in counted else 1 if key in missing else 2 for key in lines}
    rows = [_row(lines[key], GROUPS[order[key]]) for key in sorted(lines, key=lambda key: order[key])]
    about = (f"{home.unit.name}; {shown.where}", shown.reading.text, shown.cite, f"xét ngày {home.round.on:%d/%m/%Y}")
    return Sheet(shown.label, heads, rows, about)


def _standing(reading: Reading, found: Reviewed) -> dict[int, list[tuple[Slate, Any]]]:
    people: dict[int, list[tuple[Slate, Any]]] = {}
    for slate in found.slates:
        for line in found.lines.get(slate.pk, ()) if slate.pk in reading.lists else ():
            if stands(line):
                people.setdefault(line.person_id, []).append((slate, line))
    return people


def _row(lines: Sequence[tuple[Slate, Any]], group: tuple[str, str]) -> tuple[Cell, ...]:
    first = lines[0][1]
    titles = ", ".join(slate.title.name for slate, _ in lines)
    return Cell(first.person.full_name, reverse("planning-line", args=[first.pk])), Cell(titles), Cell(group[0], mark=group[1])
