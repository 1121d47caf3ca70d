"""What may be made known of people: the columns each kind of publication allows, from a data file."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from canbo.engine.law.loader import CENTRAL
from canbo.kernel.text import clean

FILE = CENTRAL / "lists" / "disclosure.toml"
LONGEST_CELL, LONGEST_NOTE = 300, 500


class DisclosureRefused(Exception):
    """Not made known, or not taken: one sentence for the user, with what to do."""


@dataclass(frozen=True)
class Field:
    """A column that may be made known; `values` and `form` bind its cells, `width` is in millimetres on paper."""

    head: str
    also: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    form: str = ""
    width: float | None = None

    def takes(self, cell: str) -> bool:
        return (not self.values or cell.lower() in self.values) and (not self.form or re.fullmatch(self.form, cell) is not None)


@dataclass(frozen=True)
class Kind:
    """A kind of publication: to whom it may be made known, and its columns."""

    label: str
    reaches: tuple[str, ...]
    fields: tuple[Field, ...]

    def field(self, head: str) -> Field | None:
        said = head.lower()
        return next((one for one in self.fields if said in {name.lower() for name in (one.head, *one.also)}), None)


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of publication by its code."""
    return {code: Kind(of["label"], tuple(of["reaches"]), tuple(map(_field, of["field"]))) for code, of in _told()["kind"].items()}


def _field(told: Mapping[str, Any]) -> Field:
    also, values = tuple(told.get("also", ())), tuple(told.get("values", ()))
    return Field(told["head"], also, values, told.get("form", ""), told.get("width"))


def kind_of(code: str) -> Kind:
    found = kinds().get(code)
    if found is None:
        raise DisclosureRefused(f"Chưa có quy định cột nào được công khai cho loại “{code}”; hãy chọn trong: {', '.join(kinds())}.")
    return found


def fields_allowed(kind: str) -> tuple[str, ...]:
    """The heads a publication of this kind may have."""
    return tuple(field.head for field in kind_of(kind).fields)


def checked_table(kind: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """The table as it will be frozen: texts cleaned, every head allowed, every cell such as its head takes. Raises DisclosureRefused."""
    heads, notes = _texts(table.get("heads", ())), _texts(table.get("notes", ()))
    rows = [_texts(row) for row in table.get("rows", ())]
    columns = _columns(kind, heads)
    if not rows:
        raise DisclosureRefused("Danh sách chưa có ai; hãy chọn ít nhất một người để công khai.")
    for number, row in enumerate(rows, 1):
        _refuse_row(number, row, heads, columns)
    _refuse_notes(notes)
    return {"heads": heads, "rows": rows, "notes": [note for note in notes if note]}


def _columns(kind: str, heads: Sequence[str]) -> list[Field]:
    of = kind_of(kind)
    found = [of.field(head) for head in heads]
    if not heads or None in found:
        other = next((head for head, field in zip(heads, found) if field is None), "")
        raise DisclosureRefused(f"Cột “{other}” không được công khai; hãy bỏ cột này. Được công khai: {', '.join(fields_allowed(kind))}.")
    return [field for field in found if field is not None]


def _refuse_row(number: int, row: Sequence[str], heads: Sequence[str], columns: Sequence[Field]) -> None:
    if len(row) != len(heads):
        raise DisclosureRefused(f"Dòng {number} có {len(row)} ô mà bảng có {len(heads)} cột; hãy lập lại danh sách.")
    for head, field, cell in zip(heads, columns, row):
        if len(cell) > LONGEST_CELL or not field.takes(cell):
            raise DisclosureRefused(f"Dòng {number}, cột “{head}”: “{cell[:60]}” không phải nội dung công khai của cột này; hãy sửa.")


def _refuse_notes(notes: Sequence[str]) -> None:
    for note in notes:
        said = next((word for word in _told()["unsaid"] if word in note.lower()), "")
        if said:
            raise DisclosureRefused(f"Ghi chú có “{said}”, là nội dung không công khai; hãy bỏ khỏi ghi chú.")
        if len(note) > LONGEST_NOTE:
            raise DisclosureRefused(f"Ghi chú dài quá {LONGEST_NOTE} chữ; hãy viết gọn lại.")


def _texts(values: Sequence[object]) -> list[str]:
    return [clean("" if value is None else str(value)) for value in values]
