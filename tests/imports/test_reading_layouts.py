"""Lists as people make them: merged and unmerged headers, groups, marks, signatures, split names and dates."""

from datetime import date

import pytest

from canbo.imports.reading import saved_mapping
from tests.imports.lists import mapped, read, read_one, sheet, told


def test_three_row_header_with_groups_over_groups() -> None:
    found = read_one(
        ["BIỂU THỐNG KÊ"],
        ["STT", "Thông tin cá nhân", "", "", "", "Trình độ", "", "", "", "", "Thông tin Đảng", "", "Lương", "", ""],
        ["", "Họ và tên", "Ngày sinh", "", "Dân tộc", "Chuyên môn", "", "", "LLCT", "", "Ngày vào Đảng", "Ngày chính thức",
         "Mã ngạch", "Bậc", "Hệ số"],
        ["", "", "Nam", "Nữ", "", "Trình độ", "Chuyên ngành", "Năm TN", "CC", "TC", "", "", "", "", ""],
        [*map(str, range(1, 16))],
        [1, "Nguyễn Văn An", "12/5/1968", "", "Kinh", "Đại học", "Luật", 1990, "x", "", "3/2/1995", "3/2/1996", "01.003", 3, 3.33],
        [2, "Trần Thị Bình", "", "6/1979", "Tày", "Thạc sĩ", "Kinh tế", 2010, "", "x", "", "", "01.002", 1, "4,40"],
        merged="B2:E2 F2:J2 K2:L2 M2:O2 A2:A4 B3:B4 C3:D3 E3:E4 F3:H3 I3:J3 K3:K4 L3:L4 M3:M4 N3:N4 O3:O4",
    )  # fmt: skip
    assert found.header_rows == [2, 3, 4]
    assert list(mapped(found).values()) == [
        "ordinal", "full_name", "birth", "birth", "ethnicity", "degree", "degree_field", "degree_year",
        "political_theory=cao-cap", "political_theory=trung-cap", "party_joined", "party_official", "rank_code",
        "pay_step", "coefficient",
    ]  # fmt: skip
    an, binh = found.rows
    assert told(an, "full_name", "birth", "sex", "party_member") == ["Nguyễn Văn An", "1968-05-12", "nam", True]
    assert told(binh, "birth", "sex", "degree", "degree_field", "political_theory", "coefficient", "party_member") == [
        "1979-06", "nu", "thac-si", "Kinh tế", "trung-cap", "4.40", False,
    ]  # fmt: skip


def test_unmerged_two_row_header_of_a_csv() -> None:
    found = read_one(
        ["STT", "Họ tên", "Năm sinh", "", "Chức vụ", "Ngày vào Đảng", "", "Trình độ chuyên môn", "", "", "LLCT", "", ""],
        ["", "", "Nam", "Nữ", "", "Dự bị", "Chính thức", "ThS", "ĐH", "CĐ", "CC", "TC", "SC"],
        ["1", "Nguyễn Văn An", "1968", "", "Trưởng phòng", "3/2/1995", "3/2/1996", "", "x", "", "x", "", ""],
        ["2", "Trần Thị Bình", "", "1979", "Phó Trưởng phòng", "5/2001", "5/2002", "x", "x", "", "", "x", ""],
    )  # fmt: skip
    assert found.header_rows == [1, 2]
    assert [told(r, "birth", "sex", "degree", "political_theory", "party_official") for r in found.rows] == [
        ["1968", "nam", "dai-hoc", "cao-cap", "1996-02-03"],
        ["1979", "nu", "thac-si", "trung-cap", "2002-05"],
    ]


def test_split_name_and_date_in_three_columns() -> None:
    found = read_one(
        ["TT", "Họ và tên", "", "Ngày sinh", "", "", "Giới tính"],
        ["", "", "", "Ngày", "Tháng", "Năm", ""],
        [1, "Nguyễn Văn", "An", 12, 5, 1968, "Nam"],
        [2, "Lê", "Chi", "", 8, 1980, "Nữ"],
        [3, "Trần Thị", "Bình", "", "", 1975, "Nữ"],
        merged="B1:C2 D1:F1 A1:A2 G1:G2",
    )
    assert [told(row, "full_name", "birth", "sex") for row in found.rows] == [
        ["Nguyễn Văn An", "1968-05-12", "nam"],
        ["Lê Chi", "1980-08", "nu"],
        ["Trần Thị Bình", "1975", "nu"],
    ]


