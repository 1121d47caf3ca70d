"""Every state of every shipped procedure, and every answer there, against a plain reading of the TOML."""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from canbo.engine.procedures.model import BESIDES, DUTIES, ProcedureRefused
from canbo.engine.procedures.replay import Entry, State, apply, blocked_because, candidates, due, may, start_of
from tests.engine.procedures import twin
from tests.engine.procedures.shipped import BOARD, OPINION, Shipped, different, shipped

DAY = date(2026, 8, 3)
AN, BINH, CHI = 1, 2, 3
ROLL = {"convened": 10, "present": 10, "members": 10}
TALLIES = [{AN: 6, BINH: 4}, {BINH: 7}, {AN: 5, BINH: 5}, {AN: 2, BINH: 2}, {AN: 6, BINH: 6}]


def slips(votes: dict[int, int]) -> dict[str, Any]:
    return {"board": BOARD, "issued": 10, "collected": 10, "valid": 10, "votes": votes}


def data_of(duty: str, state: State, raw: dict[str, Any], step: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that is written down for a duty in this small world: what goes on, what stops, what is refused."""
    before, excused = step.get("before", []), [{**ROLL, "convened": 11, "excused": 1}] if raw.get("excused_out") else []
    tallies = [*TALLIES, {CHI: 7}] if state.introduced else TALLIES
    if "tie_at" not in step.get("ballot", {}):  # nobody passes, and nothing is tied: once is enough
        tallies = [votes for votes in tallies if votes != {AN: 5, BINH: 5}]
    written = {**OPINION, "dated": DAY}
    match duty:
        case "convene":
            return [ROLL, {**ROLL, "present": 6}, *excused]
        case "conclude":
            return [{}, {"names": [BINH]}, {"names": []}, {"names": [9]}]
        case "count":
            return [*map(slips, tallies), {**slips(TALLIES[0]), "board": BOARD[:2]}, slips({9: 3})]
        case "recount":
            return [*map(slips, tallies), slips({AN: 6, BINH: 3})]
        case "settle":
            return [{"names": [AN], "reason": "x"}, {"names": [BINH], "reason": "x"}, {"names": [AN, BINH], "reason": "x"}, {"names": [AN]}]
        case "opinion":
            kinds = [{**written, "kind": kind} for kind in (before or ["cấp ủy"])]
            return [*kinds, {**written, "kind": "khác"}, {**kinds[0], "number": ""}, {"unless": True}]
        case "decide":
            all_of, some = {"names": state.names, "refused": {}, "number": "1/QĐ"}, {"names": state.names[:1], "number": "1/QĐ"}
            no = dict.fromkeys(state.names[1:], "chưa đủ")
            return [all_of, {**some, "refused": no}, {**some, "refused": dict.fromkeys(no, "")}, {**all_of, "number": ""}]
    return [{}]


def entries(one: Shipped, state: State) -> Iterator[Entry]:
    """The alphabet at a state: all that is written for the duty due, each other duty, the duty at each other step, all besides."""
    codes = [step.code for step in one.steps.steps]
    now = due(one.steps, state)
    step, duty = (now[0].code, now[1]) if now else (codes[-1], "decide")
    raw = one.raw, next(raw for raw in one.raw["step"] if raw["code"] == step)
    for data in data_of(duty, state, *raw):
        yield Entry(step, duty, DAY, data)
    yield Entry(step, duty, date(2026, 8, 2), data_of(duty, state, *raw)[0])
    for other in DUTIES:
        if other != duty:
            yield Entry(step, other, DAY, data_of(other, state, *raw)[0])
    for code in codes:
        if code != step:
            yield Entry(code, duty, DAY, data_of(duty, state, *raw)[0])
        yield Entry("", "return", DAY, {"to": code, "reason": "x"})
    yield Entry("", "return", DAY, {"to": "khong-co", "reason": "x"})
    yield Entry("", "return", DAY, {"to": codes[0]})
    yield from (Entry("", "withdraw", DAY, {"reason": reason}) for reason in ("x", ""))
    named: list[tuple[list[int], str]] = [([CHI], "x"), ([CHI], ""), ([AN], "x"), ([], "x")]
    yield from (Entry("", "introduce", DAY, {"names": names, "by": by}) for names, by in named)
    yield from (Entry("", "paper", DAY, {"kind": "to-trinh", "dated": on}) for on in (DAY, date(2026, 8, 4), None))


def key(state: State) -> tuple:
    """What tells states apart here: everything but days and the paper of the last ballot."""
    if state.status != "open":
        return (state.seats, state.status, state.step, state.names, state.approved, tuple(sorted(state.refused)))
    first = tuple(sorted(state.first.votes.items())) if state.first else ()
    return (
        state.seats, state.step, state.duty, state.names, tuple(sorted(state.passed.items())),
        tuple(sorted(state.introduced.items())), first, state.attendance, state.tie, state.extra,
        tuple(sorted(state.opinions.items())), tuple(sorted(state.papers)),
    )  # fmt: skip


def seen_by_twin(case: twin.Case) -> tuple:
    return (
        case["status"], case["step"], case["duty"] if case["status"] == "open" else "", case["names"], case["passed"],
        case["introduced"], case["extra"], case["tie"], case["heard"], case["papers"], case["approved"], case["refused"],
    )  # fmt: skip


def seen(one: Shipped, state: State) -> tuple:
    now = due(one.steps, state)
    passed = {code: set(names) for code, names in state.passed.items()}
    return (
        state.status, one.steps.steps[state.step].code, now[1] if now else "", set(state.names), passed,
        {code: set(names) for code, names in state.introduced.items()}, state.extra, set(state.tie), dict(state.opinions),
        dict(state.papers), set(state.approved), set(state.refused),
    )  # fmt: skip


def begun(one: Shipped, seats: int = 1) -> tuple[State, twin.Case]:
    """Opened, with all papers but one in the case already: that one is filed or missing."""
    state, case = start_of(names=(AN, BINH), seats=seats, on=DAY), twin.opened(one.raw, (AN, BINH), DAY, seats)
    kinds = {paper["kind"] for step in one.raw["step"] for paper in step.get("paper", [])} - {"to-trinh"}
    for kind in sorted(kinds):
        entry = Entry("", "paper", DAY, {"kind": kind, "dated": DAY})
        state, case = apply(one.steps, state, entry), twin.after(one.raw, case, entry) or {}
    return state, case


@pytest.mark.parametrize("one", different(), ids=lambda one: one.name)
def test_every_state_answers_every_entry_as_the_toml_says(one: Shipped) -> None:
    """For one place, and for two: only then may two people be tied where one alone comes out of the step before."""
    firsts = [begun(one, 1), begun(one, 2)]
    queue, known = deque(firsts), {key(state) for state, _ in firsts}
    answers: Counter[tuple[str, str, bool]] = Counter()
    statuses: set[str] = set()
    again: set[str] = set()
    while queue:
        state, case = queue.popleft()
        statuses.add(state.status)
        again |= {one.steps.steps[state.step].code} if state.extra else set()
        asked = may(one.steps, state)
        assert asked == twin.allowed(one.raw, case)
        for entry in entries(one, state):
            wanted = twin.after(one.raw, case, entry)
            try:
                found = apply(one.steps, state, entry)
            except ProcedureRefused as refused:
                assert wanted is None, (seen(one, state), entry, str(refused))
                assert str(refused).endswith(".") and "  " not in str(refused)
            else:
                assert wanted is not None and seen(one, found) == seen_by_twin(wanted), (seen(one, state), entry)
                assert entry.duty in asked
                if key(found) not in known:
                    known.add(key(found))
                    queue.append((found, wanted))
            answers[(entry.step, entry.duty, wanted is not None)] += 1
    _all_covered(one, answers, statuses)
    assert again == {step["code"] for step in one.raw["step"] if "differs_from" in step.get("ballot", {})}


def _all_covered(one: Shipped, answers: Counter[tuple[str, str, bool]], statuses: set[str]) -> None:
    """Each duty of each step was taken once at least and refused out of turn; each end was reached that the TOML has."""
    for step in one.raw["step"]:
        settled = ["settle"] if "tie_at" in step.get("ballot", {}) else []
        assert [d for d in [*step["duties"], *settled] if not answers[(step["code"], d, True)]] == []
        assert [d for d in DUTIES if not answers[(step["code"], d, False)]] == []
    introduces = any(step.get("introduces") for step in one.raw["step"])
    taken = [d for d in BESIDES if answers[("", d, True)]]
    assert taken == [d for d in BESIDES if d != "introduce" or introduces]
    assert [d for d in BESIDES if not answers[("", d, False)]] == []
    stops = any("conclude" in step["duties"] or "rule" in step.get("ballot", {}) for step in one.raw["step"])
    assert statuses == {"open", "done", "withdrawn"} | ({"stopped"} if stops else set())


def test_what_blocks_a_duty_and_who_may_be_voted_for_is_said_before_it_is_tried() -> None:
    one = next(one for one in shipped() if one.name == "bo-nhiem-tai-cho 2026-08-01")
    state, _ = begun(one)
    assert blocked_because(one.steps, state, DAY) == [] and candidates(one.steps, state) == (AN, BINH)
