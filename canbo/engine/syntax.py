"""The tree of an expression and the words it is made of.

The words are read here and not by Python's `ast`: Python folds `ﬁx` to `fix`, glues 'a' 'b' together, reads 0x1F,
1_000 and escapes, and counts columns in bytes. A test keeps the tree equal to the one `ast` builds for the same text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal as OneOfTexts

from canbo.engine.types import Name
from canbo.kernel.dates import PartialDate

MAX_LENGTH = 2000
MAX_DEPTH = 50
KEYWORDS = ("and", "or", "not", "in", "known")
Op = OneOfTexts["<", "<=", ">", ">=", "==", "!="]


class LanguageError(ValueError):
    """An expression refused: one Vietnamese sentence, where (0-based character) and the nearest valid word."""

    def __init__(self, message_vi: str, position: int, suggestion: str | None = None) -> None:
        super().__init__(f"Ký tự {position + 1}: {message_vi}")
        self.message_vi = str(self)
        self.position = position
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Ref:
    """A NAME with its meaning."""

    name: str
    entry: Name


@dataclass(frozen=True, slots=True)
class Literal:
    """A written value, read by the type of the NAME it stands against."""

    value: int | Decimal | PartialDate | str


Term = Ref | Literal


@dataclass(frozen=True, slots=True)
class Fact:
    """A Boolean NAME standing alone."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Known:
    """known(NAME): there is a value, however imprecise; itself never UNKNOWN."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Compare:
    """Two or three terms and the operators between them; a chain means both comparisons."""

    terms: tuple[Term, ...]
    ops: tuple[Op, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """NAME [not] in (literal, ...)."""

    ref: Ref
    options: tuple[Literal, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Holds:
    """literal [not] in LIST_FACT."""

    item: Literal
    ref: Ref
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    part: "Expr"


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Expr", ...]


Expr = Fact | Known | Compare | OneOf | Holds | Not | And | Or


def refs(expr: Expr) -> Iterator[Ref]:
    """Every NAME of the expression, in the order written."""
    match expr:
        case And(parts) | Or(parts):
            for part in parts:
                yield from refs(part)
        case Not(part):
            yield from refs(part)
        case Compare(terms, _):
            yield from (term for term in terms if isinstance(term, Ref))
        case Fact(ref) | Known(ref) | OneOf(ref) | Holds(_, ref):
            yield ref


@dataclass(frozen=True, slots=True)
class Token:
    """A word: kind name | keyword | number | text | op | punctuation | end."""

    kind: str
    text: str
    position: int

    def refused(self, message_vi: str, suggestion: str | None = None) -> LanguageError:
        """The error that points at this word."""
        return LanguageError(message_vi, self.position, suggestion)


_WORD = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<number>[0-9][0-9A-Za-z_.]*)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")|(?P<op><=|>=|==|!=|<|>)|(?P<punctuation>[(),-])"
)
_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
_HINTS = {
    "=": "so sánh bằng viết là `==`",
    "!": "phủ định viết là `not`",
    "&": "“và” viết là `and`",
    "|": "“hoặc” viết là `or`",
    "'": "thiếu dấu nháy đóng",
    '"': "thiếu dấu nháy đóng",
    ".": "không dùng được dấu chấm ở đây",
    "[": "danh sách giá trị viết trong ngoặc tròn",
    **dict.fromkeys("‘’“”´`", "hãy dùng dấu nháy thẳng '"),
    **dict.fromkeys("+*/%^", "ngôn ngữ không có phép tính"),
    **dict.fromkeys("≤≥≠", "viết `<=`, `>=`, `!=`"),
}


def words(text: str) -> list[Token]:
    """The words of an expression, ended by an `end` word."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _WORD.match(text, at)
        if match is None:
            raise _bad_character(text[at], at)
        found.extend(_token(kind=match.lastgroup or "", text=match.group(), position=at))
        at = match.end()
    return [*found, Token("end", "", len(text))]


def _token(*, kind: str, text: str, position: int) -> Iterator[Token]:
    if kind == "number" and not _NUMBER.fullmatch(text):
        raise LanguageError(f"“{text}” không phải một số; viết như 35 hoặc 2.34.", position)
    if kind == "text":
        text = _text(text[1:-1], position)
    if kind != "space":
        yield Token("keyword" if text in KEYWORDS and kind == "name" else kind, text, position)


def _text(text: str, position: int) -> str:
    if not text.strip():
        raise LanguageError("giá trị trong dấu nháy đang để trống; hỏi “chưa có” bằng `not known(tên)`.", position)
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise LanguageError("giá trị trong dấu nháy có ký tự không in được.", position)
    return unicodedata.normalize("NFC", text)


def _bad_character(letter: str, position: int) -> LanguageError:
    hint = _HINTS.get(letter, "tên dữ kiện chỉ gồm chữ không dấu, chữ số và dấu gạch dưới")
    shown = letter if letter.isprintable() else f"U+{ord(letter):04X}"
    return LanguageError(f"không hiểu “{shown}”; {hint}.", position)
