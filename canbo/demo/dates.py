"""Days as numbers while a life is invented, as ISO text once it is written: adding months is then adding numbers."""

from datetime import date

YEAR = 365.2425
_FIRST = date(1930, 1, 1).toordinal()
_ISO = tuple(date.fromordinal(n).isoformat() for n in range(_FIRST, date(2060, 1, 1).toordinal()))


def iso(day: float) -> str:
    """The day of this ordinal (fractions cut off) as ISO text."""
    return _ISO[int(day) - _FIRST]


def ordinal(text: str) -> int:
    """The first day a partial ISO date can be."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day).toordinal()
