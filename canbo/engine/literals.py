"""Reading a written value by the type of the NAME it stands against."""

import difflib
from decimal import Decimal

from canbo.engine.syntax import Literal, Ref, Token
from canbo.engine.types import Bool, Code, Date, Decimal_, Int, ListOf, Scale, Text, Type, pairs
from canbo.kernel.dates import DateError, PartialDate

MAX_DIGITS = 18  # fits 64-bit columns, and a 38-digit decimal column beside it


def read_literal(token: Token, *, ref: Ref, item: Type | None = None) -> Literal:
    """The value of a `number` or `text` word, where `ref` is the NAME it is compared with."""
    match item or ref.entry.type:
        case Int():
            return Literal(_whole(token, ref))
        case Decimal_():
            return Literal(Decimal(_number(token, ref)))
        case Date():
            return Literal(_date(token, ref))
        case Text():
            return Literal(_quoted(token, ref))
        case Code() | Scale() as listed:
            return Literal(_code(token, ref, listed))
        case Bool():
            raise token.refused(f"“{ref.name}” là điều đúng hoặc sai; viết `{ref.name}` hay `not {ref.name}`.")
        case ListOf():
            raise token.refused(f"“{ref.name}” là danh sách; viết `'giá trị' in {ref.name}`.")
    raise AssertionError(ref.entry.type)


def _number(token: Token, ref: Ref) -> str:
    if token.kind != "number":
        raise token.refused(f"“{ref.name}” là số; viết giá trị không có dấu nháy.")
    if sum(letter.isdigit() for letter in token.text) > MAX_DIGITS:
        raise token.refused(f"số quá dài; chỉ dùng đến {MAX_DIGITS} chữ số.")
    return token.text


def _whole(token: Token, ref: Ref) -> int:
    text = _number(token, ref)
    if "." in text:
        raise token.refused(f"“{ref.name}” là số nguyên; viết số không có phần thập phân.")
    return int(text)


def _quoted(token: Token, ref: Ref) -> str:
    if token.kind != "text":
        raise token.refused(f"giá trị so với “{ref.name}” phải đặt trong dấu nháy: '{token.text}'.")
    return token.text


def _date(token: Token, ref: Ref) -> PartialDate:
    """'2020', '2020-05' and '2020-05-01' are blocks of days, so that each is exact with every operator."""
    try:
        return PartialDate.from_iso(_quoted(token, ref))
    except DateError:
        message = f"không có ngày “{token.text}”; viết ngày có thật như '2020-05-31', '2020-05' hoặc '2020'."
        raise token.refused(message) from None


def _code(token: Token, ref: Ref, listed: Code | Scale) -> str:
    text = _quoted(token, ref)
    known = dict(pairs(listed))
    if text in known:
        return text
    suggestion = _nearest_code(text, known)
    hint = f"có phải '{suggestion}' ({known[suggestion]})?" if suggestion else f"xem các giá trị của “{ref.name}”."
    raise token.refused(f"“{ref.name}” ({ref.entry.label}) không có giá trị “{text}”; {hint}", suggestion)


def _nearest_code(text: str, known: dict[str, str]) -> str | None:
    words = {**{label.casefold(): code for code, label in known.items()}, **{code: code for code in known}}
    close = difflib.get_close_matches(text.casefold(), words, n=1, cutoff=0.6)
    return words[close[0]] if close else None
