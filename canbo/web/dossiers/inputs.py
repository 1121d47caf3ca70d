"""Inputs of the dossier's forms: partial dates, Vietnamese numbers, things found by typing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model

from canbo.audit.changes import keyring
from canbo.dossier.sections import sealed_place
from canbo.kernel.dates import DateError, PartialDate, read_date
from canbo.kernel.numbers import decimal_text
from canbo.organization.picking import KINDS, NotPicked, label_of_picked, picked
from canbo.sealing.keyring import SealBroken


class PartialDateInput(forms.CharField):
    """A date as precise as known: 12/5/1968, 5/1968 or 1968."""

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_date(text)
        except DateError as error:
            raise forms.ValidationError(str(error)) from error


class NumberInput(forms.CharField):
    """2,34 or 2.34 or 1.236; a thousands dot stands before three digits and no comma follows."""

    def __init__(self, *, whole: bool, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)
        self.whole = whole
        self.widget.attrs["inputmode"] = "numeric" if whole else "decimal"

    def clean(self, value: Any) -> int | Decimal | None:
        text = super().clean(value).replace(" ", "")
        if not text:
            return None
        plain = text.replace(".", "") if self.whole else text.replace(".", "").replace(",", ".") if "," in text else text
        try:
            return int(plain) if self.whole else Decimal(plain)
        except (ValueError, ArithmeticError):
            example = "12" if self.whole else "2,34"
            raise forms.ValidationError(f"“{text}” không phải là số; hãy ghi như {example}.") from None


class PickInput(forms.CharField):
    """A unit, title, body or term by its name: suggestions come as one types, the server finds it without them too."""

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        super().__init__(max_length=250, **kwargs)
        self.kind = kind
        self.choices_found: tuple[str, ...] = ()
        self.widget.attrs |= {"data-pick": kind, "list": f"goi-y-{kind}", "autocomplete": "off"}

    def clean(self, value: Any) -> Model | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            pk = picked(kind=self.kind, text=text)
        except NotPicked as error:
            self.choices_found = error.choices
            raise forms.ValidationError(str(error)) from None
        return KINDS[self.kind][0]._default_manager.get(pk=pk)


def text_of(row: Model, name: str, key: str) -> str:
    """A stored value as a form writes it: sealed ones opened, dates day first, things by their label."""
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    match value:
        case _ if name.endswith("_sealed"):
            return _opened(str(value), row._meta.db_table, name, key)
        case PartialDate():
            return value.display
        case bool():
            return "1" if value else "0"
        case date():
            return value.strftime("%d/%m/%Y")
        case Decimal():
            return decimal_text(value)
        case Model():
            return label_of_picked(value)
    return str(value)


def _opened(sealed: str, table: str, name: str, key: str) -> str:
    try:
        return keyring().open(sealed, place=sealed_place(table, name, key))
    except SealBroken:
        return ""


__all__ = ["NumberInput", "PartialDateInput", "PickInput", "text_of"]
