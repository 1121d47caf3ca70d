"""Opening and closing campaigns: the level above ticks units, everybody whom a regime rates is in from the first moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from canbo.audit.changes import ActLog, act, values_of
from canbo.dossier.models import UnitRating
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import GRADES
from canbo.evaluation.models import Campaign, CampaignUnit, Evaluation, UnitRegulation
from canbo.evaluation.people import LeftOut, Rated, people_of, regime_named
from canbo.evaluation.periods import period_of
from canbo.evaluation.queries import GROUP, campaign, campaign_unit
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.numbers import decimal_text
from canbo.kernel.text import clean
from canbo.snapshot.store import Snapshot

RUN = "evaluation.run"


class EvaluationRefused(Exception):
    """What the campaign, the regime or the order of steps does not allow; the sentence says what to do."""


@dataclass(frozen=True)
class Opening:
    """What the level above decides: units ticked (ids), period, order, last day for results."""

    unit: int
    name: str
    units: Collection[int]
    period_kind: str
    period: str
    opened_on: date
    deadline: date
    order: str = ""
    capacity: str = "official"
    rated_on: date | None = None


@dataclass(frozen=True)
class Opened:
    """The campaign made, how many are rated, and who is left out and why."""

    campaign: Campaign
    rated: int
    left_out: tuple[LeftOut, ...]


def open_campaign(
    *, opening: Opening, laws: LawSet, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime
) -> Opened:
    """Open a campaign for the ticked units, with everybody in service there whom a regime rates.

    Raises EvaluationRefused, PeriodRefused, Forbidden.
    """
    _check(opening, scope)
    period = period_of(opening.period_kind, opening.period)
    on = opening.rated_on or _last_day(opening)
    rated, left = people_of(
        ticked=frozenset(opening.units), capacity=opening.capacity, period=period, on=on, laws=laws, snapshot=snapshot,
        scope=replace(scope, own_person=None),
    )  # fmt: skip
    if not rated:
        raise EvaluationRefused(
            f"Không có ai thuộc đối tượng đánh giá ở các đơn vị đã chọn vào ngày {on:%d/%m/%Y}; hãy kiểm tra đối tượng trong hồ sơ."
        )
    with act(actor=actor, action="evaluation.open", may=RUN, at=at, reason=clean(opening.name), document=clean(opening.order)) as log:
        made = Campaign.objects.create(
            unit_id=opening.unit, name=clean(opening.name)[:200], capacity=opening.capacity, period_kind=opening.period_kind,
            period=opening.period.strip(), order=clean(opening.order)[:200], opened_on=opening.opened_on, deadline=opening.deadline,
            rated_on=on,
        )  # fmt: skip
        log.inserted(made)
        units = CampaignUnit.objects.bulk_create(CampaignUnit(campaign=made, unit_id=unit) for unit in sorted(opening.units))
        for unit in units:
            log.inserted(unit)
        _add(rated, {unit.unit_id: unit for unit in units}, log)
    return Opened(made, len(rated), tuple(left))


def close_campaign(*, pk: int, on: date, actor: Actor, scope: Scope, at: datetime) -> Campaign:
    """Close a campaign when every unit has sent its results."""
    with act(actor=actor, action="evaluation.close", may=RUN, at=at) as log:
        row = own_campaign(pk, actor, scope)
        waiting = list(row.units.filter(sent_on=None).values_list("unit__name", flat=True)[:5])
        if waiting:
            raise EvaluationRefused(f"Còn đơn vị chưa gửi kết quả: {', '.join(waiting)}; hãy nhắc hoặc bỏ đơn vị đó khỏi đợt.")
        before = values_of(row)
        row.closed_on = on
        row.save()
        log.updated(before, row)
    return row


def drop_unit(*, pk: int, reason: str, actor: Actor, scope: Scope, at: datetime) -> Campaign:
    """Take a unit out of a campaign before anything was decided there; what was written so far stays in the log alone."""
    if not clean(reason):
        raise EvaluationRefused("Hãy ghi lý do bỏ đơn vị khỏi đợt.")
    with act(actor=actor, action="evaluation.drop", may=RUN, at=at, reason=clean(reason)) as log:
        row = campaign_unit(pk=pk, actor=actor, scope=scope)
        of = own_campaign(row.campaign_id, actor, scope)
        if not _not_begun(row) or row.unit_rating_id or row.evaluations.exclude(grade="").exists():
            raise EvaluationRefused("Đơn vị này đã xếp loại tập thể hoặc đã họp đánh giá nên không bỏ khỏi đợt được.")
        if of.units.count() == 1:
            raise EvaluationRefused("Đợt chỉ còn đơn vị này; hãy giữ lại ít nhất một đơn vị.")
        for one in (*row.evaluations.order_by("pk"), row):
            log.deleted(values_of(one), one, person=getattr(one, "person_id", None))
        row.evaluations.all().delete()
        row.delete()
    return of


def take_in(*, pk: int, laws: LawSet, snapshot: Snapshot, actor: Actor, scope: Scope, at: datetime) -> list[Rated]:
    """Add whom the dossiers, corrected since, now show as rated: in units that have not begun their meeting."""
    with act(actor=actor, action="evaluation.take_in", may=RUN, at=at) as log:
        row = own_campaign(pk, actor, scope)
        units = {one.unit_id: one for one in row.units.all()}
        rated, _ = people_now(campaign=row, laws=laws, snapshot=snapshot, scope=scope)
        held = set(Evaluation.objects.filter(campaign_unit__campaign=row).values_list("person", flat=True))
        new = [one for one in rated if one.person not in held and _not_begun(units[one.unit])]
        if not new:
            raise EvaluationRefused("Không có ai cần bổ sung: mọi người thuộc đối tượng đã có trong đợt hoặc đơn vị đã họp.")
        _add(new, units, log)
    return new


def people_now(*, campaign: Campaign, laws: LawSet, snapshot: Snapshot, scope: Scope) -> tuple[list[Rated], list[LeftOut]]:
    """Whom the campaign's regime rates and whom none does, as the dossiers stand now; within the scope."""
    ticked = frozenset(campaign.units.values_list("unit", flat=True))
    return people_of(
        ticked=ticked, capacity=campaign.capacity, period=period_of(campaign.period_kind, campaign.period), on=campaign.rated_on,
        laws=laws, snapshot=snapshot, scope=replace(scope, own_person=None),
    )  # fmt: skip


