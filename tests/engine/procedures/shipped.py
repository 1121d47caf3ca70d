"""The shipped procedures read twice: by the program, and as bare TOML for tests that judge the program by it."""

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
    for path in sorted((CENTRAL / "procedures").glob("*.toml")):
        for procedure in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["procedure"]:
            for raw in procedure["version"]:
                read, problems = read_steps(raw)
                assert problems == []
                found.append(Shipped(f"{procedure['code']} {raw['from']}", raw, read))
    return tuple(found)


def appointment(on: date) -> Steps:
    """As it is in force on a day."""
    starts = {one.raw["from"]: one.steps for one in shipped() if one.name.startswith(APPOINTMENT + " ")}
    return starts[max(start for start in starts if start <= on)]
