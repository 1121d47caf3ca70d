"""Demonstration accounts: good for practice, refused as soon as a real list is in the folder."""

import html
from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from canbo.access.models import Grant, User
from canbo.access.queries import access_of
from canbo.cli.context import CommandError
from canbo.cli.main import _who
from canbo.demo.accounts import PASSWORD
from canbo.demo.local_load import is_loaded, load_locality
from canbo.demo.locality import locality
from canbo.demo.sample import NAME
from canbo.demo.standing import BANNER, PRACTICE, has_demonstration, has_real_list
from canbo.dossier.models import Employment, Person, Source
from canbo.kernel.actors import Actor
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Unit

pytestmark = pytest.mark.django_db
OFFICER = "tochuc.tanphong"


@pytest.fixture
def loaded(actor: Actor, at: datetime) -> None:
    cache.clear()
    load_locality(locality=locality("tan-phong"), actor=actor, at=at, seed=3)


def brought_in(*, name: str, person: Person) -> None:
    source = Source.objects.create(kind="list", name=name, on=date(2026, 6, 1))
    unit = Unit.objects.get(code="xa-cu-03387")
    Employment.objects.create(person=person, unit=unit, source=source, staff_kind="can-bo", start=PartialDate(2020))


def sign_in(username: str) -> str:
    client = Client()
    answer = client.post("/tai-khoan/login/", {"login": username, "password": PASSWORD}, follow=True)
    return html.unescape(answer.content.decode())


def test_locality_is_loaded_once(loaded: None, actor: Actor, at: datetime) -> None:
    assert is_loaded(locality("tan-phong")) and not is_loaded(locality("kim-dong"))
    assert load_locality(locality=locality("tan-phong"), actor=actor, at=at, seed=3) is None
    assert Person.objects.count() == 21 and has_demonstration()


def test_officer_acts_for_her_own_units_only(loaded: None) -> None:
    user = User.objects.get(username=OFFICER)
    access = access_of(user=user, on=date(2025, 8, 1))
    assert user.demonstration and access.actor.role == "can-bo-to-chuc"
    assert access.scope.units == {Unit.objects.get(code="xa-cu-03387").pk}


def test_demonstration_account_signs_in_and_every_page_says_so(loaded: None) -> None:
    assert "Tổng quan" in sign_in(OFFICER)
    assert BANNER in sign_in(OFFICER)
    assert BANNER in Client().get("/tai-khoan/login/").content.decode()


def test_no_banner_without_the_demonstration() -> None:
    assert BANNER not in Client().get("/tai-khoan/login/").content.decode()


def test_real_list_refuses_demonstration_accounts(loaded: None) -> None:
    brought_in(name="Danh sách cán bộ", person=Person.objects.create(full_name="An", key="a" * 32))
    page = sign_in(OFFICER)
    assert f"tài khoản trình diễn “{OFFICER}”" in page and "python3 run user create" in page
    assert "Tổng quan" not in page


def test_real_list_also_ends_what_is_open(loaded: None) -> None:
    client = Client()
    client.force_login(User.objects.get(username=OFFICER))
    assert client.get("/").status_code == 200
    brought_in(name="Danh sách cán bộ", person=Person.objects.create(full_name="An", key="a" * 32))
    answer = client.get("/ho-so/")
    assert (answer.status_code, "danh sách thật" in answer.content.decode()) == (403, True)


def test_real_list_refuses_them_on_the_command_line(loaded: None, at: datetime) -> None:
    assert _who(OFFICER, at)["actor"].role == "can-bo-to-chuc"
    brought_in(name="Danh sách cán bộ", person=Person.objects.create(full_name="An", key="a" * 32))
    with pytest.raises(CommandError, match="python3 run user create"):
        _who(OFFICER, at)


def test_real_account_goes_on(loaded: None, at: datetime) -> None:
    user = User.objects.create(username="binh", display_name="Bình", password="!")
    Grant.objects.create(user=user, role="can-bo-to-chuc", start=PartialDate(2020))
    brought_in(name="Danh sách cán bộ", person=Person.objects.create(full_name="An", key="a" * 32))
    assert _who("binh", at)["actor"].role == "can-bo-to-chuc"


def test_practice_is_no_real_list(loaded: None) -> None:
    somebody = Person.objects.create(full_name="Chi", key="c" * 32)
    for name in PRACTICE:
        brought_in(name=name, person=somebody)
    brought_in(name="Danh sách đã sửa", person=Person.objects.order_by("pk").first())  # type: ignore[arg-type]
    assert NAME.removesuffix(".xlsx") in PRACTICE
    assert not has_real_list()
