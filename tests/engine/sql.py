"""The same tree as SQL over an exported fact table: verdicts are written out as 0 no, 1 unknown, 2 yes."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from canbo.engine.syntax import And, Compare, Expr, Fact, Holds, Known, Literal, Not, OneOf, Or, Ref, Term
from canbo.engine.types import Code, Date, Int, ListOf, Scale, Text
from canbo.kernel.dates import PartialDate

from .world import FACTS, VOCABULARY, Row, is_pair

Run = Callable[[str], Sequence[Sequence[Any]]]
CENTS = 10**6
_FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Dialect:
    """How one database spells the least and the greatest of several numbers, and its types."""

    def __init__(self, *, least: str, greatest: str, number: str, text: str) -> None:
        self.least, self.greatest, self.number, self.text = least, greatest, number, text


SQLITE = Dialect(least="min", greatest="max", number="INTEGER", text="TEXT")
POSTGRES = Dialect(least="least", greatest="greatest", number="BIGINT", text='TEXT COLLATE "C"')


def load(rows: list[Row], *, run: Callable[[str], Any], fill: Callable[[str, list[tuple[Any, ...]]], Any], of: Dialect) -> None:
    """The fact table: numbers, ISO dates and codes; decimals as millionths; lists in a table of their own."""
    columns = ["key"] + [c for fact in FACTS for c in _columns(fact)]
    kinds = [of.text if _is_text(c.removesuffix("_lo").removesuffix("_hi")) else of.number for c in columns]
    run(f"CREATE TABLE facts ({', '.join(f'{c} {kind}' for c, kind in zip(columns, kinds))})")
    run(f"CREATE TABLE items (key {of.number}, fact {of.text}, item {of.text})")
    fill("facts", [(key, *(v for fact in FACTS for v in _cells(fact, row[fact]))) for key, row in enumerate(rows)])
    fill("items", [(key, f, item) for key, row in enumerate(rows) for f in FACTS for item in _items(f, row[f])])


def verdicts(exprs: Sequence[Expr], *, run: Run, of: Dialect) -> list[list[bool | None]]:
    """Per expression the verdict of every row, in the order of keys."""
    answer: dict[int, bool | None] = {0: False, 1: None, 2: True}
    compiled = ", ".join(sql(expr, of) for expr in exprs)
    return [[answer[v] for v in column] for column in zip(*run(f"SELECT {compiled} FROM facts ORDER BY key"))]


def sql(expr: Expr, of: Dialect) -> str:
    match expr:
        case And(parts):
            return f"{of.least}({', '.join(sql(part, of) for part in parts)})"
        case Or(parts):
            return f"{of.greatest}({', '.join(sql(part, of) for part in parts)})"
        case Not(part):
            return f"(2 - {sql(part, of)})"
        case Compare(terms, ops):
            pairs = [_pair(a, op, b) for a, op, b in zip(terms, ops, terms[1:])]
            return pairs[0] if len(pairs) == 1 else f"{of.least}({', '.join(pairs)})"
        case Fact(ref):
            lo, _ = _ends(ref)
            return f"(CASE WHEN {lo} IS NULL THEN 1 WHEN {lo} = 1 THEN 2 ELSE 0 END)"
        case Known(ref):
            lo, _ = _ends(ref)
            return f"(CASE WHEN {lo} IS NULL THEN 0 ELSE 2 END)"
        case OneOf(ref, options, negated):
            return _signed(_one_of(ref, options), negated)
        case Holds(item, ref, negated):
            return _signed(_holds(item, ref), negated)


def _signed(verdict: str, negated: bool) -> str:
    return f"(2 - {verdict})" if negated else verdict


def _case(lo: str, *, yes: str, no: str, also: str = "0 = 1") -> str:
    return f"(CASE WHEN {lo} IS NULL OR {also} THEN 1 WHEN {yes} THEN 2 WHEN {no} THEN 0 ELSE 1 END)"


def _pair(left: Term, op: str, right: Term) -> str:
    if op == "!=":
        return f"(2 - {_pair(left, '==', right)})"
    if isinstance(left, Literal):
        left, op, right = right, _FLIP.get(op, op), left
    assert isinstance(left, Ref)
    (a, b), (c, d) = _ends(left), _ends(right, like=left)
    if isinstance(left.entry.type, Scale) and op != "==":
        a, b, c, d = (_rank(x, left.entry.type) for x in (a, b, c, d))
    empty = f"{c} IS NULL"
    block = isinstance(right, Literal)
    match op:
        case "<":
            return _case(a, yes=f"{b} < {c}", no=f"{a} >= {c if block else d}", also=empty)
        case ">=":
            return _case(a, yes=f"{a} >= {c if block else d}", no=f"{b} < {c}", also=empty)
        case ">":
            return _case(a, yes=f"{a} > {d}", no=f"{b} <= {d if block else c}", also=empty)
        case "<=":
            return _case(a, yes=f"{b} <= {d if block else c}", no=f"{a} > {d}", also=empty)
    surely = f"{a} >= {c} AND {b} <= {d}" if block else f"{a} = {b} AND {c} = {d} AND {a} = {c}"
    return _case(a, yes=surely, no=f"{b} < {c} OR {a} > {d}", also=empty)


def _one_of(ref: Ref, options: tuple[Literal, ...]) -> str:
    """Whole numbers and days: surely in when as many values of the interval are listed as it has."""
    a, b = _ends(ref)
    bounds = [_ends(option, like=ref) for option in options]
    apart = " AND ".join(f"({b} < {c} OR {a} > {d})" for c, d in bounds)
    inside = " OR ".join(f"({a} >= {c} AND {b} <= {d})" for c, d in bounds)
    if is_pair(ref.name) and isinstance(ref.entry.type, Int):
        listed = "+".join(f"(CASE WHEN {value} BETWEEN {a} AND {b} THEN 1 ELSE 0 END)" for value in {c for c, _ in bounds})
        inside = f"{listed} = {b} - {a} + 1"
    if is_pair(ref.name) and isinstance(ref.entry.type, Date):
        years = {(c, d) for c, d in bounds}
        joins = [(min(c for c, _ in years), max(d for _, d in years))] if _touching(options) else []
        inside = " OR ".join(f"({a} >= {c} AND {b} <= {d})" for c, d in [*bounds, *joins])
    return _case(a, yes=inside, no=apart)


def _touching(options: tuple[Literal, ...]) -> bool:
    days = sorted((o.value.lo, o.value.hi) for o in options if isinstance(o.value, PartialDate))
    return all((later[0] - earlier[1]).days <= 1 for earlier, later in pairwise(days))


def _holds(item: Literal, ref: Ref) -> str:
    here = f"SELECT 1 FROM items WHERE items.key = facts.key AND items.fact = '{ref.name}' AND"
    found, partly = f"EXISTS ({here} items.item = {_quoted(item.value)})", f"EXISTS ({here} items.item IS NULL)"
    return f"(CASE WHEN {ref.name} IS NULL THEN 1 WHEN {found} THEN 2 WHEN {partly} THEN 1 ELSE 0 END)"


def _rank(column: str, scale: Scale) -> str:
    steps = " ".join(f"WHEN '{step.code}' THEN {step.rank}" for step in scale.steps)
    return f"(CASE {column} {steps} END)"


def _ends(term: Term, *, like: Ref | None = None) -> tuple[str, str]:
    if isinstance(term, Literal):
        day = term.value
        if isinstance(day, PartialDate):
            return _quoted(day.lo), _quoted(day.hi)
        return (_quoted(_plain(day)),) * 2
    if term.entry.kind == "parameter":
        return (_quoted(_plain(term.entry.value)),) * 2
    columns = _columns(term.name)
    return columns[0], columns[-1]


def _columns(fact: str) -> list[str]:
    return [f"{fact}_lo", f"{fact}_hi"] if is_pair(fact) else [fact]


def _is_text(fact: str) -> bool:
    return fact in VOCABULARY and isinstance(VOCABULARY[fact].type, Code | Scale | Text | Date)


def _cells(fact: str, value: Any) -> list[Any]:
    if is_pair(fact):
        return [None, None] if value is None else [_plain(value[0]), _plain(value[1])]
    if isinstance(value, list):
        return [len(value)]
    return [_plain(value)]


def _items(fact: str, value: Any) -> list[str | None]:
    return value if isinstance(VOCABULARY[fact].type, ListOf) and value else []


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value * CENTS)
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _quoted(value: Any) -> str:
    if isinstance(value, date):
        value = value.isoformat()
    return str(value) if not isinstance(value, str) else "'" + value.replace("'", "''") + "'"

