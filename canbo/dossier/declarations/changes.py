"""Writing rounds and declarations. Drafts are logged without the person: her dossier changes only when an item is accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from canbo.audit.changes import ActLog, act, values_of
from canbo.audit.queries import last_seq
from canbo.dossier.declarations.items import (
    NONE,
    NONES,
    PERSON,
    TABLES,
    Said,
    group_of_code,
    said_of,
    sealed_said,
    typed,
    typed_columns,
)
from canbo.dossier.declarations.queries import current_texts, is_open, own_round, round_run
from canbo.dossier.files import checked_media, keep
from canbo.dossier.models import Declaration, DeclarationItem, DeclarationRound, Person
from canbo.dossier.values import ValueRefused, check_values, put_values
from canbo.dossier.writing import RECORDS, record_of, require_group
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean

FILL = "declaration.fill"


class RoundRefused(Exception):
    """A round or a declaration that cannot be as asked; the text says what to do."""


@dataclass(frozen=True)
class Scan:
    """A file the person attaches to what she says."""

    filename: str
    content: bytes


# --- the unit opens and closes


def open_round(
    *, unit: int, name: str, document: str, opens_on: date, closes_on: date, items: Sequence[str], actor: Actor,
    scope: Scope, at: datetime,
) -> DeclarationRound:  # fmt: skip
    """Ask the people of a unit and of all below it for the ticked items."""
    if not scope.sees_unit(unit):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
    _check_round(name, opens_on, closes_on, items, scope)
    with act(actor=actor, action="declaration.run", at=at, reason=f"Mở đợt kê khai: {clean(name)}", document=document) as log:
        made = DeclarationRound.objects.create(
            unit_id=unit, name=clean(name)[:200], document=clean(document)[:200], opens_on=opens_on, closes_on=closes_on,
            items=list(items),
        )  # fmt: skip
        log.inserted(made)
    return made


def _check_round(name: str, opens_on: date, closes_on: date, items: Sequence[str], scope: Scope) -> None:
    if not clean(name):
        raise RoundRefused("Hãy đặt tên cho đợt kê khai.")
    if closes_on < opens_on:
        raise RoundRefused("Ngày hết hạn trước ngày mở; hãy xem lại hai ngày.")
    if not items:
        raise RoundRefused("Chưa chọn mục nào để khai; hãy đánh dấu ít nhất một mục.")
    for code in items:
        try:
            group = group_of_code(code)
        except KeyError:
            raise RoundRefused("Có mục không dùng để kê khai được; hãy tải lại trang rồi chọn lại.") from None
        require_group(group, scope)


def close_round(*, pk: int, actor: Actor, scope: Scope, at: datetime) -> DeclarationRound:
    """End the window early; what was sent can still be decided."""
    with act(actor=actor, action="declaration.run", at=at, reason="Đóng đợt kê khai trước hạn") as log:
        found = _kept_round(pk, actor, scope)
        before = values_of(found)
        found.closed = True
        found.save(update_fields=["closed"])
        log.updated(before, found)
    return found


def extend_round(*, pk: int, closes_on: date, actor: Actor, scope: Scope, at: datetime) -> DeclarationRound:
    """Move the last day; a round closed early opens again when the day is still to come."""
    with act(actor=actor, action="declaration.run", at=at, reason="Đổi ngày hết hạn đợt kê khai") as log:
        found = _kept_round(pk, actor, scope)
        if closes_on < found.opens_on:
            raise RoundRefused("Ngày hết hạn trước ngày mở; hãy xem lại.")
        before = values_of(found)
        found.closes_on, found.closed = closes_on, False
        found.save(update_fields=["closes_on", "closed"])
        log.updated(before, found)
    return found


def _kept_round(pk: int, actor: Actor, scope: Scope) -> DeclarationRound:
    found = round_run(pk=pk, actor=actor, scope=scope)
    if not scope.sees_unit(found.unit_id):
        raise Forbidden("Đợt kê khai này do cấp trên mở; chỉ cấp đó đóng hoặc đổi hạn được.")
    return found


# --- the person fills, sends, takes back


def say(
    *, of: int, table: str, values: Mapping[str, str], record: int | None = None, item: int | None = None,
    scan: Scan | None = None, on: date, actor: Actor, scope: Scope, at: datetime,
) -> list[DeclarationItem]:  # fmt: skip
    """Put what the person says into her draft: one item a field of hers, one a record. Nothing of the dossier changes.

    A field said as the dossier has it leaves the draft. ValueRefused as when the dossier is written; RoundRefused when
    the window is closed or the declaration was sent.
    """
    with act(actor=actor, action=FILL, may="dossier.read_own", at=at) as log:
        draft = _draft(of, on, actor, scope, log)
        sha256 = keep(content=scan.content, media_type=checked_media(filename=scan.filename, content=scan.content), at=at) if scan else ""
        filename = clean(scan.filename)[:200] if scan else ""
        if table == PERSON:
            said = [_say_field(draft, {n: v}, sha256, filename, scope, log) for n, v in values.items()]
            return [item for item in said if item is not None]
        return [_say_record(draft, table, values, record, item, sha256, filename, scope, log)]


def _say_field(
    draft: Declaration, value: Mapping[str, str], sha256: str, filename: str, scope: Scope, log: ActLog
) -> DeclarationItem | None:
    name = next(iter(value))
    _require_ticked(draft, f"{PERSON}.{name}", scope)
    person = draft.person
    put_values(row=person, values=typed(table=PERSON, values=value), key=person.key)
    check_values(row=person, names=value)
    kept = Person.objects.get(pk=person.pk)
    row = DeclarationItem(declaration=draft, table=PERSON, seen_seq=last_seq())
    found = next((i for i in _waiting(draft, PERSON) if name in said_of(i).values), row)
    seen = current_texts(row=row, said=Said(value, {}), person=kept, record=None)
    if seen == dict(value):
        _drop(found, log)
        return None
    return _put(found, Said(value, seen, filename), sha256, log)


def _say_record(
    draft: Declaration, table: str, values: Mapping[str, str], record: int | None, item: int | None, sha256: str,
    filename: str, scope: Scope, log: ActLog,
) -> DeclarationItem:  # fmt: skip
    _require_ticked(draft, table, scope)
    if set(values) - set(TABLES[table]):
        raise ValueError(f"{table} is not asked for {sorted(set(values) - set(TABLES[table]))}")
    kept = record_of(found=draft.person, table=table, row=record) if record is not None else None
    trial = RECORDS[table](person=draft.person) if kept is None else record_of(found=draft.person, table=table, row=kept.pk)
    put_values(row=trial, values=typed_columns(table=table, values=values), key=draft.person.key)
    check_values(row=trial, names=None if kept is None else values)
    row = DeclarationItem(declaration=draft, table=table, record_id=record, seen_seq=last_seq())
    mine = _waiting(draft, table)
    found = next((i for i in mine if i.pk == item or (record is not None and i.record_id == record)), row)
    seen = current_texts(row=row, said=Said(values, {}), person=draft.person, record=kept)
    return _put(found, Said(values, seen, filename), sha256, log)


def say_none(*, of: int, kind: str, on: date, actor: Actor, scope: Scope, at: datetime) -> DeclarationItem:
    """ "Không có": said of a table (or kind of qualification) that holds nothing; another answer than silence."""
    with act(actor=actor, action=FILL, may="dossier.read_own", at=at) as log:
        draft = _draft(of, on, actor, scope, log)
        table = next((table for table, kinds in NONES.items() if kind in kinds), "")
        if not table:
            raise RoundRefused("Mục này không có câu trả lời “Không có”.")
        _require_ticked(draft, table, scope)
        if _has_any(draft, table, kind):
            raise RoundRefused("Hồ sơ hoặc bản khai đang có mục này nên không thể trả lời “Không có”; hãy bỏ mục đã khai trước.")
        row = DeclarationItem(declaration=draft, table=NONE, seen_seq=last_seq())
        found = next((i for i in _waiting(draft, NONE) if said_of(i).values["kind"] == kind), row)
        return _put(found, Said({"kind": kind}, {}), "", log)


def _has_any(draft: Declaration, table: str, kind: str) -> bool:
    rows = RECORDS[table]._default_manager.filter(person=draft.person)
    one_kind = table in ("qualification", "distinction")
    if (rows.filter(kind=kind) if one_kind else rows).exists():
        return True
    return any(not one_kind or said_of(item).values.get("kind") == kind for item in _waiting(draft, table))


def unsay(*, of: int, item: int, on: date, actor: Actor, scope: Scope, at: datetime) -> None:
    """Take one item out of the draft."""
    with act(actor=actor, action=FILL, may="dossier.read_own", at=at) as log:
        draft = _draft(of, on, actor, scope, log)
        found = DeclarationItem.objects.filter(declaration=draft, pk=item, state="waiting").first()
        if found is None:
            raise RoundRefused("Mục này không còn trong bản khai; hãy tải lại trang.")
        _drop(found, log)


def _drop(item: DeclarationItem, log: ActLog) -> None:
    if item.pk:
        log.deleted(values_of(item), item)
        item.delete()


def send(*, of: int, on: date, actor: Actor, scope: Scope, at: datetime) -> Declaration:
    """Hand the draft to the unit. Without items it says: everything asked for stands rightly in the dossier."""
    with act(actor=actor, action=FILL, may="dossier.read_own", at=at, reason="Gửi bản kê khai") as log:
        draft = _draft(of, on, actor, scope, log)
        before = values_of(draft)
        draft.sent_at = at
        draft.save(update_fields=["sent_at"])
        log.updated(before, draft)
    return draft


def take_back(*, of: int, on: date, actor: Actor, scope: Scope, at: datetime) -> Declaration:
    """Open a sent declaration again: while nothing of it is decided, or to add to one decided wholly."""
    with act(actor=actor, action=FILL, may="dossier.read_own", at=at, reason="Lấy lại bản kê khai") as log:
        found = _open_declaration(of, on, actor, scope)
        if found is None or found.sent_at is None:
            raise RoundRefused("Bản kê khai chưa gửi nên không cần lấy lại.")
        states = set(found.items.values_list("state", flat=True))
        if "waiting" in states and len(states) > 1:
            raise RoundRefused("Đơn vị đã xét một phần bản kê khai; hãy chờ xét xong rồi khai bổ sung.")
        before = values_of(found)
        found.sent_at = None
        found.save(update_fields=["sent_at"])
        log.updated(before, found)
    return found


def _draft(of: int, on: date, actor: Actor, scope: Scope, log: ActLog) -> Declaration:
    """The person's draft in this round, made when there is none."""
    found = _open_declaration(of, on, actor, scope)
    if found is None:
        person = Person.objects.get(pk=scope.own_person or 0)
        found = Declaration.objects.create(round=DeclarationRound.objects.get(pk=of), person=person)
        log.inserted(found)
    if found.sent_at is not None:
        raise RoundRefused("Bản kê khai đã gửi; muốn sửa thì hãy lấy lại trước.")
    return found


