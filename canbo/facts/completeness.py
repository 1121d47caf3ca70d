"""How much of what every dossier must hold is there."""

import polars as pl

from canbo.engine.types import Int
from canbo.facts import career, learning, person, places
from canbo.facts.registry import Ask, Fact, fact
from canbo.facts.subjects import population
from canbo.facts.tables import Tables, shared

# Items marked as required in the CV's 38 items, each by the fact that needs it. Relatives (36.1) are required too, but
# are looked at only for stated checks, never counted.
REQUIRED: tuple[Fact, ...] = (
    person.name, person.birth, person.sex, person.ethnicity, person.religion, person.birth_place, person.native_place,
    person.residence, person.has_personal_id, person.recruited_on, learning.general_education, learning.degree,
    learning.political_theory, places.unit, career.position, career.work_told, career.rank,
)  # fmt: skip

_KNOWN = pl.col("items").fill_null(0)  # why: a dossier without any item has none of them


@fact(type=Int(unit="%"), label="Mức đầy đủ của hồ sơ", group="basic", rests_on=("person",))
def completeness(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Share of required items that are known on the day, in whole percent rounded down."""
    return _of_everybody(t, ask, _KNOWN * 100 // len(REQUIRED))


@fact(type=Int(), label="Số mục bắt buộc còn thiếu", group="basic", rests_on=("person",))
def missing_items(t: Tables, ask: Ask) -> pl.LazyFrame:
    return _of_everybody(t, ask, len(REQUIRED) - _KNOWN)


def _of_everybody(t: Tables, ask: Ask, value: pl.Expr) -> pl.LazyFrame:
    people = population(t, ask, "person").lazy().select("key").join(_items(t, ask), on="key", how="left")
    return people.select("key", value.cast(pl.Int32).alias("value"), pl.format("person:{}", "key").alias("source"))


@shared
def _items(t: Tables, ask: Ask) -> pl.LazyFrame:
    """How many required items of each person are known."""
    known = pl.concat([item.of(t, ask).select("key") for item in REQUIRED], how="vertical_relaxed")
    return known.group_by("key").agg(pl.len().cast(pl.Int64).alias("items"))
