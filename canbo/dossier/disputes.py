"""Another source says differently: recorded beside the dossier, open until somebody certifies one value from paper."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from canbo.audit.changes import ActLog, act, values_of
from canbo.dossier.claims import claimed_value, shown_claim
from canbo.dossier.models import CertifiedValue, DisputedValue, Person
from canbo.dossier.queries import shown_value
from canbo.dossier.sections import PERSON_FIELD_GROUP
from canbo.dossier.values import ValueRefused, check_values, label_of, put_values
from canbo.dossier.writing import refuse_stale, require_group, writable
from canbo.kernel.actors import Actor, Scope


@dataclass(frozen=True)
class Dispute:
    """One open dispute as shown: what the dossier says, what the other source says, and who that is."""

    pk: int
    person: int
    field: str
    label: str
    ours: str
    theirs: str
    said_by: str
    since: date | None


def record_dispute(
    *, person: int, field: str, value: str, said_by: str, on: date, actor: Actor, scope: Scope, at: datetime,
    reason: str = "", source: int | None = None,
) -> DisputedValue:  # fmt: skip
    """Note that `said_by` gives another value for a field; refused when it says the same, or this stands already.

    `value` is written as people write it (12/5/1968, Tày). From then on no rule reads the field as if it were certain.
    """
    with act(actor=actor, action="dossier.write", at=at, reason=reason, document=said_by[:200]) as log:
        found = writable(person, on, actor, scope)
        require_group(PERSON_FIELD_GROUP.get(field), scope)
        return put_dispute(log=log, found=found, field=field, value=value, said_by=said_by, on=on, source=source)


def put_dispute(
    *, log: ActLog, found: Person, field: str, value: str, said_by: str, on: date, source: int | None = None
) -> DisputedValue:
    """The same within an act that is already open: an import records what its list says differently."""
    stored = claimed_value(field=field, text=value)
    if not said_by.strip():
        raise ValueRefused("Hãy ghi nguồn nói khác: tên giấy tờ, danh sách hoặc cơ quan.")
    if stored == typed_value(found, field):
        raise ValueRefused("Nguồn này nói giống hồ sơ, không có mâu thuẫn để ghi.")
    if DisputedValue.objects.filter(person=found, field=field, value=stored, settled_on=None).exists():
        raise ValueRefused("Mâu thuẫn này đã được ghi và đang chờ xác minh.")
    row = DisputedValue(person=found, source_id=source, known_from=on)
    put_values(row=row, values={"field": field, "value": stored, "said_by": said_by}, key=found.key)
    check_values(row=row)
    row.save(force_insert=True)
    log.inserted(row, person=found.pk)
    return row


def settle(*, log: ActLog, found: Person, field: str, by: str, on: date) -> int:
    """Close the open disputes over a field within the act that certifies it; returns how many."""
    rows = list(DisputedValue.objects.filter(person=found, field=field, settled_on=None))
    for row in rows:
        before = values_of(row)
        row.settled_on, row.settled_by = on, by[:300]
        row.save()
        log.updated(before, row, person=found.pk)
    return len(rows)


def withdraw_dispute(
    *, person: int, dispute: int, seen_seq: int, on: date, actor: Actor, scope: Scope, at: datetime, reason: str
) -> int | None:
    """Close one dispute because the other source was wrong, naming why; the dossier stands as typed."""
    if not reason.strip():
        raise ValueRefused("Hãy ghi vì sao bỏ mâu thuẫn này.")
    with act(actor=actor, action="dossier.write", at=at, reason=reason) as log:
        found = writable(person, on, actor, scope)
        row = DisputedValue.objects.filter(pk=dispute, person=found, settled_on=None).first()
        if row is None:
            raise ValueRefused("Mâu thuẫn này không còn chờ xác minh; hãy tải lại trang.")
        require_group(PERSON_FIELD_GROUP.get(row.field), scope)
        refuse_stale(person, seen_seq, actor, scope)
        before = values_of(row)
        row.settled_on, row.settled_by = on, f"Bỏ: {reason}"[:300]
        row.save()
        log.updated(before, row, person=person)
    return log.seq


def open_disputes(*, of: Person, actor: Actor, scope: Scope) -> list[Dispute]:
    """Open disputes over fields the reader sees."""
    return shown_disputes(_open(scope).filter(person=of))


def disputes_among(*, people: set[int], actor: Actor, scope: Scope) -> list[Dispute]:
    """Open disputes of these people, whom the reader found within her scope."""
    return [dispute for dispute in shown_disputes(_open(scope)) if dispute.person in people]


def birth_of(*, of: Person, actor: Actor, scope: Scope) -> tuple[str, bool]:
    """The birth date that counts – certified before typed – as people read it, and whether another source disputes it."""
    if not scope.sees_group("basic"):
        return "", False
    certified = CertifiedValue.objects.filter(person=of, field="birth").order_by("-pk").values_list("value", flat=True).first()
    disputed = DisputedValue.objects.filter(person=of, field="birth", settled_on=None).exists()
    return _ours(of, "birth", certified), disputed


def disputed_people(*, actor: Actor, scope: Scope) -> dict[int, int]:
    """Person → open disputes over fields the reader sees, wherever the person serves; the caller cuts by unit."""
    found = _open(scope).order_by().values_list("person").annotate(Count("pk"))
    return dict(found)


def _open(scope: Scope) -> QuerySet[Any]:
    seen = [name for name, group in PERSON_FIELD_GROUP.items() if scope.sees_group(group)]
    return DisputedValue.objects.filter(settled_on=None, field__in=seen).select_related("person").order_by("pk")


def shown_disputes(rows: QuerySet[Any]) -> list[Dispute]:
    """With what counts today beside them: the certified value, else the typed one. Two queries."""
    found = list(rows)
    people = {row.person_id for row in found}
    certified = {
        (row.person_id, row.field): row.value for row in CertifiedValue.objects.filter(person__in=people).order_by("pk")
    }
    return [
        Dispute(
            row.pk, row.person_id, row.field, label_of(Person, row.field),
            _ours(row.person, row.field, certified.get((row.person_id, row.field))),
            shown_claim(field=row.field, value=row.value), row.said_by, row.known_from,
        )
        for row in found
    ]  # fmt: skip


def _ours(of: Person, field: str, certified: str | None) -> str:
    if certified is not None:
        return shown_claim(field=field, value=certified)
    return shown_value(of, field, Person._meta.db_table, of.key)


def typed_value(of: Person, field: str) -> str:
    """The field as stored, as text."""
    value = getattr(of, field)
    return "" if value is None else str(value)


__all__ = [
    "Dispute", "birth_of", "disputed_people", "disputes_among", "open_disputes", "put_dispute", "record_dispute", "settle", "typed_value",
    "withdraw_dispute",
]  # fmt: skip
