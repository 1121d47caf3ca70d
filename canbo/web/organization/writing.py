"""Pages that write units, norms, bodies and titles: one form each, the paper it rests on always asked."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.organization.changes import UnitRefused, correct_unit, create_body, create_title, create_unit, set_norm
from canbo.organization.models import Unit
from canbo.organization.queries import unit_seen
from canbo.web.desk import Desk, page
from canbo.web.organization.forms import BodyForm, NewUnitForm, NormForm, TitleForm, UnitForm

Write = Callable[..., Any]
UNIT_FIELDS = ("name", "kind", "block", "level", "start")


@page("organization.write")
def edit_unit(request: HttpRequest, desk: Desk, unit: int) -> HttpResponse:
    found = unit_seen(pk=unit, actor=desk.actor, scope=desk.scope)
    shown = {name: getattr(found, name) for name in UNIT_FIELDS} | {"start": found.start.display if found.start else ""}
    return _form(request, desk, UnitForm, shown, _on(found, f"Sửa: {found.name}"), lambda **v: correct_unit(unit=found, **v))


@page("organization.write")
def new_unit(request: HttpRequest, desk: Desk, unit: int) -> HttpResponse:
    found = unit_seen(pk=unit, actor=desk.actor, scope=desk.scope)
    return _form(request, desk, NewUnitForm, {"level": found.level}, _on(found, f"Thêm đơn vị thuộc {found.name}"),
                 lambda **v: create_unit(parent=found, **v))  # fmt: skip


@page("organization.write")
def norm(request: HttpRequest, desk: Desk, unit: int) -> HttpResponse:
    found = unit_seen(pk=unit, actor=desk.actor, scope=desk.scope)
    return _form(request, desk, NormForm, {}, _on(found, f"Giao biên chế: {found.name}"), lambda **v: set_norm(unit=found, **v))


@page("organization.write")
def new_body(request: HttpRequest, desk: Desk, unit: int) -> HttpResponse:
    found = unit_seen(pk=unit, actor=desk.actor, scope=desk.scope)
    return _form(request, desk, BodyForm, {}, _on(found, f"Thêm tập thể của {found.name}"), lambda **v: create_body(unit=found, **v))


@page("organization.write")
def new_title(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _form(request, desk, TitleForm, {}, {"heading": "Thêm chức danh", "back": reverse("titles")}, create_title)


def _on(unit: Unit, heading: str) -> dict[str, str]:
    return {"heading": heading, "back": reverse("unit", args=[unit.pk])}


def _form(
    request: HttpRequest, desk: Desk, kind: type[forms.Form], shown: dict[str, Any], frame: dict[str, str], write: Write
) -> HttpResponse:
    """Show the form, or write what was typed and go back; a refusal stands above the fields, nothing typed is lost."""
    form = kind(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            write(**form.cleaned_data, actor=desk.actor, scope=desk.scope, at=desk.now)
        except UnitRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Đã ghi.")
            return redirect(frame["back"])
    return render(request, "organization/form.html", {"form": form} | frame, status=400 if form.errors else 200)
