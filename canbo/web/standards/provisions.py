"""Procedures and regimes of evaluation in words: every version, each step and each rule beside its article."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.law_sets import Law
from canbo.engine.law.model import EVIDENCE, MOMENTS, Cite, LawSet, Provision, ProvisionVersion
from canbo.engine.procedures.model import BALLOTS, BASES, DUTIES, KEEPS, Ballot, Step
from canbo.engine.ratings.model import APPLIES, CAPACITIES, OF, QUOTA_BASES, Quota, Regime
from canbo.facts import scales
from canbo.kernel.numbers import decimal_text
from canbo.web.desk import Desk, day_of, page
from canbo.web.standards.asking import law_now

READERS = ("standards.read", "dossier.read_own", "system.check")
KINDS = {"procedure": "Quy trình", "regime": "Chế độ đánh giá"}
PERIODS = {"month": "tháng", "quarter": "quý", "half": "6 tháng", "year": "năm", "term": "nhiệm kỳ", "once": "khi cần"}
_STAFF = dict(scales.STAFF_KIND.values)


def provisions(laws: LawSet, kind: str) -> list[Provision]:
    """All of one kind by their labels."""
    return sorted((found for (of, _), found in laws.provisions.items() if of == kind), key=lambda one: one.label)


@page(*READERS)
def procedure(request: HttpRequest, desk: Desk, procedure: str) -> HttpResponse:
    return _page(request, desk, "procedure", procedure)


@page(*READERS)
def regime(request: HttpRequest, desk: Desk, regime: str) -> HttpResponse:
    return _page(request, desk, "regime", regime)


def _page(request: HttpRequest, desk: Desk, kind: str, code: str) -> HttpResponse:
    """Every version, the one in force on the day opened."""
    law = law_now()
    found = next((one for laws in (law.central, *law.local) if (one := laws.provisions.get((kind, code)))), None)
    if found is None:
        return render(request, "refused.html", {"text": "Không có mục này; hãy mở trang Quy định để chọn."}, status=404)
    on, error = day_of(request.GET.get("ngay", ""), desk.today)
    versions = sorted(_everywhere(law, kind, code), key=lambda one: one[0].period.start, reverse=True)
    frame = {
        "provision": found, "kind": KINDS[kind], "on": on, "error": error, "typed": request.GET, "moment": MOMENTS[found.select_at],
        "versions": [_version(one, on, laws) | {"local": local} for one, laws, local in versions],
        "in_force": any(one.period.holds(on) for one, _, _ in versions),
    }  # fmt: skip
    return render(request, f"standards/{kind}.html", frame, status=400 if error else 200)


def _everywhere(law: Law, kind: str, code: str) -> list[tuple[ProvisionVersion, LawSet, str]]:
    """(version, its law set, the place it holds for): the central ones, and what each folder of local law adds."""
    central = law.central.provisions.get((kind, code))
    found = [(one, law.central, "") for one in (central.versions if central else ())]
    for laws in law.local:
        mine = laws.provisions.get((kind, code))
        own = [one for one in (mine.versions if mine else ()) if central is None or one not in central.versions]
        found += [(one, laws, laws.overlays[-1].label) for one in own]
    return found


def _version(one: Any, on: date, laws: LawSet) -> dict[str, Any]:
    shown = {"version": one, "now": one.period.holds(on), **_cite(one.cite, laws)}
    if isinstance(one.content, Regime):
        return shown | _regime(one.content, laws)
    return shown | {
        "steps": [_step(step) | _cite(step.cite, laws) for step in one.content.steps],
        "deadlines": [f"{d.label}: {d.days} ngày{' làm việc' if d.working else ''}" for d in one.content.deadlines],
        "board": one.content.board_least, "unverified": bool(one.content.unverified) or not one.cite.verified,
    }  # fmt: skip


def _cite(cite: Cite, laws: LawSet) -> dict[str, Any]:
    return {"document": laws.documents[cite.document], "article": cite.article, "evidence": EVIDENCE[cite.evidence], "sure": cite.verified}


def _step(step: Step) -> dict[str, Any]:
    return {
        "step": step, "duties": "; ".join(DUTIES[duty] for duty in step.duties), "ballot": ballot_text(step.ballot) if step.ballot else "",
        "quorum": f"có mặt ít nhất {_part(step.quorum)} số người được triệu tập" if step.quorum else "",
        "papers": [f"{p.label}{f' (không quá {p.max_age_months} tháng)' if p.max_age_months else ''}" for p in step.papers],
    }  # fmt: skip


def ballot_text(ballot: Ballot) -> str:
    """How a step votes, in one sentence."""
    said = f"{BALLOTS[ballot.kind]}, mỗi phiếu {ballot.choose} tên"
    if ballot.consultative:
        return f"{said}; lấy ý kiến, không quyết định"
    rules = "; không có thì ".join(f"{KEEPS[rule.keep]} {rule.text} {BASES[ballot.base]}" for rule in ballot.rules)
    tie = "; bằng nhau ở mức một nửa thì người đứng đầu chọn" if ballot.tie_at else ""
    differs = ""
    if ballot.differs_from and ballot.differs_need:
        differs = f"; khác kết quả bước trước thì bỏ phiếu thêm, cần {ballot.differs_need.text} {BASES['members']}"
    return f"{said}; {rules}{tie}{differs}"


def _regime(regime: Regime, laws: LawSet) -> dict[str, Any]:
    bands = {band.grade: band.least for band in regime.bands}
    return {
        "of": OF[regime.of], "capacity": CAPACITIES[regime.capacity], "periods": ", ".join(PERIODS[p] for p in regime.periods),
        "kinds": ", ".join(_STAFF.get(kind, kind) for kind in regime.staff_kinds),
        "grades": [(name, decimal_text(bands[grade]) if grade in bands else "") for grade, name in reversed(tuple(regime.names.items()))],
        "scored": regime.scored, "general": decimal_text(regime.general_points), "task": decimal_text(regime.task_points),
        "lines": [
            (line.group, line.label, decimal_text(line.points) if line.points is not None else "", _applies(line.applies))
            for line in regime.lines
        ],
        "ratios": [
            *((r.label, _applies(r.applies), "chỉ 100% hoặc 50%" if r.halves else "") for r in regime.ratios),
            *((r.label, _applies(r.applies), "trục kết quả, điểm do cấp có thẩm quyền quy định") for r in regime.axes),
        ],
        "fault": _percent(regime.fault_share) if regime.fault_share else "",
        "rules": [
            *((one.label, cite_text(one.cite, laws)) for one in regime.absences),
            *((bar.label, cite_text(bar.cite, laws)) for bar in regime.bars),
        ],
        "quota": quota_text(regime.quota) if regime.quota else "", "quota_cite": cite_text(regime.quota.cite, laws) if regime.quota else "",
        "head": regime.head_not_above_unit, "objection": regime.objection_days, "send": regime.send_days,
        "send_working": regime.send_working, "note": regime.note,
        "articles": regime.articles,
    }  # fmt: skip


def _applies(applies: str) -> str:
    return "" if applies == "all" else APPLIES[applies]


def quota_text(quota: Quota) -> str:
    """The ceiling of the highest grade, in one sentence."""
    said = f"không quá {_percent(quota.share)} của {QUOTA_BASES[quota.base]}"
    if quota.per_group:
        said += ", trong đơn vị và trong từng nhóm nhiệm vụ tương đồng"
    if quota.exception:
        said += f"; tới {_percent(quota.exception)} khi có {quota.exception_says or 'quyết định của cấp có thẩm quyền'}"
    return f"{said}; dưới {quota.few_below} đơn vị thì tối đa {quota.few_cap}" if quota.few_below else said


def cite_text(cite: Cite, laws: LawSet) -> str:
    return f"{laws.documents[cite.document].name}, {cite.article} ({EVIDENCE[cite.evidence]})"


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g}%".replace(".", ",")


def _part(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"
