"""What the dossiers of matched people hold already, read in a few queries however many people there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from canbo.audit.changes import keyring
from canbo.dossier import models as m
from canbo.dossier.sections import sealed_place
from canbo.engine.areas import load_areas
from canbo.imports.matching import Face, Native, folded
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate
from canbo.organization.fields import holding_on
from canbo.sealing.keyring import SealBroken

Row = dict[str, Any]
# Records a list can touch, and so must be known before its changes can be told.
TOUCHED: tuple[type[Model], ...] = (
    m.Employment,
    m.Holding,
    m.Qualification,
    m.Rating,
    m.PlanEntry,
    m.Attendance,
    m.Discipline,
    m.Award,
    m.Pay,
    m.ListEntry,
    m.ExtraValue,
    m.DeclaredNone,
    m.DisputedValue,
)
CHUNK = 500


@dataclass
class PersonState:
    """A person as stored: column → value (dates as ISO text), sealed columns opened, and her records."""

    id: int
    key: str
    values: Row = field(default_factory=dict)
    stored: Row = field(default_factory=dict)  # as read, sealed columns still sealed
    records: dict[type[Model], list[Row]] = field(default_factory=lambda: defaultdict(list))
    new: bool = False


def load_states(*, people: Iterable[int], actor: Actor, scope: Scope) -> dict[int, PersonState]:
    """The states of these people; ids come from matching, which read only the scope."""
    states: dict[int, PersonState] = {}
    for ids in _chunks(sorted(set(people))):
        for stored in _rows(m.Person.objects.filter(pk__in=ids)):
            states[stored["id"]] = PersonState(stored["id"], stored["key"], _opened(dict(stored), stored["key"]), stored)
        for model in TOUCHED:
            for row in _rows(model._default_manager.filter(person__in=ids).order_by("pk")):
                states[row["person_id"]].records[model].append(row)
    return states


def faces(*, on: date, actor: Actor, scope: Scope, among: Collection[int] | None = None) -> Iterator[Face]:
    """Everybody of the scope (or only `among` these) as matching sees her, with the unit of the day."""
    units = dict(m.Employment.objects.filter(holding_on(on)).values_list("person", "unit"))
    columns = ("id", "full_name", "birth", "sex", "personal_id_index", "native_place", "native_province",
               "native_commune", "native_map")  # fmt: skip
    people = m.Person.objects.filter(merged_into=None)
    people = people if among is None else people.filter(pk__in=among)
    for row in people.values_list(*columns).iterator(chunk_size=5000):
        unit = units.get(row[0])
        if scope.units is None or unit is None or scope.sees_unit(unit):
            yield Face(row[1], row[2], row[3], row[4], _native(*row[5:9]), unit, row[0])


def _native(text: str, province: str, commune: str, on_map: str) -> Native:
    newest = load_areas().merged_into.get(province, "") if on_map == "b" else province
    return Native(folded(text), newest, commune, on_map) if text else Native()


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    return (ids[i : i + CHUNK] for i in range(0, len(ids), CHUNK))


def _rows(found: QuerySet[Any]) -> Iterator[Row]:
    """Rows as column → value, dates as the ISO text a list brings."""
    return ({name: _iso(value) for name, value in row.items()} for row in found.values())


def _iso(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.iso
    return value.isoformat() if isinstance(value, date) else value


def _opened(row: Row, key: str) -> Row:
    for name, value in row.items():
        if name.endswith("_sealed") and value:
            row[name] = _open(value, name, key)
    return row


def _open(value: str, name: str, key: str) -> str:
    try:
        return keyring().open(value, place=sealed_place("person", name, key))
    except SealBroken:
        return ""
