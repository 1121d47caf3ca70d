"""Cases to try: the shipped law, one unit, and entries as they are written on the day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from canbo.assess.law_sets import read_laws
from canbo.cases.changes import Member, Named, Opening, Secrecy, open_case, take_step
from canbo.cases.models import Case
from canbo.engine.law.loader import CENTRAL
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.replay import Entry, State

AT = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
BOARD = ["Trần Thị Dung", "Lê Văn Giang", "Phạm Thị Hoa"]


@cache
def laws() -> LawSet:
    return read_laws([CENTRAL], run_cases=False)


def not_secret(on: date) -> Secrecy:
    return Secrecy("none", "Nguyễn Văn Kiểm", on, "Danh mục bí mật nhà nước ngành tổ chức, đã đối chiếu")


def appointment(unit: int, people: list[int], on: date, who: dict[str, Any], seats: int = 1) -> Case:
    opening = Opening(
        kind="appointment", procedure="bo-nhiem-tai-cho", unit=unit, name="Bổ nhiệm Phó Trưởng phòng", group="career",
        names=[Named(person=pk) for pk in people], secrecy=not_secret(on), on=on, seats=seats,
    )  # fmt: skip
    return open_case(opening=opening, laws=laws(), **who)


def of_planning(unit: int, people: list[int], who: dict[str, Any]) -> Case:
    """People to leave the plan, under the shipped procedure, whose steps all have a text."""
    on = date(2025, 9, 1)
    opening = Opening(
        kind="planning", procedure="dua-ra-khoi-quy-hoach", unit=unit, name="Đưa ra khỏi quy hoạch", group="planning",
        names=[Named(person=pk) for pk in people], secrecy=not_secret(on), on=on, seats=1,
    )  # fmt: skip
    return open_case(opening=opening, laws=laws(), **who)


class Desk:
    """Takes steps one after another, keeping count of what was seen."""

    def __init__(self, case: Case, who: dict[str, Any]) -> None:
        self.case, self.who, self.seen = case, who, 0
        self.names = {row.person_id: row.pk for row in case.names.all()}

    def take(self, step: str, duty: str, on: date, *, called: Iterable[Member] = (), **data: Any) -> State:
        found = take_step(pk=self.case.pk, entry=Entry(step, duty, on, data), seen=self.seen, members=called, **self.who)
        self.seen += 1
        return found

    def vote(self, step: str, on: date, votes: dict[int, int], *, present: int = 10) -> State:
        """Roll call and both counts: votes by person."""
        self.take(step, "convene", on, convened=present, present=present, members=present)
        paper = {
            "issued": present, "collected": present, "valid": sum(votes.values()), "board": BOARD,
            "votes": {self.names[person]: n for person, n in votes.items()},
        }  # fmt: skip
        self.take(step, "count", on, **paper)
        return self.take(step, "recount", on, **paper)
