"""Conditions put together in a form: fact → comparison → value, made into the one language and read back from it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import QueryDict

from canbo.assess.columns import by_group
from canbo.engine.language import Expr, LanguageError, parse, to_text
from canbo.engine.syntax import And, Compare, Fact, Holds, Known, Literal, Not, OneOf, Or, Ref
from canbo.engine.types import Bool, Code, Date, Decimal_, Int, ListOf, Name, Scale, Text, pairs
from canbo.facts.catalogue import Words
from canbo.facts.registry import Fact as FactOf
from canbo.kernel.dates import DateError, PartialDate, read_date
from canbo.kernel.numbers import decimal_text
from canbo.kernel.text import fold

PICKED = 150  # longer code lists are typed, not picked
_KNOWN = (("chua-ro", "chưa rõ (thiếu hồ sơ)"), ("da-ro", "đã rõ"))
_ORDER = ((">=", "từ … trở lên"), ("<=", "từ … trở xuống"), (">", "trên"), ("<", "dưới"), ("==", "bằng"))
_DATED = ((">=", "từ … trở đi"), ("<=", "đến hết"), (">", "sau"), ("<", "trước"), ("==", "trong, đúng"))
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_ROW = re.compile(r"f(\d{1,2})")


class Misread(Exception):
    """A value that the fact's type cannot be compared with; the text says what to do."""


@dataclass(frozen=True)
class Row:
    """One condition as the form shows it."""

    name: str
    label: str
    op: str
    ops: tuple[tuple[str, str], ...]
    values: tuple[str, ...] = ()
    second: str = ""
    options: tuple[tuple[str, str], ...] = ()
    multiple: bool = False
    wants_value: bool = True
    spans: bool = False
    hint: str = ""
    error: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


@dataclass(frozen=True)
class Built:
    """Conditions with what joins them; `text` is the expression, "" when there is none or a row is in error."""

    rows: tuple[Row, ...] = ()
    joiner: str = "and"
    text: str = ""
    simple: bool = True

    @property
    def wrong(self) -> bool:
        return any(row.error for row in self.rows)


