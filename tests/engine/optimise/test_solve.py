"""Every answer of the solver on tiny problems is compared with all lists there are."""

from dataclasses import replace
from fractions import Fraction

import pytest

from canbo.engine.optimise import check
from canbo.engine.optimise.greedy import greedy
from canbo.engine.optimise.model import Impossible, Problem, Progress, Share, Slot, Solution
from canbo.engine.optimise.program import hull
from canbo.engine.optimise.search import Clock, smallest
from canbo.engine.optimise.solve import solve
from tests.engine.optimise.plain import best_value, missing, tiny, value, within_limits

ONE = Slot("bi-thu", 4, 4, "xa")
SEEDS = 320


def solved(problem: Problem) -> Solution | Impossible:
    return solve(problem, seconds=60, threads=1)


@pytest.mark.parametrize("part", range(4))
def test_no_list_is_better_than_the_one_found(part: int):
    """Missing people, then changes, then cost: the best of all lists, exactly, and proven so."""
    kinds = set()
    for seed in range(part, SEEDS, 4):
        problem = tiny(seed)
        found, best = solved(problem), best_value(problem)
        if isinstance(found, Impossible) and found.faults:
            kinds.add("fault")
            continue
        assert best is not None, seed
        list_found = found if isinstance(found, Solution) else found.best
        assert list_found is not None and value(problem, list_found.pairs) == best, seed
        assert list_found.proven and (list_found.bound, list_found.cost_bound) == best[1:], seed
        assert within_limits(problem, tuple(list_found.pairs)), seed
        assert isinstance(found, Solution) == (best[0] == 0), seed
        if isinstance(found, Impossible):
            assert (found.missing, found.bound) == (best[0], best[0]), seed
        kinds.add(type(found).__name__)
    assert {"Solution", "Impossible"} <= kinds


def test_a_conflict_is_a_smallest_set_that_cannot_be_met():
    """Together impossible; possible as soon as any one of them is given up."""
    told = 0
    for seed in range(SEEDS, SEEDS + 60):
        problem = tiny(seed, pairs=8)
        found = solved(problem)
        if not isinstance(found, Impossible) or found.faults:
            continue
        assert found.conflicts, seed
        for conflict in found.conflicts:
            told += 1
            assert lacking(problem, conflict) > 0, seed
            for ask in conflict:
                assert lacking(problem, tuple(one for one in conflict if one != ask)) == 0, seed
    assert told > 10


def lacking(problem: Problem, asks: tuple[tuple[str, str], ...]) -> int:
    slots = tuple(slot if ("slot", slot.code) in asks else replace(slot, least=0) for slot in problem.slots)
    best = best_value(replace(problem, slots=slots, shares=tuple(share for share in problem.shares if ("share", share.code) in asks)))
    assert best is not None
    return best[0]


def test_the_way_for_many_pairs_finds_the_same_value():
    told = 0
    for seed in range(160):
        problem = tiny(seed)
        if not check.faults(problem) and check.missing(problem, start := greedy(problem)) == 0:
            found = smallest(problem, start, Clock(60, 1), small=0)
            assert found.proven and value(problem, found.pairs) == best_value(problem), seed
            told += 1
    assert told > 30


def test_greedy_keeps_the_hard_limits():
    for seed in range(150):
        problem = tiny(seed)
        if not check.faults(problem):
            assert check.breaches(problem, greedy(problem)) == [], seed


def test_the_count_agrees_with_the_plain_one():
    for seed in range(150):
        problem = tiny(seed)
        for pairs in (problem.present, frozenset(problem.pairs)):
            assert check.missing(problem, pairs) == missing(problem, pairs), seed


# --- An, Bình, Chi, Dũng and others by number


def women(*who: bool | None) -> tuple[bool | None, ...]:
    return who


def test_one_woman_too_few_among_those_who_meet_the_standard():
    """Four places, a quarter are to be women, no woman stands in the pool: exactly one is missing, alone and together."""
    problem = Problem(5, (ONE,), tuple((person, 0) for person in range(5)), shares=(Share("nu", "nữ", (False,) * 5, Fraction(1, 4)),))
    found = solved(problem)
    assert isinstance(found, Impossible) and found.proven
    assert [(lack.ask, lack.missing, lack.alone) for lack in found.lacks] == [(("share", "nu"), 1, 1)]
    assert found.conflicts == ((("slot", "bi-thu"), ("share", "nu")),)
    assert found.best is not None and len(found.best.pairs) == 4


def test_shares_that_are_met_alone_but_not_together():
    """One place; she is a woman of 50, he is 35: a woman and a person under 40 cannot both be in."""
    shares = (Share("nu", "nữ", women(True, False), 1, kind="count"), Share("tre", "dưới 40", (False, True), 1, kind="count"))
    found = solved(Problem(2, (Slot("bi-thu", 1, 1),), ((0, 0), (1, 0)), shares=shares))
    assert isinstance(found, Impossible) and (found.missing, found.bound) == (1, 1)
    assert [lack.alone for lack in found.lacks] == [0]
    assert found.conflicts == ((("share", "nu"), ("share", "tre")),)


