"""A person taken out of a campaign: entered by mistake, known twice, or left without a decision by the meeting."""

from datetime import datetime

from canbo.audit.changes import act, values_of
from canbo.cases.models import CaseName
from canbo.evaluation.campaigns import RUN, EvaluationRefused, own_campaign, refuse_sent
from canbo.evaluation.held import case_of
from canbo.evaluation.models import CampaignUnit, Evaluation
from canbo.evaluation.queries import evaluation
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean


def drop_person(*, pk: int, reason: str, actor: Actor, scope: Scope, at: datetime) -> CampaignUnit:
    """No grade is taken away by it, and who stands before a meeting stays until it ended for her; the log keeps what was written."""
    if not clean(reason):
        raise EvaluationRefused("Hãy ghi lý do bỏ người này khỏi đợt.")
    with act(actor=actor, action="evaluation.drop_person", may=RUN, at=at, reason=clean(reason)) as log:
        row = evaluation(pk=pk, actor=actor, scope=scope)
        home = row.campaign_unit
        own_campaign(home.campaign_id, actor, scope)
        refuse_sent(home)
        if row.grade:
            raise EvaluationRefused("Người này đã có quyết định xếp loại; hãy lập quyết định thay thế nếu cần sửa.")
        if _meets(row):
            raise EvaluationRefused("Đơn vị đã họp đánh giá người này; hãy ghi ở bước quyết định là chưa xếp loại, kèm lý do, rồi bỏ.")
        if home.evaluations.count() == 1:
            raise EvaluationRefused("Đơn vị chỉ còn người này trong đợt; hãy bỏ cả đơn vị khỏi đợt.")
        log.deleted(values_of(row), row, person=row.person_id)
        row.delete()
    return home


def _meets(row: Evaluation) -> bool:
    """She is in the list of her unit's case and nobody refused her there."""
    found = case_of(row)
    return found is not None and CaseName.objects.filter(case=found, person=row.person_id).exclude(outcome="refused").exists()
