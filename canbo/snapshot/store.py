"""Loading the snapshot, and patching it with what acts changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from canbo.audit.chain import open_change
from canbo.audit.models import Change
from canbo.audit.queries import last_seq
from canbo.facts.catalogue import Words, facts_in
from canbo.facts.tables import SCHEMA, Tables, complete
from canbo.sealing.keyring import Keyring
from canbo.snapshot.fetch import fetch, fetch_all, fetch_people
from canbo.snapshot.frames import Frames, frames_of

MANY = 0.25  # share of all people from which loading anew is quicker than patching
_READABLE = 300  # change rows opened to learn which tables they touched
_CHUNKS = 16


@dataclass(frozen=True)
class Snapshot:
    """The tables as of act `seq`, what was already built from them, and `raw`, the tables as the database has them."""

    seq: int
    raw: Mapping[str, pl.DataFrame]
    tables: Tables
    frames: Frames
    words: dict[Any, Words] = field(default_factory=dict, compare=False, repr=False)
    people: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # of one person, lately asked: see persons

    @cached_property
    def units(self) -> Mapping[int, tuple[int | None, str]]:
        """unit → the one above it, and its own code."""
        units = self.tables.frames["unit"]
        return dict(zip(units["id"].to_list(), zip(units["parent"].to_list(), units["code"].to_list())))


@dataclass(frozen=True)
class Changes:
    """What acts changed: people, and tables of which rows belong to nobody. `touched` = their tables, None = any."""

    people: tuple[int, ...]
    tables: frozenset[str]
    touched: frozenset[str] | None


def snapshot_of(seq: int, raw: Mapping[str, pl.DataFrame]) -> Snapshot:
    tables = complete(raw)
    return Snapshot(seq, raw, tables, frames_of(tables))


def load(keyring: Keyring) -> Snapshot:
    """Everything from the database. What is written meanwhile is patched in, so that all of it is of one act."""
    seq = last_seq()
    return refresh(snapshot_of(seq, fetch_all(keyring)), keyring)


def refresh(snapshot: Snapshot, keyring: Keyring) -> Snapshot:
    """The snapshot of the newest act; the same object when nothing was written since."""
    while (newest := last_seq()) != snapshot.seq:
        snapshot = _advanced(snapshot, newest, keyring)
    return snapshot


def _advanced(snapshot: Snapshot, newest: int, keyring: Keyring) -> Snapshot:
    changes = changes_since(snapshot.seq, keyring)
    if newest < snapshot.seq or len(changes.people) > MANY * max(snapshot.raw["person"].height, 1_000):
        return snapshot_of(newest, fetch_all(keyring))
    if changes.tables:
        snapshot = snapshot_of(snapshot.seq, {**snapshot.raw, **{t: fetch(t, keyring=keyring) for t in changes.tables}})
    return _patched(snapshot, newest, changes, keyring)


def changes_since(seq: int, keyring: Keyring) -> Changes:
    """What acts after `seq` changed."""
    rows = list(Change.objects.filter(act__gt=seq).values_list("person", "table"))
    people = sorted({person for person, _ in rows if person is not None})
    tables = frozenset(table for person, table in rows if person is None and table in SCHEMA)
    touched = _touched(seq, keyring) if len(rows) <= _READABLE else None
    return Changes(tuple(people), tables, touched)


def _touched(seq: int, keyring: Keyring) -> frozenset[str]:
    opened = (open_change(change, keyring) for change in Change.objects.filter(act__gt=seq, person__isnull=False))
    return frozenset(row[0] for rows in opened for row in rows)


def _patched(snapshot: Snapshot, seq: int, changes: Changes, keyring: Keyring) -> Snapshot:
    if not changes.people:
        return Snapshot(seq, snapshot.raw, snapshot.tables, snapshot.frames)
    fresh = fetch_people(changes.people, keyring)
    people = pl.Series(changes.people, dtype=pl.UInt32)
    touched = [table for table in fresh if changes.touched is None or table in changes.touched]
    raw = {**snapshot.raw, **{table: _replaced(snapshot.raw[table], fresh[table], table, people) for table in touched}}
    tables = complete(raw)
    organisation = {table: frame for table, frame in raw.items() if table not in fresh}
    frames = _patched_frames(snapshot.frames, tables, complete({**organisation, **fresh}), people, touched)
    return Snapshot(seq, raw, tables, frames)


def _patched_frames(
    frames: Frames, tables: Tables, changed: Tables, people: pl.Series, touched: Sequence[str]
) -> Frames:
    """Frames carried over, unless a new extra column changed what a name means."""
    facts = facts_in(tables) if "extra_value" in touched else frames.facts
    if {name: fact.type for name, fact in facts.items()} != {name: fact.type for name, fact in frames.facts.items()}:
        return Frames(tables, facts)
    return frames.patched(tables, changed, people, facts)


def _replaced(old: pl.DataFrame, fresh: pl.DataFrame, table: str, people: pl.Series) -> pl.DataFrame:
    owner = "id" if table == "person" else "person"
    patched = pl.concat([old.filter(~pl.col(owner).is_in(people.implode())), fresh])
    return patched.rechunk() if patched.n_chunks() > _CHUNKS else patched


