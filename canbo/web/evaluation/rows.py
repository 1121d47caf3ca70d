"""The people of one unit as the table of its page shows them, and the meter for grades ticked but not yet saved."""

from collections.abc import Mapping
from dataclasses import dataclass

from canbo.engine.law.model import LawSet
from canbo.engine.ratings.model import Regime
from canbo.evaluation.deciding import stands_against
from canbo.evaluation.held import QuotaLine, lines_of, reasons_of
from canbo.evaluation.models import AWAY, CampaignUnit, Evaluation
from canbo.kernel.actors import Scope
from canbo.kernel.numbers import decimal_text
from canbo.web.evaluation.view import grade_name, grade_options, regime_of


@dataclass(frozen=True)
class Row:
    """One person: what stands, what was typed, and why the grade typed could not be decided."""

    of: Evaluation
    regime: Regime | None
    chosen: str
    comment: str
    against: str
    why: list[str]

    @property
    def options(self) -> list[tuple[str, str]]:
        return grade_options(self.regime)

    @property
    def role(self) -> str:
        return "đứng đầu đơn vị" if self.of.heads_unit else "lãnh đạo, quản lý" if self.of.role == "leader" else ""

    @property
    def months(self) -> str:
        return months_text(self.of)

    @property
    def score(self) -> str:
        return decimal_text(self.of.score) if self.of.score is not None else ""

    @property
    def self_grade(self) -> str:
        return grade_name(self.of.self_grade, self.regime)

    @property
    def proposed(self) -> str:
        return grade_name(self.of.proposed, self.regime)

    @property
    def grade(self) -> str:
        return grade_name(self.of.grade, self.regime)


def months_text(row: Evaluation) -> str:
    """`10 tháng; nghỉ ốm 2`; unknown said as such."""
    worked = "chưa rõ số tháng" if row.months_worked is None else f"{row.months_worked} tháng"
    labels = dict(AWAY)
    return "; ".join([worked, *(f"{labels.get(cause, cause)} {n}" for cause, n in row.away.items() if n)])


def rows_of(
    found: list[Evaluation], home: CampaignUnit, typed: Mapping[str, str] | None, laws: LawSet, scope: Scope
) -> list[Row]:
    """`typed` = the posted table, None where nothing was posted; then what stands is shown and nothing is judged."""
    return [_row(row, home, typed, laws, scope) for row in found]


def _row(row: Evaluation, home: CampaignUnit, typed: Mapping[str, str] | None, laws: LawSet, scope: Scope) -> Row:
    why = reasons_of(row, scope)
    regime = regime_of(laws, row.regime, home.campaign.rated_on)
    if typed is None or row.grade:
        return Row(row, regime, row.chosen, row.comment, "", why)
    chosen = typed.get(f"muc-{row.pk}", "")
    judged = _as_if(row, chosen)
    against = stands_against(judged, home, chosen, laws, scope) if chosen else ""
    return Row(row, regime, chosen, typed.get(f"nx-{row.pk}", ""), against, why)


def _as_if(row: Evaluation, chosen: str) -> Evaluation:
    """The row with the grade typed, for judging only: it is never saved."""
    row.chosen = chosen
    return row


def meters_of(rows: list[Row], home: CampaignUnit, laws: LawSet) -> list[QuotaLine]:
    """The ceilings with what is chosen on the page; who has no choice counts with what the regime gives."""
    grades = {row.of.pk: row.of.grade or row.chosen or row.of.proposed for row in rows}
    return lines_of([row.of for row in rows], laws=laws, on=home.campaign.rated_on, grades=grades)


def chosen_in(found: list[Evaluation], typed: Mapping[str, str]) -> dict[int, tuple[str, str]]:
    """Evaluation → (grade, comment) as typed, of everybody not decided yet."""
    return {row.pk: (typed.get(f"muc-{row.pk}", ""), typed.get(f"nx-{row.pk}", "")) for row in found if not row.grade}


__all__ = ["Row", "chosen_in", "meters_of", "months_text", "rows_of"]
