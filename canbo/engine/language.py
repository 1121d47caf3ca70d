"""The one language: text → typed tree → canonical text.

    expr    := or ; or := and ("or" and)* ; and := not ("and" not)* ; not := "not" not | atom
    atom    := "(" expr ")" | BOOL_FACT | "known" "(" NAME ")" | compare | member
    compare := term OP term [OP term]
    member  := NAME ["not"] "in" "(" literal ("," literal)* [","] ")" | literal ["not"] "in" LIST_FACT

A date literal is as precise as written and means its whole block of days: `birth < '1985'` is before the first day of
1985, `>=` from that day on, `>` after the last day of 1985, `<=` up to that day, `==` within the year.
"""

from collections.abc import Container
from decimal import Decimal

from canbo.engine.parser import Parser
from canbo.engine.syntax import (
    MAX_LENGTH,
    And,
    Compare,
    Expr,
    Fact,
    Holds,
    Known,
    LanguageError,
    Not,
    OneOf,
    Or,
    Ref,
    Term,
    refs,
    words,
)
from canbo.engine.types import Vocabulary
from canbo.kernel.dates import PartialDate

__all__ = ["Expr", "LanguageError", "names", "parameters", "parse", "to_text"]


def parse(text: str, *, vocabulary: Vocabulary, may_see: Container[str] | None = None) -> Expr:
    """The typed tree of `text`; `may_see` limits the field groups used (None: all). Raises LanguageError."""
    if len(text) > MAX_LENGTH:
        raise LanguageError(f"biểu thức dài quá {MAX_LENGTH} ký tự; hãy chia thành nhiều phần.", MAX_LENGTH)
    expr = Parser(words(text), vocabulary, may_see).whole()
    if len(to_text(expr)) > MAX_LENGTH:
        raise LanguageError(f"biểu thức dài quá {MAX_LENGTH} ký tự; hãy chia thành nhiều phần.", len(text))
    return expr


def names(expr: Expr) -> frozenset[str]:
    """The facts an expression rests on (parameters are not facts)."""
    return frozenset(ref.name for ref in refs(expr) if ref.entry.kind == "fact")


def parameters(expr: Expr) -> frozenset[str]:
    """The parameters in force an expression reads."""
    return frozenset(ref.name for ref in refs(expr) if ref.entry.kind == "parameter")


def to_text(expr: Expr) -> str:
    """The canonical text: parse(to_text(e)) == e."""
    match expr:
        case Or(parts):
            return " or ".join(_inside(part, Or) for part in parts)
        case And(parts):
            return " and ".join(_inside(part, Or | And) for part in parts)
        case Not(part):
            return f"not {_inside(part, Or | And)}"
        case Compare(terms, ops):
            return _term(terms[0]) + "".join(f" {op} {_term(term)}" for op, term in zip(ops, terms[1:], strict=True))
        case Known(ref):
            return f"known({ref.name})"
        case Fact(ref):
            return ref.name
        case OneOf(ref, options, negated):
            return f"{ref.name} {_in(negated)} ({', '.join(_term(option) for option in options)})"
        case Holds(item, ref, negated):
            return f"{_term(item)} {_in(negated)} {ref.name}"


def _inside(part: Expr, weaker: object) -> str:
    return f"({to_text(part)})" if isinstance(part, weaker) else to_text(part)  # type: ignore[arg-type]


def _in(negated: bool) -> str:
    return "not in" if negated else "in"


def _term(term: Term) -> str:
    if isinstance(term, Ref):
        return term.name
    match term.value:
        case PartialDate() as day:
            return f"'{day.iso}'"
        case Decimal() as number:
            return format(number.normalize(), "f") if number else "0"
        case int() as number:
            return str(number)
        case str() as text:
            return f'"{text}"' if "'" in text else f"'{text}'"
