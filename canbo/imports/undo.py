"""Taking a written list back: one new act that puts every row as it was. Nothing is erased from the log."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, ProtectedError

from canbo.audit.chain import RowChange, open_change, seal_changes
from canbo.audit.changes import append, keyring, require
from canbo.audit.head import lock_head
from canbo.audit.models import Act, Change
from canbo.audit.queries import touched_since
from canbo.dossier.models import Person, Source
from canbo.imports.state import faces
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Unit

CHUNK = 500
_TAKEN_BACK = "hoàn tác danh sách đã ghi"
# (model, [table, id, before, after], person)
Row = tuple[type[Model], list[Any], int | None]


class CannotUndo(Exception):
    """The list stays as it was written; the text says why and what to do instead."""


def undo_list(*, act: int, actor: Actor, scope: Scope, at: datetime) -> int:
    """Put back what act `act` wrote; returns the new act's seq. CannotUndo when somebody has changed one of the people since.

    Units the list opened go too unless something else stands in them by now; columns confirmed stay remembered.
    """
    require(actor, "import.write")
    with transaction.atomic():
        lock_head()
        _refuse_written(act, actor)
        rows = rows_of(act)
        refuse_touched(rows, act=act, actor=actor, scope=scope, at=at)
        changes = put_back(rows)
        if not changes:
            raise CannotUndo("Danh sách này không còn gì để hoàn tác.")
        reason = f"{_TAKEN_BACK} (việc số {act})"
        return append(seal_changes(changes, keyring()), actor=actor, action="import.undo", at=at, reason=reason)


def _refuse_written(act: int, actor: Actor) -> None:
    if not Act.objects.filter(seq=act, action="import.write", user=actor.user).exists():
        raise CannotUndo("Chỉ hoàn tác được danh sách do chính bạn đã ghi.")
    if Act.objects.filter(action="import.undo", reason=f"{_TAKEN_BACK} (việc số {act})").exists():
        raise CannotUndo("Danh sách này đã được hoàn tác rồi.")


# --- the pieces any act on many people is taken back with


def rows_of(act: int) -> list[Row]:
    """The rows of the act, oldest first."""
    models = {model._meta.db_table: model for model in apps.get_app_config("canbo").get_models()}
    found = []
    for change in Change.objects.filter(act=act).order_by("pk").iterator():
        found += [(models[row[0]], row, change.person) for row in open_change(change, keyring())]
    return found


def refuse_touched(rows: list[Row], *, act: int, actor: Actor, scope: Scope, at: datetime) -> None:
    """CannotUndo when one of the people was changed after the act, or has left the scope."""
    people = {person for _, _, person in rows if person is not None}
    touched = touched_since(people=people, seq=act, actor=actor, scope=scope)
    if touched:
        names = list(Person.objects.filter(pk__in=list(touched)[:3]).values_list("full_name", flat=True))
        more = f" và {len(touched) - 3} người khác" if len(touched) > 3 else ""
        raise CannotUndo(
            f"Không hoàn tác được: hồ sơ của {', '.join(names)}{more} đã có người sửa sau lần ghi này. "
            "Hãy sửa từng hồ sơ, hoặc ghi lại cho đúng."
        )
    if scope.units is not None:
        seen = {face.id for face in faces(on=at.date(), actor=actor, scope=scope)}
        if people - seen:
            raise CannotUndo("Không hoàn tác được: có người nay không còn thuộc phạm vi bạn được giao.")


def put_back(rows: list[Row]) -> list[RowChange]:
    """Every row as it was before, inside the caller's transaction; what is to be told to the log."""
    return [*_put_back(rows), *_delete(rows)]


def _put_back(rows: list[Row]) -> Iterator[RowChange]:
    """Changed rows get their old values again, the last change first."""
    for model, (table, pk, before, after), person in reversed(rows):
        if before is None or after is None or _kept(model):
            continue
        old = {name: before.get(name) for name in after}
        fields: dict[str, Any] = {f.attname: f for f in model._meta.concrete_fields}
        values = {name: _empty(fields[name]) if value is None else value for name, value in old.items()}
        model._default_manager.filter(pk=pk).update(**{fields[name].name: value for name, value in values.items()})
        yield RowChange(table, pk, after, old, person)


def _empty(field: Any) -> Any:
    return None if field.null else ""


def _delete(rows: list[Row]) -> Iterator[RowChange]:
    """Rows the list had opened go: records before people, units last and only when they are empty."""
    opened: dict[type[Model], list[tuple[int, dict[str, Any], int | None]]] = defaultdict(list)
    for model, (_, pk, before, after), person in rows:
        if before is None and not _kept(model):
            opened[model].append((pk, after, person))
    for model in sorted(opened, key=lambda model: (model is Unit, model is Source, model is Person)):
        gone = opened[model]
        if model is Unit:
            gone = [row for row in reversed(gone) if _delete_unit(row[0])]
        else:
            for i in range(0, len(gone), CHUNK):
                model._default_manager.filter(pk__in=[pk for pk, _, _ in gone[i : i + CHUNK]])._raw_delete(connection.alias)
        yield from (RowChange(model._meta.db_table, pk, after, None, person) for pk, after, person in gone)


def _delete_unit(pk: int) -> bool:
    try:
        Unit.objects.get(pk=pk).delete()
    except (ProtectedError, Unit.DoesNotExist):
        return False
    return True


def _kept(model: type[Model]) -> bool:
    """Columns once confirmed, and the titles of the law, are nobody's data: they stay."""
    return model._meta.db_table in ("import_mapping", "title")
