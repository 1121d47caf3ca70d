"""A dossier taken away as a CV: Word or JSON, one person or many; each is noted in the read log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.audit.changes import record_read
from canbo.reporting.cv.queries import KINDS, MOST, SUMMARY, TooMany, cv_docx, cv_json, cv_zip
from canbo.web.desk import Desk, page
from canbo.web.dossiers.pages import person_of
from canbo.web.papers.answers import download


@page("dossier.read", "dossier.read_own")
def full(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    return _word(desk, person, "38", "cv")


@page("dossier.read", "dossier.read_own")
def form_2c(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    return _word(desk, person, "2c", "cv-2c")


@page("dossier.read", "dossier.read_own")
def form_2c_party(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    return _word(desk, person, "2c-tctw98", "cv-2c-tctw98")


@page("dossier.read", "dossier.read_own")
def summary(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    return _word(desk, person, SUMMARY, "cv-summary")


@page("dossier.read", "dossier.read_own")
def data(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    found = person_of(desk, person)
    if found.merged_into_id:
        return redirect("cv-json", found.merged_into_id)
    text = cv_json(person=person, form="38", on=desk.today, actor=desk.actor, scope=desk.scope)
    record_read(actor=desk.actor, what="cv.json", at=desk.now, person=person)
    return download(text.encode(), filename=f"ly-lich-{person}.json", media_type="application/json; charset=utf-8")


@require_POST
@page("export")
def many(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everybody ticked (repeated `nguoi`), one file each, in a zip."""
    people = [int(pk) for pk in request.POST.getlist("nguoi")[: MOST * 5] if pk.isdecimal() and len(pk) < 19]
    form = request.POST.get("mau", SUMMARY)
    try:
        content = cv_zip(
            people=people, form=form if form in KINDS else SUMMARY, on=desk.today, actor=desk.actor, scope=desk.scope
        )
    except TooMany as error:
        return render(request, "refused.html", {"text": str(error)}, status=400)
    record_read(
        actor=desk.actor, what=f"cv.zip.{form}", at=desk.now, count=len(set(people)), detail=",".join(map(str, people))
    )
    return download(content, filename="ly-lich.zip", media_type="application/zip")


def _word(desk: Desk, person: int, form: str, route: str) -> HttpResponse:
    found = person_of(desk, person)
    if found.merged_into_id:
        return redirect(route, found.merged_into_id)
    name, content = cv_docx(person=person, form=form, on=desk.today, actor=desk.actor, scope=desk.scope)
    record_read(actor=desk.actor, what=f"cv.{form}", at=desk.now, person=person)
    return download(content, filename=name)
