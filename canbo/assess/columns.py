"""Which facts may stand as columns of a list of people, and which never do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from canbo.access.policy import GROUPS
from canbo.facts.catalogue import FACTS, readable
from canbo.facts.registry import Fact
from canbo.kernel.actors import Scope
from canbo.snapshot.store import Snapshot

# The closest groups are read in the dossier and counted in forms; no list ranks, filters or shows people by them.
CLOSED = frozenset({"religion", "family", "health", "assets", "history"})
# What a list may show for the sake of structure, but never be put in order by.
UNRANKED = frozenset({"ethnicity", "ethnic_minority", "religion", "religious"})
DEFAULT = ("name", "birth", "sex", "unit", "position", "degree", "political_theory", "party_joined")
# Shorter than the fact's own label, as the heads of lists are written.
HEADS = {"birth": "Ngày sinh", "degree": "Trình độ chuyên môn", "name": "Họ và tên"}
NAME = "name"


@dataclass(frozen=True)
class Chosen:
    """Columns to show, the name first, and the labels of those left out because the reader may not see them."""

    names: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def open_groups(scope: Scope) -> frozenset[str]:
    """The field groups a list may show to this reader, filter and order by."""
    return scope.groups - CLOSED


def listable(*, snapshot: Snapshot, scope: Scope) -> dict[str, Fact]:
    """Facts of people that may be columns for this reader."""
    seen = open_groups(scope)
    return {name: fact for name, fact in readable(snapshot.frames.facts, "person").items() if fact.group in seen}


def choose(names: Iterable[str], *, facts: Mapping[str, Fact]) -> Chosen:
    """The columns asked for among `facts`, each once, the name first; others are dropped, those of closed groups named."""
    wanted = list(dict.fromkeys([NAME, *names]))
    hidden = tuple(FACTS[name].label for name in wanted if name not in facts and name in FACTS)
    return Chosen(tuple(name for name in wanted if name in facts), hidden)


def default(*, facts: Mapping[str, Fact]) -> Chosen:
    """The columns of a list nobody has changed yet: what the reader may not see is not missed."""
    return Chosen(choose(DEFAULT, facts=facts).names)


def head(name: str, facts: Mapping[str, Fact]) -> str:
    return HEADS.get(name) or facts[name].label


def by_group(names: Mapping[str, Fact]) -> list[tuple[str, list[Fact]]]:
    """Facts under the labels of their groups, in the order of the groups, each group in the order of labels."""
    found = [(GROUPS[group], sorted((f for f in names.values() if f.group == group), key=lambda f: f.label)) for group in GROUPS]
    return [(label, facts) for label, facts in found if facts]
