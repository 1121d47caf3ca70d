"""Whom the decision on her unit left out, with the reason: her grade is decided later, alone, or she leaves the campaign."""

from datetime import date, datetime

from canbo.audit.changes import act, values_of
from canbo.cases.models import CaseName
from canbo.dossier.models import Rating
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.replay import Entry
from canbo.engine.ratings.model import GRADES, NOT_RATED
from canbo.evaluation.campaigns import EvaluationRefused, refuse_sent
from canbo.evaluation.deciding import rating_of, refuse_over, stands_against
from canbo.evaluation.held import case_of, left_out_of
from canbo.evaluation.models import CampaignUnit, Evaluation
from canbo.evaluation.queries import campaign_unit, evaluation, evaluations_of
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean


def left_out(*, unit: CampaignUnit, actor: Actor, scope: Scope) -> dict[int, str]:
    """Person → why the decision left her out, for those still without a grade."""
    home = campaign_unit(pk=unit.pk, actor=actor, scope=scope)
    waiting = set(home.evaluations.filter(grade="").values_list("person", flat=True))
    return {person: why for person, why in left_out_of(home).items() if person in waiting}


def decide_later(
    *, pk: int, grade: str, number: str, on: date, laws: LawSet, actor: Actor, scope: Scope, at: datetime
) -> Rating:
    """The grade of one person whom the decision on her unit left out, under the same limits, by a decision of its own."""
    if grade not in (*GRADES, NOT_RATED) or not clean(number):
        raise EvaluationRefused("Quyết định bổ sung cần mức và số quyết định; hãy ghi đủ.")
    with act(actor=actor, action="evaluation.decide_later", may="cases.decide", at=at, document=clean(number)) as log:
        row = evaluation(pk=pk, actor=actor, scope=scope)
        home = row.campaign_unit
        refuse_sent(home)
        _check(row, on)
        if said := stands_against(row, home, grade, laws, scope):
            raise EvaluationRefused(said)
        refuse_over(home, evaluations_of(unit=home, actor=actor, scope=scope), {row.pk: grade}, laws)
        made = rating_of(row, home, grade, Entry("", "decide", on, {"number": clean(number)}))
        made.save()
        log.inserted(made, person=row.person_id)
        before = values_of(row)
        row.grade, row.rating = grade, made
        row.save()
        log.updated(before, row, person=row.person_id)
    return made


def _check(row: Evaluation, on: date) -> None:
    """She was before the meeting, the decision left her out, and this one is not earlier."""
    if row.grade:
        raise EvaluationRefused("Người này đã có quyết định xếp loại; hãy lập quyết định thay thế nếu cần sửa.")
    case = case_of(row)
    if case is None or not CaseName.objects.filter(case=case, person=row.person_id, outcome="refused").exists():
        raise EvaluationRefused("Đơn vị chưa quyết định xếp loại; hãy quyết định người này cùng cả đơn vị.")
    decided = case.entries.filter(duty="decide").order_by("-number").values_list("on", flat=True).first()
    if decided is not None and on < decided:
        raise EvaluationRefused(f"Quyết định bổ sung không thể trước quyết định của đơn vị ngày {decided:%d/%m/%Y}; hãy sửa ngày.")
