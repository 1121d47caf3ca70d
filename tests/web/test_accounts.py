"""Accounts are made, given roles and closed on the screen; a one-time password must be changed; the log shows no values."""

import html
import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client

from canbo.access.models import Grant, User
from canbo.access.policy import ROLES
from canbo.access.queries import LOCAL_ACCESS
from canbo.audit.models import Act
from canbo.audit.queries import last_seq
from canbo.dossier.changes import edit_person
from canbo.dossier.models import Person
from tests.web.world import AT, IDS, World


def signed_in(world: World, role: str = "quan-tri") -> Client:
    client = Client()
    client.force_login(world.accounts[role])
    return client


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def made(world: World, name: str = "an.moi") -> tuple[User, str]:
    page = text_of(signed_in(world).post("/quan-tri/tai-khoan/moi/", {"ten": name, "hien-thi": "An"}))
    return User.objects.get(username=name), re.search(r"<code>(.+)</code>", page)[1]


def test_one_time_password_opens_nothing_until_it_is_changed(world: World) -> None:
    cache.clear()
    user, password = made(world)
    Grant.objects.create(user=user, role="lanh-dao", unit=world.units["grant"], start="2020")
    client = Client()
    assert client.post("/tai-khoan/login/", {"login": "an.moi", "password": password}).status_code == 302
    assert client.get("/ho-so/").url == "/tai-khoan/password/change/"
    new = {"oldpassword": password, "password1": "mat-khau-moi-12", "password2": "mat-khau-moi-12"}
    assert client.post("/tai-khoan/password/change/", new).status_code == 302
    assert client.get("/ho-so/").status_code == 200
    assert not User.objects.get(pk=user.pk).must_change_password


def test_name_taken_is_refused_and_stays_typed(world: World) -> None:
    made(world)
    page = signed_in(world).post("/quan-tri/tai-khoan/moi/", {"ten": "AN.MOI", "hien-thi": "Bình"})
    assert page.status_code == 400 and "đã có người dùng" in text_of(page) and 'value="Bình"' in text_of(page)


def test_role_is_given_ended_and_both_stay_in_history(world: World) -> None:
    user, _ = made(world)
    client, url = signed_in(world), f"/quan-tri/tai-khoan/{user.pk}/"
    unit = world.units["grant"].pk
    assert client.post(url, {"viec": "giao", "vai-tro": "lanh-dao", "dv": str(unit), "tu": "1/1/2026"}).status_code == 302
    grant = Grant.objects.get(user=user)
    assert (grant.role, grant.unit_id, grant.start.iso) == ("lanh-dao", unit, "2026-01-01")
    assert "Lãnh đạo – Xã Trong" in text_of(client.get("/quan-tri/tai-khoan/?tim=an.moi"))
    assert client.post(url, {"viec": "thoi", "giao": str(grant.pk)}).status_code == 302
    assert Grant.objects.get(pk=grant.pk).end is not None
    reasons = Act.objects.filter(action="users.write").order_by("seq").values_list("reason", flat=True)
    assert list(reasons) == ["tạo tài khoản", "giao vai trò", "thôi giao vai trò"]


def test_administrator_gives_roles_in_her_units_only_and_never_to_herself(world: World) -> None:
    user, _ = made(world)
    client = signed_in(world)
    for dv in (str(world.units["out"].pk), ""):
        page = client.post(f"/quan-tri/tai-khoan/{user.pk}/", {"viec": "giao", "vai-tro": "can-bo-to-chuc", "dv": dv})
        assert page.status_code == 400
    own = world.accounts["quan-tri"]
    asked = {"viec": "giao", "vai-tro": "can-bo-to-chuc", "dv": str(world.units["grant"].pk)}
    page = client.post(f"/quan-tri/tai-khoan/{own.pk}/", asked)
    assert page.status_code == 400 and "chính mình" in text_of(page)
    assert not Grant.objects.filter(user=user).exists() and Grant.objects.filter(user=own).count() == 1


