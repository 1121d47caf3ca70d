"""One obligation of one person, and what every source of them is given."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from canbo.assess.law_sets import Law
from canbo.engine.law.model import Cite, LawSet
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot


@dataclass(frozen=True, kw_only=True)
class DueRequest:
    """From `start` to `end`, both included; `law` says what was in force."""

    start: date
    end: date
    law: Law


@dataclass(frozen=True, slots=True)
class Due:
    """One obligation of one person: on a day, in a month, or somewhere between two days when papers are imprecise.

    `since`: it is open already, from that day on. `note` is what its date does not say: a notice to be given before, what
    the calendar leaves open.
    """

    key: int
    kind: str
    earliest: date
    latest: date
    by_month: bool
    what: str
    rule: str
    document: str
    since: date | None = None
    note: str = ""

    @property
    def text(self) -> str:
        """`05/2030`, `12/05/2030`, or the two ends; what is open already says since when."""
        if self.since is not None and self.earliest == self.since:
            return f"từ {PartialDate.from_date(self.since).display}"
        ends = [PartialDate(day.year, day.month) if self.by_month else PartialDate.from_date(day) for day in (self.earliest, self.latest)]
        return ends[0].display if ends[0] == ends[1] else f"{ends[0].display}–{ends[1].display}"

    @property
    def said(self) -> str:
        """What falls due, with its note."""
        return f"{self.what}; {self.note}" if self.note else self.what

    @property
    def cite(self) -> str:
        return " ".join(filter(None, (self.document, self.rule)))


Rows = Callable[[DueRequest, Snapshot, Actor, Scope], Iterable[Due]]


@dataclass(frozen=True)
class Source:
    """One kind of obligation, labelled and timed in canbo/laws/due.toml.

    `group` is the field group whose readers may see it. `apart`: long lists of open work, or everybody judged to find it;
    a page shows them only when they are chosen.
    """

    kind: str
    group: str
    rows: Rows
    apart: bool = False


def seen_keys(request: DueRequest, snapshot: Snapshot, scope: Scope) -> pl.Series:
    """People of the scope who serve at the start."""
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=request.start), names=("in_service",), scope=scope)
    return frame.filter(pl.col("in_service"))["key"]


def cited(cite: Cite | None, laws: LawSet) -> tuple[str, str]:
    """(article, document) as shown; empty where no law is known."""
    return (cite.article, laws.documents[cite.document].name) if cite else ("", "")
