"""Reading rounds, slates and plans: within the reader's units, for who may read planning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from canbo.audit.changes import require
from canbo.dossier.models import PlanEntry
from canbo.kernel.actors import Actor, Scope
from canbo.planning.models import Line, PrintedCopy, Round, RoundUnit, Slate, SourceRequest
from canbo.planning.order import entry_order, in_order, is_decided

READ = "cases.read"
GROUP = "planning"


@dataclass(frozen=True)
class Progress:
    """How far one unit is: slates, how many of them still wait for a case or are under way, decided, and whether it is late."""

    home: RoundUnit
    slates: int
    lines: int
    undone: int
    decided: int
    late: bool

    @property
    def state(self) -> str:
        if self.slates and self.decided == self.slates:
            return "đã quyết định"
        if self.home.returned_on and (self.home.sent_on is None or self.home.returned_on >= self.home.sent_on):
            return "đã trả lại để bổ sung"
        if self.home.received_on:
            return "đã tiếp nhận"
        return "đã gửi" if self.home.sent_on else "quá hạn" if self.late else "đang làm"


def rounds(*, actor: Actor, scope: Scope) -> QuerySet[Round]:
    """Rounds opened in the reader's units or in which one of them takes part, newest first."""
    require(actor, READ)
    if not scope.sees_group(GROUP):
        return Round.objects.none()
    rows = Round.objects.select_related("unit")
    if scope.units is not None:
        rows = rows.filter(Q(unit__in=scope.units) | Q(units__unit__in=scope.units)).distinct()
    return rows.order_by("-opened_on", "-pk")


def round_(*, pk: int, actor: Actor, scope: Scope) -> Round:
    """One round; Round.DoesNotExist outside the scope."""
    return rounds(actor=actor, scope=scope).get(pk=pk)


def homes(*, actor: Actor, scope: Scope) -> QuerySet[RoundUnit]:
    """Units in rounds that the reader sees."""
    require(actor, READ)
    return _within(RoundUnit.objects.select_related("round", "unit", "round__unit"), "unit__in", scope)


def home(*, pk: int, actor: Actor, scope: Scope) -> RoundUnit:
    """One unit of a round; RoundUnit.DoesNotExist outside the scope."""
    return homes(actor=actor, scope=scope).get(pk=pk)


def slates(*, actor: Actor, scope: Scope, round: Round | None = None, home: RoundUnit | None = None) -> list[Slate]:
    """Slates in protocol order of their titles, the nearer term first."""
    require(actor, READ)
    rows = Slate.objects.select_related("home__round", "home__unit", "title", "term", "adding", "removing")
    if round is not None:
        rows = rows.filter(home__round=round)
    if home is not None:
        rows = rows.filter(home=home)
    found = _within(rows, "home__unit__in", scope)
    return sorted(found, key=lambda s: (s.home.unit.order, s.home.unit.name, s.term.code, s.title.protocol_order, s.pk))


def slate(*, pk: int, actor: Actor, scope: Scope) -> Slate:
    """One slate; Slate.DoesNotExist outside the scope."""
    require(actor, READ)
    rows = Slate.objects.select_related("home__round", "home__unit", "home__round__unit", "title", "term", "adding", "removing")
    found: Slate = _within(rows, "home__unit__in", scope).get(pk=pk)
    return found


def lines(*, slates: Iterable[Slate], actor: Actor, scope: Scope) -> dict[int, list[Line]]:
    """slate → its lines: as ordered by hand, then by Vietnamese given name. Slates were read within the scope; two queries."""
    require(actor, READ)
    wanted = {one.pk for one in slates}
    rows = Line.objects.filter(slate__in=wanted).select_related("person", "entry").prefetch_related("introductions")
    found: dict[int, list[Line]] = {pk: [] for pk in wanted}
    for row in _within(rows, "slate__home__unit__in", scope):
        found[row.slate_id].append(row)
    return {pk: sorted(rows, key=in_order) for pk, rows in found.items()}


def line(*, pk: int, actor: Actor, scope: Scope) -> Line:
    """One line; Line.DoesNotExist outside the scope."""
    require(actor, READ)
    rows = Line.objects.select_related("slate__home__round", "slate__home__unit", "slate__title", "slate__term", "person", "entry")
    found: Line = _within(rows, "slate__home__unit__in", scope).get(pk=pk)
    return found


