"""The tables beside this module: what an invented province consists of, in the words of the trade."""

import csv
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """All rows of `tables/<name>.csv`."""
    with (files("canbo.demo") / "tables" / f"{name}.csv").open(encoding="utf-8") as handle:
        return tuple(csv.DictReader(handle))
