"""Rosters as text files: semicolons with a byte-order mark, tabs in UTF-16, an export of another program."""

from __future__ import annotations

from random import Random

from . import shows as s
from .book import Book
from .names import COMMUNES, OFFICES, PARTY_BODIES
from .people import crowd
from .plan import Line, Plan
from .shows import column


def semicolon_csv(rng: Random) -> Book:
    """CSV of a Vietnamese Excel: semicolons, UTF-8 with a byte-order mark, quoted line breaks."""
    people = crowd(rng=rng, count=30, units=COMMUNES)
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column("Ngày, tháng,\nnăm sinh", "birth", s.day("birth", s.padded, s.short)),
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("Dân tộc", "ethnicity", s.text("ethnicity")),
        column("Tôn giáo", "religion", s.text("religion")),
        column("Quê quán", "native_place", s.text("native_place")),
        column("Số CCCD", "personal_id", s.text("personal_id", s.as_number, str)),
        column("Đơn vị công tác", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column("Hệ số lương", "coefficient", s.text("coefficient", s.comma)),
        column("Ngày vào Đảng", "party_joined", s.day("party_joined", s.padded)),
    ]
    plan = Plan("19_csv_cham_phay", "roster", columns, people)
    return Book("19_csv_cham_phay", "2024-12-31", [plan], csv=(";", "utf-8-sig"))


def tab_utf16(rng: Random) -> Book:
    """ "Unicode Text" of Excel: tabs, UTF-16, title rows, repeated texts where cells were merged, a totals row."""
    people = crowd(rng=rng, count=16, units=PARTY_BODIES)
    level = "Trình độ"
    columns = [
        column("TT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column("Năm sinh", "birth", s.day("birth", s.year_number)),
        column("Nữ", "sex", s.woman("x")),
        column("Cơ quan", "unit", s.text("unit")),
        column("Chức vụ", "position", s.text("position")),
        column((level, "CM"), "degree", s.coded("degree", s.DEGREE_SHORT)),
        column((level, "LLCT"), "political_theory", s.coded("political_theory", s.THEORY)),
        column((level, "TH"), "it_level", s.text("it_level")),
        column((level, "NN"), "foreign_language", s.text("foreign_language")),
    ]
    plan = Plan(
        "20_unicode_text",
        "roster",
        columns,
        people,
        head_fill=True,
        titles=[{0: "HUYỆN ỦY CHƯƠNG MỸ"}, {0: "DANH SÁCH CÁN BỘ"}, {0: "Tính đến ngày 31/12/2024"}],
        tail=[Line({1: "Tổng cộng: 16 đồng chí"})],
    )
    return Book("20_unicode_text", "2024-12-31", [plan], csv=("\t", "utf-16"))


def plain_csv(rng: Random) -> Book:
    """CSV exported by another program: commas, ISO dates, machine-like headings, no ordinal."""
    people = crowd(rng=rng, count=25, units=OFFICES, homonyms=2)
    columns = [
        column("Mã cán bộ", "extra:ma_can_bo", s.fixed("CB001", "CB002", "CB003")),
        column("Họ tên", "full_name", s.text("full_name")),
        column("Tên gọi khác", "other_name", s.fixed()),
        column("Ngày sinh", "birth", s.day("birth", lambda iso: (iso, iso, None))),
        column("Giới tính", "sex", s.coded("sex", s.SEX)),
        column("CCCD", "personal_id", s.text("personal_id")),
        column("Email công vụ", "extra:email_cong_vu", s.fixed("cb@huyen.example")),
        column("Đơn vị", "unit", s.text("unit")),
        column("Ngạch công chức", "rank_name", s.text("rank_name")),
        column("Chuyên ngành đào tạo", "degree_field", s.text("degree_field")),
        column("Cơ sở đào tạo", "degree_institution", s.text("degree_institution")),
        column("Năm tốt nghiệp", "degree_year", s.text("degree_year")),
    ]
    plan = Plan("21_xuat_tu_phan_mem", "roster", columns, people)
    return Book("21_xuat_tu_phan_mem", "2024-12-31", [plan], csv=(",", "utf-8"))


TEXT_FILES = (semicolon_csv, tab_utf16, plain_csv)
