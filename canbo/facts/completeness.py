"""How much of what every dossier must hold is there."""

import polars as pl

from canbo.engine.types import Int
from canbo.facts import career, learning, person, places
from canbo.facts.registry import Ask, Fact, fact
from canbo.facts.subjects import population
from canbo.facts.tables import Tables

# Items marked as required in the CV's 38 items, each by the fact that needs it.
REQUIRED: tuple[Fact, ...] = (
    person.name, person.birth, person.sex, person.ethnicity, person.religion, person.native_place, person.recruited_on,
    learning.general_education, learning.degree, learning.political_theory, places.unit, career.position, career.rank,
)  # fmt: skip


@fact(type=Int(unit="%"), label="Mức đầy đủ của hồ sơ", group="basic", rests_on=("person",))
def completeness(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Share of required items that are known on the day, in whole percent rounded down."""
    known = pl.concat([item.of(t, ask).select("key") for item in REQUIRED], how="vertical_relaxed")
    counted = known.group_by("key").agg(pl.len().alias("items"))
    people = population(t, ask, "person").lazy().select("key").join(counted, on="key", how="left")
    share = pl.col("items").fill_null(0) * 100 // len(REQUIRED)  # why: a dossier without any item is 0 % complete
    return people.select("key", share.cast(pl.Int32).alias("value"), pl.format("person:{}", "key").alias("source"))
