"""Columns beside each other: split names, steps of two scales, several columns for what a person has once."""

import re
from collections.abc import Sequence
from dataclasses import replace

from canbo.imports.reading.column import ACCEPT, MARGIN, Column, label_of
from canbo.imports.reading.contentfit import content_fit
from canbo.imports.reading.fields import SEVERAL
from canbo.imports.reading.guesses import Guess
from canbo.imports.reading.headings import heading_words
from canbo.imports.reading.values import text_of
from canbo.kernel.text import search_form


def follow_neighbours(columns: Sequence[Column]) -> None:
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


def join_split_names(columns: Sequence[Column]) -> None:
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


def settle_competition(columns: Sequence[Column]) -> None:
    """Two columns for a field that a person has once: the clearly better one stays, the other is asked about."""
    taken: dict[tuple[str, str], list[Column]] = {}
    for column in columns:
        if column.field is not None and (column.field not in SEVERAL or _is_once(column)):
            taken.setdefault((column.field, column.value if column.value else ""), []).append(column)
    for (name, _), rivals in taken.items():
        if len(rivals) > 1:
            keep_best(name, rivals)


def keep_best(name: str, rivals: list[Column]) -> None:
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
            question = f"Hai cột “{best.header}” và “{column.header}” đều có thể là “{label_of(name)}”; lấy cột nào?"
            best.asked = best.asked or question
            column.asked = question


def _is_once(column: Column) -> bool:
    """Posts planned for may be many as marks; two columns of words are two plans (of two terms), and one must be chosen."""
    return column.field == "planned_for" and not column.value


def settle_grades(columns: Sequence[Column]) -> None:
    """What somebody says of herself gives way to the grade decided; two grades for one year are asked about."""
    grades = [column for column in columns if column.field == "rating" and not column.marked]
    decided = [column for column in grades if not _OWN_GRADE.search(search_form(column.header))]
    if decided and len(decided) < len(grades):
        for column in grades:
            if column not in decided:
                column.field, column.value, column.asked = None, "", ""
    of: dict[tuple[str, bool], list[Column]] = {}
    for column in decided or grades:
        year = column.value if column.value.isdigit() else ""
        of.setdefault((year, column.of_party), []).append(column)
    for rivals in of.values():
        if len(rivals) > 1:
            keep_best("rating", rivals)


_OWN_GRADE = re.compile(r"\btự (?:đánh giá|xếp loại|nhận|chấm|phân loại)|cá nhân tự|tự xl")


def settle_trainings(columns: Sequence[Column], *, epoch_1904: bool) -> None:
    """`Tên khóa` names the class; `Nội dung` beside it says of which kind it is, or a person is asked."""
    named = [column for column in columns if column.field == "training_name"]
    names = [column for column in named if not _NAMING.isdisjoint(heading_words(column.path[-1])[:1])]
    if len(named) < 2 or len(names) != 1:
        return
    has_kind = any(column.field == "training_kind" for column in columns)
    for column in named:
        if column is names[0]:
            continue
        fit = content_fit(Guess("training_kind", 1.0), column.samples, epoch_1904=epoch_1904)
        few = len(column.samples) <= max(1, 0.6 * column.filled)
        column.field, column.asked = ("training_kind" if not has_kind and (fit > 0.5 or few) else None), ""
        column.confidence = 0.8 if fit >= 0.9 else 0.6
        if fit < 0.9 or has_kind:
            told = "training_kind" if column.field else "training_name"
            column.asked = f"Cột “{column.header}” có phải là “{label_of(told)}” không?"


_NAMING = frozenset({"ten", "lop", "khoa"})
