"""Partial dates: a day, a month or only a year, as precise as the papers are."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from canbo.kernel.errors import KernelError
from canbo.kernel.text import clean, fold

__all__ = ["DateError", "PartialDate", "TwoDigitYear", "UnclearDate", "from_serial", "full_years", "months_back", "read_date"]

Precision = Literal["day", "month", "year"]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class DateError(KernelError):
    """A text or number that is no date."""


class UnclearDate(DateError):
    """A date that can be read in more than one way; `candidates` are the readings to ask about."""

    def __init__(self, text_vi: str, *, candidates: tuple["PartialDate", ...]) -> None:
        super().__init__(text_vi)
        self.candidates = candidates


class TwoDigitYear(UnclearDate):
    """A year written with two digits: 19xx or 20xx, only a person can tell."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year (year 1 to 9998)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9998:
            raise DateError(f"Năm {self.year} không có; xin ghi năm bằng bốn chữ số.")
        if self.month is None:
            if self.day is not None:
                raise DateError("Có ngày mà không có tháng; xin ghi thêm tháng.")
            return
        if not 1 <= self.month <= 12:
            raise DateError(f"Không có tháng {self.month}; xin ghi theo thứ tự ngày/tháng/năm.")
        if self.day is not None and not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            raise DateError(f"Tháng {self.month}/{self.year} không có ngày {self.day}; xin xem lại ngày này.")

    @classmethod
    def from_iso(cls, s: str) -> "PartialDate":
        """From `1968`, `1968-05` or `1968-05-12`, nothing else."""
        found = _ISO.fullmatch(s)
        if not found:
            raise DateError(f"“{s}” không phải ngày dạng 1968, 1968-05 hoặc 1968-05-12.")
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def from_date(cls, d: date) -> "PartialDate":
        """A day known exactly (a time of day is left out)."""
        return cls(d.year, d.month, d.day)

    @property
    def precision(self) -> Precision:
        """`day`, `month` or `year`."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def lo(self) -> date:
        """First possible day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def hi(self) -> date:
        """Last possible day."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def after(self) -> date:
        """The day after the last possible day."""
        return self.hi + timedelta(days=1)

    @property
    def iso(self) -> str:
        """ISO text as precise as known."""
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)

    @property
    def display(self) -> str:
        """As officials print it: `12/05/1968`, `05/1968`, `1968`."""
        return "/".join(reversed(self.iso.split("-")))

    def __str__(self) -> str:
        return self.iso


def _years_between(born: date, on: date) -> int:
    # Born on 29 February: in a common year the year of life is full on 1 March, because its last day is
    # the last day of February (a period whose end month lacks the day ends with that month).
    # Comparing (month, day) gives exactly that: (2, 28) < (2, 29) <= (3, 1).
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_back(on: date, months: int) -> date:
    """The same day so many months earlier; the last of its month where there is no such day (31/8 – 6 = 28/2)."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def full_years(birth: PartialDate, on: date) -> tuple[int, int]:
    """(lowest, highest) possible age in full years on a day; negative before birth."""
    return _years_between(birth.hi, on), _years_between(birth.lo, on)


# --- reading what officials typed -------------------------------------------------------------------------

# Years an official's papers can speak of; others are slips ("19680", "0968"), never dates.
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
# A whole number 1900-2100 is a year: as a serial it would be a day between March and September 1905, which no
# list of living people holds, while birth columns full of years are common.
_YEAR_NUMBERS = range(1900, 2101)
_LAST_SERIAL = 109574  # 31/12/2199

