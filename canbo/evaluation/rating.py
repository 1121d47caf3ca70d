"""From the months to the grade: what the person says of herself, what the regime gives, what the head chooses, what is decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from canbo.audit.changes import ActLog, act, values_of
from canbo.cases.changes import Named, Secrecy, action_of, begin, carry_out
from canbo.cases.changes import Opening as CaseOpening
from canbo.cases.models import Case
from canbo.cases.queries import case
from canbo.dossier.models import Discipline, Rating
from canbo.dossier.queries import person as visible_person
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.replay import Entry, State
from canbo.engine.ratings.model import EXCELLENT, GRADES, NOT_RATED, PERIOD_MONTHS, RatingRefused, Regime
from canbo.engine.ratings.scores import Proposal, month_score, period_score, proposal
from canbo.evaluation.campaigns import EvaluationRefused, _refuse_sent
from canbo.evaluation.models import CampaignUnit, Evaluation, TrackedMonth, UnitRegulation
from canbo.evaluation.people import regime_named
from canbo.evaluation.periods import months_in, period_of
from canbo.evaluation.queries import campaign_unit, cases_of, evaluations_of, lines_of, months_of_person
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean

TRACK, OWN = "evaluation.track", "cases.own"
PROCEDURES = {  # (viên chức?, leader?) → procedure
    (False, True): "danh-gia-lanh-dao", (False, False): "danh-gia",
    (True, True): "danh-gia-vien-chuc-quan-ly", (True, False): "danh-gia-vien-chuc",
}  # fmt: skip


@dataclass(frozen=True)
class Month:
    """The points of one person for one month, as its head wrote them down."""

    person: int
    month: str
    points: Mapping[str, Decimal]
    ratios: Mapping[str, Fraction]
    role: str = "staff"
    note: str = ""


# --- months


def record_months(
    *, unit: int, regime: str, months: list[Month], laws: LawSet, actor: Actor, scope: Scope, at: datetime
) -> list[TrackedMonth]:
    """Keep the points of people of a unit, month by month; what stood for a month is written over, in the log both stay.

    Raises RatingRefused naming the person whose line is wrong, and writes nothing then.
    """
    if not scope.sees_unit(unit) or not scope.sees_group("evaluation"):
        raise Forbidden("Đơn vị này không thuộc phạm vi bạn được giao.")
    made: list[TrackedMonth] = []
    with act(actor=actor, action="evaluation.months", may=TRACK, at=at) as log:
        held = {
            (row.person_id, row.month): row
            for row in TrackedMonth.objects.filter(unit=unit, person__in={m.person for m in months}, month__in={m.month for m in months})
        }
        weights = _weights(unit, regime, months)
        for told in months:
            period = period_of("month", told.month)
            rules = regime_named(laws, regime, period.start)
            if told.role not in ("staff", "leader"):
                raise EvaluationRefused("Nhóm phải là lãnh đạo, quản lý hoặc không giữ chức vụ.")
            score = month_score(
                regime=rules, role=told.role, points=told.points, ratios=told.ratios, weights=weights.get(told.month[:4])  # type: ignore[arg-type]
            )
            made.append(_month_row(held.get((told.person, told.month)), told, unit, regime, score))
        _keep_months(made, log)
    return made


def _month_row(row: TrackedMonth | None, told: Month, unit: int, regime: str, score: Decimal) -> TrackedMonth:
    row = row or TrackedMonth(person_id=told.person, unit_id=unit, month=told.month)
    row.regime, row.role, row.score, row.note = regime, told.role, score, clean(told.note)[:500]
    row.points = {code: str(value) for code, value in told.points.items()}
    row.ratios = {code: str(value) for code, value in told.ratios.items()}
    return row


def _keep_months(rows: list[TrackedMonth], log: ActLog) -> None:
    """New months together; the few written over one by one, each with what stood before."""
    held = [row for row in rows if row.pk is not None]
    stood = {old.pk: values_of(old) for old in TrackedMonth.objects.filter(pk__in=[row.pk for row in held])}
    for row in TrackedMonth.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500):
        log.inserted(row, person=row.person_id)
    for row in held:
        row.save()
        log.updated(stood[row.pk], row, person=row.person_id)


def _weights(unit: int, regime: str, months: list[Month]) -> dict[str, dict[str, Decimal]]:
    rows = UnitRegulation.objects.filter(unit=unit, regime=regime, year__in={int(m.month[:4]) for m in months})
    return {str(row.year): {code: Decimal(text.replace(",", ".")) for code, text in row.points.items()} for row in rows}


# --- before the decision


def assess_oneself(
    *, pk: int, grade: str, text: str, actor: Actor, scope: Scope, at: datetime
) -> Evaluation:
    """What the person says of herself; she alone writes it, until her unit's meeting is recorded."""
    if grade not in GRADES:
        raise EvaluationRefused("Hãy chọn một trong bốn mức tự xếp loại.")
    if not clean(text):
        raise EvaluationRefused("Hãy viết vài dòng tự nhận xét kết quả công việc trong kỳ.")
    with act(actor=actor, action="evaluation.own", may=OWN, at=at) as log:
        row = _own(pk, scope)
        _refuse_sent(row.campaign_unit)
        if _met(row):
            raise EvaluationRefused("Đơn vị đã họp đánh giá; bản tự đánh giá không sửa được nữa.")
        before = values_of(row)
        row.self_grade, row.self_text, row.self_sent_at = grade, text.strip(), at
        row.save()
        log.updated(before, row, person=row.person_id)
    return row


