"""The order of lines and entries, when a slate is done, which units lie below: of rows already read, so no reader is named here."""

from typing import Any

from canbo.dossier.models import PlanEntry
from canbo.kernel.text import sort_key
from canbo.planning.models import Line, RoundUnit, Slate
from canbo.snapshot.store import Snapshot


def in_order(line: Line) -> tuple[Any, ...]:
    return line.order or 9999, sort_key(line.person.full_name), line.pk


def is_decided(slate: Slate, changed: bool, home: RoundUnit) -> bool:
    """Every case of the slate is over; one that changes nobody is done once its unit has sent its lists."""
    cases = [case for case in (slate.adding, slate.removing) if case is not None]
    return all(case.status in ("done", "stopped") for case in cases) if cases else not changed and home.sent_on is not None


def entry_order(row: PlanEntry) -> tuple[Any, ...]:
    title = row.title.protocol_order if row.title else 99999
    start = row.start.iso if row.start else ""
    return (
        row.unit.order if row.unit else 0, row.unit.name if row.unit else "", row.term.code if row.term else "", title,
        row.title_text, sort_key(row.person.full_name), start, row.pk,
    )  # fmt: skip


def below(unit: int, snapshot: Snapshot) -> frozenset[int]:
    """A unit and all units below it."""
    found, more = {unit}, True
    while more:
        new = {pk for pk, (parent, _) in snapshot.units.items() if parent in found} - found
        found |= new
        more = bool(new)
    return frozenset(found)
