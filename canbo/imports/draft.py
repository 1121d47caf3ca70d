"""The changes a list proposes, person by person, before anything has a number: new rows carry negative ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from types import MappingProxyType
from typing import Any

from django.db.models import Model

from canbo.dossier.models import DisputedValue, ExtraValue, ListEntry, Person
from canbo.imports.state import PersonState, Row
from canbo.imports.telling import column_label, field_group, record_group, section_of, told_record, told_value
from canbo.kernel.dates import PartialDate

EMPTY: tuple[Any, ...] = (None, "")
NOTHING: Mapping[str, Any] = MappingProxyType({})


Values = Mapping[str, Any]


def iso(value: Any) -> Any:
    """A partial date as the database keeps it."""
    return value.iso if isinstance(value, PartialDate) else value


@dataclass(frozen=True)
class Difference:
    """One change as shown before writing: what, old, new. `group` of fields; `minor`: only that the list was seen."""

    label: str
    old: str
    new: str
    group: str = "basic"
    field: str = ""
    minor: bool = False


# Fields of the person that tell who she is: a list that contradicts the dossier there is asked about, row by row.
CONTESTED = frozenset({"full_name", "birth", "sex"})


@dataclass
class Draft:
    """Everything one write needs. Inserts: (model, values with `id`, person); updates: (model, id, before, after, person)."""

    on: date
    source: int = 0
    inserts: list[tuple[type[Model], Row, int | None]] = field(default_factory=list)
    updates: list[tuple[type[Model], int, Row, Row, int | None]] = field(default_factory=list)
    unit_names: dict[int, str] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))

    def new_id(self) -> int:
        return -next(self._numbers)

    def insert(self, model: type[Model], values: Row, person: int | None = None) -> int:
        number = values.setdefault("id", self.new_id())
        self.inserts.append((model, values, person))
        return int(number)


@dataclass
class Editor:
    """Applies one row to one person: every method changes nothing when the dossier says so already."""

    state: PersonState
    draft: Draft
    differences: list[Difference] = field(default_factory=list)
    contested: list[Difference] = field(default_factory=list)  # contradictions nobody has decided
    decisions: Mapping[str, str] = field(default_factory=dict)  # field → keep | take | dispute
    reason: str = ""  # why the list is believed
    list_name: str = ""
    _consumed: set[tuple[type[Model], int]] = field(default_factory=set)

    def field(self, name: str, value: Any, *, keep: Callable[[Any, Any], bool] | None = None) -> None:
        """Set a field of the person; `keep(old, new)` true leaves the old value."""
        old = self.state.values.get(name)
        value = self._fit(Person, name, value)
        if value in EMPTY or value == old or (keep and old not in EMPTY and keep(old, value)):
            return
        if name in CONTESTED and old not in EMPTY and not self.state.new and not self._may_take(name, old, value):
            return
        self._note_field(name, old, value)
        self.state.values[name] = value

    def put(self, name: str, value: Any) -> None:
        """Set a field to what somebody typed for this very person, nothing included."""
        old = self.state.values.get(name)
        if (old in EMPTY and value in EMPTY) or old == value:
            return
        value = self._fit(Person, name, value) if value not in EMPTY else (None if _nullable(name) else "")
        self._note_field(name, old, value)
        self.state.values[name] = value

    def _may_take(self, name: str, old: Any, new: Any) -> bool:
        """Whether the list's contradicting value replaces the dossier's; what is undecided is kept and told."""
        if str(new).startswith(str(old)) and name == "birth":
            return True  # the same date, better known
        if any(r["field"] == name and r["value"] == str(new) for r in self.state.records[DisputedValue]):
            return False  # recorded before: both stand until somebody certifies one
        decided = self.decisions.get(name) or self.decisions.get("*", "")
        if decided == "take":
            said = {"said_by": "hồ sơ trước khi nhận theo danh sách", "settled_on": self.draft.on.isoformat()}
            self.open(DisputedValue, {"field": name, "value": str(old), **said, "settled_by": self.reason[:300]})
        elif decided == "dispute":
            self.open(DisputedValue, {"field": name, "value": str(new), "said_by": f"danh sách “{self.list_name}”"[:300]})
        elif decided != "keep":
            self.contested.append(self._field_difference(name, old, new))
        return decided == "take"

    def _note_field(self, name: str, old: Any, new: Any) -> None:
        self.differences.append(self._field_difference(name, old, new))

    def _field_difference(self, name: str, old: Any, new: Any) -> Difference:
        before, after = (told_value(table="person", column=name, value=value) for value in (old, new))
        return Difference(column_label(Person, name), before, after, field_group(name), name)

    def upsert(
        self, model: type[Model], match: Mapping[str, Any], values: Mapping[str, Any] = NOTHING, *, once: bool = False
    ) -> Row:
        """A record with these `match` values; filled up with `values` when it is there, opened when not.

        `once`: each stored record answers for one row of the list only, so that two equal turns stay two.
        """
        for row in self.state.records[model]:
            if all(row.get(k) == v for k, v in match.items()) and not (once and (model, row["id"]) in self._consumed):
                self._consumed.add((model, row["id"]))
                self.amend(model, row, values)
                return row
        return self.open(model, {**match, **values})

    def open(self, model: type[Model], values: Mapping[str, Any]) -> Row:
        """A new record of this person, from this list."""
        row = {k: self._fit(model, k, v) for k, v in values.items() if v is not None}
        row |= {"person_id": self.state.id, "source_id": self.draft.source or None}
        row.setdefault("known_from", self.draft.on.isoformat())
        self.draft.insert(model, row, self.state.id)
        self.state.records[model].append(row)
        self._consumed.add((model, row["id"]))
        told = told_record(model, values, self.draft.unit_names)
        group = record_group(model, values)
        label = str(values["label"]) if model is ExtraValue else section_of(model)
        self.differences.append(Difference(label, "", told, group, minor=model is ListEntry))
        return row

    def amend(self, model: type[Model], row: Row, values: Mapping[str, Any]) -> None:
        """Change what differs in a record; empty values never erase."""
        told = {k: self._fit(model, k, v) for k, v in values.items() if v not in EMPTY}
        after = {k: v for k, v in told.items() if not _equal(row.get(k), v)}
        if not after:
            return
        before = {k: row.get(k) for k in after}
        row.update(after)
        if row["id"] > 0:
            self.draft.updates.append((model, row["id"], before, after, self.state.id))
        self._note_amended(model, row, before, after)

    def empty(self, model: type[Model], row: Row, name: str) -> None:
        """Take a value out of a record, asked for in so many words."""
        if row.get(name) in EMPTY:
            return
        before, blank = {name: row[name]}, None if _nullable(name, model) else ""
        row[name] = blank
        if row["id"] > 0:
            self.draft.updates.append((model, row["id"], before, {name: blank}, self.state.id))
        self._note_amended(model, row, before, {name: blank})

    def _fit(self, model: type[Model], name: str, value: Any) -> Any:
        """A text too long for its column is cut, and kept whole among the list's extra values: nothing is lost."""
        limit = None if name.endswith("_sealed") or not isinstance(value, str) else _limit(model, name)
        if limit is None or len(value) <= limit:
            return value
        key = {"name": f"{model._meta.db_table}_{name}"[:60], "known_from": self.draft.on.isoformat()}
        self.upsert(ExtraValue, key, {"label": f"{_label(model, name)} (ghi đủ)", "value": value})
        return value[: limit - 1] + "…"

    def _note_amended(self, model: type[Model], row: Row, before: Row, after: Row) -> None:
        """One line for each column of a record that changes."""
        table, kind, group = model._meta.db_table, str(row.get("kind", "")), record_group(model, row)
        for name, new in after.items():
            old, new = (
                told_value(table=table, column=name, value=v, kind=kind, units=self.draft.unit_names)
                for v in (before[name], new)
            )
            label = f"{section_of(model)} – {column_label(model, name).lower()}"
            self.differences.append(Difference(label, old, new, group))


@cache
def _nullable(name: str, model: type[Model] = Person) -> bool:
    return bool(model._meta.get_field(name).null)


@cache
def _limit(model: type[Model], name: str) -> int | None:
    field = next((f for f in model._meta.concrete_fields if name in (f.name, f.attname)), None)
    return getattr(field, "max_length", None)


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _equal(old: Any, new: Any) -> bool:
    """Stored dates come back as dates, decimals as decimals; a list brings texts."""
    return old == new or (old is not None and str(old) == str(new))
