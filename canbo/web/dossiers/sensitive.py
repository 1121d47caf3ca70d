"""Relatives, opened for a stated check; and the switch by which an agency opens the conclusions of political history."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.dossier.models import Person
from canbo.dossier.outline import part_of
from canbo.dossier.sensitive import PURPOSES, RELATIVE_TABLE
from canbo.organization.settings import SETTINGS, put_setting, settings_in
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.dossiers.found import PURPOSE, head_of, keeps, person_of, purpose_of
from canbo.web.dossiers.recordforms import CLOSABLE, READ_ONLY
from canbo.web.tree import unit_tree

HISTORY = "history"


@page("dossier.read", "dossier.read_own")
def family(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """Relatives only for a stated check: the purpose is asked once a session and noted with every opening."""
    found = person_of(desk, person)
    if not desk.scope.sees_group("family"):
        return render(request, "refused.html", {"text": "Vai trò đang dùng chưa được giao quyền xem quan hệ gia đình."})
    if request.method == "POST":
        return opened(request, desk, found)
    own = desk.scope.own_person == found.pk
    purpose = "chính chủ" if own else purpose_of(request, found.pk)
    frame = {"head": head_of(desk, found, tab="ho-so"), "person": found, "purposes": PURPOSES.items(), "purpose": purpose}
    if purpose:
        record_read(actor=desk.actor, what="family", at=desk.now, person=found.pk, detail=purpose)
        part = part_of(of=found, table=RELATIVE_TABLE, actor=desk.actor, scope=desk.scope)
        frame |= {"part": part, "may_write": keeps(desk, found), "read_only": READ_ONLY, "closable": CLOSABLE}
    return render(request, "dossier/family.html", frame)


def opened(request: HttpRequest, desk: Desk, found: Person) -> HttpResponse:
    code, paper = request.POST.get("muc_dich", ""), request.POST.get("van_ban", "").strip()
    if code not in PURPOSES:
        frame = {"head": head_of(desk, found, tab="ho-so"), "person": found, "purposes": PURPOSES.items(), "paper": paper}
        frame["error"] = "Hãy chọn việc cần kiểm tra; mục này chỉ mở cho các việc đó."
        return render(request, "dossier/family.html", frame, status=400)
    told = PURPOSES[code] + (f" – {paper[:200]}" if paper else "")
    request.session[PURPOSE] = {**request.session.get(PURPOSE, {}), str(found.pk): told}
    return redirect("dossier-family", found.pk)


@page("settings.write")
def settings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Whether units keep conclusions of political history, by which document; off unless somebody opened it."""
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    typed = {name: request.POST.get(name, "").strip() for name in ("dv", "value", "document")}
    frame = {"tree": tree, "typed": typed, "label": SETTINGS[HISTORY][1]}
    if request.method == "POST":
        unit, error = tree.find(typed["dv"])
        whole = unit is None and not typed["dv"] and desk.scope.units is None
        error = error or said_wrong(typed, chosen=unit is not None or whole)
        if not error:
            put_setting(
                name=HISTORY, value=typed["value"] == "mo", unit=unit, document=typed["document"], actor=desk.actor,
                scope=desk.scope, at=desk.now,
            )  # fmt: skip
            messages.success(request, "Đã đặt lại mục lịch sử chính trị.")
            return redirect("sensitive-settings")
        frame["error"] = error
    frame["rows"] = settings_in(name=HISTORY, actor=desk.actor, scope=desk.scope)
    return render(request, "dossier/settings.html", frame, status=400 if "error" in frame else 200)


def said_wrong(typed: dict[str, str], *, chosen: bool) -> str:
    if not chosen:
        return "Hãy chọn đơn vị áp dụng."
    if typed["value"] not in ("mo", "dong"):
        return "Hãy chọn mở hay đóng."
    return "" if typed["document"] else "Hãy ghi văn bản cho phép (số, ngày, cơ quan)."


__all__ = ["family", "settings"]
