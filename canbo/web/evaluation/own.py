"""The person's own pages, made for her phone: what she says of herself until the meeting, the grade and its notice afterwards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.engine.ratings.model import GRADES
from canbo.evaluation.models import Evaluation
from canbo.evaluation.queries import own_evaluations
from canbo.evaluation.rating import assess_oneself, what_she_sees
from canbo.web.desk import Desk, page
from canbo.web.evaluation.rows import months_text
from canbo.web.evaluation.showing import months_shown
from canbo.web.evaluation.view import REFUSALS, asks, found_own, grade_name, laws_now, period_label, regime_of


@page("cases.own")
def own_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.scope.own_person is None:
        text = "Tài khoản của bạn chưa được gắn với hồ sơ nào; hãy liên hệ người quản trị."
        return render(request, "refused.html", {"text": text}, status=404)
    rows = own_evaluations(person=desk.scope.own_person, actor=desk.actor, scope=desk.scope)
    shown = [(row, _period(row), _grade(row, row.grade)) for row in rows]
    return render(request, "evaluation/own_list.html", {"rows": shown})


def _period(row: Evaluation) -> str:
    return period_label(row.campaign_unit.campaign.period_kind, row.campaign_unit.campaign.period)


def _grade(row: Evaluation, grade: str) -> str:
    return grade_name(grade, regime_of(laws_now(), row.regime, row.campaign_unit.campaign.rated_on))


@page("cases.own")
def own(request: HttpRequest, desk: Desk, own_evaluation: int) -> HttpResponse:
    """Her months, her own grade and words; what was typed stays when it is refused."""
    row = found_own(own_evaluation, desk)
    error = ""
    if request.method == "POST":
        try:
            assess_oneself(pk=row.pk, grade=request.POST.get("muc", ""), text=request.POST.get("noidung", ""), **asks(desk))
            messages.success(request, "Đã gửi bản tự đánh giá; sửa được đến khi đơn vị họp.")
            return redirect("evaluation-own", row.pk)
        except REFUSALS as refused:
            error = str(refused)
    else:
        record_read(actor=desk.actor, what="evaluation.own", at=desk.now, person=row.person_id)
    return _page(request, desk, row, error)


def _page(request: HttpRequest, desk: Desk, row: Evaluation, error: str) -> HttpResponse:
    seen = what_she_sees(pk=row.pk, on=desk.today, actor=desk.actor, scope=desk.scope)
    typed = request.POST if error else None
    of = row.campaign_unit.campaign
    frame: dict[str, Any] = {
        "row": row, "campaign": of, "period": _period(row), "unit": row.campaign_unit.unit,
        "months": months_shown(seen["months"], laws_now()), "months_worked": months_text(row), "may_write": seen["may_write"],
        "notified": seen["notified"], "grade": _grade(row, row.grade), "self_grade": _grade(row, row.self_grade), "error": error,
        "options": [(grade, _grade(row, grade)) for grade in reversed(GRADES)],
        "chosen": typed.get("muc", "") if typed else row.self_grade, "text": typed.get("noidung", "") if typed else row.self_text,
    }  # fmt: skip
    return render(request, "evaluation/own.html", frame, status=400 if error else 200)
