"""The district's list in, its trích ngang out: key cadres by commune, each row as the workbook has it."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from canbo.assess.columns import listable
from canbo.assess.orders import ORDERS, People, ranks_of
from canbo.assess.rolls import Roll, column_of, grid_of, needs
from canbo.audit.changes import keyring
from canbo.documents.grid import Group
from canbo.facts.registry import Ask
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import nfc
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import load
from tests.acceptance.desk import WHO, bring_in

pytestmark = [pytest.mark.django_db, pytest.mark.shared, pytest.mark.slow]
ON = date(2023, 12, 31)
DEGREES = ("Trung cấp", "Cao đẳng", "Đại học", "Thạc sĩ", "Tiến sĩ")
THEORY = ("Sơ cấp", "Trung cấp", "Cao cấp", "Cử nhân")
COLUMNS = ("name", "ngay-sinh", "bang-cap", "llct", "doi-tuong")


def _same(name: str) -> str:
    # The list types the letter Eth for Đ in places.
    return nfc(name).replace("Ð", "Đ").casefold()


def test_key_cadres_by_commune_as_in_the_workbook(shared_data: Path) -> None:
    folder = shared_data / "trich-ngang"
    truth = json.loads((folder / "chuong_my_31122023.expected.json").read_text(encoding="utf-8"))
    bring_in(folder / "chuong_my_31122023.xlsx", ON)
    snapshot, scope = load(keyring()), WHO["scope"]
    words, facts = vocabulary(snapshot=snapshot, subject="person", map_on=ON), listable(snapshot=snapshot, scope=scope)
    columns = [column for code in COLUMNS if (column := column_of(code, facts, words))]
    wanted = needs(columns, words, "unit") | {"key_post", "title", "name"}
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=ON), names=wanted, scope=scope).filter(pl.col("key_post"))
    people = People(frame=frame, snapshot=snapshot, on=ON, ranks=ranks_of(frame), words=words)
    ordered = ORDERS["chuc-danh"].sort(people, "")
    table = grid_of(Roll(frame=ordered, columns=columns, words=words, snapshot=snapshot, group="unit"))

    found, commune = set(), ""
    for row in table.rows:
        if isinstance(row, Group):
            commune = row.text.partition(". ")[2].rpartition(" (")[0]
        else:
            _, name, men, women, *marks = row
            found.add((commune, _same(str(name)), men, women, tuple(marks)))
    expected = {_as_set_out(person) for person in truth["persons"] if person["chu_chot"]}
    assert found == expected and len(found) == truth["expect"]["chu_chot"]
    assert table.totals is not None
    assert table.totals[1] == "Tổng cộng: 196 người"


def _as_set_out(person: dict) -> tuple:
    """A person of the truth as the sheet sets her out: birth under the sex, an x under each level."""
    birth = PartialDate.from_iso(person["birth"]).display
    marks = ["x" if person["chuyen_mon"] == level else "" for level in DEGREES]
    marks += ["x" if person["llct"] == level else "" for level in THEORY]
    marks += ["x" if person["group"] == kind else "" for kind in ("cán bộ", "công chức")]
    men, women = (birth, "") if person["sex"] == "Nam" else ("", birth)
    return person["unit"], _same(person["name"]), men, women, tuple(marks)
