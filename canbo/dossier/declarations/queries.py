"""Reading rounds and declarations: the person her own, the unit those of the people in its scope."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Q

from canbo.access.queries import units_under
from canbo.dossier.declarations.items import (
    TABLES,
    Said,
    code_of,
    group_of,
    said_of,
    shown,
    stored_texts,
)
from canbo.dossier.declarations.rules import STATES, Answer, codes_seen, counted, current_texts, is_open, reaches
from canbo.dossier.files import MEDIA, content_of
from canbo.dossier.models import Declaration, DeclarationItem, DeclarationRound, Person
from canbo.dossier.queries import NotVisible, unit_of
from canbo.dossier.queries import person as visible_person
from canbo.dossier.writing import RECORDS
from canbo.kernel.actors import Actor, Scope


class RoundNotVisible(NotVisible):
    """No such round, or none that reaches the reader."""

    def __init__(self) -> None:
        Exception.__init__(self, "Không tìm thấy đợt kê khai này trong phạm vi của bạn.")


@dataclass(frozen=True)
class Pair:
    """One column of an item as read: seen by the person, said by her, and in the dossier now."""

    name: str
    seen: str
    said: str
    now: str

    @property
    def changed(self) -> bool:
        return self.seen != self.said


@dataclass(frozen=True)
class Item:
    """One declared item. `stale`: the dossier says something else now than when she declared."""

    row: DeclarationItem
    said: Said
    code: str
    pairs: tuple[Pair, ...]
    stale: bool


# --- rounds


def rounds(*, actor: Actor, scope: Scope) -> list[DeclarationRound]:
    """Rounds that reach units of the reader's scope, newest first."""
    if not actor.may("declaration.run"):
        return []
    found = DeclarationRound.objects.select_related("unit").order_by("-opens_on", "-pk")
    return [row for row in found if reaches(row, scope)]


def round_run(*, pk: int, actor: Actor, scope: Scope) -> DeclarationRound:
    """A round of the reader's scope; RoundNotVisible."""
    found = DeclarationRound.objects.select_related("unit").filter(pk=pk).first()
    if found is None or not actor.may("declaration.run") or not reaches(found, scope):
        raise RoundNotVisible
    return found


def own_rounds(*, on: date, actor: Actor, scope: Scope) -> list[DeclarationRound]:
    """Rounds the reader herself is asked in, open ones first."""
    if scope.own_person is None or not actor.may("dossier.read_own"):
        return []
    unit = unit_of(scope.own_person, on)
    found = DeclarationRound.objects.select_related("unit").filter(opens_on__lte=on).order_by("-closes_on", "-pk")
    mine = [row for row in found if unit in units_under([row.unit_id])]
    answered = Declaration.objects.filter(person=scope.own_person).exclude(round__in=[row.pk for row in mine])
    older = [row.round for row in answered.select_related("round__unit")]
    return sorted([*mine, *older], key=lambda row: not is_open(row, on))


def own_round(*, pk: int, on: date, actor: Actor, scope: Scope) -> DeclarationRound:
    found = next((row for row in own_rounds(on=on, actor=actor, scope=scope) if row.pk == pk), None)
    if found is None:
        raise RoundNotVisible
    return found


# --- declarations


def own_declaration(*, of: DeclarationRound, actor: Actor, scope: Scope) -> Declaration | None:
    return Declaration.objects.filter(round=of, person=scope.own_person).select_related("round", "person").first()


def declaration_sent(*, pk: int, on: date, actor: Actor, scope: Scope) -> Declaration:
    """A declaration that was sent, of a person in the reader's scope. Her own is decided by somebody else."""
    found = Declaration.objects.select_related("round__unit", "person").filter(pk=pk, sent_at__isnull=False).first()
    if found is None or not actor.may("declaration.run"):
        raise NotVisible
    visible_person(pk=found.person_id, on=on, actor=actor, scope=replace(scope, own_person=None))
    return found


def answers(*, of: DeclarationRound, people: Iterable[int], actor: Actor, scope: Scope) -> list[Answer]:
    """How each of these people answered; `people` were read in the scope. One read, however many people."""
    given = answers_given(of=of, actor=actor, scope=scope)
    return [given.get(person) or _no_answer(person) for person in people]


