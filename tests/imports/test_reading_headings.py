"""Headings as offices write them, each over cells that belong to it: taken for the right field, asked, or kept as text."""

from typing import Any

import pytest

from tests.imports.lists import read_one

PEOPLE = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Chi", "Phạm Dũng")
CELLS: dict[str, tuple[Any, ...]] = {
    "full_name": PEOPLE,
    "birth": ("12/5/1968", "3/1979", "1980", "4/7/1990"),
    "sex": ("Nam", "Nữ", "Nữ", "Nam"),
    "ethnicity": ("Kinh", "Tày", "Kinh", "Mường"),
    "religion": ("Không", "Không", "Công giáo", "Không"),
    "native_place": ("Xã A, tỉnh B", "Xã C, tỉnh D", "Phường E", "Xã G"),
    "birth_place": ("Xã A, tỉnh B", "Xã C, tỉnh D", "Phường E", "Xã G"),
    "residence": ("Thôn 1, xã A", "Thôn 2, xã A", "Tổ 3, phường B", "Tổ 4"),
    "personal_id": ("001068000123", "001179000124", "001180000125", "001090000126"),
    "old_id": ("012345678", "112345678", "012345679", "212345678"),
    "phone": ("0912345678", "0912345679", "0987654321", "0387654321"),
    "unit": ("Phòng Nội vụ", "Phòng Tư pháp", "Phòng Nội vụ", "Văn phòng"),
    "position": ("Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên", "Chuyên viên"),
    "party_position": ("Bí thư chi bộ", "Chi ủy viên", "Đảng viên", ""),
    "staff_kind": ("Công chức", "Công chức", "Viên chức", "Cán bộ"),
    "appointed_on": ("1/2/2020", "3/4/2021", "5/2022", "2019"),
    "recruited_on": ("1/2/2000", "3/4/2001", "5/2002", "2009"),
    "party_joined": ("3/2/1995", "19/5/2001", "", "2/9/2012"),
    "party_official": ("3/2/1996", "19/5/2002", "", "2/9/2013"),
    "party_member": ("x", "x", "", "x"),
    "general_education": ("12/12", "12/12", "10/10", "12/12"),
    "degree": ("Đại học", "Thạc sĩ", "Cao đẳng", "Đ.học"),
    "degree_field": ("Luật", "Kinh tế", "Hành chính học", "Sư phạm Toán"),
    "degree_institution": ("Đại học Luật Hà Nội", "Học viện Hành chính", "Đại học Vinh", "Đại học Huế"),
    "degree_year": (1990, 2001, 2003, 2012),
    "political_theory": ("Cao cấp", "Trung cấp", "Sơ cấp", "T.cấp"),
    "state_management": ("Chuyên viên", "CVC", "Chuyên viên", "Chuyên viên"),
    "it_level": ("A", "B", "Cơ bản", "-"),
    "foreign_language": ("Anh B", "Tiếng Anh B1", "Anh A", ""),
    "ethnic_language": ("Tày", "", "H'Mông", ""),
    "defence_training": ("Đối tượng 3", "Đối tượng 4", "", "Đối tượng 4"),
    "rank_code": ("01.003", "01.002", "01.003", "01.004"),
    "rank_name": ("Chuyên viên", "Chuyên viên chính", "Chuyên viên", "Cán sự"),
    "pay_step": (3, 1, 5, 2),
    "coefficient": (3.33, 4.4, "3,66", 2.46),
    "rank_on": ("1/2/2020", "3/4/2021", "5/6/2022", "1/1/2019"),
    "planned_for": ("Chủ tịch UBND", "Bí thư", "Phó Bí thư", "Trưởng phòng"),
    "rating": ("Hoàn thành tốt nhiệm vụ", "HTXSNV", "HTTNV", "Hoàn thành nhiệm vụ"),
    "award": ("Chiến sĩ thi đua cơ sở", "", "Lao động tiên tiến", ""),
    "discipline": ("Khiển trách", "Cảnh cáo", "Khiển trách", "Cách chức"),
    "training_name": ("Chuyển đổi số", "Kỹ năng lãnh đạo", "Văn thư lưu trữ", "Tiếp công dân"),
    "training_from": ("1/3/2023", "2/4/2023", "5/2023", "6/2023"),
    "training_to": ("5/3/2023", "8/4/2023", "6/2023", "7/2023"),
    "note": ("", "chuyển đến", "", ""),
}  # fmt: skip
VARIANTS: dict[str, str] = {
    "full_name": "H.tên|Họ & tên|HỌ VÀ TÊN KHAI SINH|Họ tên CBCC|Họ và tên (chữ in hoa)|Họ và tên CB, CC, VC",
    "birth": "N.sinh|Ng.sinh|Ngày/tháng/năm sinh|Năm sinh (ghi rõ ngày)|Ng.tháng năm sinh|Ngày th.năm sinh|Ngày sinh (dd/mm/yyyy)",
    "sex": "G.tính|Giới tính (nam/nữ)|Nam hay nữ|Giới t.",
    "ethnicity": "D.tộc|Dtộc|Dân tộc (ghi rõ)|Thuộc dân tộc|TP dân tộc",
    "religion": "T.giáo|Tôn giáo (nếu có)",
    "native_place": "Q.quán|Q/quán|N.quán|Quê quán (xã, tỉnh)|Quê quán (theo địa danh mới)",
    "residence": "N.ở hiện nay|Nơi ở h.nay|Chỗ ở h.tại|Nơi thường trú hiện nay|Địa chỉ nơi ở",
    "personal_id": "Số Đ.danh|Số căn cước/CCCD|Số CCCD/ĐDCN|CCCD (12 số)|Mã ĐDCN",
    "old_id": "CMND cũ|Số CMND cũ (nếu có)|Số CMND (9 số)",
    "phone": "Đ.thoại|Số đ.thoại|Số ĐT di động|ĐT di động|Điện thoại (Zalo)",
    "unit": "ĐV c.tác|Đ.vị|Đơn vị c.tác|P.ban|Cơ quan c.tác|Đơn vị/phòng ban|ĐƠN VỊ CÔNG TÁC HIỆN TẠI|Phòng/ban|CQ, ĐV công tác",
    "position": "C.vụ|Ch.vụ|C.danh|C.vụ hiện nay|Chức vụ h.nay|C.vụ, c.danh|Chức vụ/chức danh|CV, ĐV công tác|Chức vụ (chức danh) hiện tại",
    "party_position": "C.vụ Đảng|Chức vụ Đảng (nếu có)|CV trong Đảng",
    "staff_kind": "Đ.tượng|Loại CB, CC|Đối tượng (CB, CC, VC)",
    "recruited_on": "Ngày t.dụng|Năm t.dụng|Ngày tuyển dụng vào CQNN",
    "party_joined": "Ng.vào Đảng|Ngày vào Đ.|NVĐ|Ngày k.nạp|Ngày vào Đảng (dự bị)|Ngày kết nạp Đảng viên",
    "party_official": "Ngày c.thức|Ngày vào Đảng (chính thức)|Ngày ch.thức",
    "party_member": "Đ.viên|Là đảng viên",
    "general_education": "T.độ văn hóa|TĐ VH|H.vấn phổ thông|Văn hóa phổ thông (12/12)",
    "degree": "T.độ CM|Tr.độ c.môn|C.môn|TĐ c.môn|T.độ đào tạo|Trình độ CM, NV|T.độ CMNV|Trình độ chuyên môn cao nhất hiện nay",
    "degree_field": "C.ngành|Ch.ngành|Ngành đ.tạo|C.ngành đào tạo|Chuyên ngành được đào tạo",
    "degree_institution": "Cơ sở đ.tạo|Trường đ.tạo|Nơi đ.tạo",
    "degree_year": "Năm t.nghiệp|Năm TN",
    "political_theory": "T.độ LLCT|L.luận C.trị|LL chính trị|Lý luận c.trị|TĐ LLCT|C.trị|Trình độ LL c.trị|LLCT (cao nhất)",
    "state_management": "T.độ QLNN|Q.lý nhà nước|QLý NN|Bồi dưỡng Q.lý nhà nước|QLNN (ngạch)",
    "it_level": "T.học|T.độ tin học|Trình độ T.học|Tin học (chứng chỉ)|C.chỉ tin học",
    "foreign_language": "N.ngữ|Ng.ngữ|T.độ ngoại ngữ|Trình độ N.ngữ|Ngoại ngữ (chứng chỉ)|C.chỉ ngoại ngữ",
    "ethnic_language": "Tiếng d.tộc|Tiếng DT thiểu số",
    "defence_training": "Quốc phòng - An ninh|Q.phòng, an ninh|BD QP-AN|Kiến thức QP&AN",
    "rank_code": "M.ngạch|Mã ng.|Mã ngạch/CDNN",
    "rank_name": "Ngạch CC|Ngạch, CDNN hiện giữ|Ngạch c.chức",
    "pay_step": "B.lương|Bậc l.|Bậc lương h.hưởng",
    "coefficient": "H.số|H.số lương|HS lương h.hưởng|Hệ số l.",
    "planned_for": "Q.hoạch|Q.hoạch chức danh|C.danh quy hoạch|Chức danh Q.hoạch|Chức danh q.h",
    "rating": "X.loại chất lượng|Đánh giá, X.loại|KQ đánh giá|Xếp loại (năm 2023)|XLCL năm 2024|Kết quả xếp loại CBCC năm 2023",
    "award": "K.thưởng|Khen thưởng (nếu có)|Thi đua - Khen thưởng|Danh hiệu t.đua",
    "discipline": "K.luật|Kỷ luật (nếu có)|H.thức kỷ luật",
    "note": "G.chú|Ghi chú (nếu có)",
}  # fmt: skip
CASES = [(field, heading) for field, headings in VARIANTS.items() for heading in headings.split("|")]


