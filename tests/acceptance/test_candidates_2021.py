"""The official list of 868 candidates of 2021: every figure the National Election Council printed, from the list alone."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from canbo.imports.plan import Plan
from canbo.kernel.text import fold
from tests.acceptance.desk import ask, bring_in, counts, texts
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.shared, pytest.mark.slow, pytest.mark.usefixtures("standing_plan")]
ON = date(2021, 4, 26)
LATER_MAP = date(2025, 7, 1)
QUESTIONS = {
    "nu": "sex == 'nu'",
    "dan_toc_thieu_so": "ethnic_minority",
    "ngoai_dang": "not party_member",
    "tren_dai_hoc": "degree >= 'thac-si'",
    "dai_hoc": "degree == 'dai-hoc'",
    "duoi_dai_hoc": "degree < 'dai-hoc'",
    "llct_cu_nhan": "political_theory == 'cu-nhan'",
    "llct_cao_cap": "political_theory == 'cao-cap'",
    "llct_trung_cap": "political_theory == 'trung-cap'",
    "llct_so_cap": "political_theory == 'so-cap'",
    "tai_cu_khoa_XIV": "'XIV' in la_dai_bieu_qh",
    "duoi_40_tuoi_26_04_2021": "age < 40",
}
PIVOT = {
    "nu": "sex == 'nu'",
    "dtts": "ethnic_minority",
    "ngoai_dang": "not party_member",
    "cc": "political_theory == 'cao-cap'",
    "cn": "political_theory == 'cu-nhan'",
    "tc": "political_theory == 'trung-cap'",
    "sdh": "degree >= 'thac-si'",
}


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "na15"


@pytest.fixture(scope="module")
def standing_plan(folder: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    """The list brought in, once for all questions."""
    yield from standing(django_db_blocker, lambda: bring_in(folder / "candidates.csv", ON))


def test_printed_figures_come_out_to_the_digit(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    printed = expected["printed_by_National_Election_Council_2021-04-27"]
    assert dict(zip(QUESTIONS, texts(ask(ON, measures=tuple(QUESTIONS.values()))))) == {
        k: printed[k] for k in QUESTIONS
    }
    [(all_of_them, _)] = counts(ask(ON))
    [(with_level, of)] = counts(ask(ON, measures=("political_theory >= 'so-cap'",)))
    assert (all_of_them, of, of - with_level) == (868, 868, expected["counts"]["llct_khac_hoac_khong"])


def test_odd_values_are_named_and_left_unknown(folder: Path, standing_plan: Plan) -> None:
    odd = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["traps"]
    named = sorted(value["value"] for value in standing_plan.reading.unplaced_values)
    wanted = odd["llct_nonstandard_values_printed_count_puts_in_none"]
    assert named == sorted(text for text, times in wanted.items() for _ in range(times))
    [row] = ask(ON, measures=("political_theory >= 'so-cap'",)).rows
    assert row.count.unknown == len(named)


def test_nobody_is_counted_before_the_list_was_true() -> None:
    assert counts(ask(date(2021, 4, 25))) == [(0, 0)]


def test_same_list_again_changes_nothing(folder: Path) -> None:
    again = bring_in(folder / "candidates.csv", ON)
    assert {row.state for row in again.rows} == {"same"}
    assert [row.differences for row in again.rows if row.differences] == []


def test_pivot_of_63_provinces_equals_the_file(folder: Path) -> None:
    with (folder / "expected_pivot_63_provinces.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = {_plain(row["province_or_city"]): row for row in csv.DictReader(file)}
    found: dict[str, dict[str, int]] = {}
    names = {text: name for name, text in PIVOT.items()}
    for row in ask(ON, measures=tuple(PIVOT.values()), by=("unit_province",)).rows:
        place = found.setdefault(_plain(row.labels["unit_province"]), {"tong": row.count.of})
        place[names[row.measure.name]] = row.count.count
    differences = {
        (place, column): int(expected[place][column]) - found[place][column]
        for place in found
        for column in ("tong", *PIVOT)
        if int(expected[place][column]) != found[place][column]
    }
    # The pivot counts three odd texts as cử nhân ("Cử nhân, Cao cấp" twice, "Cử nhân chính trị"), the printed total does not.
    assert len(found) == 63
    assert sorted(differences.values()) == [1, 1, 1]
    assert {column for _, column in differences} == {"cn"}


def test_on_the_map_of_34_provinces_everybody_has_a_place() -> None:
    report = ask(ON, by=("unit_province",), map_on=LATER_MAP)
    assert len(report.rows) == 34
    assert sum(row.count.count for row in report.rows) == 868
    assert report.checks[0].endswith("= 868 người")


def _plain(name: str) -> str:
    """A province's bare name: the file and the list of units write kinds and tones differently; Huế was renamed in 2025."""
    bare = fold(name).removeprefix("tinh ").removeprefix("thanh pho ").replace("-", " ")
    return {"thua thien hue": "hue"}.get(" ".join(bare.split()), " ".join(bare.split()))