def correct_terms(
    *, pk: int, role: str, heads_unit: bool, task_group: str, months_worked: int | None, away: Mapping[str, int],
    bars: Mapping[str, int], laws: LawSet, actor: Actor, scope: Scope, at: datetime,
) -> Evaluation:  # fmt: skip
    """What counts for a person: role, group of similar tasks, months worked and away, disqualifying facts with their record.

    An act already used for another year is refused: it counts once.
    """
    with act(actor=actor, action="evaluation.terms", may="cases.write", at=at) as log:
        row = _writable(pk, actor, scope)
        rules = regime_named(laws, row.regime, row.campaign_unit.campaign.rated_on)
        _check_terms(row, rules, months_worked, away, bars)
        before = values_of(row)
        row.role, row.heads_unit, row.task_group = role, heads_unit, clean(task_group)[:100]
        row.months_worked, row.away, row.bars = months_worked, dict(away), {code: int(pk) for code, pk in bars.items()}
        row.save()
        log.updated(before, row, person=row.person_id)
    return row


def choose_grades(
    *, unit: int, chosen: Mapping[int, tuple[str, str]], actor: Actor, scope: Scope, at: datetime
) -> list[Evaluation]:
    """What the head proposes, with her comment on each person: evaluation → (grade, comment)."""
    wrong = [grade for grade, _ in chosen.values() if grade not in (*GRADES, NOT_RATED, "")]
    if wrong:
        raise EvaluationRefused("Có mức xếp loại không đúng; hãy chọn trong danh sách.")
    with act(actor=actor, action="evaluation.choose", may="cases.write", at=at) as log:
        home = campaign_unit(pk=unit, actor=actor, scope=scope)
        _refuse_sent(home)
        made = list(home.evaluations.filter(pk__in=chosen).order_by("pk"))
        before = [values_of(row) for row in made]
        for row in made:
            grade, comment = chosen[row.pk]
            row.chosen, row.comment = grade, comment.strip()
        _put_all(made, before, ("chosen", "comment"), log)
    return made


def propose(*, unit: int, laws: LawSet, actor: Actor, scope: Scope, at: datetime) -> list[Evaluation]:
    """What the regime gives for everybody of a unit: means of the months, absence, bars, the unit's own grade. Decides nothing."""
    with act(actor=actor, action="evaluation.propose", may="cases.write", at=at) as log:
        home = campaign_unit(pk=unit, actor=actor, scope=scope)
        _refuse_sent(home)
        rows = evaluations_of(unit=home, actor=actor, scope=scope)
        scores, before = _scores(home, rows, laws), [values_of(row) for row in rows]
        for row in rows:
            found = proposal_for(row, home, scores.get(row.pk), laws)
            row.proposed, row.score, row.reasons = found.grade, found.score, list(found.reasons)
        _put_all(rows, before, ("proposed", "score", "reasons"), log)
    return rows


def _put_all(rows: list[Evaluation], before: list[dict[str, Any]], names: tuple[str, ...], log: ActLog) -> None:
    """Rows already changed, written together and told to the log one by one."""
    Evaluation.objects.bulk_update(rows, names, batch_size=200)
    for old, row in zip(before, rows):
        log.updated(old, row, person=row.person_id)


