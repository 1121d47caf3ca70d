"""The form of one record, made from its table: code lists to choose from, partial dates, the decision it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.db.models import Model
from django.http import QueryDict

from canbo.dossier.changes import RECORDS, DecisionText
from canbo.dossier.labels import choices_of
from canbo.dossier.models import Person
from canbo.dossier.sections import RECORD_SECTIONS
from canbo.dossier.values import label_of
from canbo.organization.fields import PartialDateField
from canbo.organization.picking import KINDS
from canbo.web.dossiers.inputs import NumberInput, PartialDateInput, PickInput, text_of

# Written by their own pages (claims), by lists, or never by hand.
READ_ONLY = frozenset({"certified_value", "disputed_value", "list_entry", "extra_value"})
_LEFT_OUT = frozenset(
    {"id", "person", "source", "decision", "known_from", "since_list", "post", "seat", "replaced_by", "facts_sealed"}
    | {"standard", "criterion", "purpose", "reason"}  # of a waiver: another matter is another decision
)
# Tables whose records are of several kinds, each with its own list of levels: the kind is chosen first.
BY_KIND = frozenset({"qualification"})
_LAST = ("end_reason", "ground_out", "certificate", "report", "note")
_REQUIRED = {
    "employment": ("unit",), "membership": ("body",), "qualification": ("kind",), "attendance": ("training",),
    "rating": ("period",), "allowance": ("kind",), "distinction": ("kind", "code"), "relative": ("relation", "side", "name_sealed"),
    "health_certificate": ("certified_on", "class_sealed"), "asset_declaration": ("declared_on",),
    "history_conclusion": ("item", "present"), "agency_remark": ("on", "author", "text_sealed"), "work_history": ("unit_text",),
    "declared_none": ("kind",), "waiver": ("text", "authority"),
}  # fmt: skip
# At least one of these says what the record is about.
_SOME = {
    "holding": ("title", "title_text"), "plan_entry": ("title", "title_text"), "award": ("form", "text"),
    "discipline": ("form", "text"), "pay": ("rank_code", "rank_text", "job_position"), "rating": ("grade", "text"),
}  # fmt: skip
CLOSABLE = frozenset({"employment", "holding", "membership", "plan_entry", "pay", "allowance", "work_history", "waiver"})
CLOSING = ("end", "end_reason", "ground_out")
_CHOICES_SHOWN = 80
_HELP = {
    "conclusion_sealed": "Chỉ ghi số, ngày, cơ quan và thời hạn của kết luận; không ghi nội dung sự việc.",
    "paper_sealed": "Nơi để hồ sơ giấy: kho, hộp, số tờ.",
    "class_sealed": "Chỉ ghi loại sức khỏe (I–V); không ghi chẩn đoán, bệnh.",
    "period": "Năm 2025; quý 2026-Q1; tháng 2026-03; nhiệm kỳ 2020-2025.",
    "title_text": "Ghi khi chức danh chưa có trong danh mục.",
}


@dataclass(frozen=True)
class Difference:
    """One field before and after, as people read it."""

    label: str
    old: str
    new: str


class RecordForm(forms.Form):
    """`row` None = a new record. `only` leaves other columns as they are (closing a span)."""

    def __init__(
        self, *, table: str, person: Person, row: Model | None, kind: str = "", only: tuple[str, ...] = (),
        data: QueryDict | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.table, self.row, self.model = table, row, RECORDS[table]
        self.kind = str(getattr(row, "kind", "")) if row is not None and table in BY_KIND else kind
        self.columns = [name for name in columns_of(self.model) if not only or name in only]
        if table in BY_KIND:
            self.columns.remove("kind")
        for name in self.columns:
            self.fields[name] = _field(self.model, name, text_of(row, name, person.key) if row else "", self.kind, row is None)
        self.has_decision = not only and any(f.name == "decision" for f in self.model._meta.concrete_fields)
        if self.has_decision:
            self._add_decision(getattr(row, "decision", None) if row else None)
        why = {"required": "Hãy ghi lý do sửa: theo giấy tờ nào, ai đề nghị."}
        self.fields["reason"] = forms.CharField(label="Lý do", max_length=500, required=row is not None, error_messages=why)
        label = "Quyết định, văn bản kết thúc" if only else "Giấy tờ khác làm căn cứ"
        self.fields["document"] = forms.CharField(label=label, max_length=200, required=False)

    def _add_decision(self, decision: Any) -> None:
        number, issuer = (getattr(decision, name, "") or "" for name in ("number", "issuer"))
        day = decision.issued_on.display if decision and decision.issued_on else ""
        common: dict[str, Any] = {"required": False, "show_hidden_initial": True}
        self.fields["decision_number"] = forms.CharField(label="Số, ký hiệu", max_length=60, initial=number, **common)
        self.fields["decision_day"] = PartialDateInput(label="Ngày ban hành", max_length=40, initial=day, **common)
        self.fields["decision_issuer"] = forms.CharField(label="Cơ quan ban hành", max_length=200, initial=issuer, **common)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        some = _SOME.get(self.table, ())
        if any(name in self.fields for name in some) and not any(cleaned.get(n) or n in self.errors for n in some):
            first = next(name for name in some if name in self.fields)
            labels = " hoặc ".join(f"“{self.fields[name].label}”" for name in some if name in self.fields)
            self.add_error(first, f"Hãy ghi {labels}.")
        return cleaned

    @property
    def kind_label(self) -> str:
        return dict(choices_of(table=self.table, column="kind")).get(self.kind, "") if self.table in BY_KIND else ""

    @property
    def of_record(self) -> list[forms.BoundField]:
        return [self[name] for name in self.columns]

    @property
    def of_decision(self) -> list[forms.BoundField]:
        return [self[n] for n in ("decision_number", "decision_day", "decision_issuer")] if self.has_decision else []

    @property
    def of_reason(self) -> list[forms.BoundField]:
        return [self["reason"], self["document"]]

    @property
    def suggested(self) -> list[tuple[str, tuple[str, ...]]]:
        """Kinds that are found by typing, each with the choices of a typing that was not clear."""
        kinds: dict[str, tuple[str, ...]] = {}
        for field in self.fields.values():
            if isinstance(field, PickInput):
                kinds[field.kind] = kinds.get(field.kind, ()) + tuple(field.choices_found)
        return list(kinds.items())

    def values(self) -> dict[str, Any]:
        """Cleaned values of the columns that differ from what stands; all that are filled, for a new record."""
        if self.row is not None:
            return {name: self.cleaned_data[name] for name in self.columns if name in self.changed_data}
        given = {name: self.cleaned_data[name] for name in self.columns if self.cleaned_data[name] not in (None, "")}
        return given | ({"kind": self.kind} if self.table in BY_KIND else {})

    def decision(self) -> DecisionText | None:
        """The decision as typed; None when it was not touched."""
        names = ("decision_number", "decision_day", "decision_issuer")
        if not self.has_decision or not any(name in self.changed_data for name in names):
            return None
        number, day, issuer = (self.cleaned_data[name] for name in names)
        return DecisionText(number=number, issued_on=day, issuer=issuer)

    def differences(self) -> list[Difference]:
        """What stands against what was typed, for the fields that differ."""
        names = [name for name in self.fields if name in self.changed_data and name not in ("reason", "document")]
        return [_difference(self.fields[name], self.data.get(name)) for name in names]


def columns_of(model: type[Model]) -> list[str]:
    """Columns to be written by hand: those shown first, then the rest, remarks last."""
    section = next(s for s in RECORD_SECTIONS if s.model is model)
    own = [f.name for f in model._meta.concrete_fields if f.name not in _LEFT_OUT]
    shown = [name for name in section.columns if name in own]
    rest = [name for name in own if name not in shown]
    return sorted([*shown, *rest], key=lambda name: _LAST.index(name) + 1 if name in _LAST else 0)


def _field(model: type[Model], name: str, initial: str, kind: str, fresh: bool) -> forms.Field:
    of: Any = model._meta.get_field(name)
    table = model._meta.db_table
    label = label_of(model, name)
    needed = name in _REQUIRED.get(table, ())
    common: dict[str, Any] = {
        "label": label, "required": needed, "initial": initial, "show_hidden_initial": not fresh, "help_text": _HELP.get(name, ""),
        "error_messages": {"required": f"Hãy ghi “{label}”."},
    }  # fmt: skip
    if of.is_relation:
        return PickInput(kind=_kind_of(of.related_model), **common)
    if isinstance(of, PartialDateField | models.DateField):
        return PartialDateInput(max_length=40, **common)
    if isinstance(of, models.BooleanField):
        return _YesNo(choices=[("", "—"), ("1", "Có"), ("0", "Không")], **common)
    if isinstance(of, models.DecimalField | models.IntegerField):
        return NumberInput(whole=isinstance(of, models.IntegerField), **common)
    choices = choices_of(table=table, column=name, kind=kind)
    if choices and len(choices) <= _CHOICES_SHOWN:
        return _choice(choices, initial or (of.default if fresh and of.has_default() else ""), common)
    widget = forms.Textarea(attrs={"rows": 2}) if isinstance(of, models.TextField) else None
    return forms.CharField(max_length=_longest(of, name), widget=widget, **common)


class _YesNo(forms.ChoiceField):
    def clean(self, value: Any) -> bool | None:
        return {"1": True, "0": False}.get(super().clean(value))


def _choice(choices: list[tuple[str, str]], initial: str, common: Mapping[str, Any]) -> forms.Field:
    """The list, with a value of old papers that is not in it kept choosable."""
    known = {code for code, _ in choices}
    extra = [] if initial in known or not initial else [(initial, initial)]
    return forms.ChoiceField(**{**common, "initial": initial}, choices=[("", "—"), *choices, *extra])


def _longest(of: Any, name: str) -> int:
    """Sealed texts are longer than what they seal."""
    return 100 if name.endswith("_sealed") and (of.max_length or 0) <= 400 else (of.max_length or 2000)


def _kind_of(model: Any) -> str:
    return next(kind for kind, (of, _) in KINDS.items() if of is model)


def _difference(field: forms.Field, typed: Any) -> Difference:
    return Difference(str(field.label), _words(field, field.initial), _words(field, typed))


def _words(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()) or ())
    text = str(value or "")
    return str(choices.get(text, text)) if text else ""


__all__ = ["BY_KIND", "CLOSABLE", "CLOSING", "READ_ONLY", "Difference", "RecordForm", "columns_of"]
