"""Rosters as districts, Party bodies and home-affairs divisions make them: grouped, merged, with title blocks."""

from __future__ import annotations

from random import Random

from . import shows as s
from .book import Book, by_unit, motto, party_head, signatures, total
from .names import COMMUNES, OFFICES, PARTY_BODIES
from .people import Person, crowd
from .plan import Aside, Item, Line, Plan
from .shows import column

THEORY_LEVELS = {"so-cap": "Sơ\ncấp", "trung-cap": "Trung\ncấp", "cao-cap": "Cao\ncấp", "cu-nhan": "Cử\nnhân"}
DEGREE_LEVELS = {
    "trung-cap": "Trung\ncấp",
    "cao-dang": "Cao\nđẳng",
    "dai-hoc": "Đại\nhọc",
    "thac-si": "Thạc\nsĩ",
    "tien-si": "Tiến\nsĩ",
}


def abstract_of_district(rng: Random) -> Book:
    """Two-row heading, (1)(2)(3), communes as group rows, birth under Nam/Nữ, x under levels, totals, signatures."""
    people = crowd(rng=rng, count=30, units=COMMUNES[:4])
    birth = ("Ngày, tháng,\nnăm sinh",)
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name", str, s.spaced)),
        column((*birth, "Nam"), "birth", s.birth_if("nam", s.padded, s.dotted)),
        column((*birth, "Nữ"), "birth", s.birth_if("nu", s.padded, s.month_padded)),
        column("Chức vụ,\nchức danh", "position", s.text("position")),
        column("Quê quán", "native_place", s.text("native_place")),
        *s.marks(above=("Trình độ chuyên môn",), name="degree", levels=DEGREE_LEVELS, glyphs=("x", " x ", "X")),
        *s.marks(above=("Lý luận chính trị",), name="political_theory", levels=THEORY_LEVELS, glyphs=("x", "×")),
        column("Điện thoại", "phone", s.text("phone")),
        column("Ghi chú", "note", s.fixed()),
    ]
    plan = Plan(
        "DS cấp xã",
        "roster",
        columns,
        by_unit(people),
        numbered="(1)",
        titles=motto(
            parent="UBND HUYỆN VĂN LÃNG",
            agency="PHÒNG NỘI VỤ",
            at=8,
            until="31/12/2024",
            title="DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC CẤP XÃ",
        ),
        tail=[total(at=1, c2=18, c3=12, c6=3, c8=17), *signatures(left=1, right=10)],
    )
    return Book("01_trich_ngang_huyen", "2024-12-31", [plan])