def _open_declaration(of: int, on: date, actor: Actor, scope: Scope) -> Declaration | None:
    asked = own_round(pk=of, on=on, actor=actor, scope=scope)
    if not is_open(asked, on):
        raise RoundRefused(f"Đợt kê khai “{asked.name}” không mở trong hôm nay nên không ghi được nữa; hãy liên hệ đơn vị.")
    return Declaration.objects.select_related("round", "person").filter(round=asked, person=scope.own_person).first()


def _require_ticked(draft: Declaration, code: str, scope: Scope) -> None:
    if code not in draft.round.items:
        raise RoundRefused("Mục này không được hỏi trong đợt kê khai này; hãy tải lại trang.")
    require_group(group_of_code(code), scope)


def _waiting(draft: Declaration, table: str) -> list[DeclarationItem]:
    return list(DeclarationItem.objects.filter(declaration=draft, table=table, state="waiting").order_by("pk"))


def _put(item: DeclarationItem, said: Said, sha256: str, log: ActLog) -> DeclarationItem:
    """Keep what was said; a scan sent earlier stays unless another comes."""
    before = values_of(item) if item.pk else None
    if before and not sha256:
        said = Said(said.values, said.seen, said_of(item).filename)
    item.attachment_sha256 = sha256 or item.attachment_sha256
    item.values_sealed, item.seen_seq = sealed_said(said, key=item.key), last_seq()
    item.save()
    log.inserted(item) if before is None else log.updated(before, item)
    return item


__all__ = [
    "RoundRefused", "Scan", "ValueRefused", "close_round", "extend_round", "open_round", "say", "say_none", "send",
    "take_back", "unsay",
]  # fmt: skip
