"""Every route of the program as the tests walk them; parameters of addresses are filled from one registry of examples."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from canbo.access.policy import ROLES
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.models import Review
from canbo.cases.models import Case, CasePaper
from canbo.disclosure.changes import ON_SCREEN, Wanted, publish, receive_remark
from canbo.disclosure.models import Publication
from canbo.dossier.models import Attachment, DisputedValue, Employment, Person, PersonMerge, Qualification
from canbo.jobs.models import Job
from canbo.organization.models import Term, Title, Unit
from canbo.planning.models import Line, Round, RoundUnit, Slate, SourceRequest
from canbo.web.accounts import pages as accounts
from tests.cases.world import appointment, of_planning
from tests.web.world import AT, World, marker

# Pages for everybody, signed in or not. Nothing else may do without declared actions.
PUBLIC = {"account_login", "account_logout", "ballot", "disclosure-public"}
# A ballot is cast with a printed code and no session: a token would be a cookie, and a cookie could be joined.
TOKENLESS = {"ballot"}


@dataclass(frozen=True)
class Example:
    """Values of a parameter for one of `i` (inside the grant), `o` (outside), `w` (the reader's own), as a role asks."""

    values: Callable[[World, str, str], list[Any]]
    seen: Callable[[str, str], bool]


def sees_person(role: str, whose: str) -> bool:
    actions = ROLES[role].actions
    return (whose == "i" and "dossier.read" in actions) or (whose == "w" and "dossier.read_own" in actions)


def _twin(world: World, whose: str) -> int:
    """Another dossier of the same name in the same unit, made when first asked for."""
    own = world.people[whose]
    made, new = Person.objects.get_or_create(key=f"twin-{whose}", defaults={"full_name": own.full_name, "strength": own.strength})
    if new:
        Employment.objects.create(person=made, unit=Employment.objects.get(person=own).unit, start="2005")
    return made.pk


def _merge(world: World, whose: str) -> int:
    return PersonMerge.objects.get_or_create(
        kept=world.people[whose].pk, merged=_twin(world, whose), defaults={"moved": {"rows": {}, "filled": {}, "accounts": []}}
    )[0].pk


def sees_item(role: str, whose: str) -> bool:
    actions = ROLES[role].actions
    return (whose == "i" and "declaration.run" in actions) or (whose == "w" and "dossier.read_own" in actions)


def _one(model: Any, world: World, whose: str) -> int:
    return int(model.objects.get(person=world.people[whose]).pk)


def _open_dispute(world: World, whose: str) -> int:
    return DisputedValue.objects.get(person=world.people[whose], settled_on=None).pk


def sees_unit(role: str, whose: str) -> bool:
    return whose == "i" and bool(ROLES[role].actions & {"dossier.read", "statistics.read"})


def sees_evaluation(role: str, whose: str) -> bool:
    return whose == "i" and "cases.read" in ROLES[role].actions and "evaluation" in ROLES[role].groups


def _review(world: World, whose: str) -> int:
    """A kept review of the grant's commune, or of the one beside it."""
    unit = world.units["in" if whose == "i" else "out"]
    kept = {"on": date(2026, 3, 2), "laws": "x", "seq": 1, "counts": {"yes": 1}, "user": 0, "created_at": AT}
    return Review.objects.get_or_create(unit=unit, title="held", defaults=kept)[0].pk


def _review_job(world: World, whose: str, role: str) -> int:
    """A running review of the role's own account, or of a colleague's."""
    user = world.job_of(role, whose).user
    return Job.objects.get_or_create(kind="review", user=user, defaults={"state": "running", "created_at": AT})[0].pk


def _papers_job(world: World, whose: str, role: str) -> int:
    """Papers being made for the role's own account, or for a colleague."""
    user = world.job_of(role, whose).user
    return Job.objects.get_or_create(kind="evaluation-papers", user=user, defaults={"state": "running", "created_at": AT})[0].pk


def _case(world: World, whose: str) -> Case:
    """An appointment in the grant's commune, or in the one beside it, made when first asked for."""
    unit = world.units["in" if whose == "i" else "out"]
    found = Case.objects.filter(unit=unit, kind="appointment").first()
    who = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT}
    return found or appointment(unit.pk, [world.people["i" if whose == "i" else "o"].pk], date(2026, 8, 3), who)


