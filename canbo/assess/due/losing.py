"""Standards lost: who met the standard of a title she holds at the last kept review and does not now, or will not on a coming day."""

from collections.abc import Iterable
from datetime import date, timedelta

from canbo.assess.due.model import Due, DueRequest
from canbo.assess.models import ReviewLine
from canbo.assess.reviews import reviews
from canbo.assess.verdicts import AssessReport, AssessRequest, AssessRow, NoStandard, assess
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.snapshot.frames import frames_of
from canbo.snapshot.store import Snapshot

TRIES = 24  # days looked at to find the one on which a verdict turns; what stays open is told as a range
Place = tuple[int, str, str]
Span = tuple[date, date]


def standards_lost(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """Nothing for readers who may not see what the standards read."""
    if not actor.may("standards.read"):
        return
    try:
        now = _held(request.start, request, snapshot, actor, scope)
        then = _held(request.end, request, snapshot, actor, scope)
    except (Forbidden, NoStandard):
        return
    before, later = _by_place(now), _by_place(then)
    for place, reviewed in _met_before([p for p, row in before.items() if row.verdict == "no"], actor, scope).items():
        yield _lost(before[place], now, (reviewed, request.start), request, since=reviewed)
    turning = [p for p, row in before.items() if row.verdict == "yes" and p in later and later[p].verdict == "no"]
    for place, span in _days(turning, request, snapshot, actor, scope).items():
        yield _lost(later[place], then, span, request)


def _held(on: date, request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> AssessReport:
    asked = AssessRequest(on=on, title="held")
    return assess(request=asked, law=request.law, snapshot=snapshot, actor=actor, scope=scope)


def _by_place(report: AssessReport) -> dict[Place, AssessRow]:
    return {(row.key, row.title, row.standard): row for row in report.rows}


def _met_before(places: list[Place], actor: Actor, scope: Scope) -> dict[Place, date]:
    """Of these, who met the standard when her title was last reviewed, and the day of that review."""
    newest: dict[int | None, tuple[int, date]] = {}
    for review in reviews(actor=actor, scope=scope):
        if review.title == "held" and not review.where:
            newest.setdefault(review.unit_id, (review.pk, review.on))
    found: dict[Place, tuple[date, str]] = {}
    days = dict(newest.values())
    lines = ReviewLine.objects.filter(review__in=list(days), person_key__in={key for key, *_ in places})
    for review_pk, key, title, standard, verdict in lines.values_list("review", "person_key", "title", "standard", "verdict"):
        place = (key, title, standard)
        if place not in found or found[place][0] < days[review_pk]:
            found[place] = days[review_pk], verdict
    return {place: found[place][0] for place in places if place in found and found[place][1] == "yes"}


def _days(places: list[Place], request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> dict[Place, Span]:
    """The first day each verdict is no longer yes, by halving; only these people are judged again."""
    if not places:
        return {}
    tables = snapshot.tables.of_people({key for key, *_ in places})
    few = Snapshot(snapshot.seq, snapshot.raw, tables, frames_of(tables))
    open_: dict[Span, list[Place]] = {(request.start, request.end): places}
    found: dict[Place, Span] = {}
    tries = 0
    while open_:
        (met, lost), some = open_.popitem()
        if (lost - met).days == 1 or tries == TRIES:
            found |= dict.fromkeys(some, (met + timedelta(days=1), lost))
            continue
        tries += 1
        middle = met + (lost - met) // 2
        rows = _by_place(_held(middle, request, few, actor, scope))
        still = [place for place in some if place in rows and rows[place].verdict == "yes"]
        for span, part in (((middle, lost), still), ((met, middle), [place for place in some if place not in set(still)])):
            if part:
                open_[span] = open_.get(span, []) + part
    return found


def _lost(row: AssessRow, report: AssessReport, span: Span, request: DueRequest, since: date | None = None) -> Due:
    plan = report.plans[row.standard, row.overlay]
    failed = [criterion for criterion, _ in plan.blocking if criterion.code in row.failed]
    why = "; ".join(criterion.label for criterion in failed)
    laws = request.law.with_overlay(row.overlay) if row.overlay else request.law.central
    documents = (laws or request.law.central).documents
    names = dict.fromkeys(documents[criterion.cite.document].name for criterion in failed)
    rules = dict.fromkeys(criterion.cite.article for criterion in failed)
    word = "Không còn đạt" if since else "Sẽ không còn đạt"
    return Due(
        row.key, "standard", *span, False, f"{word}: {plan.standard.label}", ", ".join(rules), ", ".join(names),
        since=since, note=why,
    )  # fmt: skip


__all__ = ["standards_lost"]
