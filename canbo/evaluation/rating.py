"""From the months to the grade: what the person says of herself, what the regime gives, what the head proposes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from canbo.audit.changes import ActLog, act, values_of
from canbo.cases.rules import steps_of
from canbo.dossier.models import Discipline
from canbo.dossier.queries import person as visible_person
from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import GRADES, NOT_RATED, PERIOD_MONTHS, Regime
from canbo.engine.ratings.scores import Proposal, period_score, proposal
from canbo.evaluation.campaigns import EvaluationRefused, refuse_sent
from canbo.evaluation.handing_in import hand_in
from canbo.evaluation.held import CASES, case_of, months_of_person, notified_on
from canbo.evaluation.models import CampaignUnit, Evaluation, TrackedMonth
from canbo.evaluation.people import regime_named
from canbo.evaluation.periods import months_in, period_of
from canbo.evaluation.queries import campaign_unit, evaluation, evaluations_of
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.text import clean

OWN = "cases.own"


def assess_oneself(
    *, pk: int, grade: str, text: str, actor: Actor, scope: Scope, at: datetime
) -> Evaluation:
    """What the person says of herself; she alone writes it, until her unit's meeting is recorded.

    With the last of her unit's the step of the case is done.
    """
    if grade not in GRADES:
        raise EvaluationRefused("Hãy chọn một trong bốn mức tự xếp loại.")
    if not clean(text):
        raise EvaluationRefused("Hãy viết vài dòng tự nhận xét kết quả công việc trong kỳ.")
    with act(actor=actor, action="evaluation.own", may=OWN, at=at) as log:
        row = _own(pk, scope)
        refuse_sent(row.campaign_unit)
        if _met(row):
            raise EvaluationRefused("Đơn vị đã họp đánh giá; bản tự đánh giá không sửa được nữa.")
        before = values_of(row)
        row.self_grade, row.self_text, row.self_sent_at = grade, text.strip(), at
        row.save()
        log.updated(before, row, person=row.person_id)
        hand_in(row=row, actor=actor, at=at, log=log)
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
        refuse_sent(home)
        made = list(home.evaluations.filter(pk__in=chosen).order_by("pk"))
        before = [values_of(row) for row in made]
        for row in made:
            grade, comment = chosen[row.pk]
            row.chosen, row.comment = grade, comment.strip()
        put_all(made, before, ("chosen", "comment"), log)
    return made


def propose(*, unit: int, laws: LawSet, actor: Actor, scope: Scope, at: datetime) -> list[Evaluation]:
    """What the regime gives for everybody not decided yet: means of the months, absence, bars, the unit's own grade. Decides nothing."""
    with act(actor=actor, action="evaluation.propose", may="cases.write", at=at) as log:
        home = campaign_unit(pk=unit, actor=actor, scope=scope)
        refuse_sent(home)
        rows = [row for row in evaluations_of(unit=home, actor=actor, scope=scope) if not row.grade]
        scores, before = _scores(home, rows, laws), [values_of(row) for row in rows]
        for row in rows:
            found = proposal_for(row, home, scores.get(row.pk), laws)
            row.proposed, row.score, row.reasons = found.grade, found.score, list(found.reasons)
        put_all(rows, before, ("proposed", "score", "reasons"), log)
    return rows


def put_all(rows: list[Evaluation], before: list[dict[str, Any]], names: tuple[str, ...], log: ActLog) -> None:
    """Rows already changed, written together where they hold the same and told to the log one by one."""
    alike: dict[str, list[Evaluation]] = {}
    for row in rows:
        alike.setdefault(repr([getattr(row, name) for name in names]), []).append(row)
    for same in alike.values():  # quicker than one statement with a case for each row, however few are alike
        Evaluation.objects.filter(pk__in=[row.pk for row in same]).update(**{name: getattr(same[0], name) for name in names})
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
    tracked = TrackedMonth.objects.filter(person__in=people, month__in=wanted).order_by("pk").values_list("person", "month", "score")
    for person, month, points in tracked:
        held.setdefault(person, {})[month] = points
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


# --- pieces


def _writable(pk: int, actor: Actor, scope: Scope) -> Evaluation:
    row = evaluation(pk=pk, actor=actor, scope=scope)
    refuse_sent(row.campaign_unit)
    if row.grade:
        raise EvaluationRefused("Người này đã có quyết định xếp loại; hãy lập quyết định thay thế nếu cần sửa.")
    return row


def _own(pk: int, scope: Scope) -> Evaluation:
    row = Evaluation.objects.select_related("campaign_unit__campaign", *(f"campaign_unit__{case}" for case in CASES.values())).get(pk=pk)
    if scope.own_person is None or row.person_id != scope.own_person:
        raise Forbidden("Chỉ chính người được đánh giá mới viết bản tự đánh giá.")
    return row


def _met(row: Evaluation) -> bool:
    """Whether her meeting has begun, as the case stands now: what is sent back to those it is about is theirs again."""
    found = case_of(row)
    if found is None:
        return False
    duties = [(step.code, duty, step.carrier(duty)) for step in steps_of(found).steps for duty in step.duties]
    before = 1 + max((place for place, (_, duty, carrier) in enumerate(duties) if (duty, carrier) == ("submit", "self")), default=-1)
    return found.status != "open" or (found.step, found.duty) not in [duty[:2] for duty in duties[: before + 1]]


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
    """The evaluation as the person herself sees it: her own words, her months, the grade and the day of its notice."""
    row = _own(pk, scope)
    visible_person(pk=row.person_id, on=on, actor=actor, scope=scope)
    period = period_of(row.campaign_unit.campaign.period_kind, row.campaign_unit.campaign.period)
    return {
        "row": row, "months": months_of_person(person=row.person_id, months=months_in(period)), "notified": notified_on(row),
        "may_write": not _met(row) and row.campaign_unit.sent_on is None and row.campaign_unit.campaign.closed_on is None,
    }  # fmt: skip
