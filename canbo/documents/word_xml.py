"""WordprocessingML by hand, where building it cell by cell would take seconds for a list of thousands."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from canbo.documents.grid import Grid, Group, placed
from canbo.documents.measure import column_widths
from canbo.documents.tables import as_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Characters XML cannot hold; one in a pasted name would make the whole file unreadable.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without characters that no XML file may hold."""
    return _NOT_XML.sub("", text)


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def table_xml(grid: Grid, *, width_mm: float, points: float, keep_rows: int = 0) -> str:
    """The grid as `w:tbl`: header rows repeat on every page, no row breaks, the last `keep_rows` stay with what follows."""
    widths = column_widths(grid, width_mm, points)
    columns = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl xmlns:w="{W}"><w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(_rows(grid, widths, points, keep_rows))}</w:tbl>"
    )


def _rows(grid: Grid, widths: list[float], points: float, keep_rows: int) -> Iterable[str]:
    yield from _header(grid, widths, points)
    kept = len(grid.rows) + (grid.totals is not None) - keep_rows
    aligns = [leaf.align for leaf in grid.leaves]
    for i, row in enumerate(grid.rows):
        if isinstance(row, Group):
            yield _row(cell(row.text, sum(widths), points, bold=True, keep=True, span=len(widths)))
        else:
            yield _row(
                "".join(cell(as_text(v), w, points, align=a, keep=i >= kept) for v, w, a in zip(row, widths, aligns))
            )
    if grid.totals is not None:
        cells = zip(grid.totals, widths, aligns)
        yield _row("".join(cell(as_text(v), w, points, align=a, bold=True, keep=keep_rows > 0) for v, w, a in cells))


def _header(grid: Grid, widths: list[float], points: float) -> Iterable[str]:
    places = placed(grid)
    for r in range(grid.depth):
        here = sorted((p for p in places if p.row <= r < p.row + p.rows), key=lambda p: p.column)
        yield _row(
            "".join(
                cell(
                    p.text if p.row == r else "", sum(widths[p.column : p.column + p.columns]), points, align="center",
                    bold=True, keep=True, span=p.columns, merge="" if p.rows == 1 else ("restart" if p.row == r else "continue"),
                )
                for p in here
            ),
            head=True,
        )  # fmt: skip
    if grid.numbered:
        numbers = (
            cell(f"({i})", w, points - 1, align="center", italic=True, keep=True) for i, w in enumerate(widths, 1)
        )
        yield _row("".join(numbers), head=True)


def _row(cells: str, *, head: bool = False) -> str:
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"


def cell(
    text: str, width: float, points: float, *, align: str = "left", bold: bool = False, italic: bool = False,
    keep: bool = False, span: int = 1, merge: str = "",
) -> str:  # fmt: skip
    """One `w:tc`; lines of the text stay lines."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    middle = '<w:vAlign w:val="center"/>' if merge or (bold and align == "center") else ""
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    look += f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in clean(text).split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spans}{merged}{middle}</w:tcPr>'
        f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}"
        f'<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r></w:p></w:tc>'
    )
