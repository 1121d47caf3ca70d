"""A value on its way into a dossier: read, checked and sealed; what cannot be is refused in one sentence."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model

from canbo.audit.changes import keyring
from canbo.dossier.labels import head_of
from canbo.dossier.sections import sealed_place
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import nfc
from canbo.sealing.keyring import SealBroken

ID_DIGITS = 12
# What cannot end before it began; each compared as far as both are known.
_ORDERED = (
    ("start", "end"),
    ("began", "obtained"),
    ("decided_on", "ended_on"),
    ("party_joined", "party_official"),
    ("party_joined", "party_left"),
    ("enlisted_on", "discharged_on"),
    ("birth", "died_on"),
)
_NOT_GIVEN = {"id", "key", "person", "person_id", "merged_into", "merged_into_id", "personal_id_index", "family_origin"}


class ValueRefused(Exception):
    """A value that cannot be, or a record that is not there; the text says which and what to do."""


def put_values(*, row: Model, values: Mapping[str, Any], key: str) -> None:
    """Set these columns as they are stored; sealed ones are sealed anew only where the text differs."""
    for name, value in values.items():
        _refuse_column(row, name)
        field: Any = row._meta.get_field(name)
        value = _text(field, value)
        if name.endswith("_sealed"):
            value = _sealed(row, name, value, key)
        is_key = isinstance(field, ForeignKey) and not isinstance(value, Model)
        setattr(row, field.attname if is_key else name, value)


def check_values(*, row: Model, names: Mapping[str, Any] | None = None) -> None:
    """Refuse a row (or only these columns of it) that the tables do not allow, or that ends before it begins."""
    fields = row._meta.concrete_fields
    left_out = {f.name for f in fields if names is not None and f.name not in names and f.attname not in names}
    left_out |= {f.name for f in fields if f.null and getattr(row, f.attname) is None}
    try:
        row.clean_fields(exclude=left_out)
        row.validate_constraints(exclude=left_out)
    except ValidationError as error:
        raise ValueRefused(_sentence(row, error)) from None
    for start, end in _ORDERED:
        if names is None or start in names or end in names:
            _check_order(row, start, end)


def _check_order(row: Model, start: str, end: str) -> None:
    first, last = getattr(row, start, None), getattr(row, end, None)
    if isinstance(first, PartialDate) and isinstance(last, PartialDate) and last.hi < first.lo:
        raise ValueRefused(
            f"“{label_of(row, end)}” ({last.display}) trước “{label_of(row, start)}” ({first.display}); "
            "xin xem lại hai ngày này."
        )


def label_of(row: Model | type[Model], name: str) -> str:
    """The column's label with a capital."""
    return head_of(column=name, verbose_name=str(getattr(row._meta.get_field(name), "verbose_name", name)))


def _refuse_column(row: Model, name: str) -> None:
    known = {name for f in row._meta.concrete_fields for name in (f.name, f.attname)}
    if name not in known - _NOT_GIVEN:
        raise ValueError(f"{type(row).__name__} has no column {name} to be written")


def _text(field: Any, value: Any) -> Any:
    if value is None and not field.null and field.empty_strings_allowed:
        return ""
    if not isinstance(value, str):
        return value
    if "\0" in value:
        raise ValueRefused("Giá trị có ký tự điều khiển không nhìn thấy; hãy gõ lại.")
    return nfc(value).strip()


def _sealed(row: Model, name: str, value: Any, key: str) -> str:
    text = str(value or "")
    if name == "personal_id_sealed" and text and not (text.isascii() and text.isdecimal() and len(text) == ID_DIGITS):
        raise ValueRefused(f"Số định danh cá nhân gồm đúng {ID_DIGITS} chữ số; xin xem lại.")
    place = sealed_place(row._meta.db_table, name, key)
    old = str(getattr(row, name) or "")
    if old and text and text == _opened(old, place):
        return old
    sealed = keyring().seal(text, place=place) if text else ""
    longest = getattr(row._meta.get_field(name), "max_length", None)
    if longest and len(sealed) > longest:
        raise ValueRefused(f"“{label_of(row, name)}” quá dài; hãy ghi ngắn hơn.")
    return sealed


def _opened(sealed: str, place: str) -> str | None:
    try:
        return keyring().open(sealed, place=place)
    except SealBroken:
        return None


def _sentence(row: Model, error: ValidationError) -> str:
    """The first thing wrong, with the column's label."""
    name, errors = next(iter(error.message_dict.items()))
    if name == "__all__":
        return "Mục này đã có trong hồ sơ, không cần ghi lần nữa."
    return f"“{label_of(row, name)}”: {errors[0]}"
