"""Files of a dossier: on one of its records, or on a group of fields; opened only with the right to that group."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canbo.access.policy import GROUPS
from canbo.audit.changes import act, values_of
from canbo.dossier.claims import CLAIMS
from canbo.dossier.files import FileRefused, checked_media, content_of, keep
from canbo.dossier.models import Attachment, Person
from canbo.dossier.queries import NotVisible
from canbo.dossier.queries import person as visible_person
from canbo.dossier.sections import group_of_row
from canbo.dossier.sensitive import closed_tables
from canbo.dossier.values import ValueRefused
from canbo.dossier.writing import RECORDS, record_of, refuse_closed, require_group, writable
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean

SCANS = frozenset({"application/pdf", "image/jpeg", "image/png"})
PHOTOS = frozenset({"image/jpeg", "image/png"})
# A file that hangs on no record says which group of fields it belongs to.
_OF_GROUP = "group:"
_CLOSEST = "history"
# Records whose group follows from what they say.
_BY_CONTENT = frozenset({*CLAIMS, "declared_none", "waiver"})


@dataclass(frozen=True)
class Attached:
    """A file as listed; `table` and `row` name the record, or `table` is "" and `group` says whose right opens it."""

    pk: int
    table: str
    row: int | None
    group: str
    filename: str
    size: int
    added_at: datetime

    @property
    def group_label(self) -> str:
        return GROUPS[self.group]


def attach(
    *, person: int, filename: str, content: bytes, on: date, actor: Actor, scope: Scope, at: datetime, table: str = "",
    row: int | None = None, group: str = "", reason: str = "",
) -> Attachment:  # fmt: skip
    """Hang a scan on a record (`table`, `row`) or on a group; FileRefused for anything but PDF, JPG and PNG."""
    media = checked_scan(filename=filename, content=content, kinds=SCANS)
    with act(actor=actor, action="dossier.write", at=at, reason=reason) as log:
        found = writable(person, on, actor, scope)
        if table:
            refuse_closed(person, table, on)
            record = record_of(found=found, table=table, row=row or 0)
            require_group(group_of_row(table, vars(record)), scope)
        else:
            require_group(group if group in GROUPS else None, scope)
        sha256 = keep(content=content, media_type=media, at=at)
        made = Attachment.objects.create(
            person=found, record_table=table or f"{_OF_GROUP}{group}", record_id=row if table else None,
            filename=clean(filename)[-255:], media_type=media, size=len(content), sha256=sha256, added_at=at,
        )
        log.inserted(made, person=person)
    return made


def remove_attachment(*, person: int, attachment: int, on: date, actor: Actor, scope: Scope, at: datetime, reason: str) -> None:
    """Take a file off the dossier, naming why; the log keeps which file it was."""
    if not reason.strip():
        raise ValueRefused("Hãy ghi lý do gỡ tệp.")
    with act(actor=actor, action="dossier.write", at=at, reason=reason) as log:
        found = writable(person, on, actor, scope)
        row = Attachment.objects.filter(pk=attachment, person=found).first()
        if row is None:
            raise NotVisible
        require_group(group_of(row), scope)
        before = values_of(row)
        log.deleted(before, row, person=person)
        row.delete()


def put_photo(*, person: int, filename: str, content: bytes, on: date, actor: Actor, scope: Scope, at: datetime) -> int | None:
    """The person's photo, JPG or PNG; the one before stays in the log."""
    media = checked_scan(filename=filename, content=content, kinds=PHOTOS)
    with act(actor=actor, action="dossier.write", at=at, reason="ảnh chân dung") as log:
        found = writable(person, on, actor, scope)
        require_group("basic", scope)
        before = values_of(found)
        found.photo_sha256 = keep(content=content, media_type=media, at=at)
        found.save(update_fields=["photo_sha256"])
        log.updated(before, found, person=person)
    return log.seq


def checked_scan(*, filename: str, content: bytes, kinds: frozenset[str]) -> str:
    media = checked_media(filename=filename, content=content)
    if media not in kinds:
        asked = "ảnh JPG hoặc PNG" if kinds == PHOTOS else "tệp PDF, ảnh JPG hoặc PNG"
        raise FileRefused(f"Ở đây chỉ nhận {asked}; hãy chuyển tệp rồi gửi lại.")
    return media


def attached_to(*, of: Person, actor: Actor, scope: Scope) -> list[Attached]:
    """Files of a dossier already found within the scope, those of groups the reader sees."""
    rows = Attachment.objects.filter(person=of).order_by("pk")
    found = [_attached(row, group_of(row)) for row in rows]
    return [file for file in found if scope.sees_group(file.group)]


def open_attachment(*, person: int, attachment: int, on: date, actor: Actor, scope: Scope) -> tuple[bytes, Attachment]:
    """The bytes of a file of this dossier; NotVisible when there is none or its group is not the reader's."""
    found = visible_person(pk=person, on=on, actor=actor, scope=scope)
    row = Attachment.objects.filter(pk=attachment, person=found).first()
    if row is None or not scope.sees_group(group_of(row)) or row.record_table in closed_tables(person=person, on=on):
        raise NotVisible
    return content_of(row.sha256)[0], row


def group_of(row: Attachment) -> str:
    """Whose right opens a file: that of the record it hangs on; one that hangs on nothing known is the closest."""
    if row.record_table.startswith(_OF_GROUP):
        return row.record_table.removeprefix(_OF_GROUP)
    if row.record_table not in RECORDS:
        return _CLOSEST
    if row.record_table not in _BY_CONTENT:
        return group_of_row(row.record_table, {})
    model: Any = RECORDS[row.record_table]
    record = model._default_manager.filter(pk=row.record_id, person=row.person_id).first()
    return group_of_row(row.record_table, vars(record)) if record else _CLOSEST


def _attached(row: Attachment, group: str) -> Attached:
    on_group = row.record_table.startswith(_OF_GROUP)
    return Attached(row.pk, "" if on_group else row.record_table, row.record_id, group, row.filename, row.size, row.added_at)


__all__ = [
    "Attached", "attach", "attached_to", "checked_scan", "group_of", "open_attachment", "put_photo", "remove_attachment",
]  # fmt: skip
