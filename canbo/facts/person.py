"""Facts of the person herself: items 1–7, 12–14, 17–18 and 21 of the CV."""

import polars as pl

from canbo.engine.types import Bool, Date, Int, ListOf, Text, Years
from canbo.facts import dates, scales
from canbo.facts.records import any_of, code_at, days_of, declared_none, empty_list, list_of, or_none, value_of
from canbo.facts.registry import Ask, fact, source
from canbo.facts.tables import Tables


def _field(t: Tables, name: str) -> pl.LazyFrame:
    """A column of the person table, its source the certified value where there is one."""
    return value_of(t["person"], name, "person", key="id").with_columns(_source(t, name))


def _day(t: Tables, name: str) -> pl.LazyFrame:
    return days_of(t["person"], name, "person", key="id").with_columns(_source(t, name))


def _source(t: Tables, name: str) -> pl.Expr:
    """`certified_value:id` where the field is certified, else `person:id`."""
    certified = t.frames["certified_value"].filter(pl.col("field") == name)
    if certified.is_empty():
        return pl.col("source")
    newest = certified.sort("id").unique("person", keep="last")
    sources = newest.select(pl.format("certified_value:{}", "id")).to_series()
    return pl.col("key").replace_strict(newest["person"], sources, default=pl.col("source")).alias("source")


@fact(type=Text(), label="Họ và tên", group="basic", rests_on=("person.full_name",))
def name(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "full_name")


