"""The one snapshot of a process: polled before every read, shared by its threads."""

import ctypes
import gc
from contextlib import suppress
from threading import Lock, Thread

from canbo.audit.queries import last_seq
from canbo.sealing.keyring import Keyring
from canbo.snapshot import cache
from canbo.snapshot.store import Snapshot, load, refresh

WORTH_KEEPING = 5_000  # people; fewer are loaded from the database in less time than the file is opened
STALE_AFTER = 2_000  # people changed since the file was written


class Holder:
    """Gives the snapshot of the newest act; one thread loads while the others wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._written: int | None = None  # act the cache file ends with

    def current(self, keyring: Keyring) -> Snapshot:
        """The snapshot of the newest act; under a millisecond when nothing was written since."""
        held = self._snapshot
        if held is not None and held.seq == last_seq():
            return held
        with self._lock:
            self._snapshot = self._loaded(keyring) if self._snapshot is None else refresh(self._snapshot, keyring)
            self._keep(self._snapshot, keyring)
            return self._snapshot

    def forget(self) -> None:
        """Start anew with the next read (another data folder, a restored backup)."""
        with self._lock:
            self._snapshot = self._written = None

    def _loaded(self, keyring: Keyring) -> Snapshot:
        kept = cache.read(keyring)
        self._written = kept.seq if kept else None
        loaded = refresh(kept, keyring) if kept else load(keyring)
        _give_back_memory()
        return loaded

    def _keep(self, snapshot: Snapshot, keyring: Keyring) -> None:
        if snapshot.tables.frames["person"].height < WORTH_KEEPING or not self._is_stale(snapshot):
            return
        self._written = snapshot.seq
        Thread(target=_write, args=(snapshot, keyring), name="snapshot-cache").start()

    def _is_stale(self, snapshot: Snapshot) -> bool:
        if self._written is None:
            return True
        return cache.people_changed(since=self._written, until=snapshot.seq) >= STALE_AFTER


def _give_back_memory() -> None:
    """Loading leaves tens of MiB of freed memory with the process; glibc returns it when asked, others have nothing to."""
    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _write(snapshot: Snapshot, keyring: Keyring) -> None:
    from django.db import connection

    try:
        cache.write(snapshot, keyring)
    finally:
        connection.close()  # a thread has its own
        _give_back_memory()


HOLDER = Holder()
