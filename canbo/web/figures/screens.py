"""An answer as a table of the screen: heads over heads, rows with numbers, the people behind each, and what it says in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from canbo.assess.crosstab import CrossRow, CrossTable
from canbo.assess.parts import UNIT
from canbo.assess.statistics import PEOPLE, SeriesReport, SeriesRow, StatReport, StatRow
from canbo.documents.grid import Grid, Head, Placed, placed
from canbo.documents.tables import Table
from canbo.engine.measures import Count
from canbo.kernel.numbers import decimal_text, fraction_text, half_up, percent_text, thousands
from canbo.web.figures.asked import SHARES, Asked

TITLE = "Thống kê cán bộ, công chức, viên chức"
MOST_LINES = 150  # lines of a page, unless all are asked for
SMALL = 20  # a part of so few is printed as k/N too


@dataclass(frozen=True)
class Cell:
    """A number and the address of the people behind it."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """Texts that name the row, then its numbers; `depth` is the unit's place in the tree."""

    names: tuple[str, ...]
    cells: tuple[Cell, ...]
    depth: int = 0
    total: bool = False

    @property
    def html(self) -> SafeString:
        """The numbers as table cells."""
        return cells_html((cell, False) for cell in self.cells)

    @property
    def texts(self) -> list[str]:
        return [*self.names[:-1], "\u2003" * self.depth + self.names[-1], *(cell.text for cell in self.cells)]


@dataclass(frozen=True)
class Screen:
    """One table; `named` of its leaf columns name the row; `checks` are sums, `notes` say how to read it."""

    caption: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    checks: tuple[str, ...] = ()
    named: int = 1
    notes: tuple[str, ...] = ()

    @property
    def grid(self) -> Grid:
        return Grid(self.heads, [line.texts for line in self.lines])

    @property
    def head_rows(self) -> list[list[Placed]]:
        grid = self.grid
        return [[cell for cell in placed(grid) if cell.row == row] for row in range(grid.depth)]

    @property
    def flat_heads(self) -> tuple[str, ...]:
        return tuple(_flat(self.heads))


def _flat(heads: Sequence[Head], above: str = "") -> Iterator[str]:
    for head in heads:
        name = f"{above} – {head.text}" if above else head.text
        if head.parts:
            yield from _flat(head.parts, name)
        else:
            yield name


def cells_html(cells: Iterable[tuple[Cell, bool]]) -> SafeString:
    """Table cells, those in doubt marked; a template loop would cost more than counting where a table has thousands."""
    return mark_safe("".join(_cell_html(cell, wrong) for cell, wrong in cells))


def _cell_html(cell: Cell, wrong: bool) -> str:
    shown = f'<a href="{escape(cell.url)}">{escape(cell.text)}</a>' if cell.url else escape(cell.text)
    return f'<td class="num{" wrong" if wrong else ""}">{shown}</td>'


def number(text: str) -> Head:
    return Head(text, align="right")


# --- one line a figure


def list_screen(report: StatReport, asked: Asked) -> Screen:
    """Every figure with its population, its share, who is not known; beside the other day when one is asked for."""
    turns = bool(report.rows) and report.rows[0].people is not None
    noun = report.noun
    named = bool(report.request.measures) or not report.request.by
    heads = [Head("Chỉ tiêu")] if named else []
    heads += [*(Head(name) for name in report.by_labels), number(f"Số {noun}")]
    heads += [number("Số người")] if turns else []
    open_ = any(row.count.where_unknown for row in report.rows)
    heads += [number("Tổng số"), number("Tỷ lệ"), number("Chưa rõ"), *([number("Chưa rõ thuộc tập hợp")] if open_ else [])]
    if (then := report.request.compare_on) is not None:
        heads += [
            Head(f"Ngày {then:%d/%m/%Y}", (number(f"Số {noun}"), number("Tỷ lệ"))),
            Head("Thay đổi", (number(noun.capitalize()), number("Điểm phần trăm"))),
        ]
    lines = tuple(_list_line(row, asked, turns=turns, named=named, open_=open_) for row in report.rows)
    return Screen(_caption(asked), tuple(heads), lines, report.checks, named + len(report.by_labels))


def _list_line(row: StatRow, asked: Asked, *, turns: bool, named: bool, open_: bool) -> Line:
    group, counted = group_of(row.by, asked), row.count
    cells = [Cell(thousands(counted.count), people_url(asked, row.measure.name, group, "yes", counted.count))]
    cells += [Cell(thousands(row.people.count) if row.people else "", "")] if turns else []
    cells += [
        Cell(thousands(counted.of), people_url(asked, "", group if row.measure.that else {}, "yes", counted.of)),
        Cell(share(counted)),
        Cell(thousands(counted.unknown), _unknown(asked, row, group)),
    ]
    cells += [Cell(thousands(counted.where_unknown), people_url(asked, "", group, "where_unknown", counted.where_unknown))] if open_ else []
    if row.before is not None:
        earlier = replace(asked, typed={**asked.typed, "ngay": asked.typed["so"]})
        url = people_url(earlier, row.measure.name, group, "yes", row.before.count)
        cells += [Cell(thousands(row.before.count), url), Cell(share(row.before)), *change(row.heads or 0, row.points)]
    return Line((*([row.measure.label] if named else []), *row.labels.values()), tuple(cells), row.depth)


