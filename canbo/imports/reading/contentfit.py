"""How well a column's cells agree with a field: a heading proposes, its content must not deny it."""

from collections.abc import Mapping
from typing import Any

from canbo.imports.book.rawsheet import Cell
from canbo.imports.reading.column import takes_marks
from canbo.imports.reading.datecells import SPAN_ENDS, read_span, read_two_dates
from canbo.imports.reading.fields import Field, fields
from canbo.imports.reading.guesses import Guess
from canbo.imports.reading.names import looks_like_name
from canbo.imports.reading.values import is_ditto, is_mark, is_nothing, read_cell, text_of

# Texts in which a mark says something: `x` under Quốc phòng an ninh.
_MARK_TELLS = frozenset({"defence_training", "ethnic_language", "note", "award"})
_MAY_BE_NUMBERS = frozenset({"rank_code", "decision_number", "note", "term", "foreign_language", "general_education"})


def content_fit(guess: Guess, samples: Mapping[Cell, int], *, epoch_1904: bool) -> float:
    """Which share of the sampled cells agrees with the guess (1 when there is nothing to see)."""
    texts = [(cell, text, count) for cell, count in samples.items() if _tells(text := text_of(cell))]
    if not texts:
        return 1.0
    fits = _fitness(guess, fields()[guess.field], epoch_1904=epoch_1904)
    return float(sum(fits(cell, text) * count for cell, text, count in texts) / sum(count for _, _, count in texts))


def _tells(text: str) -> bool:
    return bool(text) and not is_nothing(text) and not is_ditto(text)


def _fitness(guess: Guess, what: Field, *, epoch_1904: bool) -> Any:
    if guess.value and takes_marks(what.name, guess.value):
        return _mark_fit(guess, what)
    match what.type:
        case "name":
            return lambda cell, text: (
                1.0 if looks_like_name(text) else 0.8 if text.replace(" ", "").isalpha() and " " in text else 0.0
            )
        case "text" | "place":
            return lambda cell, text: _text_fit(what, cell, text)
        case "ordinal":
            return lambda cell, text: 1.0 if len(text) <= 6 else 0.0
        case "phone":
            return lambda cell, text: 1.0 if sum(map(str.isdigit, text)) >= 8 else 0.3
        case "mark":
            return lambda cell, text: 1.0 if is_mark(text) or text.lower() in ("có", "co") else 0.0
    return lambda cell, text: 1.0 if _readable(cell, what, epoch_1904=epoch_1904) else 0.0


def _readable(cell: Cell, what: Field, *, epoch_1904: bool) -> bool:
    found = read_cell(cell, what, epoch_1904=epoch_1904)
    span = found.problem and what.name in SPAN_ENDS and isinstance(cell, str) and read_span(cell)
    both = found.problem and what.name == "party_joined" and isinstance(cell, str) and read_two_dates(cell)
    return not found.problem or bool(found.choices) or bool(span) or bool(both)


def _mark_fit(guess: Guess, what: Field) -> Any:
    def fit(cell: Cell, text: str) -> float:
        if is_mark(text):
            return 1.0
        if what.type == "sex":
            return 0.0
        # Under `Đại học` people also write the field of study, or the year, instead of a mark.
        return 0.75 if guess.score > 0.9 else 0.2

    return fit


def _text_fit(what: Field, cell: Cell, text: str) -> float:
    if is_mark(text):
        return 1.0 if what.name in _MARK_TELLS else 0.1
    if what.name in _MAY_BE_NUMBERS:
        return 1.0
    if isinstance(cell, int | float) or text.replace("/", "").replace(".", "").isdigit():
        return 0.1
    return 1.0
