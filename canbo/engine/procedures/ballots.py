"""Counting a ballot: what a counting board wrote down → who goes on, by exact whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from canbo.engine.procedures.model import BASES, Ballot, ProcedureRefused

Result = Literal["passed", "tie", "none", "heard"]


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was called and who came. `excused` = absent by force majeure; `excused_out` = the law takes them out of those convened."""

    convened: int
    present: int
    members: int = 0
    excused: int = 0
    excused_out: bool = True

    @property
    def called(self) -> int:
        return self.convened - (self.excused if self.excused_out else 0)

    def base(self, name: str) -> int:
        """What shares are taken of, by its name in `BASES`; refused while it is not written down."""
        counted = {"convened": self.called, "present": self.present, "members": self.members}[name]
        if counted <= 0:
            raise ProcedureRefused(f"Chưa có {BASES[name]}; hãy ghi số này trước khi kiểm phiếu.")
        return counted


@dataclass(frozen=True, slots=True)
class Tally:
    """The paper of a counting board: slips handed out, returned, valid, and the votes of each name (name key → votes)."""

    issued: int
    collected: int
    valid: int
    votes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`passed` with the names that go on, `tie` with those the head chooses between, `none` = stop and report, `heard` = consulted.

    `sure` = who is clearly above a tie and goes on whatever the head chooses.
    """

    result: Result
    names: tuple[int, ...]
    base: int
    rule: str = ""
    sure: tuple[int, ...] = ()


def checked_attendance(attendance: Attendance, quorum: Fraction | None) -> Attendance:
    """The same, or refused: numbers that cannot be, or too few present."""
    a = attendance
    if min(a.convened, a.present, a.members, a.excused) < 0:
        raise ProcedureRefused("Số người không thể âm; hãy sửa số được triệu tập, có mặt, vắng.")
    if a.present + a.excused > a.convened:
        text = f"Có mặt {a.present} và vắng bất khả kháng {a.excused} vượt quá {a.convened} người được triệu tập; hãy kiểm tra lại."
        raise ProcedureRefused(text)
    if a.present == 0:
        raise ProcedureRefused("Chưa có ai có mặt; hãy điểm danh trước.")
    if a.members and a.present > a.members:
        raise ProcedureRefused(f"Có mặt {a.present} vượt quá {a.members} thành viên; hãy kiểm tra lại.")
    if quorum is not None and a.present * quorum.denominator < quorum.numerator * a.called:
        least = -(-quorum.numerator * a.called // quorum.denominator)
        raise ProcedureRefused(
            f"Hội nghị chưa đủ thành phần: có mặt {a.present}/{a.called}, cần ít nhất {least} người "
            f"({quorum.numerator}/{quorum.denominator} số được triệu tập); hãy triệu tập lại."
        )
    return attendance


def checked_tally(tally: Tally, attendance: Attendance, names: frozenset[int], choose: int) -> Tally:
    """The same, or refused in one sentence: more slips than people, more votes than slips, a name that is not on the list.

    `choose` = names one slip may hold, all places together.
    """
    t = tally
    chain = [("số người có mặt", attendance.present), ("phiếu phát ra", t.issued), ("phiếu thu về", t.collected), ("phiếu hợp lệ", t.valid)]
    if min(t.issued, t.collected, t.valid, *t.votes.values(), 0) < 0:
        raise ProcedureRefused("Số phiếu không thể âm; hãy sửa lại biên bản kiểm phiếu.")
    for (more, upper), (fewer, lower) in pairwise(chain):
        if lower > upper:
            raise ProcedureRefused(f"{fewer.capitalize()} ({lower}) không thể nhiều hơn {more} ({upper}); hãy kiểm lại.")
    for name, votes in t.votes.items():
        if name not in names:
            raise ProcedureRefused("Có phiếu cho người không thuộc danh sách của bước này; hãy ghi phiếu đó là không hợp lệ.")
        if votes > t.valid:
            raise ProcedureRefused(f"Một người không thể được {votes} phiếu khi chỉ có {t.valid} phiếu hợp lệ; hãy kiểm lại.")
    if sum(t.votes.values()) > t.valid * choose:
        text = f"Tổng số phiếu bầu ({sum(t.votes.values())}) vượt quá {t.valid} phiếu hợp lệ × {choose} tên; hãy kiểm lại."
        raise ProcedureRefused(text)
    return tally


def outcome(ballot: Ballot, tally: Tally, attendance: Attendance, *, seats: int = 1) -> Outcome:
    """Who goes on. The first rule somebody fulfils decides; `highest` keeps as many as there are seats.

    A shared place at the edge is a tie, which only a person settles; a ballot without rules is heard, not decided.
    """
    base = attendance.base(ballot.base)
    order = sorted(tally.votes, key=lambda name: (-tally.votes[name], name))
    if ballot.consultative:
        return Outcome("heard", tuple(order), base)
    for rule in ballot.rules:
        met = [name for name in order if rule.met(tally.votes[name], base)]
        if met and rule.keep == "all":
            return Outcome("passed", tuple(met), base, rule.text)
        if met:
            return _highest(met, tally.votes, seats, base, rule.text)
    tied = _tied_at(ballot, tally, order, base)
    return Outcome("tie", tied, base, "số phiếu bằng nhau") if tied else Outcome("none", (), base)


def _highest(met: list[int], votes: Mapping[int, int], seats: int, base: int, text: str) -> Outcome:
    if len(met) > seats and votes[met[seats - 1]] == (edge := votes[met[seats]]):
        tied, sure = (name for name in met if votes[name] == edge), (name for name in met if votes[name] > edge)
        return Outcome("tie", tuple(tied), base, text, tuple(sure))
    return Outcome("passed", tuple(met[:seats]), base, text)


def _tied_at(ballot: Ballot, tally: Tally, order: list[int], base: int) -> tuple[int, ...]:
    """Two or more people with exactly the share at which the law lets the head choose."""
    if ballot.tie_at is None:
        return ()
    tied = [n for n in order if tally.votes[n] * ballot.tie_at.denominator == ballot.tie_at.numerator * base]
    return tuple(tied) if len(tied) > 1 else ()