def rate_unit(
    *, pk: int, grade: str, document: str, regime: str, actor: Actor, scope: Scope, at: datetime
) -> CampaignUnit:
    """The unit's own grade, before its people: its head may not be above it."""
    if grade not in GRADES:
        raise EvaluationRefused("Hãy chọn một trong bốn mức xếp loại của đơn vị.")
    with act(actor=actor, action="evaluation.unit", may=RUN, at=at, document=clean(document)) as log:
        row = campaign_unit(pk=pk, actor=actor, scope=scope)
        refuse_sent(row)
        if row.evaluations.exclude(grade="").exists():
            raise EvaluationRefused("Đã có người được quyết định xếp loại; xếp loại tập thể phải làm trước cá nhân.")
        made = UnitRating(
            unit_id=row.unit_id, period_kind=row.campaign.period_kind, period=row.campaign.period, regime=regime, grade=grade,
            note=clean(document)[:500],
        )  # fmt: skip
        made.save()
        log.inserted(made)
        before = values_of(row)
        row.unit_rating = made
        row.save()
        log.updated(before, row)
    return row


def allow_exception(*, pk: int, document: str, reason: str, actor: Actor, scope: Scope, at: datetime) -> CampaignUnit:
    """The written decision by which the higher ceiling of the regime holds for this unit."""
    if not clean(document) or not clean(reason):
        raise EvaluationRefused("Cho vượt tỷ lệ cần số, ngày của quyết định và lý do; hãy ghi đủ.")
    with act(actor=actor, action="evaluation.exception", may=RUN, at=at, document=clean(document), reason=clean(reason)) as log:
        row = campaign_unit(pk=pk, actor=actor, scope=scope)
        refuse_sent(row)
        before = values_of(row)
        row.exception_document, row.exception_reason = clean(document)[:200], clean(reason)[:500]
        row.save()
        log.updated(before, row)
    return row


def put_supervisor(*, pk: int, person: int | None, actor: Actor, scope: Scope, at: datetime) -> CampaignUnit:
    """The committee member in charge of the unit."""
    with act(actor=actor, action="evaluation.supervisor", may=RUN, at=at) as log:
        row = campaign_unit(pk=pk, actor=actor, scope=scope)
        before = values_of(row)
        row.supervisor_id = person
        row.save()
        log.updated(before, row)
    return row


