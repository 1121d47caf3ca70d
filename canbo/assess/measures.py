"""Measures and populations shipped as data: expressions of the language under a name people know."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from canbo.facts.registry import Subject

FOLDER = Path(__file__).resolve().parents[1] / "laws" / "measures"
FILES: dict[Subject, str] = {"person": "common.toml", "attendance": "attendance.toml"}


@dataclass(frozen=True)
class Measure:
    """A question with a name: `that` is an expression of the language; empty = everybody of the population."""

    name: str
    label: str
    that: str
    group: str = ""


@dataclass(frozen=True)
class Population:
    """Who is counted, under a name: `that` is an expression of the language over people."""

    name: str
    label: str
    that: str


@cache
def named_measures(subject: Subject = "person") -> Mapping[str, Measure]:
    """All measures of a subject by name, in the order of their file; subjects without a file have none."""
    if subject not in FILES:
        return MappingProxyType({})
    groups = _read(FILES[subject])["group"]
    return MappingProxyType(
        {row["name"]: Measure(row["name"], row["label"], row["that"], g["label"]) for g in groups for row in g["measure"]}
    )


@cache
def named_populations() -> Mapping[str, Population]:
    """All populations by name, in the order of their file."""
    rows = _read("populations.toml")["population"]
    return MappingProxyType({row["name"]: Population(row["name"], row["label"], row["that"]) for row in rows})


def measure_of(text: str, subject: Subject = "person") -> Measure:
    """A named measure, or the expression itself as its own name."""
    return named_measures(subject).get(text) or Measure(text, text, text)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
