"""A log of entries → the state it stands for: what is due now, who carries it, and why it may be blocked. A pure fold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from canbo.engine.procedures.ballots import Attendance, Outcome, Tally, checked_attendance, checked_tally, outcome
from canbo.engine.procedures.model import (
    BESIDES,
    CARRIERS,
    DEFAULT_CARRIER,
    DUTIES,
    Ballot,
    ProcedureRefused,
    Step,
    Steps,
    WantedPaper,
)
from canbo.kernel.dates import months_back

Status = Literal["open", "done", "stopped", "withdrawn"]
STATUSES: dict[str, str] = {"open": "đang làm", "done": "đã xong", "stopped": "dừng lại, báo cáo", "withdrawn": "đã rút"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: a duty of a step carried out on a day, with what was written down."""

    step: str
    duty: str
    on: date
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. `names` are those considered now; `passed` those who went on at each step already done."""

    status: Status
    step: int
    duty: int
    names: tuple[int, ...]
    seats: int
    opened_on: date
    last_on: date
    passed: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    done_on: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    attendance: Attendance | None = None
    first: Tally | None = None
    tie: tuple[int, ...] = ()
    extra: bool = False
    opinions: frozenset[str] = frozenset()
    papers: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    approved: tuple[int, ...] = ()
    refused: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    outcome: Outcome | None = None


def opened(*, names: Iterable[int], seats: int, on: date) -> State:
    """The state of a case just opened."""
    return State("open", 0, 0, tuple(dict.fromkeys(names)), seats, on, on)


def replay(steps: Steps, start: State, log: Iterable[Entry]) -> State:
    """The state after all entries; ProcedureRefused where an entry could never have been written."""
    state = start
    for entry in log:
        state = apply(steps, state, entry)
    return state


def due(steps: Steps, state: State) -> tuple[Step, str] | None:
    """The step and duty that is due, None when the case is over."""
    if state.status != "open":
        return None
    step = steps.steps[state.step]
    return step, "settle" if state.tie else step.duties[state.duty]


def may(steps: Steps, state: State) -> dict[str, str]:
    """Duty → who carries it, for everything that may be done now."""
    now = due(steps, state)
    if now is None:
        return {}
    step, duty = now
    return {duty: step.carrier(duty), **{name: DEFAULT_CARRIER.get(name, "officer") for name in BESIDES}}


def blocked_because(steps: Steps, state: State, on: date) -> list[str]:
    """What is missing before the duty that is due: opinions and papers, each in one sentence."""
    now = due(steps, state)
    if now is None:
        return []
    step, duty = now
    if duty == "opinion" or (state.duty > 0 and step.duties[0] != "opinion"):
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
    state = replace(state, last_on=entry.on)
    if entry.duty in _BESIDES:
        return _BESIDES[entry.duty](steps, state, entry)
    if (entry.step, entry.duty) != (step.code, duty):
        said = DUTIES.get(entry.duty, entry.duty)
        raise ProcedureRefused(f"Chưa tới lúc {said}: bước đang chờ là “{step.label}” – {DUTIES[duty]} ({step.cite.article}).")
    missing = blocked_because(steps, state, entry.on)
    if missing:
        raise ProcedureRefused(f"Chưa làm được bước “{step.label}” ({step.cite.article}). " + " ".join(missing))
    return _DUTIES[duty](steps, state, entry)


# --- duties


def _next(steps: Steps, state: State) -> State:
    """On to the next duty, the next step, or the end."""
    step = steps.steps[state.step]
    if state.duty + 1 < len(step.duties):
        return replace(state, duty=state.duty + 1)
    done = replace(
        state, duty=0, step=state.step + 1, attendance=None, first=None, extra=False,
        passed=MappingProxyType({**state.passed, step.code: state.names}),
        done_on=MappingProxyType({**state.done_on, step.code: state.last_on}),
    )  # fmt: skip
    return done if done.step < len(steps.steps) else replace(done, status="done", step=state.step)


def _submit(steps: Steps, state: State, entry: Entry) -> State:
    return _next(steps, state)


def _convene(steps: Steps, state: State, entry: Entry) -> State:
    step = steps.steps[state.step]
    numbers = {name: int(entry.data.get(name, 0)) for name in ("convened", "present", "members", "excused")}
    return _next(steps, replace(state, attendance=checked_attendance(Attendance(**numbers), step.quorum)))


def _conclude(steps: Steps, state: State, entry: Entry) -> State:
    names = _among(entry.data.get("names", state.names), candidates(steps, state), "kết luận")
    if not names:
        return replace(state, status="stopped", names=())
    return _next(steps, replace(state, names=names))


def _count(steps: Steps, state: State, entry: Entry) -> State:
    return _next(steps, replace(state, first=_tally(steps, state, entry)))


def _recount(steps: Steps, state: State, entry: Entry) -> State:
    """The second count must agree with the first; a difference sends both back."""
    second = _tally(steps, state, entry)
    if second != state.first:
        raise ProcedureRefused(
            "Hai lần kiểm phiếu không khớp nhau; hãy kiểm lại, rồi ghi lại lần thứ hai, hoặc trả lại bước này để kiểm từ đầu."
        )
    ballot, attendance = _ballot(steps, state), state.attendance
    assert attendance is not None  # a count is refused before the roll is called
    found = outcome(ballot, second, attendance, seats=state.seats)
    state = replace(state, outcome=found, first=None)
    match found.result:
        case "none":
            return replace(state, status="stopped", names=())
        case "tie":
            return replace(state, tie=found.names)
        case "heard":
            return _next(steps, state)
        case _:
            return _after_pass(steps, state, found.names)


def _after_pass(steps: Steps, state: State, names: tuple[int, ...]) -> State:
    """On with the names, unless the step must vote once more because it differs from an earlier one."""
    step = steps.steps[state.step]
    ballot = step.ballot
    earlier = state.passed.get(ballot.differs_from, ()) if ballot else ()
    if ballot and ballot.differs_from and not state.extra and set(names) != set(earlier) and not set(names) <= set(earlier):
        return replace(state, extra=True, duty=step.duties.index("count"), names=names)
    return _next(steps, replace(state, names=names, tie=()))


def _settle(steps: Steps, state: State, entry: Entry) -> State:
    """The head chooses among those tied; the others with more votes went on already."""
    chosen = _among(entry.data.get("names", ()), state.tie, "lựa chọn")
    if len(chosen) != 1 and len(chosen) != state.seats:
        raise ProcedureRefused("Hãy chọn đúng số người còn thiếu trong những người có số phiếu bằng nhau.")
    if not str(entry.data.get("reason", "")).strip():
        raise ProcedureRefused("Hãy ghi lý do lựa chọn và các ý kiến khác nhau để báo cáo.")
    return _after_pass(steps, replace(state, tie=()), chosen)


def _opinion(steps: Steps, state: State, entry: Entry) -> State:
    """A written opinion: body, number, date and conclusion, each of them."""
    missing = [label for key, label in _OPINION.items() if not str(entry.data.get(key, "")).strip()]
    if missing:
        raise ProcedureRefused("Ý kiến bằng văn bản còn thiếu " + ", ".join(missing) + "; hãy ghi đủ.")
    return _next(steps, replace(state, opinions=state.opinions | {str(entry.data["kind"])}))


def _decide(steps: Steps, state: State, entry: Entry) -> State:
    """Approved in whole or in part: every name is approved or refused with its reason."""
    refused = {int(name): str(reason).strip() for name, reason in dict(entry.data.get("refused", {})).items()}
    approved = _among(entry.data.get("names", ()), state.names, "quyết định")
    open_names = set(state.names) - set(approved) - set(refused)
    if open_names or set(approved) & set(refused):
        raise ProcedureRefused("Mỗi người phải được đồng ý hoặc không đồng ý, đúng một lần; hãy xem lại danh sách.")
    if not all(refused.values()):
        raise ProcedureRefused("Người không được đồng ý phải có lý do; hãy ghi lý do.")
    if not str(entry.data.get("number", "")).strip():
        raise ProcedureRefused("Hãy ghi số, ký hiệu của quyết định.")
    return _next(steps, replace(state, names=approved, approved=approved, refused=MappingProxyType(refused)))


# --- beside the duties


def _paper(steps: Steps, state: State, entry: Entry) -> State:
    kind, dated = str(entry.data.get("kind", "")).strip(), entry.data.get("dated")
    if not kind or not isinstance(dated, date):
        raise ProcedureRefused("Văn bản cần loại và ngày; hãy ghi đủ.")
    if dated > entry.on:
        raise ProcedureRefused("Ngày của văn bản không thể sau ngày ghi; hãy sửa ngày.")
    return replace(state, papers=MappingProxyType({**state.papers, kind: max(dated, state.papers.get(kind, dated))}))


def _return(steps: Steps, state: State, entry: Entry) -> State:
    """Back to an earlier step or to the start of this one: what was counted since then no longer stands."""
    try:
        to = steps.at(str(entry.data.get("to", "")))
    except KeyError:
        raise ProcedureRefused("Hãy chọn bước để trả lại.") from None
    if to > state.step:
        raise ProcedureRefused("Chỉ trả lại về bước đã làm hoặc bước đang làm.")
    if not str(entry.data.get("reason", "")).strip():
        raise ProcedureRefused("Hãy ghi lý do trả lại.")
    kept = {step.code for step in steps.steps[:to]}
    before = [state.passed[step.code] for step in steps.steps[:to] if step.code in state.passed]
    return State(
        "open", to, 0, before[-1] if before else _first_names(state), state.seats, state.opened_on, entry.on,
        passed=MappingProxyType({code: names for code, names in state.passed.items() if code in kept or code == _START}),
        done_on=MappingProxyType({code: on for code, on in state.done_on.items() if code in kept}),
        opinions=state.opinions, papers=state.papers,
    )  # fmt: skip


def _withdraw(steps: Steps, state: State, entry: Entry) -> State:
    if not str(entry.data.get("reason", "")).strip():
        raise ProcedureRefused("Hãy ghi lý do rút, dừng việc.")
    return replace(state, status="withdrawn")


# --- small pieces

_START = ""  # the names the case was opened with, kept beside those of each step
_OPINION = {"kind": "loại ý kiến", "body": "tổ chức cho ý kiến", "number": "số văn bản", "dated": "ngày", "conclusion": "kết luận"}


def start_of(*, names: Iterable[int], seats: int, on: date) -> State:
    """As `opened`, with the first list remembered for a return to the first step."""
    state = opened(names=names, seats=seats, on=on)
    return replace(state, passed=MappingProxyType({_START: state.names}))


def _first_names(state: State) -> tuple[int, ...]:
    return state.passed.get(_START, state.names)


def candidates(steps: Steps, state: State) -> tuple[int, ...]:
    """Who may be voted for at the present step: the list of the case, or those who went on at a named step."""
    step = steps.steps[state.step]
    if state.extra:
        return state.names
    if step.candidates in state.passed:
        return state.passed[step.candidates]
    return _first_names(state)


def _ballot(steps: Steps, state: State) -> Ballot:
    step = steps.steps[state.step]
    if step.ballot is None:
        raise ProcedureRefused(f"Bước “{step.label}” không bỏ phiếu.")
    if state.extra and step.ballot.differs_need:
        return replace(step.ballot, base="members", rules=(step.ballot.differs_need,), tie_at=None)
    return step.ballot


def _tally(steps: Steps, state: State, entry: Entry) -> Tally:
    ballot, attendance = _ballot(steps, state), state.attendance
    if attendance is None:
        raise ProcedureRefused("Chưa điểm danh; hãy ghi số người được triệu tập và có mặt trước khi kiểm phiếu.")
    board = [name for name in entry.data.get("board", ()) if str(name).strip()]
    if len(set(board)) < steps.board_least:
        raise ProcedureRefused(f"Ban kiểm phiếu cần ít nhất {steps.board_least} người; hãy ghi đủ họ tên.")
    votes = {int(name): int(number) for name, number in dict(entry.data.get("votes", {})).items()}
    tally = Tally(int(entry.data.get("issued", 0)), int(entry.data.get("collected", 0)), int(entry.data.get("valid", 0)), votes)
    return checked_tally(tally, attendance, frozenset(candidates(steps, state)), ballot.choose)


def _among(names: Iterable[Any], allowed: Iterable[int], what: str) -> tuple[int, ...]:
    chosen, known = tuple(dict.fromkeys(int(name) for name in names)), set(allowed)
    if not set(chosen) <= known:
        raise ProcedureRefused(f"Phần {what} có người không thuộc danh sách của bước này; hãy xem lại danh sách.")
    return chosen


def _paper_missing(paper: WantedPaper, state: State, on: date) -> str:
    dated = state.papers.get(paper.kind)
    if dated is None:
        return f"Chưa có {paper.label}."
    if paper.max_age_months is not None and dated < months_back(on, paper.max_age_months):
        return f"{paper.label} đã quá {paper.max_age_months} tháng; hãy lấy bản mới."
    return ""


_DUTIES = {
    "submit": _submit, "convene": _convene, "conclude": _conclude, "count": _count, "recount": _recount, "settle": _settle,
    "opinion": _opinion, "announce": _submit, "decide": _decide, "notify": _submit,
}  # fmt: skip
_BESIDES = {"paper": _paper, "return": _return, "withdraw": _withdraw}
assert set(_BESIDES) == set(BESIDES) and set(_DUTIES) == set(DUTIES) and set(DEFAULT_CARRIER.values()) <= set(CARRIERS)