def _case_paper(world: World, whose: str) -> int:
    case, sha256 = _case(world, whose), Attachment.objects.get(person=world.people["i"]).sha256
    kept = {"dated": date(2026, 8, 3), "file_sha256": sha256, "added_at": AT}
    return CasePaper.objects.get_or_create(case=case, kind="to-trinh", defaults=kept)[0].pk


def sees_case(role: str, whose: str) -> bool:
    return whose == "i" and "cases.read" in ROLES[role].actions and "career" in ROLES[role].groups


def _publication(world: World, whose: str) -> Publication:
    """A list made known in the grant's commune, where the reader works, or in a third commune; made when first asked for."""
    unit = world.units["in" if whose == "i" else "out"]
    if whose == "o":
        unit, _ = Unit.objects.get_or_create(code="xa-khac", defaults={"name": "Xã Khác", "parent": world.units["top"]})
    found = Publication.objects.filter(unit=unit).first()
    name = f"Thử Văn {marker(whose, 'basic')}" if whose != "w" else "Thử Văn Chi"
    table = {"heads": ["Họ và tên"], "rows": [[name]], "notes": []}
    days = (date(2026, 3, 1), date(2099, 1, 1))
    wanted = Wanted(unit.pk, "planning", None, "Danh sách quy hoạch", "QĐ 1", "internal", "", *days, table)
    return found or publish(wanted=wanted, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)


def _remark(world: World, whose: str) -> int:
    of, who = _publication(world, whose), {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT}
    said = of.remarks.first() or receive_remark(pk=of.pk, text="Đồng ý.", source=ON_SCREEN, author="", on=date(2026, 3, 2), **who)
    return said.pk


def sees_publication(role: str, whose: str) -> bool:
    """In the units of her role, or where she herself works."""
    actions = ROLES[role].actions
    seen = {"i": "dossier.read", "w": "dossier.read_own"}.get(whose, "")
    return "disclosure.read" in actions and seen in actions


def answers_for(role: str, whose: str) -> bool:
    return whose == "i" and "disclosure.publish" in ROLES[role].actions


def _slate(world: World, whose: str) -> Slate:
    """A list of a round opened in the grant's commune, or in the one beside it, with one person on it; made when first asked for."""
    unit = world.units["in" if whose == "i" else "out"]
    found = Slate.objects.filter(home__unit=unit).first()
    if found:
        return found
    days = {"opened_on": date(2026, 3, 1), "deadline": date(2026, 4, 1), "on": date(2026, 3, 2)}
    opened = Round.objects.create(unit=unit, name="Rà soát quy hoạch", **days)
    title, _ = Title.objects.get_or_create(code="pho-chu-tich-ubnd-xa", defaults={"name": "Phó Chủ tịch UBND", "level": "xa"})
    term, _ = Term.objects.get_or_create(code="2031-2036", defaults={"side": "nha-nuoc", "start": "2031", "end": "2036"})
    home = RoundUnit.objects.create(round=opened, unit=unit)
    person = world.people["i" if whose == "i" else "o"]
    case = of_planning(unit.pk, [person.pk], {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT})
    made = Slate.objects.create(home=home, title=title, term=term, kind="next", age_on=date(2031, 3, 1), removing=case)
    Line.objects.create(slate=made, person=person, standing="remove")
    return made


def _source_request(world: World, whose: str) -> int:
    """A commune outside asks the grant's commune, or a third one, for people for its list."""
    unit = world.units["in"]
    if whose != "i":
        unit, _ = Unit.objects.get_or_create(code="xa-khac", defaults={"name": "Xã Khác", "parent": world.units["top"]})
    return SourceRequest.objects.get_or_create(slate=_slate(world, "o"), unit=unit, defaults={"asked_on": date(2026, 3, 2)})[0].pk


def sees_planning(role: str, whose: str) -> bool:
    return whose == "i" and "cases.read" in ROLES[role].actions and "planning" in ROLES[role].groups


