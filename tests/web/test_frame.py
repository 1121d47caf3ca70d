"""The frame: menu, where one is, help beside each page, search, light or dark, work to do, errors."""

import pytest
from django.test import Client

from canbo.access.models import User
from canbo.access.policy import ACTIONS, ROLES
from canbo.access.queries import Access
from canbo.kernel.actors import Actor, Scope
from canbo.web.desk import Desk
from canbo.web.frame.menu import MENU, menu_of
from canbo.web.frame.search import word_pattern
from canbo.web.frame.work import SOURCES
from canbo.web.help.pages import PAGES
from tests.web.routes import OPEN
from tests.web.test_permissions import client_of, text_of
from tests.web.world import AT, IDS, World


def answers_get(client: Client, url: str) -> bool:
    """Whether the address is a page one reads: it answers GET with HTML."""
    response = client.get(url)
    return response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")


@pytest.mark.once
def test_every_page_has_its_help(world: World) -> None:
    client = client_of(world, "can-bo-to-chuc")
    pages = {route.name for route in OPEN for url in route.urls(world, "i", "can-bo-to-chuc")[:1] if answers_get(client, url)}
    assert pages - set(PAGES) == set()


@pytest.mark.parametrize("name", PAGES)
def test_help_says_what_for_the_steps_and_mistakes(name: str) -> None:
    of = PAGES[name]
    assert of.title and of.purpose.endswith(".") and 1 <= len(of.steps) <= 5 and of.mistakes
    assert name in {route.name for route in OPEN}


def test_menu_names_routes_with_their_actions() -> None:
    actions = {route.name: route.actions for route in OPEN}
    entries = [entry for subject in MENU for entry in subject.entries]
    assert [entry.route for entry in entries if entry.route not in actions] == []
    assert [entry.route for entry in entries if not set(entry.actions) <= (actions[entry.route] or set())] == []


def desk_of_role(role: str) -> Desk:
    actor, scope = Actor(user=1, role=role, actions=ROLES[role].actions), Scope(units=None, groups=ROLES[role].groups, own_person=1)
    return Desk(Access(actor=actor, scope=scope), AT)


def test_menu_says_the_subject_and_the_page_one_is_in() -> None:
    menu = menu_of("/ho-so/trung/1-2/", desk_of_role("can-bo-to-chuc"))
    assert [(link.label, link.url) for link in menu.lines if link.current] == [("Hồ sơ", "/ho-so/")]
    assert menu.here and [(page.label, page.current) for page in menu.here.pages if page.current] == [("Hồ sơ trùng", "true")]
    assert menu_of("/van-ban/", desk_of_role("can-bo-to-chuc")).here is None  # one page: no second line
    assert not any(link.current for link in menu_of("/tro-giup/", desk_of_role("can-bo-to-chuc")).lines)


def test_reader_of_few_pages_has_them_all_in_one_line() -> None:
    menu = menu_of("/ke-khai/cua-toi/", desk_of_role("ca-nhan"))
    assert menu.here is None and ("Kê khai của tôi", "page") in [(link.label, link.current) for link in menu.lines]


def test_crumbs_lead_from_the_overview_to_the_page(world: World) -> None:
    text = text_of(client_of(world, "can-bo-to-chuc").get(f"/to-chuc/{world.units['in'].pk}/sua/"))
    crumbs = text[text.index('class="crumbs"') : text.index("</nav>", text.index('class="crumbs"'))]
    places = [crumbs.index(f'href="{url}"') for url in ("/", "/to-chuc/", f"/to-chuc/{world.units['in'].pk}/")]
    assert places == sorted(places) and "Sửa đơn vị" in crumbs


def test_help_link_opens_the_help_of_the_page(world: World) -> None:
    text = text_of(client_of(world, "thong-ke").get("/thong-ke/"))
    assert 'href="/tro-giup/trang/statistics/"' in text


# --- light or dark


@pytest.mark.parametrize(("chosen", "mark"), [("toi", 'data-bs-theme="dark"'), ("sang", 'data-bs-theme="light"'), ("may", "")])
def test_look_chosen_without_script_is_remembered(world: World, chosen: str, mark: str) -> None:
    client = client_of(world, "ca-nhan")
    response = client.post("/giao-dien/", {"giao-dien": chosen}, headers={"referer": "http://testserver/tro-giup/"})
    assert response.url == "http://testserver/tro-giup/"
    head = text_of(client.get("/tro-giup/"))[:200]
    assert (mark in head) if mark else ("data-bs-theme" not in head)


