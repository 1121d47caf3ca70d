"""One record written for many people, looked at again and taken back whole by who wrote it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from canbo.assess.changes import SHARED_RECORDS
from canbo.audit.chain import seal_changes
from canbo.audit.changes import append, keyring, require
from canbo.audit.head import lock_head
from canbo.audit.models import Act
from canbo.dossier.models import Decision
from canbo.dossier.sections import group_of_row
from canbo.dossier.undo import ACTION as UNDO
from canbo.imports.undo import CannotUndo, put_back, refuse_touched, rows_of
from canbo.kernel.actors import Actor, Forbidden, Scope

WRITTEN = "dossier.many"
_NOT_YOURS = "Chỉ xem lại và hoàn tác được lần ghi cho nhiều người do chính bạn đã ghi."


@dataclass(frozen=True)
class Written:
    """An act that gave many people one record: of which table, to whom (ids), why; whether it was taken back."""

    seq: int
    at: datetime
    reason: str
    document: str
    table: str
    people: tuple[int, ...]
    undone: bool


def written_for_many(*, act: int, actor: Actor, scope: Scope) -> Written:
    """The actor's own act; CannotUndo when there is none of this number, Forbidden when its field group is not hers now."""
    found = Act.objects.filter(seq=act, action=WRITTEN, user=actor.user).first()
    if found is None:
        raise CannotUndo(_NOT_YOURS)
    rows = [(row, person) for model, row, person in rows_of(act) if model._meta.db_table in SHARED_RECORDS and person is not None]
    if not all(scope.sees_group(group_of_row(row[0], row[3] or {})) for row, _ in rows):
        raise Forbidden("Bạn chưa được giao quyền sửa nhóm thông tin này.")
    undone = Act.objects.filter(action=f"{UNDO}:{act}").exists()
    people = tuple(dict.fromkeys(person for _, person in rows))
    return Written(found.seq, found.at, found.reason, found.document, rows[0][0][0] if rows else "", people, undone)


def undo_many(*, act: int, reason: str, actor: Actor, scope: Scope, at: datetime) -> int:
    """Take the record back from all of them as one new act; returns its seq. The log keeps both.

    CannotUndo when somebody has changed one of the people since, one has left the scope, or it was taken back before.
    """
    require(actor, "dossier.write")
    if not reason.strip():
        raise CannotUndo("Hãy ghi lý do hoàn tác rồi bấm lại.")
    with transaction.atomic():
        lock_head()
        if written_for_many(act=act, actor=actor, scope=scope).undone:
            raise CannotUndo("Lần ghi này đã được hoàn tác rồi.")
        # The decision stays: it is a paper there is, and other records may rest on it by now.
        rows = [row for row in rows_of(act) if row[0] is not Decision]
        refuse_touched(rows, act=act, actor=actor, scope=scope, at=at)
        changes = seal_changes(put_back(rows), keyring())
        return append(changes, actor=actor, action=f"{UNDO}:{act}", at=at, reason=reason.strip())
