"""Parts of a population with their sum check, and figures rolled up a tree of units."""

import random
from typing import Any

import polars as pl
import pytest

from canbo.engine.breakdown import breakdown, roll_up, sum_text
from canbo.engine.language import Expr, parse
from canbo.engine.measures import Count, Row, count
from canbo.engine.types import Bool, Code, ListOf, Name, Text, Years

STAFF = {
    "sex": Name(Code((("nam", "Nam"), ("nu", "Nữ"))), "Giới tính"),
    "age": Name(Years(interval=True), "Tuổi"),
    "party_member": Name(Bool(), "Đảng viên"),
    "lists": Name(ListOf(Text()), "Danh sách"),
}


def read(text: str) -> Expr:
    return parse(text, vocabulary=STAFF)


@pytest.fixture
def staff() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "key": ["an", "binh", "chi", "dung", "giang"],
            "sex": ["nu", "nam", "nu", "nam", None],
            "age.lo": [30, 40, 34, 50, None],
            "age.hi": [30, 40, 35, 50, None],
            "party_member": [True, True, None, False, True],
            "lists": [["XIV"], ["XIV", "XV"], [], ["XV", None], None],
        }
    )


def test_parts_of_a_fact_add_up_or_name_who_is_missing(staff) -> None:
    found = breakdown(staff, by=["sex"])
    assert [(part.value, part.count) for part in found.parts] == [
        (("nam",), Count(2, 5, 1)),
        (("nu",), Count(2, 5, 1)),
    ]
    assert found.check.unknown == ("giang",)
    assert not found.check.adds_up
    assert sum_text(found) == "2 + 2 + 1 (chưa rõ) = 5 người"


def test_parts_that_add_up_say_so(staff) -> None:
    found = breakdown(staff, by=["sex"], where=read("known(sex)"))
    assert found.check.adds_up
    assert sum_text(found) == "2 + 2 = 4 người"


def test_overlapping_parts_name_who_is_in_two(staff) -> None:
    found = breakdown(staff, by={"dưới 41": read("age < 41"), "từ 40": read("age >= 40")})
    assert [(part.value, part.count.count) for part in found.parts] == [(("dưới 41",), 3), (("từ 40",), 2)]
    assert (found.check.several, found.check.unknown, found.check.none) == (("binh",), ("giang",), ())
    assert found.check.total == found.check.of
    assert not found.check.adds_up
    assert sum_text(found) == "3 + 2 + 1 (chưa rõ) ≠ 5 người; 1 người thuộc từ hai phần trở lên"


def test_parts_with_a_gap_name_who_is_in_none_for_sure(staff) -> None:
    found = breakdown(staff, by={"dưới 35": read("age < 35"), "từ 45": read("age >= 45"), "từ 90": read("age >= 90")})
    assert [part.count for part in found.parts] == [Count(1, 5, 2), Count(1, 5, 1), Count(0, 5, 1)]
    assert found.check.none == ("binh",)
    assert found.check.unknown == ("chi", "giang")


def test_a_list_gives_parts_that_overlap_and_an_empty_list_is_in_none(staff) -> None:
    found = breakdown(staff, by=["lists"])
    assert [(part.value, part.count) for part in found.parts] == [(("XIV",), Count(2, 5, 2)), (("XV",), Count(2, 5, 1))]
    assert (found.check.several, found.check.none, found.check.unknown) == (("binh",), ("chi",), ("giang",))


def test_two_facts_cross_and_what_may_fit_a_part_is_unknown_there(staff) -> None:
    found = breakdown(staff, by=["sex", "party_member"])
    assert [(part.value, part.count.count, part.count.unknown) for part in found.parts] == [
        (("nam", False), 1, 0),
        (("nam", True), 1, 1),
        (("nu", True), 1, 2),
    ]
    assert found.check.unknown == ("chi", "giang")


def test_a_person_with_two_holdings_counts_once_in_a_part_and_is_named_when_in_two() -> None:
    holdings = pl.DataFrame({"person": ["an", "an", "binh", "binh"], "unit": ["xa-a", "xa-b", "xa-a", "xa-a"]})
    found = breakdown(holdings, by=["unit"], key="person")
    assert [(part.value[0], part.count.count) for part in found.parts] == [("xa-a", 2), ("xa-b", 1)]
    assert found.check.several == ("an",)
    assert sum_text(found) == "2 + 1 ≠ 2 người; 1 người thuộc từ hai phần trở lên"


def test_a_breakdown_of_nobody_adds_up(staff) -> None:
    found = breakdown(staff, by=["sex"], where=read("age > 99"))
    assert found.parts == ()
    assert found.check.adds_up
    assert sum_text(found) == "0 = 0 người"


