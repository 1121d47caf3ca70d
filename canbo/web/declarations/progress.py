"""Who is asked in a round and how each stands: counts for everybody, names fifty at a time."""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from canbo.access.queries import units_under
from canbo.dossier.declarations.queries import STATES, Answer, answers_given, counted
from canbo.dossier.models import DeclarationRound
from canbo.facts.registry import Ask
from canbo.kernel.actors import Scope
from canbo.kernel.text import fold
from canbo.snapshot.queries import current, facts_frame
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.shelf import SHELF

TABS = {"": "Tất cả", **{code: label[:1].upper() + label[1:] for code, label in STATES.items()}}


@dataclass(frozen=True)
class Row:
    """One person asked, as the list shows her."""

    answer: Answer
    name: str
    birth: str
    unit: str

    @property
    def state(self) -> str:
        return STATES[self.answer.state]


@dataclass(frozen=True)
class Progress:
    """Everybody asked, in the order of names, with the answers given and the counts of each state."""

    on: date
    people: tuple[int, ...]
    given: dict[int, Answer]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return len(self.people)

    def of(self, state: str, text: str = "") -> list[int]:
        """Who stands so, in order."""
        if state == "none":
            found = [p for p in self.people if p not in self.given]
        else:
            found = [p for p in self.people if not state or (p in self.given and self.given[p].state == state)]
        return _named(found, text) if text else found


def progress(*, of: DeclarationRound, desk: Desk) -> Progress:
    """People who serve in the round's units on the day: today, or the last day once it is over."""
    on = min(desk.today, of.closes_on)
    scope, snapshot = _scope(of, desk.scope), current()
    people = SHELF.get(snapshot=snapshot, key=("asked", on, scope.units), make=lambda: _asked(snapshot, on, scope))
    given = answers_given(of=of, actor=desk.actor, scope=desk.scope)
    inside = set(people) & set(given)
    counts = counted(given[person] for person in inside) | {"none": len(people) - len(inside)}
    return Progress(on, people, given, counts)


def _asked(snapshot: Snapshot, on: date, scope: Scope) -> tuple[int, ...]:
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=(), scope=scope)
    return tuple(frame.join(SHELF.names(snapshot).rename({"id": "key"}), on="key").sort("rank")["key"].to_list())


def _scope(of: DeclarationRound, scope: Scope) -> Scope:
    asked = units_under([of.unit_id])
    return replace(scope, units=asked if scope.units is None else asked & scope.units, own_person=None)


def _named(found: list[int], text: str) -> list[int]:
    words = fold(text).split()
    folded = dict(SHELF.names(current()).select("id", "folded").iter_rows())
    return [person for person in found if all(word in folded.get(person, "") for word in words)]


def rows(found: list[int], *, progress: Progress, desk: Desk) -> list[Row]:
    """Names, birth, unit and answer of a page of people."""
    snapshot, units = current(), _units(found, progress.on, desk)
    people = snapshot.tables.frames["person"].filter(pl.col("id").is_in(found)).select("id", "full_name", "birth_lo", "birth_hi")
    named = {pk: (name, _birth(lo, hi)) for pk, name, lo, hi in people.iter_rows()}
    kept = {pk: progress.given[pk] for pk in found if pk in progress.given}
    return [Row(kept.get(pk) or Answer(pk, "none", None, 0, 0, 0, 0), *named.get(pk, ("", "")), units.get(pk, "")) for pk in found]


def _units(keys: list[int], on: date, desk: Desk) -> dict[int, str]:
    frame = facts_frame(snapshot=current(), ask=Ask(on=on), names=(), scope=desk.scope).filter(pl.col("key").is_in(keys))
    names = current().tables.frames["unit"].select(pl.col("id").alias("unit_id"), pl.col("name").cast(pl.String))
    return dict(frame.join(names, on="unit_id").select("key", "name").iter_rows())


def _birth(lo: date | None, hi: date | None) -> str:
    if lo is None or hi is None:
        return ""
    return f"{lo:%d/%m/%Y}" if lo == hi else (f"{lo:%m/%Y}" if (lo.year, lo.month) == (hi.year, hi.month) else f"{lo.year}")


__all__ = ["TABS", "Progress", "Row", "progress", "rows"]
