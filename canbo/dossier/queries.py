"""Reading dossiers, always within the reader's scope."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from canbo.audit.changes import keyring
from canbo.dossier.labels import head_of, label_of_code
from canbo.dossier.models import Employment, Holding, Person
from canbo.dossier.sections import (
    FIELD_SECTIONS,
    RECORD_SECTIONS,
    FieldSection,
    RecordSection,
    group_of_row,
    sealed_place,
)
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate
from canbo.kernel.numbers import decimal_text
from canbo.organization.models import Unit
from canbo.sealing.keyring import SealBroken

SEAL_BROKEN = "(không mở được: giá trị niêm phong đã bị sửa hoặc không thuộc hồ sơ này)"


class NotVisible(Exception):
    """No such dossier, or not within the reader's scope: the two are told in the same words."""

    def __init__(self) -> None:
        super().__init__("Không tìm thấy hồ sơ này trong phạm vi bạn được giao.")


@dataclass(frozen=True)
class Section:
    """One section to show: pairs of label and value, or a table with heads and rows of (record id, cells)."""

    title: str
    pairs: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()


def person(*, pk: int, on: date, actor: Actor, scope: Scope) -> Person:
    """The person, when she is the reader herself or serves (or last served) in a unit of the scope; else NotVisible."""
    found = Person.objects.filter(pk=pk).first()
    if found is None or not _visible(found, on, actor, scope):
        raise NotVisible
    return found


def _visible(found: Person, on: date, actor: Actor, scope: Scope) -> bool:
    if scope.own_person == found.pk and actor.may("dossier.read_own"):
        return True
    return actor.may("dossier.read") and (scope.units is None or scope.sees_unit(unit_of(found.pk, on)))


def unit_of(person: int, on: date) -> int | None:
    """The unit of the day, else the last one before it, else the first one after: whose keeper answers for the dossier."""
    return units_of([person], on).get(person)


def units_of(people: Iterable[int], on: date) -> dict[int, int]:
    """person → unit as for unit_of, in one read; who never served is left out."""
    rows: dict[int, list[_Service]] = defaultdict(list)
    found = Employment.objects.filter(person__in=list(people)).values_list("person", "start", "end", "unit", "pk")
    for person, start, end, unit, pk in found:
        rows[person].append(_Service(start, end, unit, pk))
    return {person: max(served, key=lambda row: row.rank(on)).unit for person, served in rows.items()}


def post_and_unit(*, of: Person, on: date, actor: Actor, scope: Scope) -> tuple[str, str]:
    """The main post as written, else by its title, and the unit's name, of the day or the last ones before it."""
    held: Any = Holding.objects.holding(on).filter(person=of).exclude(kind="concurrent").select_related("title", "unit")
    main = min(held, key=lambda row: (row.title.protocol_order if row.title else 9999, row.pk), default=None)
    post = (main.title_text or (main.title.name if main.title else "")) if main else ""
    serves = unit_of(of.pk, on)
    unit = Unit.objects.filter(pk=serves).values_list("name", flat=True).first() if serves is not None else None
    return post, unit or ""


class _Service(NamedTuple):
    """A span of service. An end before its start, as old papers have it, must not stop the reading: no Span is made."""

    start: PartialDate | None
    end: PartialDate | None
    unit: int
    pk: int

    def rank(self, on: date) -> tuple[int, date, date, int]:
        """Surely in service that day (the latest), then possibly, then before it (the last to end), then after it (the first)."""
        begins = self.start.lo if self.start else date.min
        over = self.end is not None and on >= (self.end.lo if self.end.precision == "day" else self.end.after)
        if not over and begins <= on:
            return (3 if self.start and self.start.hi <= on else 2), begins, date.min, self.pk
        ends = self.end.hi if self.end else date.max
        return (1, ends, begins, self.pk) if over else (0, date.min + (date.max - begins), date.min, -self.pk)


def sections(*, of: Person, actor: Actor, scope: Scope) -> list[Section]:
    """The dossier in the CV's order, only the groups the reader sees; records without rows are left out."""
    shown = [_fields(of, s) for s in FIELD_SECTIONS if scope.sees_group(s.group)]
    shown += [_records(of, s, scope) for s in RECORD_SECTIONS if scope.sees_group(s.group)]
    return [s for s in shown if s.pairs or s.rows]


def _fields(of: Person, section: FieldSection) -> Section:
    pairs = []
    for name in section.fields:
        text = shown_value(of, name, "person", of.key)
        if text:
            pairs.append((_label(type(of), name), text))
    return Section(section.title, pairs=tuple(pairs))


def _records(of: Person, section: RecordSection, scope: Scope) -> Section:
    related = [c for c in section.columns if section.model._meta.get_field(c).is_relation]
    rows: QuerySet[Any] = section.model._default_manager.filter(person=of).select_related(*related)
    rows = rows.order_by(*section.order, "pk")
    table = section.model._meta.db_table
    seen = [row for row in rows if scope.sees_group(group_of_row(table, vars(row)))]
    cells = tuple((r.pk, tuple(shown_value(r, c, table, of.key) for c in section.columns)) for r in seen)
    return Section(section.title, heads=tuple(_label(section.model, c) for c in section.columns), rows=cells)


def _label(model: type[Model], name: str) -> str:
    return head_of(column=name, verbose_name=str(getattr(model._meta.get_field(name), "verbose_name", name)))


def shown_value(row: Model, name: str, table: str, key: str) -> str:
    """A value as people read it: labels for choices, names for units and titles, dates day first, sealed ones opened."""
    value = getattr(row, name)
    if value in (None, ""):
        return ""
    kind = str(getattr(row, "kind", ""))
    if name.endswith("_sealed"):
        return _opened_value(str(value), name, table, key)
    if isinstance(value, PartialDate):
        return value.display
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Model):
        return str(getattr(value, "name", "") or getattr(value, "code", "") or value.pk)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Decimal):
        return decimal_text(value)
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display else label_of_code(table=table, column=name, code=str(value), kind=kind)


def _opened_value(sealed: str, name: str, table: str, key: str) -> str:
    try:
        opened = keyring().open(sealed, place=sealed_place(table, name, key))
    except SealBroken:
        return SEAL_BROKEN
    return label_of_code(table=table, column=name, code=opened)
