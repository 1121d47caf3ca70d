"""When no list meets everything: what the best one lacks, in people one can look for, and which asks stand against each other."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from canbo.engine.optimise import check
from canbo.engine.optimise.highs import Answer, run
from canbo.engine.optimise.model import Ask, Impossible, Lack, Pair, Problem
from canbo.engine.optimise.program import Program, program_of, start_of
from canbo.engine.optimise.search import Clock, chosen, smallest, whole

BEST_PART, CONFLICT_PART = 0.5, 0.5
PATIENCE = 10.0  # seconds for each of the small questions


@dataclass(frozen=True, slots=True)
class Least:
    """The list that lacks least, how much that is, and what every list lacks."""

    pairs: frozenset[Pair]
    missing: int
    bound: int


def least_missing(problem: Problem, start: frozenset[Pair], clock: Clock, *, part: float) -> Least:
    """Fewest people missing in all; stops at the first list that lacks no more than some few slots must lack among themselves."""
    first, near = check.missing(problem, start), _near_bound(problem, start, clock)
    if first == near or not clock.left():
        return Least(start, first, near)
    made = _elastic(problem, ())
    answer = run(
        made, seconds=clock.left(part), threads=clock.threads, start=start_of(made, start, problem), target=float(near),
        watch=lambda best, bound, seconds: clock.tell(None, 0),
    )  # fmt: skip
    found = chosen(made, answer)
    if found is None or check.breaches(problem, found) or (count := check.missing(problem, found)) > first:
        found, count = start, first
    return Least(found, count, min(count, max(near, whole(answer.bound))))


def _near_bound(problem: Problem, start: frozenset[Pair], clock: Clock) -> int:
    """What is lacking within the slots of one ask is lacking in any list: small questions, and those without a common ask add up."""
    total, used = 0, set[Ask]()
    for ask in sorted((lack.ask for lack in _lacks(problem, start)), key=lambda one: len(_slots(problem, one))):
        near = set(_within(problem, ask))
        if not near & used and (answer := _small(_elastic(_asking(problem, near), ()), clock)) is not None:
            total += whole(answer.bound)
            used |= near
    return total


def impossible(problem: Problem, least: Least, clock: Clock) -> Impossible:
    """The best list, and why there is no better one as far as time allows."""
    own = replace(clock, seconds=clock.spent + clock.left(BEST_PART))
    best = smallest(problem, least.pairs, own, lacking=least.missing)
    clock.cancelled = own.cancelled
    lacks = _lacks(problem, best.pairs)
    # Alone or together: only what is proven to fail is taken apart.
    told = tuple(replace(lack, alone=_alone(problem, lack.ask, clock)) for lack in lacks)
    conflicts = _conflicts(problem, [lack.ask for lack in lacks], clock) if least.bound > 0 else ()
    missing = sum(lack.missing for lack in lacks)
    return Impossible((), best, told, missing, min(least.bound, missing), conflicts, clock.spent)


def _lacks(problem: Problem, pairs: Collection[Pair]) -> tuple[Lack, ...]:
    short = check.short_slots(problem, pairs)
    found = [Lack(("slot", problem.slots[n].code), number, None) for n, number in sorted(short.items())]
    found += [Lack(("share", one.share), one.missing, None) for one in check.standings(problem, pairs) if one.missing]
    return tuple(found)


def _alone(problem: Problem, ask: Ask, clock: Clock) -> int | None:
    """A slot with no other ask at all; a share beside the slots' least numbers, these first."""
    only = _asking(problem, [ask] if ask[0] == "slot" else [ask, *_slot_asks(problem)])
    made = _elastic(only, ())
    for column in made.short.values():
        made.cost[column] = len(problem.pairs) + 1.0
    answer = _small(made, clock)
    pairs = chosen(made, answer) if answer and answer.proven else None
    if pairs is None or check.breaches(only, pairs):
        return None
    return sum(lack.missing for lack in _lacks(only, pairs) if lack.ask == ask)


# --- what stands against what


