"""Lists of shapes nobody showed us beforehand: grades as marks, pay groups, several degrees, CSV headings in two rows, old cards."""

from typing import Any

import pytest

from canbo.imports.book.csvtext import read_csv
from canbo.imports.reading import Reading, read_book
from canbo.imports.reading.fields import fields
from canbo.imports.reading.values import read_cell
from tests.imports.lists import mapped, read_one, told

HEADER = ["STT", "Họ và tên", "Ngày sinh"]
AN, BINH, CHI = [1, "Nguyễn Văn An", "12/5/1968"], [2, "Trần Thị Bình", "1979"], [3, "Lê Chi", "1980"]


def read_text(text: str, filename: str = "Danh sách 2024.csv") -> Reading:
    return read_book(read_csv(text.encode()), filename=filename)


@pytest.mark.parametrize(
    "group", ["Ngạch, bậc, hệ số lương hiện hưởng", "Lương hiện hưởng", "Ngạch/bậc/hệ số", "Ngạch, bậc lương hiện nay"]
)
def test_lower_heading_of_pay_wins_over_its_group(group: str) -> None:
    found = read_one(
        [*HEADER, group, "", "", ""], ["", "", "", "Mã ngạch", "Bậc", "Hệ số", "Thời điểm hưởng"],
        [*AN, "01.003", 3, 3.33, "1/2/2020"], [*BINH, "01.002", 1, "4,40", "1/2/2021"], merged="D1:G1",
    )  # fmt: skip
    assert list(mapped(found).values())[3:] == ["rank_code", "pay_step", "coefficient", "rank_on"]


def test_lower_headings_written_short_under_groups_written_short() -> None:
    found = read_one(
        [*HEADER, "T.độ CM", "", "Đ.viên", "", "Đối tượng", "", "T.độ LLCT", ""],
        ["", "", "", "Tr.độ", "C.ngành", "K.nạp", "C.thức", "C.bộ", "Người HĐ không chuyên trách", "CC", "TC"],
        [*AN, "Đ.học", "Luật", "3/2/1995", "3/2/1996", "x", "", "x", ""],
        [*BINH, "T.cấp", "Kế toán", "", "", "", "x", "", "x"],
        merged="D1:E1 F1:G1 H1:I1 J1:K1",
    )
    assert list(mapped(found).values())[3:] == [
        "degree", "degree_field", "party_joined", "party_official", "staff_kind=can-bo", "staff_kind=khong-chuyen-trach",
        "political_theory=cao-cap", "political_theory=trung-cap",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "level", "field"),
    [
        ("Cao đẳng Sư phạm\nĐại học Luật", "dai-hoc", "Luật"), ("Đại học Luật; Thạc sĩ QLC", "thac-si", "QLC"),
        ("Trung cấp Kế toán + Đại học Kinh tế", "dai-hoc", "Kinh tế"), ("Cao đẳng/Đại học", "dai-hoc", ""),
        ("ĐH Luật/ThS QLC", "thac-si", "QLC"), ("Cử nhân Luật Thạc sĩ Quản lý công", "thac-si", "Quản lý công"),
        ("- ĐH Luật\n- ThS Luật kinh tế", "thac-si", "Luật kinh tế"), ("1. Đại học Luật\n2. Cao đẳng Sư phạm", "dai-hoc", "Luật"),
        ("Đại học Quản trị\nkinh doanh", "dai-hoc", "Quản trị kinh doanh"), ("Thạc sĩ Giáo dục đại học", "thac-si", "Giáo dục đại học"),
        ("Đ.học Luật", "dai-hoc", "Luật"), ("C.đẳng", "cao-dang", ""), ("T.cấp", "trung-cap", ""), ("Th.s", "thac-si", ""),
        ("Đ.H", "dai-hoc", ""), ("K.sư xây dựng", "dai-hoc", "xây dựng"), ("Th.sĩ Luật", "thac-si", "Luật"),
    ],
)  # fmt: skip
def test_highest_degree_of_a_cell(cell: str, level: str, field: str) -> None:
    found = read_cell(cell, fields()["degree"])
    assert (found.value, dict(found.more).get("degree_field", "")) == (level, field)


@pytest.mark.parametrize("cell", ["Nghiên cứu sinh Tiến sĩ", "Đang học Thạc sĩ", "Học viên cao học", "T.sĩ"])
def test_unfinished_or_ambiguous_degree_is_none(cell: str) -> None:
    assert read_cell(cell, fields()["degree"]).value is None


