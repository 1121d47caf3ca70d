"""From when a paper has effect. Nothing may rest on a draft, nor start before the paper does."""

from datetime import date
from typing import Any

from canbo.dossier.models import Decision, Employment, Holding, Membership, Paper, PlanEntry
from canbo.kernel.actors import Scope
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import fold

# Records a paper makes: what they say is true from their `start` on. Pay is not among them: a step is granted from a
# day that has often passed when the paper is signed. What tells of the past (a course, an award) began by itself.
MADE_BY_PAPER = (Employment, Holding, Membership, PlanEntry)


class PaperRefused(Exception):
    """What cannot be done with a paper in its state; one sentence that says what to do."""


def effects_from(paper: Paper) -> date:
    """The first day of effect of an issued paper; PaperRefused for a draft or one that was given up."""
    if paper.state == "draft":
        raise PaperRefused("Văn bản này còn là dự thảo nên chưa có hiệu lực; hãy ban hành (số, ngày, người ký) trước.")
    if paper.state != "issued" or paper.issued_on is None:
        raise PaperRefused("Dự thảo này đã hủy nên không làm căn cứ được; hãy chọn văn bản đã ban hành.")
    return paper.in_effect_on or paper.issued_on


def refuse_early_start(*, paper: Paper, start: PartialDate | date) -> None:
    """PaperRefused when a record that rests on the paper would surely begin before the paper is in effect."""
    first, last = effects_from(paper), start.hi if isinstance(start, PartialDate) else start
    if last < first:
        raise PaperRefused(
            f"Không thể bắt đầu từ {last:%d/%m/%Y}: văn bản số {paper.number} có hiệu lực từ {first:%d/%m/%Y}; "
            "hãy ghi từ ngày đó trở đi."
        )


def decision_of_issued(*, number: str, issued_on: PartialDate | None, issuer: str, scope: Scope) -> Decision | None:
    """The decision that stands for an issued paper of the program so named beside a record; None when none or several do.

    Numbers begin anew every year, and every commune has its own: the day must be said, and either the issuing body, or
    the paper is one of the writer's own units.
    """
    if not number or issued_on is None:
        return None
    rows = Paper.objects.filter(state="issued", issued_on__range=(issued_on.lo, issued_on.hi)).select_related("decision")
    if not issuer and scope.units is not None:
        rows = rows.filter(unit__in=scope.units)
    named = [row.decision for row in rows if row.decision and _same(row.number, number)]
    named = [one for one in named if not issuer or _same(one.issuer, issuer)]
    return named[0] if len(named) == 1 else None


def refuse_before_paper(row: Any) -> None:
    """PaperRefused when this record rests on a paper of the program and would begin before it."""
    if not isinstance(row, MADE_BY_PAPER) or row.decision_id is None:
        return
    # A post given anew rests on the paper that gave it anew.
    start = getattr(row, "reappointed_on", None) or row.start
    paper = Paper.objects.filter(decision=row.decision_id).defer("values_sealed").first()
    if paper is not None and start is not None:
        refuse_early_start(paper=paper, start=start)


def _same(one: str, other: str) -> bool:
    return fold(one).replace(" ", "") == fold(other).replace(" ", "")
