"""Ready-made tables, shipped as data: the questions reports and articles ask of every staff. No figure stands in them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "laws" / "tables"


@dataclass(frozen=True, kw_only=True)
class ShippedTable:
    """A table by name. `years`: as many ends of finished years in a row; `subject` as the desk names it (`luot` = turns)."""

    name: str
    title: str
    about: str
    group: str
    subject: str = ""
    population: str = ""
    where: str = ""
    measures: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    column: str = ""
    share: str = ""
    layout: str = ""
    chart: str = ""
    years: int = 0


@cache
def shipped_tables() -> dict[str, ShippedTable]:
    """Every table of the folder by name, in the order of its files."""
    found = [_table(row, raw["group"]) for raw in map(_read, sorted(FOLDER.glob("*.toml"))) for row in raw["table"]]
    return {table.name: table for table in found}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _table(row: dict[str, Any], group: str) -> ShippedTable:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return ShippedTable(group=group, **values)
