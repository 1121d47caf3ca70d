"""Reviews kept: written down at once or as a job, listed, opened again, compared with the one before."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.assess.due import names_of
from canbo.assess.law_sets import law_vocabulary
from canbo.assess.models import Review, ReviewLine
from canbo.assess.reviews import ageing_criteria, compare, review_before, reviews, save_review
from canbo.assess.verdicts import NoStandard
from canbo.engine.language import LanguageError
from canbo.engine.law.conditions import words_on
from canbo.engine.law.model import LawSet
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS, plan_of
from canbo.jobs.changes import enqueue
from canbo.jobs.queries import NoSuchJob
from canbo.jobs.queries import job as any_job
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.pagination import SIZE, pager
from canbo.web.standards.asking import WHOM, asked, law_now, title_labels
from canbo.web.standards.reviewing import report_of
from canbo.web.tree import unit_tree

AT_ONCE = 3000  # rows saved while the page waits; more become a job
LISTED = 100
MOST = 300  # of each kind of change shown on the page; the counts are of all
GONE = "(hồ sơ không còn)"


@require_POST
@page("standards.read")
def keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep the review as asked: at once when it is small, else as a job."""
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    question = asked(request.POST, desk=desk, tree=tree, snapshot=snapshot)
    if question.errors:
        return render(request, "refused.html", {"text": " ".join(question.errors.values())}, status=400)
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
    rows = reviews(actor=desk.actor, scope=desk.scope)[:LISTED]
    found = [(one, _title(one), [thousands(one.counts.get(verdict, 0)) for verdict in VERDICTS]) for one in rows]
    return render(request, "standards/kept_list.html", {"rows": found, "verdicts": VERDICTS.values(), "purposes": PURPOSES})


@page("standards.read")
def kept(request: HttpRequest, desk: Desk, review: int) -> HttpResponse:
    """What a kept review found, person by person, and what changed since the one before it."""
    found = next((one for one in reviews(actor=desk.actor, scope=desk.scope) if one.pk == review), None)
    if found is None:
        return render(request, "refused.html", {"text": "Không tìm thấy lần rà soát này trong phạm vi bạn được giao."}, status=404)
    before = review_before(review=found, actor=desk.actor, scope=desk.scope)
    chosen = request.GET.get("kq", "")
    lines = found.lines.filter(verdict=chosen) if chosen else found.lines.all()
    pages = pager(request, total=lines.count())
    part = list(lines.order_by("person_key", "title", "standard")[pages.first : pages.first + SIZE])
    frame: dict[str, Any] = {
        "review": found, "title": _title(found), "before": before, "chosen": chosen, "chosen_text": VERDICTS.get(chosen, ""),
        "lines": _lines(part), "pager": pages, "total": thousands(pages.total), "purpose": PURPOSES.get(found.purpose, ""),
        "counts": [
            (v, label, thousands(found.counts.get(v, 0)), thousands(before.counts.get(v, 0)) if before else None)
            for v, label in VERDICTS.items()
        ],
    }  # fmt: skip
    return render(request, "standards/kept.html", frame | (_compared(before, found, desk) if before else {}))


def _compared(before: Review, found: Review, desk: Desk) -> dict[str, Any]:
    """Who newly meets, who no longer meets, who came and who went."""
    said = compare(before=before, after=found, ageing=ageing_of(found.on), actor=desk.actor, scope=desk.scope)
    kinds = [(heading, [c for c in said.changes if c.kind == kind]) for kind, heading in KINDS.items()]
    turned = (("Mới có trong lần này", said.come), ("Không còn trong lần này", said.gone))
    shown = {c.key for _, part in kinds for c in part[:MOST]} | {one.key for _, part in turned for one in part[:MOST]}
    people, labels = names_of(shown, snapshot=current()), title_labels()
    who = lambda one: (one, people.get(one.key, ("", None))[0] or GONE, labels.get(one.title, one.title))  # noqa: E731
    return {
        "moved": [
            (heading, len(part), [(*who(c), VERDICTS[c.before], VERDICTS[c.after]) for c in part[:MOST]]) for heading, part in kinds if part
        ],
        "turned": [(heading, len(part), [(*who(one), VERDICTS[one.verdict]) for one in part[:MOST]]) for heading, part in turned if part],
        "unchanged": not any(said), "most": MOST,
    }  # fmt: skip


KINDS = {"met": "Mới đạt", "lost": "Không còn đạt", "other": "Kết luận khác"}


def _lines(part: Iterable[ReviewLine]) -> list[dict[str, Any]]:
    """Frozen lines with names of today and the labels of the criteria as the law in service words them."""
    part = list(part)
    people = names_of({line.person_key for line in part}, snapshot=current())
    criteria = {
        (s.code, v.code, c.code): f"{c.label} ({c.cite.article})"
        for laws in (*law_now().local, law_now().central) for s in laws.standards.values() for v in s.versions for c in v.criteria
    }  # fmt: skip
    return [
        {
            "line": line, "name": people.get(line.person_key, ("", None))[0] or GONE, "verdict": VERDICTS[line.verdict],
            "title": title_labels().get(line.title, line.title),
            "failed": [criteria.get((line.standard, line.version, code), code) for code in line.failed.split()],
            "unknown": [criteria.get((line.standard, line.version, code), code) for code in line.unknown.split()],
        }
        for line in part
    ]  # fmt: skip


def _title(found: Review) -> str:
    return (title_labels() | WHOM).get(found.title, found.title)


def ageing_of(on: date) -> dict[str, frozenset[str]]:
    """Standard → criteria that the day alone decides, by the law of that day."""
    law = law_now()
    return _ageing(on, (*law.local, law.central))


@lru_cache(maxsize=32)
def _ageing(on: date, every: tuple[LawSet, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for laws in every:
        words = words_on(on, laws=laws, vocabulary=law_vocabulary())
        plans = (plan_of(s, laws=laws, on=on, vocabulary=law_vocabulary(), words=words) for s in laws.standards.values())
        found |= ageing_criteria(plans)
    return found


__all__ = ["job", "keep", "kept", "kept_list"]
