"""Where a found value stands in the dossier: the record with its place on the page, or the group of fields it is one of."""

from dataclasses import dataclass
from typing import Any

from canbo.dossier.groups import CV_GROUPS, CvGroup
from canbo.dossier.models import Person
from canbo.dossier.sections import RECORD_SECTIONS
from canbo.facts.catalogue import FACTS

_OWN = Person._meta.db_table
_TITLES = {s.model._meta.db_table: s.title for s in RECORD_SECTIONS}


@dataclass(frozen=True)
class Origin:
    """`anchor` is the place on the dossier page; `section` what stands there, in words."""

    table: str
    row: int | None
    anchor: str
    section: str


def origin_of(value: dict[str, Any]) -> Origin | None:
    """From the fact and its source (`table:id`); None where the value stands in no place of the dossier."""
    table, _, row = str(value["source"] or "").partition(":")
    if table in _TITLES and row.isdecimal():
        return Origin(table, int(row), f"muc-{table}-{row}", _TITLES[table])
    group = _group_of_field(value["fact"]) if table == _OWN else None
    return Origin("", None, group.slug, group.title) if group else None


def _group_of_field(fact: str) -> CvGroup | None:
    """The group of the CV that shows the first field a fact rests on."""
    rests = [name.partition(".")[2] for name in FACTS[fact].rests_on if name.startswith(f"{_OWN}.")] if fact in FACTS else []
    for group in CV_GROUPS:
        shown = {field for section in group.field_sections for field in section.fields}
        if any(name in shown or f"{name}_sealed" in shown for name in rests):
            return group
    return None


__all__ = ["Origin", "origin_of"]
