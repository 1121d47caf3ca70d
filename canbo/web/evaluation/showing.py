"""Months and years of a person as pages print them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from canbo.dossier.models import Rating
from canbo.engine.law.model import LawSet
from canbo.evaluation.models import CAPACITIES, TrackedMonth
from canbo.evaluation.periods import period_of
from canbo.evaluation.products import lines_in
from canbo.kernel.numbers import decimal_text
from canbo.web.evaluation.view import end_of, grade_name, regime_label, regime_of, regime_of_rating


@dataclass(frozen=True)
class MonthShown:
    """One month: points of the general lines added up, each ratio in words, the score."""

    row: TrackedMonth
    month: str
    general: str
    ratios: tuple[tuple[str, str], ...]
    score: str

    @property
    def products(self) -> list[tuple[str, ...]]:
        """(name, factor, assigned, done, extra, faults, delays) of each product the ratios were counted from."""
        return [
            (line.name, *map(exact_text, (line.factor, line.assigned, line.done, line.extra)), str(line.faults), str(line.delays))
            for line in lines_in(self.row.products)
        ]


def months_shown(rows: Sequence[TrackedMonth], laws: LawSet) -> list[MonthShown]:
    return [_month(row, laws) for row in rows]


def _month(row: TrackedMonth, laws: LawSet) -> MonthShown:
    rules = regime_of(laws, row.regime, period_of("month", row.month).start)
    labels = {ratio.code: ratio.label for ratio in (*rules.ratios, *rules.axes)} if rules else {}
    general = sum((Decimal(text) for text in row.points.values()), Decimal(0))
    ratios = tuple((labels.get(code, code), ratio_text(text) + "%") for code, text in row.ratios.items())
    year, _, month = row.month.partition("-")
    return MonthShown(row, f"{month}/{year}", decimal_text(general), ratios, decimal_text(row.score))


def ratio_text(stored: str) -> str:
    """A stored ratio as percent: `1` → 100, `19/20` → 95, `2/3` → 66,67."""
    return percent_of(Fraction(stored)).removesuffix("%")


def percent_of(share: Fraction) -> str:
    """`95%`, `66,67%`."""
    return exact_text(share * 100) + "%"


def exact_text(number: Fraction) -> str:
    """`12`, `1,5`; to the hundredth where it does not come out even."""
    return decimal_text(Decimal(number.numerator) / Decimal(number.denominator), places=2)


@dataclass(frozen=True)
class YearShown:
    """One grade: in the words of its regime, and in today's where these differ; `replaced` by a later decision."""

    row: Rating
    grade: str
    today: str
    regime: str
    score: str
    replaced: bool


def years_shown(rows: Sequence[Rating], laws: LawSet) -> tuple[list[str], list[tuple[str, list[list[YearShown]]]]]:
    """(periods, (capacity, the grades of each period)): several years side by side, each with the name its regime gave."""
    periods = sorted({row.period for row in rows}, key=lambda text: (text[:4], len(text), text))
    lines = []
    for code, label in CAPACITIES:
        mine = [row for row in rows if row.capacity == code]
        if mine:
            lines.append((label, [[_year(row, laws) for row in mine if row.period == period] for period in periods]))
    return periods, lines


def _year(row: Rating, laws: LawSet) -> YearShown:
    rules, end = regime_of_rating(laws, row), end_of(row.period_kind, row.period)
    name, now = grade_name(row.grade, rules) or row.text or "chưa rõ mức", grade_name(row.grade, None)
    document = regime_label(laws, row.regime, end)[1] if end and row.regime else ""
    score = decimal_text(row.score) if row.score is not None else ""
    return YearShown(row, name, now if row.grade and now != name else "", document, score, row.replaced_by_id is not None)


__all__ = ["MonthShown", "YearShown", "exact_text", "months_shown", "percent_of", "ratio_text", "years_shown"]
