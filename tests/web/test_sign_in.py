"""Signing in, out, and acting under another grant."""

import html

import pytest
from django.core.cache import cache
from django.test import Client

from canbo.access.models import Grant, User
from canbo.kernel.dates import PartialDate
from tests.web.world import World

PASSWORD = "mat-khau-dai-12"


@pytest.fixture
def an(world: World) -> User:
    cache.clear()
    user = User.objects.create(username="an", display_name="An")
    user.set_password(PASSWORD)
    user.save()
    for role, unit in (("can-bo-don-vi", "grant"), ("lanh-dao", "out")):
        Grant.objects.create(user=user, role=role, unit=world.units[unit], start=PartialDate(2020))
    return user


def sign_in(client: Client, password: str, **more: str):
    return client.post("/tai-khoan/login/", {"login": "an", "password": password, **more})


def test_sign_in_leads_to_the_page_asked_for(an: User) -> None:
    client = Client()
    asked = client.get("/ho-so/?tim=an&ngay=1/6/2026")
    assert asked.status_code == 302
    page = client.get(asked.url).content.decode()
    assert 'value="/ho-so/?tim=an&amp;ngay=1/6/2026"' in page
    done = sign_in(client, PASSWORD, next="/ho-so/?tim=an&ngay=1/6/2026")
    assert (done.status_code, done.url) == (302, "/ho-so/?tim=an&ngay=1/6/2026")


def test_wrong_password_is_one_sentence_and_keeps_the_name(an: User) -> None:
    page = html.unescape(sign_in(Client(), "sai").content.decode())
    assert page.count("Tên đăng nhập hoặc mật khẩu không đúng; hãy kiểm tra rồi nhập lại.") == 1
    assert 'value="an"' in page


def test_many_wrong_passwords_lock_the_name_for_a_while(an: User) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, "sai")
    page = html.unescape(sign_in(client, PASSWORD).content.decode())
    assert "Đã nhập sai quá nhiều lần; hãy đợi năm phút rồi thử lại." in page
    assert client.get("/").status_code == 302


def test_account_no_longer_used_cannot_sign_in(an: User) -> None:
    User.objects.filter(pk=an.pk).update(is_active=False)
    client = Client()
    sign_in(client, PASSWORD)
    assert client.get("/").status_code == 302


def test_sign_in_never_leads_to_another_site(an: User) -> None:
    assert sign_in(Client(), PASSWORD, next="https://example.org/").url == "/"


def test_sign_out_needs_a_click_and_ends_the_session(an: User) -> None:
    client = Client()
    sign_in(client, PASSWORD)
    assert client.get("/tai-khoan/logout/").status_code == 200
    assert client.get("/").status_code == 200
    client.post("/tai-khoan/logout/")
    assert client.get("/").status_code == 302


def test_acting_under_another_grant_changes_what_is_seen(an: User, world: World) -> None:
    client = Client()
    sign_in(client, PASSWORD)
    inside, outside = (f"/ho-so/{world.people[whose].pk}/" for whose in "io")
    assert (client.get(inside).status_code, client.get(outside).status_code) == (200, 404)
    client.post("/tai-khoan/vai-tro/", {"grant": str(an.grants.get(role="lanh-dao").pk)})
    assert (client.get(inside).status_code, client.get(outside).status_code) == (404, 200)


def test_grant_of_somebody_else_is_refused(an: User, world: World) -> None:
    client = Client()
    sign_in(client, PASSWORD)
    others = Grant.objects.exclude(user=an).get(role="can-bo-to-chuc")
    page = client.post("/tai-khoan/vai-tro/", {"grant": str(others.pk)}, follow=True).content.decode()
    assert "không còn được giao" in html.unescape(page)
    assert client.session.get("grant") is None


def test_own_password_is_changed_with_the_old_one(an: User) -> None:
    client = Client()
    sign_in(client, PASSWORD)
    new = {"oldpassword": "sai", "password1": "mat-khau-moi-34", "password2": "mat-khau-moi-34"}
    page = client.post("/tai-khoan/password/change/", new)
    assert "Mật khẩu đang dùng không đúng" in html.unescape(page.content.decode())
    done = client.post("/tai-khoan/password/change/", new | {"oldpassword": PASSWORD}, follow=True)
    assert "Đã đổi mật khẩu." in html.unescape(done.content.decode())
    an.refresh_from_db()
    assert an.check_password("mat-khau-moi-34")


def test_pages_load_nothing_from_elsewhere_and_hold_no_script(an: User) -> None:
    client = Client()
    sign_in(client, PASSWORD)
    for url in ("/", "/ho-so/", "/thong-ke/", "/tai-khoan/password/change/"):
        response = client.get(url)
        text = response.content.decode()
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert " style=" not in text and " onclick=" not in text and "http://" not in text and "https://" not in text
