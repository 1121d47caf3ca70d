"""What the page of the plan is asked: day, unit, title, term, a condition on the people – read, wrong fields told beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from canbo.assess.columns import open_groups
from canbo.dossier.models import PlanEntry
from canbo.engine.compiler import compile
from canbo.engine.language import Expr, LanguageError, names, parse
from canbo.facts.registry import Ask
from canbo.kernel.actors import Forbidden
from canbo.organization.models import Title
from canbo.planning.order import below
from canbo.planning.queries import Asking, entries
from canbo.snapshot.queries import current, facts_frame, vocabulary
from canbo.web.desk import Desk, day_of
from canbo.web.planning.view import reads
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import law_now
from canbo.web.tree import UnitTree
from canbo.web.tree import unit_tree as units_of


@dataclass(frozen=True)
class PlanAsked:
    """The form as typed and what it means. `errors`: field → what is wrong."""

    typed: Mapping[str, str]
    desk: Desk
    on: date
    unit: int | None
    units: frozenset[int] | None
    tree: UnitTree
    where: Expr | None
    errors: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.typed.get(name, "").strip()

    def entries(self, *, history: bool = False) -> list[PlanEntry]:
        """Entries asked for; those whose people the condition is true of. Who cannot be told is left out and counted in `unknown`."""
        asked = Asking(self.on, self.text("cd"), self.text("nk"), self.units, history)
        found = entries(asked=asked, **reads(self.desk))
        if self.where is None:
            return found
        return [row for row in found if self.said.get(row.person_id) is True]

    @cached_property
    def said(self) -> dict[int, bool | None]:
        """person → whether the condition holds on the day; None where the papers do not say."""
        if self.where is None:
            return {}
        ask = Ask(on=self.on, laws=law_now().central)
        frame = facts_frame(snapshot=current(), ask=ask, names=names(self.where), scope=self.desk.scope)
        return dict(frame.select("key", compile(self.where).alias("said")).filter(pl.col("key").is_not_null()).iter_rows())

    @property
    def unknown(self) -> int:
        """People of the plan of that day of whom the condition cannot be told."""
        if self.where is None:
            return 0
        asked = Asking(self.on, self.text("cd"), self.text("nk"), self.units)
        people = {row.person_id for row in entries(asked=asked, **reads(self.desk))}
        return sum(self.said.get(person) is None for person in people)

    @cached_property
    def choices(self) -> tuple[Sequence[tuple[str, str]], Sequence[str]]:
        """Titles and terms somebody was ever planned for, within the scope: titles in protocol order."""
        key = ("planning-choices", self.desk.scope)
        return SHELF.get(snapshot=current(), key=key, make=self._choices, rests_on="plan_entry")

    def _choices(self) -> tuple[Sequence[tuple[str, str]], Sequence[str]]:
        rows = entries(asked=Asking(self.on, history=True), **reads(self.desk))
        titles: dict[str, Title] = {row.title.code: row.title for row in rows if row.title}
        ordered = sorted(titles.values(), key=lambda title: (title.level != "tinh", title.level, title.protocol_order))
        return [(t.code, f"{t.name} ({t.get_level_display().lower()})" if t.level else t.name) for t in ordered], sorted(
            {row.term.code for row in rows if row.term}, reverse=True
        )

    @property
    def about(self) -> tuple[str, ...]:
        """Day and filters in words, as they stand above the table and in its export."""
        titles = dict(self.choices[0])
        said = (
            f"Ngày {self.on:%d/%m/%Y}", self.tree.name(self.unit) if self.unit else "", titles.get(self.text("cd"), ""),
            f"nhiệm kỳ {self.text('nk')}" if self.text("nk") else "", f"điều kiện: {self.text('loc')}" if self.where else "",
            f"{self.unknown} người chưa đủ hồ sơ để biết có đúng điều kiện" if self.unknown else "",
        )  # fmt: skip
        return tuple(filter(None, said))


def plan_asked(data: Mapping[str, str], desk: Desk) -> PlanAsked:
    errors: dict[str, str] = {}
    on, errors["ngay"] = day_of(data.get("ngay", ""), desk.today)
    tree = units_of(snapshot=current(), on=desk.today, scope=desk.scope)
    unit, errors["dv"] = tree.find(data.get("dv", "").strip())
    units = below(unit, current()) if unit else None
    where, errors["loc"] = _condition(data.get("loc", "").strip(), on, desk)
    return PlanAsked(data, desk, on, unit, units, tree, where, {name: text for name, text in errors.items() if text})


def _condition(text: str, on: date, desk: Desk) -> tuple[Expr | None, str]:
    if not text:
        return None, ""
    try:
        words = vocabulary(snapshot=current(), subject="person", map_on=on)
        return parse(text, vocabulary=words, may_see=open_groups(desk.scope)), ""
    except (LanguageError, Forbidden) as error:
        return None, str(error)