def offered(facts: Mapping[str, FactOf]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Facts to add a condition on, under their groups."""
    return [(group, [(f.name, f.label) for f in listed]) for group, listed in by_group(facts)]


def submitted(data: QueryDict) -> bool:
    return "noi" in data


def from_form(data: QueryDict, *, words: Words, allowed: Mapping[str, object]) -> Built:
    """The conditions a reader put together; rows without a value are dropped, rows that cannot be read say why."""
    joiner = "or" if data.get("noi") == "or" else "and"
    numbers = sorted(int(m[1]) for name in data if (m := _ROW.fullmatch(name)))
    removed = data.get("bo-dk", "")
    rows, pieces = [], []
    for number in numbers:
        name = data.get(f"f{number}", "")
        if name not in words or name not in allowed or str(number) == removed:
            continue
        row = _typed_row(name, words[name], data, number)
        try:
            piece = _piece(row, words[name])
        except Misread as error:
            rows.append(_with_error(row, str(error)))
            continue
        rows.append(row)
        pieces += [piece] if piece else []
    text = f" {joiner} ".join(pieces)
    built = Built(tuple(rows), joiner, text)
    return built if not text or built.wrong else _checked(built, words)


def _checked(built: Built, words: Words) -> Built:
    try:
        return Built(built.rows, built.joiner, to_text(parse(built.text, vocabulary=words)))
    except LanguageError as error:
        last = _with_error(built.rows[-1], str(error))
        return Built((*built.rows[:-1], last), built.joiner)


def from_expression(expr: Expr | None, *, words: Words) -> Built:
    """The rows that would make this expression; `simple` is False when the form cannot show it."""
    if expr is None:
        return Built()
    parts: Sequence[Expr] = expr.parts if isinstance(expr, And | Or) else (expr,)
    rows = [_row_of(part, words) for part in parts]
    if any(row is None for row in rows):
        return Built(simple=False, text=to_text(expr))
    return Built(tuple(row for row in rows if row), "or" if isinstance(expr, Or) else "and", to_text(expr))


def blank_row(name: str, of: Name) -> Row:
    return _row(name, of, _ops(of)[0][0])


# --- a row of the form → a piece of the language


def _typed_row(name: str, of: Name, data: QueryDict, number: int) -> Row:
    op = data.get(f"o{number}", "")
    ops = dict(_ops(of))
    values = tuple(value.strip() for value in data.getlist(f"v{number}") if value.strip())
    return _row(name, of, op if op in ops else next(iter(ops)), values, data.get(f"w{number}", "").strip())


def _piece(row: Row, of: Name) -> str:
    match row.op:
        case "dung":
            return row.name
        case "sai":
            return f"not {row.name}"
        case "chua-ro":
            return f"not known({row.name})"
        case "da-ro":
            return f"known({row.name})"
    if not row.values:
        return ""
    values = [_literal(value, of) for value in row.values]
    match row.op:
        case "giua":
            return f"{values[0]} <= {row.name} <= {_literal(row.second, of)}" if row.second else f"{row.name} >= {values[0]}"
        case "co":
            return " and ".join(f"{value} in {row.name}" for value in values[:1])
        case "khong-co":
            return " and ".join(f"{value} not in {row.name}" for value in values[:1])
        case "==" if len(values) > 1:
            return f"{row.name} in ({', '.join(values)})"
        case "!=" if len(values) > 1:
            return f"{row.name} not in ({', '.join(values)})"
        case _:
            return f"{row.name} {row.op} {values[0]}"


def _literal(value: str, of: Name) -> str:
    listed = of.type.item if isinstance(of.type, ListOf) else of.type
    match listed:
        case Int() | Decimal_():
            return _number(value, whole=isinstance(listed, Int))
        case Date():
            return f"'{_day(value)}'"
        case Code() | Scale():
            return _quoted(_code(value, pairs(listed)))
        case _:
            return _quoted(value)


def _number(value: str, *, whole: bool) -> str:
    plain = value.replace(" ", "").replace(".", "") if "," in value or whole else value
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"\d{1,9}" if whole else r"\d{1,9}(\.\d{1,4})?", plain):
        raise Misread(f"“{value}” không phải một số; hãy ghi như {'35' if whole else '2,34'}.")
    return format(Decimal(plain).normalize(), "f")


def _day(value: str) -> str:
    try:
        return read_date(value).iso
    except DateError as error:
        raise Misread(str(error)) from None


def _code(value: str, options: tuple[tuple[str, str], ...]) -> str:
    """A code as picked, or as typed by its label."""
    codes = dict(options)
    if value in codes:
        return value
    folded = fold(value)
    near = [code for code, label in options if fold(label) == folded] or [code for code, label in options if folded in fold(label)]
    if len(near) == 1:
        return near[0]
    if not near:
        raise Misread(f"Không có giá trị “{value}”; hãy ghi tên như trong danh mục.")
    listed = "; ".join(codes[code] for code in near[:5])
    raise Misread(f"“{value}” khớp {len(near)} giá trị, hãy ghi rõ hơn: {listed}{' …' if len(near) > 5 else ''}")


def _quoted(text: str) -> str:
    if "'" in text and '"' in text:
        raise Misread("Giá trị có cả hai loại dấu nháy nên không lọc được; hãy bỏ bớt một loại.")
    return f'"{text}"' if "'" in text else f"'{text}'"


# --- a piece of the language → a row of the form


def _row_of(expr: Expr, words: Words) -> Row | None:
    match expr:
        case Fact(ref):
            return _of(ref, "dung", (), words)
        case Not(Fact(ref)):
            return _of(ref, "sai", (), words)
        case Known(ref):
            return _of(ref, "da-ro", (), words)
        case Not(Known(ref)):
            return _of(ref, "chua-ro", (), words)
        case Compare((Ref() as ref, Literal() as value), (op,)):
            return _of(ref, op, (value,), words)
        case Compare((Literal() as value, Ref() as ref), (op,)):
            return _of(ref, _FLIPPED[op], (value,), words)
        case Compare((Literal() as low, Ref() as ref, Literal() as high), ("<=", "<=")):
            return _of(ref, "giua", (low,), words, high)
        case OneOf(ref, options, negated):
            return _of(ref, "!=" if negated else "==", options, words)
        case Holds(item, ref, negated):
            return _of(ref, "khong-co" if negated else "co", (item,), words)
    return None


def _of(ref: Ref, op: str, values: Sequence[Literal], words: Words, second: Literal | None = None) -> Row | None:
    of = words.get(ref.name)
    if of is None or ref.entry.kind != "fact" or op not in dict(_ops(of)):
        return None
    shown = tuple(_shown(value, of) for value in values)
    return _row(ref.name, of, op, shown, _shown(second, of) if second else "")


def _shown(literal: Literal, of: Name) -> str:
    """A value as the form shows it: a code to be picked, or its label to be typed."""
    listed = of.type.item if isinstance(of.type, ListOf) else of.type
    match literal.value:
        case PartialDate() as day:
            return day.display
        case Decimal() as number:
            return decimal_text(number)
        case str() as code if isinstance(listed, Code | Scale) and len(pairs(listed)) > PICKED:
            return dict(pairs(listed)).get(code, code)
        case value:
            return str(value)


# --- what a type offers


def _row(name: str, of: Name, op: str, values: tuple[str, ...] = (), second: str = "") -> Row:
    listed = of.type.item if isinstance(of.type, ListOf) else of.type
    options = pairs(listed) if isinstance(listed, Code | Scale) else ()
    picked = options if len(options) <= PICKED else ()
    multiple = bool(picked) and not isinstance(of.type, ListOf) and (isinstance(of.type, Code) or len(values) > 1)
    return Row(
        name, of.label, op, _ops(of), values, second, picked, multiple, wants_value=not isinstance(of.type, Bool),
        spans=isinstance(of.type, Int | Decimal_ | Date), hint=_hint(of, bool(options) and not picked),
    )  # fmt: skip


def _hint(of: Name, long: bool) -> str:
    match of.type:
        case Date():
            return "1985 hoặc 31/12/1985"
        case Int() | Decimal_():
            return of.type.unit or "số"
        case _:
            return "gõ tên" if long else ""


def _ops(of: Name) -> tuple[tuple[str, str], ...]:
    match of.type:
        case Bool():
            return (("dung", "đúng"), ("sai", "không"), *_KNOWN)
        case Scale():
            return (*_ORDER[:4], ("==", "là"), ("!=", "không phải"), *_KNOWN)
        case Int() | Decimal_():
            return (*_ORDER, ("giua", "trong khoảng"), *_KNOWN)
        case Date():
            return (*_DATED, ("giua", "trong khoảng"), *_KNOWN)
        case ListOf():
            return (("co", "có"), ("khong-co", "không có"), *_KNOWN)
        case Code() | Text():
            return (("==", "là"), ("!=", "không phải"), *_KNOWN)
    return _KNOWN


def _with_error(row: Row, error: str) -> Row:
    return replace(row, error=error)
