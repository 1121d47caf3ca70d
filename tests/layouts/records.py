"""Lists that are not rosters: ratings, attendances, plans, discipline, posts held, diplomas."""

from __future__ import annotations

from random import Random

from . import shows as s
from .book import Book, by_unit, signatures, total
from .names import COMMUNES, OFFICES, PARTY_BODIES
from .people import Person, crowd, random_day
from .plan import Column, Plan, Shown
from .shows import column

GRADES = ("hoan-thanh-xuat-sac", "hoan-thanh-tot", "hoan-thanh-tot", "hoan-thanh-tot", "hoan-thanh", "khong-hoan-thanh")
COURSES = (
    ("Bồi dưỡng kiến thức QPAN đối tượng 3", "Quốc phòng - An ninh"),
    ("Trung cấp lý luận chính trị", "Lý luận chính trị"),
    ("Bồi dưỡng ngạch chuyên viên chính", "Quản lý nhà nước"),
    ("Kỹ năng tiếp công dân", "Kỹ năng, nghiệp vụ"),
    ("Chuyển đổi số cấp xã", "Tin học"),
    ("Tiếng Mông cơ bản", "Tiếng dân tộc"),
)
TITLES = ("Bí thư Đảng ủy", "Phó Bí thư Đảng ủy", "Chủ tịch UBND", "Phó Chủ tịch HĐND", "Ủy viên BTV", "Trưởng phòng")
SEX_BIRTH = (("Năm sinh", "Nam"), ("Năm sinh", "Nữ"))


def start(show_unit: bool = False) -> list[Column]:
    """Ordinal, name, birth, and the unit where asked."""
    head = [
        column("STT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name")),
        column("Ngày sinh", "birth", s.day("birth", s.padded)),
    ]
    return [*head, column("Đơn vị công tác", "unit", s.text("unit"))] if show_unit else head


def rated(rng: Random, people: list[Person], years: tuple[str, ...]) -> list[Person]:
    """A rating for each year, now and then none (on leave, newly recruited)."""
    return [
        person.with_facts(rating={year: rng.choice(GRADES) if rng.random() > 0.06 else None for year in years})
        for person in people
    ]


def ratings_three_years(rng: Random) -> Book:
    """Three years side by side under one heading, written long and short."""
    years = ("2021", "2022", "2023")
    people = rated(rng, crowd(rng=rng, count=22, units=COMMUNES[:3]), years)
    columns = [
        *start(),
        column("Chức vụ", "position", s.text("position")),
        *[
            column(("Kết quả xếp loại chất lượng", f"Năm {year}"), "rating", s.rating_of(year, s.RATING))
            for year in years
        ],
        column("Ghi chú", "note", s.fixed()),
    ]
    plan = Plan(
        "Xep loai",
        "ratings",
        columns,
        by_unit(people),
        numbered="(1)",
        titles=[
            {0: "UBND HUYỆN KIM ĐỘNG"},
            {0: "TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CÁN BỘ, CÔNG CHỨC"},
            {0: "GIAI ĐOẠN 2021 - 2023"},
        ],
        tail=[total(at=1, c4="22 người"), *signatures(left=1, right=4)],
    )
    return Book("26_xep_loai_ba_nam", "2023-12-31", [plan])


def rating_marks_one_year(rng: Random) -> Book:
    """One year, a column of marks per level, the year in the title only."""
    people = rated(rng, crowd(rng=rng, count=17, units=OFFICES[:3]), ("2024",))
    levels = {
        "hoan-thanh-xuat-sac": "Hoàn thành\nxuất sắc\nnhiệm vụ",
        "hoan-thanh-tot": "Hoàn thành\ntốt\nnhiệm vụ",
        "hoan-thanh": "Hoàn thành\nnhiệm vụ",
        "khong-hoan-thanh": "Không\nhoàn thành\nnhiệm vụ",
    }
    columns = [
        *start(show_unit=True),
        *[
            column(("Mức xếp loại chất lượng", head), "rating", _rating_mark("2024", code))
            for code, head in levels.items()
        ],
    ]
    plan = Plan(
        "Phu luc 1",
        "ratings",
        columns,
        people,
        titles=[{0: "SỞ TƯ PHÁP"}, {0: "KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC NĂM 2024"}],
    )
    return Book("27_xep_loai_danh_dau", "2024-12-31", [plan])


def _rating_mark(year: str, code: str) -> s.Show:
    def show(person: Person) -> Shown:
        return Shown("x" if person["rating"][year] == code else None, {"rating": person["rating"]})

    return show


def training(rng: Random) -> Book:
    """One row per attendance, so people return; from and to as dates or months."""
    people = crowd(rng=rng, count=12, units=COMMUNES[:3])
    lines = [attendance(rng, rng.choice(people)) for _ in range(28)]
    columns = [
        *start(show_unit=True),
        column("Tên khóa đào tạo, bồi dưỡng", "training_name", s.text("training_name")),
        column("Nội dung bồi dưỡng", "training_kind", s.text("training_kind")),
        column(("Thời gian", "Từ ngày"), "training_from", s.day("training_from", s.padded, s.month_only, s.real)),
        column(("Thời gian", "Đến ngày"), "training_to", s.day("training_to", s.padded, s.month_only, s.real)),
        column("Hình thức đào tạo", "training_form", s.text("training_form")),
        column("Kết quả", "training_result", s.text("training_result")),
    ]
    plan = Plan(
        "ĐTBD 2024",
        "training",
        columns,
        lines,
        titles=[
            {0: "UBND HUYỆN MƯỜNG KHƯƠNG"},
            {0: "DANH SÁCH CÁN BỘ, CÔNG CHỨC THAM GIA ĐÀO TẠO, BỒI DƯỠNG NĂM 2024"},
        ],
    )
    return Book("28_dao_tao_boi_duong", "2024-12-31", [plan])


