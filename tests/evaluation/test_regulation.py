"""What a body's own regulation may give points to: open lines, and the axes of the Party's regime, all of them or none."""

from typing import Any

import pytest

from canbo.evaluation.campaigns import EvaluationRefused, put_regulation
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
