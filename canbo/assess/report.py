"""A question about a date and its answer, as values: figures with their text, what they are broken down by, the change."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from canbo.assess.measures import Measure
from canbo.engine.measures import Count, count_text, share_pct, share_text
from canbo.facts.catalogue import Words
from canbo.facts.registry import Subject

NOUNS: dict[str, str] = {
    "person": "người", "holding": "lượt chức vụ", "seat": "vị trí", "entry": "lượt quy hoạch", "attendance": "lượt",
    "unit": "đơn vị",
}  # fmt: skip
SMALL = 20  # a population up to this size is also printed as k/N, as articles do


@dataclass(frozen=True, kw_only=True)
class StatRequest:
    """One question. `where` and measures are texts of the language; `period` bounds what happened (inclusive days).

    `population` is the name of a ready-made one, `unit` the code of a unit counted with all below it; both narrow `where`.
    """

    on: date
    subject: Subject = "person"
    population: str = ""
    unit: str = ""
    where: str = ""
    measures: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    map_on: date | None = None
    compare_on: date | None = None
    compare_where: str | None = None
    period: tuple[date, date] | None = None


@dataclass(frozen=True)
class StatRow:
    """One figure. `by` holds codes (None = unknown), `labels` what people read; `people` stands beside a count of turns."""

    measure: Measure
    by: dict[str, Any]
    labels: dict[str, str]
    count: Count
    before: Count | None = None
    points: Decimal | None = None
    people: Count | None = None
    depth: int = 0

    @property
    def heads(self) -> int | None:
        """The change in number since the other day."""
        return None if self.before is None else self.count.count - self.before.count

    @property
    def text(self) -> str:
        """As officials print it: `393 (45,28%)`; a small population also as `10/11`."""
        if self.measure.that == "" and not self.by:
            return count_text(replace(self.count, of=0))
        small = f"; {share_text(self.count)}" if 0 < self.count.of <= SMALL else ""
        return count_text(self.count) + small


@dataclass(frozen=True)
class StatReport:
    """The answer: rows in the order of the measures, the population in words, sum checks, and the state it was read at."""

    request: StatRequest
    rows: tuple[StatRow, ...]
    where_text: str
    checks: tuple[str, ...]
    noun: str
    seq: int
    by_labels: tuple[str, ...] = ()


def label_of(words: Words, name: str, value: Any) -> str:
    """What people read for a code of a fact."""
    if value is None:
        return "chưa rõ"
    if isinstance(value, bool):
        return "có" if value else "không"
    found = words.labels(name).get(str(value))
    return found or (value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value))


def row_json(row: StatRow) -> dict[str, Any]:
    """A figure as the command line prints it."""
    share = share_pct(row.count)
    found: dict[str, Any] = {
        "measure": row.measure.name,
        "label": row.measure.label,
        "by": {
            name: value if value is None or isinstance(value, bool | int) else str(value)
            for name, value in row.by.items()
        },
        "labels": row.labels,
        "count": row.count.count,
        "of": row.count.of,
        "unknown": row.count.unknown,
        "where_unknown": row.count.where_unknown,
        "share_pct": None if share is None else float(share),
        "text": row.text,
    }
    if row.people is not None:
        found["people"] = {"count": row.people.count, "of": row.people.of, "unknown": row.people.unknown}
    if row.before is not None:
        before = share_pct(row.before)
        found["compare"] = {
            "count": row.before.count, "of": row.before.of, "share_pct": None if before is None else float(before),
        }  # fmt: skip
        found["heads"] = row.heads
        found["points"] = None if row.points is None else float(row.points)
    return found
