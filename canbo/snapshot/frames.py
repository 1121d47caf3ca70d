"""Facts of a day as built frames, kept with the tables they came from and patched with them."""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from threading import RLock

import polars as pl

from canbo.facts.build import build, find
from canbo.facts.catalogue import facts_in, readable
from canbo.facts.registry import Ask, Fact, Subject
from canbo.facts.tables import Tables

MAX_BYTES = 48 * 2**20
_OF_PEOPLE: tuple[Subject, ...] = ("person", "holding", "entry", "attendance")
_FEW, _CHUNKS = 100, 500  # rows replaced by splicing; pieces after which a frame is copied into one
_KEYS = ("key", "person_id", "unit_id")


@dataclass
class Frames:
    """Frames by (ask, subject), the least used dropped first; columns are added as they are asked for."""

    tables: Tables
    facts: Mapping[str, Fact]
    kept: OrderedDict[tuple[Ask, Subject], pl.DataFrame] = field(default_factory=OrderedDict)
    lock: RLock = field(default_factory=RLock)

    def get(self, *, ask: Ask, subject: Subject, names: Collection[str]) -> pl.DataFrame:
        """key, person_id, unit_id and the columns of these facts."""
        chosen = [find(readable(self.facts, subject), name, subject) for name in dict.fromkeys(names)]
        with self.lock:
            frame = self.kept.get((ask, subject))
            missing = [f.name for f in chosen if frame is None or f.columns[0] not in frame.columns]
            if frame is None or missing:
                made = build(tables=self.tables, ask=ask, names=missing, subject=subject, facts=self.facts)
                frame = made if frame is None else frame.hstack(made.drop(_KEYS))
            self._keep(ask, subject, frame)
        return frame.select(*_KEYS, *(column for fact in chosen for column in fact.columns))

    def patched(self, tables: Tables, changed: Tables, people: pl.Series, facts: Mapping[str, Fact]) -> "Frames":
        """The same frames after these people changed; `changed` are the tables of these people alone."""
        with self.lock:
            old = list(self.kept.items())
        new = Frames(tables, facts)
        for (ask, subject), frame in old:
            if subject in _OF_PEOPLE:
                new.kept[ask, subject] = _replaced(frame, changed, people, ask, subject, facts)
        return new

    def _keep(self, ask: Ask, subject: Subject, frame: pl.DataFrame) -> None:
        self.kept[ask, subject] = frame
        self.kept.move_to_end((ask, subject))
        while len(self.kept) > 1 and sum(f.estimated_size() for f in self.kept.values()) > MAX_BYTES:
            self.kept.popitem(last=False)


def _replaced(
    frame: pl.DataFrame, changed: Tables, people: pl.Series, ask: Ask, subject: Subject, facts: Mapping[str, Fact]
) -> pl.DataFrame:
    names = [fact.name for fact in readable(facts, subject).values() if fact.columns[0] in frame.columns]
    fresh = build(tables=changed, ask=ask, names=names, subject=subject, facts=facts)
    return spliced(frame.select(fresh.columns), fresh, people)


def spliced(frame: pl.DataFrame, fresh: pl.DataFrame, people: pl.Series) -> pl.DataFrame:
    """`frame` with `fresh` in place of the rows of these people, by key.

    Where few rows change, the rest is not copied: slices of it are strung together.
    """
    gone = frame.select(pl.arg_where(pl.col("person_id").is_in(people.implode()))).to_series()
    if len(gone) + fresh.height > _FEW or frame.n_chunks() > _CHUNKS:
        rest = frame.filter(~pl.col("person_id").is_in(people.implode()))
        return pl.concat([rest, fresh], how="vertical_relaxed").sort("key")
    places = frame["key"].search_sorted(fresh["key"]) if fresh.height else pl.Series(dtype=pl.UInt32)
    # At one place the old row goes before the new one comes.
    steps = sorted([(at, 0, 0) for at in gone] + [(at, 1, row) for row, at in enumerate(places)])
    pieces, start = [], 0
    for at, comes, row in steps:
        pieces.append(frame[start:at])
        start = max(start, at)
        if comes:
            pieces.append(fresh[row : row + 1])
        else:
            start = at + 1
    return pl.concat([*pieces, frame[start:]], how="vertical_relaxed", rechunk=False)


def frames_of(tables: Tables) -> Frames:
    return Frames(tables, facts_in(tables))
