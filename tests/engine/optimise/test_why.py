"""Every change of a proven list has its reason; the figures beside it are those of the list without it and with it."""

from fractions import Fraction

from canbo.engine.optimise import check
from canbo.engine.optimise.model import Problem, Share, Slot, Solution
from canbo.engine.optimise.solve import solve
from canbo.engine.optimise.why import Step, why, why_not
from tests.engine.optimise.plain import tiny


def solved(problem: Problem) -> Solution:
    found = solve(problem, seconds=60, threads=1)
    assert isinstance(found, Solution)
    return found


def test_every_change_of_a_proven_list_has_a_reason():
    """Else the list without it would do, with fewer changes."""
    told = 0
    for seed in range(200):
        problem = tiny(seed)
        found = solve(problem, seconds=60, threads=1)
        if isinstance(found, Solution):
            for step in why(problem, found):
                told += 1
                assert step.limits or step.serves, (seed, step)
                assert_figures(problem, found, step)
    assert told > 100


def assert_figures(problem: Problem, found: Solution, step: Step) -> None:
    without = set(found.pairs) - {(step.added, step.slot)}
    if step.removed is not None:
        without.add((step.removed, step.slot))
    shares = {share.code: share for share in problem.shares}
    for effect in step.serves:
        assert effect.before == check.standing(problem, shares[effect.share], without)
        assert effect.after == check.standing(problem, shares[effect.share], found.pairs)
        assert effect.before.missing > effect.after.missing


def test_a_woman_for_a_man_is_one_step_with_the_figures_of_the_page():
    """Twenty places, four women: 4/20 becomes 5/20 with one exchange."""
    people = 21
    women = tuple(person < 4 or person == 20 for person in range(people))
    problem = Problem(
        people, (Slot("cap-uy", 20, 20),), tuple((person, 0) for person in range(people)), frozenset((person, 0) for person in range(20)),
        (Share("nu", "nữ", women, Fraction(1, 4)),), costs={(4, 0): 9},
    )  # fmt: skip
    (step,) = why(problem, solved(problem))
    assert (step.added, step.removed, step.carries) == (20, 4, ("nu",))
    (effect,) = step.serves
    assert (effect.before.marked, effect.before.total, effect.after.marked, effect.after.total) == (4, 20, 5, 20)


def test_forced_changes_say_which_limit():
    """An lost the standard and Chi was fixed by people; with the two alone the slot is neither short nor too full."""
    slots = (Slot("bi-thu", 2, 2),)
    problem = Problem(4, slots, ((1, 0), (2, 0), (3, 0)), frozenset({(0, 0), (1, 0)}), keep=frozenset({(2, 0)}), ban=frozenset({(1, 0)}))
    steps = why(problem, solved(problem))
    assert [(step.added, step.removed, step.limits) for step in steps] == [(2, 0, ("kept", "not-allowed")), (3, 1, ("banned",))]


def test_why_somebody_is_not_in_the_list():
    slots = (Slot("bi-thu", 1, 1, "xa"), Slot("chu-tich", 0, 2, "xa"))
    pairs = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 1))
    problem = Problem(3, slots, pairs, frozenset({(0, 0)}), most_per_person={"xa": 1}, ban=frozenset({(2, 1)}))
    found = solved(problem)
    told = [why_not(problem, found, pair).refusal for pair in ((1, 0), (0, 1), (1, 1), (2, 1), (2, 0))]
    assert told == ["slot-full", "person-full", "not-needed", "banned", "not-allowed"]