@fact(type=Date(interval=True), label="Ngày sinh", group="basic", rests_on=("person.birth",))
def birth(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _day(t, "birth")


@fact(type=Int(interval=True), label="Năm sinh", group="basic", rests_on=("person.birth",))
def birth_year(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _day(t, "birth").with_columns(pl.col("lo", "hi").dt.year().cast(pl.Int32))


@fact(type=Years(interval=True), label="Tuổi", group="basic", rests_on=("person.birth",))
def age(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Full years on the day; between two values when the birth date is a year or a month."""
    lo, hi = dates.full_years(pl.col("hi"), ask.on), dates.full_years(pl.col("lo"), ask.on)
    return _day(t, "birth").with_columns(lo.alias("lo"), hi.alias("hi"))


@fact(type=scales.AGE_BAND, label="Nhóm tuổi (5 năm)", group="basic", rests_on=("person.birth",))
def age_band(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The five-year band of the age on the day; unknown where a year or month of birth leaves two bands open."""
    lo, hi = _place_of_age(pl.col("lo")), _place_of_age(pl.col("hi"))
    steps = [step.code for step in scales.AGE_BAND.steps]
    known = age.of(t, ask).filter(lo == hi)
    return known.select("key", code_at(lo, steps).alias("value"), "source")


def _place_of_age(years: pl.Expr) -> pl.Expr:
    """Which step of the bands an age falls into."""
    last = len(scales.AGE_BAND.steps) - 1
    return ((years - scales.YOUNGEST_BAND) // scales.BAND_YEARS + 1).clip(0, last).cast(pl.Int8)


@fact(type=scales.SEX, label="Giới tính", group="basic", rests_on=("person.sex",))
def sex(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "sex")


@fact(type=scales.ETHNICITY, label="Dân tộc", group="basic", rests_on=("person.ethnicity",))
def ethnicity(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "ethnicity")


@fact(type=Bool(), label="Người dân tộc thiểu số", group="basic", rests_on=("person.ethnicity",))
def ethnic_minority(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "ethnicity").with_columns(pl.col("value").is_in(scales.MINORITIES))


@fact(type=scales.RELIGION, label="Tôn giáo", group="religion", rests_on=("person.religion",))
def religion(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "religion")


@fact(type=Bool(), label="Có tôn giáo", group="religion", rests_on=("person.religion",))
def religious(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "religion").with_columns(pl.col("value") != "khong")


@fact(type=Text(), label="Nơi sinh", group="basic", rests_on=("person.birth_place",))
def birth_place(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "birth_place")


@fact(type=Text(), label="Nơi ở hiện nay", group="contact", rests_on=("person.residence",))
def residence(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "residence")


@fact(type=Bool(), label="Đã có số định danh", group="identity", rests_on=("person.personal_id",))
def has_personal_id(t: Tables, ask: Ask) -> pl.LazyFrame:
    """True or unknown; the number itself is no fact."""
    return _field(t, "personal_id_index").with_columns(pl.lit(True).alias("value"))


@fact(type=Text(), label="Quê quán", group="basic", rests_on=("person.native_place",))
def native_place(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "native_place")


@fact(type=Date(interval=True), label="Ngày tuyển dụng lần đầu", group="career", rests_on=("person.recruited_on",))
def recruited_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _day(t, "recruited_on")


@fact(type=Years(interval=True), label="Số năm công tác", group="career", rests_on=("person.recruited_on",))
def years_of_service(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Full years since first recruited; breaks of service are not taken off."""
    lo, hi = dates.full_years(pl.col("hi"), ask.on), dates.full_years(pl.col("lo"), ask.on)
    return _day(t, "recruited_on").with_columns(lo.alias("lo"), hi.alias("hi"))


@fact(type=Date(interval=True), label="Ngày vào cơ quan hiện nay", group="career", rests_on=("person.joined_agency_on",))
def joined_agency_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _day(t, "joined_agency_on")


@fact(type=Bool(), label="Đã qua quân đội, công an", group="career", rests_on=("person.enlisted_on",))
def military(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Enlisted by the day; a rank without a date tells of service, not since when."""
    served = dates.happened(pl.col("enlisted_on_lo"), pl.col("enlisted_on_hi"), ask.on)
    by_rank = pl.when(pl.col("enlisted_on_lo").is_null() & pl.col("military_rank").is_not_null()).then(pl.lit(True))
    found = value_of(t["person"], pl.coalesce(served, by_rank), "person", key="id")
    return or_none(found, declared_none(t, ask, ("military", "enlisted_on")), pl.lit(False))


@fact(type=scales.ACADEMIC_TITLE, label="Học hàm", group="qualification", rests_on=("person.academic_title",))
def academic_title(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _field(t, "academic_title")


@fact(type=ListOf(Text()), label="Đối tượng chính sách", group="basic", rests_on=("distinction",))
def policy_category(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Codes of every policy category held by the day."""
    by_day = dates.known_by(pl.col("on_lo"), pl.col("on_hi"), pl.col("known_from"), ask.on)
    rows = t["distinction"].filter(pl.col("kind") == "chinh-sach").with_columns(by_day.alias("held"))
    none = declared_none(t, ask, ("policy_category", "chinh-sach"))
    return or_none(list_of(rows, "code", "distinction"), none, empty_list())


@fact(type=Date(interval=True), label="Ngày khám sức khỏe gần nhất", group="health", rests_on=("health_certificate",))
def health_checked_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _last_day(t, ask, "health_certificate", "certified_on")


@fact(type=Date(interval=True), label="Ngày kê khai tài sản gần nhất", group="assets", rests_on=("asset_declaration",))
def assets_declared_on(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _last_day(t, ask, "asset_declaration", "declared_on")


def _last_day(t: Tables, ask: Ask, table: str, column: str) -> pl.LazyFrame:
    done = t[table].filter(pl.col(f"{column}_lo") <= ask.on).sort(f"{column}_lo", "id")
    return days_of(done.unique("person", keep="last", maintain_order=True), column, table)


@fact(type=ListOf(Text()), label="Có trong danh sách", group="basic", rests_on=("list_entry",))
def lists(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Names of the lists, true by the day, that the person stood in; nobody is unknown here, the lists are our own."""
    rows = t["list_entry"].filter(pl.col("on") <= ask.on).with_columns(pl.lit(True).alias("held"))
    found = list_of(rows, "name", "list_entry")
    rest = t["person"].select(pl.col("id").alias("key"), empty_list().alias("value"), source("person"))
    return pl.concat([found, rest.join(found, on="key", how="anti")], how="vertical_relaxed")


@fact(type=ListOf(Text()), label="Khen thưởng", group="basic", rests_on=("award",))
def awards(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Forms of every award up to the day."""
    by_day = dates.known_by(pl.col("on_lo"), pl.col("on_hi"), pl.col("known_from"), ask.on)
    rows = t["award"].with_columns(by_day.alias("held"), pl.coalesce(pl.col("form"), pl.col("text")).alias("form"))
    return or_none(list_of(rows, "form", "award"), declared_none(t, ask, ("award", "awards")), empty_list())


@fact(type=Bool(), label="Đã được khen thưởng", group="basic", rests_on=("award",))
def awarded(t: Tables, ask: Ask) -> pl.LazyFrame:
    by_day = dates.known_by(pl.col("on_lo"), pl.col("on_hi"), pl.col("known_from"), ask.on)
    return or_none(any_of(t["award"], by_day, "award"), declared_none(t, ask, ("award", "awards")), pl.lit(False))
