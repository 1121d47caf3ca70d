"""Published cut-offs of congresses (CT 45, App. 2; the 2020-2025 cycle counted by other ages is not in the table)."""

import csv
from datetime import date
from pathlib import Path

import pytest

from canbo.facts.registry import Ask
from canbo.facts.retirement import ages_of, retirement_month
from tests.facts.world import value, world

ASK = Ask(on=date(2025, 1, 1))
# born from, sex, month in which the age is counted, months asked
CUT_OFFS = [
    ("1968-09", "nam", (2025, 9), 60), ("1972-05", "nu", (2025, 9), 60),
    ("1968-06", "nam", (2025, 6), 60), ("1972-02", "nu", (2025, 6), 60),
    ("1968-07", "nam", (2025, 7), 60), ("1972-03", "nu", (2025, 7), 60),
    ("1968-04", "nam", (2025, 4), 60), ("1972-01", "nu", (2025, 4), 60),
    ("1967-09", "nam", (2025, 9), 48), ("1971-09", "nu", (2025, 9), 48),
    ("1967-06", "nam", (2025, 6), 48), ("1971-06", "nu", (2025, 6), 48),
    ("1967-03", "nam", (2025, 9), 42),
]  # fmt: skip


def left(born: str, sex: str, on: tuple[int, int]) -> int:
    lo, hi = value(world(person={"birth": born, "sex": sex}), "months_left", on=date(*on, 15))
    assert lo == hi
    return int(lo)


def a_month_before(born: str) -> str:
    year, month = map(int, born.split("-"))
    return f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}"


@pytest.mark.parametrize(("born", "sex", "on", "need"), CUT_OFFS)
def test_cut_off_passes_and_one_month_older_fails(born: str, sex: str, on: tuple[int, int], need: int) -> None:
    assert left(born, sex, on) >= need
    assert left(a_month_before(born), sex, on) < need


def test_jump_between_two_years_leaves_a_gap() -> None:
    """Women born 12/1971 reach the age of 2029, those of 1/1972 that of 2030: 56 months and 61."""
    assert [left(born, "nu", (2025, 4)) for born in ("1971-12", "1972-01")] == [56, 61]


@pytest.mark.shared
def test_every_month_agrees_with_the_computed_table(shared_data: Path) -> None:
    """Two programs, one decree: the table by birth month that came with the domain papers."""
    path = shared_data.parent / "domain" / "codelists" / "retirement_by_birth_month.csv"
    ages, seen = ages_of(ASK), 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            reached = retirement_month(_months(row["birth_month"]), ages[{"M": "nam", "F": "nu"}[row["sex"]]])
            if reached is not None and row["retirement_month"]:
                assert reached == _months(row["retirement_month"]), row
                seen += 1
    assert seen > 300


def _months(text: str) -> int:
    year, month = map(int, text.split("-")[:2])
    return year * 12 + month - 1
