"""Charts as SVG made on the server: bars beside or upon each other, lines over dates, an age pyramid. Knows no database.

Every chart has a title, named axes, a source line, `<title>` and `<desc>` for who cannot see it, and patterns besides colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from canbo.documents.svg import (
    FONT,
    SIZE,
    Box,
    apart,
    element,
    fill,
    legend,
    line,
    marker,
    patterns,
    text,
    ticks,
    width_of,
    wrapped,
)  # fmt: skip
from canbo.kernel.numbers import decimal_text

WIDTH = 920
LABELS = 230  # pixels for the names of groups
BAR, GAP = 20, 12
MOST_GROUPS, MOST_SERIES = 40, 8
Kind = Literal["bar", "stacked", "line", "pyramid"]


@dataclass(frozen=True)
class Series:
    """One row of values, in the order of the categories; `texts` are the numbers as printed beside them."""

    label: str
    values: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """`categories` are names of groups, for lines the days as shown (`days` place them); `notes` stand beneath."""

    kind: Kind
    title: str
    category_label: str
    value_label: str
    source: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    days: tuple[date, ...] = ()
    notes: tuple[str, ...] = ()


class NothingToDraw(ValueError):
    """The chart cannot be drawn; the text says what to change."""


def to_svg(chart: Chart, *, name: str = "bieu-do", standalone: bool = False) -> str:
    """The chart; `name` begins its ids, `standalone` makes a file with a white ground of its own."""
    _check(chart)
    draw = {"bar": _bars, "stacked": _stacked, "line": _lines, "pyramid": _pyramid}[chart.kind]
    body, height = draw(chart, name)
    foot = [text(words, 12, height + 18 * (i + 1), size=12) for i, words in enumerate(_foot(chart))]
    whole = height + 18 * len(foot) + 12
    ground = [element("rect", width=WIDTH, height=int(whole), fill="#ffffff")] if standalone else []
    described = [element("title", _plain(chart.title), id=f"{name}-title"), element("desc", _plain(_said(chart)), id=f"{name}-desc")]
    head = [text(words, WIDTH / 2, 24 + 20 * i, anchor="middle", size=16, bold=True) for i, words in enumerate(_title(chart))]
    return element(
        "svg", *described, *ground, patterns(name, len(chart.series)), *head, *body, *foot,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {int(whole)}", role="img", class_="chart",
        aria_labelledby=f"{name}-title {name}-desc", font_family=FONT, font_size=SIZE, color="#1a1a1a" if standalone else None,
    )  # fmt: skip


def _plain(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _check(chart: Chart) -> None:
    if not chart.categories or not chart.series:
        raise NothingToDraw("Chưa có số liệu để vẽ; hãy chọn chỉ tiêu hoặc dữ kiện chia nhóm.")
    if len(chart.categories) > MOST_GROUPS or len(chart.series) > MOST_SERIES:
        raise NothingToDraw(
            f"Biểu đồ vẽ rõ được nhiều nhất {MOST_GROUPS} nhóm và {MOST_SERIES} chỉ tiêu; hãy bớt nhóm hoặc chỉ tiêu, "
            "hoặc chia theo cấp đơn vị cao hơn."
        )


def _title(chart: Chart) -> list[str]:
    return wrapped(chart.title, width=WIDTH - 40, most=2, size=16)


def _top(chart: Chart) -> float:
    return 20.0 + 20 * len(_title(chart)) + 8


def _foot(chart: Chart) -> list[str]:
    rows = [part for note in chart.notes for part in wrapped(note, width=WIDTH - 24, most=3, size=12)]
    return [*rows, *wrapped(f"Nguồn: {chart.source}", width=WIDTH - 24, most=2, size=12)]


def _said(chart: Chart) -> str:
    """The numbers in words, for who hears the chart."""
    parts = [
        f"{series.label}: " + ", ".join(f"{name} {shown}" for name, shown in zip(chart.categories, series.texts))
        for series in chart.series
    ]
    return f"{chart.category_label}; {chart.value_label}. " + "; ".join(parts) + "."


def _swatches(chart: Chart, name: str) -> list[tuple[str, str]]:
    return [
        (element("rect", width=18, height=14, fill=fill(name, i), stroke="#3a3a3a", stroke_width=0.8), series.label)
        for i, series in enumerate(chart.series)
    ]


def _number(value: float) -> str:
    return decimal_text(Decimal(str(round(value, 4))))


def _value_axis(box: Box, marks: Sequence[float], label: str, *, y: float) -> list[str]:
    """Marks along the bottom with lines up through the chart, and what they count."""
    low, high = marks[0], marks[-1]
    parts: list[str] = []
    for mark in marks:
        x = box.x + box.width * (mark - low) / (high - low)
        parts += [
            element("line", x1=x, y1=box.y, x2=x, y2=box.bottom, stroke="currentColor", stroke_opacity=0.18),
            text(_number(mark), x, y, anchor="middle", size=12),
        ]
    return [*parts, text(label, box.x + box.width / 2, y + 20, anchor="middle", size=12)]


def _names(chart: Chart, centre: Sequence[float]) -> list[str]:
    """Names of the groups left of their bars, in one line or two."""
    parts: list[str] = []
    for category, y in zip(chart.categories, centre):
        lines = wrapped(category, width=LABELS - 20, size=12.5)
        top = y + 4.5 - 7.5 * (len(lines) - 1)
        parts += [text(words, LABELS - 10, top + 15 * i, anchor="end", size=12.5) for i, words in enumerate(lines)]
    return parts


def _frame(chart: Chart, name: str, band: float) -> tuple[list[str], Box, list[float]]:
    """Legend, axis names and the place for bars: the parts, the box, the middle of every group."""
    top = _top(chart)
    parts: list[str] = []
    if len(chart.series) > 1:
        parts, taken = legend(_swatches(chart, name), x=12, y=top, width=WIDTH - 24)
        top += taken + 4
    parts.append(text(chart.category_label, LABELS - 10, top + 10, anchor="end", size=12, bold=True))
    box = Box(LABELS, top + 18, WIDTH - LABELS - 110, band * len(chart.categories))
    centre = [box.y + band * (i + 0.5) for i in range(len(chart.categories))]
    return [*parts, *_names(chart, centre)], box, centre


def _bar(name: str, at: int, x: float, y: float, width: float, height: float) -> str:
    return element(
        "rect", x=float(x), y=float(y), width=max(0.0, float(width)), height=float(height), fill=fill(name, at),
        stroke="#3a3a3a", stroke_width=0.8,
    )  # fmt: skip


def _bars(chart: Chart, name: str) -> tuple[list[str], float]:
    each = BAR if len(chart.series) == 1 else 16
    parts, box, centre = _frame(chart, name, each * len(chart.series) + GAP)
    marks = ticks(0, max([1e-9, *(v for s in chart.series for v in s.values)]))
    parts += _value_axis(box, marks, chart.value_label, y=box.bottom + 16)
    for at, series in enumerate(chart.series):
        for i, (value, shown) in enumerate(zip(series.values, series.texts)):
            y = centre[i] - each * len(chart.series) / 2 + each * at
            long = box.width * value / marks[-1]
            parts += [_bar(name, at, box.x, y, long, each - 2), text(shown, box.x + long + 6, y + each - 6, size=12)]
    return parts, box.bottom + 44


def _stacked(chart: Chart, name: str) -> tuple[list[str], float]:
    parts, box, centre = _frame(chart, name, BAR + 4 + GAP)
    sums = [sum(series.values[i] for series in chart.series) for i in range(len(chart.categories))]
    marks = ticks(0, max([1e-9, *sums]))
    parts += _value_axis(box, marks, chart.value_label, y=box.bottom + 16)
    for i, y in enumerate(centre):
        left = box.x
        for at, series in enumerate(chart.series):
            long = box.width * series.values[i] / marks[-1]
            parts.append(_bar(name, at, left, y - BAR / 2 - 2, long, BAR + 4))
            if long > width_of(series.texts[i], 12) + 8:
                parts.append(text(series.texts[i], left + long / 2, y + 4.5, anchor="middle", size=12, halo=True))
            left += long
        parts.append(text(_number(sums[i]), left + 6, y + 4.5, size=12, bold=True))
    return parts, box.bottom + 44


def _lines(chart: Chart, name: str) -> tuple[list[str], float]:
    swatches = [(element("g", line([(0, 7), (20, 7)], i), marker(i, 10, 7)), s.label) for i, s in enumerate(chart.series)]
    parts, taken = legend(swatches, x=12, y=_top(chart), width=WIDTH - 24)
    box = Box(80, _top(chart) + taken + 34, WIDTH - 80 - 90, 300)
    values = [v for s in chart.series for v in s.values]
    # Rates of 92 and 98 % would be one flat line over an axis from zero; the cut axis is said beneath.
    low = min(values) if min(values) > max(values) / 2 else 0.0
    marks = ticks(low, max(values) if max(values) > low else low + 1)
    parts.append(text(chart.value_label, 12, box.y - 14, size=12, bold=True))
    for mark in marks:
        y = box.bottom - box.height * (mark - marks[0]) / (marks[-1] - marks[0])
        parts += [
            element("line", x1=box.x, y1=y, x2=box.right, y2=y, stroke="currentColor", stroke_opacity=0.18),
            text(_number(mark), box.x - 8, y + 4, anchor="end", size=12),
        ]
    across = _across(chart, box)
    parts += _day_names(chart, across, box)
    for at, series in enumerate(chart.series):
        points = [(x, box.bottom - box.height * (v - marks[0]) / (marks[-1] - marks[0])) for x, v in zip(across, series.values)]
        parts.append(line(points, at))
        parts += [marker(at, x, y) for x, y in points]
        parts += [text(series.texts[i], *_beside(points[i], at), anchor="middle", size=12, halo=True) for i in _labelled(chart, across)]
    cut = [text("Trục đứng không bắt đầu từ 0.", 12, box.bottom + 58, size=12)] if marks[0] else []
    return [*parts, *cut], box.bottom + (62 if cut else 44)


def _across(chart: Chart, box: Box) -> list[float]:
    """Days where time has them; groups without days at equal distances."""
    if chart.days and chart.days[-1] > chart.days[0]:
        first, span = chart.days[0], (chart.days[-1] - chart.days[0]).days
        return [box.x + 20 + (box.width - 40) * (day - first).days / span for day in chart.days]
    step = box.width / max(1, len(chart.categories))
    return [box.x + step * (i + 0.5) for i in range(len(chart.categories))]


def _day_names(chart: Chart, across: list[float], box: Box) -> list[str]:
    shown = [0, len(across) - 1] if not apart(across, 74) else range(len(across))
    names = [text(chart.categories[i], across[i], box.bottom + 18, anchor="middle", size=12) for i in dict.fromkeys(shown)]
    feet = [element("line", x1=x, y1=box.bottom, x2=x, y2=box.bottom + 4, stroke="currentColor") for x in across]
    return [*feet, *names, text(chart.category_label, box.x + box.width / 2, box.bottom + 38, anchor="middle", size=12)]


def _labelled(chart: Chart, across: list[float]) -> list[int]:
    """Every point where there is room, else the first and the last."""
    if apart(across, 60) and len(chart.series) <= 4:
        return list(range(len(across)))
    return sorted({0, len(across) - 1})


def _beside(point: tuple[float, float], at: int) -> tuple[float, float]:
    """Over the point, under it for every second line, so that two near each other stay readable."""
    return point[0], point[1] + (20 if at % 2 else -10)


def _pyramid(chart: Chart, name: str) -> tuple[list[str], float]:
    """Two series left and right of the bands, the oldest on top."""
    if len(chart.series) != 2:
        raise NothingToDraw("Tháp tuổi cần đúng hai nhóm (nam, nữ); hãy chọn cột là giới tính.")
    band, middle, side = 24, WIDTH / 2, WIDTH / 2 - 130
    top = _top(chart) + 34
    box = Box(middle - 60 - side, top, 2 * side + 120, band * len(chart.categories))
    high = ticks(0, max([1e-9, *(v for s in chart.series for v in s.values)]), 5)
    parts = [text(chart.category_label, middle, top - 12, anchor="middle", size=12, bold=True)]
    for at, series in enumerate(chart.series):
        sign = -1 if at == 0 else 1
        start = middle + sign * 60
        parts += [
            element("rect", x=start + sign * side / 2 - 50, y=top - 24, width=18, height=14, fill=fill(name, at), stroke="#3a3a3a"),
            text(series.label, start + sign * side / 2 - 26, top - 12, bold=True),
        ]
        for mark in high:
            x = start + sign * side * mark / high[-1]
            parts += [
                element("line", x1=x, y1=box.y, x2=x, y2=box.bottom, stroke="currentColor", stroke_opacity=0.18),
                text(_number(mark), x, box.bottom + 16, anchor="middle", size=12),
            ]
        for i, (value, shown) in enumerate(zip(series.values, series.texts)):
            y, long = box.bottom - band * (i + 1), side * value / high[-1]
            left = start - long if at == 0 else start
            parts.append(_bar(name, at, left, y + 2, long, band - 4))
            if value:
                parts.append(text(shown, start + sign * (long + 6), y + band - 7, anchor="end" if at == 0 else "start", size=12))
    parts += [
        text(category, middle, box.bottom - band * i - 7, anchor="middle", size=12.5) for i, category in enumerate(chart.categories)
    ]
    parts.append(text(chart.value_label, middle, box.bottom + 36, anchor="middle", size=12))
    return parts, box.bottom + 44
