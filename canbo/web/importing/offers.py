"""What an office takes away to fill in: templates, and lists to be edited in Excel and brought back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.audit.changes import record_read
from canbo.imports.matching import Face
from canbo.imports.reading.fields import ALL_KINDS
from canbo.imports.roundtrip.export import editing_workbook
from canbo.imports.roundtrip.people import people_of_unit, with_numbers
from canbo.imports.templates import template_workbook
from canbo.kernel.text import slug
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.exports import TYPES, attached
from canbo.web.importing.columns import KINDS
from canbo.web.tree import unit_tree


@page("import.read")
def templates(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every kind of list with its template, plain or with the people of a unit."""
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    frame = {"tree": tree, "kinds": KINDS.items(), "may_fill": desk.actor.may("export")}
    return render(request, "imports/templates.html", frame)


@page("import.read")
def template(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One template; pre-filled only for who may take lists away, and only with what she may see."""
    kind = request.GET.get("loai", "roster")
    kind = kind if kind in ALL_KINDS else "roster"
    people: list[Face] = []
    if request.GET.get("nguoi") == "1" and desk.actor.may("export"):
        unit, wrong = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope).find(request.GET.get("dv", "").strip())
        if wrong:
            return render(request, "refused.html", {"text": wrong}, status=400)
        people = people_of_unit(unit=unit, on=desk.today, actor=desk.actor, scope=desk.scope)
        people = with_numbers(people, actor=desk.actor, scope=desk.scope)
        record_read(actor=desk.actor, what="export.template", at=desk.now, count=len(people), detail=kind)
    content = template_workbook(kind=kind, on=desk.today, people=people, scope=desk.scope)
    return as_workbook(content, f"mau {KINDS[kind]}")


@page("export")
def for_editing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everybody of a unit with all importable columns of the reader's rights, to be edited and sent back."""
    unit, wrong = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope).find(request.GET.get("dv", "").strip())
    if wrong:
        return render(request, "refused.html", {"text": wrong}, status=400)
    content, count = editing_workbook(unit=unit, on=desk.today, actor=desk.actor, scope=desk.scope)
    record_read(actor=desk.actor, what="export.for_editing", at=desk.now, count=count)
    return as_workbook(content, f"de sua {desk.today.isoformat()}")


def as_workbook(content: bytes, name: str) -> HttpResponse:
    return attached(content, filename=f"{slug(name).replace('_', '-')}.xlsx", media_type=TYPES["xlsx"])
