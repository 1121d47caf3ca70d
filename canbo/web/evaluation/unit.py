"""One unit in a campaign: its own grade, its people with a meter, the meetings, the decision, results sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.cases.changes import Secrecy
from canbo.cases.models import SECRECY
from canbo.engine.law.model import LawSet
from canbo.evaluation.campaigns import EvaluationRefused, allow_exception, put_supervisor, rate_unit
from canbo.evaluation.comments import unread_of
from canbo.evaluation.deciding import send_results, start_meetings
from canbo.evaluation.held import cases_of
from canbo.evaluation.models import CampaignUnit, Evaluation
from canbo.evaluation.queries import evaluations_of
from canbo.evaluation.rating import choose_grades, propose
from canbo.web.desk import Desk, page
from canbo.web.evaluation.picking import candidates, picked_person
from canbo.web.evaluation.rows import chosen_in, meters_of, rows_of
from canbo.web.evaluation.steps import cases_shown, step_taken
from canbo.web.evaluation.view import (
    REFUSALS,
    Typed,
    asks,
    found_unit,
    grade_name,
    grade_options,
    laws_now,
    period_label,
    reads,
    regime_of,
    typed_from,
)

TABLE = ("xem-thu", "ghi", "tinh")  # the buttons of the table: what was typed in it stays in it


@page("cases.read")
def unit(request: HttpRequest, desk: Desk, campaign_unit: int) -> HttpResponse:
    home, laws = found_unit(campaign_unit, desk), laws_now()
    found = evaluations_of(unit=home, **reads(desk))
    if request.method != "POST":
        return _page(request, desk, home, found, laws)
    typed = typed_from(request.POST, desk)
    act = typed.text("viec")
    if act == "xem-thu":
        return _page(request, desk, home, found, laws, typed)
    try:
        said = _ACTS.get(act, _unknown)(home, found, typed, laws, desk)
    except REFUSALS as error:
        return _page(request, desk, found_unit(campaign_unit, desk), evaluations_of(unit=home, **reads(desk)), laws, typed, str(error))
    messages.success(request, said)
    return redirect(f"{reverse('evaluation-unit', args=[home.pk])}{_PLACES.get(act, '')}")


def _page(
    request: HttpRequest, desk: Desk, home: CampaignUnit, found: list[Evaluation], laws: LawSet, typed: Typed | None = None,
    error: str = "",
) -> HttpResponse:  # fmt: skip
    act = typed.text("viec") if typed else ""
    rows = rows_of(found, home, typed.data if typed and act in TABLE else None, laws, desk.scope)
    regimes = _unit_regimes(home, laws)
    writable = home.sent_on is None and home.campaign.closed_on is None
    may = {action.replace(".", "_"): desk.actor.may(action) and writable for action in ("cases.write", "cases.decide", "evaluation.run")}
    frame: dict[str, Any] = {
        "unit": home, "campaign": home.campaign, "period": period_label(home.campaign.period_kind, home.campaign.period),
        "rows": rows, "meters": meters_of(rows, home, laws), "preview": act == "xem-thu", "act": act, "error": error,
        "errors": typed.errors if typed else {}, "typed": typed.data if typed else {}, "may": may, "writable": writable,
        "unit_grade": _unit_grade(home, laws), "unit_grades": grade_options(regimes[0][2])[:-1] if regimes else [], "unit_regimes": regimes,
        "cases": cases_shown(home, rows, typed if act == "buoc" else None, error, desk), "guide": _guide(home, found),
        "may_export": desk.actor.may("export"), "unread": unread_of(unit=home, **reads(desk)),
        "waiting": sum(not row.grade for row in found), "secrecy": SECRECY, "today": desk.today,
        "against": [row.against for row in rows if row.against],
        "candidates": candidates(typed.text("phutrach"), desk) if typed and act == "phu-trach" and error else [],
    }  # fmt: skip
    return render(request, "evaluation/unit.html", frame, status=400 if error else 200)


def _unit_regimes(home: CampaignUnit, laws: LawSet) -> list[tuple[str, str, Any]]:
    """(code, label, rules) of the regimes that rate units on the day."""
    regimes = {code: of.label for (kind, code), of in laws.provisions.items() if kind == "regime"}
    found = [(code, label, regime_of(laws, code, home.campaign.rated_on)) for code, label in regimes.items()]
    return [(code, label, rules) for code, label, rules in found if rules is not None and rules.of == "unit"]


def _unit_grade(home: CampaignUnit, laws: LawSet) -> str:
    rated = home.unit_rating
    return grade_name(rated.grade, regime_of(laws, rated.regime, home.campaign.rated_on)) if rated else ""


def _guide(home: CampaignUnit, found: list[Evaluation]) -> list[tuple[str, str, bool]]:
    """(what, how far, done) of the work of a unit, in the order in which it is done."""
    of = len(found)
    own, scored, decided = (sum(bool(getattr(row, name)) for row in found) for name in ("self_sent_at", "proposed", "grade"))
    return [
        ("Tự đánh giá", f"{own}/{of} người", own == of),
        ("Xếp loại đơn vị", "" if home.unit_rating else "cấp trên ghi", home.unit_rating is not None),
        ("Mức theo quy định", f"{scored}/{of} người", scored == of),
        ("Họp đánh giá", "" if cases_of(home) else "chưa mở", bool(cases_of(home))),
        ("Quyết định", f"{decided}/{of} người", decided == of),
        ("Gửi kết quả", f"{home.sent_on:%d/%m/%Y}" if home.sent_on else "chưa gửi", home.sent_on is not None),
    ]


# --- what the buttons do


def _unknown(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    raise EvaluationRefused("Không rõ việc cần làm; hãy tải lại trang.")


def _choose(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    chosen = chosen_in(found, typed.data)
    choose_grades(unit=home.pk, chosen=chosen, **asks(desk))
    propose(unit=home.pk, laws=laws, **asks(desk))
    return f"Đã ghi mức đề nghị và nhận xét của {len(chosen)} người."


def _propose(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    rows = propose(unit=home.pk, laws=laws, **asks(desk))
    unknown = sum(not row.proposed for row in rows)
    rest = f"; {unknown} người chưa tính được, xem lý do ở từng dòng" if unknown else ""
    return f"Đã tính mức theo quy định cho {len(rows) - unknown} người{rest}."


def _rate_unit(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    rate_unit(pk=home.pk, grade=typed.text("muc"), document=typed.text("vanban"), regime=typed.text("chedo"), **asks(desk))
    return "Đã ghi xếp loại của đơn vị."


def _exception(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    allow_exception(pk=home.pk, document=typed.text("vanban"), reason=typed.text("lydo"), **asks(desk))
    return "Đã ghi quyết định cho vượt tỷ lệ."


def _supervise(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    person = picked_person(typed.text("phutrach"), typed.text("chon"), desk)
    put_supervisor(pk=home.pk, person=person, **asks(desk))
    return "Đã ghi cấp ủy viên phụ trách." if person else "Đã bỏ cấp ủy viên phụ trách."


def _start(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    secrecy = Secrecy(typed.text("domat"), typed.text("nguoi"), typed.day("ngaymat"), typed.text("muc"))
    on = typed.day("ngay")
    typed.refuse_wrong()
    made = start_meetings(unit=home.pk, on=on, secrecy=secrecy, laws=laws, **asks(desk))
    return f"Đã mở {len(made)} việc đánh giá; làm từng bước ở bên dưới."


def _send(home: CampaignUnit, found: list[Evaluation], typed: Typed, laws: LawSet, desk: Desk) -> str:
    on = typed.day("ngay")
    typed.refuse_wrong()
    send_results(unit=home.pk, on=on, **asks(desk))
    return f"Đã gửi kết quả của {len(found)} người."


_ACTS: dict[str, Callable[[CampaignUnit, list[Evaluation], Typed, LawSet, Desk], str]] = {
    "ghi": _choose, "tinh": _propose, "xep-don-vi": _rate_unit, "ngoai-le": _exception, "phu-trach": _supervise, "bat-dau": _start,
    "buoc": step_taken, "gui": _send,
}  # fmt: skip
_PLACES = {"ghi": "#nguoi", "tinh": "#nguoi", "bat-dau": "#hop", "buoc": "#hop"}
