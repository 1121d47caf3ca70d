"""One record written for many people, as it stands: who got it, and one button that takes it back from all of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.assess.undoing import Written, undo_many, written_for_many
from canbo.dossier.models import Person
from canbo.imports.undo import CannotUndo
from canbo.kernel.numbers import thousands
from canbo.web.desk import Desk, page
from canbo.web.lists.many import KINDS, SHOWN


@page("dossier.write")
def batch(request: HttpRequest, desk: Desk) -> HttpResponse:
    number = request.GET.get("viec", "")
    act = int(number) if number.isdecimal() and len(number) < 19 else 0
    try:
        found = written_for_many(act=act, actor=desk.actor, scope=desk.scope)
    except CannotUndo as error:
        return render(request, "refused.html", {"text": str(error)}, status=400)
    if request.method != "POST":
        return render(request, "lists/batch.html", _frame(found))
    reason = request.POST.get("ly-do", "")
    try:
        undo_many(act=act, reason=reason, actor=desk.actor, scope=desk.scope, at=desk.now)
    except CannotUndo as error:
        return render(request, "lists/batch.html", _frame(found) | {"error": str(error), "reason": reason}, status=400)
    messages.success(request, "Đã hoàn tác cho mọi người; cả hai việc đều còn trong nhật ký.")
    return redirect(f"{reverse('people-batch')}?viec={act}")


def _frame(of: Written) -> dict[str, Any]:
    names = dict(Person.objects.filter(pk__in=of.people[:SHOWN]).values_list("pk", "full_name"))
    return {
        "of": of, "label": KINDS[of.table][0] if of.table in KINDS else "", "count": thousands(len(of.people)),
        "rows": [(n, pk, names.get(pk, "")) for n, pk in enumerate(of.people[:SHOWN], 1)], "rest": max(0, len(of.people) - SHOWN),
    }  # fmt: skip
