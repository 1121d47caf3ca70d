"""Counting: yes, all and unknown apart, people or turns, shares exact and rounded only for print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any, Literal

import polars as pl

from canbo.engine.compiler import check_columns, compile
from canbo.engine.syntax import Expr
from canbo.kernel.numbers import fraction_text, half_up, percent_text, thousands

Frame = pl.DataFrame | pl.LazyFrame
Verdict = Literal["yes", "no", "unknown", "where_unknown"]


@dataclass(frozen=True, slots=True)
class Count:
    """`count` of `of` say yes, `unknown` of `of` cannot be told; `where_unknown` more may belong to the population."""

    count: int
    of: int
    unknown: int = 0
    where_unknown: int = 0
    noun: str = "người"

    def __add__(self, other: "Count") -> "Count":
        """The sum of two disjoint populations; people and turns are never added."""
        if self.noun != other.noun:
            raise ValueError(f"Không cộng {self.noun} với {other.noun}.")
        return Count(
            self.count + other.count,
            self.of + other.of,
            self.unknown + other.unknown,
            self.where_unknown + other.where_unknown,
            self.noun,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one group; a None in `by` is the group of unknown value."""

    by: tuple[Any, ...]
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """From one count to another: heads, and percentage points half up (None when a population is empty)."""

    heads: int
    points: Decimal | None


def count(
    frame: Frame,
    *,
    where: Expr | None = None,
    that: Expr | None = None,
    distinct: str | None = None,
    noun: str = "người",
) -> Count:
    """How many rows – or, with `distinct`, how many different ids of that column – satisfy `that` within `where`."""
    rows = count_many(frame, where=where, thats=[that], distinct=distinct, noun=noun)
    return rows[0].counts[0]


def count_many(
    frame: Frame,
    *,
    where: Expr | None = None,
    thats: Sequence[Expr | None] = (None,),
    by: Sequence[str] = (),
    distinct: str | None = None,
    noun: str = "người",
) -> tuple[Row, ...]:
    """Every measure for every group in one pass; a row without id in `distinct` is nobody and is left out.

    Groups are sorted, the unknown value last; without `by` there is one row, also for an empty frame. A list fact in
    `by` puts a row into each of its groups.
    """
    judged = judge(frame, where=where, thats=thats, keep=[*by, *([distinct] if distinct else [])])
    if distinct:
        judged = once_each(judged, [*by, distinct], measures=len(thats)).filter(pl.col(distinct).is_not_null())
    return as_rows(summed(judged, by=by, measures=len(thats)), by=by, measures=len(thats), noun=noun)


def people(
    frame: Frame, *, where: Expr | None = None, that: Expr | None = None, verdict: Verdict = "yes", key: str = "key"
) -> list[Any]:
    """The keys behind a figure, in the frame's order: as many as count(distinct=key) says."""
    judged = once_each(judge(frame, where=where, thats=[that], keep=[key]), [key], measures=1)
    member, maybe = pl.col("member."), pl.col("maybe.0")
    chosen = {
        "yes": pl.col("yes.0"),
        "unknown": member & maybe & ~pl.col("yes.0"),
        "no": member & ~maybe,
        "where_unknown": pl.col("perhaps.") & ~member,
    }[verdict]
    found = judged.filter(chosen & pl.col(key).is_not_null()).select(key).collect()
    order = frame.lazy().select(pl.col(key).unique(maintain_order=True)).collect()
    return order.join(found, on=key, how="semi", maintain_order="left")[key].to_list()


# --- shares


def share(counted: Count) -> Fraction | None:
    """Yes / all in the population, unknowns included; None when the population is empty."""
    return Fraction(counted.count, counted.of) if counted.of else None


def share_pct(counted: Count, *, places: int = 2) -> Decimal | None:
    """The share in percent, half up."""
    return half_up(100 * counted.count, counted.of, places) if counted.of else None


def count_text(counted: Count, *, places: int = 2) -> str:
    """As printed: `393 (45,28%)`; a count of an empty population has no share."""
    shown = thousands(counted.count)
    return f"{shown} ({percent_text(counted.count, counted.of, places=places)})" if counted.of else shown


def share_text(counted: Count) -> str:
    """As printed: `10/11`."""
    return fraction_text(counted.count, counted.of)


def compare(before: Count, after: Count, *, places: int = 2) -> Change:
    """The change from `before` to `after`; points are the exact difference of shares, rounded once."""
    if before.noun != after.noun:
        raise ValueError(f"Không so sánh {before.noun} với {after.noun}.")
    heads = after.count - before.count
    if not before.of or not after.of:
        return Change(heads, None)
    difference = after.count * before.of - before.count * after.of
    return Change(heads, half_up(100 * difference, before.of * after.of, places))


