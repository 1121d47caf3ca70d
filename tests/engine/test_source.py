"""Habits of the source that keep UNKNOWN from becoming "no"."""

import re
from pathlib import Path

import pytest

import canbo

PURE = [path for folder in ("engine", "facts") for path in sorted((Path(canbo.__file__).parent / folder).rglob("*.py"))]


def offending(source: str) -> list[str]:
    """Lines that fill a null without saying why."""
    filling = re.compile(r"\bfill_null\b|\bfill_nan\b|\bnulls_equal=False\b")
    return [line for line in source.splitlines() if filling.search(line) and "# why" not in line]


@pytest.mark.parametrize("path", PURE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_null_is_filled_only_with_a_why(path: Path) -> None:
    assert offending(path.read_text(encoding="utf-8")) == []


def test_the_search_for_filled_nulls_finds_one() -> None:
    assert offending("a\nx = pl.col('a').fill_null(False)\ny.fill_null(0)  # why: an absent row is 0 days\n") == [
        "x = pl.col('a').fill_null(False)"
    ]


@pytest.mark.parametrize("path", PURE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_pure_packages_know_no_clock_and_no_django(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\btoday\(\)|\bnow\(\)|^\s*(?:from|import) django", source, re.MULTILINE)
