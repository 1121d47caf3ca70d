"""Partial dates: what officials type, what Excel stores, and what must be asked about."""

import calendar
import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.kernel.dates import DateError, PartialDate, TwoDigitYear, UnclearDate, from_serial, full_years, read_date

DAYS = st.dates(min_value=date(1906, 1, 1), max_value=date(2199, 12, 31))

TYPED = {
    "05/03/2026": "2026-03-05",
    "5/3/2026": "2026-03-05",
    "05.03.2026": "2026-03-05",
    "5-3-2026": "2026-03-05",
    "05 03 2026": "2026-03-05",
    " 05 / 03 /\u00a02026 ": "2026-03-05",
    "05/03/2026 00:00:00": "2026-03-05",
    "05/03/2026 7:30": "2026-03-05",
    "05/03/2026.": "2026-03-05",
    "'05/03/2026": "2026-03-05",
    "05032026": "2026-03-05",
    "2026-03-05": "2026-03-05",
    "2026-03-05T00:00:00": "2026-03-05",
    "2026-03-05 00:00:00": "2026-03-05",
    "20260305": "2026-03-05",
    "2026/3/5": "2026-03-05",
    "ngày 05 tháng 3 năm 2026": "2026-03-05",
    "Ngày 5/3/2026": "2026-03-05",
    "sinh ngày 05-03-2026": "2026-03-05",
    "13/02/1990": "1990-02-13",
    "29/02/2000": "2000-02-29",
    "03/2026": "2026-03",
    "tháng 5/2008": "2008-05",
    "Tháng 5 năm 2008": "2008-05",
    "T5/2008": "2008-05",
    "t05.2008": "2008-05",
    "5-2008": "2008-05",
    "5.2008": "2008-05",
    "2008-05": "2008-05",
    "00/05/1968": "1968-05",
    "…/5/1968": "1968-05",
    "năm 1968": "1968",
    "Sinh năm 1968": "1968",
    "1968": "1968",
    "1968.0": "1968",
    "00/00/1968": "1968",
    "--/--/1968": "1968",
    "45000": "2023-03-15",
}


@pytest.mark.parametrize(("typed", "iso"), TYPED.items())
def test_read_date_of_what_officials_type(typed: str, iso: str) -> None:
    assert read_date(typed).iso == iso
    assert read_date(unicodedata.normalize("NFD", typed)).iso == iso
    assert read_date(f"\u200b{typed.upper()}\ufeff ").iso == iso


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("13/25/2020", "không có tháng 25"),
        ("05/13/2020", "không có tháng 13"),
        ("2020-13-05", "không có tháng 13"),
        ("13/2008", "không có tháng 13"),
        ("31/02/2020", "tháng 2/2020 không có ngày 31"),
        ("29/02/1900", "không có ngày 29"),
        ("00/13/1968", "không có tháng 13"),
        ("05/00/1968", "có ngày mà không có tháng"),
        ("05/03/0968", "năm 0968 không hợp lý"),
        ("5/3/2020 12:00:00 AM", "Không đọc được"),  # an American clock: month may stand first
        ("2008-2010", "Không đọc được"),
        ("5/3", "Không đọc được"),
        ("12/12/12/2012", "Không đọc được"),
        ("chưa rõ", "Không đọc được"),
        ("٥/٣/٢٠٢٦", "Không đọc được"),
        ("", "để trống"),
        (" \u00a0", "để trống"),
    ],
)
def test_read_date_refuses_with_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(DateError) as caught:
        read_date(typed)
    assert sentence in caught.value.text_vi
    assert caught.value.text_vi.endswith(".")
    assert not isinstance(caught.value, UnclearDate)


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("05/03/68", ["1968-03-05", "2068-03-05"]),
        ("5.3.26", ["1926-03-05", "2026-03-05"]),
        ("5/68", ["1968-05", "2068-05"]),
        ("T5/08", ["1908-05", "2008-05"]),
        ("ngày 5 tháng 3 năm 68", ["1968-03-05", "2068-03-05"]),
        ("68", ["1968", "2068"]),
        (68, ["1968", "2068"]),
        ("29/02/00", ["2000-02-29"]),  # 1900 had no such day
    ],
)
def test_two_digit_year_is_asked_about(typed: str | int, candidates: list[str]) -> None:
    with pytest.raises(TwoDigitYear) as caught:
        read_date(typed)
    assert [c.iso for c in caught.value.candidates] == candidates


@given(DAYS)
def test_every_writing_of_a_day_is_read_back_unswapped(day: date) -> None:
    d, m, y = day.day, day.month, day.year
    texts = [f"{d}/{m}/{y}", f"{d:02}.{m:02}.{y}", f"{d}-{m}-{y}", day.isoformat(), f"ngày {d} tháng {m} năm {y}"]
    assert {read_date(t).iso for t in texts} == {day.isoformat()}
    assert read_date(day) == read_date(datetime(y, m, d, 13, 5)) == PartialDate(y, m, d)


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1900, 2100))
def test_day_and_month_are_never_swapped(d: int, m: int, y: int) -> None:
    try:
        read = read_date(f"{d}/{m}/{y}")
    except DateError:
        assert m > 12 or d > calendar.monthrange(y, m)[1]
    else:
        assert (read.day, read.month, read.year) == (d, m, y)


@given(st.text(alphabet="0123456789/.- TtNnhágàyăm:'…x", max_size=14))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        assert PartialDate.from_iso(read_date(text).iso)
    except DateError as error:
        assert error.text_vi


