"""Còn thiếu, Ngành học, Đến ngày on the screen: numbers open their people, files hold what the page shows, scopes hold."""

import html
import io
import re
import zipfile

import pytest
from django.test import Client

from canbo.access.models import Grant, User
from canbo.audit.models import Read
from canbo.dossier.models import Attendance, DeclaredNone, Employment, Person, Qualification
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Unit

DAY = "1/6/2024"  # Nghị định 33/2023 is in force
ASKED = {"cd": "bi-thu-xa", "ngay": DAY, "quydinh": "trung-uong"}
NAMES = {"An": "Nguyễn Văn An", "Bình": "Trần Văn Bình", "Chi": "Lê Văn Chi", "Dũng": "Đỗ Văn Dũng"}
LINK = re.compile(r'<a href="(\?[^"]+)" aria-label="([^"]+)"')


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    """The province and commune the example law speaks of, a room of economy, and a commune beside."""
    top = Unit.objects.create(code="tinh-19", name="Tỉnh Thử", kind="tinh", level="tinh")
    here = Unit.objects.create(code="x1", name="Xã Một", kind="xa", level="xa", parent=top)
    room = Unit.objects.create(code="x1-kt", name="Phòng Kinh tế", kind="ubnd-kt", level="xa", parent=here)
    there = Unit.objects.create(code="x2", name="Xã Hai", kind="xa", level="xa", parent=top)
    return {"tinh": top, "here": here, "room": room, "there": there}


@pytest.fixture
def people(units: dict[str, Unit]) -> dict[str, Person]:
    """An meets the secretary's standard; Bình lacks the certificate, Chi's papers are not there; Dũng, beside, is too old."""
    rows = {
        "An": ("1980-05-10", "cao-cap", "kinh-te", "room"), "Bình": ("1980-05-10", "so-cap", "luat", "room"),
        "Chi": ("1967-08-10", "", "", "here"), "Dũng": ("1966-05-10", "cao-cap", "luat", "there"),
    }  # fmt: skip
    found = {}
    for name, (birth, theory, field, at) in rows.items():
        made = found[name] = Person.objects.create(full_name=NAMES[name], birth=birth, sex="nam", key=name * 8)
        Employment.objects.create(person=made, unit=units[at], start="2005")
        DeclaredNone.objects.create(person=made, kind="holding")
        Qualification.objects.create(person=made, kind="pho-thong", level="12-12", obtained="1998")
        Qualification.objects.create(person=made, kind="chuyen-mon", level="dai-hoc", field=field, obtained="2004")
        if theory:
            Qualification.objects.create(person=made, kind="llct", level=theory, obtained="2015")
    Attendance.objects.create(person=found["An"], training="Lớp thử", kind="khac", start="2023-05")
    Attendance.objects.create(person=found["Bình"], training="Lớp thử", kind="khac", start="2015-05")
    return found


def client_of(role: str, unit: Unit) -> Client:
    user = User.objects.create(username=f"{role}.{unit.code}", display_name="Cán bộ", password="!")
    Grant.objects.create(user=user, role=role, unit=unit, start=PartialDate(2020))
    found = Client()
    found.force_login(user)
    return found


@pytest.fixture
def officer(units: dict[str, Unit]) -> Client:
    return client_of("can-bo-to-chuc", units["here"])


def text_at(client: Client, page: str, query: dict[str, str] | str = "", *, status: int = 200) -> str:
    answer = client.get(f"/ra-soat/{page}/{query}") if isinstance(query, str) else client.get(f"/ra-soat/{page}/", query)
    assert answer.status_code == status, answer.content.decode()[:500]
    return html.unescape(answer.content.decode())


def seen(text: str) -> set[str]:
    return {short for short, name in NAMES.items() if name in text}


