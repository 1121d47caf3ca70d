"""Every route × every role × where the person stands. Grows by itself with new routes, roles, facts and fields."""

import io
import re
import zipfile
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from canbo.access.policy import GROUPS, ROLES
from canbo.assess.measures import named_measures
from canbo.audit.queries import last_seq
from canbo.engine.language import names, parse
from canbo.facts.catalogue import FACTS, readable
from canbo.snapshot.queries import current, vocabulary
from tests.web.routes import OPEN, PUBLIC, ROUTES, Route, sees_person
from tests.web.world import IDS, World, found_in

# A walk over all routes takes a minute for some roles: spread over the workers.
pytestmark = pytest.mark.apart
WHOSE = ("i", "o", "w")
# Roles that may do exactly the same are refused alike: one of them walks the doors. What is read is asked of every role.
DOORS = list({role.actions: code for code, role in reversed(ROLES.items())}.values())
AGAIN = ("anonymous", "none", "can-bo-don-vi", "thong-ke")  # walked on PostgreSQL too


def walked(roles: list[str]) -> list[Any]:
    return [role if role in AGAIN else pytest.param(role, marks=pytest.mark.once) for role in roles]
PEOPLE_PAGES = ("people", "people-file")
FIGURES = (
    "statistics", "statistics-csv", "statistics-xlsx", "statistics-docx", "statistics-svg", "statistics-people", "statistics-people-file",
)  # fmt: skip


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


def visits(world: World, route: Route, role: str) -> list[tuple[str, str]]:
    """(whose, address): every example of a route about somebody, once a route about nobody."""
    return [(whose, url) for whose in (WHOSE if route.owned else WHOSE[:1]) for url in route.urls(world, whose, role)]


def named(route: Route) -> str:
    return route.name


# --- who may open what


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_route_declares_its_actions(route: Route) -> None:
    known = {action for role in ROLES.values() for action in role.actions}
    assert route.closed or route.name in PUBLIC or (route.actions and route.actions <= known)


def test_page_not_offered_is_closed_for_everybody(world: World) -> None:
    found = {
        (url, role): client_of(world, role).get(url).status_code
        for role in ["anonymous", "none", *ROLES] for route in ROUTES if route.closed for _, url in visits(world, route, role)
    }  # fmt: skip
    assert found and set(found.values()) == {404}


def test_visitor_is_sent_to_sign_in(world: World) -> None:
    for route in OPEN:
        for _, url in visits(world, route, "none"):
            response = Client().get(url)
            assert response.status_code == 405 or response.url.startswith("/tai-khoan/login/"), url
            assert not found_in(text_of(response))


def test_account_without_grants_sees_nothing(world: World) -> None:
    for route in OPEN:
        for _, url in visits(world, route, "none"):
            response = client_of(world, "none").get(url)
            assert response.status_code in (403, 405), url
            assert not found_in(text_of(response))


@pytest.mark.parametrize("role", walked(DOORS))
def test_allowed_exactly_when_the_role_has_an_action_of_the_view(world: World, role: str) -> None:
    client = client_of(world, role)
    for route in OPEN:
        for whose, url in visits(world, route, role):
            status = client.get(url).status_code
            if status == 405:
                continue
            if not may(route, role):
                assert status == 403, url
            elif route.owned:
                assert status == expected(route, role, whose), (url, whose)
            else:
                assert status in (200, 302, 400), url


def expected(route: Route, role: str, whose: str) -> int:
    """Out of the scope is not there. What one sees may still not be one's to write: the own dossier is kept by others."""
    if not route.seen(role, whose):
        return 404
    return 403 if whose == "w" and "person" in route.parameters and route.actions == {"dossier.write"} else 200


@pytest.mark.parametrize("role", walked(DOORS))
def test_outside_the_scope_reads_like_what_does_not_exist(world: World, role: str) -> None:
    client = client_of(world, role)
    for route in OPEN:
        if not route.owned or not may(route, role):
            continue
        missing = client.get(route.missing_url())
        assert missing.status_code in (404, 405), route.name
        for whose, url in visits(world, route, role):
            if missing.status_code == 404 and not route.seen(role, whose):
                assert _words(client.get(url)) == _words(missing), url


def _words(response: HttpResponse) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text_of(response))


# --- what may be read there


# The role that sees least of what it may list, in every round; the others in the whole one.
@pytest.mark.parametrize("role", [r if r == "thong-ke" else pytest.param(r, marks=[pytest.mark.slow, pytest.mark.once]) for r in ROLES])
def test_no_value_of_a_hidden_group_or_of_a_stranger(world: World, role: str) -> None:
    client, groups = client_of(world, role), ROLES[role].groups
    for route in OPEN:
        for whose, url in visits(world, route, role):
            for query in queries_of(route, role):
                found = found_in(text_of(client.get(f"{url}?{query}")))
                strangers = {"o"} if _own_shown(route, role, whose) else {"o", "w"}
                assert {group for _, group in found} <= groups, (url, query)
                assert not strangers & {who for who, _ in found}, (url, query)


def _own_shown(route: Route, role: str, whose: str) -> bool:
    mine = ("person" in route.parameters or "item" in route.parameters) and whose == "w"
    return sees_person(role, "w") and (route.name == "own" or mine or ("own_round" in route.parameters and whose != "o"))


