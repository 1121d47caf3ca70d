import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from canbo.engine.figures import DEFAULT_AT_MOST, FigureRow, check_figures
from canbo.kernel.errors import NumberError
from tests.processes import spent

FIGURES = Path(__file__).resolve().parents[3] / "shared/mission/figures.csv"
KIM_DONG = ["2,37", "73,7", "1,95", "81,82"]


def row_of(text: str, *, of: int | None = None, at_most: int | None = None) -> FigureRow:
    return check_figures([text], of=of, at_most=at_most).rows[0]


def printed(count: int, of: int, places: int) -> Decimal:
    """The slow twin: divide, then round the decimal number."""
    return (Decimal(100 * count) / Decimal(of)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@pytest.mark.parametrize("text", ["0", "40", "75", "100", "2,4", "99,5", "0,0", "33,33", "66,67", "12,5"])
def test_counts_are_those_that_print_so(text: str) -> None:
    value = Decimal(text.replace(",", "."))
    places = len(text.partition(",")[2])
    for of in range(1, 130):
        expected = tuple(count for count in range(of + 1) if printed(count, of, places) == value)
        row = row_of(text, of=of)
        assert row.counts == expected and row.possible == bool(expected)


def test_half_is_rounded_up() -> None:
    assert row_of("12,5", of=8).counts == (1,)
    assert row_of("13", of=8).counts == (1,)  # 12.5 %
    assert row_of("12", of=8).counts == ()


def test_kim_dong_three_shares_share_a_population_and_the_fourth_does_not() -> None:
    assert check_figures(KIM_DONG[1:]).common[:2] == (308, 616)
    report = check_figures(KIM_DONG, of=308)
    assert [row.possible for row in report.rows] == [False, True, True, True]
    assert [row.counts for row in report.rows[1:]] == [(227,), (6,), (252,)]
    assert report.common == ()
    assert report.sentences[0] == "“2,37” không thể có với N = 308: 7/308 = 2,27%, 8/308 = 2,60%."


def test_kim_dong_without_a_headcount_names_the_odd_one_out() -> None:
    report = check_figures(KIM_DONG)
    assert report.common[0] == 1436
    assert [(group.of, group.others) for group in report.groups][-2:] == [(308, ("2,37",)), (1436, ())]
    assert "“2,37” không khớp: 7/308 = 2,27%, 8/308 = 2,60%" in report.sentences[-1]
    assert check_figures(KIM_DONG, at_most=1000).common == ()


def test_shares_that_agree_too_early_for_chance_accuse_nobody() -> None:
    report = check_figures(["24,2", "70,97", "29", "51,6"])
    assert report.common[0] == 62 and len(report.sentences) == 1


def test_tan_phong_two_shares_fit_twenty_and_never_twenty_one() -> None:
    report = check_figures(["75%", "40%"], at_most=21)
    assert report.common == (20,)
    assert [(row.of, row.counts) for row in report.rows] == [
        ((4, 8, 12, 16, 20), (3, 6, 9, 12, 15)),
        ((5, 10, 15, 20), (2, 4, 6, 8)),
    ]
    of_all = check_figures(["75%", "40%"], of=21)
    assert [row.possible for row in of_all.rows] == [False, False]
    assert of_all.sentences[1] == "“40%” không thể có với N = 21: 8/21 = 38%, 9/21 = 43%."


def test_cutting_off_is_mentioned_and_not_accepted() -> None:
    report = check_figures(["66,6"], of=3)
    assert not report.rows[0].possible
    assert report.sentences == (
        "“66,6” không thể có với N = 3: 1/3 = 33,3%, 2/3 = 66,7% (chỉ có nếu cắt bớt số lẻ thay vì làm tròn).",
    )


def test_parts_that_exclude_each_other_must_not_exceed_the_whole() -> None:
    assert check_figures(["60", "50"], of=10).common == (10,)
    assert check_figures(["60", "50"], of=10, exclusive=True).common == ()
    assert check_figures(["33,3", "33,3", "33,3"], of=3, exclusive=True, complete=True).common == (3,)
    assert check_figures(["50", "40"], of=10, exclusive=True).common == (10,)
    assert check_figures(["50", "40"], of=10, complete=True).common == ()


def test_words_are_bounds() -> None:
    assert row_of("hơn 20%", of=21).counts[0] == 5  # 4/21 is 19 %
    assert row_of("trên 15%", of=196).counts[0] == 30
    assert row_of("gần 50%", of=10).counts == (0, 1, 2, 3, 4)
    assert row_of("trên 97%").counts == () and row_of("trên 97%").of[0] == 1


def test_more_than_all_is_impossible() -> None:
    report = check_figures(["120"])
    assert not report.rows[0].possible and report.sentences == (
        "“120” lớn hơn 100% nên không thể là tỷ lệ trong một tổng số.",
    )


def test_default_bound_is_told() -> None:
    report = check_figures(["54,29"])
    assert report.tried[-1] == DEFAULT_AT_MOST and "(đã thử đến 2.000)" in report.sentences[0]


@pytest.mark.parametrize("bad", [{"of": 0}, {"of": -3}, {"at_most": 0}, {"at_most": 100_001}])
def test_a_population_out_of_bounds_is_refused(bad: dict[str, int]) -> None:
    with pytest.raises(NumberError):
        check_figures(["50"], **bad)


@pytest.mark.parametrize("texts", [[], ["abc"], ["-5"], [""]])
def test_a_text_that_is_no_share_is_refused(texts: list[str]) -> None:
    with pytest.raises(NumberError):
        check_figures(texts)


def test_json_keeps_its_shape() -> None:
    shown = check_figures(["75", "40"], at_most=21).as_json()
    assert shown["common"] == [20]
    assert shown["rows"] == [
        {"text": "75", "possible": True, "counts": [3, 6, 9, 12, 15], "of": [4, 8, 12, 16, 20]},
        {"text": "40", "possible": True, "counts": [2, 4, 6, 8], "of": [5, 10, 15, 20]},
    ]


@pytest.mark.slow
def test_large_populations_are_quick() -> None:
    with spent() as took:
        assert len(check_figures(KIM_DONG, at_most=100_000).common) > 90_000
    assert took.own < 5  # 0.8 s on an idle core


@pytest.mark.shared
@pytest.mark.skipif(not FIGURES.exists(), reason="needs the reference data beside the checkout")
def test_printed_figures_of_the_articles_have_the_counts_found_by_hand() -> None:
    with FIGURES.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if re.match("OK|MISMATCH", row["consistency_check"])]
    checked = 0
    for row in rows:
        count = int(row["numerator"] or row["inferred_numerator"])
        of = int(row["denominator"] or row["inferred_denominator"])
        found = row_of(row["printed_value"], of=of)
        assert (count in found.counts) == row["consistency_check"].startswith("OK")
        checked += 1
    assert checked >= 20
