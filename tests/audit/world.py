"""Small acts to alter: An, Bình and Chi, each written by one act."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection

from canbo.access.queries import LOCAL_ACCESS
from canbo.audit.changes import act, keyring
from canbo.dossier.models import Person
from canbo.dossier.sections import sealed_place

AT = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Chi")


def write_person(name: str, **values: Any) -> Person:
    """One person, one act."""
    person = Person(full_name=name, **{k: v for k, v in values.items() if not k.endswith("_sealed")})
    for column, value in values.items():
        if column.endswith("_sealed"):
            setattr(person, column, keyring().seal(value, place=sealed_place("person", column, person.key)))
    with act(actor=LOCAL_ACCESS.actor, action="dossier.write", at=AT, reason="thử") as log:
        person.save()
        log.inserted(person, person=person.pk)
    return person


def rename(person: Person, name: str) -> None:
    """One more act on the same dossier."""
    from canbo.audit.changes import values_of

    with act(actor=LOCAL_ACCESS.actor, action="dossier.write", at=AT, reason="đổi tên") as log:
        before = values_of(person)
        person.full_name = name
        person.save()
        log.updated(before, person, person=person.pk)


def drop_triggers() -> None:
    """What somebody with the database's password can do."""
    sql("DROP TRIGGER act_append_only ON act; DROP TRIGGER change_append_only ON change" if _on_postgres() else "")
    if not _on_postgres():
        for name in ("act_no_update", "act_no_delete", "change_no_update", "change_no_delete"):
            sql(f"DROP TRIGGER {name}")


def sql(text: str, values: tuple[Any, ...] = ()) -> None:
    if text:
        with connection.cursor() as cursor:
            cursor.execute(text, values)


def _on_postgres() -> bool:
    return connection.vendor == "postgresql"
