"""The tables in one sealed file, so that a restart is quick. A file that is broken, old or of another database is ignored."""

import hashlib
import json
import os
import struct
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

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
    sealed = keyring.seal_bytes(_packed(snapshot.raw, {"seq": snapshot.seq, "hash": act}), place=_place())
    try:
        _replace(path(), sealed)
    except OSError:
        return


def read(keyring: Keyring) -> Snapshot | None:
    """The snapshot in the file, if it is of this schema and this database's log still holds the act it ends with."""
    try:
        header, frames = _unpacked(keyring.open_bytes(path().read_bytes(), place=_place()))
    except (OSError, SealBroken, ValueError, KeyError, struct.error, pl.exceptions.PolarsError):
        return None
    if not Act.objects.filter(pk=header["seq"], hash=header["hash"]).exists():
        return None
    return snapshot_of(header["seq"], frames)


def people_changed(*, since: int, until: int) -> int:
    """How many people acts after `since`, up to `until`, changed."""
    rows = Change.objects.filter(act__gt=since, act__lte=until, person__isnull=False)
    return rows.values("person").distinct().count()


def _place() -> str:
    """Bound to schema and Polars, so that a file of another version does not open."""
    shape = {table: {name: str(dtype) for name, dtype in dtypes(table).items()} for table in SCHEMA}
    digest = hashlib.sha256(json.dumps([pl.__version__, shape], sort_keys=True).encode()).hexdigest()
    return f"snapshot:{digest}"


def _packed(frames: Mapping[str, pl.DataFrame], header: dict[str, Any]) -> bytes:
    bodies = {table: _ipc(frame) for table, frame in frames.items()}
    head = json.dumps({**header, "sizes": {table: len(body) for table, body in bodies.items()}}).encode()
    return b"".join([_LENGTH.pack(len(head)), head, *bodies.values()])


def _ipc(frame: pl.DataFrame) -> bytes:
    out = BytesIO()
    frame.write_ipc(out)
    return out.getvalue()


def _unpacked(plain: bytes) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
    (length,) = _LENGTH.unpack_from(plain)
    at = _LENGTH.size + length
    header = json.loads(plain[_LENGTH.size : at])
    frames = {}
    for table, size in header["sizes"].items():
        frames[table] = pl.read_ipc(BytesIO(plain[at : at + size])).match_to_schema(pl.Schema(dtypes(table)))
        at += size
    if set(frames) != set(SCHEMA):
        raise ValueError("tables missing")
    return header, frames


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(f"{target.name}.{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
