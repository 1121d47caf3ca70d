"""The one table of importable fields (`fields.csv`): name, label, type, kinds of list, headings officials write for it."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

__all__ = ["ALL_KINDS", "SEVERAL", "Field", "Type", "fields"]

Type = Literal[
    "ordinal", "name", "text", "place", "date", "year", "sex", "code", "degree", "title", "id", "phone", "number",
    "mark", "rating", "dossier",
]  # fmt: skip
ALL_KINDS = ("roster", "posts", "qualifications", "ratings", "training", "planning", "discipline")
_TABLE = Path(__file__).with_name("fields.csv")

# Fields a row may have more than once; two columns for any other field compete and are asked about.
SEVERAL = frozenset({"rating", "award", "planned_for", "note", "degree_field", "foreign_language"})


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing a column can hold; `headings` are whole headings, a longer heading that contains one counts less."""

    name: str
    label: str
    type: Type
    codelist: str
    kinds: frozenset[str]
    headings: tuple[str, ...]
    blank: frozenset[str]  # texts that say nothing here, whatever the code list makes of them


@cache
def fields() -> MappingProxyType[str, Field]:
    """Every importable field by name, in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["name"]: _read(row) for row in csv.DictReader(file)})


def _read(row: dict[str, str]) -> Field:
    return Field(
        name=row["name"],
        label=row["label"],
        type=cast(Type, row["type"]),
        codelist=row["codelist"],
        kinds=frozenset(row["kinds"].split() or ALL_KINDS),
        headings=tuple(row["headings"].split("|")),
        blank=frozenset(filter(None, row["blank"].split("|"))),
    )