def test_the_sum_check_of_any_parts_is_the_one_counted_by_hand() -> None:
    chance = random.Random(11)
    values = [chance.choice([None, *range(20, 70)]) for _ in range(400)]
    frame = pl.DataFrame({"key": range(400), "age.lo": values, "age.hi": [v and v + chance.randrange(3) for v in values]})
    for _ in range(30):
        edges = [sorted(chance.sample(range(18, 72), 2)) for _ in range(3)]
        parts = {f"{lo}–{hi}": read(f"{lo} <= age < {hi}") for lo, hi in edges}
        check = breakdown(frame, by=parts).check
        sure = {row["key"]: sum(_surely(row, lo, hi) for lo, hi in edges) for row in frame.to_dicts()}
        perhaps = {row["key"] for row in frame.to_dicts() if any(_perhaps(row, lo, hi) for lo, hi in edges)}
        assert check.total == sum(sure.values())
        assert check.several == tuple(key for key, times in sure.items() if times > 1)
        assert check.unknown == tuple(key for key, times in sure.items() if not times and key in perhaps)
        assert check.none == tuple(key for key, times in sure.items() if not times and key not in perhaps)


def _surely(row: dict[str, Any], lo: int, hi: int) -> bool:
    return row["age.lo"] is not None and lo <= row["age.lo"] and row["age.hi"] < hi


def _perhaps(row: dict[str, Any], lo: int, hi: int) -> bool:
    return row["age.lo"] is None or (row["age.hi"] >= lo and row["age.lo"] < hi)


# --- units rolled up

PARENTS = {"tinh": None, "huyen": "tinh", "xa-a": "huyen", "xa-b": "huyen", "so": "tinh"}


@pytest.fixture
def holdings() -> pl.DataFrame:
    """An sits in two communes of one district and in the department; one row has no unit, one a unit not on the map."""
    return pl.DataFrame(
        {
            "person": ["an", "an", "an", "binh", "chi", "dung", "giang"],
            "unit": ["xa-a", "xa-b", "so", "xa-a", "so", None, "la"],
            "party_member": [False, True, None, True, None, True, False],
        }
    )


def test_rows_roll_up_to_every_unit_above(holdings) -> None:
    rows = roll_up(holdings, unit="unit", parents=PARENTS, thats=[read("party_member")], noun="lượt")
    assert {row.by[0]: (row.counts[0].count, row.counts[0].of, row.counts[0].unknown) for row in rows} == {
        "huyen": (2, 3, 0), "la": (0, 1, 0), "so": (0, 2, 2), "tinh": (2, 5, 2), "xa-a": (1, 2, 0), "xa-b": (1, 1, 0), None: (1, 1, 0),
    }  # fmt: skip


def test_a_person_with_several_holdings_counts_once_in_each_subtree(holdings) -> None:
    rows = roll_up(holdings, unit="unit", parents=PARENTS, thats=[read("party_member")], distinct="person")
    found = {row.by[0]: (row.counts[0].count, row.counts[0].of, row.counts[0].unknown) for row in rows}
    assert found["huyen"] == (2, 2, 0)
    assert found["tinh"] == (2, 3, 1)
    assert rows[-1] == Row((None,), (Count(1, 1),))


def test_an_empty_seat_is_a_turn_and_nobody() -> None:
    seats = pl.DataFrame({"person": ["an", None, None], "unit": ["xa-a", "xa-a", "xa-b"]})
    turns = roll_up(seats, unit="unit", parents=PARENTS)
    persons = roll_up(seats, unit="unit", parents=PARENTS, distinct="person")
    assert {row.by[0]: row.counts[0].of for row in turns} == {"xa-a": 2, "xa-b": 1, "huyen": 3, "tinh": 3}
    assert {row.by[0]: row.counts[0].of for row in persons} == {"xa-a": 1, "huyen": 1, "tinh": 1}


def test_the_top_of_a_tree_counts_what_a_plain_count_counts() -> None:
    chance = random.Random(3)
    units = {f"u{i}": f"u{(i - 1) // 3}" if i else None for i in range(40)}
    frame = pl.DataFrame(
        {
            "person": [chance.randrange(150) for _ in range(300)],
            "unit": [f"u{chance.randrange(40)}" for _ in range(300)],
            "party_member": [chance.choice([True, False, None]) for _ in range(300)],
            "sex": [chance.choice(["nam", "nu", None]) for _ in range(300)],
        }
    )
    for distinct in (None, "person"):
        rows = roll_up(
            frame, unit="unit", parents=units, where=read("sex == 'nu'"), thats=[None, read("party_member")], distinct=distinct
        )
        top = next(row for row in rows if row.by == ("u0",))
        plain = [count(frame, where=read("sex == 'nu'"), that=that, distinct=distinct) for that in (None, read("party_member"))]
        assert list(top.counts) == plain
        below = [unit for unit in units if unit in ("u1", "u4", "u5", "u6") or units[unit] in ("u4", "u5", "u6")]
        part = count(frame.filter(pl.col("unit").is_in(below)), where=read("sex == 'nu'"), distinct=distinct)
        assert next(row.counts[0] for row in rows if row.by == ("u1",)) == part


def test_a_circle_of_units_is_refused() -> None:
    frame = pl.DataFrame({"unit": ["a"]})
    with pytest.raises(ValueError, match="nằm trong một vòng"):
        roll_up(frame, unit="unit", parents={"a": "b", "b": "a"})
