"""What the months of those managed do to the month of their head."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from canbo.dossier.models import Holding
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import UNSATISFACTORY, Regime
from canbo.engine.ratings.scores import grade_of, only_half
from canbo.evaluation.models import TrackedMonth
from canbo.evaluation.people import leading_titles, regime_named
from canbo.evaluation.periods import period_of


def heads_too_high(*, unit: int, told: Sequence[TrackedMonth], laws: LawSet) -> dict[int, str]:
    """Head of the unit → what her month says too much: the whole, though somebody of the unit has the lowest grade that month.

    Months told now count before those that stand; deputies answer for a field nobody wrote down, so they are not looked at.
    One query where every month told is fit, two more for each month in which somebody fails.
    """
    rows = {(row.person_id, row.month): row for row in told}
    months = {month for _, month in rows}
    passing = _passing(told, laws)
    for row in TrackedMonth.objects.filter(unit=unit, month__in=months, score__lt=passing).order_by("pk"):
        rows.setdefault((row.person_id, row.month), row)
    failing = {(row.person_id, row.month) for row in rows.values() if row.score < passing and _fails(row, laws)}
    wrong: dict[int, str] = {}
    for month in sorted({month for _, month in failing}):
        for head in _heads(unit, month):
            found = rows.get((head, month)) or TrackedMonth.objects.filter(unit=unit, month=month, person=head).first()
            if found is not None and any(person != head for person, of in failing if of == month) and (said := _too_much(found, laws)):
                wrong.setdefault(head, said)
    return wrong


def _too_much(row: TrackedMonth, laws: LawSet) -> str:
    rules = _rules(row, laws)
    ratios = {code: Fraction(text) for code, text in row.ratios.items()}
    labels = "”, “".join(ratio.label for ratio in only_half(regime=rules, role=row.role, ratios=ratios))  # type: ignore[arg-type]
    if not labels:
        return ""
    year, _, number = row.month.partition("-")
    text = f"tháng {number}/{year} có người được quản lý ở mức không hoàn thành nhiệm vụ nên “{labels}” của người đứng đầu chỉ được 50%"
    return f"{text} ({rules.articles.get('score', 'theo chế độ này')}); hãy sửa tháng của người đứng đầu trước."


def _fails(row: TrackedMonth, laws: LawSet) -> bool:
    rules = _rules(row, laws)
    return rules.scored and grade_of(row.score, rules) == UNSATISFACTORY


def _passing(rows: Sequence[TrackedMonth], laws: LawSet) -> Decimal:
    """Below these points a month may be of the lowest grade."""
    one_each = {(row.regime, row.month): row for row in rows}.values()
    return max((min((band.least for band in _rules(row, laws).bands), default=Decimal(0)) for row in one_each), default=Decimal(0))


def _heads(unit: int, month: str) -> list[int]:
    """Who holds a head's title at the unit on the last day of the month."""
    end = period_of("month", month).end
    if end is None:
        return []
    held = Holding.objects.holding(end - timedelta(days=1)).filter(unit=unit, title__code__in=leading_titles()["heads"])
    return list(held.order_by("pk").values_list("person", flat=True))


def _rules(row: TrackedMonth, laws: LawSet) -> Regime:
    return regime_named(laws, row.regime, period_of("month", row.month).start)
