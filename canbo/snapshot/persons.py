"""One person's rows and facts: looked through once, kept with the snapshot for the next question about her."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

import polars as pl

from canbo.facts.build import build
from canbo.facts.registry import Ask
from canbo.facts.subjects import population
from canbo.facts.tables import Tables
from canbo.snapshot.store import Snapshot

T = TypeVar("T")
KEPT = 192  # answers kept, of a few questions about some sixty people


class OfPerson(Mapping[str, pl.DataFrame]):
    """The tables with the rows of one person, each looked through when a fact first reads it; the organisation stays whole."""

    def __init__(self, frames: Mapping[str, pl.DataFrame], person: int) -> None:
        self._frames, self._person, self._kept = frames, person, dict[str, pl.DataFrame]()

    def __getitem__(self, table: str) -> pl.DataFrame:
        if table not in self._kept:
            frame, owner = self._frames[table], "id" if table == "person" else "person"
            self._kept[table] = _rows(frame, owner, self._person) if owner in frame.columns else frame
        return self._kept[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


def _rows(frame: pl.DataFrame, owner: str, person: int) -> pl.DataFrame:
    # One column is compared and few rows are gathered: a filter would walk every column of hundreds of thousands of rows.
    return frame[(frame[owner] == person).arg_true()]


def tables_of(person: int, snapshot: Snapshot) -> Tables:
    kept: Tables | None = snapshot.people.get(person)
    if kept is None:
        kept = _keep(snapshot, person, Tables(OfPerson(snapshot.tables.frames, person)))
    return kept


def served_by(person: int, on: date, *, snapshot: Snapshot) -> pl.DataFrame:
    """key, person, unit: her one row among the people of the day; no row when she serves nowhere."""
    kept: pl.DataFrame | None = snapshot.people.get((person, on))
    if kept is None:
        found = population(tables_of(person, snapshot).fresh(), Ask(on=on), "person")
        kept = _keep(snapshot, (person, on), found.filter(pl.col("key") == person))
    return kept


def facts_of(person: int, *, ask: Ask, names: frozenset[str], snapshot: Snapshot) -> pl.DataFrame:
    """The facts of one person with their sources, as `build` gives them; no row when she serves nowhere that day."""
    kept: pl.DataFrame | None = snapshot.people.get((person, ask, names))
    if kept is None:
        rows = served_by(person, ask.on, snapshot=snapshot)
        tables, facts = tables_of(person, snapshot), snapshot.frames.facts
        made = build(tables=tables, ask=ask, names=names, sources=True, facts=facts, rows=rows)
        kept = _keep(snapshot, (person, ask, names), made)
    return kept


def _keep(snapshot: Snapshot, key: object, made: T) -> T:
    """The oldest answers go first."""
    kept = snapshot.people
    for old in list(kept)[: max(0, len(kept) + 1 - KEPT)]:
        kept.pop(old, None)
    kept[key] = made
    return made
