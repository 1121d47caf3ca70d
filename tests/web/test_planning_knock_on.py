"""A chain of vacancies: every step is somebody's click, a ring of moves ends, a click again takes the choice back."""

from django.http import QueryDict

from canbo.planning.strength import Strength, Successor
from canbo.web.planning.knock_on import _steps

HEAD, DEPUTY = (1, "chu-tich-ubnd-xa"), (1, "pho-chu-tich-ubnd-xa")


def _post(place: tuple[int, str], *successors: Successor) -> Strength:
    return Strength(place[0], "Xã A", place[1], place[1], 0, (), successors)


def _who(person: int, *holds: tuple[int, str]) -> Successor:
    return Successor(person, f"Người {person}", person, "2031-2036", "ready", (), holds)


POSTS = [_post(HEAD, _who(7, DEPUTY), _who(8)), _post(DEPUTY, _who(9, HEAD))]
ASKED = f"vt=1.{HEAD[1]}"


def test_nobody_chosen_frees_nothing_more() -> None:
    (only,) = _steps(QueryDict(ASKED), POSTS)
    assert [choice.chosen for choice in only.choices] == [False, False]
    assert only.choices[0].leaves and not only.choices[1].leaves


def test_who_is_chosen_leaves_her_post_and_a_ring_ends() -> None:
    both = f"{ASKED}&b=1.{HEAD[1]}.7&b=1.{DEPUTY[1]}.9"
    first, second = _steps(QueryDict(both), POSTS)
    assert (second.post.title, second.after) == (DEPUTY[1], "Người 7")
    assert [choice.chosen for choice in (*first.choices, *second.choices)] == [True, False, True]
    assert f"b=1.{HEAD[1]}.7" not in first.choices[0].url  # the second click takes the choice back


def test_post_that_is_not_there_is_no_step() -> None:
    assert _steps(QueryDict("vt=99.chu-tich-ubnd-xa"), POSTS) == []
    assert len(_steps(QueryDict(f"{ASKED}&b=x.y.z&b=1.{HEAD[1]}.404"), POSTS)) == 1
