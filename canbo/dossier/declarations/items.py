"""What a round may ask for, and one declared item: what the person saw, what she says, what the dossier holds now."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Model

from canbo.audit.changes import keyring
from canbo.dossier.labels import head_of, label_of_code
from canbo.dossier.models import DeclarationItem, Person
from canbo.dossier.queries import shown_value
from canbo.dossier.sections import FIELD_SECTIONS, PERSON_FIELD_GROUP, RECORD_SECTIONS, group_of_row, sealed_place
from canbo.dossier.values import ValueRefused
from canbo.dossier.writing import RECORDS
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import slug
from canbo.organization.fields import PartialDateField
from canbo.sealing.keyring import SealBroken

PERSON, NONE = "person", "declared_none"
# What the agency keeps by itself; the closest groups (history, family) and what others decide of her are not asked here.
_CLOSEST = {"history", "family"}
_NOT_ASKED = {"staff_number", "retired_on", "died_on"}
# Columns the person fills, those of the paper CV; health and assets only as the dossier keeps them.
TABLES: dict[str, tuple[str, ...]] = {
    "qualification": (
        "kind", "level", "language", "field_text", "institution", "form", "began", "obtained", "certificate", "text",
    ),
    "attendance": ("training", "kind", "provider", "form", "start", "end", "result", "certificate"),
    "work_history": ("start", "end", "unit_text", "title_text"),
    "rating": ("period", "capacity", "grade"),
    "award": ("on", "text"),
    "discipline": ("side", "form", "text", "decided_on", "ended_on"),
    "pay": ("start", "end", "rank_code", "rank_text", "step", "coefficient"),
    "allowance": ("start", "end", "kind", "percent", "coefficient"),
    "distinction": ("kind", "text", "on"),
    "health_certificate": ("certified_on", "class_sealed"),
    "asset_declaration": ("declared_on", "period"),
}  # fmt: skip
# What "Không có" may be said of, as the facts read it.
NONES: dict[str, tuple[str, ...]] = {
    "qualification": ("llct", "qlnn", "qpan", "tin-hoc", "ngoai-ngu", "tieng-dan-toc"),
    "attendance": ("attendance",),
    "award": ("award",),
    "discipline": ("discipline",),
    "distinction": ("chinh-sach",),
}


@dataclass(frozen=True)
class AskedSection:
    """A section of the CV with the items a round may tick in it: (code, label)."""

    title: str
    group: str
    items: tuple[tuple[str, str], ...]


def sections_asked() -> tuple[AskedSection, ...]:
    """Everything that may be ticked, in the order of the CV."""
    fields = [
        AskedSection(
            s.title, s.group,
            tuple((f"{PERSON}.{name}", label_of_column(PERSON, name)) for name in s.fields if name not in _NOT_ASKED),
        )
        for s in FIELD_SECTIONS if s.group not in _CLOSEST
    ]  # fmt: skip
    records = [
        AskedSection(s.title, s.group, ((s.model._meta.db_table, s.title),))
        for s in RECORD_SECTIONS if s.model._meta.db_table in TABLES
    ]  # fmt: skip
    return (*fields, *records)


def group_of_code(code: str) -> str:
    """The field group of a tick; KeyError for what cannot be ticked."""
    return _groups()[code]


@cache
def _groups() -> dict[str, str]:
    return {code: section.group for section in sections_asked() for code, _ in section.items}


def label_of_column(table: str, name: str) -> str:
    model: Any = Person if table == PERSON else RECORDS[table]
    return head_of(column=name, verbose_name=str(getattr(model._meta.get_field(name), "verbose_name", name)))


# --- one item


@dataclass(frozen=True)
class Said:
    """Column → text as stored (dates ISO, sealed ones open): what she saw in the dossier, and what she says."""

    values: Mapping[str, str]
    seen: Mapping[str, str]
    filename: str = ""


def sealed_said(said: Said, *, key: str) -> str:
    text = json.dumps({"values": dict(said.values), "seen": dict(said.seen), "file": said.filename}, ensure_ascii=False)
    return keyring().seal(text, place=_place(key))


def said_of(item: DeclarationItem) -> Said:
    kept = json.loads(keyring().open(item.values_sealed, place=_place(item.key)))
    return Said(kept["values"], kept["seen"], kept.get("file", ""))


def _place(key: str) -> str:
    return f"declaration_item.values:{key}"


def code_of(item: DeclarationItem, said: Said) -> str:
    """The tick an item answers."""
    if item.table == PERSON:
        return f"{PERSON}.{next(iter(said.values))}"
    return table_of_none(said.values["kind"]) if item.table == NONE else item.table


def table_of_none(kind: str) -> str:
    return next((table for table, kinds in NONES.items() if kind in kinds), "")


def group_of(item: DeclarationItem, said: Said) -> str:
    """The field group a reader must see to read the item."""
    if item.table == PERSON:
        return PERSON_FIELD_GROUP[next(iter(said.values))]
    return group_of_row(item.table, said.values)


# --- values as text and back


def stored_texts(*, row: Model, table: str, names: Iterable[str], key: str) -> dict[str, str]:
    """Columns of a row as texts, the sealed ones opened; empty for what is not there."""
    return {name: _text(getattr(row, name), table, name, key) for name in names}


def _text(value: Any, table: str, name: str, key: str) -> str:
    if value in (None, ""):
        return ""
    if name.endswith("_sealed"):
        try:
            return keyring().open(str(value), place=sealed_place(table, name, key))
        except SealBroken:
            return ""
    if isinstance(value, PartialDate):
        return value.iso
    return value.isoformat() if isinstance(value, date) else str(value)


def typed(*, table: str, values: Mapping[str, str]) -> dict[str, Any]:
    """Texts as the columns take them; ValueRefused for a number that is none."""
    model: Any = Person if table == PERSON else RECORDS[table]
    return {name: _typed(model._meta.get_field(name), text) for name, text in values.items()}


def typed_columns(*, table: str, values: Mapping[str, str]) -> dict[str, Any]:
    """As `typed`, with the columns that follow from what was said."""
    columns = typed(table=table, values=values)
    if table == "distinction":
        columns["code"] = slug(values.get("text", ""))[:60]
    return columns


def _typed(field: Any, text: str) -> Any:
    if not text:
        return None if field.null else ""
    match field:
        case PartialDateField():
            return PartialDate.from_iso(text)
        case models.DateField():
            return date.fromisoformat(text)
        case models.DecimalField() | models.IntegerField():
            return _number(field, text)
    return text


def _number(field: Any, text: str) -> Any:
    try:
        return Decimal(text) if isinstance(field, models.DecimalField) else int(text)
    except (InvalidOperation, ValueError):
        raise ValueRefused(f"“{text}” không phải là số; hãy ghi như 2,34 hoặc 12.") from None


def shown(*, table: str, values: Mapping[str, str]) -> dict[str, str]:
    """The texts as people read them: labels of codes, dates day first."""
    model: Any = Person if table == PERSON else RECORDS[table]
    plain = {n: t for n, t in values.items() if not n.endswith("_sealed")}
    row = model(**typed(table=table, values=plain))
    told = {name: shown_value(row, name, table, "") for name in plain}
    return {name: told.get(name, _label_of_sealed(table, name, text)) for name, text in values.items()}


def _label_of_sealed(table: str, name: str, text: str) -> str:
    return label_of_code(table=table, column=name, code=text)
