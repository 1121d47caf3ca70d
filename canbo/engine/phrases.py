"""An expression as one Vietnamese sentence, as an official would say the filter."""

from decimal import Decimal

from canbo.engine.syntax import And, Compare, Expr, Fact, Holds, Known, Literal, Not, OneOf, Op, Or, Ref, Term
from canbo.engine.types import Code, Date, Decimal_, Int, ListOf, Scale, Type, pairs
from canbo.kernel.dates import PartialDate
from canbo.kernel.numbers import decimal_text, thousands

_FLIPPED: dict[Op, Op] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_ORDER: dict[Op, str] = {
    "<": "dưới {}",
    "<=": "từ {} trở xuống",
    ">": "trên {}",
    ">=": "từ {} trở lên",
    "==": "là {}",
    "!=": "không phải là {}",
}
_DATED: dict[Op, str] = {
    "<": "trước {}",
    "<=": "đến hết {}",
    ">": "sau {}",
    ">=": "từ {} trở đi",
    "==": "trong {}",
    "!=": "không trong {}",
}
_BETWEEN_REFS: dict[Op, str] = {
    "<": "nhỏ hơn {}",
    "<=": "không lớn hơn {}",
    ">": "lớn hơn {}",
    ">=": "không nhỏ hơn {}",
    "==": "bằng {}",
    "!=": "khác {}",
}
_AFTER = {("<", False): "trên", ("<=", False): "từ", ("<", True): "sau", ("<=", True): "từ"}
_BEFORE = {("<", False): "đến dưới", ("<=", False): "đến", ("<", True): "đến trước", ("<=", True): "đến hết"}


def describe(expr: Expr) -> str:
    """The filter in words: “Giới tính là Nữ và tuổi dưới 35”."""
    text = _say(expr)
    return text[:1].upper() + text[1:]


def _say(expr: Expr) -> str:
    match expr:
        case And(parts):
            return " và ".join(_inside(part, Or | And) for part in parts)
        case Or(parts):
            return " hoặc ".join(_inside(part, Or | And) for part in parts)
        case Not(Fact(ref)):
            return f"không phải {_label(ref)}"
        case Not(Known(ref)):
            return f"chưa rõ {_label(ref)}"
        case Not(part):
            return f"không đúng là ({_say(part)})"
        case Fact(ref):
            return _label(ref)
        case Known(ref):
            return f"đã rõ {_label(ref)}"
        case Compare():
            return _comparison(expr)
        case OneOf(ref, (only,), negated):
            return _pair(ref, "!=" if negated else "==", only)
        case OneOf(ref, options, negated):
            listed = ", ".join(_value(option, ref) for option in options)
            return f"{_label(ref)} {'không ' if negated else ''}thuộc một trong: {listed}"
        case Holds(item, ref, negated):
            return f"{_label(ref)} {'không có' if negated else 'có'} {_value(item, ref)}"


def _inside(part: Expr, kinds: object) -> str:
    return f"({_say(part)})" if isinstance(part, kinds) else _say(part)  # type: ignore[arg-type]


def _comparison(expr: Compare) -> str:
    rising = expr.ops[0] not in (">", ">=")
    terms = expr.terms if rising else expr.terms[::-1]
    ops = expr.ops if rising else tuple(_FLIPPED[op] for op in reversed(expr.ops))
    match terms, ops:
        case (Literal() as low, Ref() as ref, Literal() as high), ("<" | "<=" as first, "<" | "<=" as last):
            return _span(ref, start=_AFTER[first, _is_date(ref)], low=low, end=_BEFORE[last, _is_date(ref)], high=high)
    return " và ".join(_pair(left, op, right) for left, op, right in zip(expr.terms, expr.ops, expr.terms[1:]))


def _span(ref: Ref, *, start: str, low: Literal, end: str, high: Literal) -> str:
    """`18 <= age < 35` in one: “tuổi từ 18 đến dưới 35”."""
    return f"{_label(ref)} {start} {_value(low, ref)} {end} {_value(high, ref)}{_unit(ref)}"


def _pair(left: Term, op: Op, right: Term) -> str:
    if isinstance(left, Literal) or (isinstance(right, Ref) and _is_fact(right) and not _is_fact(left)):
        left, op, right = right, _FLIPPED[op], left
    assert isinstance(left, Ref), "the parser refuses a comparison without a NAME"
    if isinstance(right, Ref):
        return f"{_label(left)} {_words_between(left, right)[op].format(_label(right))}"
    return f"{_label(left)} {_words_for(right)[op].format(_value(right, left) + _unit(left))}"


def _words_between(left: Ref, right: Ref) -> dict[Op, str]:
    if _is_date(left):
        return _DATED | {"==": "là {}", "!=": "không phải là {}"}
    return _BETWEEN_REFS if _is_fact(right) else _ORDER


def _words_for(literal: Literal) -> dict[Op, str]:
    if not isinstance(literal.value, PartialDate):
        return _ORDER
    return _DATED | ({"==": "là {}", "!=": "không phải là {}"} if literal.value.precision == "day" else {})


def _is_fact(ref: Ref) -> bool:
    return ref.entry.kind == "fact"


def _is_date(ref: Ref) -> bool:
    return isinstance(ref.entry.type, Date)


def _label(ref: Ref) -> str:
    """The label inside a sentence; a parameter with the value in force. Abbreviations keep their capitals."""
    label = ref.entry.label
    lowered = label[:1].lower() + label[1:] if label[1:2] == label[1:2].lower() else label
    if ref.entry.kind == "fact" or ref.entry.value is None:
        return lowered
    return f"{lowered} ({_shown(ref.entry.value, ref.entry.type)}{_unit(ref)})"


def _unit(ref: Ref) -> str:
    """The unit after a number, unless the label says it already (“Số tháng …”, “Tuổi” in years)."""
    of = ref.entry.type
    if not isinstance(of, Int | Decimal_) or of.unit is None:
        return ""
    label = ref.entry.label.lower()
    said = of.unit.lower() in label.split() or "tuổi" in label.split()
    return "" if said else f" {of.unit}"


def _value(literal: Literal, ref: Ref) -> str:
    return _shown(literal.value, ref.entry.type)


def _shown(value: object, of: Type) -> str:
    match value, of:
        case str(), Code() | Scale() | ListOf(item=Code()):
            listed = of.item if isinstance(of, ListOf) else of
            assert isinstance(listed, Code | Scale)
            return dict(pairs(listed)).get(value, value)
        case bool(), _:
            return "có" if value else "không"
        case int(), _:
            return thousands(value)
        case Decimal(), _:
            return decimal_text(value)
        case PartialDate(), _:
            return {"year": "năm", "month": "tháng", "day": "ngày"}[value.precision] + f" {value.display}"
        case _:
            return f"“{value}”" if isinstance(value, str) else f"{value:%d/%m/%Y}"
