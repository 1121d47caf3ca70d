"""The shipped procedures, examples of local law with them, read twice: by the program, and as bare TOML for tests that judge the
program by it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from canbo.engine.law.loader import CENTRAL
from canbo.engine.law.problems import Problems
from canbo.engine.law.source import Table
from canbo.engine.procedures.model import Steps
from canbo.engine.procedures.reading import steps

APPOINTMENT = "bo-nhiem-tai-cho"
OLD, NEW = date(2026, 7, 31), date(2026, 8, 1)
BOARD = ["An", "Bình", "Chi"]
OPINION = {"body": "Đảng ủy", "number": "1-CV/ĐU", "conclusion": "Nhất trí"}


@dataclass(frozen=True)
class Shipped:
    name: str
    raw: dict[str, Any]
    steps: Steps


def read_steps(raw: dict[str, Any]) -> tuple[Steps, list[str]]:
    problems = Problems()
    found = steps(Table(raw, file="x.toml", where="procedure[x]", problems=problems), str(raw.get("document", "")))
    return found, [f"{problem.where}: {problem.text}" for problem in problems.found]


@cache
def shipped() -> tuple[Shipped, ...]:
    found = []
    for path in [*sorted(CENTRAL.glob("procedures/*.toml")), *sorted(CENTRAL.glob("overlays/*/procedures/*.toml"))]:
        for procedure in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["procedure"]:
            for raw in procedure["version"]:
                read, problems = read_steps(raw)
                assert problems == []
                found.append(Shipped(f"{procedure['code']} {raw['from']}", raw, read))
    return tuple(found)


@cache
def different() -> tuple[Shipped, ...]:
    """One of those that differ in words, days and citations alone: what may be done at each of their states is the same."""
    found: dict[str, Shipped] = {}
    for one in shipped():
        found.setdefault(repr(_bare(one.raw)), one)
    return tuple(found.values())


_WORDS = {"label", "body", "note", "document", "article", "evidence", "from", "to", "deadline"}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        words = _WORDS if "ballot" in value else _WORDS | {"quorum"}  # of a meeting that only concludes: tried by hand
        return {key: _bare(part) for key, part in value.items() if key not in words}
    return [_bare(part) for part in value] if isinstance(value, list) else value


def appointment(on: date) -> Steps:
    """As it is in force on a day."""
    starts = {one.raw["from"]: one.steps for one in shipped() if one.name.startswith(APPOINTMENT + " ")}
    return starts[max(start for start in starts if start <= on)]
