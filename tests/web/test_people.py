"""The list: search without accents, filter, order, pages, the same in the file, and what it costs."""

import csv
import html
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.access.models import Grant, User
from canbo.access.policy import ROLES, Role
from canbo.audit.changes import act
from canbo.audit.models import Read
from canbo.dossier.models import Employment, Holding, Person
from canbo.kernel.actors import Actor
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Title, Unit

NAMES = ("Nguyễn Văn Đức", "Trần Thị Ánh", "Lê Văn An", "Phạm Đức Bình", "Nguyễn Thị Vân", "Đỗ Văn Dũng")
ROW = re.compile(r'<td class="name"><a href="/ho-so/\d+/">([^<]+)</a>')
MOST_QUERIES = 10


@pytest.fixture
def client(db) -> Client:
    user = User.objects.create(username="an", display_name="An", password="!")
    Grant.objects.create(user=user, role="can-bo-to-chuc", unit=None, start=PartialDate(2020))
    found = Client()
    found.force_login(user)
    return found


@pytest.fixture
def office(db, actor: Actor, at) -> Unit:
    """One office; the secretary stands first in protocol order, everybody else by given name."""
    unit = Unit.objects.create(code="vp", name="Văn phòng Đảng ủy", start=PartialDate(2000))
    first = Title.objects.create(code="bi-thu-thu", name="Bí thư", protocol_order=1)
    with act(actor=actor, action="dossier.write", at=at) as log:
        log.inserted(unit)
        log.inserted(first)
        for name in NAMES:
            person = serve(name, unit, log)
            if name == "Nguyễn Thị Vân":
                post = Holding.objects.create(person=person, unit=unit, title=first, kind="main", start=PartialDate(2020))
                log.inserted(post, person=person.pk)
    return unit


def serve(name: str, unit: Unit, log) -> Person:
    sex = "nu" if " Thị " in name else "nam"
    person = Person.objects.create(full_name=name, sex=sex, birth=PartialDate(1985))
    log.inserted(person, person=person.pk)
    log.inserted(Employment.objects.create(person=person, unit=unit, start=PartialDate(2010)), person=person.pk)
    return person


def heads_of(page: str) -> list[str]:
    """The heads of the table as they are read, the column of check boxes left out."""
    cells = re.findall(r'<th scope="col"(?! class="pick)[^>]*>(.*?)</th>', page)
    return [re.sub(r"<span.*</span>|<[^>]+>", "", cell) for cell in cells]


def names_at(client: Client, **query: str) -> list[str]:
    page = client.get("/ho-so/", query)
    assert page.status_code == 200
    return [html.unescape(name) for name in ROW.findall(page.content.decode())]


def test_protocol_order_then_given_names(client: Client, office: Unit) -> None:
    assert names_at(client) == [
        "Nguyễn Thị Vân", "Lê Văn An", "Trần Thị Ánh", "Phạm Đức Bình", "Đỗ Văn Dũng", "Nguyễn Văn Đức",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen van duc", ["Nguyễn Văn Đức"]),
        ("NGUYỄN", ["Nguyễn Thị Vân", "Nguyễn Văn Đức"]),
        ("nguyen duc", ["Nguyễn Văn Đức"]),
        ("duc", ["Phạm Đức Bình", "Nguyễn Văn Đức"]),
        ("dung", ["Đỗ Văn Dũng"]),
        ("do van", ["Đỗ Văn Dũng"]),
        ("duc nguyen", []),
        ("a.*", []),
    ],
)
def test_search_without_accents(client: Client, office: Unit, typed: str, found: list[str]) -> None:
    assert names_at(client, tim=typed) == found


def test_filter_is_said_in_vietnamese(client: Client, office: Unit) -> None:
    page = html.unescape(client.get("/ho-so/", {"loc": "sex == 'nu'"}).content.decode())
    assert "2 người" in page and "Giới tính là Nữ" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"loc": "sexx == 'nu'"}, "có phải “sex”?"),
        ({"loc": "sex == "}, "cần một tên dữ kiện hoặc giá trị"),
        ({"ngay": "31/2/2026"}, "31/2/2026"),
        ({"dv": "987654"}, "Không tìm thấy đơn vị này"),
        ({"tim": "12345"}, "Số định danh gồm 12 chữ số; bạn đã nhập 5."),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(client: Client, office: Unit, query, sentence: str) -> None:
    page = client.get("/ho-so/", {"tim": "duc", **query})
    text = html.unescape(page.content.decode())
    assert page.status_code == 400 and sentence in text and not ROW.findall(text)
    assert ('value="duc"' in text) == ("tim" not in query) and all(typed in text for name, typed in query.items() if name != "dv")


