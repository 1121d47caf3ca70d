"""Pairs that may be one person: proposed, compared, merged with a choice for each field, told apart, undone."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.dossier.changes import id_index
from canbo.dossier.models import CertifiedValue, Employment, Person, PersonMerge, Qualification, SeparatePair
from canbo.organization.models import Unit
from canbo.snapshot.holder import HOLDER
from tests.web.world import World


def signed_in(world: World, role: str = "can-bo-to-chuc") -> Client:
    client = Client()
    client.force_login(world.accounts[role])
    return client


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def an(unit: Unit, **values) -> Person:
    made = Person.objects.create(**({"full_name": "Nguyễn Văn An", "birth": "1968-05-12"} | values))
    Employment.objects.create(person=made, unit=unit, start="2010")
    HOLDER.forget()
    return made


@pytest.fixture
def pair(world: World) -> tuple[Person, Person]:
    home = world.units["in"]
    return an(home, residence="Số 1", strength="Dân vận"), an(home, full_name="Nguyễn văn An", residence="Số 2")


def test_pair_is_listed_with_its_reason(world: World, pair) -> None:
    page = text_of(signed_in(world).get("/ho-so/trung/"))
    assert "Chờ xem (1)" in page and "Cùng họ tên, cùng ngày sinh." in page
    assert f"/ho-so/trung/{pair[0].pk}-{pair[1].pk}/" in page


def test_same_personal_id_is_a_pair_whatever_the_names(world: World) -> None:
    for name in ("Trần Bình", "Trần Văn Bình"):
        an(world.units["in"], full_name=name, birth=None, personal_id_index=id_index("001199000777"))
    assert "Cùng số định danh cá nhân." in text_of(signed_in(world).get("/ho-so/trung/"))


def test_pair_with_a_half_outside_is_a_count_without_names(world: World, pair) -> None:
    Employment.objects.filter(person=pair[1]).update(unit=world.units["out"])
    HOLDER.forget()
    client = signed_in(world)
    page = text_of(client.get("/ho-so/trung/"))
    assert "Còn 1 cặp có một hồ sơ ngoài phạm vi" in page and "Nguyễn" not in page and "Chờ xem (0)" in page
    assert client.get(f"/ho-so/trung/{pair[0].pk}-{pair[1].pk}/").status_code == 404


def test_differences_are_marked_and_the_certified_value_is_proposed(world: World, pair) -> None:
    CertifiedValue.objects.create(person=pair[1], field="residence", value="Số 2", paper="CCCD")
    page = text_of(signed_in(world).get(f"/ho-so/trung/{pair[0].pk}-{pair[1].pk}/"))
    assert page.count('class="differs"') == 2  # the name's capital, the residence
    assert re.search(r'name="chon-residence" value="2" checked', page)
    assert 'name="chon-strength"' not in page  # only one of the two says anything: it is kept


def test_merged_by_choice_and_parted_again_exactly(world: World, pair) -> None:
    first, second = pair
    Qualification.objects.create(person=second, kind="llct", level="trung-cap")
    before = list(Person.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values())
    client, url = signed_in(world), f"/ho-so/trung/{first.pk}-{second.pk}/"
    asked = {"viec": "nhap", "giu": "1", "chon-residence": "2", "chon-full_name": "1", "ly-do": ""}
    refused = client.post(url, asked)
    assert refused.status_code == 400 and "căn cứ xác định là một người" in text_of(refused)
    assert client.post(url, asked | {"ly-do": "cùng quê, cùng hồ sơ giấy"}).status_code == 302
    kept = Person.objects.get(pk=first.pk)
    assert (kept.full_name, kept.residence, kept.strength) == ("Nguyễn Văn An", "Số 2", "Dân vận")
    assert Qualification.objects.get(kind="llct", level="trung-cap", person=first).person_id == first.pk
    page = text_of(client.get("/ho-so/trung/?tt=nhap"))
    assert "Đã nhập (1)" in page and "Chờ xem (0)" in page
    merge = PersonMerge.objects.get()
    assert client.post(f"/ho-so/trung/lan-nhap/{merge.pk}/", {"ly-do": "nhầm"}).status_code == 302
    assert list(Person.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values()) == before
    assert Qualification.objects.filter(person=second).count() == 1


def test_two_people_are_not_proposed_again_until_somebody_asks(world: World, pair) -> None:
    client, url = signed_in(world), f"/ho-so/trung/{pair[0].pk}-{pair[1].pk}/"
    assert client.post(url, {"viec": "hai-nguoi", "ly-do-khac": " "}).status_code == 400
    client.post(url, {"viec": "hai-nguoi", "ly-do-khac": "khác cha mẹ"})
    HOLDER.forget()
    page = text_of(client.get("/ho-so/trung/?tt=hai-nguoi"))
    assert "Chờ xem (0)" in page and "khác cha mẹ" in page
    client.post("/ho-so/trung/xet-lai/", {"cap": str(SeparatePair.objects.get().pk)})
    HOLDER.forget()
    assert "Chờ xem (1)" in text_of(client.get("/ho-so/trung/"))


def test_merging_needs_its_right(world: World, pair) -> None:
    for role in ("can-bo-don-vi", "lanh-dao", "quan-tri"):
        assert signed_in(world, role).get("/ho-so/trung/").status_code == 403


def test_queries_do_not_grow_with_pairs(world: World, pair) -> None:
    client = signed_in(world)

    def queries() -> int:
        client.get("/ho-so/trung/")
        with CaptureQueriesContext(connection) as found:
            client.get("/ho-so/trung/")
        return len(found)

    before = queries()
    for n in range(15):
        for _ in range(2):
            an(world.units["in"], full_name=f"Lê Chi {n}")
    assert queries() == before
