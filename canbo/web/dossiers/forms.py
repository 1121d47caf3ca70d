"""The form of a person's own fields, in the sections of the paper CV, as far as the reader sees them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from canbo.audit.changes import keyring
from canbo.dossier.labels import codelist_of
from canbo.dossier.models import Person
from canbo.dossier.sections import FIELD_SECTIONS, sealed_place
from canbo.engine.codelists import load_codelist
from canbo.kernel.actors import Scope
from canbo.kernel.dates import PartialDate
from canbo.organization.fields import PartialDateField
from canbo.sealing.keyring import SealBroken
from canbo.web.dossiers.inputs import PartialDateInput

TABLE = Person._meta.db_table
PARTY = [("dang-vien", "Đảng viên"), ("khong", "Không phải đảng viên")]
ID_DIGITS = 12


class PersonalIdInput(forms.CharField):
    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace(" ", "")
        if text and not (text.isdigit() and len(text) == ID_DIGITS):
            raise forms.ValidationError(f"Số định danh gồm {ID_DIGITS} chữ số; bạn đã nhập “{text}”.")
        return text


class PersonForm(forms.Form):
    """Fields of the groups in the scope. Hidden initial values tell what the editor touched from what she only saw."""

    reason = forms.CharField(label="Lý do sửa", max_length=500, required=False)
    document = forms.CharField(label="Văn bản, giấy tờ làm căn cứ", max_length=200, required=False)

    def __init__(self, *, person: Person, scope: Scope, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.titles: list[tuple[str, tuple[str, ...]]] = []
        for section in FIELD_SECTIONS:
            if scope.sees_group(section.group):
                self.titles.append((section.title, section.fields))
                for name in section.fields:
                    self.fields[name] = _field(person, name)

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Titles with their fields, numbered as on paper."""
        for title, names in self.titles:
            yield title, [self[name] for name in names]

    def touched(self) -> dict[str, Any]:
        """Cleaned values of the fields the editor changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name not in ("reason", "document")}


def typed_again(form: PersonForm, *, person: Person, scope: Scope) -> PersonForm:
    """The form after somebody else wrote: what she touched as typed, everything else as it is now."""
    now = PersonForm(person=person, scope=scope)
    data = QueryDict(mutable=True)
    data.update({name: form.data[name] for name in form.data})
    for name in now.fields:
        current = now.fields[name].initial or ""
        if name not in form.changed_data:
            data[name] = current
        data[f"initial-{name}"] = current
    again = PersonForm(person=person, scope=scope, data=data)
    for name in form.changed_data:
        old = form.data.get(f"initial-{name}", "")
        if name in now.fields and str(now.fields[name].initial or "") != old:
            again.fields[name].help_text = f"Người khác vừa ghi: {shown_choice(again.fields[name])}"
    return again


def shown_choice(of: forms.Field) -> str:
    """The stored value in words."""
    choices = dict(getattr(of, "choices", ()) or ())
    return str(choices.get(of.initial, of.initial) or "(để trống)")


def initial_text(person: Person, name: str) -> str:
    """A stored value as the form writes it: sealed ones opened, dates day first."""
    value = getattr(person, name)
    if value in (None, ""):
        return ""
    if name.endswith("_sealed"):
        try:
            return keyring().open(value, place=sealed_place(TABLE, name, person.key))
        except SealBroken:
            return ""
    return value.display if isinstance(value, PartialDate) else str(value)


def _field(person: Person, name: str) -> forms.Field:
    of: Any = Person._meta.get_field(name)
    label = str(of.verbose_name)[:1].upper() + str(of.verbose_name)[1:]
    initial = initial_text(person, name)
    common: dict[str, Any] = {"label": label, "required": False, "initial": initial, "show_hidden_initial": True}
    if isinstance(of, PartialDateField):
        return PartialDateInput(**common, max_length=40)
    if name == "personal_id_sealed":
        return PersonalIdInput(**common)
    choices = _choices(of, name)
    if choices:
        known = {code for code, _ in choices}
        extra = [] if initial in known or not initial else [(initial, initial)]
        return forms.ChoiceField(choices=[("", "—"), *choices, *extra], **common)
    length = 100 if name.endswith("_sealed") else of.max_length
    needed = {"required": True, "error_messages": {"required": "Hãy nhập họ và tên khai sinh."}} if name == "full_name" else {}
    return forms.CharField(**{**common, **needed}, max_length=length)


def _choices(of: Any, name: str) -> list[tuple[str, str]]:
    if name == "party_status":
        return PARTY
    if of.choices:
        return list(of.choices)
    listed = codelist_of(table=TABLE, column=name)
    return [(row.code, row.label) for row in load_codelist(listed).rows] if listed else []
