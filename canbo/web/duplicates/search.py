"""The pairs to look at: candidates from the columns in memory, reasons by the rules of the import."""

from dataclasses import dataclass, replace

import polars as pl

from canbo.dossier.pairs import keepable
from canbo.imports.duplicates import Pair, duplicate_pairs, same_id_people
from canbo.kernel.actors import Scope
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.shelf import SHELF


@dataclass(frozen=True)
class Found:
    """Pairs of the scope, surest first, and how many more have one half outside it (never their names)."""

    pairs: tuple[Pair, ...]
    half_outside: int


def pairs_found(desk: Desk) -> Found:
    """Computed once for each state of the data and each scope."""
    snapshot = current()
    key = ("duplicates", desk.today, desk.scope.units)
    return SHELF.get(snapshot=snapshot, key=key, make=lambda: _found(snapshot, desk))


def _found(snapshot: Snapshot, desk: Desk) -> Found:
    everybody = Scope(units=None, groups=desk.scope.groups)
    among = {*_namesakes(snapshot), *same_id_people(actor=desk.actor, scope=everybody)}
    pairs = duplicate_pairs(on=desk.today, actor=desk.actor, scope=everybody, among=among)
    people = [face.id for pair in pairs for face in (pair.first, pair.second)]
    kept = keepable(people, on=desk.today, scope=replace(desk.scope, own_person=None))
    inside = tuple(p for p in pairs if p.first.id in kept and p.second.id in kept)
    return Found(inside, sum((p.first.id in kept) != (p.second.id in kept) for p in pairs))


def _namesakes(snapshot: Snapshot) -> list[int]:
    """People of one folded name whose dates of birth do not contradict each other: a join, not a comparison of everybody."""
    people = snapshot.tables.frames["person"].filter(pl.col("merged_into").is_null())
    names = SHELF.names(snapshot).select("id", "folded")
    rows = people.select("id", "birth_lo", "birth_hi").join(names, on="id").filter(pl.col("folded") != "")
    both = rows.join(rows, on="folded", suffix=".2").filter(pl.col("id") < pl.col("id.2"))
    apart = (pl.col("birth_hi") < pl.col("birth_lo.2")) | (pl.col("birth_hi.2") < pl.col("birth_lo"))
    kept = both.filter(~apart.fill_null(value=False))
    return pl.concat([kept["id"], kept["id.2"]]).unique().to_list()




__all__ = ["Found", "pairs_found"]