def _unknown(asked: Asked, row: StatRow, group: Mapping[str, str]) -> str:
    """Without a measure it is not known whether they belong to this part, because their value is not."""
    if row.measure.that or not group:
        return people_url(asked, row.measure.name, group, "unknown", row.count.unknown)
    return people_url(asked, "", dict.fromkeys(row.by, ""), "yes", row.count.unknown)


def change(heads: int, points: Decimal | None) -> tuple[Cell, Cell]:
    """`+12` people, `tăng 6,47` points; no points where a population was empty."""
    shown = f"{'+' if heads > 0 else '−' if heads < 0 else ''}{thousands(abs(heads))}"
    if points is None:
        return Cell(shown), Cell("–")
    word = "tăng" if points > 0 else "giảm" if points < 0 else ""
    return Cell(shown), Cell(f"{word} {decimal_text(abs(points))}" if word else "không đổi")


# --- one line a group, measures side by side


def wide_screen(report: StatReport, asked: Asked) -> Screen:
    """Groups down, measures across, each with number and share of the group."""
    measures = list(dict.fromkeys(row.measure for row in report.rows))
    heads = [Head(name) for name in report.by_labels] or [Head("")]
    heads += [number("Tổng số"), *(Head(m.label, (number("Số"), number("Tỷ lệ"))) for m in measures)]
    found: dict[tuple[Any, ...], dict[str, StatRow]] = {}
    for row in report.rows:
        found.setdefault(tuple(row.by.values()), {})[row.measure.name] = row
    lines = tuple(_wide_line(list(rows.values()), asked) for rows in found.values())
    return Screen(_caption(asked), tuple(heads), lines, report.checks, max(1, len(report.by_labels)))


def _wide_line(rows: list[StatRow], asked: Asked) -> Line:
    first = rows[0]
    group = group_of(first.by, asked)
    cells = [Cell(thousands(first.count.of), people_url(asked, "", group, "yes", first.count.of))]
    for row in rows:
        url = people_url(asked, row.measure.name, group, "yes", row.count.count)
        cells += [Cell(thousands(row.count.count), url), Cell(share(row.count))]
    return Line(tuple(first.labels.values()) or ("Tổng số",), tuple(cells), first.depth)


# --- rows × columns


def cross_screen(table: CrossTable, asked: Asked) -> Screen:
    """Every cell with number and share of what the form says; totals beneath and at the end, counted by themselves."""
    columns = tuple(Head(label, (number("Số"), number("%"))) for _, label in table.columns)
    heads = (*(Head(name) for name in table.row_heads), Head(table.column_head, columns), Head("Tổng số", (number("Số"), number("%"))))
    whole = CrossRow((None,) * len(table.row_heads), ("Tổng số", *[""] * (len(table.row_heads) - 1)), table.totals, table.of)
    lines = [_cross_line(row, table, asked) for row in table.rows]
    lines.append(_cross_line(whole, table, asked, total=True))
    named = _caption(asked) + (f" – {table.measure.label}" if table.measure.that else "")
    rest = (f"Chưa rõ có thuộc bảng này hay không: {thousands(table.rest)} {table.noun}.",) if table.rest else ()
    people = (f"{thousands(table.of)} {table.noun} của {thousands(table.people)} người",) if table.people is not None else ()
    shares = (f"Tỷ lệ tính trên {SHARES[asked.typed['pt']]}, mỗi ô làm tròn riêng đến hai chữ số thập phân.",)
    return Screen(named, heads, tuple(lines), (*table.checks, *people), len(table.row_heads), (*rest, *shares))


def _cross_line(row: CrossRow, table: CrossTable, asked: Asked, *, total: bool = False) -> Line:
    group = {} if total else group_of(dict(zip(table.request.by, row.value)), asked)
    base = asked.typed["pt"]
    cells: list[Cell] = []
    for (code, _), count, below in zip(table.columns, row.counts, table.totals):
        of = {"hang": row.total, "cot": below}.get(base, table.of)
        cells += [_cross_cell(asked, table, {**group, **group_of({table.column: code}, asked)}, count), Cell(percent_text(count, of))]
    of = row.total if base == "hang" else table.of
    cells += [_cross_cell(asked, table, group, row.total), Cell(percent_text(row.total, of))]
    return Line(row.labels, tuple(cells), row.depth, total)


def _cross_cell(asked: Asked, table: CrossTable, group: Mapping[str, str], count: int) -> Cell:
    return Cell(thousands(count), people_url(asked, table.measure.name, group, "yes", count))


# --- several days in a row


