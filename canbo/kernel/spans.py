"""Half-open spans with partial bounds, and comparisons that may stay unknown."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

from canbo.kernel.dates import PartialDate
from canbo.kernel.errors import SpanError

Op = Literal["<", "<=", ">", ">=", "==", "!="]


class Ordered(Protocol):
    """Anything with an order: dates, ages, Decimals."""

    def __lt__(self, other: Any, /) -> bool: ...

    def __le__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=Ordered)


@dataclass(frozen=True, slots=True)
class Span:
    """`[start, end)`: start None = not known since when, end None = until now."""

    start: PartialDate | None
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end.hi < self.start.lo:
            raise SpanError(
                f"Ngày kết thúc {self.end.display} trước ngày bắt đầu {self.start.display}; xin xem lại hai ngày này."
            )

    @property
    def bound(self) -> date | None:
        """First day outside: the end itself when known to the day, else the day after that month or year."""
        if self.end is None:
            return None
        return self.end.lo if self.end.precision == "day" else self.end.after


def holds(span: Span, on: date) -> bool | None:
    """Whether the span covers a day; None when its start is not precise enough to tell."""
    if span.bound is not None and on >= span.bound:
        return False
    if span.start is None:
        return None
    if on < span.start.lo:
        return False
    return True if on >= span.start.hi else None


def compare_interval(lo: T | None, hi: T | None, op: Op, value: T) -> bool | None:
    """Compare something known to lie in `[lo, hi]` with a value; None = not decided, a None bound is open."""
    match op:
        case "<":
            return _is_below(lo, hi, value)
        case "<=":
            return _opposite(_is_above(lo, hi, value))
        case ">":
            return _is_above(lo, hi, value)
        case ">=":
            return _opposite(_is_below(lo, hi, value))
        case "==":
            return _is_equal(lo, hi, value)
        case "!=":
            return _opposite(_is_equal(lo, hi, value))
    raise ValueError(op)


def _opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _is_below(lo: T | None, hi: T | None, value: T) -> bool | None:
    if hi is not None and hi < value:
        return True
    return False if lo is not None and value <= lo else None


def _is_above(lo: T | None, hi: T | None, value: T) -> bool | None:
    if lo is not None and value < lo:
        return True
    return False if hi is not None and hi <= value else None


def _is_equal(lo: T | None, hi: T | None, value: T) -> bool | None:
    if (lo is not None and value < lo) or (hi is not None and hi < value):
        return False
    return True if lo == hi == value else None
