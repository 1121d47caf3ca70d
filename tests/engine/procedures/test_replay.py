"""Cases: ten thousand random ones that never reach an illegal state, and those that the law turns on, by hand."""

from collections import Counter
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any

import pytest

from canbo.engine.procedures.model import ProcedureRefused, Steps
from canbo.engine.procedures.replay import (
    Entry,
    State,
    apply,
    blocked_because,
    due,
    may,
    names_on_slip,
    replay,
    start_of,
)
from tests.engine.procedures.sequences import faults, story
from tests.engine.procedures.shipped import BOARD, NEW, OLD, OPINION, appointment, read_steps, shipped

SEQUENCES = 10_000
AN, BINH, CHI = 11, 12, 13
ROLL = {"convened": 10, "present": 10, "members": 10}


def test_random_sequences_never_reach_an_illegal_state_and_replay_is_the_fold() -> None:
    random, ends, reached = Random(335), Counter[str](), Counter[str]()
    heavy = [one for one in shipped() if one.name.startswith("bo-nhiem")]
    planning = [one for one in shipped() if one.name.startswith("quy-hoach-tai-cho")]
    for number in range(SEQUENCES):
        told = story(random.choice((shipped(), heavy, planning, heavy)[number % 4]), random)
        assert list(faults(told)) == [], told.log
        assert number % 4 or replay(told.one.steps, told.start, told.log) == told.end
        assert (told.end.status == "open") == bool(may(told.one.steps, told.end)) == (due(told.one.steps, told.end) is not None)
        ends[told.end.status] += 1
        reached.update({entry.duty for entry in told.log} | ({"refused"} if told.refused else set()))
    assert min(ends[status] for status in ("done", "stopped", "withdrawn", "open")) > 200, ends
    assert min(reached[duty] for duty in ("settle", "return", "opinion", "decide", "introduce", "refused")) > 100, reached


def test_the_checker_itself_sees_what_is_wrong() -> None:
    random = Random(7)
    told = next(t for t in (story(shipped()[0], random) for _ in range(500)) if t.end.status == "done" and t.end.approved)
    assert list(faults(told)) == []
    kept = list(told.log)
    for spoilt, words in (
        (kept[:-1], "without its duties"), (kept[1:], "duties of"), (kept[::-1], "days go back"),
        ([*kept, Entry("b1", "convene", kept[-1].on)], "duties of"),
    ):  # fmt: skip
        told.log = spoilt
        assert any(words in fault for fault in faults(told)), words


# --- by hand


class Told:
    """A case told entry by entry; the day moves on by one with each."""

    def __init__(self, steps: Steps, *, on: date, seats: int = 1, names: tuple[int, ...] = (AN, BINH, CHI)) -> None:
        self.steps, self.state, self.log = steps, start_of(names=names, seats=seats, on=on), list[Entry]()

    def __call__(self, duty: str, on: date | None = None, **data: Any) -> State:
        now = due(self.steps, self.state)
        entry = Entry(now[0].code if now else "", duty, on or self.state.last_on, data)
        self.state = apply(self.steps, self.state, entry)
        self.log.append(entry)
        return self.state

    def refused(self, duty: str, on: date | None = None, **data: Any) -> str:
        before = self.state
        with pytest.raises(ProcedureRefused) as refused:
            self(duty, on, **data)
        assert self.state is before
        return str(refused.value)

    def vote(self, votes: dict[int, int], **roll: int) -> State:
        self("convene", **{**ROLL, **roll})
        self("count", **slips(votes))
        return self("recount", **slips(votes))

    def papers(self, **dated: date) -> None:
        for paper in self.steps.steps[self.state.step].papers:
            self("paper", kind=paper.kind, dated=dated.get(paper.kind.replace("-", "_"), self.state.last_on))

    @property
    def at(self) -> tuple[str, str]:
        now = due(self.steps, self.state)
        return (now[0].code, now[1]) if now else ("", self.state.status)


def slips(votes: dict[int, int], present: int = 10) -> dict[str, Any]:
    return {"board": BOARD, "issued": present, "collected": present, "valid": present, "votes": votes}


def opinion(on: date, **other: Any) -> dict[str, Any]:
    return {**OPINION, "kind": "cấp ủy cùng cấp", "dated": on, **other}


def before_decision(opened: date) -> Told:
    """The appointment of a commune division's head, as far as the decision."""
    told = Told(appointment(opened), on=opened)
    if opened < NEW:
        told("convene", **ROLL)
        told("conclude", names=[AN, BINH])
        told.vote({AN: 6, BINH: 4})
        told.vote({AN: 6, BINH: 4})
        told("announce")
        told.vote({AN: 9})
        told("opinion", **opinion(told.state.last_on))
        told.vote({AN: 8})
        return told
    for votes in ({AN: 5, BINH: 4}, {AN: 6, BINH: 4}):
        told.vote(votes)
        told("announce")
    told.vote({AN: 6})
    told("opinion", **opinion(told.state.last_on))
    told.vote({AN: 8})
    told("announce")
    return told


