"""What the person's page of a round shows: each ticked part of the CV, as the dossier has it and as she says it."""

from dataclasses import dataclass, field

from canbo.dossier.declarations.items import (
    NONE,
    NONES,
    PERSON,
    TABLES,
    AskedSection,
    label_of_column,
    sections_asked,
    shown,
    stored_texts,
)
from canbo.dossier.declarations.queries import Item, codes_seen, items_of, records_of
from canbo.dossier.labels import choices_of, label_of_code
from canbo.dossier.models import Declaration, DeclarationRound, Person
from canbo.web.desk import Desk

# Tables whose rows are of kinds with columns of their own: the kind is chosen first.
KINDED = ("qualification", "distinction")
_OF_LANGUAGE = ("ngoai-ngu", "tieng-dan-toc")


@dataclass(frozen=True)
class FieldLine:
    """A field of the person: as the dossier has it, and what was said of it."""

    label: str
    now: str
    item: Item | None
    past: tuple[Item, ...]

    @property
    def said(self) -> str:
        return self.item.pairs[0].said if self.item else ""


@dataclass(frozen=True)
class RecordLine:
    """A record of the dossier, or one said anew (`pk` None): its columns as read."""

    pk: int | None
    pairs: tuple[tuple[str, str], ...]
    item: Item | None = None

    @property
    def head(self) -> str:
        return " · ".join(text for _, text in self.pairs if text)


@dataclass(frozen=True)
class Part:
    """One section of the page; `number` is its place among all sections that may be asked."""

    number: int
    title: str
    table: str
    fields: tuple[FieldLine, ...] = ()
    records: tuple[RecordLine, ...] = ()
    past: tuple[Item, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    nones: tuple[tuple[str, str], ...] = ()
    said_none: tuple[Item, ...] = ()


@dataclass
class Said:
    """Everything said in a round, sorted by what it speaks of."""

    waiting: list[Item] = field(default_factory=list)
    past: list[Item] = field(default_factory=list)


def said_in(*, declaration: Declaration | None, desk: Desk) -> Said:
    found = Said()
    if declaration is not None:
        for item in items_of(declaration=declaration, actor=desk.actor, scope=desk.scope)[0]:
            (found.waiting if item.row.state == "waiting" else found.past).append(item)
    return found


def parts(*, of: DeclarationRound, said: Said, person: Person, desk: Desk) -> list[Part]:
    """The ticked sections in the order of the CV, only groups the reader sees."""
    ticked = set(codes_seen(of, desk.scope))
    found = []
    for number, section in enumerate(sections_asked(), start=1):
        codes = [code for code, _ in section.items if code in ticked]
        if codes:
            found.append(_part(number, section, codes, said, person, desk))
    return found


def _part(number: int, section: AskedSection, codes: list[str], said: Said, person: Person, desk: Desk) -> Part:
    if codes[0].startswith(f"{PERSON}."):
        names = [code.removeprefix(f"{PERSON}.") for code in codes]
        return Part(number, section.title, PERSON, fields=tuple(_field(name, said, person) for name in names))
    return _records(number, section.title, codes[0], said, desk)


def _field(name: str, said: Said, person: Person) -> FieldLine:
    now = shown(table=PERSON, values=stored_texts(row=person, table=PERSON, names=[name], key=person.key))[name]
    mine = [item for item in said.waiting if item.code == f"{PERSON}.{name}"]
    past = tuple(item for item in said.past if item.code == f"{PERSON}.{name}")
    return FieldLine(label_of_column(PERSON, name), now, mine[0] if mine else None, past)


def _records(number: int, title: str, table: str, said: Said, desk: Desk) -> Part:
    mine = [item for item in said.waiting if item.code == table]
    of_record = {item.row.record_id: item for item in mine if item.row.record_id is not None}
    kept = records_of(table=table, actor=desk.actor, scope=desk.scope)
    lines = [RecordLine(pk, _pairs(table, texts), of_record.get(pk)) for pk, texts in kept]
    new = [item for item in mine if item.row.record_id is None and item.row.table != NONE]
    lines += [RecordLine(None, _pairs(table, dict(item.said.values)), item) for item in new]
    kinds = tuple(choices_of(table=table, column="kind")) if table in KINDED else ()
    nones = tuple(item for item in mine if item.row.table == NONE)
    past = tuple(item for item in said.past if item.code == table)
    return Part(number, title, table, (), tuple(lines), past, kinds, _nones(table, kept, new, nones), nones)


def _pairs(table: str, texts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    told = shown(table=table, values=texts)
    return tuple((label_of_column(table, name), told[name]) for name in TABLES[table] if told.get(name))


def _nones(
    table: str, kept: list[tuple[int, dict[str, str]]], new: list[Item], said: tuple[Item, ...]
) -> tuple[tuple[str, str], ...]:
    """What may still be answered with “Không có”: kinds (or whole tables) that hold nothing and were not answered."""
    answered = {item.said.values["kind"] for item in said}
    held = {texts.get("kind") for _, texts in kept} | {item.said.values.get("kind") for item in new}
    if table not in KINDED and (kept or new):
        return ()
    kinds = [kind for kind in NONES.get(table, ()) if kind not in answered and not (table in KINDED and kind in held)]
    return tuple((kind, label_of_code(table=NONE, column="kind", code=kind)) for kind in kinds)


def columns_of(*, table: str, kind: str) -> tuple[str, ...]:
    """The columns asked of a record of this kind; the kind itself was chosen before."""
    left_out = {"kind"} if table in KINDED else set()
    if table == "qualification":
        left_out |= set() if kind in _OF_LANGUAGE else {"language"}
        left_out |= set() if choices_of(table=table, column="level", kind=kind) else {"level"}
    return tuple(name for name in TABLES[table] if name not in left_out)


__all__ = ["KINDED", "Part", "Said", "columns_of", "parts", "said_in"]
