"""`'x' in LIST_FACT` for many x at once: each list is opened once, each x becomes a Boolean column.

Asking lists row by row costs some 10 ms for each x over 100.000 people; forty titles are asked about in one review.
"""

from collections.abc import Iterable, Iterator

import polars as pl

from canbo.engine.syntax import And, Expr, Fact, Holds, Not, Or, Ref
from canbo.engine.types import Bool, Name


def opened(frame: pl.DataFrame, exprs: Iterable[Expr]) -> pl.DataFrame:
    """The frame with a column for every item the expressions look for in a list; read by `spelt`."""
    asked: dict[str, set[str]] = {}
    for expr in exprs:
        for found in _holds(expr):
            asked.setdefault(found.ref.name, set()).add(str(found.item.value))
    return frame.with_columns(column for fact, items in sorted(asked.items()) for column in _columns(frame, fact, sorted(items)))


def spelt(expr: Expr) -> Expr:
    """The same expression over the columns of `opened`."""
    match expr:
        case And(parts):
            return And(tuple(map(spelt, parts)))
        case Or(parts):
            return Or(tuple(map(spelt, parts)))
        case Not(part):
            return Not(spelt(part))
        case Holds(item, ref, negated):
            flag = Fact(Ref(_named(ref.name, str(item.value)), Name(type=Bool(), label=ref.entry.label)))
            return Not(flag) if negated else flag
    return expr


def _holds(expr: Expr) -> Iterator[Holds]:
    match expr:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _holds(part)
        case Not(part):
            yield from _holds(part)
        case Holds():
            yield expr


def _named(fact: str, item: str) -> str:
    return f"{fact}\0{item}"


def _columns(frame: pl.DataFrame, fact: str, items: Iterable[str]) -> Iterator[pl.Series]:
    """True where listed; a list with a missing element may hold anything else, so it is unknown there, as is no list at all."""
    lists = frame[fact]
    entries = pl.DataFrame({"row": pl.int_range(frame.height, dtype=pl.UInt32, eager=True), "item": lists})
    entries = entries.filter(pl.col("item").list.len() > 0).explode("item")
    open_ = entries.filter(pl.col("item").is_null())["row"]
    otherwise = pl.select(pl.when(lists.is_not_null()).then(pl.lit(False))).to_series().scatter(open_, None)
    by_item = entries.drop_nulls("item").group_by("item").agg("row")
    rows = dict(zip(by_item["item"].cast(pl.String), by_item["row"]))
    for item in items:
        column = otherwise.clone()
        yield (column.scatter(rows[item], True) if item in rows else column).alias(_named(fact, item))
