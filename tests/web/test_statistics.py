"""Every number of the statistics page opens exactly the people it counts."""

import html
import io
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from canbo.access.models import Grant, User
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.measures import named_measures
from canbo.assess.tables import shipped_tables
from canbo.demo.load import load
from canbo.kernel.dates import PartialDate
from canbo.snapshot.queries import current
from canbo.web.desk import Desk
from canbo.web.figures.asked import offered_facts
from tests.standing import standing
from tests.web.world import AT

CELL = re.compile(r'<td class="num"><a href="(/thong-ke/nguoi/[^"]+)">([^<]+)</a>')
TOTAL = re.compile(r"– ([\d.]+) người")


def _demonstration() -> User:
    """The demonstration in small, and somebody who sees all of it."""
    load(actor=LOCAL_ACCESS.actor, at=AT, people=120, accounts=False)
    user = User.objects.create(username="an", display_name="An", password="!")
    Grant.objects.create(user=user, role="can-bo-to-chuc", unit=None, start=PartialDate(2020))
    return user


@pytest.fixture(scope="module")
def standing_user(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    yield from standing(django_db_blocker, _demonstration)


@pytest.fixture
def client(standing_user: User, db) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=standing_user.pk))
    return found


def cells(page: str) -> list[tuple[str, int]]:
    """(address, number) of every number with people behind it; a share stands after its fraction."""
    return [(html.unescape(url), int(re.split(r"[/ ]", text)[0].replace(".", ""))) for url, text in CELL.findall(page)]


def people_at(client: Client, url: str) -> int:
    page = client.get(url)
    assert page.status_code == 200, url
    return int(TOTAL.search(page.content.decode())[1].replace(".", ""))


@pytest.mark.parametrize("by", ["", "sex", "unit", "key_post", "degree", "political_theory", "unit_level"])
def test_number_and_the_people_behind_it_agree(client: Client, by: str) -> None:
    page = client.get("/thong-ke/", {"ct": ["nu", "duoi-40"], "theo": by, "ngay": "1/6/2026"}).content.decode()
    found = cells(page)
    assert found
    for url, number in found[:60]:
        assert people_at(client, url) == number, url


def test_parts_without_a_measure_open_their_people(client: Client) -> None:
    page = client.get("/thong-ke/", {"theo": "degree", "ngay": "1/6/2026"}).content.decode()
    assert "Tổng kiểm tra" in page
    for url, number in cells(page):
        assert people_at(client, url) == number, url


def test_compared_day_opens_the_people_of_that_day(client: Client) -> None:
    query = {"ct": "duoi-40", "ngay": "1/6/2026", "so": "1/6/2016"}
    page = client.get("/thong-ke/", query).content.decode()
    assert "điểm phần trăm" in page or "không đổi" in page
    for url, number in cells(page):
        assert people_at(client, url) == number, url


def test_unknown_is_counted_apart_and_opens(client: Client) -> None:
    page = client.get("/thong-ke/", {"bt": "age < 40", "ngay": "1/6/2026"}).content.decode()
    unknown = [(url, n) for url, n in cells(page) if "la=unknown" in url]
    assert unknown and all(people_at(client, url) == n for url, n in unknown)


def test_every_offered_fact_can_be_counted_by(client: Client, scope, actor) -> None:
    from canbo.access.queries import LOCAL_ACCESS

    desk = Desk(LOCAL_ACCESS, None)  # type: ignore[arg-type]
    for name, label in offered_facts(current(), desk, on=PartialDate(2026, 6, 1).lo):
        page = client.get("/thong-ke/", {"theo": name, "ct": "nu", "ngay": "1/6/2026"})
        assert page.status_code == 200 and label in html.unescape(page.content.decode()), name