def progress(*, round: Round, on: date, actor: Actor, scope: Scope) -> list[Progress]:
    """How far each unit is; two queries for any number of units."""
    units = homes(actor=actor, scope=scope).filter(round=round).annotate(people=Count("slates__lines", distinct=True))
    by_home: dict[int, list[Slate]] = {}
    for one in slates(actor=actor, scope=scope, round=round):
        by_home.setdefault(one.home_id, []).append(one)
    changed = set(Line.objects.filter(slate__home__round=round).exclude(standing="keep").values_list("slate", flat=True))
    return [
        Progress(
            row, len(found := by_home.get(row.pk, [])), row.people,  # type: ignore[attr-defined]
            sum(not is_decided(one, one.pk in changed, row) for one in found),
            sum(is_decided(one, one.pk in changed, row) for one in found),
            row.sent_on is None and on > round.deadline,
        )
        for row in sorted(units, key=lambda one: (one.unit.order, one.unit.name))
    ]  # fmt: skip


# --- what waits, for the overview: units are compared here, since thousands of ids in a query cost more than the few rows of open rounds


def open_homes(*, actor: Actor, scope: Scope) -> list[RoundUnit]:
    """Units of the reader in rounds that are not closed; one query."""
    require(actor, READ)
    rows = RoundUnit.objects.filter(round__closed_on=None).select_related("round", "unit").order_by("-round__opened_on", "round", "pk")
    return [row for row in rows if scope.sees_unit(row.unit_id)] if scope.sees_group(GROUP) else []


def slates_to_decide(*, actor: Actor, scope: Scope) -> list[Slate]:
    """Slates of open rounds of which a case waits for its decision; one query."""
    require(actor, READ)
    waits = Q(adding__status="open", adding__duty="decide") | Q(removing__status="open", removing__duty="decide")
    rows = Slate.objects.filter(waits, home__round__closed_on=None).select_related("home__round", "adding", "removing")
    return [row for row in rows if scope.sees_unit(row.home.unit_id)] if scope.sees_group(GROUP) else []


def open_requests(*, actor: Actor, scope: Scope) -> list[SourceRequest]:
    """Requests put to the reader's units that nobody answered; one query."""
    require(actor, READ)
    rows = SourceRequest.objects.filter(answered_on=None)
    return [row for row in rows if scope.sees_unit(row.unit_id)] if scope.sees_group(GROUP) else []


# --- the plan itself


@dataclass(frozen=True)
class Asking:
    """Which part of the plan: on a day, of one title or body, one term, one unit and those below (ids), or what was ever in it."""

    on: date
    title: str = ""
    term: str = ""
    units: frozenset[int] | None = None
    history: bool = False


def entries(*, asked: Asking, actor: Actor, scope: Scope) -> list[PlanEntry]:
    """The plan on a day, title by title; with `history` also who left it before or comes later. One query.

    An entry is seen with its unit; one without a unit with its person, by who sees everything.
    """
    require(actor, READ)
    rows: Any = PlanEntry.objects.select_related("person", "title", "term", "unit", "body", "decision")
    if not asked.history:
        rows = rows.holding(asked.on)
    if asked.title:
        rows = rows.filter(Q(title__code=asked.title) | Q(body__code=asked.title))
    if asked.term:
        rows = rows.filter(term__code=asked.term)
    if asked.units is not None:
        rows = rows.filter(unit__in=asked.units)
    return sorted(_within(rows.filter(person__merged_into=None), "unit__in", scope), key=entry_order)


def requests(*, actor: Actor, scope: Scope) -> QuerySet[SourceRequest]:
    """Requests for sources made by the reader's units, and those put to them."""
    require(actor, READ)
    if not scope.sees_group(GROUP):
        return SourceRequest.objects.none()
    rows = SourceRequest.objects.select_related("slate__home__unit", "slate__home__round", "slate__title", "slate__term", "unit")
    if scope.units is not None:
        rows = rows.filter(Q(unit__in=scope.units) | Q(slate__home__unit__in=scope.units))
    return rows.order_by("answered_on", "-asked_on", "-pk")


def copies(*, home: RoundUnit, actor: Actor, scope: Scope) -> QuerySet[PrintedCopy]:
    """Numbered copies made for a unit's meetings, newest first."""
    require(actor, READ)
    rows: QuerySet[PrintedCopy] = _within(PrintedCopy.objects.filter(home=home), "home__unit__in", scope)
    return rows.order_by("-printed_at", "paper", "number")


def _within(rows: QuerySet[Any], units: str, scope: Scope) -> Any:
    """The rows of the reader's units; none when she does not read planning."""
    if not scope.sees_group(GROUP):
        return rows.none()
    return rows if scope.units is None else rows.filter(**{units: scope.units})
