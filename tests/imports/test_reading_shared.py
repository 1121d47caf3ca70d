"""The reference lists beside the checkout: every person, every printed figure, every trap reported."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canbo.engine.codelists import load_codelist
from canbo.imports.reading import Reading, SheetReading, read_list
from canbo.imports.reading.listrow import ListRow
from canbo.kernel.text import clean, fold, nfc

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.exists(), reason="the reference data is not beside the checkout"),
]
RANK = {row.code: row.rank or 0 for row in load_codelist("degrees").rows}


def read(path: str, **options: Any) -> Reading:
    return read_list((DATA / path).read_bytes(), filename=Path(path).name, **options)


def expected(path: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / path).read_text("utf-8"))
    return data


@pytest.fixture(scope="module")
def candidates() -> Reading:
    return read("na15/candidates.csv", on=date(2021, 4, 26), accept=True)


def values(sheet: SheetReading, name: str) -> Counter[Any]:
    return Counter(row.values.get(name) for row in sheet.rows)


def test_candidates_give_the_printed_figures(candidates: Reading) -> None:
    (sheet,) = candidates.sheets
    assert len(sheet.rows) == 868
    assert not any(row.refused for row in sheet.rows)
    ranks = [RANK[row.values["degree"]] for row in sheet.rows]
    assert sum(rank >= RANK["thac-si"] for rank in ranks) == 564
    assert sum(rank == RANK["dai-hoc"] for rank in ranks) == 294
    assert sum(rank < RANK["dai-hoc"] for rank in ranks) == 10
    theory = values(sheet, "political_theory")
    assert theory == {"cu-nhan": 55, "cao-cap": 587, "trung-cap": 111, "so-cap": 35, "chua-qua": 75, None: 5}
    assert values(sheet, "sex") == {"nam": 475, "nu": 393}
    assert sum(row.values["ethnicity"] != "kinh" for row in sheet.rows) == 185
    assert sum(not row.values.get("party_joined") for row in sheet.rows) == 74
    assert values(sheet, "party_member") == {True: 794, False: 74}
    assert sum("XIV" in row.extras["la_dai_bieu_qh"][1] for row in sheet.rows) == 205


def test_odd_theory_values_are_named_and_left_out(candidates: Reading) -> None:
    odd = Counter(u["value"] for u in candidates.unplaced_values if "Lý luận" in u["column"])
    assert odd == {"Cử nhân, Cao cấp": 2, "Thạc sĩ": 1, "Cử nhân chính trị": 1, "Đang học Trung cấp": 1}


def test_candidates_need_no_question_about_columns(candidates: Reading) -> None:
    (sheet,) = candidates.sheets
    fields = {column.header: column.field for column in sheet.columns}
    assert [column.header for column in sheet.columns if column.asked] == []
    assert fields["province_or_city"] == "unit_province"
    assert fields["Nơi công tác"] == "workplace"
    for extra in ("pid", "unit_number", "unit_description", "Quốc tịch", "Là đại biểu QH", "Là đại biểu HĐND"):
        assert fields[extra] is None


def test_every_date_of_the_candidates_is_day_then_month(candidates: Reading) -> None:
    with (DATA / "na15/candidates.csv").open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    for row, cells in zip(candidates.sheets[0].rows, raw, strict=True):
        day, month, year = map(int, cells["Ngày tháng năm sinh"].split("/"))
        assert row.values["birth"].iso == f"{year:04}-{month:02}-{day:02}"


def test_chuong_my_reads_every_person() -> None:
    truth = expected("trich-ngang/chuong_my_31122023.expected.json")
    reading = read("trich-ngang/chuong_my_31122023.xlsx", accept=True)
    sheet, draft = reading.sheets
    assert draft.kind == "ignored"
    assert [d["row"] for d in reading.duplicates] == [d["row"] for d in truth["duplicates_to_merge"]]
    assert [d["row"] for d in reading.hidden_rows] == [d["row"] for d in truth["hidden_rows_retired_not_counted"]]
    left_out = {d["row"] for d in [*reading.duplicates, *reading.hidden_rows]}
    rows = {row.row: row for row in sheet.rows if row.row not in left_out}
    assert sorted(rows) == [person["row"] for person in truth["persons"]]
    for person in truth["persons"]:
        assert_person(rows[person["row"]], person)


def assert_person(row: ListRow, person: dict[str, Any]) -> None:
    label = {"degree": "chuyen_mon", "political_theory": "llct"}
    assert row.values["full_name"].lower() == person["name"].lower()
    assert row.values["birth"].iso == person["birth"]
    assert row.values["sex"] == {"Nam": "nam", "Nữ": "nu"}[person["sex"]]
    assert row.values["position"] == person["title"]
    assert row.unit == person["unit"]
    assert load_codelist("staff_kinds").label(row.values["staff_kind"]).lower() == person["group"]
    for name, key in label.items():
        codelist = load_codelist({"degree": "degrees"}.get(name, name))
        told = row.values.get(name)
        assert (codelist.label(told) if told else None) == person[key]


def test_tan_phong_reads_every_person_and_attendance() -> None:
    truth = expected("trich-ngang/tan_phong_2023.expected.json")
    reading = read("trich-ngang/tan_phong_2023.xlsx")
    people, training = reading.sheets
    assert (people.kind, training.kind) == ("roster", "training")
    assert len(people.rows) == truth["n"]
    for row, person in zip(people.rows, truth["persons"], strict=True):
        assert row.values["full_name"].lower() == person["name"].lower()
        assert row.values["birth"].iso == person["birth"]
        assert row.values["sex"] == {"Nam": "nam", "Nữ": "nu"}[person["sex"]]
        assert row.values["position"] == person["title"]
        assert row.values["full_name"] == nfc(clean(row.values["full_name"]))
    minority = [row.values["ethnicity"] for row in people.rows if row.values["ethnicity"] != "kinh"]
    assert len(minority) == truth["dtts"]
    assert len(set(minority)) == len(truth["dtts_groups"])
    ratings = Counter(row.values["ratings"]["2022"][0] for row in people.rows)
    assert ratings["hoan-thanh-xuat-sac"] == truth["rating_2022"]["HTXS"][0]
    names = {fold(row.values["full_name"]) for row in people.rows}
    assert len(training.rows) == 31
    assert {fold(row.values["full_name"]) for row in training.rows} <= names
    assert {row.row: row.values["training_from"].iso for row in training.rows}[33] == "2020-11"
    assert reading.unplaced_values == [] and reading.duplicates == []
