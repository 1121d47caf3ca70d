"""Invented Vietnamese names: families by ethnic group, middle and given names by sex (tables/names.csv)."""

from bisect import bisect
from functools import cache
from itertools import accumulate
from random import Random

from canbo.demo.tables import table


class Weighted:
    """Draws one of several things by weight, in one bisection."""

    def __init__(self, spec: str) -> None:
        # "Nguyễn 38|Trần 11"; a name without a number weighs 1.
        pairs = [part.rsplit(" ", 1) if part[-1].isdigit() else (part, "1") for part in spec.split("|")]
        self.items = [item for item, _ in pairs]
        self.bounds = list(accumulate(float(weight) for _, weight in pairs))

    def draw(self, rng: Random) -> str:
        return self.items[bisect(self.bounds, rng.random() * self.bounds[-1])]


@cache
def _drawer(part: str, of: str) -> Weighted:
    return next(Weighted(row["names"]) for row in table("names") if row["part"] == part and row["of"] == of)


def full_name(*, rng: Random, ethnicity: str, sex: str) -> str:
    """A name as it might be heard among people of this group."""
    family, middle = _drawer("family", ethnicity).draw(rng), _drawer("middle", sex).draw(rng)
    given = _drawer("given", sex).draw(rng)
    while middle.endswith(given):
        given = _drawer("given", sex).draw(rng)
    return f"{family} {middle} {given}"
