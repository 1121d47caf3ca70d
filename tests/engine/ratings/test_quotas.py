"""The ceiling of the highest grade: both readings of its base, its rounding, groups, few units, and what the meter says to do."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canbo.engine.ratings.model import EXCELLENT, GOOD, NOT_RATED, SATISFACTORY, Quota
from canbo.engine.ratings.quotas import cap, meter, meters, what_to_change
from tests.engine.ratings.shipped import ND233, ND335, regime_on, versions

STATE = ND335.quota
UNITS_335, UNITS_233 = (regime_on(code, date(2026, 12, 31)).quota for code in ("don-vi-hanh-chinh", "don-vi-su-nghiep"))
assert STATE is not None and UNITS_335 is not None and UNITS_233 is not None and ND233.quota is not None
ABOVE = replace(STATE, base="good-and-above")


def test_twenty_one_and_sixteen_the_two_readings_of_one_sentence() -> None:
    """21 rated good or better, 16 of them good: five by exception when all count, four when only the good do."""
    rated = {EXCELLENT: 5, GOOD: 16, SATISFACTORY: 3, NOT_RATED: 2}
    wide, narrow = meter(rated, ABOVE), meter(rated, STATE)
    assert (wide.base, wide.cap, wide.cap_exception, wide.over, wide.over_exception) == (21, 4, 5, 1, 0)
    assert (narrow.base, narrow.cap, narrow.cap_exception, narrow.over, narrow.over_exception) == (16, 3, 4, 2, 1)
    assert meter(rated, replace(STATE, base="rated")).base == 24


@pytest.mark.parametrize(
    ("base", "share", "down", "nearest"),
    [(21, "20/100", 4, 4), (21, "25/100", 5, 5), (16, "25/100", 4, 4), (19, "20/100", 3, 4), (24, "20/100", 4, 5), (25, "20/100", 5, 5),
     (4, "20/100", 0, 1), (0, "20/100", 0, 0), (10, "25/100", 2, 3), (7, "1/3", 2, 2), (8, "1/3", 2, 3)],
)  # fmt: skip
def test_rounding_is_of_the_exact_share(base: int, share: str, down: int, nearest: int) -> None:
    assert (cap(base, Fraction(share), "down"), cap(base, Fraction(share), "nearest")) == (down, nearest)


def test_ceiling_holds_for_the_whole_and_for_each_group_of_similar_tasks() -> None:
    rated = [("van-thu", EXCELLENT)] * 2 + [("van-thu", GOOD)] * 5 + [("dia-chinh", GOOD)] * 5 + [("", EXCELLENT)]
    found = {one.group: (one.used, one.base, one.cap, one.over) for one in meters(rated, STATE)}
    assert found == {"": (3, 10, 2, 1), "van-thu": (2, 5, 1, 1), "dia-chinh": (0, 5, 1, 0)}  # one in no group yet
    assert [one.group for one in meters([("a", GOOD)] * 5 + [("", GOOD)], STATE)] == ["", "a"]
    assert [one.group for one in meters([("a", GOOD)] * 5, STATE)] == [""]  # one group is the whole
    assert [one.group for one in meters(rated, replace(STATE, per_group=False))] == [""]


def test_few_units_are_capped_by_a_number_under_one_decree_only() -> None:
    rated = {EXCELLENT: 2, GOOD: 2}
    few = meter(rated, UNITS_233, of_units=4)
    assert (few.cap, few.cap_exception, few.few, few.over) == (1, None, True, 1)
    assert what_to_change(few, UNITS_233, "đơn vị") == (
        "Vượt 1 so với 1: tối đa 1 khi có dưới 5 đơn vị (Điều 7 khoản 7); hãy giảm 1 đơn vị xuống mức hoàn thành tốt."
    )  # fmt: skip
    assert meter(rated, UNITS_335, of_units=4).cap == meter(rated, UNITS_233, of_units=5).cap == meter(rated, UNITS_233).cap == 0
    assert [code for (code, _), (one, _) in versions().items() if one.quota and one.quota.few_below] == ["don-vi-su-nghiep"]


def test_what_to_change_says_room_or_the_fewest_to_lower_or_the_exception() -> None:
    def said(excellent: int, good: int, quota: Quota = STATE) -> str:
        return what_to_change(meter({EXCELLENT: excellent, GOOD: good}, quota), quota)

    assert said(2, 16) == "Còn 1 trong 3: tối đa 20% của 16 (số được xếp loại hoàn thành tốt nhiệm vụ)."
    assert said(4, 16) == (
        "Vượt 1 so với 3: tối đa 20% của 16 (số được xếp loại hoàn thành tốt nhiệm vụ); hãy giảm 1 người xuống mức hoàn thành tốt, "
        "hoặc ghi quyết định cho phép tới 25% (quyết định của cấp có thẩm quyền cho cơ quan có thành tích nổi trội)."
    )  # fmt: skip
    assert said(5, 16).endswith("hãy giảm 2 người xuống mức hoàn thành tốt.")  # even the exception is passed
    assert "Vượt 8 so với 2" in said(10, 10) and "hãy giảm 7 người" in said(10, 10)  # each one lowered is one more good
    assert "hãy giảm 6 người" in said(10, 10, ABOVE)
    assert "25% (đơn vị được công nhận hoàn thành xuất sắc nhiệm vụ)" in said(4, 16, ND233.quota)
    assert "tới 25% (Điều 7 khoản 7)" in said(4, 16, UNITS_233)
    assert "tối đa 12,5% của" in said(0, 8, replace(STATE, share=Fraction(1, 8)))


QUOTAS = st.builds(
    replace, st.just(STATE), share=st.sampled_from([Fraction(1, 5), Fraction(1, 4), Fraction(1, 3)]),
    base=st.sampled_from(["good", "good-and-above", "rated"]), rounding=st.sampled_from(["down", "nearest"]),
)  # fmt: skip


@given(QUOTAS, st.integers(0, 40), st.integers(0, 60), st.integers(0, 9))
@settings(max_examples=200, deadline=None)
def test_lowering_as_many_as_the_meter_says_is_enough_and_one_fewer_is_not(quota: Quota, excellent: int, good: int, rest: int) -> None:
    def over(lowered: int) -> int:
        return meter({EXCELLENT: excellent - lowered, GOOD: good + lowered, SATISFACTORY: rest}, quota).over

    one = meter({EXCELLENT: excellent, GOOD: good, SATISFACTORY: rest}, quota)
    assert over(one.lower) == 0 and (one.lower == 0) == (one.over == 0)
    assert one.lower == 0 or over(one.lower - 1) > 0
