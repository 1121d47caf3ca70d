"""A dossier read for its page: group by group, each value with what is certified or disputed beside it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from canbo.dossier.attachments import Attached, attached_to
from canbo.dossier.claims import shown_claim
from canbo.dossier.disputes import Dispute, open_disputes
from canbo.dossier.groups import CV_GROUPS, NONE_OF, NONE_OF_FIELDS, CvGroup
from canbo.dossier.labels import label_of_code
from canbo.dossier.models import CertifiedValue, Decision, DeclaredNone, Person
from canbo.dossier.queries import shown_value
from canbo.dossier.sections import FieldSection, RecordSection, group_of_row
from canbo.dossier.values import label_of
from canbo.kernel.actors import Actor, Scope

TABLE = Person._meta.db_table


@dataclass(frozen=True)
class Value:
    """One field. `text` is what counts; where a paper certifies it, `typed` is what was typed beside it."""

    field: str
    label: str
    text: str
    typed: str = ""
    certified: str = ""
    disputes: tuple[Dispute, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class Entry:
    """One record: its cells, the decision it rests on, the source it came from, the files hanging on it."""

    pk: int
    cells: tuple[str, ...]
    decision: str
    source: str
    files: tuple[Attached, ...]


@dataclass(frozen=True)
class Part:
    """A section on the page: values, or a table; `nones` are what was said not to be, different from nothing said."""

    title: str
    table: str
    values: tuple[Value, ...] = ()
    heads: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    nones: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.nones or any(value.text or value.disputes for value in self.values))


@dataclass(frozen=True)
class Leaf:
    """One group on the page."""

    group: CvGroup
    parts: tuple[Part, ...]

    @property
    def is_empty(self) -> bool:
        return all(part.is_empty for part in self.parts)


@dataclass(frozen=True)
class _Beside:
    """What stands beside the person's own values, read once."""

    certified: dict[str, CertifiedValue]
    disputes: dict[str, list[Dispute]]
    nones: list[DeclaredNone]
    files: dict[tuple[str, int | None], list[Attached]]
    origins: Mapping[str, str] = field(default_factory=dict)


def outline(
    *, of: Person, hidden: Collection[str], actor: Actor, scope: Scope, origins: Mapping[str, str] = MappingProxyType({})
) -> list[Leaf]:
    """The groups the reader sees, in the CV's order. `hidden` are tables left out: closed, or opened only by purpose.

    `origins` are where the person's own values came from, where somebody asked for it.
    """
    beside = replace(_beside(of, actor, scope), origins=origins)
    leaves = [Leaf(group, tuple(_parts(group, of, beside, hidden, scope))) for group in CV_GROUPS]
    return [leaf for leaf in leaves if leaf.parts]


def part_of(*, of: Person, table: str, actor: Actor, scope: Scope) -> Part | None:
    """One table of records alone; None when the reader does not see it."""
    section = next(s for g in CV_GROUPS for s in g.record_sections if s.model._meta.db_table == table)
    return _records(section, of, _beside(of, actor, scope), scope) if scope.sees_group(section.group) else None


def _beside(of: Person, actor: Actor, scope: Scope) -> _Beside:
    disputes: dict[str, list[Dispute]] = defaultdict(list)
    for dispute in open_disputes(of=of, actor=actor, scope=scope):
        disputes[dispute.field].append(dispute)
    files: dict[tuple[str, int | None], list[Attached]] = defaultdict(list)
    for file in attached_to(of=of, actor=actor, scope=scope):
        files[file.table, file.row].append(file)
    certified = {row.field: row for row in CertifiedValue.objects.filter(person=of).order_by("pk")}
    nones = [row for row in DeclaredNone.objects.filter(person=of).order_by("known_from", "pk") if _sees(row, scope)]
    return _Beside(certified, disputes, nones, files)


def _sees(row: DeclaredNone, scope: Scope) -> bool:
    return scope.sees_group(group_of_row("declared_none", {"kind": row.kind}))


def _parts(group: CvGroup, of: Person, beside: _Beside, hidden: Collection[str], scope: Scope) -> Iterable[Part]:
    for fields in group.field_sections:
        if scope.sees_group(fields.group):
            yield _fields(fields, of, beside)
    for records in group.record_sections:
        if scope.sees_group(records.group) and records.model._meta.db_table not in hidden:
            yield _records(records, of, beside, scope)


def _fields(section: FieldSection, of: Person, beside: _Beside) -> Part:
    values = tuple(_value(of, name, beside) for name in section.fields)
    kinds = {kind for name in section.fields for kind in NONE_OF_FIELDS.get(name, ())}
    return Part(section.title, "", values=values, nones=_nones(beside, kinds))


def _value(of: Person, name: str, beside: _Beside) -> Value:
    typed = shown_value(of, name, TABLE, of.key)
    disputes, origin = tuple(beside.disputes.get(name, ())), beside.origins.get(name, "")
    certified = beside.certified.get(name)
    if certified is None:
        return Value(name, label_of(Person, name), typed, disputes=disputes, origin=origin)
    day = f", xác nhận {certified.certified_on.display}" if certified.certified_on else ""
    text = shown_claim(field=name, value=certified.value)
    return Value(name, label_of(Person, name), text, typed or "(để trống)", f"{certified.paper}{day}", disputes, origin)


def _nones(beside: _Beside, kinds: Collection[str]) -> tuple[str, ...]:
    """“llct: không” once for each kind, with the day it was last said."""
    said = {row.kind: row for row in beside.nones if row.kind in kinds}
    return tuple(_none(row) for row in said.values())


def _none(row: DeclaredNone) -> str:
    what = label_of_code(table="declared_none", column="kind", code=row.kind)
    day = f" (theo khai báo ngày {row.known_from:%d/%m/%Y})" if row.known_from else ""
    return f"{what[:1].upper()}{what[1:]}: Không{day}"


def _records(section: RecordSection, of: Person, beside: _Beside, scope: Scope) -> Part:
    model, table = section.model, section.model._meta.db_table
    own = {field.name for field in model._meta.concrete_fields}
    related = [name for name in (*section.columns, "source", "decision") if name in own and model._meta.get_field(name).is_relation]
    rows: Any = model._default_manager.filter(person=of).select_related(*related).order_by(*section.order, "pk")
    entries = tuple(_entry(row, section, of, beside) for row in rows if scope.sees_group(group_of_row(table, vars(row))))
    heads = tuple(label_of(model, name) for name in section.columns)
    return Part(section.title, table, heads=heads, entries=entries, nones=_nones(beside, NONE_OF.get(table, ())))


def _entry(row: Any, section: RecordSection, of: Person, beside: _Beside) -> Entry:
    table = section.model._meta.db_table
    cells = tuple(shown_value(row, name, table, of.key) for name in section.columns)
    source = getattr(row, "source", None)
    files = tuple(beside.files.get((table, row.pk), ()))
    return Entry(row.pk, cells, decision_text(getattr(row, "decision", None)), source.name if source else "", files)


def decision_text(decision: Decision | None) -> str:
    """“Số 12-QĐ/TU ngày 01/05/2020, Tỉnh ủy”, as far as it is written down."""
    if decision is None:
        return ""
    number = f"Số {decision.number}" if decision.number else ""
    day = f"ngày {decision.issued_on.display}" if decision.issued_on else ""
    first = " ".join(part for part in (number, day) if part)
    return ", ".join(part for part in (first, decision.issuer) if part)


__all__ = ["Entry", "Leaf", "Part", "Value", "decision_text", "outline", "part_of"]
