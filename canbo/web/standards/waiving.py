"""The page on which a special case is written down: which criterion, who decided by which paper, why, for how long."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.assess.law_sets import Law
from canbo.assess.waivers import WaiverText, criterion_named, grant_waiver, standard_named
from canbo.dossier.changes import ValueRefused
from canbo.web.desk import Desk, page
from canbo.web.dossiers.found import kept_by
from canbo.web.dossiers.inputs import PartialDateInput
from canbo.web.standards.asking import law_now


class WaiverForm(forms.Form):
    """Everything the decision says; what is left open is only the day on which it ends."""

    what = forms.ChoiceField(label="Nội dung được miễn, giảm")
    authority = forms.CharField(label="Cấp có thẩm quyền đã quyết định", max_length=200)
    number = forms.CharField(label="Số, ký hiệu văn bản", max_length=60)
    issued_on = PartialDateInput(label="Ngày văn bản", max_length=40)
    reason = forms.CharField(label="Lý do như văn bản đã ghi", max_length=500)
    start = PartialDateInput(label="Áp dụng từ", max_length=40)
    end = PartialDateInput(label="Đến trước ngày", max_length=40, required=False, help_text="Để trống nếu văn bản không định ngày hết.")

    def __init__(self, *, law: Law, initial: dict[str, str] | None = None, data: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["what"].choices = [("", "—"), *choices(law)]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["required"] = f"Hãy ghi “{field.label}”."
            field.error_messages["invalid_choice"] = "Hãy chọn một dòng trong danh sách."

    def said(self) -> WaiverText:
        given = self.cleaned_data
        standard, _, criterion = given["what"].partition(":")
        rest = {name: given[name] for name in ("authority", "number", "issued_on", "reason", "start", "end")}
        return WaiverText(standard=standard, criterion=criterion, **rest)


def choices(law: Law) -> list[tuple[str, list[tuple[str, str]]]]:
    """Standards with their criteria, each by its newest wording; the whole standard first."""
    found = {s.code: s for laws in (law.central, *law.local) for s in laws.standards.values()}
    groups = []
    for standard in sorted(found.values(), key=lambda s: s.label):
        criteria = {c.code: c.label for v in standard.versions for c in v.criteria}
        lines = [(f"{standard.code}:{code}", label) for code, label in criteria.items()]
        groups.append((standard.label, [(f"{standard.code}:", "Toàn bộ tiêu chuẩn"), *lines]))
    return groups


@page("dossier.write")
def add(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """The form; nothing typed is lost on a mistake."""
    found, law = kept_by(desk, person), law_now()
    form = WaiverForm(law=law, initial={"what": request.GET.get("tc", "")}, data=request.POST if request.method == "POST" else None)
    frame: dict[str, Any] = {"person": found, "form": form, "may": _who_may(request.GET.get("tc", ""), law)}
    if request.method != "POST":
        return render(request, "standards/waive.html", frame)
    if not form.is_valid():
        return render(request, "standards/waive.html", frame, status=400)
    try:
        grant_waiver(person=found.pk, said=form.said(), law=law, on=desk.today, actor=desk.actor, scope=desk.scope, at=desk.now)
    except ValueRefused as error:
        form.add_error(None, str(error))
        return render(request, "standards/waive.html", frame, status=400)
    messages.success(request, "Đã ghi trường hợp đặc biệt vào hồ sơ; kết luận về tiêu chuẩn không đổi.")
    return redirect("dossier-standards", found.pk)


def _who_may(chosen: str, law: Law) -> str:
    """Whom the law read so far lets decide over the criterion the form was opened for; "" where it names nobody."""
    standard, _, criterion = chosen.partition(":")
    try:
        return criterion_named(criterion, standard_named(standard, law)).waivable_by if criterion else ""
    except ValueRefused:
        return ""


__all__ = ["add"]
