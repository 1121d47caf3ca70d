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
from tests.web.routes import OPEN, PUBLIC, ROUTES, TOKENLESS, Route, sees_person
from tests.web.world import IDS, World, found_in

WHOSE = ("i", "o", "w")
# Roles that may do exactly the same are refused alike: one of them tries the doors. What is read is asked of every role.
DOORS = list({role.actions: code for code, role in reversed(ROLES.items())}.values())
AGAIN = ("anonymous", "none", "can-bo-don-vi", "thong-ke")  # walked on PostgreSQL too


def walked(roles: list[str], *also: Any) -> list[Any]:
    return [role if role in AGAIN else pytest.param(role, marks=[pytest.mark.once, *also]) for role in roles]


PEOPLE_PAGES = ("people", "people-file")
# Where the reader works she learns who is being rated: the name and the post of a colleague, nothing else.
COLLEAGUES, NAMED = ("evaluation-comments", "evaluation-comment"), {("o", "basic"), ("o", "career")}
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


def door(world: World, route: Route, role: str) -> str:
    """One address of a route, of what lies within the role's scope: who may not open a view may open none of its addresses."""
    return route.urls(world, "i", role)[0]


def named(route: Route) -> str:
    return route.name


# --- who may open what


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_route_declares_its_actions(route: Route) -> None:
    known = {action for role in ROLES.values() for action in role.actions}
    assert route.closed or route.name in PUBLIC or (route.actions and route.actions <= known)


@pytest.mark.once
def test_page_not_offered_is_closed_for_everybody(world: World) -> None:
    closed = [route for route in ROUTES if route.closed]
    found = {
        (route.name, role): client.get(door(world, route, role)).status_code
        for role in ["anonymous", "none", *ROLES] for client in [client_of(world, role)] for route in closed
    }  # fmt: skip
    assert found and set(found.values()) == {404}


@pytest.mark.once
def test_visitor_is_sent_to_sign_in(world: World) -> None:
    client = Client()
    for route in OPEN:
        for _, url in visits(world, route, "none"):
            response = client.get(url)
            assert response.status_code == 405 or response.url.startswith("/tai-khoan/login/"), url
            assert not found_in(text_of(response))


def test_account_without_grants_sees_nothing(world: World) -> None:
    client = client_of(world, "none")
    for route in OPEN:
        for _, url in visits(world, route, "none"):
            response = client.get(url)
            assert response.status_code in (403, 405), url
            assert not found_in(text_of(response))


@pytest.mark.parametrize("role", walked(list(ROLES), pytest.mark.slow))
def test_every_page_opens_and_shows_exactly_what_the_role_may_see(world: World, role: str) -> None:
    """Refused without an action of the view; outside the scope as what does not exist; no value of a hidden group or a stranger."""
    client = client_of(world, role)
    for route in OPEN:
        if may(route, role):
            _walk(world, client, route, role)
        else:
            response = client.get(url := door(world, route, role))
            assert response.status_code in (403, 405), url
            assert not found_in(text_of(response)), url


def _walk(world: World, client: Client, route: Route, role: str) -> None:
    missing = client.get(route.missing_url()) if route.owned else None
    assert missing is None or missing.status_code in (404, 405), route.name
    for whose, url in visits(world, route, role):
        for number, query in enumerate(queries_of(route, role)):
            response = client.get(f"{url}?{query}")
            status, text = response.status_code, text_of(response)
            if status == 405:
                return
            if missing is None:
                assert number or status in (200, 302, 400), url
            else:
                assert number or status == expected(route, role, whose), (url, whose)
            if missing is not None and missing.status_code == 404 and not route.seen(role, whose):
                assert _words(text) == _words(text_of(missing)), url
            _only_what_may_be_read(text, route, role, whose, (url, query))


def _only_what_may_be_read(text: str, route: Route, role: str, whose: str, asked: tuple[str, str]) -> None:
    found = found_in(text) - (NAMED if route.name in COLLEAGUES else set())
    assert {group for _, group in found} <= ROLES[role].groups, asked
    assert not ({"o"} if _own_shown(route, role, whose) else {"o", "w"}) & {who for who, _ in found}, asked


def expected(route: Route, role: str, whose: str) -> int:
    """Out of the scope is not there. What one sees may still not be one's to write: the own dossier is kept by others."""
    if not route.seen(role, whose):
        return 404
    return 403 if whose == "w" and "person" in route.parameters and route.actions == {"dossier.write"} else 200


