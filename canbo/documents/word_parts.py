"""Pieces of a Word page: paper and margins, lines of text, rules, the photo box, the packed file."""

import contextlib
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from canbo.documents.paper import PARTY, STATE, Document, Photo
from canbo.documents.word_xml import clean, twips

FONT = "Times New Roman"
SIZES_MM = {"A4": (210, 297), "A3": (297, 420)}
ALIGNS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# One moment for every file: the same values give the same bytes.
_MOMENT = datetime(2000, 1, 1)
_MARK = RGBColor(0x70, 0x70, 0x70)


@dataclass(frozen=True)
class Look:
    """Points and margins of a layout. Margins: top, bottom, left, right, in millimetres."""

    margins: tuple[float, float, float, float]
    body: float
    head: float
    issuer: float
    number: float
    kind: float
    title: float
    sign: float
    receivers: float


LOOKS = {
    STATE: Look((20, 20, 30, 15), 14, 12, 12, 13, 14, 14, 14, 11),
    PARTY: Look((20, 20, 30, 15), 14, 15, 14, 14, 16, 14, 14, 12),
}


def set_page(file: Any, document: Document, look: Look) -> float:
    """Paper, orientation, margins; returns the width of the text in millimetres."""
    section = file.sections[0]
    short, long = SIZES_MM[document.size]
    wide, high = (long, short) if document.landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    top, bottom, left, right = look.margins if not document.landscape else (look.margins[0], look.margins[1], 20, 15)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = section.footer_distance = Mm(10)
    return wide - left - right


def set_text(file: Any, points: float) -> None:
    style = file.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_after = Pt(0)


def number_pages(file: Any, look: Look) -> None:
    """The page number centred above the text, from the second page on."""
    section = file.sections[0]
    section.different_first_page_header_footer = True
    p = section.header.paragraphs[0]
    p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    p._p.append(field)
    p.style.font.size = Pt(look.number)


def mark_pages(file: Any, mark: str) -> None:
    """A line at the top of every page, the first one too."""
    if not mark:
        return
    section = file.sections[0]
    for head in (section.header, section.first_page_header):
        p = head.add_paragraph() if head is section.header else head.paragraphs[0]
        p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        add_run(p, mark, 11, bold=True).font.color.rgb = _MARK


def with_mark(content: bytes, old: str, new: str) -> bytes:
    """The same file with another mark at the top of its pages: a copy for somebody else costs no new layout."""
    was, now = (escape(clean(text)).encode() for text in (old, new))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            raw = source.read(entry)
            raw = raw.replace(was, now) if entry.filename.startswith("word/header") else raw
            target.writestr(zipfile.ZipInfo(entry.filename), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def add_line(
    place: Any, text: str, points: float, align: str, *, bold: bool = False, italic: bool = False, keep: bool = False,
    before: float = 0, after: float = 0,
) -> Any:  # fmt: skip
    p = place.add_paragraph()
    p.alignment = ALIGNS[align]
    form = p.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
    add_run(p, text, points, bold=bold, italic=italic)
    return p


def add_run(p: Any, text: str, points: float, *, bold: bool = False, italic: bool = False) -> Any:
    run = p.add_run(clean(text))
    run.font.size, run.font.bold, run.font.italic = Pt(points), bold or None, italic or None
    return run


def add_rule(place: Any, *, width_mm: float, long_mm: float) -> None:
    """A centred line of a given length: the lower edge of a low, indented paragraph."""
    p = place.add_paragraph()
    form = p.paragraph_format
    form.left_indent = form.right_indent = Mm(max((width_mm - long_mm) / 2, 0))
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(4), Pt(2)
    edges = parse_xml(
        '<w:pBdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    )
    p._p.get_or_add_pPr().insert_element_before(edges, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")


def add_photo(place: Any, photo: Photo) -> None:
    if photo.image:
        with contextlib.suppress(UnrecognizedImageError):  # a broken picture leaves the empty box
            p = place.add_paragraph()
            p.add_run().add_picture(io.BytesIO(photo.image), width=Mm(photo.width_mm), height=Mm(photo.height_mm))
            return
    table = place.add_table(1, 1) if not hasattr(place, "sections") else place.add_table(rows=1, cols=1)
    table.style = table.part.document.styles["Table Grid"]
    table.autofit = False
    table.columns[0].width = table.rows[0].cells[0].width = Mm(photo.width_mm)
    table.rows[0].height = Mm(photo.height_mm)
    box = table.rows[0].cells[0]
    box.vertical_alignment = 1
    add_line(box, photo.caption, 11, "center", italic=True)
    drop_first(box)
    add_line(place, "", 1, "left")


def put_table(place: Any, element: Any) -> None:
    """Append a table where python-docx would: before the section's own properties in the body."""
    if hasattr(place, "sections"):
        place._body._element._insert_tbl(element)
    else:
        place._element.append(element)


def no_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twips(0.5)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def drop_first(cell: Any) -> None:
    """The empty paragraph every new cell begins with, when something follows it."""
    first = cell.paragraphs[0]._p
    if len(cell._element) > 2 and first.getnext() is not None:
        cell._element.remove(first)


def packed(file: Any) -> bytes:
    """Saved with fixed properties and fixed times in the archive."""
    core = file.core_properties
    core.author = core.last_modified_by = core.comments = core.title = core.keywords = ""
    core.created = core.modified = _MOMENT
    core.revision, core.language = 1, "vi-VN"
    raw, out = io.BytesIO(), io.BytesIO()
    file.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename), source.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
