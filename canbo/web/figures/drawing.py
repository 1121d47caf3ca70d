"""An answer as a chart: which numbers are drawn for which of the desk's kinds of chart."""

from typing import Any

from canbo.assess.crosstab import CrossTable
from canbo.assess.statistics import SeriesReport, StatReport
from canbo.documents.charts import Chart, NothingToDraw, Series
from canbo.kernel.numbers import percent_text, thousands
from canbo.web.figures.asked import Asked
from canbo.web.figures.screens import TITLE, lines_of, share, share_value


def bars(report: StatReport, asked: Asked) -> Chart:
    """Groups as bars, measures beside each other; without groups the measures are the bars. Numbers, or shares."""
    shares = asked.typed["hinh"] == "ty-le"
    measures = list(dict.fromkeys(row.measure for row in report.rows))
    groups: dict[str, dict[str, Any]] = {}
    for row in report.rows:
        groups.setdefault(" – ".join(row.labels.values()), {})[row.measure.name] = row.count
    if not report.request.by:
        groups = {row.measure.label: {"": row.count} for row in report.rows}
    names = [(m.name, m.label) for m in measures] if report.request.by else [("", f"Số {report.noun}")]
    value = share_value if shares else (lambda counted: float(counted.count))
    words = share if shares else (lambda counted: thousands(counted.count))
    series = tuple(
        Series(label, tuple(value(g[name]) if name in g else 0.0 for g in groups.values()),
               tuple(words(g[name]) if name in g else "0" for g in groups.values()))
        for name, label in names
    )  # fmt: skip
    label = "Tỷ lệ (%)" if shares else f"Số {report.noun}"
    head = " – ".join(report.by_labels) or "Chỉ tiêu"
    kind: Any = "stacked" if asked.typed["hinh"] == "chong" else "bar"
    return Chart(kind, _title(asked), head, label, _source(asked, report.where_text), tuple(groups), series)


def crossed(table: CrossTable, asked: Asked) -> Chart:
    """Rows as bars, columns as their parts."""
    names = tuple(" – ".join(row.labels) for row in table.rows)
    shares = asked.typed["hinh"] == "ty-le"
    series = tuple(_column(table, at, label, shares) for at, (_, label) in enumerate(table.columns))
    kind: Any = "stacked" if asked.typed["hinh"] == "chong" else "bar"
    label = "Tỷ lệ trên tổng của dòng (%)" if shares else f"Số {table.noun}"
    return Chart(kind, _title(asked, table.measure.label if table.measure.that else ""), " – ".join(table.row_heads), label,
                 _source(asked, table.where_text), names, series)  # fmt: skip


def _column(table: CrossTable, at: int, label: str, shares: bool) -> Series:
    if not shares:
        return Series(label, tuple(float(r.counts[at]) for r in table.rows), tuple(thousands(r.counts[at]) for r in table.rows))
    texts = tuple(percent_text(r.counts[at], r.total) for r in table.rows)
    return Series(label, tuple(100 * r.counts[at] / r.total if r.total else 0.0 for r in table.rows), texts)


def pyramid(table: CrossTable, asked: Asked) -> Chart:
    """Men left, women right, the oldest on top; who has no known age or sex is said beside it, and in the table."""
    at = {code: place for place, (code, _) in enumerate(table.columns)}
    known = [row for row in table.rows if row.value[0] is not None]
    series = tuple(
        _known(name, [row.counts[at[code]] if code in at else 0 for row in known]) for code, name in (("nam", "Nam"), ("nu", "Nữ"))
    )
    shown = sum(sum(s.values) for s in series)
    left = table.of - int(shown)
    notes = (f"Chưa rõ tuổi hoặc giới tính: {thousands(left)} người, có trong bảng bên dưới.",) if left else ()
    return Chart(
        "pyramid", asked.typed["ten"] or "Tháp tuổi", "Nhóm tuổi", "Số người", _source(asked, table.where_text),
        tuple(row.labels[0] for row in known), series, notes=notes,
    )  # fmt: skip


def _known(label: str, counts: list[int]) -> Series:
    return Series(label, tuple(float(count) for count in counts), tuple(map(thousands, counts)))


def lines(report: SeriesReport, asked: Asked) -> Chart:
    """A line for every figure; shares where all have a population that is not themselves, else numbers."""
    shares = all(row.measure.that or row.by for row in report.rows)
    series = tuple(
        Series(" – ".join(filter(None, [row.measure.label if row.measure.that or not row.by else "", *row.labels.values()])),
               tuple(share_value(c) if shares else float(c.count) for c in row.counts),
               tuple(percent_text(c.count, c.of) if shares else thousands(c.count) for c in row.counts))
        for row in report.rows
    )  # fmt: skip
    days = tuple(f"{day:%d/%m/%Y}" for day in report.days)
    label = "Tỷ lệ (%)" if shares else f"Số {report.noun}"
    return Chart("line", _title(asked), "Ngày", label, _source(asked, report.where_text), days, series, report.days)


def _title(asked: Asked, measure: str = "") -> str:
    named = asked.typed["ten"] or TITLE
    return f"{named} – {measure}" if measure else named


def _source(asked: Asked, where_text: str) -> str:
    return "hồ sơ trong chương trình. " + ". ".join(lines_of(asked, where_text)) + "."


__all__ = ["NothingToDraw", "bars", "crossed", "lines", "pyramid"]