@given(DAYS, st.floats(0, 0.999))
def test_excel_serial_counts_from_1900_or_1904(day: date, time_of_day: float) -> None:
    since_1900, since_1904 = (day - date(1899, 12, 30)).days, (day - date(1904, 1, 1)).days
    assert read_date(since_1900 + time_of_day) == read_date(since_1900) == PartialDate.from_date(day)
    if since_1904 > 2100:
        assert read_date(since_1904, epoch_1904=True) == PartialDate.from_date(day)


@pytest.mark.parametrize(("serial", "day"), [(1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1))])
def test_serial_around_the_false_leap_day(serial: int, day: date) -> None:
    assert from_serial(serial) == day


def test_serial_60_is_no_day_and_1904_starts_at_zero() -> None:
    with pytest.raises(DateError, match="29/02/1900"):
        from_serial(60)
    with pytest.raises(DateError):
        from_serial(0)
    assert from_serial(0, epoch_1904=True) == date(1904, 1, 1)
    assert from_serial(60, epoch_1904=True) == date(1904, 3, 1)


@pytest.mark.parametrize("year", [1900, 1968, 2026, 2100])
def test_number_1900_to_2100_is_a_year(year: int) -> None:
    assert read_date(year) == read_date(float(year)) == PartialDate(year)


@pytest.mark.parametrize(
    ("number", "iso"),
    [(5.2008, "2008-05"), (12.1999, "1999-12"), (10.2008, "2008-10"), (1.2008, "2008-01"), (5.201, "2010-05")],
)
def test_month_and_year_typed_as_a_number(number: float, iso: str) -> None:
    assert read_date(number).iso == iso


@pytest.mark.parametrize(
    "number", [5.2, 5.20, 5.21, 13.2008, 0.5, 1968.5, 2008.05, 366, 1899, -3, 1e12, float("nan"), float("inf"), True]
)
def test_numbers_that_would_be_a_guess_are_refused(number: float) -> None:
    with pytest.raises(DateError) as caught:
        read_date(number)
    assert caught.value.text_vi.endswith(".")


def test_digits_without_separators_typed_as_a_number() -> None:
    assert read_date(12051968).iso == read_date(19680512).iso == "1968-05-12"


def test_year_typed_into_a_date_cell_is_asked_about() -> None:
    with pytest.raises(UnclearDate) as caught:
        read_date(datetime(1905, 5, 21))  # what Excel shows for 1968
    assert [c.iso for c in caught.value.candidates] == ["1968", "1905-05-21"]


@pytest.mark.parametrize(
    ("iso", "lo", "hi", "after", "display", "precision"),
    [
        ("1968", date(1968, 1, 1), date(1968, 12, 31), date(1969, 1, 1), "1968", "year"),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29), date(2000, 3, 1), "02/2000", "month"),
        ("1968-05-12", date(1968, 5, 12), date(1968, 5, 12), date(1968, 5, 13), "12/05/1968", "day"),
    ],
)
def test_partial_date_bounds(iso: str, lo: date, hi: date, after: date, display: str, precision: str) -> None:
    partial = PartialDate.from_iso(iso)
    assert (partial.lo, partial.hi, partial.after) == (lo, hi, after)
    assert (partial.iso, partial.display, partial.precision) == (iso, display, precision)


@pytest.mark.parametrize(
    "iso", ["68", "1968-5", "1968-13", "1968-02-30", "1968-05-12 ", "1968-05-12T00", "0000", "9999"]
)
def test_from_iso_takes_nothing_else(iso: str) -> None:
    with pytest.raises(DateError):
        PartialDate.from_iso(iso)


@pytest.mark.parametrize("parts", [(1968, None, 5), (1968, 0, None), (1968, 2, 30), (1968, 5, 0)])
def test_impossible_partial_dates_cannot_exist(parts: tuple[int, int | None, int | None]) -> None:
    with pytest.raises(DateError):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("birth", "on", "ages"),
    [
        ("1968-05-12", date(2008, 5, 11), (39, 39)),
        ("1968-05-12", date(2008, 5, 12), (40, 40)),
        ("1968-05", date(2008, 5, 1), (39, 40)),
        ("1968-05", date(2008, 5, 30), (39, 40)),
        ("1968-05", date(2008, 5, 31), (40, 40)),
        ("1968", date(2008, 6, 1), (39, 40)),
        ("1968", date(2008, 12, 31), (40, 40)),
        ("2000-02-29", date(2018, 2, 28), (17, 17)),
        ("2000-02-29", date(2018, 3, 1), (18, 18)),
        ("2000-02-29", date(2020, 2, 29), (20, 20)),
        ("2000-02", date(2018, 2, 28), (17, 18)),
    ],
)
def test_full_years_of_partial_births(birth: str, on: date, ages: tuple[int, int]) -> None:
    assert full_years(PartialDate.from_iso(birth), on) == ages


@given(st.integers(1950, 2010), st.integers(1, 12), st.dates(date(2011, 1, 1), date(2050, 12, 31)))
def test_full_years_agrees_with_every_possible_birthday(year: int, month: int, on: date) -> None:
    partial = PartialDate(year, month)
    days = [partial.lo + timedelta(days=i) for i in range((partial.after - partial.lo).days)]
    ages = [full_years(PartialDate.from_date(d), on)[0] for d in days]
    assert full_years(partial, on) == (min(ages), max(ages))
