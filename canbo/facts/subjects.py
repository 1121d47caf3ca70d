"""Who is counted on a day – people, posts held, seats, plan entries, attendances, units – and facts of the latter."""

from collections.abc import Callable
from datetime import date

import polars as pl

from canbo.engine.types import Bool, Code, Date, Int, Text
from canbo.facts import dates, scales
from canbo.facts.career import employment, holdings, title_codes
from canbo.facts.outcomes import plan_entries
from canbo.facts.places import of_unit, unit_codes
from canbo.facts.records import days_of, held, value_of
from canbo.facts.registry import Ask, Subject, fact
from canbo.facts.tables import Tables, shared

# --- populations: key, person (null where none) and unit of the day (null where none)


def _people(t: Tables, ask: Ask) -> pl.LazyFrame:
    return employment(t, ask).select(pl.col("person").alias("key"), "person", "unit")


def _kept(t: Tables, rows: pl.LazyFrame) -> pl.LazyFrame:
    gone = t["person"].filter(pl.col("merged_into").is_not_null()).select(pl.col("id").alias("person"))
    return rows.join(gone, on="person", how="anti")


def _with_unit(t: Tables, ask: Ask, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of people with the unit each person serves in that day."""
    served = employment(t, ask).select("person", "unit")
    kept = _kept(t, rows).select(pl.col("id").alias("key"), "person")
    return kept.join(served, on="person", how="left")


def _in_place(rows: pl.LazyFrame, ask: Ask) -> pl.LazyFrame:
    """Rows that surely or possibly hold; one seen in a later list may have begun before it, but is counted from it on."""
    return rows.filter(dates.possibly(pl.col("held")), dates.possibly(pl.col("start_lo") <= ask.on))


def _holdings(t: Tables, ask: Ask) -> pl.LazyFrame:
    rows = _kept(t, _in_place(holdings(t, ask), ask))
    own = rows.select(pl.col("id").alias("key"), "person", pl.col("unit").alias("post_unit"))
    served = employment(t, ask).select("person", "unit")
    return own.join(served, on="person", how="left").select("key", "person", pl.coalesce("post_unit", "unit").alias("unit"))


def _entries(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _with_unit(t, ask, _in_place(plan_entries(t, ask), ask))


@shared
def _turns(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Attendances surely or possibly begun by the day."""
    begun = dates.known_by(pl.col("start_lo"), pl.col("start_hi"), pl.col("known_from"), ask.on)
    return t["attendance"].filter(dates.possibly(begun))


def _attendances(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _with_unit(t, ask, _turns(t, ask))


@shared
def _seat_rows(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Seats of the day with their post, and who surely or possibly holds them."""
    post = t["post"].select(pl.col("id").alias("post"), "unit", "title", "staff_kind")
    seats = t["seat"].filter(dates.possibly(dates.holds(ask.on))).join(post, on="post", how="inner")
    held_now = held(t, ask, "holding").filter(dates.possibly(pl.col("held")), pl.col("seat").is_not_null())
    holder = held_now.sort("held", "start_lo", "id").group_by("seat", maintain_order=True).agg(
        pl.col("person").last(), pl.col("held").any(ignore_nulls=False), pl.col("id").last().alias("holding")
    )  # fmt: skip
    return seats.join(holder, left_on="id", right_on="seat", how="left")


def _seats(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _seat_rows(t, ask).select(pl.col("id").alias("key"), "person", "unit")


def _units(t: Tables, ask: Ask) -> pl.LazyFrame:
    rows = t["unit"].filter(dates.possibly(dates.holds(ask.on)))
    return rows.select(pl.col("id").alias("key"), pl.lit(None, pl.UInt32).alias("person"), pl.col("id").alias("unit"))


_POPULATIONS: dict[Subject, Callable[[Tables, Ask], pl.LazyFrame]] = {
    "person": _people, "holding": _holdings, "seat": _seats, "entry": _entries, "attendance": _attendances, "unit": _units,
}  # fmt: skip


def population(tables: Tables, ask: Ask, subject: Subject) -> pl.DataFrame:
    """key, person and unit of the subjects of the day, by key: surely or possibly in place that day.

    People: who serves somewhere. Attendances: every class begun by the day, also of people who have left since.
    """
    return _POPULATIONS[subject](tables, ask).sort("key").collect()


# --- the post held


def _of_holding(t: Tables, ask: Ask, column: str) -> pl.LazyFrame:
    return value_of(holdings(t, ask), column, "holding", key="id")


@fact(subject="holding", type=title_codes, label="Chức danh", group="career", rests_on=("holding.title",))
def post_title(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_holding(t, ask, "title_code")


@fact(subject="holding", type=Text(), label="Chức vụ như đã ghi", group="career", rests_on=("holding",))
def post_text(t: Tables, ask: Ask) -> pl.LazyFrame:
    words = pl.coalesce(pl.col("title_text").cast(pl.String), "title_name")
    return value_of(holdings(t, ask), words, "holding", key="id")


@fact(subject="holding", type=unit_codes, label="Đơn vị giữ chức vụ", group="basic", rests_on=("holding.unit",))
def post_unit(t: Tables, ask: Ask) -> pl.LazyFrame:
    rows = holdings(t, ask).join(of_unit(t, ask).select("unit", "unit_code"), on="unit", how="left")
    return value_of(rows, "unit_code", "holding", key="id")


@fact(subject="holding", type=scales.HOLDING_KIND, label="Hình thức giữ chức vụ", group="career", rests_on=("holding.kind",))
def holding_kind(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_holding(t, ask, "kind")


@fact(subject="holding", type=Bool(), label="Chức vụ chủ chốt", group="career", rests_on=("holding.key_post",))
def post_key(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(holdings(t, ask), pl.coalesce("key_post", "title_key_post"), "holding", key="id")


@fact(subject="holding", type=Date(interval=True), label="Giữ chức vụ từ", group="career", rests_on=("holding.start",))
def post_since(t: Tables, ask: Ask) -> pl.LazyFrame:
    return days_of(holdings(t, ask).filter(~pl.col("since_list").eq_missing(True)), "start", "holding", key="id")


@fact(subject="holding", type=Date(interval=True), label="Hết nhiệm kỳ, thời hạn", group="career", rests_on=("holding.term_end",))
def post_term_end(t: Tables, ask: Ask) -> pl.LazyFrame:
    return days_of(holdings(t, ask), "term_end", "holding", key="id")


# --- the seat


@fact(subject="seat", type=Bool(), label="Đã có người", group="career", rests_on=("holding.seat",))
def seat_filled(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Held by somebody that day; unknown where the day she took it is not precise enough."""
    rows = _seat_rows(t, ask)
    filled = pl.when(pl.col("holding").is_null()).then(pl.lit(False)).otherwise(pl.col("held"))
    return value_of(rows, filled, "seat", key="id")


@fact(subject="seat", type=Bool(), label="Còn trống", group="career", rests_on=("holding.seat",))
def vacant(t: Tables, ask: Ask) -> pl.LazyFrame:
    return seat_filled.of(t, ask).with_columns(~pl.col("value"))


@fact(subject="seat", type=title_codes, label="Chức danh của vị trí", group="career", rests_on=("post",))
def seat_title(t: Tables, ask: Ask) -> pl.LazyFrame:
    code = t["title"].select(pl.col("id").alias("title"), pl.col("code").alias("title_code"))
    return value_of(_seat_rows(t, ask).join(code, on="title", how="left"), "title_code", "seat", key="id")


@fact(subject="seat", type=unit_codes, label="Đơn vị của vị trí", group="basic", rests_on=("post",))
def seat_unit(t: Tables, ask: Ask) -> pl.LazyFrame:
    rows = _seat_rows(t, ask).join(of_unit(t, ask).select("unit", "unit_code"), on="unit", how="left")
    return value_of(rows, "unit_code", "seat", key="id")


@fact(subject="seat", type=scales.STAFF_KIND, label="Đối tượng của vị trí", group="career", rests_on=("post",))
def seat_staff_kind(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_seat_rows(t, ask), "staff_kind", "seat", key="id")


# --- the plan entry


def _of_entry(t: Tables, ask: Ask, column: str) -> pl.LazyFrame:
    return value_of(plan_entries(t, ask), column, "plan_entry", key="id")


def term_codes(t: Tables, map_on: date | None = None) -> Code:
    codes = t.frames["term"].select(pl.col("code").cast(pl.String)).drop_nulls().unique().sort("code")["code"].to_list()
    return Code(tuple((code, code) for code in codes))


@fact(subject="entry", type=title_codes, label="Chức danh quy hoạch", group="planning", rests_on=("plan_entry.title",))
def plan_title(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_entry(t, ask, "title_code")


@fact(subject="entry", type=term_codes, label="Nhiệm kỳ quy hoạch", group="planning", rests_on=("plan_entry.term",))
def plan_term(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_entry(t, ask, "term_code")


@fact(subject="entry", type=Text(), label="Diện quy hoạch", group="planning", rests_on=("plan_entry.plan_class",))
def plan_class(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_entry(t, ask, "plan_class")


@fact(subject="entry", type=Text(), label="Nguồn quy hoạch", group="planning", rests_on=("plan_entry.origin",))
def plan_origin(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_entry(t, ask, "origin")


@fact(subject="entry", type=unit_codes, label="Đơn vị quy hoạch", group="planning", rests_on=("plan_entry.unit",))
def plan_unit(t: Tables, ask: Ask) -> pl.LazyFrame:
    rows = plan_entries(t, ask).join(of_unit(t, ask).select("unit", "unit_code"), on="unit", how="left")
    return value_of(rows, "unit_code", "plan_entry", key="id")


@fact(subject="entry", type=Date(interval=True), label="Vào quy hoạch từ", group="planning", rests_on=("plan_entry.start",))
def plan_since(t: Tables, ask: Ask) -> pl.LazyFrame:
    return days_of(plan_entries(t, ask).filter(~pl.col("since_list").eq_missing(True)), "start", "plan_entry", key="id")


# --- the unit


@fact(subject="unit", type=Int(unit="người"), label="Biên chế, số lượng được giao", group="basic", rests_on=("norm",))
def norm(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Staff allotted to the unit itself that day, all kinds together."""
    rows = t["norm"].with_columns(dates.holds(ask.on).alias("held")).filter(dates.possibly(pl.col("held")))
    total = rows.group_by("unit").agg(
        pl.when(pl.col("held").all(ignore_nulls=False)).then(pl.col("count").sum()).alias("count"), pl.col("id").max()
    )  # fmt: skip
    return value_of(total, "count", "norm", key="unit")


@fact(subject="unit", type=Int(unit="người"), label="Số người hiện có", group="basic", rests_on=("employment",))
def headcount(t: Tables, ask: Ask) -> pl.LazyFrame:
    """People serving in the unit itself that day."""
    people = _people(t, ask).group_by("unit").agg(pl.len().cast(pl.Int32).alias("people"))
    rows = t["unit"].join(people, left_on="id", right_on="unit", how="left")
    return value_of(rows, pl.col("people").fill_null(0), "unit", key="id")  # why: where nobody serves there are 0 people


@fact(subject="unit", type=unit_codes, label="Mã của đơn vị", group="basic", rests_on=("unit",))
def own_code(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(t["unit"], "code", "unit", key="id")

