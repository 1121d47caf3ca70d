"""The measured standards and their facts in a neutral form, for others to compute: columns of whole numbers, trees of lists.

Steps are ranks, codes are numbered, true is 1; each title looked for in a list is a column of its own. A missing value is NULL.
A tree is ["and" | "or", parts…], ["not", part], ["is", column], ["in", column, numbers…] or [operator, lo, hi, number].
"""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from canbo.engine.comparisons import columns_of
from canbo.engine.language import names
from canbo.engine.law.verdicts import Plan
from canbo.engine.membership import opened, spelt
from canbo.engine.syntax import And, Compare, Expr, Fact, Literal, Not, OneOf, Or, Ref
from canbo.engine.types import Code, Scale

Tree = list[Any]
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def trees(plans: Sequence[Plan]) -> list[list[Tree]]:
    """For each standard its blocking criteria."""
    return [[_criterion(len(c.exceptions), {k: spelt(t) for k, t in found.items()}) for c, found in plan.blocking] for plan in plans]


def _criterion(exceptions: int, found: dict[str, Expr]) -> Tree:
    tree = _tree(found["require"])
    for number in reversed(range(exceptions)):
        when, other = _tree(found[f"exception[{number}].when"]), _tree(found[f"exception[{number}].require"])
        tree = ["or", ["and", when, other], ["and", ["not", when], tree], ["and", other, tree]]
    return ["or", ["not", _tree(found["applies"])], tree] if "applies" in found else tree


def _tree(expr: Expr) -> Tree:
    match expr:
        case And(parts):
            return ["and", *map(_tree, parts)]
        case Or(parts):
            return ["or", *map(_tree, parts)]
        case Not(part):
            return ["not", _tree(part)]
        case Fact(ref):
            return ["is", column(ref.name)]
        case OneOf(ref, options, negated):
            found = ["in", column(ref.name), *(_number(ref, option) for option in options)]
            return ["not", found] if negated else found
        case Compare((Ref() as ref, bound), (op,)):
            return _compared(ref, op, bound)
        case Compare((Literal() as bound, Ref() as ref), (op,)):
            return _compared(ref, _FLIPPED.get(op, op), bound)
    raise AssertionError(f"the measured standards do not say {expr}")


def _compared(ref: Ref, op: str, bound: Any) -> Tree:
    if op == "==":
        return ["in", column(ref.name), _number(ref, bound)]
    ends = [column(name) for name in columns_of(ref)]
    return [op, ends[0], ends[-1], _number(ref, bound)]


def _number(ref: Ref, bound: Any) -> int:
    value = bound.entry.value if isinstance(bound, Ref) else bound.value
    return _codes(ref.entry.type)[value] if isinstance(value, str) else int(value)


def _codes(kind: Any) -> dict[str, int]:
    if isinstance(kind, Scale):
        return kind.ranks
    return {code: number for number, (code, _) in enumerate(kind.values)}


def column(name: str) -> str:
    """A name every side can carry."""
    return name.replace("\0", "_").replace(".", "_").replace("-", "_")


def numbers(frame: pl.DataFrame, plans: Sequence[Plan]) -> pl.DataFrame:
    """The facts as whole numbers, a column each; lists are the titles looked for in them."""
    exprs = [tree for plan in plans for _, found in plan.blocking for tree in found.values()]
    words = plans[0].words
    wide = opened(frame, exprs)
    kept = [name for name in wide.columns if "\0" in name or name.split(".")[0] in {n for expr in exprs for n in names(expr)}]
    return wide.select(_plain(name, words, wide.schema[name]) for name in kept if not isinstance(wide.schema[name], pl.List))


def _plain(name: str, words: Any, dtype: pl.DataType) -> pl.Expr:
    word = words.get(name)
    value = pl.col(name)
    if word is not None and isinstance(word.type, Scale | Code):
        value = value.cast(pl.String).replace_strict(_codes(word.type), default=None, return_dtype=pl.Int32)
    return value.cast(pl.Int32).alias(column(name))


# --- as SQL with its three values


def as_sql(standards: Sequence[Sequence[Tree]]) -> str:
    """How many are known and how many are yes, of every standard in turn, in one statement; each verdict is worked out once."""
    said = ", ".join(f"({' AND '.join(map(_sql, criteria))}) AS s{n}" for n, criteria in enumerate(standards))
    counted = ", ".join(f"count(s{n}), sum(CASE WHEN s{n} THEN 1 ELSE 0 END)" for n in range(len(standards)))
    return f"WITH verdict AS MATERIALIZED (SELECT {said} FROM fact) SELECT {counted} FROM verdict"


def _sql(tree: Tree) -> str:
    match tree:
        case ["and" | "or" as word, *parts]:
            return f"({f' {word.upper()} '.join(map(_sql, parts))})"
        case ["not", part]:
            return f"(NOT {_sql(part)})"
        case ["is", name]:
            return f"({name} = 1)"
        case ["in", name, *options]:
            return f"({name} IN ({', '.join(map(str, options))}))"
        case [op, lo, hi, bound] if lo == hi:
            return f"({lo} {op} {bound})"
        case [op, lo, hi, bound]:
            sure, never = (lo, hi) if op in (">", ">=") else (hi, lo)
            return f"(CASE WHEN {sure} {op} {bound} THEN 1=1 WHEN NOT ({never} {op} {bound}) THEN 1=0 END)"
    raise AssertionError(tree)


def counts(columns: Iterable[pl.Series]) -> list[tuple[int, int]]:
    """(yes, no) of each verdict column."""
    return [(int(column.sum()), int((~column).sum())) for column in columns]
