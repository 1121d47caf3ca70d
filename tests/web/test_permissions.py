"""Every route × every role × where the person stands. Grows by itself with new routes, roles, facts and fields."""

import io
import re
import zipfile
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from canbo.access.policy import ROLES
from canbo.assess.measures import named_measures
from canbo.engine.language import names, parse
from canbo.facts.catalogue import FACTS, readable
from canbo.snapshot.queries import current, vocabulary
from tests.web.routes import OPEN, PUBLIC, ROUTES, Route
from tests.web.world import IDS, World, found_in

WHOSE = ("i", "o", "w")
PEOPLE_PAGES = ("people", "people-file")
FIGURES = ("statistics", "statistics-file", "statistics-people", "statistics-people-file")


def client_of(world: World, role: str, *, csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=csrf)
    if role != "anonymous":
        client.force_login(world.accounts[role])
    return client


def text_of(response: HttpResponse) -> str:
    """Everything the reader gets, the parts of a workbook unzipped."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return body.decode("utf-8", "replace")


def may(route: Route, role: str) -> bool:
    return role in ROLES and bool(ROLES[role].actions & (route.actions or frozenset()))


def sees(role: str, whose: str) -> bool:
    """Whether a role granted in the inner commune sees this person's dossier."""
    actions = ROLES[role].actions
    return (whose == "i" and "dossier.read" in actions) or (whose == "w" and "dossier.read_own" in actions)


def named(route: Route) -> str:
    return route.name


# --- who may open what


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_route_declares_its_actions(route: Route) -> None:
    known = {action for role in ROLES.values() for action in role.actions}
    assert route.closed or route.name in PUBLIC or (route.actions and route.actions <= known)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.closed], ids=named)
def test_page_not_offered_is_closed_for_everybody(world: World, route: Route) -> None:
    for role in ["anonymous", "none", *ROLES]:
        for url in route.urls(world, "i"):
            assert client_of(world, role).get(url).status_code == 404


@pytest.mark.parametrize("route", OPEN, ids=named)
def test_visitor_is_sent_to_sign_in(world: World, route: Route) -> None:
    for whose in WHOSE:
        for url in route.urls(world, whose):
            response = Client().get(url)
            assert response.status_code in (302, 405)
            assert response.status_code == 405 or response.url.startswith("/tai-khoan/login/")
            assert not found_in(text_of(response))


@pytest.mark.parametrize("route", OPEN, ids=named)
def test_account_without_grants_sees_nothing(world: World, route: Route) -> None:
    for whose in WHOSE:
        for url in route.urls(world, whose):
            response = client_of(world, "none").get(url)
            assert response.status_code in (403, 405)
            assert not found_in(text_of(response))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", OPEN, ids=named)
def test_allowed_exactly_when_the_role_has_an_action_of_the_view(world: World, route: Route, role: str) -> None:
    for whose in WHOSE:
        for url in route.urls(world, whose):
            response = client_of(world, role).get(url)
            assert (response.status_code == 403) == (not may(route, role)) or response.status_code == 405, url
            if route.personal and may(route, role):
                assert response.status_code == (200 if sees(role, whose) else 404), (url, whose)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", [r for r in OPEN if r.parameters and r.parameters != ("kind",)], ids=named)
def test_outside_the_scope_reads_like_what_does_not_exist(world: World, route: Route, role: str) -> None:
    if not may(route, role):
        return
    client = client_of(world, role)
    missing = client.get(route.missing_url(world))
    assert missing.status_code in (404, 405)
    for whose in WHOSE:
        for url in route.urls(world, whose):
            if not sees(role, whose) and missing.status_code == 404:
                assert _words(client.get(url)) == _words(missing)


def _words(response: HttpResponse) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text_of(response))


# --- what may be read there


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", OPEN, ids=named)
def test_no_value_of_a_hidden_group_or_of_a_stranger(world: World, route: Route, role: str) -> None:
    client, groups = client_of(world, role), ROLES[role].groups
    for whose in WHOSE:
        for url in route.urls(world, whose):
            for query in queries_of(route, role):
                found = found_in(text_of(client.get(f"{url}?{query}")))
                assert {group for _, group in found} <= groups, (url, query)
                assert "o" not in {who for who, _ in found}, (url, query)
                if not (sees(role, "w") and (route.name == "own" or whose == "w")):
                    assert "w" not in {who for who, _ in found}, (url, query)


