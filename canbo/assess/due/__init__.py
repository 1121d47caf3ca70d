"""Dated obligations: who reaches an age, whose term, bar or certificate ends, what waits for an answer – each with its rule.

A registry: a mechanism adds a `Source`, and a kind to canbo/laws/due.toml; command line, page, calendar and overview read all alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from canbo.assess.due import dossiers, losing, spans
from canbo.assess.due.model import Due, DueRequest, Source
from canbo.documents.calendars import Entry
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.dates import PartialDate
from canbo.organization.lead_times import due_kinds
from canbo.snapshot.store import Snapshot

SOURCES: tuple[Source, ...] = (
    Source("retirement", "basic", spans.retirement),
    Source("term", "career", spans.terms),
    Source("appointment", "career", spans.appointments),
    Source("block", "discipline", spans.bars),
    Source("certificate", "qualification", spans.certificates),
    Source("declaration", "basic", dossiers.declarations),
    Source("standard", "career", losing.standards_lost, apart=True),
    Source("dossier", "basic", dossiers.incomplete, apart=True),
)
# Of every kind there is, those of mechanisms above this package too.
LABELS = {code: kind.label for code, kind in due_kinds().items()}


def due(
    *, request: DueRequest, sources: Sequence[Source], snapshot: Snapshot, actor: Actor, scope: Scope, kinds: Sequence[str] = (),
    lead: Mapping[str, int] | None = None,
) -> list[Due]:
    """All obligations of the scope in time order, those open already last; kinds of a group the reader does not see are left out.

    With `lead`, each kind is asked only so many days ahead of the start.
    """
    chosen = [s for s in sources if (not kinds or s.kind in kinds) and scope.sees_group(s.group)]
    found = [row for source in chosen for row in source.rows(_ahead(request, source.kind, lead), snapshot, actor, scope)]
    return sorted(found, key=lambda row: (row.since is not None, row.earliest, row.kind, row.key))


def _ahead(request: DueRequest, kind: str, lead: Mapping[str, int] | None) -> DueRequest:
    return request if lead is None else replace(request, end=request.start + timedelta(days=lead[kind]))


def unreckoned(*, request: DueRequest, snapshot: Snapshot, actor: Actor, scope: Scope, kinds: Sequence[str] = ()) -> list[str]:
    """One sentence for each kind that could not be reckoned for some people of the scope."""
    if kinds and "retirement" not in kinds:
        return []
    count = spans.without_birth(request, snapshot, scope)
    return [f"{count} người chưa có ngày sinh hoặc giới tính nên chưa tính được tháng nghỉ hưu; hãy bổ sung hồ sơ."] if count else []


def names_of(keys: Iterable[int], *, snapshot: Snapshot) -> dict[int, tuple[str, str | None]]:
    """key → (name, birth as ISO, as precise as known)."""
    people = snapshot.tables.frames["person"].filter(pl.col("id").is_in(list(keys)))
    found = {}
    for key, name, lo, hi in people.select("id", "full_name", "birth_lo", "birth_hi").iter_rows():
        found[key] = name or "", _iso(lo, hi)
    return found


def entry_of(row: Due, name: str) -> Entry:
    """The obligation in a calendar: a month from its first day, with its citation; what is open already on its last day."""
    start = row.earliest.replace(day=1) if row.by_month else row.latest if row.since else row.earliest
    uid = f"{row.kind}-{row.key}-{row.earliest:%Y%m%d}"
    return Entry(uid, start, row.latest, f"{row.said}: {name}", row.cite)


def _iso(lo: date | None, hi: date | None) -> str | None:
    if lo is None or hi is None:
        return None
    for partial in (PartialDate.from_date(lo), PartialDate(lo.year, lo.month), PartialDate(lo.year)):
        if (partial.lo, partial.hi) == (lo, hi):
            return partial.iso
    return f"{lo.isoformat()}/{hi.isoformat()}"


__all__ = ["LABELS", "SOURCES", "Due", "DueRequest", "Source", "due", "entry_of", "names_of", "unreckoned"]
