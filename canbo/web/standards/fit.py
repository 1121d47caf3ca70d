"""Ngành học, đào tạo: the field studied against the post, postgraduates, people long without a class – by unit, down to people."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.fit import FACTS, QUESTIONS, REASONS, FitReport, FitRequest, FitRow, answer, fit
from canbo.assess.gaps import cited
from canbo.assess.placing import Placing
from canbo.audit.changes import record_read
from canbo.documents.tables import Table
from canbo.engine.language import LanguageError
from canbo.facts.catalogue import FACTS as ALL_FACTS
from canbo.kernel.numbers import percent_text, thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page, require_any
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import Asked, asked, law_now
from canbo.web.standards.listing import LEVELS, Who, numbered, people_of, placed_on, taken, with_
from canbo.web.tree import unit_tree

DRILL = ("o", "la", "trang")
MOST_YEARS = 50
SIGNS = {True: "yes", False: "no", None: "unknown"}


@dataclass
class Screen:
    """A question, its answers, and the cell (unit, answer) whose people are asked for."""

    asked: Asked
    request: FitRequest
    level: str
    tree: Any
    snapshot: Snapshot
    report: FitReport | None = None
    placed: Placing | None = None
    chosen: tuple[str, str] | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """(code, head) of each answer there can be: yes, no, and unknown by its reason."""
        words = [(sign, answer(self.request.question, said, self.request.years)) for said, sign in ((True, "yes"), (False, "no"))]
        reasons = ("no-class",) if self.request.question == "untrained" else ("no-post", "no-title", "no-field")
        return [*words, *((reason, REASONS[reason]) for reason in reasons)]


def _read(request: HttpRequest, desk: Desk) -> Screen:
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    common = asked(request.GET, desk=desk, tree=tree, snapshot=snapshot)
    question, years, level = request.GET.get("hoi", "post"), request.GET.get("nam", "").strip() or "5", request.GET.get("cap", "")
    errors = {name: text for name, text in common.errors.items() if name in ("ngay", "dv")}
    if question not in _offered(desk):
        question, errors["hoi"] = "post", "Không có mục này, hoặc bạn chưa được xem thông tin cần cho nó; hãy chọn trong danh sách."
    if not (years.isdecimal() and 1 <= int(years[:4]) <= MOST_YEARS):
        years, errors["nam"] = "5", f"Hãy ghi số năm từ 1 đến {MOST_YEARS}."
    if level not in dict(LEVELS):
        level, errors["cap"] = "", "Không có cấp này; hãy chọn trong danh sách."
    asks = FitRequest(on=common.request.on, question=question, where=common.request.where, years=int(years))  # type: ignore[arg-type]
    found = Screen(common, asks, level, tree, snapshot, errors=errors)
    if not errors:
        _answer(found, request, desk)
    return found


def _offered(desk: Desk) -> dict[str, str]:
    """Questions over facts the reader sees."""
    return {q: label for q, label in QUESTIONS.items() if all(desk.scope.sees_group(ALL_FACTS[name].group) for name in FACTS[q])}


def _answer(found: Screen, request: HttpRequest, desk: Desk) -> None:
    law, asks = law_now(), found.request
    key = ("fit", asks, desk.scope, law.central.hash, tuple(local.hash for local in law.local))
    try:
        make = lambda: fit(request=asks, law=law, snapshot=found.snapshot, actor=desk.actor, scope=desk.scope)  # noqa: E731
        found.report = SHELF.get(snapshot=found.snapshot, key=key, make=make)
    except LanguageError as error:
        found.errors["loc"] = str(error)
        return
    found.placed = placed_on(asks.on, level=found.level, snapshot=found.snapshot, desk=desk)
    if "la" in request.GET and request.GET["la"] in dict(found.columns):
        found.chosen = request.GET.get("o", ""), request.GET["la"]


def _code(row: FitRow) -> str:
    return row.reason if row.said is None else SIGNS[row.said]


@page("standards.read")
def fit_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = _read(request, desk)
    frame: dict[str, Any] = {
        "asked": found.asked, "errors": found.errors, "tree": found.tree, "levels": LEVELS, "level": found.level,
        "questions": _offered(desk).items(), "question": found.request.question, "years": found.request.years, "typed": request.GET,
        "query": query_of(request, without=("trang",)), "base": query_of(request, without=DRILL), "may_export": desk.actor.may("export"),
        "on": found.request.on, "section": "fit", "problems": law_now().problems, "title": QUESTIONS[found.request.question],
    }  # fmt: skip
    if found.chosen is not None:
        frame |= _people_frame(found, request, desk)
    elif found.report is not None:
        rows = _units(found)
        pages = pager(request, total=len(rows))
        shown = [_shown(row, str(frame["base"]), found) for row in rows[pages.first : pages.first + SIZE]]
        frame |= {"rows": shown, "pager": pages, "columns": found.columns, "of": thousands(len(found.report.rows)), "answered": True}
        frame |= {"no_rules": found.request.question != "untrained" and not any(row.wanted for row in found.report.rows)}
    return render(request, "standards/fit.html", frame, status=400 if found.errors else 200)


def _units(found: Screen) -> list[tuple[int | None, Counter[str]]]:
    """The whole scope, then unit by unit in the order of the tree: how many of each answer."""
    report, placed = found.report, found.placed
    assert report is not None and placed is not None, "answered"
    counted: dict[int | None, Counter[str]] = defaultdict(Counter)
    for row in report.rows:
        code = _code(row)
        counted[None][code] += 1
        counted[placed.of_person.get(row.key, 0)][code] += 1
    return sorted(counted.items(), key=lambda item: placed.place(item[0]))


def _shown(row: tuple[int | None, Counter[str]], base: str, found: Screen) -> dict[str, Any]:
    unit, counts = row
    assert found.placed is not None, "answered"
    where, of = "" if unit is None else str(unit), counts.total()
    cells = [(counts[code], thousands(counts[code]), label, with_(base, o=where, la=code)) for code, label in found.columns]
    share = percent_text(counts["no"], of) if of else "–"
    return {"name": found.placed.name(unit), "of": of, "of_text": thousands(of), "cells": cells, "share": share}


def _people(found: Screen, desk: Desk) -> list[tuple[Who, FitRow, str, str]]:
    """(who, answer, what it is called, citation) of everybody behind a number."""
    report, placed = found.report, found.placed
    assert report is not None and placed is not None and found.chosen is not None, "asked for"
    unit, code = found.chosen
    rows = {row.key: row for row in report.rows if _code(row) == code and unit in ("", str(placed.of_person.get(row.key, 0)))}
    own = placed_on(report.request.on, level="", snapshot=found.snapshot, desk=desk)
    law, heads = law_now(), dict(found.columns)
    people = people_of(rows, placed=own, snapshot=found.snapshot)
    return [(who, row, heads[code], cited(row.cite, row.overlay, law) if row.cite else "") for who in people if (row := rows[who.key])]


def _people_frame(found: Screen, request: HttpRequest, desk: Desk) -> dict[str, Any]:
    assert found.chosen is not None and found.placed is not None, "asked for"
    people, unit = _people(found, desk), found.chosen[0]
    pages = pager(request, total=len(people))
    name = found.placed.name(int(unit) if unit.isdecimal() and unit else None)
    part = [(who, row, word, SIGNS[row.said], cite) for who, row, word, cite in people[pages.first : pages.first + SIZE]]
    return {"people": part, "chosen": dict(found.columns)[found.chosen[1]], "unit": name, "total": thousands(len(people)), "pager": pages}


@page("export")
def fit_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    require_any(desk.actor, ("standards.read",))
    found = _read(request, desk)
    if found.errors or found.report is None:
        return render(request, "refused.html", {"text": " ".join(found.errors.values())}, status=400)
    table = _people_table(found, desk) if found.chosen else _unit_table(found)
    record_read(actor=desk.actor, what="export.fit", at=desk.now, count=len(table.rows), detail=query_of(request))
    return taken(table, kind=kind, name=f"nganh hoc dao tao {found.request.on:%Y-%m-%d}", desk=desk)


def _unit_table(found: Screen) -> Table:
    heads = ("STT", "Đơn vị", "Tổng số", *(label for _, label in found.columns), f"{found.columns[1][1]} / tổng số")
    rows = [_shown(row, "", found) for row in _units(found)]
    cells = numbered([[row["name"], row["of"], *(n for n, *_ in row["cells"]), row["share"]] for row in rows])
    return Table(QUESTIONS[found.request.question], heads, cells, _lines(found))


def _people_table(found: Screen, desk: Desk) -> Table:
    assert found.chosen is not None, "asked for"
    heads: tuple[str, ...] = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Kết quả", "Đã học", "Vị trí cần", "Căn cứ")
    cells = numbered([[who.name, who.birth, who.unit, word, row.found, row.wanted, cite] for who, row, word, cite in _people(found, desk)])
    if found.request.question == "untrained":
        heads, cells = heads[:6], [row[:6] for row in cells]
    return Table(QUESTIONS[found.request.question], heads, cells, _lines(found))


def _lines(found: Screen) -> tuple[str, ...]:
    where, unit = found.asked.typed["loc"], found.tree.name(found.asked.unit)
    years = f"Số năm: {found.request.years}" if found.request.question == "untrained" else ""
    return tuple(filter(None, (f"Tính đến ngày {found.request.on:%d/%m/%Y}", unit, years, f"Điều kiện: {where}" if where else "")))
