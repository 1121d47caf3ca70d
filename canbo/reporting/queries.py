"""Filling a form on a day for every unit, units rolled up, with its integrity checks and who is in the way of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from canbo.engine.breakdown import roll_up_sums
from canbo.engine.language import Expr, names, parse
from canbo.engine.types import Vocabulary
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
class Failure:
    """A check that a row (or the column of totals) does not pass: where, in words, and the columns in question."""

    unit: str
    name: str
    text: str
    columns: tuple[int, ...]


@dataclass(frozen=True)
class FilledForm:
    """`hidden` are the numbers of columns the reader may not count; they stay blank and no check speaks of them."""

    form: Form
    on: date
    rows: tuple[FormRow, ...]
    total: FormRow
    checks: tuple[CheckResult, ...]
    where_unknown: int
    seq: int
    failures: tuple[Failure, ...] = ()
    hidden: tuple[int, ...] = ()


def fill(*, form: Form, on: date, unit: str | None, snapshot: Snapshot, actor: Actor, scope: Scope) -> FilledForm:
    """Every unit of the scope (below `unit`) that has people in it or under it, and the total, each person once."""
    words = vocabulary(snapshot=snapshot, subject="person", map_on=on)
    where = parse(f"in_service and ({form.where})", vocabulary=words, may_see=scope.groups)
    hidden = tuple(c.number for c in form.columns if c.that and not _may_count(c.that, words, scope))
    counted = [c for c in form.columns if c.that is not None and c.number not in hidden]
    thats = [parse(c.that, vocabulary=words, may_see=scope.groups) if c.that else None for c in counted]
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=on), names=_names(where, thats), subject="person", scope=scope)
    tree = Tree.of(snapshot)
    below = tree.parents if unit is None else {code: None for code in tree.parents if unit in tree.line(code)}
    if unit is not None:
        frame = frame.filter(pl.col("unit").cast(pl.String).is_in(list(below)))
    # A person serves in one unit, and units are a tree: nobody can stand twice in one subtree.
    sums = roll_up_sums(frame, unit="unit", parents=tree.parents, where=where, thats=thats).collect()
    # The column without condition counts the population itself.
    cells = {c.number: f"count.{i}" if c.that else "of." for i, c in enumerate(counted)}
    own = {code: number for code, number in _quotas(form, on, actor, scope).items() if code in below}
    quotas = tree.rolled_up(own)
    rows = [
        FormRow(code, tree.names[code], tree.depth(code), _values(form, cells, figures, quotas.get(code)))
        for code, *figures in sums.select("unit", *cells.values()).iter_rows()
        if code in below and scope.sees_unit(tree.ids[code])
    ]
    rows.sort(key=lambda row: tree.line(row.unit))
    tops = [code is None or tree.parents.get(code) is None for code in sums["unit"]]
    total = sums.filter(pl.Series(tops, dtype=pl.Boolean)).drop("unit").sum()
    figures = total.select(cells.values()).row(0)
    whole = FormRow("", "Tổng cộng", 0, _values(form, cells, figures, sum(own.values()) if own else None))
    asked = [c for c in form.checks if not {*c.parts, c.whole} & {*hidden}]
    checks = tuple(_checked(c, whole) for c in asked)
    failures = (*_failing_rows([*rows, whole], asked), *_failing_columns(rows, whole, tree))
    return FilledForm(form, on, tuple(rows), whole, checks, total["where_unknown."][0], snapshot.seq, failures, hidden)


def _may_count(that: str, words: Vocabulary, scope: Scope) -> bool:
    return all(scope.sees_group(words[name].group) for name in names(parse(that, vocabulary=words)))


def _failing_rows(rows: Sequence[FormRow], checks: Sequence[Check]) -> Iterator[Failure]:
    """Every check of every row that does not hold, with the numbers that show it."""
    for row in rows:
        for check in checks:
            result = _checked(check, row)
            if not result.ok:
                yield Failure(row.unit, row.name, _why(check, row, result.difference), (*check.parts, check.whole))


def _why(check: Check, row: FormRow, difference: int) -> str:
    parts = " + ".join(str(row.values[n] or 0) for n in check.parts)
    columns = " + ".join(map(str, check.parts))
    total = sum(row.values[n] or 0 for n in check.parts)
    summed = f"{parts} = {total}" if len(check.parts) > 1 else str(total)
    return f"{check.label}: cột {columns} là {summed}, cột {check.whole} là {row.values[check.whole] or 0}, lệch {difference:+d}"


def _failing_columns(rows: Sequence[FormRow], total: FormRow, tree: "Tree") -> Iterator[Failure]:
    """The uppermost units shown must add up to the total in every column; who has no unit stands in the total alone."""
    shown = {row.unit for row in rows}
    tops = [row for row in rows if not shown & set(tree.line(row.unit)[:-1])]
    for number, value in sorted(total.values.items()):
        known = [found for row in tops if (found := row.values[number]) is not None]
        if value is not None and known and sum(known) != value:
            text = f"Cột {number}: các đơn vị cộng lại {sum(known)}, dòng tổng cộng {value}, lệch {sum(known) - value:+d}"
            yield Failure("", total.name, text, (number,))


def _names(where: Expr, thats: list[Expr | None]) -> set[str]:
    return {"unit", *names(where), *(name for that in thats if that for name in names(that))}


def _values(form: Form, cells: dict[int, str], figures: Sequence[int], quota: int | None) -> dict[int, int | None]:
    values: dict[int, int | None] = dict(zip(cells, figures, strict=True))
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
class Tree:
    ids: dict[str, int]
    parents: dict[str, str | None]
    names: dict[str, str]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Tree":
        frame = snapshot.tables.frames["unit"]
        rows = frame.select("id", "parent", pl.col("code").cast(pl.String), pl.col("name").cast(pl.String)).rows()
        codes = {pk: code for pk, _, code, _ in rows}
        parents = {code: codes.get(parent) for _, parent, code, _ in rows}
        names = {code: name for _, _, code, name in rows}
        return cls({code: pk for pk, code in codes.items()}, parents, names)

    def line(self, code: str) -> list[str]:
        """The unit and all above it, from the top."""
        found: list[str] = []
        here: str | None = code
        while here is not None and here not in found:
            found.append(here)
            here = self.parents.get(here)
        return found[::-1]

    def rolled_up(self, numbers: dict[str, int]) -> dict[str, int]:
        """Each unit's number with those of all units below it."""
        found: dict[str, int] = {}
        for code, number in numbers.items():
            for above in self.line(code):
                found[above] = found.get(above, 0) + number
        return found

    def depth(self, code: str) -> int:
        return len(self.line(code)) - 1
