"""When the parts of a case are due: so many days after it was opened or a step was done, by the calendar of working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from canbo.engine.law.calendars import Calendar
from canbo.engine.law.workdays import WorkingDay, working_days_after
from canbo.engine.procedures.model import Deadline, Steps
from canbo.engine.procedures.state import State

OPEN, END = "open", "end"


@dataclass(frozen=True, slots=True)
class CaseDeadline:
    """`by` is None until the step it runs from is done; `done_on` = the day what was due was done."""

    rule: Deadline
    since: date | None
    by: WorkingDay | None
    done_on: date | None

    @property
    def waits(self) -> bool:
        return self.by is not None and self.done_on is None

    def late(self, on: date) -> bool | None:
        """Whether it is past, with what was done in time not late; None where the calendar leaves it open."""
        if self.by is None:
            return False
        day = self.done_on or on
        if self.by.latest is not None and day > self.by.latest:
            return True
        return False if self.by.earliest is not None and day <= self.by.earliest else None


def deadlines_of(steps: Steps, state: State, calendar: Calendar) -> Iterator[CaseDeadline]:
    """Each deadline of the procedure, as it stands."""
    for rule in steps.deadlines:
        since = state.opened_on if rule.after == OPEN else state.done_on.get(rule.after)
        done = (state.last_on if state.status == "done" else None) if rule.until == END else state.done_on.get(rule.until)
        yield CaseDeadline(rule, since, _by(rule, since, calendar), done)


def _by(rule: Deadline, since: date | None, calendar: Calendar) -> WorkingDay | None:
    if since is None:
        return None
    if rule.working:
        return working_days_after(since, rule.days, calendar)
    day = since + timedelta(days=rule.days)
    return WorkingDay(day, day)
