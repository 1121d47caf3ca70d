"""What is typed about units, titles, norms and bodies."""

from typing import Any

from django import forms

from canbo.kernel.dates import DateError, PartialDate, read_date
from canbo.organization.models import BLOCKS, LEVELS, STAFF_KINDS

BODY_KINDS = [
    ("bch", "Ban chấp hành"), ("btv", "Ban thường vụ"), ("ubkt", "Ủy ban kiểm tra"), ("hdnd", "Hội đồng nhân dân"), ("khac", "Khác"),
]  # fmt: skip
NO_CHOICE = [("", "–")]


class DayField(forms.CharField):
    """A date as typed: 1/7/2025, 7/2025 or 2025."""

    def clean(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_date(text)
        except DateError as error:
            raise forms.ValidationError(str(error)) from error


def _needed(text: str) -> dict[str, str]:
    return {"required": text, "invalid": text, "invalid_choice": text}


class Sourced(forms.Form):
    document = forms.CharField(
        label="Văn bản làm căn cứ", max_length=200, error_messages=_needed("Hãy ghi số, ký hiệu và ngày của văn bản làm căn cứ.")
    )


class UnitForm(Sourced):
    """A unit as written; the code is chosen once."""

    name = forms.CharField(label="Tên đơn vị", max_length=200, error_messages=_needed("Hãy ghi tên đơn vị."))
    kind = forms.CharField(label="Loại", max_length=30, required=False)
    block = forms.ChoiceField(label="Khối", choices=NO_CHOICE + BLOCKS, required=False)
    level = forms.ChoiceField(label="Cấp", choices=NO_CHOICE + LEVELS, required=False)
    start = DayField(label="Có từ ngày", max_length=20, required=False)
    field_order = ("code", "name", "kind", "block", "level", "start", "document")


class NewUnitForm(UnitForm):
    code = forms.SlugField(
        label="Mã đơn vị", max_length=35,
        error_messages=_needed("Hãy ghi mã bằng chữ không dấu, số và gạch nối, ví dụ xa-phu-lac-vp."),
    )  # fmt: skip


class NormForm(Sourced):
    staff_kind = forms.ChoiceField(label="Đối tượng", choices=STAFF_KINDS)
    count = forms.IntegerField(
        label="Số lượng được giao", min_value=0, max_value=99_999, error_messages=_needed("Hãy ghi một số từ 0 trở lên.")
    )
    start = DayField(label="Từ ngày", max_length=20, error_messages=_needed("Hãy ghi ngày bắt đầu áp dụng."))
    field_order = ("staff_kind", "count", "start", "document")


class BodyForm(Sourced):
    name = forms.CharField(label="Tên tập thể", max_length=200, error_messages=_needed("Hãy ghi tên, ví dụ Ban Chấp hành Đảng bộ xã."))
    kind = forms.ChoiceField(label="Loại", choices=BODY_KINDS)
    start = DayField(label="Từ ngày", max_length=20, required=False)
    field_order = ("name", "kind", "start", "document")


class TitleForm(Sourced):
    code = forms.SlugField(label="Mã chức danh", max_length=60, error_messages=_needed("Hãy ghi mã bằng chữ không dấu, số và gạch nối."))
    name = forms.CharField(label="Tên chức danh", max_length=200, error_messages=_needed("Hãy ghi tên chức danh."))
    level = forms.ChoiceField(label="Cấp", choices=NO_CHOICE + LEVELS, required=False)
    block = forms.ChoiceField(label="Khối", choices=NO_CHOICE + BLOCKS, required=False)
    protocol_order = forms.IntegerField(
        label="Thứ tự chức danh", min_value=1, max_value=9999, initial=9999, error_messages=_needed("Hãy ghi một số từ 1 đến 9999.")
    )
    field_order = ("code", "name", "level", "block", "protocol_order", "document")