def answers_given(*, of: DeclarationRound, actor: Actor, scope: Scope) -> dict[int, Answer]:
    """person → answer, of those who began one; the caller shows only people it read in the scope."""
    return {row[0]: _answer(row) for row in _counted(of)}


def _no_answer(person: int) -> Answer:
    return Answer(person, "none", None, 0, 0, 0, 0)


def _counted(of: DeclarationRound) -> Iterable[tuple[int, int, datetime | None, int, int, int]]:
    counts = {state: Count("items", filter=Q(items__state=state)) for state in ("waiting", "accepted", "refused")}
    return Declaration.objects.filter(round=of).annotate(**counts).values_list("person", "pk", "sent_at", *counts)


def _answer(row: tuple[int, int, datetime | None, int, int, int]) -> Answer:
    person, pk, sent_at, waiting, accepted, refused = row
    state = "draft" if sent_at is None else ("sent" if waiting else "decided")
    return Answer(person, state, sent_at, waiting, accepted, refused, pk)


# --- items


def items_of(*, declaration: Declaration, actor: Actor, scope: Scope) -> tuple[list[Item], int]:
    """The items the reader may read, in the order they were put in, and how many she may not."""
    rows = [(row, said_of(row)) for row in DeclarationItem.objects.filter(declaration=declaration).order_by("pk")]
    seen = [(row, said) for row, said in rows if scope.sees_group(group_of(row, said))]
    now = _current(declaration.person, [row for row, _ in seen])
    return [_item(row, said, now, declaration.person) for row, said in seen], len(rows) - len(seen)


def _current(person: Person, rows: list[DeclarationItem]) -> dict[tuple[str, int], object]:
    """The records these items speak of, as they are now; one read a table."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.record_id is not None:
            wanted[row.table].append(row.record_id)
    return {
        (table, record.pk): record
        for table, ids in wanted.items()
        for record in RECORDS[table]._default_manager.filter(person=person, pk__in=ids)
    }


def _item(row: DeclarationItem, said: Said, now: dict[tuple[str, int], object], person: Person) -> Item:
    current = current_texts(row=row, said=said, person=person, record=now.get((row.table, row.record_id or 0)))
    seen, told, there = (shown(table=row.table, values=v) for v in (said.seen, said.values, current))
    pairs = tuple(Pair(n, seen.get(n, ""), told[n], there.get(n, "")) for n in said.values)
    stale = row.state == "waiting" and any(current.get(n, "") != said.seen.get(n, "") for n in said.values)
    return Item(row, said, code_of(row, said), pairs, stale)


@dataclass(frozen=True)
class ItemFile:
    """The scan of an item, opened."""

    person: int
    content: bytes
    media_type: str

    @property
    def ending(self) -> str:
        return next((ending for ending, media in MEDIA.items() if media == self.media_type), "bin")


def file_of_item(*, pk: int, on: date, actor: Actor, scope: Scope) -> ItemFile:
    """The person's own at any time; the unit's once it was sent, when it sees the item's group. NotVisible."""
    row = DeclarationItem.objects.select_related("declaration").filter(pk=pk).exclude(attachment_sha256="").first()
    if row is None or not scope.sees_group(group_of(row, said_of(row))):
        raise NotVisible
    person = row.declaration.person_id
    if not (scope.own_person == person and actor.may("dossier.read_own")):
        declaration_sent(pk=row.declaration_id, on=on, actor=actor, scope=scope)
    return ItemFile(person, *content_of(row.attachment_sha256))


def records_of(*, table: str, actor: Actor, scope: Scope) -> list[tuple[int, dict[str, str]]]:
    """The reader's own records of a ticked table: (id, column → text)."""
    person = Person.objects.get(pk=scope.own_person or 0)
    rows = RECORDS[table]._default_manager.filter(person=person).order_by("pk")
    return [(row.pk, stored_texts(row=row, table=table, names=TABLES[table], key=person.key)) for row in rows]


__all__ = [
    "STATES", "Answer", "Item", "Pair", "RoundNotVisible", "answers", "answers_given", "codes_seen", "counted", "current_texts",
    "declaration_sent", "file_of_item", "is_open", "items_of", "own_declaration", "own_round", "own_rounds", "reaches", "records_of",
    "round_run", "rounds",
]  # fmt: skip
