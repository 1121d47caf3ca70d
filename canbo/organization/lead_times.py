"""How many days ahead of what falls due one is told: defaults are data (canbo/laws/due.toml), agencies set their own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from canbo.organization.models import Setting, Unit

FILE = Path(__file__).resolve().parents[1] / "laws" / "due.toml"
PREFIX = "lead_days."


@dataclass(frozen=True, slots=True)
class DueKind:
    """A kind of obligation, the days ahead it is told when nobody set another number, and why so many."""

    code: str
    label: str
    lead_days: int
    why: str


@cache
def due_kinds() -> Mapping[str, DueKind]:
    """All kinds in the order of the file."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["kind"]
    return {row["code"]: DueKind(**row) for row in rows}


def lead_days(*, unit: int | None) -> dict[str, int]:
    """kind → days ahead in force for a unit: its own, else of the nearest unit above, else of the data folder, else the default."""
    own: dict[int | None, dict[str, int]] = {}
    for name, of, value in Setting.objects.filter(name__startswith=PREFIX).values_list("name", "unit", "value"):
        own.setdefault(of, {})[name.removeprefix(PREFIX)] = int(value)
    found = {code: kind.lead_days for code, kind in due_kinds().items()} | own.get(None, {})
    chain: list[int] = []
    while own and unit is not None:
        chain.append(unit)
        unit = Unit.objects.filter(pk=unit).values_list("parent", flat=True).first()
    for nearer in reversed(chain):
        found |= own.get(nearer, {})
    return found
