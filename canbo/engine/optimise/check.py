"""Does a list keep what was asked? Counted anew in whole numbers: no verdict rests on what the solver says of itself."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from canbo.engine.optimise.model import Fault, Pair, Problem, Share


@dataclass(frozen=True, slots=True)
class Standing:
    """A share as one list has it: of `total` distinct people `marked` carry the mark, `missing` more are needed."""

    share: str
    marked: int
    total: int
    missing: int


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit no list may pass: a pair nobody allowed, a fixed one left out, a slot too full, a person in too many."""

    code: Literal["not-allowed", "keep-left-out", "slot-over", "person-over"]
    person: int | None = None
    slot: int | None = None
    level: str = ""


def standing(problem: Problem, share: Share, pairs: Collection[Pair]) -> Standing:
    wanted = set(problem.slots_of(share))
    people = {person for person, slot in pairs if slot in wanted}
    marked = sum(1 for person in people if share.marks[person])
    return Standing(share.code, marked, len(people), share.missing(marked, len(people)))


def standings(problem: Problem, pairs: Collection[Pair]) -> tuple[Standing, ...]:
    return tuple(standing(problem, share, pairs) for share in problem.shares)


def short_slots(problem: Problem, pairs: Collection[Pair]) -> dict[int, int]:
    """Slot → how many people it is short of its least."""
    filled = Counter(slot for _, slot in pairs)
    return {n: slot.least - filled[n] for n, slot in enumerate(problem.slots) if filled[n] < slot.least}


def missing(problem: Problem, pairs: Collection[Pair]) -> int:
    """All that the list lacks; 0 = it meets everything that was asked."""
    return sum(one.missing for one in standings(problem, pairs)) + sum(short_slots(problem, pairs).values())


def breaches(problem: Problem, pairs: Collection[Pair]) -> list[Breach]:
    chosen = set(pairs)
    found = [Breach("not-allowed", person, slot) for person, slot in sorted(chosen - problem.allowed)]
    found += [Breach("keep-left-out", person, slot) for person, slot in sorted(problem.keep - chosen)]
    filled = Counter(slot for _, slot in chosen)
    found += [Breach("slot-over", slot=n) for n, slot in enumerate(problem.slots) if filled[n] > slot.most]
    held = Counter((person, problem.slots[slot].level) for person, slot in chosen)
    for (person, level), number in sorted(held.items()):
        if number > problem.most_per_person.get(level, number):
            found.append(Breach("person-over", person, level=level))
    return found


def faults(problem: Problem) -> tuple[Fault, ...]:
    """What contradicts itself before any list is tried; a page says it beside the field that was filled in."""
    found = [Fault("slot-limits", slot=slot.code) for slot in problem.slots if not 0 <= slot.least <= slot.most]
    for person, slot in sorted(problem.keep - problem.allowed):
        found.append(Fault("keep-not-allowed", slot=problem.slots[slot].code, person=person))
    for breach in breaches(problem, problem.keep & problem.allowed):
        if breach.code == "slot-over" and breach.slot is not None:
            found.append(Fault("keep-over-slot", slot=problem.slots[breach.slot].code))
        if breach.code == "person-over":
            found.append(Fault("keep-over-person", person=breach.person))
    return (*found, *filter(None, (_over_places(problem, share) for share in problem.shares)))


def _over_places(problem: Problem, share: Share) -> Fault | None:
    """More people asked for than the slots can hold beside those fixed in them."""
    wanted = set(problem.slots_of(share))
    fixed = sum(1 for person, slot in problem.keep if slot in wanted and not share.marks[person])
    places = sum(problem.slots[slot].most for slot in wanted) - fixed
    if share.kind == "count" and share.top > places:
        return Fault("count-over-places", share=share.code, number=places)
    return None
