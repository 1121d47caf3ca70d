"""An evaluation campaign in one commune of the demonstration: opened, some months tracked, nothing decided yet."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

from canbo.assess.law_sets import law_in_force
from canbo.audit.changes import keyring
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import Role
from canbo.evaluation.campaigns import Opened, Opening, open_campaign
from canbo.evaluation.models import Campaign, Evaluation
from canbo.evaluation.people import regime_named
from canbo.evaluation.periods import months_in, period_of
from canbo.evaluation.tracking import Month, record_months
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Unit
from canbo.snapshot.store import load

TWO_WEEKS = timedelta(days=14)
SHARES = (Fraction(7, 10), Fraction(4, 5), Fraction(9, 10), Fraction(1))


def open_demo_campaign(*, seed: int, actor: Actor, scope: Scope, at: datetime) -> Opened | None:
    """The commune of the demonstration's accounts rates its units for the year of `at`; None where it has none, or did so."""
    on = at.date()
    commune = Unit.objects.filter(end=None, kind="xa").order_by("pk").first()
    units = list(Unit.objects.filter(parent=commune, end=None).values_list("pk", flat=True)) if commune else []
    if commune is None or not units or Campaign.objects.exists():
        return None
    laws = law_in_force(None).central
    opening = Opening(
        unit=commune.pk, name=f"Đánh giá, xếp loại năm {on.year}", units=units, period_kind="year", period=str(on.year), opened_on=on,
        deadline=on + TWO_WEEKS, order="Kế hoạch trình diễn",
    )  # fmt: skip
    opened = open_campaign(opening=opening, laws=laws, snapshot=load(keyring()), actor=actor, scope=scope, at=at)
    _track(opened, laws, on=on, seed=seed, actor=actor, scope=scope, at=at)
    return opened


def _track(opened: Opened, laws: LawSet, *, on: date, seed: int, actor: Actor, scope: Scope, at: datetime) -> None:
    """Points for the months before the day, where the regime itself fixes the points of its lines."""
    chance = Random(seed)
    past = [month for month in months_in(period_of("year", str(on.year))) if month < f"{on:%Y-%m}"]
    told: dict[tuple[int, str], list[Month]] = {}
    for row in Evaluation.objects.filter(campaign_unit__campaign=opened.campaign).select_related("campaign_unit").order_by("pk"):
        share = chance.choice(SHARES)
        months = [_month(row, month, share, laws) for month in past]
        told.setdefault((row.campaign_unit.unit_id, row.regime), []).extend(month for month in months if month)
    for (unit, regime), found in told.items():
        if found:
            record_months(unit=unit, regime=regime, months=found, laws=laws, actor=actor, scope=scope, at=at)


def _month(row: Evaluation, month: str, share: Fraction, laws: LawSet) -> Month | None:
    rules = regime_named(laws, row.regime, period_of("month", month).start)
    role: Role = "leader" if row.role == "leader" else "staff"
    lines = rules.lines_of(role)
    if not rules.scored or any(line.points is None for line in lines):
        return None
    ratios = {ratio.code: Fraction(1) if ratio.halves else share for ratio in rules.ratios_of(role)}
    return Month(row.person_id, month, {line.code: line.points for line in lines if line.points is not None}, ratios, role)


__all__ = ["open_demo_campaign"]
