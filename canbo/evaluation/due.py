"""Objections to a grade that wait for an answer, each by the working days of its regime."""

from collections.abc import Iterable

from canbo.assess.due.model import Due, DueRequest, Source
from canbo.engine.law.model import LawSet
from canbo.engine.law.workdays import working_days_after
from canbo.evaluation.models import Objection
from canbo.evaluation.people import KIND, regime_named
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.store import Snapshot

WHAT = "Trả lời kiến nghị về kết quả đánh giá, xếp loại"


def objections(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """Every objection without an answer of the reader's units; those overdue too."""
    laws = request.law.central
    rows = Objection.objects.filter(answered_on=None, received_on__lte=request.end)
    if scope.units is not None:
        rows = rows.filter(evaluation__campaign_unit__unit__in=scope.units)
    for row in rows.select_related("evaluation__campaign_unit__campaign").order_by("received_on", "pk"):
        found = _due(row, laws)
        if found.earliest <= request.end:
            yield found


def _due(row: Objection, laws: LawSet) -> Due:
    evaluation = row.evaluation
    on = evaluation.campaign_unit.campaign.rated_on
    regime, version = regime_named(laws, evaluation.regime, on), laws.provisions[KIND, evaluation.regime].on(on)
    document = laws.documents[version.cite.document].name if version else ""
    if regime.objection_days is None:
        return Due(
            evaluation.person_id, "objection", row.received_on, row.received_on, False, WHAT, "", document, since=row.received_on,
            note="chế độ này không nêu thời hạn",
        )  # fmt: skip
    by = working_days_after(row.received_on, regime.objection_days, laws.calendar)
    first = by.earliest or row.received_on
    return Due(
        evaluation.person_id, "objection", first, by.latest or first, False, WHAT, regime.articles.get("objection", ""), document,
        since=row.received_on, note="" if by.exact else by.text,
    )  # fmt: skip


SOURCES: tuple[Source, ...] = (Source("objection", "evaluation", objections),)
