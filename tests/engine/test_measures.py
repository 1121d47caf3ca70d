"""Counting: against a count by hand over the naive reading, and the figures an official prints."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import chain, product
from typing import Any

import polars as pl
import pytest

from canbo.engine.language import Expr, parse
from canbo.engine.measures import (
    Change,
    Count,
    Row,
    compare,
    count,
    count_many,
    count_text,
    people,
    share,
    share_pct,
    share_text,
)
from canbo.engine.types import Bool, Code, Decimal_, Name, Years

from . import naive
from .expressions import SIMPLE
from .world import VOCABULARY, frame_of, pairwise_rows

STAFF = {
    "sex": Name(Code((("nam", "Nam"), ("nu", "Nữ"))), "Giới tính"),
    "age": Name(Years(interval=True), "Tuổi"),
    "party_member": Name(Bool(), "Đảng viên"),
    "acting": Name(Bool(), "Quyền, phụ trách", subject="holding"),
    "coefficient": Name(Decimal_(), "Hệ số lương"),
    "pilot": Name(Bool(), "Đang thí điểm", kind="parameter", value=True),
}
NOBODY = {"key": pl.Int64, "sex": pl.String, "age.lo": pl.Int64, "age.hi": pl.Int64, "party_member": pl.Boolean}


def read(text: str) -> Expr:
    return parse(text, vocabulary=STAFF)


@pytest.fixture
def staff() -> pl.DataFrame:
    """An, Chi and Giang women, Bình and Dũng men; Giang's sex is missing, Chi's birth known to the year only."""
    return pl.DataFrame(
        {
            "key": ["an", "binh", "chi", "dung", "giang"],
            "sex": ["nu", "nam", "nu", "nam", None],
            "age.lo": [30, 40, 34, 50, None],
            "age.hi": [30, 40, 35, 50, None],
            "party_member": [True, True, None, False, True],
            "unit": ["xa-a", "xa-a", "xa-b", "xa-b", "xa-b"],
        }
    )


def test_unknown_is_counted_apart_and_stays_in_the_population(staff) -> None:
    assert count(staff, that=read("sex == 'nu'")) == Count(count=2, of=5, unknown=1)
    assert count(staff, that=read("not sex == 'nu'")) == Count(count=2, of=5, unknown=1)
    assert count(staff, that=read("age < 35")) == Count(count=1, of=5, unknown=2)
    assert count(staff) == Count(count=5, of=5)


def test_unknown_membership_of_the_population_is_counted_apart(staff) -> None:
    found = count(staff, where=read("sex == 'nu'"), that=read("party_member"))
    assert found == Count(count=1, of=2, unknown=1, where_unknown=1)


def test_a_population_of_nobody_has_no_share() -> None:
    nobody = pl.DataFrame(schema=NOBODY)
    for where in (None, read("sex == 'nu'"), read("pilot")):
        found = count(nobody, where=where, that=read("age < 35"))
        assert found == Count(0, 0)
        assert (share(found), share_pct(found), count_text(found)) == (None, None, "0")
    assert count_many(nobody, by=["sex"]) == ()


def test_an_expression_of_parameters_only_counts_every_row(staff) -> None:
    assert count(staff, where=read("pilot"), that=read("pilot")) == Count(5, 5)
    assert count(staff, that=read("not pilot")) == Count(0, 5)
    assert count(staff, that=read("pilot and sex == 'nu'")) == Count(2, 5, 1)


@pytest.mark.slow
def test_every_figure_equals_a_count_by_hand(compared) -> None:
    rows = pairwise_rows()
    frame = frame_of(rows)
    exprs = [parse(text, vocabulary=VOCABULARY) for text in SIMPLE]
    verdicts = {expr: [naive.verdict(expr, row) for row in rows] for expr in exprs}
    for where, found in ((where, count_many(frame, where=where, thats=exprs)) for where in exprs):
        everybody = people(frame, where=where)
        assert found[0].counts == tuple(_by_hand(verdicts[where], verdicts[that]) for that in exprs)
        for that, counted in zip(exprs, found[0].counts):
            keys = {which: people(frame, where=where, that=that, verdict=which) for which in ("yes", "no", "unknown")}
            assert [len(keys["yes"]), len(keys["unknown"])] == [counted.count, counted.unknown]
            assert sorted(chain(*keys.values())) == everybody
    compared["a count by hand"] = len(rows) * len(exprs) ** 2


def _by_hand(where: Iterable[bool | None], that: Iterable[bool | None]) -> Count:
    pairs = list(zip(where, that))
    inside = [verdict for member, verdict in pairs if member is True]
    unsure = sum(member is None for member, _ in pairs)
    return Count(inside.count(True), len(inside), inside.count(None), unsure)


def test_groups_in_one_pass_add_up_to_the_whole(staff) -> None:
    women, old = read("sex == 'nu'"), read("age >= 35")
    rows = count_many(staff, thats=[women, old], by=["unit"])
    assert rows == (
        Row(("xa-a",), (Count(1, 2, 0), Count(1, 2, 0))),
        Row(("xa-b",), (Count(1, 3, 1), Count(1, 3, 2))),
    )
    assert rows[0].counts[0] + rows[1].counts[0] == count(staff, that=women)


def test_a_group_of_unknown_value_comes_last_and_is_not_lost(staff) -> None:
    rows = count_many(staff, by=["sex"])
    assert [(row.by, row.counts[0].of) for row in rows] == [(("nam",), 2), (("nu",), 2), ((None,), 1)]


def test_an_interval_groups_by_its_value_where_it_is_one(staff) -> None:
    rows = count_many(staff, by=["age"])
    assert [(row.by[0], row.counts[0].of) for row in rows] == [(30, 1), (40, 1), (50, 1), (None, 2)]


def test_two_groupings_cross(staff) -> None:
    rows = count_many(staff, by=["unit", "sex"], thats=[read("party_member")])
    assert [row.by for row in rows] == [("xa-a", "nam"), ("xa-a", "nu"), ("xa-b", "nam"), ("xa-b", "nu"), ("xa-b", None)]
    assert sum(row.counts[0].count for row in rows) == count(staff, that=read("party_member")).count


def test_a_list_puts_a_row_into_each_of_its_groups_once() -> None:
    frame = pl.DataFrame({"key": [1, 2, 3, 4], "lists": [["XIV", "XV", "XV"], ["XV", None], None, []]})
    rows = count_many(frame, by=["lists"])
    assert [(row.by[0], row.counts[0].of) for row in rows] == [("XIV", 1), ("XV", 2), (None, 2)]


# --- people and turns


@pytest.fixture
def holdings() -> pl.DataFrame:
    """An holds two posts and Bình one; one seat is empty, and of one of Chi's posts the papers are missing."""
    return pl.DataFrame(
        {
            "key": [1, 2, 3, 4, 5, 6],
            "person": ["an", "an", "binh", None, "chi", "chi"],
            "unit": ["xa-a", "xa-b", "xa-a", "xa-a", "xa-b", "xa-b"],
            "acting": [True, False, True, True, None, False],
        }
    )


