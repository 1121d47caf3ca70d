"""Points of a month, their means, and the grade they give; the facts that cap or bar it named with their articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from canbo.engine.ratings.model import GRADES, NOT_RATED, PERIOD_MONTHS, UNSATISFACTORY, RatingRefused, Regime, Role

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Product:
    """What one person was given to do in a month, counted in the standard unit of the body: numbers as converted by its list."""

    assigned: Fraction
    done: Fraction
    quality_faults: int = 0
    delays: int = 0
    extra: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The grade the rules give, before anybody decides: with what capped or barred it, each with its article."""

    grade: str
    score: Decimal | None
    reasons: tuple[str, ...] = ()


def ratios_of_products(products: Sequence[Product], fault_share: Fraction) -> dict[str, Fraction]:
    """a, b, c of the task results: quantity, quality, progress, each of all that was assigned.

    Each failed check or delay costs `fault_share` of that product's points; what was added later counts on top, not in the base.
    """
    assigned = sum((p.assigned for p in products), Fraction(0))
    if assigned <= 0:
        raise RatingRefused("Chưa có nhiệm vụ được giao trong kỳ; hãy ghi sản phẩm, công việc được giao trước khi chấm.")
    done = sum((p.done + p.extra for p in products), Fraction(0))
    quality = sum((_left(p, p.quality_faults, fault_share) for p in products), Fraction(0))
    progress = sum((_left(p, p.delays, fault_share) for p in products), Fraction(0))
    return {"a": _most_one(done / assigned), "b": _most_one(quality / assigned), "c": _most_one(progress / assigned)}


def _left(product: Product, faults: int, share: Fraction) -> Fraction:
    return (product.done + product.extra) * max(Fraction(0), 1 - faults * share)


def _most_one(ratio: Fraction) -> Fraction:
    return min(ratio, Fraction(1))


def month_score(
    *, regime: Regime, role: Role, points: Mapping[str, Decimal], ratios: Mapping[str, Fraction],
    weights: Mapping[str, Decimal] | None = None,
) -> Decimal:  # fmt: skip
    """General points + mean of the ratios × the points of the tasks, to the hundredth.

    `weights` = points of a line where the unit fixes them. Raises RatingRefused for a missing line, points above the
    line's, a ratio outside 0–1 or one that must be whole or half.
    """
    general = sum((_points_of(line.code, line.label, line.points, points, weights) for line in regime.lines_of(role)), Decimal(0))
    if general > regime.general_points:
        raise RatingRefused(f"Điểm tiêu chí chung ({_vi(general)}) vượt quá {_vi(regime.general_points)} điểm; hãy xem lại từng dòng.")
    wanted = regime.ratios_of(role)
    for ratio in wanted:
        _check_ratio(ratio.label, ratio.halves, ratios.get(ratio.code))
    mean = sum((ratios[ratio.code] for ratio in wanted), Fraction(0)) / len(wanted)
    return rounded(Fraction(general) + mean * Fraction(regime.task_points))


def _points_of(
    code: str, label: str, most: Decimal | None, points: Mapping[str, Decimal], weights: Mapping[str, Decimal] | None
) -> Decimal:
    given, limit = points.get(code), most if most is not None else (weights or {}).get(code)
    if limit is None:
        raise RatingRefused(f"Đơn vị chưa quy định điểm tối đa của tiêu chí “{label}”; hãy ghi vào quy chế đánh giá của đơn vị.")
    if given is None:
        raise RatingRefused(f"Chưa chấm tiêu chí “{label}”; hãy chấm đủ các dòng.")
    if not 0 <= given <= limit:
        raise RatingRefused(f"Điểm của tiêu chí “{label}” phải từ 0 đến {_vi(limit)}.")
    return given