def proposal_for(row: Evaluation, home: CampaignUnit, score: Decimal | None, laws: LawSet) -> Proposal:
    """What the regime gives for one person; "chưa rõ" with its reason where the papers leave something open."""
    if row.months_worked is None:
        return Proposal("", score, ("chưa rõ số tháng làm việc trong kỳ; hãy ghi",))
    unit_grade = home.unit_rating.grade if home.unit_rating else ""
    rules = regime_named(laws, row.regime, home.campaign.rated_on)
    return proposal(
        regime=rules, role=row.role, score=score, grade=row.chosen, months_worked=row.months_worked, months_away=row.away,  # type: ignore[arg-type]
        bars=tuple(row.bars), unit_grade=unit_grade, heads_unit=row.heads_unit,
        of_months=PERIOD_MONTHS.get(home.campaign.period_kind, 12),
    )


def _scores(home: CampaignUnit, rows: list[Evaluation], laws: LawSet) -> dict[int, Decimal]:
    """Evaluation → score of the period, from the months wherever they were worked."""
    wanted = months_in(period_of(home.campaign.period_kind, home.campaign.period))
    held: dict[int, dict[str, Decimal]] = {}
    people = [row.person_id for row in rows]
    for tracked in TrackedMonth.objects.filter(person__in=people, month__in=wanted).order_by("pk"):
        held.setdefault(tracked.person_id, {})[tracked.month] = tracked.score
    found = {}
    for row in rows:
        if not regime_named(laws, row.regime, home.campaign.rated_on).scored or row.months_worked is None:
            continue
        months = list(held.get(row.person_id, {}).values())
        score = period_score([*months, *[None] * (row.months_worked - len(months))], _span_of(home))
        if score is not None:
            found[row.pk] = score
    return found


def _span_of(home: CampaignUnit) -> str:
    kind = home.campaign.period_kind
    return kind if kind in PERIOD_MONTHS else "year"


# --- meeting and decision


def start_meetings(
    *, unit: int, on: date, secrecy: Secrecy, laws: LawSet, actor: Actor, scope: Scope, at: datetime
) -> list[Case]:
    """Open the unit's cases, leaders and others, under the procedures in force on the day."""
    with act(actor=actor, action="evaluation.start", may="cases.write", at=at) as log:
        home = campaign_unit(pk=unit, actor=actor, scope=scope)
        _refuse_sent(home)
        if cases_of(home):
            raise EvaluationRefused("Đơn vị này đã mở việc đánh giá; hãy mở việc đang làm.")
        if secrecy.level != "none":
            raise EvaluationRefused("Đợt đánh giá có nội dung mật được làm ngoài chương trình; hãy bỏ đơn vị này khỏi đợt.")
        before, made = values_of(home), []
        rows = evaluations_of(unit=home, actor=actor, scope=scope)
        for role, column in (("leader", "leaders"), ("staff", "others")):
            people = [row for row in rows if row.role == role]
            if people:
                opened = begin(opening=_opening(home, people, role, secrecy, on), laws=laws, actor=actor, at=at, log=log)
                setattr(home, column, opened)
                made.append(opened)
        home.save()
        log.updated(before, home)
    return made


def _opening(home: CampaignUnit, people: list[Evaluation], role: str, secrecy: Secrecy, on: date) -> CaseOpening:
    who = "lãnh đạo, quản lý" if role == "leader" else "người không giữ chức vụ lãnh đạo, quản lý"
    public = all(row.regime == "vien-chuc" for row in people)
    return CaseOpening(
        kind="evaluation", procedure=PROCEDURES[public, role == "leader"], unit=home.unit_id,
        name=f"{home.campaign.name}: {who}", group="evaluation", names=[Named(person=row.person_id) for row in people],
        secrecy=secrecy, on=on, seats=len(people),
    )  # fmt: skip


def take_evaluation_step(
    *, unit: int, pk: int, entry: Entry, seen: int, laws: LawSet, actor: Actor, scope: Scope, at: datetime,
    grades: Mapping[int, str] | None = None,
) -> State:  # fmt: skip
    """One step of a unit's case. With a decision, the ratings are written in the same act: `grades` = evaluation → grade.

    Above the ceiling the decision is refused, unless the exception the regime allows was recorded for the unit.
    """
    row = case(pk=pk, actor=actor, scope=scope)
    with act(actor=actor, action=f"evaluation.{entry.duty}", may=action_of(row, entry.duty), at=at) as log:
        home = campaign_unit(pk=unit, actor=actor, scope=scope)
        _refuse_sent(home)
        if row.pk not in {found.pk for found in cases_of(home)}:
            raise EvaluationRefused("Việc này không thuộc đợt đánh giá của đơn vị.")
        state = carry_out(row=case(pk=pk, actor=actor, scope=scope), entry=entry, seen=seen, actor=actor, at=at, log=log)
        if entry.duty == "decide":
            _write_ratings(home, row, state, grades or {}, entry, laws, actor, scope, log)
    return state


