"""The month a person reaches retirement age, from the ages by year kept as dated law data."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import polars as pl

from canbo.engine.types import Bool, Date, Months
from canbo.facts.law import values_on
from canbo.facts.registry import Ask, fact, source
from canbo.facts.tables import Tables

FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR = 1900, 2015
Ages = Mapping[int, int]


def ages_of(ask: Ask) -> dict[str, dict[int, int]]:
    """sex → year in which the age is reached → age in months, by the law of the day, else the first law known."""
    found: dict[str, dict[int, int]] = {}
    for key, months in values_on(ask, "retirement_age").items():
        sex, year = key.split("-")
        found.setdefault(sex, {})[int(year)] = int(str(months))
    return found


def retirement_month(birth_month: int, ages: Ages) -> int | None:
    """Months since year 0 of birth and of retirement; None when the age was reached before the first year of the table.

    The age is that of the year in which it is reached; the last year's age stays in force.
    """
    for year in range(min(ages), max(ages) + 1):
        reached = birth_month + ages[year]
        if reached // 12 == year:
            return reached
        if reached // 12 < year:
            return None if year == min(ages) else year * 12
    return birth_month + ages[max(ages)]


def _table(ask: Ask) -> pl.DataFrame:
    """sex, birth month → last day of service; births before the table's first year are null."""
    return _made(tuple((sex, tuple(sorted(ages.items()))) for sex, ages in sorted(ages_of(ask).items())))


@lru_cache(maxsize=8)
def _made(ages: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]) -> pl.DataFrame:
    rows = []
    for sex, years in ages:
        for month in range(FIRST_BIRTH_YEAR * 12, LAST_BIRTH_YEAR * 12):
            reached = retirement_month(month, dict(years))
            rows.append((sex, month, None if reached is None else date(reached // 12, reached % 12 + 1, 1)))
    schema = {"sex": pl.String, "month": pl.Int32, "retires": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col("retires").dt.month_end())


def _ends(t: Tables, ask: Ask) -> pl.LazyFrame:
    """key, sex, lo, hi: the last day of service for the earliest and the latest birth; null = before the table begins."""
    rows = t["person"].select("id", pl.col("sex").cast(pl.String), "birth_lo", "birth_hi").filter(
        pl.col("birth_lo").is_not_null(), pl.col("sex").is_not_null()
    )  # fmt: skip
    for end in ("lo", "hi"):
        month = (pl.col(f"birth_{end}").dt.year() * 12 + pl.col(f"birth_{end}").dt.month().cast(pl.Int32) - 1).cast(pl.Int32)
        by_month = _table(ask).lazy().rename({"retires": end})
        rows = rows.with_columns(month.alias("month")).join(by_month, on=["sex", "month"], how="left").drop("month")
    return rows.rename({"id": "key"})


@fact(
    type=Date(interval=True), label="Ngày cuối của tháng đủ tuổi nghỉ hưu", group="basic",
    rests_on=("person.birth", "person.sex"), cite="nd135-2020",
)  # fmt: skip
def retires_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Last day of the month in which the ordinary retirement age is reached (Nghị định 135/2020, Điều 3, 4).

    Unknown for who reached it before 2021: the older ages are not in the table.
    """
    rows = _ends(t, ask).filter(pl.col("lo").is_not_null(), pl.col("hi").is_not_null())
    return rows.select("key", "lo", "hi", source("person", "key"))


@fact(
    type=Bool(), label="Đã quá tuổi nghỉ hưu", group="basic",
    rests_on=("person.birth", "person.sex"), cite="nd135-2020",
)  # fmt: skip
def past_retirement(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Whether the ordinary retirement month is over on the day; who reached the age before 2021 is past it since then."""
    over = pl.when(pl.col("hi") < ask.on).then(pl.lit(True)).when(pl.col("lo") >= ask.on).then(pl.lit(False))
    before_table = pl.col("hi").is_null() & pl.lit(ask.on >= date(min(ages_of(ask)["nam"]), 1, 1))
    verdict = pl.when(before_table).then(pl.lit(True)).otherwise(over)
    return _ends(t, ask).select("key", verdict.alias("value"), source("person", "key")).filter(pl.col("value").is_not_null())


@fact(
    type=Months(interval=True), label="Số tháng còn công tác đến tuổi nghỉ hưu", group="basic",
    rests_on=("person.birth", "person.sex"), cite="nd135-2020",
)  # fmt: skip
def months_left(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Whole months from the month of the day to the retirement month, negative when it is over; unknown as `retires_on`.

    Published cut-offs of congresses count this way: born 7/1968 (men), month of age 7/2025, 60 months left.
    """
    rows = _ends(t, ask).filter(pl.col("lo").is_not_null(), pl.col("hi").is_not_null())
    now = ask.on.year * 12 + ask.on.month
    months = [(pl.col(end).dt.year() * 12 + pl.col(end).dt.month().cast(pl.Int32) - now).alias(end) for end in ("lo", "hi")]
    return rows.select("key", *months, source("person", "key"))
