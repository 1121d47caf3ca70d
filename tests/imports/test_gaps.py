"""Columns offices write that were not read before: step and coefficient in one cell, unnamed kinds of training; matters never imported."""

import pytest

from canbo.engine.codelists import load_codelist
from canbo.imports.reading.sensitive import refusal_of
from tests.imports.lists import mapped, read_one, told


@pytest.mark.parametrize("heading", ["Bậc/Hệ số", "Bậc, hệ số", "Bậc - Hệ số lương"])
def test_step_and_coefficient_in_one_cell(heading: str) -> None:
    people = ["1", "Nguyễn Văn An", "1968", "3/5,08"], ["2", "Trần Thị Bình", "1985", "1/2,34"]
    found = read_one(["STT", "Họ và tên", "Ngày sinh", heading], *people)
    assert mapped(found)["D"] == "pay_step"
    assert [told(row, "pay_step", "coefficient") for row in found.rows] == [["3", "5.08"], ["1", "2.34"]]


def test_step_of_how_many_stays_a_step() -> None:
    found = read_one(["STT", "Họ và tên", "Ngày sinh", "Bậc lương"], ["1", "Nguyễn Văn An", "1968", "3/9"])
    assert told(found.rows[0], "pay_step", "coefficient") == ["3", None]


@pytest.mark.parametrize(("text", "code"), [("Quản lý nhà nước", "qlnn"), ("Kỹ năng, nghiệp vụ", "ky-nang-nghiep-vu")])
def test_kinds_of_training_without_a_grade(text: str, code: str) -> None:
    assert load_codelist("training_kinds").find(text).code == code


@pytest.mark.parametrize(
    "heading",
    [
        "Lịch sử bản thân", "Đặc điểm lịch sử bản thân", "Khai rõ: bị bắt, bị tù", "Lịch sử chính trị của cha mẹ",
        "Tiền án, tiền sự của vợ",
        "Tình trạng sức khỏe", "Bệnh lý", "Chẩn đoán", "Nhóm máu", "Kết luận tiêu chuẩn chính trị", "Thân nhân ở nước ngoài",
    ],
)  # fmt: skip
def test_column_of_a_closed_matter_is_refused_and_not_kept(heading: str) -> None:
    found = read_one(["STT", "Họ và tên", "Ngày sinh", heading], ["1", "Nguyễn Văn An", "1968", "không thể lọt"])
    (column,) = [c for c in found.columns if c.letter == "D"]
    assert heading in column.refused and column.field is None
    assert "không thể lọt" not in str(found.rows)


@pytest.mark.parametrize(
    "heading", ["Lý luận chính trị", "Tôn giáo", "Trình độ chính trị", "Đảng viên", "Dân tộc", "Ghi chú", "Bệnh viện", "Tổ chức"]
)
def test_ordinary_headings_are_not_refused(heading: str) -> None:
    assert refusal_of(heading) == ""


def test_mapping_cannot_bring_a_refused_column_in() -> None:
    mapping = {"columns": {"Nhóm máu": {"field": "note"}}}
    found = read_one(["STT", "Họ và tên", "Ngày sinh", "Nhóm máu"], ["1", "Nguyễn Văn An", "1968", "AB+"], mapping=mapping)
    assert "AB+" not in str(found.rows)