EXAMPLES: dict[str, Example] = {
    "planning_round": Example(lambda world, whose, role: [_slate(world, whose).home.round_id], sees_planning),
    "planning_home": Example(lambda world, whose, role: [_slate(world, whose).home_id], sees_planning),
    "slate": Example(lambda world, whose, role: [_slate(world, whose).pk], sees_planning),
    "source_request": Example(lambda world, whose, role: [_source_request(world, whose)], sees_planning),
    "planning_line": Example(lambda world, whose, role: [_slate(world, whose).lines.get().pk], sees_planning),
    "planning_case": Example(lambda world, whose, role: [_slate(world, whose).removing_id], sees_planning),
    "publication": Example(lambda world, whose, role: [_publication(world, whose).pk], sees_publication),
    "published": Example(lambda world, whose, role: [_publication(world, whose).pk], answers_for),
    "remark": Example(lambda world, whose, role: [_remark(world, whose)], answers_for),
    "publication_key": Example(lambda world, whose, role: [_publication(world, whose).key], lambda role, whose: True),
    "case": Example(lambda world, whose, role: [_case(world, whose).pk], sees_case),
    "case_form": Example(lambda world, whose, role: ["phieu", "tong-hop"], lambda role, whose: True),
    "case_paper": Example(lambda world, whose, role: [_case_paper(world, whose)], sees_case),
    "person": Example(lambda world, whose, role: [world.people[whose].pk], sees_person),
    # Any table reads alike; what each shows to whom is asked in tests/web/test_dossier_records.py.
    "table": Example(lambda world, whose, role: ["qualification"], lambda role, whose: True),
    "row": Example(lambda world, whose, role: [_one(Qualification, world, whose)], lambda role, whose: True),
    "attachment": Example(lambda world, whose, role: [_one(Attachment, world, whose)], lambda role, whose: True),
    "dispute": Example(lambda world, whose, role: [_open_dispute(world, whose)], lambda role, whose: True),
    "document": Example(lambda world, whose, role: ["nd33-2023"], lambda role, whose: True),
    "standard": Example(lambda world, whose, role: ["bi-thu-dang-uy-xa"], lambda role, whose: True),
    "procedure": Example(lambda world, whose, role: ["bo-nhiem-tai-cho"], lambda role, whose: True),
    "regime": Example(lambda world, whose, role: ["cong-chuc"], lambda role, whose: True),
    "review": Example(
        lambda world, whose, role: [_review(world, whose)], lambda role, whose: whose == "i" and "standards.read" in ROLES[role].actions
    ),
    "papers_job": Example(lambda world, whose, role: [_papers_job(world, whose, role)], lambda role, whose: whose != "o"),
    "planning_paper": Example(lambda world, whose, role: ["trich-ngang"], lambda role, whose: True),
    "unit_kind": Example(lambda world, whose, role: ["tong-hop"], lambda role, whose: True),
    "person_kind": Example(lambda world, whose, role: ["tu-danh-gia"], lambda role, whose: True),
    "review_job": Example(lambda world, whose, role: [_review_job(world, whose, role)], lambda role, whose: whose != "o"),
    "kind": Example(lambda world, whose, role: ["xlsx", "csv"], lambda role, whose: True),
    "unit": Example(lambda world, whose, role: [world.units["in" if whose == "i" else "out"].pk], sees_unit),
    "route": Example(lambda world, whose, role: ["home", "dossier"], lambda role, whose: True),
    # An import belongs to the account that sent the file; nobody else opens it, whatever her role.
    "job": Example(lambda world, whose, role: [world.job_of(role, whose).pk], lambda role, whose: whose != "o"),
    # The round of the grant's commune, and the one of the commune beside it, where the reader herself works.
    "round": Example(lambda world, whose, role: [world.rounds["o" if whose == "o" else "i"].pk], lambda role, whose: whose != "o"),
    "own_round": Example(lambda world, whose, role: [world.rounds["i" if whose == "o" else "o"].pk], lambda role, whose: whose != "o"),
    "declaration": Example(lambda world, whose, role: [world.declarations[whose].pk], lambda role, whose: whose == "i"),
    # The campaign of the grant's commune, and one of the commune beside it, in which the reader herself is rated.
    "campaign": Example(lambda world, whose, role: [world.campaign_unit(whose).campaign_id], sees_evaluation),
    "campaign_unit": Example(lambda world, whose, role: [world.campaign_unit(whose).pk], sees_evaluation),
    "evaluation": Example(lambda world, whose, role: [world.evaluations[whose].pk], sees_evaluation),
    # A colleague where the reader herself works, and one of the grant's commune.
    "commented": Example(lambda world, whose, role: [world.evaluations["o" if whose == "w" else "i"].pk], lambda role, whose: whose == "w"),
    "tracked": Example(
        lambda world, whose, role: [world.people[whose].pk], lambda role, whose: whose == "i" and "evaluation" in ROLES[role].groups
    ),
    "own_evaluation": Example(
        lambda world, whose, role: [world.evaluations["i" if whose == "o" else "w"].pk], lambda role, whose: whose != "o"
    ),
    "pair": Example(lambda world, whose, role: [f"{world.people[whose].pk}-{_twin(world, whose)}"], lambda role, whose: whose == "i"),
    "merge": Example(lambda world, whose, role: [_merge(world, whose)], lambda role, whose: whose == "i"),
    "account": Example(
        lambda world, whose, role: [NOBODY if whose == "o" else world.accounts["thong-ke"].pk], lambda role, whose: whose != "o"
    ),
    "item": Example(lambda world, whose, role: [world.items[whose].pk], sees_item),
    # A paper of the grant's unit; one of the unit beside it, or one that prints a group the role does not read.
    "paper": Example(
        lambda world, whose, role: [p.pk for p in world.papers_of(role, whose)],
        lambda role, whose: whose == "i" and "papers.read" in ROLES[role].actions,
    ),
    "template": Example(
        lambda world, whose, role: [world.templates["i" if whose == "i" else "o"].pk],
        lambda role, whose: whose == "i" and "papers.read" in ROLES[role].actions,
    ),
}
# Parameters that name somebody's own thing: not there for others, in the words of what does not exist.
NOBODY = 987654321
UNOWNED = {"kind", "route", "document", "standard", "procedure", "regime", "case_form", "unit_kind", "person_kind", "planning_paper"}


