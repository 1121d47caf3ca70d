"""What an invented organisation is made of: rows by table, and places for people.

Rows refer to one another by place in their table (1, 2, 3 …); `load` turns places into primary keys.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from canbo.demo.geography import Commune, Geography
from canbo.demo.tables import table

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Former:
    """A unit of before, where careers began; `kind` names its titles in former_posts.csv."""

    unit: int
    name: str
    kind: str
    bodies: tuple["Seating", ...] = ()


@dataclass(frozen=True, slots=True)
class Seating:
    """A body one sits in by one's post."""

    body: int
    kind: str
    start: str
    end: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """A unit of today: where it stands, which unit plans for it, and where its people came from."""

    unit: int
    root: int
    name: str
    level: str
    since: str | None = None
    commune: Commune | None = None
    before: tuple[Former, ...] = ()
    bodies: tuple[Seating, ...] = ()


@dataclass(frozen=True, slots=True)
class Also:
    """A second post that goes with a first one (Bí thư kiêm Chủ tịch HĐND)."""

    unit: int
    title: int
    post: int
    seat: int
    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for one person."""

    office: Office
    title: int
    title_name: str
    post: int
    seat: int | None
    staff_kind: str
    tier: int
    key_post: bool
    kinds: frozenset[str]
    also: Also | None = None
    sex: str = ""


@dataclass
class World:
    """All rows of the organisation by table, the places for people, and titles of former units."""

    geography: Geography
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    slots: list[Slot] = field(default_factory=list)
    titles: dict[str, int] = field(default_factory=dict)
    terms: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    former_posts: dict[tuple[int, str], int] = field(default_factory=dict)

    def add(self, table: str, /, **values: Any) -> int:
        self.rows[table].append(values)
        return len(self.rows[table])

    def add_unit(self, code: str, **values: Any) -> int:
        self.units[code] = self.add("unit", code=code, order=len(self.rows["unit"]), **values)
        return self.units[code]


def add_bodies(
    world: World, *, unit: int, code: str, name: str, since: str, until: str | None,
    terms: Sequence[dict[str, str]] | None = None,
) -> tuple[Seating, ...]:  # fmt: skip
    """Committees, council and administration of a unit for every term (default: of today's tables) in [since, until)."""
    kinds = {
        "dang": (("bch", "Ban Chấp hành Đảng bộ"), ("btv", "Ban Thường vụ")),
        "nha-nuoc": (("hdnd", "Hội đồng nhân dân"), ("ubnd", "Ủy ban nhân dân")),
    }
    made = []
    for row in table("terms") if terms is None else terms:
        start, end = max(row["start"], since), min(row["end"], until or "9999")
        if start >= end or row["start"] > "2026-12":
            continue
        for kind, label in kinds[row["side"]]:
            body = world.add(
                "body", unit_id=unit, code=f"{code}-{kind}-{row['code']}", kind=kind, name=f"{label} {name}",
                term_id=world.terms[row["code"]], start=start, end=end,
            )  # fmt: skip
            made.append(Seating(body, kind, start, end))
    return tuple(made)


def fill_office(world: World, *, office: Office, posts: list[dict[str, str]], officers: int = 0) -> None:
    """Posts, seats, places and norms of one office; a count of 0 for staff means `officers`."""
    norms: dict[str, int] = defaultdict(int)
    for post in posts:
        staffed = int(post["count"]) or (officers if int(post["tier"]) == 1 else 0)
        place = world.add(
            "post", unit_id=office.unit, title_id=world.titles[post["code"]], staff_kind=post["staff_kind"],
            start=office.since,
        )  # fmt: skip
        norms[post["staff_kind"]] += staffed
        seated = post["code"] != "giao-vien"
        for number in range(1, staffed + 1):
            seat = world.add("seat", post_id=place, number=number, start=office.since) if seated else None
            world.slots.append(slot_of(world, office=office, post=post, place=place, seat=seat))
    for kind, count in norms.items():
        world.add("norm", unit_id=office.unit, staff_kind=kind, count=count, start=office.since)


def slot_of(
    world: World, *, office: Office, post: dict[str, str], place: int, seat: int | None,
    also: Also | None = None, sex: str = "",
) -> Slot:  # fmt: skip
    return Slot(
        office, world.titles[post["code"]], post["title"], place, seat, post["staff_kind"], int(post["tier"]),
        post["key_post"] == "1", frozenset(filter(None, post["bodies"].split("|"))), also, sex,
    )  # fmt: skip
