"""What the pages of evaluation share: what is not there for the reader, grades in the words of their regime, typed values read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist

from canbo.cases.changes import CaseRefused
from canbo.dossier.models import Rating
from canbo.dossier.queries import NotVisible
from canbo.engine.codelists import load_codelist
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.model import ProcedureRefused
from canbo.engine.ratings.model import GRADES, NOT_RATED, RatingRefused, Regime
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.models import Campaign, CampaignUnit, Evaluation
from canbo.evaluation.periods import PeriodRefused
from canbo.evaluation.queries import campaign, campaign_unit, evaluation, own_evaluation
from canbo.evaluation.words import end_of as end_of
from canbo.evaluation.words import grade_name as grade_name
from canbo.evaluation.words import period_label as period_label
from canbo.evaluation.words import regime_label as regime_label
from canbo.evaluation.words import regime_of as regime_of
from canbo.web import typed as web
from canbo.web.desk import Desk
from canbo.web.standards.asking import law_now
from canbo.web.typed import asks as asks
from canbo.web.typed import reads as reads

REFUSALS = (EvaluationRefused, CaseRefused, ProcedureRefused, RatingRefused, PeriodRefused)
BEST_FIRST = (*reversed(GRADES), NOT_RATED)
STATES = {
    "": "Tất cả", "own": "Đã tự đánh giá", "not-own": "Chưa tự đánh giá", "scored": "Có mức theo quy định",
    "unscored": "Chưa có mức theo quy định", "decided": "Đã quyết định", "waiting": "Chưa quyết định",
}  # fmt: skip


class NoEvaluation(NotVisible):
    """No such campaign, unit or person in it, or not within the reader's scope: told in the same words."""

    def __init__(self) -> None:
        Exception.__init__(self, "Không tìm thấy đợt đánh giá này trong phạm vi bạn được giao.")


def laws_now() -> LawSet:
    return law_now().central


def found_campaign(pk: int, desk: Desk) -> Campaign:
    try:
        return campaign(pk=pk, actor=desk.actor, scope=desk.scope)
    except ObjectDoesNotExist:
        raise NoEvaluation from None


def found_unit(pk: int, desk: Desk) -> CampaignUnit:
    try:
        return campaign_unit(pk=pk, actor=desk.actor, scope=desk.scope)
    except ObjectDoesNotExist:
        raise NoEvaluation from None


def found_evaluation(pk: int, desk: Desk) -> Evaluation:
    try:
        return evaluation(pk=pk, actor=desk.actor, scope=desk.scope)
    except ObjectDoesNotExist:
        raise NoEvaluation from None


def found_own(pk: int, desk: Desk) -> Evaluation:
    try:
        return own_evaluation(pk=pk, actor=desk.actor, scope=desk.scope)
    except ObjectDoesNotExist:
        raise NoEvaluation from None


# --- words


def short_name(grade: str) -> str:
    """`HTXSNV`, as tables of evaluation head their columns."""
    return next((row.extra.get("short") or row.label for row in load_codelist("ratings").rows if row.code == grade), grade)


def grade_options(regime: Regime | None) -> list[tuple[str, str]]:
    """Grades of a regime for a select, the best first, "không xếp loại" last."""
    return [(grade, grade_name(grade, regime)) for grade in BEST_FIRST]


def regime_of_rating(laws: LawSet, row: Rating) -> Regime | None:
    """The regime a grade in the dossier was given under, on the last day of its period."""
    end = end_of(row.period_kind, row.period)
    return regime_of(laws, row.regime, end) if end and row.regime else None


# --- what was typed


@dataclass
class Typed(web.Typed):
    """A form of evaluation."""

    def whole(self, name: str, what: str, *, empty: int | None = None) -> int | None:
        text = self.text(name)
        if not text:
            return empty
        if text.isdecimal() and len(text) < 6:
            return int(text)
        self.errors[name] = f"“{text}” không phải một số nguyên; hãy sửa ô “{what}”."
        return empty

    def refuse_wrong(self) -> None:
        """EvaluationRefused with the first sentence when something could not be read."""
        if self.errors:
            raise EvaluationRefused(" ".join(self.errors.values()))


def typed_from(data: Mapping[str, str], desk: Desk) -> Typed:
    return Typed(data, desk)
