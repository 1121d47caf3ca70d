"""Out to Excel, edited, and back: unedited nothing differs, edited exactly the edits are found and written."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from canbo.access.queries import LOCAL_ACCESS
from canbo.audit.changes import keyring
from canbo.dossier.models import Holding, Person, Qualification
from canbo.dossier.sections import sealed_place
from canbo.imports.answers import Answers, RowAnswer
from canbo.imports.book.workbook import open_workbook
from canbo.imports.changes import write_plan
from canbo.imports.plan import ListRequest, Plan, plan_list
from canbo.imports.queries import read_known
from canbo.imports.report import refused_workbook
from canbo.imports.roundtrip.export import editing_workbook
from canbo.imports.roundtrip.marks import mark_of
from canbo.kernel.actors import Scope
from canbo.kernel.dates import PartialDate
from tests.imports.edits import (
    Edit,
    cells_of,
    columns_by_heading,
    draw_edits,
    edited_xml,
    found_edits,
    saved_by_a_spreadsheet,
)
from tests.imports.lists import written_list

pytestmark = pytest.mark.django_db
AT, ON = datetime(2026, 3, 2, 1, 30, tzinfo=UTC), date(2026, 3, 2)
WHO = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
HEADS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Quê quán", "Số định danh cá nhân", "Đơn vị công tác", "Chức vụ",
    "Đối tượng", "Ngày vào Đảng", "Trình độ chuyên môn", "Lý luận chính trị", "Xếp loại năm 2025", "Hệ số lương", "Mã ngạch", "Kỷ luật",
)  # fmt: skip
PEOPLE = [
    ("1", "Nguyễn Văn An", "12/5/1968", "Nam", "Kinh", "Xã Phú Nghĩa, Hà Nội", "001068000001", "Xã Trong", "Chủ tịch UBND", "Cán bộ",
     "3/2/1995", "Đại học", "Cao cấp", "Hoàn thành tốt nhiệm vụ", "4,98", "01.002", ""),
    ("2", "Trần Thị Bình", "5/1985", "Nữ", "Tày", "Hà Giang", "001185000002", "Xã Trong", "Chuyên viên", "Công chức", "", "Thạc sĩ",
     "Trung cấp", "Hoàn thành xuất sắc nhiệm vụ", "3,33", "01.003", "Không"),
    ("3", "Lê Văn Chi", "1990", "Nam", "Kinh", "Nam Định", "001090000003", "Xã Ngoài", "Văn phòng – thống kê", "Công chức", "2015",
     "Đại học", "", "", "2,67", "01.003", ""),
    ("4", "Lê Văn Chi", "1990", "Nam", "Kinh", "Nam Định", "001090000004", "Xã Ngoài", "Công an viên", "Người hoạt động không chuyên trách",
     "", "", "", "", "", "", ""),
]  # fmt: skip


@pytest.fixture
def people() -> dict[str, Person]:
    plan = planned(written_list(HEADS, PEOPLE), "cán bộ.xlsx")
    assert {row.state for row in plan.rows} == {"new"}
    write_plan(plan=plan, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    return {row[6]: person for row, person in zip(PEOPLE, Person.objects.order_by("pk"), strict=True)}


def planned(
    content: bytes, name: str = "để sửa.xlsx", answers: Answers | None = None, scope: Scope = LOCAL_ACCESS.scope, on: date = ON
) -> Plan:
    book = open_workbook(content)
    reading = read_known(book=book, filename=name, on=on, actor=LOCAL_ACCESS.actor, scope=scope)
    request = ListRequest(on=on, name=name, sha256="0" * 64, answers=answers or Answers())
    return plan_list(reading=reading, request=request, actor=LOCAL_ACCESS.actor, scope=scope)


def taken_out() -> tuple[bytes, dict[int, tuple[str, dict[str, str]]]]:
    content, _ = editing_workbook(unit=None, on=ON, **WHO)
    return content, cells_of(content)


def edited(**changes: str) -> tuple[bytes, Edit]:
    """The list with cells of the first Nguyễn Văn An changed, by heading with _ for a blank."""
    content, rows = taken_out()
    row, (code, cells) = next((n, found) for n, found in rows.items() if found[1]["Họ và tên"] == "Nguyễn Văn An")
    edits = [Edit(row, code, heading, cells[heading], new) for heading, new in changes.items()]
    return edited_xml(content, edits, headings_of(rows)), edits[0]


def headings_of(rows: dict[int, tuple[str, dict[str, str]]]) -> list[str]:
    return list(next(iter(rows.values()))[1])


def test_unedited_list_differs_nowhere(people: dict[str, Person]) -> None:
    content, _ = taken_out()
    plan = planned(content)
    assert [row.state for row in plan.rows] == ["same"] * 4
    assert list(found_edits(plan)) == [] and [p.why for row in plan.rows for p in row.row.problems] == []
    assert write_plan(plan=plan, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT) is None


@pytest.mark.parametrize("save", [edited_xml, saved_by_a_spreadsheet])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_edits_are_found_and_nothing_else(people: dict[str, Person], save: object, seed: int) -> None:
    content, rows = taken_out()
    columns = columns_by_heading(2026, LOCAL_ACCESS.scope.groups)
    edits = draw_edits(rows=rows, columns=columns, units=["Xã Trong", "Xã Ngoài"], count=60, seed=seed)
    plan = planned(save(content, edits, headings_of(rows)))  # type: ignore[operator]
    assert sorted(found_edits(plan)) == sorted((edit.code, edit.heading) for edit in edits)


def test_written_edits_come_out_again(people: dict[str, Person]) -> None:
    """What was edited is what the next list shows; the row counts one change a cell."""
    wanted = {
        "Họ và tên": "Nguyễn Văn Ân", "Ngày sinh": "05/1968", "Đơn vị công tác": "Xã Ngoài", "Chức vụ, chức danh": "Bí thư Đảng ủy",
        "Trình độ chuyên môn": "Thạc sĩ", "Hệ số lương": "5,08", "Xếp loại năm 2025": "Hoàn thành nhiệm vụ", "Tôn giáo": "Phật giáo",
        "Điện thoại": "0912345678", "Quê quán": "Xã Chúc Sơn, Hà Nội", "Hình thức kỷ luật": "Khiển trách",
        "Số định danh cá nhân": "001068000009",
    }  # fmt: skip
    content, _ = edited(**wanted)
    plan = planned(content)
    assert [len(row.differences) for row in plan.rows if row.differences] == [len(wanted)]
    write_plan(plan=plan, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    cells = next(cells for _, cells in taken_out()[1].values() if cells["Họ và tên"] == "Nguyễn Văn Ân")
    assert {heading: cells[heading] for heading in wanted} == wanted
    an = people["001068000001"]
    assert Holding.objects.filter(person=an, title_text="Chủ tịch UBND").get().end is not None
    assert sorted(Qualification.objects.filter(person=an, kind="chuyen-mon").values_list("level", flat=True)) == ["dai-hoc", "thac-si"]
    again = planned(taken_out()[0])
    assert list(found_edits(again)) == []


def test_emptied_cell_deletes_nothing_until_it_is_said(people: dict[str, Person]) -> None:
    content, edit = edited(**{"Quê quán": ""})
    plan = planned(content)
    row = next(row for row in plan.rows if row.emptied)
    assert row.emptied == ["Quê quán"] and not row.differences
    assert write_plan(plan=plan, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT) is None
    answers = Answers()
    answers.put_row("Danh sách để sửa", edit.row, RowAnswer(clear=True))
    write_plan(plan=planned(content, answers=answers), actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    assert Person.objects.get(pk=people["001068000001"].pk).native_place == ""


def test_word_for_deleting_empties_the_value(people: dict[str, Person]) -> None:
    content, _ = edited(**{"Quê quán": "(xóa)"})
    write_plan(plan=planned(content), actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    assert Person.objects.get(pk=people["001068000001"].pk).native_place == ""


def test_dossier_changed_meanwhile_is_not_put_back(people: dict[str, Person]) -> None:
    """The list went out, then another one changed the native place; the old cell is no edit."""
    stale, edit = edited(**{"Dân tộc": "Mường"})
    newer, _ = edited(**{"Quê quán": "Xã Chúc Sơn, Hà Nội"})
    write_plan(plan=planned(newer), actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    assert list(found_edits(planned(stale))) == [(edit.code, "Dân tộc")]


def test_list_given_another_day_is_compared_with_the_day_it_went_out(people: dict[str, Person]) -> None:
    """An earlier day than any dossier knows: still no edit, and what is edited is true from the day it went out."""
    assert list(found_edits(planned(taken_out()[0], on=date(2020, 1, 1)))) == []
    content, edit = edited(**{"Chức vụ, chức danh": "Bí thư Đảng ủy"})
    plan = planned(content, on=date(2020, 1, 1))
    assert list(found_edits(plan)) == [(edit.code, "Chức vụ, chức danh")]
    write_plan(plan=plan, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    assert Holding.objects.get(person=people["001068000001"], title_text="Bí thư Đảng ủy").start == PartialDate(2026, 3, 2)


def test_marks_hold_nothing_a_workbook_reads_as_something_else() -> None:
    letters = {letter for number in range(30_000) for letter in mark_of(f"HS{number:07d}", "person.birth", str(number))}
    assert len(letters) == 64 and "_" not in letters


def test_both_changed_is_asked_and_the_answer_is_taken(people: dict[str, Person]) -> None:
    mine, edit = edited(**{"Quê quán": "Xã Của Tôi, Hà Nội"})
    theirs, _ = edited(**{"Quê quán": "Xã Chúc Sơn, Hà Nội"})
    write_plan(plan=planned(theirs), actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    row = next(row for row in planned(mine).rows if row.contested)
    assert [(d.old, d.new) for d in row.contested] == [("Xã Chúc Sơn, Hà Nội", "Xã Của Tôi, Hà Nội")] and not row.differences
    answers = Answers()
    answers.put_row("Danh sách để sửa", edit.row, RowAnswer(fields={"person.native_place": "take"}))
    taken = planned(mine, answers=answers)
    assert [d.new for row in taken.rows for d in row.differences] == ["Xã Của Tôi, Hà Nội"]


def test_cell_no_code_list_knows_refuses_the_row_and_comes_back_as_a_workbook(people: dict[str, Person]) -> None:
    """The workbook of refused rows is a list to be edited again: corrected there, just that cell is an edit."""
    content, _ = edited(**{"Dân tộc": "Người Sao Hỏa"})
    book = open_workbook(content)
    plan = planned(content)
    refused = next(row for row in plan.rows if row.state == "error")
    assert "Người Sao Hỏa" in refused.why and not refused.written
    again = refused_workbook(plan, book)
    assert again is not None
    corrected = openpyxl.load_workbook(io.BytesIO(again))
    cell = next(c for row in corrected.worksheets[0].iter_rows() for c in row if c.value == "Người Sao Hỏa")
    cell.value = "Mường"
    out = io.BytesIO()
    corrected.save(out)
    assert [heading for _, heading in found_edits(planned(out.getvalue()))] == ["Dân tộc"]


def test_row_with_a_strange_code_is_refused(people: dict[str, Person]) -> None:
    content, rows = taken_out()
    row, (code, _) = next(iter(rows.items()))
    wrong = code[:-2] + str((int(code[-2]) + 1) % 10) + code[-1]
    plan = planned(saved_by_a_spreadsheet(content, [Edit(row, code, "Mã hồ sơ", code, wrong)], headings_of(rows)))
    refused = next(row for row in plan.rows if row.state == "error")
    assert refused.row.row == row and "dấu kiểm" in refused.why


def test_columns_of_hidden_groups_neither_go_out_nor_come_in(people: dict[str, Person]) -> None:
    narrow = replace(LOCAL_ACCESS.scope, groups=frozenset({"basic"}))
    content, _ = editing_workbook(unit=None, on=ON, actor=LOCAL_ACCESS.actor, scope=narrow)
    headings = headings_of(cells_of(content))
    assert "Họ và tên" in headings and "Số định danh cá nhân" not in headings and "001068000001" not in str(cells_of(content))
    whole, _ = edited(**{"Số định danh cá nhân": "001068000009", "Dân tộc": "Mường"})
    assert [heading for _, heading in found_edits(planned(whole, scope=narrow))] == ["Dân tộc"]


def test_personal_id_stays_sealed(people: dict[str, Person]) -> None:
    content, _ = edited(**{"Số định danh cá nhân": "001068000009"})
    write_plan(plan=planned(content), actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)
    an = Person.objects.get(pk=people["001068000001"].pk)
    assert keyring().open(an.personal_id_sealed, place=sealed_place("person", "personal_id", an.key)) == "001068000009"