def test_people_and_turns_are_two_figures_and_never_added(holdings) -> None:
    turns = count(holdings, that=read("acting"), noun="lượt")
    persons = count(holdings, that=read("acting"), distinct="person")
    assert turns == Count(3, 6, 1, noun="lượt")
    assert persons == Count(2, 3, 1)
    with pytest.raises(ValueError, match="Không cộng lượt với người"):
        turns + persons
    with pytest.raises(ValueError, match="Không so sánh lượt với người"):
        compare(turns, persons)


def test_one_person_of_several_rows_is_a_yes_when_any_row_is() -> None:
    truth = {"T": True, "F": False, "U": None}
    for where, that in product(product("TFU", repeat=2), repeat=2):
        frame = pl.DataFrame(
            {"person": ["an", "an"], "m": [truth[v] for v in where], "v": [truth[v] for v in that]},
            schema_overrides={"m": pl.Boolean, "v": pl.Boolean},
        )
        vocabulary = {"m": Name(Bool(), "M"), "v": Name(Bool(), "V")}
        m, v = (parse(name, vocabulary=vocabulary) for name in "mv")
        both = [naive.verdict(parse("m and v", vocabulary=vocabulary), row) for row in frame.iter_rows(named=True)]
        inside = "T" in where
        yes, perhaps = True in both, None in both
        expected = Count(yes, inside, inside and perhaps and not yes, not inside and "U" in where)
        assert count(frame, where=m, that=v, distinct="person") == expected, (where, that)
        which = {"yes": yes, "unknown": expected.unknown, "no": inside and not yes and not perhaps}
        for verdict, here in {**which, "where_unknown": expected.where_unknown}.items():
            assert people(frame, where=m, that=v, verdict=verdict, key="person") == ["an"] * here  # type: ignore[arg-type]


