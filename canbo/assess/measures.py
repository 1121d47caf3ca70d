"""Named measures shipped as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "laws" / "measures" / "common.toml"


@dataclass(frozen=True)
class Measure:
    """A question with a name: `that` is an expression of the language; empty = everybody of the population."""

    name: str
    label: str
    that: str


@cache
def named_measures() -> dict[str, Measure]:
    """All measures of the shipped file by name, in its order."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["measure"]
    return {row["name"]: Measure(row["name"], row["label"], row["that"]) for row in rows}


def measure_of(text: str) -> Measure:
    """A named measure, or the expression itself as its own name."""
    return named_measures().get(text) or Measure(text, text, text)
