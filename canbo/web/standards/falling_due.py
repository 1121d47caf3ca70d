"""Việc đến hạn: what falls due for people of the scope, as a page, a table and a calendar."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.due import SOURCES, Due, DueRequest, due, entry_of, names_of
from canbo.audit.changes import record_read
from canbo.documents.calendars import ics
from canbo.documents.tables import Table
from canbo.kernel.dates import PartialDate
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, day_of, page
from canbo.web.exports import as_file
from canbo.web.pagination import query_of
from canbo.web.standards.asking import law_now

SPAN = timedelta(days=90)


def _read(request: HttpRequest, desk: Desk) -> tuple[DueRequest, list[str], dict[str, str]]:
    errors: dict[str, str] = {}
    start, errors["tu"] = day_of(request.GET.get("tu", ""), desk.today)
    end, errors["den"] = day_of(request.GET.get("den", ""), start + SPAN)
    if end < start:
        errors["den"] = "Ngày “đến” phải từ ngày “từ” trở đi."
    kinds = [kind for kind in request.GET.getlist("loai") if kind in {s.kind for s in SOURCES}]
    return DueRequest(start=start, end=max(start, end), law=law_now()), kinds, {k: v for k, v in errors.items() if v}


@page("dossier.read")
def due_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked, kinds, errors = _read(request, desk)
    rows = _lines(asked, kinds, desk)
    frame: dict[str, Any] = {
        "asked": asked, "kinds": kinds, "sources": [s for s in SOURCES if desk.scope.sees_group(s.group)], "errors": errors,
        "typed": request.GET, "rows": rows[:500], "total": len(rows), "query": query_of(request), "may_export": desk.actor.may("export"),
    }  # fmt: skip
    return render(request, "standards/due.html", frame, status=400 if errors else 200)


def _lines(asked: DueRequest, kinds: list[str], desk: Desk) -> list[tuple[Due, str, str]]:
    snapshot = current()
    rows = due(request=asked, sources=SOURCES, snapshot=snapshot, actor=desk.actor, scope=desk.scope, kinds=kinds)
    people = names_of({row.key for row in rows}, snapshot=snapshot)
    return [(row, people[row.key][0], _day(people[row.key][1])) for row in rows]


def _day(birth: str | None) -> str:
    return PartialDate.from_iso(birth).display if birth and "/" not in birth else ""


@page("export")
def due_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    asked, kinds, _ = _read(request, desk)
    rows = _lines(asked, kinds, desk)
    record_read(actor=desk.actor, what="export.due", at=desk.now, count=len(rows), detail=query_of(request))
    heads = ("STT", "Thời điểm", "Việc", "Họ và tên", "Ngày sinh", "Căn cứ")
    cells = [[n, r.text, r.what, name, birth, f"{r.document} {r.rule}".strip()] for n, (r, name, birth) in enumerate(rows, 1)]
    table = Table("Việc đến hạn", heads, cells, (f"Từ {asked.start:%d/%m/%Y} đến {asked.end:%d/%m/%Y}",))
    return as_file(table, kind=kind, name="viec den han")


@page("export")
def due_calendar(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked, kinds, _ = _read(request, desk)
    rows = _lines(asked, kinds, desk)
    record_read(actor=desk.actor, what="export.due", at=desk.now, count=len(rows), detail=query_of(request))
    entries = [entry_of(row, name) for row, name, _ in rows]
    headers = {"Content-Disposition": 'attachment; filename="viec-den-han.ics"', "Cache-Control": "no-store"}
    return HttpResponse(ics(entries, name="Việc đến hạn", at=desk.now), content_type="text/calendar; charset=utf-8", headers=headers)
