"""The words a filter may use: every fact the reader may see, with its values."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.access.policy import GROUPS
from canbo.engine.types import Bool, Code, Date, Decimal_, Int, ListOf, Name, Scale, pairs
from canbo.facts.catalogue import FACTS
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.lists.roster import words_of
from canbo.web.lists.visible import known_extras

VALUES_SHOWN = 12


@dataclass(frozen=True)
class Word:
    """A fact as the help page shows it; `example` is a filter that uses it."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]
    more: int
    example: str


@page("dossier.read", "statistics.read")
def facts(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    words = words_of(snapshot, desk.today)
    hidden = set(words) - set(FACTS) - known_extras(snapshot, desk)
    groups = [
        (GROUPS[group], [_word(name, of) for name, of in words.items() if of.group == group and name not in hidden])
        for group in GROUPS
        if desk.scope.sees_group(group)
    ]
    return render(request, "facts.html", {"groups": [(label, found) for label, found in groups if found]})


def _word(name: str, of: Name) -> Word:
    listed = of.type.item if isinstance(of.type, ListOf) else of.type
    values = pairs(listed) if isinstance(listed, Code | Scale) else ()
    return Word(name, of.label, values[:VALUES_SHOWN], max(0, len(values) - VALUES_SHOWN), _example(name, of, values))


def _example(name: str, of: Name, values: tuple[tuple[str, str], ...]) -> str:
    first = (values[-1] if isinstance(of.type, Scale) else values[0])[0] if values else "…"
    match of.type:
        case Bool():
            return name
        case Int() | Decimal_():
            return f"{name} >= {1980 if name.endswith('year') else 10}"
        case Date():
            return f"{name} < '1990'"
        case ListOf():
            return f"'{first}' in {name}"
        case Scale():
            return f"{name} >= '{first}'"
        case _:
            return f"{name} == '{first}'"
