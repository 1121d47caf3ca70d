"""Cells that hold dates in ways of their own: `T5/2023`, a span, two dates one above the other."""

import re

from canbo.kernel.dates import DateError, PartialDate, read_date
from canbo.kernel.text import clean

_SPOKEN_MONTH = re.compile(r"^(?:T|Th|Thg)\.?\s*(\d{1,2})\s*[/.\-]\s*(\d{4})$", re.I)
_SPAN = re.compile(r"^(?:từ\s+)?(?P<start>.+?)\s*(?:-|–|—|đến|->|→|~)\s*(?P<end>.+)$", re.I)
_TWO_DATES = re.compile(r"^(?P<first>\S+?)\s*[\n;,(\-–]\s*(?P<second>[\d/.\-]+)\)?$")
# A column of whole spans (`3/2021 - 6/2022`) tells two fields.
SPAN_ENDS = {"training_from": "training_to", "start": "end"}
STILL = frozenset({"nay", "hiện nay", "hiện tại", "đến nay", "nay."})


def month_spelled(text: str) -> str:
    """`T5/2023` as `5/2023`; any other text as it is."""
    found = _SPOKEN_MONTH.match(text)
    return f"{found[1]}/{found[2]}" if found else text


def read_span(text: str) -> tuple[PartialDate, PartialDate | None] | None:
    """(from, to) of `3/2021 - 6/2022`, `từ 2019 đến nay` (to None = still); None when it is no span of two dates."""
    found = _SPAN.match(clean(text))
    if not found:
        return None
    try:
        start = read_date(month_spelled(found["start"]))
        end = None if found["end"].lower() in STILL else read_date(month_spelled(found["end"]))
    except DateError:
        return None
    return start, end


def read_two_dates(text: str) -> tuple[PartialDate, PartialDate] | None:
    """Two dates in one cell (`3/2/1995` above `3/2/1996`): joining the Party and full membership."""
    found = _TWO_DATES.match(text.strip())
    if not found:
        return None
    try:
        return read_date(found["first"]), read_date(found["second"])
    except DateError:
        return None