def file_text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    if answer.content[:2] != b"PK":
        return answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        text = "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def test_every_number_of_the_gaps_opens_exactly_its_people(officer: Client, people: dict[str, Person]) -> None:
    page = text_at(officer, "con-thieu", ASKED)
    links = {label: query for query, label in LINK.findall(page)}
    assert seen(page) == set() and len(links) == 4
    for label, query in links.items():
        count = int(label.rsplit(": ", 1)[1].split()[0])
        shown = seen(text_at(officer, "con-thieu", query))
        assert len(shown) == count and "Dũng" not in shown, label
    whole = "Toàn phạm vi, Bí thư Đảng ủy (cấp xã), Lý luận chính trị từ trung cấp trở lên"
    assert seen(text_at(officer, "con-thieu", links[f"{whole}: 1 lượt chưa đạt, xem từng người"])) == {"Bình"}
    papers = text_at(officer, "con-thieu", links[f"{whole}: 1 lượt thiếu hồ sơ, xem từng người"])
    assert seen(papers) == {"Chi"} and "Cần bổ sung giấy tờ về: Lý luận chính trị" in papers
    assert any(label.startswith("Phòng Kinh tế,") for label in links) and "<td>Nghị định 33/2023/NĐ-CP, " in page


def test_gaps_are_put_together_by_the_level_asked_for(officer: Client, people: dict[str, Person]) -> None:
    page = text_at(officer, "con-thieu", ASKED | {"cap": "xa"})
    assert 'colspan="6">Xã Một<' in page and 'colspan="6">Phòng' not in page
    assert 'colspan="6">Tỉnh Thử<' in text_at(officer, "con-thieu", ASKED | {"cap": "tinh"})


def test_files_hold_what_the_screen_shows(officer: Client, people: dict[str, Person]) -> None:
    page = text_at(officer, "con-thieu", ASKED)
    query = next(query for query, label in LINK.findall(page) if "1 lượt chưa đạt" in label and "Lý luận" in label)
    for kind in ("xlsx", "docx", "csv"):
        table = file_text(officer, f"/ra-soat/con-thieu/con-thieu.{kind}?cd=bi-thu-xa&ngay={DAY}&quydinh=trung-uong")
        assert "Lý luận chính trị từ trung cấp trở lên" in table and seen(table) == set()
        assert seen(file_text(officer, f"/ra-soat/con-thieu/con-thieu.{kind}{query}")) == {"Bình"}
        assert seen(file_text(officer, f"/ra-soat/nganh-hoc/nganh-hoc.{kind}?ngay=1/6/2026&la=no")) == {"Bình"}
        moved = f"/ra-soat/den-ngay/den-ngay.{kind}?cd=bi-thu-xa&ngay={DAY}&quydinh=trung-uong&den=1/6/2025"
        assert seen(file_text(officer, moved)) == {"Chi"}
    told = set(Read.objects.values_list("what", flat=True))
    assert {"export.gaps", "export.fit", "export.coming"} <= told


def test_the_field_studied_against_the_post(officer: Client, people: dict[str, Person]) -> None:
    page = text_at(officer, "nganh-hoc", {"ngay": "1/6/2026"})
    links = {label: query for query, label in LINK.findall(page)}
    found = {label: seen(text_at(officer, "nganh-hoc", query)) for label, query in links.items() if label.startswith("Toàn phạm vi")}
    assert found == {
        "Toàn phạm vi, Đúng ngành: 1 người, xem từng người": {"An"}, "Toàn phạm vi, Khác ngành: 1 người, xem từng người": {"Bình"},
        "Toàn phạm vi, Vị trí chưa ghi ngành: 1 người, xem từng người": {"Chi"},
    }  # fmt: skip
    wrong = text_at(officer, "nganh-hoc", links["Toàn phạm vi, Khác ngành: 1 người, xem từng người"])
    assert "Pháp luật" in wrong and "Phòng Kinh tế cấp xã: " in wrong and "Phụ lục vị trí việc làm (ví dụ)" in wrong
    assert "Chưa có quy định nào ghi ngành" in text_at(officer, "nganh-hoc", {"ngay": DAY})  # before the example is in force


