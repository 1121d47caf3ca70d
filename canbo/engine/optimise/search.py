"""From a list that keeps the hard limits to the one with the fewest changes, then the one best liked; and the bounds beside it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import Enum
from math import ceil, isfinite
from time import perf_counter

from canbo.engine.optimise import check
from canbo.engine.optimise.highs import Answer, run
from canbo.engine.optimise.model import Pair, Problem, Progress, Solution, Status
from canbo.engine.optimise.program import INFINITE, Program, program_of, start_of

SMALL = 4_000  # pairs
CORE_PART, CORE_DEPTH, CORE_GAP = 0.35, 1, 0.005
FEW_NODES = 20  # not seconds: which way the search goes must not depend on the machine
TRUST = 1e-6  # of the solver's bound, which is a float; the lists themselves are counted in whole numbers


@dataclass(slots=True)
class Clock:
    """Time left, who watches, and whether she has called it off."""

    seconds: float
    threads: int
    watch: Callable[[Progress], bool] | None = None
    began: float = field(default_factory=perf_counter)
    cancelled: bool = False

    @property
    def spent(self) -> float:
        return perf_counter() - self.began

    def left(self, part: float = 1.0) -> float:
        return 0.0 if self.cancelled else max(0.0, self.seconds - self.spent) * part

    def tell(self, changes: int | None, bound: int) -> bool:
        if self.watch is not None and not self.cancelled:
            self.cancelled = not self.watch(Progress(changes, bound, _gap(changes, bound), self.spent))
        return not self.cancelled


def _gap(changes: int | None, bound: int) -> float | None:
    if changes is None or (changes and not bound):
        return None
    return (changes - bound) / changes if changes else 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """One change weighs more than all preferences of any two lists with at most `most` changes: a lexicographic order in one number."""

    most: int
    worst: int

    @property
    def change(self) -> int:
        return self.worst * (2 * self.most + 1) + 1

    def changes(self, value: float) -> int:
        return round(value / self.change)

    def bound(self, value: float) -> int:
        """Fewest changes of a list whose value is not below this one: each change moves the cost by `worst` at most."""
        return whole(value / (self.change + self.worst))


class Aim(Enum):
    """What a run makes small: changes alone, both in one number, or the cost alone with the changes held."""

    CHANGES = "changes"
    BOTH = "both"
    COST = "cost"


@dataclass(slots=True)
class Hunt:
    """The best list so far and what is known of all lists. `lacking`: how much a list may lack."""

    problem: Problem
    clock: Clock
    best: frozenset[Pair]
    lacking: int
    bound: int = 0
    cost_bound: int | None = None

    @property
    def changes(self) -> int:
        return len(self.best ^ self.problem.present)

    @property
    def cost(self) -> int:
        return cost_of(self.problem, self.best)

    @property
    def settled(self) -> bool:
        """No list has fewer changes; the cost is another matter."""
        return self.bound >= self.changes

    @property
    def proven(self) -> bool:
        return self.settled and (self.cost_bound == self.cost or not any(self.problem.costs.values()))


def smallest(problem: Problem, start: frozenset[Pair], clock: Clock, *, lacking: int = 0, small: int = SMALL) -> Solution:
    """`start` lacks `lacking`, and so may the list that is found.

    Measured: few pairs are settled soonest by changes alone, then cost; with many, both at once, after a look at the likeliest pairs.
    """
    hunt = Hunt(problem, clock, start, lacking)
    if len(problem.allowed) > small:
        look(hunt, Aim.BOTH, part=CORE_PART, pairs=core(problem, start))
        look(hunt, Aim.BOTH, until_settled=True)
    else:
        look(hunt, Aim.CHANGES, part=0.5, few=True)
        look(hunt, Aim.BOTH, part=0.5, nodes=FEW_NODES, few=True)
        if not hunt.settled:
            look(hunt, Aim.CHANGES)  # the plain program: with counted shares the library may call a list optimal and tell no bound
    if hunt.settled:
        if len(problem.allowed) <= small:
            look(hunt, Aim.COST, few=True)
        look(hunt, Aim.COST)
    return _solution(hunt)


def look(
    hunt: Hunt, aim: Aim, *,
    part: float = 1.0, pairs: frozenset[Pair] | None = None, nodes: int = 0, until_settled: bool = False, few: bool = False,
) -> None:  # fmt: skip
    """One run. Some of the pairs can give a better list, but no bound: that is of all lists."""
    clock, problem = hunt.clock, hunt.problem
    if hunt.proven or not clock.left():
        return
    scale = Scale(hunt.changes, max((abs(cost) for cost in problem.costs.values()), default=0))
    made = changes_program(hunt, aim, scale, problem.allowed if pairs is None else pairs, counted=few)

    def watch(best: float, bound: float, _: float) -> bool:
        fewest = hunt.changes if aim is Aim.COST or not isfinite(best) else min(hunt.changes, _changes(best, aim, scale))
        known = max(hunt.bound, 0 if pairs is not None else min(fewest, _bound(bound, aim, scale)))
        return clock.tell(fewest, known) and not (until_settled and known == fewest)

    answer = run(
        made, seconds=clock.left(part), threads=clock.threads, start=start_of(made, hunt.best, problem), watch=watch,
        gap=0.0 if pairs is None else CORE_GAP, nodes=nodes, prove=few,
    )  # fmt: skip
    hunt.best = _better(hunt, chosen(made, answer))
    if pairs is None:
        _learn(hunt, aim, scale, answer.bound)


def core(problem: Problem, start: frozenset[Pair]) -> frozenset[Pair]:
    """The pairs a good list most likely uses: what stands, and per slot the best liked newcomers of each set of marks."""
    lists_of: dict[tuple[int, tuple[bool, ...]], list[tuple[int, Pair]]] = {}
    marks = list({id(share.marks): share.marks for share in problem.shares}.values())
    for pair in problem.allowed:
        kind = tuple(bool(mark[pair[0]]) for mark in marks)
        lists_of.setdefault((pair[1], kind), []).append((problem.costs.get(pair, 0), pair))
    best = {pair for ranked in lists_of.values() for _, pair in sorted(ranked)[:CORE_DEPTH]}
    return frozenset(best | start | (problem.present & problem.allowed))


def changes_program(hunt: Hunt, aim: Aim, scale: Scale, pairs: Collection[Pair], *, counted: bool = False) -> Program:
    """The value of a list counts from the present one: its changes, and what its cost differs."""
    problem, soft = hunt.problem, bool(hunt.lacking)
    slots, shares = range(len(problem.slots)) if soft else (), range(len(problem.shares)) if soft else ()
    made = program_of(problem, pairs=pairs, soft_slots=slots, soft_shares=shares, counted=counted)
    change, cost = {Aim.CHANGES: (1, 0), Aim.BOTH: (scale.change, 1), Aim.COST: (0, 1)}[aim]
    steps = {column: -1 if pair in problem.present else 1 for pair, column in made.x.items()}
    for pair, column in made.x.items():
        made.cost[column] = cost * problem.costs.get(pair, 0) + change * steps[column]
    made.offset = change * len(problem.present) - cost * _present_cost(problem)
    if aim is Aim.COST:
        made.row(steps, -INFINITE, hunt.changes - len(problem.present))
    if soft:
        made.row(dict.fromkeys([*made.short.values(), *made.lacking.values()], 1), -INFINITE, hunt.lacking)
    return made


def chosen(made: Program, answer: Answer) -> frozenset[Pair] | None:
    if answer.values is None:
        return None
    return frozenset(pair for pair, column in made.x.items() if answer.values[column] > 0.5)


def whole(bound: float) -> int:
    """Lists have whole values: a bound of 21.2 is one of 22."""
    return max(0, ceil(bound - TRUST)) if isfinite(bound) else 0


def cost_of(problem: Problem, pairs: Collection[Pair]) -> int:
    return sum(problem.costs.get(pair, 0) for pair in pairs)


def _present_cost(problem: Problem) -> int:
    return cost_of(problem, problem.present & problem.allowed)


def _changes(value: float, aim: Aim, scale: Scale) -> int:
    return scale.changes(value) if aim is Aim.BOTH else round(value)


def _bound(value: float, aim: Aim, scale: Scale) -> int:
    if aim is Aim.COST:
        return 0
    return scale.bound(value) if aim is Aim.BOTH else whole(value)


def _better(hunt: Hunt, new: frozenset[Pair] | None) -> frozenset[Pair]:
    """The new list if it stands the count in whole numbers and is better; what the solver claims decides nothing."""
    problem = hunt.problem
    if new is None or check.breaches(problem, new) or check.missing(problem, new) > hunt.lacking:
        return hunt.best
    return min(hunt.best, new, key=lambda pairs: (len(pairs ^ problem.present), cost_of(problem, pairs)))


def _learn(hunt: Hunt, aim: Aim, scale: Scale, value: float) -> None:
    """What the bound of a run over all pairs says. Never more than the list in hand shows to be possible."""
    hunt.bound = max(hunt.bound, min(hunt.changes, _bound(value, aim, scale)))
    if not hunt.settled or aim is Aim.CHANGES or not isfinite(value):
        return
    rest = value - (scale.change * hunt.changes if aim is Aim.BOTH else 0)
    found = min(hunt.cost, ceil(rest - TRUST) + _present_cost(hunt.problem))
    hunt.cost_bound = found if hunt.cost_bound is None else max(hunt.cost_bound, found)


def _solution(hunt: Hunt) -> Solution:
    pairs, present, changes = hunt.best, hunt.problem.present, hunt.changes
    bound = min(hunt.bound, changes)
    cost_bound = hunt.cost if hunt.proven else hunt.cost_bound
    status: Status = "optimal" if hunt.proven else "cancelled" if hunt.clock.cancelled else "stopped"
    return Solution(
        pairs, tuple(sorted(pairs - present)), tuple(sorted(present - pairs)), hunt.proven, bound,
        (changes - bound) / changes if changes else 0.0, hunt.cost, cost_bound, hunt.clock.spent, status,
    )  # fmt: skip