def test_same_appointment_takes_five_steps_or_four_by_the_day_it_is_opened() -> None:
    def voted(steps: Steps) -> list[str]:
        return [step.code for step in steps.steps if "decide" not in step.duties]

    assert (len(voted(appointment(OLD))), len(voted(appointment(NEW)))) == (5, 4)
    old = before_decision(OLD)
    old("submit", date(2026, 8, 20))  # long after the change: it ends under the rules it began with
    assert old("decide", date(2026, 8, 21), names=[AN], refused={}, number="1/QĐ-UBND").status == "done"
    new = before_decision(NEW)
    assert "Chưa có Tờ trình" in new.refused("submit")
    new.papers()
    new("submit")
    assert new("decide", names=[AN], refused={}, number="2/QĐ-UBND").status == "done"
    assert old.state.approved == new.state.approved == (AN,)
    with pytest.raises(ProcedureRefused, match="Chưa tới lúc kết luận"):
        replay(new.steps, start_of(names=(AN, BINH, CHI), seats=1, on=OLD), old.log)


def test_both_rules_pass_the_highest_over_half_else_all_from_thirty_else_stop() -> None:
    told = Told(appointment(NEW), on=NEW)
    assert told.vote({AN: 5, BINH: 3, CHI: 2}).names == (AN, BINH)
    told("announce")
    assert "không thuộc danh sách" in told_count(told, {CHI: 4})
    assert told("count", **slips({AN: 2, BINH: 2})) and told("recount", **slips({AN: 2, BINH: 2})).status == "stopped"
    assert "không ghi thêm bước được" in told.refused("announce")
    assert may(told.steps, told.state) == {} and blocked_because(told.steps, told.state, NEW) == []


def told_count(told: Told, votes: dict[int, int]) -> str:
    told("convene", **ROLL)
    return told.refused("count", **slips(votes))


def test_result_that_differs_from_the_step_before_needs_two_thirds_of_all_members() -> None:
    told = Told(appointment(OLD), on=OLD)
    told("convene", **ROLL)
    told("conclude")
    told.vote({AN: 6, BINH: 4})
    assert "Chưa có tổng số thành viên" in told.refused("convene", convened=10, present=10)
    state = told.vote({BINH: 6, AN: 4}, members=12)
    assert told.at == ("b3", "count") and state.extra and state.names == (BINH,)
    again = replay(told.steps, start_of(names=(AN, BINH, CHI), seats=1, on=OLD), told.log)
    for votes, expected in ((8, ("b3", "announce")), (7, ("", "stopped"))):
        told.state = again
        told("count", **slips({BINH: votes}))
        told("recount", **slips({BINH: votes}))
        assert told.at == expected


def test_ballot_held_once_more_has_its_own_majority_and_no_tie() -> None:
    raw = deepcopy(next(one.raw for one in shipped() if one.name == "bo-nhiem-tai-cho 2025-07-01"))
    raw["step"][2]["ballot"] |= {"rule": [{"over": "1/2"}], "tie_at": "1/2"}
    told = Told(read_steps(raw)[0], on=OLD, seats=2)
    told("convene", **ROLL)
    told("conclude")
    told.vote({AN: 6})
    assert told.vote({BINH: 6, CHI: 6}).extra and told.state.names == (BINH, CHI)
    told("count", **slips({BINH: 5, CHI: 5}))
    assert told("recount", **slips({BINH: 5, CHI: 5})).status == "stopped"


def test_two_counts_must_agree_and_a_board_has_three() -> None:
    told = Told(appointment(NEW), on=NEW)
    told("convene", **ROLL)
    for board in (BOARD[:2], ["An", " an ", "Bình"], ["An", "", "Bình"]):
        assert "ít nhất 3 người" in told.refused("count", **{**slips({AN: 6}), "board": board})
    told("count", **slips({AN: 6, BINH: 3}))
    assert "không khớp" in told.refused("recount", **slips({AN: 5, BINH: 4}))
    assert "không khớp" in told.refused("recount", **{**slips({AN: 6, BINH: 3}), "valid": 9})
    assert told("recount", **slips({str(BINH): "3", str(AN): 6, CHI: 0})).names == (AN,)  # as a form or stored JSON has it


