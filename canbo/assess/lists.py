"""Lists of people of a date: chosen by the language, in protocol and given-name order, with the columns asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from canbo.assess.columns import open_groups
from canbo.assess.orders import People, parse_order, ranks_of
from canbo.assess.statistics import label_of
from canbo.engine.compiler import compile
from canbo.engine.language import names, parse
from canbo.engine.phrases import describe
from canbo.facts.build import find
from canbo.facts.catalogue import Words, readable
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import PartialDate
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot

DEFAULT_COLUMNS = ("name", "birth", "sex", "unit", "position", "degree", "political_theory")


@dataclass(frozen=True, kw_only=True)
class ListRequest:
    """Who (`where`, empty = everybody of the scope), on which day, with which facts as columns."""

    on: date
    where: str = ""
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    map_on: date | None = None
    order: str = "ten"


@dataclass(frozen=True)
class PeopleList:
    """Rows of raw values by fact name (interval dates as partial ISO text), the labels to show them, keys of the people."""

    request: ListRequest
    words: Words
    keys: list[int]
    rows: list[dict[str, Any]]
    where_text: str

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(self.words[name].label for name in self.request.columns)

    def as_json(self) -> list[dict[str, Any]]:
        return self.rows

    def as_cells(self) -> list[list[Any]]:
        """Rows as printed: a running number, then labels instead of codes."""
        return [
            [i, *(self._shown(name, row[name]) for name in self.request.columns)] for i, row in enumerate(self.rows, 1)
        ]

    def _shown(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, list):
            return ", ".join(label_of(self.words, name, v) for v in value)
        if (
            isinstance(value, str)
            and value[:4].isdigit()
            and name in self.words
            and "Date" in type(self.words[name].type).__name__
        ):
            return PartialDate.from_iso(value).display
        return label_of(self.words, name, value)


def people_list(*, request: ListRequest, snapshot: Snapshot, actor: Actor, scope: Scope) -> PeopleList:
    """The people for whom `where` is surely true, in order. Raises LanguageError, UnknownFact, Forbidden, NoSuchOrder."""
    words = vocabulary(snapshot=snapshot, subject="person", map_on=request.map_on or request.on)
    known = readable(snapshot.frames.facts, "person")
    for name in request.columns:
        if not scope.sees_group(find(known, name, "person").group):
            raise Forbidden(f"Bạn chưa được giao quyền xem cột “{words[name].label}”.")
    where = parse(request.where, vocabulary=words, may_see=open_groups(scope)) if request.where else None
    order, argument = parse_order(request.order, snapshot=snapshot, scope=scope)
    needed = {"name", "in_service", *order.needs(argument), *request.columns, *(names(where) if where else ())}
    ask = Ask(on=request.on, map_on=request.map_on)
    frame = facts_frame(snapshot=snapshot, ask=ask, names=needed, subject="person", scope=scope)
    frame = frame.filter(pl.col("in_service"))
    if where is not None:
        frame = frame.filter(compile(where))
    people = People(frame=frame, snapshot=snapshot, on=request.on, ranks=ranks_of(frame), words=words)
    frame = order.sort(people, argument)
    rows = [(key, _values(row, request.columns)) for key, row in zip(frame["key"], frame.iter_rows(named=True))]
    text = describe(where) if where is not None else ""
    return PeopleList(request, words, [key for key, _ in rows], [row for _, row in rows], text)


def _values(row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] if name in row else interval(row[f"{name}.lo"], row[f"{name}.hi"]) for name in columns}


def interval(lo: Any, hi: Any) -> Any:
    """One value for an interval: the value itself, a partial date for a whole month or year, else `lo–hi`."""
    if lo is None or hi is None:
        return None
    if lo == hi:
        return lo.isoformat() if isinstance(lo, date) else lo
    if isinstance(lo, date):
        for partial in (PartialDate(lo.year, lo.month), PartialDate(lo.year)):
            if (partial.lo, partial.hi) == (lo, hi):
                return partial.iso
        return f"{lo.isoformat()}–{hi.isoformat()}"
    return f"{lo}–{hi}"
