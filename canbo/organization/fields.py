"""Partial dates and half-open spans in the database."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from canbo.kernel.dates import DateError, PartialDate, read_date


@lru_cache(maxsize=65536)
def stored_date(value: Any) -> str | None:
    """A partial date as the database keeps it; DateError for a text that is none: such a row could never be read again."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return PartialDate.from_date(value).iso
    return value.iso if isinstance(value, PartialDate) else PartialDate.from_iso(str(value)).iso


class PartialDateField(models.CharField):
    """A date as precise as known, kept as ISO text (`1968`, `1968-05`, `1968-05-12`): text order is time order."""

    # What mypy's plugin takes for the attribute: dates are set in any of these shapes and read as partial dates.
    _pyi_private_set_type: PartialDate | date | str | None  # type: ignore[assignment]
    _pyi_private_get_type: PartialDate | None  # type: ignore[assignment]
    as_stored = staticmethod(stored_date)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def db_type(self, connection: Any) -> str | None:
        # A locale's collation skips the hyphens; "C" compares as written.
        return 'varchar(10) COLLATE "C"' if connection.vendor == "postgresql" else super().db_type(connection)

    def from_db_value(self, value: str | None, *_: Any) -> PartialDate | None:
        return PartialDate.from_iso(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or value == "" or isinstance(value, PartialDate):
            return value or None
        try:
            return read_date(value)
        except DateError as error:
            raise ValidationError(str(error)) from error

    def run_validators(self, value: Any) -> None:
        """Nothing is left to check: a text's length is not a date's."""

    def get_prep_value(self, value: Any) -> str | None:
        return stored_date(value)


def holding_on(on: date, prefix: str = "") -> Q:
    """Rows whose half-open span certainly or possibly reaches `on`: the same test as kernel.spans, in SQL.

    An end known only to its year or month includes that year or month; an end with a day is the hand-over day itself.
    """
    day = on.isoformat()
    start, end = f"{prefix}start", f"{prefix}end"
    begun = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})
    not_over = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day}) | Q(**{f"{end}__in": [day[:4], day[:7]]})
    return begun & not_over


def text_holds_on(start: str | None, end: str | None, day: str) -> bool:
    """The same test on stored texts, for rows that are not in the database yet; `day` is a whole ISO date."""
    return (start or "") <= day and (end is None or end > day or end in (day[:4], day[:7]))


class DatedQuerySet(models.QuerySet):
    def holding(self, on: date) -> "DatedQuerySet":
        return self.filter(holding_on(on))


class Dated(models.Model):
    """A row that is true for a span `[start, end)`; end empty = still true."""

    start = PartialDateField("từ", null=True, blank=True)
    end = PartialDateField("đến", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
