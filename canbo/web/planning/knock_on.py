"""A vacancy and what follows from it: somebody chooses who would come, the page says which posts she leaves and who is planned for them.

Every step is chosen by its reader; nobody is preferred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from canbo.kernel.actors import Forbidden
from canbo.planning.strength import Strength, Successor
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.planning.asked import CLOSED, Asked, Told, ask
from canbo.web.planning.succession import LOOK_AHEAD, posts
from canbo.web.planning.view import tabs

Place = tuple[int, str]
MOST = 8  # steps of a chain


@dataclass(frozen=True)
class Choice:
    """Somebody planned for a post: `url` chooses her for it, or takes her back."""

    who: Successor
    chosen: bool
    url: str
    leaves: tuple[str, ...]

    @property
    def told(self) -> Told:
        return Told(self.who.state, self.who.gaps)


@dataclass(frozen=True)
class Step:
    """A post that is or would be free. `after` = whose move frees it; empty for the one begun with."""

    post: Strength
    after: str
    choices: tuple[Choice, ...]


@page("cases.read")
def knock_on(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = ask(request.GET, desk)
    asked.unit = None  # what is freed may lie in any unit of the reader's
    until = asked.day("den", date(asked.on.year + LOOK_AHEAD, 12, 31))
    closed = "" if desk.scope.sees_group("planning") else CLOSED
    steps: list[Step] = []
    if not closed:
        try:
            steps = _steps(request.GET, posts(asked, until, desk))
        except Forbidden as error:
            closed = str(error)
    frame = {
        "asked": asked, "until": until, "steps": steps, "closed": closed, "back": _back(asked, until),
        "may_dossier": desk.actor.may("dossier.read"), **tabs(desk, "succession"),
    }  # fmt: skip
    return render(request, "planning/knock_on.html", frame, status=400 if asked.errors else 200)


def _back(asked: Asked, until: date) -> str:
    query = urlencode({"ngay": f"{asked.on:%d/%m/%Y}", "den": f"{until:%d/%m/%Y}", "nk": asked.term})
    return f"{reverse('planning-succession')}?{query}"


def _steps(data: QueryDict, every: Sequence[Strength]) -> list[Step]:
    """The post begun with, then every post freed by those chosen, in the order chosen; a choice for a post not free is left aside."""
    found = {(one.unit, one.title): one for one in every}
    first = _place(data.get("vt", ""), found)
    if first is None:
        return []
    chosen = dict(_chosen(data))
    todo: list[tuple[Place, str]] = [(first, "")]
    seen: set[Place] = set()
    steps: list[Step] = []
    while todo and len(steps) < MOST:
        place, after = todo.pop(0)
        if place in seen:
            continue
        seen.add(place)
        post = found[place]
        who = next((one for one in post.successors if one.person == chosen.get(place)), None)
        steps.append(Step(post, after, tuple(_choice(one, one is who, place, data, found) for one in post.successors)))
        todo += [(left, who.name) for left in _left(who, place, found)] if who else []
    return steps


def _place(text: str, found: Mapping[Place, Strength]) -> Place | None:
    unit, _, title = text.partition(".")
    place = (int(unit), title) if unit.isdecimal() and len(unit) < 10 else None
    return place if place in found else None


def _chosen(data: QueryDict) -> list[tuple[Place, int]]:
    """`b=unit.title.person` for every post somebody was chosen for."""
    made = []
    for text in data.getlist("b")[:MOST]:
        unit, _, rest = text.partition(".")
        title, _, person = rest.rpartition(".")
        if unit.isdecimal() and person.isdecimal() and max(len(unit), len(person)) < 10:
            made.append(((int(unit), title), int(person)))
    return made


def _left(who: Successor, place: Place, found: Mapping[Place, Strength]) -> list[Place]:
    """The posts she would leave: where her own unit plans nobody for the title, the nearest unit above that does."""
    return [left for unit, title in who.holds if (left := _planned_at(unit, title, found)) and left != place]


def _planned_at(unit: int, title: str, found: Mapping[Place, Strength]) -> Place | None:
    if (unit, title) in found:
        return unit, title
    units, seen = current().units, {unit}
    here = units.get(unit, (None, ""))[0]
    while here is not None and here not in seen:
        if (here, title) in found:
            return here, title
        seen.add(here)
        here = units.get(here, (None, ""))[0]
    return None


def _choice(who: Successor, chosen: bool, place: Place, data: QueryDict, found: Mapping[Place, Strength]) -> Choice:
    query = data.copy()
    others = [text for text in data.getlist("b") if not text.startswith(f"{place[0]}.{place[1]}.")]
    query.setlist("b", others if chosen else [*others, f"{place[0]}.{place[1]}.{who.person}"])
    leaves = tuple(f"{found[left].title_name}, {found[left].unit_name}" for left in _left(who, place, found))
    return Choice(who, chosen, f"?{query.urlencode()}", leaves)
