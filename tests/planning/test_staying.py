"""Who is counted on a list while it is being decided."""

import pytest

from canbo.organization.models import Title
from canbo.planning.models import Line, Slate
from canbo.planning.numbers import listed, stands_with


@pytest.mark.parametrize(
    ("standing", "outcome", "counted"),
    [
        ("keep", "", True), ("add", "", True), ("add", "approved", True), ("add", "refused", False),
        ("remove", "", False), ("remove", "approved", False), ("remove", "refused", True),
    ],
)  # fmt: skip
def test_who_was_to_leave_and_was_refused_that_is_counted(standing: str, outcome: str, counted: bool) -> None:
    slate = Slate(title=Title(code="chu-tich-ubnd-xa", level="xa"))
    assert bool(listed(slate, [Line(person_id=1, standing=standing, outcome=outcome)]).people) is counted


@pytest.mark.parametrize(
    ("standing", "outcome", "counted"),
    [("add", "", True), ("keep", "", True), ("remove", "", True), ("remove", "refused", True), ("remove", "approved", False)],
)
def test_who_is_to_leave_takes_a_place_until_that_is_decided(standing: str, outcome: str, counted: bool) -> None:
    line = Line(person_id=1, standing=standing, outcome=outcome)
    assert stands_with(line, {1}) is counted
    assert stands_with(line, set()) is (counted and standing != "add")
