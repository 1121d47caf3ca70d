"""One case: where it stands, the form of the duty that is due, what may be done beside it, and the whole log."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.cases.changes import OF_A_MECHANISM
from canbo.cases.models import Case, CasePaper
from canbo.cases.orders import ballot_order
from canbo.dossier.files import content_of
from canbo.dossier.queries import NotVisible
from canbo.engine.procedures.model import BESIDES, DUTIES
from canbo.web.cases.duties import OTHER_PAPER, step_taken
from canbo.web.cases.elsewhere import elsewhere
from canbo.web.cases.forms import FORMS
from canbo.web.cases.kinds import kind_label
from canbo.web.cases.rollcall import ATTENDANCE, attendance_of, bodies_offered, seats_of
from canbo.web.cases.screen_count import taken_from_screen
from canbo.web.cases.shown import CaseShown, case_shown, paper_label
from canbo.web.cases.typed import REFUSALS, NoCase, Typed, found_case
from canbo.web.desk import Desk, page


@page("cases.read")
def one(request: HttpRequest, desk: Desk, case: int) -> HttpResponse:
    found = found_case(case, desk)
    if found.status == "outside":
        return render(request, "cases/held.html", {"case": found, "kind": kind_label(found.kind)})
    shown = case_shown(case, desk)
    if request.method != "POST":
        record_read(actor=desk.actor, what="case", at=desk.now, count=len(shown.names), detail=str(case))
        return render(request, "cases/page.html", frame_of(shown, Typed(request.GET, desk), "", desk))
    typed, error = Typed(request.POST, desk), ""
    if typed.text("viec") == "buoc":
        try:
            messages.success(request, step_taken(shown, typed, scan_of(request), desk))
            return redirect("case", case)
        except REFUSALS as refused:
            error = str(refused)
    return render(request, "cases/page.html", frame_of(shown, typed, error, desk), status=400 if error else 200)


def frame_of(shown: CaseShown, typed: Typed, error: str, desk: Desk, *, carried_out: bool = False) -> dict[str, Any]:
    """What the page of a case shows; `carried_out`: on the page of its mechanism, where its steps are written."""
    case, of = shown.view.case, shown.view
    posted = bool(typed.text("duty"))
    duty = typed.text("duty") if posted else ""
    here = carried_out or case.kind not in OF_A_MECHANISM
    frame: dict[str, Any] = {
        "case": case, "shown": shown, "v": of, "state": of.state, "kind": kind_label(case.kind), "today": desk.today, "error": error,
        "typed": typed.data if posted else {}, "duty": duty, "beside": duty in BESIDES,
        "here": here, "elsewhere": elsewhere(case), "not_here": OF_A_MECHANISM.get(case.kind, ""),
        "papers": [(row, paper_label(row.kind, of), shown.names.get(row.name_id or 0, "")) for row in shown.papers],
        "due_label": DUTIES.get(of.due_duty, ""), "mine": of.due_duty and (not posted or duty == of.due_duty), "other": OTHER_PAPER,
        "forms": [(code, form.label) for code, form in FORMS.items()] if here else [],
    }  # fmt: skip
    return frame | _of_duty(shown, typed, desk)


def _of_duty(shown: CaseShown, typed: Typed, desk: Desk) -> dict[str, Any]:
    """What the form of the duty that is due needs, with what was typed; votes counted on screen come in when asked for."""
    of, posted = shown.view, typed.text("duty") == shown.view.due_duty
    match of.due_duty:
        case "convene":
            seats = seats_of(typed, desk) if posted else []
            return {
                "seats": list(enumerate(seats)), "attendance": ATTENDANCE.items(), "bodies": bodies_offered(of.case.unit_id, desk),
                "numbers": attendance_of(seats, typed) if seats else {}, "added": typed.text("viec") == "lay-thanh-vien",
            }  # fmt: skip
        case "count" | "recount":
            counted, ballots = taken_from_screen(of, typed.text("phieu"))
            slips = {name: typed.text(name) if posted else str(counted.get(key, "")) for name, key in _SLIPS.items()}
            votes = counted.get("votes", {})
            rows = [
                (pk, name, typed.text(f"phieu-{pk}") if posted else str(votes.get(pk, 0)) if counted else "")
                for pk, name in ballot_order(shown.named(shown.voted_on))
            ]
            board = typed.text("ban") if posted else _board(of.case) if of.due_duty == "recount" else ""
            return {"slips": slips, "votes": rows, "board": board, "ballots": ballots, "taken": bool(counted)}
        case "conclude":
            ticked = typed.many("ten") if posted else [str(pk) for pk in shown.voted_on]
            return {"choices": [(pk, name, str(pk) in ticked) for pk, name in shown.named(shown.voted_on)]}
        case "settle":
            return {"choices": [(pk, name, str(pk) in typed.many("ten")) for pk, name in shown.named(of.state.tie)]}
        case "decide":
            return {
                "decisions": [(pk, name, typed.text(f"qd-{pk}"), typed.text(f"lydo-{pk}")) for pk, name in shown.named(of.state.names)]
            }  # fmt: skip
    return {}


_SLIPS = {"phatra": "issued", "thuve": "collected", "hople": "valid"}


def _board(case: Case) -> str:
    """The counting board of the first count: the same people count again."""
    last = case.entries.filter(duty="count").order_by("-number").first()
    return "\n".join(last.data.get("board", ())) if last else ""


def scan_of(request: HttpRequest) -> tuple[str, bytes] | None:
    given: Any = request.FILES.get("tep")
    return (str(given.name), given.read()) if given else None


@page("cases.read")
def scan(request: HttpRequest, desk: Desk, case_paper: int) -> HttpResponse:
    """The scan of a paper filed in a case, as it was filed."""
    row = CasePaper.objects.filter(pk=case_paper).first()
    if row is None:
        raise NoCase
    found_case(row.case_id, desk)
    if not row.file_sha256:
        raise NoScan
    content, media = content_of(row.file_sha256)
    of = row.name.person_id if row.name else None
    record_read(actor=desk.actor, what="case.paper", at=desk.now, person=of, detail=f"{row.case_id} {row.kind}")
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}.get(media, "bin")
    shown = "inline" if ending != "bin" else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="van-ban-{case_paper}.{ending}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=media, headers=headers | {"X-Content-Type-Options": "nosniff"})


class NoScan(NotVisible):
    def __init__(self) -> None:
        Exception.__init__(self, "Văn bản này chưa có bản quét.")
