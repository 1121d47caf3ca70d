"""Spans with partial bounds, checked against every day a partial start may be."""

import operator
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.kernel.dates import PartialDate
from canbo.kernel.errors import SpanError
from canbo.kernel.spans import Op, Span, compare_interval, holds

OPERATORS: dict[Op, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
PARTIALS = st.sampled_from(
    [PartialDate.from_iso(s) for s in ("2008", "2009", "2008-02", "2008-12", "2009-01", "2008-02-29", "2009-01-01")]
)


def _span(start: str | None, end: str | None) -> Span:
    return Span(PartialDate.from_iso(start) if start else None, PartialDate.from_iso(end) if end else None)


@pytest.mark.parametrize(
    ("start", "end", "on", "answer"),
    [
        ("2008-05-12", "2013-05-12", date(2008, 5, 11), False),
        ("2008-05-12", "2013-05-12", date(2008, 5, 12), True),
        ("2008-05-12", "2013-05-12", date(2013, 5, 11), True),
        ("2008-05-12", "2013-05-12", date(2013, 5, 12), False),  # the hand-over day is the successor's
        ("2008-05-12", "2013", date(2013, 12, 31), True),
        ("2008-05-12", "2013", date(2014, 1, 1), False),
        ("2008-05-12", "2013-02", date(2013, 2, 28), True),
        ("2008-05-12", "2013-02", date(2013, 3, 1), False),
        ("2008", None, date(2007, 12, 31), False),
        ("2008", None, date(2008, 1, 1), None),
        ("2008", None, date(2008, 12, 30), None),
        ("2008", None, date(2008, 12, 31), True),
        ("2008-05", None, date(2008, 5, 31), True),
        ("2008", "2008", date(2008, 6, 1), None),
        (None, "2013", date(2000, 1, 1), None),
        (None, "2013", date(2014, 1, 1), False),
        (None, None, date(2014, 1, 1), None),
        ("2008-05-12", "2008-05-12", date(2008, 5, 12), False),
    ],
)
def test_holds(start: str | None, end: str | None, on: date, answer: bool | None) -> None:
    assert holds(_span(start, end), on) is answer


def test_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(SpanError) as caught:
        _span("2013", "2012-12")
    assert caught.value.text_vi == "Ngày kết thúc 12/2012 trước ngày bắt đầu 2013; xin xem lại hai ngày này."


@given(PARTIALS, st.none() | PARTIALS, st.dates(date(2007, 12, 30), date(2010, 1, 2)))
def test_holds_agrees_with_every_possible_start(start: PartialDate, end: PartialDate | None, on: date) -> None:
    try:
        span = Span(start, end)
    except SpanError:
        return
    starts = [start.lo + timedelta(days=i) for i in range((start.after - start.lo).days)]
    answers = {s <= on and (span.bound is None or on < span.bound) for s in starts}
    assert holds(span, on) is (answers.pop() if len(answers) == 1 else None)


def test_compare_interval_agrees_with_every_possible_value() -> None:
    for lo in range(5):
        for hi in range(lo, 5):
            for op, compare in OPERATORS.items():
                for value in range(-1, 6):
                    answers = {compare(x, value) for x in range(lo, hi + 1)}
                    expected = answers.pop() if len(answers) == 1 else None
                    assert compare_interval(lo, hi, op, value) is expected, (lo, hi, op, value)


@pytest.mark.parametrize(
    ("lo", "hi", "op", "value", "answer"),
    [
        (None, 3, "<", 4, True),
        (None, 3, ">", 3, False),
        (None, 3, ">=", 3, None),
        (2, None, ">", 1, True),
        (2, None, "==", 1, False),
        (2, None, "!=", 1, True),
        (2, None, "<", 2, False),
        (None, None, "==", 1, None),
        (None, None, "<=", 1, None),
    ],
)
def test_compare_interval_with_an_open_bound(
    lo: int | None, hi: int | None, op: Op, value: int, answer: bool | None
) -> None:
    assert compare_interval(lo, hi, op, value) is answer


def test_compare_interval_of_dates_under_40() -> None:
    birth = PartialDate(1981)
    assert compare_interval(birth.lo, birth.hi, ">", date(1981, 4, 26)) is None
