"""Objections that wait for an answer, and receipts of denunciations handed over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.evaluation.beside import hand_over
from canbo.evaluation.queries import hand_overs, objections
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.campaigns import tabs
from canbo.web.evaluation.view import REFUSALS, asks, reads, typed_from
from canbo.web.pagination import SIZE, pager
from canbo.web.tree import unit_tree


@page("cases.read")
def objection_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    answered = request.GET.get("tt") == "xong"
    rows = objections(**reads(desk)).filter(answered_on__isnull=not answered)
    pages = pager(request, total=rows.count())
    counts = (objections(**reads(desk)).filter(answered_on=None).count(), objections(**reads(desk)).exclude(answered_on=None).count())
    frame = {
        "rows": rows[pages.first : pages.first + SIZE], "pager": pages, "answered": answered, "counts": counts, "today": desk.today,
        **tabs(desk, "objections"),
    }  # fmt: skip
    return render(request, "evaluation/objections.html", frame)


@page("cases.read")
def hand_over_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Receipt, days and where it went: the page takes nothing else."""
    typed, error = typed_from(request.POST, desk), ""
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    if request.method == "POST":
        unit, error = tree.find(typed.text("dv"))
        error = error or ("" if unit else "Hãy chọn đơn vị đã nhận đơn.")
        try:
            received, handed = typed.day("nhan"), typed.day("chuyen")
            typed.refuse_wrong()
            if not error:
                hand_over(
                    unit=unit or 0, receipt=typed.text("phieu"), received_on=received, handed_to=typed.text("noi"), handed_on=handed,
                    **asks(desk),
                )  # fmt: skip
                messages.success(request, "Đã ghi phiếu chuyển đơn.")
                return redirect("evaluation-hand-overs")
        except REFUSALS as refused:
            error = str(refused)
    rows = hand_overs(**reads(desk))
    pages = pager(request, total=rows.count())
    frame = {
        "rows": rows[pages.first : pages.first + SIZE], "pager": pages, "tree": tree, "typed": request.POST, "error": error,
        "unit": typed.text("dv") or str(desk.actor.unit or ""), "today": desk.today, "may_write": desk.actor.may("cases.write"),
        **tabs(desk, "hand-overs"),
    }  # fmt: skip
    return render(request, "evaluation/hand_overs.html", frame, status=400 if error else 200)
