"""A paper as a Word document: State layout (Phụ lục I, Nghị định 30/2020) or Party layout (Hướng dẫn 36-HD/VPTW)."""

from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.shared import Mm, Pt

from canbo.documents.grid import Grid
from canbo.documents.measure import table_points
from canbo.documents.paper import (
    MOTTO,
    PARTY,
    PARTY_HEAD,
    STATE,
    Beside,
    Block,
    Document,
    Heading,
    Letterhead,
    PageBreak,
    Paragraph,
    Photo,
    Run,
    Signature,
    balanced,
    number_line,
    place_line,
)  # fmt: skip
from canbo.documents.word_parts import (
    ALIGNS,
    LOOKS,
    SIZES_MM,
    add_line,
    add_photo,
    add_rule,
    add_run,
    drop_first,
    mark_pages,
    no_margins,
    number_pages,
    packed,
    put_table,
    set_page,
    set_text,
    with_mark,
)
from canbo.documents.word_xml import table_xml

__all__ = [
    "PARTY",
    "SIZES_MM",
    "STATE",
    "Beside",
    "Block",
    "Document",
    "Grid",
    "Heading",
    "Letterhead",
    "PageBreak",
    "Paragraph",
    "Photo",
    "Run",
    "Signature",
    "to_docx",
    "with_mark",
]  # fmt: skip


def to_docx(document: Document) -> bytes:
    """The document as docx; the same values give the same bytes."""
    page = _Page(document)
    if not document.bare:
        page.letterhead()
        page.heading()
    for i, block in enumerate(document.blocks):
        page.block(page.file, block, last=i == len(document.blocks) - 1)
    page.closing()
    for block in (PageBreak(), *document.annex) if document.annex else ():
        page.block(page.file, block)
    return packed(page.file)


