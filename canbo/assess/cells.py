"""Facts as people read them in a list: labels of codes, lists joined, yes and no, partial dates; unknown is empty."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from canbo.facts.catalogue import Words
from canbo.kernel.dates import PartialDate
from canbo.kernel.numbers import decimal_text

UNKNOWN = "–"
LEGEND = "“–”: thiếu hồ sơ"
NONE = "Không"  # said to have none, which is not the same as unknown


def texts(*, frame: pl.DataFrame, name: str, words: Words) -> list[str]:
    """One fact of every row of a facts frame, in its order; "" where unknown."""
    labels = words.labels(name)
    if name in frame.columns:
        return [_single(value, labels) for value in frame[name].to_list()]
    bounds = zip(frame[f"{name}.lo"].to_list(), frame[f"{name}.hi"].to_list())
    return [between(lo, hi) for lo, hi in bounds]


def rows_of_texts(*, frame: pl.DataFrame, names: Sequence[str], words: Words) -> list[tuple[str, ...]]:
    """The rows of a facts frame as tuples of texts, a column a name."""
    columns = [texts(frame=frame, name=name, words=words) for name in names]
    return list(zip(*columns)) if columns else [()] * frame.height


def between(lo: Any, hi: Any) -> str:
    """A value known to lie in [lo, hi]: a date as precise as known, else one number or the two."""
    if lo is None or hi is None:
        return ""
    if isinstance(lo, date):
        return _days(lo, hi)
    return str(lo) if lo == hi else f"{lo}–{hi}"


def _days(lo: date, hi: date) -> str:
    for partial in (PartialDate(lo.year, lo.month, lo.day), PartialDate(lo.year, lo.month), PartialDate(lo.year)):
        if (partial.lo, partial.hi) == (lo, hi):
            return partial.display
    return f"{lo:%d/%m/%Y}–{hi:%d/%m/%Y}"


def _single(value: Any, labels: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else NONE
        case list():
            return "; ".join(labels.get(str(item), str(item)) for item in value if item is not None) or _empty(value)
        case date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return decimal_text(value)
        case _:
            return str(labels.get(str(value), value))


def _empty(items: list[Any]) -> str:
    """An empty list says "none"; one of which nothing could be read is unknown."""
    return "" if items else NONE
