"""Bars after discipline, decision by decision: how long she is not planned for, how long not appointed – two clocks, told apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from canbo.audit.changes import require
from canbo.dossier.labels import label_of_code
from canbo.dossier.models import Discipline
from canbo.engine.law.model import LawSet
from canbo.facts.standing import BLOCKS, PLANNING
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate, months_back
from canbo.planning.models import Line
from canbo.planning.queries import READ


@dataclass(frozen=True)
class Clock:
    """One decision. A day is the first on which she is free again; None where the law of the day gives no months for it."""

    pk: int
    form: str
    decided: PartialDate | None
    planning: date | None
    appointment: date | None


def clocks(*, line: Line, on: date, laws: LawSet, actor: Actor, scope: Scope) -> list[Clock]:
    """The newest decision first; none for who may not read discipline."""
    require(actor, READ)
    if not scope.sees_group("discipline"):
        return []
    rows = Discipline.objects.filter(person=line.person_id)
    found = [_clock(row, on, laws) for row in rows]
    return sorted(found, key=lambda one: (one.decided.iso if one.decided else "", one.pk), reverse=True)


def _clock(row: Discipline, on: date, laws: LawSet) -> Clock:
    form = label_of_code(table="discipline", column="form", code=row.form) or row.text or "kỷ luật"
    return Clock(row.pk, form, row.decided_on, _free(row, PLANNING, on, laws), _free(row, BLOCKS, on, laws))


def _free(row: Discipline, parameters: Mapping[str, str], on: date, laws: LawSet) -> date | None:
    parameter = laws.parameters.get(parameters.get(row.side, ""))
    version = parameter.on(on) if parameter else None
    months = version.values.get(row.form) if version and version.cite.verified else None
    return months_back(row.decided_on.hi, -int(str(months))) if months and row.decided_on else None
