"""Periods of evaluation: a month, a quarter, half a year, a year, a term – their first day and the day after their last."""

import re
from datetime import date

from canbo.engine.law.model import Period

_SHAPES = {
    "month": re.compile(r"(\d{4})-(\d{2})"), "quarter": re.compile(r"(\d{4})-Q([1-4])"), "half": re.compile(r"(\d{4})-H([12])"),
    "year": re.compile(r"(\d{4})"), "term": re.compile(r"(\d{4})-(\d{4})"),
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "half": 6}
EXAMPLES = {"month": "2026-03", "quarter": "2026-Q1", "half": "2026-H1", "year": "2026", "term": "2025-2030"}


class PeriodRefused(ValueError):
    """A text that is no period of its kind; the sentence gives an example."""


def period_of(kind: str, text: str) -> Period:
    """[first day, day after the last); PeriodRefused with an example."""
    found = _SHAPES[kind].fullmatch(text.strip()) if kind in _SHAPES else None
    if found is None:
        raise PeriodRefused(f"Chưa đọc được kỳ “{text}”; hãy ghi như {EXAMPLES.get(kind, '2026')}.")
    year = int(found[1])
    if kind == "year":
        return Period(date(year, 1, 1), date(year + 1, 1, 1))
    if kind == "term":
        return _term(year, int(found[2]), text)
    length = _MONTHS[kind]
    first = (int(found[2]) - 1) * length
    if first > 11:
        raise PeriodRefused(f"Không có tháng {found[2]}; hãy ghi như {EXAMPLES[kind]}.")
    end = first + length
    return Period(date(year, first + 1, 1), date(year + end // 12, end % 12 + 1, 1))


def _term(first: int, last: int, text: str) -> Period:
    if last <= first:
        raise PeriodRefused(f"Nhiệm kỳ “{text}” kết thúc trước khi bắt đầu; hãy ghi như {EXAMPLES['term']}.")
    return Period(date(first, 1, 1), date(last + 1, 1, 1))


def months_in(period: Period) -> list[str]:
    """`2026-01`, `2026-02` …, each month of the period."""
    found, here = [], period.start
    while period.end is None or here < period.end:
        found.append(f"{here:%Y-%m}")
        here = date(here.year + here.month // 12, here.month % 12 + 1, 1)
    return found