def queries_of(route: Route, role: str) -> list[str]:
    """Questions put to a page: plain, searched, filtered, counted and broken down by every fact the role sees."""
    asked: list[dict[str, object]] = [{}]
    seen = [name for name, fact in readable(FACTS, "person").items() if fact.group in ROLES[role].groups]
    if route.name in PEOPLE_PAGES:
        asked += [{"tim": "thu van"}, {"loc": "sex == 'nu'"}, {"tim": IDS["o"]}, {"tim": IDS["i"]}]
    if route.name in FIGURES:
        asked += [{"theo": name, "nhom": f"{name}:"} for name in seen]
        asked += [{"tap": f"known({name})", "la": "no"} for name in seen]
    return [urlencode(each) for each in asked]


def test_markers_are_where_the_role_may_see_them(world: World) -> None:
    """The search above would find nothing to refuse if no page showed a marker: the keeper of dossiers sees all groups."""
    client = client_of(world, "can-bo-to-chuc")
    text = text_of(client.get(f"/ho-so/{world.people['i'].pk}/"))
    assert {group for who, group in found_in(text) if who == "i"} == ROLES["can-bo-to-chuc"].groups - {"planning"} | {"planning"}
    assert ("i", "basic") in found_in(text_of(client.get("/ho-so/danh-sach.xlsx")))


# --- counting leaks


@pytest.mark.parametrize("role", ROLES)
def test_no_filter_no_count_over_a_hidden_group(world: World, role: str) -> None:
    client, words = client_of(world, role), vocabulary(snapshot=current(), subject="person")
    hidden = [name for name, of in words.items() if of.group not in ROLES[role].groups]
    for name in hidden:
        condition = f"known({name})"
        for page, field in (("/ho-so/", "loc"), ("/thong-ke/", "tap"), ("/thong-ke/", "bt"), ("/thong-ke/", "ct")):
            assert client.get(page, {field: condition}).status_code in (400, 403), (page, name)
        for page, query in (
            ("/thong-ke/", {"theo": name}), ("/thong-ke/nguoi/", {"nhom": f"{name}:"}), ("/thong-ke/nguoi/", {"tap": condition}),
            ("/thong-ke/thong-ke.csv", {"theo": name}), ("/ho-so/danh-sach.csv", {"loc": condition}),
        ):  # fmt: skip
            assert client.get(page, query).status_code in (400, 403), (page, name)


@pytest.mark.parametrize("role", ROLES)
def test_named_measure_over_a_hidden_group_is_refused(world: World, role: str) -> None:
    words = vocabulary(snapshot=current(), subject="person")
    for measure in named_measures().values():
        groups = {words[name].group for name in names(parse(measure.that, vocabulary=words))}
        response = client_of(world, role).get("/thong-ke/", {"ct": measure.name})
        allowed = "statistics.read" in ROLES[role].actions
        assert response.status_code == (403 if not allowed else 200 if groups <= ROLES[role].groups else 400)


@pytest.mark.parametrize("role", ROLES)
def test_searching_by_personal_id_needs_the_identity_group(world: World, role: str) -> None:
    if "dossier.read" not in ROLES[role].actions:
        return
    response = client_of(world, role).get("/ho-so/", {"tim": IDS["i"]})
    assert response.status_code == (200 if "identity" in ROLES[role].groups else 400)
    assert (("i", "basic") in found_in(text_of(response))) == ("identity" in ROLES[role].groups)


# --- writing


@pytest.mark.parametrize("route", OPEN, ids=named)
def test_no_post_without_the_token_of_the_form(world: World, route: Route) -> None:
    for role in ["anonymous", *ROLES]:
        for url in route.urls(world, "i"):
            assert client_of(world, role, csrf=True).post(url, {}).status_code == 403


@pytest.mark.parametrize("role", ["anonymous", "none", *ROLES])
@pytest.mark.parametrize("route", OPEN, ids=named)
def test_no_post_without_the_action(world: World, route: Route, role: str) -> None:
    if may(route, role):
        return
    for whose in WHOSE:
        for url in route.urls(world, whose):
            response = client_of(world, role).post(url, {})
            assert response.status_code in (403, 405) or (role == "anonymous" and response.status_code == 302)
            assert not found_in(text_of(response))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", [r for r in OPEN if r.personal], ids=named)
def test_no_post_to_a_stranger(world: World, route: Route, role: str) -> None:
    if not may(route, role):
        return
    for url in route.urls(world, "o"):
        assert client_of(world, role).post(url, {"full_name": "Đổi"}).status_code in (404, 405)
