"""Two lists as offices make them: every person right, and the figures their articles print."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canbo.assess.lists import ListRequest, people_list
from canbo.audit.changes import keyring
from canbo.engine.areas import load_areas
from canbo.kernel.text import nfc
from canbo.snapshot.store import load
from tests.acceptance.desk import WHO, ask, bring_in, counts

pytestmark = [pytest.mark.django_db, pytest.mark.shared, pytest.mark.slow]
DISTRICT, WARD = date(2023, 12, 31), date(2023, 10, 5)
SEX = {"Nam": "nam", "Nữ": "nu"}
LEVELS = {"Sơ cấp": "so-cap", "Trung cấp": "trung-cap", "Cao cấp": "cao-cap", "Cử nhân": "cu-nhan"}
DEGREES = {
    "Trung cấp": "trung-cap",
    "Cao đẳng": "cao-dang",
    "Đại học": "dai-hoc",
    "Thạc sĩ": "thac-si",
    "Tiến sĩ": "tien-si",
}


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "trich-ngang"


def _expected(folder: Path, name: str) -> dict[str, Any]:
    return json.loads((folder / f"{name}.expected.json").read_text(encoding="utf-8"))


def _people(on: date, *columns: str) -> list[dict[str, Any]]:
    request = ListRequest(on=on, columns=("name", "birth", *columns))
    return people_list(request=request, snapshot=load(keyring()), **WHO).rows


def _key(name: str, birth: str | None) -> tuple[str, str | None]:
    # The list types the letter Eth for Đ in places; the name itself is kept as typed.
    return nfc(name).replace("Ð", "Đ").casefold(), birth


def test_district_list_gives_every_person_as_in_the_truth(folder: Path) -> None:
    truth = _expected(folder, "chuong_my_31122023")
    plan = bring_in(folder / "chuong_my_31122023.xlsx", DISTRICT)
    rows = _people(DISTRICT, "sex", "unit", "degree", "political_theory", "staff_kind", "key_post")
    found = {_key(row["name"], row["birth"]): row for row in rows}
    assert Counter(_key(row["name"], row["birth"]) for row in rows) == Counter(
        _key(p["name"], p["birth"]) for p in truth["persons"]
    )
    for person in truth["persons"]:
        row = found[_key(person["name"], person["birth"])]
        said = (row["sex"], row["key_post"], row["degree"], row["political_theory"])
        assert said == (
            SEX[person["sex"]],
            person["chu_chot"],
            DEGREES[person["chuyen_mon"]],
            LEVELS.get(person["llct"]),
        )
    assert {row.row.row for row in plan.rows if row.repeats is not None} == {
        p["row"] for p in truth["duplicates_to_merge"]
    }
    assert {row["row"] for row in plan.reading.hidden_rows} == {
        p["row"] for p in truth["hidden_rows_retired_not_counted"]
    }


def test_district_list_gives_the_figures_of_the_article(folder: Path) -> None:
    bring_in(folder / "chuong_my_31122023.xlsx", DISTRICT)
    expect = _expected(folder, "chuong_my_31122023")["expect"]
    assert counts(ask(DISTRICT)) == [(expect["tong"], expect["tong"])]
    by_kind = {row.by["staff_kind"]: row.count.count for row in ask(DISTRICT, by=("staff_kind",)).rows}
    assert by_kind == {"can-bo": expect["can_bo"], "cong-chuc": expect["cong_chuc"]}
    measures = ("age < 35", "sex == 'nu'", "degree >= 'dai-hoc'", "degree == 'thac-si'", "political_theory >= 'trung-cap'",
                "political_theory >= 'cao-cap'")  # fmt: skip
    keys = ("duoi_35", "nu", "dai_hoc_tro_len", "thac_si", "llct_tc_tro_len", "llct_cc_cn")
    report = ask(DISTRICT, where="key_post", measures=measures)
    assert counts(report) == [(expect[key], expect["chu_chot"]) for key in keys]
    assert [row.count.unknown for row in report.rows] == [0] * len(keys)


def test_key_leaders_from_outside_the_district(folder: Path) -> None:
    """The target's own rule: local means born in the district, here told by the district of the native place."""
    bring_in(folder / "chuong_my_31122023.xlsx", DISTRICT)
    truth = _expected(folder, "chuong_my_31122023")["expect"]["bi_thu_chu_tich_khong_phai_nguoi_dia_phuong"]
    district = next(code for code, (label, _) in load_areas().districts.items() if label == "Huyện Chương Mỹ")
    where = "'bi-thu-xa' in titles or 'chu-tich-ubnd-xa' in titles"
    [row] = ask(DISTRICT, where=where, measures=(f"not native_district == '{district}'",)).rows
    assert (row.count.count, row.count.of) == (truth["num"], truth["den"])


def test_ward_list_joins_training_to_people_and_counts_turns_apart(folder: Path) -> None:
    truth = _expected(folder, "tan_phong_2023")
    plan = bring_in(folder / "tan_phong_2023.xlsx", WARD)
    people = _people(WARD, "sex", "ethnicity", "key_post")
    assert Counter(_key(p["name"], p["birth"]) for p in people) == Counter(
        _key(p["name"], p["birth"]) for p in truth["persons"]
    )
    assert plan.units.added == ["Phường Tân Phong"]
    turns, heads = counts(ask(WARD, subject="attendance", period=(date(2021, 1, 1), WARD)))
    expected = truth["training_2021_to_05_10_2023"]
    assert (turns[0], heads[0]) == (expected["luot"], expected["nguoi"])


def test_ward_list_gives_the_figures_of_the_article(folder: Path) -> None:
    truth = _expected(folder, "tan_phong_2023")
    bring_in(folder / "tan_phong_2023.xlsx", WARD)
    key = ask(WARD, where="key_post", measures=("political_theory >= 'cao-cap'", "sex == 'nu'"))
    assert counts(key) == [tuple(truth["chu_chot_llct_cao_cap"][:2]), tuple(truth["chu_chot_nu"][:2])]
    rest = ask(
        WARD,
        measures=("sex == 'nu'", "ethnic_minority", "rating >= 'hoan-thanh-tot'", "rating == 'hoan-thanh-xuat-sac'"),
    )
    rating = truth["rating_2022"]
    wanted = [
        tuple(truth["all_nu"][:2]),
        (truth["dtts"], truth["n"]),
        tuple(rating["HTT trở lên"]),
        tuple(rating["HTXS"][:2]),
    ]
    assert counts(rest) == wanted
