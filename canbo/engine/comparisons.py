"""One comparison as a column: exact values, intervals of possible values, written blocks of days, steps by rank."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt

import polars as pl

from canbo.engine.syntax import Literal, Op, Ref, Term
from canbo.engine.types import Bool, Code, Date, Int, Scale, Text, is_interval
from canbo.kernel.dates import PartialDate

_OPERATORS: dict[Op, Callable[..., pl.Expr]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq}
_FLIPPED: dict[Op, Op] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_DTYPES: dict[type, type[pl.DataType]] = {Bool: pl.Boolean, Int: pl.Int64, Date: pl.Date}
Number = int | Decimal | date


def is_pair(ref: Ref) -> bool:
    """Whether the NAME is two columns, its lowest and highest possible value."""
    return ref.entry.kind == "fact" and is_interval(ref.entry.type)


def columns_of(ref: Ref) -> tuple[str, ...]:
    """The columns of a fact."""
    return (f"{ref.name}.lo", f"{ref.name}.hi") if is_pair(ref) else (ref.name,)


def column_of(ref: Ref) -> pl.Expr:
    """An exact NAME as a column; a parameter is its value."""
    if ref.entry.kind == "parameter":
        return pl.lit(ref.entry.value, dtype=_DTYPES.get(type(ref.entry.type)))
    return pl.col(ref.name)


def text_of(ref: Ref) -> pl.Expr:
    """A code, step or text as text: two category columns compare only where they list the same codes."""
    return column_of(ref).cast(pl.String)


def pair(left: Term, op: Op, right: Term) -> pl.Expr:
    """`left op right`, one of them a NAME at least."""
    if isinstance(left, Literal):
        left, op, right = right, _FLIPPED[op], left
    assert isinstance(left, Ref), "the parser refuses a comparison without a NAME"
    if op == "!=":
        return ~pair(left, "==", right)
    match left.entry.type:
        case Scale() as scale if op != "==":
            return _by_rank(left, op, right, scale.ranks)
        case Code() | Text() | Scale():
            return text_of(left) == text_of(right) if isinstance(right, Ref) else column_of(left) == pl.lit(right.value)
    return _between_refs(left, op, right) if isinstance(right, Ref) else _to_literal(left, op, right)


def within(ref: Ref, first: Number, last: Number) -> pl.Expr:
    """Whether the value is in `first`..`last`, both included."""
    value, block = _ends(ref), _Ends(_lit(first), _lit(last))
    inside = (block.lo <= value.lo) & (value.hi <= block.hi)
    return _verdict(yes=inside, no=_apart(value, block)) if is_pair(ref) else inside


@dataclass(frozen=True, slots=True)
class _Ends:
    """The lowest and the highest possible value, both included."""

    lo: pl.Expr
    hi: pl.Expr


def _ends(ref: Ref) -> _Ends:
    lo, hi = (pl.col(name) for name in columns_of(ref)) if is_pair(ref) else (column_of(ref),) * 2
    return _Ends(lo, hi)


def _verdict(*, yes: pl.Expr, no: pl.Expr) -> pl.Expr:
    """True where surely so, false where surely not, else UNKNOWN."""
    return pl.when(yes).then(pl.lit(True)).when(no).then(pl.lit(False))


def _apart(a: _Ends, b: _Ends) -> pl.Expr:
    return (a.hi < b.lo) | (b.hi < a.lo)


def _lit(value: Number) -> pl.Expr:
    # 64 bits: a literal never shrinks to the 8 bits of a small column
    return pl.lit(value, dtype=pl.Int64) if isinstance(value, int) else pl.lit(value)


def _block(literal: Literal) -> tuple[Number, Number]:
    match literal.value:
        case PartialDate() as day:
            return day.lo, day.hi
        case str():
            raise AssertionError("texts are compared as texts")
        case number:
            return number, number


def _to_literal(ref: Ref, op: Op, literal: Literal) -> pl.Expr:
    """A written year or month is its whole block of days: before it, in it or after it."""
    first, last = _block(literal)
    if op == "==":
        return within(ref, first, last)
    bound = _lit(first if op in ("<", ">=") else last)
    return _ordered(_ends(ref), op, _Ends(bound, bound)) if is_pair(ref) else _OPERATORS[op](column_of(ref), bound)


def _between_refs(left: Ref, op: Op, right: Ref) -> pl.Expr:
    if not is_pair(left) and not is_pair(right):
        return _OPERATORS[op](column_of(left), column_of(right))
    a, b = _ends(left), _ends(right)
    if op == "==":
        return _verdict(yes=(a.lo == a.hi) & (b.lo == b.hi) & (a.lo == b.lo), no=_apart(a, b))
    return _ordered(a, op, b)


def _ordered(a: _Ends, op: Op, b: _Ends) -> pl.Expr:
    match op:
        case "<":
            return _verdict(yes=a.hi < b.lo, no=a.lo >= b.hi)
        case "<=":
            return _verdict(yes=a.hi <= b.lo, no=a.lo > b.hi)
        case ">":
            return _ordered(b, "<", a)
        case _:
            return _ordered(b, "<=", a)


def _by_rank(left: Ref, op: Op, right: Term, ranks: dict[str, int]) -> pl.Expr:
    """Order by rank, never by alphabet; a code that is no step of the scale is UNKNOWN."""
    if isinstance(right, Ref):
        return _OPERATORS[op](_rank(left, ranks), _rank(right, ranks))
    bound = ranks[str(right.value)]
    passing = [step for step, rank in ranks.items() if _OPERATORS[op](rank, bound)]
    code = column_of(left)
    return pl.when(code.is_in(list(ranks))).then(code.is_in(passing))


def _rank(ref: Ref, ranks: dict[str, int]) -> pl.Expr:
    return text_of(ref).replace_strict(ranks, default=None, return_dtype=pl.Int64)