def _words(text: str) -> str:
    """Without the form tokens, which are new in every answer."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text)


def _own_shown(route: Route, role: str, whose: str) -> bool:
    mine = ("person" in route.parameters or "item" in route.parameters) and whose == "w"
    own = bool({"own_round", "own_evaluation"} & {*route.parameters}) and whose != "o"
    return sees_person(role, "w") and (route.name == "own" or mine or own)


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
    mine = list(ROLES).index(role)
    turn = [name for n, name in enumerate(hidden) if n % len(ROLES) == mine]
    # Every role meets every group and every question, every group every question; all three together for some roles.
    every = 1 if role in AGAIN or len(one_each) < 4 else 3
    for at, name in enumerate(dict.fromkeys([*one_each, *turn])):
        condition = f"known({name})"
        questions = (
            ("/ho-so/", {"loc": condition}), ("/ho-so/danh-sach.csv", {"loc": condition}),
            ("/thong-ke/", {"tap": condition}), ("/thong-ke/", {"bt": condition}), ("/thong-ke/", {"ct": condition}),
            ("/thong-ke/", {"theo": name}), ("/thong-ke/thong-ke.csv", {"theo": name}),
            ("/thong-ke/", {"theo": "sex", "cot": name}), ("/thong-ke/", {"theo": ["sex", name]}),
            ("/thong-ke/", {"theo": name, "moc": "2020-2021"}),
            ("/thong-ke/thong-ke.svg", {"theo": name, "hinh": "cot"}), ("/thong-ke/thong-ke.docx", {"theo": "sex", "cot": name}),
            ("/thong-ke/", {"dt": "luot", "theo": name}), ("/thong-ke/nguoi/", {"dt": "luot", "nhom": f"{name}:"}),
            ("/thong-ke/nguoi/", {"nhom": f"{name}:"}), ("/thong-ke/nguoi/", {"tap": condition}),
            ("/thong-ke/nguoi/", {"ct": condition}), ("/thong-ke/nguoi/danh-sach.csv", {"nhom": f"{name}:"}),
        )  # fmt: skip
        for page, query in questions[(at + mine) % every :: every]:
            assert client.get(page, query).status_code in (400, 403), (page, query)


@pytest.mark.parametrize("role", walked([role for role in ROLES if "statistics.read" in ROLES[role].actions]))
def test_named_measure_over_a_hidden_group_is_refused(world: World, role: str) -> None:
    client, words = client_of(world, role), vocabulary(snapshot=current(), subject="person")
    over = {name: frozenset(words[fact].group for fact in names(parse(of.that, vocabulary=words))) for name, of in named_measures().items()}
    # The door is the groups', so one measure over each set of them for every role; each measure is tried by some role.
    turn = [name for n, name in enumerate(over) if n % len(ROLES) == list(ROLES).index(role)]
    for name in dict.fromkeys([*{groups: name for name, groups in over.items()}.values(), *turn]):
        status = client.get("/thong-ke/", {"ct": name}).status_code
        assert status == (200 if over[name] <= ROLES[role].groups else 400), name


@pytest.mark.parametrize("role", walked([role for role in ROLES if "dossier.read" in ROLES[role].actions]))
def test_searching_by_personal_id_needs_the_identity_group(world: World, role: str) -> None:
    response = client_of(world, role).get("/ho-so/", {"tim": IDS["i"]})
    assert response.status_code == (200 if "identity" in ROLES[role].groups else 400)
    assert (("i", "basic") in found_in(text_of(response))) == ("identity" in ROLES[role].groups)


# --- writing


@pytest.mark.once
@pytest.mark.parametrize("role", ["anonymous", "can-bo-to-chuc", "quan-tri"])
def test_no_post_without_the_token_of_the_form(world: World, role: str) -> None:
    """The token is asked for before any view is entered: one address of each."""
    client = client_of(world, role, csrf=True)
    for route in ROUTES:
        if route.name in TOKENLESS:
            continue
        assert client.post(url := door(world, route, role), {}).status_code == 403, url


@pytest.mark.parametrize("role", walked(["anonymous", "none", *DOORS]))
def test_no_post_without_the_action(world: World, role: str) -> None:
    client = client_of(world, role)
    for route in OPEN:
        if not may(route, role):
            response = client.post(url := door(world, route, role), {})
            assert response.status_code == (302 if role == "anonymous" else 403), url
            assert not found_in(text_of(response))


@pytest.mark.parametrize("role", walked(DOORS))
def test_no_post_to_a_stranger(world: World, role: str) -> None:
    # Asked for first: some examples are made when they are.
    urls = [url for route in OPEN if route.owned and may(route, role) for url in route.urls(world, "o", role)]
    client, seq = client_of(world, role), last_seq()
    for url in urls:
        assert client.post(url, {"full_name": "Đổi", "seen": "0"}).status_code == 404, url
    assert last_seq() == seq
