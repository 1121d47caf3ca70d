"""Opening an appointment: first whether it may be kept here at all, then the procedure of the day, the title, the people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.cases.changes import Named, Opening, Secrecy, open_case
from canbo.cases.models import SECRECY
from canbo.cases.rules import PROCEDURE, procedure_of, unverified, version_on
from canbo.engine.law.model import EVIDENCE, LawSet
from canbo.engine.procedures.model import BALLOTS, CARRIERS, ProcedureRefused
from canbo.organization.fields import holding_on
from canbo.organization.models import Title
from canbo.organization.queries import titles
from canbo.snapshot.queries import current
from canbo.web.cases.kinds import KINDS, OPENED_HERE
from canbo.web.cases.people import PURPOSES, candidates, people_found, served
from canbo.web.cases.typed import REFUSALS, Typed, asks, laws_of, reads
from canbo.web.desk import Desk, page
from canbo.web.tree import UnitTree, unit_tree

LEVELS = dict(SECRECY)


@dataclass
class Begun:
    """What the first part of the form says: secrecy, procedure, unit, first day; `version` is the procedure's of that day."""

    typed: Typed
    tree: UnitTree
    level: str
    procedure: str
    unit: int | None
    on: date
    laws: LawSet
    version: Any = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        return bool(self.level) and not self.errors