def _write_ratings(
    home: CampaignUnit, row: Case, state: State, grades: Mapping[int, str], entry: Entry, laws: LawSet, actor: Actor, scope: Scope,
    log: ActLog,
) -> None:  # fmt: skip
    people = {name.person_id: name.pk for name in row.names.all()}
    rows = [one for one in evaluations_of(unit=home, actor=actor, scope=scope) if people.get(one.person_id) in state.approved]
    missing = [one.person.full_name for one in rows if grades.get(one.pk) not in (*GRADES, NOT_RATED)]
    if missing:
        raise EvaluationRefused(f"Chưa chọn mức cho {', '.join(missing[:5])}; hãy chọn đủ trước khi quyết định.")
    _check_limits(home, rows, grades, laws)
    refuse_over(home, evaluations_of(unit=home, actor=actor, scope=scope), dict(grades), laws)
    ratings = Rating.objects.bulk_create([_rating(one, home, grades[one.pk], entry) for one in rows])
    before = [values_of(one) for one in rows]
    for one, rating in zip(rows, ratings):
        log.inserted(rating, person=one.person_id)
        one.grade, one.rating = grades[one.pk], rating
    _put_all(rows, before, ("grade", "rating"), log)


def _rating(row: Evaluation, home: CampaignUnit, grade: str, entry: Entry) -> Rating:
    return Rating(
        person_id=row.person_id, period_kind=home.campaign.period_kind, period=home.campaign.period, regime=row.regime,
        capacity=home.campaign.capacity, grade=grade, score=row.score, unit_id=home.unit_id, known_from=entry.on,
        text=f"Quyết định {entry.data.get('number', '')}"[:200],
    )  # fmt: skip


def _check_limits(home: CampaignUnit, rows: list[Evaluation], grades: Mapping[int, str], laws: LawSet) -> None:
    """A decision may lower what the regime gives, with its reasons in the minutes; it may not go above a bar or the unit."""
    for row in rows:
        found = proposal_for(row, home, row.score, laws)
        grade = grades[row.pk]
        if not found.grade:
            raise EvaluationRefused(f"{row.person.full_name}: {'; '.join(found.reasons)}.")
        above = grade in GRADES and (found.grade not in GRADES or GRADES.index(grade) > GRADES.index(found.grade))
        if above and found.reasons:
            raise EvaluationRefused(f"{row.person.full_name}: không xếp cao hơn được – {'; '.join(found.reasons)}.")
        if above and regime_named(laws, row.regime, home.campaign.rated_on).scored:
            raise EvaluationRefused(f"{row.person.full_name}: mức chọn cao hơn mức theo điểm ({row.score}); hãy xem lại điểm các tháng.")


def refuse_over(home: CampaignUnit, rows: list[Evaluation], grades: dict[int, str], laws: LawSet) -> None:
    """EvaluationRefused when a ceiling is passed and no exception covers it.

    Who is not decided yet counts with what is proposed for her, but not as excellent: that is still to be decided.
    """
    waiting = {row.pk: "" for row in rows if not row.grade and (row.chosen or row.proposed) == EXCELLENT}
    for line in lines_of(rows, laws=laws, on=home.campaign.rated_on, grades={**waiting, **grades}):
        if line.meter.over and (not home.exception_document or line.meter.over_exception):
            where = f" (nhóm {line.meter.group})" if line.meter.group else ""
            raise EvaluationRefused(f"Hoàn thành xuất sắc{where}: {line.text} Căn cứ {line.cite}.")


def send_results(*, unit: int, on: date, actor: Actor, scope: Scope, at: datetime) -> CampaignUnit:
    """The unit sends its results to the level that opened the campaign; after that only a replacing decision changes one."""
    with act(actor=actor, action="evaluation.send", may="cases.write", at=at) as log:
        row = campaign_unit(pk=unit, actor=actor, scope=scope)
        _refuse_sent(row)
        waiting = row.evaluations.filter(grade="").count()
        if waiting:
            raise EvaluationRefused(f"Còn {waiting} người chưa có quyết định xếp loại; hãy làm xong rồi gửi.")
        before = values_of(row)
        row.sent_on = on
        row.save()
        log.updated(before, row)
    return row


