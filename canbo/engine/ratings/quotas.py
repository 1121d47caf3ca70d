"""The ceiling of the highest grade in a unit and in each group of people with similar tasks, by exact whole numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from canbo.engine.ratings.model import EXCELLENT, GOOD, NOT_RATED, QUOTA_BASES, Quota


@dataclass(frozen=True, slots=True)
class Meter:
    """One ceiling: how many are used of how many allowed, of which base, and what would bring it under.

    `lower` = fewest to go down to good, which may itself raise the ceiling. `few` = capped by a number, for there are few.
    """

    group: str
    used: int
    base: int
    cap: int
    cap_exception: int | None
    lower: int = 0
    few: bool = False

    @property
    def over(self) -> int:
        return max(0, self.used - self.cap)

    @property
    def over_exception(self) -> int:
        """By how many even the exception is passed; where there is no exception, by how many the ceiling is."""
        return self.over if self.cap_exception is None else max(0, self.used - self.cap_exception)


def base_of(grades: Mapping[str, int], base: str) -> int:
    """How many people the share is taken of."""
    good, best = grades.get(GOOD, 0), grades.get(EXCELLENT, 0)
    match base:
        case "good":
            return good
        case "good-and-above":
            return good + best
        case _:
            return sum(number for grade, number in grades.items() if grade and grade != NOT_RATED)


def cap(base: int, share: Fraction, rounding: str) -> int:
    """So many of the base: 20 % of 21 is 4 when rounded down."""
    return floor(base * share if rounding == "down" else base * share + Fraction(1, 2))


def meter(grades: Mapping[str, int], quota: Quota, *, group: str = "", of_units: int | None = None) -> Meter:
    """`grades`: grade → people. `of_units` = number of units rated together, where the regime caps a few of them by a number."""
    used = grades.get(EXCELLENT, 0)
    few = of_units is not None and of_units < quota.few_below

    def most(lowered: int, share: Fraction) -> int:
        moved = {**grades, EXCELLENT: used - lowered, GOOD: grades.get(GOOD, 0) + lowered}
        return quota.few_cap if few else cap(base_of(moved, quota.base), share, quota.rounding)

    exception = None if few or quota.exception is None else most(0, quota.exception)
    lower = next(number for number in range(used + 1) if used - number <= most(number, quota.share))
    return Meter(group, used, base_of(grades, quota.base), most(0, quota.share), exception, lower, few)


def meters(rated: Iterable[tuple[str, str]], quota: Quota, *, of_units: int | None = None) -> list[Meter]:
    """All ceilings of one unit: the whole, then each group where the regime asks it. `rated` = (group, grade) of each person.

    Who is in no group yet counts in the whole alone; a group that is everybody is the whole.
    """
    whole: Counter[str] = Counter()
    by_group: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for group, grade in rated:
        whole[grade] += 1
        by_group[group][grade] += 1
    groups = [name for name in sorted(by_group) if name and by_group[name] != whole] if quota.per_group else []
    return [meter(whole, quota, of_units=of_units), *(meter(by_group[name], quota, group=name) for name in groups)]


def what_to_change(one: Meter, quota: Quota, what: str = "người") -> str:
    """One sentence for the meter: room left, or how many must go down and what else the regime allows. `what` is counted."""
    limit = f"tối đa {_share(quota.share)} của {one.base} ({QUOTA_BASES[quota.base]})"
    if one.few:
        limit = f"tối đa {quota.few_cap} khi có dưới {quota.few_below} {what} ({quota.cite.article})"
    if not one.over:
        return f"Còn {one.cap - one.used} trong {one.cap}: {limit}."
    text = f"Vượt {one.over} so với {one.cap}: {limit}; hãy giảm {one.lower} {what} xuống mức hoàn thành tốt"
    if one.cap_exception is None or one.over_exception:
        return text + "."
    basis = quota.exception_says or quota.cite.article
    return text + f", hoặc ghi quyết định cho phép tới {_share(quota.exception or quota.share)} ({basis})."


def _share(share: Fraction) -> str:
    return f"{float(share * 100):g}%".replace(".", ",")
