"""The slow twin: every list of a tiny problem is written down and counted by hand. And a seeded maker of such problems."""

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from canbo.engine.optimise.model import Pair, Problem, Share, Slot

Value = tuple[int, int, int]
"""(people missing, changes, cost): compared in this order."""


def every_list(problem: Problem) -> Iterator[frozenset[Pair]]:
    """All lists within the hard limits; slots and shares may stay short."""
    free = sorted(set(problem.pairs) - problem.ban)
    for size in range(len(free) + 1):
        for pairs in combinations(free, size):
            if within_limits(problem, pairs):
                yield frozenset(pairs)


def within_limits(problem: Problem, pairs: tuple[Pair, ...]) -> bool:
    if not problem.keep <= set(pairs):
        return False
    if any(sum(1 for _, at in pairs if at == n) > slot.most for n, slot in enumerate(problem.slots)):
        return False
    for level, most in problem.most_per_person.items():
        for person in range(problem.people):
            if sum(1 for who, at in pairs if who == person and problem.slots[at].level == level) > most:
                return False
    return True


def missing(problem: Problem, pairs: frozenset[Pair]) -> int:
    lacking = sum(max(0, slot.least - sum(1 for _, at in pairs if at == n)) for n, slot in enumerate(problem.slots))
    for share in problem.shares:
        people = {person for person, at in pairs if share.slots is None or at in share.slots}
        marked = sum(1 for person in people if share.marks[person] is True)
        more = 0
        while not (marked + more >= share.least if share.kind == "count" else marked + more >= share.least * len(people)):
            more += 1
        lacking += more
    return lacking


def value(problem: Problem, pairs: frozenset[Pair]) -> Value:
    return missing(problem, pairs), len(pairs ^ problem.present), sum(problem.costs.get(pair, 0) for pair in pairs)


def best_value(problem: Problem) -> Value | None:
    return min((value(problem, pairs) for pairs in every_list(problem)), default=None)


def tiny(seed: int, *, pairs: int = 9) -> Problem:
    """At most `pairs` pairs; every feature turns up: unknown marks, scopes of several slots, keeps, bans, standards lost since."""
    draw = random.Random(seed)
    people, count = draw.randint(2, 6), draw.randint(1, 3)
    slots = []
    for number in range(count):
        least = draw.randint(0, 2)
        slots.append(Slot(f"L{number}", least, least + draw.randint(0, 2), draw.choice(("xa", "tinh"))))
    grid = [(person, slot) for person in range(people) for slot in range(count)]
    allowed = sorted(draw.sample(grid, min(len(grid), draw.randint(1, pairs))))
    present = frozenset(pair for pair in grid if draw.random() < (0.4 if pair in allowed else 0.1))
    ban = frozenset(pair for pair in allowed if draw.random() < 0.08)
    keep = frozenset(pair for pair in allowed if pair not in ban and draw.random() < 0.06)
    shares = tuple(_share(number, people, count, draw) for number in range(draw.randint(1, 3)))
    limits = {"xa": draw.randint(1, 3)} if draw.random() < 0.7 else {}
    costs = {pair: draw.randint(0, 9) for pair in allowed} if draw.random() < 0.7 else {}
    return Problem(people, tuple(slots), tuple(allowed), present, shares, limits, costs, keep, ban)


def _share(number: int, people: int, slots: int, draw: random.Random) -> Share:
    marks = tuple(draw.choice((True, True, False, None)) for _ in range(people))
    scope = None if draw.random() < 0.4 else tuple(sorted(draw.sample(range(slots), draw.randint(1, slots))))
    if draw.random() < 0.4:
        return Share(f"S{number}", "count", marks, draw.randint(1, 3), scope, "count")
    bottom = draw.randint(2, 5)
    return Share(f"S{number}", "share", marks, Fraction(draw.randint(1, bottom), bottom), scope)
