"""What pages derive from one snapshot and ask for again and again: kept until the next act, then made anew."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

import polars as pl

from canbo.kernel.text import fold, sort_key
from canbo.snapshot.store import Snapshot

Made = TypeVar("Made")
MOST = 48
_NAMES = {"id": pl.UInt32, "full_name": pl.String, "folded": pl.String, "sort": pl.Binary}


class Shelf:
    """Derived values of the newest snapshot only; one for the process, shared by its threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: Snapshot | None = None
        self._kept: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()
        self._names = pl.DataFrame(schema=_NAMES)
        self._order = pl.DataFrame(schema={"id": pl.UInt32, "folded": pl.String, "rank": pl.UInt32})

    def get(self, *, snapshot: Snapshot, key: Hashable, make: Callable[[], Made], rests_on: str = "") -> Made:
        """The value under `key`, made when there is none yet; `rests_on` one table, it lasts until that table changes."""
        with self._lock:
            if self._of is not snapshot:
                self._turn_to(snapshot)
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Made = self._kept[key][1]
                return found
        made = make()
        with self._lock:
            if self._of is snapshot:
                self._kept[key] = rests_on, made
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
        return made

    def _turn_to(self, snapshot: Snapshot) -> None:
        before = self._of.raw if self._of else {}
        same = {table for table, frame in snapshot.raw.items() if before.get(table) is frame}
        self._of, self._kept = snapshot, OrderedDict((k, v) for k, v in self._kept.items() if v[0] in same)

    def names(self, snapshot: Snapshot) -> pl.DataFrame:
        """id, folded name and `rank` in Vietnamese order by given name, of everybody."""
        return self.get(snapshot=snapshot, key="names", make=lambda: self._ranked(snapshot))

    def _ranked(self, snapshot: Snapshot) -> pl.DataFrame:
        people = snapshot.tables.frames["person"].select("id", pl.col("full_name").fill_null("")).sort("id")  # why: sorted first
        if people.equals(self._names.select("id", "full_name")):
            return self._order
        # Names hardly change: only new ones are folded again.
        known = people.join(self._names, on=["id", "full_name"], how="left")
        fresh = _keys_of(known.filter(pl.col("folded").is_null())["full_name"].unique().to_list())
        made = known.join(fresh, on="full_name", how="left", suffix=".new").select(
            "id", "full_name", pl.coalesce("folded", "folded.new").alias("folded"), pl.coalesce("sort", "sort.new").alias("sort")
        )
        rank = pl.int_range(pl.len(), dtype=pl.UInt32).alias("rank")
        self._names, self._order = made, made.sort("sort", "id").select("id", "folded", rank)
        return self._order


def _keys_of(names: list[str]) -> pl.DataFrame:
    # A part of a key ends with the text itself, so joining the parts keeps the order of the tuples.
    sorts = [b"\0\0".join(sort_key(name, ignore_case=True)) for name in names]
    schema = {"full_name": pl.String, "folded": pl.String, "sort": pl.Binary}
    return pl.DataFrame({"full_name": names, "folded": [fold(name) for name in names], "sort": sorts}, schema=schema)


SHELF = Shelf()
