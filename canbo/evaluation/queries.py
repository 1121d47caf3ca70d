"""Reading campaigns: within the reader's units, for who may read evaluations."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from canbo.audit.changes import require
from canbo.dossier.models import Discipline, Rating
from canbo.engine.law.model import LawSet
from canbo.evaluation.held import QuotaLine, lines_of, unit_lines_of
from canbo.evaluation.models import (
    Campaign,
    CampaignUnit,
    Evaluation,
    FollowUpNote,
    HandOver,
    Objection,
    OutsideComment,
    TrackedMonth,
    UnitRegulation,
)
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import sort_key

READ = "cases.read"
GROUP = "evaluation"


@dataclass(frozen=True)
class Progress:
    """How far one unit is: people, those who sent their own assessment, scored, with a grade decided."""

    unit: CampaignUnit
    people: int
    own_sent: int
    scored: int
    decided: int
    late: bool


def campaigns(*, actor: Actor, scope: Scope) -> QuerySet[Campaign]:
    """Campaigns opened in the reader's units or in which one of them takes part, newest first."""
    require(actor, READ)
    if not scope.sees_group(GROUP):
        return Campaign.objects.none()
    rows = Campaign.objects.select_related("unit")
    if scope.units is not None:
        rows = rows.filter(Q(unit__in=scope.units) | Q(units__unit__in=scope.units)).distinct()
    return rows.order_by("-opened_on", "-pk")


def campaign(*, pk: int, actor: Actor, scope: Scope) -> Campaign:
    """One campaign; Campaign.DoesNotExist outside the scope."""
    return campaigns(actor=actor, scope=scope).get(pk=pk)


def units_in(*, campaign: Campaign, actor: Actor, scope: Scope) -> QuerySet[CampaignUnit]:
    """The units of a campaign that the reader sees."""
    require(actor, READ)
    rows = campaign.units.select_related("unit", "unit_rating", "leaders", "deputies", "others", "supervisor")
    return _within(rows, "unit__in", scope).order_by("unit__name", "pk")


def campaign_unit(*, pk: int, actor: Actor, scope: Scope) -> CampaignUnit:
    """One unit of a campaign; CampaignUnit.DoesNotExist outside the scope."""
    require(actor, READ)
    rows = CampaignUnit.objects.select_related("campaign", "unit", "unit_rating", "leaders", "deputies", "others", "supervisor")
    return _within(rows, "unit__in", scope).get(pk=pk)


def evaluation(*, pk: int, actor: Actor, scope: Scope) -> Evaluation:
    """One person in one campaign; Evaluation.DoesNotExist outside the scope."""
    require(actor, READ)
    rows = Evaluation.objects.select_related(
        "campaign_unit__campaign", "campaign_unit__unit", "campaign_unit__unit_rating", "campaign_unit__leaders",
        "campaign_unit__deputies", "campaign_unit__others", "person", "rating",
    )  # fmt: skip
    return _within(rows, "campaign_unit__unit__in", scope).get(pk=pk)


def people_in(*, campaign: Campaign, actor: Actor, scope: Scope) -> QuerySet[Evaluation]:
    """Everybody rated in a campaign whom the reader sees."""
    require(actor, READ)
    rows = Evaluation.objects.filter(campaign_unit__campaign=campaign).select_related("campaign_unit__unit", "campaign_unit__campaign")
    return _within(rows.select_related("person"), "campaign_unit__unit__in", scope)


def units_sent(*, campaigns: list[Campaign], actor: Actor, scope: Scope) -> dict[int, tuple[int, int]]:
    """Campaign → (units that sent their results, units) among those the reader sees."""
    require(actor, READ)
    rows = _within(CampaignUnit.objects.filter(campaign__in=campaigns), "unit__in", scope).values("campaign")
    told = rows.annotate(sent=Count("pk", filter=Q(sent_on__isnull=False)), units=Count("pk")).order_by("campaign")
    return {row["campaign"]: (row["sent"], row["units"]) for row in told}