def _check_ratio(label: str, halves: bool, found: Fraction | None) -> None:
    if found is None:
        raise RatingRefused(f"Chưa có tỷ lệ “{label}”; hãy ghi đủ.")
    if halves and found not in (Fraction(1), Fraction(1, 2)):
        raise RatingRefused(f"“{label}” chỉ nhận 100% hoặc 50%.")
    if not 0 <= found <= 1:
        raise RatingRefused(f"“{label}” phải từ 0% đến 100%.")


def period_score(months: Sequence[Decimal | None], period: str) -> Decimal | None:
    """The mean of the months worked; None while a month of the period has no score and the time away does not explain it.

    `months` are those that count: a month away is left out by the caller, a month not yet scored is None.
    """
    if not months or len(months) > PERIOD_MONTHS[period] or any(score is None for score in months):
        return None
    return rounded(sum((Fraction(score) for score in months if score is not None), Fraction(0)) / len(months))


def rounded(value: Fraction) -> Decimal:
    """To the hundredth, half upwards, from the exact value."""
    cents = (value * 100 + Fraction(1, 2)).__floor__()
    return (Decimal(cents) / 100).quantize(CENT, ROUND_HALF_UP)


def grade_of(score: Decimal, regime: Regime) -> str:
    """The grade of a score; RatingRefused when the regime rates without points."""
    if not regime.bands:
        raise RatingRefused("Chế độ này xếp loại theo tiêu chí, không theo điểm; hãy chọn mức.")
    return next((band.grade for band in sorted(regime.bands, key=lambda b: -b.least) if score >= band.least), UNSATISFACTORY)


def proposal(
    *, regime: Regime, role: Role, score: Decimal | None, grade: str = "", months_worked: int, months_away: Mapping[str, int],
    bars: Iterable[str] = (), unit_grade: str = "", heads_unit: bool = False, of_months: int = 12,
) -> Proposal:  # fmt: skip
    """What the rules give: by score or by the grade chosen, then absence, bars, and the head's unit.

    `months_away` by cause; `bars` = codes of disqualifying facts that stand; nothing is decided here.
    """
    reasons: list[str] = []
    worked = Fraction(months_worked)
    for absence in regime.absences:
        if not absence.not_rated or not _away(absence.worked_below, worked, of_months):
            continue
        if not set(months_away) & set(absence.excepted):
            return Proposal(NOT_RATED, score, (f"{absence.label} ({absence.cite.article})",))
        reasons.append(f"xếp loại theo thời gian làm việc ({absence.cite.article})")
    found = grade_of(score, regime) if score is not None and regime.scored else grade
    if not found:
        return Proposal("", score, ("chưa đủ điểm của các tháng" if regime.scored else "chưa chọn mức",))
    standing = [bar for bar in regime.bars if bar.code in set(bars) and bar.applies in ("all", role)]
    if standing:
        return Proposal(UNSATISFACTORY, score, tuple(f"{bar.label} ({bar.cite.article})" for bar in standing))
    for absence in regime.absences:
        if absence.cap and _between(absence.away_least, absence.away_below, months_away, absence.excepted):
            found, said = _capped(found, absence.cap), f"{absence.label} ({absence.cite.article})"
            reasons.append(said)
    if heads_unit and regime.head_not_above_unit and unit_grade in GRADES and GRADES.index(found) > GRADES.index(unit_grade):
        found = unit_grade
        reasons.append(f"không cao hơn mức của đơn vị ({regime.articles.get('head', 'theo chế độ này')})")
    return Proposal(found, score, tuple(reasons))


def _away(worked_below: int | None, worked: Fraction, of_months: int) -> bool:
    return worked_below is not None and of_months == PERIOD_MONTHS["year"] and worked < worked_below


def _between(least: int | None, below: int | None, away: Mapping[str, int], excepted: tuple[str, ...]) -> bool:
    months = sum(number for cause, number in away.items() if cause not in excepted)
    return least is not None and months >= least and (below is None or months < below)


def _capped(grade: str, cap: str) -> str:
    return min(grade, cap, key=GRADES.index)


def _vi(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
