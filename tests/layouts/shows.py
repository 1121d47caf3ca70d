"""Ways offices write a value: each returns a function from a person to what the cell shows and truly says."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import count, cycle
from typing import Any

from .people import Person
from .plan import Column, Show, Shown

Style = Callable[[str], tuple[Any, str, str | None]]  # ISO day → cell value, ISO as precise as shown, number format


def _parts(iso: str) -> tuple[int, int, int]:
    year, month, day = (int(part) for part in iso.split("-"))
    return year, month, day


def padded(iso: str) -> tuple[Any, str, str | None]:
    year, month, day = _parts(iso)
    return f"{day:02d}/{month:02d}/{year}", iso, None


def short(iso: str) -> tuple[Any, str, str | None]:
    year, month, day = _parts(iso)
    return f"{day}/{month}/{year}", iso, None


def dotted(iso: str) -> tuple[Any, str, str | None]:
    year, month, day = _parts(iso)
    return f"{day:02d}.{month:02d}.{year}", iso, None


def dashed(iso: str) -> tuple[Any, str, str | None]:
    year, month, day = _parts(iso)
    return f" {day}-{month}-{year} ", iso, None


def month_only(iso: str) -> tuple[Any, str, str | None]:
    year, month, _ = _parts(iso)
    return f"{month}/{year}", iso[:7], None


def month_padded(iso: str) -> tuple[Any, str, str | None]:
    year, month, _ = _parts(iso)
    return f"{month:02d}/{year}", iso[:7], None


def month_words(iso: str) -> tuple[Any, str, str | None]:
    year, month, _ = _parts(iso)
    return f"tháng {month}/{year}", iso[:7], None


def year_number(iso: str) -> tuple[Any, str, str | None]:
    return int(iso[:4]), iso[:4], None


def year_text(iso: str) -> tuple[Any, str, str | None]:
    return iso[:4], iso[:4], None


def real(iso: str) -> tuple[Any, str, str | None]:
    return datetime(*_parts(iso)), iso, "dd/mm/yyyy"


def real_american(iso: str) -> tuple[Any, str, str | None]:
    """A real date that only looks American: the value decides, not the look."""
    return datetime(*_parts(iso)), iso, "mm/dd/yyyy"


def real_month(iso: str) -> tuple[Any, str, str | None]:
    return datetime(*_parts(iso)), iso, "d/m/yyyy"


def serial(iso: str) -> tuple[Any, str, str | None]:
    """A real date whose number format was lost (General): Excel shows 27173."""
    days = datetime(*_parts(iso)).toordinal() - datetime(1899, 12, 30).toordinal()
    return days, iso, None


def day(name: str, *styles: Style) -> Show:
    """A date in one of the styles by turns."""
    turns = cycle(styles)

    def show(person: Person) -> Shown:
        style = next(turns)
        if person[name] is None:
            return Shown()
        value, iso, look = style(person[name])
        return Shown(value, {name: iso}, number_format=look)

    return show


def birth_if(sex: str, *styles: Style) -> Show:
    """Birth in the column of one's sex, which so gives the sex too."""
    inner = day("birth", *styles)

    def show(person: Person) -> Shown:
        if person["sex"] != sex:
            return Shown()
        shown = inner(person)
        return Shown(shown.value, {**shown.says, "sex": sex}, number_format=shown.number_format)

    return show


def part_of_birth(place: int) -> Show:
    """Day (2), month (1) or year (0) of the birth date alone; the year's column carries the truth."""

    def show(person: Person) -> Shown:
        return Shown(_parts(person["birth"])[place], {"birth": person["birth"]} if place == 0 else {})

    return show


def ordinal(*, start: int = 1, as_text: bool = False) -> Show:
    numbers = count(start)
    return lambda person: Shown(str(next(numbers)) if as_text else next(numbers))


def ordinal_formula(*, column: str, first_row: int) -> Show:
    """=A5+1 below a typed 1."""
    numbers = count(1)

    def show(person: Person) -> Shown:
        number = next(numbers)
        return Shown(number, formula=None if number == 1 else f"={column}{first_row + number - 2}+1")

    return show


def text(name: str, *dresses: Callable[[str], Any]) -> Show:
    """A text as it is, or dressed (capitals, spaces, decomposed) by turns; blank where unknown."""
    chosen: tuple[Callable[[str], Any], ...] = dresses or (str,)
    turns = cycle(chosen)

    def show(person: Person) -> Shown:
        dress = next(turns)
        value = person[name]
        return Shown() if value is None else Shown(dress(value), {name: value})

    return show


def capitals(value: str) -> str:
    return value.upper()


def spaced(value: str) -> str:
    return f"  {value.replace(' ', '  ', 1)} "


def hard_spaced(value: str) -> str:
    return value.replace(" ", "\u00a0", 1) + "\u00a0"


def decomposed(value: str) -> str:
    return unicodedata.normalize("NFD", value)


def as_number(value: str) -> Any:
    """Digits typed as a number: leading zeros are gone."""
    return int(value)


def grouped_id(value: str) -> str:
    return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}"


def apostrophe(value: str) -> str:
    return f"'{value}"


