"""A table as people print it: xlsx (A4 landscape, title, day, repeated head), csv for other programs, aligned text."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

FONT = "Times New Roman"
# Text that a spreadsheet would run as a formula when a csv is opened.
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Table:
    """Heads and rows as on the screen; `lines` stand under the title (day, population), `notes` under the table."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def xlsx(table: Table) -> bytes:
    """The table as a workbook of one sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Danh sách")
    base = {"font_name": FONT, "font_size": 12}
    cell = {**base, "border": 1, "valign": "top", "text_wrap": True}
    title = book.add_format({**base, "bold": True, "align": "center", "font_size": 14})
    line = book.add_format({**base, "italic": True, "align": "center"})
    head = book.add_format({**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEDED"})
    text, number = book.add_format(cell), book.add_format({**cell, "num_format": "#,##0.##"})
    last = max(len(table.heads) - 1, 1)
    sheet.merge_range(0, 0, 0, last, table.title.upper(), title)
    for i, words in enumerate(table.lines, start=1):
        sheet.merge_range(i, 0, i, last, words, line)
    top = len(table.lines) + 2
    sheet.write_row(top, 0, table.heads, head)
    for r, row in enumerate(table.rows, start=top + 1):
        for c, value in enumerate(row):
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                sheet.write_number(r, c, float(value), number)
            else:
                sheet.write_string(r, c, as_text(value), text)
    for i, words in enumerate(table.notes):
        sheet.write_string(top + len(table.rows) + 2 + i, 0, words, book.add_format(base))
    for c, width in enumerate(_widths(table)):
        sheet.set_column(c, c, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)
    book.close()
    return out.getvalue()


def csv_text(table: Table) -> str:
    """The table as csv; a text that a spreadsheet would run as a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.heads)
    for row in table.rows:
        writer.writerow([_safe(as_text(value)) if isinstance(value, str) else as_text(value) for value in row])
    return out.getvalue()


def plain(table: Table) -> str:
    """The table for a terminal: columns aligned, numbers to the right."""
    rows = [[as_text(v) for v in row] for row in table.rows]
    widths = [max([_width(h), *(_width(r[i]) for r in rows)]) for i, h in enumerate(table.heads)]
    right = [
        bool(table.rows) and all(isinstance(r[i], int | float | Decimal) for r in table.rows)
        for i in range(len(widths))
    ]

    def shown(cells: Sequence[str]) -> str:
        return "  ".join(_pad(c, w, to_right) for c, w, to_right in zip(cells, widths, right)).rstrip()

    body = [shown(table.heads), "  ".join("-" * w for w in widths), *(shown(r) for r in rows)]
    return "\n".join([table.title, *table.lines, "", *body, *table.notes])


def as_text(value: Any) -> str:
    """A value as it is read: dates day first, yes and no, nothing for unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, list | tuple):
        return ", ".join(as_text(v) for v in value)
    return str(value)


def _safe(text: str) -> str:
    return "'" + text if text.startswith(_RISKY) else text


def _widths(table: Table) -> list[float]:
    sample = [*table.rows[:200]]
    return [
        min(45, max([6, len(h) * 0.8, *(len(as_text(r[i])) for r in sample)]) + 2) for i, h in enumerate(table.heads)
    ]


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 1 for c in text)


def _pad(text: str, width: int, to_right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if to_right else text + gap
