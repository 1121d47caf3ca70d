"""Writing one dossier. Lists of many people go through canbo.imports and audit.bulk, into the same log."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from canbo.audit.changes import act, keyring, values_of
from canbo.audit.models import Act
from canbo.audit.queries import touched_since
from canbo.dossier.models import Person, PersonMerge
from canbo.dossier.queries import person as visible_person
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS, sealed_place
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import nfc

RECORDS: dict[str, type[Model]] = {s.model._meta.db_table: s.model for s in RECORD_SECTIONS}
_GROUP_OF = {s.model: s.group for s in RECORD_SECTIONS}


class StaleDossier(Exception):
    """Somebody changed the dossier since it was read; nothing was written. `acts` are the acts that did."""

    def __init__(self, acts: list[Act]) -> None:
        self.acts = acts
        super().__init__(
            "Hồ sơ vừa được người khác sửa trong lúc bạn đang mở; phần bạn nhập chưa được ghi. "
            "Hãy tải lại trang, xem thay đổi rồi ghi lại."
        )


class MergeRefused(Exception):
    """Two dossiers that cannot be made one; the text says why."""


def edit_person(
    *, person: int, values: Mapping[str, Any], seen_seq: int, on: date, actor: Actor, scope: Scope, at: datetime,
    reason: str = "", document: str = "",
) -> int | None:  # fmt: skip
    """Correct fields of a person; returns the act's seq, None when nothing differed.

    `seen_seq` is the newest act the editor had seen: StaleDossier when the dossier changed after it.
    """
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = visible_person(pk=person, on=on, actor=actor, scope=scope)
        _refuse_stale(person, seen_seq, actor, scope)
        before = values_of(found)
        for name, value in values.items():
            _require_group(PERSON_FIELD_GROUP.get(name), scope)
            setattr(found, name, _stored(name, value, "person", found.key))
        if "personal_id_sealed" in values:
            found.personal_id_index = id_index(str(values["personal_id_sealed"] or ""))
        found.save()
        log.updated(before, found, person=person)
    return log.seq


def add_record(
    *, person: int, table: str, values: Mapping[str, Any], on: date, actor: Actor, scope: Scope, at: datetime,
    reason: str = "", document: str = "",
) -> Model:  # fmt: skip
    """Open one record (a post, a qualification, a rating …) of a person."""
    model = RECORDS[table]
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = visible_person(pk=person, on=on, actor=actor, scope=scope)
        _require_group(_GROUP_OF[model], scope)
        stored = {name: _stored(name, value, table, found.key) for name, value in values.items()}
        row = model._default_manager.create(person=found, **stored)
        log.inserted(row, person=person)
    return row


def correct_record(
    *, person: int, table: str, row: int, values: Mapping[str, Any], seen_seq: int, on: date, actor: Actor,
    scope: Scope, at: datetime, reason: str, document: str = "",
) -> int | None:  # fmt: skip
    """Correct or close one record, naming the reason; the old values stay in the log."""
    model = RECORDS[table]
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = visible_person(pk=person, on=on, actor=actor, scope=scope)
        _require_group(_GROUP_OF[model], scope)
        _refuse_stale(person, seen_seq, actor, scope)
        record = model._default_manager.get(pk=row, person=found)
        before = values_of(record)
        for name, value in values.items():
            setattr(record, name, _stored(name, value, table, found.key))
        record.save()
        log.updated(before, record, person=person)
    return log.seq


def merge_people(
    *, kept: int, merged: int, on: date, actor: Actor, scope: Scope, at: datetime, reason: str
) -> PersonMerge:
    """Make two dossiers one: every record of `merged` moves to `kept`, empty fields of `kept` are filled; kept for undo.

    A person decides this; the program only proposes pairs.
    """
    if kept == merged:
        raise MergeRefused("Hai hồ sơ là một; hãy chọn hai hồ sơ khác nhau.")
    with act(actor=actor, action="dossier.merge", at=at, reason=reason) as log:
        first = visible_person(pk=kept, on=on, actor=actor, scope=scope)
        second = visible_person(pk=merged, on=on, actor=actor, scope=scope)
        if second.merged_into_id or first.merged_into_id:
            raise MergeRefused("Một trong hai hồ sơ đã được nhập vào hồ sơ khác.")
        moved = {table: _move(model, first, second, log) for table, model in RECORDS.items()}
        before_first, before_second = values_of(first), values_of(second)
        _fill_empty(first, second)
        second.merged_into = first
        first.save()
        second.save()
        log.updated(before_first, first, person=kept)
        log.updated(before_second, second, person=merged)
        merge = PersonMerge.objects.create(kept=kept, merged=merged, moved={"rows": moved, "kept_before": before_first})
        log.inserted(merge, person=kept)
    return merge


def _move(model: type[Model], first: Person, second: Person, log: Any) -> list[int]:
    rows = list(model._default_manager.filter(person=second).order_by("pk"))
    for row in rows:
        before = values_of(row)
        _reseal(row, model._meta.db_table, second.key, first.key)
        row.person = first  # type: ignore[attr-defined]
        row.save()
        log.updated(before, row, person=second.pk)
        log.updated(before, row, person=first.pk)
    return [row.pk for row in rows]


def _reseal(row: Model, table: str, old_key: str, new_key: str) -> None:
    """A sealed value opens only at its own person, so moving it means sealing it anew."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name.endswith("_sealed") and value:
            plain = keyring().open(value, place=sealed_place(table, field.name, old_key))
            setattr(row, field.attname, keyring().seal(plain, place=sealed_place(table, field.name, new_key)))


def _fill_empty(first: Person, second: Person) -> None:
    for field in Person._meta.concrete_fields:
        name = field.attname
        if name in ("id", "key", "merged_into_id") or getattr(first, name) not in (None, ""):
            continue
        value = getattr(second, name)
        if value and name.endswith("_sealed"):
            value = keyring().open(value, place=sealed_place("person", name, second.key))
            value = keyring().seal(value, place=sealed_place("person", name, first.key))
        setattr(first, name, value)


def id_index(personal_id: str) -> str:
    """The blind index under which a personal ID is found; empty for none."""
    return keyring().blind_index(personal_id, purpose="personal_id") if personal_id else ""


def _refuse_stale(person: int, seen_seq: int, actor: Actor, scope: Scope) -> None:
    last = touched_since(people=[person], seq=seen_seq, actor=actor, scope=scope)
    if last:
        raise StaleDossier(list(Act.objects.filter(seq__in=last.values())))


def _require_group(group: str | None, scope: Scope) -> None:
    if group is None or not scope.sees_group(group):
        raise Forbidden("Bạn chưa được giao quyền sửa nhóm thông tin này.")


def _stored(name: str, value: Any, table: str, key: str) -> Any:
    if isinstance(value, str):
        value = nfc(value).strip()
    if name.endswith("_sealed"):
        return keyring().seal(value, place=sealed_place(table, name, key)) if value else ""
    return value


__all__ = ["MergeRefused", "StaleDossier", "add_record", "correct_record", "edit_person", "id_index", "merge_people"]
