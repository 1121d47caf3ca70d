"""Typing the order in which the members of a body stand, as the decision that named them lists them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.assess.changes import OrderRefused, put_body_order
from canbo.assess.orders import members_of
from canbo.dossier.queries import NotVisible
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.lists.bodies import bodies_of
from canbo.web.lists.question import Question
from canbo.web.lists.roster import Roster, roster

COLUMNS = ("name", "birth", "position")


@page("dossier.write")
def body_order(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    if not request.GET.get("bo") and not request.POST.get("bo"):
        return render(request, "refused.html", {"text": "Hãy chọn một cấp ủy, tổ chức ở trang Hồ sơ trước."}, status=400)
    body, name = _body(request.POST.get("bo") or request.GET.get("bo", ""), snapshot, desk)
    found = roster(question=Question(desk.today, body=body, columns=COLUMNS), snapshot=snapshot, desk=desk)
    if request.method == "POST":
        return _written(request, desk, snapshot, found, name)
    return render(request, "lists/body_order.html", _frame(found, name, snapshot))


def _body(text: str, snapshot: Snapshot, desk: Desk) -> tuple[int, str]:
    known = {pk: name for pk, name, _ in bodies_of(snapshot, desk.today, desk)} if desk.scope.sees_group("party") else {}
    if not text.isdecimal() or len(text) > 9 or int(text) not in known:
        raise NotVisible
    return int(text), known[int(text)]


def _frame(found: Roster, name: str, snapshot: Snapshot, typed: dict[int, str] | None = None, **more: Any) -> dict[str, Any]:
    body = found.question.body
    assert body is not None
    rows = {row["person"]: row for row in members_of(body, snapshot=snapshot, on=found.question.on).iter_rows(named=True)}
    stored = {key: "" if row[".typed"] is None else str(row[".typed"]) for key, row in rows.items()}
    shown = typed if typed is not None else stored
    members = [(key, cells, shown.get(key, "")) for key, cells in found.cells(0, len(found.keys))]
    return {"name": name, "body": body, "heads": found.heads, "members": members, **more}


def _written(request: HttpRequest, desk: Desk, snapshot: Snapshot, found: Roster, name: str) -> HttpResponse:
    body = found.question.body
    assert body is not None
    typed = {key: request.POST.get(f"so-{key}", "").strip() for key in found.keys}
    document = request.POST.get("van-ban", "").strip()
    try:
        put_body_order(
            body=body, places=typed, document=document, on=desk.today, snapshot=snapshot, actor=desk.actor, scope=desk.scope, at=desk.now
        )
    except OrderRefused as error:
        frame = _frame(found, name, snapshot, typed, error=str(error), document=document)
        return render(request, "lists/body_order.html", frame, status=400)
    messages.success(request, f"Đã ghi thứ tự của {name} theo {document}.")
    return redirect(f"{reverse('people')}?bo={body}&xep=to-chuc")
