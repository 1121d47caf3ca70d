"""The smallest correction of invented planning rounds: proven for a district's size, with its gap over time for a province's."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.record import Figure, at_most, memory_mib, plain
from bench.solver_instances import instance
from canbo.engine.optimise.greedy import greedy
from canbo.engine.optimise.model import Problem, Progress, Solution
from canbo.engine.optimise.solve import solve

SMALL, LARGE = (500, 30), (5_000, 200)
SEEDS_SMALL, SEEDS_LARGE = range(1, 11), range(1, 4)
THREADS, MOMENTS = 2, (10, 30, 60)
MEMORY = 1_536


@dataclass
class Course:
    """What the watcher heard: (wall seconds, processor seconds, changes, bound)."""

    began: float = field(default_factory=time.process_time)
    heard: list[tuple[float, float, int, int]] = field(default_factory=list)

    def __call__(self, progress: Progress) -> bool:
        if progress.changes is not None:
            self.heard.append((progress.seconds, time.process_time() - self.began, progress.changes, progress.bound))
        return True

    def gap_at(self, seconds: float, *, clock: int) -> float:
        """In percent of the changes; `clock` 0 = wall, 1 = processor."""
        last = [one for one in self.heard if one[clock] <= seconds][-1]
        return 100 * (last[2] - last[3]) / last[2]

    def until(self, percent: float, *, clock: int) -> float | None:
        return next((one[clock] for one in self.heard if 100 * (one[2] - one[3]) <= percent * one[2]), None)


def corrections() -> Iterator[Figure]:
    for seed in SEEDS_SMALL:
        yield from small(seed)
    for seed in SEEDS_LARGE:
        yield from large(seed)
    yield at_most("solver: memory at its highest", memory_mib()[1], "MiB", MEMORY)


def small(seed: int) -> Iterator[Figure]:
    people, lists = SMALL
    problem, began = instance(people=people, lists=lists, seed=seed), time.process_time()
    course = Course()
    found = _found(problem, seconds=60, watch=course)
    worked = time.process_time() - began
    name = f"solver {people} × {lists}, seed {seed}"
    note = f"{found.changes} changes, bound {found.bound}; cost {found.cost}, {found.cost_bound}; greedy {_greedy(problem)}; {found.status}"
    yield Figure(f"{name}: proven optimal", round(found.seconds, 3), "s", 2, found.proven and found.seconds <= 2, note, people)
    settled = course.until(0, clock=1)
    if settled is not None:
        yield Figure(f"{name}: processor time until no list has fewer changes", round(settled, 3), "s", people=people)
    yield Figure(f"{name}: processor time", round(worked, 3), "s", people=people)


def large(seed: int) -> Iterator[Figure]:
    people, lists = LARGE
    problem, course = instance(people=people, lists=lists, seed=seed), Course()
    found = _found(problem, seconds=60, watch=course)
    name, begun = f"solver {people} × {lists}, seed {seed}", _greedy(problem)
    note = f"{found.changes} changes, bound {found.bound}; cost {found.cost}, bound {found.cost_bound}; greedy {begun}; {found.status}"
    for moment in MOMENTS:
        gap = course.gap_at(moment, clock=0)
        ok = gap <= 1 if moment == MOMENTS[0] else None
        yield Figure(f"{name}: gap at {moment} s", round(gap, 3), "%", 1 if moment == MOMENTS[0] else None, ok, note, people)
    yield Figure(f"{name}: gap after 10 s of processor time", round(course.gap_at(10, clock=1), 3), "%", people=people)
    reached = course.until(1, clock=1)
    if reached is not None:
        yield plain(f"{name}: processor time until 1 %", reached, "s")
    yield Figure(f"{name}: changes fewer than greedy", begun - found.changes, "changes", 0, found.changes <= begun, people=people)


def _found(problem: Problem, *, seconds: float, watch: Course) -> Solution:
    found = solve(problem, seconds=seconds, threads=THREADS, watch=watch)
    if not isinstance(found, Solution):
        raise AssertionError(f"no list meets the shares of this instance: {found.missing} missing")
    watch.heard.append((found.seconds, time.process_time() - watch.began, found.changes, found.bound))
    return found


def _greedy(problem: Problem) -> int:
    return len(greedy(problem) ^ problem.present)
