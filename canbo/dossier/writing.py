"""The rows of one dossier, written inside an act that is already open: shared by single corrections and by declarations."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Model

from canbo.audit.changes import ActLog, keyring, values_of
from canbo.audit.queries import touched_since
from canbo.dossier.claims import CLAIMS, claimed_value
from canbo.dossier.models import Decision, Person
from canbo.dossier.papers.effects import PaperRefused, decision_of_issued, refuse_before_paper
from canbo.dossier.places import native_columns
from canbo.dossier.queries import NotVisible
from canbo.dossier.queries import person as visible_person
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS, group_of_row
from canbo.dossier.sensitive import closed_tables
from canbo.dossier.stale import stale_dossier
from canbo.dossier.values import ValueRefused, check_values, put_values
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import PartialDate

RECORDS: dict[str, type[Model]] = {s.model._meta.db_table: s.model for s in RECORD_SECTIONS}
_NO_RECORD = "Không tìm thấy mục này trong hồ sơ; hãy tải lại trang."


_OWN_DAYS = ("start", "obtained", "on", "decided_on", "certified_on", "declared_on", "issued_on")


@dataclass(frozen=True)
class DecisionText:
    """A decision as somebody types it beside a record."""

    number: str = ""
    issued_on: PartialDate | None = None
    issuer: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.number or self.issued_on or self.issuer)


class MergeRefused(Exception):
    """Two dossiers that cannot be made one, or one that cannot be parted or edited; the text says why."""


def writable(pk: int, on: date, actor: Actor, scope: Scope) -> Person:
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


def refuse_stale(person: int, seen_seq: int, actor: Actor, scope: Scope) -> None:
    """StaleDossier when somebody changed the dossier after the act last seen."""
    if touched_since(people=[person], seq=seen_seq, actor=actor, scope=scope):
        raise stale_dossier(person=person, seen_seq=seen_seq, scope=scope)


def require_group(group: str | None, scope: Scope) -> None:
    if group is None or not scope.sees_group(group):
        raise Forbidden("Bạn chưa được giao quyền sửa nhóm thông tin này.")


def require_fields(values: Mapping[str, Any], scope: Scope) -> None:
    for name in values:
        require_group(PERSON_FIELD_GROUP.get(name), scope)


def model_of_record(table: str) -> type[Model]:
    if table not in RECORDS:
        raise ValueRefused(_NO_RECORD)
    return RECORDS[table]


def write_person(*, log: ActLog, found: Person, values: Mapping[str, Any], on: date) -> None:
    """Put the values, check them, keep what is computed from them (blind index, place codes) in step."""
    before = values_of(found)
    put_values(row=found, values=values, key=found.key)
    check_values(row=found, names=values)
    if "personal_id_sealed" in values:
        found.personal_id_index = id_index(str(values["personal_id_sealed"] or "").strip())
    if "party_status" in values:
        # A status without a date is known from the day it was said, as in a list.
        found.party_known_from = on if found.party_status else None
    if "native_place" in values:
        for column, code in native_columns(found.native_place, on=on).items():
            setattr(found, column, code)
    found.save()
    log.updated(before, found, person=found.pk)


def write_new_record(
    *, log: ActLog, found: Person, table: str, values: Mapping[str, Any], on: date, scope: Scope,
    decision: DecisionText | None = None,
) -> Model:  # fmt: skip
    """Open a record; one without a date of its own is known from `on`, the day it was written down."""
    row: Any = model_of_record(table)(person=found)
    refuse_closed(found.pk, table, on)
    if table in CLAIMS:
        values = {**values, "value": claimed_value(field=str(values.get("field", "")), text=str(values.get("value", "")))}
    values = {**values, **decision_values(log=log, found=found, text=decision, scope=scope)}
    put_values(row=row, values=values, key=found.key)
    require_group(group_of_row(table, values), scope)
    if row.known_from is None and not has_own_day(row):
        row.known_from = on
    check_values(row=row)
    _refuse_early(row)
    row.save(force_insert=True)
    log.inserted(row, person=found.pk)
    return row


def record_of(*, found: Person, table: str, row: int) -> Model:
    record = model_of_record(table)._default_manager.filter(pk=row, person=found).first()
    if record is None:
        raise ValueRefused(_NO_RECORD)
    return record


def write_record(
    *, log: ActLog, found: Person, record: Model, values: Mapping[str, Any], scope: Scope, decision: DecisionText | None = None
) -> None:
    """Correct a record; both what it was and what it becomes must be of groups the writer sees."""
    before = values_of(record)
    require_record(record=record, values=values, scope=scope)
    values = {**values, **decision_values(log=log, found=found, text=decision, scope=scope)}
    put_values(row=record, values=values, key=found.key)
    check_values(row=record, names=values)
    if {"start", "decision"} & values.keys():
        _refuse_early(record)
    record.save()
    log.updated(before, record, person=found.pk)


def require_record(*, record: Model, values: Mapping[str, Any], scope: Scope) -> None:
    before = values_of(record)
    for state in (before, {**before, **values}):
        require_group(group_of_row(record._meta.db_table, state), scope)


def refuse_closed(person: int, table: str, on: date) -> None:
    if table in closed_tables(person=person, on=on):
        raise ValueRefused("Cơ quan chưa cho phép giữ mục lịch sử chính trị trong hồ sơ; xem Quản trị – Mục nhạy cảm.")


def has_own_day(row: Model) -> bool:
    """Whether the record says itself when it began or happened."""
    return any(getattr(row, name, None) is not None for name in _OWN_DAYS)


def _refuse_early(row: Model) -> None:
    try:
        refuse_before_paper(row)
    except PaperRefused as error:
        raise ValueRefused(str(error)) from None


def decision_values(*, log: ActLog, found: Person, text: DecisionText | None, scope: Scope) -> dict[str, Any]:
    """{"decision": the paper so named – the program's own first –, written down now if nobody did before}; {} when nothing was said."""
    if text is None:
        return {}
    if text.is_empty:
        return {"decision": None}
    named: dict[str, Any] = {"number": text.number, "issued_on": text.issued_on, "issuer": text.issuer}
    known = decision_of_issued(**named, scope=scope) or Decision.objects.filter(**named).order_by("pk").first()
    if known is None:
        known = Decision.objects.create(**named)
        log.inserted(known, person=found.pk)
    return {"decision": known}


def id_index(personal_id: str) -> str:
    """The blind index under which a personal ID is found; empty for none."""
    return keyring().blind_index(personal_id, purpose="personal_id") if personal_id else ""
