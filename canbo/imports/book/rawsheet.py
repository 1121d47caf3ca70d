"""What a file holds before anybody interprets it: sheets, rows of cells, and what was done to them."""

from dataclasses import asdict, dataclass, field
from typing import Any

# A cell is None, a text, an int, a float, a bool, or a text with a mark in front:
DATE_MARK = "\x01d"  # then an ISO date, as precise as the cell showed it
ERROR_MARK = "\x01e"  # then Excel's error name
MOST_CELLS = 6_000_000

Cell = str | int | float | bool | None


@dataclass(kw_only=True)
class RawSheet:
    """One sheet. Rows are `[number, cells]`, numbers as Excel shows them (from 1), columns from 0; empty rows are absent."""

    name: str
    state: str = "visible"
    rows: list[list[Any]] = field(default_factory=list)
    merged: list[list[int]] = field(
        default_factory=list
    )  # [first row, first column, last row, last column], all inside
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)  # column → font most of its texts are in
    formulas: dict[int, list[int]] = field(default_factory=dict)  # column → [formulas, of them without a stored value]


@dataclass(kw_only=True)
class RawBook:
    """A file's sheets; `kind` says how it was stored (xlsx, xls, ods, xlsb, csv)."""

    sheets: list[RawSheet] = field(default_factory=list)
    epoch_1904: bool = False
    kind: str = "xlsx"
    encoding: str | None = None
    tells_hidden: bool = True  # False: hidden rows and columns could not be seen


def to_json(book: RawBook) -> dict[str, Any]:
    return asdict(book)


def from_json(data: dict[str, Any]) -> RawBook:
    sheets = [
        RawSheet(**{**sheet, "fonts": _int_keys(sheet["fonts"]), "formulas": _int_keys(sheet["formulas"])})
        for sheet in data["sheets"]
    ]
    return RawBook(**{**data, "sheets": sheets})


def _int_keys(data: dict[str, Any]) -> dict[int, Any]:
    return {int(key): value for key, value in data.items()}


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
