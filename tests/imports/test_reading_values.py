"""Single cells: dates never swapped, codes only from lists, numbers with their zeros, degrees out of sentences."""

from typing import Any

import pytest

from canbo.imports.reading.datecells import read_span
from canbo.imports.reading.degrees import read_degrees, read_title
from canbo.imports.reading.fields import fields
from canbo.imports.reading.languages import read_language
from canbo.imports.reading.names import looks_like_name
from canbo.imports.reading.units import group_title, tidy_unit, unit_of_groups, unit_of_sheet, unit_of_titles
from canbo.imports.reading.values import is_mark, read_cell, text_of
from tests.imports.lists import read_one, told


def value(field: str, cell: Any) -> Any:
    found = read_cell(cell, fields()[field])
    return getattr(found.value, "iso", found.value)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("05/03/2026", "2026-03-05"), ("5.3.2026", "2026-03-05"), (" 4-9-1972 ", "1972-09-04"), ("1972-09-04", "1972-09-04"),
        ("T5/2023", "2023-05"), ("tháng 5/2008", "2008-05"), ("12/1988", "1988-12"), (1968, "1968"), ("1968", "1968"),
        (36236, "1999-03-17"), ("\x01d1968-05", "1968-05"), ("-", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_dates(cell: Any, iso: str | None) -> None:
    assert value("birth", cell) == iso


@pytest.mark.parametrize("cell", ["31/02/1980", "13/13/1980", "abc", "\x01e#REF!", "12/5/68"])
def test_unreadable_dates_say_why(cell: str) -> None:
    found = read_cell(cell, fields()["birth"])
    assert found.value is None and found.problem


def test_no_day_and_month_is_ever_swapped() -> None:
    for day in range(1, 29):
        for month in range(1, 13):
            for text in (f"{day}/{month}/1975", f"{day:02}-{month:02}-1975", f"{day}.{month}.1975"):
                assert value("birth", text) == f"1975-{month:02}-{day:02}"


@pytest.mark.parametrize(
    ("cell", "number", "noted"),
    [
        ("001068000123", "001068000123", False), (1068000123, "001068000123", True), (22175000124, "022175000124", True),
        ("001 068 000 123", "001068000123", False), ("123", None, False), ("chưa có số", None, False),
    ],
)  # fmt: skip
def test_personal_ids(cell: Any, number: str | None, noted: bool) -> None:
    found = read_cell(cell, fields()["personal_id"])
    assert (found.value, bool(found.note)) == (number, noted)
    assert bool(found.problem) == (number is None)


@pytest.mark.parametrize("cell", ["012345678", 12345678, "012 345 678", "012.345.678"])
def test_nine_digits_are_an_old_card_and_never_a_personal_number(cell: Any) -> None:
    found = read_cell(cell, fields()["personal_id"])
    assert (found.value, found.more, bool(found.note)) == (None, (("old_id", "012345678"),), True)
    assert read_cell(cell, fields()["old_id"]).value == "012345678"
    assert read_cell("001068000123", fields()["old_id"]).problem


def test_padded_id_that_contradicts_the_birth_year_is_left_out() -> None:
    header = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD"]
    found = read_one(header, [1, "Nguyễn Văn An", "1968", "Nam", 1068000123], [2, "Lê Chi", "1980", "Nữ", 1068000123])
    assert [told(row, "personal_id") for row in found.rows] == [["001068000123"], [None]]


@pytest.mark.parametrize(
    ("text", "levels", "field"),
    [
        ("Đại học Luật", ["dai-hoc"], "Luật"),
        ("ĐH Luật; ThS QLC", ["dai-hoc", "thac-si"], "QLC"),
        ("Tiến sĩ chuyên ngành kỹ thuật đô thị", ["tien-si"], "kỹ thuật đô thị"),
        ("Đại học chuyên ngành Bác sĩ đa khoa, luật; Tiến sĩ chuyên ngành y học", ["dai-hoc", "tien-si"], "y học"),
        ("Kỹ sư xây dựng", ["dai-hoc"], "xây dựng"),
        ("TS.Luật", ["tien-si"], "Luật"),
        ("Luật (Đại học)", ["dai-hoc"], "Luật"),
        ("02 bằng đại học", ["dai-hoc"], ""),
        ("BSCKII", ["chuyen-khoa-2"], ""),
        ("Thạc sĩ khoa học giáo dục", ["thac-si"], "khoa học giáo dục"),
    ],
)
def test_degrees_out_of_a_sentence(text: str, levels: list[str], field: str) -> None:
    found = read_degrees(text)
    assert [item.level for item in found.items] == levels
    assert found.highest is not None and found.highest.field == field


@pytest.mark.parametrize(
    "text", ["Đang học thạc sĩ", "Nghiên cứu sinh", "Trung cấp LLCT", "12/12", "Trung học phổ thông", "Luật"]
)
def test_no_degree_is_guessed(text: str) -> None:
    assert read_degrees(text).highest is None
    assert read_degrees(text).unplaced == text


@pytest.mark.parametrize(
    ("text", "title", "level"),
    [
        ("Phó Giáo sư, Tiến sĩ", "pho-giao-su", "tien-si"), ("GS.TS", "giao-su", "tien-si"), ("Cử nhân", None, "dai-hoc"),
        ("Kiến trúc sư", None, "dai-hoc"), ("Bác sĩ chuyên khoa I", None, "chuyen-khoa-1"), 
        ("Giáo sư kinh tế, Tiến sĩ", "giao-su", "tien-si"),
    ],
)  # fmt: skip
def test_academic_titles(text: str, title: str | None, level: str) -> None:
    found, degrees = read_title(text)
    assert found == title
    assert degrees.highest is not None and degrees.highest.level == level


def test_blank_title_column_leaves_the_degree_of_the_other_column() -> None:
    header = ["STT", "Họ và tên", "Ngày sinh", "Chuyên môn", "Học hàm, học vị"]
    people = [
        [1, "Nguyễn Văn An", "1968", "Đại học Luật", ""],
        [2, "Lê Chi", "1980", "", "Thạc sĩ"],
        [3, "Phạm Dũng", "1990", "", ""],
    ]
    assert [told(r, "degree") for r in read_one(header, *people).rows] == [["dai-hoc"], ["thac-si"], [None]]
    assert [told(r, "degree") for r in read_one(header, *people, accept=True).rows] == [
        ["dai-hoc"],
        ["thac-si"],
        ["chua-qua"],
    ]


def test_values_no_list_knows_are_named_and_kept_as_text() -> None:
    header = ["STT", "Họ và tên", "Ngày sinh", "LLCT"]
    people = [[n, "Lê Chi", f"{n}/1/1980", "Cao cấp"] for n in range(1, 9)]
    found = read_one(header, *people, [9, "Phạm Dũng", "1990", "Cử nhân, Cao cấp"])
    last = found.rows[-1]
    assert told(last, "political_theory", "political_theory_text") == [None, "Cử nhân, Cao cấp"]
    assert last.unplaced == [("D", "Cử nhân, Cao cấp")] and not last.refused


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("Tiếng Anh B1", "anh", "bac-3"), ("Anh B", "anh", "chung-chi-b"), ("Cử nhân tiếng Anh", "anh", "dai-hoc"),
        ("Tiếng Pháp", "phap", None), ("B2", None, "bac-4"), ("Tiếng Anh B, Tiếng Nga C", "anh", "chung-chi-b"),
    ],
)  # fmt: skip
def test_languages(text: str, name: str | None, level: str | None) -> None:
    assert read_language(text) == (name, level)


