"""BM01 filled from a small office: every column by hand, units rolled up, the checks, and what the scope leaves out."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from canbo.access.queries import LOCAL_ACCESS
from canbo.audit.changes import act, keyring
from canbo.dossier import models as m
from canbo.kernel.actors import Scope
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Norm, Unit
from canbo.reporting.forms import UnknownForm, load_form
from canbo.reporting.papers import check_lines, form_grid, form_xlsx
from canbo.reporting.queries import FilledForm, FormRow, Tree, _failing_columns, fill
from canbo.snapshot.store import load

pytestmark = pytest.mark.django_db
ON, AT = date(2025, 12, 31), datetime(2026, 1, 5, tzinfo=UTC)
EVERYTHING = LOCAL_ACCESS.scope


def _day(iso: str) -> PartialDate:
    return PartialDate.from_iso(iso)


def _unit(log: Any, code: str, parent: Unit | None = None) -> Unit:
    unit = Unit.objects.create(code=code, name=f"Đơn vị {code}", parent=parent, start=_day("2020"))
    log.inserted(unit)
    return unit


def _person(
    log: Any, name: str, unit: Unit, *, birth: str | None, sex: str, degree: str = "", kind: str = "cong-chuc"
) -> m.Person:
    person = m.Person.objects.create(full_name=name, birth=_day(birth) if birth else None, sex=sex, ethnicity="kinh")
    log.inserted(person, person=person.pk)
    service = m.Employment.objects.create(person=person, unit=unit, staff_kind=kind, start=_day("2021-01-01"))
    log.inserted(service, person=person.pk)
    if degree:
        row = m.Qualification.objects.create(person=person, kind="chuyen-mon", level=degree, obtained=_day("2015"))
        log.inserted(row, person=person.pk)
    return person


@pytest.fixture
def office() -> dict[str, Unit]:
    """So (2 own) with Phong below (2): An 30, Bình 45, Chi of unknown age, Dũng past retirement; Em is a viên chức."""
    with act(actor=LOCAL_ACCESS.actor, action="organization.write", at=AT) as log:
        so = _unit(log, "SO")
        phong = _unit(log, "SO.01", so)
        for unit, count in ((so, 3), (phong, 2)):
            log.inserted(Norm.objects.create(unit=unit, staff_kind="cong-chuc", count=count, start=_day("2025")))
        _person(log, "Nguyễn Văn An", so, birth="1995-03-01", sex="nam", degree="dai-hoc")
        _person(log, "Trần Thị Bình", phong, birth="1980-05-12", sex="nu", degree="thac-si")
        _person(log, "Lê Thị Chi", phong, birth=None, sex="nu")
        _person(log, "Phạm Văn Dũng", so, birth="1960-01-01", sex="nam", degree="dai-hoc")
        _person(log, "Hoàng Thị Em", phong, birth="1990", sex="nu", kind="vien-chuc")
    return {"so": so, "phong": phong}


def _filled(scope: Scope = EVERYTHING, unit: str | None = None) -> FilledForm:
    return fill(
        form=load_form("bm01"), on=ON, unit=unit, snapshot=load(keyring()), actor=LOCAL_ACCESS.actor, scope=scope
    )


def _some(values: dict[int, int | None], *columns: int) -> list[int | None]:
    return [values[number] for number in columns]


def test_units_roll_up_and_the_total_counts_each_person_once(office: dict[str, Unit]) -> None:
    filled = _filled()
    assert [(row.unit, row.depth) for row in filled.rows] == [("SO", 0), ("SO.01", 1)]
    by_unit = {row.unit: _some(row.values, 1, 2, 3) for row in filled.rows}
    assert by_unit == {"SO": [5, 4, 2], "SO.01": [2, 2, 2]}
    assert _some(filled.total.values, 1, 2, 3) == [5, 4, 2]


def test_ages_past_retirement_stand_only_in_column_38(office: dict[str, Unit]) -> None:
    assert _some(_filled().total.values, 32, 33, 34, 35, 38) == [1, 0, 1, 0, 1]


def test_check_names_the_difference_that_an_unknown_birth_makes(office: dict[str, Unit]) -> None:
    filled = _filled()
    ages = next(c for c in filled.checks if c.check.whole == 2 and 38 in c.check.parts)
    assert (ages.ok, ages.difference) == (False, -1)
    assert "✗ Tổng các nhóm tuổi bằng số hiện có: lệch -1 người, do hồ sơ chưa rõ" in check_lines(filled)


def test_degrees_stand_in_one_column_each(office: dict[str, Unit]) -> None:
    assert _some(_filled().total.values, 12, 13, 14, 15, 16, 17) == [0, 1, 2, 0, 0, 0]


def test_one_unit_leaves_out_what_stands_above_it(office: dict[str, Unit]) -> None:
    filled = _filled(unit="SO.01")
    assert [row.unit for row in filled.rows] == ["SO.01"]
    assert _some(filled.total.values, 1, 2) == [2, 2]


def test_reader_of_one_division_gets_her_division_only(office: dict[str, Unit]) -> None:
    filled = _filled(Scope(units=frozenset({office["phong"].pk}), groups=EVERYTHING.groups))
    assert [row.unit for row in filled.rows] == ["SO.01"]
    assert _some(filled.total.values, 1, 2) == [2, 2]


def test_empty_folder_gives_an_empty_form() -> None:
    filled = _filled()
    assert (filled.rows, filled.total.values[2]) == ((), 0)


def test_workbook_opens_and_holds_the_total(office: dict[str, Unit], tmp_path: Any) -> None:
    import openpyxl

    path = tmp_path / "bm01.xlsx"
    path.write_bytes(form_xlsx(_filled()))
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    total = next(row for row in rows if row[1] == "Tổng cộng")
    assert total[2:5] == [5, 4, 2]
    words = [str(cell) for row in rows for cell in row if cell]
    assert any("mẫu 2012" in word for word in words)
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ" in words and "NGƯỜI LẬP BIỂU" in words
    assert any(word.startswith("✗ Tổng cộng – Tổng các nhóm tuổi bằng số hiện có") for word in words)


def test_failing_check_names_the_row_and_its_columns(office: dict[str, Unit]) -> None:
    ages = [f for f in _filled().failures if 38 in f.columns]
    assert [(f.name, f.columns) for f in ages] == [
        ("Đơn vị SO", (32, 33, 34, 35, 38, 2)), ("Đơn vị SO.01", (32, 33, 34, 35, 38, 2)), ("Tổng cộng", (32, 33, 34, 35, 38, 2)),
    ]  # fmt: skip
    assert ages[-1].text.endswith("cột 32 + 33 + 34 + 35 + 38 là 1 + 0 + 1 + 0 + 1 = 3, cột 2 là 4, lệch -1")


def test_uppermost_units_add_up_to_the_total_in_every_column(office: dict[str, Unit]) -> None:
    assert not [f for f in _filled().failures if f.text.startswith("Cột")]


def test_column_that_the_units_do_not_add_up_to_is_said() -> None:
    tree = Tree({"A": 1, "A.1": 2, "B": 3}, {"A": None, "A.1": "A", "B": None}, {"A": "A", "A.1": "A.1", "B": "B"})
    rows = [FormRow("A", "A", 0, {2: 7, 3: 1}), FormRow("A.1", "A.1", 1, {2: 5, 3: 1}), FormRow("B", "B", 0, {2: 2, 3: None})]
    found = list(_failing_columns(rows, FormRow("", "Tổng cộng", 0, {2: 10, 3: 1}), tree))
    assert [(f.columns, f.text) for f in found] == [((2,), "Cột 2: các đơn vị cộng lại 9, dòng tổng cộng 10, lệch -1")]


def test_column_over_a_hidden_group_stays_blank_and_is_said(office: dict[str, Unit]) -> None:
    filled = _filled(Scope(units=None, groups=EVERYTHING.groups - {"religion"}))
    assert filled.hidden == (6,) and filled.total.values.get(6) is None
    assert "! Cột 6 để trống: vai trò đang dùng chưa được giao quyền đếm." in check_lines(filled)


def test_paper_has_the_printed_numbers_of_the_columns(office: dict[str, Unit]) -> None:
    grid = form_grid(_filled())
    assert [leaf.text for leaf in grid.leaves] == ["TT", "Tên đơn vị", *map(str, range(1, 39))]
    assert grid.totals is not None and list(grid.totals)[1:5] == ["Tổng cộng", 5, 4, 2]


def test_unknown_form_names_those_there_are() -> None:
    with pytest.raises(UnknownForm, match="bm01"):
        load_form("bm99")
