"""Writing one dossier. Lists of many people go through canbo.imports and audit.bulk, into the same log."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from canbo.audit.changes import act, values_of
from canbo.dossier.merging import (
    fill_empty,
    give_back,
    move_accounts,
    move_rows,
    refuse_both,
    tables_of_person,
    take_back,
    take_chosen,
)
from canbo.dossier.models import Person, PersonMerge
from canbo.dossier.stale import StaleDossier
from canbo.dossier.values import ValueRefused
from canbo.dossier.writing import (
    RECORDS,
    DecisionText,
    MergeRefused,
    id_index,
    record_of,
    refuse_closed,
    refuse_stale,
    require_fields,
    require_record,
    writable,
    write_new_record,
    write_person,
    write_record,
)
from canbo.kernel.actors import Actor, Scope


def edit_person(
    *, person: int, values: Mapping[str, Any], seen_seq: int, on: date, actor: Actor, scope: Scope, at: datetime,
    reason: str = "", document: str = "",
) -> int | None:  # fmt: skip
    """Correct fields of a person; returns the act's seq, None when nothing differed.

    `seen_seq` is the newest act the editor had seen: StaleDossier when the dossier changed after it. ValueRefused for
    a value that cannot be, Forbidden for a field of a group the editor does not see.
    """
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = writable(person, on, actor, scope)
        require_fields(values, scope)
        refuse_stale(person, seen_seq, actor, scope)
        write_person(log=log, found=found, values=values, on=on)
    return log.seq


def add_record(
    *, person: int, table: str, values: Mapping[str, Any], on: date, actor: Actor, scope: Scope, at: datetime,
    reason: str = "", document: str = "", decision: DecisionText | None = None,
) -> Model:  # fmt: skip
    """Open one record (a post, a qualification, a rating …) of a person; refusals as for edit_person.

    `decision` is the paper it rests on: found again by number, day and issuer, else written down in the same act.
    """
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = writable(person, on, actor, scope)
        return write_new_record(log=log, found=found, table=table, values=values, on=on, scope=scope, decision=decision)


def correct_record(
    *, person: int, table: str, row: int, values: Mapping[str, Any], seen_seq: int, on: date, actor: Actor,
    scope: Scope, at: datetime, reason: str, document: str = "", decision: DecisionText | None = None,
) -> int | None:  # fmt: skip
    """Correct or close one record, naming the reason; the old values stay in the log. Refusals as for edit_person."""
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=document) as log:
        found = writable(person, on, actor, scope)
        record = record_of(found=found, table=table, row=row)
        require_record(record=record, values=values, scope=scope)
        refuse_closed(person, table, on)
        refuse_stale(person, seen_seq, actor, scope)
        write_record(log=log, found=found, record=record, values=values, scope=scope, decision=decision)
    return log.seq


def merge_people(
    *, kept: int, merged: int, on: date, actor: Actor, scope: Scope, at: datetime, reason: str, take: Collection[str] = ()
) -> PersonMerge:
    """Make two dossiers one: every row of `merged` moves to `kept`, empty fields of `kept` are filled; kept for undo.

    `take` names the fields whose value is taken from `merged` (see merging.choosable). A person decides this; the
    program only proposes pairs.
    """
    if kept == merged:
        raise MergeRefused("Hai hồ sơ là một; hãy chọn hai hồ sơ khác nhau.")
    with act(actor=actor, action="dossier.merge", at=at, reason=reason) as log:
        first, second = (writable(pk, on, actor, scope) for pk in (kept, merged))
        refuse_both(old=second, new=first)
        before_first, before_second = values_of(first), values_of(second)
        rows = {
            model._meta.db_table: move_rows(model=model, ids=None, old=second, new=first, log=log)
            for model in tables_of_person()
        }
        taken = take_chosen(first, second, take)
        accounts = move_accounts(old=second, new=first, log=log)
        moved = {"rows": rows, "taken": taken, "filled": fill_empty(first, second), "accounts": accounts}
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
        first, second = writable(done.kept, on, actor, scope), Person.objects.get(pk=done.merged)
        before_first, before_second, before_merge = values_of(first), values_of(second), values_of(done)
        for model in tables_of_person():
            ids = done.moved["rows"].get(model._meta.db_table, [])
            move_rows(model=model, ids=ids, old=first, new=second, log=log)
        take_back(first, done.moved["filled"])
        give_back(first, done.moved.get("taken", {}))
        move_accounts(old=first, new=second, log=log, ids=done.moved["accounts"])
        second.merged_into, done.undone = None, True
        for row in (first, second, done):
            row.save()
        log.updated(before_first, first, person=first.pk)
        log.updated(before_second, second, person=second.pk)
        log.updated(before_merge, done, person=first.pk)
        writable(second.pk, on, actor, scope)
    return done


__all__ = [
    "RECORDS", "DecisionText", "MergeRefused", "StaleDossier", "ValueRefused", "add_record", "correct_record", "edit_person", "id_index",
    "merge_people", "unmerge_people",
]  # fmt: skip
