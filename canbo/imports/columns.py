"""Columns → fields: the heading proposes, the content must agree, and where two readings compete a person is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made
from typing import Any

from canbo.engine.codelists import load_codelist
from canbo.imports.datecells import SPAN_ENDS, read_span, read_two_dates
from canbo.imports.fields import SEVERAL, Field, fields
from canbo.imports.headings import MARKED_TEXTS, Guess, guesses
from canbo.imports.names import looks_like_name
from canbo.imports.rawsheet import Cell, column_letter
from canbo.imports.values import is_ditto, is_mark, is_nothing, read_cell, text_of
from canbo.kernel.text import slug

ACCEPT = 0.75  # below this nothing is taken silently
ASK = 0.55  # below this a column is simply kept as text
MARGIN = 0.04  # two readings closer than this compete
CONFIRMED = 0.82  # a short form whose content agrees
SAMPLE = 300

# Texts in which a mark says something: `x` under Quốc phòng an ninh.
_MARK_TELLS = frozenset({"defence_training", "ethnic_language", "note", "award"})
_MAY_BE_NUMBERS = frozenset({"rank_code", "decision_number", "note", "term", "foreign_language", "general_education"})
_IN_TRAINING = {"start": "training_from", "end": "training_to"}
_ELSEWHERE = {name: other for other, name in _IN_TRAINING.items()}
_TELLING_TYPES = frozenset({"code", "degree", "id", "rating", "sex", "name", "title"})
_MARKED_TYPES = frozenset({"code", "degree", "sex"})


@dataclass(kw_only=True)
class Column:
    """One column of a table and what it was taken for; `field` None means an extra column kept under `slug`."""

    index: int
    path: tuple[str, ...]
    samples: Mapping[Cell, int] = made(default_factory=dict)  # distinct cells and how often each stands there
    filled: int = 0
    field: str | None = None
    value: str = ""
    confidence: float = 0.0
    asked: str = ""
    candidates: tuple[Guess, ...] = ()
    slug: str = ""
    options: dict[str, Any] = made(default_factory=dict)
    year: str = ""  # of grades given as marks, from the headings or the title

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    @property
    def header(self) -> str:
        return " / ".join(self.path)

    @property
    def marked(self) -> bool:
        """Whether a mark in a cell gives `value` to the field (`x` under Đại học)."""
        return bool(self.value) and self.field is not None and takes_marks(self.field, self.value)


def takes_marks(name: str, value: str) -> bool:
    """Whether a heading's own value is what a mark in the column means (else it is a year or a sex for the values)."""
    what = fields()[name]
    if what.type == "rating":
        return value in load_codelist(what.codelist).codes
    return what.type in _MARKED_TYPES or name in MARKED_TEXTS


def map_columns(columns: Sequence[Column], *, kind: str | None, epoch_1904: bool) -> None:
    """Fill in field, value, confidence and question of every column."""
    for column in columns:
        column.candidates = _weighed(column, kind=kind, epoch_1904=epoch_1904)
    _follow_neighbours(columns)
    for column in columns:
        _decide(column)
    _join_split_names(columns)
    _settle_competition(columns)
    _name_extras(columns)


def _weighed(column: Column, *, kind: str | None, epoch_1904: bool) -> tuple[Guess, ...]:
    fitting = [
        (guess, fit)
        for guess in (_in_kind(guess, kind) for guess in guesses(column.path))
        if (fit := content_fit(guess, column.samples, epoch_1904=epoch_1904)) > 0.0
    ]
    weighed = [
        replace(guess, score=round(_supported(guess, column, fit) * _kind_weight(guess.field, kind), 3))
        for guess, fit in _confirmed(fitting, column)
    ]
    if not weighed and not column.path:
        weighed = list(_by_content(column, epoch_1904=epoch_1904))
    best: dict[str, Guess] = {}
    for guess in sorted(weighed, key=lambda g: -g.score):
        best.setdefault(guess.field, guess)
    return tuple(best.values())[:4]


def _supported(guess: Guess, column: Column, fit: float) -> float:
    """The heading's score lowered by content that disagrees, raised a little by content only this field has."""
    score = guess.score * (0.3 + 0.7 * fit)
    telling = fields()[guess.field].type in _TELLING_TYPES and not guess.value and column.filled > 0
    return min(score + 0.08, max(score, 0.9)) if telling and fit > 0.85 else score


def _confirmed(fitting: list[tuple[Guess, float]], column: Column) -> list[tuple[Guess, float]]:
    """A heading written short is sure when the content agrees with one of its readings and speaks against the others."""
    if not column.filled or not any(guess.short for guess, _ in fitting):
        return fitting
    agreed = {guess.field for guess, fit in fitting if fit >= 0.9 and (guess.short or guess.score >= ASK)}
    telling = {name for name in agreed if fields()[name].type in _TELLING_TYPES}
    meant = telling if len(telling) == 1 else agreed
    return [
        (replace(guess, score=max(guess.score, CONFIRMED)) if meant == {guess.field} and guess.short else guess, fit)
        for guess, fit in fitting
    ]