def test_every_named_measure_counts(client: Client) -> None:
    page = client.get("/thong-ke/", {"ct": list(named_measures()), "ngay": "1/6/2026"}).content.decode()
    for measure in named_measures().values():
        assert f">{measure.label}</th>" in html.unescape(page)


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"ngay": "31/2/2025"}, "31/2/2025"),
        ({"ngay": "2025"}, "chưa đủ ngày, tháng, năm"),
        ({"so": "hôm qua"}, "hôm qua"),
        ({"tap": "ages < 40"}, "có phải “age”?"),
        ({"bt": "sex == 'nữ'"}, "sex"),
        ({"ct": "khong-co"}, "khong"),
        ({"theo": "khong_co"}, "khong_co"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(client: Client, query: dict[str, str], sentence: str) -> None:
    page = client.get("/thong-ke/", query)
    text = html.unescape(page.content.decode())
    assert page.status_code == 400 and sentence in text and 'class="field-error"' in text
    for name, typed in query.items():
        assert name in ("ct", "theo") or typed in text


def test_file_holds_the_table_of_the_page(client: Client) -> None:
    query = {"ct": ["nu"], "theo": "sex", "ngay": "1/6/2026"}
    page = html.unescape(client.get("/thong-ke/", query).content.decode())
    lines = client.get("/thong-ke/thong-ke.csv", query).content.decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[:3] == ["Chỉ tiêu", "Giới tính", "Số người"]
    rows = re.findall(r"<tr><td>(.*?)</td><th[^>]*>(.*?)</th><td class=\"num\">(?:<a[^>]*>)?([^<]*)", page)
    assert [tuple(line.split(",")[:3]) for line in lines[1:3]] == rows[:2]


# --- rows by columns, dates in a row, turns


@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        {"theo": "sex", "cot": "degree"}, {"theo": ["unit_level", "sex"], "cot": "staff_kind", "pt": "hang"},
        {"theo": "unit", "cot": "sex"}, {"theo": "unit@xa", "cot": "sex", "ct": "duoi-40"}, {"theo": ["sex", "degree"]},
        {"theo": "unit", "ct": ["nu", "duoi-40"], "kieu": "ngang"}, {"ct": "duoi-40", "moc": "2024-2025"}, {"hinh": "thap"},
        {"theo": "sex", "doi": "chu-chot", "tap": "age < 60"}, {"ct": "duoi-40", "theo": "staff_kind", "so": "1/6/2020"},
    ],
)  # fmt: skip
def test_every_number_of_a_table_opens_its_people(client: Client, query: dict) -> None:
    page = client.get("/thong-ke/", {"ngay": "1/6/2026", **query})
    found = cells(page.content.decode())
    assert page.status_code == 200 and found
    for url, number in found[:40]:
        assert people_at(client, url) == number, url


def test_turns_open_the_turns_and_say_the_people(client: Client) -> None:
    page = client.get("/thong-ke/", {"dt": "luot", "ct": ["dao-tao", "boi-duong"], "ngay": "1/6/2026"}).content.decode()
    assert "Số lượt" in page and "Số người" in page
    for url, number in cells(page):
        text = client.get(url).content.decode()
        assert int(re.search(r"– ([\d.]+) lượt", text)[1].replace(".", "")) == number


def test_table_over_religion_is_counted_but_names_nobody(client: Client) -> None:
    page = client.get("/thong-ke/", {"ct": "ton-giao", "ngay": "1/6/2026"}).content.decode()
    assert "Có tôn giáo" in html.unescape(page) and "ct=ton-giao&" not in html.unescape("".join(url for url, _ in cells(page)))
    refused = client.get("/thong-ke/nguoi/", {"ct": "ton-giao", "ngay": "1/6/2026"})
    assert refused.status_code == 400 and "biểu tổng hợp" in html.unescape(refused.content.decode())


@pytest.mark.once
@pytest.mark.parametrize("hinh", ["cot", "chong", "ty-le", "thap"])
def test_chart_stands_on_the_page_with_its_table_and_as_a_file(client: Client, hinh: str) -> None:
    query = {"theo": "sex", "cot": "unit_level", "hinh": hinh, "ngay": "1/6/2026"}
    page = client.get("/thong-ke/", query).content.decode()
    assert "<svg" in page and '<table class="grid stat">' in page and "<script>" not in page
    file = client.get("/thong-ke/thong-ke.svg", query)
    assert file["Content-Type"] == "image/svg+xml" and file.content.startswith(b"<svg")


@pytest.mark.once
def test_line_needs_several_days_and_says_so(client: Client) -> None:
    assert "cần nhiều mốc ngày" in html.unescape(client.get("/thong-ke/", {"ct": "nu", "hinh": "duong"}).content.decode())
    assert "<svg" in client.get("/thong-ke/", {"ct": "nu", "hinh": "duong", "moc": "2020-2025"}).content.decode()


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"moc": "2000-2025"}, "Nhiều nhất 12 mốc ngày"), ({"moc": "hôm nay"}, "hôm nay"), ({"den": "1/1/2020"}, "Kỳ cần ngày đầu"),
        ({"tu": "2/1/2020", "den": "1/1/2020"}, "đứng trước"), ({"doi": "x"}, "hãy chọn lại"),
        ({"cot": "unit", "theo": "sex"}, "theo dòng"),
        ({"hinh": "x"}, "hãy chọn lại"),
    ],
)  # fmt: skip
def test_what_the_desk_cannot_do_is_said(client: Client, query: dict[str, str], sentence: str) -> None:
    page = client.get("/thong-ke/", query)
    assert page.status_code == 400 and sentence in html.unescape(page.content.decode())


