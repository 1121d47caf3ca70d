"""What each duty does with a state: read what was written down, refuse it in one sentence, or move on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from canbo.engine.procedures.ballots import Attendance, Tally, checked_attendance, checked_tally, outcome
from canbo.engine.procedures.model import BASES, BESIDES, DUTIES, ProcedureRefused, Step, Steps
from canbo.engine.procedures.state import (
    Entry,
    State,
    ballot_of,
    candidates,
    may_introduce,
    moved_on,
    names_on_slip,
    sent_back,
    step_of,
)

Move = Callable[[Steps, State, Entry], State]
_OPINION = {"kind": "loại ý kiến", "body": "tổ chức cho ý kiến", "number": "số văn bản", "conclusion": "kết luận"}


# --- duties


def _submit(steps: Steps, state: State, entry: Entry) -> State:
    return moved_on(steps, state)


def _convene(steps: Steps, state: State, entry: Entry) -> State:
    step = step_of(steps, state)
    said = {name: _whole(entry.data.get(name, 0), label) for name, label in _NUMBERS.items()}
    attendance = checked_attendance(Attendance(**said, excused_out=steps.excused_out), step.quorum)
    for base in step.ballot.bases if step.ballot else ():
        attendance.base(base)
    return moved_on(steps, state, attendance=attendance)


def _conclude(steps: Steps, state: State, entry: Entry) -> State:
    names = _among(entry.data.get("names", state.names), candidates(steps, state), "kết luận")
    if not names:
        return replace(state, status="stopped", names=())
    return moved_on(steps, state, names=names)


def _count(steps: Steps, state: State, entry: Entry) -> State:
    return moved_on(steps, state, first=_tally(steps, state, entry))


def _recount(steps: Steps, state: State, entry: Entry) -> State:
    """The second count must agree with the first; who goes on is known only then."""
    second, attendance = _tally(steps, state, entry), state.attendance
    if second != state.first or attendance is None:
        raise ProcedureRefused(
            "Hai lần kiểm phiếu không khớp nhau; hãy kiểm lại, rồi ghi lại lần thứ hai, hoặc trả lại bước này để kiểm từ đầu."
        )
    found = outcome(ballot_of(steps, state), second, attendance, seats=state.seats)
    state = replace(state, outcome=found, first=None)
    match found.result:
        case "none":
            return replace(state, status="stopped", names=())
        case "tie":
            return replace(state, tie=found.names, sure=found.sure)
        case "heard":
            return moved_on(steps, state)
        case _:
            return _elected(steps, state, found.names)


def _elected(steps: Steps, state: State, names: tuple[int, ...]) -> State:
    """On with the names; where they are not among those of an earlier step and the law asks it, the ballot is held once more."""
    step = step_of(steps, state)
    earlier = state.passed[step.ballot.differs_from] if step.ballot and step.ballot.differs_from else names
    if not state.extra and not set(names) <= set(earlier):
        return replace(state, names=names, tie=(), sure=(), extra=True, duty=step.duties.index("count"))
    return moved_on(steps, state, names=names, tie=(), sure=())


def _settle(steps: Steps, state: State, entry: Entry) -> State:
    """The head chooses among those tied, at most as many as there are places left; those clearly above go on with them."""
    chosen, left = _among(entry.data.get("names", ()), state.tie, "lựa chọn"), state.seats - len(state.sure)
    if not 1 <= len(chosen) <= left:
        most = f"1 đến {left}" if left > 1 else "đúng 1"
        raise ProcedureRefused(f"Hãy chọn {most} người trong {len(state.tie)} người có số phiếu bằng nhau.")
    if not _said(entry, "reason"):
        raise ProcedureRefused("Hãy ghi lý do lựa chọn và các ý kiến khác nhau để báo cáo.")
    return _elected(steps, state, (*state.sure, *chosen))


def _opinion(steps: Steps, state: State, entry: Entry) -> State:
    """A written opinion: kind, body, number, date and conclusion, each of them; or the case of the law in which none is asked."""
    step = step_of(steps, state)
    if entry.data.get("unless"):
        if not step.unless:
            raise ProcedureRefused(f"Bước “{step.label}” phải có ý kiến bằng văn bản ({step.cite.article}); hãy ghi ý kiến.")
        given = step.before
    else:
        missing = [label for key, label in _OPINION.items() if not _said(entry, key)]
        missing += [] if isinstance(entry.data.get("dated"), date) else ["ngày"]
        if missing:
            raise ProcedureRefused("Ý kiến bằng văn bản còn thiếu " + ", ".join(missing) + "; hãy ghi đủ.")
        if entry.data["dated"] > entry.on:
            raise ProcedureRefused("Ngày của văn bản không thể sau ngày ghi; hãy sửa ngày.")
        given = (_said(entry, "kind"),)
        if step.before and given[0] not in step.before:
            raise ProcedureRefused(f"Bước này cần ý kiến của: {', '.join(step.before)} ({step.cite.article}); hãy ghi đúng tổ chức.")
    return moved_on(steps, state, opinions=MappingProxyType({**state.opinions, **dict.fromkeys(given, step.code)}))


def _decide(steps: Steps, state: State, entry: Entry) -> State:
    """Approved in whole or in part: every name is approved or refused with its reason."""
    written = _mapping(entry.data.get("refused", {}))
    refused = {_whole(name, "mã người"): str(reason).strip() for name, reason in written.items()}
    approved = _among(entry.data.get("names", ()), state.names, "quyết định")
    if set(approved) | set(refused) != set(state.names) or set(approved) & set(refused):
        raise ProcedureRefused("Mỗi người phải được đồng ý hoặc không đồng ý, đúng một lần; hãy xem lại danh sách.")
    if not all(refused.values()):
        raise ProcedureRefused("Người không được đồng ý phải có lý do; hãy ghi lý do.")
    if not _said(entry, "number"):
        raise ProcedureRefused("Hãy ghi số, ký hiệu của quyết định.")
    return moved_on(steps, state, names=approved, approved=approved, refused=MappingProxyType(refused))


# --- beside the duties


def _paper(steps: Steps, state: State, entry: Entry) -> State:
    kind, dated = _said(entry, "kind"), entry.data.get("dated")
    if not kind or not isinstance(dated, date):
        raise ProcedureRefused("Văn bản cần loại và ngày; hãy ghi đủ.")
    if dated > entry.on:
        raise ProcedureRefused("Ngày của văn bản không thể sau ngày ghi; hãy sửa ngày.")
    return replace(state, papers=MappingProxyType({**state.papers, kind: max(dated, state.papers.get(kind, dated))}))


def _introduce(steps: Steps, state: State, entry: Entry) -> State:
    """People who are not on the slip of this step: named by who takes part, voted on from now on."""
    step = step_of(steps, state)
    if not may_introduce(steps, state):
        raise ProcedureRefused(_no_introduction(steps, step))
    names = tuple(dict.fromkeys(_whole(name, "mã người") for name in _listed(entry.data.get("names", ()), "giới thiệu")))
    if not names:
        raise ProcedureRefused("Chưa có ai được giới thiệu; hãy ghi họ tên.")
    if set(names) & set(candidates(steps, state)):
        raise ProcedureRefused("Có người đã ở trong danh sách của bước này; hãy bỏ ra rồi ghi lại.")
    if not _said(entry, "by"):
        raise ProcedureRefused("Hãy ghi ai giới thiệu.")
    here = (*state.introduced.get(step.code, ()), *names)
    return replace(
        state, introduced=MappingProxyType({**state.introduced, step.code: here}),
        listed=tuple(dict.fromkeys((*state.listed, *names))), names=tuple(dict.fromkeys((*state.names, *names))),
    )  # fmt: skip


def _no_introduction(steps: Steps, step: Step) -> str:
    if step.introduces:
        return f"Bước “{step.label}” đã kiểm phiếu nên không giới thiệu thêm người; hãy trả lại bước này để làm lại."
    where = ", ".join(f"“{one.label}”" for one in steps.steps if one.introduces)
    return f"Chỉ giới thiệu thêm người ở bước {where}." if where else "Quy trình này không giới thiệu thêm người ngoài danh sách."


def _return(steps: Steps, state: State, entry: Entry) -> State:
    try:
        to = steps.at(_said(entry, "to"))
    except KeyError:
        raise ProcedureRefused("Hãy chọn bước để trả lại.") from None
    if to > state.step:
        raise ProcedureRefused("Chỉ trả lại về bước đã làm hoặc bước đang làm.")
    if not _said(entry, "reason"):
        raise ProcedureRefused("Hãy ghi lý do trả lại.")
    return sent_back(steps, state, to)


def _withdraw(steps: Steps, state: State, entry: Entry) -> State:
    if not _said(entry, "reason"):
        raise ProcedureRefused("Hãy ghi lý do rút, dừng việc.")
    return replace(state, status="withdrawn")


# --- what was written down

_NUMBERS = {
    "convened": BASES["convened"], "present": BASES["present"], "members": BASES["members"], "excused": "số người vắng bất khả kháng",
}  # fmt: skip
_SLIPS = {"issued": "số phiếu phát ra", "collected": "số phiếu thu về", "valid": "số phiếu hợp lệ"}


def _tally(steps: Steps, state: State, entry: Entry) -> Tally:
    if state.attendance is None:
        raise ProcedureRefused("Chưa điểm danh; hãy ghi số người được triệu tập và có mặt trước khi kiểm phiếu.")
    board = {" ".join(str(name).split()).casefold() for name in _listed(entry.data.get("board", ()), "ban kiểm phiếu")} - {""}
    if len(board) < steps.board_least:
        raise ProcedureRefused(f"Ban kiểm phiếu cần ít nhất {steps.board_least} người; hãy ghi đủ họ tên.")
    listed, written = candidates(steps, state), _mapping(entry.data.get("votes", {}))
    votes = dict.fromkeys(listed, 0) | {_whole(name, "mã người"): _whole(number, "số phiếu") for name, number in written.items()}
    tally = Tally(**{key: _whole(entry.data.get(key, 0), label) for key, label in _SLIPS.items()}, votes=votes)
    return checked_tally(tally, state.attendance, frozenset(listed), names_on_slip(steps, state))


def _whole(value: Any, label: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise ProcedureRefused(f"“{value}” không phải một số nguyên; hãy sửa {label}.") from None


def _mapping(value: Any) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise ProcedureRefused("Danh sách theo từng người không đọc được; hãy ghi lại.")
    return value


def _listed(value: Any, what: str) -> Iterable[Any]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ProcedureRefused(f"Danh sách người của phần {what} không đọc được; hãy chọn lại.")
    return value


def _among(names: Any, allowed: Iterable[int], what: str) -> tuple[int, ...]:
    chosen = tuple(dict.fromkeys(_whole(name, "mã người") for name in _listed(names, what)))
    if not set(chosen) <= set(allowed):
        raise ProcedureRefused(f"Phần {what} có người không thuộc danh sách của bước này; hãy xem lại danh sách.")
    return chosen


def _said(entry: Entry, key: str) -> str:
    return str(entry.data.get(key) or "").strip()


MOVES: dict[str, Move] = {
    "submit": _submit, "convene": _convene, "conclude": _conclude, "count": _count, "recount": _recount, "settle": _settle,
    "opinion": _opinion, "announce": _submit, "decide": _decide, "notify": _submit,
}  # fmt: skip
BESIDE_MOVES: dict[str, Move] = {"paper": _paper, "return": _return, "withdraw": _withdraw, "introduce": _introduce}
assert set(MOVES) == set(DUTIES) and set(BESIDE_MOVES) == set(BESIDES)
