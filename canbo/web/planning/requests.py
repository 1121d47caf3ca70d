"""Requests for sources between levels: those made, those put to us, and the answer – people of one's own, or none with the reason."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.engine.language import LanguageError
from canbo.kernel.actors import Forbidden
from canbo.planning.models import SourceRequest
from canbo.planning.order import below
from canbo.planning.queries import requests
from canbo.planning.sources import answer_request, candidates
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.planning.ordering import order_of
from canbo.web.planning.slate_acts import bringing
from canbo.web.planning.sources import Sources, rows_of
from canbo.web.planning.view import REFUSALS, NoPlanning, Typed, asks, reads, refused, tabs
from canbo.web.standards.asking import law_now


@page("cases.read")
def request_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = list(requests(**reads(desk)))
    units = desk.scope.units
    to_us = [row for row in found if units is None or row.unit_id in units]
    ours = [row for row in found if units is None or row.slate.home.unit_id in units]
    side = request.GET.get("xem", "") or ("den" if any(row.answered_on is None for row in to_us) or not ours else "di")
    frame = {
        "side": side, "rows": to_us if side == "den" else ours, "counts": (len(to_us), len(ours)),
        "waiting": sum(row.answered_on is None for row in to_us), **tabs(desk, "requests"),
    }  # fmt: skip
    return render(request, "planning/requests.html", frame)


@page("cases.read")
def answer(request: HttpRequest, desk: Desk, source_request: int) -> HttpResponse:
    row = _found(source_request, desk)
    if request.method != "POST":
        record_read(actor=desk.actor, what="planning.request", at=desk.now, detail=str(source_request))
        return _page(request, desk, row)
    typed = Typed(request.POST, desk)
    try:
        made = answer_request(
            pk=row.pk, people=bringing(typed), answer=typed.text("traloi"), on=desk.today, law=law_now(), snapshot=current(), **asks(desk)
        )
    except REFUSALS as error:
        return _page(request, desk, row, typed, str(error))
    messages.success(request, f"Đã trả lời: giới thiệu {len(made)} người." if made else "Đã trả lời: không giới thiệu ai.")
    return redirect("planning-requests")


def _found(pk: int, desk: Desk) -> SourceRequest:
    """A request put to a unit of the reader's, or made by one."""
    try:
        found: SourceRequest = requests(**reads(desk)).get(pk=pk)
    except ObjectDoesNotExist:
        raise NoPlanning from None
    return found


def _page(request: HttpRequest, desk: Desk, row: SourceRequest, typed: Typed | None = None, error: str = "") -> HttpResponse:
    ours = desk.scope.sees_unit(row.unit_id)
    open_ = ours and row.answered_on is None and desk.actor.may("cases.write")
    at = pager(request, total=10**6)
    found = _own(request, desk, row, at.page * SIZE) if open_ else None
    where = pager(request, total=found.of if found else 0)
    frame: dict[str, Any] = {
        "row": row, "slate": row.slate, "ours": ours, "open": open_, "found": found, "error": error, "pager": where,
        "rows": found.rows[where.first :] if found else [], "typed": typed.data if typed else {},
        "picked": bringing(typed) if typed else [],
        "query": query_of(request, without=("trang",)), "may_dossier": desk.actor.may("dossier.read"), **tabs(desk, "requests"),
    }  # fmt: skip
    return refused(render(request, "planning/request.html", frame), error or (found.error if found else ""))


def _own(request: HttpRequest, desk: Desk, row: SourceRequest, most: int) -> Sources:
    """People of the unit asked who fit the other's list; only they may be named."""
    order, where = order_of(request.GET, desk.scope), request.GET.get("loc", "").strip()
    under = below(row.unit_id, current())
    scope = replace(desk.scope, units=under if desk.scope.units is None else under & desk.scope.units)
    try:
        found = candidates(
            slate=row.slate, law=law_now(), snapshot=current(), actor=desk.actor, scope=scope, by=order.by, where=where, most=most,
            near=False,
        )  # fmt: skip
    except LanguageError as error:
        return Sources(order, where, True, error=str(error))
    except Forbidden as error:
        return Sources(order, where, True, closed=str(error))
    return Sources(order, where, True, rows_of(row.slate, found.rows, desk), found.of)
