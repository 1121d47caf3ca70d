"""Dated obligations: who reaches an age, whose term, bar or certificate ends between two days, each with its rule.

A registry: a mechanism adds a `Source`; command line, page and calendar read them all alike.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from canbo.assess.law_sets import Law
from canbo.documents.calendars import Entry
from canbo.dossier.models.learning import QUALIFICATION_KINDS
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
    """One obligation of one person: on a day, in a month, or somewhere between two days when papers are imprecise."""

    key: int
    kind: str
    earliest: date
    latest: date
    by_month: bool
    what: str
    rule: str
    document: str

    @property
    def text(self) -> str:
        """`05/2030`, `12/05/2030`, or the two ends."""
        ends = [PartialDate(day.year, day.month) if self.by_month else PartialDate.from_date(day) for day in (self.earliest, self.latest)]
        return ends[0].display if ends[0] == ends[1] else f"{ends[0].display}–{ends[1].display}"


_KINDS = dict(QUALIFICATION_KINDS)
Rows = Callable[[DueRequest, Snapshot, Scope], Iterable[Due]]


@dataclass(frozen=True)
class Source:
    """One kind of obligation. `group` is the field group whose readers may see it; `lead_days` = how early one is told."""

    kind: str
    label: str
    group: str
    lead_days: int
    rows: Rows


def due(
    *, request: DueRequest, sources: Sequence[Source], snapshot: Snapshot, actor: Actor, scope: Scope, kinds: Sequence[str] = ()
) -> list[Due]:
    """All obligations of the scope in time order; kinds of a group the reader does not see are left out."""
    chosen = [s for s in sources if (not kinds or s.kind in kinds) and scope.sees_group(s.group)]
    found = [row for source in chosen for row in source.rows(request, snapshot, scope)]
    return sorted(found, key=lambda row: (row.earliest, row.kind, row.key))


def seen_keys(request: DueRequest, snapshot: Snapshot, scope: Scope) -> pl.Series:
    """People of the scope who serve at the start."""
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=request.start), names=("in_service",), scope=scope)
    return frame.filter(pl.col("in_service"))["key"]


# --- retirement


def _retirement(request: DueRequest, snapshot: Snapshot, scope: Scope) -> Iterable[Due]:
    """The month in which the age is reached; who reached it before the start is not here."""
    names = ("in_service", "retires_on")
    ask = Ask(on=request.start, laws=request.law.central)
    frame = facts_frame(snapshot=snapshot, ask=ask, names=names, scope=scope).filter(pl.col("in_service"))
    lo, hi = pl.col("retires_on.lo"), pl.col("retires_on.hi")
    near = frame.filter(hi >= request.start, lo.dt.month_start() <= request.end).select("key", lo, hi)
    version = request.law.central.parameters["retirement_age"].versions[0]
    cite = request.law.central.documents[version.cite.document]
    for key, first, last in near.iter_rows():
        yield Due(key, "retirement", first, last, True, "Đủ tuổi nghỉ hưu", version.cite.article, cite.name)


# --- spans that end: terms, bars after discipline, certificates


def _terms(request: DueRequest, snapshot: Snapshot, scope: Scope) -> Iterable[Due]:
    rows = snapshot.tables.frames["holding"].filter(pl.col("end_before").is_null() | (pl.col("end_before") > request.start))
    for key, first, last, title in _ending(rows, "term_end", "title_text", request, snapshot, scope):
        what = f"Hết nhiệm kỳ, thời hạn giữ chức vụ: {title}" if title else "Hết nhiệm kỳ, thời hạn giữ chức vụ"
        yield Due(key, "term", first, last, False, what, "Thời hạn ghi trong hồ sơ", "")


def _certificates(request: DueRequest, snapshot: Snapshot, scope: Scope) -> Iterable[Due]:
    rows = snapshot.tables.frames["qualification"]
    for key, first, last, kind in _ending(rows, "valid_until", "kind", request, snapshot, scope):
        what = f"Chứng chỉ hết giá trị: {_KINDS.get(kind, kind)}" if kind else "Chứng chỉ hết giá trị"
        yield Due(key, "certificate", first, last, False, what, "Thời hạn ghi trên chứng chỉ", "")


def _ending(
    rows: pl.DataFrame, column: str, text: str, request: DueRequest, snapshot: Snapshot, scope: Scope
) -> Iterable[tuple[int, date, date, str | None]]:
    """(key, first, last possible day, text) of rows whose partial date may fall into the period."""
    lo, hi = pl.col(f"{column}_lo"), pl.col(f"{column}_hi")
    keys = seen_keys(request, snapshot, scope)
    near = rows.filter(hi >= request.start, lo <= request.end, pl.col("person").is_in(keys.implode()))
    return near.select("person", lo, hi, pl.col(text).cast(pl.String)).iter_rows()  # type: ignore[return-value]


def _bars(request: DueRequest, snapshot: Snapshot, scope: Scope) -> Iterable[Due]:
    """The first day on which a bar after discipline is over."""
    ask = Ask(on=request.start, laws=request.law.central)
    names = ("in_service", "appointment_barred_until")
    frame = facts_frame(snapshot=snapshot, ask=ask, names=names, scope=scope).filter(pl.col("in_service"))
    lo, hi = pl.col("appointment_barred_until.lo"), pl.col("appointment_barred_until.hi")
    parameter = request.law.central.parameters["party_block_months"].on(request.start)
    rule = parameter.cite.article if parameter else ""
    document = request.law.central.documents[parameter.cite.document].name if parameter else ""
    for key, first, last in frame.filter(hi >= request.start, lo <= request.end).select("key", lo, hi).iter_rows():
        yield Due(key, "block", first, last, False, "Hết thời hạn chưa được bổ nhiệm chức vụ cao hơn do kỷ luật", rule, document)


SOURCES: tuple[Source, ...] = (
    Source("retirement", "Đủ tuổi nghỉ hưu", "basic", 365, _retirement),
    Source("term", "Hết nhiệm kỳ, thời hạn giữ chức vụ", "career", 90, _terms),
    Source("block", "Hết thời hạn sau kỷ luật", "discipline", 30, _bars),
    Source("certificate", "Chứng chỉ hết giá trị", "qualification", 90, _certificates),
)


def names_of(keys: Iterable[int], *, snapshot: Snapshot) -> dict[int, tuple[str, str | None]]:
    """key → (name, birth as ISO, as precise as known)."""
    people = snapshot.tables.frames["person"].filter(pl.col("id").is_in(list(keys)))
    found = {}
    for key, name, lo, hi in people.select("id", "full_name", "birth_lo", "birth_hi").iter_rows():
        found[key] = name or "", _iso(lo, hi)
    return found


def entry_of(row: Due, name: str) -> Entry:
    """The obligation in a calendar: a month from its first day, with its citation."""
    start = row.earliest.replace(day=1) if row.by_month else row.earliest
    uid = f"{row.kind}-{row.key}-{row.earliest:%Y%m%d}"
    return Entry(uid, start, row.latest, f"{row.what}: {name}", " ".join(filter(None, (row.document, row.rule))))


def _iso(lo: date | None, hi: date | None) -> str | None:
    if lo is None or hi is None:
        return None
    for partial in (PartialDate.from_date(lo), PartialDate(lo.year, lo.month), PartialDate(lo.year)):
        if (partial.lo, partial.hi) == (lo, hi):
            return partial.iso
    return f"{lo.isoformat()}/{hi.isoformat()}"


__all__ = ["SOURCES", "Due", "DueRequest", "Source", "due", "entry_of", "names_of"]
