"""Lists with several lines a person (posts held, diplomas), and a book of three kinds."""

from __future__ import annotations

from random import Random

from . import shows as s
from .book import Book
from .names import OFFICES, PARTY_BODIES, SCHOOLS
from .people import Person, crowd
from .plan import Aside, Item, Plan, Shown
from .records import TITLES, attendance, rated, start
from .shows import column


def posts(rng: Random) -> Book:
    """Career: several rows a person (the name stands once, merged over them), from – to, "đến nay"."""
    body = [post for person in crowd(rng=rng, count=9, units=OFFICES[:4]) for post in _career(rng, person)]
    columns = [
        column("Họ và tên", "full_name", s.text("full_name"), merge_down=True),
        column("Ngày sinh", "birth", s.day("birth", s.padded), merge_down=True),
        column(("Thời gian", "Từ tháng, năm"), "start", s.day("start", s.month_padded)),
        column(("Thời gian", "Đến tháng, năm"), "end", _end),
        column("Chức vụ, chức danh", "position", s.text("position")),
        column("Đơn vị công tác", "unit", s.text("unit")),
        column("Số quyết định", "decision_number", s.text("decision_number")),
    ]
    plan = Plan("Quá trình công tác", "posts", columns, body, titles=[{0: "QUÁ TRÌNH CÔNG TÁC CỦA CÁN BỘ"}, {}])
    return Book("31_qua_trinh_cong_tac", "2024-12-31", [plan])


def _career(rng: Random, person: Person) -> list[Person]:
    years = sorted(rng.sample(range(int(person["birth"][:4]) + 23, 2024), 3))
    ends = [*years[1:], None]
    chosen = rng.sample(TITLES, 3)
    return [
        person.with_facts(
            start=f"{year}-05-01",
            end=None if end is None else f"{end}-04-01",
            position=title,
            unit=rng.choice(OFFICES),
            decision_number=f"{rng.randint(10, 999)}/QĐ-UBND",
        )
        for year, end, title in zip(years, ends, chosen, strict=True)
    ]


def _end(person: Person) -> Shown:
    if person["end"] is None:
        return Shown("nay", {"end": None})
    return Shown(s.month_padded(person["end"])[0], {"end": person["end"][:7]})


def qualifications(rng: Random) -> Book:
    """One row per diploma; the name again only as "nt"; year of graduation as a number."""
    body = [diploma for person in crowd(rng=rng, count=10, units=PARTY_BODIES) for diploma in _diplomas(rng, person)]
    columns = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name"), ditto="nt"),
        column("Năm sinh", "birth", s.day("birth", s.year_number)),
        column("Trình độ", "degree", s.coded("degree", s.DEGREE)),
        column("Chuyên ngành đào tạo", "degree_field", s.text("degree_field")),
        column("Cơ sở đào tạo", "degree_institution", s.text("degree_institution")),
        column("Hình thức đào tạo", "training_form", s.text("training_form")),
        column("Năm tốt nghiệp", "degree_year", s.text("degree_year", s.as_number)),
    ]
    plan = Plan("Bằng cấp", "qualifications", columns, body, titles=[{0: "THỐNG KÊ VĂN BẰNG, CHỨNG CHỈ"}])
    return Book("32_van_bang", "2024-12-31", [plan])


def _diplomas(rng: Random, person: Person) -> list[Person]:
    steps = ("cao-dang", "dai-hoc", "thac-si")[: rng.randint(1, 3)]
    first = int(person["birth"][:4]) + rng.randint(20, 21)
    return [
        person.with_facts(
            degree=step,
            degree_year=str(first + 4 * n),
            degree_institution=rng.choice(SCHOOLS),
            training_form=rng.choice(("Chính quy", "Tại chức", "Từ xa")),
        )
        for n, step in enumerate(steps)
    ]


def three_kinds_in_one_book(rng: Random) -> Book:
    """Roster, ratings and attendances of the same people as three sheets, with one more of instructions."""
    people = crowd(rng=rng, count=14, units=OFFICES[:1])
    roster = Plan(
        "CBCC",
        "roster",
        [
            *start(),
            column("Nữ", "sex", s.woman("x")),
            column("Chức vụ", "position", s.text("position")),
            column("Chuyên môn", "degree", s.coded("degree", s.DEGREE_LONG)),
        ],
        people,
    )
    ratings = Plan(
        "Xếp loại",
        "ratings",
        [*start(), *[column(f"Xếp loại {year}", "rating", s.rating_of(year, s.RATING)) for year in ("2022", "2023")]],
        rated(rng, people, ("2022", "2023")),
    )
    lines: list[Item] = [attendance(rng, rng.choice(people)) for _ in range(15)]
    classes = Plan(
        "Đào tạo",
        "training",
        [
            column("TT", None, s.ordinal()),
            column("Họ tên", "full_name", s.text("full_name", s.capitals, str)),
            column("Tên lớp", "training_name", s.text("training_name")),
            column("Ngày khai giảng", "training_from", s.day("training_from", s.padded)),
            column("Ngày bế giảng", "training_to", s.day("training_to", s.padded)),
        ],
        lines,
    )
    guide = Aside("HD", [["Hướng dẫn: mỗi sheet một nội dung, không đổi tên sheet."]])
    return Book("33_ba_loai_mot_tep", "2024-12-31", [roster, ratings, classes, guide])


HELD = (posts, qualifications, three_kinds_in_one_book)
