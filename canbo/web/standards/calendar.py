"""The calendar of one year as people read it: days off, days worked instead, each with its citation."""

from dataclasses import dataclass
from datetime import date

from canbo.engine.law.calendars import WEEKDAYS, Calendar
from canbo.engine.law.model import EVIDENCE, Cite, LawSet

_NAMES = tuple(WEEKDAYS.values())


@dataclass(frozen=True, slots=True)
class Shown:
    """One day: what it is, and where that stands."""

    day: date
    weekday: str
    label: str
    kind: str
    document: str
    article: str
    evidence: str


@dataclass(frozen=True, slots=True)
class YearShown:
    """A year of the calendar; `known` when all its days off are known."""

    year: int
    known: bool
    rest: str
    days: tuple[Shown, ...]


def year_shown(year: int, laws: LawSet) -> YearShown:
    of = laws.calendar
    days = [(one.day, one.label, one.cite) for one in of.holidays if one.day.year == year]
    for each in of.yearly:
        if (each.month, each.day) != (2, 29) and each.period.holds(day := date(year, each.month, each.day)):
            days.append((day, each.label, each.cite))
    shown = {day: _shown(day, label, cite, of, laws) for day, label, cite in reversed(days)}
    return YearShown(year, of.covers(year), _rest(year, of), tuple(shown[day] for day in sorted(shown)))


def _shown(day: date, label: str, cite: Cite, of: Calendar, laws: LawSet) -> Shown:
    kind = {True: "làm bù", False: "nghỉ", None: "chưa rõ"}[of.works(day)]
    return Shown(day, _NAMES[day.weekday()], label, kind, laws.documents[cite.document].name, cite.article, EVIDENCE[cite.evidence])


def _rest(year: int, of: Calendar) -> str:
    """The weekly rest in force at the end of the year."""
    rest = next((one for one in of.rests if one.period.holds(date(year, 12, 31))), None)
    return ", ".join(_NAMES[day] for day in sorted(rest.days)) if rest else ""
