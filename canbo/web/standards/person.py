"""Person → Tiêu chuẩn: verdicts by title, each opening into criteria, value, record and article."""

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.verdicts import NoStandard, explanation
from canbo.audit.changes import record_read
from canbo.engine.law.model import EVIDENCE, SEVERITIES
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS
from canbo.facts.registry import Ask
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of, page
from canbo.web.dossiers.found import head_of, person_of
from canbo.web.standards.asking import law_now, title_labels, title_options


@page("standards.read")
def standards(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    found = person_of(desk, person)
    snapshot, law = current(), law_now()
    on, error = day_of(request.GET.get("ngay", ""), desk.today)
    purpose = request.GET.get("mucdich", "title")
    purpose = purpose if purpose in PURPOSES else "title"
    options = title_options(law, purpose)
    chosen = request.GET.get("cd", "")
    titles = [chosen] if chosen else _titles_of(person, on, snapshot, desk)
    record_read(actor=desk.actor, what="explain", at=desk.now, person=person, detail=" ".join(titles))
    verdicts, without = [], []
    for title in titles:
        try:
            verdicts += explanation(
                person=person, title=title, on=on, law=law, snapshot=snapshot, actor=desk.actor, scope=desk.scope, purpose=purpose
            )
        except NoStandard:
            without.append(title_labels().get(title, title))
    frame = {
        "person": found, "head": head_of(desk, found, tab="tieu-chuan"), "on": on, "error": error, "typed": request.GET,
        "verdicts": [_shown(v, law) for v in verdicts], "without": without, "titles": options, "chosen": chosen,
        "purposes": PURPOSES.items(), "purpose": purpose,
    }  # fmt: skip
    return render(request, "standards/person.html", frame, status=400 if error else 200)


def _titles_of(person: int, on: Any, snapshot: Snapshot, desk: Desk) -> list[str]:
    """Titles held and planned that day, as far as the reader sees them."""
    names = [name for name, group in (("titles", "career"), ("planned_for", "planning")) if desk.scope.sees_group(group)]
    frame = snapshot.frames.get(ask=Ask(on=on), subject="person", names=names).filter(pl.col("key") == person)
    listed = [title for name in names for row in frame[name].to_list() if row for title in row if title]
    return list(dict.fromkeys(listed))


def _shown(verdict: dict[str, Any], law: Any) -> dict[str, Any]:
    """Words and badges beside the codes."""
    standard = verdict["standard"]
    document = law.central.documents.get(standard["document"]) if standard["document"] else None
    criteria = [
        one
        | {
            "word": VERDICTS[one["verdict"]] if one["verdict"] else "Chưa kiểm chứng",
            "evidence": EVIDENCE[one["cite"]["evidence"]], "severity_label": SEVERITIES[one["severity"]],
        }
        for one in verdict["criteria"]
    ]  # fmt: skip
    return verdict | {
        "word": VERDICTS[verdict["verdict"]], "document_name": document.name if document else standard["document"] or "",
        "title_label": title_labels().get(verdict["subject"]["title"], verdict["subject"]["title"]), "criteria": criteria,
    }  # fmt: skip


__all__ = ["standards"]
