"""Printed figures: read as printed, judged alone and with the others of their population."""

import pytest

from canbo.engine.figure_table import NotATable, check_one, check_table, read_printed, read_table
from canbo.kernel.errors import NumberError


@pytest.mark.parametrize(
    ("text", "kind", "plain"),
    [
        ("1.236 người", "count", "1.236"), ("54,29%", "share", "54,29%"), ("gần 4.200 học viên", "count", "gần 4.200"),
        ("trên 97%", "share", "trên 97%"), ("tăng 6,47%", "change", "6,47%"), ("06 đồng chí", "count", "06"),
        ("10/11 cán bộ", "fraction", None),
    ],
)  # fmt: skip
def test_printed_figure_is_read_as_what_it_is(text: str, kind: str, plain: str | None) -> None:
    found = read_printed(text)
    assert found.kind == kind and (plain is None or found.plain == plain)


def test_text_without_a_figure_is_refused() -> None:
    with pytest.raises(NumberError):
        read_printed("hoàn thành xuất sắc nhiệm vụ")


@pytest.mark.parametrize(
    ("text", "numbers", "verdict"),
    [
        ("15,3%", {"numerator": 30, "denominator": 196}, "right"), ("15,4%", {"numerator": 30, "denominator": 196}, "impossible"),
        ("54,29%", {"denominator": 1236}, "possible"), ("2,37%", {"denominator": 308}, "impossible"),
        ("10/11", {}, "right"), ("12/11", {}, "impossible"), ("trên 97%", {"numerator": 98, "denominator": 100}, "right"),
        ("gần 4.200", {"numerator": 4187}, "right"), ("gần 4.200", {"numerator": 4250}, "impossible"), ("54,29%", {}, "untold"),
        ("300 người", {"denominator": 196}, "impossible"),
    ],
)  # fmt: skip
def test_one_figure_alone(text: str, numbers: dict[str, int], verdict: str) -> None:
    assert check_one(read_printed(text), **numbers)[0] == verdict


def table(*printed: str, **more: str) -> list[dict[str, str]]:
    return [{"population": "công chức", "printed_value": text, **more} for text in printed]


def test_the_one_that_does_not_fit_the_population_of_the_others_is_flagged_with_its_n() -> None:
    found = check_table(table("2,37%", "73,7%", "1,95%", "81,82%"))
    assert [row.verdict for row in found.rows] == ["impossible", "possible", "possible", "possible"]
    assert "N = 308" in found.rows[0].text


def test_two_rates_have_one_population_under_a_headcount() -> None:
    found = check_table(table("75%", "40%"), at_most=21)
    assert [row.text for row in found.rows] == ["Các tỷ lệ cùng đối tượng khớp với N = 20."] * 2


def test_change_is_the_difference_of_two_printed_rates() -> None:
    rows = [*table("92,03%", period="2016"), *table("98,5%", period="2020"), *table("6,47%", kind="change")]
    assert check_table(rows).rows[2].verdict == "right"
    rows[2]["printed_value"] = "6,57%"
    assert check_table(rows).rows[2].verdict == "untold"


def test_rows_that_count_nobody_are_left_alone() -> None:
    assert check_table(table("12 - 05 - 2021", kind="meta")).rows[0].verdict == "no-figure"


def test_table_is_read_with_any_separator_and_says_what_is_missing() -> None:
    assert read_table("\ufeffpopulation;printed_value\nA;10/11\n")[0] == {"population": "A", "printed_value": "10/11"}
    with pytest.raises(NotATable, match="printed_value"):
        read_table("a,b\n1,2\n")
