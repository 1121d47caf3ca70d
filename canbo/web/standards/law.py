"""Văn bản pháp luật: the register, one document with its rules, one standard in words beside article and evidence."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.law_sets import law_vocabulary
from canbo.engine.law.conditions import parsed, words_on
from canbo.engine.law.model import EVIDENCE, MOMENTS, REGIMES, SEVERITIES, Criterion, LawSet, Standard, StandardVersion
from canbo.engine.phrases import describe
from canbo.web.desk import Desk, day_of, page
from canbo.web.standards.asking import law_now, title_labels


@page("standards.read")
def documents(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Documents as a line of time, those in force on the day first."""
    law = law_now()
    on, error = day_of(request.GET.get("ngay", ""), desk.today)
    rows = sorted(law.central.documents.values(), key=lambda d: (not d.period.holds(on), d.period.start), reverse=False)
    shown = [(d, REGIMES[d.regime], d.period.holds(on), EVIDENCE[d.evidence], len(_cited(law.central, d.key))) for d in rows]
    frame = {
        "rows": shown, "on": on, "error": error, "typed": request.GET, "problems": law.problems, "hash": law.central.hash,
        "standards": sorted(law.central.standards.values(), key=lambda s: s.label),
        "parameters": [_parameter(p, on, law.central) for p in law.central.parameters.values()], "overlays": law.overlays,
    }  # fmt: skip
    return render(request, "standards/documents.html", frame, status=400 if error else 200)


def _parameter(parameter: Any, on: date, laws: LawSet) -> tuple[Any, str, str, str]:
    """(parameter, value in words, citation, evidence) on the day."""
    version = parameter.on(on)
    if version is None:
        return parameter, "chưa có giá trị có hiệu lực", "", ""
    said = version.value if version.value is not None else "; ".join(f"{key}: {value}" for key, value in version.values.items())
    cite = f"{laws.documents[version.cite.document].name}, {version.cite.article}"
    return parameter, f"{said} {parameter.unit}", cite, EVIDENCE[version.cite.evidence]


def _cited(laws: LawSet, key: str) -> list[tuple[str, str, str]]:
    """(kind, code, label) of what rests on a document."""
    found = [("tiêu chuẩn", s.code, s.label) for s in laws.standards.values() if any(_rests(v, key) for v in s.versions)]
    found += [("tham số", p.name, p.label) for p in laws.parameters.values() if any(v.cite.document == key for v in p.versions)]
    return found


def _rests(version: StandardVersion, key: str) -> bool:
    return version.document == key or any(c.cite.document == key for c in version.criteria)


@page("standards.read")
def document(request: HttpRequest, desk: Desk, document: str) -> HttpResponse:
    laws = law_now().central
    found = laws.documents.get(document)
    if found is None:
        return render(request, "refused.html", {"text": "Không có văn bản này trong sổ."}, status=404)
    frame = {
        "document": found, "regime": REGIMES[found.regime], "evidence": EVIDENCE[found.evidence], "cited": _cited(laws, document),
        "after": laws.documents.get(found.replaced_by), "before": [d for d in laws.documents.values() if d.replaced_by == document],
    }  # fmt: skip
    return render(request, "standards/document.html", frame)


@page("standards.read")
def standard(request: HttpRequest, desk: Desk, standard: str) -> HttpResponse:
    """Every version of a standard, the one in force on the day opened."""
    laws = law_now().central
    found = laws.standards.get(standard)
    if found is None:
        return render(request, "refused.html", {"text": "Không có tiêu chuẩn này."}, status=404)
    on, error = day_of(request.GET.get("ngay", ""), desk.today)
    frame = {
        "standard": found, "on": on, "error": error, "typed": request.GET, "moment": MOMENTS[found.select_at],
        "regime": REGIMES[found.regime],
        "titles": [title_labels().get(t, t) for t in found.titles], "codes": found.titles,
        "versions": [_version(v, found, on, laws) for v in sorted(found.versions, key=lambda v: v.period.start, reverse=True)],
    }  # fmt: skip
    return render(request, "standards/standard.html", frame, status=400 if error else 200)


def _version(version: StandardVersion, of: Standard, on: date, laws: LawSet) -> dict[str, Any]:
    words = words_on(version.period.start, laws=laws, vocabulary=law_vocabulary())
    return {
        "version": version, "document": laws.documents[version.document], "now": version.period.holds(on),
        "criteria": [_criterion(c, of, words, laws) for c in version.criteria],
    }  # fmt: skip


def _criterion(criterion: Criterion, of: Standard, words: Any, laws: LawSet) -> dict[str, Any]:
    try:
        trees = parsed(criterion, words=words, titles=of.titles)
    except ValueError:  # from memory, over a parameter that is off
        trees = {}
    return {
        "criterion": criterion, "in_words": describe(trees["require"]) if trees else criterion.require,
        "exceptions": [(e.label, describe(trees[f"exception[{n}].require"])) for n, e in enumerate(criterion.exceptions)] if trees else [],
        "severity": SEVERITIES[criterion.severity], "evidence": EVIDENCE[criterion.cite.evidence],
        "document": laws.documents[criterion.cite.document].name,
    }  # fmt: skip