def test_old_card_stands_apart_from_the_personal_number() -> None:
    found = read_one(
        [*HEADER, "Số CMND/CCCD"],
        [*AN, "001068000123"],
        [*BINH, "112345678"],
        [*CHI, 12345678],
        ["4", "Phạm Dũng", "1990", ""],
    )
    assert [told(row, "personal_id", "old_id") for row in found.rows] == [
        ["001068000123", None], [None, "112345678"], [None, "012345678"], [None, None],
    ]  # fmt: skip
    assert "CMND cũ" in found.rows[1].problems[0].why


@pytest.mark.parametrize("heading", ["Xã", "Phường", "Xã, phường", "Xã/phường/thị trấn", "Huyện", "Xã, TT"])
def test_place_alone_is_the_unit(heading: str) -> None:
    found = read_one([*HEADER, heading, "Chức vụ"], [*AN, "Xã Minh Tân", "CT"], [*BINH, "Xã Tân Phú", "PCT"])
    assert mapped(found)["D"] == "unit" and [row.unit for row in found.rows] == ["Xã Minh Tân", "Xã Tân Phú"]


def test_place_beside_a_unit_stays_an_extra() -> None:
    found = read_one(
        [*HEADER, "Xã", "Đơn vị công tác"], [*AN, "Xã Minh Tân", "UBND xã"], [*BINH, "Xã Tân Phú", "UBND xã"]
    )
    assert (mapped(found)["D"], mapped(found)["E"]) == (None, "unit") and not found.asked


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("it_level", "-", None), ("it_level", "0", None), ("it_level", "Không", "chua-qua"), ("it_level", "Chưa có", "chua-qua"),
        ("state_management", "–", None), ("state_management", "Chưa qua", "chua-qua"), ("state_management", "0", None),
        ("foreign_language", "-", None), ("foreign_language", "Không", "Không"), ("ethnic_language", "-", None),
        ("political_theory", "-", "chua-qua"), ("position", "-", None), ("discipline", "--", None), ("discipline", "Không", "khong"),
    ],
)  # fmt: skip
def test_a_dash_says_nothing_where_words_would_say_no(field: str, cell: str, value: str | None) -> None:
    assert read_cell(cell, fields()[field]).value == value


CSV_PEOPLE = "1,Nguyễn Văn An,12/5/1968,Nam,TP,Đại học,CC,A\n2,Trần Thị Bình,1/5/1978,Nữ,PTP,Thạc sĩ,TC,B\n"


@pytest.mark.parametrize(
    "heading",
    [
        "STT,Họ và tên,Ngày sinh,Giới tính,Chức vụ,Trình độ,,\n,,,,,Chuyên môn,LLCT,Tin học\n",
        "STT,Họ và tên,Ngày sinh,Giới tính,Chức vụ,Trình độ,Trình độ,Trình độ\n"
        "STT,Họ và tên,Ngày sinh,Giới tính,Chức vụ,Chuyên môn,LLCT,Tin học\n",
        ",,,,,Trình độ,,\nSTT,Họ và tên,Ngày sinh,Giới tính,Chức vụ,CM,LLCT,TH\n",
        "STT,Họ và tên,Ngày sinh,Giới tính,Chức vụ,Trình độ,,\n,(chữ in hoa),(d/m/y),(nam/nữ),,Chuyên môn,LLCT,Tin học\n",
    ],
)
def test_csv_with_a_heading_of_two_rows_is_one_table(heading: str) -> None:
    (found,) = read_text(heading + CSV_PEOPLE).sheets
    assert (found.name, found.header_rows, found.kind) == ("Danh sách 2024", [1, 2], "roster")
    assert [told(row, "sex", "degree", "political_theory", "it_level") for row in found.rows] == [
        ["nam", "dai-hoc", "cao-cap", "chung-chi-a"], ["nu", "thac-si", "trung-cap", "chung-chi-b"],
    ]  # fmt: skip


