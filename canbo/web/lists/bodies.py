"""Bodies a list can be narrowed to and put in the order of."""

from datetime import date

import polars as pl

from canbo.access.queries import units_under
from canbo.kernel.text import collation_key
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.lists.question import Question
from canbo.web.shelf import SHELF

MOST = 60  # more bodies than this are offered unit by unit


def bodies_offered(*, question: Question, snapshot: Snapshot, desk: Desk) -> list[tuple[int, str]]:
    """(id, name) of the bodies of the day in the unit chosen or the scope; none for who may not see who sits in them."""
    if not desk.scope.sees_group("party"):
        return []
    key = ("bodies", question.on, desk.scope.units)
    found = SHELF.get(snapshot=snapshot, key=key, make=lambda: bodies_of(snapshot, question.on, desk), rests_on="body")
    unit = question.unit if question.unit is not None else desk.actor.unit
    if len(found) > MOST:
        near = units_under([question.unit]) if question.unit is not None else {unit}
        found = [row for row in found if row[2] in near or row[0] == question.body][:MOST]
    return [(pk, name) for pk, name, _ in found]


def bodies_of(snapshot: Snapshot, on: date, desk: Desk) -> list[tuple[int, str, int]]:
    """(id, name, unit) of the bodies of the scope that hold on the day, in the order of their names."""
    rows = snapshot.tables.frames["body"].filter(
        pl.col("start_lo").is_null() | (pl.col("start_lo") <= on), pl.col("end_before").is_null() | (pl.col("end_before") > on)
    )
    found = [row for row in rows.select("id", "name", "unit").iter_rows() if desk.scope.sees_unit(row[2])]
    return sorted(found, key=lambda row: collation_key(row[1]))
