"""What moves when two dossiers become one, and how it moves back."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model

from canbo.access.models import User
from canbo.audit.changes import ActLog, keyring, values_of
from canbo.dossier.models import Declaration, DeclaredNone, Person
from canbo.dossier.once import OnceEach
from canbo.dossier.sections import RECORD_SECTIONS, sealed_place
from canbo.dossier.writing import MergeRefused
from canbo.sealing.keyring import SealBroken

# Columns that only make sense together: a place is not put together from two dossiers, nor a number with another's date.
_TOGETHER = (
    ("native_place", "native_province", "native_district", "native_commune", "native_map"),
    ("personal_id_sealed", "personal_id_index", "personal_id_issued_on"),
    ("ethnicity", "ethnicity_text"),
    ("party_joined", "party_official", "party_left", "party_status", "party_known_from"),
    ("first_organisation_on", "first_organisation"),
    ("enlisted_on", "discharged_on", "military_rank"),
)
BOTH = "Cả hai hồ sơ đều có trong một danh sách chỉ ghi mỗi người một lần; hãy bỏ một người khỏi danh sách đó rồi nhập hồ sơ."
_OWN = {"id", "key", "merged_into_id"}
_NOT_SAID = {"id", "person", "source", "decision", "note"}
_ALIKE = {section.model._meta.db_table for section in RECORD_SECTIONS}


def tables_of_person() -> list[type[Model]]:
    """Every table with rows of a person, whether the dossier shows it or not."""
    models = apps.get_app_config("canbo").get_models()
    return [m for m in models if any(f.name == "person" and f.related_model is Person for f in m._meta.concrete_fields)]


def move_rows(*, model: type[Model], ids: list[int] | None, old: Person, new: Person, log: ActLog) -> list[int]:
    """Rows of `old` (all, or only these) become rows of `new`; each is told in both dossiers' history."""
    rows = model._default_manager.filter(person=old).order_by("pk")
    moved = []
    for row in rows if ids is None else rows.filter(pk__in=ids):
        if _said_already(row, new):
            continue
        before = values_of(row)
        _reseal(row, model._meta.db_table, old.key, new.key)
        row.person = new  # type: ignore[attr-defined]
        row.save()
        log.updated(before, row, person=old.pk)
        log.updated(before, row, person=new.pk)
        moved.append(int(row.pk))
    return moved


def refuse_both(*, old: Person, new: Person) -> None:
    """MergeRefused where both dossiers stand in something that takes a person once and is not settled."""
    for model in tables_of_person():
        rule = once_each(model)
        if rule is None or rule.waits is None:
            continue
        rows = model._default_manager
        both = set(rows.filter(person=old).values_list(*rule.by)) & set(rows.filter(person=new).values_list(*rule.by))
        waiting = rows.filter(rule.waits, person__in=(old, new)).values_list(*rule.by)
        if both & set(waiting):
            raise MergeRefused(rule.text)


def once_each(model: type[Model]) -> OnceEach | None:
    """What the model says of itself; else what its unique constraint says, with everything taken as not settled."""
    if found := getattr(model, "ONCE_EACH", None):
        return found  # type: ignore[no-any-return]
    if model in (Declaration, DeclaredNone):
        return None
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and "person" in constraint.fields:
            return OnceEach(tuple(name for name in constraint.fields if name != "person"), models.Q(), BOTH)
    return None


def _said_already(row: Model, new: Person) -> bool:
    """What both dossiers say alike – the same record, a "không có" of one day, an answer to one round – stays where it is."""
    rule = once_each(type(row))
    if rule is not None:
        mine = type(row)._default_manager.filter(pk=row.pk).values(*rule.by)[0]
        return type(row)._default_manager.filter(person=new, **mine).exists()
    if isinstance(row, Declaration):
        return Declaration._default_manager.filter(person=new, round=row.round_id).exists()
    if isinstance(row, DeclaredNone):
        same = DeclaredNone._default_manager.filter(person=new, kind=row.kind, known_from=row.known_from)
        return row.known_from is not None and same.exists()
    table = row._meta.db_table
    return table in _ALIKE and any(alike(row, other) for other in type(row)._default_manager.filter(person=new))


