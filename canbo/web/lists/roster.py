"""The list of people as a page asks for it: search, unit, state, body, filter, day → ordered keys → one page of cells."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from canbo.assess.cells import rows_of_texts
from canbo.assess.columns import Chosen, choose, default, head, listable, open_groups
from canbo.assess.former import former_frame, last_services
from canbo.assess.orders import NoSuchOrder, People, members_of, parse_order
from canbo.engine.compiler import compile
from canbo.engine.language import Expr, LanguageError, names, parse
from canbo.engine.phrases import describe
from canbo.facts.catalogue import Words, readable
from canbo.facts.registry import Ask
from canbo.kernel.text import fold
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.lists.question import Question, question_of
from canbo.web.lists.states import FORMER, state_filter, within
from canbo.web.lists.visible import offered_facts
from canbo.web.queries import people_with_id
from canbo.web.shelf import SHELF

LEFT_ON = "Thôi công tác từ"
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Roster:
    """The answer: keys of everybody found, in order; cells are made page by page. `left_out`: columns not to be shown."""

    question: Question
    snapshot: Snapshot
    desk: Desk
    keys: pl.Series
    columns: tuple[str, ...]
    where_text: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        facts = readable(self.snapshot.frames.facts, "person")
        more = (LEFT_ON,) if self.question.state == FORMER else ()
        return (*(head(name, facts) for name in self.columns), *more)

    def cells(self, first: int, count: int) -> list[tuple[int, Cells]]:
        """(key, cells) of `count` people from the `first` on."""
        wanted = self.keys.slice(first, count)
        frame = self.frame(self.columns, wanted)
        words = words_of(self.snapshot, self.question.on)
        rows = dict(zip(frame["key"].to_list(), rows_of_texts(frame=frame, names=self.columns, words=words)))
        if self.question.state == FORMER:
            rows = self._with_last_day(rows)
        return [(key, rows[key]) for key in wanted]

    def frame(self, facts: Collection[str], keys: pl.Series) -> pl.DataFrame:
        """The named facts of these people, who are within the scope already: filtering everybody by unit again would only cost time."""
        scope, ask = replace(self.desk.scope, units=None), Ask(on=self.question.on)
        if self.question.state == FORMER:
            return former_frame(snapshot=self.snapshot, ask=ask, names=facts, scope=scope, keys=keys.to_list(), last=self._last())
        frame = facts_frame(snapshot=self.snapshot, ask=ask, names=facts, scope=scope)
        return frame.filter(pl.col("key").is_in(keys.implode()))

    def _with_last_day(self, rows: dict[int, Cells]) -> dict[int, Cells]:
        last = self._last().filter(pl.col("key").is_in(list(rows)))
        days = dict(zip(last["key"].to_list(), last["left_on"].to_list()))
        return {key: (*cells, f"{days[key]:%d/%m/%Y}") for key, cells in rows.items()}

    def _last(self) -> pl.DataFrame:
        on, scope = self.question.on, self.desk.scope
        make = lambda: last_services(snapshot=self.snapshot, on=on, scope=scope)  # noqa: E731
        return SHELF.get(snapshot=self.snapshot, key=("former", on, scope), make=make)

    def picked(self) -> pl.Series:
        """Those of the list that the reader has picked, in its order."""
        if self.question.all_picked:
            return self.keys
        return self.keys.filter(self.keys.is_in(pl.Series(self.question.picked, dtype=pl.UInt32).implode()))


def roster(*, question: Question, snapshot: Snapshot, desk: Desk) -> Roster:
    """Everybody found. Raises LanguageError for a filter, NoSuchOrder for an order that cannot be read."""
    chosen = columns_of(question.columns, snapshot, desk)
    where = list_expression(question.where, snapshot, question.on, desk)
    order, _ = parse_order(_order(question), snapshot=snapshot, scope=desk.scope)
    key = (
        "roster", question.on, question.text, question.unit, question.own_unit, question.state, question.body, question.where,
        question.order, order.code, desk.scope, desk.actor.unit,
    )  # fmt: skip
    keys = SHELF.get(snapshot=snapshot, key=key, make=lambda: _keys(question, snapshot, desk, where))
    return Roster(question, snapshot, desk, keys, chosen.names, describe(where) if where else "", chosen.left_out)


def _order(question: Question) -> str:
    """The order asked for; a body's own where one is chosen and nothing is asked."""
    order = question.order or ("to-chuc" if question.body is not None else "")
    return f"to-chuc:{question.body or ''}" if order == "to-chuc" else order