def attendance(rng: Random, person: Person) -> Person:
    name, kind = rng.choice(COURSES)
    start = random_day(rng, 2024, 2024)
    month = min(int(start[5:7]) + rng.randint(0, 2), 12)
    return person.with_facts(
        training_name=name,
        training_kind=kind,
        training_from=start,
        training_to=f"2024-{month:02d}-28",
        training_form=rng.choice(("Tập trung", "Vừa làm vừa học", "Trực tuyến")),
        training_result=rng.choice(("Giỏi", "Khá", "Đạt", None)),
    )


def planning(rng: Random) -> Book:
    """Plan 2025-2030: candidates grouped by unit, the title planned for and the term in the table."""
    people = [_planned(rng, person) for person in crowd(rng=rng, count=20, units=PARTY_BODIES[:3])]
    columns = [
        column("TT", None, s.ordinal()),
        column("Họ và tên", "full_name", s.text("full_name", s.capitals, str)),
        column(SEX_BIRTH[0], "birth", s.birth_if("nam", s.year_number)),
        column(SEX_BIRTH[1], "birth", s.birth_if("nu", s.year_number)),
        column("Dân tộc", "ethnicity", s.text("ethnicity")),
        column("Chức vụ hiện nay", "position", s.text("position")),
        column("Chức danh quy hoạch", "planned_for", s.text("planned_for")),
        column("Nhiệm kỳ", "term", s.text("term")),
        column("Trình độ chuyên môn", "degree", s.coded("degree", s.DEGREE_LONG)),
        column("Trình độ LLCT", "political_theory", s.coded("political_theory", s.THEORY)),
        column("Số QĐ phê duyệt", "decision_number", s.text("decision_number")),
        column("Ngày QĐ", "decision_date", s.day("decision_date", s.padded)),
    ]
    plan = Plan(
        "QH 2025-2030",
        "planning",
        columns,
        by_unit(people),
        numbered="1",
        titles=[
            {0: "HUYỆN ỦY BÌNH GIA", 7: "ĐẢNG CỘNG SẢN VIỆT NAM"},
            {0: "BAN TỔ CHỨC"},
            {0: "DANH SÁCH QUY HOẠCH CÁN BỘ LÃNH ĐẠO, QUẢN LÝ NHIỆM KỲ 2025 - 2030"},
            {},
        ],
    )
    return Book("29_quy_hoach", "2024-12-31", [plan])


def _planned(rng: Random, person: Person) -> Person:
    return person.with_facts(
        planned_for=rng.choice(TITLES),
        term="2025-2030",
        decision_date=random_day(rng, 2024, 2024),
        decision_number=f"{rng.randint(100, 999)}-QĐ/HU",
    )


def discipline(rng: Random) -> Book:
    """Form, date, end, decision; some columns late in the row; dates dotted; an unreadable one."""
    people = [_disciplined(rng, person) for person in crowd(rng=rng, count=12, units=COMMUNES[:4])]
    columns = [
        *start(show_unit=True),
        column("Chức vụ khi vi phạm", "position", s.text("position")),
        column("Hình thức kỷ luật", "discipline", s.text("discipline")),
        column("Số quyết định", "decision_number", s.text("decision_number")),
        column("Ngày thi hành kỷ luật", "discipline_on", s.day("discipline_on", s.dotted)),
        column("Ngày chấm dứt hiệu lực kỷ luật", "discipline_end", s.day("discipline_end", s.padded)),
        column(
            "Nội dung vi phạm", "extra:noi_dung_vi_pham", s.fixed("Chính sách dân số", "Quản lý đất đai", "Tài chính")
        ),
    ]
    plan = Plan(
        "Kỷ luật",
        "discipline",
        columns,
        people,
        overrides={(4, 7): Shown("29.02.2023", ask="impossible date")},
        titles=[
            {0: "ỦY BAN KIỂM TRA HUYỆN ỦY"},
            {0: "DANH SÁCH CÁN BỘ, ĐẢNG VIÊN BỊ KỶ LUẬT"},
            {0: "(từ 01/01/2020 đến 31/12/2024)"},
        ],
        tail=[total(at=1, text="Tổng số: 12 trường hợp")],
    )
    return Book("30_ky_luat", "2024-12-31", [plan])


def _disciplined(rng: Random, person: Person) -> Person:
    on = random_day(rng, 2020, 2023)
    return person.with_facts(
        discipline=rng.choice(("Khiển trách", "Cảnh cáo", "Cách chức")),
        discipline_on=on,
        discipline_end=f"{int(on[:4]) + 1}{on[4:]}",
        decision_number=f"{rng.randint(10, 99)}-QĐ/UBKT",
    )


RECORDS = (
    ratings_three_years,
    rating_marks_one_year,
    training,
    planning,
    discipline,
)
