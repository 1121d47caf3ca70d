"""Tabs of a list by state, with counts: in service, soon to retire, past the age, incomplete, gone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from canbo.access.queries import units_under
from canbo.assess.columns import listable
from canbo.assess.former import last_services
from canbo.engine.compiler import compile
from canbo.engine.language import Expr, names, parse
from canbo.facts.registry import Ask
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.lists.question import Question
from canbo.web.shelf import SHELF

FORMER = "da-thoi"


def _soon(on: date) -> str:
    """Within the twelve months from the day; the month of retirement itself comes from the law's table."""
    return f"'{on.isoformat()}' <= retires_on <= '{_next_year(on).isoformat()}'"


def _next_year(on: date) -> date:
    return on.replace(year=on.year + 1, day=28 if (on.month, on.day) == (2, 29) else on.day)


# Code → label and condition of a day; the empty code is everybody in service.
STATES: dict[str, tuple[str, Callable[[date], str]]] = {
    "": ("Đang công tác", lambda on: ""),
    "sap-nghi": ("Đủ tuổi nghỉ hưu trong 12 tháng tới", _soon),
    "qua-tuoi": ("Đã quá tuổi nghỉ hưu", lambda on: "past_retirement"),
    "thieu": ("Hồ sơ chưa đủ mục bắt buộc", lambda on: "completeness < 100"),
    FORMER: ("Đã nghỉ, thôi việc", lambda on: ""),
}


@dataclass(frozen=True)
class Tab:
    label: str
    count: str
    query: str
    current: bool


def state_filter(state: str, *, snapshot: Snapshot, on: date, desk: Desk) -> Expr | None:
    """The condition of a state; None for none, and where the reader may not see what it rests on."""
    text = STATES.get(state, STATES[""])[1](on)
    if not text:
        return None
    found = parse(text, vocabulary=vocabulary(snapshot=snapshot, subject="person", map_on=on))
    return found if names(found) <= set(listable(snapshot=snapshot, scope=desk.scope)) else None


def tabs(question: Question, *, snapshot: Snapshot, desk: Desk) -> list[Tab]:
    """The states that hold anybody in the unit chosen, and the current one."""
    key = ("states", question.on, question.unit, question.own_unit, desk.scope, desk.actor.unit)
    counts = SHELF.get(snapshot=snapshot, key=key, make=lambda: _counts(question, snapshot, desk))
    current = question.state if question.state in STATES else ""
    return [
        Tab(label, thousands(counts[state]), question.query(tt=state, chon=""), state == current)
        for state, (label, _) in STATES.items()
        if counts[state] or state in ("", current)
    ]


def _counts(question: Question, snapshot: Snapshot, desk: Desk) -> dict[str, int]:
    found = {state: state_filter(state, snapshot=snapshot, on=question.on, desk=desk) for state in STATES}
    needed = {name for expr in found.values() if expr is not None for name in names(expr)}
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=question.on), names=needed, scope=desk.scope)
    serving = within(frame, question, desk)
    gone = within(last_services(snapshot=snapshot, on=question.on, scope=desk.scope), question, desk)
    counts = {state: serving.filter(compile(expr)).height if expr is not None else 0 for state, expr in found.items()}
    return counts | {"": serving.height, FORMER: gone.height}


def within(frame: pl.DataFrame, question: Question, desk: Desk) -> pl.DataFrame:
    """Who serves in the unit asked about (and below it), or in the reader's own alone."""
    if question.unit is not None:
        frame = frame.filter(pl.col("unit_id").is_in(list(units_under([question.unit]))))
    if question.own_unit and desk.actor.unit is not None:
        frame = frame.filter(pl.col("unit_id") == desk.actor.unit)
    return frame
