"""Whether a plan can come true, as facts: time left, the seat, what she must complete. No chance is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from canbo.assess.law_sets import Law
from canbo.facts.registry import Ask
from canbo.kernel.actors import Scope
from canbo.planning.judging import Judged, laws_at
from canbo.planning.models import Line
from canbo.planning.order import below
from canbo.planning.strength import Holder, held_on, holder_of, leaves_of
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot


@dataclass(frozen=True, slots=True)
class Feasible:
    """Facts that say whether a plan can come true: whole terms she can still serve, when a seat is expected, what she must complete."""

    months_left: str
    terms: int | None
    seat: str
    to_complete: tuple[str, ...]


def feasibility(*, line: Line, judged: Judged, law: Law, snapshot: Snapshot, scope: Scope, until: date) -> Feasible:
    """For one line: time left on the day ages are counted, the seat, the gaps. The length of a term is the law's own number."""
    slate = line.slate
    laws = laws_at(slate.home.unit_id, law, snapshot)
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=slate.age_on, laws=laws), names=("months_left",), scope=scope)
    found = frame.filter(pl.col("key") == line.person_id).select("months_left.lo", "months_left.hi").rows()
    low, high = found[0] if found else (None, None)
    term = laws.parameters["first_term_months"].on(slate.home.round.on) if "first_term_months" in laws.parameters else None
    whole = int(str(term.value)) if term and term.value else None
    units = below(slate.home.unit_id, snapshot)  # a commune's chairman holds the post at its people's committee
    held = [row for row in held_on(slate.home.round.on, units, scope) if row.title_id == slate.title_id]
    leaves = leaves_of({row.person_id for row in held}, slate.home.round.on, snapshot, scope)
    months = "" if low is None else f"{low} tháng" if low == high else f"{low}–{high} tháng"
    return Feasible(
        months, low // whole if low is not None and whole else None,
        _seat([holder_of(row, leaves, until) for row in held], slate.size), tuple(r.label for r in judged.to_complete),
    )  # fmt: skip


def _seat(holders: Sequence[Holder], size: int | None) -> str:
    free = (size or 0) - len(holders)
    if free > 0:
        return f"đang khuyết {free} vị trí"
    days = sorted((one.leaves, one.why) for one in holders if one.leaves)
    if days:
        return f"dự kiến khuyết từ {days[0][0]:%d/%m/%Y} ({days[0][1]})"
    return "chưa thấy vị trí sẽ khuyết" if holders else "chưa có ai đang giữ chức danh này"
