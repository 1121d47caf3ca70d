"""One person's evaluation: what counts for her, her months, what lies beside, objections, her grades of several years."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.dossier.labels import label_of_code
from canbo.dossier.models import Discipline
from canbo.dossier.queries import NotVisible
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import Regime
from canbo.evaluation.beside import answer_objection, judge_comment, object_to, receive_comment, write_note
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.deciding import replace_rating
from canbo.evaluation.dropping import drop_person
from canbo.evaluation.held import case_of, months_of_person, notified_on, reasons_of
from canbo.evaluation.later import decide_later, left_out
from canbo.evaluation.models import AWAY, COMMENT_SOURCES, ROLES, Evaluation
from canbo.evaluation.periods import months_in, period_of
from canbo.evaluation.queries import beside, comments_unread, disciplined, ratings_of
from canbo.evaluation.rating import correct_terms
from canbo.kernel.numbers import decimal_text
from canbo.web.desk import Desk, page
from canbo.web.evaluation.rows import months_text
from canbo.web.evaluation.showing import months_shown, years_shown
from canbo.web.evaluation.view import (
    REFUSALS,
    Typed,
    asks,
    found_evaluation,
    grade_name,
    grade_options,
    laws_now,
    reads,
    regime_label,
    regime_of,
    typed_from,
)

DROP = "bo-khoi-dot"


@page("cases.read")
def person(request: HttpRequest, desk: Desk, evaluation: int) -> HttpResponse:
    row, laws = found_evaluation(evaluation, desk), laws_now()
    if request.method != "POST":
        record_read(actor=desk.actor, what="evaluation", at=desk.now, person=row.person_id)
        return _page(request, desk, row, laws)
    typed = typed_from(request.POST, desk)
    try:
        said = _ACTS.get(typed.text("viec"), _unknown)(row, typed, laws, desk)
    except (*REFUSALS, NotVisible) as error:
        return _page(request, desk, found_evaluation(evaluation, desk), laws, typed, str(error))
    messages.success(request, said)
    if typed.text("viec") == DROP:
        return redirect("evaluation-unit", row.campaign_unit_id)
    return redirect("evaluation-person", row.pk)


def _page(
    request: HttpRequest, desk: Desk, row: Evaluation, laws: LawSet, typed: Typed | None = None, error: str = ""
) -> HttpResponse:
    of = row.campaign_unit.campaign
    regime = regime_of(laws, row.regime, of.rated_on)
    period = period_of(of.period_kind, of.period)
    writable = not row.grade and row.campaign_unit.sent_on is None and of.closed_on is None
    may = desk.actor.may
    frame: dict[str, Any] = {
        "row": row, "person": row.person, "unit": row.campaign_unit, "campaign": of, "why_of": reasons_of(row, desk.scope),
        "regime": regime_label(laws, row.regime, of.rated_on),
        "months_worked": months_text(row), "score": decimal_text(row.score) if row.score is not None else "",
        "act": typed.text("viec") if typed else "", "typed": typed.data if typed else {}, "error": error,
        "names": {name: grade_name(getattr(row, name), regime) for name in ("self_grade", "chosen", "proposed", "grade")},
        "months": months_shown(months_of_person(person=row.person_id, months=months_in(period)), laws), "notified": notified_on(row),
        "years": years_shown(ratings_of(row=row, **reads(desk)), laws), **beside(row=row, **reads(desk)),
        "unread": comments_unread(row=row, **reads(desk)), "sources": COMMENT_SOURCES, "options": grade_options(regime),
        "may_write": may("cases.write"), "may_correct": may("cases.write") and writable, "may_decide": may("cases.decide"),
        "may_track": may("evaluation.track"), "may_object": may("cases.write") and bool(row.grade), "today": desk.today,
        "terms": _terms(row, regime, typed, desk), "article": regime.articles.get("objection", "") if regime else "",
        "objection_days": regime.objection_days if regime else None, "case": case_of(row),
        "may_dossier": may("dossier.read"), "may_export": may("export"), "may_drop": may("evaluation.run") and writable,
        "left_out": left_out(unit=row.campaign_unit, **reads(desk)).get(row.person_id, "") if writable else "",
    }  # fmt: skip
    return render(request, "evaluation/person.html", frame, status=400 if error else 200)


def _terms(row: Evaluation, regime: Regime | None, typed: Typed | None, desk: Desk) -> dict[str, Any]:
    """The values of the form of what counts for her: as typed, else as they stand."""
    again = typed is not None and typed.text("viec") == "dieu-kien"
    data = typed.data if again and typed else {}
    causes = [(code, label, data.get(f"vang-{code}", "") if again else row.away.get(code) or "") for code, label in _causes(row)]
    bars = [
        (bar, data.get(f"sv-{bar.code}", "") if again else str(row.bars.get(bar.code, "")))
        for bar in (regime.bars if regime else ()) if bar.applies in ("all", row.role)
    ]  # fmt: skip
    return {
        "roles": ROLES, "role": data.get("nhom", row.role), "heads": bool(data.get("dungdau")) if again else row.heads_unit,
        "group": data.get("nhomviec", row.task_group), "months": data.get("thang", "" if row.months_worked is None else row.months_worked),
        "causes": causes, "bars": bars, "records": [(one.pk, _record(one)) for one in disciplined(row=row, **reads(desk))],
        "sees": desk.scope.sees_group("discipline"),
    }  # fmt: skip


def _causes(row: Evaluation) -> list[tuple[str, str]]:
    known = dict(AWAY)
    return [*AWAY, *((code, code) for code in row.away if code not in known)]


def _record(one: Discipline) -> str:
    form = label_of_code(table="discipline", column="form", code=one.form) or one.text or "kỷ luật"
    day = f" ngày {one.decided_on.display}" if one.decided_on else ""
    return f"{form}{day}"[:120]


# --- what the buttons do


def _unknown(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    raise EvaluationRefused("Không rõ việc cần làm; hãy tải lại trang.")


def _correct(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    months = typed.whole("thang", "số tháng làm việc")
    away = {code: n for code, label in _causes(row) if (n := typed.whole(f"vang-{code}", label))}
    bars: dict[str, int] = dict(row.bars)
    regime = regime_of(laws, row.regime, row.campaign_unit.campaign.rated_on)
    if desk.scope.sees_group("discipline") and regime:
        chosen = {bar.code: typed.whole(f"sv-{bar.code}", bar.label) for bar in regime.bars}
        bars = {code: record for code, record in chosen.items() if record}
    role = typed.text("nhom")
    if role not in dict(ROLES):
        typed.errors["nhom"] = "Hãy chọn nhóm trong danh sách."
    typed.refuse_wrong()
    correct_terms(
        pk=row.pk, role=role, heads_unit=bool(typed.text("dungdau")), task_group=typed.text("nhomviec"), months_worked=months, away=away,
        bars=bars, laws=laws, **asks(desk),
    )  # fmt: skip
    return "Đã ghi; hãy tính lại mức theo quy định ở trang đơn vị."


def _note(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    on = typed.day("ngay")
    typed.refuse_wrong()
    person = None if typed.text("cadonvi") else row.person_id
    write_note(unit=row.campaign_unit.unit_id, person=person, on=on, text=typed.text("noidung"), **asks(desk))
    return "Đã ghi nội dung theo dõi."


def _comment(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    on = typed.day("ngay")
    typed.refuse_wrong()
    receive_comment(
        person=row.person_id, year=row.campaign_unit.campaign.rated_on.year, source=typed.text("nguon"), body=typed.text("tochuc"),
        number=typed.text("so"), received_on=on, text=typed.text("noidung"), author=typed.text("nguoiviet"), **asks(desk),
    )  # fmt: skip
    return "Đã nhận ý kiến; ý kiến chỉ vào hồ sơ đánh giá khi có người đọc và nhận."


def _judge(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    pk = typed.whole("ykien", "ý kiến") or 0
    if pk not in {one.pk for one in comments_unread(row=row, **reads(desk))}:
        raise EvaluationRefused("Ý kiến này đã được xét hoặc không thuộc người đang xem; hãy tải lại trang.")
    accepted = typed.text("xet") == "nhan"
    judge_comment(pk=pk, accepted=accepted, reason=typed.text("lydo"), on=desk.today, **asks(desk))
    return "Đã đưa ý kiến vào hồ sơ đánh giá." if accepted else "Đã ghi không đưa ý kiến vào hồ sơ đánh giá."


def _object(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    on = typed.day("ngay")
    typed.refuse_wrong()
    _, due = object_to(pk=row.pk, received_on=on, number=typed.text("so"), text=typed.text("noidung"), laws=laws, **asks(desk))
    return f"Đã nhận kiến nghị; hạn trả lời: {due.text}." if due else "Đã nhận kiến nghị; chế độ này không nêu thời hạn trả lời."


def _answer(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    on, pk = typed.day("ngay"), typed.whole("kiennghi", "kiến nghị") or 0
    typed.refuse_wrong()
    if pk not in {one.pk for one in row.objections.all()}:
        raise EvaluationRefused("Không có kiến nghị này của người đang xem; hãy tải lại trang.")
    answer_objection(pk=pk, on=on, answer=typed.text("traloi"), **asks(desk))
    return "Đã ghi trả lời kiến nghị."


def _replace(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    on = typed.day("ngay")
    typed.refuse_wrong()
    replace_rating(pk=row.pk, grade=typed.text("muc"), number=typed.text("so"), reason=typed.text("lydo"), on=on, **asks(desk))
    return "Đã ghi quyết định thay thế; quyết định cũ được giữ lại và dẫn tới quyết định mới."


def _later(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    on = typed.day("ngay")
    typed.refuse_wrong()
    decide_later(pk=row.pk, grade=typed.text("muc"), number=typed.text("so"), on=on, laws=laws, **asks(desk))
    return "Đã ghi quyết định bổ sung."


def _drop(row: Evaluation, typed: Typed, laws: LawSet, desk: Desk) -> str:
    name = row.person.full_name
    drop_person(pk=row.pk, reason=typed.text("lydo"), **asks(desk))
    return f"Đã bỏ {name} khỏi đợt."


_ACTS: dict[str, Callable[[Evaluation, Typed, LawSet, Desk], str]] = {
    "dieu-kien": _correct, "theo-doi": _note, "y-kien": _comment, "xet-y-kien": _judge, "kien-nghi": _object, "tra-loi": _answer,
    "thay-the": _replace, DROP: _drop, "bo-sung": _later,
}  # fmt: skip
