"""Reading cases: within the reader's units, and only where she may read the field group of the case."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from canbo.audit.changes import require
from canbo.cases.models import Case, CaseEntry, CaseName
from canbo.cases.rules import CARRIER_ACTIONS, state_of, steps_of
from canbo.engine.procedures.model import DUTIES, Step
from canbo.engine.procedures.replay import State, blocked_because, due, may
from canbo.kernel.actors import Actor, Scope

READ = "cases.read"


@dataclass(frozen=True)
class CaseView:
    """A case as its reader sees it: where it stands, what is due, who carries it, and what blocks it."""

    case: Case
    state: State
    steps: tuple[Step, ...]
    due_step: Step | None
    due_duty: str
    blocked: tuple[str, ...]
    may: frozenset[str]

    @property
    def due_text(self) -> str:
        return f"{self.due_step.label}: {DUTIES[self.due_duty]}" if self.due_step else ""


def cases(*, actor: Actor, scope: Scope, kind: str = "", status: str = "") -> QuerySet[Case]:
    """Cases of the reader's units whose field group she reads, newest first."""
    require(actor, READ)
    rows = Case.objects.filter(group__in=scope.groups).select_related("unit", "title")
    if scope.units is not None:
        rows = rows.filter(unit__in=scope.units)
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    return rows.order_by("-opened_on", "-pk")


def case(*, pk: int, actor: Actor, scope: Scope) -> Case:
    """One case; Case.DoesNotExist outside the scope, as where there is none."""
    return cases(actor=actor, scope=scope).get(pk=pk)


def view(*, pk: int, on: date, actor: Actor, scope: Scope) -> CaseView:
    """One case with its state; four queries."""
    row = case(pk=pk, actor=actor, scope=scope)
    rules = steps_of(row)
    state = state_of(row)
    now = due(rules, state)
    allowed = frozenset(d for d, carrier in may(rules, state).items() if actor.may(CARRIER_ACTIONS[carrier]))
    blocked = tuple(blocked_because(rules, state, on))
    return CaseView(row, state, rules.steps, now[0] if now else None, now[1] if now else "", blocked, allowed)


def names_of(*, case: Case, actor: Actor, scope: Scope) -> dict[int, str]:
    """CaseName → the name shown, in the order of the list."""
    rows = CaseName.objects.filter(case=case).select_related("person").order_by("order", "pk")
    return {row.pk: row.person.full_name if row.person else row.text for row in rows}


def log_of(*, case: Case, actor: Actor, scope: Scope) -> list[CaseEntry]:
    """The log, oldest first."""
    require(actor, READ)
    return list(case.entries.order_by("number"))
