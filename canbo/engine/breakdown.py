"""A population in parts, with the sum checked and not assumed, and figures rolled up a tree of units."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl

from canbo.engine.measures import Count, Frame, Row, as_rows, judge, once_each, people, summed
from canbo.engine.syntax import Expr
from canbo.kernel.numbers import thousands

Value = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a value per fact broken down by, or the label of an expression; `count.of` is the population."""

    value: Value
    count: Count


@dataclass(frozen=True, slots=True)
class SumCheck:
    """Whether the parts add up to the population, and the keys in the way."""

    of: int
    total: int
    none: tuple[Any, ...]
    unknown: tuple[Any, ...]
    several: tuple[Any, ...]

    @property
    def adds_up(self) -> bool:
        return self.of == self.total and not self.several


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The parts in order, and their sum check."""

    parts: tuple[Part, ...]
    check: SumCheck
    noun: str = "người"


def breakdown(
    frame: Frame,
    *,
    by: Sequence[str] | Mapping[str, Expr],
    where: Expr | None = None,
    key: str = "key",
    noun: str = "người",
) -> Breakdown:
    """The population `where` in parts: by the values of one or more facts, or by labelled expressions.

    Each key counts once in each part it is surely in. The check names the keys that are surely in no part, that may be
    in one (unknown), and that are in several.
    """
    if isinstance(by, Mapping):
        seats = _seats_by_exprs(frame, where=where, by=by, key=key)
    else:
        seats = _seats_by_facts(frame, where=where, by=by, key=key)
    population = people(frame, where=where, key=key)
    return Breakdown(_parts(seats, of=len(population), noun=noun), _check(seats, population), noun)


def sum_text(found: Breakdown) -> str:
    """The sum check in one line: `393 + 470 + 5 (chưa rõ) = 868 người`, and who stands in two parts."""
    check, noun = found.check, found.noun
    rest = ((check.unknown, "chưa rõ"), (check.none, "không thuộc phần nào"))
    terms = [thousands(part.count.count) for part in found.parts]
    terms += [f"{thousands(len(keys))} ({words})" for keys, words in rest if keys]
    sign = "=" if check.total + len(check.unknown) + len(check.none) == check.of else "≠"
    twice = f"; {thousands(len(check.several))} {noun} thuộc từ hai phần trở lên" if check.several else ""
    return f"{' + '.join(terms) or '0'} {sign} {thousands(check.of)} {noun}{twice}"


def roll_up(
    frame: Frame,
    *,
    unit: str,
    parents: Mapping[str, str | None],
    where: Expr | None = None,
    thats: Sequence[Expr | None] = (None,),
    distinct: str | None = None,
    noun: str = "người",
) -> tuple[Row, ...]:
    """Every measure for every unit with all units below it; with `distinct` a person counts once per subtree.

    A unit missing from `parents` stands alone at the top; rows without unit are the row of None.
    """
    totals = roll_up_sums(frame, unit=unit, parents=parents, where=where, thats=thats, distinct=distinct)
    return as_rows(totals, by=[unit], measures=len(thats), noun=noun)


def roll_up_sums(
    frame: Frame,
    *,
    unit: str,
    parents: Mapping[str, str | None],
    where: Expr | None = None,
    thats: Sequence[Expr | None] = (None,),
    distinct: str | None = None,
) -> pl.LazyFrame:
    """The same as columns, for forms of thousands of cells: unit, `of.`, `where_unknown.`, and `count.i`, `unknown.i`."""
    judged = judge(frame, where=where, thats=thats, keep=[unit, *([distinct] if distinct else [])])
    sums = _sums_by_subtree(judged, unit=unit, parents=parents, distinct=distinct, measures=len(thats))
    return sums.group_by(unit).agg(pl.all().sum()).sort(unit, nulls_last=True)


def _sums_by_subtree(
    judged: pl.LazyFrame, *, unit: str, parents: Mapping[str, str | None], distinct: str | None, measures: int
) -> pl.LazyFrame:
    """Who has one row is summed by unit and the sums are lifted; only who has several is lifted row by row."""
    if not distinct:
        return _lifted(summed(judged, by=[unit], measures=measures), unit=unit, parents=parents)
    persons = judged.filter(pl.col(distinct).is_not_null())
    several = pl.col(distinct).is_duplicated()
    single = _lifted(summed(persons.filter(~several), by=[unit], measures=measures), unit=unit, parents=parents)
    lifted = _lifted(persons.filter(several), unit=unit, parents=parents)
    merged = summed(once_each(lifted, [unit, distinct], measures=measures), by=[unit], measures=measures)
    return pl.concat([single, merged])


@dataclass(frozen=True, slots=True)
class _Seats:
    """Who is surely and who may be in each part; a None in a value of `perhaps` fits every part."""

    sure: dict[Value, set[Any]]
    perhaps: dict[Value, set[Any]]


def _seats_by_facts(frame: Frame, *, where: Expr | None, by: Sequence[str], key: str) -> _Seats:
    rows = judge(frame, where=where, thats=[], keep=[key, *by]).filter("member.")
    found = rows.select(key, *by).unique().sort(*by, key).collect()
    seats = _Seats({}, {})
    for who, *value in found.iter_rows():
        place = seats.perhaps if None in value else seats.sure
        place.setdefault(tuple(value), set()).add(who)
    return seats


def _seats_by_exprs(frame: Frame, *, where: Expr | None, by: Mapping[str, Expr], key: str) -> _Seats:
    judged = judge(frame, where=where, thats=list(by.values()), keep=[key])
    found = once_each(judged, [key], measures=len(by)).filter("member.").collect()
    sure, perhaps = (
        {(label,): set(found.filter(f"{flag}.{at}")[key]) for at, label in enumerate(by)} for flag in ("yes", "maybe")
    )
    return _Seats(sure, perhaps)


def _parts(seats: _Seats, *, of: int, noun: str) -> tuple[Part, ...]:
    return tuple(
        Part(value, Count(len(keys), of, len(_perhaps_in(seats, value) - keys), noun=noun))
        for value, keys in seats.sure.items()
    )


def _perhaps_in(seats: _Seats, value: Value) -> set[Any]:
    fitting = (keys for known, keys in seats.perhaps.items() if all(k in (None, v) for k, v in zip(known, value)))
    return set().union(*fitting)


def _check(seats: _Seats, population: Sequence[Any]) -> SumCheck:
    places = Counter(chain.from_iterable(seats.sure.values()))
    perhaps = set().union(*seats.perhaps.values())
    unplaced = [key for key in population if key not in places]
    return SumCheck(
        of=len(population),
        total=places.total(),
        none=tuple(key for key in unplaced if key not in perhaps),
        unknown=tuple(key for key in unplaced if key in perhaps),
        several=tuple(key for key in population if places[key] > 1),
    )


def _lifted(rows: pl.LazyFrame, *, unit: str, parents: Mapping[str, str | None]) -> pl.LazyFrame:
    """Every row once for its unit and once for each unit above it."""
    units = rows.select(pl.col(unit).cast(pl.String)).unique().drop_nulls().collect().to_series().to_list()
    pairs = [(below, above) for below in units for above in _line(below, parents)]
    above = pl.LazyFrame(pairs, schema={unit: pl.String, "above": pl.String}, orient="row")
    lifted = rows.with_columns(pl.col(unit).cast(pl.String)).join(above, on=unit, how="left")
    return lifted.select(pl.col("above").alias(unit), pl.exclude(unit, "above"))


def _line(unit: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """The unit and all units above it."""
    passed: set[str] = set()
    above: str | None = unit
    while above is not None:
        if above in passed:
            raise ValueError(f"Đơn vị “{above}” nằm trong một vòng cấp trên – cấp dưới; hãy sửa cây đơn vị.")
        passed.add(above)
        yield above
        above = parents.get(above)