def test_paper_counts_as_its_age_on_the_day_allows() -> None:
    told = before_decision(date(2026, 9, 1))
    told.papers(kham_suc_khoe=date(2026, 2, 28), van_bang=date(2001, 6, 1))
    assert blocked_because(told.steps, told.state, told.state.last_on) == [
        "Giấy chứng nhận sức khỏe đã quá 6 tháng; hãy lấy bản mới.",
    ]  # fmt: skip
    assert "quá 6 tháng" in told.refused("submit") and "Điều 35" in told.refused("submit")
    told("paper", kind="kham-suc-khoe", dated=date(2026, 3, 1))
    told("paper", kind="kham-suc-khoe", dated=date(2026, 1, 5))  # an older copy does not displace the newer one
    assert "quá 6 tháng" in told.refused("submit", date(2026, 9, 2))
    assert told("submit", date(2026, 9, 1)) and told.at == ("quyet-dinh", "decide")
    assert told("decide", date(2027, 9, 1), names=[AN], number="3/QĐ").status == "done"  # begun in time is not blocked again


def test_opinion_is_wanted_whole_of_the_right_body_and_left_out_only_where_the_law_says_so() -> None:
    told = Told(appointment(NEW), on=NEW)
    for votes in ({AN: 9}, {AN: 9}):
        told.vote(votes)
        told("announce")
    told.vote({AN: 9})
    assert "Chưa tới lúc triệu tập" in told.refused("convene", **ROLL)
    for key, said in (("number", "số văn bản"), ("body", "tổ chức"), ("conclusion", "kết luận"), ("dated", "ngày"), ("kind", "loại")):
        assert said in told.refused("opinion", **opinion(NEW, **{key: ""}))
    assert "không thể sau ngày ghi" in told.refused("opinion", **opinion(date(2026, 12, 1)))
    assert "cấp ủy cùng cấp" in told.refused("opinion", **opinion(NEW, kind="mặt trận"))
    before = told.state
    assert told("opinion", **opinion(NEW)).opinions == {"cấp ủy cùng cấp": "b4"}
    told.state = before
    told("opinion", unless=True)
    assert told.vote({AN: 9}).names == (AN,)
    old = Told(appointment(OLD), on=OLD)
    old.state = before_old_opinion(old)
    assert "phải có ý kiến bằng văn bản" in old.refused("opinion", unless=True)


def before_old_opinion(told: Told) -> State:
    log = [entry for entry in before_decision(OLD).log if entry.step != "b5"]
    return replay(told.steps, told.state, log)


def test_papers_are_wanted_when_a_step_begins_after_the_opinions_it_asks_for() -> None:
    raw = deepcopy(next(one.raw for one in shipped() if one.name == "danh-gia-lanh-dao 2026-01-01"))
    raw["step"][2] |= {"duties": ["opinion", "submit", "notify"], "paper": [{"kind": "bien-ban", "label": "Biên bản họp"}]}
    told = Told(read_steps(raw)[0], on=NEW)
    told("submit")
    told("convene", **ROLL)
    told("conclude")
    assert blocked_because(told.steps, told.state, NEW) == []
    told("opinion", **opinion(NEW, kind="cấp ủy"))
    assert blocked_because(told.steps, told.state, NEW) == ["Chưa có Biên bản họp."]
    told("paper", date(2026, 8, 10), kind="bien-ban", dated=NEW)
    assert "không thể trước ngày" in told.refused("submit", date(2026, 8, 9))  # a paper filed is a line of the log as well
    told("submit")
    assert told("notify").done_on["y-kien"] == date(2026, 8, 10)


def test_return_voids_what_was_counted_and_heard_but_keeps_papers() -> None:
    told = before_decision(NEW)
    told.papers()
    assert "Chỉ trả lại" in Told(appointment(NEW), on=NEW).refused("return", to="b2", reason="x")
    assert "lý do trả lại" in told.refused("return", to="b2") and "chọn bước" in told.refused("return", to="", reason="x")
    state = told("return", to="b2", reason="Sai thành phần dự họp")
    assert told.at == ("b2", "convene") and state.names == (AN, BINH) and set(state.passed) == {"b1"} == set(state.done_on)
    assert not state.opinions and state.attendance is None and len(state.papers) == 9 and state.outcome is None
    assert told.vote({BINH: 8}).names == (BINH,)
    state = told("return", to="b1", reason="Làm lại từ đầu")
    assert state.names == state.listed == (AN, BINH, CHI)
    told("convene", **ROLL)
    told("count", **slips({AN: 6}))
    assert told("return", to="b1", reason="Kiểm sai").first is None and told.at == ("b1", "convene")
    assert told("withdraw", reason="Người được giới thiệu xin rút").status == "withdrawn"
    assert "không ghi thêm bước" in told.refused("return", to="b1", reason="x")