def three_row_heading(rng: Random) -> Book:
    """Trình độ > Lý luận chính trị > levels: three rows; numbered A, B, 1, 2; marks 1; offices in a column."""
    people = crowd(rng=rng, count=24, units=OFFICES[:4])
    level = "Trình độ"
    columns = [
        column("Số\nTT", None, s.ordinal()),
        column("Họ và tên khai sinh", "full_name", s.text("full_name")),
        column("Ngày sinh", "birth", s.day("birth", s.padded)),
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("Cơ quan, đơn vị công tác", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        *s.marks(above=(level, "Chuyên môn"), name="degree", levels=DEGREE_LEVELS, glyphs=("1",)),
        *s.marks(above=(level, "Lý luận chính trị"), name="political_theory", levels=THEORY_LEVELS, glyphs=("1",)),
        column((level, "Quản lý nhà nước"), "state_management", s.text("state_management")),
        column((level, "Tin học"), "it_level", s.text("it_level")),
        column((level, "Ngoại ngữ"), "foreign_language", s.text("foreign_language")),
    ]
    plan = Plan(
        "Bieu 01",
        "roster",
        columns,
        people,
        numbered="A",
        titles=[
            {0: "UBND TỈNH LẠNG SƠN"},
            {0: "SỞ NỘI VỤ"},
            {0: "BIỂU TỔNG HỢP CHẤT LƯỢNG CÔNG CHỨC"},
            {0: "Có đến 30/6/2024"},
        ],
        tail=[Line({1: "Cộng", 6: 2, 7: 3, 8: 10})],
    )
    return Book("02_tieu_de_ba_tang", "2024-06-30", [plan])


def sheet_per_commune(rng: Random) -> Book:
    """One sheet per commune, whose name is the unit; instructions and code lists beside."""
    people = crowd(rng=rng, count=36, units=COMMUNES[:3])
    guide = Aside(
        "Hướng dẫn",
        [
            ["HƯỚNG DẪN NHẬP LIỆU"],
            ["1", "Nhập họ tên bằng chữ có dấu"],
            ["2", "Ngày sinh nhập dạng dd/mm/yyyy"],
            ["3", "Không xóa, thêm cột"],
        ],
    )
    codes = Aside(
        "Danh mục",
        [
            ["Dân tộc", "Trình độ", "LLCT"],
            ["Kinh", "Đại học", "Cao cấp"],
            ["Tày", "Cao đẳng", "Trung cấp"],
            ["Nùng", "Trung cấp", "Sơ cấp"],
            ["Dao", "Thạc sĩ", "Cử nhân"],
        ],
    )
    sheets = [_commune_sheet(unit, [person for person in people if person["unit"] == unit]) for unit in COMMUNES[:3]]
    return Book("03_moi_xa_mot_sheet", "2024-12-31", [guide, *sheets, codes], tags=frozenset({"unit-by-sheet"}))


def _commune_sheet(unit: str, people: list[Person]) -> Plan:
    columns = [
        column("TT", None, s.ordinal()),
        column("Họ tên", "full_name", s.text("full_name")),
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("Năm sinh", "birth", s.day("birth", s.year_number)),
        column("Dân tộc", "ethnicity", s.text("ethnicity")),
        column("Chức danh", "position", s.text("position")),
        column("T.độ CM", "degree", s.coded("degree", s.DEGREE_SHORT)),
        column("T.độ LLCT", "political_theory", s.coded("political_theory", s.THEORY)),
        column("Ghi chú", "note", s.fixed()),
    ]
    return Plan(
        unit,
        "roster",
        columns,
        people,
        sheet_says={"unit": unit},
        titles=[{0: f"DANH SÁCH CÁN BỘ, CÔNG CHỨC {unit.upper()}"}, {0: "(Thời điểm 31/12/2024)"}],
    )


def party_blocks(rng: Random) -> Book:
    """Blocks (Khối Đảng, Khối chính quyền) that are no units, then units; Party dates, blank = not a member."""
    people = crowd(rng=rng, count=22, units=[*PARTY_BODIES[:2], *OFFICES[:2]])
    people = [
        person.with_facts(party_joined=None, party_official=None) if n % 7 == 5 else person
        for n, person in enumerate(people)
    ]
    joined = ("Ngày vào Đảng",)
    columns = [
        column("TT", None, s.ordinal()),
        column("HỌ VÀ TÊN", "full_name", s.text("full_name", s.capitals)),
        column("Sinh ngày", "birth", s.day("birth", s.real, s.padded)),
        column("Nữ", "sex", s.woman("x")),
        column("D.tộc", "ethnicity", s.text("ethnicity")),
        column("Q.quán", "native_place", s.text("native_place")),
        column(("Chức vụ", "Đảng"), "party_position", s.text("party_position")),
        column(("Chức vụ", "Chính quyền"), "position", s.text("position")),
        column((*joined, "Dự bị"), "party_joined", s.day("party_joined", s.padded)),
        column((*joined, "Chính thức"), "party_official", s.day("party_official", s.padded)),
        column("Số thẻ ĐV", "extra:so_the_dv", s.fixed("36.041.217", "36.041.305", "36.052.118")),
    ]
    plan = Plan(
        "Trich ngang",
        "roster",
        columns,
        _blocks(people),
        titles=party_head(
            body="HUYỆN ỦY BÌNH GIA",
            at=7,
            until="31/3/2025",
            title="DANH SÁCH TRÍCH NGANG CÁN BỘ CÁC CƠ QUAN KHỐI HUYỆN",
        ),
        tail=[
            Line({0: "Danh sách gồm 22 đồng chí./."}),
            *signatures(left=1, right=8, heads=("NGƯỜI LẬP", "T/M BAN THƯỜNG VỤ")),
        ],
    )
    return Book("04_khoi_dang_chinh_quyen", "2025-03-31", [plan])


def _blocks(people: list[Person]) -> list[Item]:
    party = [person for person in people if person["unit"] in PARTY_BODIES]
    state = [person for person in people if person["unit"] not in PARTY_BODIES]
    items: list[Item] = []
    for mark, name, members in (("A", "KHỐI ĐẢNG", party), ("B", "KHỐI CHÍNH QUYỀN", state)):
        items += [Line({0: mark, 1: name}), *by_unit(members, capitals=False)]
    return items


def offset_and_split_birth(rng: Random) -> Book:
    """The table starts at C9; birth in three columns; IDs as text with spaces; phones with dots."""
    people = crowd(rng=rng, count=18, units=OFFICES[2:5])
    born = ("Ngày, tháng, năm sinh",)
    columns = [
        column("STT", None, s.ordinal(as_text=True)),
        column("Họ và tên", "full_name", s.text("full_name")),
        column((*born, "Ngày"), "birth", s.part_of_birth(2)),
        column((*born, "Tháng"), "birth", s.part_of_birth(1)),
        column((*born, "Năm"), "birth", s.part_of_birth(0)),
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("Số CCCD/Mã định danh", "personal_id", s.text("personal_id", s.grouped_id, str)),
        column("Số điện thoại", "phone", s.text("phone", s.phone_dots)),
        column("Đơn vị", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column("Chỗ ở hiện nay", "residence", s.text("residence")),
    ]
    plan = Plan(
        "Sheet1",
        "roster",
        columns,
        people,
        first_row=3,
        first_column=3,
        numbered="1",
        titles=[
            {0: "ỦY BAN NHÂN DÂN HUYỆN KỲ SƠN"},
            {0: "DANH SÁCH CÁN BỘ, CÔNG CHỨC"},
            {0: "(kèm theo Công văn số 15/UBND-NV ngày 10/01/2025)"},
            {0: "Tính đến ngày 31/12/2024"},
            {},
            {},
        ],
    )
    return Book("05_bat_dau_o_C9_sinh_tach_cot", "2024-12-31", [plan])


DISTRICT = (
    abstract_of_district,
    three_row_heading,
    sheet_per_commune,
    party_blocks,
    offset_and_split_birth,
)
