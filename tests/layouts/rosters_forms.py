"""Rosters whose difficulty lies in the file: old fonts, CSV, sixty columns, two tables, no heading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from . import shows as s
from .book import Book, by_unit, signatures
from .legacy import to_tcvn3, to_vni
from .names import COMMUNES, OFFICES, PARTY_BODIES
from .people import Person, crowd
from .plan import Aside, Column, Item, Line, Plan, Shown
from .shows import column

LEGACY = frozenset({"legacy"})


def dressed(columns: list[Column], fonts: Mapping[int, tuple[str, Callable[[str], str]]]) -> list[Column]:
    """Columns whose texts are typed for an old font: {place: (font, encoder)}."""
    return [
        replace(item, font=fonts[n][0], show=_encoded(item.show, fonts[n][1])) if n in fonts else item
        for n, item in enumerate(columns)
    ]


def _encoded(show: Callable[[Person], Shown], encode: Callable[[str], str]) -> Callable[[Person], Shown]:
    def encoded(person: Person) -> Shown:
        shown = show(person)
        return replace(shown, value=encode(shown.value)) if isinstance(shown.value, str) else shown

    return encoded


def upper_tcvn3(text: str) -> str:
    return to_tcvn3(text, capitals_font=True)


def vntime(rng: Random) -> Book:
    """TCVN3: names in .VnTimeH (capitals), texts in .VnTime, the heading in .VnTimeH."""
    people = _kinh(crowd(rng=rng, count=20, units=COMMUNES[:4]))
    columns = [
        column("TT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column("Ngày sinh", "birth", s.day("birth", s.padded)),
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("Đơn vị", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column("Quê quán", "native_place", s.text("native_place")),
        column("Trình độ chuyên môn", "degree", s.coded("degree", s.DEGREE)),
    ]
    fonts = dict.fromkeys(range(3, 8), (".VnTime", to_tcvn3)) | {1: (".VnTimeH", upper_tcvn3)}
    columns = [replace(item, heads=tuple(upper_tcvn3(head) for head in item.heads)) for item in dressed(columns, fonts)]
    titles = [{0: upper_tcvn3("Ủy ban nhân dân huyện Thiệu Hóa")}, {0: upper_tcvn3("Danh sách cán bộ xã")}, {}]
    plan = Plan("Sheet1", "roster", columns, people, titles=titles, head_font=".VnTimeH", font=".VnTimeH")
    return Book("17_phong_vntime", "2024-12-31", [plan], tags=LEGACY)


def _kinh(people: list[Person]) -> list[Person]:
    """Names without the apostrophes and letters that the old fonts never had."""
    return [person for person in people if person["ethnicity"] in ("Kinh", "Tày", "Nùng", "Mường")]


def vni(rng: Random) -> Book:
    """VNI-Times throughout, titles and heading too; communes as group rows."""
    people = _kinh(crowd(rng=rng, count=24, units=OFFICES[:3]))
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column(("Ngày tháng năm sinh", "Nam"), "birth", s.birth_if("nam", s.padded)),
        column(("Ngày tháng năm sinh", "Nữ"), "birth", s.birth_if("nu", s.padded)),
        column("Chức vụ", "position", s.text("position")),
        column("Dân tộc", "ethnicity", s.text("ethnicity")),
        column("Trình độ lý luận chính trị", "political_theory", s.coded("political_theory", s.THEORY)),
        column("Nơi sinh", "birth_place", s.text("birth_place")),
    ]
    columns = [replace(item, heads=tuple(to_vni(head) for head in item.heads)) for item in columns]
    titles = [{0: to_vni("TỈNH ỦY TRÀ VINH")}, {0: to_vni("DANH SÁCH TRÍCH NGANG CÁN BỘ")}, {}]
    body = [
        replace(item, texts={place: to_vni(text) for place, text in item.texts.items()})
        if isinstance(item, Line)
        else item
        for item in by_unit(people)
    ]
    shown = dressed(columns, dict.fromkeys(range(1, 8), ("VNI-Times", to_vni)))
    plan = Plan("Sheet1", "roster", shown, body, titles=titles, font="VNI-Times", head_font="VNI-Times")
    return Book("18_phong_vni", "2024-12-31", [plan], tags=LEGACY)


EXTRAS = (
    "Số hiệu CBCC",
    "Mã số thuế",
    "Số sổ BHXH",
    "Số thẻ BHYT",
    "Nhóm máu",
    "Chiều cao",
    "Cân nặng",
    "Tình trạng sức khỏe",
    "Thành phần gia đình",
    "Gia đình chính sách",
    "Thương binh hạng",
    "Ngày nhập ngũ",
    "Ngày xuất ngũ",
    "Quân hàm cao nhất",
    "Họ tên vợ/chồng",
    "Nghề nghiệp vợ/chồng",
    "Số con",
    "Số tài khoản",
    "Ngân hàng",
    "Email",
    "Sở trường công tác",
    "Công việc làm lâu nhất",
    "Số quyết định tuyển dụng",
    "Phụ cấp vượt khung",
    "Phụ cấp khu vực",
    "Phụ cấp trách nhiệm",
    "Số năm công tác",
    "Tuổi nghỉ hưu",
    "Diện ưu tiên",
    "Hộ chiếu số",
    "Kê khai tài sản",
    "Cỡ giày",
)


def sixty_columns(rng: Random) -> Book:
    """Sixty columns as exported from a dossier system, a third of them without a field."""
    people = crowd(rng=rng, count=14, units=OFFICES[:3])
    columns = [
        column("STT", None, s.ordinal()),
        *_known_columns(),
        *[column(head, f"extra:{head}", s.fixed("0" if n % 3 else "có", None)) for n, head in enumerate(EXTRAS)],
    ]
    return Book(
        "22_sau_muoi_cot",
        "2024-12-31",
        [
            Plan(
                "Hồ sơ",
                "roster",
                columns,
                people,
                numbered="(1)",
                titles=[{0: "TỔNG HỢP HỒ SƠ CÁN BỘ, CÔNG CHỨC"}, {0: "Đến ngày 31/12/2024"}],
            )
        ],
    )


def _known_columns() -> list[Column]:
    texts = {
        "Họ và tên khai sinh": "full_name",
        "Dân tộc": "ethnicity",
        "Tôn giáo": "religion",
        "Quê quán": "native_place",
        "Nơi sinh": "birth_place",
        "Nơi ở hiện nay": "residence",
        "Số CCCD": "personal_id",
        "Điện thoại": "phone",
        "Đơn vị công tác": "unit",
        "Chức vụ, chức danh hiện tại": "position",
        "Chức vụ Đảng": "party_position",
        "Giáo dục phổ thông": "general_education",
        "Chuyên ngành": "degree_field",
        "Nơi đào tạo": "degree_institution",
        "Năm tốt nghiệp": "degree_year",
        "Quản lý nhà nước": "state_management",
        "Trình độ tin học": "it_level",
        "Trình độ ngoại ngữ": "foreign_language",
        "Mã ngạch": "rank_code",
        "Ngạch": "rank_name",
        "Bậc lương": "pay_step",
    }
    days = {
        "Ngày sinh": "birth",
        "Ngày tuyển dụng": "recruited_on",
        "Ngày vào Đảng": "party_joined",
        "Ngày vào Đảng chính thức": "party_official",
    }
    return [
        *[column(head, name, s.text(name)) for head, name in texts.items()],
        *[column(head, name, s.day(name, s.real)) for head, name in days.items()],
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("Loại cán bộ", "staff_kind", s.coded("staff_kind", s.KIND)),
    ]


def two_tables(rng: Random) -> Book:
    """A second table with other columns below the first in one sheet: to be asked about, never read as the first."""
    people = crowd(rng=rng, count=14, units=COMMUNES[:2])
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column("Ngày sinh", "birth", s.day("birth", s.padded)),
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("Đơn vị", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
    ]
    first = Plan(
        "Danh sách",
        "roster",
        columns,
        people,
        titles=[{0: "I. DANH SÁCH CÁN BỘ ĐƯƠNG CHỨC"}, {}],
        tail=[Line({}), Line({0: "II. DANH SÁCH CÁN BỘ ĐÃ NGHỈ HƯU TRONG NĂM"}), *_second_table(people[:4])],
    )
    return Book("23_hai_bang_mot_sheet", "2024-12-31", [first], tags=frozenset({"two-tables"}))


def _second_table(people: list[Person]) -> list[Line]:
    head = Line({0: "STT", 1: "Đơn vị", 2: "Họ và tên", 3: "Năm sinh", 4: "Ngày nghỉ"}, ask="second table")
    rows = [
        Line({0: n, 1: person["unit"], 2: f"Trần Văn Nghỉ {n}", 3: 1962, 4: f"01/{n:02d}/2024"}, ask="second table")
        for n, person in enumerate(people, start=1)
    ]
    return [head, *rows]


def no_heading(rng: Random) -> Book:
    """Data alone: nothing may be guessed, the columns must be asked about."""
    people = crowd(rng=rng, count=12, units=OFFICES[:2])
    rows = [
        [n, person["full_name"], s.padded(person["birth"])[0], person["unit"], person["position"]]
        for n, person in enumerate(people, start=1)
    ]
    return Book(
        "24_khong_co_tieu_de", "2024-12-31", [Aside("Sheet1", rows, ask="no header")], tags=frozenset({"no-header"})
    )


def mixed_book(rng: Random) -> Book:
    """A roster, an empty sheet and a summary of numbers without people in one workbook; lower-case group rows."""
    people = crowd(rng=rng, count=18, units=PARTY_BODIES[:3])
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name", s.capitals)),
        column(
            "Giới tính", "sex", lambda person: Shown("Nữ" if person["sex"] == "nu" else None, {"sex": person["sex"]})
        ),
        column("Sinh năm", "birth", s.day("birth", s.year_number)),
        column("Nguyên quán", "native_place", s.text("native_place")),
        column("Chức vụ hiện nay", "position", s.text("position")),
        column(("Trình độ", "Chuyên môn, nghiệp vụ"), "degree", s.coded("degree", s.DEGREE_LONG)),
        column(("Trình độ", "Lý luận chính trị"), "political_theory", s.coded("political_theory", s.THEORY)),
        column("Thời gian công tác tại cơ quan", "joined_agency_on", s.day("joined_agency_on", s.month_words)),
    ]
    columns[-1] = replace(columns[-1], heads=("Ngày về cơ quan hiện nay",))
    body: list[Item] = [Line({1: "Ghi chú: danh sách không gồm hợp đồng"}), *by_unit(people, capitals=False)]
    plan = Plan(
        "Biên chế",
        "roster",
        columns,
        body,
        titles=[{0: "BIÊN CHẾ CÁC CƠ QUAN ĐẢNG"}, {0: "(Tính đến ngày 01/01/2025)"}],
        tail=signatures(left=1, right=5),
    )
    summary = Aside(
        "Tổng hợp",
        [
            ["TỔNG HỢP SỐ LƯỢNG"],
            ["Đơn vị", "Biên chế giao", "Có mặt"],
            *[[unit, 8, 6] for unit in PARTY_BODIES[:3]],
            ["Cộng", 24, 18],
        ],
    )
    return Book("25_nhieu_sheet_sheet_trong", "2025-01-01", [Aside("Sheet3"), summary, plan])


FORMS = (vntime, vni, sixty_columns, two_tables, no_heading, mixed_book)
