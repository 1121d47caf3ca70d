"""The months as the head of a unit writes them down: points of the general lines, ratios of the task results."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from canbo.audit.changes import ActLog, act, values_of
from canbo.dossier.models import Person
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import RatingRefused
from canbo.engine.ratings.scores import month_score
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.managed import heads_too_high
from canbo.evaluation.models import TrackedMonth, UnitRegulation
from canbo.evaluation.people import regime_named
from canbo.evaluation.periods import period_of
from canbo.evaluation.products import ProductLine, kept, lines_in, ratios_with
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean

TRACK = "evaluation.track"
NAMED = 3


class MonthRefused(RatingRefused):
    """Months that cannot be kept; `wrong`: person → what is wrong of hers, in one sentence."""

    def __init__(self, wrong: Mapping[int, str], names: Mapping[int, str]) -> None:
        told = " ".join(f"{names.get(person, '')}: {text}" for person, text in list(wrong.items())[:NAMED])
        more = f" Và {len(wrong) - NAMED} người khác." if len(wrong) > NAMED else ""
        super().__init__(told + more)
        self.wrong = dict(wrong)


@dataclass(frozen=True)
class Month:
    """The points of one person for one month, as its head wrote them down.

    `products` are what the ratios they give are counted from, whatever `ratios` says of these; None = those that stand stay.
    """

    person: int
    month: str
    points: Mapping[str, Decimal]
    ratios: Mapping[str, Fraction]
    role: str = "staff"
    note: str = ""
    products: tuple[ProductLine, ...] | None = None


def record_months(
    *, unit: int, regime: str, months: list[Month], laws: LawSet, actor: Actor, scope: Scope, at: datetime
) -> list[TrackedMonth]:
    """Keep the points of people of a unit, month by month; what stood for a month is written over, in the log both stay.

    Raises MonthRefused with what is wrong of each person, and writes nothing then.
    """
    if not scope.sees_unit(unit) or not scope.sees_group("evaluation"):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
    made: list[TrackedMonth] = []
    wrong: dict[int, str] = {}
    with act(actor=actor, action="evaluation.months", may=TRACK, at=at) as log:
        held = {
            (row.person_id, row.month): row
            for row in TrackedMonth.objects.filter(unit=unit, person__in={m.person for m in months}, month__in={m.month for m in months})
        }
        weights = _weights(unit, regime, months)
        for told in months:
            period = period_of("month", told.month)
            rules = regime_named(laws, regime, period.start)
            if told.role not in ("staff", "leader"):
                raise EvaluationRefused("Nhóm phải là lãnh đạo, quản lý hoặc không giữ chức vụ.")
            stood = held.get((told.person, told.month))
            lines = _products(told, stood, regime)
            try:
                ratios = ratios_with(lines, told.ratios, rules)
                score = month_score(
                    regime=rules, role=told.role, points=told.points, ratios=ratios, weights=weights.get(told.month[:4])  # type: ignore[arg-type]
                )
            except RatingRefused as error:
                wrong[told.person] = str(error)
                continue
            made.append(_month_row(stood, replace(told, ratios=ratios, products=lines), unit, regime, score))
        wrong = wrong or heads_too_high(unit=unit, told=made, laws=laws)
        if wrong:
            raise MonthRefused(wrong, dict(Person.objects.filter(pk__in=wrong).values_list("pk", "full_name")))
        _keep_months(made, log)
    return made


def _month_row(row: TrackedMonth | None, told: Month, unit: int, regime: str, score: Decimal) -> TrackedMonth:
    row = row or TrackedMonth(person_id=told.person, unit_id=unit, month=told.month)
    row.regime, row.role, row.score, row.note = regime, told.role, score, clean(told.note)[:500]
    row.points = {code: str(value) for code, value in told.points.items()}
    row.ratios = {code: str(value) for code, value in told.ratios.items()}
    row.products = kept(told.products or ())
    return row


def _products(told: Month, stood: TrackedMonth | None, regime: str) -> tuple[ProductLine, ...]:
    """What is told; else what stood for the month under the same regime."""
    if told.products is not None:
        return told.products
    return lines_in(stood.products) if stood and stood.regime == regime else ()


def _keep_months(rows: list[TrackedMonth], log: ActLog) -> None:
    """New months together; the few written over one by one, each with what stood before."""
    held = [row for row in rows if row.pk is not None]
    stood = {old.pk: values_of(old) for old in TrackedMonth.objects.filter(pk__in=[row.pk for row in held])}
    for row in TrackedMonth.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500):
        log.inserted(row, person=row.person_id)
    for row in held:
        row.save()
        log.updated(stood[row.pk], row, person=row.person_id)


def _weights(unit: int, regime: str, months: list[Month]) -> dict[str, dict[str, Decimal]]:
    rows = UnitRegulation.objects.filter(unit=unit, regime=regime, year__in={int(m.month[:4]) for m in months})
    return {str(row.year): weights_in(row) for row in rows}


def weights_in(regulation: UnitRegulation) -> dict[str, Decimal]:
    """The points a unit's own regulation gives each line."""
    return {code: Decimal(text.replace(",", ".")) for code, text in regulation.points.items()}
