"""The unit decides what a person declared: what it accepts goes into the dossier in the same act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from canbo.audit.changes import ActLog, act, values_of
from canbo.dossier.declarations.changes import RoundRefused
from canbo.dossier.declarations.items import NONE, PERSON, Said, group_of, said_of, typed, typed_columns
from canbo.dossier.declarations.queries import current_texts, declaration_sent
from canbo.dossier.models import Attachment, Declaration, DeclarationItem, DeclaredNone, Person, Source, StoredFile
from canbo.dossier.writing import (
    record_of,
    refuse_stale,
    require_group,
    writable,
    write_new_record,
    write_person,
    write_record,
)
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean

KIND = "declaration"


@dataclass(frozen=True)
class Choice:
    """The unit's word on one item. `over`: it saw that the dossier changed meanwhile and writes nevertheless."""

    accept: bool
    reason: str = ""
    over: bool = False


def decide(
    *, declaration: int, choices: Mapping[int, Choice], seen_seq: int, on: date, actor: Actor, scope: Scope, at: datetime
) -> int | None:
    """Accept or refuse items of one declaration: rows of the dossier and of the items in one act; returns its seq.

    StaleDossier when the dossier changed after the unit opened the page; RoundRefused for a refusal without reason, and
    for an item whose value in the dossier is no longer the one the person saw unless the choice says `over`.
    """
    asked = declaration_sent(pk=declaration, on=on, actor=actor, scope=scope).round
    why = f"Xét kê khai: {asked.name}"
    with act(actor=actor, action="declaration.run", at=at, reason=why, document=asked.document) as log:
        found = declaration_sent(pk=declaration, on=on, actor=actor, scope=scope)
        if scope.own_person == found.person_id:
            raise Forbidden("Bản kê khai của chính bạn do người khác xét.")
        person = writable(found.person_id, on, actor, scope)
        refuse_stale(person.pk, seen_seq, actor, scope)
        rows = {row.pk: row for row in found.items.filter(pk__in=choices, state="waiting")}
        if set(rows) != set(choices):
            raise RoundRefused("Có mục đã được xét hoặc đã được lấy lại; hãy tải lại trang.")
        source: list[Source] = []
        for pk in sorted(choices):
            _decide_item(rows[pk], choices[pk], person, found, source, on, actor, scope, at, log)
    return log.seq


def _decide_item(
    item: DeclarationItem, choice: Choice, person: Person, found: Declaration, source: list[Source], on: date,
    actor: Actor, scope: Scope, at: datetime, log: ActLog,
) -> None:  # fmt: skip
    said, before = said_of(item), values_of(item)
    require_group(group_of(item, said), scope)
    reason = clean(choice.reason)[:500]
    if choice.accept:
        _accept(item, said, choice, person, found, source, on, scope, at, log)
    elif not reason:
        raise RoundRefused("Không nhận một mục thì phải ghi lý do; hãy ghi lý do ở mục đó.")
    item.state, item.reason = ("accepted" if choice.accept else "refused"), reason
    item.decided_at, item.user = at, actor.user
    item.save()
    log.updated(before, item)


def _accept(
    item: DeclarationItem, said: Said, choice: Choice, person: Person, found: Declaration, source: list[Source],
    on: date, scope: Scope, at: datetime, log: ActLog,
) -> None:  # fmt: skip
    record = record_of(found=person, table=item.table, row=item.record_id) if item.record_id is not None else None
    current = current_texts(row=item, said=said, person=person, record=record)
    if not choice.over and any(current.get(n, "") != said.seen.get(n, "") for n in said.values):
        raise RoundRefused("Hồ sơ đã thay đổi sau khi người khai xem; hãy xem giá trị hiện nay rồi đánh dấu “vẫn ghi”.")
    written = item.record_id
    if item.table == PERSON:
        write_person(log=log, found=person, values=typed(table=PERSON, values=said.values), on=on)
    else:
        written = _write_row(item, said, person, record, _source(source, found, log), on, scope, log)
    if item.attachment_sha256:
        _attach(item, said, person, written, at, log)


def _write_row(
    item: DeclarationItem, said: Said, person: Person, record: object, source: Source, on: date, scope: Scope, log: ActLog
) -> int | None:
    if item.table == NONE:
        return _write_none(said.values["kind"], person, source, log)
    columns = typed_columns(table=item.table, values=said.values) | {"source": source}
    if record is not None:
        write_record(log=log, found=person, record=record, values=columns, scope=scope)  # type: ignore[arg-type]
        return item.record_id
    return write_new_record(log=log, found=person, table=item.table, values=columns, on=on, scope=scope).pk


def _write_none(kind: str, person: Person, source: Source, log: ActLog) -> int | None:
    """Said of the day she sent it; said twice of one day it stands once."""
    if DeclaredNone.objects.filter(person=person, kind=kind, known_from=source.on).exists():
        return None
    row = DeclaredNone.objects.create(person=person, kind=kind, known_from=source.on, source=source)
    log.inserted(row, person=person.pk)
    return row.pk


def _source(made: list[Source], found: Declaration, log: ActLog) -> Source:
    """One source for everything accepted of a declaration: the round, on the day it was sent."""
    if not made:
        sent = timezone.localdate(found.sent_at)
        made.append(Source.objects.create(kind=KIND, name=f"Kê khai: {found.round.name}"[:255], on=sent))
        log.inserted(made[0])
    return made[0]


def _attach(item: DeclarationItem, said: Said, person: Person, record: int | None, at: datetime, log: ActLog) -> None:
    kept = StoredFile.objects.get(sha256=item.attachment_sha256)
    row = Attachment.objects.create(
        person=person, record_table=item.table, record_id=record, filename=said.filename or "ban-ke-khai",
        media_type=kept.media_type, size=kept.size, sha256=kept.sha256, added_at=at,
    )  # fmt: skip
    log.inserted(row, person=person.pk)