def test_export_of_a_program_with_a_row_a_person_is_a_roster() -> None:
    header = "Mã cán bộ,Họ và tên,Ngày sinh,Giới tính,Đơn vị,Trình độ,Chuyên ngành,Cơ sở đào tạo,Năm tốt nghiệp,Email\n"
    people = "CB1,Nguyễn Văn An,1968,Nam,Phòng A,ĐH,Luật,ĐH Luật,1990,a@b.vn\nCB2,Lê Chi,1980,Nữ,Phòng B,ThS,Luật,ĐH Vinh,2004,c@b.vn\n"
    (found,) = read_text(header + people).sheets
    assert found.kind == "roster" and told(found.rows[1], "degree", "degree_year", "unit") == [
        "thac-si",
        "2004",
        "Phòng B",
    ]


def test_certificates_with_several_rows_a_person_are_no_roster() -> None:
    header = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Trình độ", "Chuyên ngành", "Trường", "Năm TN"]
    rows = [[i, "Lê Chi", "1980", "CV", "P A", "Đại học", "Luật", "ĐH Vinh", 2000 + i] for i in range(1, 4)]
    assert read_one(header, *rows).kind == "qualifications"


def test_blank_beside_nu_is_nam_and_noted() -> None:
    found = read_one([*HEADER, "Giới tính"], [*AN, ""], [*BINH, "Nữ"], [*CHI, "Nữ"], ["4", "Phạm Dũng", "1990", ""])
    assert [row.values["sex"] for row in found.rows] == ["nam", "nu", "nu", "nam"]
    assert [p.severity for p in found.rows[0].problems] == ["note"]


def test_one_blank_in_a_column_of_women_stays_unknown() -> None:
    women = [[n, "Lê Chi", f"{n}/1/1980", "Nữ"] for n in range(1, 10)]
    assert "sex" not in read_one([*HEADER, "Giới tính"], *women, [10, "Phạm Dũng", "1990", ""]).rows[-1].values


def grades(title: str, *headings: str) -> list[dict[str, Any]]:
    found = read_one(
        [title], [*HEADER, "Mức xếp loại chất lượng", *[""] * (len(headings) - 1)], ["", "", "", *headings],
        [*AN, "x", "", ""], [*BINH, "", "x", ""], [*CHI, "", "x", "x"], merged="D2:F2",
    )  # fmt: skip
    assert found.kind == "ratings"
    return [row.values.get("ratings") or {"": row.values.get("rating")} for row in found.rows]


def test_grades_as_marks_take_the_year_of_the_title() -> None:
    headings = ("Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ")
    an, binh, chi = grades("KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG NĂM 2024", *headings)
    assert an == {"2024": ("hoan-thanh-xuat-sac", "")} and binh == {"2024": ("hoan-thanh-tot", "")}
    assert chi == {"": None}  # two grades contradict each other
    assert grades("KẾT QUẢ XẾP LOẠI (ký ngày 5 tháng 1 năm 2025)", "HTXSNV", "HTTNV", "HTNV")[0] == {
        "": "hoan-thanh-xuat-sac"
    }


def test_contents_beside_the_name_of_a_class_are_its_kind_or_asked() -> None:
    header = ["STT", "Họ và tên", "Tên khóa đào tạo, bồi dưỡng", "Nội dung bồi dưỡng", "Kết quả"]
    told_by_list = [
        [1, "Lê Chi", "Tin học văn phòng 2023", "Tin học", "Đạt"],
        [2, "Lê Dũng", "Lớp 3", "Quốc phòng - An ninh", "Đạt"],
    ]
    assert mapped(read_one(header, *told_by_list))["D"] == "training_kind"
    other = [[1, "Lê Chi", "Lớp A", "Nội dung theo kế hoạch", "Đạt"], [2, "Lê Dũng", "Lớp B", "Nội dung theo kế hoạch", "Đạt"]]
    found = read_one(header, *other)
    assert (mapped(found)["C"], mapped(found)["D"]) == ("training_name", None)
    assert [q["column"] for q in found.asked] == ["D"] and found.rows[0].values["training_name"] == "Lớp A"


def test_post_held_when_disciplined() -> None:
    found = read_one(
        [
            "STT",
            "Họ và tên",
            "Chức vụ khi vi phạm",
            "Đơn vị tại thời điểm vi phạm",
            "Hình thức kỷ luật",
            "Số quyết định kỷ luật",
        ],
        [1, "Phạm Dũng", "Phó Chủ tịch", "UBND xã", "Cảnh cáo", "12/QĐ-UBND"],
    )
    assert found.kind == "discipline"
    assert list(mapped(found).values())[2:] == ["position", "unit", "discipline", "decision_number"]


