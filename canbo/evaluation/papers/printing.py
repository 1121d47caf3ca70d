"""Papers as files: one of a person or of a unit, or many in a zip. The caller notes in the read log who took them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from canbo.documents.bundle import to_zip
from canbo.documents.paper import Document
from canbo.documents.word import to_docx
from canbo.engine.law.model import LawSet
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.held import CASES, notified_on
from canbo.evaluation.models import Campaign, CampaignUnit, Evaluation, Objection
from canbo.evaluation.papers.campaign import Results, reminder, report
from canbo.evaluation.papers.held import Held, held
from canbo.evaluation.papers.person import notice, self_assessment, tracking
from canbo.evaluation.papers.unit import decision, minutes, opinion, summary
from canbo.evaluation.queries import (
    evaluation,
    evaluations_of,
    own_evaluation,
    quotas_of,
    summary_of,
    units_in,
)
from canbo.evaluation.reminding import reminders
from canbo.evaluation.words import regime_label
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import slug

ROLES = tuple(CASES)
# More papers than this take minutes: a job makes them.
AT_ONCE = 100
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its name, and whether there is one for each person, each unit or the campaign."""

    label: str
    of: str


KINDS: dict[str, Kind] = {
    "tu-danh-gia": Kind("Phiếu tự đánh giá", "person"),
    "theo-doi": Kind("Phiếu theo dõi, đánh giá các tháng", "person"),
    "thong-bao": Kind("Thông báo kết quả", "person"),
    "bien-ban": Kind("Biên bản họp nhận xét, đánh giá", "unit"),
    "y-kien": Kind("Ý kiến của cấp ủy", "unit"),
    "tong-hop": Kind("Danh sách tổng hợp", "unit"),
    "quyet-dinh": Kind("Quyết định xếp loại kèm danh sách", "unit"),
    "bao-cao": Kind("Báo cáo kết quả của đợt", "campaign"),
    "don-doc": Kind("Văn bản đôn đốc đơn vị chưa gửi kết quả", "campaign"),
}
NOTHING = "Chưa có gì để in: chế độ không theo dõi điểm, chưa có quyết định hoặc đơn vị chưa mở việc đánh giá; hãy chọn loại văn bản khác."


def person_paper(*, pk: int, kind: str, laws: LawSet, actor: Actor, scope: Scope, month: str = "") -> tuple[str, bytes]:
    """(file name, docx) of one person's paper; `month` = the tracking form of that month alone.

    Raises EvaluationRefused for a kind that is not of a person or that her regime does not have; Evaluation.DoesNotExist.
    """
    row = evaluation(pk=pk, actor=actor, scope=scope)
    of = held(unit=row.campaign_unit, rows=[row], laws=laws, scope=scope)
    if month and month not in of.wanted_months:
        raise EvaluationRefused(f"Tháng {month} không thuộc {of.period}; hãy chọn một tháng của kỳ.")
    found = _of_person(of, row, _known(kind, "person"), month)
    if found is None:
        raise EvaluationRefused(NOTHING)
    return _name(kind, row.person.full_name, row.pk), to_docx(found)


def own_paper(*, pk: int, laws: LawSet, actor: Actor, scope: Scope) -> tuple[str, bytes]:
    """Her own assessment for the person herself: the grade decided stands in it once she was given notice."""
    row = own_evaluation(pk=pk, actor=actor, scope=scope)
    of = held(unit=row.campaign_unit, rows=[row], laws=laws, scope=scope)
    found = self_assessment(of, row, decided=notified_on(row) is not None)
    return _name("tu-danh-gia", row.person.full_name, row.pk), to_docx(found)


def unit_paper(*, unit: CampaignUnit, kind: str, laws: LawSet, actor: Actor, scope: Scope, role: str = "staff") -> tuple[str, bytes]:
    """(file name, docx) of a paper of the unit: on its leaders or on the others; the list put together is on both."""
    of = _held(unit, laws, actor, scope)
    found = next((document for one, document in _of_unit(of, _known(kind, "unit")) if one in (role, "")), None)
    if found is None:
        raise EvaluationRefused(NOTHING)
    return _name(kind, unit.unit.name, unit.pk, "" if kind == "tong-hop" else role), to_docx(found)


def campaign_paper(*, campaign: Campaign, laws: LawSet, actor: Actor, scope: Scope) -> tuple[str, bytes]:
    """The report upward, on the units the reader sees."""
    units = list(units_in(campaign=campaign, actor=actor, scope=scope))
    lines = quotas_of(campaign=campaign, laws=laws, actor=actor, scope=scope)
    over = [f"{unit.unit.name}: {line.text} Căn cứ {line.cite}." for unit in units for line in lines.get(unit.pk, ()) if line.meter.over]
    raised = Objection.objects.filter(evaluation__campaign_unit__in=units)
    regimes = Evaluation.objects.filter(campaign_unit__in=units).values_list("regime", flat=True).distinct()
    documents = dict.fromkeys(regime_label(laws, code, campaign.rated_on)[1] for code in sorted(regimes))
    results = Results(
        campaign, summary_of(campaign=campaign, actor=actor, scope=scope), over, [unit for unit in units if unit.exception_document],
        [unit.unit.name for unit in units if unit.sent_on is None], raised.count(), raised.exclude(answered_on=None).count(),
        [name for name in documents if name],
    )  # fmt: skip
    return _name("bao-cao", campaign.name, campaign.pk), to_docx(report(results))


