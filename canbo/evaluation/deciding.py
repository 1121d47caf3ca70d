"""The meeting, the decision and what follows from it: cases of a unit, ratings written, results sent, a decision replaced."""

from collections.abc import Mapping
from datetime import date, datetime

from canbo.audit.changes import ActLog, act, values_of
from canbo.cases.changes import Named, Secrecy, action_of, begin, carry_out
from canbo.cases.changes import Opening as CaseOpening
from canbo.cases.models import Case
from canbo.cases.queries import case
from canbo.dossier.models import Person, Rating
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.replay import Entry, State
from canbo.engine.ratings.model import EXCELLENT, GRADES, NOT_RATED
from canbo.evaluation.campaigns import EvaluationRefused, refuse_sent
from canbo.evaluation.held import CASES, DISCIPLINE, cases_of, left_out_of, lines_of
from canbo.evaluation.models import CampaignUnit, Evaluation
from canbo.evaluation.people import regime_named
from canbo.evaluation.queries import campaign_unit, evaluation, evaluations_of
from canbo.evaluation.rating import proposal_for, put_all
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.numbers import decimal_text
from canbo.kernel.text import clean

PROCEDURES = {  # (viên chức?, leader?) → procedure
    (False, True): "danh-gia-lanh-dao", (False, False): "danh-gia",
    (True, True): "danh-gia-vien-chuc-quan-ly", (True, False): "danh-gia-vien-chuc",
}  # fmt: skip


NAMED = 5
WHOM = {
    "leader": "lãnh đạo, quản lý", "deputy": "cấp phó của người đứng đầu, lãnh đạo bộ phận",
    "staff": "người không giữ chức vụ lãnh đạo, quản lý",
}  # fmt: skip


def start_meetings(
    *, unit: int, on: date, secrecy: Secrecy, laws: LawSet, actor: Actor, scope: Scope, at: datetime
) -> list[Case]:
    """Open the unit's cases, leaders, deputies where their regime sets them apart, and others, under the procedures of the day."""
    with act(actor=actor, action="evaluation.start", may="cases.write", at=at) as log:
        home = campaign_unit(pk=unit, actor=actor, scope=scope)
        refuse_sent(home)
        if cases_of(home):
            raise EvaluationRefused("Đơn vị này đã mở việc đánh giá; hãy mở việc đang làm.")
        if secrecy.level != "none":
            raise EvaluationRefused("Đợt đánh giá có nội dung mật được làm ngoài chương trình; hãy bỏ đơn vị này khỏi đợt.")
        before, made = values_of(home), []
        rows = evaluations_of(unit=home, actor=actor, scope=scope)
        apart = {row.pk: _apart(row, home, laws) for row in rows}
        for group, column in CASES.items():
            people = [row for row in rows if ("deputy" if apart[row.pk] else row.role) == group]
            if people:
                procedure = apart[people[0].pk] or PROCEDURES[all(row.regime == "vien-chuc" for row in people), group == "leader"]
                opened = begin(opening=_opening(home, people, group, procedure, secrecy, on), laws=laws, actor=actor, at=at, log=log)
                setattr(home, column, opened)
                made.append(opened)
        home.save()
        log.updated(before, home)
    return made


def _apart(row: Evaluation, home: CampaignUnit, laws: LawSet) -> str:
    """The procedure of a leader whom her regime sets apart from the head of the unit, "" for everybody else."""
    if row.role != "leader" or row.heads_unit:
        return ""
    return regime_named(laws, row.regime, home.campaign.rated_on).deputy_procedure


