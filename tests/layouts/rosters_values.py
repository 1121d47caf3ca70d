"""Rosters whose difficulty lies in the values: dates, numbers for IDs, hidden parts, formulas, split names."""

from __future__ import annotations

from datetime import datetime
from random import Random

from . import shows as s
from .book import Book, signatures
from .names import COMMUNES, OFFICES, PARTY_BODIES
from .people import Person, crowd
from .plan import Aside, Line, Plan, Shown
from .shows import column


def numeric_ids_american_look(rng: Random) -> Book:
    """IDs and phones typed as numbers (zeros lost), real dates shown mm/dd/yyyy, homonyms."""
    people = crowd(rng=rng, count=25, units=OFFICES[:4], homonyms=3)
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column("Ngày sinh", "birth", s.day("birth", s.real_american)),
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("Số định danh cá nhân", "personal_id", s.text("personal_id", s.as_number)),
        column("ĐTDĐ", "phone", s.text("phone", s.as_number)),
        column("Đơn vị công tác", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column("Ngày bổ nhiệm", "appointed_on", s.day("appointed_on", s.real_american)),
    ]
    return Book("09_so_dinh_danh_mat_so_khong", "2024-12-31", [Plan("CBCCVC", "roster", columns, people)])


def old_identity_cards(rng: Random) -> Book:
    """Nine-digit cards among twelve-digit ones, some with an apostrophe; the same person twice."""
    people = crowd(rng=rng, count=16, units=COMMUNES[:2])
    body = [*people, people[4]]
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column("Ngày tháng năm sinh", "birth", s.day("birth", s.padded)),
        column("Số CMND/CCCD", "personal_id", s.text("personal_id", s.apostrophe, str)),
        column("Dân tộc", "ethnicity", s.text("ethnicity")),
        column("Tôn giáo", "religion", s.text("religion")),
        column("Nơi ở hiện nay", "residence", s.text("residence")),
        column("Đơn vị công tác", "unit", s.text("unit")),
        column("Chức danh", "position", s.text("position")),
    ]
    old = {
        (2, 3): Shown("145 678 901", ask="unknown value"),
        (7, 3): Shown("145123456", ask="unknown value"),
        (11, 3): Shown(82123457, ask="unknown value"),
    }
    plan = Plan(
        "DANH SACH",
        "roster",
        columns,
        body,
        overrides=old,
        merge_titles=False,
        titles=[{0: "ĐẢNG ỦY XÃ TÂN SƠN"}, {0: "DANH SÁCH CÁN BỘ"}, {0: "(Tính đến ngày 15/3/2024)"}],
    )
    return Book("10_cmnd_9_so_trung_nguoi", "2024-03-15", [plan])


def hidden_parts(rng: Random) -> Book:
    """Two hidden people, a hidden column with notes on them and one with IDs; a draft sheet."""
    people = crowd(rng=rng, count=20, units=COMMUNES[1:4])
    columns = [
        column("TT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name", s.spaced, str)),
        column("Ngày sinh", "birth", s.day("birth", s.padded, s.real)),
        column("Số CCCD", "personal_id", s.text("personal_id"), hidden=True),
        column("Giới tính\n(Nam/Nữ)", "sex", s.coded("sex", s.SEX)),
        column("Đơn vị", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column("Nhận xét nội bộ", "extra:nhan_xet_noi_bo", s.fixed("Tốt", "Khá", None), hidden=True),
        column("Ghi chú", "note", s.fixed()),
    ]
    draft = Aside("Nháp", [["không dùng"], ["Nguyễn Văn A"]])
    plan = Plan(
        "Danh sách",
        "roster",
        columns,
        people,
        hidden=frozenset({6, 13}),
        merge_titles=False,
        titles=[{0: "DANH SÁCH CÁN BỘ, CÔNG CHỨC CÁC XÃ"}, {}, {0: "Tính đến: 30/9/2024"}],
    )
    return Book("11_an_dong_an_cot", "2024-09-30", [plan, draft])