def _in_kind(guess: Guess, kind: str | None) -> Guess:
    """`Từ` and `Đến` are the class's dates in a list of training, the post's or the plan's elsewhere."""
    if kind == "training":
        return replace(guess, field=_IN_TRAINING.get(guess.field, guess.field))
    if kind in ("posts", "planning", "discipline", "qualifications"):
        return replace(guess, field=_ELSEWHERE.get(guess.field, guess.field))
    return guess


def _kind_weight(name: str, kind: str | None) -> float:
    """Fields made for this kind of list come first, fields of other kinds last."""
    kinds = fields()[name].kinds
    if kind is None:
        return 1.0
    if kind not in kinds:
        return 0.8
    return 1.0 if len(kinds) < 7 else 0.985


def _by_content(column: Column, *, epoch_1904: bool) -> Iterable[Guess]:
    """A column without a heading is never mapped silently; what it looks like is proposed."""
    for name in ("personal_id", "full_name", "sex", "ethnicity"):
        guess = Guess(name, 0.6)
        if column.filled > 2 and content_fit(guess, column.samples, epoch_1904=epoch_1904) > 0.9:
            yield guess


def _follow_neighbours(columns: Sequence[Column]) -> None:
    """`Trung cấp` or `CC` alone may be a step of two scales: the neighbour under the same heading says of which."""
    sure = {
        c.index: c.candidates[0].field
        for c in columns
        if c.candidates and c.candidates[0].score >= ACCEPT and c.candidates[0].value
    }
    for column in columns:
        tied = [g for g in column.candidates if g.value and column.candidates[0].score - g.score < MARGIN]
        if len(tied) < 2:
            continue
        beside = [
            sure.get(c.index) for c in columns if abs(c.index - column.index) <= 1 and c.path[:-1] == column.path[:-1]
        ]
        for guess in tied:
            if guess.field in beside:
                column.candidates = (
                    replace(guess, score=max(guess.score, 0.8)),
                    *(g for g in column.candidates if g is not guess),
                )
                break


def _decide(column: Column) -> None:
    column.field, column.value, column.confidence, column.asked = None, "", 0.0, ""
    if not column.candidates:
        return
    best = column.candidates[0]
    rivals = [g for g in column.candidates[1:] if best.score - g.score < MARGIN]
    column.field, column.value, column.confidence = best.field, best.value, best.score
    if best.score < ASK:
        column.field, column.value = None, ""
    elif best.score < ACCEPT:
        column.asked = f"Cột “{column.header}” có phải là “{_label(best.field)}” không?"
    elif rivals:
        others = ", ".join(f"“{_label(g.field)}”" for g in rivals)
        column.asked = f"Cột “{column.header}” là “{_label(best.field)}” hay {others}?"
    elif best.doubt:
        column.asked = best.doubt + "?"


def _label(name: str) -> str:
    return fields()[name].label


def _join_split_names(columns: Sequence[Column]) -> None:
    """`Họ và tên` merged over two columns, or Họ đệm beside Tên: family name and given name."""
    by_index = {column.index: column for column in columns}
    for column in columns:
        after = by_index.get(column.index + 1)
        if after is None or column.field not in ("full_name", "family_name") or not _single_words(after):
            continue
        if after.path == column.path or after.field == "given_name":
            column.field, after.field = "family_name", "given_name"
            column.confidence = after.confidence = max(column.confidence, after.confidence, 0.9)
            column.asked = after.asked = ""
    if not any(column.field == "family_name" for column in columns):
        for column in columns:
            if column.field == "given_name":
                column.field = "full_name" if not any(c.field == "full_name" for c in columns) else None


def _single_words(column: Column) -> bool:
    texts = [text_of(cell) for cell in column.samples]
    return bool(texts) and sum(" " not in text for text in texts) > 0.8 * len(texts)


def _settle_competition(columns: Sequence[Column]) -> None:
    """Two columns for a field that a person has once: the clearly better one stays, the other is asked about."""
    taken: dict[tuple[str, str], list[Column]] = {}
    for column in columns:
        if column.field is not None and column.field not in SEVERAL:
            taken.setdefault((column.field, column.value if column.value else ""), []).append(column)
    for (name, _), rivals in taken.items():
        if len(rivals) > 1:
            _keep_best(name, rivals)


def _keep_best(name: str, rivals: list[Column]) -> None:
    rivals.sort(key=lambda c: (-c.confidence, -c.filled, c.index))
    best, rest = rivals[0], rivals[1:]
    if not best.filled and any(c.filled for c in rest):
        best, rest = (
            max(rivals, key=lambda c: c.filled),
            [c for c in rivals if c is not max(rivals, key=lambda c: c.filled)],
        )
    for column in rest:
        close = best.confidence - column.confidence < 0.1 and column.filled
        column.field, column.value, column.asked = None, "", ""
        if close:
            question = f"Hai cột “{best.header}” và “{column.header}” đều có thể là “{_label(name)}”; lấy cột nào?"
            best.asked = best.asked or question
            column.asked = question


def _name_extras(columns: Sequence[Column]) -> None:
    used: set[str] = set()
    for column in columns:
        base = slug(" ".join(column.path)) or f"cot_{column.letter.lower()}"
        name, number = base, 2
        while name in used:
            name, number = f"{base}_{number}", number + 1
        column.slug = name
        used.add(name)


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
