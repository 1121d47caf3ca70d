"""The trích ngang builder: heads, groups, totals, the same on the page, in Word and in Excel."""

import html
import io
import re

import docx
import openpyxl
import pytest
from django.test import Client

from canbo.access.models import SavedView
from canbo.audit.models import Read
from canbo.dossier.models import Person
from tests.web.test_lists import client_of, people  # noqa: F401

QUERY = {"tcot": "name,ngay-sinh,chuyen-mon-llct", "nhom": "sex", "td": "Danh sách thử", "cq": "Đảng ủy xã Thử", "ben": "dang"}


@pytest.fixture
def client(db) -> Client:
    return client_of("can-bo-to-chuc")


def test_preview_has_merged_heads_groups_and_totals(client: Client, people: dict[str, Person]) -> None:  # noqa: F811
    page = html.unescape(client.get("/ho-so/trich-ngang/", QUERY).content.decode())
    assert re.search(r'<th scope="colgroup" rowspan="1" colspan="2">Ngày, tháng, năm sinh</th>', page)
    assert re.findall(r'<tr class="group group-title"><th [^>]*>([^<]+)</th>', page) == ["I. Nam (3 người)", "II. Nữ (1 người)"]
    assert "Tổng cộng: 4 người" in page and "DANH SÁCH THỬ" in page and "ĐẢNG CỘNG SẢN VIỆT NAM" in page


def test_files_hold_the_rows_of_the_preview(client: Client, people: dict[str, Person]) -> None:  # noqa: F811
    page = html.unescape(client.get("/ho-so/trich-ngang/", QUERY).content.decode())
    body = page.partition("<tbody>")[2]
    shown = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)]
    word = docx.Document(io.BytesIO(client.get("/ho-so/trich-ngang/trich-ngang.docx", QUERY).content))
    [table] = [t for t in word.tables if t.cell(0, 0).text == "STT"]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row for row in rows if row[0].isdigit()] == shown and len(shown) == 4
    book = openpyxl.load_workbook(io.BytesIO(client.get("/ho-so/trich-ngang/trich-ngang.xlsx", QUERY).content))
    cells = [["" if c is None else str(c) for c in row[:6]] for row in book.active.iter_rows(values_only=True)]
    assert [row for row in cells if row[0].isdigit()] == shown
    assert [round(side.mm) for side in (word.sections[0].page_width, word.sections[0].page_height)] == [297, 210]
    assert Read.objects.filter(what="export.roll", count=4).count() == 2


def test_birth_stands_under_the_sex_it_belongs_to(client: Client, people: dict[str, Person]) -> None:  # noqa: F811
    page = html.unescape(client.get("/ho-so/trich-ngang/", QUERY).content.decode())
    cell = '<td class="center">([^<]*)</td>'
    rows = re.findall(rf'<td class="center">\d+</td><td class="left">([^<]+)</td>{cell}{cell}', page)
    assert rows == [
        ("Nguyễn Văn An", "1980", ""), ("Lê Văn Chi", "1982", ""), ("Đỗ Văn Dũng", "1983", ""), ("Trần Thị Bình", "", "1981"),
    ]  # fmt: skip


def test_ready_made_list_brings_its_columns_and_condition(client: Client, people: dict[str, Person]) -> None:  # noqa: F811
    page = client.get("/ho-so/trich-ngang/", {"mau": "nu"}, follow=True)
    text = html.unescape(page.content.decode())
    assert "Giới tính là Nữ" in text and "Trần Thị Bình" in text and "Lê Văn Chi" not in text


def test_columns_are_moved_dropped_and_added(client: Client, people: dict[str, Person]) -> None:  # noqa: F811
    start = {"tcot": "name,birth,sex"}
    assert "tcot=name%2Csex%2Cbirth" in client.get("/ho-so/trich-ngang/", {**start, "viec": "xuong:birth"}).url
    assert client.get("/ho-so/trich-ngang/", {**start, "viec": "bo:birth"}).url.endswith("tcot=name%2Csex")
    assert client.get("/ho-so/trich-ngang/", {**start, "them": "dang"}).url.endswith("tcot=name%2Cbirth%2Csex%2Cdang")


def test_column_over_a_hidden_group_is_left_out(people: dict[str, Person]) -> None:  # noqa: F811
    client = client_of("lanh-dao", "binh")
    page = html.unescape(client.get("/ho-so/trich-ngang/", {"tcot": "name,luong,religion,birth"}).content.decode())
    assert "Không hiện “Ngạch, lương: Ngạch | Bậc | Hệ số”, “Tôn giáo”" in page
    assert "Hệ số</th>" not in page and "Tôn giáo</th>" not in page


def test_kept_sheet_opens_again(client: Client, people: dict[str, Person]) -> None:  # noqa: F811
    client.post("/ho-so/trich-ngang/mau/", {"viec": "luu", "ten": "Mẫu của tôi", "tro-ve": "tcot=name%2Cbirth&nhom=sex&loc=age+%3C+99"})
    made = SavedView.objects.get(kind="trich-ngang")
    opened = client.get("/ho-so/trich-ngang/", {"mau": str(made.pk)})
    address, _, asked = opened.url.partition("?")
    assert address == "/ho-so/trich-ngang/"
    assert sorted(asked.split("&")) == ["loc=age+%3C+99", "nhom=sex", "tcot=name%2Cbirth"]


def test_preview_cut_short_counts_everybody(client: Client, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("canbo.web.lists.rolls.MOST_SHOWN", 2)
    page = html.unescape(client.get("/ho-so/trich-ngang/", QUERY).content.decode())
    assert re.findall(r'<tr class="group group-title"><th [^>]*>([^<]+)</th>', page) == ["I. Nam (3 người)"]
    assert "Tổng cộng: 4 người" in page and len(re.findall(r'<td class="center">\d+</td><td class="left">', page)) == 2
    assert "chỉ hiện phần đầu của 4 người" in page
