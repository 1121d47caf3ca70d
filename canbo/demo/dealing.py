"""Dealing values out to people so that every count comes out exactly, whatever the seed."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class CannotDeal(ValueError):
    """The counts of a data file do not fit its people; the text names the value."""


def deal(
    rng: Random, items: Sequence[Item], counts: Mapping[str, int], *, fits: Callable[[Item, str], bool] = lambda *_: True
) -> list[str]:
    """One value for each item, each value as often as `counts` says; values that ask most stand first in `counts`.

    `fits` says who may get a value. Raises CannotDeal when the counts are not as many as the items, or nobody is left.
    """
    if sum(counts.values()) != len(items):
        raise CannotDeal(f"{dict(counts)} adds up to {sum(counts.values())}, not to {len(items)}")
    free = list(range(len(items)))
    rng.shuffle(free)
    dealt = [""] * len(items)
    for value, count in counts.items():
        chosen = [place for place in free if fits(items[place], value)][:count]
        if len(chosen) < count:
            raise CannotDeal(f"only {len(chosen)} of {count} can be {value!r}")
        for place in chosen:
            dealt[place] = value
        taken = set(chosen)
        free = [place for place in free if place not in taken]
    return dealt


def spread(total: int, parts: int) -> list[int]:
    """`total` cut into parts that differ by one at most, the larger ones first."""
    each, over = divmod(total, parts)
    return [each + (1 if part < over else 0) for part in range(parts)]
