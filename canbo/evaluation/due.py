"""What evaluation leaves open: objections that wait for an answer, results that wait to be sent, by the days of their regime."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Min

from canbo.assess.due.model import Due, DueRequest, Source
from canbo.engine.law.model import LawSet
from canbo.engine.law.workdays import working_days_after
from canbo.evaluation.models import Evaluation, Objection
from canbo.evaluation.people import KIND, regime_named
from canbo.evaluation.transmitting import send_by
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.store import Snapshot

WHAT = "Trả lời kiến nghị về kết quả đánh giá, xếp loại"
SEND = "Gửi kết quả xếp loại vào cơ sở dữ liệu quốc gia"


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


def unsent_results(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """Grades decided and not sent into the national database: one for each unit and regime, under the name of who comes first there.

    The days run from the earliest decision not sent. Two queries.
    """
    rows = Evaluation.objects.filter(rating__known_from__lte=request.end, transmission=None)
    if scope.units is not None:
        rows = rows.filter(campaign_unit__unit__in=scope.units)
    told = rows.values_list("campaign_unit", "campaign_unit__unit__name", "campaign_unit__campaign__rated_on", "regime")
    found = list(told.annotate(Count("pk"), Min("rating__known_from")).order_by("campaign_unit", "regime"))
    firsts = _firsts({unit for unit, *_ in found})
    for unit, name, on, code, people, decided_on in found:
        made = _sending(firsts[unit], name, on, code, people, decided_on, request.law.central)
        if made is not None and made.earliest <= request.end:
            yield made


def _firsts(units: set[int]) -> dict[int, int]:
    """Unit of a campaign → its head, else a leader, else whoever was entered first: a due item is told under somebody's name."""
    rows = Evaluation.objects.filter(campaign_unit__in=units).order_by("campaign_unit", "-heads_unit", "role", "pk")
    found: dict[int, int] = {}
    for unit, person in rows.values_list("campaign_unit", "person"):
        found.setdefault(unit, person)
    return found


def _sending(key: int, unit: str, on: date, code: str, people: int, decided_on: date, laws: LawSet) -> Due | None:
    regime, version = regime_named(laws, code, on), laws.provisions[KIND, code].on(on)
    by = send_by(regime, decided_on, laws)
    if by is None:
        return None
    document = laws.documents[version.cite.document].name if version else ""
    first = by.earliest or decided_on
    note = f"{people} người, quyết định từ {decided_on:%d/%m/%Y}" + ("" if by.exact else f"; {by.text}")
    return Due(
        key, "transmission", first, by.latest or first, False, f"{SEND}: {unit}", regime.articles.get("send", ""), document,
        since=decided_on, note=note,
    )  # fmt: skip


SOURCES: tuple[Source, ...] = (
    Source("objection", "evaluation", objections), Source("transmission", "evaluation", unsent_results),
)  # fmt: skip
