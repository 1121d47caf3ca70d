"""Days off as law: the weekly rest, holidays of every year, the days of one year, each with its citation.

A day works (True), is off (False), or nobody said (None): its year has no calendar, or it is known from memory alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain

from canbo.engine.law.model import Cite, Period
from canbo.engine.law.problems import Problems, nearest
from canbo.engine.law.source import Table
from canbo.kernel.dates import PartialDate

WEEKDAYS = {
    "thu-hai": "thứ hai", "thu-ba": "thứ ba", "thu-tu": "thứ tư", "thu-nam": "thứ năm", "thu-sau": "thứ sáu",
    "thu-bay": "thứ bảy", "chu-nhat": "chủ nhật",
}  # fmt: skip
_NUMBERS = {code: number for number, code in enumerate(WEEKDAYS)}
_LEAP = 2000  # so that a yearly holiday may be 29 February


@dataclass(frozen=True, slots=True)
class WeeklyRest:
    """Days of the week (Monday = 0) on which nobody works, while the period lasts."""

    days: frozenset[int]
    period: Period
    cite: Cite


@dataclass(frozen=True, slots=True)
class YearlyHoliday:
    """The same day off in every year of the period."""

    month: int
    day: int
    label: str
    period: Period
    cite: Cite


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off besides the weekly rest and the yearly holidays, or a rest day worked instead (`works`)."""

    day: date
    label: str
    works: bool
    cite: Cite


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The days off and the days worked instead of this year are all known."""

    year: int
    cite: Cite

    @property
    def period(self) -> Period:
        return Period(date(self.year, 1, 1), date(self.year + 1, 1, 1))


@dataclass(frozen=True, slots=True)
class CalendarCase:
    """A hand-written example: so many working days after a day is this day, or one of a range."""

    after: date
    days: int
    gives: tuple[date, date]
    says: str
    file: str
    number: int


@dataclass(frozen=True)
class Calendar:
    """All that is known of days off; where two say something of one day, the first of them holds."""

    rests: tuple[WeeklyRest, ...] = ()
    yearly: tuple[YearlyHoliday, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    years: tuple[CalendarYear, ...] = ()

    def covers(self, year: int) -> bool:
        """Whether the days off of the year are all known."""
        return year in self._years

    def works(self, day: date) -> bool | None:
        if day in self._named:
            return self._named[day]
        rest = self._rests_on(day)
        of_year = [one.cite.verified for one in self._each_year(day)]
        if any(of_year):
            return False
        if rest is None or not self.covers(day.year):
            return None
        return False if rest else None if of_year else True

    def label(self, day: date) -> str:
        """What the day off is called; "" for a day like any other."""
        named = (one.label for one in self.holidays if one.day == day)
        return next(chain(named, (one.label for one in self._each_year(day))), "")

    def without_days(self) -> "Calendar":
        """The weekly rest and the yearly holidays alone."""
        return Calendar(self.rests, self.yearly, (), self.years)

    @cached_property
    def _named(self) -> dict[date, bool | None]:
        return {one.day: one.works if one.cite.verified else None for one in reversed(self.holidays)}

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(one.year for one in self.years if one.cite.verified)

    def _each_year(self, day: date) -> list[YearlyHoliday]:
        return [one for one in self.yearly if (one.month, one.day) == (day.month, day.day) and one.period.holds(day)]

    def _rests_on(self, day: date) -> bool | None:
        rest = next((one for one in self.rests if one.period.holds(day) and one.cite.verified), None)
        return None if rest is None else day.weekday() in rest.days


def laid_together(parts: Iterable[Calendar]) -> Calendar:
    """One calendar of several, the later ones before those they are laid over."""
    kept = list(parts)[::-1]
    rests, yearly, holidays, years = (
        tuple(chain.from_iterable(getattr(part, name) for part in kept)) for name in ("rests", "yearly", "holidays", "years")
    )
    return Calendar(rests, yearly, holidays, years)


# --- reading


def calendar(file: Table) -> Calendar:
    """One file of the folder `calendars`."""
    found = Calendar(tuple(_rests(file)), tuple(_yearly(file)), tuple(_holidays(file)), tuple(_years(file)))
    file.close()
    return found


def _rests(file: Table) -> Iterator[WeeklyRest]:
    for row in file.tables("weekly_rest"):
        codes = row.texts("days")
        for code in codes:
            if code not in _NUMBERS:
                row.wrong(f"“{code}” không phải một ngày trong tuần ({', '.join(WEEKDAYS)}).{nearest(code, WEEKDAYS)}", "days")
        yield WeeklyRest(frozenset(_NUMBERS[code] for code in codes if code in _NUMBERS), row.period(), row.cite())
        row.close()


def _yearly(file: Table) -> Iterator[YearlyHoliday]:
    for row in file.tables("yearly"):
        day, label, period, cite = row.text("day"), row.text("label"), row.period(), row.cite()
        row.close()
        try:
            read = date.fromisoformat(f"{_LEAP}-{day}")
        except ValueError:
            row.wrong("cần tháng và ngày như \"09-02\".", "day")
            continue
        yield YearlyHoliday(read.month, read.day, label, period, cite)


def _holidays(file: Table) -> Iterator[Holiday]:
    for row in file.tables("holiday"):
        cite = row.cite()
        row.texts("days")
        days = row.values.get("days", [])
        if isinstance(days, list) and (not days or any(type(one) is not date for one in days)):
            row.wrong("cần ít nhất một ngày, mỗi ngày như 2026-02-16, không đặt trong dấu nháy.", "days")
        works, label = row.flag("works", False), row.text("label")
        yield from (Holiday(day, label, works, cite) for day in days if type(day) is date)
        row.close()


def _years(file: Table) -> Iterator[CalendarYear]:
    for row in file.tables("year"):
        year, cite = row.number("year"), row.cite()
        row.close()
        if isinstance(year, int) and date.min.year <= year < date.max.year:
            yield CalendarYear(year, cite)
        else:
            row.wrong("cần một năm như 2026.", "year")


def calendar_cases(file: Table) -> Iterator[CalendarCase]:
    for number, row in enumerate(file.tables("calendar_case"), 1):
        after, days, gives = row.day("after", required=True), row.number("days"), row.values.get("gives")
        ends = [end for end in (gives if isinstance(gives, list) else [gives, gives]) if type(end) is date]
        row.texts("gives") if isinstance(gives, list) else row.day("gives", required=True)
        says = row.text("says", "")
        row.close()
        if type(days) is not int or len(ends) != 2:
            row.wrong("cần days = số ngày và gives = một ngày, hoặc [ngày đầu, ngày cuối].")
        elif after:
            yield CalendarCase(after, days, (ends[0], ends[1]), says, file.file, number)


# --- checks


def check_folder_calendar(of: Sequence[Calendar], problems: Problems) -> None:
    """In one folder a day is said once, a year once, and weekly rests follow one another."""
    whole = laid_together(of)
    _once([one.day for one in whole.holidays], "holiday", "có hai lần; hãy giữ một dòng", problems)
    _once([one.year for one in whole.years], "year", "có hai lần; hãy gộp lại", problems)
    for number, one in enumerate(whole.rests):
        if any(one.period.meets(other.period) for other in whole.rests[number + 1 :]):
            text = "hai quy định ngày nghỉ hằng tuần cùng có hiệu lực một ngày; hãy đặt ngày “to” của bản cũ."
            problems.add("calendars", "weekly_rest", text)


def _once(found: Sequence[date | int], what: str, says: str, problems: Problems) -> None:
    for one in sorted({one for one in found if found.count(one) > 1}):
        shown = PartialDate.from_date(one).display if isinstance(one, date) else str(one)
        problems.add("calendars", f"{what}[{shown}]", f"{shown} {says}.")


def check_calendar(of: Calendar, problems: Problems) -> None:
    """A day worked instead must be one that is off without it: otherwise the date is a slip."""
    plain = of.without_days()
    for one in of.holidays:
        if one.works and plain.works(one.day) is True:
            text = "ghi là ngày làm bù nhưng vốn là ngày làm việc; hãy kiểm tra lại ngày."
            problems.add("calendars", f"holiday[{PartialDate.from_date(one.day).display}]", text)


def calendar_citations(of: Calendar) -> Iterator[tuple[str, str, Period, Cite]]:
    """(file, place, period, cite) of everything a calendar says."""
    for rest in of.rests:
        yield "calendars", f"weekly_rest[{rest.period.start}]", rest.period, rest.cite
    for each in of.yearly:
        yield "calendars", f"yearly[{each.label}]", each.period, each.cite
    for one in of.holidays:
        yield "calendars", f"holiday[{one.label}]", Period(one.day, one.day + timedelta(days=1)), one.cite
    for year in of.years:
        yield "calendars", f"year[{year.year}]", year.period, year.cite
