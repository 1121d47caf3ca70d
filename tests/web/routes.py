"""Every route of the program as the tests walk them; parameters of addresses are filled from one registry of examples."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from canbo.access.policy import ROLES
from canbo.web import accounts
from tests.web.world import World

# Pages for everybody, signed in or not. Nothing else may do without declared actions.
PUBLIC = {"account_login", "account_logout"}
@dataclass(frozen=True)
class Example:
    """Values of a parameter for one of `i` (inside the grant), `o` (outside), `w` (the reader's own), as a role asks."""

    values: Callable[[World, str, str], list[Any]]
    seen: Callable[[str, str], bool]


def sees_person(role: str, whose: str) -> bool:
    actions = ROLES[role].actions
    return (whose == "i" and "dossier.read" in actions) or (whose == "w" and "dossier.read_own" in actions)


EXAMPLES: dict[str, Example] = {
    "person": Example(lambda world, whose, role: [world.people[whose].pk], sees_person),
    "kind": Example(lambda world, whose, role: ["xlsx", "csv"], lambda role, whose: True),
    # An import belongs to the account that sent the file; nobody else opens it, whatever her role.
    "job": Example(lambda world, whose, role: [world.job_of(role, whose).pk], lambda role, whose: whose != "o"),
}
# Parameters that name somebody's own thing: not there for others, in the words of what does not exist.
NOBODY = 987654321


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
        return reverse(self.name, kwargs=dict.fromkeys(self.parameters, NOBODY))

    def seen(self, role: str, whose: str) -> bool:
        """Whether what the address names is within the role's scope."""
        return all(EXAMPLES[name].seen(role, whose) for name in self.parameters)

    @property
    def owned(self) -> bool:
        """Whether the address names something that belongs to somebody."""
        return any(name != "kind" for name in self.parameters)


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
