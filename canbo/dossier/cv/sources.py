"""The rows a curriculum vitae is made of, read once per person, only of groups the reader sees."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from canbo.dossier import models as m
from canbo.dossier.claims import shown_claim
from canbo.dossier.models import Person
from canbo.dossier.queries import shown_value
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS, group_of_row
from canbo.dossier.sensitive import closed_tables
from canbo.kernel.actors import Scope
from canbo.organization.fields import text_holds_on

_GROUPS = {s.model._meta.db_table: s.group for s in RECORD_SECTIONS}


@dataclass(frozen=True)
class Sources:
    """One person's rows of a day within a scope; a group that is not seen reads as no rows, and `sees` tells it apart."""

    person: Person
    on: date
    scope: Scope
    closed: frozenset[str]

    def sees(self, group: str) -> bool:
        return self.scope.sees_group(group)

    def sees_table(self, model: type[Model]) -> bool:
        return self.sees(_GROUPS[model._meta.db_table]) and model._meta.db_table not in self.closed

    def rows(self, model: type[Model], *order: str) -> list[Any]:
        if not self.sees_table(model):
            return []
        related = [f.name for f in model._meta.concrete_fields if f.is_relation and f.name in _NAMED]
        return list(model._default_manager.filter(person=self.person).select_related(*related).order_by(*order, "pk"))

    def current(self, model: type[Model], *order: str) -> list[Any]:
        """Rows whose span reaches the day."""
        return [row for row in self.rows(model, *order) if _reaches(row, self.on)]

    def shown(self, row: Model, name: str) -> str:
        return shown_value(row, name, row._meta.db_table, self.person.key)

    def nones(self) -> set[str]:
        """Kinds said to be "không có" by the day, of groups the reader sees."""
        rows = m.DeclaredNone.objects.filter(person=self.person)
        seen = [row for row in rows if self.sees(group_of_row("declared_none", vars(row)))]
        return {row.kind for row in seen if row.known_from is None or row.known_from <= self.on}

    def claims(self) -> tuple[dict[str, str], set[str]]:
        """(certified value of each field as read, fields still disputed)."""
        certified = {_field(row): row.value for row in self._claims(m.CertifiedValue)}
        disputed = {_field(row) for row in self._claims(m.DisputedValue) if row.settled_on is None} - set(certified)
        return {name: shown_claim(field=name, value=value) for name, value in certified.items()}, disputed

    def _claims(self, model: type[Any]) -> list[Any]:
        rows = model.objects.filter(person=self.person).order_by(
            "certified_on" if model is m.CertifiedValue else "pk", "pk"
        )
        return [row for row in rows if self.sees(group_of_row(model._meta.db_table, vars(row)))]


_NAMED = {"unit", "title", "body", "term"}


def sources_of(*, person: Person, on: date, scope: Scope) -> Sources:
    """The person was read by `queries.person` within the scope."""
    return Sources(person, on, scope, closed_tables(person=person.pk, on=on))


def field_group(name: str) -> str:
    return PERSON_FIELD_GROUP[name]


def _field(row: Any) -> str:
    return str(row.field).removeprefix("person.")


def _reaches(row: Any, on: date) -> bool:
    return text_holds_on(row.start.iso if row.start else None, row.end.iso if row.end else None, on.isoformat())
