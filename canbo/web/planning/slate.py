"""One list: its people with verdict, proposal and standing; forms to keep, remove, bring forward, carry over; the procedure begun."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.cases.models import SECRECY
from canbo.organization.models import Term
from canbo.planning.models import CLASSES, INTRODUCERS, ORIGINS, Slate
from canbo.planning.queries import slates
from canbo.web.desk import Desk, page
from canbo.web.planning.meters import meters, of_slate
from canbo.web.planning.picking import candidates
from canbo.web.planning.rows import rows_of, sheet_of
from canbo.web.planning.slate_acts import ACTS, bringing, unknown
from canbo.web.planning.starting import offered
from canbo.web.planning.unit import case_state, committees_first, slate_state
from canbo.web.planning.view import REFUSALS, Reviewed, Typed, found_slate, reads, refused, reviewed
from canbo.web.standards.listing import taken


@page("cases.read")
def one(request: HttpRequest, desk: Desk, slate: int) -> HttpResponse:
    of = found_slate(slate, desk)
    if request.method != "POST":
        record_read(actor=desk.actor, what="planning.slate", at=desk.now, detail=str(slate))
        return _page(request, desk, of)
    typed = Typed(request.POST, desk)
    act = typed.text("viec")
    if act == "tim":
        return _page(request, desk, of, typed)
    try:
        said = ACTS.get(act, unknown)(of, typed, desk)
    except REFUSALS as error:
        return _page(request, desk, found_slate(slate, desk), typed, str(error))
    messages.success(request, said)
    # What concerns one row leads back to that row; everything else to what was said, at the top.
    return redirect(f"{reverse('planning-slate', args=[of.pk])}{'#dong-' + typed.text('dong') if act in ('dung', 'nhan-xet') else ''}")


def _page(request: HttpRequest, desk: Desk, of: Slate, typed: Typed | None = None, error: str = "") -> HttpResponse:
    found, home = reviewed(desk, slate=of), of.home
    others = slates(home=home, **reads(desk))
    whole = reviewed(desk, home=home)
    terms, without = meters(home, whole, desk)
    rows = rows_of(of, found, desk)
    writable = home.round.closed_on is None
    editable = writable and not (of.adding_id or of.removing_id)
    may, act = desk.actor.may, typed.text("viec") if typed else ""
    near = candidates(typed.text("tim"), home.unit_id, desk) if typed and act in ("tim", "gioi-thieu") else []
    frame: dict[str, Any] = {
        "slate": of, "home": home, "round": home.round, "rows": rows, "closed": found.closed, "error": error, "act": act,
        "typed": typed.data if typed else {}, "meter": of_slate(terms, of), "without": without, "today": desk.today,
        "state": slate_state(of, found.lines.get(of.pk, []), home), "cases": cases_of(of), "others": others,
        "committees": committees_first(of, others, whole), "near": near, "picked": bringing(typed) if typed else [],
        "may_edit": may("cases.write") and editable, "may_write": may("cases.write") and writable,
        "may_comment": may("cases.decide") and writable, "may_export": may("export"), "may_dossier": may("dossier.read"),
        "introducers": INTRODUCERS, "origins": ORIGINS, "classes": CLASSES, "terms": _other_terms(of), "secrecy": SECRECY,
        "changed": sum(row.line.standing != "keep" for row in rows),
        "proposed": _proposed(rows),
        "start": offered(of, found, typed, desk) if editable and may("cases.write") else None,
    }  # fmt: skip
    return refused(render(request, "planning/slate.html", frame), error)


def _proposed(rows: list[Any]) -> int:
    """Those the program proposes to take out who still stand as kept."""
    return sum(row.says == "remove" and row.line.standing == "keep" for row in rows)


def _other_terms(of: Slate) -> list[str]:
    """Terms of the same side somebody may be carried over from, the newest first."""
    return list(Term.objects.filter(side=of.term.side).exclude(pk=of.term_id).order_by("-start").values_list("code", flat=True))


def cases_of(of: Slate) -> list[tuple[str, int, str]]:
    """(what, case, where it stands)."""
    found = (("Đưa vào quy hoạch", of.adding), ("Đưa ra khỏi quy hoạch", of.removing))
    return [(label, case.pk, case_state(case)) for label, case in found if case is not None]


@page("export")
def one_file(request: HttpRequest, desk: Desk, slate: int, kind: str) -> HttpResponse:
    """The list with every column of the page."""
    of = found_slate(slate, desk)
    found: Reviewed = reviewed(desk, slate=of)
    sheet = sheet_of(of, rows_of(of, found, desk))
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(sheet.rows), detail=sheet.title)
    return taken(sheet.table(), kind=kind, name=f"{sheet.title} {of.term.code}", desk=desk)
