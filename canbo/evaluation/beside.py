"""What lies beside a rating: notes of the member in charge, comments from outside, denunciations handed over, objections."""

from datetime import date, datetime

from canbo.audit.changes import act, keyring, values_of
from canbo.dossier.models import Person
from canbo.dossier.queries import person as visible_person
from canbo.engine.law.model import LawSet
from canbo.engine.law.workdays import WorkingDay, working_days_after
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.models import COMMENT_SOURCES, Evaluation, FollowUpNote, HandOver, Objection, OutsideComment
from canbo.evaluation.people import regime_named
from canbo.evaluation.queries import GROUP, campaign_unit
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean

TRACK = "evaluation.track"


def write_note(
    *, unit: int, person: int | None, on: date, text: str, actor: Actor, scope: Scope, at: datetime
) -> FollowUpNote:
    """A dated note of the committee member in charge; never changed, another is written."""
    if not scope.sees_unit(unit) or not scope.sees_group(GROUP):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
    if not clean(text):
        raise EvaluationRefused("Hãy viết nội dung theo dõi.")
    if person is not None:
        visible_person(pk=person, on=on, actor=actor, scope=scope)
    with act(actor=actor, action="evaluation.note", may=TRACK, at=at) as log:
        row = FollowUpNote.objects.create(unit_id=unit, person_id=person, on=on, text=text.strip(), user=actor.user)
        log.inserted(row, person=person)
    return row


def receive_comment(
    *, person: int, year: int, source: str, body: str, number: str, received_on: date, text: str, author: str = "",
    actor: Actor, scope: Scope, at: datetime,
) -> OutsideComment:  # fmt: skip
    """A comment of Front, organizations or people, with its source; its author is sealed. Not shown until it is read through."""
    if source not in dict(COMMENT_SOURCES):
        raise EvaluationRefused("Hãy chọn nguồn của ý kiến: Mặt trận, tổ chức chính trị - xã hội, Nhân dân hoặc cấp ủy nơi cư trú.")
    if not clean(text):
        raise EvaluationRefused("Hãy ghi nội dung ý kiến.")
    visible_person(pk=person, on=received_on, actor=actor, scope=scope)
    with act(actor=actor, action="evaluation.comment", may="cases.write", at=at) as log:
        row = OutsideComment(
            person_id=person, year=year, source=source, body=clean(body)[:200], number=clean(number)[:60], received_on=received_on,
            text=text.strip(),
        )  # fmt: skip
        row.author_sealed = keyring().seal(clean(author), place=_author_place(row)) if clean(author) else ""
        row.save()
        log.inserted(row, person=person)
    return row


def judge_comment(*, pk: int, accepted: bool, reason: str, on: date, actor: Actor, scope: Scope, at: datetime) -> OutsideComment:
    """Take a comment into the evaluation, or leave it out with the reason. What denounces is handed over, not judged here."""
    if not accepted and not clean(reason):
        raise EvaluationRefused("Hãy ghi lý do không đưa ý kiến vào hồ sơ đánh giá.")
    with act(actor=actor, action="evaluation.comment_judged", may="cases.write", at=at) as log:
        row = OutsideComment.objects.get(pk=pk)
        visible_person(pk=row.person_id, on=on, actor=actor, scope=scope)
        before = values_of(row)
        row.accepted, row.reason = accepted, clean(reason)[:300]
        row.save()
        log.updated(before, row, person=row.person_id)
    return row


def hand_over(
    *, unit: int, receipt: str, received_on: date, handed_to: str, handed_on: date, actor: Actor, scope: Scope, at: datetime
) -> HandOver:
    """A denunciation goes to inspection: only its receipt number, the days and where it went are kept."""
    if not scope.sees_unit(unit):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
    if not clean(receipt) or not clean(handed_to):
        raise EvaluationRefused("Hãy ghi số phiếu tiếp nhận và nơi đã chuyển; không ghi nội dung, người bị tố cáo.")
    if handed_on < received_on:
        raise EvaluationRefused("Ngày chuyển không thể trước ngày nhận; hãy sửa ngày.")
    with act(actor=actor, action="evaluation.hand_over", may="cases.write", at=at) as log:
        row = HandOver.objects.create(
            unit_id=unit, receipt=clean(receipt)[:60], received_on=received_on, handed_to=clean(handed_to)[:200], handed_on=handed_on,
        )  # fmt: skip
        log.inserted(row)
    return row


def object_to(
    *, pk: int, received_on: date, number: str, text: str, laws: LawSet, actor: Actor, scope: Scope, at: datetime
) -> tuple[Objection, WorkingDay | None]:
    """What a person says against her grade, with the last day for an answer by the regime's working days.

    The day is kept when the calendar is sure of it; else it is given as a range, and None where the regime names no time.
    """
    if not clean(text):
        raise EvaluationRefused("Hãy ghi nội dung kiến nghị.")
    with act(actor=actor, action="evaluation.objection", may="cases.write", at=at) as log:
        row = Evaluation.objects.select_related("campaign_unit__campaign").get(pk=pk)
        campaign_unit(pk=row.campaign_unit_id, actor=actor, scope=scope)
        if not row.grade:
            raise EvaluationRefused("Người này chưa có quyết định xếp loại nên chưa có gì để kiến nghị.")
        due = answer_by(row, received_on, laws)
        made = Objection(
            evaluation=row, received_on=received_on, number=clean(number)[:60], text=text.strip(),
            answer_by=due.earliest if due and due.exact else None,
        )  # fmt: skip
        made.save()
        log.inserted(made, person=row.person_id)
    return made, due


def answer_by(row: Evaluation, received_on: date, laws: LawSet) -> WorkingDay | None:
    days = regime_named(laws, row.regime, row.campaign_unit.campaign.rated_on).objection_days
    return working_days_after(received_on, days, laws.calendar) if days else None


def answer_objection(*, pk: int, on: date, answer: str, actor: Actor, scope: Scope, at: datetime) -> Objection:
    """The written answer: its number, day and result."""
    if not clean(answer):
        raise EvaluationRefused("Hãy ghi số văn bản trả lời và kết quả.")
    with act(actor=actor, action="evaluation.objection_answered", may="cases.decide", at=at) as log:
        row = Objection.objects.select_related("evaluation").get(pk=pk)
        campaign_unit(pk=row.evaluation.campaign_unit_id, actor=actor, scope=scope)
        if row.answered_on is not None:
            raise EvaluationRefused("Kiến nghị này đã được trả lời.")
        if on < row.received_on:
            raise EvaluationRefused("Ngày trả lời không thể trước ngày nhận; hãy sửa ngày.")
        before = values_of(row)
        row.answered_on, row.answer = on, clean(answer)[:300]
        row.save()
        log.updated(before, row, person=row.evaluation.person_id)
    return row


def _author_place(row: OutsideComment) -> str:
    key = Person.objects.values_list("key", flat=True).get(pk=row.person_id)
    return f"outside_comment.author:{key}"


__all__ = ["answer_objection", "hand_over", "judge_comment", "object_to", "receive_comment", "write_note"]
