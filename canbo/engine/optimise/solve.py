"""The smallest correction of a list, or what stands in its way. Limits first, then shares, then changes, then what is preferred."""

from collections.abc import Callable

from canbo.engine.optimise import check
from canbo.engine.optimise.greedy import greedy
from canbo.engine.optimise.impossible import impossible, least_missing
from canbo.engine.optimise.model import Impossible, Problem, Progress, Solution
from canbo.engine.optimise.search import Clock, smallest

FEASIBILITY_PART = 0.5


def solve(
    problem: Problem, *, seconds: float, threads: int, watch: Callable[[Progress], bool] | None = None
) -> Solution | Impossible:
    """At most about `seconds`; `watch` hears of the search several times a second and calls it off by answering False.

    The same problem gives the same list, unless time runs out first: then how far the search came depends on the machine.
    """
    clock = Clock(seconds, threads, watch)
    if found := check.faults(problem):
        return Impossible(faults=found, seconds=clock.spent)
    start = greedy(problem)
    if lacking := check.missing(problem, start):
        least = least_missing(problem, start, clock, part=FEASIBILITY_PART)
        start, lacking = least.pairs, least.missing
        if lacking:
            return impossible(problem, least, clock)
    clock.tell(len(start ^ problem.present), 0)
    return smallest(problem, start, clock)
