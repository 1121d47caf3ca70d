"""What standards ask of a working life: titles ever held, years rated good in a row, bars after discipline."""

from datetime import date

import polars as pl

from canbo.engine.types import Bool, Date, Int, ListOf
from canbo.facts import dates, scales
from canbo.facts.career import title_codes
from canbo.facts.law import version_on
from canbo.facts.outcomes import last_finished_year
from canbo.facts.records import any_of, declared_none, empty_list, list_of, newest, or_none, place_of
from canbo.facts.registry import Ask, fact, source
from canbo.facts.tables import Tables, shared

_STEPS = [step.code for step in scales.RATING.steps]
_GOOD = _STEPS.index("hoan-thanh-tot")
_ENDLESS = 99  # years: where the paper of a year is missing, the row of good years may go on


def _list_of_titles(t: Tables, map_on: date | None = None) -> ListOf:
    return ListOf(title_codes(t, map_on))


@fact(type=_list_of_titles, label="Các chức danh đã và đang giữ", group="career", rests_on=("holding.title",))
def titles_ever(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Titles of every post begun by the day; a post that a later list first shows may have begun before, so it is open."""
    title = t["title"].select(pl.col("id").alias("title"), pl.col("code").alias("title_code"))
    begun = dates.known_by(pl.col("start_lo"), pl.col("start_hi"), pl.col("known_from"), ask.on)
    unseen = pl.col("since_list").eq_missing(True) & (pl.col("start_lo") > ask.on)
    rows = t["holding"].with_columns(pl.when(~unseen).then(begun).alias("begun")).join(title, on="title", how="left")
    none = declared_none(t, ask, ("holding", "position"))
    return or_none(list_of(rows, "title_code", "holding", counted="begun"), none, empty_list())


@fact(type=Int(unit="năm", interval=True), label="Số năm liền gần nhất hoàn thành tốt trở lên", group="evaluation", rests_on=("rating",))
def good_years(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Finished years in a row, back from the last one, rated good or better as an official.

    A year not on paper ends what is surely known (lo) and leaves open how far the row goes (hi).
    """
    last = last_finished_year(ask)
    year = pl.col("period").cast(pl.String).cast(pl.Int32, strict=False)
    step = place_of(pl.col("grade"), _STEPS)
    stands = (pl.col("period_kind") == "year") & pl.col("replaced_by").is_null() & (pl.col("capacity") == "official")
    rated = t["rating"].filter(stands).select("id", "person", (pl.lit(last) - year).alias("ago"), (step >= _GOOD).alias("good"))
    years = rated.filter(pl.col("ago") >= 0).group_by("person", "ago").agg(
        pl.when(pl.col("good").all(ignore_nulls=False)).then(pl.lit(True)).when(~pl.col("good").any(ignore_nulls=False)).then(pl.lit(False)).alias("good"),
        pl.col("id").max(),
    )  # fmt: skip
    bad = pl.col("ago").filter(~pl.col("good")).min()
    row = pl.col("ago").filter(pl.col("good")).sort()
    sure = (row == pl.int_range(row.len())).cum_min().sum()
    found = years.group_by("person").agg(
        pl.min_horizontal(sure, bad.fill_null(_ENDLESS)).cast(pl.Int32).alias("lo"),  # why: no bad year on paper ends the row
        bad.fill_null(_ENDLESS).cast(pl.Int32).alias("hi"), pl.col("id").max(),  # why: as above, the row may go on
    )  # fmt: skip
    return found.select(pl.col("person").alias("key"), "lo", "hi", source("rating"))


# --- bars after discipline: each side by its own clock, the law of the day asked

BLOCKS = {"dang": "party_block_months", "nha-nuoc": "state_block_months"}
PLANNING = {"dang": "party_planning_block_months"}


@shared
def _bars(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _barred(t, ask, BLOCKS)


@shared
def _planning_bars(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _barred(t, ask, PLANNING)


def _barred(t: Tables, ask: Ask, clocks: dict[str, str]) -> pl.LazyFrame:
    """Decisions of discipline by the day with `lo`, `hi` (first day free again) and `barred` on the day.

    A form without months in the version in force, a side whose months are known from memory alone: it stays open.
    """
    side, form = pl.col("side").cast(pl.String), pl.col("form").cast(pl.String)
    months = pl.lit(None, pl.Int32)
    for of, name in clocks.items():
        version = version_on(ask, name, ask.on)
        for code, value in (version.values if version else {}).items():
            months = pl.when((side == of) & (form == code)).then(pl.lit(int(str(value)), pl.Int32)).otherwise(months)
    decided = dates.known_by(pl.col("decided_on_lo"), pl.col("decided_on_hi"), pl.col("known_from"), ask.on)
    over = [pl.col(f"decided_on_{end}").dt.offset_by(pl.format("{}mo", pl.col("months"))).alias(end) for end in ("lo", "hi")]
    rows = t["discipline"].filter(pl.lit(bool(clocks)), side.is_null() | side.is_in(list(clocks)))
    rows = rows.with_columns(months.alias("months"), decided.alias("decided")).with_columns(over)
    in_time = pl.when(pl.col("hi") <= ask.on).then(pl.lit(False)).when(pl.col("lo") > ask.on).then(pl.lit(True))
    return rows.with_columns((pl.col("decided") & in_time).alias("barred"))


@fact(type=Bool(), label="Trong thời hạn chưa được bổ nhiệm chức vụ cao hơn do kỷ luật", group="discipline", rests_on=("discipline",))
def appointment_barred(t: Tables, ask: Ask) -> pl.LazyFrame:
    """By Party or State, each by its own clock; the longer one decides (QĐ 105, 80, 377; Luật Cán bộ, công chức)."""
    found = any_of(_bars(t, ask), pl.col("barred"), "discipline")
    return or_none(found, declared_none(t, ask, ("discipline",)), pl.lit(False))


@fact(type=Bool(), label="Trong thời hạn chưa được quy hoạch do kỷ luật", group="discipline", rests_on=("discipline",))
def planning_barred(t: Tables, ask: Ask) -> pl.LazyFrame:
    """By the Party clock alone (QĐ 80; QĐ 377 with QĐ 69). Discipline by the State does not speak of planning."""
    found = any_of(_planning_bars(t, ask), pl.col("barred"), "discipline")
    return or_none(found, declared_none(t, ask, ("discipline",)), pl.lit(False))


@fact(type=Date(interval=True), label="Hết thời hạn chưa được bổ nhiệm do kỷ luật", group="discipline", rests_on=("discipline",))
def appointment_barred_until(t: Tables, ask: Ask) -> pl.LazyFrame:
    """First day free again, of the bar that ends last."""
    rows = newest(_bars(t, ask).filter(pl.col("decided"), pl.col("lo").is_not_null()), "lo")
    return rows.select(pl.col("person").alias("key"), "lo", "hi", source("discipline"))
