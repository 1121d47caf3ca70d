"""Cell styles of an .xlsx: which font, and what a number means by its format (date, month, padded number)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from canbo.imports.book.xmlstream import parse

_BUILT_IN = {14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "d/m/yyyy h:mm"}
_BUILT_IN |= dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "d/m/yyyy")
_NOISE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ZEROS = re.compile(r"0{2,20}")
_PLAUSIBLE_YEARS = range(1900, 2101)


class Styles:
    """Looks up a cell's style index (the `s` attribute, as text)."""

    def __init__(self, *, fonts: list[str], cells: list[tuple[int, str]], epoch_1904: bool) -> None:
        self._epoch = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
        self._fonts = {str(i): _at(fonts, font) for i, (font, _) in enumerate(cells)}
        self._shapes = {str(i): _shape(code) for i, (_, code) in enumerate(cells)}

    def font(self, style: str) -> str:
        return self._fonts.get(style, "")

    def number(self, text: str, style: str) -> Any:
        """The number, or the date / padded text that its format makes people see."""
        shape = self._shapes.get(style, "")
        number = _number(text)
        if not shape or number is None:
            return number
        if shape.isdigit():
            return str(number).zfill(int(shape)) if isinstance(number, int) and number >= 0 else number
        return self._date(number, shape)

    def _date(self, number: int | float, shape: str) -> Any:
        # A year typed into a cell formatted as a date (1968 → shown as 20/05/1905): nobody's date is in 1905.
        if number in _PLAUSIBLE_YEARS or not 0 < number < 2_000_000:
            return number
        day = self._epoch + timedelta(days=int(number))
        return "\x01d" + day.isoformat()[: {"y": 4, "ym": 7}.get(shape, 10)]


@lru_cache(maxsize=4096)
def _shape(code: str) -> str:
    """`ymd`, `ym`, `y` for dates as precise as shown, digits for a zero-padded width, else empty."""
    if _ZEROS.fullmatch(code):
        return str(len(code))
    bare = _NOISE.sub("", code.split(";")[0]).lower()
    if "y" not in bare and not ("d" in bare and "m" in bare):
        return ""
    if "d" in bare:
        return "ymd"
    return "ym" if "m" in bare else "y"


def _number(text: str) -> int | float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _at(items: list[str], index: int) -> str:
    return items[index] if 0 <= index < len(items) else ""


def read_styles(chunks: Iterator[bytes], *, epoch_1904: bool) -> Styles:
    """Fonts and number formats by cell style index."""
    fonts: list[str] = []
    custom: dict[int, str] = {}
    cells: list[tuple[int, str]] = []
    section = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal section
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            section = name
        elif name == "font" and section == "fonts":
            fonts.append("")
        elif name == "name" and section == "fonts":
            fonts[-1] = attributes.get("val", "")
        elif name == "numFmt" and section != "dxfs":
            custom[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "xf" and section == "cellXfs":
            number = int(attributes.get("numFmtId", "0"))
            cells.append((int(attributes.get("fontId", "0")), custom.get(number) or _BUILT_IN.get(number, "")))

    parse(chunks, start=start)
    return Styles(fonts=fonts, cells=cells, epoch_1904=epoch_1904)