def test_spans() -> None:
    found = read_span("3/2021 - 6/2022")
    assert found is not None and found[1] is not None
    assert (found[0].iso, found[1].iso) == ("2021-03", "2022-06")
    assert read_span("từ 2019 đến nay") is not None and read_span("Trường Chính trị - Hà Nội") is None


def test_marks_and_texts() -> None:
    assert all(map(is_mark, ["x", "X", "×", "✓"])) and not is_mark("Luật")
    assert [text_of(c) for c in (True, False, 3.330000001, "\x01d1968-05", "  a\u00a0 b ", "\x01e#N/A")] == [
        "x",
        "",
        "3.330000001",
        "05/1968",
        "a b",
        "",
    ]


def test_names_and_units() -> None:
    assert looks_like_name("Nguyễn Văn An") and not looks_like_name("Văn phòng Huyện ủy")
    assert tidy_unit("THỊ TRẤN CHÚC SƠN") == "Thị trấn Chúc Sơn"
    assert tidy_unit("PHÒNG NỘI VỤ") == "PHÒNG NỘI VỤ"
    assert group_title("Phòng Nội vụ (12 người)") == "Phòng Nội vụ"
    assert unit_of_groups(["KHỐI ĐẢNG", "Ban Tổ chức"]) == "Ban Tổ chức"
    assert unit_of_groups(["KHỐI ĐẢNG"]) is None
    assert [unit_of_sheet(n) for n in ("Phòng Nội vụ", "Sheet1", "DS")] == ["Phòng Nội vụ", None, None]
    assert unit_of_titles(["DANH SÁCH CÁN BỘ", "Đơn vị: Phòng Nội vụ"]) == "Phòng Nội vụ"
    assert unit_of_titles(["DANH SÁCH CÁN BỘ, CÔNG CHỨC PHƯỜNG TÂN PHONG"]) == "Phường Tân Phong"
