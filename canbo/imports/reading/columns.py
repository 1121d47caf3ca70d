"""Columns → fields: the heading proposes, the content must agree, and where two readings compete a person is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from canbo.imports.reading.column import ACCEPT, ASK, CONFIRMED, MARGIN, Column, label_of
from canbo.imports.reading.contentfit import content_fit
from canbo.imports.reading.decisions import is_of_another
from canbo.imports.reading.fields import fields
from canbo.imports.reading.guesses import Guess, guesses
from canbo.imports.reading.sensitive import refusal_of
from canbo.imports.reading.settling import (
    follow_neighbours,
    join_split_names,
    settle_competition,
    settle_grades,
    settle_trainings,
)
from canbo.imports.reading.shortheadings import LETTERS_ONLY
from canbo.kernel.text import fold, slug

__all__ = ["map_columns", "refuse_sensitive"]

_REMARK = "ly do chua ghi"  # of our own workbook of refused rows, corrected and sent again
OWN_REMARK = "Cột lý do chưa ghi của chương trình: bỏ qua khi nhập."
_IN_TRAINING = {"start": "training_from", "end": "training_to"}
_ELSEWHERE = {name: other for other, name in _IN_TRAINING.items()}
_TELLING_TYPES = frozenset({"code", "degree", "id", "rating", "sex", "name", "title"})


def map_columns(columns: Sequence[Column], *, kind: str | None, epoch_1904: bool) -> None:
    """Fill in field, value, confidence and question of every column."""
    for column in columns:
        column.candidates = _weighed(column, kind=kind, epoch_1904=epoch_1904)
    follow_neighbours(columns)
    for column in columns:
        _decide(column)
    join_split_names(columns)
    settle_trainings(columns, epoch_1904=epoch_1904)
    settle_grades(columns)
    settle_competition(columns)
    _name_extras(columns)


def refuse_sensitive(columns: Sequence[Column]) -> None:
    """Columns the program never brings in lists: no field, no question, and not kept as text either, whatever was answered."""
    for column in columns:
        column.refused = OWN_REMARK if fold(column.header) == _REMARK else refusal_of(column.header)
        if column.refused:
            column.field, column.value, column.confidence, column.asked = None, "", 1.0, ""


def _weighed(column: Column, *, kind: str | None, epoch_1904: bool) -> tuple[Guess, ...]:
    fitting = [
        (guess, fit)
        for guess in (_in_kind(guess, kind, column) for guess in guesses(column.path))
        if not is_of_another(guess.field, column.path, kind=kind)
        and (fit := content_fit(guess, column.samples, epoch_1904=epoch_1904)) > 0.0
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
        (
            replace(guess, score=max(guess.score, CONFIRMED))
            if meant == {guess.field} and guess.short and guess.score >= LETTERS_ONLY
            else guess,
            fit,
        )
        for guess, fit in fitting
    ]


def _in_kind(guess: Guess, kind: str | None, column: Column) -> Guess:
    """`Từ` and `Đến` are the class's dates in a list of training, the post's or the plan's elsewhere; so is a `Ngày hiệu lực`."""
    if guess.field == "discipline_on" and kind not in (None, "discipline") and "ky luat" not in fold(column.header):
        return replace(guess, field="start")
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
        column.asked = f"Cột “{column.header}” có phải là “{label_of(best.field)}” không?"
    elif rivals:
        others = ", ".join(f"“{label_of(g.field)}”" for g in rivals)
        column.asked = f"Cột “{column.header}” là “{label_of(best.field)}” hay {others}?"
    elif best.doubt:
        column.asked = best.doubt + "?"


def _name_extras(columns: Sequence[Column]) -> None:
    used: set[str] = set()
    for column in columns:
        base = slug(" ".join(column.path)) or f"cot_{column.letter.lower()}"
        name, number = base, 2
        while name in used:
            name, number = f"{base}_{number}", number + 1
        column.slug = name
        used.add(name)
