"""What another paper says of a field: read and checked as the field itself would be, kept as the field stores it."""

from typing import Any

from canbo.dossier.labels import choices_of, label_of_code
from canbo.dossier.models import CertifiedValue, DisputedValue, Person
from canbo.dossier.sections import PERSON_FIELD_GROUP
from canbo.dossier.values import ValueRefused, label_of
from canbo.kernel.dates import DateError, PartialDate, read_date
from canbo.kernel.text import clean, fold
from canbo.organization.fields import PartialDateField

TABLE = Person._meta.db_table
CLAIMS = (CertifiedValue._meta.db_table, DisputedValue._meta.db_table)


def claimable() -> tuple[str, ...]:
    """Fields that can be certified or disputed. Sealed ones cannot: a claim is kept as text that the snapshot reads."""
    return tuple(name for name in PERSON_FIELD_GROUP if not name.endswith("_sealed"))


def claimed_value(*, field: str, text: str) -> str:
    """The text as the field stores it; ValueRefused with one sentence when it cannot be a value of the field."""
    if field not in claimable():
        raise ValueRefused("Mục này không xác nhận, không ghi mâu thuẫn được; hãy chọn mục khác.")
    text = clean(text)
    if not text:
        raise ValueRefused(f"Hãy ghi “{label_of(Person, field)}” theo giấy tờ.")
    of: Any = Person._meta.get_field(field)
    if isinstance(of, PartialDateField):
        return _day(field, text)
    choices = choices_of(table=TABLE, column=field)
    if choices:
        return _code(field, text, choices)
    if len(text) > of.max_length:
        raise ValueRefused(f"“{label_of(Person, field)}” dài quá {of.max_length} chữ; hãy ghi ngắn hơn.")
    return text


def shown_claim(*, field: str, value: str) -> str:
    """A stored claim as people read it."""
    if field not in PERSON_FIELD_GROUP:
        return value
    if isinstance(Person._meta.get_field(field), PartialDateField):
        return PartialDate.from_iso(value).display
    choices = dict(choices_of(table=TABLE, column=field))
    return choices.get(value) or label_of_code(table=TABLE, column=field, code=value)


def _day(field: str, text: str) -> str:
    try:
        return read_date(text).iso
    except DateError as error:
        raise ValueRefused(f"“{label_of(Person, field)}”: {error}") from None


def _code(field: str, text: str, choices: list[tuple[str, str]]) -> str:
    wanted = fold(text)
    for code, label in choices:
        if wanted in (code, fold(code), fold(label)):
            return code
    raise ValueRefused(f"“{label_of(Person, field)}”: “{text}” không có trong danh mục; hãy chọn trong danh sách.")


__all__ = ["CLAIMS", "claimable", "claimed_value", "shown_claim"]
