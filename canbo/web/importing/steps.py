"""The steps of a list that was read: each keeps what was answered and goes on, with a new job only where reading changes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.imports.results import opened
from canbo.jobs.changes import enqueue
from canbo.jobs.models import Job
from canbo.organization.queries import units
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.importing.columns import mapping_changed, mapping_of
from canbo.web.importing.rowforms import answered_rows
from canbo.web.importing.sheetforms import answered_sheets
from canbo.web.importing.work import answers_of, keep_answers, next_job, own_job
from canbo.web.tree import unit_tree


def at_step(job: int, step: int, **query: str) -> HttpResponse:
    more = "".join(f"&{name}={value}" for name, value in query.items() if value)
    return redirect(f"{reverse('import-job', args=[job])}?buoc={step}{more}")


@require_POST
@page("import.read")
def sheets(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Which sheets are read, as what, of which day and unit."""
    found = own_job(desk, job)
    if stopped := not_ready(request, found):
        return stopped
    answers, summary = answers_of(found), opened(found.pk, found.result or {})
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    codes = dict(units(on=None, actor=desk.actor, scope=desk.scope).values_list("pk", "code"))
    told, wrong = answered_sheets(summary, request.POST, answers, tree=tree, codes=codes, default=desk.today)
    if wrong:
        messages.error(request, wrong)
        return at_step(found.pk, 2)
    if told == answers.sheets:
        return at_step(found.pk, 3)
    answers.sheets, answers.mapping = told, None
    return at_step(next_job(desk, found, answers, at=3).pk, 3)


@require_POST
@page("import.read")
def read_again(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """The columns as corrected, and what unknown texts mean."""
    found = own_job(desk, job)
    if stopped := not_ready(request, found):
        return stopped
    summary, accept = opened(found.pk, found.result or {}), request.POST.get("nhan") == "1"
    if not mapping_changed(summary, request.POST) and accept == bool(found.payload.get("accept")):
        return at_step(found.pk, 4)
    answers = answers_of(found)
    answers.mapping = mapping_of(summary, request.POST)
    return at_step(next_job(desk, found, answers, accept=accept, at=4).pk, 4)


@require_POST
@page("import.read")
def rows(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """What was decided of the rows on the page: corrected cells need a new reading, the rest is only kept."""
    found = own_job(desk, job)
    if stopped := not_ready(request, found):
        return stopped
    answers, tab = answers_of(found), request.POST.get("the", "")
    again = answered_rows(answers, request.POST) or request.POST.get("kiem") == "1"
    if again:
        return at_step(next_job(desk, found, answers, at=4).pk, 4, the=tab)
    keep_answers(desk, found, answers)
    messages.success(request, "Đã lưu lựa chọn; chưa ghi gì vào hồ sơ.")
    return at_step(found.pk, 4, the=tab, trang=request.POST.get("trang", ""))


@require_POST
@page("import.write")
def write(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Write the list with everything answered by now, the rows on the page included."""
    found = own_job(desk, job)
    if stopped := not_ready(request, found):
        return stopped
    answers = answers_of(found)
    summary = opened(found.pk, found.result or {})
    if any(name.startswith("f.") for name in request.POST) and mapping_changed(summary, request.POST):
        answers.mapping = mapping_of(summary, request.POST)
    answered_rows(answers, request.POST)
    return redirect("import-job", next_job(desk, found, answers, step="write", at=5).pk)


@require_POST
@page("import.read")
def go_on(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Back to the rows of a written list that were not: what stands in the dossiers by now is no difference any more."""
    found = own_job(desk, job)
    if found.state != "done" or found.payload["step"] != "write":
        return redirect("import-job", found.pk)
    return at_step(next_job(desk, found, answers_of(found), at=4).pk, 4, the="refused")


@require_POST
@page("import.write")
def undo(request: HttpRequest, desk: Desk, job: int) -> HttpResponse:
    """Take a written list back, where nobody has changed its people since."""
    found = own_job(desk, job)
    written = (found.result or {}).get("written")
    if found.payload["step"] != "write" or not written:
        messages.error(request, "Danh sách này chưa ghi gì nên không có gì để hoàn tác.")
        return redirect("import-job", found.pk)
    payload: dict[str, Any] = found.payload | {"step": "undo", "act": written, "answers": None, "mapping": None}
    return redirect("import-job", enqueue(kind="import", payload=payload, actor=desk.actor, at=desk.now).pk)


def not_ready(request: HttpRequest, found: Job) -> HttpResponse | None:
    if found.state == "done" and found.payload["step"] == "check":
        return None
    messages.error(request, "Danh sách này chưa đọc xong hoặc đã được ghi; hãy xem lại.")
    return redirect("import-job", found.pk)
