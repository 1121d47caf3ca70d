"""What the mechanisms left behind: ratings, plan entries, training, discipline."""

from datetime import date

import polars as pl

from canbo.engine.types import Bool, Date, Int, ListOf
from canbo.facts import dates, scales
from canbo.facts.career import title_codes
from canbo.facts.records import (
    any_of,
    code_at,
    days_of,
    declared_none,
    empty_list,
    held,
    list_of,
    newest,
    or_none,
    place_of,
    value_of,
)
from canbo.facts.registry import Ask, fact, source
from canbo.facts.tables import Tables, shared

_STEPS = [step.code for step in scales.RATING.steps]
_GOOD = _STEPS.index("hoan-thanh-tot")


def last_finished_year(ask: Ask) -> int:
    """The last year that is over at the end of the day: 2020 on 31/12/2020, still 2020 on 30/12/2021."""
    over = (ask.on.month, ask.on.day) == (12, 31)
    return ask.on.year if over else ask.on.year - 1


@shared
def _ratings(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Grades of finished years that stand, as steps of the scale; null where a grade is none of its steps."""
    year = pl.col("period").cast(pl.String).cast(pl.Int32, strict=False)
    step = place_of(pl.col("grade"), _STEPS)
    rows = t["rating"].filter(pl.col("period_kind") == "year", pl.col("replaced_by").is_null())
    read = rows.select("id", "person", "capacity", year.alias("year"), step.alias("step"))
    return read.filter(pl.col("year") <= last_finished_year(ask))


def _agreed(rows: pl.LazyFrame) -> pl.LazyFrame:
    """One row per person and year; a step on which the papers of the year disagree is null."""
    step = pl.col("step")
    one = pl.when(step.min() == step.max(), step.null_count() == 0).then(step.first()).alias("step")
    return rows.group_by("person", "year").agg(one, pl.col("id").max())


def _latest(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Grades as an official of the latest finished year on paper."""
    rows = _ratings(t, ask).filter(pl.col("capacity") == "official")
    latest = rows.group_by("person").agg(pl.col("year").max())
    return _agreed(rows.join(latest, on=["person", "year"], how="semi"))


def _grade() -> pl.Expr:
    return code_at(pl.col("step"), _STEPS)


def _of_year(t: Tables, ask: Ask, capacity: str) -> pl.LazyFrame:
    rows = _ratings(t, ask).filter(pl.col("capacity") == capacity, pl.col("year") == last_finished_year(ask))
    return value_of(_agreed(rows), _grade(), "rating")


@fact(type=scales.RATING, label="Xếp loại năm gần nhất đã hết", group="evaluation", rests_on=("rating",))
def rating(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The grade as an official for the last finished year (on 31/12/2020: of 2020); no grade for that year = UNKNOWN."""
    return _of_year(t, ask, "official")


@fact(type=scales.RATING, label="Xếp loại đảng viên năm gần nhất đã hết", group="evaluation", rests_on=("rating",))
def rating_party(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_year(t, ask, "party")


@fact(type=scales.RATING, label="Xếp loại gần nhất có trong hồ sơ", group="evaluation", rests_on=("rating",))
def rating_last(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The grade as an official for the latest finished year on paper, however long ago."""
    return value_of(_latest(t, ask), _grade(), "rating")


@fact(type=Int(), label="Năm xếp loại gần nhất", group="evaluation", rests_on=("rating",))
def rating_year(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_latest(t, ask), "year", "rating")


@fact(type=Bool(), label="Hai năm liên tiếp hoàn thành tốt trở lên", group="evaluation", rests_on=("rating",))
def good_two_years(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Both of the last two finished years good or better; one that was not decides, one missing leaves it open."""
    last = last_finished_year(ask)
    rows = _agreed(_ratings(t, ask).filter(pl.col("capacity") == "official", pl.col("year") >= last - 1))
    both = rows.with_columns((pl.col("step") >= _GOOD).alias("good")).group_by("person").agg(
        pl.col("good").all(ignore_nulls=False), pl.len().alias("years"), pl.col("id").max()
    )  # fmt: skip
    verdict = pl.when(pl.col("good") & (pl.col("years") < 2)).then(pl.lit(None)).otherwise(pl.col("good"))
    return value_of(both, verdict, "rating")


# --- planning


@shared
def plan_entries(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Plan entries with `held` and the codes of their title and term."""
    title = t["title"].select(pl.col("id").alias("title"), pl.col("code").alias("title_code"))
    term = t["term"].select(pl.col("id").alias("term"), pl.col("code").alias("term_code"))
    return held(t, ask, "plan_entry").join(title, on="title", how="left").join(term, on="term", how="left")


@fact(type=Bool(), label="Được quy hoạch", group="planning", rests_on=("plan_entry",))
def planned(t: Tables, ask: Ask) -> pl.LazyFrame:
    found = any_of(plan_entries(t, ask), pl.col("held"), "plan_entry")
    return or_none(found, declared_none(t, ask, ("planned_for", "planned", "planning")), pl.lit(False))


def _list_of_titles(t: Tables, map_on: date | None = None) -> ListOf:
    return ListOf(title_codes(t, map_on))


@fact(type=_list_of_titles, label="Chức danh được quy hoạch", group="planning", rests_on=("plan_entry",))
def planned_for(t: Tables, ask: Ask) -> pl.LazyFrame:
    none = declared_none(t, ask, ("planned_for", "planned", "planning"))
    return or_none(list_of(plan_entries(t, ask), "title_code", "plan_entry"), none, empty_list())


# --- training


@shared
def _classes(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Attendances with `begun` by the day, true, false or open."""
    begun = dates.known_by(pl.col("start_lo"), pl.col("start_hi"), pl.col("known_from"), ask.on)
    return t["attendance"].with_columns(begun.alias("begun"))


@fact(type=Int(unit="lượt", interval=True), label="Số lượt đào tạo, bồi dưỡng", group="training", rests_on=("attendance",))
def training_count(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Turns begun by the day: surely so many, possibly more."""
    counted = _classes(t, ask).group_by("person").agg(
        pl.col("begun").sum().cast(pl.Int32).alias("lo"),
        dates.possibly(pl.col("begun")).sum().cast(pl.Int32).alias("hi"),
        pl.col("id").max(),
    )  # fmt: skip
    found = counted.select(pl.col("person").alias("key"), "lo", "hi", source("attendance"))
    said = declared_none(t, ask, ("attendance", "training"))
    zero = pl.lit(0, pl.Int32)
    none = said.select(pl.col("person").alias("key"), zero.alias("lo"), zero.alias("hi"), source("declared_none"))
    return pl.concat([found, none.join(found, on="key", how="anti")], how="vertical_relaxed")


@fact(type=Date(interval=True), label="Ngày dự lớp gần nhất", group="training", rests_on=("attendance",))
def last_trained_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    """First day of the latest class surely begun: `last_trained_on >= '2021'`."""
    return days_of(newest(_classes(t, ask).filter(pl.col("begun")), "start_lo"), "start", "attendance")


@fact(type=Bool(), label="Được đào tạo, bồi dưỡng trong năm", group="training", rests_on=("attendance",))
def trained_this_year(t: Tables, ask: Ask) -> pl.LazyFrame:
    """A class begun in the year of the day, up to that day."""
    in_year = (pl.col("start_lo").dt.year() == ask.on.year) | (pl.col("start_hi").dt.year() == ask.on.year)
    found = any_of(_classes(t, ask), pl.col("begun") & in_year, "attendance")
    return or_none(found, declared_none(t, ask, ("attendance", "training")), pl.lit(False))


# --- discipline


@shared
def _disciplines(t: Tables, ask: Ask) -> pl.LazyFrame:
    decided = dates.known_by(pl.col("decided_on_lo"), pl.col("decided_on_hi"), pl.col("known_from"), ask.on)
    return t["discipline"].with_columns(decided.alias("decided"))


@fact(type=Bool(), label="Đang trong thời hạn kỷ luật", group="discipline", rests_on=("discipline",))
def disciplined(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Decided and not ended; a decision whose last day is not on paper leaves it open."""
    ended = dates.happened(pl.col("ended_on_lo"), pl.col("ended_on_hi"), ask.on)
    found = any_of(_disciplines(t, ask), pl.col("decided") & ~ended, "discipline")
    return or_none(found, declared_none(t, ask, ("discipline",)), pl.lit(False))


@fact(type=Bool(), label="Đã từng bị kỷ luật", group="discipline", rests_on=("discipline",))
def ever_disciplined(t: Tables, ask: Ask) -> pl.LazyFrame:
    found = any_of(_disciplines(t, ask), pl.col("decided"), "discipline")
    return or_none(found, declared_none(t, ask, ("discipline",)), pl.lit(False))


def _last_discipline(t: Tables, ask: Ask) -> pl.LazyFrame:
    return newest(_disciplines(t, ask).filter(pl.col("decided")), "decided_on_lo")


@fact(type=scales.DISCIPLINE_FORM, label="Hình thức kỷ luật gần nhất", group="discipline", rests_on=("discipline",))
def discipline_form(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_last_discipline(t, ask), "form", "discipline")


@fact(type=scales.SIDE, label="Bên kỷ luật gần nhất", group="discipline", rests_on=("discipline",))
def discipline_side(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_last_discipline(t, ask), "side", "discipline")


@fact(type=Date(interval=True), label="Ngày kỷ luật gần nhất", group="discipline", rests_on=("discipline",))
def disciplined_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    return days_of(_last_discipline(t, ask), "decided_on", "discipline")
