"""A log of entries → the state it stands for: what is due now, who carries it, and why it may be blocked. A pure fold."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from canbo.engine.procedures.duties import BESIDE_MOVES, MOVES
from canbo.engine.procedures.model import BESIDES, DEFAULT_CARRIER, DUTIES, ProcedureRefused, Steps, WantedPaper
from canbo.engine.procedures.state import (
    STATUSES,
    Entry,
    State,
    Status,
    candidates,
    due,
    may_introduce,
    names_on_slip,
    start_of,
)
from canbo.kernel.dates import months_back


def replay(steps: Steps, start: State, log: Iterable[Entry]) -> State:
    """The state after all entries; ProcedureRefused where an entry could never have been written."""
    state = start
    for entry in log:
        state = apply(steps, state, entry)
    return state


def may(steps: Steps, state: State) -> dict[str, str]:
    """Duty → who carries it, for everything that may be done now."""
    now = due(steps, state)
    if now is None:
        return {}
    step, duty = now
    besides = (name for name in BESIDES if name != "introduce" or may_introduce(steps, state))
    return {duty: step.carrier(duty), **{name: DEFAULT_CARRIER.get(name, "officer") for name in besides}}


def blocked_because(steps: Steps, state: State, on: date) -> list[str]:
    """What is missing before the duty that is due: opinions and papers, each in one sentence.

    They are wanted when a step begins, after the opinions it asks for itself; what has begun is not blocked again.
    """
    now = due(steps, state)
    if now is None:
        return []
    step, duty = now
    if duty == "opinion" or any(done != "opinion" for done in step.duties[: state.duty]):
        return []
    missing = [f"Chưa có ý kiến bằng văn bản: {what}." for what in step.before if what not in state.opinions]
    return missing + [said for paper in step.papers if (said := _paper_missing(paper, state, on))]


def apply(steps: Steps, state: State, entry: Entry) -> State:
    """The state after one more entry, or ProcedureRefused with why and by which article."""
    now = due(steps, state)
    if now is None:
        raise ProcedureRefused(f"Việc này {STATUSES[state.status]}, không ghi thêm bước được; hãy mở việc mới nếu cần làm lại.")
    if entry.on < state.last_on:
        raise ProcedureRefused("Ngày của bước không thể trước ngày của bước liền trước; hãy sửa ngày.")
    step, duty = now
    if entry.duty in BESIDE_MOVES:
        return BESIDE_MOVES[entry.duty](steps, _on(state, entry.on), entry)
    if (entry.step, entry.duty) != (step.code, duty):
        said = DUTIES.get(entry.duty, entry.duty)
        raise ProcedureRefused(f"Chưa tới lúc {said}: bước đang chờ là “{step.label}” – {DUTIES[duty]} ({step.cite.article}).")
    missing = blocked_because(steps, state, entry.on)
    if missing:
        raise ProcedureRefused(f"Chưa làm được bước “{step.label}” ({step.cite.article}). " + " ".join(missing))
    return MOVES[duty](steps, _on(state, entry.on), entry)


def _on(state: State, on: date) -> State:
    return state if state.last_on == on else replace(state, last_on=on)


def _paper_missing(paper: WantedPaper, state: State, on: date) -> str:
    dated = state.papers.get(paper.kind)
    if dated is None:
        return f"Chưa có {paper.label}."
    if paper.max_age_months is not None and dated < months_back(on, paper.max_age_months):
        return f"{paper.label} đã quá {paper.max_age_months} tháng; hãy lấy bản mới."
    return ""


__all__ = [
    "STATUSES", "Entry", "State", "Status", "apply", "blocked_because", "candidates", "due", "may", "may_introduce", "names_on_slip",
    "replay", "start_of",
]  # fmt: skip
