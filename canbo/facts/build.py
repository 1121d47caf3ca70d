"""Facts named by a question → one frame: a row a subject, a column a fact, nulls where UNKNOWN."""

import difflib
from collections.abc import Collection, Mapping

import polars as pl

from canbo.engine.types import is_interval
from canbo.facts.catalogue import facts_in, readable
from canbo.facts.registry import Ask, Fact, Subject
from canbo.facts.subjects import population
from canbo.facts.tables import Tables


class UnknownFact(Exception):
    """A name that is no fact of the subject; the text proposes the nearest."""

    def __init__(self, name: str, subject: Subject, near: list[str]) -> None:
        self.name = name
        hint = f" Có phải bạn muốn nói “{near[0]}”?" if near else ""
        super().__init__(f"Không có dữ kiện “{name}” cho đối tượng đếm “{subject}”.{hint}")


def build(
    *, tables: Tables, ask: Ask, names: Collection[str], subject: Subject = "person", sources: bool = False,
    facts: Mapping[str, Fact] | None = None, rows: pl.DataFrame | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Columns key, person_id, unit_id (of that day) and per name `f`, or `f.lo` and `f.hi`; with `sources` also `f.source` (table:id).

    Rows are the subjects of the day by key. Raises UnknownFact. `facts` saves reading the extra columns again, `rows` (as
    `population` gives them) finding who is there.
    """
    known = readable(facts_in(tables) if facts is None else facts, subject)
    chosen = [find(known, name, subject) for name in sorted(set(names))]
    fresh = tables.fresh()
    found = population(fresh, ask, subject) if rows is None else rows
    frame = found.rename({"person": "person_id", "unit": "unit_id"})
    wanted = [_column(fact, fresh, ask, sources) for fact in chosen]
    for fact, values in zip(chosen, pl.collect_all(wanted), strict=True):
        own = fact.subject == subject
        frame = frame.join(values, left_on="key" if own else "person_id", right_on=".key", how="left", maintain_order="left")
    return frame


def find(facts: Mapping[str, Fact], name: str, subject: Subject) -> Fact:
    """The fact of that name; UnknownFact with the nearest name otherwise."""
    if name not in facts:
        raise UnknownFact(name, subject, difflib.get_close_matches(name, facts, n=1))
    return facts[name]


def _column(fact: Fact, tables: Tables, ask: Ask, sources: bool) -> pl.LazyFrame:
    interval = not callable(fact.type) and is_interval(fact.type)
    values = {"lo": f"{fact.name}.lo", "hi": f"{fact.name}.hi"} if interval else {"value": fact.name}
    if sources:
        values["source"] = f"{fact.name}.source"
    renamed = [pl.col(old).alias(new) for old, new in values.items()]
    return fact.of(tables, ask).select(pl.col("key").alias(".key"), *renamed)
