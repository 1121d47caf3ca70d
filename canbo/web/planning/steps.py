"""The procedure of a list, shown as every case is and taken through planning: with the decision the plan itself is written."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.planning.deciding import take_planning_step
from canbo.planning.introducing import introduce_people
from canbo.planning.levels import left_above
from canbo.planning.models import Slate
from canbo.snapshot.queries import current
from canbo.web.cases.duties import Writer, step_taken
from canbo.web.cases.page import frame_of, scan_of
from canbo.web.cases.shown import CaseShown, case_shown
from canbo.web.cases.typed import NoCase, found_case
from canbo.web.desk import Desk, page
from canbo.web.planning.meters import meters, of_slate
from canbo.web.planning.view import REFUSALS, NoPlanning, Typed, found_slate, refused, reviewed
from canbo.web.standards.asking import law_now


@page("cases.read")
def one(request: HttpRequest, desk: Desk, planning_case: int) -> HttpResponse:
    slate = _slate(planning_case, desk)
    shown = case_shown(planning_case, desk)
    if request.method != "POST":
        record_read(actor=desk.actor, what="case", at=desk.now, count=len(shown.names), detail=str(planning_case))
        return _page(request, desk, slate, shown, Typed(request.GET, desk))
    typed, error = Typed(request.POST, desk), ""
    if typed.text("viec") == "buoc":
        try:
            messages.success(request, step_taken(shown, typed, scan_of(request), desk, _writer(slate)))
            return redirect("planning-case", planning_case)
        except REFUSALS as refusal:
            error = str(refusal)
    return _page(request, desk, slate, shown, typed, error)


def _slate(case: int, desk: Desk) -> Slate:
    """The list a case belongs to, both within the reader's scope; told in the same words as what does not exist."""
    try:
        found_case(case, desk)
    except NoCase:
        raise NoPlanning from None
    found = Slate.objects.filter(Q(adding=case) | Q(removing=case)).values_list("pk", flat=True).first()
    return found_slate(found or 0, desk)


def _writer(slate: Slate) -> Writer:
    by_law: dict[str, Any] = {"slate_pk": slate.pk, "law": law_now(), "snapshot": current()}
    return Writer(partial(take_planning_step, **by_law), partial(introduce_people, **by_law))


def _page(request: HttpRequest, desk: Desk, slate: Slate, shown: CaseShown, typed: Typed, error: str = "") -> HttpResponse:
    terms, without = meters(slate.home, reviewed(desk, home=slate.home), desk)
    lines = {line.person_id: line for line in reviewed(desk, slate=slate).lines.get(slate.pk, ())}
    frame = frame_of(shown, typed, error, desk, carried_out=slate.home.round.closed_on is None) | {
        "slate": slate, "home": slate.home, "round": slate.home.round, "meter": of_slate(terms, slate), "without": without,
        "results": [lines[name.person_id] for name, _ in shown.people if name.person_id in lines and lines[name.person_id].outcome],
        "coming": slate.adding_id == shown.view.case.pk,
        "above": left_above(slate, shown.view.case, shown.view.due_duty, desk.scope) if shown.view.due_duty else "",
    }  # fmt: skip
    return refused(render(request, "planning/case.html", frame), error)
