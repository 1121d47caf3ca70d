"""The changes a list proposes, person by person, before anything has a number: new rows carry negative ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from types import MappingProxyType
from typing import Any

from django.db.models import Model

from canbo.dossier.models import ExtraValue, Person
from canbo.imports.state import PersonState, Row
from canbo.kernel.dates import PartialDate

EMPTY: tuple[Any, ...] = (None, "")
NOTHING: Mapping[str, Any] = MappingProxyType({})


Values = Mapping[str, Any]


def iso(value: Any) -> Any:
    """A partial date as the database keeps it."""
    return value.iso if isinstance(value, PartialDate) else value


@dataclass(frozen=True)
class Difference:
    """One change as shown before writing: what, old, new."""

    label: str
    old: str
    new: str


@dataclass
class Draft:
    """Everything one write needs. Inserts: (model, values with `id`, person); updates: (model, id, before, after, person)."""

    on: date
    source: int = 0
    inserts: list[tuple[type[Model], Row, int | None]] = field(default_factory=list)
    updates: list[tuple[type[Model], int, Row, Row, int | None]] = field(default_factory=list)
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
    _consumed: set[tuple[type[Model], int]] = field(default_factory=set)

    def field(self, name: str, value: Any, *, keep: Callable[[Any, Any], bool] | None = None) -> None:
        """Set a field of the person; `keep(old, new)` true leaves the old value."""
        old = self.state.values.get(name)
        value = self._fit(Person, name, value)
        if value in EMPTY or value == old or (keep and old not in EMPTY and keep(old, value)):
            return
        self._note(_label(Person, name), old, value)
        self.state.values[name] = value

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
        self._note(str(model._meta.db_table), "", shown(values))
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
        self._note(str(model._meta.db_table), shown(before), shown(after))

    def _fit(self, model: type[Model], name: str, value: Any) -> Any:
        """A text too long for its column is cut, and kept whole among the list's extra values: nothing is lost."""
        limit = None if name.endswith("_sealed") or not isinstance(value, str) else _limit(model, name)
        if limit is None or len(value) <= limit:
            return value
        key = {"name": f"{model._meta.db_table}_{name}"[:60], "known_from": self.draft.on.isoformat()}
        self.upsert(ExtraValue, key, {"label": f"{_label(model, name)} (ghi đủ)", "value": value})
        return value[: limit - 1] + "…"

    def _note(self, label: str, old: Any, new: Any) -> None:
        self.differences.append(Difference(label, "" if old in EMPTY else str(old), str(new)))


def shown(values: Mapping[str, Any]) -> str:
    return "; ".join(str(v) for v in values.values() if v not in EMPTY)


@cache
def _limit(model: type[Model], name: str) -> int | None:
    field = next((f for f in model._meta.concrete_fields if name in (f.name, f.attname)), None)
    return getattr(field, "max_length", None)


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _equal(old: Any, new: Any) -> bool:
    """Stored dates come back as dates, decimals as decimals; a list brings texts."""
    return old == new or (old is not None and str(old) == str(new))
