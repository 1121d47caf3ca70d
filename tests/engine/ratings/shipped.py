"""The shipped regimes, by code and day, and a reader for single tables."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from canbo.engine.law.loader import CENTRAL
from canbo.engine.law.problems import Problems
from canbo.engine.law.source import Table
from canbo.engine.ratings.model import Regime
from canbo.engine.ratings.reading import regime


def read_regime(raw: dict[str, Any]) -> tuple[Regime, list[str]]:
    problems = Problems()
    found = regime(Table(raw, file="x.toml", where="regime[x]", problems=problems), str(raw.get("document", "")))
    return found, [f"{problem.where}: {problem.text}" for problem in problems.found]


@cache
def versions() -> dict[tuple[str, date], tuple[Regime, dict[str, Any]]]:
    text = (CENTRAL / "regimes/evaluation.toml").read_text(encoding="utf-8")
    found = {}
    for row in tomllib.loads(text, parse_float=Decimal)["regime"]:
        for raw in row["version"]:
            read, problems = read_regime(raw)
            assert problems == []
            found[row["code"], raw["from"]] = (read, raw)
    return found


def regime_on(code: str, on: date) -> Regime:
    return versions()[code, max(start for known, start in versions() if known == code and start <= on)][0]


ND335 = regime_on("cong-chuc", date(2026, 12, 31))
ND90 = regime_on("cong-chuc", date(2025, 12, 31))
ND56 = regime_on("cong-chuc", date(2019, 12, 31))
ND233 = regime_on("vien-chuc", date(2026, 12, 31))
QD366 = regime_on("dang-vien", date(2026, 12, 31))
