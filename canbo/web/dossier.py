"""One dossier: read, its history, and the correction of its own fields."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.audit.queries import last_seq
from canbo.dossier.changes import StaleDossier, ValueRefused, edit_person
from canbo.dossier.models import Person
from canbo.dossier.queries import NotVisible, sections
from canbo.dossier.queries import person as visible_person
from canbo.kernel.actors import Forbidden
from canbo.web.completeness import missing_of
from canbo.web.desk import Desk, page
from canbo.web.forms import PersonForm, typed_again
from canbo.web.history import history_of


@page("dossier.read", "dossier.read_own")
def dossier(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    found = person_of(desk, person)
    if found.merged_into_id:
        return redirect("dossier", found.merged_into_id)
    return render(request, "dossier/page.html", shown(desk, found))


@page("dossier.read_own")
def own(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.scope.own_person is None:
        text = "Tài khoản của bạn chưa được gắn với hồ sơ nào; hãy liên hệ người quản trị."
        return render(request, "refused.html", {"text": text}, status=404)
    return render(request, "dossier/page.html", shown(desk, person_of(desk, desk.scope.own_person)))


@page("dossier.write")
def edit(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    found = kept_by(desk, person)
    if request.method == "POST":
        return save(request, desk, found)
    form = PersonForm(person=found, scope=desk.scope)
    return render(request, "dossier/edit.html", {"person": found, "form": form, "seen": last_seq()})


def save(request: HttpRequest, desk: Desk, found: Person) -> HttpResponse:
    """Write what was touched; a wrong value or a change by somebody else shows the form again with all that was typed."""
    form = PersonForm(person=found, scope=desk.scope, data=request.POST)
    seen = request.POST.get("seen", "")
    if not seen.isdecimal() or not form.is_valid():
        return render(request, "dossier/edit.html", {"person": found, "form": form, "seen": seen}, status=400)
    try:
        seq = edit_person(
            person=found.pk, values=form.touched(), seen_seq=int(seen), on=desk.today, actor=desk.actor,
            scope=desk.scope, at=desk.now, reason=form.cleaned_data["reason"], document=form.cleaned_data["document"],
        )  # fmt: skip
    except StaleDossier as error:
        return conflict(request, desk, form, found.pk, int(seen), str(error))
    except ValueRefused as error:
        form.add_error(None, str(error))
        return render(request, "dossier/edit.html", {"person": found, "form": form, "seen": seen}, status=400)
    messages.success(request, "Đã ghi hồ sơ." if seq else "Không có gì thay đổi nên không ghi.")
    return redirect("dossier", found.pk)


def conflict(request: HttpRequest, desk: Desk, form: PersonForm, person: int, seen: int, text: str) -> HttpResponse:
    """Who changed what meanwhile, and the form with what was typed, ready to be written over the newest state."""
    now = last_seq()
    fresh = person_of(desk, person)
    again = typed_again(form, person=fresh, scope=desk.scope)
    frame = {
        "person": fresh, "form": again, "seen": now, "conflict": text,
        "events": history_of(person=fresh, desk=desk, since=seen),
    }  # fmt: skip
    return render(request, "dossier/edit.html", frame, status=409)


def person_of(desk: Desk, pk: int) -> Person:
    return visible_person(pk=pk, on=desk.today, actor=desk.actor, scope=desk.scope)


def kept_by(desk: Desk, pk: int) -> Person:
    """A dossier the reader keeps: that it is her own gives no right to write it."""
    found = person_of(desk, pk)
    if not keeps(desk, found):
        raise Forbidden("Hồ sơ của chính bạn do người khác giữ; hãy gửi giấy tờ cho người phụ trách hồ sơ để sửa.")
    return found


def keeps(desk: Desk, found: Person) -> bool:
    try:
        visible_person(pk=found.pk, on=desk.today, actor=desk.actor, scope=replace(desk.scope, own_person=None))
    except NotVisible:
        return False
    return desk.actor.may("dossier.write")


def shown(desk: Desk, found: Person) -> dict[str, Any]:
    """What the dossier page shows; opening it is noted in the read log."""
    record_read(actor=desk.actor, what="dossier", at=desk.now, person=found.pk)
    tells = desk.actor.may("log.read") or desk.actor.may("dossier.write")
    return {
        "person": found, "sections": sections(of=found, actor=desk.actor, scope=desk.scope),
        "missing": missing_of(found, desk), "may_write": keeps(desk, found),
        "own": desk.scope.own_person == found.pk, "tells": tells,
        "events": history_of(person=found, desk=desk) if tells else [],
    }  # fmt: skip


__all__ = ["dossier", "edit", "own"]
