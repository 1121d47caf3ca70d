"""Plain rules of rounds and declarations over rows already read: what is open, what is seen, how an answer stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from canbo.access.queries import units_under
from canbo.dossier.declarations.items import NONE, PERSON, Said, group_of_code, stored_texts
from canbo.dossier.models import DeclarationItem, DeclarationRound, Person
from canbo.kernel.actors import Scope

# How a declaration stands, in the order of the tabs.
STATES = {"none": "chưa khai", "draft": "đang soạn", "sent": "chờ xét", "decided": "đã xét xong"}


@dataclass(frozen=True)
class Answer:
    """How one person's declaration stands."""

    person: int
    state: str
    sent_at: datetime | None
    waiting: int
    accepted: int
    refused: int
    pk: int


def reaches(of: DeclarationRound, scope: Scope) -> bool:
    return scope.units is None or bool(scope.units & units_under([of.unit_id]))


def is_open(of: DeclarationRound, on: date) -> bool:
    return not of.closed and of.opens_on <= on <= of.closes_on


def codes_seen(of: DeclarationRound, scope: Scope) -> list[str]:
    """Ticks of the round in the groups the reader sees."""
    return [code for code in of.items if scope.sees_group(group_of_code(code))]


def current_texts(*, row: DeclarationItem, said: Said, person: Person, record: object) -> dict[str, str]:
    """What the dossier holds where the item would be written; nothing for a new record or one that is gone."""
    if row.table == PERSON:
        return stored_texts(row=person, table=PERSON, names=said.values, key=person.key)
    if record is None or row.table == NONE:
        return {}
    return stored_texts(row=record, table=row.table, names=said.values, key=person.key)  # type: ignore[arg-type]


def counted(of: Iterable[Answer]) -> dict[str, int]:
    found = Counter(answer.state for answer in of)
    return {state: found[state] for state in STATES}
