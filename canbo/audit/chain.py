"""The hash chain: what an act's hash covers, and the check that nothing was altered or cut off."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from canbo.audit.models import Act, Change
from canbo.sealing.keyring import Keyring

GENESIS = "0" * 64
_SECRETS = {"password": "•"}  # a password's hash is no business of a log that nobody can erase


@dataclass(frozen=True)
class RowChange:
    """One row before and after; None before = inserted, None after = deleted. `person` is whose dossier it is."""

    table: str
    row: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    person: int | None = None


def seal_changes(changes: Iterable[RowChange], keyring: Keyring) -> list[Change]:
    """Change rows, one for each person (or, without person, each table), sealed and digested. Done before any lock."""
    grouped: dict[tuple[int | None, str], list[list[Any]]] = {}
    for change in changes:
        key = (change.person, "" if change.person is not None else change.table)
        grouped.setdefault(key, []).append([change.table, change.row, _shown(change.before), _shown(change.after)])
    return [_sealed(person, table, rows, keyring) for (person, table), rows in grouped.items()]


def _shown(values: dict[str, Any] | None) -> dict[str, Any] | None:
    return values and {name: _SECRETS.get(name, value) for name, value in values.items()}


def _sealed(person: int | None, table: str, rows: list[list[Any]], keyring: Keyring) -> Change:
    plain = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=str).encode()
    body = keyring.seal_bytes(plain, place=change_place(person, table))
    return Change(person=person, table=table, body=body, digest=body_digest(person, table, body))


def change_place(person: int | None, table: str) -> str:
    """Where a sealed body belongs: moved to another person's row it does not open."""
    return f"change:{person if person is not None else table}"


def open_change(change: Change, keyring: Keyring) -> list[list[Any]]:
    """`[table, row id, before, after]` lists of one change row."""
    plain = keyring.open_bytes(bytes(change.body), place=change_place(change.person, change.table))
    rows: list[list[Any]] = json.loads(plain)
    return rows


def body_digest(person: int | None, table: str, body: bytes) -> str:
    """What an act's hash covers of one change row: whose it is, and every byte of its body."""
    return hashlib.sha256(json.dumps([person, table], default=repr).encode() + body).hexdigest()


def digest_of(digests: Iterable[str]) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def hash_of(act: Act) -> str:
    parts = (act.seq, stamp(act.at), act.user, act.role, act.unit, act.action, act.reason, act.document)
    return hash_of_parts(*parts, act.changes, act.digest, act.previous)


def hash_of_parts(*parts: Any) -> str:
    """The columns of an act in their order, the moment as `stamp` writes it."""
    return hashlib.sha256(json.dumps(parts, default=repr).encode()).hexdigest()


def stamp(at: datetime) -> str:
    """The moment as hashed: UTC, microseconds, so that both databases give it back alike."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
