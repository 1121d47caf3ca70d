"""A population in groups: every group's counts in one pass, the tree of units summed upwards, and whether the parts add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from canbo.assess.units import Units
from canbo.engine.language import Expr
from canbo.engine.measures import Row, as_rows, judge, once_each, summed
from canbo.kernel.numbers import thousands

Value = tuple[Any, ...]
UNIT = "unit"
LONG = 12  # a sum of more terms is told by their number


@dataclass(frozen=True)
class Parts:
    """How many are surely in each group (None = unknown value), and how the groups stand to the whole.

    `unknown` may be in a group, `none` are surely in no group, `several` stand in two or more (lists of titles, bodies).
    """

    of: int
    groups: Mapping[Value, int]
    unknown: int
    none: int
    several: int

    @property
    def placed(self) -> dict[Value, int]:
        """Groups whose values are all known."""
        return {value: count for value, count in self.groups.items() if None not in value}

    def perhaps_in(self, value: Value) -> int:
        """How many more may be in this group: those whose known values fit it."""
        return sum(
            count for other, count in self.groups.items()
            if None in other and all(mine in (None, its) for mine, its in zip(other, value))
        )  # fmt: skip

    @property
    def adds_up(self) -> bool:
        return sum(self.placed.values()) + self.unknown + self.none == self.of


def tally(
    frame: pl.DataFrame, *, where: Expr | None, thats: Sequence[Expr | None], by: Sequence[str] = (), units: Units | None = None,
    distinct: str | None = None, noun: str = "người",
) -> tuple[Row, ...]:  # fmt: skip
    """Every measure for every group; with `units` each unit counts all units below it, with `distinct` people for turns."""
    judged = judge(frame, where=where, thats=thats, keep=[*by, *([distinct] if distinct else [])])
    if distinct:
        judged = once_each(judged, [*by, distinct], measures=len(thats)).filter(pl.col(distinct).is_not_null())
    sums = summed(judged, by=by, measures=len(thats))
    if units is not None and UNIT in by:
        sums = _lifted(sums, by=by, units=units)
    return as_rows(sums, by=by, measures=len(thats), noun=noun)


def parts_of(frame: pl.DataFrame, *, where: Expr | None, by: Sequence[str]) -> Parts:
    """The population in groups, each key counted where it surely is."""
    keys = judge(frame, where=where, thats=[], keep=["key"]).filter("member.").select("key").collect()
    rows = judge(frame, where=where, thats=[], keep=["key", *by]).filter("member.").select("key", *by).collect()
    groups = {tuple(value): count for *value, count in rows.group_by(*by).len().sort(*by, nulls_last=True).iter_rows()}
    if not any(isinstance(frame.schema.get(name), pl.List) for name in by):
        unknown = sum(count for value, count in groups.items() if None in value)
        return Parts(keys.height, groups, unknown, 0, 0)
    known = pl.all_horizontal(pl.col(name).is_not_null() for name in by)
    places = rows.group_by("key").agg(known.sum().alias("places"))["places"]
    unplaced = int((places == 0).sum())
    return Parts(keys.height, groups, unplaced, keys.height - places.len(), int((places > 1).sum()))


def sum_text(parts: Parts, ordered: Sequence[int], *, noun: str) -> str:
    """The sum in one line: `393 + 470 + 5 (chưa rõ) = 868 người`; `ordered` are the groups' counts as the table has them."""
    rest = ((parts.unknown, "chưa rõ"), (parts.none, "không thuộc phần nào"))
    terms = [thousands(count) for count in ordered]
    if len(terms) > LONG:
        terms = [f"{thousands(sum(ordered))} ({thousands(len(ordered))} nhóm)"]
    terms += [f"{thousands(count)} ({words})" for count, words in rest if count]
    sign = "=" if sum(ordered) + parts.unknown + parts.none == parts.of else "≠"
    twice = f"; {thousands(parts.several)} {noun} thuộc từ hai phần trở lên" if parts.several else ""
    return f"{' + '.join(terms) or '0'} {sign} {thousands(parts.of)} {noun}{twice}"


def _lifted(sums: pl.LazyFrame, *, by: Sequence[str], units: Units) -> pl.LazyFrame:
    """Every unit's sums once for itself and once for each unit above it; who has no unit stays apart."""
    found = sums.with_columns(pl.col(UNIT).cast(pl.String)).collect()
    codes = found[UNIT].unique().drop_nulls().to_list()
    lifted = found.lazy().join(units.pairs(codes), on=UNIT, how="left").drop(UNIT).rename({"above": UNIT})
    figures = [name for name in found.columns if name not in by]
    return lifted.group_by(*by).agg(pl.col(figures).sum()).sort(*by, nulls_last=True)


__all__ = ["Parts", "parts_of", "sum_text", "tally"]
