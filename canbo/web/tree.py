"""Units of the reader's scope on a day: as an indented choice, and as the tree beside a list."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from canbo.kernel.actors import Scope
from canbo.kernel.numbers import thousands
from canbo.kernel.text import collation_key, fold
from canbo.snapshot.store import Snapshot
from canbo.web.shelf import SHELF

CHOICES = 300  # more units than this are searched by name, not picked from a list
SHOWN = 10


@dataclass(frozen=True)
class UnitTree:
    """(id, depth, name) from the top down."""

    units: tuple[tuple[int, int, str], ...]

    @property
    def options(self) -> list[tuple[int, str]]:
        """For a select; empty when there are too many units, then a unit is searched by name."""
        if len(self.units) > CHOICES:
            return []
        return [(pk, "\u2003" * depth + name) for pk, depth, name in self.units]

    def name(self, unit: int | None) -> str:
        return next((name for pk, _, name in self.units if pk == unit), "")

    def find(self, text: str) -> tuple[int | None, str]:
        """The unit meant by an id or a name, and what is wrong: one sentence."""
        if not text:
            return None, ""
        if text.isdigit():
            known = any(pk == int(text) for pk, _, _ in self.units)
            return (int(text), "") if known else (None, "Không tìm thấy đơn vị này trong phạm vi bạn được giao.")
        return self._by_name(fold(text))

    def _by_name(self, folded: str) -> tuple[int | None, str]:
        exact = [pk for pk, _, name in self.units if fold(name) == folded]
        near = [(pk, name) for pk, _, name in self.units if folded in fold(name)]
        if len(exact) == 1:
            return exact[0], ""
        if len(near) == 1:
            return near[0][0], ""
        if not near:
            return None, "Không có đơn vị nào có tên như vậy trong phạm vi bạn được giao."
        listed = "; ".join(name for _, name in near[:SHOWN])
        return None, f"Có {len(near)} đơn vị khớp, hãy ghi rõ hơn: {listed}{' …' if len(near) > SHOWN else ''}"


def unit_tree(*, snapshot: Snapshot, on: date, scope: Scope) -> UnitTree:
    """Units of the scope that hold on the day, children under their parent, in Vietnamese order."""
    make = lambda: _tree(snapshot, on, scope)  # noqa: E731
    return SHELF.get(snapshot=snapshot, key=("tree", on, scope.units), make=make, rests_on="unit")


def _tree(snapshot: Snapshot, on: date, scope: Scope) -> UnitTree:
    holding = snapshot.tables.frames["unit"].filter(
        (pl.col("start_lo").is_null() | (pl.col("start_lo") <= on)) & (pl.col("end_before").is_null() | (pl.col("end_before") > on))
    )
    rows = {pk: (parent, name or "") for pk, parent, name in holding.select("id", "parent", "name").iter_rows()}
    seen = {pk: row for pk, row in rows.items() if scope.sees_unit(pk)}
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, (parent, _) in seen.items():
        below[parent if parent in seen else None].append(pk)
    for children in below.values():
        children.sort(key=lambda pk: collation_key(seen[pk][1]))
    found: list[tuple[int, int, str]] = []
    todo = [(pk, 0) for pk in reversed(below[None])]
    while todo:
        pk, depth = todo.pop()
        found.append((pk, depth, seen[pk][1]))
        todo += [(child, depth + 1) for child in reversed(below[pk])]
    return UnitTree(tuple(found))


# --- the tree beside a list


@dataclass(frozen=True)
class Branch:
    """A unit of the tree beside a list. `more`: it has units below that are shown once it is chosen."""

    pk: int
    name: str
    count: str
    current: bool = False
    open: bool = False
    more: bool = False
    below: tuple["Branch", ...] = ()


FOUND = 40  # units shown for a search
WHOLE = 150  # units up to which the tree is sent whole; above, only the way to the unit chosen and what lies right below


def branches(tree: UnitTree, *, sums: Mapping[int, int], chosen: int | None) -> tuple[Branch, ...]:
    """The tree from the top, with how many people serve in each unit and below it (see `summed`)."""
    way = _way(tree, chosen)
    return tuple(_branches(tree.units, sums, chosen, way, len(tree.units) <= WHOLE))


def found_units(tree: UnitTree, text: str, *, sums: Mapping[int, int], chosen: int | None) -> tuple[Branch, ...]:
    """Units whose name holds the text, the first of them."""
    folded = fold(text)
    near = [(pk, name) for pk, _, name in tree.units if folded in fold(name)]
    return tuple(Branch(pk, name, thousands(sums[pk]), pk == chosen) for pk, name in near[:FOUND])


def _branches(
    units: tuple[tuple[int, int, str], ...], sums: Mapping[int, int], chosen: int | None, way: frozenset[int], whole: bool
) -> list[Branch]:
    """Units in the order of the tree, top ones first: each takes all deeper ones that follow it."""
    found, at = [], 0
    while at < len(units):
        pk, depth, name = units[at]
        end = next((i for i in range(at + 1, len(units)) if units[i][1] <= depth), len(units))
        inside = units[at + 1 : end]
        shown = whole or pk in way or depth == 0
        below = tuple(_branches(inside, sums, chosen, way, whole)) if shown else ()
        opened = pk in way or depth == 0
        found.append(Branch(pk, name, thousands(sums[pk]), pk == chosen, opened, bool(inside) and not shown, below))
        at = end
    return found


def _way(tree: UnitTree, chosen: int | None) -> frozenset[int]:
    """The unit chosen and all above it."""
    way: list[tuple[int, int]] = []
    for pk, depth, _ in tree.units:
        way = [step for step in way if step[1] < depth] + [(pk, depth)]
        if pk == chosen:
            return frozenset(step[0] for step in way)
    return frozenset()


def summed(tree: UnitTree, counts: Mapping[int, int]) -> dict[int, int]:
    """People of each unit and of all below it."""
    sums = {pk: counts.get(pk, 0) for pk, _, _ in tree.units}
    way: list[tuple[int, int]] = []
    for pk, depth, _ in tree.units:
        way = [step for step in way if step[1] < depth]
        for above, _ in way:
            sums[above] += counts.get(pk, 0)
        way.append((pk, depth))
    return sums