_TIME = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_LEAD = re.compile(r"^(?:(?:sinh|sn|ngay|nam)\b[ :.]*)+")
_WORDS = re.compile(r"(?:(?P<d>\d{1,2}),? )?(?:thang|t) ?(?P<m>\d{1,2}),? ?(?:nam|[/.-]) ?(?P<y>\d{4}|\d{2})", re.ASCII)
_YEAR = re.compile(r"(?P<y>\d{4})(?:\.0)?", re.ASCII)
_DMY = re.compile(r"(?P<d>\d{1,2})(?:[/.-]| )(?P<m>\d{1,2})(?:[/.-]| )(?P<y>\d{4}|\d{2})", re.ASCII)
_YMD = re.compile(r"(?P<y>\d{4})[/.-](?P<m>\d{1,2})(?:[/.-](?P<d>\d{1,2}))?", re.ASCII)
_MY = re.compile(r"(?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})", re.ASCII)
_DMY8 = re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d{2})", re.ASCII)
_YMD8 = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII)
_BARE_TWO = re.compile(r"'?(?P<y>\d{2})", re.ASCII)
_FORMS = (_WORDS, _YEAR, _DMY, _YMD, _MY, _DMY8, _YMD8, _BARE_TWO)
_FIVE_DIGITS = re.compile(r"\d{5}", re.ASCII)
_BLANK_PARTS = re.compile(r"^(?:(?:[.…_-]+|x{1,2}) ?/ ?)+")


def read_date(value: str | int | float | date | datetime, *, epoch_1904: bool = False) -> PartialDate:
    """A cell as a partial date, day before month always; DateError, or UnclearDate when it must be asked about."""
    if isinstance(value, date):
        return _from_cell_date(value)
    if isinstance(value, bool):
        raise DateError("Ô này là đúng/sai chứ không phải ngày; xin ghi ngày/tháng/năm.")
    if isinstance(value, int | float):
        return _from_number(value, epoch_1904=epoch_1904)
    return _from_text(value, epoch_1904=epoch_1904)


def from_serial(serial: float, *, epoch_1904: bool = False) -> date:
    """The day of an Excel serial number (1900 system: 1 = 01/01/1900; 1904 system: 0 = 01/01/1904)."""
    day = int(serial)
    if not 0 <= day <= _LAST_SERIAL or (day == 0 and not epoch_1904):
        raise DateError(f"Số {serial:g} không phải số ngày của Excel; xin ghi ngày/tháng/năm.")
    if epoch_1904:
        return date(1904, 1, 1) + timedelta(days=day)
    if day == 60:  # Excel counts a 29 February 1900 that never was, to agree with Lotus 1-2-3
        raise DateError("Excel hiểu số 60 là 29/02/1900, ngày không có thật; xin ghi ngày/tháng/năm.")
    return date(1899, 12, 31 if day < 60 else 30) + timedelta(days=day)


def _from_cell_date(value: date) -> PartialDate:
    exact = PartialDate.from_date(value)
    serial = (date(value.year, value.month, value.day) - date(1899, 12, 30)).days
    if serial in _YEAR_NUMBERS:  # a year typed into a cell that Excel shows as a date
        raise UnclearDate(
            f"Ô này hiện {exact.display}, có lẽ là năm {serial} gõ vào ô định dạng ngày; xin xác nhận.",
            candidates=(PartialDate(serial), exact),
        )
    return exact


def _from_number(value: float, *, epoch_1904: bool) -> PartialDate:
    if value != value or abs(value) == float("inf"):
        raise DateError("Ô này không có ngày; xin ghi ngày/tháng/năm.")
    if value == int(value):
        return _from_whole_number(int(value), epoch_1904=epoch_1904)
    if value < _YEAR_NUMBERS.start:
        return _from_month_number(value)
    if value < _YEAR_NUMBERS.stop:
        raise DateError(f"Số {_number_vi(value)} không rõ là năm và tháng nào; xin ghi dạng tháng/năm.")
    return PartialDate.from_date(from_serial(value, epoch_1904=epoch_1904))  # the fraction is a time of day


