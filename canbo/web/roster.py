"""The list of people as a page asks for it: search, unit, filter, day → ordered keys → one page of cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from canbo.access.queries import units_under
from canbo.assess.lists import interval
from canbo.assess.statistics import label_of
from canbo.engine.compiler import compile
from canbo.engine.language import Expr, LanguageError, names, parse
from canbo.engine.phrases import describe
from canbo.facts.catalogue import Words, readable
from canbo.facts.registry import Ask
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import fold
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of
from canbo.web.queries import people_with_id
from canbo.web.shelf import SHELF
from canbo.web.tree import UnitTree

COLUMNS = ("name", "birth", "sex", "unit", "position", "degree", "political_theory", "party_joined")
HEADS = {
    "name": "Họ và tên", "birth": "Ngày sinh", "sex": "Giới tính", "unit": "Đơn vị", "position": "Chức vụ",
    "degree": "Trình độ chuyên môn", "political_theory": "Lý luận chính trị", "party_joined": "Ngày vào Đảng",
}  # fmt: skip
LAST = 9999  # who holds no title of the list comes after all who do
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What the reader asked; `errors` holds one sentence per field, beside the text she typed."""

    on: date
    text: str = ""
    unit: int | None = None
    own_unit: bool = False
    where: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    """The answer: keys of everybody found, in order; cells are made page by page."""

    question: Question
    snapshot: Snapshot
    desk: Desk
    keys: pl.Series
    columns: tuple[str, ...]
    where_text: str = ""

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(HEADS[name] for name in self.columns)

    def cells(self, first: int, count: int) -> list[tuple[int, Cells]]:
        """(key, cells) of `count` people from the `first` on."""
        words = words_of(self.snapshot, self.question.on)
        wanted = self.keys.slice(first, count)
        # The keys are within the scope already; filtering everybody by unit once more would only cost time.
        scope = replace(self.desk.scope, units=None)
        ask = Ask(on=self.question.on)
        frame = facts_frame(snapshot=self.snapshot, ask=ask, names=self.columns, scope=scope)
        rows = {row["key"]: row for row in frame.filter(pl.col("key").is_in(wanted.implode())).iter_rows(named=True)}
        return [(key, tuple(shown(rows[key], name, words) for name in self.columns)) for key in wanted]


def question_of(data: Mapping[str, str], *, desk: Desk, tree: UnitTree) -> Question:
    """The query string, read; nothing typed is lost."""
    typed = {name: data.get(name, "").strip() for name in ("tim", "dv", "loc", "ngay", "pv")}
    errors: dict[str, str] = {}
    on, errors["ngay"] = day_of(typed["ngay"], desk.today)
    unit, errors["dv"] = tree.find(typed["dv"])
    text = typed["tim"]
    if text.isdigit() and not desk.scope.sees_group("identity"):
        errors["tim"] = "Vai trò đang dùng chưa được giao quyền tìm theo số định danh; hãy tìm theo họ tên."
    elif text.isdigit() and len(text) != 12:
        errors["tim"] = f"Số định danh gồm 12 chữ số; bạn đã nhập {len(text)}."
    found = {name: text for name, text in errors.items() if text}
    return Question(on, text, unit, typed["pv"] == "don-vi", typed["loc"], typed, found)


def roster(*, question: Question, snapshot: Snapshot, desk: Desk) -> Roster:
    """Everybody found. Raises LanguageError for a filter that cannot be read."""
    columns = visible_columns(snapshot, desk)
    where = expression(question.where, snapshot, question.on, desk)
    key = (
        "roster", question.on, question.text, question.unit, question.own_unit, question.where, desk.scope, desk.actor.unit,
    )  # fmt: skip
    keys = SHELF.get(snapshot=snapshot, key=key, make=lambda: _keys(question, snapshot, desk, where))
    return Roster(question, snapshot, desk, keys, columns, describe(where) if where else "")


