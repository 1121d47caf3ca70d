"""Every number of the statistics page opens exactly the people it counts."""

import html
import re

import pytest
from django.test import Client

from canbo.access.models import Grant, User
from canbo.assess.measures import named_measures
from canbo.demo.load import load
from canbo.kernel.actors import Actor
from canbo.kernel.dates import PartialDate
from canbo.snapshot.queries import current
from canbo.web.desk import Desk
from canbo.web.statistics import offered_facts

CELL = re.compile(r'<td class="num"><a href="(/thong-ke/nguoi/[^"]+)">([^<]+)</a>')
TOTAL = re.compile(r"– ([\d.]+) người")


@pytest.fixture
def client(db, actor: Actor, at) -> Client:
    """The demonstration in small, read by somebody who sees all of it."""
    load(actor=actor, at=at, people=120, accounts=False)
    user = User.objects.create(username="an", display_name="An", password="!")
    Grant.objects.create(user=user, role="can-bo-to-chuc", unit=None, start=PartialDate(2020))
    found = Client()
    found.force_login(user)
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
        assert f"<td>{measure.label}</td>" in html.unescape(page)


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
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td class=\"num\">(?:<a[^>]*>)?([^<]*)", page)
    assert [tuple(line.split(",")[:3]) for line in lines[1:3]] == rows[:2]