def test_people_long_without_a_class(officer: Client, people: dict[str, Person]) -> None:
    for years, unlearned in (("2", {"Bình"}), ("20", set())):
        asked = {"hoi": "untrained", "nam": years, "ngay": DAY}
        assert seen(text_at(officer, "nganh-hoc", asked | {"la": "no"})) == unlearned
        assert seen(text_at(officer, "nganh-hoc", asked | {"la": "no-class"})) == {"Chi"}


def test_a_coming_day_names_those_who_are_only_too_old(officer: Client, people: dict[str, Person]) -> None:
    page = text_at(officer, "den-ngay", ASKED | {"den": "1/6/2025"})
    links = {label: query for query, label in LINK.findall(page)}
    assert list(links) == ["Quá tuổi: 1 lượt, xem từng người"]
    over = text_at(officer, "den-ngay", links["Quá tuổi: 1 lượt, xem từng người"])
    assert seen(over) == {"Chi"} and "Số tháng còn công tác đến tuổi nghỉ hưu: 62 → 50" in over
    later = text_at(officer, "den-ngay", ASKED | {"den": "1/8/2025", "nhom": "open"})
    assert seen(later) == {"An"} and "Quy định khác" in later
    assert "Hãy chọn một mốc" in text_at(officer, "den-ngay", ASKED)
    assert "01/07/2025 – Tháng tính tuổi của đại hội" in text_at(officer, "den-ngay", ASKED)


@pytest.mark.parametrize(
    ("page", "query", "says"),
    [
        ("con-thieu", {"cap": "thon"}, "Không có cấp này"),
        ("con-thieu", {"tc": "a:b:c"}, "Nội dung này không còn ai thiếu"),
        ("con-thieu", {"loc": "tuoi > 3"}, "tuoi"),
        ("den-ngay", {"den": "31/2/2027"}, "31/2/2027"),
        ("den-ngay", {"den": "1/1/2001"}, "Ngày sắp tới phải sau ngày xét"),
        ("den-ngay", {"den": "1/1/2030", "cd": "khong-co"}, "khong-co"),
        ("nganh-hoc", {"hoi": "untrained", "nam": "0"}, "Hãy ghi số năm từ 1 đến 50."),
        ("nganh-hoc", {"hoi": "untrained", "nam": "²"}, "Hãy ghi số năm từ 1 đến 50."),
        ("nganh-hoc", {"hoi": "gi-do"}, "hãy chọn trong danh sách"),
        ("nganh-hoc", {"dv": "987654"}, "Không tìm thấy đơn vị này"),
    ],
)
def test_what_cannot_be_read_is_said(officer: Client, people: dict[str, Person], page: str, query: dict[str, str], says: str) -> None:
    text = text_at(officer, page, query, status=400)
    assert says in text and seen(text) == set()
    assert officer.get(f"/ra-soat/{page}/{page}.csv", query).status_code == 400


def test_another_commune_and_a_hidden_group_see_nothing(units: dict[str, Unit], people: dict[str, Person]) -> None:
    beside = client_of("can-bo-to-chuc", units["there"])
    for page, query in (("con-thieu", ASKED), ("den-ngay", ASKED | {"den": "1/6/2025"}), ("nganh-hoc", {"ngay": DAY, "la": "no-post"})):
        assert seen(text_at(beside, page, query)) <= {"Dũng"}
    mine = text_at(client_of("can-bo-to-chuc", units["here"]), "con-thieu", ASKED)
    stolen = next(query for query, label in LINK.findall(mine) if "Phòng Kinh tế" in label)
    assert seen(text_at(beside, "con-thieu", stolen, status=400)) == set()
    office = client_of("van-phong-hdnd-ubnd", units["here"])  # does not read training
    assert "chưa được xem" in text_at(office, "nganh-hoc", {"hoi": "untrained"}, status=400)
    assert 'value="untrained"' not in text_at(office, "nganh-hoc")
    assert office.get("/ra-soat/con-thieu/con-thieu.xlsx", ASKED).status_code == 403  # may look, not take away
