"""The traps of columns: nulls, lists, small numbers, exact decimals, intervals known from one side, codes of no scale."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from canbo.engine.compiler import columns, compile
from canbo.engine.language import parse

from .world import VOCABULARY


def verdicts(text: str, **values: list[Any] | pl.Series) -> list[bool | None]:
    """One verdict per value; `lo` and `hi` of an interval are given as name__lo and name__hi."""
    frame = pl.DataFrame({name.replace("__", "."): values_ for name, values_ in values.items()})
    return frame.select(compile(parse(text, vocabulary=VOCABULARY)).alias("verdict"))["verdict"].to_list()


def test_a_test_and_its_negation_are_both_unknown_on_a_missing_value() -> None:
    assert verdicts("sex == 'nu'", sex=["nu", "nam", None]) == [True, False, None]
    assert verdicts("not sex == 'nu'", sex=["nu", "nam", None]) == [False, True, None]
    assert verdicts("not not sex == 'nu'", sex=["nu", "nam", None]) == [True, False, None]


def test_known_is_never_unknown() -> None:
    assert verdicts("known(sex)", sex=["nu", None]) == [True, False]
    assert verdicts("not known(lists)", lists=[["a"], [None], [], None]) == [False, False, False, True]
    assert verdicts("known(age)", age__lo=[34, None], age__hi=[35, None]) == [True, False]


def test_a_year_only_birth_is_decided_where_both_ends_agree() -> None:
    birth = {"birth__lo": [date(1985, 1, 1)], "birth__hi": [date(1985, 12, 31)]}
    answers = {"birth < '1985-01-01'": False, "birth < '1985-06'": None, "birth < '1986'": True, "birth >= '1985'": True,
               "birth > '1985'": False, "birth <= '1985'": True, "birth == '1985'": True, "birth == '1985-06'": None,
               "birth != '1986'": True, "birth in ('1984', '1985')": True, "'1985' <= birth < '1986'": True}  # fmt: skip
    for text, answer in answers.items():
        assert verdicts(text, **birth) == [answer], text


def test_an_interval_known_from_one_side_is_used_as_far_as_it_goes() -> None:
    upwards: dict[str, Any] = {"age__lo": pl.Series([40], dtype=pl.Int64), "age__hi": pl.Series([None], dtype=pl.Int64)}
    assert [verdicts(text, **upwards)[0] for text in ("age < 35", "age >= 40", "age >= 41", "age == 39", "known(age)")] == [
        False,
        True,
        None,
        False,
        True,
    ]


def test_steps_of_one_rank_are_told_apart_by_equality_only() -> None:
    steps = ["trung-cap", "cao-cap", "cu-nhan", None]
    assert verdicts("political_theory >= 'cu-nhan'", political_theory=steps) == [False, True, True, None]
    assert verdicts("political_theory > 'cao-cap'", political_theory=steps) == [False, False, False, None]
    assert verdicts("political_theory <= 'cao-cap'", political_theory=steps) == [True, True, True, None]
    assert verdicts("political_theory == 'cu-nhan'", political_theory=steps) == [False, False, True, None]
    assert verdicts("political_theory != 'cu-nhan'", political_theory=steps) == [True, True, False, None]


def test_a_code_that_is_no_step_of_the_scale_is_unknown_in_order() -> None:
    odd = ["Thạc sĩ", "cao-cap"]
    assert verdicts("political_theory >= 'so-cap'", political_theory=odd) == [None, True]
    assert verdicts("political_theory < 'so-cap'", political_theory=odd) == [None, False]
    assert verdicts("political_theory >= required_theory", political_theory=odd, required_theory=odd) == [None, True]


def test_a_list_with_a_missing_element_may_hold_anything() -> None:
    lists = [["XIV"], ["XIV", None], ["XV", None], ["XV"], [], [None], None]
    assert verdicts("'XIV' in lists", lists=lists) == [True, True, None, False, False, None, None]
    assert verdicts("'XIV' not in lists", lists=lists) == [False, False, None, True, True, None, None]


@pytest.mark.parametrize("dtype", [pl.Int8, pl.Int16, pl.UInt8, pl.Int64])
def test_a_large_number_against_a_small_column_neither_overflows_nor_fails(dtype) -> None:
    small = pl.Series([0, 100, None], dtype=dtype)
    assert verdicts("service < 999999999999999999", service=small) == [True, True, None]
    assert verdicts("service in (356, 256)", service=small) == [False, False, None]
    assert verdicts("service > -300", service=small) == [True, True, None]


def test_decimals_are_exact() -> None:
    numbers = pl.Series([Decimal("0.30"), Decimal("2.34"), None], dtype=pl.Decimal(10, 2))
    assert verdicts("coefficient == 0.3", coefficient=numbers) == [True, False, None]
    assert verdicts("coefficient < 0.30000000000000001", coefficient=numbers) == [True, False, None]
    assert verdicts("coefficient >= 2.340000000000001", coefficient=numbers) == [False, False, None]
    assert verdicts("coefficient in (0.3, 2.34)", coefficient=numbers) == [True, True, None]
    assert verdicts("coefficient < 123456789012345678", coefficient=numbers) == [True, True, None]
    assert verdicts("coefficient > 2", coefficient=pl.Series([2, 3])) == [False, True]


def test_categories_compare_with_codes_they_do_not_hold() -> None:
    few = pl.Series(["nam", None], dtype=pl.Enum(["nam"]))
    assert verdicts("sex == 'nu'", sex=few) == [False, None]
    assert verdicts("sex in ('nu', 'nam')", sex=few) == [True, None]
    assert verdicts("political_theory < 'cao-cap'", political_theory=pl.Series(["so-cap"], dtype=pl.Enum(["so-cap"]))) == [True]


def test_an_expression_of_parameters_has_the_height_of_the_frame() -> None:
    assert verdicts("pilot", sex=["nam", "nu", None]) == [True, True, True]
    assert verdicts("not known(law_day) or retirement_age > 60", sex=["nam", "nu"]) == [False, False]
    assert verdicts("pilot", sex=[]) == []


def test_a_long_flat_expression_and_a_deep_one_compile() -> None:
    wide = " or ".join(["age == 1"] * 150)
    deep = "not (" * 24 + "age == 1" + ")" * 24
    assert verdicts(wide, age__lo=[1, 2], age__hi=[1, 2]) == [True, False]
    assert verdicts(deep, age__lo=[1, 2], age__hi=[1, 2]) == [True, False]


def test_the_columns_read_are_named() -> None:
    found = parse("age < retirement_age and 'XIV' in lists or pilot", vocabulary=VOCABULARY)
    assert columns(found) == {"age.lo", "age.hi", "lists"}