def test_an_unknown_mark_counts_as_not_carried():
    shares = (Share("nu", "nữ", women(None, True), 1, kind="count"),)
    found = solved(Problem(2, (Slot("bi-thu", 1, 1),), ((0, 0), (1, 0)), frozenset({(0, 0)}), shares))
    assert isinstance(found, Solution) and found.pairs == {(1, 0)} and found.changes == 2


def test_a_person_in_two_lists_counts_once():
    """Two women in two lists each beside four men are two of six, not four of eight."""
    slots = (Slot("a", 4, 4), Slot("b", 4, 4))
    pairs = tuple((person, slot) for slot, who in ((0, (0, 1, 2, 3, 6)), (1, (0, 1, 4, 5, 6))) for person in who)
    share = Share("nu", "nữ", women(True, True, False, False, False, False, True), Fraction(2, 5))
    problem = Problem(7, slots, pairs, frozenset(pair for pair in pairs if pair[0] != 6), (share,))
    before = check.standing(problem, share, problem.present)
    assert (before.marked, before.total, before.missing) == (2, 6, 1)
    found = solved(problem)
    assert isinstance(found, Solution) and found.changes == 2
    after = check.standing(problem, share, found.pairs)
    assert (after.marked, after.total, after.missing) == (3, 6, 0)


def test_equal_changes_are_settled_by_the_stated_preference():
    shares = (Share("nu", "nữ", women(False, True, True, True), 1, kind="count"),)
    costs = {(1, 0): 3, (2, 0): 1, (3, 0): 2}
    found = solved(Problem(4, (Slot("bi-thu", 1, 2),), tuple((p, 0) for p in range(4)), frozenset({(0, 0)}), shares, costs=costs))
    assert isinstance(found, Solution) and found.added == ((2, 0),) and found.removed == ()


def test_a_list_that_meets_everything_is_left_alone():
    problem = Problem(2, (Slot("bi-thu", 1, 2),), ((0, 0), (1, 0)), frozenset({(0, 0)}), costs={(0, 0): 9})
    found = solved(problem)
    assert isinstance(found, Solution) and (found.changes, found.gap, found.status) == (0, 0.0, "optimal")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"keep": frozenset({(0, 0)}), "ban": frozenset({(0, 0)})}, "keep-not-allowed"),
        ({"keep": frozenset({(0, 0), (1, 0), (2, 0)})}, "keep-over-slot"),
        ({"keep": frozenset({(0, 0), (0, 1)}), "most_per_person": {"xa": 1}}, "keep-over-person"),
        ({"slots": (Slot("bi-thu", 3, 2, "xa"), Slot("chu-tich", 0, 2, "xa"))}, "slot-limits"),
        ({"shares": (Share("nu", "nữ", (True,) * 3, 5, kind="count"),)}, "count-over-places"),
    ],
)
def test_what_contradicts_itself_is_told_without_search(change: dict[str, object], code: str):
    slots = (Slot("bi-thu", 1, 2, "xa"), Slot("chu-tich", 0, 2, "xa"))
    problem = Problem(3, slots, tuple((person, slot) for person in range(3) for slot in range(2)))
    found = solved(replace(problem, **change))  # type: ignore[arg-type]
    assert isinstance(found, Impossible) and [fault.code for fault in found.faults] == [code] and found.proven


def test_the_same_problem_gives_the_same_list():
    for seed in range(20):
        first, again = (replace(solved(tiny(seed)), seconds=0.0) for _ in range(2))
        if isinstance(first, Impossible) and first.best and isinstance(again, Impossible) and again.best:
            first, again = (replace(one, best=replace(one.best, seconds=0.0)) for one in (first, again))
        assert first == again, seed


def test_the_watcher_calls_it_off_and_gets_the_list_so_far():
    heard: list[Progress] = []

    def stop(progress: Progress) -> bool:
        heard.append(progress)
        return False

    problem = Problem(2, (Slot("bi-thu", 1, 2),), ((0, 0), (1, 0)), frozenset(), (Share("nu", "nữ", women(False, True), 1, kind="count"),))
    found = solve(problem, seconds=60, threads=1, watch=stop)
    assert isinstance(found, Solution) and found.status == "cancelled" and not found.proven
    assert heard and check.missing(problem, found.pairs) == 0


def test_hull_holds_every_whole_point_and_touches_the_fewest():
    for top, bottom in ((1, 4), (3, 20), (1, 8), (2, 3)):
        sides = hull(15, 47, Fraction(top, bottom))
        for total in range(15, 48):
            fewest = -(-top * total // bottom)
            assert all(run * fewest - rise * total >= run * m - rise * t for rise, run, (t, m) in sides)
        assert all(m == -(-top * t // bottom) for _, _, (t, m) in sides)


def test_one_thread_or_two_give_lists_of_the_same_value():
    """The library keeps one pool of threads per process; another number must not make it answer nothing."""
    for seed in range(6):
        problem = tiny(seed)
        found = [solve(problem, seconds=60, threads=threads) for threads in (1, 2, 1)]
        values = {value(problem, one.pairs) if isinstance(one, Solution) else one.missing for one in found}
        assert len(values) == 1, seed