def phone_dots(value: str) -> str:
    return f"{value[:4]}.{value[4:7]}.{value[7:]}"


def comma(value: str) -> str:
    return value.replace(".", ",")


def coded(name: str, forms: Mapping[str, Sequence[str]]) -> Show:
    """A code written in one of its usual forms, by turns."""
    turns = {code: cycle(written) for code, written in forms.items()}

    def show(person: Person) -> Shown:
        code = person[name]
        return Shown() if code is None else Shown(next(turns[code]), {name: code})

    return show


def mark(name: str, code: Any, *glyphs: str) -> Show:
    """A mark in the column of one's level."""
    turns = cycle(glyphs or ("x",))
    return lambda person: Shown(next(turns), {name: code}) if person[name] == code else Shown()


def woman(*glyphs: str) -> Show:
    """A mark in the column "Nữ"; no mark is a man."""
    turns = cycle(glyphs or ("x",))
    return lambda person: Shown(next(turns) if person["sex"] == "nu" else None, {"sex": person["sex"]})


def split_name(part: str, *, dress: Callable[[str], str] = str) -> Show:
    """Họ đệm ("before") or tên ("last"); the given name's column carries the truth."""

    def show(person: Person) -> Shown:
        before, _, last = person["full_name"].rpartition(" ")
        return Shown(dress(before)) if part == "before" else Shown(dress(last), {"full_name": person["full_name"]})

    return show


def rating_of(year: str, forms: Mapping[str, Sequence[str]]) -> Show:
    """The rating of one year, in truth under {"rating": {year: code}}; all years are said by each column."""
    turns = {code: cycle(written) for code, written in forms.items()}

    def show(person: Person) -> Shown:
        code = (person["rating"] or {}).get(year)
        return Shown(None if code is None else next(turns[code]), {"rating": person["rating"]})

    return show


def fixed(*values: Any) -> Show:
    """Something of no matter to the dossier, by turns."""
    turns = cycle(values or (None,))
    return lambda person: Shown(next(turns))


def column(heads: str | tuple[str, ...], name: str | None, show: Show, **more: Any) -> Column:
    return Column((heads,) if isinstance(heads, str) else heads, name, show, **more)


def marks(
    *, above: tuple[str, ...], name: str, levels: Mapping[str, str], glyphs: Sequence[str] = ("x",)
) -> list[Column]:
    """One column of marks per level under a common heading: {code: heading}."""
    return [Column((*above, head), name, mark(name, code, *glyphs)) for code, head in levels.items()]


SEX = {"nam": ("Nam",), "nu": ("Nữ",)}
THEORY = {
    "so-cap": ("Sơ cấp", "SC"),
    "trung-cap": ("Trung cấp", "TC", "Trung cấp LLCT"),
    "cao-cap": ("Cao cấp", "CC"),
    "cu-nhan": ("Cử nhân", "Cử nhân chính trị"),
    "chua-qua": ("Chưa qua", "Không", "Chưa qua ĐT"),
}
DEGREE_SHORT = {
    "trung-cap": ("TC", "T.cấp"),
    "cao-dang": ("CĐ",),
    "dai-hoc": ("ĐH", "Đ.học"),
    "thac-si": ("ThS", "Th.S"),
    "tien-si": ("TS",),
    "so-cap": ("SC",),
}
DEGREE = {
    "trung-cap": ("Trung cấp",),
    "cao-dang": ("Cao đẳng",),
    "dai-hoc": ("Đại học",),
    "thac-si": ("Thạc sĩ", "Thạc sỹ"),
    "tien-si": ("Tiến sĩ", "Tiến sỹ"),
    "so-cap": ("Sơ cấp",),
    "chua-qua": ("Chưa qua đào tạo",),
}
DEGREE_LONG = {
    "trung-cap": ("Trung cấp Văn thư lưu trữ", "TC Nông nghiệp"),
    "cao-dang": ("Cao đẳng Sư phạm", "CĐ Kế toán"),
    "dai-hoc": ("Đại học Luật", "ĐH Kinh tế", "Cử nhân Hành chính", "Kỹ sư Nông nghiệp", "Đại học Nông lâm"),
    "thac-si": ("Thạc sĩ QLC", "ThS Luật", "Thạc sỹ Quản lý kinh tế"),
    "tien-si": ("Tiến sĩ Nông nghiệp",),
}
RATING = {
    "hoan-thanh-xuat-sac": ("Hoàn thành xuất sắc nhiệm vụ", "HTXSNV", "HTXS"),
    "hoan-thanh-tot": ("Hoàn thành tốt nhiệm vụ", "HTTNV", "HTT"),
    "hoan-thanh": ("Hoàn thành nhiệm vụ", "HTNV"),
    "khong-hoan-thanh": ("Không hoàn thành nhiệm vụ", "KHTNV"),
}
KIND = {
    "can-bo": ("Cán bộ", "CB"),
    "cong-chuc": ("Công chức", "CC"),
    "vien-chuc": ("Viên chức",),
    "khong-chuyen-trach": ("Người hoạt động không chuyên trách", "KCT"),
}
