"""The regime of a year from a list's words or the kind of staff; what leads to none, or to two, is left open."""

import pytest

from canbo.engine.ratings.choosing import regime_of_year


@pytest.mark.parametrize(
    ("year", "capacity", "kinds", "said", "code"),
    [
        (2016, "official", ["cong-chuc"], "", "cong-chuc"), (2016, "official", ["can-bo"], "NĐ 56/2015/NĐ-CP", "can-bo"),
        (2022, "official", [], "Nghị định 90/2020/NĐ-CP", ""), (2022, "official", ["vien-chuc"], "Nghị định 90/2020/NĐ-CP", "vien-chuc"),
        (2026, "official", [], "NĐ 335/2025", "cong-chuc"), (2026, "official", [], "nghị định 335", "cong-chuc"),
        (2026, "official", ["cong-chuc"], "Nghị định 90/2020/NĐ-CP", ""), (2022, "official", ["cong-chuc"], "NĐ 335/2025", ""),
        (2022, "official", [], "Đánh giá, xếp loại công chức", "cong-chuc"), (2022, "official", [], "", ""),
        (2022, "official", ["can-bo", "cong-chuc"], "", ""), (2022, "official", ["khong-chuyen-trach"], "", ""),
        (2025, "party", [], "", "dang-vien"), (2025, "party", ["cong-chuc"], "Quy định 366-QĐ/TW", "dang-vien"),
        (2010, "official", ["cong-chuc"], "", ""),
    ],
)  # fmt: skip
def test_regime_of_a_year(year: int, capacity: str, kinds: list[str], said: str, code: str):
    assert regime_of_year(year=year, capacity=capacity, staff_kinds=frozenset(kinds), said=said) == code
