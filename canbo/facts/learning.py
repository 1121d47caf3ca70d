"""Levels reached: general and professional education, political theory, state management, IT, languages."""

from collections.abc import Collection

import polars as pl

from canbo.engine.types import Bool, ListOf, Scale
from canbo.facts import dates, scales
from canbo.facts.records import any_of, code_at, declared_none, empty_list, list_of, newest, or_none, place_of, value_of
from canbo.facts.registry import Ask, fact
from canbo.facts.tables import Tables, shared


@shared
def _qualifications(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Qualifications with `held`: reached by the day, true, false or cannot be told."""
    by_day = dates.known_by(pl.col("obtained_lo"), pl.col("obtained_hi"), pl.col("known_from"), ask.on)
    return t["qualification"].select("id", "person", "kind", "level", "field", "language", by_day.alias("held"))


def _of_kind(t: Tables, ask: Ask, kind: str) -> pl.LazyFrame:
    return _qualifications(t, ask).filter(pl.col("kind") == kind)


def _highest(t: Tables, ask: Ask, kind: str, scale: Scale, nones: Collection[str]) -> pl.LazyFrame:
    """The highest step reached by the day.

    UNKNOWN where a paper that could not be placed on the scale, or whose date is open, might stand higher. Of two steps
    of one rank the later in the list stands. A source that says "không có" gives the scale's zero step on that day and,
    as levels are not lost, on every day before it.
    """
    return _best(_of_kind(t, ask, kind), t, ask, scale, nones)


def _best(rows: pl.LazyFrame, t: Tables, ask: Ask, scale: Scale, nones: Collection[str]) -> pl.LazyFrame:
    steps = [step.code for step in scale.steps]
    top = len(steps) - 1
    place = place_of(pl.col("level"), steps)
    sure = pl.when(pl.col("held")).then(pl.col("place"))
    # A paper not placed on the scale might be its top step.
    open_ = pl.when(pl.col("held").is_null() | pl.col("place").is_null()).then(pl.col("place").fill_null(top))  # why: see above
    best = (
        rows.filter(dates.possibly(pl.col("held")))
        .with_columns(place.alias("place"))
        .with_columns(sure.alias("sure"), open_.alias("open"))
        .group_by("person")
        .agg(pl.col("sure").max(), pl.col("open").max(), pl.col("id").sort_by("sure", nulls_last=False).last())
    )
    return _placed(best, declared_none_on(t, ask, nones), steps)


def declared_none_on(t: Tables, ask: Ask, nones: Collection[str]) -> pl.LazyFrame:
    """Who is said to have none, with `lasting`: said on this day or later, so that it holds for every day before."""
    said = t["declared_none"].filter(pl.col("kind").is_in(list(nones)))
    lasting = (pl.col("known_from") >= ask.on).any().alias("lasting")
    return said.group_by("person").agg(lasting, pl.col("id").max().alias("none"))


def _placed(best: pl.LazyFrame, none: pl.LazyFrame, steps: list[str]) -> pl.LazyFrame:
    both = best.join(none, on="person", how="full", coalesce=True)
    sure, open_ = pl.col("sure"), pl.col("open")
    # "Không có" said on or after the day rules out what is open.
    open_ = pl.when(pl.col("lasting").is_null() | ~pl.col("lasting")).then(open_)
    place = (
        pl.when(sure.is_not_null() & (open_.is_null() | (open_ <= sure))).then(sure)
        .when(sure.is_null() & open_.is_null() & pl.col("none").is_not_null()).then(pl.lit(0, pl.Int8))
    )  # fmt: skip
    code = code_at(place, steps)
    where = pl.coalesce(pl.format("qualification:{}", "id"), pl.format("declared_none:{}", "none"))
    found = both.select(pl.col("person").alias("key"), code.alias("value"), where.alias("source"))
    return found.filter(pl.col("value").is_not_null())


@fact(type=scales.DEGREE, label="Trình độ chuyên môn", group="qualification", rests_on=("qualification",))
def degree(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _highest(t, ask, "chuyen-mon", scales.DEGREE, ("degree", "chuyen-mon"))


@fact(type=scales.POLITICAL_THEORY, label="Lý luận chính trị", group="qualification", rests_on=("qualification",))
def political_theory(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _highest(t, ask, "llct", scales.POLITICAL_THEORY, ("political_theory", "llct"))


@fact(type=scales.STATE_MANAGEMENT, label="Quản lý nhà nước", group="qualification", rests_on=("qualification",))
def state_management(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _highest(t, ask, "qlnn", scales.STATE_MANAGEMENT, ("state_management", "qlnn"))


@fact(type=scales.IT_LEVEL, label="Tin học", group="qualification", rests_on=("qualification",))
def it_level(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Certificates are one rank, told apart by ==; trung cấp and above is the next."""
    return _highest(t, ask, "tin-hoc", scales.IT_LEVEL, ("it_level", "tin-hoc"))


@fact(type=scales.LANGUAGE_LEVEL, label="Ngoại ngữ (trình độ cao nhất)", group="qualification", rests_on=("qualification",))
def foreign_language(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _highest(t, ask, "ngoai-ngu", scales.LANGUAGE_LEVEL, ("foreign_language", "ngoai-ngu"))


@fact(type=scales.LANGUAGE_LEVEL, label="Tiếng Anh", group="qualification", rests_on=("qualification",))
def english(t: Tables, ask: Ask) -> pl.LazyFrame:
    """English; a language certificate that does not say which language may be English."""
    rows = _of_kind(t, ask, "ngoai-ngu").filter(pl.col("language").is_null() | (pl.col("language") == "anh"))
    unnamed = pl.when(pl.col("language").is_not_null()).then(pl.col("held"))
    return _best(rows.with_columns(unnamed.alias("held")), t, ask, scales.LANGUAGE_LEVEL, ("english", "foreign_language", "ngoai-ngu"))


@fact(type=ListOf(scales.LANGUAGE), label="Các ngoại ngữ", group="qualification", rests_on=("qualification",))
def languages(t: Tables, ask: Ask) -> pl.LazyFrame:
    none = declared_none(t, ask, ("foreign_language", "ngoai-ngu"))
    return or_none(list_of(_of_kind(t, ask, "ngoai-ngu"), "language", "qualification"), none, empty_list())


def _has(t: Tables, ask: Ask, kind: str, nones: Collection[str]) -> pl.LazyFrame:
    found = any_of(_of_kind(t, ask, kind), pl.col("held"), "qualification")
    return or_none(found, declared_none(t, ask, nones), pl.lit(False))


@fact(type=Bool(), label="Biết tiếng dân tộc thiểu số", group="qualification", rests_on=("qualification",))
def ethnic_language(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _has(t, ask, "tieng-dan-toc", ("ethnic_language", "tieng-dan-toc"))


@fact(type=Bool(), label="Đã bồi dưỡng quốc phòng, an ninh", group="qualification", rests_on=("qualification",))
def defence_training(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _has(t, ask, "qpan", ("defence_training", "qpan"))


@fact(type=scales.GENERAL_EDUCATION, label="Giáo dục phổ thông", group="qualification", rests_on=("qualification",))
def general_education(t: Tables, ask: Ask) -> pl.LazyFrame:
    """As last written down: classes of the 10-year and the 12-year system have no common order."""
    rows = _of_kind(t, ask, "pho-thong").filter(pl.col("held"))
    return value_of(newest(rows), "level", "qualification")


@fact(type=ListOf(scales.FIELD), label="Chuyên ngành (lĩnh vực)", group="qualification", rests_on=("qualification.field",))
def degree_field(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Fields of all professional qualifications; one whose field could not be coded stays open."""
    return list_of(_of_kind(t, ask, "chuyen-mon"), "field", "qualification")


@fact(type=ListOf(scales.FIELD_GROUP), label="Nhóm ngành đào tạo", group="qualification", rests_on=("qualification.field",))
def field_group(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Groups asked for in reports: IT, law, Party building, science and technology …"""
    group = pl.col("field").cast(pl.String).replace_strict(scales.GROUP_OF_FIELD, default=None, return_dtype=pl.String)
    rows = _of_kind(t, ask, "chuyen-mon").with_columns(group.alias("field_group"))
    return list_of(rows, "field_group", "qualification")


@fact(type=ListOf(scales.FIELD), label="Chuyên ngành sau đại học", group="qualification", rests_on=("qualification.field",))
def postgraduate_field(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Fields of the degrees above the university's; who has none on paper is left out."""
    above = [step.code for step in scales.DEGREE.steps if step.rank > scales.DEGREE.ranks["dai-hoc"]]
    rows = _of_kind(t, ask, "chuyen-mon").filter(pl.col("level").cast(pl.String).is_in(above))
    return list_of(rows, "field", "qualification")
