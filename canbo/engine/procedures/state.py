"""Where a case stands: the entries of its log and the state they add up to. Values only; `replay` makes them, `duties` moves them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal

from canbo.engine.procedures.ballots import Attendance, Outcome, Tally
from canbo.engine.procedures.model import Ballot, ProcedureRefused, Step, Steps

Status = Literal["open", "done", "stopped", "withdrawn"]
STATUSES: dict[str, str] = {"open": "đang làm", "done": "đã xong", "stopped": "dừng lại, báo cáo", "withdrawn": "đã rút"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: a duty of a step carried out on a day, with what was written down.

    Keys of `data`, values as a form or stored JSON has them, days as dates: convene: convened, present, members, excused;
    conclude: names; count, recount: board (names), issued, collected, valid, votes (name → number); settle: names, reason;
    opinion: kind, body, number, dated, conclusion, or unless; decide: names, refused (name → reason), number;
    paper: kind, dated; return: to (step), reason; withdraw: reason; introduce: names, by.
    """

    step: str
    duty: str
    on: date
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands: `step` and `duty` are numbers, `names` those considered now, `listed` the `opened_with` it was opened
    with and those introduced since; `introduced`: step → who was introduced there.

    `passed`: step → who went on. `tie` waits for the head, `sure` passed clearly above it. `opinions`: kind → step it was
    given at. `extra` = the ballot of this step is held once more. `outcome` = of the last ballot.
    """

    status: Status
    step: int
    duty: int
    names: tuple[int, ...]
    seats: int
    opened_on: date
    last_on: date
    listed: tuple[int, ...] = ()
    opened_with: int = 0
    introduced: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    passed: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    done_on: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    attendance: Attendance | None = None
    first: Tally | None = None
    tie: tuple[int, ...] = ()
    sure: tuple[int, ...] = ()
    extra: bool = False
    opinions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    papers: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    approved: tuple[int, ...] = ()
    refused: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    outcome: Outcome | None = None


def start_of(*, names: Iterable[int], seats: int, on: date) -> State:
    """The state of a case just opened."""
    listed = tuple(dict.fromkeys(names))
    return State("open", 0, 0, listed, seats, on, on, listed=listed, opened_with=len(listed))


def step_of(steps: Steps, state: State) -> Step:
    return steps.steps[state.step]


def due(steps: Steps, state: State) -> tuple[Step, str] | None:
    """The step and duty that is due, None when the case is over."""
    if state.status != "open":
        return None
    step = step_of(steps, state)
    return step, "settle" if state.tie else step.duties[state.duty]


def candidates(steps: Steps, state: State) -> tuple[int, ...]:
    """Who may be voted for at the present step: the list of the case, or those who went on at a named step and those introduced
    at this one."""
    if state.extra:
        return state.names
    step = step_of(steps, state)
    return tuple(dict.fromkeys((*state.passed.get(step.candidates, state.listed), *state.introduced.get(step.code, ()))))


def may_introduce(steps: Steps, state: State) -> bool:
    """Whether somebody may be introduced now: the step lets people be named, and nobody has counted yet."""
    if state.status != "open" or state.tie or state.extra:
        return False
    step = step_of(steps, state)
    return step.introduces and state.duty <= step.duties.index("count")


def ballot_of(steps: Steps, state: State) -> Ballot:
    """How the present step votes now; the ballot held once more has its own base and majority."""
    step = step_of(steps, state)
    if step.ballot is None:
        raise ProcedureRefused(f"Bước “{step.label}” không bỏ phiếu.")
    if state.extra and step.ballot.differs_need:
        return replace(step.ballot, base=step.ballot.differs_base, rules=(step.ballot.differs_need,), tie_at=None)
    return step.ballot


def names_on_slip(steps: Steps, state: State) -> int:
    """How many names one slip may hold: so many for each place."""
    return ballot_of(steps, state).choose * state.seats


def moved_on(steps: Steps, state: State, **changes: Any) -> State:
    """On to the next duty, the next step, or the end, with what the duty changed."""
    step = step_of(steps, state)
    if state.duty + 1 < len(step.duties):
        return replace(state, duty=state.duty + 1, **changes)
    last = state.step + 1 == len(steps.steps)
    end: dict[str, Any] = {
        "duty": 0, "step": state.step if last else state.step + 1, "status": "done" if last else "open",
        "attendance": None, "first": None, "extra": False,
        "passed": MappingProxyType({**state.passed, step.code: changes.get("names", state.names)}),
        "done_on": MappingProxyType({**state.done_on, step.code: state.last_on}),
    }  # fmt: skip
    return replace(state, **{**changes, **end})


def sent_back(steps: Steps, state: State, to: int) -> State:
    """At the start of step number `to`: what was counted, concluded, heard or introduced from there on no longer stands; papers stay."""
    kept = [step.code for step in steps.steps[:to]]
    introduced = {code: names for code, names in state.introduced.items() if code in kept}
    listed = tuple(dict.fromkeys((*state.listed[: state.opened_with], *chain(*introduced.values()))))
    return State(
        "open", to, 0, state.passed[kept[-1]] if kept else listed, state.seats, state.opened_on, state.last_on,
        listed=listed, opened_with=state.opened_with, introduced=MappingProxyType(introduced), papers=state.papers,
        passed=MappingProxyType({code: state.passed[code] for code in kept}),
        done_on=MappingProxyType({code: state.done_on[code] for code in kept}),
        opinions=MappingProxyType({kind: code for kind, code in state.opinions.items() if code in kept}),
    )  # fmt: skip
