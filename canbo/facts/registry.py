"""What a fact is, what is asked of it, and how a function becomes one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import polars as pl

from canbo.engine.types import Type, is_interval
from canbo.facts.tables import Tables

Group = Literal[
    "basic", "contact", "identity", "party", "qualification", "career", "pay", "evaluation", "discipline", "planning",
    "training", "family", "health", "assets", "history", "religion",
]  # fmt: skip
Subject = Literal["person", "holding", "seat", "entry", "attendance", "unit"]
SUBJECTS: tuple[Subject, ...] = ("person", "holding", "seat", "entry", "attendance", "unit")


@dataclass(frozen=True, slots=True)
class Ask:
    """The day asked about and the unit map to answer on (default: the map of that day); hashable.

    `laws` is the law set in force and `at` the moment the snapshot is read, for facts that need them.
    """

    on: date
    map_on: date | None = None
    laws: Any = None
    at: Any = None

    @property
    def map_day(self) -> date:
        return self.map_on or self.on


Compute = Callable[[Tables, Ask], pl.LazyFrame]
# Codes of units and titles stand in the tables; labels of places depend on the map (None: of both maps).
TypeOf = Type | Callable[[Tables, date | None], Type]


@dataclass(frozen=True)
class Fact:
    """A column: `of(tables, ask)` gives key, value (or lo, hi) and source; a key left out is UNKNOWN.

    `rests_on` names the table, or table.column, that must be on paper for the fact to be known.
    """

    name: str
    subject: Subject
    type: TypeOf
    label: str
    group: Group
    rests_on: tuple[str, ...]
    of: Compute
    cite: str | None = None

    def type_in(self, tables: Tables, map_on: date | None = None) -> Type:
        """The type, with the codes (units, titles) that these tables hold."""
        return self.type(tables, map_on) if callable(self.type) else self.type

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of its columns in a facts frame."""
        interval = not callable(self.type) and is_interval(self.type)
        return (f"{self.name}.lo", f"{self.name}.hi") if interval else (self.name,)


def fact(
    *, subject: Subject = "person", type: TypeOf, label: str, group: Group, rests_on: tuple[str, ...], cite: str | None = None
) -> Callable[[Compute], Fact]:
    """The function below becomes a fact of its own name."""

    def register(of: Compute) -> Fact:
        name = of.__name__.rstrip("_")
        return Fact(name=name, subject=subject, type=type, label=label, group=group, rests_on=rests_on, of=of, cite=cite)

    return register


def source(table: str, row: str | pl.Expr = "id") -> pl.Expr:
    """The record behind a value, as `table:id`."""
    column = pl.col(row) if isinstance(row, str) else row
    return (pl.lit(f"{table}:") + column.cast(pl.String)).alias("source")