def series_screen(report: SeriesReport, asked: Asked) -> Screen:
    """One line a figure, the days across, the change from the first to the last in people and in points."""
    heads = [Head("Chỉ tiêu"), *(Head(name) for name in report.by_labels)]
    heads += [Head(f"{day:%d/%m/%Y}", (number("Số"), number("Tỷ lệ"))) for day in report.days]
    heads += [Head("Thay đổi", (number(report.noun.capitalize()), number("Điểm phần trăm")))]
    lines = tuple(_series_line(row, report, asked) for row in report.rows)
    return Screen(_caption(asked), tuple(heads), lines, (), 1 + len(report.by_labels))


def _series_line(row: SeriesRow, report: SeriesReport, asked: Asked) -> Line:
    group = group_of(row.by, asked)
    cells: list[Cell] = []
    for day, counted in zip(report.days, row.counts):
        of_day = replace(asked, typed={**asked.typed, "ngay": f"{day:%d/%m/%Y}"})
        cells += [Cell(thousands(counted.count), people_url(of_day, row.measure.name, group, "yes", counted.count)), Cell(share(counted))]
    return Line((row.measure.label, *row.labels.values()), (*cells, *change(row.heads, row.points)), row.depth)


# --- words and addresses


def share(counted: Count) -> str:
    """`45,28%`; of a small population also `10/11`."""
    text = percent_text(counted.count, counted.of)
    return f"{fraction_text(counted.count, counted.of)} ({text})" if 0 < counted.of <= SMALL else text


def share_value(counted: Count) -> float:
    return float(half_up(100 * counted.count, counted.of, 2)) if counted.of else 0.0


def _caption(asked: Asked) -> str:
    return asked.typed["ten"] or TITLE


def lines_of(asked: Asked, where_text: str) -> tuple[str, ...]:
    """Day, map, period, population in words: no figure stands without them."""
    request = asked.request
    days = ", ".join(f"{day:%d/%m/%Y}" for day in asked.days)
    found = [f"Tính đến các ngày {days}" if days else f"Tính đến ngày {request.on:%d/%m/%Y}"]
    found += [f"kỳ từ {request.period[0]:%d/%m/%Y} đến {request.period[1]:%d/%m/%Y}"] if request.period else []
    found += [f"theo bản đồ đơn vị hành chính ngày {request.map_on:%d/%m/%Y}"] if request.map_on else []
    found += [f"so với ngày {request.compare_on:%d/%m/%Y}"] if request.compare_on else []
    return ("; ".join(found), f"Tập hợp được tính: {where_text or 'mọi người trong phạm vi bạn được giao'}")


def group_of(by: Mapping[str, Any], asked: Asked) -> dict[str, str]:
    """The row's group as the address names it; a unit of the tree counts all units below it, and so must its people."""
    found = {name: "" if value is None else str(value) for name, value in by.items()}
    found = {name: text.lower() if isinstance(by[name], bool) else text for name, text in found.items()}
    if found.get(UNIT):
        found["within"] = found.pop(UNIT)
    return found


def people_url(asked: Asked, measure: str, group: Mapping[str, str], verdict: str, count: int) -> str:
    """Where the people of a number are; a number of nobody, or of the people of turns listed above it, opens nothing."""
    if not count or measure == PEOPLE.name or not asked.opens(measure):
        return ""
    named = tuple((name, asked.typed[name]) for name in ("ngay", "bd", "doi", "dv", "tap", "dt", "tu", "den") if asked.typed[name])
    groups = "".join(f"&nhom={quote(f'{name}:{value}', safe='')}" for name, value in group.items())
    return f"{_opening(named, measure)}{groups}&la={verdict}"


@lru_cache(maxsize=512)
def _opening(named: tuple[tuple[str, str], ...], measure: str) -> str:
    """What the addresses of a table's numbers have in common."""
    return f"{reverse('statistics-people')}?{urlencode([*named, *([('ct', measure)] if measure else [])])}"


def near_top(screen: Screen, *, whole: bool) -> Screen:
    """Of a tree with very many units the upper levels that fit a page; what is left out is said, on paper too."""
    if whole or len(screen.lines) <= MOST_LINES:
        return screen
    depths = sorted(line.depth for line in screen.lines)
    deepest = max(depths[0], depths[MOST_LINES] - 1)
    lines = tuple(line for line in screen.lines if line.depth <= deepest)[: 2 * MOST_LINES]
    left = len(screen.lines) - len(lines)
    note = f"Còn {thousands(left)} dòng chưa hiện; đánh dấu “mọi dòng” để hiện hết, hoặc chọn một đơn vị."
    return replace(screen, lines=lines, notes=(*screen.notes, note))


def table_of(screen: Screen, lines: tuple[str, ...]) -> Table:
    """The same table for csv: heads in one row."""
    notes = (*(f"Tổng kiểm tra: {check}" for check in screen.checks), *screen.notes)
    return Table(screen.caption, screen.flat_heads, [line.texts for line in screen.lines], lines, notes)
