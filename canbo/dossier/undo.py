"""Undo of the last act on a dossier: a new act that puts back the values before, where the law of history allows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, ProtectedError

from canbo.audit.chain import open_change
from canbo.audit.changes import ActLog, act, keyring, values_of
from canbo.audit.models import Act, Change
from canbo.dossier.models import Attachment, Decision, Paper, Person
from canbo.dossier.sections import PERSON_FIELD_GROUP, group_of_row
from canbo.dossier.stale import stale_dossier
from canbo.dossier.writing import RECORDS, require_group, writable
from canbo.kernel.actors import Actor, Forbidden, Scope

ACTION = "dossier.undo"
_DONE = f"{ACTION}:"
# What the program writes by itself beside a field the editor sees.
_FOLLOWING = {"personal_id_index", "native_province", "native_district", "native_commune", "native_map", "party_known_from"}
_MODELS: dict[str, type[Model]] = {
    **RECORDS, **{model._meta.db_table: model for model in (Person, Decision, Attachment)}
}  # fmt: skip
Row = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]


class UndoRefused(Exception):
    """The last act cannot be undone; the text says why and what to do instead."""


@dataclass(frozen=True)
class Last:
    """The last act on a dossier; `refused` says why it cannot be undone, "" when it can."""

    seq: int
    at: datetime
    refused: str


def undone_by(action: str) -> int | None:
    """The act an undo put back, read from its name."""
    return int(action.removeprefix(_DONE)) if action.startswith(_DONE) else None


def last_act(*, of: Person, actor: Actor, scope: Scope) -> Last | None:
    """The last act on this dossier, and whether it can be undone by this actor; None when nothing was written yet."""
    found = _last(of.pk)
    if found is None:
        return None
    return Last(found.seq, found.at, _refusal(found, _rows(found, of.pk), of, scope))


def undo_last(*, person: int, seq: int, on: date, actor: Actor, scope: Scope, at: datetime, reason: str) -> int | None:
    """Put back what stood before act `seq`, the last on this dossier; the new act names it.

    StaleDossier when another act came after it, UndoRefused when the law of history does not allow it.
    """
    with act(actor=actor, action=f"{_DONE}{seq}", at=at, reason=reason, may="dossier.write") as log:
        found = writable(person, on, actor, scope)
        last = _last(person)
        if last is None:
            raise UndoRefused("Hồ sơ này chưa có thay đổi nào để hoàn tác.")
        if last.seq != seq:
            raise stale_dossier(person=person, seen_seq=seq, scope=scope)
        rows = _rows(last, person)
        if told := _refusal(last, rows, found, scope):
            raise UndoRefused(told)
        for row in reversed(rows):
            _put_back(row, found, log)
    return log.seq


def _last(person: int) -> Act | None:
    seq = Change.objects.filter(person=person).order_by("-act").values_list("act", flat=True).first()
    return Act.objects.filter(seq=seq).first() if seq is not None else None


def _rows(of: Act, person: int) -> list[Row]:
    change = Change.objects.get(act=of.seq, person=person)
    return [(table, row, before, after) for table, row, before, after in open_change(change, keyring())]


def _refusal(last: Act, rows: list[Row], of: Person, scope: Scope) -> str:
    """Why the law of history does not allow it, in one sentence."""
    if last.action != "dossier.write" and undone_by(last.action) is None:
        return "Việc gần nhất không phải là sửa hồ sơ này (nhập danh sách, nhập hai hồ sơ, kê khai …); hãy hoàn tác ở nơi đã làm."
    if Change.objects.filter(act=last.seq).exclude(person=of.pk).exists():
        return "Việc gần nhất ghi nhiều hồ sơ cùng lúc nên không hoàn tác riêng ở đây; hãy sửa lại mục cần sửa."
    if any(table == Person._meta.db_table and before is None for table, _, before, _ in rows):
        return "Việc gần nhất là lập hồ sơ nên không hoàn tác được; hồ sơ lập nhầm thì nhập vào hồ sơ đúng."
    if any(table not in _MODELS for table, *_ in rows):
        return "Việc gần nhất có phần không thuộc hồ sơ này; hãy sửa lại mục cần sửa."
    if not _sees_all(rows, scope):
        return "Việc gần nhất có phần bạn chưa được giao quyền xem; hãy nhờ người giữ đủ quyền hoàn tác."
    if Paper.objects.filter(state="issued", decision__in=_decisions(rows)).exists():
        return "Việc này dựa trên văn bản đã ban hành nên không hoàn tác được; hãy ban hành văn bản thay thế."
    return ""


def _sees_all(rows: list[Row], scope: Scope) -> bool:
    try:
        for table, _, before, after in rows:
            for values in filter(None, (before, after)):
                _require(table, values, scope)
    except Forbidden:
        return False
    return True


def _require(table: str, values: dict[str, Any], scope: Scope) -> None:
    if table == Person._meta.db_table:
        for name in values.keys() - _FOLLOWING:
            require_group("basic" if name == "photo_sha256" else PERSON_FIELD_GROUP.get(name), scope)
    elif table in RECORDS:
        require_group(group_of_row(table, values), scope)


def _decisions(rows: list[Row]) -> set[int]:
    """Decisions these rows rest on, before or after; those the act itself wrote down included."""
    named = {values["decision_id"] for _, _, *both in rows for values in both if values and values.get("decision_id")}
    return named | {row for table, row, *_ in rows if table == Decision._meta.db_table}


def _put_back(row: Row, found: Person, log: ActLog) -> None:
    table, pk, before, after = row
    model = _MODELS[table]
    if before is None:
        _take_out(model, pk, found, log)
    elif after is None:
        log.inserted(_restored(model(pk=pk), before), person=found.pk)
    else:
        standing = model._default_manager.get(pk=pk)
        was = values_of(standing)
        _restored(standing, {**dict.fromkeys(after), **before})
        log.updated(was, standing, person=found.pk)


def _take_out(model: type[Model], pk: int, found: Person, log: ActLog) -> None:
    """What the act added goes; a decision that others rest on by now stays."""
    standing = model._default_manager.filter(pk=pk).first()
    if standing is None:
        return
    was = values_of(standing)
    try:
        standing.delete()
    except ProtectedError:
        if model is Decision:
            return
        raise UndoRefused("Mục này đã được dùng ở nơi khác nên không hoàn tác được; hãy sửa lại mục cần sửa.") from None
    standing.pk = pk
    log.deleted(was, standing, person=found.pk)


def _restored(row: Model, values: dict[str, Any]) -> Model:
    """The row with these stored values, as the log keeps them; None empties a column."""
    for name, value in values.items():
        field = _field(row, name)
        empty = None if field.null else ""
        setattr(row, field.attname, empty if value is None else field.to_python(value))
    row.save()
    return row


def _field(row: Model, attname: str) -> Any:
    fields: Iterable[Any] = row._meta.concrete_fields
    return next(field for field in fields if field.attname == attname)


__all__ = ["ACTION", "Last", "UndoRefused", "last_act", "undo_last", "undone_by"]
