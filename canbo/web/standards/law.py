"""Văn bản pháp luật: the register, one document with its rules, one standard in words beside article and evidence."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.assess.law_sets import law_vocabulary
from canbo.engine.law.calendars import calendar_citations
from canbo.engine.law.conditions import parsed, words_on
from canbo.engine.law.model import EVIDENCE, MOMENTS, REGIMES, SEVERITIES, Criterion, LawSet, Standard, StandardVersion
from canbo.engine.law.reading import PURPOSES
from canbo.engine.phrases import describe
from canbo.facts.registry import Ask
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk, day_of, page
from canbo.web.standards.asking import law_now, title_labels
from canbo.web.standards.calendar import year_shown
from canbo.web.standards.provisions import KINDS, provisions

# Who reviews others, who is judged herself, who mends the files.
READERS = ("standards.read", "dossier.read_own", "system.check")
HAVING = (("titles", "đang giữ", "career"), ("planned_for", "được quy hoạch", "planning"))


@page(*READERS)
def documents(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Documents of the register, those in force on the day first, the newest before the older; law is read by everybody judged by it."""
    law = law_now()
    on, error = day_of(request.GET.get("ngay", ""), desk.today)
    rows = sorted(law.central.documents.values(), key=lambda d: (not d.period.holds(on), -d.period.start.toordinal()))
    shown = [(d, REGIMES[d.regime], d.period.holds(on), EVIDENCE[d.evidence], len(_cited(law.central, d.key))) for d in rows]
    frame = {
        "rows": shown, "on": on, "error": error, "typed": request.GET, "problems": law.problems, "hash": law.central.hash,
        "standards": sorted(law.central.standards.values(), key=lambda s: s.label),
        "parameters": [_parameter(p, on, law.central) for p in law.central.parameters.values()], "overlays": law.overlays,
        "local": [(laws.overlays[-1], sorted(_own(laws, law.central), key=lambda s: s.label)) for laws in law.local],
        "procedures": provisions(law.central, "procedure"), "regimes": provisions(law.central, "regime"),
        "may_review": desk.actor.may("standards.read"), "calendar": year_shown(on.year, law.central),
    }  # fmt: skip
    return render(request, "standards/documents.html", frame, status=400 if error else 200)


def _own(laws: LawSet, central: LawSet) -> list[Standard]:
    """Standards of a local law that the central law has not, or has otherwise."""
    return [s for code, s in laws.standards.items() if central.standards.get(code) != s]


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
    found += [
        (KINDS[kind].lower(), one.code, one.label) for (kind, _), one in laws.provisions.items()
        if kind in KINDS and any(v.cite.document == key for v in one.versions)
    ]  # fmt: skip
    if any(cite.document == key for _, _, _, cite in calendar_citations(laws.calendar)):
        found.append(("lịch", "ngay-nghi", "Lịch ngày nghỉ"))
    return found


def _rests(version: StandardVersion, key: str) -> bool:
    return version.document == key or any(c.cite.document == key for c in version.criteria)


@page(*READERS)
def document(request: HttpRequest, desk: Desk, document: str) -> HttpResponse:
    laws = law_now().central
    found = laws.documents.get(document)
    if found is None:
        return render(request, "refused.html", {"text": "Không có văn bản này trong sổ; hãy mở trang Quy định để chọn."}, status=404)
    frame = {
        "document": found, "regime": REGIMES[found.regime], "evidence": EVIDENCE[found.evidence], "cited": _cited(laws, document),
        "after": laws.documents.get(found.replaced_by), "before": [d for d in laws.documents.values() if d.replaced_by == document],
    }  # fmt: skip
    return render(request, "standards/document.html", frame)


