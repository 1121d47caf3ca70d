"""Planning by hand: who is introduced on the way, who goes on at the edge of a share, when an approval is late."""

from datetime import date
from typing import Any

import pytest

from canbo.engine.procedures.model import ProcedureRefused, Steps
from canbo.engine.procedures.replay import Entry, State, apply, candidates, due, may, names_on_slip, replay, start_of
from tests.engine.procedures.shipped import BOARD, Shipped, shipped

DAY = date(2026, 3, 2)
AN, BINH, CHI, DUNG = 1, 2, 3, 4


def planning(start: str) -> Shipped:
    return next(one for one in shipped() if one.name == f"quy-hoach-tai-cho {start}")


class Round:
    """A round told entry by entry: ten are called everywhere, twelve are members."""

    def __init__(self, *names: int, seats: int = 1, steps: Steps | None = None) -> None:
        self.steps = steps or planning("2025-10-08").steps
        self.start = self.state = start_of(names=names, seats=seats, on=DAY)
        self.log: list[Entry] = []

    def __call__(self, duty: str, **data: Any) -> State:
        now = due(self.steps, self.state)
        assert now is not None
        entry = Entry("" if duty in ("introduce", "return") else now[0].code, duty, DAY, data)
        self.state = apply(self.steps, self.state, entry)
        self.log.append(entry)
        return self.state

    def meets(self, present: int = 10) -> "Round":
        self("convene", convened=10, present=present, members=12)
        return self

    def counts(self, votes: dict[int, int]) -> State:
        present = self.state.attendance.present if self.state.attendance else 0
        paper = {"board": BOARD, "issued": present, "collected": present, "valid": present, "votes": votes}
        self("count", **paper)
        return self("recount", **paper)

    def to_conference(self) -> "Round":
        self("submit")
        self.meets()("conclude", names=self.state.names)
        return self

    def refused(self, duty: str, **data: Any) -> str:
        with pytest.raises(ProcedureRefused) as error:
            self(duty, **data)
        return str(error.value)


def test_introduced_at_the_conference_is_voted_on_and_goes_on_like_the_others():
    told = Round(AN, BINH).to_conference()
    state = told("introduce", names=[CHI], by="Tổ 3")
    assert candidates(told.steps, state) == (AN, BINH, CHI) and state.listed == (AN, BINH, CHI)
    assert told.meets().counts({CHI: 6, AN: 4}).passed["b3"] == (CHI,)  # 6 of 10 is more than half, 4 is not
    told("introduce", names=[DUNG], by="Ban Chấp hành")
    assert candidates(told.steps, told.state) == (CHI, DUNG)
    assert replay(told.steps, told.start, told.log) == told.state


def test_who_was_left_off_the_list_may_be_introduced_again_and_half_is_not_more_than_half():
    told = Round(AN, BINH)
    told("submit")
    told.meets()("conclude", names=[AN])
    assert candidates(told.steps, told.state) == (AN,)
    told("introduce", names=[BINH], by="Tổ 1")
    state = told.meets().counts({AN: 5, BINH: 5})
    assert (state.status, state.listed) == ("stopped", (AN, BINH))


def test_nobody_is_introduced_outside_the_two_steps_or_after_a_count():
    told = Round(AN, BINH)
    assert "introduce" not in may(told.steps, told.state)
    where = "Chỉ giới thiệu thêm người ở bước “Hội nghị cán bộ chủ chốt”, “Tập thể lãnh đạo mở rộng”."
    assert told.refused("introduce", names=[CHI], by="Tổ 1") == where
    told.to_conference().meets()
    for wrong, said in (
        ({"names": [AN], "by": "x"}, "đã ở trong danh sách"), ({"names": [], "by": "x"}, "Chưa có ai"), ({"names": [CHI]}, "ai giới thiệu"),
    ):  # fmt: skip
        assert said in told.refused("introduce", **wrong)
    assert may(told.steps, told.state)["introduce"] == "officer"
    told("count", board=BOARD, issued=10, collected=10, valid=10, votes={AN: 9})
    assert "đã kiểm phiếu" in told.refused("introduce", names=[CHI], by="x") and "introduce" not in may(told.steps, told.state)


def test_a_step_sent_back_forgets_who_was_introduced_at_it_and_keeps_those_of_before():
    told = Round(AN, BINH).to_conference()
    told("introduce", names=[CHI], by="Tổ 3")
    told.meets().counts({CHI: 9, AN: 0})
    told("introduce", names=[DUNG], by="Ban Chấp hành")
    state = told("return", to="b4", reason="giới thiệu lại")
    assert (state.listed, candidates(told.steps, state)) == ((AN, BINH, CHI), (CHI,))
    assert told("return", to="b3", reason="làm lại").listed == (AN, BINH)
    assert told("return", to="b1", reason="làm lại từ đầu").names == (AN, BINH)


def test_the_last_vote_keeps_the_highest_of_the_members_within_the_places():
    told = Round(AN, BINH, CHI, seats=2).to_conference()
    told.meets().counts({AN: 6, BINH: 6, CHI: 6})
    told.meets().counts({AN: 6, BINH: 6, CHI: 6})
    assert names_on_slip(told.steps, told.meets().state) == 2
    state = told.counts({AN: 6, BINH: 7, CHI: 7})  # half of the twelve members is not more than half
    assert state.passed["b5"] == (BINH, CHI)
    told = Round(AN, BINH, CHI, seats=1).to_conference()
    told.meets().counts({AN: 6})
    assert told.meets().counts({AN: 6}).passed["b4"] == (AN,)
    assert told.meets().counts({AN: 6}).status == "stopped"


def test_fewer_than_two_thirds_hold_no_meeting_under_the_local_rule():
    told = Round(AN, BINH)
    told("submit")
    assert "cần ít nhất 7 người" in told.refused("convene", convened=10, present=6, members=12)
    told.meets(present=7)


def test_thirty_working_days_run_from_the_submission_since_the_guidance_of_2022():
    days = [(one.raw["from"], [(d.days, d.working, d.after, d.until) for d in one.steps.deadlines]) for one in shipped()
            if one.name.startswith("quy-hoach-tai-cho")]  # fmt: skip
    thirty = [(30, True, "tiep-nhan", "quyet-dinh")]
    assert days == [(date(2021, 12, 27), []), (date(2022, 2, 15), thirty), (date(2025, 10, 8), thirty)]


def test_removal_is_proposed_by_the_head_and_decided_by_name():
    one = next(one for one in shipped() if one.name == "dua-ra-khoi-quy-hoach 2025-10-08")
    told = Round(AN, BINH, steps=one.steps)
    assert may(told.steps, told.state)["submit"] == "head"
    told("submit")
    told.meets()("conclude", names=[AN, BINH])
    told("submit")
    told("submit")
    told("conclude", names=[AN, BINH])
    state = told("decide", names=[AN], refused={BINH: "đã khắc phục"}, number="7-QĐ/TU")
    assert (state.approved, dict(state.refused)) == ((AN,), {BINH: "đã khắc phục"})
    assert told("notify").status == "done"
