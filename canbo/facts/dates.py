"""Partial dates and spans as Polars expressions: the columnar twins of kernel.dates and kernel.spans."""

from datetime import date

import polars as pl


def lo(iso_text: pl.Expr) -> pl.Expr:
    """First possible day of `1968`, `1968-05` or `1968-05-12`."""
    return _padded(iso_text, year="-01-01", month="-01").str.to_date("%Y-%m-%d")


def hi(iso_text: pl.Expr) -> pl.Expr:
    """Last possible day."""
    first = _padded(iso_text, year="-12-31", month="-01").str.to_date("%Y-%m-%d")
    return pl.when(iso_text.str.len_bytes() == 7).then(first.dt.month_end()).otherwise(first)


def before(iso_text: pl.Expr) -> pl.Expr:
    """First day outside a span with this end: a day is the end itself, a month or year is inclusive."""
    return pl.when(iso_text.str.len_bytes() == 10).then(lo(iso_text)).otherwise(hi(iso_text).dt.offset_by("1d"))


def iso(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """ISO text as precise as known, back from the two days."""
    is_year = (first.dt.month() == 1) & (first.dt.day() == 1) & (last.dt.month() == 12) & (last.dt.day() == 31)
    return (
        pl.when(first == last).then(first.dt.strftime("%Y-%m-%d"))
        .when(is_year & (first.dt.year() == last.dt.year())).then(first.dt.strftime("%Y"))
        .otherwise(first.dt.strftime("%Y-%m"))
    )  # fmt: skip


def happened(first: pl.Expr, last: pl.Expr, on: date) -> pl.Expr:
    """Whether something dated [first, last] has happened by the end of `on`; null = cannot be told."""
    return pl.when(last <= on).then(pl.lit(True)).when(first > on).then(pl.lit(False))


def known_by(first: pl.Expr, last: pl.Expr, known_from: pl.Expr, on: date) -> pl.Expr:
    """As `happened`; without a date of its own a record is true from the day its list was true, unknown before."""
    return pl.when(first.is_not_null()).then(happened(first, last, on)).when(known_from <= on).then(pl.lit(True))


def holds(on: date, *, start: str = "start", end: str = "end") -> pl.Expr:
    """Whether the span columns cover a day; null when the start is not precise enough to tell."""
    return (
        pl.when(pl.col(f"{end}_before") <= on).then(pl.lit(False))
        .when(pl.col(f"{start}_lo") > on).then(pl.lit(False))
        .when(pl.col(f"{start}_hi") <= on).then(pl.lit(True))
    )  # fmt: skip


def possibly(verdict: pl.Expr) -> pl.Expr:
    """Surely or possibly true."""
    return verdict.is_null() | verdict


def full_years(day: pl.Expr, on: date) -> pl.Expr:
    """Full years from a day to `on`, as kernel.dates.full_years counts them."""
    not_yet = (day.dt.month().cast(pl.Int32) * 100 + day.dt.day()) > on.month * 100 + on.day
    return on.year - day.dt.year() - not_yet.cast(pl.Int32)


def full_months(day: pl.Expr, on: date) -> pl.Expr:
    """Full months from a day to `on`, by the same rule."""
    months = (on.year - day.dt.year()) * 12 + on.month - day.dt.month().cast(pl.Int32)
    return months - (day.dt.day() > on.day).cast(pl.Int32)


def _padded(iso_text: pl.Expr, *, year: str, month: str) -> pl.Expr:
    length = iso_text.str.len_bytes()
    tail = pl.when(length == 4).then(pl.lit(year)).when(length == 7).then(pl.lit(month)).otherwise(pl.lit(""))
    return iso_text + tail