def test_account_is_tied_to_a_dossier_by_personal_id_or_name_and_birth(world: World) -> None:
    user, _ = made(world)
    client, url, person = signed_in(world), f"/quan-tri/tai-khoan/{user.pk}/", world.people["i"]
    client.post(url, {"viec": "gan", "ai": IDS["i"]})
    assert User.objects.get(pk=user.pk).person_key == person.key
    client.post(url, {"viec": "bo-gan"})
    Person.objects.filter(pk=person.pk).update(full_name="Trần Bình", birth="1980-05-12")
    client.post(url, {"viec": "gan", "ai": "tran binh", "sinh": "12/5/1980"})
    assert User.objects.get(pk=user.pk).person_key == person.key
    for wrong in ({"ai": IDS["o"]}, {"ai": "001199999999"}, {"ai": "Trần Bình", "sinh": "x"}):
        page = client.post(url, {"viec": "gan"} | wrong)
        assert page.status_code == 400 and person.key not in text_of(page)


def test_closed_account_cannot_sign_in_and_opens_again(world: World) -> None:
    cache.clear()
    user, password = made(world)
    client, url = signed_in(world), f"/quan-tri/tai-khoan/{user.pk}/"
    client.post(url, {"viec": "ngung"})
    visitor = Client()
    visitor.post("/tai-khoan/login/", {"login": "an.moi", "password": password})
    assert visitor.get("/").url.startswith("/tai-khoan/login/")
    client.post(url, {"viec": "mo"})
    assert User.objects.get(pk=user.pk).is_active


def test_every_role_is_told_in_words(world: World) -> None:
    page = text_of(signed_in(world).get("/quan-tri/vai-tro/"))
    assert all(role.label in page for role in ROLES.values())
    assert "không xem thông tin của người nào" in page


@pytest.mark.parametrize(("role", "told"), [("kiem-tra", True), ("quan-tri", False)])
def test_log_names_who_and_for_which_unit_but_no_value(world: World, role: str, told: bool) -> None:
    unit = world.units["in"].pk
    keeper = world.accounts["can-bo-to-chuc"].pk
    actor = replace(LOCAL_ACCESS.actor, user=keeper, role="can-bo-to-chuc", unit=unit)
    edit_person(
        person=world.people["i"].pk, values={"strength": "Giá trị kín"}, seen_seq=last_seq(), on=AT.date(), actor=actor,
        scope=LOCAL_ACCESS.scope, at=AT, reason="theo đơn của ông Bình",
    )  # fmt: skip
    page = text_of(signed_in(world, role).get("/quan-tri/nhat-ky/"))
    assert "Tài khoản can-bo-to-chuc" in page and "Cán bộ tổ chức" in page and "Văn phòng xã Trong" in page
    assert "Giá trị kín" not in page and ("ông Bình" in page) == told


def test_log_of_other_units_is_not_shown(world: World) -> None:
    assert "thế giới để thử" not in text_of(signed_in(world, "kiem-tra").get("/quan-tri/nhat-ky/"))


def test_log_is_filtered_and_a_wrong_filter_is_said(world: World) -> None:
    made(world)
    client = signed_in(world)
    assert "tạo tài khoản" in text_of(client.get("/quan-tri/nhat-ky/?ai=thu.quan-tri&viec=users.write"))
    assert "Không có gì trong nhật ký" in text_of(client.get("/quan-tri/nhat-ky/?ngay=1/1/2001"))
    page = client.get("/quan-tri/nhat-ky/?ai=khong-co")
    assert page.status_code == 400 and "Không có tài khoản này" in text_of(page)


def test_chain_is_checked_by_a_button(world: World) -> None:
    page = text_of(signed_in(world).post("/quan-tri/nhat-ky/kiem-tra/", follow=True))
    assert "Nhật ký toàn vẹn" in page or "Nhật ký có vấn đề" in page