def put_regulation(
    *, unit: int, year: int, regime: str, points: dict[str, str], document: str, laws: LawSet, actor: Actor, scope: Scope, at: datetime
) -> UnitRegulation:
    """The points of each line by the unit's own regulation; they must add up to the general points of the regime."""
    if not scope.sees_unit(unit) or not scope.sees_group(GROUP):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
    rules = regime_named(laws, regime, date(year, 12, 31))
    if not rules.by_unit:
        raise EvaluationRefused("Chế độ này đã quy định điểm từng dòng; đơn vị không quy định lại.")
    open_lines, axes = {line.code for line in rules.lines if line.points is None}, {axis.code for axis in rules.axes}
    points = {code: text for code, text in points.items() if code not in axes or str(text).strip()}
    _check_sum(points, open_lines, rules.general_points, "các dòng")
    if not open_lines or axes & set(points):  # axes are the body's to use or not
        _check_sum(points, axes, rules.task_points, "các trục")
    if not clean(document):
        raise EvaluationRefused("Hãy ghi số, ngày quy chế đánh giá của đơn vị.")
    with act(actor=actor, action="evaluation.regulation", may=RUN, at=at, document=clean(document)) as log:
        row = UnitRegulation.objects.filter(unit=unit, year=year, regime=regime).first()
        before = values_of(row) if row else None
        row = row or UnitRegulation(unit_id=unit, year=year, regime=regime)
        row.document, row.points = clean(document)[:200], points
        row.save()
        log.inserted(row) if before is None else log.updated(before, row)
    return row


# --- pieces


def _check(opening: Opening, scope: Scope) -> None:
    outside = [unit for unit in (opening.unit, *opening.units) if not scope.sees_unit(unit)]
    if outside or not scope.sees_group(GROUP):
        raise Forbidden("Có đơn vị không thuộc phạm vi bạn được giao; hãy bỏ chọn đơn vị đó.")
    if not opening.units:
        raise EvaluationRefused("Hãy chọn ít nhất một đơn vị.")
    if not clean(opening.name):
        raise EvaluationRefused("Hãy đặt tên cho đợt đánh giá.")
    if opening.deadline < opening.opened_on:
        raise EvaluationRefused("Hạn gửi kết quả phải từ ngày mở trở đi; hãy sửa hạn.")


def _last_day(opening: Opening) -> date:
    """People are those in service when the rating is made: the day it opens, at most the last of the period."""
    end = period_of(opening.period_kind, opening.period).end
    return min(opening.opened_on, date.fromordinal(end.toordinal() - 1)) if end else opening.opened_on


def _add(rated: Collection[Rated], units: dict[int, CampaignUnit], log: ActLog) -> None:
    rows = [
        Evaluation(
            campaign_unit=units[one.unit], person_id=one.person, role=one.role, heads_unit=one.heads, regime=one.regime,
            months_worked=one.months_worked,
        )
        for one in rated
    ]  # fmt: skip
    for row in Evaluation.objects.bulk_create(rows, batch_size=500):
        log.inserted(row, person=row.person_id)


def own_campaign(pk: int, actor: Actor, scope: Scope) -> Campaign:
    """A campaign the actor's own level opened: units in it only send."""
    row = campaign(pk=pk, actor=actor, scope=scope)
    if not scope.sees_unit(row.unit_id):
        raise Forbidden("Đợt đánh giá này do cấp trên mở; chỉ nơi mở mới đóng được.")
    if row.closed_on is not None:
        raise EvaluationRefused("Đợt đánh giá này đã kết thúc.")
    return row


def refuse_sent(row: CampaignUnit) -> None:
    if row.sent_on is not None or row.campaign.closed_on is not None:
        raise EvaluationRefused("Đơn vị đã gửi kết quả hoặc đợt đã kết thúc; hãy lập quyết định thay thế nếu cần sửa.")


def _not_begun(row: CampaignUnit) -> bool:
    return row.sent_on is None and row.leaders_id is None and row.deputies_id is None and row.others_id is None


def _check_sum(points: Mapping[str, str], codes: Collection[str], wanted: Decimal, what: str) -> None:
    total = sum((_points(points.get(code, "")) for code in codes), start=Decimal(0))
    if codes and (total != wanted or not set(codes) <= set(points)):
        raise EvaluationRefused(f"Điểm {what} phải đủ và cộng lại bằng {decimal_text(wanted)}; hiện là {decimal_text(total)}.")


def _points(text: str) -> Decimal:
    try:
        found = Decimal(str(text).replace(",", ".") or "0")
    except InvalidOperation:
        raise EvaluationRefused(f"“{text}” không phải số điểm; hãy ghi như 2,5.") from None
    if not found.is_finite() or found < 0:
        raise EvaluationRefused(f"“{text}” không phải số điểm; hãy ghi như 2,5.")
    return found