def columns_of(heading: str, cells: tuple[Any, ...]) -> tuple[str | None, bool]:
    """What the column was taken for in a plain list of people, and whether it is asked about."""
    others = [name for name in ("full_name", "birth") if cells is not CELLS[name]]
    header = ["STT", *({"full_name": "Họ và tên", "birth": "Ngày sinh"}[name] for name in others), heading]
    rows = [[i + 1, *(CELLS[name][i] for name in others), cells[i]] for i in range(len(PEOPLE))]
    column = read_one(header, *rows).columns[-1]
    return column.field, bool(column.asked)


@pytest.mark.parametrize(("field", "heading"), CASES)
def test_heading_variants(field: str, heading: str) -> None:
    assert columns_of(heading, CELLS[field]) == (field, False)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("N.cấp", ("1/2/2020", "3/4/2021", "", "")), ("Ngày cấp", ("1/2/2020", "3/4/2021", "", "")),
        ("S.khỏe", ("Tốt", "Khá", "Tốt", "Tốt")), ("Q.tịch", ("Việt Nam",) * 4), ("Thâm niên", (5, 10, 12, 2)),
        ("P.cấp", (0.2, 0.3, "", "")), ("T.khoản", ("1900", "1901", "1902", "1903")), ("MST", ("8012345678",) * 4),
        ("Trình độ đang học", ("Thạc sĩ", "", "", "")), ("T.trạng hôn nhân", ("Đã kết hôn",) * 4), ("Email", ("a@b.vn",) * 4),
        ("Số quyết định tuyển dụng", ("12/QĐ", "13/QĐ", "", "")), ("Số QĐ bổ nhiệm", ("12/QĐ", "13/QĐ", "", "")),
        ("Quyết định nâng lương", ("12/QĐ", "13/QĐ", "", "")), ("Trình độ chuyên môn khi tuyển dụng", ("Đại học",) * 4),
        ("Mã cán bộ", ("CB01", "CB02", "CB03", "CB04")), ("Số hiệu CC", ("A1", "A2", "A3", "A4")),
        ("Nhóm máu", ("A", "B", "O", "A")), ("Chiều cao", (165, 170, 158, 160)), ("Số sổ BHXH", ("0123456789",) * 4),
        ("Quê vợ", ("Xã A",) * 4), ("Năm sinh con đầu", (1995, 2000, 2001, "")), ("Lương cơ bản", (1800, 1800, 1800, 1800)),
        ("Nhu cầu đào tạo", ("Thạc sĩ", "", "", "")), ("Tín nhiệm", ("Cao", "Cao", "Cao", "Thấp")),
    ],
)  # fmt: skip
def test_headings_of_other_things_are_never_taken_silently(heading: str, cells: tuple[Any, ...]) -> None:
    field, asked = columns_of(heading, cells)
    assert field is None or asked