@dataclass(frozen=True)
class Route:
    """A named address; `actions` is None when its view declares none."""

    name: str
    parameters: tuple[str, ...]
    actions: frozenset[str] | None
    closed: bool

    def urls(self, world: World, whose: str, role: str) -> list[str]:
        found: list[dict[str, Any]] = [{}]
        for name in self.parameters:
            if name not in EXAMPLES:
                pytest.fail(
                    f"The address “{self.name}” has a new parameter “{name}”: add a line for it to EXAMPLES in "
                    "tests/web/routes.py, so that the permission test can walk it."
                )
            found = [{**values, name: value} for values in found for value in EXAMPLES[name].values(world, whose, role)]
        return [reverse(self.name, kwargs=values) for values in found]

    def missing_url(self) -> str:
        """The same address for something that does not exist."""
        return reverse(self.name, kwargs={name: "csv" if name == "kind" else NOBODY for name in self.parameters})

    def seen(self, role: str, whose: str) -> bool:
        """Whether what the address names is within the role's scope."""
        return all(EXAMPLES[name].seen(role, whose) for name in self.parameters)

    @property
    def owned(self) -> bool:
        """Whether the address names something that belongs to somebody."""
        return any(name not in UNOWNED for name in self.parameters)


def routes() -> list[Route]:
    return [_route(pattern) for pattern in _patterns(get_resolver().url_patterns)]


def _patterns(found: list[Any]) -> Iterator[URLPattern]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def _route(pattern: URLPattern) -> Route:
    actions = getattr(pattern.callback, "actions", None)
    return Route(
        name=str(pattern.name), parameters=tuple(pattern.pattern.converters),
        actions=None if actions is None else frozenset(actions), closed=pattern.callback is accounts.closed,
    )  # fmt: skip


ROUTES = routes()
OPEN = [route for route in ROUTES if not route.closed and route.name not in PUBLIC]
