"""All facts there are, and the vocabulary they make for the language."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType, ModuleType

from canbo.engine.types import Code, ListOf, Name, Scale, pairs
from canbo.facts import (
    attendance,
    career,
    completeness,
    forms,
    learning,
    outcomes,
    party,
    person,
    places,
    retirement,
    standing,
    subjects,
)  # fmt: skip
from canbo.facts.extra import extra_facts
from canbo.facts.registry import Fact, Subject
from canbo.facts.tables import Tables


def _facts_of(module: ModuleType) -> dict[str, Fact]:
    return {found.name: found for found in vars(module).values() if isinstance(found, Fact)}


FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        name: fact
        for module in (person, places, party, learning, career, outcomes, completeness, subjects, attendance, forms, retirement, standing)
        for name, fact in _facts_of(module).items()
    }
)


def facts_in(tables: Tables) -> Mapping[str, Fact]:
    """The facts these tables have: the registered ones, and one for each extra column of a list."""
    return {**extra_facts(tables), **FACTS}


def readable(facts: Mapping[str, Fact], subject: Subject) -> dict[str, Fact]:
    """Facts of the subject; subjects that belong to a person read the person's too."""
    mine = {subject} if subject == "unit" else {subject, "person"}
    return {name: fact for name, fact in facts.items() if fact.subject in mine}


class Words(dict[str, Name]):
    """A vocabulary that keeps the labels of its codes at hand: lists and tables ask for thousands of them."""

    def __init__(self, entries: Mapping[str, Name]) -> None:
        super().__init__(entries)
        self._labels: dict[str, dict[str, str]] = {}

    def labels(self, name: str) -> Mapping[str, str]:
        """Code → label of a fact's values; empty for facts without codes."""
        if name not in self._labels:
            of = self[name].type
            item = of.item if isinstance(of, ListOf) else of
            self._labels[name] = dict(pairs(item)) if isinstance(item, Code | Scale) else {}
        return self._labels[name]


def vocabulary(
    tables: Tables, *, subject: Subject | None = None, map_on: date | None = None, facts: Mapping[str, Fact] | None = None
) -> Words:
    """What expressions over these tables may name: all facts, or those a subject reads; places labelled by a day's map.

    `facts` saves reading the extra columns again.
    """
    facts = facts_in(tables) if facts is None else facts
    chosen = facts if subject is None else readable(facts, subject)
    return Words(
        {
            name: Name(type=fact.type_in(tables, map_on), label=fact.label, subject=fact.subject, group=fact.group)
            for name, fact in chosen.items()
        }
    )