def _opening(home: CampaignUnit, people: list[Evaluation], group: str, procedure: str, secrecy: Secrecy, on: date) -> CaseOpening:
    return CaseOpening(
        kind="evaluation", procedure=procedure, unit=home.unit_id, name=f"{home.campaign.name}: {WHOM[group]}",
        group="evaluation", names=[Named(person=row.person_id) for row in people],
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
    with act(actor=actor, action=f"evaluation.{entry.duty}", may=action_of(row, entry.duty, seen), at=at) as log:
        home = campaign_unit(pk=unit, actor=actor, scope=scope)
        refuse_sent(home)
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
    everybody = evaluations_of(unit=home, actor=actor, scope=scope)
    rows = [one for one in everybody if people.get(one.person_id) in state.approved]
    missing = [one.person.full_name for one in rows if grades.get(one.pk) not in (*GRADES, NOT_RATED)]
    if missing:
        raise EvaluationRefused(f"Chưa chọn mức cho {', '.join(missing[:5])}; hãy chọn đủ trước khi quyết định.")
    _check_limits(home, rows, grades, laws, scope)
    refuse_over(home, everybody, dict(grades), laws)
    ratings = Rating.objects.bulk_create([rating_of(one, home, grades[one.pk], entry) for one in rows])
    before = [values_of(one) for one in rows]
    for one, rating in zip(rows, ratings):
        log.inserted(rating, person=one.person_id)
        one.grade, one.rating = grades[one.pk], rating
    put_all(rows, before, ("grade", "rating"), log)


def rating_of(row: Evaluation, home: CampaignUnit, grade: str, entry: Entry) -> Rating:
    return Rating(
        person_id=row.person_id, period_kind=home.campaign.period_kind, period=home.campaign.period, regime=row.regime,
        capacity=home.campaign.capacity, grade=grade, score=row.score, unit_id=home.unit_id, known_from=entry.on,
        text=f"Quyết định {entry.data.get('number', '')}"[:200],
    )  # fmt: skip


def _check_limits(home: CampaignUnit, rows: list[Evaluation], grades: Mapping[int, str], laws: LawSet, scope: Scope) -> None:
    """A decision may lower what the regime gives, with its reasons in the minutes; it may not go above a bar or the unit."""
    for row in rows:
        if said := stands_against(row, home, grades[row.pk], laws, scope):
            raise EvaluationRefused(said)


def stands_against(row: Evaluation, home: CampaignUnit, grade: str, laws: LawSet, scope: Scope) -> str:
    """Why a grade may not be decided for a person, as this reader may know it; "" when nothing stands against it."""
    found, name = proposal_for(row, home, row.score, laws), row.person.full_name
    if not found.grade:
        return f"{name}: {'; '.join(found.reasons)}."
    if grade not in GRADES or (found.grade in GRADES and GRADES.index(grade) <= GRADES.index(found.grade)):
        return ""
    if row.bars and not scope.sees_group(DISCIPLINE):
        return f"{name}: mức chọn cao hơn mức theo quy định."
    if found.reasons:
        return f"{name}: không xếp cao hơn được – {'; '.join(found.reasons)}."
    if regime_named(laws, row.regime, home.campaign.rated_on).scored:
        return f"{name}: mức chọn cao hơn mức theo điểm ({decimal_text(row.score or 0)}); hãy xem lại điểm các tháng."
    return ""


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
        refuse_sent(row)
        if waiting := [one.person for one in row.evaluations.filter(grade="").select_related("person").order_by("pk")]:
            raise EvaluationRefused(_who_waits(row, waiting))
        before = values_of(row)
        row.sent_on = on
        row.save()
        log.updated(before, row)
    return row


def _who_waits(home: CampaignUnit, people: list[Person]) -> str:
    """How many have no grade yet; whom the decision left out by name, with the reason."""
    said = left_out_of(home)
    text = f"Còn {len(people)} người chưa có quyết định xếp loại"
    named = [f"{person.full_name}: {said[person.pk]}" for person in people if person.pk in said][:NAMED]
    if not named:
        return f"{text}; hãy làm xong rồi gửi."
    return f"{text} ({'; '.join(named)}); hãy quyết định bổ sung hoặc bỏ người chưa xếp loại khỏi đợt, rồi gửi."


def replace_rating(
    *, pk: int, grade: str, number: str, reason: str, on: date, actor: Actor, scope: Scope, at: datetime
) -> Rating:
    """A decision found untrue is replaced by another: both stay, the old one points to the new."""
    if grade not in (*GRADES, NOT_RATED) or not clean(number) or not clean(reason):
        raise EvaluationRefused("Quyết định thay thế cần mức mới, số quyết định và lý do; hãy ghi đủ.")
    with act(actor=actor, action="evaluation.replace", may="cases.decide", at=at, document=clean(number), reason=clean(reason)) as log:
        row = evaluation(pk=pk, actor=actor, scope=scope)
        old = row.rating
        if old is None:
            raise EvaluationRefused("Người này chưa có quyết định xếp loại để thay thế.")
        made = rating_of(row, row.campaign_unit, grade, Entry("", "decide", on, {"number": clean(number)}))
        made.note = clean(reason)[:500]
        made.save()
        log.inserted(made, person=row.person_id)
        before = values_of(old)
        old.replaced_by = made
        old.save()
        log.updated(before, old, person=row.person_id)
        before = values_of(row)
        row.grade, row.rating, row.transmission = grade, made, None
        row.save()
        log.updated(before, row, person=row.person_id)
    return made
