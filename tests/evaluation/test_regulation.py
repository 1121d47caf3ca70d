"""What a body fixes itself: points of open lines and of the Party's axes; and the ceiling among the units it rates."""

from datetime import date
from typing import Any

import pytest

from canbo.evaluation.campaigns import EvaluationRefused, put_regulation
from canbo.evaluation.held import unit_lines_of
from canbo.kernel.actors import Actor, Scope
from tests.cases.world import laws
from tests.dossier.world import unit
from tests.evaluation.world import AT

AXES = {"T1": "10", "T2": "15", "T3": "10", "T4": "20", "T5": "10", "T6": "5"}


@pytest.mark.django_db
def test_axes_add_up_to_the_points_of_the_tasks(actor: Actor, scope: Scope):
    who: dict[str, Any] = {"actor": actor, "scope": scope, "at": AT}
    asked = {"unit": unit("T").pk, "year": 2026, "document": "5-QC/ĐU", "laws": laws(), **who}
    for points in ({}, {**AXES, "T6": ""}, {**AXES, "T6": "6"}):
        with pytest.raises(EvaluationRefused, match="các trục phải đủ và cộng lại bằng 70"):
            put_regulation(regime="dang-vien", points=points, **asked)
    assert put_regulation(regime="dang-vien", points=AXES, **asked).points == AXES
    with pytest.raises(EvaluationRefused, match="các dòng phải đủ và cộng lại bằng 30; hiện là 0"):
        put_regulation(regime="vien-chuc", points={}, **asked)
    with pytest.raises(EvaluationRefused, match="đã quy định điểm từng dòng"):
        put_regulation(regime="cong-chuc", points={}, **asked)


def test_units_of_a_campaign_have_a_ceiling_among_themselves_and_few_of_a_service_one_by_its_decree():
    rated = [*[("don-vi-hanh-chinh", "hoan-thanh-tot")] * 10, *[("don-vi-hanh-chinh", "hoan-thanh-xuat-sac")] * 3]
    [line] = unit_lines_of(rated, units=13, laws=laws(), on=date(2026, 12, 7))
    assert (line.meter.used, line.meter.cap, line.meter.base, line.cite) == (3, 2, 10, "Nghị định 335/2025/NĐ-CP, Điều 8 khoản 5")
    assert "hãy giảm 1 đơn vị" in line.text
    [few] = unit_lines_of([("don-vi-su-nghiep", "hoan-thanh-xuat-sac")], units=4, laws=laws(), on=date(2026, 12, 7))
    assert (few.meter.cap, few.meter.over) == (1, 0) and "dưới 5 đơn vị" in few.text
