"""Rà soát: people × criteria of the standards asked about, with every number opening its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.assess.due import names_of
from canbo.assess.law_sets import law_vocabulary
from canbo.assess.models import Review
from canbo.assess.reviews import (
    Gap,
    ageing_criteria,
    as_text,
    changes_between,
    gaps,
    review_before,
    reviews,
    save_review,
)
from canbo.assess.verdicts import AssessReport, AssessRow, NoStandard, assess
from canbo.audit.changes import record_read
from canbo.documents.tables import Table
from canbo.engine.language import LanguageError
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS, Plan, plan_of
from canbo.jobs.changes import enqueue
from canbo.jobs.queries import NoSuchJob
from canbo.jobs.queries import job as any_job
from canbo.kernel.dates import PartialDate
from canbo.kernel.numbers import percent_text, thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.exports import as_file
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import WHOM, Asked, asked, law_now, title_labels, title_options
from canbo.web.tree import unit_tree

SIGNS = {True: "✓", False: "✗", None: "?"}
AT_ONCE = 3000  # rows saved while the page waits; more become a job


@dataclass(frozen=True)
class Shown:
    """One row of the matrix: person, title, verdict, and a mark for each criterion of its standard."""

    row: AssessRow
    name: str
    birth: str
    title: str
    verdict: str
    marks: tuple[tuple[str, str, str], ...]


def report_of(question: Asked, desk: Desk, snapshot: Snapshot) -> AssessReport:
    """Kept until the next act: paging and files ask for the same again."""
    law = law_now()
    key = ("assess", question.request, desk.scope, law.central.hash, tuple(local.hash for local in law.local))
    make = lambda: assess(request=question.request, law=law, snapshot=snapshot, actor=desk.actor, scope=desk.scope)  # noqa: E731
    return SHELF.get(snapshot=snapshot, key=key, make=make)


@page("standards.read")
def review(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    question = asked(request.GET, desk=desk, tree=tree, snapshot=snapshot)
    errors = dict(question.errors)
    law = law_now()
    frame: dict[str, Any] = {
        "asked": question, "errors": errors, "tree": tree, "whom": WHOM.items(), "purposes": PURPOSES.items(),
        "titles": title_options(law, question.request.purpose), "overlays": law.overlays, "problems": law.problems,
        "query": query_of(request, without=("trang",)), "may_export": desk.actor.may("export"),
    }  # fmt: skip
    if not errors:
        try:
            frame |= shown(request, report_of(question, desk, snapshot), snapshot)
        except LanguageError as error:
            errors["loc"] = str(error)
        except NoStandard as error:
            errors["cd"] = str(error)
    return render(request, "standards/review.html", frame, status=400 if errors else 200)


def shown(request: HttpRequest, report: AssessReport, snapshot: Snapshot) -> dict[str, Any]:
    """Counts, gaps and one page of the matrix."""
    chosen = request.GET.get("kq", "")
    rows = [row for row in report.rows if _kept(row, chosen, request.GET.get("tc", ""))]
    pages = pager(request, total=len(rows))
    part = rows[pages.first : pages.first + SIZE]
    of = len(report.rows)
    base = query_of(request, without=("trang", "kq", "tc"))
    return {
        "report": report, "tiles": _tiles(report, base), "of": thousands(of), "rows": matrix(part, report, snapshot), "pager": pages,
        "total": thousands(len(rows)), "gaps": [_gap(gap, base) for gap in gaps(report, {})[:20]],
        "text": as_text(report, scope_name="phạm vi được xét"), "chosen": chosen, "on": report.request.on,
        "versions": sorted({(p.standard.label, p.version.document if p.version else "", p.grounded) for p in report.plans.values()}),
    }  # fmt: skip


def _tiles(report: AssessReport, base: str) -> list[tuple[str, str, str, str, str]]:
    """(label, number, share, address, verdict) of each verdict."""
    of = len(report.rows)
    return [
        (label, thousands(report.counts[v]), percent_text(report.counts[v], of) if of else "–", _with(base, kq=v), v)
        for v, label in VERDICTS.items()
    ]


def _gap(gap: Gap, base: str) -> tuple[str, str, int, int, str]:
    title = title_labels().get(gap.title, gap.title)
    return gap.label, title, len(gap.failed), len(gap.unknown), _with(base, tc=f"{gap.standard}:{gap.criterion}")


def _with(base: str, **more: str) -> str:
    return "?" + "&".join(filter(None, (base, urlencode(more))))


def _kept(row: AssessRow, verdict: str, criterion: str) -> bool:
    standard, _, code = criterion.partition(":")
    lacks = not criterion or (row.standard == standard and code in (*row.failed, *row.unknown))
    return lacks and (not verdict or row.verdict == verdict)


def matrix(rows: Sequence[AssessRow], report: AssessReport, snapshot: Snapshot) -> list[Shown]:
    people = names_of({row.key for row in rows}, snapshot=snapshot)
    return [_line(row, report, *people[row.key]) for row in rows]


def _line(row: AssessRow, report: AssessReport, name: str, birth: str | None) -> Shown:
    plan = report.plans[row.standard, row.overlay]
    said = {**dict.fromkeys(row.failed, False), **dict.fromkeys(row.unknown, None)}
    marks = tuple((SIGNS[said.get(c.code, True)], c.label, c.cite.article) for c, _ in plan.blocking)
    day = PartialDate.from_iso(birth).display if birth and "/" not in birth else ""
    return Shown(row, name, day, title_labels().get(row.title, row.title), VERDICTS[row.verdict], marks)


@page("export")
def review_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The whole review with the article beside each criterion that is not met."""
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    question = asked(request.GET, desk=desk, tree=tree, snapshot=snapshot)
    try:
        report = report_of(question, desk, snapshot)
    except (LanguageError, NoStandard) as error:
        return render(request, "refused.html", {"text": str(error)}, status=400)
    rows = [row for row in report.rows if _kept(row, request.GET.get("kq", ""), request.GET.get("tc", ""))]
    record_read(actor=desk.actor, what="export.review", at=desk.now, count=len(rows), detail=query_of(request))
    return as_file(table(rows, report, snapshot), kind=kind, name=f"ra soat {report.request.on:%Y-%m-%d}")


