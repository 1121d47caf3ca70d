"""Rà soát: people × criteria of the standards asked about, with every number opening its people."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.due import names_of
from canbo.assess.law_sets import Law
from canbo.assess.reviews import as_text, gaps
from canbo.assess.verdicts import AssessReport, AssessRequest, AssessRow, NoStandard, assess
from canbo.assess.waivers import of_standard, waivers_of
from canbo.audit.changes import record_read
from canbo.documents.tables import Table
from canbo.engine.language import LanguageError
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS, Plan
from canbo.facts.registry import Ask
from canbo.kernel.dates import PartialDate
from canbo.kernel.numbers import percent_text, thousands
from canbo.snapshot.queries import current, facts_frame
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import WHOM, Asked, asked, law_now, title_labels, title_options
from canbo.web.standards.listing import taken
from canbo.web.tree import UnitTree, unit_tree

SIGNS = {True: "✓", False: "✗", None: "?"}
SIGN_WORDS = {"✓": "Đạt", "✗": "Chưa đạt", "?": "Thiếu hồ sơ"}
MOST_UNITS, MOST_GAPS = 30, 20
Units = Mapping[int, tuple[int | None, str]]


@dataclass(frozen=True)
class Shown:
    """One row of the matrix: person, title, verdict, and (sign, word, code, label, article) for each criterion of its standard."""

    row: AssessRow
    name: str
    birth: str
    unit: str
    title: str
    verdict: str
    marks: tuple[tuple[str, str, str, str, str], ...]
    special: tuple[str, ...] = ()

    @property
    def open_marks(self) -> list[tuple[str, str, str, str, str]]:
        """What is not met or not known: all that a list of several standards has room for."""
        return [mark for mark in self.marks if mark[0] != SIGNS[True]]

    @property
    def met(self) -> int:
        return len(self.marks) - len(self.open_marks)


def report_of(question: Asked, desk: Desk, snapshot: Snapshot) -> AssessReport:
    """Kept until the next act: paging and files ask for the same again."""
    law = law_now()
    key = _key("assess", question.request, desk, law)
    make = lambda: assess(request=question.request, law=law, snapshot=snapshot, actor=desk.actor, scope=desk.scope)  # noqa: E731
    return SHELF.get(snapshot=snapshot, key=key, make=make)


def _key(what: str, request: AssessRequest, desk: Desk, law: Law) -> tuple[Any, ...]:
    return what, request, desk.scope, law.central.hash, tuple(local.hash for local in law.local)


def units_of(report: AssessReport, snapshot: Snapshot, desk: Desk) -> Units:
    """Person → (unit, its name) on the day, for everybody in the report; kept as long as the report."""
    key = _key("units", report.request, desk, law_now())
    return SHELF.get(snapshot=snapshot, key=key, make=lambda: _units(report, snapshot, desk))


def _units(report: AssessReport, snapshot: Snapshot, desk: Desk) -> Units:
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=report.request.on), names=("unit_name",), scope=desk.scope)
    keys = pl.Series([row.key for row in report.rows], dtype=pl.UInt32).unique()
    rows = frame.filter(pl.col("key").is_in(keys.implode())).select("key", "unit_id", "unit_name").iter_rows()
    return {key: (unit, name or "") for key, unit, name in rows}


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
            report = report_of(question, desk, snapshot)
            frame |= shown(request, report, units_of(report, snapshot, desk), place(question, tree), snapshot, desk)
        except LanguageError as error:
            errors["loc"] = str(error)
        except NoStandard as error:
            errors["cd"] = str(error)
    return render(request, "standards/review.html", frame, status=400 if errors else 200)


def place(question: Asked, tree: UnitTree) -> str:
    """The scope of a review as a sentence names it."""
    return tree.name(question.unit) or "phạm vi được giao"


def shown(
    request: HttpRequest, report: AssessReport, units: Units, place: str, snapshot: Snapshot, desk: Desk
) -> dict[str, Any]:
    """Counts, gaps and one page of the matrix."""
    chosen, lacking = request.GET.get("kq", ""), request.GET.get("tc", "")
    rows = [row for row in report.rows if _kept(row, chosen, lacking)]
    pages = pager(request, total=len(rows))
    part = rows[pages.first : pages.first + SIZE]
    of = len(report.rows)
    base = query_of(request, without=("trang", "kq", "tc"))
    lines = matrix(part, report, units, snapshot, desk)
    documents, judged = _documents(report), {(row.standard, row.overlay) for row in report.rows}
    plans = {key: plan for key, plan in report.plans.items() if key in judged}
    return {
        "report": report, "tiles": _tiles(report, base), "of": thousands(of), "rows": lines, "pager": pages,
        "total": thousands(len(rows)), "gaps": _gaps(report, base),
        "text": as_text(report, scope_name=place), "chosen": chosen or lacking, "on": report.request.on, "base": base,
        "by_unit": _by_unit(report, units, base), "heads": _heads(plans.values()),
        "chosen_text": _chosen_text(chosen, lacking, report),
        "versions": sorted({(p.standard.label, documents[key], p.grounded) for key, p in plans.items()}),
    }  # fmt: skip


def _documents(report: AssessReport) -> dict[tuple[str, str], str]:
    """Standard and overlay → the name of the document behind the version in force; "" for none."""
    law = law_now()
    names = {key: one.name for laws in (*law.local, law.central) for key, one in laws.documents.items()}
    return {key: names.get(p.version.document, p.version.document) if p.version else "" for key, p in report.plans.items()}


def _heads(plans: Iterable[Plan]) -> tuple[tuple[str, str, str], ...]:
    """Where everybody is judged by the same criteria, they are the columns: (code, label, article); else none."""
    asked = {tuple((c.code, c.label, c.cite.article) for c, _ in plan.blocking) for plan in plans}
    return asked.pop() if len(asked) == 1 else ()


def _chosen_text(verdict: str, lacking: str, report: AssessReport) -> str:
    """What the list below is narrowed to, in words."""
    standard, _, code = lacking.partition(":")
    labels = {c.code: c.label for (name, _), plan in report.plans.items() if name == standard for c, _ in plan.criteria}
    said = [VERDICTS.get(verdict, ""), f"chưa đạt hoặc thiếu hồ sơ về “{labels[code]}”" if code in labels else ""]
    return "; ".join(text for text in said if text)


def _tiles(report: AssessReport, base: str) -> list[tuple[str, str, str, str, str]]:
    """(label, number, share, address, verdict) of each verdict."""
    of = len(report.rows)
    return [
        (label, thousands(report.counts[v]), percent_text(report.counts[v], of) if of else "–", with_query(base, kq=v), v)
        for v, label in VERDICTS.items()
    ]


def _by_unit(report: AssessReport, units: Units, base: str) -> list[tuple[str, str, list[int]]]:
    """(unit, its address, number of each verdict) where the review covers several units, most still to do first."""
    counts: dict[tuple[int | None, str], Counter[str]] = {}
    for row in report.rows:
        counts.setdefault(units.get(row.key, (None, "")), Counter())[row.verdict] += 1
    if len(counts) < 2:
        return []
    short = sorted(counts.items(), key=lambda one: (one[1]["yes"] - one[1].total(), one[0][1]))[:MOST_UNITS]
    bare = "&".join(part for part in base.split("&") if not part.startswith("dv="))
    return [(name, with_query(bare, dv=str(unit)) if unit else "", [found[v] for v in VERDICTS]) for (unit, name), found in short]


def _gaps(report: AssessReport, base: str) -> list[tuple[str, str, int, int, str]]:
    """(criterion, title, not met, papers missing, address), the most first; what several local laws ask alike is one line."""
    found: dict[tuple[str, str, str], Counter[str]] = {}
    for gap in gaps(report, {}):
        title = title_labels().get(gap.title, gap.title)
        numbers = Counter(failed=len(gap.failed), unknown=len(gap.unknown))
        found.setdefault((gap.label, title, f"{gap.standard}:{gap.criterion}"), Counter()).update(numbers)
    most = sorted(found.items(), key=lambda one: (-one[1].total(), one[0]))[:MOST_GAPS]
    return [(label, title, n["failed"], n["unknown"], with_query(base, tc=code)) for (label, title, code), n in most]


def with_query(base: str, **more: str) -> str:
    return "?" + "&".join(filter(None, (base, urlencode(more))))


def _kept(row: AssessRow, verdict: str, criterion: str) -> bool:
    standard, _, code = criterion.partition(":")
    lacks = not criterion or (row.standard == standard and code in (*row.failed, *row.unknown))
    return lacks and (not verdict or row.verdict == verdict)


def matrix(rows: Sequence[AssessRow], report: AssessReport, units: Units, snapshot: Snapshot, desk: Desk) -> list[Shown]:
    """Rows with names, units and what was waived beside the verdict."""
    keys = {row.key for row in rows}
    people = names_of(keys, snapshot=snapshot)
    special = waivers_of(people=keys, on=report.request.on, actor=desk.actor, scope=desk.scope)
    return [_line(row, report, units.get(row.key, (None, ""))[1], special.get(row.key, []), *people[row.key]) for row in rows]


def _line(row: AssessRow, report: AssessReport, unit: str, special: Sequence[dict[str, Any]], name: str, birth: str | None) -> Shown:
    plan = report.plans[row.standard, row.overlay]
    said = {**dict.fromkeys(row.failed, False), **dict.fromkeys(row.unknown, None)}
    signs = [(SIGNS[said.get(c.code, True)], c) for c, _ in plan.blocking]
    marks = tuple((sign, SIGN_WORDS[sign], c.code, c.label, c.cite.article) for sign, c in signs)
    day = PartialDate.from_iso(birth).display if birth and "/" not in birth else ""
    told = tuple(f"{w['authority']}, {w['paper'] or w['document'] or 'chưa rõ số'}" for w in of_standard(special, row.standard))
    return Shown(row, name, day, unit, title_labels().get(row.title, row.title), VERDICTS[row.verdict], marks, told)


@page("export")
def review_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The whole review with the article beside each criterion that is not met."""
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    question = asked(request.GET, desk=desk, tree=tree, snapshot=snapshot)
    if question.errors:
        return render(request, "refused.html", {"text": " ".join(question.errors.values())}, status=400)
    try:
        report = report_of(question, desk, snapshot)
    except (LanguageError, NoStandard) as error:
        return render(request, "refused.html", {"text": str(error)}, status=400)
    rows = [row for row in report.rows if _kept(row, request.GET.get("kq", ""), request.GET.get("tc", ""))]
    record_read(actor=desk.actor, what="export.review", at=desk.now, count=len(rows), detail=query_of(request))
    lines = matrix(rows, report, units_of(report, snapshot, desk), snapshot, desk)
    return taken(table(lines, report, place(question, tree)), kind=kind, name=f"ra soat {report.request.on:%Y-%m-%d}", desk=desk)


def table(lines: Sequence[Shown], report: AssessReport, place: str) -> Table:
    """One row for each person and title; the article stands beside each criterion that is not met."""
    heads = (
        "STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức danh", "Kết luận", "Chưa đạt", "Thiếu hồ sơ", "Trường hợp đặc biệt", "Văn bản",
    )  # fmt: skip
    documents, cells = _documents(report), []
    for number, line in enumerate(lines, 1):
        document = documents[line.row.standard, line.row.overlay] or "chưa có văn bản có hiệu lực"
        lacks = ("; ".join(f"{label} ({article})" for s, _, _, label, article in line.marks if s == sign) for sign in ("✗", "?"))
        cells.append(
            [number, line.name, line.birth, line.unit, line.title, line.verdict, *lacks, "; ".join(line.special), document]
        )
    above = (place[:1].upper() + place[1:], f"Tính đến ngày {report.request.on:%d/%m/%Y}")
    return Table("Rà soát tiêu chuẩn chức danh", heads, cells, above, as_text(report, scope_name=place))


__all__ = ["matrix", "place", "report_of", "review", "review_file", "table", "units_of"]