@page(*READERS)
def standard(request: HttpRequest, desk: Desk, standard: str) -> HttpResponse:
    """Every version of a standard as a line of time, the one in force on the day opened; who is under it that day."""
    law = law_now()
    laws = next((one for one in (law.central, *law.local) if standard in one.standards), None)
    if laws is None:
        return render(request, "refused.html", {"text": "Không có tiêu chuẩn này; hãy mở trang Quy định để chọn."}, status=404)
    found = laws.standards[standard]
    on, error = day_of(request.GET.get("ngay", ""), desk.today)
    versions = sorted(found.versions, key=lambda v: v.period.start, reverse=True)
    frame = {
        "standard": found, "on": on, "error": error, "typed": request.GET, "moment": MOMENTS[found.select_at],
        "regime": REGIMES[found.regime], "purpose": PURPOSES[found.purpose],
        "titles": [title_labels().get(t, t) for t in found.titles],
        "overlay": laws.overlays[-1] if laws.overlays else None,
        "affected": [] if error else affected(found, on, desk), "counts": desk.actor.may("standards.read"),
        "first": min((v.period.start for v in found.versions), default=None), "in_force": found.on(on) is not None,
        "versions": [_version(v, before, found, on, laws) for v, before in zip(versions, [*versions[1:], None])],
    }  # fmt: skip
    return render(request, "standards/standard.html", frame, status=400 if error else 200)


def affected(of: Standard, on: date, desk: Desk) -> list[tuple[str, str, str, str]]:
    """(title, held or planned, how many of the scope, where they are reviewed) for each title somebody has that day."""
    if not desk.actor.may("standards.read"):
        return []
    facts = [(name, word) for name, word, group in HAVING if desk.scope.sees_group(group)]
    frame = facts_frame(snapshot=current(), ask=Ask(on=on), names=("in_service", *(name for name, _ in facts)), scope=desk.scope)
    serving, found = frame.filter(pl.col("in_service")), []
    for name, word in facts:
        counted = serving.select(pl.col(name).cast(pl.List(pl.String)).explode().alias("title")).drop_nulls()
        numbers = dict(counted.filter(pl.col("title").is_in(list(of.titles))).group_by("title").len().iter_rows())
        for title in of.titles:
            if title in numbers:
                asked = {"mucdich": of.purpose, "cd": title, "ngay": f"{on:%d/%m/%Y}", "loc": f"'{title}' in {name}"}
                url = f"{reverse('review')}?{urlencode(asked)}"
                found.append((title_labels().get(title, title), word, thousands(numbers[title]), url))
    return found


def _version(version: StandardVersion, before: StandardVersion | None, of: Standard, on: date, laws: LawSet) -> dict[str, Any]:
    words = words_on(version.period.start, laws=laws, vocabulary=law_vocabulary())
    return {
        "version": version, "document": laws.documents[version.document], "now": version.period.holds(on),
        "criteria": [_criterion(c, of, words, laws) for c in version.criteria],
        "differs": differences(before, version) if before else [],
    }  # fmt: skip


def differences(before: StandardVersion, after: StandardVersion) -> list[str]:
    """What the later version asks otherwise, by the labels of its criteria."""
    old, new = ({c.code: c for c in version.criteria} for version in (before, after))
    changed = [c.label for code, c in new.items() if code in old and _asks(c) != _asks(old[code])]
    said = (
        ("thêm", [c.label for code, c in new.items() if code not in old]), ("đổi", changed),
        ("không còn", [c.label for code, c in old.items() if code not in new]),
    )  # fmt: skip
    return [f"{word}: {', '.join(labels)}" for word, labels in said if labels]


def _asks(criterion: Criterion) -> tuple[Any, ...]:
    return criterion.require, criterion.applies, criterion.severity, tuple((e.when, e.require) for e in criterion.exceptions)


def _criterion(criterion: Criterion, of: Standard, words: Any, laws: LawSet) -> dict[str, Any]:
    try:
        trees = parsed(criterion, words=words, titles=of.titles)
    except ValueError:  # from memory, over a parameter that is off
        trees = {}
    cited = laws.documents[criterion.cite.document]
    return {
        "criterion": criterion, "in_words": describe(trees["require"]) if trees else criterion.require,
        "applies": describe(trees["applies"]) if "applies" in trees else "",
        "exceptions": [(e.label, describe(trees[f"exception[{n}].require"])) for n, e in enumerate(criterion.exceptions)] if trees else [],
        "severity": SEVERITIES[criterion.severity], "evidence": EVIDENCE[criterion.cite.evidence], "document": cited,
    }  # fmt: skip


__all__ = ["affected", "differences", "document", "documents", "standard"]
