"""Patterns that several facts share: the newest of a person's records, lists of codes, "không có" said by a source."""

from collections.abc import Collection, Sequence
from datetime import date

import polars as pl

from canbo.facts.dates import holds, possibly
from canbo.facts.registry import Ask, source
from canbo.facts.tables import Tables


def held(t: Tables, ask: Ask, table: str) -> pl.LazyFrame:
    """Rows of a dated table with `held`: true, false or null (cannot be told) on the day asked.

    A row seen in a list counts from the list's day and is unknown, not absent, before it; so does a row without a
    beginning from the day it was known.
    """
    verdict = known_to_hold(ask.on)
    if "since_list" in t.frames[table].columns:
        unseen = pl.col("since_list") & (pl.col("start_lo") > ask.on)
        verdict = pl.when(unseen).then(pl.lit(None)).otherwise(verdict)
    return t[table].with_columns(verdict.alias("held"))


def known_to_hold(on: date) -> pl.Expr:
    """Whether a record's span covers a day; one whose beginning nobody wrote down holds from the day it was known."""
    known = pl.col("start_lo").is_null() & (pl.col("known_from") <= on)
    return pl.coalesce(holds(on), pl.when(known).then(pl.lit(True)))


def newest(rows: pl.LazyFrame, *by: str, key: str = "person") -> pl.LazyFrame:
    """One row per person: the last by these columns, then by id; nulls first."""
    return rows.sort(*by, "id").unique(key, keep="last", maintain_order=True)


def place_of(code: pl.Expr, steps: Sequence[str]) -> pl.Expr:
    """Which of the steps a code is, as Int8 from 0; null for a code that is none of them."""
    # An Enum looks a code up where replace_strict would join tables: a third of the time, for one row as for a million.
    return code.cast(pl.Enum(steps), strict=False).to_physical().cast(pl.Int8)


def code_at(place: pl.Expr, steps: Sequence[str]) -> pl.Expr:
    """The code of a place, back from `place_of`; null for null."""
    return place.cast(pl.UInt8).cat.to(pl.Enum(steps)).cast(pl.Categorical)


def value_of(rows: pl.LazyFrame, value: str | pl.Expr, table: str, *, key: str = "person") -> pl.LazyFrame:
    """key, value, source of the rows whose value is known."""
    column = pl.col(value) if isinstance(value, str) else value
    return rows.select(pl.col(key).alias("key"), column.alias("value"), source(table)).filter(
        pl.col("value").is_not_null()
    )


def days_of(rows: pl.LazyFrame, column: str, table: str, *, key: str = "person") -> pl.LazyFrame:
    """key, lo, hi, source of a partial date."""
    return rows.select(
        pl.col(key).alias("key"), pl.col(f"{column}_lo").alias("lo"), pl.col(f"{column}_hi").alias("hi"), source(table)
    ).filter(pl.col("lo").is_not_null())


def any_of(rows: pl.LazyFrame, verdict: pl.Expr, table: str) -> pl.LazyFrame:
    """Per person whether any row says yes: yes beats unknown, unknown beats no."""
    judged = rows.select("person", "id", verdict.alias("verdict")).group_by("person").agg(
        pl.col("verdict").any(ignore_nulls=False).alias("value"),
        pl.col("id").sort_by("verdict", "id", nulls_last=False).last().alias("id"),
    )
    return value_of(judged, "value", table)


def declared_none(t: Tables, ask: Ask, kinds: Collection[str]) -> pl.LazyFrame:
    """People of whom a source, true by the day asked, says they have none of these."""
    said = t["declared_none"].filter(pl.col("kind").is_in(list(kinds)), possibly(pl.col("known_from") <= ask.on))
    return newest(said, "known_from")


def or_none(found: pl.LazyFrame, none: pl.LazyFrame, value: pl.Expr) -> pl.LazyFrame:
    """Values found; for people without any, `value` where a source says "không có"."""
    said = value_of(none, value, "declared_none")
    return pl.concat([found, said.join(found, on="key", how="anti")], how="vertical_relaxed")


def list_of(rows: pl.LazyFrame, item: str, table: str, *, counted: str = "held") -> pl.LazyFrame:
    """Per person the distinct items of the rows that count; a null item = one that could not be placed or told.

    A person with rows of which none counts has an empty list; a person without any row is left out.
    """
    counts = pl.col(counted)
    listed = rows.filter(possibly(counts)).select(
        "person", "id", pl.when(counts).then(pl.col(item)).cast(pl.Categorical).alias("item")
    ).group_by("person").agg(pl.col("item").unique(maintain_order=True).alias("value"), pl.col("id").last())  # fmt: skip
    empty = rows.group_by("person").agg(pl.col("id").last()).join(listed, on="person", how="anti")
    nothing = empty.with_columns(pl.lit([], dtype=pl.List(pl.Categorical)).alias("value"))
    return value_of(pl.concat([listed, nothing], how="diagonal"), "value", table)


def empty_list() -> pl.Expr:
    return pl.lit([], dtype=pl.List(pl.Categorical))


def year_end(year: int) -> date:
    return date(year, 12, 31)
