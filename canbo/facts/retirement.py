"""The month a person reaches retirement age, from the ages by year kept as dated law data."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from canbo.engine.types import Bool, Date
from canbo.facts.registry import Ask, fact, source
from canbo.facts.tables import Tables

FILE = Path(__file__).resolve().parents[1] / "laws" / "parameters" / "retirement_age.csv"
FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR = 1900, 2015


@cache
def _ages() -> dict[str, dict[int, int]]:
    """sex → retirement year → age in months."""
    found: dict[str, dict[int, int]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["sex"], {})[int(row["year"])] = int(row["age_months"])
    return found


def retirement_month(sex: str, birth_month: int) -> int | None:
    """Months since year 0 of birth and of retirement; None when the age was reached before the first year of the table.

    The age is that of the year in which it is reached; the last year's age stays in force.
    """
    ages = _ages()[sex]
    for year in range(min(ages), max(ages) + 1):
        reached = birth_month + ages[year]
        if reached // 12 == year:
            return reached
        if reached // 12 < year:
            return None if year == min(ages) else year * 12
    return birth_month + ages[max(ages)]


@cache
def _table() -> pl.DataFrame:
    """sex, birth month → last day of service; years without a table row are null."""
    rows = []
    for sex in _ages():
        for month in range(FIRST_BIRTH_YEAR * 12, LAST_BIRTH_YEAR * 12):
            reached = retirement_month(sex, month)
            rows.append((sex, month, None if reached is None else date(reached // 12, reached % 12 + 1, 1)))
    schema = {"sex": pl.String, "month": pl.Int32, "retires": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col("retires").dt.month_end())


def _ends(t: Tables) -> pl.LazyFrame:
    """key, sex, lo, hi: the last day of service for the earliest and the latest birth; null = before the table begins."""
    rows = t["person"].select("id", pl.col("sex").cast(pl.String), "birth_lo", "birth_hi").filter(
        pl.col("birth_lo").is_not_null(), pl.col("sex").is_not_null()
    )  # fmt: skip
    for end in ("lo", "hi"):
        month = (pl.col(f"birth_{end}").dt.year() * 12 + pl.col(f"birth_{end}").dt.month().cast(pl.Int32) - 1).cast(pl.Int32)
        by_month = _table().lazy().rename({"retires": end})
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
    rows = _ends(t).filter(pl.col("lo").is_not_null(), pl.col("hi").is_not_null())
    return rows.select("key", "lo", "hi", source("person", "key"))


@fact(
    type=Bool(), label="Đã quá tuổi nghỉ hưu", group="basic",
    rests_on=("person.birth", "person.sex"), cite="nd135-2020",
)  # fmt: skip
def past_retirement(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Whether the ordinary retirement month is over on the day; who reached the age before 2021 is past it since then."""
    over = pl.when(pl.col("hi") < ask.on).then(pl.lit(True)).when(pl.col("lo") >= ask.on).then(pl.lit(False))
    before_table = pl.col("hi").is_null() & pl.lit(ask.on >= date(min(_ages()["nam"]), 1, 1))
    verdict = pl.when(before_table).then(pl.lit(True)).otherwise(over)
    return _ends(t).select("key", verdict.alias("value"), source("person", "key")).filter(pl.col("value").is_not_null())
