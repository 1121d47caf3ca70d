"""What the urns of a step's closed ballots hold, offered to the counting board for its paper."""

from collections.abc import Mapping
from typing import Any

from canbo.cases.models import ScreenBallot
from canbo.cases.queries import CaseView
from canbo.cases.screen import counted, may_count, stands


def taken_from_screen(of: CaseView, chosen: str) -> tuple[Mapping[str, Any], list[ScreenBallot]]:
    """(the count of the ballot asked for, closed ballots of the step that is due). Nothing is filled in unasked: the board says so."""
    if of.due_step is None:
        return {}, []
    closed = of.case.ballots.filter(step=of.due_step.code, closed=True).order_by("-pk")
    ballots = [ballot for ballot in closed if stands(ballot) and may_count(ballot, ballot.codes_printed.filter(used=True).count())]
    picked = next((ballot for ballot in ballots if str(ballot.pk) == chosen), None)
    return (counted(picked) if picked else {}), ballots
