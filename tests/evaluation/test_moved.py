"""Results follow who moved: months tracked at the old unit count in the campaign of the new one."""

from decimal import Decimal
from typing import Any

import pytest

from canbo.engine.ratings.model import GOOD, SATISFACTORY
from canbo.evaluation.held import months_of_person
from canbo.evaluation.models import Evaluation
from canbo.evaluation.people import regime_named
from canbo.evaluation.rating import propose
from canbo.evaluation.tracking import record_months
from canbo.kernel.actors import Actor, Scope
from tests.cases.world import laws
from tests.dossier.world import unit
from tests.evaluation.world import AT, ON, Division, division, month

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(actor: Actor, scope: Scope) -> dict[str, Any]:
    return {"actor": actor, "scope": scope, "at": AT}


def track(at: int, made: Division, numbers: range, ratio: str) -> None:
    told = [month(made.people["Bình 0"], number, ratio=ratio) for number in numbers]
    record_months(unit=at, regime="cong-chuc", months=told, laws=laws(), **made.who)


def proposed(made: Division) -> Evaluation:
    rows = propose(unit=made.unit.pk, laws=laws(), **made.who)
    return next(row for row in rows if row.person_id == made.people["Bình 0"])


def test_months_of_the_old_unit_count_at_the_new_one(who):
    made, old = division(who), unit("C").pk
    track(old, made, range(1, 6), "0.4")
    assert proposed(made).reasons == ["chưa đủ điểm của các tháng"]
    track(made.home, made, range(6, 13), "0.8")
    row = proposed(made)
    # Five months of 30 + 0,4 × 70 = 58, seven of 86: (5 × 58 + 7 × 86) / 12 = 74,33.
    assert (row.score, row.proposed) == (Decimal("74.33"), GOOD)
    held = months_of_person(person=row.person_id, months=[f"2026-{number:02}" for number in range(1, 13)])
    assert [one.unit_id for one in held] == [old] * 5 + [made.home] * 7
    assert regime_named(laws(), row.regime, ON).articles["moved"] == "Điều 19 khoản 1"


def test_the_month_of_the_move_tracked_twice_is_one_month(who):
    """Both units wrote it down: what was written last counts, and no month more than there are."""
    made, old = division(who), unit("C").pk
    track(old, made, range(1, 7), "0.4")
    track(made.home, made, range(6, 13), "0.4")
    row = proposed(made)
    assert (row.score, row.proposed) == (Decimal("58.00"), SATISFACTORY)
    assert len(months_of_person(person=row.person_id, months=["2026-06"])) == 2
