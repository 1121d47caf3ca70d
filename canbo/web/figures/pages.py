"""Pages of the statistics desk: the question and its tables, their files, the people behind each number."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from canbo.assess.measures import measure_of
from canbo.audit.changes import record_read
from canbo.documents.charts import to_svg
from canbo.documents.sheets import to_xlsx
from canbo.documents.tables import csv_text
from canbo.documents.word import to_docx
from canbo.engine.areas import load_areas
from canbo.kernel.text import slug
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.exports import as_file, attached
from canbo.web.figures.answer import Answer, answer, document
from canbo.web.figures.asked import (
    CHARTS,
    LAYOUTS,
    SHARES,
    SUBJECTS,
    Asked,
    grouped_measures,
    offered_facts,
    offered_populations,
    read,
)  # fmt: skip
from canbo.web.figures.kept import kept_tables
from canbo.web.figures.letterhead import agency_of
from canbo.web.figures.people import people_of
from canbo.web.figures.screens import table_of
from canbo.web.figures.shipped import shipped_tables
from canbo.web.pagination import query_of
from canbo.web.tree import unit_tree

CONTENT = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
}


@page("statistics.read")
def statistics_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    asked = read(request, desk, snapshot)
    frame = form_frame(asked, snapshot, desk)
    if not asked.errors:
        found = answer(asked, snapshot=snapshot, desk=desk)
        frame |= {"answer": found, "chart": mark_safe(to_svg(found.chart)) if found.chart else ""}
    return render(request, "statistics/page.html", frame, status=400 if asked.errors else 200)


def form_frame(asked: Asked, snapshot: Snapshot, desk: Desk) -> dict[str, Any]:
    """What the form offers this reader, and her question as it stands."""
    subject = asked.request.subject
    return {
        "asked": asked, "errors": asked.errors, "query": urlencode(asked.pairs()),
        "measures": grouped_measures(snapshot, desk, subject), "populations": offered_populations(snapshot, desk),
        "facts": offered_facts(snapshot, desk, on=asked.request.map_on or asked.request.on, subject=subject),
        "tree": unit_tree(snapshot=snapshot, on=asked.request.map_on or asked.request.on, scope=desk.scope),
        "subjects": zip(SUBJECTS, ("người", "lượt đào tạo, bồi dưỡng")), "layouts": LAYOUTS.items(), "shares": SHARES.items(),
        "charts": CHARTS.items(), "shipped": shipped_tables(snapshot, desk), "kept": kept_tables(desk),
        "chosen": [measure_of(name, subject).label for name in asked.request.measures],
        "now": urlencode(asked.pairs("ngay")), "section": "desk",
        "maps": [f"{day:%d/%m/%Y}" for day in load_areas().starts.values() if day.year > 1],
    }  # fmt: skip


@page("statistics.read")
def statistics_file(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    snapshot = current()
    asked = read(request, desk, snapshot)
    found = answer(asked, snapshot=snapshot, desk=desk) if not asked.errors else None
    if found is None or (form == "svg" and found.chart is None):
        text = " ".join(asked.errors.values()) or (found and found.chart_error) or "Hãy chọn một loại biểu đồ trước khi tải về."
        return render(request, "refused.html", {"text": text}, status=400)
    count = sum(len(screen.lines) for screen in found.screens)
    record_read(actor=desk.actor, what="export.statistics", at=desk.now, count=count, detail=query_of(request))
    name = asked.typed["ten"] or "thong ke"
    return file_response(content(found, form=form, desk=desk), form=form, name=f"{name} {asked.request.on:%Y-%m-%d}")


def content(found: Answer, *, form: str, desk: Desk) -> bytes:
    """The answer as a file: what stands on the screen, no more and no less."""
    match form:
        case "svg":
            assert found.chart is not None, "asked for by the page"
            return to_svg(found.chart, standalone=True).encode()
        case "csv":
            texts = [csv_text(table_of(screen, found.lines)) for screen in found.screens]
            return ("\ufeff" + "\n".join(texts)).encode()
        case _:
            agency, side = agency_of(desk)
            paper = document(found, desk=desk, agency=agency, side=side)
            return to_docx(paper) if form == "docx" else to_xlsx(paper)


def file_response(body: bytes, *, form: str, name: str) -> HttpResponse:
    filename = f"{slug(name).replace('_', '-')}.{form}"
    return attached(body, filename=filename, media_type=CONTENT[form])


@page("statistics.read")
def behind(request: HttpRequest, desk: Desk) -> HttpResponse:
    found, error = people_of(request, desk)
    if found is None:
        return render(request, "refused.html", {"text": error}, status=400)
    frame = {
        "text": found.text, "noun": found.noun, "on": found.asked.request.on, "query": query_of(request, without=("trang",)),
        "may_export": desk.actor.may("export"), "back": urlencode(found.asked.pairs()), **found.frame(request),
    }  # fmt: skip
    return render(request, "statistics/people.html", frame)


@page("export")
def behind_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    found, error = people_of(request, desk)
    if found is None:
        return render(request, "refused.html", {"text": error}, status=400)
    record_read(actor=desk.actor, what="export.people", at=desk.now, count=len(found.keys), detail=query_of(request))
    return as_file(found.table(), kind=kind, name="nguoi trong thong ke")
