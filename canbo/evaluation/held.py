"""What follows from rows already read within somebody's scope – ceilings, cases, months – so no reader is named here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from canbo.cases.models import Case, CaseName
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.quotas import Meter, meter, meters, what_to_change
from canbo.evaluation.models import CampaignUnit, Evaluation, TrackedMonth
from canbo.evaluation.people import regime_named
from canbo.kernel.actors import Scope

DISCIPLINE = "discipline"
# Group of people rated together → the unit's case with them.
CASES = {"leader": "leaders", "deputy": "deputies", "staff": "others"}


@dataclass(frozen=True)
class QuotaLine:
    """One ceiling of one unit, in the words of its regime."""

    regime: str
    meter: Meter
    text: str
    cite: str


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


def unit_lines_of(rated: Iterable[tuple[str, str]], *, units: int, laws: LawSet, on: date) -> list[QuotaLine]:
    """The ceilings units fall under among themselves. `rated` = (regime, grade) of each unit rated; `units` rated together."""
    by_regime: dict[str, Counter[str]] = {}
    for regime, grade in rated:
        by_regime.setdefault(regime, Counter())[grade] += 1
    found = []
    for code, grades in by_regime.items():
        quota = regime_named(laws, code, on).quota
        if quota is not None:
            one = meter(grades, quota, of_units=units)
            cite = f"{laws.documents[quota.cite.document].name}, {quota.cite.article}"
            found.append(QuotaLine(code, one, what_to_change(one, quota, "đơn vị"), cite))
    return found


def reasons_of(row: Evaluation, scope: Scope) -> list[str]:
    """Why the regime gives her this grade; what rests on a discipline record only for who reads discipline."""
    return list(row.reasons) if scope.sees_group(DISCIPLINE) or not row.bars else []


def cases_of(unit: CampaignUnit) -> list[Case]:
    return [case for column in CASES.values() if (case := getattr(unit, column)) is not None]


def left_out_of(unit: CampaignUnit) -> dict[int, str]:
    """Person → why the decision on the unit left her out."""
    names = CaseName.objects.filter(case__in=cases_of(unit), outcome="refused", person__isnull=False)
    return {person: reason for person, reason in names.order_by("pk").values_list("person", "reason") if person}


def group_of(row: Evaluation) -> str:
    """With whom she is rated: deputies go apart from their head once their case was opened apart."""
    apart = row.role == "leader" and not row.heads_unit and row.campaign_unit.deputies_id is not None
    return "deputy" if apart else row.role


def months_of_person(*, person: int, months: list[str]) -> list[TrackedMonth]:
    """Months tracked, wherever she worked: results follow people who moved. Oldest first."""
    return list(TrackedMonth.objects.filter(person=person, month__in=months).order_by("month", "pk"))


def case_of(row: Evaluation) -> Case | None:
    """The case of her unit in which she is rated."""
    found: Case | None = getattr(row.campaign_unit, CASES[group_of(row)])
    return found


def notified_on(row: Evaluation) -> date | None:
    """The day of the written notice of the grade."""
    case = case_of(row)
    if case is None or not row.grade:
        return None
    return case.entries.filter(duty="notify").order_by("-number").values_list("on", flat=True).first()