def formulas(rng: Random) -> Book:
    """STT counts by formula, names by CONCATENATE, dates by DATE, totals by COUNTA; cached values are there."""
    people = crowd(rng=rng, count=15, units=OFFICES[:1])
    first = 7
    columns = [
        column("STT", None, s.ordinal_formula(column="A", first_row=first)),
        column("Họ và tên", "full_name", _concatenated),
        column("Ngày sinh", "birth", _date_formula),
        column("Nữ", "sex", s.woman("x", "X")),
        column("Phòng, ban", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column(
            "Tuổi",
            "extra:tuoi",
            lambda person: Shown(2024 - int(person["birth"][:4]), formula=(f"=2024-{int(person['birth'][:4])}")),
        ),
    ]
    women = sum(person["sex"] == "nu" for person in people)
    sums = Line({1: "Tổng số:", 3: women}, formulas={3: f"=COUNTA(D{first}:D{first + 14})"})
    plan = Plan(
        "DS",
        "roster",
        columns,
        people,
        tail=[sums, *signatures(left=1, right=4)],
        titles=[
            {0: "UBND HUYỆN VĂN LÃNG"},
            {0: "DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC"},
            {},
            {0: "(Đến ngày 31/12/2024)"},
            {},
        ],
    )
    return Book("12_cong_thuc", "2024-12-31", [plan])


def _concatenated(person: Person) -> Shown:
    before, _, last = person["full_name"].rpartition(" ")
    return Shown(
        person["full_name"], {"full_name": person["full_name"]}, formula=f'=CONCATENATE("{before}"," ","{last}")'
    )


def _date_formula(person: Person) -> Shown:
    year, month, day = (int(part) for part in person["birth"].split("-"))
    return Shown(
        datetime(year, month, day),
        {"birth": person["birth"]},
        number_format="dd/mm/yyyy",
        formula=f"=DATE({year},{month},{day})",
    )


def split_name_decomposed(rng: Random) -> Book:
    """ "Họ và tên" over two columns (before, last); all text decomposed (NFD)."""
    people = crowd(rng=rng, count=22, units=PARTY_BODIES)
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.split_name("before", dress=s.decomposed)),
        column("Họ và tên", "full_name", s.split_name("last", dress=s.decomposed)),
        column("Ngày sinh", "birth", s.day("birth", s.padded)),
        column("Giới tính", "sex", s.coded("sex", {"nam": ("Nam",), "nu": (s.decomposed("Nữ"),)})),
        column(s.decomposed("Đơn vị công tác"), "unit", s.text("unit", s.decomposed)),
        column(s.decomposed("Quê quán"), "native_place", s.text("native_place", s.decomposed)),
        column(s.decomposed("Dân tộc"), "ethnicity", s.text("ethnicity", s.decomposed)),
    ]
    return Book(
        "13_ten_tach_hai_cot_nfd",
        "2024-12-31",
        [
            Plan(
                "Sheet1",
                "roster",
                columns,
                people,
                titles=[{0: s.decomposed("DANH SÁCH CÁN BỘ KHỐI ĐẢNG")}, {0: s.decomposed("Tính đến ngày 31/12/2024")}],
            )
        ],
    )


def mixed_dates(rng: Random) -> Book:
    """Every way to write a date in one column; impossible ones and two-digit years are to be asked about."""
    people = crowd(rng=rng, count=32, units=COMMUNES[:4])
    every = (
        s.real,
        s.padded,
        s.short,
        s.dotted,
        s.dashed,
        s.month_words,
        s.month_only,
        s.year_number,
        s.serial,
        s.real_american,
        s.year_text,
    )
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ tên", "full_name", s.text("full_name")),
        column("Sinh ngày", "birth", s.day("birth", *every)),
        column("Nữ", "sex", s.woman("x")),
        column("Đơn vị", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column("Ngày vào Đảng", "party_joined", s.day("party_joined", s.short, s.dotted, s.real)),
        column("Ngày vào Đảng (chính thức)", "party_official", s.day("party_official", s.real, s.padded)),
    ]
    odd = {
        (2, 2): Shown("12/5/68", ask="two-digit year"),
        (5, 2): Shown("31/02/1975", ask="impossible date"),
        (9, 2): Shown("05/13/1980", ask="impossible date"),
        (14, 6): Shown("05/13/2010", ask="impossible date"),
        (17, 2): Shown("3.7.71", ask="two-digit year"),
        (20, 6): Shown("30/2/2004", ask="impossible date"),
        (23, 2): Shown("13/1975", ask="impossible date"),
        (26, 2): Shown("không rõ", ask="unknown value"),
        (28, 6): Shown(),
        (29, 6): Shown(),
        (28, 7): Shown(),
        (29, 7): Shown(),
    }
    plan = Plan(
        "Ngay thang",
        "roster",
        columns,
        people,
        overrides=odd,
        titles=[{0: "HUYỆN ỦY VĂN LÃNG"}, {0: "DANH SÁCH CẤP ỦY VIÊN"}, {0: "(tính đến ngày 30/11/2024)"}],
    )
    return Book("14_ngay_thang_lon_xon", "2024-11-30", [plan], tags=frozenset({"serials"}))


def minimal_with_none_marks(rng: Random) -> Book:
    """No title, years as numbers, "-", "0" and "Không" for none; a person twice with capitals."""
    people = [
        person.with_facts(political_theory="chua-qua") if n % 5 == 2 else person
        for n, person in enumerate(crowd(rng=rng, count=18, units=COMMUNES[3:6]))
    ]
    columns = [
        column("TT", None, s.ordinal()),
        column("Họ tên", "full_name", s.text("full_name", str, str, s.capitals)),
        column("Năm sinh", "birth", s.day("birth", s.year_number)),
        column("Giới", "sex", s.coded("sex", s.SEX)),
        column("Xã", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column("Trình độ", "degree", s.coded("degree", s.DEGREE)),
        column("LLCT", "political_theory", s.coded("political_theory", s.THEORY)),
        column("QLNN", "state_management", s.text("state_management")),
        column("Tin học", "it_level", s.text("it_level")),
    ]
    none = {
        (1, 8): Shown("-"),
        (3, 8): Shown("0"),
        (4, 9): Shown("Không"),
        (6, 9): Shown("-"),
        (9, 7): Shown("-"),
        (10, 8): Shown("Không"),
    }
    plan = Plan("Sheet1", "roster", columns, [*people, people[2]], overrides=none)
    return Book("15_don_gian_gach_ngang", "2024-12-31", [plan])


VALUES = (
    numeric_ids_american_look,
    old_identity_cards,
    hidden_parts,
    formulas,
    split_name_decomposed,
    mixed_dates,
    minimal_with_none_marks,
)