def _conflicts(problem: Problem, lacking: list[Ask], clock: Clock) -> tuple[tuple[Ask, ...], ...]:
    """Disjoint smallest sets, until what is left can be met or time is out: near what is lacking first, then among all asks."""
    order = [*_slot_asks(problem), *(("share", share.code) for share in problem.shares)]
    places = [*(set(_within(problem, ask)) for ask in lacking), set(order)]
    found: list[tuple[Ask, ...]] = []
    given_up: set[Ask] = set()
    own = replace(clock, seconds=clock.spent + clock.left(CONFLICT_PART))
    for place in places:
        while (core := _failing(problem, [ask for ask in order if ask in place - given_up], own)) is not None:
            if (core := _reduced(problem, core, own)) is None:
                break
            found.append(tuple(sorted(core, key=order.index)))
            given_up |= set(core)
    return tuple(found)


def _failing(problem: Problem, asks: list[Ask], clock: Clock) -> list[Ask] | None:
    """A few asks that cannot be met together: what stays short is made hard, until that is not possible. None = met, or unknown."""
    hard: list[Ask] = []
    asked = _asking(problem, asks)
    while True:
        made = _elastic(asked, hard)
        answer = _small(made, clock)
        if answer is None or (answer.infeasible and not hard):
            return None
        if answer.infeasible:
            return hard
        pairs = chosen(made, answer) if answer.proven else None
        lacking = [] if pairs is None else [lack.ask for lack in _lacks(asked, pairs) if lack.ask not in hard]
        if not lacking:
            return None
        hard += lacking


def _reduced(problem: Problem, core: list[Ask], clock: Clock) -> list[Ask] | None:
    """One ask after the other is left out; who can be spared is."""
    kept = list(core)
    for ask in core:
        rest = [one for one in kept if one != ask]
        asked = _asking(problem, rest)
        made = program_of(asked, pairs=asked.allowed)
        answer = _small(made, clock)
        if answer is None or not (answer.infeasible or answer.proven):
            return None
        if answer.infeasible:
            kept = rest
    return kept


def _asking(problem: Problem, asks: Iterable[Ask]) -> Problem:
    """The problem with these asks only; hard limits stay. Slots that nothing is asked of stay empty but for what is fixed."""
    wanted = set(asks)
    open_slots = {slot for ask in wanted for slot in _slots(problem, ask)}
    return replace(
        problem, pairs=tuple(pair for pair in problem.pairs if pair[1] in open_slots or pair in problem.keep),
        slots=tuple(slot if ("slot", slot.code) in wanted else replace(slot, least=0) for slot in problem.slots),
        shares=tuple(share for share in problem.shares if ("share", share.code) in wanted),
    )  # fmt: skip


def _slots(problem: Problem, ask: Ask) -> tuple[int, ...]:
    if ask[0] == "slot":
        return tuple(n for n, slot in enumerate(problem.slots) if slot.code == ask[1])
    return next(problem.slots_of(share) for share in problem.shares if share.code == ask[1])


def _within(problem: Problem, ask: Ask) -> list[Ask]:
    """Every ask of the slots this one is about, and of no others."""
    scope = set(_slots(problem, ask))
    found = [one for one in _slot_asks(problem) if scope.issuperset(_slots(problem, one))]
    return found + [("share", share.code) for share in problem.shares if scope.issuperset(problem.slots_of(share))]


def _slot_asks(problem: Problem) -> list[Ask]:
    return [("slot", slot.code) for slot in problem.slots if slot.least]


def _elastic(problem: Problem, hard: Collection[Ask]) -> Program:
    """Every ask may stay short at the price of one per person, but for the hard ones."""
    shares = [n for n, share in enumerate(problem.shares) if ("share", share.code) not in hard]
    slots = [n for n, slot in enumerate(problem.slots) if ("slot", slot.code) not in hard]
    made = program_of(problem, pairs=problem.allowed, soft_slots=slots, soft_shares=shares)
    for column in (*made.short.values(), *made.lacking.values()):
        made.cost[column] = 1.0
    return made


def _small(made: Program, clock: Clock) -> Answer | None:
    if not clock.left() or not clock.tell(None, 0):
        return None
    return run(made, seconds=min(PATIENCE, clock.left()), threads=clock.threads)

