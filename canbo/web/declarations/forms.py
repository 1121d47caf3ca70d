"""Forms of self-declaration: what a round asks, one section of the CV or one record at a time, texts as they are stored."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from canbo.dossier.declarations.items import PERSON, label_of_column
from canbo.dossier.labels import choices_of
from canbo.dossier.models import Person
from canbo.dossier.writing import RECORDS
from canbo.kernel.dates import PartialDate
from canbo.kernel.errors import KernelError
from canbo.kernel.numbers import decimal_text, read_number
from canbo.organization.fields import PartialDateField
from canbo.web.dossiers.forms import PartialDateInput, PersonalIdInput

LONG = 300
FILE_HELP = "Ảnh chụp hoặc bản quét giấy tờ (PDF, JPG, PNG), không quá 20 MB; không bắt buộc."


class NumberInput(forms.CharField):
    """A number as officials print it: 2,34 or 1.236; kept as the database writes it."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        try:
            return str(read_number(text).value) if text else ""
        except KernelError as error:
            raise forms.ValidationError(str(error)) from error


class DeclareForm(forms.Form):
    """Columns of one table with the texts said so far, else as the dossier has them."""

    scan = forms.FileField(label="Giấy tờ kèm theo", required=False, help_text=FILE_HELP)

    def __init__(
        self, *, table: str, names: Iterable[str], texts: Mapping[str, str], kind: str = "",
        data: QueryDict | None = None, files: MultiValueDict | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, files)
        self.columns = tuple(names)
        for name in self.columns:
            self.fields[name] = field_of(table=table, name=name, text=texts.get(name, ""), kind=kind)
        self.order_fields([*self.columns, "scan"])

    def texts(self) -> dict[str, str]:
        """What was typed, as the columns store it."""
        return {name: _stored(self.cleaned_data[name]) for name in self.columns}

    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.columns]


def field_of(*, table: str, name: str, text: str, kind: str = "") -> forms.Field:
    """The control a column asks for, holding the stored text as people write it."""
    model: Any = Person if table == PERSON else RECORDS[table]
    of = model._meta.get_field(name)
    needed = not (of.blank or of.null or of.has_default()) or name == "full_name"
    label = label_of_column(table, name)
    common: dict[str, Any] = {
        "label": label, "required": needed, "error_messages": {"required": f"Hãy ghi “{label}”."},
    }  # fmt: skip
    choices = choices_of(table=table, column=name, kind=kind)
    if choices:
        extra = [] if not text or text in dict(choices) else [(text, text)]
        return forms.ChoiceField(choices=[("", "—"), *choices, *extra], initial=text, **common)
    if isinstance(of, PartialDateField):
        initial = PartialDate.from_iso(text).display if text else ""
        help_text = "Ghi như 12/5/1968, 5/1968 hoặc 1968."
        return PartialDateInput(initial=initial, max_length=40, help_text=help_text, **common)
    if isinstance(of, models.DecimalField | models.IntegerField):
        return NumberInput(initial=decimal_text(Decimal(text)) if text else "", max_length=20, **common)
    return _text_field(of, name, text, common)


def _text_field(of: Any, name: str, text: str, common: dict[str, Any]) -> forms.Field:
    if name == "personal_id_sealed":
        return PersonalIdInput(initial=text, widget=forms.TextInput({"inputmode": "numeric"}), **common)
    length = 100 if name.endswith("_sealed") else (of.max_length or 2000)
    widget = forms.Textarea({"rows": 2}) if length > LONG else forms.TextInput({"inputmode": "tel"} if "phone" in name else {})
    return forms.CharField(initial=text, max_length=length, widget=widget, **common)


def _stored(value: Any) -> str:
    if isinstance(value, PartialDate):
        return value.iso
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


__all__ = ["DeclareForm", "field_of"]
