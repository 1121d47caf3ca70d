"""Invented planning rounds for the solver: seeded, shaped like a province's lists, present lists that miss their structure."""

import random
from fractions import Fraction

from canbo.engine.optimise.model import Pair, Problem, Share, Slot

COMMUNE, PROVINCE = "xa", "tinh"
PER_UNIT = 7  # lists of one unit: a committee, a standing committee, leadership titles
MARKS = {"women": 0.30, "young": 0.25, "minority": 0.15, "science": 0.20}
PRESENT_MARKS = {"women": 0.16, "young": 0.10, "minority": 0.10, "science": 0.15}  # what people in the present lists carry


def instance(*, people: int, lists: int, seed: int = 1) -> Problem:
    draw = random.Random(seed)
    units = max(1, lists // PER_UNIT)
    slots = tuple(_slot(number, units, draw) for number in range(lists))
    homes = [person * units // people for person in range(people)]
    marks = {name: _marks(people, part, draw) for name, part in MARKS.items()}
    bands = [draw.choices((0, 1, 2), (0.25, 0.45, 0.30))[0] for _ in range(people)]
    pairs = _eligible(homes, slots, units, draw)
    present = _present(pairs, slots, marks, people, draw)
    return Problem(
        people=people, slots=slots, pairs=tuple(sorted(pairs)), present=present, most_per_person={COMMUNE: 3, PROVINCE: 3},
        shares=tuple(_shares(slots, units, marks, bands)), costs={pair: draw.randint(0, 9) for pair in sorted(pairs)},
    )  # fmt: skip


def unit_of(number: int, units: int) -> int:
    return min(number // PER_UNIT, units - 1)


def _slot(number: int, units: int, draw: random.Random) -> Slot:
    level = PROVINCE if unit_of(number, units) % 5 == 0 else COMMUNE
    if number % PER_UNIT == 0:
        size = draw.randint(15, 50)
        return Slot(f"L{number}", size, size * 3 // 2, level)
    return Slot(f"L{number}", 2, 3, level)


def _marks(people: int, part: float, draw: random.Random) -> tuple[bool | None, ...]:
    """One in a hundred is not known."""
    return tuple(None if draw.random() < 0.01 else draw.random() < part for _ in range(people))


def _eligible(homes: list[int], slots: tuple[Slot, ...], units: int, draw: random.Random) -> set[Pair]:
    """One to twelve lists each: most of them of the own unit, the rest of its neighbours."""
    by_unit: dict[int, list[int]] = {}
    for number in range(len(slots)):
        by_unit.setdefault(unit_of(number, units), []).append(number)
    found = set()
    for person, home in enumerate(homes):
        near = [*by_unit[home], *by_unit[(home + 1) % units], *by_unit[(home - 1) % units]]
        weights = [3.0] * len(by_unit[home]) + [1.0] * (len(near) - len(by_unit[home]))
        # Standards of committees are met by more people than those of heads.
        weights = [weight * (3 if number % PER_UNIT == 0 else 1) for weight, number in zip(weights, near)]
        found |= {(person, number) for number in draw.choices(near, weights, k=draw.randint(1, 12))}
    return found


def _present(
    pairs: set[Pair], slots: tuple[Slot, ...], marks: dict[str, tuple[bool | None, ...]], people: int, draw: random.Random
) -> frozenset[Pair]:
    """Filled in the old habit: fewer women, young, minority; now and then one too few or too many, or a standard lost since."""
    weight = [1.0] * people
    for name, part in MARKS.items():
        was = PRESENT_MARKS[name]
        for person, mark in enumerate(marks[name]):
            weight[person] *= was / part if mark else (1 - was) / (1 - part)
    by_slot: dict[int, list[int]] = {}
    for person, number in sorted(pairs):
        by_slot.setdefault(number, []).append(person)
    held: dict[tuple[int, str], int] = {}
    found: set[Pair] = set()
    for number, slot in enumerate(slots):
        wanted = draw.randint(slot.least, slot.most) + draw.choices((-1, 0, 1), (0.05, 0.9, 0.05))[0]
        ranked = sorted(by_slot.get(number, []), key=lambda person: draw.random() ** (1 / weight[person]), reverse=True)
        free = [person for person in ranked if held.get((person, slot.level), 0) < 3][:wanted]
        for person in free:
            held[person, slot.level] = held.get((person, slot.level), 0) + 1
            found.add((person, number))
    lost = {pair for pair in sorted(found) if draw.random() < 0.02}
    pairs -= lost
    return frozenset(found)


def _shares(slots: tuple[Slot, ...], units: int, marks: dict[str, tuple[bool | None, ...]], bands: list[int]) -> list[Share]:
    """Of all lists, of each unit, of each committee; on distinct people wherever a person may stand in several lists."""
    wanted = {"women": Fraction(1, 4), "young": Fraction(3, 20), "minority": Fraction(1, 8), "science": Fraction(1, 6)}
    found = [Share(name, name, marks[name], part) for name, part in wanted.items()]
    ages = [tuple(band == which for band in bands) for which in range(3)]
    for unit in range(units):
        own = tuple(number for number in range(len(slots)) if unit_of(number, units) == unit)
        found.append(Share(f"women-u{unit}", "women", marks["women"], Fraction(1, 5), own))
        found.append(Share(f"young-u{unit}", "young", marks["young"], Fraction(1, 10), own))
        heads = own[1:]
        if heads:
            found.append(Share(f"woman-heads-u{unit}", "a woman", marks["women"], 1, heads, kind="count"))
        committee = (own[0],)
        found.append(Share(f"women-c{unit}", "women", marks["women"], Fraction(1, 4), committee))
        found.append(Share(f"young-c{unit}", "young", marks["young"], Fraction(3, 20), committee))
        found += [Share(f"band{which}-c{unit}", "age band", ages[which], 1, committee, kind="count") for which in range(3)]
    return found
