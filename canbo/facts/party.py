"""Party membership, bodies and offices in them."""

from datetime import date

import polars as pl

from canbo.engine.types import Bool, Code, Date, ListOf, Text, Years
from canbo.facts import dates
from canbo.facts.records import declared_none, empty_list, held, list_of, or_none, value_of
from canbo.facts.registry import Ask, fact
from canbo.facts.tables import Tables


def _since(column: str, ask: Ask) -> pl.Expr:
    return dates.happened(pl.col(f"{column}_lo"), pl.col(f"{column}_hi"), ask.on)


def _member(ask: Ask) -> pl.Expr:
    """Joined and not left; without dates what a list said, from the day it was true."""
    said = pl.when(pl.col("party_known_from") <= ask.on).then(
        pl.when(pl.col("party_status") == "dang-vien").then(pl.lit(True))
        .when(pl.col("party_status") == "khong").then(pl.lit(False))
    )  # fmt: skip
    no_date = pl.col("party_joined_lo").is_null()
    # Full members without a joining date are known as members since the day they became full members.
    official = pl.when(_since("party_official", ask)).then(pl.lit(True))
    joined = pl.when(no_date).then(pl.coalesce(official, said)).otherwise(_since("party_joined", ask))
    stayed = pl.when(pl.col("party_left_lo").is_null()).then(pl.lit(True)).otherwise(~_since("party_left", ask))
    return joined & stayed


@fact(type=Bool(), label="Đảng viên", group="party", rests_on=("person.party_joined",))
def party_member(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(t["person"], _member(ask), "person", key="id")


@fact(type=Bool(), label="Đảng viên chính thức", group="party", rests_on=("person.party_official",))
def official_party(t: Tables, ask: Ask) -> pl.LazyFrame:
    """A full member; who is no member is none either."""
    return value_of(t["person"], _member(ask) & _since("party_official", ask), "person", key="id")


@fact(type=Date(interval=True), label="Ngày vào Đảng", group="party", rests_on=("person.party_joined",))
def party_joined(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The day of joining, when it is past."""
    rows = t["person"].filter(pl.col("party_joined_lo") <= ask.on)
    return rows.select(
        pl.col("id").alias("key"), pl.col("party_joined_lo").alias("lo"), pl.col("party_joined_hi").alias("hi"),
        pl.format("person:{}", "id").alias("source"),
    )  # fmt: skip


@fact(type=Years(interval=True), label="Tuổi Đảng", group="party", rests_on=("person.party_joined",))
def party_years(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Full years since joining; 0 for who surely is no member."""
    member = _member(ask)
    lo, hi = (dates.full_years(pl.col(f"party_joined_{end}"), ask.on).clip(lower_bound=0) for end in ("hi", "lo"))
    years = [pl.when(member).then(lo).when(~member).then(pl.lit(0)), pl.when(member).then(hi).when(~member).then(pl.lit(0))]
    rows = t["person"].select(
        pl.col("id").alias("key"), years[0].alias("lo"), years[1].alias("hi"), pl.format("person:{}", "id").alias("source")
    )
    return rows.filter(pl.col("lo").is_not_null())


def _of_bodies(t: Tables, ask: Ask, item: str) -> pl.LazyFrame:
    body = t["body"].select(pl.col("id").alias("body"), pl.col("code"), pl.col("kind"))
    rows = held(t, ask, "membership").join(body, on="body", how="left")
    none = declared_none(t, ask, ("bodies", "membership"))
    return or_none(list_of(rows, item, "membership"), none, empty_list())


def _body_codes(t: Tables, map_on: date | None = None) -> ListOf:
    rows = t.frames["body"].select(pl.col("code").cast(pl.String), "name").drop_nulls("code").unique("code").sort("code")
    return ListOf(Code(tuple(rows.iter_rows())))


@fact(type=_body_codes, label="Tham gia cấp ủy, tổ chức", group="party", rests_on=("membership",))
def bodies(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Codes of the bodies the person sits in."""
    return _of_bodies(t, ask, "code")


@fact(type=ListOf(Text()), label="Loại cấp ủy, tổ chức tham gia", group="party", rests_on=("membership",))
def body_kind(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_bodies(t, ask, "kind")


@fact(type=ListOf(Text()), label="Vai trò trong cấp ủy, tổ chức", group="party", rests_on=("membership",))
def body_role(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_bodies(t, ask, "role")
