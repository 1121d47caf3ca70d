"""What happened to one dossier, act by act, as people read it: who, when, why, which field from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model

from canbo.access.policy import ACTIONS, ROLES
from canbo.audit.chain import open_change
from canbo.audit.changes import keyring
from canbo.audit.models import Act, Change
from canbo.audit.queries import changes_of
from canbo.dossier.attachments import group_of
from canbo.dossier.changes import RECORDS
from canbo.dossier.claims import CLAIMS, shown_claim
from canbo.dossier.labels import label_of_code
from canbo.dossier.models import Attachment, Person
from canbo.dossier.queries import SEAL_BROKEN
from canbo.dossier.sections import PERSON_FIELD_GROUP, RECORD_SECTIONS, group_of_row, sealed_place
from canbo.dossier.undo import undone_by
from canbo.kernel.dates import PartialDate
from canbo.organization.fields import PartialDateField
from canbo.sealing.keyring import SealBroken
from canbo.web.desk import Desk
from canbo.web.queries import account_names

LAST_ACTS = 20
_SECTION = {s.model._meta.db_table: s for s in RECORD_SECTIONS}
_QUIET = {"id", "key", "person_id", "source_id", "known_from", "personal_id_index", "since_list", "native_map"} | {
    "standard", "criterion", "purpose"
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One value changed; `old` empty = added."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Event:
    """One act on this dossier."""

    at: datetime
    who: str
    role: str
    what: str
    reason: str
    document: str
    lines: tuple[Line, ...]
    seq: int = 0
    undoes: int | None = None
    undone: bool = False


def history_of(*, person: Person, desk: Desk, since: int = 0) -> list[Event]:
    """Acts after `since`, newest first, only values of the groups the reader sees."""
    changes = list(changes_of(person=person.pk, actor=desk.actor, scope=desk.scope).filter(act__gt=since)[:LAST_ACTS])
    acts = {act.seq: act for act in Act.objects.filter(seq__in=[change.act for change in changes])}
    names = account_names(ids=[act.user for act in acts.values()], actor=desk.actor, scope=desk.scope)
    events = [_event(acts[change.act], change, names, person, desk) for change in changes if change.act in acts]
    undone = {event.undoes for event in events}
    return [replace(event, undone=event.seq in undone) for event in events]


def _event(act: Act, change: Change, names: dict[int, str], person: Person, desk: Desk) -> Event:
    rows = open_change(change, keyring())
    lines = [line for table, _, before, after in rows for line in _lines(table, before, after, person, desk)]
    role = ROLES[act.role].label if act.role in ROLES else ""
    return Event(
        act.at, names.get(act.user, f"Tài khoản số {act.user}"), role, _doing(act.action),
        act.reason, act.document, tuple(lines), act.seq, undone_by(act.action),
    )  # fmt: skip


def _doing(action: str) -> str:
    return "hoàn tác" if undone_by(action) is not None else ACTIONS.get(action, action)


def _lines(
    table: str, before: dict[str, Any] | None, after: dict[str, Any] | None, person: Person, desk: Desk
) -> Iterable[Line]:
    if table == Person._meta.db_table:
        yield from _person_lines(before or {}, after or {}, person, desk)
    elif table in _SECTION and all(desk.scope.sees_group(group_of_row(table, v)) for v in (before, after) if v):
        shown = [_record_text(table, values, person) for values in (before, after)]
        if any(shown):
            yield Line(_SECTION[table].title, *shown)
    elif table == Attachment._meta.db_table:
        names = [str((values or {}).get("filename", "")) for values in (before, after)]
        kept = Attachment(person=person, record_table=str((before or after or {}).get("record_table", "")))
        kept.record_id = (before or after or {}).get("record_id")
        if desk.scope.sees_group(group_of(kept)):
            yield Line("Tệp đính kèm", names[0], names[1] or "(đã gỡ)")


def _person_lines(before: dict[str, Any], after: dict[str, Any], person: Person, desk: Desk) -> Iterable[Line]:
    for column in dict.fromkeys([*before, *after]):
        if column == "photo_sha256" and desk.scope.sees_group("basic"):
            yield Line("Ảnh", *("có ảnh" if values.get(column) else "" for values in (before, after)))
        group = PERSON_FIELD_GROUP.get(column)
        if group is None or not desk.scope.sees_group(group):
            continue
        table = Person._meta.db_table
        old, new = (_text(Person, table, column, values.get(column), person) for values in (before, after))
        yield Line(_label(Person, column), old, new)


def _record_text(table: str, values: dict[str, Any] | None, person: Person) -> str:
    model = RECORDS[table]
    if table in CLAIMS and values:
        field = str(values.get("field", ""))
        values = {**values, "field": label_of_field(field), "value": shown_claim(field=field, value=str(values.get("value", "")))}
    kind = str((values or {}).get("kind", ""))
    shown = [
        _text(model, table, column, value, person, kind)
        for column, value in (values or {}).items()
        if column not in _QUIET and not column.endswith("_id")
    ]
    return "; ".join(text for text in shown if text)


def label_of_field(name: str) -> str:
    return _label(Person, name) if name in PERSON_FIELD_GROUP else name


def _text(model: type[Model], table: str, column: str, raw: Any, person: Person, kind: str = "") -> str:
    """A stored value as read."""
    if raw in (None, ""):
        return ""
    of = model._meta.get_field(column)
    if column.endswith("_sealed"):
        return _opened(table, column, str(raw), person)
    if isinstance(of, PartialDateField):
        return PartialDate.from_iso(str(raw)).display
    choices = dict(getattr(of, "flatchoices", ()) or ())
    return str(choices.get(raw) or label_of_code(table=table, column=column, code=str(raw), kind=kind))


def _opened(table: str, column: str, raw: str, person: Person) -> str:
    try:
        opened = keyring().open(raw, place=sealed_place(table, column, person.key))
    except SealBroken:
        return SEAL_BROKEN
    return label_of_code(table=table, column=column, code=opened)


def _label(model: type[Model], column: str) -> str:
    label = str(getattr(model._meta.get_field(column), "verbose_name", column))
    return label[:1].upper() + label[1:]