def _from_whole_number(value: int, *, epoch_1904: bool) -> PartialDate:
    if value in _YEAR_NUMBERS:
        return PartialDate(value)
    if 0 <= value <= 99:
        raise _two_digit(value, None, None, shown=f"{value:02}")
    if value < _YEAR_NUMBERS.start:  # as a serial a day before 1906: a slip, not a date
        raise DateError(f"Số {value} không phải ngày hay năm; xin ghi ngày/tháng/năm.")
    if len(str(value)) == 8:
        return _from_text(str(value), epoch_1904=epoch_1904)
    return PartialDate.from_date(from_serial(value, epoch_1904=epoch_1904))


def _from_month_number(value: float) -> PartialDate:
    """`5.2008` = May 2008. Excel drops zeros at the end: 5.201 is 5/2010, 5.2 would be a guess."""
    month, _, year = repr(value).partition(".")
    shown = _number_vi(value)
    if not re.fullmatch(r"(19|20)\d{1,2}", year) or not month.isdigit():
        raise DateError(f"Số {shown} không rõ là ngày tháng nào; xin ghi dạng tháng/năm, ví dụ 5/2008.")
    return _checked(day=None, month=int(month), year=int(year.ljust(4, "0")), shown=shown)


def _from_text(value: str, *, epoch_1904: bool) -> PartialDate:
    shown = clean(value)
    text = _plain(shown)
    if not text:
        raise DateError("Ô ngày để trống; xin ghi ngày/tháng/năm.")
    if _FIVE_DIGITS.fullmatch(text):  # a serial number that went through a text file
        return PartialDate.from_date(from_serial(int(text), epoch_1904=epoch_1904))
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _from_parts(found.groupdict(), shown=shown)
    raise DateError(f"Không đọc được “{shown}” thành ngày; xin ghi ngày/tháng/năm, ví dụ 05/03/2026.")


def _plain(shown: str) -> str:
    """Folded text with separators tightened, time of day and lead words gone."""
    text = _LEAD.sub("", _TIME.sub("", fold(shown).rstrip(" .,;").lstrip("'")))
    text = _BLANK_PARTS.sub(lambda m: "00/" * m.group().count("/"), text)  # "…/…/1968" as in a form half filled
    return re.sub(r" ?([/.-]) ?", r"\1", text).strip()


def _from_parts(parts: dict[str, str | None], *, shown: str) -> PartialDate:
    day, month, year = (int(p) if (p := parts.get(key)) else None for key in "dmy")
    # Identity papers write an unknown day or month as 00.
    day, month = (day or None), (month or None)
    if day is not None and month is None:
        raise DateError(f"“{shown}” có ngày mà không có tháng; xin ghi thêm tháng.")
    assert year is not None
    if len(parts["y"] or "") < 4:
        raise _two_digit(year, month, day, shown=shown)
    return _checked(day=day, month=month, year=year, shown=shown)


def _checked(*, day: int | None, month: int | None, year: int, shown: str) -> PartialDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise DateError(f"“{shown}”: năm {year:04} không hợp lý; xin xem lại năm.")
    if month is not None and month > 12:
        raise DateError(f"“{shown}”: không có tháng {month}; xin ghi ngày trước, tháng sau (ngày/tháng/năm).")
    try:
        return PartialDate(year, month, day)
    except DateError as error:
        raise DateError(f"“{shown}”: {error.text_vi[0].lower()}{error.text_vi[1:]}") from None


def _two_digit(year: int, month: int | None, day: int | None, *, shown: str) -> DateError:
    """The question to ask, or the error when neither century has that day."""
    candidates: list[PartialDate] = []
    for full_year in (1900 + year, 2000 + year):
        try:
            candidates.append(_checked(day=day, month=month, year=full_year, shown=shown))
        except DateError as error:
            last = error
    if not candidates:
        return last
    choices = " hay ".join(c.display for c in candidates)
    return TwoDigitYear(f"“{shown}” chỉ có hai số của năm: {choices}? Xin ghi đủ bốn số.", candidates=tuple(candidates))


def _number_vi(value: float) -> str:
    return repr(value).replace(".", ",")