def reminder_paper(*, campaign: Campaign, on: date, actor: Actor, scope: Scope) -> tuple[str, bytes]:
    """The letter to the units the reader sees that have not sent their results by the day; EvaluationRefused when all have."""
    waiting = reminders(campaign=campaign, on=on, ahead=None, actor=actor, scope=scope)
    if not waiting:
        raise EvaluationRefused("Mọi đơn vị đã gửi kết quả; không còn đơn vị nào phải đôn đốc.")
    return _name("don-doc", campaign.name, campaign.pk), to_docx(reminder(campaign, waiting, on))


def papers_of(
    *, campaign: Campaign, units: Collection[int] | None, kinds: Collection[str], on: date, laws: LawSet, actor: Actor, scope: Scope,
    told: Told = lambda done, of: None,
) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """(file name, docx) of every paper asked for, unit by unit (None = all the reader sees); `told` hears how many people are done."""
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        raise EvaluationRefused(f"Không có loại văn bản “{', '.join(unknown)}”; hãy chọn trong: {', '.join(KINDS)}.")
    chosen = _chosen(campaign, units, actor, scope)
    of_all, done = Evaluation.objects.filter(campaign_unit__in=chosen).count(), 0
    several = len(chosen) > 1
    for unit in chosen:
        of = _held(unit, laws, actor, scope)
        where = f"{unit.unit.code}-" if several else ""
        for kind in kinds:
            if KINDS[kind].of == "unit":
                yield from ((where + _name(kind, unit.unit.name, unit.pk, role), to_docx(one)) for role, one in _of_unit(of, kind))
        for row in of.rows:
            for kind in kinds:
                found = _of_person(of, row, kind, "") if KINDS[kind].of == "person" else None
                if found is not None:
                    yield where + _name(kind, row.person.full_name, row.pk), to_docx(found)
            done += 1
            told(done, of_all)
    if "bao-cao" in kinds and units is None:
        yield campaign_paper(campaign=campaign, laws=laws, actor=actor, scope=scope)
    if "don-doc" in kinds and units is None and any(unit.sent_on is None for unit in chosen):
        yield reminder_paper(campaign=campaign, on=on, actor=actor, scope=scope)


def papers_zip(
    *, campaign: Campaign, units: Collection[int] | None, kinds: Collection[str], on: date, laws: LawSet, actor: Actor, scope: Scope,
    told: Told = lambda done, of: None,
) -> tuple[bytes, int]:  # fmt: skip
    """(zip, number of papers); EvaluationRefused when there is nothing to print."""
    files = papers_of(campaign=campaign, units=units, kinds=kinds, on=on, laws=laws, actor=actor, scope=scope, told=told)
    counted = _Counted(files)
    content = to_zip(counted)
    if not counted.number:
        raise EvaluationRefused(NOTHING)
    return content, counted.number


def how_many(*, campaign: Campaign, units: Collection[int] | None, kinds: Collection[str], actor: Actor, scope: Scope) -> int:
    """At most so many papers: whether to make them at once (`AT_ONCE`) or by a job."""
    chosen = _chosen(campaign, units, actor, scope)
    people = Evaluation.objects.filter(campaign_unit__in=chosen).count()
    each = [KINDS[kind].of for kind in kinds if kind in KINDS]
    return people * each.count("person") + len(ROLES) * len(chosen) * each.count("unit") + each.count("campaign")


# --- pieces


class _Counted:
    """Passes files on and counts them."""

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self.files, self.number = files, 0

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for file in self.files:
            self.number += 1
            yield file


def _chosen(campaign: Campaign, units: Collection[int] | None, actor: Actor, scope: Scope) -> list[CampaignUnit]:
    """Units of the campaign by their ids of the organization; one that is not in it, or not seen, is left out."""
    rows = units_in(campaign=campaign, actor=actor, scope=scope)
    found = [row for row in rows if units is None or row.unit_id in units]
    if not found:
        raise EvaluationRefused("Không có đơn vị nào của đợt trong phạm vi bạn được giao; hãy chọn đơn vị khác.")
    return found


def _held(unit: CampaignUnit, laws: LawSet, actor: Actor, scope: Scope) -> Held:
    return held(unit=unit, rows=evaluations_of(unit=unit, actor=actor, scope=scope), laws=laws, scope=scope)


def _of_person(of: Held, row: Evaluation, kind: str, month: str) -> Document | None:
    if kind == "tu-danh-gia":
        return self_assessment(of, row)
    if kind == "theo-doi":
        return tracking(of, row, month=month)
    return notice(of, row) if row.grade else None


def _of_unit(of: Held, kind: str) -> Iterator[tuple[str, Document]]:
    """(role, paper); the list put together is of no role."""
    if kind == "tong-hop":
        yield "", summary(of)
        return
    make = {"bien-ban": minutes, "y-kien": opinion, "quyet-dinh": decision}[kind]
    for role in ROLES:
        if (found := make(of, role)) is not None:
            yield role, found


def _known(kind: str, of: str) -> str:
    if kind not in KINDS or KINDS[kind].of != of:
        raise EvaluationRefused(f"Không có loại văn bản “{kind}” ở đây; hãy chọn loại khác.")
    return kind


def _name(kind: str, what: str, pk: int, role: str = "") -> str:
    groups = {"leader": "lanh-dao", "deputy": "cap-pho", "staff": "con-lai"}
    parts = (kind, groups.get(role, ""), slug(what).replace("_", "-")[:50], str(pk))
    return "-".join(filter(None, parts)) + ".docx"
