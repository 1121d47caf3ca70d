"""The shares of the workers: what is made once for a file must not be made by both."""

from tests.sharing import LONGEST, STORIES, share_of, turn_of


def test_file_is_one_share_and_the_permission_walk_many():
    assert share_of("tests/web/test_people.py::test_a[x::y]") == "tests/web/test_people.py"
    assert share_of("tests/stories/test_keyboard.py::test_a") == share_of("tests/stories/test_every_page.py::test_b") == STORIES
    assert share_of("tests/stories/test_first_hour.py::test_a") == "tests/stories/test_first_hour.py"
    walk = "tests/web/test_permissions.py::test_a"
    assert (share_of(f"{walk}[an]"), share_of(f"{walk}[chi]")) == (f"{walk}[an]", f"{walk}[chi]")


def test_longest_share_is_begun_first_and_single_tests_last():
    shares = ["tests/web/test_permissions.py::test_a", "tests/web/test_people.py", *reversed(LONGEST)]
    assert sorted(shares, key=turn_of) == [*LONGEST, "tests/web/test_people.py", "tests/web/test_permissions.py::test_a"]
