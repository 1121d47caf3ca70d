"""Columns of lists that the dossier has no field for: each is a text fact, or a list fact, of its folded heading."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial

import polars as pl

from canbo.engine.types import ListOf, Text
from canbo.facts.records import newest, value_of
from canbo.facts.registry import Ask, Fact
from canbo.facts.tables import Tables

_BREAK = r"\s*[,;]\s*"
_READ = 5_000  # different values looked at to tell a list from a text
_LONGEST_ITEM = 20  # characters; longer pieces between commas are phrases, not items


def extra_facts(tables: Tables) -> dict[str, Fact]:
    """One fact for each extra column of these tables."""
    rows = tables.frames["extra_value"].select("name", "label", "value").unique().cast(pl.String).drop_nulls("name")
    return {str(name): _fact(str(name), values) for (name,), values in sorted(rows.group_by("name"), key=lambda group: str(group[0][0]))}


def _fact(name: str, rows: pl.DataFrame) -> Fact:
    listed = is_list(rows["value"].drop_nulls().unique().sort().head(_READ).to_list())
    label = rows["label"].drop_nulls().unique().sort()
    return Fact(
        name=name, subject="person", type=ListOf(Text()) if listed else Text(), label=label[0] if len(label) else name,
        group="basic", rests_on=("extra_value",), of=partial(_values, name=name, listed=listed),
    )  # fmt: skip


def is_list(values: Sequence[str]) -> bool:
    """Whether cells hold lists ("XI, XII, XIV"): short items, and most of those in the lists are seen elsewhere too."""
    cells = [[item for item in re.split(_BREAK, value.strip()) if item] for value in values]
    lists = [cell for cell in cells if len(cell) > 1]
    if not lists or max(len(item) for cell in lists for item in cell) > _LONGEST_ITEM:
        return False
    seen = Counter(item for cell in cells for item in set(cell))
    again = sum(seen[item] > 1 for cell in lists for item in cell)
    return 2 * again >= sum(map(len, lists))


def _values(t: Tables, ask: Ask, *, name: str, listed: bool) -> pl.LazyFrame:
    """The newest value known on the day."""
    rows = t["extra_value"].filter(pl.col("name") == name, pl.col("known_from") <= ask.on)
    value = pl.col("value").cast(pl.String)
    if listed:
        value = value.str.strip_chars().str.replace_all(_BREAK, ",").str.split(",").list.eval(pl.element().filter(pl.element() != ""))
    return value_of(newest(rows, "known_from"), value, "extra_value")
