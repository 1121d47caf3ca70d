"""Filling a form on a day for every unit, units rolled up, with its integrity checks and who is in the way of them."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from canbo.engine.breakdown import roll_up
from canbo.engine.language import Expr, names, parse
from canbo.engine.measures import count_many
from canbo.facts.registry import Ask
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Norm
from canbo.reporting.forms import Check, Form
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot


@dataclass(frozen=True)
class FormRow:
    """One agency: column number → figure (None = not known, e.g. no allotted number on record)."""

    unit: str
    name: str
    depth: int
    values: dict[int, int | None]


@dataclass(frozen=True)
class CheckResult:
    """A check on the total row; `difference` = parts − whole."""

    check: Check
    ok: bool
    difference: int


@dataclass(frozen=True)
class FilledForm:
    form: Form
    on: date
    rows: tuple[FormRow, ...]
    total: FormRow
    checks: tuple[CheckResult, ...]
    where_unknown: int
    seq: int


def fill(*, form: Form, on: date, unit: str | None, snapshot: Snapshot, actor: Actor, scope: Scope) -> FilledForm:
    """Every unit of the scope (below `unit`) that has people in it or under it, and the total, each person once."""
    words = vocabulary(snapshot=snapshot, subject="person", map_on=on)
    where = parse(f"in_service and ({form.where})", vocabulary=words, may_see=scope.groups)
    counted = [c for c in form.columns if c.that is not None]
    thats = [parse(c.that, vocabulary=words, may_see=scope.groups) if c.that else None for c in counted]
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=_names(where, thats), subject="person", scope=scope)
    tree = _Tree.of(snapshot)
    if unit is not None:
        below = [code for code in tree.parents if unit in tree.line(code)]
        frame = frame.filter(pl.col("unit").cast(pl.String).is_in(below))
    by_unit = roll_up(frame, unit="unit", parents=tree.parents, where=where, thats=thats, distinct="key")
    quotas = _quotas(form, on, actor, scope)
    total = count_many(frame, where=where, thats=thats)[0]
    rows = [
        FormRow(code, tree.names[code], tree.depth(code), _values(form, counted, row.counts, quotas.get(code)))
        for row in by_unit
        if (code := row.by[0]) is not None
    ]
    rows.sort(key=lambda row: tree.place(row.unit))
    own = [quotas[r.unit] for r in rows if r.unit in quotas]
    whole = FormRow("", "Tổng cộng", 0, _values(form, counted, total.counts, sum(own) if own else None))
    where_unknown = total.counts[0].where_unknown
    return FilledForm(
        form, on, tuple(rows), whole, tuple(_checked(c, whole) for c in form.checks), where_unknown, snapshot.seq
    )


def _names(where: Expr, thats: list[Expr | None]) -> set[str]:
    return {"unit", *names(where), *(name for that in thats if that for name in names(that))}


def _values(form: Form, counted: list, counts: tuple, quota: int | None) -> dict[int, int | None]:
    values: dict[int, int | None] = {column.number: found.count for column, found in zip(counted, counts)}
    # The column without condition counts the population itself.
    values |= {column.number: found.of for column, found in zip(counted, counts) if column.that == ""}
    if form.quota_column is not None:
        values[form.quota_column] = quota
    return values


def _quotas(form: Form, on: date, actor: Actor, scope: Scope) -> dict[str, int]:
    """Numbers allotted to each unit itself on the day, by unit code."""
    rows = Norm.objects.holding(on).filter(staff_kind=form.quota_staff_kind)  # type: ignore[attr-defined]
    found: dict[str, int] = {}
    for unit, code, count in rows.values_list("unit", "unit__code", "count"):
        if scope.units is None or unit in scope.units:
            found[code] = found.get(code, 0) + count
    return found


def _checked(check: Check, total: FormRow) -> CheckResult:
    parts = sum(total.values[n] or 0 for n in check.parts)
    difference = parts - (total.values[check.whole] or 0)
    return CheckResult(check, difference == 0 if check.op == "==" else difference <= 0, difference)


@dataclass(frozen=True)
class _Tree:
    parents: dict[str, str | None]
    names: dict[str, str]
    order: dict[str, int]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "_Tree":
        frame = snapshot.tables.frames["unit"]
        rows = frame.select("id", "parent", pl.col("code").cast(pl.String), pl.col("name").cast(pl.String)).rows()
        codes = {pk: code for pk, _, code, _ in rows}
        parents = {code: codes.get(parent) for _, parent, code, _ in rows}
        return cls(
            parents, {code: name for _, _, code, name in rows}, {code: i for i, code in enumerate(sorted(parents))}
        )

    def line(self, code: str) -> list[str]:
        """The unit and all above it, from the top."""
        found: list[str] = []
        here: str | None = code
        while here is not None and here not in found:
            found.append(here)
            here = self.parents.get(here)
        return found[::-1]

    def depth(self, code: str) -> int:
        return len(self.line(code)) - 1

    def place(self, code: str) -> tuple[int, ...]:
        """Tree order: a unit right before those under it."""
        return tuple(self.order[c] for c in self.line(code))