def test_groups_totals_ditto_marks_and_signatures() -> None:
    found = read_one(
        ["TỈNH ỦY X", "", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"],
        ["DANH SÁCH TRÍCH NGANG"],
        ["Số TT", "Họ và tên", "Ngày sinh", "Dân tộc", "Tôn giáo", "Chức vụ"],
        ["A", "KHỐI ĐẢNG"],
        ["I", "Văn phòng Huyện ủy (2 người)"],
        [1, "Nguyễn Văn An", "05/12/1968", "Kinh", "Không", "Chánh Văn phòng"],
        [2, "Trần Thị Bình", "1979", '"', "nt", "Phó Chánh Văn phòng"],
        ["II", "Ban Tổ chức Huyện ủy"],
        [3, "Lê Chi", "8/1980", "Mường", "", "Chuyên viên"],
        ["", "Cộng mục A: 3 người"],
        ["B", "KHỐI CHÍNH QUYỀN"],
        ["1", "Phòng Nội vụ"],
        [1, "Phạm Dũng", "1/1/1990", "Kinh", "", "Trưởng phòng"],
        ["", "Tổng cộng: 4 người"],
        [],
        ["", "", "", "", "", "Ngày 5 tháng 6 năm 2023"],
        ["", "NGƯỜI LẬP BIỂU", "", "", "", "TRƯỞNG BAN"],
        ["", "Hoàng Thị Mai", "", "", "", "Vũ Văn Nam"],
        ["Nơi nhận:"],
        ["- Lưu: VT."],
    )
    assert [(row.row, row.group, row.unit) for row in found.rows] == [
        (6, ("KHỐI ĐẢNG", "Văn phòng Huyện ủy"), "Văn phòng Huyện ủy"),
        (7, ("KHỐI ĐẢNG", "Văn phòng Huyện ủy"), "Văn phòng Huyện ủy"),
        (9, ("KHỐI ĐẢNG", "Ban Tổ chức Huyện ủy"), "Ban Tổ chức Huyện ủy"),
        (13, ("KHỐI CHÍNH QUYỀN", "Phòng Nội vụ"), "Phòng Nội vụ"),
    ]
    assert told(found.rows[1], "ethnicity", "religion") == ["kinh", "khong"]
    assert found.skipped["total"] == [10, 14]
    assert found.skipped["footer"] == [16, 17, 18, 19, 20]


def test_levels_as_marks_without_and_with_doubt() -> None:
    found = read_one(
        ["STT", "Họ và tên", "Giới tính", "", "Loại", "", "Chuyên môn", "", "", "LLCT", "", "Tin học", "", "Ngoại ngữ", ""],
        ["", "", "Nam", "Nữ", "CB", "CC", "ThS", "ĐH", "TC", "CC", "TC", "Chứng chỉ A", "TC trở lên", "A", "B"],
        [1, "Nguyễn Văn An", "x", "", "x", "", "", "×", "", "X", "", "x", "", "x", ""],
        [2, "Lê Thị Chi", "", " x ", "", "x", "", "", "Nông nghiệp", "", "✓", "", "x", "", "x"],
        merged="C1:D1 E1:F1 G1:I1 J1:K1 L1:M1 N1:O1",
    )  # fmt: skip
    assert [
        told(r, "sex", "staff_kind", "degree", "political_theory", "it_level", "foreign_language") for r in found.rows
    ] == [
        ["nam", "can-bo", "dai-hoc", "cao-cap", "chung-chi-a", "chung-chi-a"],
        ["nu", "cong-chuc", "trung-cap", "trung-cap", "trung-cap-tro-len", "chung-chi-b"],
    ]
    assert found.rows[1].values["degree_field"] == "Nông nghiệp"
    assert not [column.header for column in found.columns if column.asked]


def test_ratings_by_year_and_party_ratings_apart() -> None:
    found = read_one(
        ["KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI"],
        ["STT", "Họ và tên", "Đơn vị", "Xếp loại công chức", "", "Xếp loại đảng viên"],
        ["", "", "", "2021", "2022", "2022"],
        [1, "Nguyễn Văn An", "Phòng Nội vụ", "HTTNV", "HTXSNV", "Đảng viên hoàn thành tốt nhiệm vụ"],
        [2, "Trần Thị Bình", "Phòng Tư pháp", "HTT", "Vắng", ""],
        *([n, "Lê Chi", "Phòng Tư pháp", "HT", "HT", "HTNV"] for n in range(3, 7)),
        merged="D2:E2",
    )
    assert found.kind == "ratings"
    an, binh, *_ = found.rows
    assert an.values["ratings"] == {"2021": ("hoan-thanh-tot", ""), "2022": ("hoan-thanh-xuat-sac", "")}
    assert an.values["party_ratings"] == {"2022": ("hoan-thanh-tot", "")}
    assert binh.values["ratings"] == {"2021": ("hoan-thanh-tot", ""), "2022": ("", "Vắng")}
    assert binh.unplaced == [("E", "Vắng")]


@pytest.mark.parametrize(
    ("title", "headings", "cells", "kind", "expected"),
    [
        (
            "QUÁ TRÌNH CÔNG TÁC",
            ["Chức vụ", "Đơn vị", "Từ tháng, năm", "Đến tháng, năm", "Số quyết định"],
            ["Trưởng phòng", "Phòng Nội vụ", "01/2015", "nay", "12/QĐ"],
            "posts",
            {"start": "2015-01", "end": None, "decision_number": "12/QĐ"},
        ),
        (
            "KẾT QUẢ BỒI DƯỠNG NĂM 2023",
            ["Tên lớp", "Từ ngày", "Đến ngày", "Hình thức", "Kết quả"],
            ["Chuyển đổi số", "1/3/2023", "5/3/2023", "Tập trung", "Giỏi"],
            "training",
            {
                "training_name": "Chuyển đổi số",
                "training_from": "2023-03-01",
                "training_to": "2023-03-05",
                "training_form": "tap-trung",
                "training_result": "gioi",
            },
        ),
        (
            "",
            ["Khóa học", "Thời gian"],
            ["Trung cấp LLCT", "3/2021 - 6/2022"],
            "training",
            {"training_from": "2021-03", "training_to": "2022-06"},
        ),
        (
            "DANH SÁCH QUY HOẠCH",
            ["Chức vụ hiện tại", "Chức danh quy hoạch", "Nhiệm kỳ"],
            ["Phó Bí thư", "Bí thư Huyện ủy", "2025-2030"],
            "planning",
            {"position": "Phó Bí thư", "planned_for": "Bí thư Huyện ủy", "term": "2025-2030"},
        ),
        (
            "DANH SÁCH KỶ LUẬT",
            ["Hình thức kỷ luật", "Ngày kỷ luật", "Ngày hết hiệu lực"],
            ["Khiển trách", "3/4/2023", "3/4/2024"],
            "discipline",
            {"discipline": "khien-trach", "discipline_on": "2023-04-03", "discipline_end": "2024-04-03"},
        ),
        (
            "VĂN BẰNG",
            ["Trình độ", "Chuyên ngành", "Cơ sở đào tạo", "Năm tốt nghiệp"],
            ["Đại học", "Luật", "Đại học Luật Hà Nội", 1990],
            "qualifications",
            {"degree": "dai-hoc", "degree_field": "Luật", "degree_year": "1990"},
        ),
        (
            "DANH SÁCH TRÍCH NGANG",
            ["Dân tộc", "Quê quán", "Lý luận chính trị"],
            ["Tày", "xã A", "CC"],
            "roster",
            {"ethnicity": "tay", "political_theory": "cao-cap"},
        ),
    ],
)
def test_kinds_of_list(
    title: str, headings: list[str], cells: list[object], kind: str, expected: dict[str, object]
) -> None:
    found = read_one([title], [], ["STT", "Họ và tên", *headings], [1, "Nguyễn Văn An", *cells])
    assert found.kind == kind
    assert dict(zip(expected, told(found.rows[0], *expected), strict=True)) == expected


def test_planning_list_grouped_by_post() -> None:
    found = read_one(
        ["DANH SÁCH QUY HOẠCH"],
        ["TT", "Họ và tên", "Ngày sinh", "Chức vụ hiện tại"],
        ["I", "Quy hoạch chức danh Bí thư Huyện ủy"],
        [1, "Nguyễn Văn An", "12.5.1968", "Phó Bí thư"],
        ["II", "Quy hoạch chức danh: Chủ tịch UBND huyện"],
        [1, "Lê Chi", "2/3/1980", "Phó Chủ tịch"],
    )
    assert found.kind == "planning"
    assert [told(row, "planned_for") for row in found.rows] == [["Bí thư Huyện ủy"], ["Chủ tịch UBND huyện"]]


def test_person_over_two_rows_has_two_degrees() -> None:
    rows = (
        ["STT", "Họ và tên", "Ngày sinh", "Trình độ", "Chuyên ngành", "Cơ sở đào tạo", "Năm tốt nghiệp"],
        [1, "Nguyễn Văn An", "12/05/1968", "Đại học", "Luật", "Đại học Luật Hà Nội", 1990],
        ["", "", "", "Thạc sĩ", "Quản lý công", "Học viện HCQG", 2005],
    )
    found = read_one(*rows, merged="A2:A3 B2:B3 C2:C3")
    assert [told(row, "full_name", "degree", "degree_field") for row in found.rows] == [
        ["Nguyễn Văn An", "dai-hoc", "Luật"],
        ["Nguyễn Văn An", "thac-si", "Quản lý công"],
    ]


def test_one_sheet_per_unit_and_sheets_that_are_no_list() -> None:
    header = ["TT", "Họ và tên", "Ngày sinh", "Nữ"]
    reading = read(
        sheet(header, [1, "Nguyễn Văn An", "12/5/1968", ""], [2, "Lê Chi", "1980", "x"], name="Phòng Nội vụ"),
        sheet(header, [1, "Phạm Dũng", "12/5/1978", ""], name="Phòng Tư pháp"),
        sheet(["STT", "Họ và tên", "cách ghi"], name="Hướng dẫn"),
        sheet(header, [1, "Phạm Dũng", "12/5/1978", ""], name="Nháp", state="hidden"),
        sheet(["Đơn vị", "Tổng số"], ["Phòng Nội vụ", 2], name="Số lượng"),
    )
    assert [(s.name, s.kind) for s in reading.sheets] == [
        ("Phòng Nội vụ", "roster"), ("Phòng Tư pháp", "roster"), ("Hướng dẫn", "ignored"), ("Nháp", "ignored"), ("Số lượng", "ignored"),
    ]  # fmt: skip
    assert [[*told(r, "sex"), r.unit] for s in reading.sheets for r in s.rows] == [
        ["nam", "Phòng Nội vụ"], ["nu", "Phòng Nội vụ"], ["nam", "Phòng Tư pháp"],
    ]  # fmt: skip


def test_hidden_rows_duplicates_and_homonyms() -> None:
    reading = read(
        sheet(
            ["STT", "Họ và tên", "Ngày sinh", "Quê quán", "Giới tính"],
            [1, "Nguyễn Văn An", "12/5/1968", "Xã A", "Nam"],
            [2, "NGUYỄN VĂN AN", "12.05.1968", "xã A, huyện B", "Nam"],
            [3, "Nguyễn Văn An", "13/5/1968", "Xã A", "Nam"],
            [4, "Lê Chi", "1980", "Xã C", "Nữ"],
            [5, "Lê Chi", "1980", "Xã D", "Nữ"],
            [6, "Phạm Dũng", "1/1/1990", "Xã E", "Nam"],
            hidden_rows=[7],
        )
    )
    assert [(d["row"], d["of"]) for d in reading.duplicates] == [(3, 2)]
    assert reading.hidden_rows == [{"sheet": "Sheet1", "row": 7}]
    assert [row.row for row in reading.sheets[0].rows if row.hidden] == [7]


def test_row_without_a_name_is_refused_and_named() -> None:
    found = read_one(["STT", "Họ và tên", "Ngày sinh"], [1, "Nguyễn Văn An", "1968"], [2, "", "12/5/1979"])
    assert [(row.row, row.refused) for row in found.rows] == [(2, False), (3, True)]
    assert "không có họ và tên" in found.rows[1].problems[0].why


def test_two_digit_years_are_asked_and_answered_by_age() -> None:
    rows = (["STT", "Họ và tên", "Ngày sinh"], [1, "Nguyễn Văn An", "12/5/68"], [2, "Lê Chi", "3/4/1980"])
    found = read_one(*rows)
    assert found.rows[0].refused and told(found.rows[0], "birth") == [None]
    assert [q["about"] for q in found.asked] == ["two_digit_years"]
    taken = read_one(*rows, accept=True, on=date(2024, 1, 1))
    assert told(taken.rows[0], "birth") == ["1968-05-12"] and not taken.rows[0].refused


def test_competing_columns_are_asked_not_guessed() -> None:
    found = read_one(
        ["STT", "Họ và tên", "Đơn vị", "Đơn vị công tác", "Ngày sinh"],
        [1, "Nguyễn Văn An", "Phòng Nội vụ", "Phòng Tư pháp", "1968"],
    )
    assert mapped(found)["C"] is None and mapped(found)["D"] is None
    assert [q["column"] for q in found.asked if q["about"] == "column"] == ["C", "D"]


def test_heading_that_its_content_denies_is_not_taken() -> None:
    found = read_one(
        ["STT", "Họ và tên", "Dân tộc", "Ngày sinh"],
        [1, "Nguyễn Văn An", "Trưởng phòng", "Kinh"],
        [2, "Lê Thị Chi", "Chuyên viên", "Tày"],
    )
    assert mapped(found)["C"] is None and mapped(found)["D"] is None


def test_columns_about_others_stay_extras() -> None:
    found = read_one(
        [
            "TT",
            "Họ và tên",
            "Ngày sinh",
            "Ngày cấp CCCD",
            "Họ tên vợ (chồng)",
            "Năm sinh con",
            "Số BHXH",
            "Là đại biểu QH",
        ],
        [1, "Nguyễn Văn An", 25000, "1/1/2021", "Lê Thị Bình", 1995, "0123456789", "XIV"],
    )
    assert [field for field in mapped(found).values() if field] == ["ordinal", "full_name", "birth"]
    assert told(found.rows[0], "birth") == ["1968-06-11"]
    assert found.rows[0].extras["la_dai_bieu_qh"] == ("Là đại biểu QH", "XIV")


def test_saved_mapping_is_used_again() -> None:
    rows = (["Mã hồ sơ", "Người", "NS", "Số thẻ"], ["a1", "Nguyễn Văn An", "12/5/1968", "12"])
    found = read(
        sheet(*rows, name="A"), mapping={"columns": {"Người": {"field": "full_name"}, "C": {"field": "birth"}}}
    )
    assert told(found.sheets[0].rows[0], "full_name", "birth") == ["Nguyễn Văn An", "1968-05-12"]
    again = read(sheet(*rows, name="B"), mapping=saved_mapping(found))
    assert told(again.sheets[0].rows[0], "full_name", "birth") == ["Nguyễn Văn An", "1968-05-12"]


def test_legacy_font_is_decoded_and_asked_about() -> None:
    found = read_one(
        ["TT", "Hä vµ tªn", "Ngµy sinh", "D©n téc", "Chøc vô"],
        [1, "NguyÔn V¨n §­êng", "12/5/1968", "Kinh", "Tr­ëng phßng"],
        [2, "TrÇn ThÞ B­ëi", "1979", "Tµy", "Phã Tr­ëng phßng"],
    )
    assert [told(r, "full_name", "ethnicity", "position") for r in found.rows] == [
        ["Nguyễn Văn Đường", "kinh", "Trưởng phòng"], ["Trần Thị Bưởi", "tay", "Phó Trưởng phòng"],
    ]  # fmt: skip
    (question,) = [q for q in found.asked if q["about"] == "encoding"]
    assert {"before": "Hä vµ tªn", "after": "Họ và tên"} in question["samples"]


def test_commune_list_with_groups_of_staff_kinds() -> None:
    found = read_one(
        ["UBND XÃ MINH TÂN", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC"],
        ["TT", "HỌ VÀ TÊN", "NĂM SINH", "CHỨC VỤ", "KẾT QUẢ ĐÁNH GIÁ NĂM 2022"],
        ["I", "CÁN BỘ"],
        [1, "NGUYỄN VĂN AN", 1968, "Bí thư Đảng ủy", "Hoàn thành tốt nhiệm vụ"],
        ["II", "CÔNG CHỨC"],
        [1, "TRẦN THỊ BÌNH", 1979, "Văn phòng - Thống kê", "Hoàn thành xuất sắc nhiệm vụ"],
        ["", "NGƯỜI LẬP", "", "TM. ỦY BAN NHÂN DÂN"],
        ["", "", "", "CHỦ TỊCH"],
        ["", "Trần Thị Bình", "", "Nguyễn Văn Giang"],
    )
    assert [[*told(r, "staff_kind", "ratings"), r.unit] for r in found.rows] == [
        ["can-bo", {"2022": ("hoan-thanh-tot", "")}, "Xã Minh Tân"],
        ["cong-chuc", {"2022": ("hoan-thanh-xuat-sac", "")}, "Xã Minh Tân"],
    ]


def test_place_in_three_columns_and_two_dates_in_one_cell() -> None:
    found = read_one(
        ["STT", "Họ và tên", "Ngày sinh", "Quê quán", "", "", "Ngày vào Đảng, ngày chính thức", "Số, ngày quyết định"],
        ["", "", "", "Xã", "Huyện", "Tỉnh", "", ""],
        [1, "Nguyễn Văn An", 1968, "Xã A", "Huyện B", "Tỉnh C", "3/2/1995\n3/2/1996", "12/QĐ-UBND ngày 5/6/2015"],
        merged="D1:F1",
    )
    names = ("native_place", "party_joined", "party_official", "decision_number", "decision_date")
    assert told(found.rows[0], *names) == [
        "Xã A, Huyện B, Tỉnh C",
        "1995-02-03",
        "1996-02-03",
        "12/QĐ-UBND",
        "2015-06-05",
    ]


def test_posts_planned_for_as_marks() -> None:
    found = read_one(
        ["DANH SÁCH QUY HOẠCH"],
        ["STT", "Họ và tên", "Năm sinh", "Chức vụ", "Quy hoạch chức danh", "", ""],
        ["", "", "", "", "Bí thư", "Chủ tịch", "Phó Chủ tịch"],
        [1, "Nguyễn Văn An", 1968, "PCT", "x", "x", ""],
        [2, "Lê Chi", 1980, "TP", "", "", "x"],
        merged="E2:G2",
    )
    assert [told(row, "planned_for") for row in found.rows] == [["Bí thư; Chủ tịch"], ["Phó Chủ tịch"]]


def test_levels_alone_follow_their_neighbours_and_marks_may_be_ones() -> None:
    found = read_one(
        ["STT", "Họ và tên", "Nam", "Nữ", "Năm sinh", "ĐH", "CĐ", "TC"],
        [1, "Nguyễn Văn An", 1, "", 1968, 1, "", ""],
        [2, "Lê Chi", "", 1, 1980, "", "", 1],
    )
    assert [told(row, "sex", "degree") for row in found.rows] == [["nam", "dai-hoc"], ["nu", "trung-cap"]]


def test_dates_under_bare_nam_and_nu_are_asked() -> None:
    found = read_one(
        ["STT", "Họ và tên", "Nam", "Nữ"], [1, "Nguyễn Văn An", "12/5/1968", ""], [2, "Lê Chi", "", "1980"]
    )
    assert mapped(found)["C"] is None and mapped(found)["D"] is None


def test_table_below_and_right_of_the_corner() -> None:
    header = ["", "", "STT", "Họ và tên", "Ngày sinh", "Chức vụ"]
    found = read_one([], [], ["", "", "DANH SÁCH"], [], header, ["", "", 1, "Nguyễn Văn An", "1968", "Trưởng phòng"])
    assert found.header_rows == [5]
    assert told(found.rows[0], "full_name", "birth", "position") == ["Nguyễn Văn An", "1968", "Trưởng phòng"]


def test_two_tables_on_one_sheet() -> None:
    reading = read(
        sheet(
            ["I. DANH SÁCH CÁN BỘ"],
            ["STT", "Họ và tên", "Ngày sinh", "Chức vụ"],
            [1, "Nguyễn Văn An", "1968", "TP"],
            [],
            ["II. DANH SÁCH ĐÀO TẠO"],
            ["STT", "Họ và tên", "Tên lớp", "Kết quả"],
            [1, "Lê Chi", "Cao cấp LLCT", "Giỏi"],
        )
    )
    assert [(s.name, s.kind, len(s.rows)) for s in reading.sheets] == [
        ("Sheet1", "roster", 1),
        ("Sheet1 (bảng 2)", "training", 1),
    ]


def test_header_repeated_at_a_page_break_is_no_person() -> None:
    header = ["STT", "Họ và tên", "Ngày sinh", "Quê quán"]
    found = read_one(
        header,
        [1, "Nguyễn Văn An", "12/5/1968", "Xã A"],
        header,
        ["1", "2", "3", "4"],
        [2, "Lê Chi", "1980", "xã B"],
        ["Trang 2"],
    )
    assert [row.row for row in found.rows] == [2, 5]
