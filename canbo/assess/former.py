"""People who served until some day and no longer do: the unit and post they left, and what else is known of them."""

from collections.abc import Collection
from datetime import date

import polars as pl

from canbo.engine.types import is_interval
from canbo.facts.build import find
from canbo.facts.catalogue import readable
from canbo.facts.registry import Ask, Fact
from canbo.facts.tables import Tables
from canbo.kernel.actors import Scope
from canbo.snapshot.queries import refuse_unseen
from canbo.snapshot.store import Snapshot


def last_services(*, snapshot: Snapshot, on: date, scope: Scope) -> pl.DataFrame:
    """key, unit_id, left_on (first day outside) of the last span of service of who has left by the day, within the scope."""
    spans = snapshot.tables.frames["employment"]
    begun = pl.col("start_lo").is_null() | (pl.col("start_lo") <= on)
    lasting = pl.col("end_before").is_null() | (pl.col("end_before") > on)
    merged = snapshot.tables.frames["person"].filter(pl.col("merged_into").is_not_null())
    serving = spans.filter(begun, lasting)
    over = spans.filter(begun, ~lasting).join(serving, on="person", how="anti")
    over = over.join(merged, left_on="person", right_on="id", how="anti").sort("end_before", "id")
    last = over.unique("person", keep="last", maintain_order=True)
    found = last.select(pl.col("person").alias("key"), pl.col("unit").alias("unit_id"), pl.col("end_before").alias("left_on"))
    return found if scope.units is None else found.filter(pl.col("unit_id").is_in(list(scope.units)))


def former_frame(
    *, snapshot: Snapshot, ask: Ask, names: Collection[str], scope: Scope, keys: Collection[int] | None = None,
    last: pl.DataFrame | None = None,
) -> pl.DataFrame:  # fmt: skip
    """key, person_id, unit_id and the named facts, as facts_frame gives them for who still serves.

    `unit` and `position` are the last ones held. `keys` limits the people; `last` is what last_services said of this
    day and scope, where the caller has asked already. Forbidden and UnknownFact as there.
    """
    refuse_unseen(snapshot=snapshot, names=names, subject="person", scope=scope)
    found = last_services(snapshot=snapshot, on=ask.on, scope=scope) if last is None else last
    frame = found.with_columns(pl.col("key").alias("person_id"))
    if keys is not None:
        frame = frame.filter(pl.col("key").is_in(list(keys)))
    known = readable(snapshot.frames.facts, "person")
    tables = snapshot.tables.of_people(frame["key"].to_list())
    for name in dict.fromkeys(names):
        values = _last(name, frame, tables)
        frame = frame.join(_values(find(known, name, "person"), tables, ask) if values is None else values, on="key", how="left")
    return frame


def _values(fact: Fact, tables: Tables, ask: Ask) -> pl.DataFrame:
    interval = not callable(fact.type) and is_interval(fact.type)
    columns = {"lo": f"{fact.name}.lo", "hi": f"{fact.name}.hi"} if interval else {"value": fact.name}
    return fact.of(tables, ask).select("key", *(pl.col(old).alias(new) for old, new in columns.items())).collect()


def _last(name: str, frame: pl.DataFrame, tables: Tables) -> pl.DataFrame | None:
    """Where she served and what she held when she left; None for facts that do not end with service."""
    if name == "unit":
        codes = tables.frames["unit"].select(pl.col("id").alias("unit_id"), pl.col("code").cast(pl.String).alias("unit"))
        return frame.join(codes, on="unit_id", how="left").select("key", "unit")
    if name == "position":
        title = tables.frames["title"].select(pl.col("id").alias("title"), pl.col("name").alias("title_name"))
        held = tables.frames["holding"].sort("start_lo", "id", nulls_last=False).join(title, on="title", how="left")
        last = held.unique("person", keep="last", maintain_order=True)
        words = pl.coalesce(pl.col("title_text").cast(pl.String), "title_name").alias("position")
        return last.select(pl.col("person").alias("key"), words)
    return None
