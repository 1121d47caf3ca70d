"""Person → Tiêu chuẩn: verdicts by title, each opening into criteria, value, record, scan and article; what was waived beside them."""

from datetime import date
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.law_sets import Law
from canbo.assess.verdicts import NoStandard, explanation
from canbo.audit.changes import record_read
from canbo.dossier.attachments import attached_to
from canbo.dossier.models import Person
from canbo.engine.law.model import EVIDENCE, SEVERITIES
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS
from canbo.facts.registry import Ask
from canbo.kernel.actors import Forbidden
from canbo.kernel.dates import PartialDate
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of, page
from canbo.web.dossiers.found import head_of, person_of
from canbo.web.standards.asking import is_title, law_now, title_labels, title_options
from canbo.web.standards.origin import Origin, origin_of


@page("standards.read", "dossier.read_own")
def standards(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """Who may review her, and she herself: her own page needs no other right."""
    found = person_of(desk, person)
    snapshot, law = current(), law_now()
    errors: dict[str, str] = {}
    on, errors["ngay"] = day_of(request.GET.get("ngay", ""), desk.today)
    purpose = request.GET.get("mucdich") or "title"
    if purpose not in PURPOSES:
        purpose, errors["mucdich"] = "title", "Không có mục đích này; hãy chọn trong danh sách."
    chosen = request.GET.get("cd", "").strip()
    if chosen and not is_title(chosen, law):
        errors["cd"] = f"Không có chức danh “{chosen}”; hãy chọn trong danh sách."
    errors = {name: text for name, text in errors.items() if text}
    titles = [] if errors else [chosen] if chosen else titles_of(person, on, snapshot, desk)
    record_read(actor=desk.actor, what="explain", at=desk.now, person=person, detail=" ".join(titles))
    verdicts, without, closed = judged(found, titles, on, law, purpose, snapshot, desk)
    head = head_of(desk, found, tab="tieu-chuan")
    frame = {
        "person": found, "head": head, "on": on, "errors": errors, "typed": request.GET, "verdicts": verdicts, "without": without,
        "closed": closed, "titles": title_options(law, purpose), "chosen": chosen, "purposes": PURPOSES.items(), "purpose": purpose,
        "may_waive": head.may_write and desk.scope.sees_group("career"), "absent": bool(titles) and not (verdicts or without or closed),
    }  # fmt: skip
    return render(request, "standards/person.html", frame, status=400 if errors else 200)


def judged(
    found: Person, titles: list[str], on: date, law: Law, purpose: str, snapshot: Snapshot, desk: Desk
) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """(verdicts, titles nobody wrote a standard for, what the reader may not see)."""
    by: dict[str, Any] = {"law": law, "snapshot": snapshot, "actor": desk.actor, "scope": desk.scope, "purpose": purpose}
    verdicts: list[dict[str, Any]] = []
    without, closed = [], []
    for title in titles:
        try:
            verdicts += explanation(person=found.pk, title=title, on=on, **by)
        except NoStandard:
            without.append(title_labels().get(title, title))
        except Forbidden as error:
            closed.append(f"{title_labels().get(title, title)}: {error}")
    files: dict[tuple[str, int | None], list[Any]] = {}
    for file in attached_to(of=found, actor=desk.actor, scope=desk.scope) if verdicts else ():
        files.setdefault((file.table, file.row), []).append(file)
    return [_shown(v, law, files) for v in verdicts], without, closed


def titles_of(person: int, on: date, snapshot: Snapshot, desk: Desk) -> list[str]:
    """Titles held and planned that day, as far as the reader sees them."""
    names = [name for name, group in (("titles", "career"), ("planned_for", "planning")) if desk.scope.sees_group(group)]
    frame = snapshot.frames.get(ask=Ask(on=on), subject="person", names=names).filter(pl.col("key") == person)
    listed = [title for name in names for row in frame[name].to_list() if row for title in row if title]
    return list(dict.fromkeys(listed))


def _shown(verdict: dict[str, Any], law: Law, files: dict[tuple[str, int | None], list[Any]]) -> dict[str, Any]:
    """Words and badges beside the codes, and for each value the way to where it stands."""
    standard, special = verdict["standard"], [_dated(one) for one in verdict["waivers"]]
    document = _documents(law).get(standard["document"])
    criteria = [_criterion(one, special, law, files) for one in verdict["criteria"]]
    lacking = [one for one in criteria if one["verdict"] in ("no", "unknown") and one["severity"] == "block"]
    return verdict | {
        "word": VERDICTS[verdict["verdict"]], "document_name": document.name if document else standard["document"] or "",
        "title_label": title_labels().get(verdict["subject"]["title"], verdict["subject"]["title"]), "criteria": criteria,
        "lacking": lacking, "fixable": [one for one in lacking if one["fixable_before"]],
        "is_central": standard["code"] in law.central.standards, "waivers": special,
    }  # fmt: skip


def _dated(waiver: dict[str, Any]) -> dict[str, Any]:
    days = {f"{end}_text": PartialDate.from_iso(waiver[end]).display if waiver[end] else "" for end in ("from", "to")}
    paper = waiver["paper"] or ""
    return waiver | days | {"paper_text": paper[:1].lower() + paper[1:]}


def _criterion(
    one: dict[str, Any], special: list[dict[str, Any]], law: Law, files: dict[tuple[str, int | None], list[Any]]
) -> dict[str, Any]:
    cite, documents = one["cite"], _documents(law)
    return one | {
        "word": VERDICTS[one["verdict"]] if one["verdict"] else "Chưa kiểm chứng",
        "evidence": EVIDENCE[cite["evidence"]], "severity_label": SEVERITIES[one["severity"]],
        "document": documents[cite["document"]].name if cite["document"] in documents else cite["document"],
        "linked": cite["document"] in law.central.documents, "special": [w for w in special if w["criterion"] == one["code"]],
        "found": [value | {"origin": _with_files(origin_of(value), files)} for value in one["found"]],
    }  # fmt: skip


def _with_files(origin: Origin | None, files: dict[tuple[str, int | None], list[Any]]) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {"anchor": origin.anchor, "section": origin.section, "files": files.get((origin.table, origin.row), [])}


def _documents(law: Law) -> dict[str, Any]:
    return {key: one for laws in (*law.local, law.central) for key, one in laws.documents.items()}


__all__ = ["judged", "standards", "titles_of"]
