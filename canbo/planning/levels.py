"""Which steps of a list belong to the level that opened the round: a unit does not receive, appraise or approve its own list."""

from canbo.cases.models import Case
from canbo.cases.rules import steps_of
from canbo.kernel.actors import Scope
from canbo.planning.models import Slate
from canbo.planning.rounds import PlanningRefused

SUBMITS, RECEIVES = "trinh", "tiep-nhan"
FREE = frozenset({"paper", "withdraw"})  # whoever has the case may file a paper and take the list back


def is_above(of: Case, duty: str) -> bool:
    """A duty of the level above: what stands between submission and decision, and the decision itself."""
    steps = steps_of(of).steps
    codes = [step.code for step in steps]
    decided = next((n for n, step in enumerate(steps) if "decide" in step.duties), len(codes))
    sent = codes.index(SUBMITS) if SUBMITS in codes else decided
    now = codes.index(of.step) if of.step in codes else 0
    return duty == "decide" or (sent < now <= decided and duty not in FREE)


def left_above(row: Slate, of: Case, duty: str, scope: Scope) -> str:
    """Who does this duty, told to who does not see the place that opened the round; "" for a duty of her own."""
    if not is_above(of, duty) or scope.sees_unit(row.home.round.unit_id):
        return ""
    return f"Bước này do {row.home.round.unit.name}, nơi mở đợt quy hoạch, làm và ghi."


def refuse_below(row: Slate, of: Case, duty: str, scope: Scope) -> None:
    """PlanningRefused for a duty of the level above."""
    if above := left_above(row, of, duty, scope):
        raise PlanningRefused(above)
