"""Deadlines of cases: each that waits, for everybody still considered in the case."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from canbo.assess.due.model import Due, DueRequest, Source
from canbo.assess.verdicts import unit_laws
from canbo.cases.deadlines import CaseDeadline, deadlines_of
from canbo.cases.models import Case, CaseName
from canbo.cases.queries import READ
from canbo.cases.rules import state_of, steps_of
from canbo.engine.law.model import LawSet
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.store import Snapshot

KIND = "case"


def case_deadlines(request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> Iterable[Due]:
    """Those of the reader's cases up to the end of the period; the ones overdue too."""
    if not actor.may(READ):
        return
    rows = Case.objects.filter(status="open", group__in=scope.groups)
    if scope.units is not None:
        rows = rows.filter(unit__in=scope.units)
    local = unit_laws(snapshot, request.law)
    for row in rows.order_by("opened_on", "pk"):
        yield from _of(row, request, request.law.local[local[row.unit_id]] if row.unit_id in local else request.law.central)


def _of(row: Case, request: DueRequest, laws: LawSet) -> Iterator[Due]:
    rules = steps_of(row)
    if not rules.deadlines:
        return
    state = state_of(row)
    found = [due for one in deadlines_of(rules, state, laws.calendar) if (due := _due(row, one, laws)) and due.earliest <= request.end]
    people = CaseName.objects.filter(pk__in=state.names).exclude(person=None).order_by("order") if found else ()
    for name in people:
        yield from (replace(due, key=name.person_id or 0) for due in found)


def _due(row: Case, one: CaseDeadline, laws: LawSet) -> Due | None:
    first = (one.by.earliest or one.by.latest) if one.by and one.waits else None
    if one.by is None or first is None:
        return None
    document, what = laws.documents.get(row.document), f"{one.rule.label}: {row.name}"
    note = "" if one.by.exact else one.by.text
    return Due(0, KIND, first, one.by.latest or first, False, what, "", document.name if document else "", note=note)


SOURCES: tuple[Source, ...] = (Source(KIND, "career", case_deadlines),)
