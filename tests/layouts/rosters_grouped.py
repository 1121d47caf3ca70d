"""Rosters whose lines belong together: subtotals after each office, merged units, ditto marks, marks for kinds, odd orders."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from . import shows as s
from .book import ROMAN, Book, by_unit, motto, total
from .names import COMMUNES, OFFICES
from .people import Person, crowd
from .plan import Column, Item, Line, Plan, Shown
from .shows import column


def pay_list(rng: Random) -> Book:
    """Ranks and pay; each office's name merged across, a subtotal after each office, coefficients with a comma."""
    people = crowd(rng=rng, count=20, units=OFFICES[:3])
    pay = ("Ngạch, bậc, hệ số lương hiện hưởng",)
    columns = [
        column("TT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column("Ngày tháng năm sinh", "birth", s.day("birth", s.real_month)),
        column("Chức vụ", "position", s.text("position")),
        column((*pay, "Mã ngạch"), "rank_code", s.text("rank_code")),
        column((*pay, "Tên ngạch"), "rank_name", s.text("rank_name")),
        column((*pay, "Bậc"), "pay_step", s.text("pay_step", s.as_number)),
        column((*pay, "Hệ số"), "coefficient", s.text("coefficient", s.comma, float)),
        column((*pay, "Ngày hưởng"), "rank_on", s.day("rank_on", s.padded)),
        column("Phụ cấp chức vụ", "extra:phu_cap_chuc_vu", s.fixed("0,3", None, "0,2")),
        column("Ngày tuyển dụng", "recruited_on", s.day("recruited_on", s.padded, s.month_only)),
    ]
    plan = Plan(
        "Luong",
        "roster",
        columns,
        _with_subtotals(people),
        titles=[
            {0: "UBND HUYỆN CHƯƠNG MỸ"},
            {0: "DANH SÁCH VÀ TIỀN LƯƠNG CÔNG CHỨC NĂM 2024"},
            {0: "(Thời điểm 31/12/2024)"},
        ],
        tail=[Line({0: "TỔNG CỘNG", 7: 61.5}, merge_to=3)],
    )
    return Book("06_luong_cong_tung_phong", "2024-12-31", [plan])


def _with_subtotals(people: list[Person]) -> list[Item]:
    items: list[Item] = []
    for number, unit in enumerate(OFFICES[:3]):
        members = [person for person in people if person["unit"] == unit]
        items += [
            Line({0: f"{ROMAN[number]}. {unit}"}, merge_to=10, says={"unit": unit}),
            *members,
            Line({1: f"Cộng {unit}", 7: float(len(members))}),
        ]
    return items


def merged_units_and_ditto(rng: Random) -> Book:
    """The unit merged over its people's rows; two-line degrees; nt / -nt- for "as above"."""
    people = crowd(rng=rng, count=20, units=COMMUNES[2:6])
    columns = [
        column("TT", None, s.ordinal()),
        column("Đơn vị", "unit", s.text("unit"), merge_down=True),
        column("Họ và\ntên", "full_name", s.text("full_name")),
        column("Ngày\nsinh", "birth", s.day("birth", s.short)),
        column("GT", "sex", s.coded("sex", s.SEX)),
        column("Dân\ntộc", "ethnicity", s.text("ethnicity"), ditto="nt"),
        column("Chức vụ", "position", s.text("position")),
        column("Trình độ\nchuyên môn", "degree", _two_lines),
        column(
            "Lý luận\nchính trị",
            "political_theory",
            s.coded("political_theory", {code: forms[:1] for code, forms in s.THEORY.items()}),
            ditto="-nt-",
        ),
        column("Nơi sinh", "birth_place", s.text("birth_place")),
    ]
    plan = Plan(
        "Tổng hợp",
        "roster",
        columns,
        people,
        titles=[{0: "DANH SÁCH CÁN BỘ CHỦ CHỐT XÃ, PHƯỜNG, THỊ TRẤN"}, {0: "(tính đến ngày 01/7/2024)"}],
    )
    return Book("07_gop_o_don_vi_nhu_tren", "2024-07-01", [plan])


def _two_lines(person: Person) -> Shown:
    """Every master stands below the bachelor it was built on."""
    lines = {
        "thac-si": "Đại học Luật\nThạc sĩ QLC",
        "dai-hoc": "Cao đẳng Sư phạm\nĐại học Hành chính",
        "tien-si": "ĐH Kinh tế;\nTiến sĩ Kinh tế",
        "cao-dang": "Cao đẳng Kế toán",
        "trung-cap": "Trung cấp Luật",
    }
    return Shown(lines[person["degree"]], {"degree": person["degree"]})


def staff_kind_marks(rng: Random) -> Book:
    """Cán bộ / Công chức / Không chuyên trách and key posts as ✓ and +; years under Nam and Nữ; blank rows between."""
    people = crowd(rng=rng, count=24, units=COMMUNES[:3])
    people = [
        person.with_facts(
            key_post=True if person["staff_kind"] == "can-bo" and n % 3 else None,
            staff_kind="khong-chuyen-trach" if n % 6 == 4 else person["staff_kind"],
        )
        for n, person in enumerate(people)
    ]
    kinds = {"can-bo": "Cán bộ", "cong-chuc": "Công chức", "khong-chuyen-trach": "Người HĐ không chuyên trách"}
    columns: list[Column] = [
        column("STT", None, s.ordinal()),
        column("Họ, tên", "full_name", s.text("full_name", s.hard_spaced)),
        column(("Năm sinh", "Nam"), "birth", s.birth_if("nam", s.year_number)),
        column(("Năm sinh", "Nữ"), "birth", s.birth_if("nu", s.year_text)),
        *s.marks(above=("Đối tượng",), name="staff_kind", levels=kinds, glyphs=("✓",)),
        column("Cán bộ\nchủ chốt", "key_post", s.mark("key_post", True, "+")),
        column("Chức danh đảm nhiệm", "position", s.text("position")),
        column("Trình độ học vấn\n(phổ thông)", "general_education", s.text("general_education")),
    ]
    body: list[Item] = []
    for item in by_unit(people, capitals=False):
        body += [Line({}, silent=True), item] if isinstance(item, Line) and body else [item]
    return Book(
        "08_doi_tuong_danh_dau",
        "2023-12-31",
        [
            Plan(
                "CBCC",
                "roster",
                columns,
                body,
                titles=[
                    {0: "HUYỆN: LẠC SƠN"},
                    {0: "THỐNG KÊ CÁN BỘ, CÔNG CHỨC, NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH"},
                    {0: "(Số liệu tính đến 31/12/2023)"},
                ],
            )
        ],
    )


def unusual_order(rng: Random) -> Book:
    """Notes first, name in the middle, abbreviations and line breaks in the headings, "Đảng viên" as x."""
    people = crowd(rng=rng, count=21, units=OFFICES[1:5])
    columns = [
        column("Ghi\nchú", "note", s.fixed(None, "Đang nghỉ thai sản", None)),
        column("Chức vụ,\nđơn vị\ncông tác hiện nay", "position", s.text("position")),
        column("LLCT", "political_theory", s.coded("political_theory", s.THEORY)),
        column("T.độ CM", "degree", s.coded("degree", s.DEGREE_LONG)),
        column("Đảng viên", "extra:dang_vien", s.fixed("x", "x", None)),
        column("Họ và\ntên", "full_name", s.text("full_name")),
        column("Số\nTT", None, s.ordinal()),
        column("Năm\nsinh", "birth", s.day("birth", s.year_number)),
        column("D.tộc", "ethnicity", s.text("ethnicity")),
        column("Q.quán", "native_place", s.text("native_place")),
        column("N.ngữ", "foreign_language", s.text("foreign_language")),
        column("T.học", "it_level", s.text("it_level")),
        column("QLNN", "state_management", s.text("state_management")),
        column("ĐV c.tác", "unit", s.text("unit")),
    ]
    columns[1] = replace(columns[1], heads=("C.vụ",))
    plan = Plan(
        "Biểu 2",
        "roster",
        columns,
        people,
        numbered="1",
        titles=motto(
            parent="TỈNH ỦY HƯNG YÊN",
            agency="BAN TỔ CHỨC",
            at=9,
            title="DANH SÁCH CÁN BỘ",
            until="31 tháng 12 năm 2024",
        ),
        tail=[total(at=5, text="Cộng: 21 người")],
    )
    return Book("16_thu_tu_la_viet_tat", "2024-12-31", [plan])


GROUPED = (pay_list, merged_units_and_ditto, staff_kind_marks, unusual_order)
