"""Which title is above which: the agency's own rank first, else the shipped ladders; titles of no common ladder are not compared."""

import tomllib
from collections.abc import Collection, Mapping
from functools import cache

from canbo.engine.law.loader import CENTRAL
from canbo.snapshot.store import Snapshot


@cache
def ladders() -> tuple[Mapping[str, int], ...]:
    """Each ladder as title code → step, low to high."""
    told = tomllib.loads((CENTRAL / "lists" / "ladder.toml").read_text(encoding="utf-8"))["ladder"]
    return tuple({code: step for step, codes in enumerate(one["steps"]) for code in codes} for one in told)


def own_ranks(snapshot: Snapshot) -> dict[str, int]:
    """Title code → rank, for the titles an agency ranked itself."""
    table = snapshot.tables.frames["title"]
    return {code: rank for code, rank in zip(table["code"].to_list(), table["rank"].to_list()) if rank is not None}


def compared(title: str, other: str, ranks: Mapping[str, int]) -> int | None:
    """1 when `title` is above `other`, 0 for equal, -1 below; None where nothing compares them. `ranks` = the agency's own."""
    if title == other:
        return 0
    if title in ranks and other in ranks:
        return (ranks[title] > ranks[other]) - (ranks[title] < ranks[other])
    for ladder in ladders():
        if title in ladder and other in ladder:
            return (ladder[title] > ladder[other]) - (ladder[title] < ladder[other])
    return None


def stands_above(title: str, held: Collection[str], ranks: Mapping[str, int]) -> tuple[bool, str]:
    """(whether the title is above every title held that it can be compared with, the held title that is not below)."""
    for other in sorted(held):
        found = compared(title, other, ranks)
        if found is not None and found <= 0:
            return False, other
    return True, ""
