"""A file to be made: its sheets, the day it is true from, how it is written; and lines every office uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Any

from .people import Person
from .plan import Aside, Item, Line, Plan

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@dataclass(frozen=True)
class Book:
    """A file of one layout. `csv`: delimiter and encoding, else xlsx."""

    stem: str
    on: str
    sheets: Sequence[Plan | Aside]
    csv: tuple[str, str] | None = None
    tags: frozenset[str] = field(default_factory=frozenset)


MakeBook = Callable[[Random], Book]


def motto(*, agency: str, parent: str, at: int, title: str, until: str) -> list[Mapping[int, str]]:
    """The usual title block of six rows: agency left, state motto right, title, date, a blank row."""
    return [
        {0: parent, at: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {0: agency, at: "Độc lập - Tự do - Hạnh phúc"},
        {},
        {0: title},
        {0: f"(Tính đến ngày {until})"},
        {},
    ]


def party_head(*, body: str, at: int, title: str, until: str) -> list[Mapping[int, str]]:
    """The Party's own title block."""
    return [{0: body, at: "ĐẢNG CỘNG SẢN VIỆT NAM"}, {0: "*"}, {0: title}, {0: f"Thời điểm {until}"}]


def by_unit(people: Sequence[Person], *, capitals: bool = True, merge_to: int | None = None) -> list[Item]:
    """Group rows I, II, … with the unit's name in the second column, then its people."""
    items: list[Item] = []
    for number, (unit, members) in enumerate(groupby(people, key=lambda person: person["unit"])):
        shown = unit.upper() if capitals else unit
        items.append(Line({0: ROMAN[number], 1: shown}, says={"unit": unit}))
        items += members
    return items


def total(*, at: int, text: str = "Tổng cộng", **values: Any) -> Line:
    """A totals row; `values`: c<place>=value."""
    return Line({at: text, **{int(name[1:]): value for name, value in values.items()}})


def signatures(
    *,
    left: int,
    right: int,
    place: str = "Tân Sơn, ngày 05 tháng 01 năm 2025",
    heads: tuple[str, str] = ("NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"),
    names: tuple[str, str] = ("Nguyễn Thị Lập", "Trần Văn Ký"),
) -> list[Line]:
    """Place and date, offices, blank rows to sign in, names."""
    return [
        Line({right: place}),
        Line({left: heads[0], right: heads[1]}),
        Line({right: "CHỦ TỊCH"}),
        Line({}),
        Line({}),
        Line({left: names[0], right: names[1]}),
    ]
