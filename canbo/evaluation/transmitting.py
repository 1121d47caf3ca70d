"""Results on their way into the national database of officials: what was decided and not sent, and sending written down."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from canbo.audit.changes import act, values_of
from canbo.engine.law.model import LawSet
from canbo.engine.law.workdays import WorkingDay, working_days_after
from canbo.engine.ratings.model import Regime
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.models import CampaignUnit, Evaluation, Transmission
from canbo.evaluation.queries import campaign_unit
from canbo.evaluation.rating import put_all
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean


def unsent(*, unit: CampaignUnit, actor: Actor, scope: Scope) -> list[Evaluation]:
    """People of the unit whose decided grade was not sent yet, the earliest decision first."""
    home = campaign_unit(pk=unit.pk, actor=actor, scope=scope)
    rows = home.evaluations.filter(rating__isnull=False, transmission=None).select_related("person", "rating")
    return list(rows.order_by("rating__known_from", "pk"))


def transmissions(*, unit: CampaignUnit, actor: Actor, scope: Scope) -> list[Transmission]:
    """What was sent of the unit, oldest first."""
    home = campaign_unit(pk=unit.pk, actor=actor, scope=scope)
    return list(home.transmissions.order_by("on", "pk"))


def record_transmission(*, unit: int, on: date, number: str, actor: Actor, scope: Scope, at: datetime) -> Transmission:
    """All that was decided by the day of sending and not sent before went with this receipt."""
    if not clean(number):
        raise EvaluationRefused("Hãy ghi số biên nhận hoặc số văn bản gửi kết quả vào cơ sở dữ liệu quốc gia.")
    if on > localdate(at):
        raise EvaluationRefused("Ngày gửi không thể sau hôm nay; hãy sửa ngày.")
    with act(actor=actor, action="evaluation.transmit", may="cases.write", at=at, document=clean(number)) as log:
        home = campaign_unit(pk=unit, actor=actor, scope=scope)
        waiting = unsent(unit=home, actor=actor, scope=scope)
        ready = [row for row in waiting if _decided_on(row) <= on]
        if not ready:
            raise EvaluationRefused(_why_nothing(waiting))
        made = Transmission.objects.create(campaign_unit=home, on=on, number=clean(number)[:100])
        log.inserted(made)
        before = [values_of(row) for row in ready]
        for row in ready:
            row.transmission = made
        put_all(ready, before, ("transmission",), log)
    return made


def send_by(regime: Regime, decided_on: date, laws: LawSet) -> WorkingDay | None:
    """The last day to send a result decided on a day; None where the regime names no time."""
    if regime.send_days is None:
        return None
    if regime.send_working:
        return working_days_after(decided_on, regime.send_days, laws.calendar)
    last = decided_on + timedelta(days=regime.send_days)
    return WorkingDay(last, last)


def _why_nothing(waiting: list[Evaluation]) -> str:
    if waiting:
        return f"Quyết định sớm nhất chưa gửi là ngày {_decided_on(waiting[0]):%d/%m/%Y}; hãy ghi ngày gửi từ ngày đó trở đi."
    return "Không còn kết quả nào chờ gửi: chưa có quyết định xếp loại hoặc đã gửi hết."


def _decided_on(row: Evaluation) -> date:
    rating = row.rating
    return rating.known_from if rating and rating.known_from else row.campaign_unit.campaign.rated_on
