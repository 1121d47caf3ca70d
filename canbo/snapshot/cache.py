"""The tables in one sealed file, so that a restart is quick. A file that is broken, old or of another database is ignored."""

import hashlib
import json
import os
import struct
from collections.abc import Iterable
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import polars as pl
from django.conf import settings

from canbo.audit.models import Act, Change
from canbo.facts.tables import SCHEMA, dtypes
from canbo.sealing.keyring import Keyring, SealBroken
from canbo.snapshot.store import Snapshot, snapshot_of

_LENGTH = struct.Struct("<Q")


def path() -> Path:
    return Path(settings.DATA_DIR) / "cache" / "snapshot"


def write(snapshot: Snapshot, keyring: Keyring) -> None:
    """Put the snapshot into the file, whole or not at all; a full disk is no error, the file is only a cache."""
    act = Act.objects.filter(pk=snapshot.seq).values_list("hash", flat=True).first()
    if act is None:
        return
    # Each table is sealed by itself, so that memory holds one of them at a time.
    head = json.dumps({"seq": snapshot.seq, "hash": act}).encode()
    parts = chain([(_place("head"), head)], ((_place(table, act), _ipc(frame)) for table, frame in snapshot.raw.items()))
    try:
        _replace(path(), (keyring.seal_bytes(plain, place=place) for place, plain in parts))
    except OSError:
        return


def read(keyring: Keyring) -> Snapshot | None:
    """The snapshot in the file, if it is of this schema and this database's log still holds the act it ends with."""
    try:
        with path().open("rb") as file:
            return _read(file, keyring)
    except (OSError, SealBroken, ValueError, struct.error, pl.exceptions.PolarsError):
        return None


def _read(file: BinaryIO, keyring: Keyring) -> Snapshot | None:
    head = json.loads(keyring.open_bytes(_part(file), place=_place("head")))
    if not Act.objects.filter(pk=head["seq"], hash=head["hash"]).exists():
        return None
    frames = {}
    for table in SCHEMA:
        plain = keyring.open_bytes(_part(file), place=_place(table, head["hash"]))
        frames[table] = pl.read_ipc(BytesIO(plain)).match_to_schema(pl.Schema(dtypes(table)))
    return snapshot_of(head["seq"], frames)


def people_changed(*, since: int, until: int) -> int:
    """How many people acts after `since`, up to `until`, changed."""
    rows = Change.objects.filter(act__gt=since, act__lte=until, person__isnull=False)
    return rows.values("person").distinct().count()


def _place(part: str, act: str = "") -> str:
    """Bound to schema, Polars and act, so that a part of another version or another file does not open."""
    shape = {table: {name: str(dtype) for name, dtype in dtypes(table).items()} for table in SCHEMA}
    digest = hashlib.sha256(json.dumps([pl.__version__, shape], sort_keys=True).encode()).hexdigest()
    return f"snapshot:{digest}:{act}:{part}"


def _ipc(frame: pl.DataFrame) -> bytes:
    out = BytesIO()
    frame.write_ipc(out)
    return out.getvalue()


def _part(file: BinaryIO) -> bytes:
    (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
    if length > os.fstat(file.fileno()).st_size:
        raise ValueError("no part of a snapshot file")
    return file.read(length)


def _replace(target: Path, parts: Iterable[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            for part in parts:
                out.write(_LENGTH.pack(len(part)) + part)
        fresh.replace(target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
