"""What is typed about a paper, and the sentence beside the field when it cannot be."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from canbo.documents.paper import Document, Letterhead, Paragraph, Signature
from canbo.dossier.models.papers import SIDES
from canbo.dossier.papers.changes import Issue
from canbo.dossier.papers.kinds import kind_label, paper_kinds
from canbo.kernel.dates import DateError, read_date

MISSING = {"required": "Mục này cần có; hãy ghi vào ô."}


class DayField(forms.CharField):
    """A whole day as officials write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=20,
            widget=forms.TextInput(attrs={"placeholder": "31/12/2025", "inputmode": "numeric"}),
            **options,
        )

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        text = str(value or "").strip()
        if not text:
            return None
        try:
            read = read_date(text)
        except DateError as error:
            raise forms.ValidationError(str(error)) from None
        if read.day is None:
            raise forms.ValidationError(f"Ngày “{text}” chưa đủ ngày, tháng, năm; hãy ghi như 31/12/2025.")
        return read.lo

    def run_validators(self, value: Any) -> None:
        """A day is not a text: its length says nothing."""

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise forms.ValidationError(MISSING["required"])


class DescribedForm(forms.Form):
    """Fields that are wrong say so to screen readers too."""

    def described(self) -> "DescribedForm":
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"loi-{name}"}
        return self


class IssueForm(DescribedForm):
    number = forms.CharField(
        label="Số", max_length=40, error_messages=MISSING, help_text="Chỉ ghi số; ký hiệu được ghép theo dự thảo."
    )
    issued_on = DayField(label="Ngày ban hành", error_messages=MISSING)
    in_effect_on = DayField(
        label="Ngày hiệu lực", required=False, help_text="Để trống nếu có hiệu lực từ ngày ban hành."
    )
    signer = forms.CharField(label="Người ký", max_length=200, error_messages=MISSING)
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=200, required=False)
    scan = forms.FileField(
        label="Bản quét có chữ ký, dấu (PDF)", required=False, widget=forms.FileInput(attrs={"accept": ".pdf"})
    )

    def issue(self) -> Issue:
        data = self.cleaned_data
        return Issue(
            number=data["number"], issued_on=data["issued_on"], signer=data["signer"], signer_title=data["signer_title"],
            in_effect_on=data["in_effect_on"],
        )  # fmt: skip


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DraftForm(DescribedForm):
    kind = forms.ChoiceField(label="Loại văn bản")
    side = forms.ChoiceField(label="Thể thức", choices=SIDES)
    unit = forms.ChoiceField(label="Đơn vị ban hành")
    title = forms.CharField(label="Trích yếu", max_length=500, error_messages=MISSING)
    issuer = forms.CharField(label="Tên cơ quan ban hành in trên văn bản", max_length=200, required=False)
    superior = forms.CharField(label="Cơ quan cấp trên", max_length=200, required=False)
    place = forms.CharField(label="Địa danh", max_length=100, required=False)
    symbol = forms.CharField(
        label="Ký hiệu", max_length=40, required=False, help_text="Ví dụ QĐ-UBND; số để trống đến khi ban hành."
    )
    body = forms.CharField(label="Nội dung", widget=_lines(10), error_messages=MISSING, help_text="Mỗi đoạn một dòng.")
    lines = forms.CharField(
        label="Quyền hạn, chức vụ ký",
        widget=_lines(2),
        required=False,
        help_text="Mỗi dòng một ý: TM. ỦY BAN NHÂN DÂN.",
    )
    recipients = forms.CharField(label="Nơi nhận", widget=_lines(3), required=False, help_text="Mỗi nơi một dòng.")

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(paper_kinds().items())  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(str(pk), name) for pk, name in units]  # type: ignore[attr-defined]

    def document(self) -> Document:
        data = self.cleaned_data
        unit = dict(self.fields["unit"].choices)[data["unit"]].strip()  # type: ignore[attr-defined]
        head = Letterhead(data["side"], data["issuer"] or unit, data["superior"], data["place"], symbol=data["symbol"])
        lines = _split(data["lines"])
        return Document(
            head, kind_label(data["kind"]), data["title"], blocks=tuple(map(Paragraph, _split(data["body"]))),
            signature=Signature(lines) if lines else None, recipients=_split(data["recipients"]),
        )  # fmt: skip


class TemplateForm(DescribedForm):
    kind = forms.ChoiceField(label="Loại văn bản")
    unit = forms.ChoiceField(label="Đơn vị dùng mẫu")
    name = forms.CharField(label="Tên mẫu", max_length=200, required=False)
    file = forms.FileField(
        label="Tệp mẫu (.docx)", error_messages={"required": "Hãy chọn tệp mẫu .docx.", "empty": "Tệp này trống; hãy chọn tệp khác."},
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(paper_kinds().items())  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(str(pk), name) for pk, name in units]  # type: ignore[attr-defined]


def _split(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