def test_day_before_anybody_served(client: Client, office: Unit) -> None:
    page = html.unescape(client.get("/ho-so/", {"ngay": "1/1/2001"}).content.decode())
    assert "Không có ai phù hợp" in page and "01/01/2001" in page


def test_unit_filter_takes_in_the_units_below(client: Client, office: Unit, actor: Actor, at) -> None:
    with act(actor=actor, action="dossier.write", at=at) as log:
        other = Unit.objects.create(code="khac", name="Đơn vị khác", start=PartialDate(2000))
        below = Unit.objects.create(code="duoi", name="Tổ dưới", parent=other, start=PartialDate(2000))
        log.inserted(other)
        log.inserted(below)
        serve("Vũ Văn Giang", below, log)
    assert names_at(client, dv=str(other.pk)) == ["Vũ Văn Giang"]
    assert len(names_at(client, dv=str(office.pk))) == len(NAMES)


def test_file_has_the_rows_and_columns_of_the_screen(client: Client, office: Unit) -> None:
    query = {"loc": "sex == 'nu'", "tim": "thi"}
    text = client.get("/ho-so/danh-sach.csv", query).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    page = html.unescape(client.get("/ho-so/", query).content.decode())
    assert rows[0] == heads_of(page)
    assert [row[1] for row in rows[1:]] == names_at(client, **query) == ["Nguyễn Thị Vân", "Trần Thị Ánh"]
    read = Read.objects.latest("pk")
    assert (read.what, read.count) == ("export.people", 2)
    assert client.get("/ho-so/danh-sach.csv", {"loc": "sexx"}).status_code == 400


def test_pages_of_fifty(client: Client, office: Unit, actor: Actor, at) -> None:
    with act(actor=actor, action="dossier.write", at=at) as log:
        for number in range(60):
            serve(f"Hoàng Văn Hải {number:02}", office, log)
    assert [len(names_at(client, trang=page)) for page in ("1", "2", "99", "x")] == [50, 16, 16, 50]


def test_as_many_queries_for_thirty_people_as_for_one(client: Client, office: Unit, actor: Actor, at) -> None:
    """Measured with everything warm but the list itself, so that no row asks for anything of its own."""
    counts = []
    for added, shown in ((1, 1), (29, 30)):
        with act(actor=actor, action="dossier.write", at=at) as log:
            for number in range(added):
                serve(f"Bùi Văn Hai{number:02}", office, log)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert len(names_at(client, tim="bui van hai")) == shown
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_changed_dossier_shows_on_the_next_request(client: Client, office: Unit) -> None:
    person = Person.objects.get(full_name="Lê Văn An")
    page = client.get(f"/ho-so/{person.pk}/sua/").content.decode()
    hidden = dict(re.findall(r'name="((?:initial-|seen)[^"]*)" value="([^"]*)"', page))
    hidden |= {name.removeprefix("initial-"): html.unescape(value) for name, value in hidden.items()}
    hidden = {name: html.unescape(value) for name, value in hidden.items()}
    client.post(f"/ho-so/{person.pk}/sua/", hidden | {"full_name": "Lê Văn Ân"})
    assert "Lê Văn Ân" in names_at(client) and "Lê Văn An" not in names_at(client)


def test_column_of_a_hidden_group_is_absent(office: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROLES, "chi-co-ban", Role("Chỉ thông tin cơ bản", frozenset({"dossier.read"}), frozenset({"basic"})))
    user = User.objects.create(username="binh", display_name="Bình", password="!")
    Grant.objects.create(user=user, role="chi-co-ban", unit=None, start=PartialDate(2020))
    client = Client()
    client.force_login(user)
    page = html.unescape(client.get("/ho-so/").content.decode())
    assert heads_of(page) == ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị"]
    assert names_at(client)[0] == "Lê Văn An"  # without titles, whose order would tell who holds one
    assert "Xuất Excel" not in page
