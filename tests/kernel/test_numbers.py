"""Numbers as officials print them, and read back with the bounds they allow."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from canbo.kernel.errors import NumberError
from canbo.kernel.numbers import (
    about_percent_text,
    about_text,
    decimal_text,
    fraction_text,
    half_up,
    percent_text,
    points_text,
    read_number,
    thousands,
)  # fmt: skip


@pytest.mark.parametrize(
    ("k", "n", "places", "text"),
    [
        (671, 1236, 2, "54,29%"),
        (393, 1236, 2, "31,8%"),
        (6, 196, 1, "3,1%"),
        (196, 196, 2, "100%"),
        (0, 11, 2, "0%"),
        (1, 8, 2, "12,5%"),
        (1, 800, 2, "0,13%"),  # 0,125 exactly: half goes up, a float would say 0,12
        (1, 3, 0, "33%"),
        (2473, 196, 2, "1.261,73%"),
        (0, 0, 2, "–"),
    ],
)
def test_percent_text(k: int, n: int, places: int, text: str) -> None:
    assert percent_text(k, n, places=places) == text


def test_percent_text_untrimmed() -> None:
    assert percent_text(393, 1236, trim=False) == "31,80%"
    assert percent_text(196, 196, trim=False) == "100,00%"


@given(st.integers(-(10**9), 10**9), st.integers(-(10**6), 10**6).filter(bool), st.integers(0, 6))
def test_half_up_is_the_nearest_and_half_goes_away_from_zero(k: int, n: int, places: int) -> None:
    exact, rounded, unit = Fraction(k, n), Fraction(half_up(k, n, places)), Fraction(1, 10**places)
    assert abs(rounded - exact) <= unit / 2
    if abs(rounded - exact) == unit / 2:
        assert abs(rounded) > abs(exact)


def test_half_up_without_a_whole_is_an_error() -> None:
    with pytest.raises(NumberError, match="tổng số bằng 0"):
        half_up(1, 0)


@pytest.mark.parametrize(
    ("points", "text"),
    [
        ("6.47", "tăng 6,47 điểm phần trăm"),
        ("-6.470", "giảm 6,47 điểm phần trăm"),
        ("1", "tăng 1 điểm phần trăm"),
        ("0", "không đổi"),
        ("-0.004", "không đổi"),
        ("0.005", "tăng 0,01 điểm phần trăm"),
    ],
)
def test_points_text(points: str, text: str) -> None:
    assert points_text(Decimal(points)) == text


def test_small_texts() -> None:
    assert [thousands(n) for n in (0, 999, 1236, 1234567, -1236)] == ["0", "999", "1.236", "1.234.567", "-1.236"]
    assert fraction_text(10, 11) == "10/11"
    assert decimal_text(Decimal("1236.50")) == "1.236,5"
    assert decimal_text(Decimal("2.345"), places=2) == "2,35"
    assert decimal_text(Decimal("-0.004"), places=2) == "0"
    assert decimal_text(Decimal("1E+3")) == "1.000"


@pytest.mark.parametrize(
    ("text", "value", "percent", "lo", "hi"),
    [
        ("1.236", "1236", False, "1236", "1236"),
        ("1 236", "1236", False, "1236", "1236"),
        ("1\u00a0236", "1236", False, "1236", "1236"),
        ("1,236,000", "1236000", False, "1236000", "1236000"),
        ("54,29%", "54.29", True, "54.285", "54.295"),
        ("54,29 %", "54.29", True, "54.285", "54.295"),
        ("54.29%", "54.29", True, "54.285", "54.295"),
        ("75%", "75", True, "74.5", "75.5"),
        ("73,7", "73.7", False, "73.65", "73.75"),
        ("1.236,5", "1236.5", False, "1236.45", "1236.55"),
        ("0.125", "0.125", False, "0.1245", "0.1255"),
        ("-3", "-3", False, "-3", "-3"),
    ],
)
def test_read_number(text: str, value: str, percent: bool, lo: str, hi: str) -> None:
    read = read_number(text)
    assert (read.value, read.percent, read.lo, read.hi) == (Decimal(value), percent, Decimal(lo), Decimal(hi))
    assert read.approx == ""


@pytest.mark.parametrize(
    ("text", "approx", "lo", "hi", "inside", "outside"),
    [
        ("gần 4.200", "gần", None, 4200, 4199, 4200),
        ("Dưới 4.200", "gần", None, 4200, 4199, 4200),
        ("hơn 4.200", "hơn", 4200, None, 4201, 4200),
        ("trên 90%", "hơn", 90, None, 91, 90),
    ],
)
def test_read_number_with_a_word(
    text: str, approx: str, lo: int | None, hi: int | None, inside: int, outside: int
) -> None:
    read = read_number(text)
    assert (read.approx, read.lo, read.hi) == (approx, lo, hi)
    assert read.allows(inside) is True
    assert read.allows(outside) is False


def test_read_number_about_decides_nothing() -> None:
    read = read_number("khoảng 3.000")
    assert (read.lo, read.hi, read.allows(2500)) == (None, None, None)


@pytest.mark.parametrize("text", ["", "x", "1.23.4", "1.236%", "1,2,3", "12 34", "%", "gần", "１２"])
def test_read_number_refuses(text: str) -> None:
    with pytest.raises(NumberError) as caught:
        read_number(text)
    assert caught.value.text_vi.endswith(".")


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(1, 3))
def test_printed_share_allows_the_share_it_came_from(k: int, n: int, places: int) -> None:
    assume(k < 10 * n)  # from 1.000% on the dot is asked about
    read = read_number(percent_text(k, n, places=places))
    assert read.lo is not None
    assert read.hi is not None
    assert Fraction(read.lo) <= Fraction(100 * k, n) < Fraction(read.hi)


@given(st.integers(0, 10**12))
def test_thousands_is_read_back(n: int) -> None:
    assert read_number(thousands(n)).allows(n) is True


@pytest.mark.parametrize(
    ("n", "text"), [(4187, "gần 4.200"), (2613, "hơn 2.600"), (297, "gần 300"), (300, "300"), (42, "42"), (0, "0"), (999, "gần 1.000")]
)
def test_round_wording_says_which_side_the_number_lies(n: int, text: str) -> None:
    assert about_text(n) == text


def test_round_wording_reads_back_as_true_of_its_number() -> None:
    assert all(read_number(about_text(n)).allows(n) for n in range(12_000))


@pytest.mark.parametrize(
    ("k", "n", "text"), [(9733, 10_000, "trên 97%"), (986, 1000, "gần 99%"), (40, 100, "40%"), (1, 1000, "0,1%"), (0, 0, "–")]
)
def test_round_wording_of_a_share(k: int, n: int, text: str) -> None:
    assert about_percent_text(k, n) == text
