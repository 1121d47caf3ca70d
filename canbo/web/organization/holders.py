"""Who sits where on a day: posts of a unit with their holders, bodies with their members in order, staff against the norm."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from canbo.facts.registry import Ask
from canbo.organization.models import STAFF_KINDS
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk

Named = tuple[int, str]
KINDS = dict(STAFF_KINDS)
LAST = 9999


@dataclass(frozen=True)
class PostLine:
    """A post: how many places, who holds them (None = the reader sees no names), and how many are empty."""

    title: str
    staff_kind: str
    places: int
    held: int
    holders: list[Named] | None

    @property
    def vacant(self) -> int:
        return max(0, self.places - self.held)


@dataclass(frozen=True)
class BodyLine:
    """A body with its members in their typed order."""

    name: str
    members: list[Named] | None
    count: int


@dataclass(frozen=True)
class NormLine:
    """Staff allotted and staff serving, of one kind; `allotted` None = no norm is written."""

    label: str
    allotted: int | None
    serving: int


def on_day(frame: pl.DataFrame, on: date) -> pl.DataFrame:
    begun = pl.col("start_lo").is_null() | (pl.col("start_lo") <= on)
    return frame.filter(begun & (pl.col("end_before").is_null() | (pl.col("end_before") > on)))


def posts_of(unit: int, *, snapshot: Snapshot, on: date, desk: Desk) -> list[PostLine]:
    """Posts of the unit in protocol order; titles held without a post set up stand among them."""
    frames = snapshot.tables.frames
    posts = on_day(frames["post"], on).filter(pl.col("unit") == unit).select("id", "title", "staff_kind")
    seats = Counter(on_day(frames["seat"], on).filter(pl.col("post").is_in(posts["id"].implode()))["post"].to_list())
    held = on_day(frames["holding"], on).filter((pl.col("unit") == unit) | pl.col("post").is_in(posts["id"].implode()))
    people = _people(held["person"].to_list(), snapshot=snapshot, on=on, desk=desk, group="career")
    by_post: dict[int | None, list[int]] = defaultdict(list)
    by_title: dict[int | None, list[int]] = defaultdict(list)
    for person, post, title in held.select("person", "post", "title").iter_rows():
        (by_post[post] if post is not None else by_title[title]).append(person)
    titles = {pk: (order, name) for pk, order, name in frames["title"].select("id", "protocol_order", "name").iter_rows()}
    lines = [
        (titles.get(title, (LAST, "")), _line(titles, title, kind, seats[pk], by_post[pk] + by_title.pop(title, []), people))
        for pk, title, kind in posts.iter_rows()
    ]
    lines += [(titles[t], _line(titles, t, "", 0, who, people)) for t, who in by_title.items() if t is not None and t in titles]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0]) if line.places or line.held]


def _line(titles: dict[int, Any], title: int, kind: str | None, places: int, who: list[int], people: dict[int, str] | None) -> PostLine:
    holders = None if people is None else [(pk, people[pk]) for pk in dict.fromkeys(who) if pk in people]
    return PostLine(titles.get(title, (0, ""))[1], KINDS.get(kind or "", ""), places, len(set(who)), holders)


def bodies_of(unit: int, *, snapshot: Snapshot, on: date, desk: Desk) -> list[BodyLine]:
    frames = snapshot.tables.frames
    bodies = on_day(frames["body"], on).filter(pl.col("unit") == unit).sort("name")
    members = on_day(frames["membership"], on).filter(pl.col("body").is_in(bodies["id"].implode()))
    members = members.sort(pl.col("order").fill_null(LAST), "id")  # why: members without a typed order come after all others
    people = _people(members["person"].to_list(), snapshot=snapshot, on=on, desk=desk, group="party")
    found = []
    for pk, name in bodies.select("id", "name").iter_rows():
        who = list(dict.fromkeys(members.filter(pl.col("body") == pk)["person"].to_list()))
        named = None if people is None else [(key, people[key]) for key in who if key in people]
        found.append(BodyLine(name, named, len(who)))
    return found


def norms_of(unit: int, *, snapshot: Snapshot, on: date) -> list[NormLine]:
    """Staff allotted and staff serving in the unit itself, without the units below."""
    frames = snapshot.tables.frames
    rows = on_day(frames["norm"], on).filter(pl.col("unit") == unit).select("staff_kind", "count").iter_rows()
    allotted = dict(rows)
    staff = on_day(frames["employment"], on).filter(pl.col("unit") == unit).unique(subset=["person", "staff_kind"])
    serving = Counter(staff["staff_kind"].to_list())
    lines = [NormLine(label, allotted.get(k), serving[k]) for k, label in STAFF_KINDS if k in allotted or serving[k]]
    unknown = sum(count for kind, count in serving.items() if kind not in KINDS)
    return [*lines, *([NormLine("Chưa rõ đối tượng", None, unknown)] if unknown else [])]


def _people(keys: list[int], *, snapshot: Snapshot, on: date, desk: Desk, group: str) -> dict[int, str] | None:
    """Names by key of those the reader may open; None when she may not know who sits there at all."""
    if not (desk.actor.may("dossier.read") and desk.scope.sees_group(group)):
        return None
    seen = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=(), scope=desk.scope)["key"]
    rows = snapshot.tables.frames["person"].filter(pl.col("id").is_in(keys) & pl.col("id").is_in(seen.implode()))
    return {pk: name or "" for pk, name in rows.select("id", "full_name").iter_rows()}
