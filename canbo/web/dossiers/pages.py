"""One dossier: read group by group, its line of time, its history, and the correction of its own fields."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.audit.changes import record_read
from canbo.audit.queries import last_seq
from canbo.dossier.attachments import attached_to
from canbo.dossier.changes import StaleDossier, ValueRefused, edit_person
from canbo.dossier.declarations.queries import is_open, own_rounds
from canbo.dossier.models import DeclarationRound, Person
from canbo.dossier.outline import outline
from canbo.dossier.sensitive import RELATIVE_TABLE
from canbo.dossier.timeline import by_year, timeline
from canbo.dossier.undo import UndoRefused, last_act, undo_last
from canbo.web.desk import Desk, page
from canbo.web.dossiers.completeness import missing_of
from canbo.web.dossiers.forms import PersonForm, typed_again
from canbo.web.dossiers.found import head_of, hidden_tables, kept_by, person_of
from canbo.web.dossiers.history import history_of
from canbo.web.dossiers.origins import origins_of
from canbo.web.dossiers.recordforms import CLOSABLE, READ_ONLY


@page("dossier.read", "dossier.read_own")
def dossier(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    found = person_of(desk, person)
    if found.merged_into_id:
        return redirect("dossier", found.merged_into_id)
    return render(request, "dossier/page.html", shown(request, desk, found))


@page("dossier.read_own")
def own(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.scope.own_person is None:
        text = "Tài khoản của bạn chưa được gắn với hồ sơ nào; hãy liên hệ người quản trị."
        return render(request, "refused.html", {"text": text}, status=404)
    return render(request, "dossier/page.html", shown(request, desk, person_of(desk, desk.scope.own_person)))


@page("dossier.read", "dossier.read_own")
def life(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """One line of time; printed as it stands."""
    found = person_of(desk, person)
    record_read(actor=desk.actor, what="dossier", at=desk.now, person=found.pk, detail="quá trình")
    hidden = hidden_tables(request, desk, found)
    moments = timeline(of=found, on=desk.today, hidden=hidden, actor=desk.actor, scope=desk.scope)
    frame = {"head": head_of(desk, found, tab="qua-trinh"), "person": found, "years": by_year(moments)}
    return render(request, "dossier/timeline.html", frame)


@page("dossier.write", "log.read")
def history(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    found = person_of(desk, person)
    return render(request, "dossier/history.html", history_frame(desk, found))


@require_POST
@page("dossier.write")
def undo(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """Undo the last act on the dossier, which the reader saw when she pressed."""
    found = kept_by(desk, person)
    seq = request.POST.get("seq", "")
    reason = request.POST.get("reason", "").strip()
    if not seq.isdecimal() or not reason:
        frame = history_frame(desk, found) | {"error": "Hãy ghi lý do hoàn tác rồi bấm lại.", "reason": reason}
        return render(request, "dossier/history.html", frame, status=400)
    try:
        undo_last(person=found.pk, seq=int(seq), on=desk.today, actor=desk.actor, scope=desk.scope, at=desk.now, reason=reason)
    except (StaleDossier, UndoRefused) as error:
        status = 409 if isinstance(error, StaleDossier) else 400
        frame = history_frame(desk, found) | {"error": str(error), "reason": reason}
        return render(request, "dossier/history.html", frame, status=status)
    messages.success(request, "Đã hoàn tác việc gần nhất; cả hai việc đều còn trong lịch sử.")
    return redirect("dossier-history", found.pk)


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


def shown(request: HttpRequest, desk: Desk, found: Person) -> dict[str, Any]:
    """What the dossier page shows; opening it is noted in the read log."""
    record_read(actor=desk.actor, what="dossier", at=desk.now, person=found.pk)
    hidden, head = hidden_tables(request, desk, found), head_of(desk, found, tab="ho-so")
    missing, wanted = missing_of(found, desk), request.GET.get("nguon") == "co"
    origins = origins_of(person=found, desk=desk) if wanted and head.tells else {}
    leaves = outline(of=found, hidden=hidden, actor=desk.actor, scope=desk.scope, origins=origins)
    files = [file for file in attached_to(of=found, actor=desk.actor, scope=desk.scope) if not file.table]
    return {
        "head": head, "person": found, "missing": missing, "with_sources": wanted, "files": files,
        "leaves": [(leaf, missing.of_group(leaf.group) if missing else None) for leaf in leaves],
        "family_closed": RELATIVE_TABLE in hidden and desk.scope.sees_group("family"), "read_only": READ_ONLY,
        "closable": CLOSABLE, "asked": _asked(desk) if head.own else [],
        "disputes": [d for leaf in leaves for part in leaf.parts for value in part.values for d in value.disputes],
    }  # fmt: skip


def _asked(desk: Desk) -> list[DeclarationRound]:
    """Open rounds of declaration that ask the reader herself."""
    return [row for row in own_rounds(on=desk.today, actor=desk.actor, scope=desk.scope) if is_open(row, desk.today)]


def history_frame(desk: Desk, found: Person) -> dict[str, Any]:
    head = head_of(desk, found, tab="lich-su")
    last = last_act(of=found, actor=desk.actor, scope=desk.scope) if head.may_write else None
    return {"head": head, "person": found, "events": history_of(person=found, desk=desk), "last": last}


__all__ = ["dossier", "edit", "history", "life", "own", "undo"]
