"""Reading campaigns: within the reader's units, for who may read evaluations."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from canbo.audit.changes import require
from canbo.cases.models import Case
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.quotas import Meter, meters, what_to_change
from canbo.evaluation.models import (
    Campaign,
    CampaignUnit,
    Evaluation,
    FollowUpNote,
    Objection,
    OutsideComment,
    TrackedMonth,
)
from canbo.evaluation.people import regime_named
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


@dataclass(frozen=True)
class QuotaLine:
    """One ceiling of one unit, in the words of its regime."""

    regime: str
    meter: Meter
    text: str
    cite: str


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
    rows = campaign.units.select_related("unit", "unit_rating", "leaders", "others", "supervisor")
    if scope.units is not None:
        rows = rows.filter(unit__in=scope.units)
    return rows.order_by("unit__name", "pk") if scope.sees_group(GROUP) else rows.none()


def campaign_unit(*, pk: int, actor: Actor, scope: Scope) -> CampaignUnit:
    """One unit of a campaign; CampaignUnit.DoesNotExist outside the scope."""
    require(actor, READ)
    rows = CampaignUnit.objects.select_related("campaign", "unit", "unit_rating", "leaders", "others", "supervisor")
    if scope.units is not None:
        rows = rows.filter(unit__in=scope.units)
    if not scope.sees_group(GROUP):
        rows = rows.none()
    return rows.get(pk=pk)


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


def lines_of(rows: Iterable[Evaluation], *, laws: LawSet, on: date, grades: dict[int, str]) -> list[QuotaLine]:
    """The ceilings these people fall under, regime by regime."""
    by_regime: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        grade = grades.get(row.pk, row.grade or row.chosen or row.proposed)
        by_regime.setdefault(row.regime, []).append((row.task_group, grade))
    found = []
    for code, rated in by_regime.items():
        quota = regime_named(laws, code, on).quota
        for one in meters(rated, quota) if quota else ():
            document = laws.documents[quota.cite.document].name  # type: ignore[union-attr]
            found.append(QuotaLine(code, one, what_to_change(one, quota), f"{document}, {quota.cite.article}"))  # type: ignore[arg-type, union-attr]
    return found


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


def cases_of(unit: CampaignUnit) -> list[Case]:
    return [case for case in (unit.leaders, unit.others) if case is not None]


def months_of_person(*, person: int, months: list[str]) -> list[TrackedMonth]:
    """Months tracked, wherever she worked: results follow people who moved. Oldest first."""
    return list(TrackedMonth.objects.filter(person=person, month__in=months).order_by("month", "pk"))


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