@pytest.mark.parametrize(
    ("title", "heading", "field"),
    [
        ("DANH SÁCH BỔ NHIỆM", "Số quyết định bổ nhiệm", "decision_number"), ("DANH SÁCH BỔ NHIỆM", "Quyết định nâng lương", None),
        ("DANH SÁCH BỔ NHIỆM", "Số QĐ tuyển dụng", None), ("DANH SÁCH BỔ NHIỆM", "Số quyết định", "decision_number"),
    ],
)  # fmt: skip
def test_only_the_lists_own_decision_counts(title: str, heading: str, field: str | None) -> None:
    found = read_one(
        [title],
        ["STT", "Họ và tên", "Chức vụ", "Từ ngày", "Đến ngày", heading],
        [1, "Lê Chi", "TP", "1/2/2020", "", "12/QĐ"],
    )
    assert (found.kind, mapped(found)["F"]) == ("posts", field)


def test_marks_under_the_rank_held_are_no_course() -> None:
    found = read_one(
        [*HEADER, "Chia theo ngạch", "", "QLNN", "", "Tin học", ""],
        ["", "", "", "CVC", "CS", "CVC", "CV", "Trung cấp trở lên", "Chứng chỉ"],
        [*AN, "x", "", "x", "", "", "x"], [*BINH, "", "x", "", "x", "x", ""], merged="D1:E1 F1:G1 H1:I1",
    )  # fmt: skip
    names = ("rank_name", "state_management", "it_level", "it_level_text")
    assert [told(row, *names) for row in found.rows] == [
        ["CVC", "chuyen-vien-chinh", None, "Chứng chỉ"], ["CS", "chuyen-vien", "trung-cap-tro-len", None],
    ]  # fmt: skip
    assert not found.asked


def test_days_under_a_bare_member_heading_are_asked() -> None:
    found = read_one([*HEADER, "Đảng viên"], [*AN, "3/2/1995"], [*BINH, ""])
    assert [(q["column"], q["proposal"]) for q in found.asked] == [("D", "party_joined")]


def test_two_plans_and_two_grades_are_asked_and_a_self_rating_gives_way() -> None:
    plans = read_one([*HEADER, "Chức danh quy hoạch 2020-2025", "Chức danh quy hoạch 2025-2030"], [*AN, "PCT", "CT"])
    assert [q["column"] for q in plans.asked] == ["D", "E"]
    own = read_one(
        ["XẾP LOẠI NĂM 2023"], [*HEADER, "Tự xếp loại", "Kết quả xếp loại"], [*AN, "HTXS", "HTT"], [*BINH, "HTT", "HTT"]
    )
    assert (mapped(own)["D"], mapped(own)["E"]) == (None, "rating")
    assert told(own.rows[0], "rating", "rating_year") == ["hoan-thanh-tot", 2023]


def test_a_day_of_effect_belongs_to_the_lists_own_matter() -> None:
    header = ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Số QĐ", "Ngày hiệu lực"]
    found = read_one(["DANH SÁCH BỔ NHIỆM"], header, [1, "Lê Chi", "TP", "P A", "12/QĐ", "1/3/2023"])
    assert (found.kind, mapped(found)["F"]) == ("posts", "start")


def test_certificates_of_a_class_are_no_degree() -> None:
    header = ["STT", "Họ và tên", "Tên lớp", "Văn bằng, chứng chỉ", "Kết quả"]
    assert mapped(read_one(header, [1, "Lê Chi", "QLNN ngạch CVC", "Chứng chỉ", "Khá"]))["D"] is None


def test_grades_of_officials_and_of_party_members_by_year() -> None:
    found = read_one(
        [*HEADER, "Ngày vào Đảng CT", "XL 2022", "", "XL 2023", ""], ["", "", "", "", "CC", "ĐV", "CC", "ĐV"],
        [*AN, "1/1/2000", "HTT", "HTNV", "HTXS", "HTT"], merged="E1:F1 G1:H1",
    )  # fmt: skip
    (row,) = found.rows
    assert not found.asked and told(row, "party_official", "party_joined") == ["2000-01-01", None]
    assert row.values["ratings"] == {"2022": ("hoan-thanh-tot", ""), "2023": ("hoan-thanh-xuat-sac", "")}
    assert row.values["party_ratings"] == {"2022": ("hoan-thanh", ""), "2023": ("hoan-thanh-tot", "")}
