"""The columnar dates and spans say what the kernel says, day by day."""

from datetime import date, timedelta
from itertools import product

import polars as pl

from canbo.facts import dates
from canbo.facts.tables import make
from canbo.kernel.dates import PartialDate, full_years
from canbo.kernel.spans import Span, holds

PARTIAL = ["1968", "1968-02", "1968-02-29", "1968-12-31", "1969-01-01", "1969"]
DAYS = [date(1967, 12, 30) + timedelta(days=n) for n in range(800)]


def test_partial_dates_have_the_first_and_last_day_and_the_text_of_the_kernel() -> None:
    frame = pl.DataFrame({"iso": PARTIAL}).select(
        lo=dates.lo(pl.col("iso")), hi=dates.hi(pl.col("iso")), back=dates.iso(dates.lo(pl.col("iso")), dates.hi(pl.col("iso")))
    )
    kernel = [PartialDate.from_iso(text) for text in PARTIAL]
    assert frame.rows() == [(day.lo, day.hi, day.iso) for day in kernel]


def test_spans_hold_on_the_days_the_kernel_says() -> None:
    spans = [
        (start, end)
        for start, end in product([None, *PARTIAL], [None, *PARTIAL])
        if start is None or end is None or PartialDate.from_iso(end).hi >= PartialDate.from_iso(start).lo
    ]
    rows = [{"id": n, "start": start, "end": end} for n, (start, end) in enumerate(spans)]
    table = make(unit=rows).frames["unit"]
    partial = [[PartialDate.from_iso(text) if text else None for text in span] for span in spans]
    for on in [*DAYS[::7], date(1968, 12, 31), date(1969, 1, 1), date(1968, 2, 29), date(1968, 3, 1)]:
        expected = [holds(Span(start, end), on) for start, end in partial]
        assert table.select(dates.holds(on)).to_series().to_list() == expected, on


def test_ages_are_the_kernels_ages() -> None:
    births = [PartialDate.from_iso(text) for text in PARTIAL]
    frame = pl.DataFrame({"lo": [b.lo for b in births], "hi": [b.hi for b in births]})
    for on in [date(1987, 2, 28), date(1988, 2, 29), date(1988, 3, 1), date(1988, 12, 31), date(1989, 1, 1)]:
        ages = frame.select(lo=dates.full_years(pl.col("hi"), on), hi=dates.full_years(pl.col("lo"), on)).rows()
        assert ages == [full_years(birth, on) for birth in births]


def test_a_month_is_full_on_the_same_day_of_the_month() -> None:
    frame = pl.DataFrame({"day": [date(2023, 1, 31), date(2023, 1, 1), date(2022, 2, 28)]})
    assert frame.select(dates.full_months(pl.col("day"), date(2023, 2, 28))).to_series().to_list() == [0, 1, 12]