class _Page:
    """A document being written: the file, its look, the width left for text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.look = LOOKS[document.letterhead.side]
        self.file = docx.Document()
        self.body_points = document.text_size or self.look.body
        self.width = set_page(self.file, document, self.look)
        set_text(self.file, self.body_points)
        number_pages(self.file, self.look)
        mark_pages(self.file, document.mark)

    # --- letterhead -------------------------------------------------------------------------------------------------

    def letterhead(self) -> None:
        head, look = self.document.letterhead, self.look
        left, right = self._pair(0.42 if head.side == STATE else 0.48)
        for text in balanced(head.superior.upper(), 28):
            add_line(left, text, look.issuer, "center")
        for text in balanced(head.issuer.upper(), 26):
            add_line(left, text, look.issuer, "center", bold=True)
        if head.side == STATE:
            add_rule(left, width_mm=0.42 * self.width, long_mm=24)
        elif head.side == PARTY:
            add_line(left, "*", look.issuer, "center")
        if self.document.numbered:
            add_line(left, number_line(head), look.number, "center")
        if head.subject:
            add_line(left, head.subject, 12, "center", italic=head.side == PARTY)
        self._right_head(right)
        drop_first(left)
        drop_first(right)

    def _right_head(self, cell: Any) -> None:
        head, look = self.document.letterhead, self.look
        if head.side == STATE:
            add_line(cell, MOTTO[0], look.head, "center", bold=True)
            add_line(cell, MOTTO[1], look.head + 1, "center", bold=True)
            add_rule(cell, width_mm=0.58 * self.width, long_mm=61)
        else:
            add_line(cell, PARTY_HEAD, look.head, "center", bold=True)
            add_rule(cell, width_mm=0.52 * self.width, long_mm=74)
        if self.document.numbered or head.on or head.place:
            add_line(
                cell, place_line(head), look.number + (1 if head.side == STATE else 0), "center", italic=True, before=2
            )

    def heading(self) -> None:
        document, look = self.document, self.look
        if document.kind:
            add_line(self.file, document.kind.upper(), look.kind, "center", bold=True, before=14, keep=True)
        if document.title:
            add_line(self.file, document.title, look.title, "center", bold=True, keep=True)
        for text in document.lines:
            add_line(self.file, text, look.number, "center", italic=True, keep=True)
        if document.title and not document.lines:
            add_rule(self.file, width_mm=self.width, long_mm=self.width / 4)
        add_line(self.file, "", 6, "center", keep=True)

    # --- blocks -----------------------------------------------------------------------------------------------------

    def block(self, place: Any, block: Block, *, last: bool = False, width: float | None = None) -> None:
        match block:
            case Paragraph():
                self._paragraph(place, block, keep=last)
            case Heading():
                text = block.text.upper() if block.level == 1 else block.text
                add_line(place, text, self.body_points, "left", bold=True, before=6, after=4, keep=True)
            case Grid():
                self._grid(place, block, width or self.width, keep=last)
            case Photo():
                add_photo(place, block)
            case PageBreak():
                place.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Beside():
                self._beside(place, block)

    def _paragraph(self, place: Any, block: Paragraph, *, keep: bool) -> None:
        runs = (Run(block.text),) if isinstance(block.text, str) else block.text
        p = place.add_paragraph()
        p.alignment = ALIGNS[block.align]
        form = p.paragraph_format
        form.space_after, form.space_before = Pt(block.space_after), Pt(0)
        form.first_line_indent = Mm(10) if block.indent and block.align == "justify" else None
        form.keep_with_next = keep or block.keep_with_next
        for run in runs:
            add_run(
                p,
                run.text,
                block.size or self.body_points,
                bold=run.bold or block.bold,
                italic=run.italic or block.italic,
            )

    def _grid(self, place: Any, grid: Grid, width: float, *, keep: bool) -> None:
        xml = table_xml(grid, width_mm=width, points=table_points(grid, width), keep_rows=2 if keep else 0)
        put_table(place, parse_xml(xml))
        add_line(place, "", 6, "left", keep=keep)

    def _beside(self, place: Any, block: Beside) -> None:
        left, right = self._pair(block.left_mm / self.width, place)
        for cell, blocks, width in (
            (left, block.left, block.left_mm),
            (right, block.right, self.width - block.left_mm),
        ):
            for part in blocks:
                self.block(cell, part, width=width)
            drop_first(cell)

    # --- the end ----------------------------------------------------------------------------------------------------

    def closing(self) -> None:
        """Receivers left, signature right, in rows that never break and never stand alone on a page."""
        document = self.document
        if not (document.signature or document.second_signature or document.recipients):
            return
        add_line(self.file, "", 6, "left", keep=True)
        left, right = self._pair(0.45)
        if document.second_signature:
            self._signature(left, document.second_signature)
        else:
            self._recipients(left)
        if document.signature:
            self._signature(right, document.signature)
        drop_first(left)
        drop_first(right)
        if document.second_signature and document.recipients:
            add_line(self.file, "", 6, "left")
            self._recipients(self.file)

    def _signature(self, cell: Any, signature: Signature) -> None:
        party, points = self.document.letterhead.side == PARTY, self.look.sign
        for i, text in enumerate(signature.lines):
            add_line(
                cell, text if text.islower() else text.upper(), points, "center", bold=not party or i == 0, keep=True
            )
        if signature.note:
            add_line(cell, signature.note, points - 1, "center", italic=True, keep=True)
        for _ in range(4):
            add_line(cell, "", points, "center", keep=True)
        add_line(cell, signature.name, points, "center", bold=True)

    def _recipients(self, place: Any) -> None:
        if not self.document.recipients:
            return
        party, points = self.document.letterhead.side == PARTY, self.look.receivers
        p = add_line(place, "", points + 1, "left")
        run = add_run(p, "Nơi nhận:", 14 if party else 12, bold=not party, italic=not party)
        run.underline = party or None
        for i, text in enumerate(self.document.recipients):
            end = "." if i == len(self.document.recipients) - 1 else (";" if not party else ",")
            add_line(place, f"- {text.rstrip('.,;')}{end}", points, "left")

    def _pair(self, left_share: float, place: Any = None) -> tuple[Any, Any]:
        """Two cells without lines over the whole width, in one row that never breaks."""
        place = place or self.file
        table = place.add_table(rows=1, cols=2) if place is self.file else place.add_table(1, 2)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        no_margins(table)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        shares = (left_share, 1 - left_share)
        for column, share in zip(table.columns, shares):
            column.width = Mm(share * self.width)
        for cell, share in zip(table.rows[0].cells, shares):
            cell.width = Mm(share * self.width)
        return table.rows[0].cells
