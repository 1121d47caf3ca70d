"""One column of a table: its headings, a sample of its cells, and what it was taken for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from canbo.engine.codelists import load_codelist
from canbo.imports.book.rawsheet import Cell, column_letter
from canbo.imports.reading.fields import fields
from canbo.imports.reading.guesses import MARKS_TOO, Guess
from canbo.kernel.text import search_form

ACCEPT = 0.75  # below this nothing is taken silently
ASK = 0.55  # below this a column is simply kept as text
MARGIN = 0.04  # two readings closer than this compete
CONFIRMED = 0.82  # a short form whose content agrees

_PARTY = re.compile(r"\bđảng\b|\bđv\b|\bdang vien\b")
_MARKED_TYPES = frozenset({"code", "degree", "sex"})


@dataclass(kw_only=True)
class Column:
    """One column of a table and what it was taken for; `field` None means an extra column kept under `slug`."""

    index: int
    path: tuple[str, ...]
    samples: Mapping[Cell, int] = made(default_factory=dict)  # distinct cells and how often each stands there
    filled: int = 0
    people: int = 0  # rows of people the table has
    field: str | None = None
    value: str = ""
    confidence: float = 0.0
    asked: str = ""
    candidates: tuple[Guess, ...] = ()
    slug: str = ""
    options: dict[str, Any] = made(default_factory=dict)
    year: str = ""  # of grades given as marks, from the headings or the title
    refused: str = ""  # why the column is never brought in

    @property
    def left_out(self) -> bool:
        """Whether nothing of the column is written: refused, or unticked by a person."""
        return bool(self.refused) or self.options.get("leave_out") is True

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

    @property
    def of_party(self) -> bool:
        """Whether a column of grades is about Party members."""
        return self.value == "dang-vien" or bool(_PARTY.search(search_form(self.header)))


def takes_marks(name: str, value: str) -> bool:
    """Whether a heading's own value is what a mark in the column means (else it is a year or a sex for the values)."""
    what = fields()[name]
    if what.type == "rating":
        return value in load_codelist(what.codelist).codes
    return what.type in _MARKED_TYPES or name in MARKS_TOO


def label_of(name: str) -> str:
    """A field as the questions name it."""
    return fields()[name].label
