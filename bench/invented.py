"""Invented facts of many people straight as a frame: seeded, with unknowns, intervals and half-read lists among them."""

from collections.abc import Sequence
from itertools import count
from random import Random
from typing import Any

import polars as pl

from bench.laws import needed
from canbo.assess.law_sets import law_vocabulary, title_codes
from canbo.engine.types import Bool, Code, Int, ListOf, Scale, is_interval

UNKNOWN = 0.04  # share of people whose paper about a fact is missing
OPEN = 0.05  # share of whole numbers known only as a range
RANGES = {"age": (22, 62), "years_of_service": (0, 40), "months_left": (-12, 480), "months_in_post": (0, 120), "good_years": (0, 6)}
_LISTS = 500  # different lists drawn from


class Dice:
    """Evenly drawn whole numbers, the same for the same seed, a column at a time."""

    def __init__(self, *, people: int, seed: int) -> None:
        self.people, self.seed, self.salts = people, seed, count()

    def draw(self, below: int) -> pl.Series:
        """A number from 0 to below - 1 for everybody."""
        return pl.int_range(self.people, dtype=pl.UInt64, eager=True).hash(1009 * self.seed + next(self.salts)) % below

    def chance(self, share: float) -> pl.Series:
        return self.draw(10_000) < int(share * 10_000)

    def one_of(self, values: Sequence[Any], dtype: Any) -> pl.Series:
        return pl.Series(values, dtype=dtype).gather(self.draw(len(values)))


def facts(*, people: int, seed: int) -> pl.DataFrame:
    """key, person_id, unit_id and every fact the measured standards read."""
    dice = Dice(people=people, seed=seed)
    key = pl.int_range(1, people + 1, dtype=pl.UInt32, eager=True)
    columns = {"key": key, "person_id": key, "unit_id": dice.draw(400).cast(pl.UInt32)}
    for name in needed():
        columns |= _columns(name, dice)
    return pl.DataFrame(columns)


def _columns(name: str, dice: Dice) -> dict[str, pl.Series]:
    kind = law_vocabulary()[name].type
    absent = dice.chance(UNKNOWN)
    match kind:
        case Bool():
            found = {name: dice.chance(0.7)}
        case Int() if is_interval(kind):
            first, last = RANGES[name]
            lo = dice.draw(last - first).cast(pl.Int32) + first
            wide = dice.draw(12).cast(pl.Int32) * dice.chance(OPEN).cast(pl.Int32)
            found = {f"{name}.lo": lo, f"{name}.hi": lo + wide}
        case Scale(steps):
            found = {name: dice.one_of([step.code for step in steps], pl.Categorical())}
        case Code(values):
            found = {name: dice.one_of([code for code, _ in values], pl.Categorical())}
        case ListOf():
            found = {name: dice.one_of(_lists(dice.seed), pl.List(pl.Categorical()))}
        case _:
            raise AssertionError(f"no way to invent {name}")
    return {column: pl.select(pl.when(~absent).then(values)).to_series() for column, values in found.items()}


def _lists(seed: int) -> list[list[str | None]]:
    """None, one or two titles; now and then an entry that could not be read."""
    dice, codes = Random(seed), [*sorted(title_codes()), None]
    return [dice.choices(codes, k=dice.randrange(3)) for _ in range(_LISTS)]
