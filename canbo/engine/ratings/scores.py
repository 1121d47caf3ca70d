"""Points of a month, their means, and the grade they give; the facts that cap or bar it named with their articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from canbo.engine.ratings.model import (
    GRADES,
    NOT_RATED,
    PERIOD_MONTHS,
    UNSATISFACTORY,
    Line,
    RatingRefused,
    Regime,
    Role,
    TaskRatio,
)

YEAR = PERIOD_MONTHS["year"]


@dataclass(frozen=True, slots=True)
class Product:
    """One piece of work of a month, in standard units of the body: assigned, done of it, `extra` given later on top.

    Handed over to somebody else = assigned and not done. A fault or delay is one failed check, one missed day; those with
    an objective cause that the authority confirmed are not counted here.
    """

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


@dataclass(frozen=True, slots=True)
class ProductSums:
    """In standard units: assigned; done with what came on top; what of it is left after faults; after delays."""

    assigned: Fraction
    done: Fraction
    quality: Fraction
    progress: Fraction

    @property
    def ratios(self) -> dict[str, Fraction]:
        """a, b, c of the task results: quantity, quality, progress, each of all that was assigned, at most the whole."""
        left = {"a": self.done, "b": self.quality, "c": self.progress}
        return {code: _most_one(part / self.assigned) for code, part in left.items()}


def sums_of_products(products: Sequence[Product], fault_share: Fraction) -> ProductSums:
    """Each failed check costs `fault_share` of that product's quality points alone, each delay of its progress points alone.

    Raises RatingRefused when nothing was assigned or more is done than was.
    """
    for p in products:
        if not 0 <= p.done <= p.assigned or p.extra < 0 or min(p.quality_faults, p.delays) < 0:
            raise RatingRefused("Sản phẩm đã làm phải từ 0 đến số được giao; phần phát sinh ghi vào cột bổ sung, đột xuất.")
    assigned = sum((p.assigned for p in products), Fraction(0))
    if assigned == 0:
        raise RatingRefused("Chưa có nhiệm vụ được giao trong kỳ; hãy ghi sản phẩm, công việc được giao trước khi chấm.")
    return ProductSums(
        assigned, sum((p.done + p.extra for p in products), Fraction(0)),
        sum((_left(p, p.quality_faults, fault_share) for p in products), Fraction(0)),
        sum((_left(p, p.delays, fault_share) for p in products), Fraction(0)),
    )  # fmt: skip


def ratios_of_products(products: Sequence[Product], fault_share: Fraction) -> dict[str, Fraction]:
    """a, b, c of the task results as `sums_of_products` counts them; raises as it does."""
    return sums_of_products(products, fault_share).ratios


def _left(product: Product, faults: int, share: Fraction) -> Fraction:
    return (product.done + product.extra) * max(Fraction(0), 1 - faults * share)


def _most_one(ratio: Fraction) -> Fraction:
    return min(ratio, Fraction(1))


def month_score(
    *, regime: Regime, role: Role, points: Mapping[str, Decimal], ratios: Mapping[str, Fraction],
    weights: Mapping[str, Decimal] | None = None,
) -> Decimal:  # fmt: skip
    """General points + mean of the ratios × the points of the tasks, to the hundredth.

    `weights` = points of a line, or of an axis of the task results, where the unit fixes them. Raises RatingRefused for a missing
    line, points above the line's, lines that do not add up to the regime's points, a ratio outside 0–1 or one that must be whole or half.
    """
    if not regime.scored:
        raise RatingRefused("Chế độ này xếp loại theo tiêu chí, không theo điểm; hãy chọn mức.")
    given = weights or {}
    lines, wanted = regime.lines_of(role), regime.ratios_of(role, given)
    most = {line.code: _most_of(line, given) for line in lines}
    if sum(most.values()) != regime.general_points:
        text = f"Điểm tối đa các tiêu chí cộng lại là {_vi(sum(most.values(), Decimal(0)))}, không phải {_vi(regime.general_points)}"
        raise RatingRefused(f"{text}; hãy sửa quy chế đánh giá của đơn vị.")
    general = sum((_points_of(line, most[line.code], points.get(line.code), regime.whole_lines) for line in lines), Decimal(0))
    for ratio in wanted:
        _check_ratio(ratio.label, ratio.halves, ratios.get(ratio.code))
    return rounded(Fraction(general) + _task_points(regime, wanted, ratios, given))


def _task_points(regime: Regime, wanted: Sequence[TaskRatio], ratios: Mapping[str, Fraction], weights: Mapping[str, Decimal]) -> Fraction:
    """The mean of the ratios × the points of the tasks; of axes, each × its own points."""
    if wanted and wanted[0] in regime.axes:
        each = {axis.code: weights[axis.code] for axis in wanted}
        if sum(each.values()) != regime.task_points:
            text = f"Điểm các trục cộng lại là {_vi(sum(each.values(), Decimal(0)))}, không phải {_vi(regime.task_points)}"
            raise RatingRefused(f"{text}; hãy sửa quy chế đánh giá của đơn vị.")
        return sum((ratios[code] * Fraction(most) for code, most in each.items()), Fraction(0))
    return sum((ratios[ratio.code] for ratio in wanted), Fraction(0)) / len(wanted) * Fraction(regime.task_points)


def _most_of(line: Line, weights: Mapping[str, Decimal]) -> Decimal:
    most = line.points if line.points is not None else weights.get(line.code)
    if most is None:
        raise RatingRefused(f"Đơn vị chưa quy định điểm tối đa của tiêu chí “{line.label}”; hãy ghi vào quy chế đánh giá của đơn vị.")
    return most


def _points_of(line: Line, most: Decimal, given: Decimal | None, whole: bool) -> Decimal:
    if given is None:
        raise RatingRefused(f"Chưa chấm tiêu chí “{line.label}”; hãy chấm đủ các dòng.")
    if not 0 <= given <= most:
        raise RatingRefused(f"Điểm của tiêu chí “{line.label}” phải từ 0 đến {_vi(most)}.")
    if whole and given not in (0, most):
        raise RatingRefused(f"Tiêu chí “{line.label}” chấm đủ {_vi(most)} điểm khi bảo đảm, 0 điểm khi không.")
    return given


def _check_ratio(label: str, halves: bool, found: Fraction | None) -> None:
    if found is None:
        raise RatingRefused(f"Chưa có tỷ lệ “{label}”; hãy ghi đủ.")
    if halves and found not in (Fraction(1), Fraction(1, 2)):
        raise RatingRefused(f"“{label}” chỉ nhận 100% hoặc 50%.")
    if not 0 <= found <= 1:
        raise RatingRefused(f"“{label}” phải từ 0% đến 100%.")


def only_half(*, regime: Regime, role: Role, ratios: Mapping[str, Fraction]) -> list[TaskRatio]:
    """Ratios told as the whole that may be the half at most, because somebody managed has the lowest grade in the month."""
    named = (ratio for ratio in regime.ratios_of(role) if ratio.half_when_managed_fail)
    return [ratio for ratio in named if ratios.get(ratio.code, Fraction(0)) > Fraction(1, 2)]


def period_score(months: Sequence[Decimal | None], period: str) -> Decimal | None:
    """The mean of the months worked; None while a month of the period has no score and the time away does not explain it.

    `months` are those that count: a month away is left out by the caller, a month not yet scored is None.
    """
    if period not in PERIOD_MONTHS:
        raise RatingRefused("Kỳ này không tính điểm trung bình từ các tháng; hãy ghi điểm của kỳ.")
    scored = [Fraction(score) for score in months if score is not None]
    if not months or len(months) > PERIOD_MONTHS[period] or len(scored) < len(months):
        return None
    return rounded(sum(scored, Fraction(0)) / len(scored))


def rounded(value: Fraction) -> Decimal:
    """To the hundredth, half upwards, from the exact value: what the forms print, and what a grade is given for."""
    return Decimal(floor(value * 100 + Fraction(1, 2))).scaleb(-2)


def grade_of(score: Decimal, regime: Regime) -> str:
    """The grade of a score; RatingRefused when the regime rates without points."""
    if not regime.bands:
        raise RatingRefused("Chế độ này xếp loại theo tiêu chí, không theo điểm; hãy chọn mức.")
    return next((band.grade for band in sorted(regime.bands, key=lambda b: -b.least) if score >= band.least), UNSATISFACTORY)


def proposal(
    *, regime: Regime, role: Role, score: Decimal | None, grade: str = "", months_worked: int, months_away: Mapping[str, int],
    bars: Iterable[str] = (), unit_grade: str = "", heads_unit: bool = False, of_months: int = 12,
) -> Proposal:  # fmt: skip
    """What the rules give: by score or, in a regime without points, by the grade chosen; then absence, bars, the head's unit.

    `months_away` by cause; `bars` = codes of disqualifying facts that stand, whatever the score. A grade of "" is one that
    cannot be proposed yet, with its reason. Nothing is decided here. Raises RatingRefused for impossible months or grades.
    """
    away = {cause: number for cause, number in months_away.items() if number}
    if min(months_worked, *away.values(), 0) < 0 or months_worked + sum(away.values()) > of_months:
        raise RatingRefused(f"Số tháng làm việc và vắng mặt phải từ 0 và cộng lại không quá {of_months}; hãy sửa số tháng.")
    if grade and grade not in (*GRADES, NOT_RATED):
        raise RatingRefused(f"Không có mức “{grade}”; hãy chọn một trong {', '.join(regime.names.values())}.")
    absences = regime.absences if of_months == YEAR else ()  # the rules speak of the year
    reasons: list[str] = []
    for absence in absences:
        if absence.worked_below is not None and months_worked < absence.worked_below:
            if not months_worked or months_worked + _months(away, among=absence.excepted) < absence.worked_below:
                return Proposal(NOT_RATED, score, (f"{absence.label} ({absence.cite.article})",))
            reasons.append(f"xếp loại theo thời gian làm việc ({absence.cite.article})")
    standing = [bar for bar in regime.bars if bar.code in set(bars) and bar.applies in ("all", role)]
    if standing:
        return Proposal(UNSATISFACTORY, score, tuple(f"{bar.label} ({bar.cite.article})" for bar in standing))
    if regime.scored:
        grade = "" if score is None else grade_of(score, regime)
    if not grade:
        return Proposal("", score, ("chưa đủ điểm của các tháng" if regime.scored else "chưa chọn mức",))
    if grade == NOT_RATED:
        return Proposal(NOT_RATED, score, ("được chọn không xếp loại",))
    for absence in absences:
        months = sum(away.values()) - _months(away, among=absence.excepted)
        if absence.cap and _within(months, absence.away_least, absence.away_below) and _above(grade, absence.cap):
            grade = absence.cap
            reasons.append(f"{absence.label} ({absence.cite.article})")
    if heads_unit and regime.head_not_above_unit:
        article = regime.articles.get("head", "theo chế độ này")
        if unit_grade not in GRADES:
            return Proposal("", score, (f"chưa xếp loại đơn vị của người đứng đầu ({article})",))
        if _above(grade, unit_grade):
            grade = unit_grade
            reasons.append(f"không cao hơn mức của đơn vị ({article})")
    return Proposal(grade, score, tuple(reasons))


def _months(away: Mapping[str, int], *, among: tuple[str, ...]) -> int:
    return sum(number for cause, number in away.items() if cause in among)


def _within(months: int, least: int | None, below: int | None) -> bool:
    return least is not None and months >= least and (below is None or months < below)


def _above(grade: str, other: str) -> bool:
    return GRADES.index(grade) > GRADES.index(other)


def _vi(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
