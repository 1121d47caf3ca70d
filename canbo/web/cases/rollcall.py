"""The roll call of a step: people from a body or typed, who came, who is excused, who votes – and the numbers that follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from canbo.assess.orders import members_of, role_rank
from canbo.cases.changes import Member
from canbo.dossier.labels import label_of_code
from canbo.snapshot.queries import current
from canbo.web.cases.people import served
from canbo.web.cases.typed import Typed
from canbo.web.desk import Desk
from canbo.web.lists.bodies import MOST as MOST_BODIES
from canbo.web.lists.bodies import bodies_of

PRESENT, ABSENT, EXCUSED = "co", "vang", "batkhakhang"
ATTENDANCE = {PRESENT: "Có mặt", ABSENT: "Vắng", EXCUSED: "Vắng bất khả kháng"}
MOST = 400


@dataclass(frozen=True)
class Seat:
    """One line of the roll call as typed."""

    name: str
    capacity: str = ""
    person: str = ""
    here: str = PRESENT
    why: str = ""
    votes: bool = True

    def member(self, known: set[int]) -> Member:
        person = int(self.person) if self.person.isdecimal() and int(self.person) in known else None
        excused = (self.why or ATTENDANCE[EXCUSED]) if self.here == EXCUSED else ""
        return Member(self.name, self.capacity, person, self.here == PRESENT, excused, self.votes)


def bodies_offered(unit: int, desk: Desk) -> list[tuple[int, str]]:
    """Bodies of the day, those of the case's own unit first; none for who may not see who sits in them."""
    if not desk.scope.sees_group("party"):
        return []
    found = sorted(bodies_of(current(), desk.today, desk), key=lambda row: row[2] != unit)
    return [(pk, name) for pk, name, _ in found[:MOST_BODIES]]


def seats_of(typed: Typed, desk: Desk) -> list[Seat]:
    """The lines as posted; with a button, the members of a body or the names of a text are added to them."""
    number = typed.text("tv-so")
    seats = [_posted(typed, n) for n in range(min(int(number), MOST))] if number.isdecimal() and len(number) < 5 else []
    seats = [seat for seat in seats if seat.name]
    if typed.text("viec") == "lay-thanh-vien":
        seats += _of_body(typed.text("hoidong"), desk)
    if typed.text("viec") in ("lay-thanh-vien", "buoc"):
        seats += [_line(line) for line in typed.lines("ten-them")]
    return list({(seat.person or seat.name, seat.capacity): seat for seat in seats}.values())[:MOST]


def _posted(typed: Typed, n: int) -> Seat:
    here = typed.text(f"tv-mat-{n}")
    return Seat(
        typed.text(f"tv-ten-{n}"), typed.text(f"tv-tucach-{n}"), typed.text(f"tv-nguoi-{n}"), here if here in ATTENDANCE else PRESENT,
        typed.text(f"tv-lydo-{n}"), bool(typed.text(f"tv-phieu-{n}")),
    )  # fmt: skip


def _line(text: str) -> Seat:
    """`Họ tên – tư cách`."""
    name, _, capacity = text.replace(";", "–").partition("–")
    return Seat(name.strip(), capacity.strip())


def _of_body(chosen: str, desk: Desk) -> list[Seat]:
    snapshot = current()
    offered = {str(pk) for pk, _, _ in bodies_of(snapshot, desk.today, desk)} if desk.scope.sees_group("party") else set()
    if chosen not in offered:
        return []
    rows = members_of(int(chosen), snapshot=snapshot, on=desk.today).select("person", ".role", ".typed").iter_rows()
    members = sorted(rows, key=lambda row: (row[2] is None, row[2] or 0, role_rank(row[1])))
    names = dict(snapshot.tables.frames["person"].select("id", "full_name").iter_rows())
    return [
        Seat(names.get(person) or "", label_of_code(table="membership", column="role", code=role or ""), str(person))
        for person, role, _ in members
    ]


def attendance_of(seats: list[Seat], typed: Typed) -> dict[str, Any]:
    """The numbers of the roll call; those typed where nobody is named. The whole number of members is always typed."""
    if not seats:
        return {key: typed.number(name) for key, name in _TYPED.items()}
    voting = [seat for seat in seats if seat.votes]
    return {
        "convened": len(voting), "present": sum(seat.here == PRESENT for seat in voting),
        "excused": sum(seat.here == EXCUSED for seat in voting), "members": typed.number("tongso"),
    }  # fmt: skip


_TYPED: Mapping[str, str] = {"convened": "trieutap", "present": "comat", "excused": "vang", "members": "tongso"}


def members_from(seats: list[Seat], desk: Desk) -> list[Member]:
    known = served(desk, desk.today) if seats else set()
    return [seat.member(known) for seat in seats]