# --- the pass over the frame, shared with breakdown


def judge(frame: Frame, *, where: Expr | None, thats: Sequence[Expr | None], keep: Iterable[str]) -> pl.LazyFrame:
    """Per row surely `member`, `perhaps` member, and per measure surely `yes.i`, `maybe.i`; none of them null."""
    lazy = frame.lazy()
    schema = lazy.collect_schema()
    for expr in (where, *thats):
        if expr is not None:
            check_columns(expr, schema=schema)
    lazy = lazy.with_columns(_verdict(where).alias("where.")).filter(_possible(pl.col("where.")))
    verdicts = [pl.col("where.") & _verdict(that) for that in thats]
    judged = lazy.select(
        *(group_key(name, schema).alias(name) for name in dict.fromkeys(keep)),
        _sure(pl.col("where.")).alias("member."),
        pl.lit(True).alias("perhaps."),
        *(_sure(verdict).alias(f"yes.{i}") for i, verdict in enumerate(verdicts)),
        *(_possible(verdict).alias(f"maybe.{i}") for i, verdict in enumerate(verdicts)),
    )
    return reduce(_one_row_per_item, (name for name in keep if isinstance(schema.get(name), pl.List)), judged)


def once_each(judged: pl.LazyFrame, keys: Sequence[str], *, measures: int) -> pl.LazyFrame:
    """One row per keys, the id last: a person is a yes when one of the rows is, whatever the others say."""
    flags = ["member.", "perhaps.", *(f"{flag}.{i}" for i in range(measures) for flag in ("yes", "maybe"))]
    columns = list(dict.fromkeys(keys))
    several = pl.col(columns[-1]).is_duplicated()  # most people have one row, and grouping costs most
    merged = judged.filter(several).group_by(columns, maintain_order=True).agg(pl.col(flags).any())
    return pl.concat([judged.filter(~several).select(*columns, *flags), merged])


def summed(judged: pl.LazyFrame, *, by: Sequence[str], measures: int) -> pl.LazyFrame:
    """The four figures of every measure, per group."""
    member = pl.col("member.")
    sums = [
        member.sum().alias("of."),
        (~member).sum().alias("where_unknown."),
        *(pl.col(f"yes.{i}").sum().alias(f"count.{i}") for i in range(measures)),
        *((member & pl.col(f"maybe.{i}") & ~pl.col(f"yes.{i}")).sum().alias(f"unknown.{i}") for i in range(measures)),
    ]
    return judged.group_by(*by).agg(sums).sort(*by, nulls_last=True) if by else judged.select(sums)


def as_rows(sums: pl.LazyFrame, *, by: Sequence[str], measures: int, noun: str) -> tuple[Row, ...]:
    """The summed frame as values."""
    figures = ["of.", "where_unknown.", *(f"{figure}.{i}" for i in range(measures) for figure in ("count", "unknown"))]
    frame = sums.select(*by, *figures).collect()
    return tuple(_row(values, keys=len(by), noun=noun) for values in frame.iter_rows())


def _row(values: tuple[Any, ...], *, keys: int, noun: str) -> Row:
    of, where_unknown, *figures = values[keys:]
    counts = (Count(yes, of, unknown, where_unknown, noun) for yes, unknown in zip(figures[::2], figures[1::2]))
    return Row(values[:keys], tuple(counts))


def group_key(name: str, schema: pl.Schema) -> pl.Expr:
    """The column a fact groups by; an interval groups by its value where that is one, and is unknown elsewhere."""
    if name in schema:
        return pl.col(name)
    if f"{name}.lo" not in schema:
        raise KeyError(f"the facts frame has no column {name!r}")
    lo, hi = pl.col(f"{name}.lo"), pl.col(f"{name}.hi")
    return pl.when(lo == hi).then(lo)


def _one_row_per_item(judged: pl.LazyFrame, name: str) -> pl.LazyFrame:
    items = pl.col(name).list.unique()
    return judged.filter(items.is_null() | (items.list.len() > 0)).with_columns(items).explode(name)


def _verdict(expr: Expr | None) -> pl.Expr:
    return pl.lit(True) if expr is None else compile(expr)


def _sure(verdict: pl.Expr) -> pl.Expr:
    return verdict.is_not_null() & verdict


def _possible(verdict: pl.Expr) -> pl.Expr:
    return verdict.is_null() | verdict


__all__ = [
    "Change", "Count", "Frame", "Row", "Verdict", "compare", "count", "count_many", "count_text", "people", "share",
    "share_pct", "share_text",
]  # fmt: skip
