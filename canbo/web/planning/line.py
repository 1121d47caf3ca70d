"""One person of a list: everything asked of her with record and article, two clocks after discipline, what was seen at the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.dossier.models import Person
from canbo.dossier.queries import NotVisible
from canbo.engine.law.verdicts import VERDICTS
from canbo.planning.clocks import clocks
from canbo.planning.judging import PURPOSES, TITLE, laws_at
from canbo.planning.lines import comment_on
from canbo.planning.models import Line
from canbo.planning.queries import Asking, entries
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.dossiers.found import person_of
from canbo.web.planning.feasible import feasible_of
from canbo.web.planning.rows import rows_of
from canbo.web.planning.view import REFUSALS, Typed, asks, found_line, purpose_label, reads, refused, reviewed
from canbo.web.standards.asking import law_now
from canbo.web.standards.person import judged


@page("cases.read")
def one(request: HttpRequest, desk: Desk, planning_line: int) -> HttpResponse:
    line = found_line(planning_line, desk)
    if request.method != "POST":
        record_read(actor=desk.actor, what="planning.line", at=desk.now, person=line.person_id, detail=str(planning_line))
        return _page(request, desk, line)
    typed = Typed(request.POST, desk)
    try:
        comment_on(pk=line.pk, text=typed.text("nhanxet"), on=desk.today, **asks(desk))
    except REFUSALS as error:
        return _page(request, desk, line, typed, str(error))
    messages.success(request, "Đã ghi nhận xét.")
    return redirect("planning-line", line.pk)


def _page(request: HttpRequest, desk: Desk, line: Line, typed: Typed | None = None, error: str = "") -> HttpResponse:
    slate = line.slate
    of, found = slate.home.round, reviewed(desk, slate=slate)
    row = next((row for row in rows_of(slate, found, desk) if row.line.pk == line.pk), None)
    seen = _seen(desk, line)
    frame: dict[str, Any] = {
        "line": line, "person": line.person, "slate": slate, "home": slate.home, "round": of, "row": row, "said": row.said if row else None,
        "closed": found.closed, "asked": _asked(seen, line, desk) if seen else [], "seen": seen is not None,
        "clocks": clocks(line=line, on=of.on, laws=laws_at(slate.home.unit_id, law_now(), current()), **reads(desk)),
        "sees_discipline": desk.scope.sees_group("discipline"), "history": _history(line, desk), "frozen": _frozen(line),
        "may_comment": desk.actor.may("cases.decide") and of.closed_on is None, "may_dossier": desk.actor.may("dossier.read"),
        "comment": typed.text("nhanxet") if typed else line.comment, "error": error, "may_waive": False, "on": of.on,
        "feasible": feasible_of(line, found.of(slate)[line.pk].judged if line.pk in found.of(slate) else None, desk),
    }  # fmt: skip
    return refused(render(request, "planning/line.html", frame), error)


def _seen(desk: Desk, line: Line) -> Person | None:
    """Her dossier, where it lies within the reader's scope: somebody who left stays on the list by her name alone."""
    try:
        return person_of(desk, line.person_id)
    except NotVisible:
        return None


def _asked(found: Person, line: Line, desk: Desk) -> list[tuple[str, Any, list[dict[str, Any]], list[str]]]:
    """(what for, day, verdicts, what may not be seen) of the title, of planning, of age – each on its own day."""
    slate = line.slate
    days = {purpose: slate.age_on if purpose == "planning-age" else slate.home.round.on for purpose in (TITLE, *PURPOSES[slate.kind])}
    made = []
    for purpose, on in days.items():
        verdicts, _, closed = judged(found, [slate.title.code], on, law_now(), purpose, current(), desk)
        made.append((purpose_label(purpose), on, verdicts, closed))
    return made


def _history(line: Line, desk: Desk) -> list[Any]:
    """Every time she was in the plan for this title, whatever the term."""
    asked = Asking(desk.today, title=line.slate.title.code, history=True)
    return [row for row in entries(asked=asked, **reads(desk)) if row.person_id == line.person_id]


def _frozen(line: Line) -> dict[str, Any]:
    """What was seen when it was decided."""
    kept: dict[str, Any] = line.frozen
    if not kept:
        return {}
    reasons = [one | {"purpose_label": purpose_label(one["purpose"])} for one in kept.get("reasons", ())]
    return kept | {"word": VERDICTS.get(kept.get("verdict", ""), ""), "reasons": reasons}
