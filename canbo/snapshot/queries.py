"""Reading facts: always of the newest act, always within the reader's scope."""

from collections.abc import Collection
from datetime import date

import polars as pl

from canbo.audit.changes import keyring
from canbo.engine.areas import load_areas
from canbo.facts.build import find
from canbo.facts.catalogue import Words, readable
from canbo.facts.catalogue import vocabulary as words
from canbo.facts.registry import Ask, Subject
from canbo.kernel.actors import Forbidden, Scope
from canbo.snapshot.holder import HOLDER
from canbo.snapshot.store import Snapshot


def current() -> Snapshot:
    """The snapshot of the newest act."""
    return HOLDER.current(keyring())


def vocabulary(*, snapshot: Snapshot, subject: Subject | None = None, map_on: date | None = None) -> Words:
    """What expressions over this snapshot may name; places are labelled by the map of `map_on`."""
    key = (subject, map_on and load_areas().map_on(map_on))
    if key not in snapshot.words:
        snapshot.words[key] = words(snapshot.tables, subject=subject, map_on=map_on, facts=snapshot.frames.facts)
    return snapshot.words[key]


def words_of(names: Collection[str], *, snapshot: Snapshot, map_on: date) -> Words:
    """The vocabulary of a few names: with all units and communes it takes a tenth of a second to make anew after each act."""
    return words(snapshot.tables, map_on=map_on, facts={name: snapshot.frames.facts[name] for name in names})


def facts_frame(
    *, snapshot: Snapshot, ask: Ask, names: Collection[str], subject: Subject = "person", scope: Scope
) -> pl.DataFrame:
    """key, person_id, unit_id and the named facts of the subjects whose unit of that day is in the scope.

    `names` are all facts a question reads, those of its filters too: Forbidden when one is of a field group outside the
    scope, because counting leaks. Raises UnknownFact.
    """
    refuse_unseen(snapshot=snapshot, names=names, subject=subject, scope=scope)
    frame = snapshot.frames.get(ask=ask, subject=subject, names=names)
    return frame if scope.units is None else frame.filter(pl.col("unit_id").is_in(list(scope.units)))


def refuse_unseen(*, snapshot: Snapshot, names: Collection[str], subject: Subject, scope: Scope) -> None:
    known = readable(snapshot.frames.facts, subject)
    for name in names:
        fact = find(known, name, subject)
        if not scope.sees_group(fact.group):
            raise Forbidden(f"Bạn chưa được giao quyền xem “{fact.label}”, nên cũng không lọc hay đếm theo dữ kiện này được.")