def replace_rating(
    *, pk: int, grade: str, number: str, reason: str, on: date, actor: Actor, scope: Scope, at: datetime
) -> Rating:
    """A decision found untrue is replaced by another: both stay, the old one points to the new."""
    if grade not in (*GRADES, NOT_RATED) or not clean(number) or not clean(reason):
        raise EvaluationRefused("Quyết định thay thế cần mức mới, số quyết định và lý do; hãy ghi đủ.")
    with act(actor=actor, action="evaluation.replace", may="cases.decide", at=at, document=clean(number), reason=clean(reason)) as log:
        row = _evaluation(pk, actor, scope)
        old = row.rating
        if old is None:
            raise EvaluationRefused("Người này chưa có quyết định xếp loại để thay thế.")
        made = _rating(row, row.campaign_unit, grade, Entry("", "decide", on, {"number": clean(number)}))
        made.note = clean(reason)[:500]
        made.save()
        log.inserted(made, person=row.person_id)
        before = values_of(old)
        old.replaced_by = made
        old.save()
        log.updated(before, old, person=row.person_id)
        before = values_of(row)
        row.grade, row.rating = grade, made
        row.save()
        log.updated(before, row, person=row.person_id)
    return made


# --- pieces


def _evaluation(pk: int, actor: Actor, scope: Scope) -> Evaluation:
    row = Evaluation.objects.select_related("campaign_unit__campaign", "campaign_unit__unit_rating", "person", "rating").get(pk=pk)
    campaign_unit(pk=row.campaign_unit_id, actor=actor, scope=scope)
    return row


def _writable(pk: int, actor: Actor, scope: Scope) -> Evaluation:
    row = _evaluation(pk, actor, scope)
    _refuse_sent(row.campaign_unit)
    if row.grade:
        raise EvaluationRefused("Người này đã có quyết định xếp loại; hãy lập quyết định thay thế nếu cần sửa.")
    return row


def _own(pk: int, scope: Scope) -> Evaluation:
    row = Evaluation.objects.select_related("campaign_unit__campaign", "campaign_unit__leaders", "campaign_unit__others").get(pk=pk)
    if scope.own_person is None or row.person_id != scope.own_person:
        raise Forbidden("Chỉ chính người được đánh giá mới viết bản tự đánh giá.")
    return row


def _met(row: Evaluation) -> bool:
    found = row.campaign_unit.leaders if row.role == "leader" else row.campaign_unit.others
    return found is not None and found.entries.exclude(duty__in=("paper", "submit")).exists()


def _check_terms(row: Evaluation, rules: Regime, months: int | None, away: Mapping[str, int], bars: Mapping[str, int]) -> None:
    most = PERIOD_MONTHS.get(row.campaign_unit.campaign.period_kind, 12)
    if min(months or 0, *away.values(), 0) < 0 or (months or 0) + sum(away.values()) > most:
        raise EvaluationRefused(f"Số tháng làm việc và vắng mặt phải từ 0 và cộng lại không quá {most}; hãy sửa số tháng.")
    known = {bar.code for bar in rules.bars}
    for code, record in bars.items():
        if code not in known:
            raise EvaluationRefused("Sự việc này không phải căn cứ của chế độ đánh giá đang áp dụng.")
        if not Discipline.objects.filter(pk=record, person=row.person_id).exists():
            raise EvaluationRefused("Sự việc phải dẫn một quyết định kỷ luật có trong hồ sơ của người này; hãy ghi hồ sơ trước.")
        used = Evaluation.objects.filter(person=row.person_id).exclude(pk=row.pk).exclude(grade="")
        if any(record in other.bars.values() for other in used):
            raise EvaluationRefused("Hành vi này đã được tính ở một kỳ đánh giá khác; một hành vi chỉ tính một lần.")


def what_she_sees(*, pk: int, on: date, actor: Actor, scope: Scope) -> dict[str, Any]:
    """The evaluation as the person herself sees it: her own words, her months, and the grade once it is decided."""
    row = _own(pk, scope)
    visible_person(pk=row.person_id, on=on, actor=actor, scope=scope)
    period = period_of(row.campaign_unit.campaign.period_kind, row.campaign_unit.campaign.period)
    return {"row": row, "months": months_of_person(person=row.person_id, months=months_in(period)), "may_write": not _met(row)}


__all__ = [
    "EvaluationRefused", "Month", "RatingRefused", "assess_oneself", "choose_grades", "correct_terms", "proposal_for", "propose",
    "record_months", "refuse_over", "replace_rating", "send_results", "start_meetings", "take_evaluation_step", "what_she_sees",
]  # fmt: skip
