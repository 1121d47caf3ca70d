"""The slow twin of the compiler: the tree read on one row, every possible value of an imprecise fact tried in turn."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from canbo.engine.syntax import And, Compare, Expr, Fact, Holds, Known, Not, OneOf, Or, Ref, Term
from canbo.engine.types import Scale
from canbo.kernel.dates import PartialDate

Verdict = bool | None
_TRUTH = {False: 0, None: 1, True: 2}
_MEETS = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}


def verdict(expr: Expr, row: dict[str, Any]) -> Verdict:
    """True, False, or None for UNKNOWN."""
    match expr:
        case And(parts):
            return min((verdict(part, row) for part in parts), key=_TRUTH.__getitem__)
        case Or(parts):
            return max((verdict(part, row) for part in parts), key=_TRUTH.__getitem__)
        case Not(part):
            return opposite(verdict(part, row))
        case Compare(terms, ops):
            pairs = zip(terms, ops, terms[1:])
            return min((compare(a, op, b, row) for a, op, b in pairs), key=_TRUTH.__getitem__)
        case Fact(ref):
            return parameter_or(ref, row)
        case Known(ref):
            return parameter_or(ref, row) is not None
        case OneOf(ref, options, negated):
            found = agreed(any(meets(v, "==", o.value, ref) for o in options) for v in worlds(ref, row))
            return opposite(found) if negated else found
        case Holds(item, ref, negated):
            found = listed(item.value, row[ref.name])
            return opposite(found) if negated else found


def opposite(found: Verdict) -> Verdict:
    return None if found is None else not found


def agreed(verdicts: Iterator[bool]) -> Verdict:
    """What all possible worlds say; UNKNOWN when they differ or there is none."""
    seen = set(verdicts)
    return seen.pop() if len(seen) == 1 else None


def parameter_or(ref: Ref, row: dict[str, Any]) -> Any:
    return ref.entry.value if ref.entry.kind == "parameter" else row[ref.name]


@cache
def days(lo: date, hi: date) -> list[date]:
    return [lo + timedelta(days=n) for n in range((hi - lo).days + 1)]


def worlds(term: Term, row: dict[str, Any]) -> list[Any]:
    """Every value the term may have; none when it is missing."""
    if not isinstance(term, Ref):
        return [term.value]
    value = parameter_or(term, row)
    if not isinstance(value, tuple):
        return [] if value is None else [value]
    lo, hi = value
    if isinstance(lo, int):
        return list(range(lo, hi + 1))
    return days(lo, hi)


def compare(left: Term, op: str, right: Term, row: dict[str, Any]) -> Verdict:
    ref = left if isinstance(left, Ref) else right
    assert isinstance(ref, Ref)
    return agreed(meets(a, op, b, ref) for a in worlds(left, row) for b in worlds(right, row))


def meets(a: Any, op: str, b: Any, ref: Ref) -> bool:
    """One possible world."""
    if isinstance(ref.entry.type, Scale) and op in ("<", "<=", ">", ">="):
        ranks = {step.code: step.rank for step in ref.entry.type.steps}
        a, b = ranks[a], ranks[b]
    return _MEETS[op](position(a, b), 0)


def position(a: Any, b: Any) -> int:
    """Before (-1), in (0) or after (1) the written value."""
    if isinstance(a, PartialDate):
        return -position(b, a)
    if isinstance(b, PartialDate):
        return -1 if a < b.lo else 1 if a > b.hi else 0
    return -1 if a < b else 1 if a > b else 0


def listed(item: Any, items: list[Any] | None) -> Verdict:
    if items is None:
        return None
    if item in items:
        return True
    return None if None in items else False
