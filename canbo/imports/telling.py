"""Changes as people read them: the heading of a column, the label of a code, the name of a unit."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import Model

from canbo.dossier import models as m
from canbo.dossier.labels import head_of, label_of_code
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS, group_of_row

_SILENT = frozenset({"id", "person_id", "source_id", "decision_id", "known_from", "since_list", "title_id", "term_id", "post_id",
                     "seat_id", "body_id", "name", "replaced_by_id", "family"})  # fmt: skip
_YES_NO = {True: "có", False: "không"}


def field_group(name: str) -> str:
    """The group of a column of the person herself."""
    return PERSON_FIELD_GROUP.get(name, "basic")


def record_group(model: type[Model], values: Mapping[str, Any]) -> str:
    if model in (m.DisputedValue, m.Source, m.Mapping):
        return field_group(str(values.get("field", "")))
    return group_of_row(model._meta.db_table, values)


@cache
def section_of(model: type[Model]) -> str:
    """`Trình độ`, without the numbers of the paper CV."""
    if model is m.DisputedValue:
        return "Giá trị có mâu thuẫn"
    title = next((s.title for s in RECORD_SECTIONS if s.model is model), str(model._meta.verbose_name))
    return title.partition(" (")[0]


@cache
def column_label(model: type[Model], name: str) -> str:
    of = next((f for f in model._meta.concrete_fields if name in (f.name, f.attname)), None)
    return head_of(column=name.removesuffix("_id"), verbose_name=str(getattr(of, "verbose_name", name)))


def told_value(*, table: str, column: str, value: Any, kind: str = "", units: Mapping[int, str] | None = None) -> str:
    """One value: dates as dd/mm/yyyy, codes by their labels, units by their names."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _YES_NO[value]
    if column == "unit_id":
        return (units or {}).get(value, "")
    text = str(value)
    parts = text.split("-")
    if 0 < len(parts) <= 3 and len(parts[0]) == 4 and all(part.isdigit() for part in parts) and (len(parts) > 1):
        return "/".join(reversed(parts))
    return _choice(table, column, text) or label_of_code(table=table, column=column, code=text, kind=kind)


@cache
def _choices() -> dict[tuple[str, str], dict[str, str]]:
    models: tuple[type[Model], ...] = (m.Person, *(section.model for section in RECORD_SECTIONS))
    return {
        (model._meta.db_table, f.attname): {str(k): str(v) for k, v in f.flatchoices}  # type: ignore[attr-defined]
        for model in models for f in model._meta.concrete_fields if f.choices
    }  # fmt: skip


def _choice(table: str, column: str, text: str) -> str:
    return _choices().get((table, column), {}).get(text, "")


def told_record(model: type[Model], values: Mapping[str, Any], units: Mapping[int, str]) -> str:
    """A record's own values in one line."""
    table, kind = model._meta.db_table, str(values.get("kind", ""))
    texts = [
        told_value(table=table, column=name, value=value, kind=kind, units=units)
        for name, value in values.items() if name not in _SILENT
    ]  # fmt: skip
    return "; ".join(dict.fromkeys(filter(None, texts)))
