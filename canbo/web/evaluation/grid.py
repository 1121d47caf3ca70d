"""The form of one month: people of a unit by regime and role, points and ratios as typed, read into months."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from canbo.engine.law.model import LawSet, Period
from canbo.engine.ratings.model import ROLES, Line, Regime, TaskRatio
from canbo.evaluation.models import TrackedMonth, UnitRegulation
from canbo.evaluation.people import Rated, regime_named
from canbo.evaluation.products import COUNTED
from canbo.evaluation.tracking import Month
from canbo.kernel.numbers import decimal_text
from canbo.kernel.text import sort_key
from canbo.web.evaluation.showing import ratio_text

WHOLE = 100


@dataclass(frozen=True)
class Box:
    """One input: its name, what a listener hears, its value; `counted` from products, so not typed here."""

    name: str
    said: str
    value: str
    counted: bool = False


@dataclass(frozen=True)
class Mine:
    """One person of the grid, with what is wrong of hers."""

    person: int
    name: str
    boxes: list[Box]
    note: Box
    score: str
    wrong: str
    products: int = 0


@dataclass(frozen=True)
class Grid:
    """People of one regime and one role, with the columns that regime asks of them."""

    regime: str
    role: str
    label: str
    rules: Regime
    most: Mapping[str, str]
    lines: list[Mine] = field(default_factory=list)

    @property
    def heads(self) -> list[tuple[str, str, str]]:
        """(code as the decree prints it, label, most) of every column."""
        told = [(line.code, line.label, self.most.get(line.code, "?")) for line in self.general]
        told += [(ratio.code, ratio.label, "50%, 100%" if ratio.halves else "100%") for ratio in self.ratios]
        return [("đ" if code == "dd" else code, label, most) for code, label, most in told]

    @property
    def general(self) -> tuple[Line, ...]:
        return self.rules.lines_of(self.role)  # type: ignore[arg-type]

    @property
    def ratios(self) -> tuple[TaskRatio, ...]:
        return self.rules.ratios_of(self.role, self.most)  # type: ignore[arg-type]

    @property
    def counts_products(self) -> bool:
        return self.rules.fault_share > 0

    @property
    def unsaid(self) -> bool:
        """The unit has not fixed the points of its lines yet."""
        return any(line.code not in self.most for line in self.general)


def grids_of(
    rated: list[Rated], period: Period, *, held: Mapping[int, TrackedMonth], regulations: Mapping[str, UnitRegulation | None],
    typed: Mapping[str, str] | None, wrong: Mapping[int, str], laws: LawSet,
) -> list[Grid]:  # fmt: skip
    """Leaders before others, regime by regime; a regime without points has no months."""
    made = []
    for regime in sorted({one.regime for one in rated}):
        rules = regime_named(laws, regime, period.start)
        for role in ("leader", "staff"):
            people = [one for one in rated if (one.regime, one.role) == (regime, role)]
            if not rules.scored or not people:
                continue
            label = f"{laws.provisions['regime', regime].label}: {ROLES[role]}"
            grid = Grid(regime, role, label, rules, _most(rules, regulations.get(regime)))
            for one in sorted(people, key=lambda p: (not p.heads, sort_key(p.name), p.person)):
                grid.lines.append(_line(one, grid, held.get(one.person), typed, wrong.get(one.person, ""), f"{period.start:%Y-%m}"))
            made.append(grid)
    return made


def _most(rules: Regime, regulation: UnitRegulation | None) -> dict[str, str]:
    given = dict(regulation.points) if regulation else {}
    fixed = {line.code: decimal_text(line.points) for line in rules.lines if line.points is not None}
    return {code: text.replace(".", ",") for code, text in given.items()} | fixed


def _line(one: Rated, grid: Grid, held: TrackedMonth | None, typed: Mapping[str, str] | None, wrong: str, month: str) -> Mine:
    points = {code: decimal_text(Decimal(text)) for code, text in held.points.items()} if held else {}
    ratios = {code: ratio_text(text) for code, text in held.ratios.items()} if held else {}

    # Points taken over from another month bring no products of this one.
    products = len(held.products) if held and held.month == month else 0

    def box(kind: str, code: str, label: str, stands: str) -> Box:
        name = f"{kind}-{one.person}-{code}" if code else f"{kind}-{one.person}"
        counted = kind == "r" and code in COUNTED and products > 0
        return Box(name, f"{one.name}: {label}", stands if typed is None or counted else typed.get(name, ""), counted)

    boxes = [box("p", line.code, line.label, points.get(line.code, "")) for line in grid.general]
    boxes += [box("r", ratio.code, ratio.label, ratios.get(ratio.code, "")) for ratio in grid.ratios]
    note = box("nx", "", "nhận xét", held.note if held else "")
    return Mine(one.person, one.name, boxes, note, decimal_text(held.score) if held else "", wrong, products)


# --- what was typed


def months_typed(
    grids: list[Grid], month: str, data: Mapping[str, str], held: Mapping[int, Any]
) -> tuple[dict[str, list[Month]], dict[int, str]]:
    """(regime → months, person → what cannot be read); a row without anything typed is left out."""
    made: dict[str, list[Month]] = {}
    wrong: dict[int, str] = {}
    for grid in grids:
        for line in grid.lines:
            if not any(data.get(box.name, "").strip() for box in (*line.boxes, line.note)):
                if line.person in held:
                    wrong[line.person] = "Tháng đã chấm không xóa trắng được; hãy ghi lại điểm."
                continue
            try:
                made.setdefault(grid.regime, []).append(month_typed(line, grid, month, data))
            except ValueError as error:
                wrong[line.person] = str(error)
    return made, wrong


def month_typed(line: Mine, grid: Grid, month: str, data: Mapping[str, str]) -> Month:
    """The month of one person as typed; ValueError with one sentence where something cannot be read."""
    who = line.person
    points = {one.code: _points(text, one.label) for one in grid.general if (text := data.get(f"p-{who}-{one.code}", "").strip())}
    ratios = {one.code: _ratio(text, one.label) for one in grid.ratios if (text := data.get(f"r-{who}-{one.code}", "").strip())}
    return Month(who, month, points, ratios, grid.role, data.get(line.note.name, ""))


def _points(text: str, label: str) -> Decimal:
    try:
        found = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"“{text}” ở tiêu chí “{label}” không phải số điểm; hãy ghi như 2,5.") from None
    if not found.is_finite():
        raise ValueError(f"“{text}” ở tiêu chí “{label}” không phải số điểm; hãy ghi như 2,5.")
    return found


def _ratio(text: str, label: str) -> Fraction:
    """`95`, `95%`, `97,5` are percents; `19/20` is a part of a whole."""
    plain = text.replace(" ", "").removesuffix("%").replace(",", ".")
    try:
        return Fraction(plain) if "/" in plain else Fraction(Decimal(plain)) / WHOLE
    except (ValueError, ArithmeticError):
        raise ValueError(f"“{text}” ở “{label}” không phải tỷ lệ; hãy ghi như 95 hoặc 19/20.") from None
