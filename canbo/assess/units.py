"""The tree of units as tables need it: who stands under whom, at which level, in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from canbo.kernel.text import collation_key
from canbo.snapshot.store import Snapshot

LEVELS = {"trung-uong": "cấp trung ương", "tinh": "cấp tỉnh", "huyen": "cấp huyện", "xa": "cấp xã"}
AT = "@"  # `unit@xa`: each unit stands for the nearest unit of that level at or above it


@dataclass(frozen=True)
class Units:
    """By code: the unit above, the name, the level, the database id."""

    parents: dict[str, str | None]
    names: dict[str, str]
    levels: dict[str, str]
    ids: dict[str, int]

    def line(self, code: str) -> list[str]:
        """The unit and all above it, from the top; a ring ends where it closes."""
        found: list[str] = []
        here: str | None = code
        while here is not None and here not in found:
            found.append(here)
            here = self.parents.get(here)
        return found[::-1]

    def depth(self, code: str) -> int:
        return len(self.line(code)) - 1

    @cached_property
    def places(self) -> dict[str, int]:
        """Where a unit stands in the list of all: under the one above it, in Vietnamese order of names."""
        keys = {code: (collation_key(name), code) for code, name in self.names.items()}
        ordered = sorted(self.parents, key=lambda code: [keys[above] for above in self.line(code)])
        return {code: place for place, code in enumerate(ordered)}

    def pairs(self, codes: Iterable[str]) -> pl.LazyFrame:
        """(unit, above): each unit with itself and with every unit above it."""
        rows = [(code, above) for code in codes for above in self.line(code)]
        return pl.LazyFrame(rows, schema={"unit": pl.String, "above": pl.String}, orient="row")

    def at_level(self, code: str, level: str) -> str | None:
        """The unit itself or the nearest above it that is of that level."""
        return next((above for above in reversed(self.line(code)) if self.levels.get(above) == level), None)


def units_of(snapshot: Snapshot) -> Units:
    """All units of the snapshot, whenever they hold: figures of any day may name them."""
    frame = snapshot.tables.frames["unit"]
    held, units = _LAST.get("units", (None, None))
    if held is not frame or units is None:
        units = _read(frame)
        _LAST["units"] = frame, units
    return units


# The tree of the newest table of units: sorting thousands of names would cost more than counting.
_LAST: dict[str, tuple[pl.DataFrame, Units]] = {}


def _read(frame: pl.DataFrame) -> Units:
    columns = ("id", "parent", "code", "name", "level")
    rows = frame.select("id", "parent", *(pl.col(c).cast(pl.String) for c in columns[2:])).rows()
    codes = {pk: code for pk, _, code, *_ in rows}
    return Units(
        parents={code: codes.get(parent) for _, parent, code, *_ in rows},
        names={code: name or code for *_, code, name, _ in rows},
        levels={code: level or "" for *_, code, _, level in rows},
        ids={code: pk for pk, _, code, *_ in rows},
    )


def fact_of(name: str) -> str:
    """The fact a breakdown rests on: `unit@xa` rests on `unit`."""
    return name.partition(AT)[0]


def with_levels(frame: pl.DataFrame, by: Iterable[str], units: Units) -> pl.DataFrame:
    """The frame with a column for every `unit@level` asked for; null where no unit of the level stands above."""
    wanted = [name for name in by if AT in name]
    if not wanted:
        return frame
    known = frame["unit"].cast(pl.String).unique().drop_nulls().to_list()
    columns = [_at_level(name, known, units) for name in wanted]
    return frame.with_columns(columns)


def _at_level(name: str, known: list[str], units: Units) -> pl.Expr:
    standing = [units.at_level(code, name.partition(AT)[2]) for code in known]
    return pl.col("unit").cast(pl.String).replace_strict(known, standing, default=None, return_dtype=pl.String).alias(name)
