"""Products of a month and what they add up to under the decree."""

from datetime import date
from fractions import Fraction

import pytest

from canbo.engine.ratings.model import RatingRefused
from canbo.evaluation.people import regime_named
from canbo.evaluation.products import ProductLine, kept, lines_in, ratios_with, sums_of
from tests.cases.world import laws

DRAFT = ProductLine("Dự thảo văn bản", Fraction(10), Fraction(8))
LATE = ProductLine("Báo cáo quý", Fraction(2), Fraction(2), extra=Fraction(1), faults=1, delays=2, factor=Fraction(3, 2))


def test_products_are_counted_in_standard_units_and_come_back_as_they_were_kept() -> None:
    rules = regime_named(laws(), "cong-chuc", date(2026, 3, 1))
    sums = sums_of([DRAFT, LATE], rules)
    # 10 + 2 × 1,5 assigned; 8 + 3 × 1,5 done; a quarter of the report's 4,5 lost to the fault, a half to the delays.
    assert (sums.assigned, sums.done, sums.quality, sums.progress) == (13, Fraction(25, 2), Fraction(91, 8), Fraction(41, 4))
    assert lines_in(kept([DRAFT, LATE])) == (DRAFT, LATE)
    given = {"a": Fraction(0), "d": Fraction(1, 2)}
    assert ratios_with([DRAFT], given, rules) == {**dict.fromkeys("abc", Fraction(4, 5)), "d": Fraction(1, 2)}
    assert ratios_with([], given, rules) == given


@pytest.mark.parametrize(("line", "said"), [
    (ProductLine("Tờ trình", Fraction(1), Fraction(2)), "Sản phẩm 1: Đã làm nhiều hơn được giao"),
    (ProductLine(" ", Fraction(1), Fraction(1)), "Hãy ghi tên"),
    (ProductLine("Tờ trình", Fraction(1), Fraction(1), factor=Fraction(0)), "Hệ số quy đổi"),
])  # fmt: skip
def test_product_that_cannot_be_is_named(line: ProductLine, said: str) -> None:
    with pytest.raises(RatingRefused, match=said):
        sums_of([line], regime_named(laws(), "cong-chuc", date(2026, 3, 1)))


def test_regime_without_the_rule_counts_no_products() -> None:
    with pytest.raises(RatingRefused, match="hãy ghi tỷ lệ"):
        sums_of([DRAFT], regime_named(laws(), "vien-chuc", date(2026, 8, 1)))