def evaluations_of(*, unit: CampaignUnit, actor: Actor, scope: Scope) -> list[Evaluation]:
    """The people of one unit in one campaign: its head, other leaders, then everybody by given name."""
    campaign_unit(pk=unit.pk, actor=actor, scope=scope)
    rows = unit.evaluations.select_related("person", "rating", "campaign_unit__campaign")
    return sorted(rows, key=lambda row: (not row.heads_unit, row.role != "leader", sort_key(row.person.full_name), row.pk))


def progress(*, campaign: Campaign, on: date, actor: Actor, scope: Scope) -> list[Progress]:
    """How far each unit is; three queries for any number of units."""
    rows = units_in(campaign=campaign, actor=actor, scope=scope).annotate(
        people=Count("evaluations"), own_sent=Count("evaluations", filter=Q(evaluations__self_sent_at__isnull=False)),
        scored=Count("evaluations", filter=~Q(evaluations__proposed="")), decided=Count("evaluations", filter=~Q(evaluations__grade="")),
    )  # fmt: skip
    return [
        Progress(row, row.people, row.own_sent, row.scored, row.decided, row.sent_on is None and on > campaign.deadline) for row in rows
    ]


def quota_of(*, unit: CampaignUnit, laws: LawSet, actor: Actor, scope: Scope, grades: dict[int, str] | None = None) -> list[QuotaLine]:
    """The ceilings of one unit as they stand now, or with `grades` (evaluation → grade) put in place of what stands.

    A regime without a ceiling that was read has no line.
    """
    return lines_of(evaluations_of(unit=unit, actor=actor, scope=scope), laws=laws, on=unit.campaign.rated_on, grades=grades or {})


def quotas_of(*, campaign: Campaign, laws: LawSet, actor: Actor, scope: Scope) -> dict[int, list[QuotaLine]]:
    """As quota_of for every unit of a campaign: unit of the campaign → its ceilings; one query."""
    rows = people_in(campaign=campaign, actor=actor, scope=scope).select_related(None)
    light = rows.only("pk", "campaign_unit", "regime", "task_group", "grade", "chosen", "proposed").order_by("pk")
    by_unit: dict[int, list[Evaluation]] = {}
    for row in light:
        by_unit.setdefault(row.campaign_unit_id, []).append(row)
    return {unit: lines_of(found, laws=laws, on=campaign.rated_on, grades={}) for unit, found in by_unit.items()}


def quota_of_units(*, campaign: Campaign, laws: LawSet, actor: Actor, scope: Scope) -> list[QuotaLine]:
    """The ceiling among the units of a campaign, for a reader who sees them all; nothing is refused by it.

    The decrees count every unit the same authority recognises, and a campaign may hold only some of them.
    """
    rows = units_in(campaign=campaign, actor=actor, scope=scope)
    if not rows or len(rows) < campaign.units.count():
        return []
    rated = [(row.unit_rating.regime, row.unit_rating.grade) for row in rows if row.unit_rating is not None]
    return unit_lines_of(rated, units=len(rows), laws=laws, on=campaign.rated_on)


def summary_of(*, campaign: Campaign, actor: Actor, scope: Scope) -> list[tuple[str, dict[str, int]]]:
    """Each unit by name with grade decided → people ("" for those not decided yet), and "Tổng cộng" last. Two queries."""
    names = {row.pk: row.unit.name for row in units_in(campaign=campaign, actor=actor, scope=scope)}
    counts: dict[int, dict[str, int]] = {pk: {} for pk in names}
    total: Counter[str] = Counter()
    told = Evaluation.objects.filter(campaign_unit__in=names).values("campaign_unit", "grade").annotate(people=Count("pk"))
    for row in told.order_by("campaign_unit", "grade"):
        counts[row["campaign_unit"]][row["grade"]] = row["people"]
        total[row["grade"]] += row["people"]
    return [*((names[pk], found) for pk, found in counts.items()), ("Tổng cộng", dict(total))]


def own_evaluations(*, person: int, actor: Actor, scope: Scope) -> QuerySet[Evaluation]:
    """What stands open for the person herself."""
    require(actor, "cases.own")
    if scope.own_person != person:
        return Evaluation.objects.none()
    rows = Evaluation.objects.filter(person=person).select_related("campaign_unit__campaign", "campaign_unit__unit")
    return rows.order_by("-campaign_unit__campaign__opened_on", "-pk")


