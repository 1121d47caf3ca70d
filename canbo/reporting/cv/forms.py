"""A form of a curriculum vitae as law data: numbered items, each of texts or of one table."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "laws" / "cv"
FORMS = ("38", "2c", "2c-tctw98")


@dataclass(frozen=True)
class Item:
    """`values` are atoms of dossier.cv.values; an item with `table` prints rows instead."""

    number: str
    label: str
    identifier: str
    values: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True)
class CvForm:
    code: str
    title: str
    label: str
    document: str
    evidence: str
    items: tuple[Item, ...]


@cache
def load_cv_form(code: str) -> CvForm:
    """The form; KeyError for a code there is none of."""
    if code not in FORMS:
        raise KeyError(code)
    raw = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    items = tuple(Item(**(item | {"values": tuple(item.get("values", ()))})) for item in raw.pop("item"))
    return CvForm(**raw, items=items)


def values_named(label: str, count: int) -> list[str]:
    """The label's parts, one for each value: `Ngày vào Đảng; ngày chính thức` has two."""
    parts = [part.strip() for part in label.split(";")]
    return parts if len(parts) == count else [label, *[""] * (count - 1)]
