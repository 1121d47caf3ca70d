"""Up to five people side by side: the same facts and findings for everybody, in the order chosen; no sum, no mark."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from canbo.assess.cells import texts
from canbo.assess.law_sets import Law
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.planning.judging import Judged, laws_at
from canbo.planning.models import Slate
from canbo.planning.queries import slate
from canbo.planning.review import judged_slates
from canbo.planning.rounds import PlanningRefused
from canbo.planning.sources import told
from canbo.snapshot.queries import facts_frame, words_of
from canbo.snapshot.store import Snapshot

COMPARED = 5
COMPARISON = (
    "name", "birth", "age", "sex", "ethnicity", "native_place", "party_joined", "position", "unit", "degree", "degree_field",
    "political_theory", "state_management", "rating_last", "good_years", "last_trained_on", "planned_for", "retires_on", "months_left",
    "disciplined",
)  # fmt: skip


def compared(
    *, pk: int, people: Sequence[int], law: Law, snapshot: Snapshot, actor: Actor, scope: Scope
) -> tuple[Slate, list[tuple[str, list[str]]], list[Judged]]:
    """Up to five people of a slate or its sources side by side: (label, a text each) row by row, and what was found of each."""
    row = slate(pk=pk, actor=actor, scope=scope)
    chosen = list(dict.fromkeys(people))
    if not 2 <= len(chosen) <= COMPARED:
        raise PlanningRefused(f"So sánh từ 2 đến {COMPARED} người; hãy chọn lại.")
    laws = laws_at(row.home.unit_id, law, snapshot)
    facts = [name for name in COMPARISON if scope.sees_group(snapshot.frames.facts[name].group)]
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=row.home.round.on, laws=laws), names=facts, scope=replace(scope, own_person=None))
    frame = frame.filter(pl.col("key").is_in(chosen))
    if frame.height < len(chosen):
        raise PlanningRefused("Có người không thuộc phạm vi bạn xem được; hãy chọn lại.")
    order = {key: place for place, key in enumerate(frame["key"].to_list())}
    words = words_of(facts, snapshot=snapshot, map_on=row.home.round.on)
    rows = []
    for name in facts:
        column = told(texts(frame=frame, name=name, words=words))
        rows.append((words[name].label, [column[order[person]] for person in chosen]))
    judged = judged_slates(slates=[row], lines={}, law=law, snapshot=snapshot, actor=actor, scope=scope, extra={row.pk: chosen})[row.pk]
    return row, rows, [judged[person] for person in chosen]
