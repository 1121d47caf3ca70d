"""Service, posts and pay: items 13, 23–30 of the CV."""

from datetime import date

import polars as pl

from canbo.engine.types import Bool, Code, Date, Decimal_, Int, ListOf, Months, Text
from canbo.facts import dates, scales
from canbo.facts.records import (
    any_of,
    days_of,
    declared_none,
    empty_list,
    held,
    known_to_hold,
    list_of,
    newest,
    or_none,
    value_of,
)
from canbo.facts.registry import Ask, fact
from canbo.facts.tables import Tables, shared


@shared
def employments(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Spans of service that surely or possibly cover the day; dossiers merged into another are left out.

    A span seen in a list counts from the list's day: whether the person served before it, the list does not say.
    """
    kept = t["person"].filter(pl.col("merged_into").is_null()).select(pl.col("id").alias("person"))
    rows = t["employment"].with_columns(known_to_hold(ask.on).alias("held")).filter(dates.possibly(pl.col("held")))
    return rows.join(kept, on="person", how="semi").sort("held", "start_lo", "id", nulls_last=False)


@shared
def employment(t: Tables, ask: Ask) -> pl.LazyFrame:
    """One span of service a person: the surest, then the latest."""
    return employments(t, ask).unique("person", keep="last", maintain_order=True)


@fact(type=Bool(), label="Chắc chắn đang công tác", group="basic", rests_on=("employment",))
def in_service(t: Tables, ask: Ask) -> pl.LazyFrame:
    """True, or unknown where the first day of service is not precise enough to tell."""
    return value_of(employment(t, ask), "held", "employment")


@fact(type=scales.STAFF_KIND, label="Đối tượng", group="career", rests_on=("employment.staff_kind",))
def staff_kind(t: Tables, ask: Ask) -> pl.LazyFrame:
    said = employments(t, ask).filter(pl.col("staff_kind").is_not_null())
    return value_of(said.unique("person", keep="last", maintain_order=True), "staff_kind", "employment")


@fact(type=Text(), label="Nơi công tác", group="career", rests_on=("employment.workplace",))
def workplace(t: Tables, ask: Ask) -> pl.LazyFrame:
    """As the list wrote it, else the unit's name."""
    unit = t["unit"].select(pl.col("id").alias("unit"), pl.col("name").alias("unit_name"))
    rows = employment(t, ask).join(unit, on="unit", how="left")
    return value_of(rows, pl.coalesce(pl.col("workplace").cast(pl.String), "unit_name"), "employment")


# --- posts held


@shared
def holdings(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Posts with `held` and what their title says, the person's main one first."""
    title = t["title"].select(
        pl.col("id").alias("title"), pl.col("code").alias("title_code"), pl.col("name").alias("title_name"),
        pl.col("key_post").alias("title_key_post"), "protocol_order",
    )  # fmt: skip
    columns = ("id", "person", "unit", "title", "title_text", "kind", "key_post", "since_list", "held")
    rows = held(t, ask, "holding").select(*columns, "^(start|term_end)_.*$").join(title, on="title", how="left")
    second = pl.col("kind").is_in(["concurrent"]).alias("second")
    return rows.with_columns(second).sort("second", "protocol_order", "start_lo", "id", nulls_last=True)


@shared
def main_holding(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The post that names the person: not one held besides, the highest in protocol."""
    return holdings(t, ask).filter(pl.col("held")).unique("person", keep="first", maintain_order=True)


def title_codes(t: Tables, map_on: date | None = None) -> Code:
    """The titles set up in these tables."""
    return Code(tuple(t.frames["title"].select("code", "name").drop_nulls("code").unique("code").sort("code").iter_rows()))


def _list_of_titles(t: Tables, map_on: date | None = None) -> ListOf:
    return ListOf(title_codes(t, map_on))


@fact(type=title_codes, label="Chức danh chính", group="career", rests_on=("holding.title",))
def title(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(main_holding(t, ask), "title_code", "holding")


@fact(type=_list_of_titles, label="Các chức danh đang giữ", group="career", rests_on=("holding.title",))
def titles(t: Tables, ask: Ask) -> pl.LazyFrame:
    none = declared_none(t, ask, ("holding", "position"))
    return or_none(list_of(holdings(t, ask), "title_code", "holding"), none, empty_list())


@fact(type=Text(), label="Chức vụ", group="career", rests_on=("holding",))
def position(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The main post as written, else by its title."""
    words = pl.coalesce(pl.col("title_text").cast(pl.String), "title_name")
    return value_of(main_holding(t, ask), words, "holding")


@fact(type=Bool(), label="Giữ chức danh chủ chốt", group="career", rests_on=("holding.key_post",))
def key_post(t: Tables, ask: Ask) -> pl.LazyFrame:
    """What the list says of the post, else what its title says."""
    is_key = pl.coalesce("key_post", "title_key_post")
    none = declared_none(t, ask, ("key_post", "holding", "position"))
    return or_none(any_of(holdings(t, ask), pl.col("held") & is_key, "holding"), none, pl.lit(False))


def _of_kind(t: Tables, ask: Ask, kind: str) -> pl.LazyFrame:
    return any_of(holdings(t, ask), pl.col("held") & (pl.col("kind") == kind), "holding")


@fact(type=Bool(), label="Kiêm nhiệm", group="career", rests_on=("holding",))
def concurrent(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_kind(t, ask, "concurrent")


@fact(type=Bool(), label="Quyền, phụ trách", group="career", rests_on=("holding",))
def acting(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_kind(t, ask, "acting")


@fact(type=Bool(), label="Được bầu", group="career", rests_on=("holding",))
def elected(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_kind(t, ask, "elected")


@fact(type=Bool(), label="Luân chuyển đến", group="career", rests_on=("holding",))
def rotated(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_kind(t, ask, "rotated")


@shared
def _rotations(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Posts with `begun` by rotation by the day, true, false or open, over or not."""
    begun = dates.known_by(pl.col("start_lo"), pl.col("start_hi"), pl.col("known_from"), ask.on)
    return t["holding"].with_columns((begun & (pl.col("kind") == "rotated")).alias("begun"))


@fact(type=Bool(), label="Đã từng luân chuyển", group="career", rests_on=("holding",))
def ever_rotated(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Rotated to a post by the day, also where that post has ended since."""
    none = declared_none(t, ask, ("holding", "position"))
    return or_none(any_of(_rotations(t, ask), pl.col("begun"), "holding"), none, pl.lit(False))


@fact(type=Date(interval=True), label="Ngày luân chuyển gần nhất", group="career", rests_on=("holding.start",))
def last_rotated_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    """First day of the latest post surely begun by rotation."""
    return days_of(newest(_rotations(t, ask).filter(pl.col("begun")), "start_lo"), "start", "holding")


@fact(type=Bool(), label="Biệt phái đến", group="career", rests_on=("holding",))
def seconded(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_kind(t, ask, "seconded")


def _dated(t: Tables, ask: Ask) -> pl.LazyFrame:
    # A post first seen in a list began on an earlier day that nobody wrote down.
    return main_holding(t, ask).filter(~pl.col("since_list").eq_missing(True))


@fact(type=Date(interval=True), label="Ngày giữ chức vụ chính", group="career", rests_on=("holding.start",))
def appointed_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    return days_of(_dated(t, ask), "start", "holding")


@fact(type=Months(interval=True), label="Số tháng giữ chức vụ chính", group="career", rests_on=("holding.start",))
def months_in_post(t: Tables, ask: Ask) -> pl.LazyFrame:
    lo, hi = dates.full_months(pl.col("hi"), ask.on), dates.full_months(pl.col("lo"), ask.on)
    return days_of(_dated(t, ask), "start", "holding").with_columns(lo.clip(lower_bound=0).alias("lo"), hi.alias("hi"))


@fact(type=Bool(), label="Đã kê quá trình công tác", group="career", rests_on=("work_history",))
def work_told(t: Tables, ask: Ask) -> pl.LazyFrame:
    """True or unknown: whether item 33 has a line."""
    return value_of(newest(t["work_history"]), pl.lit(True), "work_history")


# --- pay


@shared
def _pay(t: Tables, ask: Ask) -> pl.LazyFrame:
    return newest(held(t, ask, "pay").filter(pl.col("held")), "start_lo")


@fact(type=Text(), label="Ngạch, chức danh nghề nghiệp", group="pay", rests_on=("pay.rank_text",))
def rank(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_pay(t, ask), "rank_text", "pay")


@fact(type=Text(), label="Mã ngạch", group="pay", rests_on=("pay.rank_code",))
def rank_code(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_pay(t, ask), "rank_code", "pay")


@fact(type=Date(interval=True), label="Ngày bổ nhiệm ngạch", group="pay", rests_on=("pay.rank_on",))
def rank_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    return days_of(_pay(t, ask), "rank_on", "pay")


@fact(type=Int(), label="Bậc lương", group="pay", rests_on=("pay.step",))
def pay_step(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_pay(t, ask), "step", "pay")


@fact(type=Decimal_(), label="Hệ số lương", group="pay", rests_on=("pay.coefficient",))
def coefficient(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_pay(t, ask), pl.col("coefficient").cast(pl.Decimal(12, 2)) / pl.lit(100, pl.Decimal(12, 2)), "pay")


