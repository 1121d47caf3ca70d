"""The only writer of the log. One write = one transaction = one act."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from canbo.audit import anchor
from canbo.audit.chain import RowChange, digest_of, hash_of, seal_changes
from canbo.audit.head import lock_head
from canbo.audit.models import Act, Change, Head, Read
from canbo.kernel.actors import Actor, Forbidden
from canbo.sealing.keyring import Keyring

BATCH = 2000


@dataclass
class ActLog:
    """Collects the row changes of one act while its transaction is open; `seq` is set when the act is written."""

    changes: list[RowChange] = field(default_factory=list)
    seq: int | None = None

    def inserted(self, row: Model, *, person: int | None = None) -> None:
        self.changes.append(RowChange(row._meta.db_table, row.pk, None, values_of(row), person))

    def updated(self, before: dict[str, Any], row: Model, *, person: int | None = None) -> None:
        after = values_of(row)
        old = {name: value for name, value in before.items() if after.get(name) != value}
        new = {name: value for name, value in after.items() if before.get(name) != value}
        if old or new:
            self.changes.append(RowChange(row._meta.db_table, row.pk, old, new, person))

    def deleted(self, before: dict[str, Any], row: Model, *, person: int | None = None) -> None:
        self.changes.append(RowChange(row._meta.db_table, row.pk, before, None, person))


@contextmanager
def act(
    *, actor: Actor, action: str, at: datetime, reason: str = "", document: str = "", may: str | None = None
) -> Iterator[ActLog]:
    """Check the permission once, open a transaction, let the caller write, then append the act.

    The head is locked first: what the caller checks inside (nobody changed this dossier, this code is free) still
    holds when it is written. `may` is the permission asked (default: `action`); Forbidden when the actor lacks it.
    Nothing changed = no act.
    """
    require(actor, may or action)
    log = ActLog()
    with transaction.atomic():
        lock_head()
        yield log
        if log.changes:
            rows = seal_changes(log.changes, keyring())
            log.seq = append(rows, actor=actor, action=action, at=at, reason=reason, document=document)


def require(actor: Actor, action: str) -> None:
    if not actor.may(action):
        raise Forbidden("Tài khoản của bạn chưa được giao quyền làm việc này; hãy liên hệ người quản trị.")


def append(rows: list[Change], *, actor: Actor, action: str, at: datetime, reason: str = "", document: str = "") -> int:
    """Append one act covering `rows`, last in a transaction that began with `lock_head`; returns its seq."""
    if at.tzinfo is None:
        raise ValueError("the moment of an act needs its time zone, else two databases hash it differently")
    head = lock_head()
    entry = Act(
        seq=head.seq + 1, at=at, user=actor.user, role=actor.role, unit=actor.unit, action=action,
        reason=reason[:500], document=document[:200], changes=len(rows),
        digest=digest_of(row.digest for row in rows), previous=head.hash,
    )  # fmt: skip
    entry.hash = hash_of(entry)
    for row in rows:
        row.act = entry.seq
    entry.save(force_insert=True)
    Change.objects.bulk_create(rows, batch_size=BATCH)
    Head.objects.filter(pk=head.pk).update(seq=entry.seq, hash=entry.hash)
    transaction.on_commit(lambda: anchor.write(entry.seq, entry.hash, entry.at))
    return entry.seq


def record_read(
    *, actor: Actor, what: str, at: datetime, person: int | None = None, count: int = 1, detail: str = ""
) -> None:
    """One line in the read log: a dossier opened, a list exported."""
    Read.objects.create(at=at, user=actor.user, what=what, person=person, count=count, detail=detail[:500])


def values_of(row: Model) -> dict[str, Any]:
    """A row as the log keeps it: column → stored value, without the empty ones."""
    values = {f.attname: f.get_prep_value(getattr(row, f.attname)) for f in row._meta.concrete_fields}
    return {name: value for name, value in values.items() if value not in (None, "") and name != "id"}


def keyring() -> Keyring:
    return Keyring(settings.SEALING_KEY)