def queries_of(route: Route, role: str) -> list[str]:
    """Questions put to a page: plain, searched, filtered, counted and broken down by every fact the role sees."""
    asked: list[dict[str, object]] = [{}]
    seen = [name for name, fact in readable(FACTS, "person").items() if fact.group in ROLES[role].groups]
    if route.name in PEOPLE_PAGES:
        asked += [{"tim": "thu van"}, {"loc": "sex == 'nu'"}, {"tim": IDS["o"]}, {"tim": IDS["i"]}]
    if route.name in FIGURES:
        # Every fact is asked by some role, and by every role at least one of each group it sees.
        mine = [name for n, name in enumerate(seen) if n % len(ROLES) == list(ROLES).index(role)]
        one_each = list({FACTS[name].group: name for name in seen}.values())
        some = dict.fromkeys([*mine, *one_each]) if route.name in ("statistics", "statistics-people") else seen[:2]
        asked += [{"theo": name, "nhom": f"{name}:", "la": "yes"} for name in some]
    return [urlencode(each) for each in asked]


def test_markers_are_where_the_role_may_see_them(world: World) -> None:
    """The search above would find nothing to refuse if no page showed a marker: the keeper of dossiers sees every group."""
    client = client_of(world, "can-bo-to-chuc")
    text = text_of(client.get(f"/ho-so/{world.people['i'].pk}/"))
    # Relatives are opened for a stated check only, political history not at all until the agency opens it.
    assert {group for _, group in found_in(text)} == set(GROUPS) - {"family", "history"}
    for kind in ("xlsx", "csv"):
        assert ("i", "basic") in found_in(text_of(client.get(f"/ho-so/danh-sach.{kind}")))
    assert ("i", "basic") in found_in(text_of(client.get("/thong-ke/nguoi/?ct=nu")))


# --- counting leaks


@pytest.mark.parametrize("role", walked([role for role in ROLES if ROLES[role].actions & {"dossier.read", "statistics.read"}]))
def test_no_filter_no_count_over_a_hidden_group(world: World, role: str) -> None:
    client, words = client_of(world, role), vocabulary(snapshot=current(), subject="person")
    hidden = [name for name, of in words.items() if of.group not in ROLES[role].groups]
    # The door is the group's, so one fact of each hidden group for every role; each fact is tried by some role.
    one_each = {words[name].group: name for name in hidden}.values()
    turn = [name for n, name in enumerate(hidden) if n % len(ROLES) == list(ROLES).index(role)]
    for name in dict.fromkeys([*one_each, *turn]):
        condition = f"known({name})"
        for page, query in (
            ("/ho-so/", {"loc": condition}), ("/ho-so/danh-sach.csv", {"loc": condition}),
            ("/thong-ke/", {"tap": condition}), ("/thong-ke/", {"bt": condition}), ("/thong-ke/", {"ct": condition}),
            ("/thong-ke/", {"theo": name}), ("/thong-ke/thong-ke.csv", {"theo": name}),
            ("/thong-ke/", {"theo": "sex", "cot": name}), ("/thong-ke/", {"theo": ["sex", name]}),
            ("/thong-ke/", {"theo": name, "moc": "2020-2021"}),
            ("/thong-ke/thong-ke.svg", {"theo": name, "hinh": "cot"}), ("/thong-ke/thong-ke.docx", {"theo": "sex", "cot": name}),
            ("/thong-ke/", {"dt": "luot", "theo": name}), ("/thong-ke/nguoi/", {"dt": "luot", "nhom": f"{name}:"}),
            ("/thong-ke/nguoi/", {"nhom": f"{name}:"}), ("/thong-ke/nguoi/", {"tap": condition}),
            ("/thong-ke/nguoi/", {"ct": condition}), ("/thong-ke/nguoi/danh-sach.csv", {"nhom": f"{name}:"}),
        ):  # fmt: skip
            assert client.get(page, query).status_code in (400, 403), (page, query)


@pytest.mark.parametrize("role", walked([role for role in ROLES if "statistics.read" in ROLES[role].actions]))
def test_named_measure_over_a_hidden_group_is_refused(world: World, role: str) -> None:
    client, words = client_of(world, role), vocabulary(snapshot=current(), subject="person")
    for measure in named_measures().values():
        groups = {words[name].group for name in names(parse(measure.that, vocabulary=words))}
        status = client.get("/thong-ke/", {"ct": measure.name}).status_code
        assert status == (200 if groups <= ROLES[role].groups else 400), measure.name


@pytest.mark.parametrize("role", [role for role in ROLES if "dossier.read" in ROLES[role].actions])
def test_searching_by_personal_id_needs_the_identity_group(world: World, role: str) -> None:
    response = client_of(world, role).get("/ho-so/", {"tim": IDS["i"]})
    assert response.status_code == (200 if "identity" in ROLES[role].groups else 400)
    assert (("i", "basic") in found_in(text_of(response))) == ("identity" in ROLES[role].groups)


# --- writing


@pytest.mark.parametrize("role", ["anonymous", "can-bo-to-chuc", "quan-tri"])
def test_no_post_without_the_token_of_the_form(world: World, role: str) -> None:
    client = client_of(world, role, csrf=True)
    for route in ROUTES:
        for _, url in visits(world, route, role):
            assert client.post(url, {}).status_code == 403, url


@pytest.mark.parametrize("role", walked(["anonymous", "none", *DOORS]))
def test_no_post_without_the_action(world: World, role: str) -> None:
    client = client_of(world, role)
    for route in OPEN:
        for _, url in visits(world, route, role):
            if not may(route, role):
                response = client.post(url, {})
                assert response.status_code == (302 if role == "anonymous" else 403), url
                assert not found_in(text_of(response))


@pytest.mark.parametrize("role", walked(DOORS))
def test_no_post_to_a_stranger(world: World, role: str) -> None:
    client, seq = client_of(world, role), last_seq()
    for route in OPEN:
        if route.owned and may(route, role):
            for url in route.urls(world, "o", role):
                assert client.post(url, {"full_name": "Đổi", "seen": "0"}).status_code == 404, url
    assert last_seq() == seq