def own_evaluation(*, pk: int, actor: Actor, scope: Scope) -> Evaluation:
    """One evaluation of the reader herself; Evaluation.DoesNotExist for anybody else's."""
    return own_evaluations(person=scope.own_person or 0, actor=actor, scope=scope).get(pk=pk)


# --- beside the ratings


def beside(*, row: Evaluation, actor: Actor, scope: Scope) -> dict[str, list[Any]]:
    """What lies beside a rating: notes of the member in charge, comments that were accepted, objections."""
    campaign_unit(pk=row.campaign_unit_id, actor=actor, scope=scope)
    year = row.campaign_unit.campaign.rated_on.year
    about = Q(person=row.person_id) | Q(person=None, unit=row.campaign_unit.unit_id)
    return {
        "notes": list(FollowUpNote.objects.filter(about, on__year=year).order_by("on", "pk")),
        "comments": list(OutsideComment.objects.filter(person=row.person_id, year=year, accepted=True).order_by("received_on", "pk")),
        "objections": list(Objection.objects.filter(evaluation=row).order_by("received_on", "pk")),
    }


def comments_unread(*, row: Evaluation, actor: Actor, scope: Scope) -> list[OutsideComment]:
    """Comments nobody has read through yet: for who may judge them, never for the person spoken of."""
    campaign_unit(pk=row.campaign_unit_id, actor=actor, scope=scope)
    if not actor.may("cases.write") or scope.own_person == row.person_id:
        return []
    year = row.campaign_unit.campaign.rated_on.year
    return list(OutsideComment.objects.filter(person=row.person_id, year=year, accepted=None).order_by("received_on", "pk"))


def ratings_of(*, row: Evaluation, actor: Actor, scope: Scope) -> list[Rating]:
    """Every grade the dossier holds of the person, oldest period first; a replaced one before what replaced it."""
    campaign_unit(pk=row.campaign_unit_id, actor=actor, scope=scope)
    return list(Rating.objects.filter(person=row.person_id).order_by("period", "capacity", "pk"))


def disciplined(*, row: Evaluation, actor: Actor, scope: Scope) -> list[Discipline]:
    """Her discipline records, for readers of that group."""
    campaign_unit(pk=row.campaign_unit_id, actor=actor, scope=scope)
    if not scope.sees_group("discipline"):
        return []
    return list(Discipline.objects.filter(person=row.person_id).order_by("-decided_on", "-pk"))


def objections(*, actor: Actor, scope: Scope) -> QuerySet[Objection]:
    """What people said against their grades, those that wait for an answer first, the earliest due at the top."""
    require(actor, READ)
    rows = Objection.objects.select_related("evaluation__person", "evaluation__campaign_unit__campaign", "evaluation__campaign_unit__unit")
    return _within(rows, "evaluation__campaign_unit__unit__in", scope).order_by("answered_on", "answer_by", "received_on", "pk")


def hand_overs(*, actor: Actor, scope: Scope) -> QuerySet[HandOver]:
    """Receipts of denunciations handed over, newest first."""
    require(actor, READ)
    rows = HandOver.objects.select_related("unit").order_by("-handed_on", "-pk")
    return _within(rows, "unit__in", scope)


def tracked_in(*, unit: int, month: str, actor: Actor, scope: Scope) -> dict[int, TrackedMonth]:
    """person → her month at the unit, as it was written down."""
    require(actor, READ)
    rows = _within(TrackedMonth.objects.filter(unit=unit, month=month), "unit__in", scope)
    return {row.person_id: row for row in rows.order_by("pk")}


def regulation_of(*, unit: int, year: int, regime: str, actor: Actor, scope: Scope) -> UnitRegulation | None:
    """The points a unit's own regulation gives each line in a year."""
    require(actor, READ)
    rows = UnitRegulation.objects.filter(unit=unit, year=year, regime=regime)
    return _within(rows, "unit__in", scope).first()


def _within(rows: QuerySet[Any], units: str, scope: Scope) -> Any:
    """The rows of the reader's units; none when she does not read evaluations."""
    if not scope.sees_group(GROUP):
        return rows.none()
    return rows if scope.units is None else rows.filter(**{units: scope.units})
