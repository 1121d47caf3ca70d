"""How a list is described: columns that say what they show and what is true, and the lines below the heading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .people import Facts, Person

Kind = str


@dataclass(frozen=True)
class Shown:
    """What stands in a cell, what it truly says about the person, and what must be asked about it."""

    value: Any = None
    says: Facts = field(default_factory=dict)
    ask: str | None = None
    number_format: str | None = None
    formula: str | None = None


Show = Callable[[Person], Shown]


@dataclass(frozen=True)
class Column:
    """A column: heading texts from top to bottom (equal neighbours are merged), field, and how a person is shown."""

    heads: tuple[str, ...]
    field: str | None
    show: Show
    font: str | None = None
    hidden: bool = False
    ditto: str | None = None
    merge_down: bool = False


@dataclass(frozen=True)
class Line:
    """A line that is no person: group, subtotal, note. `texts`: place of the column (0 = first) → value."""

    texts: Mapping[int, Any]
    merge_to: int | None = None
    says: Facts | None = None  # what the group says of the people below, e.g. their unit
    silent: bool = False  # a blank spacer
    formulas: Mapping[int, str] = field(default_factory=dict)
    ask: str | None = None  # a line that must be asked about instead of being called a footer


Item = Person | Line


@dataclass(frozen=True)
class Plan:
    """One sheet to be built. Rows and columns count from 1; `first_row` is where the title block starts."""

    name: str
    kind: Kind
    columns: Sequence[Column]
    body: Sequence[Item]
    titles: Sequence[Mapping[int, str]] = ()
    numbered: str | None = None
    tail: Sequence[Line] = ()
    first_row: int = 1
    first_column: int = 1
    font: str | None = None
    head_font: str | None = None
    encode: Callable[[str], str] | None = None
    hidden: frozenset[int] = frozenset()  # places in the body
    overrides: Mapping[tuple[int, int], Shown] = field(default_factory=dict)  # (place in body, place of column)
    sheet_says: Facts = field(default_factory=dict)
    merge_titles: bool = True  # title texts centred over merged cells
    head_fill: bool = False  # repeat merged headings in every cell instead of merging (as in CSV)


@dataclass(frozen=True)
class Aside:
    """A sheet that is not a list: instructions, code lists, drafts, nothing at all."""

    name: str
    rows: Sequence[Sequence[Any]] = ()
    ask: str | None = None