def test_part_of_the_names_may_be_approved_each_refusal_with_its_reason() -> None:
    found = next(one for one in shipped() if one.name == "danh-gia 2026-01-01")
    told = Told(found.steps, on=NEW)
    told("submit")
    told("convene", **ROLL)
    told("conclude")
    assert may(told.steps, told.state) == {"decide": "head", "paper": "officer", "return": "head", "withdraw": "officer"}
    assert "đúng một lần" in told.refused("decide", names=[AN], refused={}, number="1/QĐ")
    assert "đúng một lần" in told.refused("decide", names=[AN, BINH], refused={BINH: "x", CHI: "x"}, number="1/QĐ")
    assert "phải có lý do" in told.refused("decide", names=[AN, BINH], refused={CHI: " "}, number="1/QĐ")
    assert "số, ký hiệu" in told.refused("decide", names=[AN, BINH], refused={CHI: "chưa đủ thời gian"})
    assert "không thuộc danh sách" in told.refused("decide", names=[AN, 99], refused={}, number="1/QĐ")
    state = told("decide", names=["11", "12"], refused={"13": "chưa đủ thời gian"}, number="1/QĐ")
    assert (state.approved, dict(state.refused), state.names) == ((AN, BINH), {CHI: "chưa đủ thời gian"}, (AN, BINH))
    assert told("notify").status == "done"


def test_tie_is_settled_by_the_head_among_those_tied_with_a_reason() -> None:
    told = Told(appointment(OLD), on=OLD)
    told("convene", **ROLL)
    told("conclude")
    told.vote({AN: 5, BINH: 5})
    told.vote({AN: 5, BINH: 5})
    told("announce")
    told.vote({AN: 5, BINH: 5})
    told("opinion", **opinion(OLD))
    told.vote({AN: 5, BINH: 5})
    assert told.at == ("b5", "settle") and may(told.steps, told.state)["settle"] == "head"
    assert "không thuộc danh sách" in told.refused("settle", names=[CHI], reason="x")
    assert "đúng 1 người trong 2" in told.refused("settle", names=[AN, BINH], reason="x")
    assert "lý do" in told.refused("settle", names=[BINH])
    assert "Chưa tới lúc" in told.refused("recount", **slips({AN: 6}))
    assert told("settle", names=[BINH], reason="Kinh nghiệm hơn").names == (BINH,) and told.at == ("quyet-dinh", "submit")


def test_two_places_the_one_clearly_above_goes_on_with_whom_the_head_chooses() -> None:
    """A slip holds a name for each place; the last place shared by two is the head's, the first is not."""
    told = Told(appointment(NEW), on=NEW, seats=2)
    assert names_on_slip(told.steps, told.state) == 2
    state = told.vote({AN: 8, BINH: 6, CHI: 6})
    assert told.at == ("b1", "settle") and state.sure == (AN,) and set(state.tie) == {BINH, CHI}
    assert "không thuộc danh sách" in told.refused("settle", names=[AN], reason="x")
    assert told("settle", names=[CHI], reason="Đúng chuyên ngành").names == (AN, CHI)


@pytest.mark.parametrize(
    ("duty", "data", "words"),
    [
        ("convene", {"convened": "mười", "present": 3}, "“mười” không phải một số nguyên; hãy sửa số người được triệu tập."),
        ("convene", {"convened": 10, "present": 7.5}, "“7.5” không phải"),
        ("convene", {"convened": 10, "present": True}, "“True” không phải"),
        ("convene", {"convened": 10, "present": 6, "excused": 1}, "có mặt 6/10"),
        ("convene", {}, "Chưa có ai có mặt"),
        ("paper", {"kind": "to-trinh", "dated": "2026-07-01"}, "loại và ngày"),
        ("paper", {"kind": "to-trinh", "dated": date(2026, 12, 1)}, "không thể sau ngày ghi"),
        ("withdraw", {"reason": " "}, "lý do rút"),
        ("conclude", {"names": "12"}, "Chưa tới lúc"),
        ("bịa", {}, "Chưa tới lúc bịa: bước đang chờ là “Tập thể lãnh đạo, lần 1” – triệu tập, điểm danh (Điều 33, bước 1)."),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(duty: str, data: dict, words: str) -> None:
    assert words in Told(appointment(OLD), on=OLD).refused(duty, **data)


def test_lists_that_are_no_lists_are_refused() -> None:
    told = Told(appointment(OLD), on=OLD)
    told("convene", **ROLL)
    assert "không đọc được" in told.refused("conclude", names="12") and "không đọc được" in told.refused("conclude", names=7)
    told("conclude", names=[AN])
    told("convene", **ROLL)
    assert "không đọc được" in told.refused("count", **{**slips({}), "board": "An Bình Chi"})
    assert "không đọc được" in told.refused("count", **{**slips({}), "votes": [1]})
    assert "không thể trước ngày" in told.refused("count", date(2026, 7, 30), **slips({AN: 1}))