def visible_columns(snapshot: Snapshot, desk: Desk) -> tuple[str, ...]:
    facts = readable(snapshot.frames.facts, "person")
    return tuple(name for name in COLUMNS if desk.scope.sees_group(facts[name].group))


def words_of(snapshot: Snapshot, on: date) -> Words:
    """What a filter may name, with the labels of that day."""
    return vocabulary(snapshot=snapshot, subject="person", map_on=on)


def expression(text: str, snapshot: Snapshot, on: date, desk: Desk) -> Expr | None:
    """The filter, typed; facts of a group the reader may not see are refused, because counting leaks."""
    if not text:
        return None
    return parse(text, vocabulary=words_of(snapshot, on), may_see=desk.scope.groups)


def _keys(question: Question, snapshot: Snapshot, desk: Desk, where: Expr | None) -> pl.Series:
    ordered = ("title",) if desk.scope.sees_group("career") else ()
    needed = {*ordered, *(names(where) if where else ())}
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=question.on), names=needed, scope=desk.scope)
    if where is not None:
        frame = frame.filter(compile(where))
    frame = _in_units(frame, question, desk).with_columns(pl.col("key").alias("id"))
    if question.text:
        frame = _matching(frame, question.text, snapshot, desk)
    return _sorted(frame, snapshot, by_title=bool(ordered))


def keys_in_order(keys: list[int], *, snapshot: Snapshot, on: date, desk: Desk) -> pl.Series:
    """These people in the order of every list: protocol order of titles, then given names."""
    ordered = ("title",) if desk.scope.sees_group("career") else ()
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=ordered, scope=desk.scope)
    wanted = frame.filter(pl.col("key").is_in(keys)).with_columns(pl.col("key").alias("id"))
    return _sorted(wanted, snapshot, by_title=bool(ordered))


def _in_units(frame: pl.DataFrame, question: Question, desk: Desk) -> pl.DataFrame:
    if question.unit is not None:
        frame = frame.filter(pl.col("unit_id").is_in(list(units_under([question.unit]))))
    if question.own_unit and desk.actor.unit is not None:
        frame = frame.filter(pl.col("unit_id") == desk.actor.unit)
    return frame


def _matching(frame: pl.DataFrame, text: str, snapshot: Snapshot, desk: Desk) -> pl.DataFrame:
    if text.isdigit():
        return frame.filter(pl.col("key").is_in(people_with_id(personal_id=text, actor=desk.actor, scope=desk.scope)))
    words = [re.escape(word) for word in fold(text).split()]
    pattern = r"(?:^| )" + r"(?:.* )?".join(rf"{word}[^ ]* ?" for word in words)
    named = SHELF.names(snapshot).filter(pl.col("folded").str.contains(pattern))
    return frame.join(named.select("id"), on="id", how="semi")


def _sorted(frame: pl.DataFrame, snapshot: Snapshot, *, by_title: bool) -> pl.Series:
    ranked = frame.join(SHELF.names(snapshot), on="id", how="left")
    if not by_title:
        return ranked.sort("rank")["key"]
    titles = snapshot.tables.frames["title"].select(pl.col("code").cast(pl.String).alias("title"), "protocol_order")
    ranked = ranked.with_columns(pl.col("title").cast(pl.String)).join(titles, on="title", how="left")
    order = pl.col("protocol_order").fill_null(LAST)  # why: without a title of the list she stands after all others
    return ranked.sort(order, "rank")["key"]


def shown(row: Mapping[str, Any], name: str, words: Words) -> str:
    """A cell as people read it; unknown is empty."""
    value = row[name] if name in row else interval(row[f"{name}.lo"], row[f"{name}.hi"])
    if value is None:
        return ""
    if name in ("birth", "party_joined") and "–" not in str(value):
        return PartialDate.from_iso(str(value)).display
    return label_of(words, name, value)


__all__ = ["LanguageError", "Question", "Roster", "keys_in_order", "question_of", "roster"]
