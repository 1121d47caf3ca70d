"""Facts of one turn: a person at a class."""

import polars as pl

from canbo.engine.types import Date, Int, Text
from canbo.facts import scales
from canbo.facts.records import days_of, value_of
from canbo.facts.registry import Ask, fact
from canbo.facts.tables import Tables


def _of_turn(t: Tables, column: str) -> pl.LazyFrame:
    return value_of(t["attendance"], column, "attendance", key="id")


@fact(subject="attendance", type=Text(), label="Khóa, lớp", group="training", rests_on=("attendance",))
def training_name(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_turn(t, "training")


@fact(subject="attendance", type=scales.TRAINING_KIND, label="Loại lớp", group="training", rests_on=("attendance.kind",))
def training_kind(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_turn(t, "kind")


@fact(subject="attendance", type=scales.TRAINING_FAMILY, label="Đào tạo hay bồi dưỡng", group="training", rests_on=("attendance.family",))
def training_family(t: Tables, ask: Ask) -> pl.LazyFrame:
    """As recorded, else as the kind of class says."""
    by_kind = pl.col("kind").cast(pl.String).replace_strict(scales.FAMILY_OF_TRAINING, default=None, return_dtype=pl.String)
    return value_of(t["attendance"], pl.coalesce(pl.col("family").cast(pl.String), by_kind), "attendance", key="id")


@fact(subject="attendance", type=Text(), label="Trình độ đạt", group="training", rests_on=("attendance.level",))
def training_level(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_turn(t, "level")


@fact(subject="attendance", type=scales.TRAINING_FORM, label="Hình thức học", group="training", rests_on=("attendance.form",))
def training_form(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_turn(t, "form")


@fact(subject="attendance", type=scales.TRAINING_RESULT, label="Kết quả học", group="training", rests_on=("attendance.result",))
def training_result(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_turn(t, "result")


@fact(subject="attendance", type=Date(interval=True), label="Học từ", group="training", rests_on=("attendance.start",))
def training_start(t: Tables, ask: Ask) -> pl.LazyFrame:
    return days_of(t["attendance"], "start", "attendance", key="id")


@fact(subject="attendance", type=Date(interval=True), label="Học đến", group="training", rests_on=("attendance.end",))
def training_end(t: Tables, ask: Ask) -> pl.LazyFrame:
    return days_of(t["attendance"], "end", "attendance", key="id")


@fact(subject="attendance", type=Int(interval=True), label="Năm học", group="training", rests_on=("attendance.start",))
def training_year(t: Tables, ask: Ask) -> pl.LazyFrame:
    return training_start.of(t, ask).with_columns(pl.col("lo", "hi").dt.year().cast(pl.Int32))


@fact(subject="attendance", type=Int(unit="tiết"), label="Số tiết", group="training", rests_on=("attendance.hours",))
def training_hours(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_turn(t, "hours")


@fact(subject="attendance", type=Text(), label="Nguồn kinh phí", group="training", rests_on=("attendance.funding",))
def training_funding(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_turn(t, "funding")