def table(rows: Sequence[AssessRow], report: AssessReport, snapshot: Snapshot) -> Table:
    heads = ("STT", "Họ và tên", "Ngày sinh", "Chức danh", "Kết luận", "Chưa đạt", "Thiếu hồ sơ", "Văn bản")
    people = names_of({row.key for row in rows}, snapshot=snapshot)
    cells = []
    for number, row in enumerate(rows, 1):
        line, plan = _line(row, report, *people[row.key]), report.plans[row.standard, row.overlay]
        labels = {c.code: f"{c.label} ({c.cite.article})" for c, _ in plan.criteria}
        document = plan.version.document if plan.version else ""
        lacks = ("; ".join(labels[c] for c in codes) for codes in (row.failed, row.unknown))
        cells.append([number, line.name, line.birth, line.title, line.verdict, *lacks, document])
    notes = as_text(report, scope_name="phạm vi được xét")
    return Table("Rà soát tiêu chuẩn chức danh", heads, cells, (f"Tính đến ngày {report.request.on:%d/%m/%Y}",), notes)


# --- kept reviews


@require_POST
@page("standards.read")
def keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep the review as asked: at once when it is small, else as a job."""
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    question = asked(request.POST, desk=desk, tree=tree, snapshot=snapshot)
    unit = question.unit or desk.actor.unit
    try:
        report = report_of(question, desk, snapshot)
    except (LanguageError, NoStandard) as error:
        return render(request, "refused.html", {"text": str(error)}, status=400)
    if len(report.rows) > AT_ONCE:
        asked_for = question.request
        payload = {
            "on": asked_for.on.isoformat(), "title": asked_for.title, "where": asked_for.where, "overlay": asked_for.overlay,
            "purpose": asked_for.purpose, "unit": unit, "grant": request.session.get("grant"),
        }  # fmt: skip
        return redirect("review-job", review_job=enqueue(kind="review", payload=payload, actor=desk.actor, at=desk.now).pk)
    kept = save_review(report=report, unit=unit, laws=law_now().central.hash, actor=desk.actor, scope=desk.scope, at=desk.now)
    messages.success(request, "Đã lưu lần rà soát này; lần sau sẽ so với lần này.")
    return redirect("review-kept", kept.pk)


@page("standards.read")
def job(request: HttpRequest, desk: Desk, review_job: int) -> HttpResponse:
    """A large review while it runs; when it is done, the kept review."""
    found = any_job(pk=review_job, actor=desk.actor, scope=desk.scope)
    if found.user != desk.actor.user or found.kind != "review":
        raise NoSuchJob("Không tìm thấy việc này trong các việc của bạn.")
    if found.state == "done":
        return redirect("review-kept", (found.result or {})["review"])
    return render(request, "standards/waiting.html", {"job": found})


@page("standards.read")
def kept_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    rows = reviews(actor=desk.actor, scope=desk.scope)[:100]
    labels = title_labels() | WHOM
    found = [(one, labels.get(one.title, one.title), [one.counts.get(verdict, 0) for verdict in VERDICTS]) for one in rows]
    return render(request, "standards/kept_list.html", {"rows": found, "verdicts": VERDICTS.values()})


@page("standards.read")
def kept(request: HttpRequest, desk: Desk, review: int) -> HttpResponse:
    """What a kept review found, and what changed since the one before it."""
    found = reviews(actor=desk.actor, scope=desk.scope).filter(pk=review).first()
    if found is None:
        return render(request, "refused.html", {"text": "Không tìm thấy lần rà soát này trong phạm vi bạn được giao."}, status=404)
    before = review_before(review=found, actor=desk.actor, scope=desk.scope)
    snapshot, labels = current(), title_labels() | WHOM
    frame: dict[str, Any] = {
        "review": found, "title": labels.get(found.title, found.title), "before": before,
        "counts": [(label, found.counts.get(v, 0), before.counts.get(v, 0) if before else None) for v, label in VERDICTS.items()],
    }  # fmt: skip
    if before is not None:
        ageing = ageing_criteria(_plans_of(found))
        moved = changes_between(before=before, after=found, ageing=ageing, actor=desk.actor, scope=desk.scope)
        people = names_of({change.key for change in moved}, snapshot=snapshot)
        frame["changes"] = [
            (c, people.get(c.key, ("", None))[0], labels.get(c.title, c.title), VERDICTS[c.before], VERDICTS[c.after])  # type: ignore[index]
            for c in moved
        ]
    return render(request, "standards/kept.html", frame)


def _plans_of(found: Review) -> list[Plan]:
    laws = law_now().central
    return [plan_of(s, laws=laws, on=found.on, vocabulary=law_vocabulary()) for s in laws.standards.values()]
