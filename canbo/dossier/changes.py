"""Writing one dossier. Lists of many people go through canbo.imports and audit.bulk, into the same log."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from canbo.audit.changes import act, keyring, values_of
from canbo.audit.queries import touched_since
from canbo.dossier.merging import fill_empty, move_accounts, move_rows, tables_of_person, take_back
from canbo.dossier.models import Person, PersonMerge
from canbo.dossier.places import native_columns
from canbo.dossier.queries import NotVisible
from canbo.dossier.queries import person as visible_person
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS, group_of_row
from canbo.dossier.stale import StaleDossier, stale_dossier
from canbo.dossier.values import ValueRefused, check_values, put_values
from canbo.kernel.actors import Actor, Forbidden, Scope

RECORDS: dict[str, type[Model]] = {s.model._meta.db_table: s.model for s in RECORD_SECTIONS}
_NO_RECORD = "Không tìm thấy mục này trong hồ sơ; hãy tải lại trang."


class MergeRefused(Exception):
    """Two dossiers that cannot be made one, or one that cannot be parted or edited; the text says why."""


def edit_person(
    *, person: int, values: Mapping[str, Any], seen_seq: int, on: date, actor: Actor, scope: Scope, at: datetime,
    reason: str = "", document: str = "",
) -> int | None:  # fmt: skip
    """Correct fields of a person; returns the act's seq, None when nothing differed.

    `seen_seq` is the newest act the editor had seen: StaleDossier when the dossier changed after it. ValueRefused for
    a value that cannot be, Forbidden for a field of a group the editor does not see.
    """
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = _writable(person, on, actor, scope)
        for name in values:
            _require_group(PERSON_FIELD_GROUP.get(name), scope)
        _refuse_stale(person, seen_seq, actor, scope)
        before = values_of(found)
        put_values(row=found, values=values, key=found.key)
        check_values(row=found, names=values)
        if "personal_id_sealed" in values:
            found.personal_id_index = id_index(str(values["personal_id_sealed"] or "").strip())
        if "native_place" in values:
            for column, code in native_columns(found.native_place, on=on).items():
                setattr(found, column, code)
        found.save()
        log.updated(before, found, person=person)
    return log.seq


def add_record(
    *, person: int, table: str, values: Mapping[str, Any], on: date, actor: Actor, scope: Scope, at: datetime,
    reason: str = "", document: str = "",
) -> Model:  # fmt: skip
    """Open one record (a post, a qualification, a rating …) of a person; refusals as for edit_person."""
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = _writable(person, on, actor, scope)
        row = _model(table)(person=found)
        put_values(row=row, values=values, key=found.key)
        _require_group(group_of_row(table, values), scope)
        check_values(row=row)
        row.save(force_insert=True)
        log.inserted(row, person=person)
    return row


def correct_record(
    *, person: int, table: str, row: int, values: Mapping[str, Any], seen_seq: int, on: date, actor: Actor,
    scope: Scope, at: datetime, reason: str, document: str = "",
) -> int | None:  # fmt: skip
    """Correct or close one record, naming the reason; the old values stay in the log. Refusals as for edit_person."""
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = _writable(person, on, actor, scope)
        record = _model(table)._default_manager.filter(pk=row, person=found).first()
        if record is None:
            raise ValueRefused(_NO_RECORD)
        before = values_of(record)
        for state in (before, {**before, **values}):
            _require_group(group_of_row(table, state), scope)
        _refuse_stale(person, seen_seq, actor, scope)
        put_values(row=record, values=values, key=found.key)
        check_values(row=record, names=values)
        record.save()
        log.updated(before, record, person=person)
    return log.seq


def merge_people(
    *, kept: int, merged: int, on: date, actor: Actor, scope: Scope, at: datetime, reason: str
) -> PersonMerge:
    """Make two dossiers one: every row of `merged` moves to `kept`, empty fields of `kept` are filled; kept for undo.

    A person decides this; the program only proposes pairs.
    """
    if kept == merged:
        raise MergeRefused("Hai hồ sơ là một; hãy chọn hai hồ sơ khác nhau.")
    with act(actor=actor, action="dossier.merge", at=at, reason=reason) as log:
        first, second = (_writable(pk, on, actor, scope) for pk in (kept, merged))
        before_first, before_second = values_of(first), values_of(second)
        rows = {
            model._meta.db_table: move_rows(model=model, ids=None, old=second, new=first, log=log)
            for model in tables_of_person()
        }
        moved = {"rows": rows, "filled": fill_empty(first, second), "accounts": move_accounts(old=second, new=first, log=log)}
        second.merged_into = first
        first.save()
        second.save()
        log.updated(before_first, first, person=kept)
        log.updated(before_second, second, person=merged)
        merge = PersonMerge.objects.create(kept=kept, merged=merged, moved=moved)
        log.inserted(merge, person=kept)
    return merge


def unmerge_people(*, merge: int, on: date, actor: Actor, scope: Scope, at: datetime, reason: str) -> PersonMerge:
    """Part two dossiers again: what moved moves back, what the merge filled is emptied; later work stays with `kept`."""
    with act(actor=actor, action="dossier.merge", at=at, reason=reason) as log:
        done = PersonMerge.objects.filter(pk=merge, undone=False).first()
        if done is None:
            raise MergeRefused("Không có lần nhập hồ sơ này, hoặc hai hồ sơ đã được tách lại.")
        first, second = _writable(done.kept, on, actor, scope), Person.objects.get(pk=done.merged)
        before_first, before_second, before_merge = values_of(first), values_of(second), values_of(done)
        for model in tables_of_person():
            ids = done.moved["rows"].get(model._meta.db_table, [])
            move_rows(model=model, ids=ids, old=first, new=second, log=log)
        take_back(first, done.moved["filled"])
        move_accounts(old=first, new=second, log=log, ids=done.moved["accounts"])
        second.merged_into, done.undone = None, True
        for row in (first, second, done):
            row.save()
        log.updated(before_first, first, person=first.pk)
        log.updated(before_second, second, person=second.pk)
        log.updated(before_merge, done, person=first.pk)
        _writable(second.pk, on, actor, scope)
    return done


def id_index(personal_id: str) -> str:
    """The blind index under which a personal ID is found; empty for none."""
    return keyring().blind_index(personal_id, purpose="personal_id") if personal_id else ""


def _writable(pk: int, on: date, actor: Actor, scope: Scope) -> Person:
    """The person, when her dossier is one the actor keeps: that it is her own is no right to write it."""
    found = visible_person(pk=pk, on=on, actor=actor, scope=scope)
    try:
        visible_person(pk=pk, on=on, actor=actor, scope=replace(scope, own_person=None))
    except NotVisible:
        raise Forbidden(
            "Hồ sơ của chính bạn do người khác giữ; hãy gửi giấy tờ cho người phụ trách hồ sơ để sửa."
        ) from None
    if found.merged_into_id is not None:
        raise MergeRefused("Hồ sơ này đã được nhập vào một hồ sơ khác; hãy mở hồ sơ đó, hoặc tách hai hồ sơ trước.")
    return found


def _model(table: str) -> type[Model]:
    if table not in RECORDS:
        raise ValueRefused(_NO_RECORD)
    return RECORDS[table]


def _refuse_stale(person: int, seen_seq: int, actor: Actor, scope: Scope) -> None:
    if touched_since(people=[person], seq=seen_seq, actor=actor, scope=scope):
        raise stale_dossier(person=person, seen_seq=seen_seq, scope=scope)


def _require_group(group: str | None, scope: Scope) -> None:
    if group is None or not scope.sees_group(group):
        raise Forbidden("Bạn chưa được giao quyền sửa nhóm thông tin này.")


__all__ = [
    "MergeRefused", "StaleDossier", "ValueRefused", "add_record", "correct_record", "edit_person", "id_index",
    "merge_people", "unmerge_people",
]  # fmt: skip
