"""The officer's side of a ballot on screen: opened on the convening body's decision, its codes printed once, closed, counted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.cases.changes import CaseRefused
from canbo.cases.models import ScreenBallot
from canbo.cases.screen import FEWEST_FOR_A_GROUP, close_ballot, may_count, open_ballot
from canbo.web.cases.elsewhere import elsewhere
from canbo.web.cases.shown import CaseShown, case_shown
from canbo.web.cases.typed import REFUSALS, NoCase, Typed, asks, found_case
from canbo.web.desk import Desk, page

GROUP = 4  # a code is read off the paper four letters at a time


@page("cases.write")
def ballot(request: HttpRequest, desk: Desk, case: int) -> HttpResponse:
    if found_case(case, desk).status == "outside":
        raise NoCase
    shown, typed, error = case_shown(case, desk), Typed(request.POST, desk), ""
    running = shown.view.case.ballots.filter(closed=False).order_by("-pk").first()
    if request.method == "POST":
        try:
            if typed.text("viec") == "dong":
                return _closed(request, running, case, desk)
            return _opened(request, shown, typed, desk)
        except REFUSALS as refused:
            error = str(refused)
    present = shown.view.state.attendance.present if shown.view.state.attendance else 0
    used = running.codes_printed.filter(used=True).count() if running else 0
    frame = {
        "case": shown.view.case, "shown": shown, "v": shown.view, "running": running, "used": used,
        "fewest": FEWEST_FOR_A_GROUP, "countable": running is not None and may_count(running, used), "present": present,
        "ready": shown.view.due_duty == "count", "typed": request.POST, "today": desk.today, "error": error,
        "address": request.build_absolute_uri(reverse("ballot")),
    }  # fmt: skip
    return render(request, "cases/ballot.html", frame, status=400 if error else 200)


def _opened(request: HttpRequest, shown: CaseShown, typed: Typed, desk: Desk) -> HttpResponse:
    """The codes, this once: they are nowhere else, so no cache and no second answer holds them."""
    on = typed.day("ngay")
    typed.refuse_wrong()
    present = shown.view.state.attendance.present if shown.view.state.attendance else 0
    made, codes = open_ballot(pk=shown.view.case.pk, decided_by=typed.text("vanban"), codes=present, on=on, **asks(desk))
    frame = {
        "codes": [" ".join(code[n : n + GROUP] for n in range(0, len(code), GROUP)) for code in codes], "ballot": made,
        "case": shown.view.case, "step": shown.view.due_step, "address": request.build_absolute_uri(reverse("ballot")),
    }  # fmt: skip
    answer = render(request, "cases/codes.html", frame)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _closed(request: HttpRequest, running: ScreenBallot | None, case: int, desk: Desk) -> HttpResponse:
    if running is None:
        messages.error(request, "Không có lần bỏ phiếu nào đang mở.")
        return redirect("case-ballot", case)
    try:
        close_ballot(pk=running.pk, **asks(desk))
    except CaseRefused as refused:
        messages.error(request, f"Đã đóng lần bỏ phiếu. {refused}")
        return redirect("case-ballot", case)
    messages.success(request, "Đã đóng lần bỏ phiếu; ban kiểm phiếu xem số đếm rồi ghi biên bản.")
    return redirect(f"{elsewhere(running.case) or reverse('case', args=[case])}?phieu={running.pk}#viec")
