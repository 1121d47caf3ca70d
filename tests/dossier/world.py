"""An, Bình and Chi with a value that gives itself away in every field and record the dossier shows."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from canbo.audit.changes import keyring
from canbo.dossier.models import CertifiedValue, DeclaredNone, Employment, Person
from canbo.dossier.sections import FIELD_SECTIONS, RECORD_SECTIONS, sealed_place
from canbo.organization.fields import PartialDateField
from canbo.organization.models import Body, Term, Title, Unit

AT = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
ON = date(2025, 6, 2)
ELSEWHERE = (Employment, DeclaredNone, CertifiedValue)  # filled by hand in the tests


def unit(code: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(code=code, name=f"Xã {code}", parent=parent)


def person(name: str, at: Unit | None = None, **values: Any) -> Person:
    """A person, in service at the unit since 2010."""
    made = Person(full_name=name, **{n: v for n, v in values.items() if not n.endswith("_sealed")})
    for column, value in values.items():
        if column.endswith("_sealed"):
            setattr(made, column, sealed(made, "person", column, value))
    made.save()
    if at:
        Employment.objects.create(person=made, unit=at, start="2010")
    return made


def sealed(of: Person, table: str, column: str, value: str) -> str:
    return keyring().seal(value, place=sealed_place(table, column, of.key))


def mark(group: str, number: int) -> str:
    """A value that tells its group wherever it appears."""
    return f"z{group}{number}"


def marked_person(at: Unit | None = None) -> Person:
    """Every text field of the person, and one row of every kind of record, marked with its group."""
    values: dict[str, Any] = {}
    for section in FIELD_SECTIONS:
        for number, name in enumerate(section.fields):
            field = Person._meta.get_field(name)
            if not isinstance(field, PartialDateField) and not getattr(field, "choices", None):
                values[name] = mark(section.group, number)[: getattr(field, "max_length", 30) or 30]
    made = person(values.pop("full_name"), at, **values)
    for section in RECORD_SECTIONS:
        if section.model not in ELSEWHERE:
            marked_record(made, section.model, section.group)
    return made


def marked_record(of: Person, model: type[models.Model], group: str) -> models.Model:
    """One row of this kind with everything filled in."""
    values: dict[str, Any] = {"person": of}
    for field in model._meta.concrete_fields:
        if field.name not in values and not field.primary_key:
            values[field.name] = _value(of, model, field, group)
    return model._default_manager.create(**values)


def _value(of: Person, model: type[models.Model], field: Any, group: str) -> Any:
    if field.is_relation:
        return _target(field, group)
    if field.name.endswith("_sealed"):
        return sealed(of, model._meta.db_table, field.name, mark(group, 90))
    match field:
        case PartialDateField():
            return "2015"
        case models.BooleanField():
            return True
        case models.DecimalField():
            return Decimal("2.34")
        case models.DateField():
            return date(2015, 1, 2)
        case models.IntegerField():
            return 3
        case _ if field.choices:
            return field.choices[0][0]
    return mark(group, 91)[: field.max_length or 40]


def _target(field: Any, group: str) -> Any:
    if field.related_model is Title:
        return Title.objects.get_or_create(code=f"t-{group}", defaults={"name": mark(group, 92)})[0]
    if field.related_model is Unit:
        return Unit.objects.get_or_create(code=f"u-{group}", defaults={"name": mark(group, 93)})[0]
    if field.related_model is Term:
        return Term.objects.get_or_create(code=f"n-{group}", defaults={"side": "dang", "start": "2020"})[0]
    if field.related_model is Body:
        home = Unit.objects.get_or_create(code=f"u-{group}", defaults={"name": mark(group, 93)})[0]
        return Body.objects.get_or_create(code=f"b-{group}", defaults={"unit": home, "kind": "x", "name": mark(group, 94)})[0]
    return None
