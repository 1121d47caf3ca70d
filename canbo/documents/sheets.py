"""The same paper as a workbook: letterhead, merged header that repeats, rows under group titles, signatures; one page wide."""

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from canbo.documents.grid import Grid, Group, Placed, placed
from canbo.documents.measure import PADDING_MM, column_widths, lines_of
from canbo.documents.paper import (
    MOTTO,
    PARTY,
    PARTY_HEAD,
    STATE,
    Beside,
    Block,
    Document,
    Heading,
    Paragraph,
    Signature,
    number_line,
    place_line,
)  # fmt: skip
from canbo.documents.tables import as_text
from canbo.documents.word import SIZES_MM
from canbo.documents.word_xml import clean

FONT = "Times New Roman"
PAPERS = {"A4": 9, "A3": 8}
POINTS = 12
# What a spreadsheet calls a column width of 1: a digit of its default font.
MM_PER_CHARACTER = 1.95
_MOMENT = datetime(2000, 1, 1)


def to_xlsx(document: Document) -> bytes:
    """The document as a workbook of one sheet; the same values give the same bytes. Texts never become formulas."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": _MOMENT, "author": "", "comments": ""})
    page = _Sheet(book, document)
    page.letterhead()
    page.heading()
    for block in document.blocks:
        page.block(block)
    page.closing()
    page.setup()
    book.close()
    return out.getvalue()


class _Sheet:
    """A sheet being written from the top; `row` is the next free row."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.sheet = book.add_worksheet("Danh sách")
        self.formats: dict[tuple[Any, ...], Any] = {}
        short, long = SIZES_MM[document.size]
        self.width_mm = (long if document.landscape else short) - 35
        grid = next((b for b in document.blocks if isinstance(b, Grid)), None)
        self.widths = (
            [w / MM_PER_CHARACTER for w in column_widths(grid, self.width_mm, POINTS)]
            if grid
            else [self.width_mm / 4 / MM_PER_CHARACTER] * 4
        )
        while len(self.widths) < 2:
            self.widths.append(20.0)
        self.last, self.row = len(self.widths) - 1, 0
        self.heads: tuple[int, int] | None = None

    def format(self, size: float, **look: Any) -> Any:
        key = (size, *sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": FONT, "font_size": size, "text_wrap": True, **look})
        return self.formats[key]

    # --- above the table --------------------------------------------------------------------------------------------

    def letterhead(self) -> None:
        head = self.document.letterhead
        state = head.side == STATE
        rule = self.format(13, align="center", valign="vcenter", bold=True)
        left: list[tuple[str, Any]] = (
            [(head.superior.upper(), self.format(12, align="center", valign="vcenter"))] if head.superior else []
        )
        left.append((head.issuer.upper(), rule))
        if head.side == PARTY:
            left.append(("*", rule))
        if self.document.numbered:
            left.append((number_line(head), self.format(13, align="center", valign="vcenter")))
        if head.subject:
            left.append((head.subject, self.format(12, align="center", valign="vcenter", italic=not state)))
        right: list[tuple[str, Any]] = (
            [(MOTTO[0], rule), (MOTTO[1], self.format(13, align="center", valign="vcenter", bold=True, underline=1))]
            if state
            else [(PARTY_HEAD, self.format(14, align="center", valign="vcenter", bold=True, underline=1))]
        )
        if self.document.numbered or head.on or head.place:
            right.append((place_line(head), self.format(13, align="center", valign="vcenter", italic=True)))
        self._side_by_side(left, right, self._split(0.42))

    def heading(self) -> None:
        document = self.document
        self.row += 1
        self._wide(document.kind.upper(), self.format(15, align="center", valign="vcenter", bold=True))
        if document.title:
            self._wide(document.title, self.format(13, align="center", valign="vcenter", bold=True))
        for text in document.lines:
            self._wide(text, self.format(12, align="center", valign="vcenter", italic=True))
        self.row += 1

    # --- blocks -----------------------------------------------------------------------------------------------------

    def block(self, block: Block) -> None:
        match block:
            case Paragraph():
                text = block.text if isinstance(block.text, str) else "".join(run.text for run in block.text)
                align = "left" if block.align == "justify" else block.align
                self._wide(text, self.format(12, align=align, valign="top", bold=block.bold, italic=block.italic))
            case Heading():
                self._wide(block.text, self.format(13, align="left", valign="top", bold=True))
            case Grid():
                self._grid(block)
            case Beside():
                for part in (*block.left, *block.right):
                    self.block(part)

    def _grid(self, grid: Grid) -> None:
        top = self.row
        self._header(grid)
        self.heads = self.heads or (top, self.row - 1)
        for row in grid.rows:
            if isinstance(row, Group):
                look = self.format(12, border=1, bold=True, valign="vcenter")
                self._merge(self.row, 0, self.row, len(grid.leaves) - 1, row.text, look)
                self.row += 1
            else:
                self._cells(row, grid)
        if grid.totals is not None:
            self._cells(grid.totals, grid, bold=True)

    def _header(self, grid: Grid) -> None:
        look = self.format(12, border=1, bold=True, align="center", valign="vcenter")
        places = placed(grid)
        for p in places:
            self._merge(
                self.row + p.row, p.column, self.row + p.row + p.rows - 1, p.column + p.columns - 1, p.text, look
            )
        for r in range(grid.depth):
            self.sheet.set_row(self.row + r, _head_height(places, r, self.widths))
        self.row += grid.depth
        if grid.numbered:
            number = self.format(10, border=1, italic=True, align="center")
            for c in range(len(grid.leaves)):
                self.sheet.write_string(self.row, c, f"({c + 1})", number)
            self.row += 1

    def _cells(self, row: Sequence[object], grid: Grid, *, bold: bool = False) -> None:
        for c, (value, leaf) in enumerate(zip(row, grid.leaves)):
            look = {"border": 1, "valign": "top", "align": leaf.align, "bold": bold}
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                shown = "#,##0" if value == int(value) else "#,##0.##"
                self.sheet.write_number(self.row, c, float(value), self.format(12, num_format=shown, **look))
            else:
                self.sheet.write_string(self.row, c, clean(as_text(value)), self.format(12, **look))
        if (height := _row_height(row, self.widths)) > 16.0:
            self.sheet.set_row(self.row, height)
        self.row += 1

    # --- the end ----------------------------------------------------------------------------------------------------

    def closing(self) -> None:
        document = self.document
        left = self._signature(document.second_signature) or ([] if document.second_signature else self._receivers())
        right = self._signature(document.signature)
        if not left and not right:
            return
        self.row += 1
        self._side_by_side(left, right, self._split(0.45))
        if document.second_signature and document.recipients:
            self.row += 1
            self._side_by_side(self._receivers(), [], self._split(0.45))

    def _signature(self, signature: Signature | None) -> list[tuple[str, Any]]:
        if signature is None:
            return []
        party = self.document.letterhead.side == PARTY
        looks = [self.format(13, align="center", bold=not party or i == 0) for i in range(len(signature.lines))]
        lines = [(text.upper(), look) for text, look in zip(signature.lines, looks)]
        plain = self.format(13, align="center")
        note = [(signature.note, self.format(12, align="center", italic=True))] if signature.note else []
        return [*lines, *note, *[("", plain)] * 4, (signature.name, self.format(13, align="center", bold=True))]

    def _receivers(self) -> list[tuple[str, Any]]:
        texts = self.document.recipients
        if not texts:
            return []
        party = self.document.letterhead.side == PARTY
        label = self.format(12, underline=1) if party else self.format(12, bold=True, italic=True)
        ends = [("," if party else ";")] * (len(texts) - 1) + ["."]
        look = self.format(11)
        return [("Nơi nhận:", label), *((f"- {t.rstrip('.,;')}{end}", look) for t, end in zip(texts, ends))]

    def setup(self) -> None:
        """Paper, one page wide, head repeated, page number from the second page, panes frozen under the head."""
        sheet, document = self.sheet, self.document
        for c, width in enumerate(self.widths):
            sheet.set_column(c, c, width)
        if document.landscape:
            sheet.set_landscape()
        sheet.set_paper(PAPERS[document.size])
        sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
        sheet.set_header("&C&P", {"margin": 0.4})
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.print_area(0, 0, max(self.row - 1, 0), self.last)
        if self.heads:
            sheet.repeat_rows(*self.heads)
            sheet.freeze_panes(self.heads[1] + 1, 0)

    # --- cells ------------------------------------------------------------------------------------------------------

    def _split(self, share: float) -> int:
        """The last column of the left side, so that it takes about that share of the width."""
        total, sofar = sum(self.widths), 0.0
        for c, width in enumerate(self.widths[:-1]):
            sofar += width
            if sofar >= share * total * 0.9:
                return c
        return self.last - 1

    def _side_by_side(self, left: list[tuple[str, Any]], right: list[tuple[str, Any]], split: int) -> None:
        for i in range(max(len(left), len(right))):
            height = 17.0
            for cells, first, last in ((left, 0, split), (right, split + 1, self.last)):
                if i < len(cells):
                    text, look = cells[i]
                    self._merge(self.row, first, self.row, last, text, look)
                    height = max(height, _height(text, sum(self.widths[first : last + 1]), 17.0))
            self.sheet.set_row(self.row, height)
            self.row += 1

    def _wide(self, text: str, look: Any) -> None:
        self._merge(self.row, 0, self.row, self.last, text, look)
        self.sheet.set_row(self.row, _height(text, sum(self.widths), 18.0))
        self.row += 1

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, look: Any) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", look)
        self.sheet.write_string(top, left, clean(text), look)


def _height(text: str, width: float, line: float) -> float:
    """Points for a merged cell: programs do not fit its height by themselves."""
    return line * lines_of(text, width * MM_PER_CHARACTER - PADDING_MM, POINTS)


def _row_height(row: Sequence[object], widths: list[float]) -> float:
    return max(_height(as_text(value), width, 16.0) for value, width in zip(row, widths))


def _head_height(places: list[Placed], row: int, widths: list[float]) -> float:
    """The tallest heading that stands in this row, shared among the rows it covers."""
    here = [p for p in places if p.row <= row < p.row + p.rows]
    return max(_height(p.text, sum(widths[p.column : p.column + p.columns]), 16.5) / p.rows for p in here)