def columns_of(names: Sequence[str], snapshot: Snapshot, desk: Desk) -> Chosen:
    facts = offered_facts(snapshot, desk)
    return choose(names, facts=facts) if names else default(facts=facts)


def visible_columns(snapshot: Snapshot, desk: Desk) -> tuple[str, ...]:
    return default(facts=listable(snapshot=snapshot, scope=desk.scope)).names


def words_of(snapshot: Snapshot, on: date) -> Words:
    """What a filter may name, with the labels of that day."""
    return vocabulary(snapshot=snapshot, subject="person", map_on=on)


def expression(text: str, snapshot: Snapshot, on: date, desk: Desk) -> Expr | None:
    """A condition, typed; facts of a group the reader may not see are refused, because counting leaks."""
    if not text:
        return None
    return parse(text, vocabulary=words_of(snapshot, on), may_see=desk.scope.groups)


def list_expression(text: str, snapshot: Snapshot, on: date, desk: Desk) -> Expr | None:
    """A list's filter: facts of the closest groups are refused too, since a list names who they are true of."""
    found = expression(text, snapshot, on, desk)
    closed = [name for name in names(found) if words_of(snapshot, on)[name].group not in open_groups(desk.scope)] if found else []
    if closed:
        label = words_of(snapshot, on)[closed[0]].label
        raise LanguageError(f"“{label}” chỉ dùng trong biểu tổng hợp, không dùng để lọc người; hãy bỏ điều kiện này.", text.find(closed[0]))
    return found


def _keys(question: Question, snapshot: Snapshot, desk: Desk, where: Expr | None) -> pl.Series:
    order, argument = parse_order(_order(question), snapshot=snapshot, scope=desk.scope)
    state = state_filter(question.state, snapshot=snapshot, on=question.on, desk=desk)
    needed = {*order.needs(argument), *(names(where) if where else ()), *(names(state) if state else ())}
    ask = Ask(on=question.on)
    frame_of = former_frame if question.state == FORMER else facts_frame
    frame = frame_of(snapshot=snapshot, ask=ask, names=needed, scope=desk.scope)
    for condition in (where, state):
        frame = frame.filter(compile(condition)) if condition is not None else frame
    frame = _of_body(within(frame, question, desk), question, snapshot, desk)
    if question.text:
        frame = _matching(frame, question.text, snapshot, desk)
    people = People(
        frame=frame, snapshot=snapshot, on=question.on, ranks=SHELF.names(snapshot), words=words_of(snapshot, question.on)
    )  # fmt: skip
    return order.sort(people, argument)["key"]


def keys_in_order(keys: list[int], *, snapshot: Snapshot, on: date, desk: Desk) -> pl.Series:
    """These people in the order of every list: protocol order of titles, then given names."""
    order, argument = parse_order("", snapshot=snapshot, scope=desk.scope)
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=order.needs(argument), scope=desk.scope)
    wanted = frame.filter(pl.col("key").is_in(keys))
    people = People(frame=wanted, snapshot=snapshot, on=on, ranks=SHELF.names(snapshot), words=words_of(snapshot, on))
    return order.sort(people, argument)["key"]


def _of_body(frame: pl.DataFrame, question: Question, snapshot: Snapshot, desk: Desk) -> pl.DataFrame:
    if question.body is None:
        return frame
    if not desk.scope.sees_group("party"):
        raise NoSuchOrder("Bạn chưa được giao quyền xem ai tham gia cấp ủy, tổ chức.")
    members = members_of(question.body, snapshot=snapshot, on=question.on)
    return frame.filter(pl.col("key").is_in(members["person"].implode()))


def _matching(frame: pl.DataFrame, text: str, snapshot: Snapshot, desk: Desk) -> pl.DataFrame:
    if text.isdigit():
        return frame.filter(pl.col("key").is_in(people_with_id(personal_id=text, actor=desk.actor, scope=desk.scope)))
    words = [re.escape(word) for word in fold(text).split()]
    pattern = r"(?:^| )" + r"(?:.* )?".join(rf"{word}[^ ]* ?" for word in words)
    named = SHELF.names(snapshot).filter(pl.col("folded").str.contains(pattern))
    return frame.join(named.select(pl.col("id").alias("key")), on="key", how="semi")


__all__ = [
    "LanguageError", "NoSuchOrder", "Question", "Roster", "expression", "keys_in_order", "list_expression", "question_of",
    "roster", "visible_columns", "words_of",
]  # fmt: skip
