"""One dossier: shown, corrected, and corrected by two people at once."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from canbo.audit.models import Act, Read
from canbo.audit.queries import last_seq
from canbo.dossier.models import Person
from tests.web.world import World

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def signed_in(world: World, role: str = "can-bo-to-chuc") -> Client:
    client = Client()
    client.force_login(world.accounts[role])
    return client


def form_of(text: str) -> dict[str, str]:
    """What a browser would send when nothing is touched."""
    hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(text)}
    shown = {name.removeprefix("initial-"): value for name, value in hidden.items() if name.startswith("initial-")}
    return {k: v for k, v in (hidden | shown).items() if k != "csrfmiddlewaretoken"} | {"reason": "", "document": ""}


@pytest.fixture
def url(world: World) -> str:
    """The edit page of the person inside, whose fields hold ordinary values."""
    person = world.people["i"]
    Person.objects.filter(pk=person.pk).update(
        birth="1980-05-12", died_on=None, ethnicity="kinh", academic_title="", party_joined="2005", party_official="2006"
    )
    return f"/ho-so/{person.pk}/sua/"


def opened(client: Client, url: str) -> dict[str, str]:
    page = client.get(url)
    assert page.status_code == 200
    return form_of(page.content.decode())


def test_opening_a_dossier_is_noted(world: World) -> None:
    person = world.people["i"]
    signed_in(world).get(f"/ho-so/{person.pk}/")
    read = Read.objects.latest("pk")
    assert (read.what, read.person, read.user) == ("dossier", person.pk, world.accounts["can-bo-to-chuc"].pk)


def test_nothing_touched_writes_nothing(world: World, url: str) -> None:
    client = signed_in(world)
    form, seq = opened(client, url), last_seq()
    page = client.post(url, form, follow=True)
    assert "Không có gì thay đổi" in html.unescape(page.content.decode())
    assert last_seq() == seq


@pytest.mark.parametrize(
    ("typed", "stored"), [("12/5/1968", "1968-05-12"), ("5/1968", "1968-05"), ("1968", "1968"), ("", None)]
)
def test_dates_as_precise_as_known(world: World, url: str, typed: str, stored: str | None) -> None:
    client = signed_in(world)
    client.post(url, opened(client, url) | {"birth": typed})
    birth = Person.objects.get(pk=world.people["i"].pk).birth
    assert (birth.iso if birth else None) == stored


def test_correction_names_reason_and_document_in_the_history(world: World, url: str) -> None:
    client = signed_in(world)
    client.post(url, opened(client, url) | {"birth": "1/2/1981", "reason": "theo giấy khai sinh", "document": "GKS 12"})
    page = html.unescape(client.get(url.replace("/sua/", "/lich-su/")).content.decode())
    assert "theo giấy khai sinh" in page and "GKS 12" in page
    assert "Ngày sinh: <del>12/05/1980</del> → <ins>01/02/1981</ins>" in page
    assert Act.objects.latest("seq").reason == "theo giấy khai sinh"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("birth", "31/2/1980", "31/2/1980"),
        ("birth", "12/5/68", "68"),
        ("full_name", "", "Hãy nhập họ và tên khai sinh."),
        ("personal_id_sealed", "12345", "Số định danh gồm 12 chữ số"),
        ("party_official", "2001", "trước"),
    ],
)
def test_wrong_value_is_said_and_everything_typed_kept(world: World, url: str, field: str, typed: str, sentence: str) -> None:
    client = signed_in(world)
    form, seq = opened(client, url), last_seq()
    page = client.post(url, form | {field: typed, "residence": "Số 1 phố Mới"})
    text = html.unescape(page.content.decode())
    assert page.status_code == 400 and sentence in text
    assert 'value="Số 1 phố Mới"' in text and (not typed or f'value="{typed}"' in text)
    assert last_seq() == seq


def test_two_editors_at_once_lose_nothing(world: World, url: str) -> None:
    first, second = signed_in(world), signed_in(world)
    mine, theirs = opened(first, url), opened(second, url)
    second.post(url, theirs | {"birth": "1/2/1981", "residence": "Phố Cũ"})
    page = first.post(url, mine | {"birth": "3/4/1982", "strength": "dân vận"})
    text = html.unescape(page.content.decode())
    assert page.status_code == 409
    assert "Tài khoản can-bo-to-chuc" in text and "<ins>01/02/1981</ins>" in text
    assert 'value="3/4/1982"' in text and 'value="dân vận"' in text and "Người khác vừa ghi: 01/02/1981" in text
    assert 'value="Phố Cũ"' in text  # what I did not touch is theirs now

    again = form_of(page.content.decode())
    assert first.post(url, again | {"birth": "3/4/1982", "strength": "dân vận"}).status_code == 302
    person = Person.objects.get(pk=world.people["i"].pk)
    assert (person.birth.iso, person.strength, person.residence) == ("1982-04-03", "dân vận", "Phố Cũ")


def test_form_without_the_act_seen_is_refused(world: World, url: str) -> None:
    client = signed_in(world)
    form: dict[str, Any] = opened(client, url)
    del form["seen"]
    assert client.post(url, form | {"full_name": "Khác"}).status_code == 400


def test_who_keeps_dossiers_does_not_write_her_own(world: World) -> None:
    page = signed_in(world).get(f"/ho-so/{world.people['w'].pk}/sua/")
    assert page.status_code == 403 and "do người khác giữ" in html.unescape(page.content.decode())


def test_only_keepers_and_inspectors_see_the_history(world: World) -> None:
    url = f"/ho-so/{world.people['i'].pk}/"
    for role, tells in (("can-bo-to-chuc", True), ("kiem-tra", True), ("lanh-dao", False)):
        assert ("Lịch sử thay đổi" in html.unescape(signed_in(world, role).get(url).content.decode())) == tells


def test_account_without_a_dossier_is_told(world: World) -> None:
    user = world.accounts["ca-nhan"]
    user.person_key = ""
    user.save()
    page = signed_in(world, "ca-nhan").get("/ho-so/cua-toi/")
    assert page.status_code == 404 and "chưa được gắn với hồ sơ nào" in html.unescape(page.content.decode())