@pytest.mark.once
@pytest.mark.parametrize("query", [{"theo": "sex", "cot": "degree"}, {"ct": ["nu"], "theo": "unit"}, {"ct": "nu", "moc": "2024-2025"}])
def test_word_and_excel_hold_the_numbers_of_the_page(client: Client, query: dict) -> None:
    import docx
    import openpyxl

    query = {**query, "ngay": "1/6/2026", "ten": "Bảng thử"}
    numbers = [text for _, text in CELL.findall(client.get("/thong-ke/", query).content.decode())]
    paper = docx.Document(io.BytesIO(client.get("/thong-ke/thong-ke.docx", query).content))
    in_word = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/thong-ke/thong-ke.xlsx", query).content)).active
    in_excel = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert numbers and set(numbers) <= in_word and set(numbers) <= in_excel


# --- kept and ready tables


def test_kept_table_opens_as_it_was_and_asks_the_same_of_today(client: Client) -> None:
    client.post("/thong-ke/bang-luu/", {"name": "Nữ theo khối", "query": "ct=nu&theo=block&ngay=1/6/2020&la=xx&khac=1"})
    page = html.unescape(client.get("/thong-ke/bang-luu/").content.decode())
    links = [link for link in re.findall(r'href="/thong-ke/\?([^"]+)"', page) if "block" in link]
    assert len(links) == 2 and "ngay=1%2F6%2F2020" in links[0] and "ngay" not in links[1] and "khac" not in links[0]
    assert [client.get(f"/thong-ke/?{link}").status_code for link in links] == [200, 200]
    pk = re.search(r'name="bang" value="(\d+)"', page)[1]
    client.post("/thong-ke/bang-luu/", {"viec": "xoa", "bang": pk})
    assert "Nữ theo khối" not in html.unescape(client.get("/thong-ke/bang-luu/").content.decode())


@pytest.mark.once
def test_every_ready_table_fills_the_desk(client: Client) -> None:
    page = html.unescape(client.get("/thong-ke/").content.decode())
    links = re.findall(r'<li><a href="\?([^"]+)"', page)
    assert len(links) == len(shipped_tables())
    assert {client.get(f"/thong-ke/?{link}").status_code for link in links} == {200}


# --- the form and the check of figures


@pytest.mark.once
def test_every_number_of_the_form_opens_its_people(client: Client) -> None:
    page = client.get("/thong-ke/bieu/", {"ngay": "1/6/2026"}).content.decode()
    assert "mẫu 2012" in html.unescape(page) and "✓" not in page
    found = re.findall(r'<td class="num(?: wrong)?"><a href="(/thong-ke/nguoi/[^"]+)">([^<]+)</a>', page)
    assert found
    for url, text in found[:25]:
        assert people_at(client, html.unescape(url)) == int(text.replace(".", "")), url


@pytest.mark.once
def test_form_goes_out_as_workbook_and_paper(client: Client) -> None:
    for form in ("xlsx", "docx"):
        assert client.get(f"/thong-ke/bieu/bieu.{form}", {"ngay": "1/6/2026"}).content[:2] == b"PK"
    assert client.get("/thong-ke/bieu/", {"mau": "bm99"}).status_code == 400


def test_figures_typed_are_judged_and_set_beside_the_records(client: Client) -> None:
    asked = {"so": "2,37%\n73,7%\n1,95%\n81,82%", "doi": "cong-chuc", "ct": "nu", "ngay": "1/6/2026"}
    page = html.unescape(client.get("/thong-ke/kiem-tra-so-lieu/", asked).content.decode())
    assert "Không thể với N = 308" in page and "hồ sơ cho" in page
    wrong = client.get("/thong-ke/kiem-tra-so-lieu/", {"so": "nhiều"})
    assert wrong.status_code == 400 and "nhiều" in html.unescape(wrong.content.decode())


def test_table_of_figures_is_judged_and_goes_out_as_a_workbook(client: Client) -> None:
    text = "population,numerator,denominator,printed_value\nchủ chốt,30,196,\"15,3%\"\nchủ chốt,30,196,\"15,4%\"\n"
    page = html.unescape(client.post("/thong-ke/kiem-tra-so-lieu/", {"bang": text}).content.decode())
    assert "Đúng: 1; Không thể: 1" in page and "30/196 = 15,31%, không phải 15,4%." in page
    file = client.post("/thong-ke/kiem-tra-so-lieu/", {"bang": text, "viec": "xlsx"})
    assert file.content[:2] == b"PK"
    assert client.post("/thong-ke/kiem-tra-so-lieu/", {"bang": "a,b\n1,2"}).status_code == 400
