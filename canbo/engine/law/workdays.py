"""Working days: so many after a day, and how many between two days – exact where the calendar says so, else a range.

The day from which one counts is itself not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from canbo.engine.law.calendars import Calendar
from canbo.kernel.dates import PartialDate

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What the calendar did not say on the way: years without one, days known from memory alone."""

    years: tuple[int, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def why(self) -> str:
        """One sentence that says what to do; "" when everything was said."""
        said = []
        if self.years:
            said.append(f"chưa có lịch năm {', '.join(map(str, self.years))}, hãy thêm vào thư mục calendars của quy định")
        if self.days:
            said.append(f"chưa rõ ngày {', '.join(map(shown, self.days))} có nghỉ không")
        return "; ".join(said)


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day reckoned in working days. An end that is None: no calendar says how far it can be."""

    earliest: date | None
    latest: date | None
    unsaid: Unsaid = Unsaid()

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def text(self) -> str:
        """`25/11/2026`, `24/11/2026–25/11/2026`, or `từ 07/01/2027 trở đi (chưa có lịch năm 2027 …)`."""
        match self.earliest, self.latest:
            case date() as first, None:
                ends = f"từ {shown(first)} trở đi"
            case None, date() as last:
                ends = f"từ {shown(last)} trở về trước"
            case date() as first, date() as last:
                ends = shown(first) if first == last else f"{shown(first)}–{shown(last)}"
        return ends if self.exact else f"{ends} ({self.unsaid.why})"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """How many working days there are at least and at most."""

    lo: int
    hi: int
    unsaid: Unsaid = Unsaid()


def working_days_after(day: date, n: int, calendar: Calendar) -> WorkingDay:
    """The n-th working day after `day`; before it when n is negative; the day itself for 0.

    Every calendar that agrees with what is known gives a day from the nearer to the farther end.
    """
    step = ONE if n >= 0 else -ONE
    near = far = day
    left_near = left_far = abs(n)
    known, passed = True, list[date]()
    while left_near or (left_far and known):
        if left_near:
            near += step
            left_near -= calendar.works(near) is not False
        if left_far and known:
            far += step
            known = calendar.covers(far.year)
            left_far -= calendar.works(far) is True
        passed += [one for one in {near, far} if calendar.works(one) is None]
    unsaid = _unsaid(passed, calendar)
    if not known:
        return WorkingDay(near, None, unsaid) if n >= 0 else WorkingDay(None, near, unsaid)
    return WorkingDay(min(near, far), max(near, far), unsaid)


def working_days_between(first: date, last: date, calendar: Calendar) -> WorkingDays:
    """How many working days after `first` up to and with `last`; ValueError when `last` is earlier."""
    if last < first:
        raise ValueError("Ngày sau phải từ ngày trước trở đi.")
    said = [(one, calendar.works(one)) for one in _days(first, last)]
    sure, open_ = sum(works is True for _, works in said), [one for one, works in said if works is None]
    return WorkingDays(sure, sure + len(open_), _unsaid(open_, calendar))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days + 1))


def _unsaid(passed: list[date], calendar: Calendar) -> Unsaid:
    years = {one.year for one in passed if not calendar.covers(one.year)}
    days = {one for one in passed if calendar.covers(one.year)}
    return Unsaid(tuple(sorted(years)), tuple(sorted(days)))


def shown(day: date) -> str:
    return PartialDate.from_date(day).display
