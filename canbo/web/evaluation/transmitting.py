"""Results of a unit on their way into the national database: what waits, and sending written down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.engine.law.model import LawSet
from canbo.evaluation.models import CampaignUnit, Evaluation
from canbo.evaluation.transmitting import record_transmission, send_by, transmissions, unsent
from canbo.web.desk import Desk, page
from canbo.web.evaluation.view import (
    REFUSALS,
    Typed,
    asks,
    found_unit,
    grade_name,
    laws_now,
    reads,
    regime_label,
    regime_of,
    typed_from,
)


@page("cases.read")
def unit_results(request: HttpRequest, desk: Desk, campaign_unit: int) -> HttpResponse:
    home, typed, error = found_unit(campaign_unit, desk), typed_from(request.POST, desk), ""
    if request.method == "POST":
        try:
            on = typed.day("ngay")
            typed.refuse_wrong()
            made = record_transmission(unit=home.pk, on=on, number=typed.text("so"), **asks(desk))
            messages.success(request, f"Đã ghi: gửi kết quả của {made.evaluations.count()} người ngày {on:%d/%m/%Y}.")
            return redirect("evaluation-results", home.pk)
        except REFUSALS as refused:
            error = str(refused)
    return _page(request, desk, home, typed, error)


def _page(request: HttpRequest, desk: Desk, home: CampaignUnit, typed: Typed, error: str) -> HttpResponse:
    laws, waiting = laws_now(), unsent(unit=home, **reads(desk))
    frame: dict[str, Any] = {
        "unit": home, "campaign": home.campaign, "rows": [_row(row, home, laws, desk) for row in waiting],
        "sent": [(one, one.evaluations.count()) for one in transmissions(unit=home, **reads(desk))], "error": error, "typed": typed.data,
        "today": desk.today, "may_write": desk.actor.may("cases.write"),
        "rules": [_rule(code, home, laws) for code in sorted({row.regime for row in waiting})],
    }  # fmt: skip
    return render(request, "evaluation/results.html", frame, status=400 if error else 200)


def _row(row: Evaluation, home: CampaignUnit, laws: LawSet, desk: Desk) -> dict[str, Any]:
    rules = regime_of(laws, row.regime, home.campaign.rated_on)
    decided = row.rating.known_from if row.rating else None
    by = send_by(rules, decided, laws) if rules and decided else None
    late = by is not None and by.latest is not None and by.latest < desk.today
    return {"of": row, "grade": grade_name(row.grade, rules), "decided": decided, "by": by.text if by else "", "late": late}


def _rule(code: str, home: CampaignUnit, laws: LawSet) -> str:
    """`Trong 5 ngày từ ngày có kết quả (Nghị định 335/2025/NĐ-CP, Điều 26 khoản 1 điểm d).`"""
    rules, (_, document) = regime_of(laws, code, home.campaign.rated_on), regime_label(laws, code, home.campaign.rated_on)
    if rules is None or rules.send_days is None:
        return f"{document or code} không nêu thời hạn gửi kết quả."
    days = f"{rules.send_days} ngày{' làm việc' if rules.send_working else ''}"
    return f"Trong {days} từ ngày có kết quả ({', '.join(filter(None, (document, rules.articles.get('send', ''))))})."
