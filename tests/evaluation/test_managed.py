"""NĐ 335: the head gets half for the result of her unit in a month in which somebody of it fails."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from canbo.engine.ratings.scores import only_half
from canbo.evaluation.models import TrackedMonth
from canbo.evaluation.tracking import MonthRefused, record_months
from canbo.kernel.actors import Actor, Scope
from tests.cases.world import laws
from tests.engine.ratings.shipped import ND233, ND335
from tests.evaluation.world import AT, division, month


def test_only_the_result_of_the_unit_is_halved_and_only_under_the_decree_that_says_so():
    whole = {"d": Fraction(1), "dd": Fraction(1), "e": Fraction(1)}
    assert [ratio.code for ratio in only_half(regime=ND335, role="leader", ratios=whole)] == ["d"]
    assert only_half(regime=ND335, role="leader", ratios={**whole, "d": Fraction(1, 2)}) == []
    assert only_half(regime=ND335, role="staff", ratios=whole) == only_half(regime=ND233, role="leader", ratios=whole) == []


@pytest.mark.django_db
def test_head_s_month_follows_those_she_manages_in_whatever_order_they_are_told(actor: Actor, scope: Scope):
    who: dict[str, Any] = {"actor": actor, "scope": scope, "at": AT}
    made = division(who)
    record = {"unit": made.home, "regime": "cong-chuc", "laws": laws(), **who}
    head, weak, good = (made.people[name] for name in ("An", "Bình 0", "Bình 1"))
    whole, failed = month(head, 3, leader=True), month(weak, 3, ratio="1/10")
    # 30 + 70 × 0,1 = 37, below 50; together, then one after the other.
    with pytest.raises(MonthRefused, match=r"tháng 03/2026 có người được quản lý.*chỉ được 50%.*Điều 15 khoản 3") as refused:
        record_months(months=[whole, failed, month(good, 3)], **record)
    assert list(refused.value.wrong) == [head] and not TrackedMonth.objects.exists()
    record_months(months=[whole, month(good, 3, ratio="1/2"), month(weak, 4, ratio="1/10")], **record)
    with pytest.raises(MonthRefused):
        record_months(months=[failed], **record)
    half = replace(whole, ratios={**whole.ratios, "d": Fraction(1, 2)})
    record_months(months=[half], **record)
    record_months(months=[failed], **record)
    with pytest.raises(MonthRefused):
        record_months(months=[whole], **record)
    record_months(months=[month(weak, 3)], **record)
    record_months(months=[whole], **record)
