"""Việc đến hạn: what falls due for people of the scope, as a page, a table and a calendar; and how early agencies are told."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.assess.due import LABELS, Due, DueRequest, due, entry_of, names_of, unreckoned
from canbo.assess.due import SOURCES as OF_DOSSIERS
from canbo.audit.changes import record_read
from canbo.cases.due import SOURCES as OF_CASES
from canbo.documents.calendars import ics
from canbo.documents.tables import Table
from canbo.evaluation.due import SOURCES as OF_EVALUATION
from canbo.kernel.dates import PartialDate
from canbo.organization.lead_times import PREFIX, due_kinds, lead_days
from canbo.organization.settings import LeadRefused, put_lead_days, settings_in
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, day_of, page
from canbo.web.exports import as_file, attached
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import law_now
from canbo.web.tree import unit_tree

SOURCES = (*OF_DOSSIERS, *OF_CASES, *OF_EVALUATION)
HEADS = ("STT", "Thời điểm", "Việc", "Họ và tên", "Ngày sinh", "Căn cứ")


class Asked(NamedTuple):
    """The period, the kinds – none ticked: all that are not asked apart – and the days ahead, None when an end was typed."""

    request: DueRequest
    kinds: list[str]
    lead: dict[str, int] | None
    errors: dict[str, str]

    @property
    def told(self) -> str:
        if self.lead is None:
            return f"từ {self.request.start:%d/%m/%Y} đến {self.request.end:%d/%m/%Y}"
        return f"từ {self.request.start:%d/%m/%Y}, theo số ngày báo trước của từng loại việc"


def _read(request: HttpRequest, desk: Desk) -> Asked:
    errors: dict[str, str] = {}
    start, errors["tu"] = day_of(request.GET.get("tu", ""), desk.today)
    end, errors["den"] = day_of(request.GET.get("den", ""), start)
    if end < start:
        errors["den"] = "Ngày “đến” phải từ ngày “từ” trở đi."
    errors = {name: text for name, text in errors.items() if text}
    kinds = [kind for kind in request.GET.getlist("loai") if kind in LABELS]
    typed = bool(request.GET.get("den", "").strip()) and not errors
    lead = None if typed else lead_days(unit=desk.actor.unit)
    return Asked(DueRequest(start=start, end=max(start, end), law=law_now()), kinds, lead, errors)


def found_due(asked: Asked, desk: Desk) -> list[Due]:
    """Kept until the next act: paging, files and the overview ask for the same again."""
    request, snapshot, law = asked.request, current(), asked.request.law
    kinds = asked.kinds or [source.kind for source in SOURCES if not source.apart]
    lead = tuple(sorted(asked.lead.items())) if asked.lead else None
    laws = (law.central.hash, *(local.hash for local in law.local))
    key = ("due", request.start, request.end, tuple(kinds), lead, laws, desk.scope, desk.actor.actions)
    make = lambda: due(  # noqa: E731
        request=request, sources=SOURCES, snapshot=snapshot, actor=desk.actor, scope=desk.scope, kinds=kinds, lead=asked.lead
    )
    return SHELF.get(snapshot=snapshot, key=key, make=make)


@page("dossier.read")
def due_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = _read(request, desk)
    rows = found_due(asked, desk)
    pages = pager(request, total=len(rows))
    seen = [source for source in SOURCES if desk.scope.sees_group(source.group)]
    frame: dict[str, Any] = {
        "asked": asked, "sources": [(s.kind, LABELS[s.kind], asked.lead and asked.lead[s.kind], s.apart) for s in seen],
        "errors": asked.errors, "typed": request.GET, "rows": _lines(rows[pages.first : pages.first + SIZE]), "pager": pages,
        "total": len(rows), "query": query_of(request), "may_export": desk.actor.may("export"), "may_set": desk.actor.may("settings.write"),
        "unreckoned": unreckoned(
            request=asked.request, snapshot=current(), actor=desk.actor, scope=desk.scope, kinds=asked.kinds
        ),
    }  # fmt: skip
    return render(request, "standards/due.html", frame, status=400 if asked.errors else 200)


def _lines(rows: list[Due]) -> list[tuple[Due, str, str]]:
    people = names_of({row.key for row in rows}, snapshot=current())
    return [(row, people[row.key][0], _day(people[row.key][1])) for row in rows]


def _day(birth: str | None) -> str:
    return PartialDate.from_iso(birth).display if birth and "/" not in birth else ""


@page("export")
def due_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    asked = _read(request, desk)
    rows = _lines(found_due(asked, desk))
    record_read(actor=desk.actor, what="export.due", at=desk.now, count=len(rows), detail=query_of(request))
    cells = [[n, r.text, r.said, name, birth, r.cite] for n, (r, name, birth) in enumerate(rows, 1)]
    told = asked.told[:1].upper() + asked.told[1:]
    return as_file(Table("Việc đến hạn", HEADS, cells, (told,)), kind=kind, name="viec den han")


@page("export")
def due_calendar(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = _read(request, desk)
    rows = _lines(found_due(asked, desk))
    record_read(actor=desk.actor, what="export.due", at=desk.now, count=len(rows), detail=query_of(request))
    entries = [entry_of(row, name) for row, name, _ in rows]
    body = ics(entries, name="Việc đến hạn", at=desk.now)
    return attached(body, filename="viec-den-han.ics", media_type="text/calendar; charset=utf-8")


# --- days ahead


@page("settings.write")
def lead_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Days ahead of each kind for the reader's unit, what units set for themselves, and a form to set one."""
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    typed = {name: request.POST.get(name, "").strip() for name in ("dv", "loai", "ngay", "document")}
    error = ""
    if request.method == "POST":
        unit, error = tree.find(typed["dv"])
        if not error and unit is None and desk.scope.units is not None:
            error = "Hãy chọn đơn vị áp dụng."
        try:
            if not error:
                put_lead_days(
                    kind=typed["loai"], days=typed["ngay"], unit=unit, document=typed["document"], actor=desk.actor, scope=desk.scope,
                    at=desk.now,
                )  # fmt: skip
                messages.success(request, f"Đã đặt số ngày báo trước: {LABELS[typed['loai']]} – {typed['ngay']} ngày.")
                return redirect("due-lead")
        except LeadRefused as refused:
            error = str(refused) if typed["loai"] else "Hãy chọn loại việc."
    now = lead_days(unit=desk.actor.unit)
    own = [
        (LABELS[kind], row) for kind in due_kinds() for row in settings_in(name=PREFIX + kind, actor=desk.actor, scope=desk.scope)
    ]  # fmt: skip
    frame = {
        "kinds": [(kind, now[kind.code]) for kind in due_kinds().values()], "own": own, "tree": tree, "typed": typed, "error": error,
        "whole": desk.scope.units is None,
    }  # fmt: skip
    return render(request, "standards/lead.html", frame, status=400 if error else 200)
