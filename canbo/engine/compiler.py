"""The tree of an expression → a Boolean Polars column; null is UNKNOWN, and Kleene's logic decides.

Columns: an exact fact `f` is column `f`; an interval fact is `f.lo` and `f.hi`, both ends included. Codes and steps are
text or categories, a list fact is a Polars list, a decimal fact an exact decimal column (binary floats are refused).
"""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import and_, or_

import polars as pl

from canbo.engine.comparisons import column_of, columns_of, is_pair, pair, within
from canbo.engine.syntax import And, Compare, Expr, Fact, Holds, Known, Literal, Not, OneOf, Or, Ref, refs
from canbo.kernel.dates import PartialDate


def compile(expr: Expr) -> pl.Expr:
    """A Boolean column of the frame's height: true, false, or null for UNKNOWN."""
    column = _compile(expr)
    constant = all(ref.entry.kind == "parameter" for ref in refs(expr))
    return pl.repeat(column, pl.len(), dtype=pl.Boolean) if constant else column


def columns(expr: Expr) -> frozenset[str]:
    """The columns of the facts frame that the expression reads."""
    return frozenset(name for ref in refs(expr) if ref.entry.kind == "fact" for name in columns_of(ref))


def check_columns(expr: Expr, *, schema: pl.Schema) -> None:
    """Refuse a frame without the columns read, or with binary floats (NaN > 5 is true, 0.1 + 0.2 is not 0.3)."""
    for name in sorted(columns(expr)):
        if name not in schema:
            raise KeyError(f"the facts frame has no column {name!r}")
        if schema[name].is_float():
            raise TypeError(f"column {name!r} is a binary float; facts are whole numbers or exact decimals")


def _compile(expr: Expr) -> pl.Expr:
    match expr:
        case And(parts):
            return reduce(and_, map(_compile, parts))
        case Or(parts):
            return reduce(or_, map(_compile, parts))
        case Not(part):
            return ~_compile(part)
        case Fact(ref):
            return column_of(ref)
        case Known(ref):
            return _known(ref)
        case Compare(terms, ops):
            return reduce(and_, (pair(a, op, b) for a, op, b in zip(terms, ops, terms[1:])))
        case OneOf(ref, options, negated):
            return _signed(_one_of(ref, options), negated=negated)
        case Holds(item, ref, negated):
            return _signed(_holds(str(item.value), ref), negated=negated)


def _signed(column: pl.Expr, *, negated: bool) -> pl.Expr:
    return ~column if negated else column


def _known(ref: Ref) -> pl.Expr:
    if ref.entry.kind == "parameter":
        return pl.lit(True)
    return reduce(or_, (pl.col(name).is_not_null() for name in columns_of(ref)))


def _one_of(ref: Ref, options: tuple[Literal, ...]) -> pl.Expr:
    if isinstance(options[0].value, str):
        return column_of(ref).is_in([str(option.value) for option in options])
    if not is_pair(ref):
        return reduce(or_, (pair(ref, "==", option) for option in options))
    blocks = _joined(_whole(option) for option in options)
    dated = isinstance(options[0].value, PartialDate)
    return reduce(or_, (within(ref, *map(date.fromordinal, block) if dated else block) for block in blocks))


def _whole(literal: Literal) -> tuple[int, int]:
    """First and last value as whole numbers; days are counted."""
    if isinstance(literal.value, PartialDate):
        return literal.value.lo.toordinal(), literal.value.hi.toordinal()
    return int(literal.value), int(literal.value)


def _joined(blocks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Adjacent blocks as one: an age of 34 or 35 is surely in (34, 35)."""
    joined: list[tuple[int, int]] = []
    for lo, hi in sorted(blocks):
        if joined and lo <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(hi, joined[-1][1])
        else:
            joined.append((lo, hi))
    return joined


def _holds(item: str, ref: Ref) -> pl.Expr:
    """True where the item is listed; a list with a missing element may hold it, so it is UNKNOWN there."""
    items = pl.col(ref.name).cast(pl.List(pl.String))
    listed = items.list.contains(item)
    incomplete = items.list.eval(pl.element().is_null()).list.any()
    return pl.when(listed | ~incomplete).then(listed)