def alike(row: Model, other: Model) -> bool:
    """Whether two records say the same, whoever said it; sealed texts are never compared, so their rows are never alike."""
    names = [f.attname for f in row._meta.concrete_fields if f.name not in _NOT_SAID]
    if any(name.endswith("_sealed") for name in names):
        return False
    return all(getattr(row, name) == getattr(other, name) for name in names)


def _reseal(row: Model, table: str, old_key: str, new_key: str) -> None:
    """A sealed value opens only at its own person, so moving it means sealing it anew; a broken seal moves as it is."""
    for field in row._meta.concrete_fields:
        if field.name.endswith("_sealed"):
            value = resealed(getattr(row, field.attname), table=table, name=field.name, old_key=old_key, new_key=new_key)
            setattr(row, field.attname, value)


def resealed(value: str, *, table: str, name: str, old_key: str, new_key: str) -> str:
    """The sealed text for its new owner."""
    if not value:
        return value
    try:
        plain = keyring().open(value, place=sealed_place(table, name, old_key))
    except SealBroken:
        return value
    return keyring().seal(plain, place=sealed_place(table, name, new_key))


def fill_empty(first: Person, second: Person) -> dict[str, Any]:
    """Give `first` what only `second` has; returns what was given, as JSON keeps it, for undo."""
    filled = {}
    for names in _groups():
        if any(getattr(first, name) not in (None, "") for name in names):
            continue
        for name in names:
            value = getattr(second, name)
            if value in (None, ""):
                continue
            if name.endswith("_sealed"):
                value = resealed(value, table="person", name=name, old_key=second.key, new_key=first.key)
            setattr(first, name, value)
            filled[name] = str(value)
    return filled


def choosable() -> list[tuple[str, ...]]:
    """What may be taken from either dossier: columns that only make sense together come together, named by their first."""
    return [names for names in _groups() if not set(names) & {"personal_id_index"} or "personal_id_sealed" in names]


def take_chosen(first: Person, second: Person, names: Collection[str]) -> dict[str, list[str]]:
    """Give `first` the values of `second` in these groups; returns column → [old, new] as JSON keeps it, for undo."""
    taken = {}
    for group in _groups():
        for name in group if group[0] in names else ():
            old, value = getattr(first, name), getattr(second, name)
            if name.endswith("_sealed"):
                value = resealed(value, table="person", name=name, old_key=second.key, new_key=first.key)
            setattr(first, name, value)
            taken[name] = [_kept_text(old), _kept_text(value)]
    return taken


def give_back(first: Person, taken: dict[str, list[str]]) -> None:
    """Put back what `first` had before the choice, unless somebody has corrected it since."""
    for name, (old, new) in taken.items():
        if _kept_text(getattr(first, name)) == new:
            setattr(first, name, _value_of(Person._meta.get_field(name), old))


def _kept_text(value: Any) -> str:
    return "" if value is None else str(value)


def _value_of(field: Any, text: str) -> Any:
    if not text:
        return None if field.null else ""
    return date.fromisoformat(text) if isinstance(field, models.DateField) else field.to_python(text)


def _groups() -> list[tuple[str, ...]]:
    grouped = {name for names in _TOGETHER for name in names}
    alone = [f.attname for f in Person._meta.concrete_fields if f.attname not in grouped | _OWN]
    return [*_TOGETHER, *((name,) for name in alone)]


def take_back(first: Person, filled: dict[str, Any]) -> None:
    """Empty what the merge had filled, unless somebody has corrected it since."""
    for name, value in filled.items():
        field: Any = Person._meta.get_field(name)
        if str(getattr(first, name)) == value:
            setattr(first, name, None if field.null else "")


def move_accounts(*, old: Person, new: Person, log: ActLog, ids: list[int] | None = None) -> list[int]:
    """Accounts whose owner is `old` (all, or only these) now belong to `new`."""
    users = User.objects.filter(person_key=old.key)
    moved = []
    for user in users if ids is None else users.filter(pk__in=ids):
        before = values_of(user)
        user.person_key = new.key
        user.save(update_fields=["person_key"])
        log.updated(before, user)
        moved.append(user.pk)
    return moved