def test_a_person_counts_once_in_each_group(holdings) -> None:
    rows = count_many(holdings, thats=[read("acting")], by=["unit"], distinct="person")
    assert rows == (Row(("xa-a",), (Count(2, 2),)), Row(("xa-b",), (Count(0, 2, 1),)))


def test_the_people_behind_a_figure_are_as_many_as_it_says(holdings) -> None:
    assert people(holdings, that=read("acting"), key="person") == ["an", "binh"]
    assert people(holdings, that=read("acting"), verdict="unknown", key="person") == ["chi"]
    assert people(holdings, that=read("not acting"), verdict="no", key="person") == ["binh"]


# --- shares as printed


@pytest.mark.parametrize(
    ("yes", "of", "text"),
    [
        (393, 868, "393 (45,28%)"),
        (185, 868, "185 (21,31%)"),
        (74, 868, "74 (8,53%)"),
        (564, 868, "564 (64,98%)"),
        (294, 868, "294 (33,87%)"),
        (10, 868, "10 (1,15%)"),
        (55, 868, "55 (6,34%)"),
        (587, 868, "587 (67,63%)"),
        (111, 868, "111 (12,79%)"),
        (35, 868, "35 (4,03%)"),
        (80, 868, "80 (9,22%)"),
        (205, 868, "205 (23,62%)"),
        (224, 868, "224 (25,81%)"),
        (1236, 1236, "1.236 (100%)"),
    ],
)
def test_a_count_is_printed_as_officials_print_it(yes, of, text) -> None:
    """The thirteen figures of the National Election Council, 27/04/2021 (bacninh.dangcongsan.vn, 573399)."""
    assert count_text(Count(yes, of)) == text


def test_a_share_is_exact_and_rounded_half_up_only_for_print() -> None:
    assert share(Count(1, 3)) == Fraction(1, 3)
    assert share_pct(Count(1, 800)) == Decimal("0.13")
    assert share_pct(Count(1, 3), places=1) == Decimal("33.3")
    assert share_text(Count(10, 11)) == "10/11"


def test_two_dates_compare_in_points_of_the_exact_shares() -> None:
    assert compare(Count(1, 3), Count(2, 3)) == Change(1, Decimal("33.33"))
    assert compare(Count(2, 3), Count(1, 3)) == Change(-1, Decimal("-33.33"))
    assert compare(Count(1, 3), Count(1, 2)) == Change(0, Decimal("16.67"))
    assert compare(Count(125, 10_000), Count(0, 10_000), places=1) == Change(-125, Decimal("-1.3"))
    assert compare(Count(0, 0), Count(1, 2)) == Change(1, None)


# --- frames that are not facts


def test_a_frame_with_binary_floats_is_refused() -> None:
    frame = pl.DataFrame({"coefficient": [2.34, float("nan")]})
    with pytest.raises(TypeError, match="coefficient"):
        count(frame, that=read("coefficient > 5"))


def test_a_frame_without_a_column_read_is_refused(staff) -> None:
    missing: Any = staff.drop("age.hi")
    with pytest.raises(KeyError, match=r"age\.hi"):
        count(missing, that=read("age > 5"))
    with pytest.raises(KeyError, match="rank"):
        count_many(staff, by=["rank"])