@page("cases.write")
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One address: the declaration, then either the case itself or – secret, unsure – only number, day and holder."""
    begun = _begun(Typed(request.POST if request.method == "POST" else request.GET, desk))
    if not begun.ready:
        asked = bool(begun.typed.data)
        return render(request, "cases/new.html", _first(begun, asked), status=400 if asked else 200)
    if begun.level != "none":
        return _outside(request, begun, desk)
    return _open(request, begun, desk)


def _begun(typed: Typed) -> Begun:
    desk = typed.desk
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    on, unit = typed.day("ngay"), None
    unit, wrong = tree.find(typed.text("dv"))
    laws = laws_of(unit)
    level, procedure = typed.text("mat"), typed.text("qt") or next(iter(OPENED_HERE))
    begun = Begun(typed, tree, level if level in LEVELS else "", procedure, unit, on, laws)
    if not begun.level:
        begun.errors["mat"] = "Hãy xác định việc này có thuộc danh mục bí mật nhà nước hay không."
    if unit is None:
        begun.errors["dv"] = wrong or "Hãy chọn đơn vị."
    if procedure not in OPENED_HERE:
        begun.errors["qt"] = "Hãy chọn quy trình trong danh sách."
    begun.errors |= typed.errors
    try:
        if not begun.errors and level == "none":
            begun.version = version_on(laws, procedure, on)
    except ProcedureRefused as refused:
        begun.errors["ngay"] = str(refused)
    return begun


def _first(begun: Begun, asked: bool) -> dict[str, Any]:
    chosen = begun.typed.text("dv") or str(begun.typed.desk.actor.unit or "")
    return {
        "levels": SECRECY, "tree": begun.tree, "typed": begun.typed.data, "errors": begun.errors if asked else {}, "chosen": chosen,
        "today": begun.typed.desk.today, "level": begun.level,
        "procedures": [(code, found.label) for code in OPENED_HERE if (found := begun.laws.provisions.get((PROCEDURE, code)))],
    }  # fmt: skip


# --- what is secret, or may be


def _outside(request: HttpRequest, begun: Begun, desk: Desk) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            made = open_case(opening=_opening(begun, _secrecy(begun), [], ""), laws=begun.laws, **asks(desk))
            messages.success(request, "Đã ghi số, ngày và nơi giữ hồ sơ giấy; việc này làm ngoài chương trình.")
            return redirect("case", made.pk)
        except REFUSALS as refused:
            error = str(refused)
    return render(request, "cases/outside.html", _second(begun, desk) | {"error": error}, status=400 if error else 200)


def _secrecy(begun: Begun) -> Secrecy:
    typed = begun.typed
    day = typed.day("ngayxd")
    typed.refuse_wrong()
    return Secrecy(begun.level, typed.text("nguoixd"), day, typed.text("muc"), typed.text("so"), typed.text("noigiu"))


def _opening(begun: Begun, secrecy: Secrecy, names: list[Named], name: str, title: int | None = None, seats: int = 1) -> Opening:
    kind = OPENED_HERE[begun.procedure]
    return Opening(
        kind=kind, procedure=begun.procedure, unit=begun.unit or 0, name=name, group=KINDS[kind].group, names=names, secrecy=secrecy,
        on=begun.on, seats=seats, title=title, basis=begun.typed.text("cancu"),
    )  # fmt: skip


def _second(begun: Begun, desk: Desk) -> dict[str, Any]:
    return {
        "begun": begun, "typed": begun.typed.data, "level_label": LEVELS[begun.level], "unit_name": begun.tree.name(begun.unit),
        "today": desk.today,
    }  # fmt: skip


# --- what is not


def _open(request: HttpRequest, begun: Begun, desk: Desk) -> HttpResponse:
    typed, error = begun.typed, ""
    listed = titles(**reads(desk)).filter(holding_on(begun.on))
    title = listed.filter(pk=int(typed.text("cd"))).first() if typed.text("cd").isdecimal() and len(typed.text("cd")) < 10 else None
    keys = _keys(typed, desk, begun.on)
    if request.method == "POST" and typed.text("viec") == "mo":
        try:
            made = open_case(opening=_whole(begun, title, keys), laws=begun.laws, **asks(desk))
            messages.success(request, "Đã mở việc; các bước theo quy trình của ngày bắt đầu.")
            return redirect("case", made.pk)
        except REFUSALS as refused:
            error = str(refused)
    code = title.code if title else ""
    near = [key for key in people_found(typed.text("tim"), code, begun.on, desk) if key not in keys] if request.method == "POST" else []
    picked, closed = candidates(keys, code, begun.on, desk)
    found, closed_too = candidates(near, code, begun.on, desk)
    if picked or found:
        record_read(actor=desk.actor, what="case.candidates", at=desk.now, count=len(picked) + len(found), detail=code)
    rules, document = begun.version.content, begun.version.cite
    frame = _second(begun, desk) | {
        "error": error, "titles": _titles(listed, begun), "title": title, "picked": picked, "near": found,
        "closed": dict.fromkeys([*closed, *closed_too]), "heads": PURPOSES.values(), "rules": rules, "cite": document,
        "label": procedure_of(begun.laws, begun.procedure).label, "document": begun.laws.documents[document.document],
        "evidence": EVIDENCE[document.evidence], "steps": [_step(step) for step in rules.steps], "until": begun.version.period.end,
        "unverified": unverified(begun.version),
        "seats": typed.text("soluong") or "1", "looked": request.method == "POST" and typed.text("viec") == "tim",
    }  # fmt: skip
    return render(request, "cases/open.html", frame, status=400 if error else 200)


def _titles(listed: Iterable[Title], begun: Begun) -> list[tuple[str, list[Title]]]:
    """Titles of the day: first those the law names conditions of appointment for."""
    named = {title for standard in begun.laws.standards.values() if standard.purpose == "appointment" for title in standard.titles}
    groups = (("Có điều kiện bổ nhiệm trong quy định", True), ("Chức danh khác", False))
    return [(label, [title for title in listed if (title.code in named) is known]) for label, known in groups]


def _step(step: Any) -> tuple[Any, str, str]:
    """(step, how it votes, who carries its last duty)."""
    return step, BALLOTS[step.ballot.kind] if step.ballot else "", CARRIERS[step.carrier(step.duties[-1])]


def _keys(typed: Typed, desk: Desk, on: date) -> list[int]:
    """People picked so far, those just ticked, without those just taken out; only of the reader's scope, in the order picked."""
    out = set(typed.many("bo"))
    asked = [text for text in dict.fromkeys([*typed.many("nguoi"), *typed.many("them")]) if text not in out and text.isdecimal()]
    known = served(desk, on) if asked else set()
    return [int(text) for text in asked if int(text) in known]


def _whole(begun: Begun, title: Title | None, keys: list[int]) -> Opening:
    typed = begun.typed
    secrecy = _secrecy(begun)
    names = [Named(person=key) for key in keys] + [Named(text=line) for line in typed.lines("khac")]
    name = typed.text("ten") or (f"Bổ nhiệm {title.name} – {begun.tree.name(begun.unit)}" if title else "")
    seats = typed.text("soluong") or "1"
    return _opening(begun, secrecy, names, name, title.pk if title else None, int(seats) if seats.isdecimal() and len(seats) < 4 else 0)