@pytest.mark.parametrize("referer", ["https://noi-khac.example/", "javascript:alert(1)", ""])
def test_after_choosing_nobody_is_sent_elsewhere(world: World, referer: str) -> None:
    response = client_of(world, "ca-nhan").post("/giao-dien/", {"giao-dien": "toi"}, headers={"referer": referer})
    assert response.url == "/"


# --- search


def test_search_finds_people_units_titles_and_help_without_accents(world: World) -> None:
    client = client_of(world, "can-bo-to-chuc")
    person = world.people["i"]
    assert f"/ho-so/{person.pk}/" in text_of(client.get("/tim/", {"tim": "thu van"}))
    assert f"/to-chuc/{world.units['in'].pk}/" in text_of(client.get("/tim/", {"tim": "van phong xa"}))
    assert "Chuyên viên thử" in text_of(client.get("/tim/", {"tim": "chuyen vien"}))
    assert "/tro-giup/trang/import/" in text_of(client.get("/tim/", {"tim": "nhap danh sach"}))


def test_search_finds_no_stranger_and_no_id_for_who_may_not(world: World) -> None:
    strangers = {world.people[whose].full_name for whose in ("o", "w")}
    for role in ROLES:
        client = client_of(world, role)
        for asked in ("thu van", IDS["o"], IDS["w"]):
            text = text_of(client.get("/tim/", {"tim": asked}))
            assert not [name for name in strangers if name in text], role
        found = world.people["i"].full_name in text_of(client.get("/tim/", {"tim": IDS["i"]}))
        assert found == ("dossier.read" in ROLES[role].actions and "identity" in ROLES[role].groups), role


@pytest.mark.parametrize(("typed", "said"), [("1", "gồm 12 chữ số"), ("x", "ít nhất 2 chữ"), ("zzz zzz", "Không tìm thấy gì")])
def test_search_says_what_to_do(world: World, typed: str, said: str) -> None:
    assert said in text_of(client_of(world, "can-bo-to-chuc").get("/tim/", {"tim": typed}))


@pytest.mark.parametrize(("text", "name", "found"), [
    ("nguyen van duc", "nguyen van duc", True), ("ng duc", "nguyen van duc", True), ("van nguyen", "nguyen van duc", False),
    ("uc", "nguyen van duc", False), ("v.n", "nguyen van duc", False),
])  # fmt: skip
def test_words_are_beginnings_in_their_order(text: str, name: str, found: bool) -> None:
    import re

    assert bool(re.search(word_pattern(text), name)) == found


# --- work to do


def test_every_source_of_work_is_asked_by_an_action_that_exists() -> None:
    assert len({source.name for source in SOURCES}) == len(SOURCES)
    assert [source.name for source in SOURCES if not set(source.actions) <= set(ACTIONS)] == []


def work_lines(client: Client) -> str:
    text = text_of(client.get("/"))
    return text[text.index("Việc cần làm") : text.index("</section>", text.index("Việc cần làm"))]


def test_every_link_of_the_work_queue_opens_for_its_role(world: World) -> None:
    for role in ROLES:
        client = client_of(world, role)
        lines = work_lines(client)
        for url in [part.split('"')[0] for part in lines.split('href="')[1:]]:
            assert client.get(url).status_code == 200, (role, url)


def test_accounts_with_a_first_password_wait_for_their_administrator(world: World) -> None:
    User.objects.filter(username="thu.ca-nhan").update(must_change_password=True)
    assert "Tài khoản chưa đổi mật khẩu được cấp" in work_lines(client_of(world, "quan-tri"))


def test_work_is_only_of_what_the_role_does(world: World) -> None:
    assert "Danh sách đọc thử, chưa ghi" in work_lines(client_of(world, "can-bo-to-chuc"))
    assert "Không có việc nào đang chờ" in work_lines(client_of(world, "thong-ke"))


# --- errors


@pytest.mark.parametrize("template", ["400", "403", "403_csrf", "404", "413", "429", "500"])
def test_error_pages_stand_in_the_frame_with_one_sentence(template: str) -> None:
    from django.template.loader import get_template

    text = get_template(f"{template}.html").render({})
    assert text.count('class="note-warn"') == 1 and '<header class="band">' in text and text.count("<h1>") == 1


def test_too_much_sent_is_413_and_says_so(world: World) -> None:
    client = client_of(world, "can-bo-to-chuc")
    response = client.post("/giao-dien/", {f"o{i}": "1" for i in range(10_001)})
    assert response.status_code == 413 and "lớn hơn mức nhận được" in text_of(response)


def test_address_that_does_not_exist_is_404_in_the_frame(world: World) -> None:
    response = client_of(world, "ca-nhan").get("/khong-co/")
    assert response.status_code == 404 and '<nav class="menu"' in text_of(response)
