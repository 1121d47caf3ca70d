"""The agency's own Word templates: sent, looked at, tried, put in use."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.dossier.files import FileRefused, content_of
from canbo.dossier.papers.agency import PLACEHOLDERS
from canbo.dossier.papers.changes import add_template, use_template
from canbo.dossier.papers.effects import PaperRefused
from canbo.dossier.papers.kinds import kind_label
from canbo.dossier.papers.queries import template as template_of
from canbo.dossier.papers.queries import templates
from canbo.sandbox import SandboxError
from canbo.web.desk import Desk, page
from canbo.web.papers.answers import download
from canbo.web.papers.forms import TemplateForm
from canbo.web.papers.units import unit_choices


@page("papers.write")
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = TemplateForm(
        request.POST or None, request.FILES or None, units=unit_choices(desk), initial={"unit": desk.actor.unit}
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = _added(desk, form)
                messages.success(request, "Đã nhận mẫu. Hãy xem bản in thử rồi bấm “Dùng mẫu này”.")
                return redirect("paper-template", made)
            except (PaperRefused, FileRefused, SandboxError) as error:
                form.add_error("file", str(error))
        status = 400
    rows = [(row, kind_label(row.kind)) for row in templates(actor=desk.actor, scope=desk.scope)[:200]]
    return render(
        request,
        "papers/templates.html",
        {"rows": rows, "form": form.described(), "places": PLACEHOLDERS.items()},
        status=status,
    )


def _added(desk: Desk, form: TemplateForm) -> int:
    data: dict[str, Any] = form.cleaned_data
    made = add_template(
        unit=int(data["unit"]), kind=data["kind"], name=data["name"], content=data["file"].read(),
        filename=str(data["file"].name), actor=desk.actor, scope=desk.scope, at=desk.now,
    )  # fmt: skip
    return int(made.pk)


@page("papers.write")
def one(request: HttpRequest, desk: Desk, template: int) -> HttpResponse:
    row = template_of(pk=template, actor=desk.actor, scope=desk.scope)
    if request.method == "POST":
        row = use_template(
            pk=template, in_use=request.POST.get("dung") == "1", actor=desk.actor, scope=desk.scope, at=desk.now
        )
        text = (
            "Từ nay văn bản loại này in theo mẫu vừa chọn."
            if row.in_use
            else "Từ nay văn bản loại này in theo mẫu của chương trình."
        )
        messages.success(request, text)
        return redirect("paper-template", template)
    found = [(name, PLACEHOLDERS.get(name, "")) for name in row.placeholders]
    return render(request, "papers/template.html", {"row": row, "kind": kind_label(row.kind), "found": found})


@page("papers.write")
def sample(request: HttpRequest, desk: Desk, template: int) -> HttpResponse:
    row = template_of(pk=template, actor=desk.actor, scope=desk.scope)
    return download(content_of(row.sample_sha256)[0], filename=f"in-thu-{row.pk}.docx")
