"""Papers of an evaluation: a page of a unit to choose them from, one at a time, many as a zip, very many as a job."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.audit.changes import record_read
from canbo.evaluation.papers.jobs import KIND, start_papers
from canbo.evaluation.papers.printing import (
    AT_ONCE,
    KINDS,
    campaign_paper,
    how_many,
    own_paper,
    papers_zip,
    person_paper,
    reminder_paper,
    unit_paper,
)
from canbo.jobs.files import content_of
from canbo.jobs.queries import NoSuchJob, job, upload
from canbo.web.desk import Desk, page
from canbo.web.evaluation.view import REFUSALS, found_campaign, found_evaluation, found_own, found_unit, laws_now, reads
from canbo.web.exports import attached

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
ROLE_LABELS = {"leader": "lãnh đạo, quản lý", "deputy": "cấp phó, lãnh đạo bộ phận", "staff": "người khác"}


@page("export")
def unit_papers(request: HttpRequest, desk: Desk, campaign_unit: int) -> HttpResponse:
    """Every kind of paper of a unit: those on the unit one by one, those of its people for all of them."""
    unit = found_unit(campaign_unit, desk)
    kinds = [(code, kind.label, kind.of) for code, kind in KINDS.items() if kind.of != "campaign"]
    roles = [(code, label) for code, label in ROLE_LABELS.items() if code != "deputy" or unit.deputies_id]
    return render(request, "evaluation/papers.html", {"unit": unit, "campaign": unit.campaign, "kinds": kinds, "roles": roles})


@page("export")
def unit_paper_file(request: HttpRequest, desk: Desk, campaign_unit: int, unit_kind: str) -> HttpResponse:
    unit = found_unit(campaign_unit, desk)
    role = request.GET.get("nhom", "staff")
    try:
        made = unit_paper(unit=unit, kind=unit_kind, role=role, laws=laws_now(), **reads(desk))
    except REFUSALS as error:
        return _refused(request, str(error))
    return _sent(*made, desk=desk, detail=f"{unit.pk} {unit_kind}")


@page("export")
@require_POST
def unit_zip(request: HttpRequest, desk: Desk, campaign_unit: int) -> HttpResponse:
    """The kinds ticked, for everybody of the unit: at once, or by a job when they are many."""
    unit = found_unit(campaign_unit, desk)
    asked: dict[str, Any] = {
        "campaign": unit.campaign, "units": [unit.unit_id], "kinds": [kind for kind in request.POST.getlist("loai") if kind in KINDS]
    }  # fmt: skip
    if not asked["kinds"]:
        messages.error(request, "Hãy chọn ít nhất một loại văn bản.")
        return redirect("evaluation-papers", unit.pk)
    try:
        if how_many(**asked, **reads(desk)) > AT_ONCE:
            made = start_papers(**asked, grant=request.session.get("grant"), at=desk.now, **reads(desk))
            return redirect("evaluation-papers-job", made.pk)
        content, number = papers_zip(**asked, on=desk.today, laws=laws_now(), **reads(desk))
    except REFUSALS as error:
        return _refused(request, str(error))
    record_read(actor=desk.actor, what="evaluation.papers", at=desk.now, count=number, detail=str(unit.pk))
    return attached(content, filename=f"van-ban-{unit.unit.code}.zip", media_type=ZIP)


@page("export")
def papers_job(request: HttpRequest, desk: Desk, papers_job: int) -> HttpResponse:
    """Many papers while they are made; `?tep=1` the zip when they are."""
    found = job(pk=papers_job, actor=desk.actor, scope=desk.scope)
    if found.user != desk.actor.user or found.kind != KIND:
        raise NoSuchJob("Không tìm thấy việc này trong các việc của bạn.")
    result = found.result or {}
    if "tep" not in request.GET or found.state != "done":
        return render(request, "evaluation/papers_job.html", {"job": found, "result": result})
    kept = upload(pk=result["upload"], actor=desk.actor, scope=desk.scope)
    return attached(content_of(kept), filename=kept.filename, media_type=ZIP)


@page("export")
def person_paper_file(request: HttpRequest, desk: Desk, evaluation: int, person_kind: str) -> HttpResponse:
    row = found_evaluation(evaluation, desk)
    try:
        made = person_paper(pk=row.pk, kind=person_kind, laws=laws_now(), **reads(desk))
    except REFUSALS as error:
        return _refused(request, str(error))
    return _sent(*made, desk=desk, detail=f"{row.pk} {person_kind}", person=row.person_id)


@page("export")
def report_file(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponse:
    of = found_campaign(campaign, desk)
    return _sent(*campaign_paper(campaign=of, laws=laws_now(), **reads(desk)), desk=desk, detail=f"{of.pk} bao-cao")


@page("export")
def reminder_file(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponse:
    """The letter to the units that have not sent their results."""
    of = found_campaign(campaign, desk)
    try:
        made = reminder_paper(campaign=of, on=desk.today, **reads(desk))
    except REFUSALS as error:
        return _refused(request, str(error))
    return _sent(*made, desk=desk, detail=f"{of.pk} don-doc")


@page("cases.own")
def own_paper_file(request: HttpRequest, desk: Desk, own_evaluation: int) -> HttpResponse:
    """Her own assessment on paper, for her to sign."""
    row = found_own(own_evaluation, desk)
    made = own_paper(pk=row.pk, laws=laws_now(), **reads(desk))
    return _sent(*made, desk=desk, detail=f"{row.pk} tu-danh-gia", person=row.person_id)


# --- pieces


def _sent(name: str, content: bytes, *, desk: Desk, detail: str, person: int | None = None) -> HttpResponse:
    record_read(actor=desk.actor, what="evaluation.paper", at=desk.now, detail=detail, person=person)
    return attached(content, filename=name, media_type=DOCX)


def _refused(request: HttpRequest, text: str) -> HttpResponse:
    return render(request, "refused.html", {"text": text}, status=400)
