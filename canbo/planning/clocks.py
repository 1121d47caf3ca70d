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
class Bar:
    """`until` = the first day free again; None: `why` says what leaves it open."""

    until: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Clock:
    """One decision with its two bars."""

    pk: int
    form: str
    decided: PartialDate | None
    planning: Bar
    appointment: Bar


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
    return Clock(row.pk, form, row.decided_on, _bar(row, PLANNING, on, laws), _bar(row, BLOCKS, on, laws))


def _bar(row: Discipline, parameters: Mapping[str, str], on: date, laws: LawSet) -> Bar:
    if not row.side or row.decided_on is None:
        return Bar(why="hồ sơ chưa rõ bên kỷ luật" if row.decided_on else "hồ sơ chưa rõ ngày quyết định")
    if row.side not in parameters:
        return Bar(why="quy định không xét kỷ luật của chính quyền")
    parameter = laws.parameters.get(parameters[row.side])
    version = parameter.on(on) if parameter else None
    if version is None or not version.cite.verified:
        return Bar(why="chưa kiểm chứng được văn bản về thời hạn")
    months = version.values.get(row.form)
    if months is None:
        return Bar(why="quy định không nêu thời hạn cho hình thức này")
    return Bar(months_back(row.decided_on.hi, -int(str(months))))
