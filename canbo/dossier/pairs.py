"""What was decided of two dossiers that look alike: merged, or told apart; and the two side by side."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from canbo.audit.changes import act
from canbo.dossier.merging import alike, choosable
from canbo.dossier.models import CertifiedValue, Person, PersonMerge, SeparatePair
from canbo.dossier.queries import NotVisible, shown_value, units_of
from canbo.dossier.sections import FIELD_SECTIONS, RECORD_SECTIONS, RecordSection, group_of_row
from canbo.dossier.values import label_of
from canbo.dossier.writing import MergeRefused, writable
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean

_GROUPS = {group[0]: group for group in choosable()}
_GROUP_HEAD = {name: group[0] for group in _GROUPS.values() for name in group}


@dataclass(frozen=True)
class FieldPair:
    """One field in both dossiers; `head` names what is chosen with it, `keep` is the side proposed (1 or 2)."""

    name: str
    head: str
    label: str
    first: str
    second: str
    keep: int
    certified: int
    # Both sides say something, and not the same, here or in a column that comes with this one.
    choosable: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.first and self.second and self.first != self.second)


@dataclass(frozen=True)
class Together:
    """The records of one kind as they would stand in one dossier: (from 1, from 2, cells)."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[bool, bool, tuple[str, ...]], ...]


@dataclass(frozen=True)
class PairView:
    first: Person
    second: Person
    sections: tuple[tuple[str, tuple[FieldPair, ...]], ...]
    records: tuple[Together, ...]


def pair_of(*, first: int, second: int, on: date, actor: Actor, scope: Scope) -> tuple[Person, Person]:
    """Both dossiers, when the reader keeps both; MergeRefused for one already merged."""
    if first == second:
        raise NotVisible
    one, other = (writable(pk, on, actor, replace(scope, own_person=None)) for pk in sorted((first, second)))
    return one, other


def side_by_side(*, first: Person, second: Person, actor: Actor, scope: Scope) -> PairView:
    """Fields and records of both, only the groups the reader sees."""
    fields = []
    sure = tuple(_certified(of) for of in (first, second))
    for section in FIELD_SECTIONS:
        if scope.sees_group(section.group):
            found = [_field(name, first, second, sure) for name in section.fields]
            fields.append((section.title, tuple(f for f in found if f.first or f.second)))
    records = [_together(s, first, second, scope) for s in RECORD_SECTIONS if scope.sees_group(s.group)]
    return PairView(first, second, tuple(f for f in fields if f[1]), tuple(r for r in records if r.rows))


def _field(name: str, first: Person, second: Person, sure: tuple[set[str], ...]) -> FieldPair:
    one, other = (shown_value(of, name, "person", of.key) for of in (first, second))
    certified = next((n for n, names in enumerate(sure, start=1) if name.removesuffix("_sealed") in names), 0)
    keep = certified or (1 if one or not other else 2)
    open_to_choice = _GROUP_HEAD.get(name, name) == name and any(_differ(n, first, second) for n in _GROUPS.get(name, (name,)))
    return FieldPair(name, _GROUP_HEAD.get(name, name), label_of(Person, name), one, other, keep, certified, open_to_choice)


def _differ(name: str, first: Person, second: Person) -> bool:
    one, other = (shown_value(of, name, "person", of.key) for of in (first, second))
    return bool(one and other and one != other)


def _certified(of: Person) -> set[str]:
    fields = CertifiedValue.objects.filter(person=of).values_list("field", flat=True)
    return {field.removeprefix("person.").removesuffix("_sealed") for field in fields}


def _together(section: RecordSection, first: Person, second: Person, scope: Scope) -> Together:
    related = [c for c in section.columns if section.model._meta.get_field(c).is_relation]
    table = section.model._meta.db_table
    rows = section.model._default_manager.filter(person__in=[first, second]).select_related(*related)
    seen = [r for r in rows.order_by(*section.order, "pk") if scope.sees_group(group_of_row(table, vars(r)))]
    mine = [r for r in seen if r.person_id == first.pk]  # type: ignore[attr-defined]
    theirs = [r for r in seen if r.person_id == second.pk]  # type: ignore[attr-defined]
    both = {r.pk for r in theirs if any(alike(r, other) for other in mine)}
    shown = []
    for row in seen:
        of_first = row.person_id == first.pk  # type: ignore[attr-defined]
        if row.pk in both:
            continue
        key = (first if of_first else second).key
        doubled = of_first and any(alike(other, row) for other in theirs)
        shown.append((of_first, not of_first or doubled, tuple(shown_value(row, c, table, key) for c in section.columns)))
    return Together(section.title, tuple(label_of(section.model, c) for c in section.columns), tuple(shown))


# --- decisions


def keep_apart(*, first: int, second: int, on: date, actor: Actor, scope: Scope, at: datetime, reason: str) -> SeparatePair:
    """Conclude that two dossiers are two people: the pair is not proposed again."""
    if not clean(reason):
        raise MergeRefused("Hãy ghi lý do kết luận là hai người.")
    with act(actor=actor, action="dossier.merge", at=at, reason=f"Hai người khác nhau: {clean(reason)}") as log:
        one, other = pair_of(first=first, second=second, on=on, actor=actor, scope=scope)
        if SeparatePair.objects.filter(first=one.pk, second=other.pk).exists():
            raise MergeRefused("Cặp này đã được kết luận là hai người.")
        row = SeparatePair.objects.create(first=one.pk, second=other.pk, reason=clean(reason)[:300])
        log.inserted(row, person=one.pk)
        log.inserted(row, person=other.pk)
    return row


def propose_again(*, pair: int, on: date, actor: Actor, scope: Scope, at: datetime) -> None:
    """Take the conclusion back: the pair is proposed again if it still looks alike."""
    with act(actor=actor, action="dossier.merge", at=at, reason="Xét lại cặp đã kết luận là hai người") as log:
        row = SeparatePair.objects.filter(pk=pair).first()
        if row is None:
            raise MergeRefused("Cặp này không còn trong danh sách; hãy tải lại trang.")
        pair_of(first=row.first, second=row.second, on=on, actor=actor, scope=scope)
        log.deleted({"first": row.first, "second": row.second, "reason": row.reason}, row)
        row.delete()


def merges_seen(*, on: date, actor: Actor, scope: Scope) -> list[PersonMerge]:
    """Merges that stand, newest first, whose kept dossier is within the reader's scope."""
    found = list(PersonMerge.objects.filter(undone=False).order_by("-pk"))
    kept = keepable([m.kept for m in found], on=on, scope=scope)
    return [m for m in found if m.kept in kept]


def merge_seen(*, pk: int, on: date, actor: Actor, scope: Scope) -> PersonMerge:
    found = next((m for m in merges_seen(on=on, actor=actor, scope=scope) if m.pk == pk), None)
    if found is None:
        raise NotVisible
    return found


def separate_seen(*, on: date, actor: Actor, scope: Scope) -> list[SeparatePair]:
    found = list(SeparatePair.objects.order_by("-pk"))
    kept = keepable([pk for row in found for pk in (row.first, row.second)], on=on, scope=scope)
    return [row for row in found if row.first in kept and row.second in kept]


def keepable(people: list[int], *, on: date, scope: Scope) -> set[int]:
    """Of these people, those whose unit is within the scope."""
    if scope.units is None:
        return set(people)
    return {person for person, unit in units_of(people, on).items() if scope.sees_unit(unit)}


__all__ = [
    "FieldPair", "PairView", "Together", "keep_apart", "keepable", "merge_seen", "merges_seen", "pair_of",
    "propose_again", "separate_seen", "side_by_side",
]  # fmt: skip
