"""Word papers: order of the parts, page, repeated head, what stays together – read from the file's own XML and as PDF."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from canbo.documents.grid import Grid, Group, Head
from canbo.documents.paper import Document, Letterhead, Paragraph, Photo, Signature, balanced, number_line, place_line
from canbo.documents.wire import from_json, to_json
from canbo.documents.word import Beside, Heading, PageBreak, to_docx

STATE = Letterhead("nha-nuoc", "Ủy ban nhân dân xã An Phú", "Ủy ban nhân dân tỉnh Minh", "An Phú", symbol="QĐ-UBND")
PARTY = Letterhead("dang", "Ban Thường vụ Đảng ủy xã An Phú", "Tỉnh ủy Minh", "An Phú", symbol="QĐ/ĐU")
HEADS = (
    Head("TT", width=10, align="center"),
    Head("Họ và tên"),
    Head("Sinh ngày", parts=(Head("Nam", align="center"), Head("Nữ", align="center"))),
)
SIGNED = Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lê Văn Dũng")


def listing(rows: int = 60, **changes: object) -> Document:
    people = [(i, "Nguyễn Thị An", "", "03/08/1980") for i in range(1, rows + 1)]
    grid = Grid(HEADS, [Group("I. Ban Thường vụ"), *people], numbered=True, totals=("", f"Cộng: {rows} người", "", ""))
    lines, receivers = ("(Tính đến 31/12/2025)",), ("Như trên;", "Lưu: VT.")
    made = Document(STATE, "Danh sách", "Người được cử đi bồi dưỡng", lines, (grid,), SIGNED, receivers)
    return replace(made, **changes)  # type: ignore[arg-type]


def texts(content: bytes) -> list[str]:
    """Every text of the body in order, one for a paragraph."""
    body = docx.Document(io.BytesIO(content)).element.body
    found = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    return [text for text in found if text.strip("\u00a0 ")]


def in_order(found: list[str], *wanted: str) -> bool:
    rest = iter(found)
    return all(any(want in text for text in rest) for want in wanted)


def as_pdf(content: bytes, folder: Path) -> Path:
    return as_pdfs([content], folder)[0]


def as_pdfs(contents: Sequence[bytes], folder: Path) -> list[Path]:
    """In one start of the office program, which takes longer than the papers."""
    papers = [folder / f"{number}.docx" for number, _ in enumerate(contents)]
    for paper, content in zip(papers, contents, strict=True):
        paper.write_bytes(content)
    home = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, papers)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [paper.with_suffix(".pdf") for paper in papers]


def pdf_pages(pdf: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return done.stdout.split("\f")[:-1]


office = pytest.mark.skipif(shutil.which("soffice") is None or shutil.which("pdftotext") is None, reason="needs soffice, pdftotext")


def test_state_paper_reads_in_the_order_of_the_decree():
    found = texts(to_docx(listing(2)))
    assert in_order(
        found, "ỦY BAN NHÂN DÂN TỈNH MINH", "ỦY BAN NHÂN DÂN XÃ AN PHÚ", "/QĐ-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "An Phú, ngày", "DANH SÁCH", "Người được cử đi bồi dưỡng", "(Tính đến", "Họ và tên",
        "(1)", "I. Ban Thường vụ", "Nguyễn Thị An", "Cộng: 2 người", "Nơi nhận:", "- Như trên;", "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Dũng",
    )  # fmt: skip
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in found


def test_party_paper_reads_in_the_order_of_the_guidance():
    document = listing(2, letterhead=PARTY, signature=Signature(("T/M BAN THƯỜNG VỤ", "BÍ THƯ"), "Lê Văn Dũng"))
    found = texts(to_docx(document))
    assert in_order(
        found, "TỈNH ỦY MINH", "BAN THƯỜNG VỤ", "ĐẢNG ỦY XÃ AN PHÚ", "*", "-QĐ/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM", "An Phú, ngày",
        "DANH SÁCH", "- Như trên,", "T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Văn Dũng",
    )  # fmt: skip
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in found


@pytest.mark.parametrize(
    ("head", "number", "written"),
    [(STATE, "5", "Số: 05/QĐ-UBND"), (STATE, "125", "Số: 125/QĐ-UBND"), (STATE, "12/QĐ-UBND", "Số: 12/QĐ-UBND"),
     (PARTY, "36", "Số 36-QĐ/ĐU"), (STATE, "", f"Số: {chr(160) * 8}/QĐ-UBND"), (PARTY, "", f"Số {chr(160) * 8}-QĐ/ĐU")],
)  # fmt: skip
def test_number_line(head: Letterhead, number: str, written: str):
    assert number_line(replace(head, number=number)) == written


@pytest.mark.parametrize(
    ("on", "written"),
    [(date(2026, 2, 5), "An Phú, ngày 05 tháng 02 năm 2026"), (date(2026, 3, 15), "An Phú, ngày 15 tháng 3 năm 2026"),
     (date(2026, 12, 31), "An Phú, ngày 31 tháng 12 năm 2026")],
)  # fmt: skip
def test_place_line_writes_zeros_below_ten_and_in_the_first_two_months(on: date, written: str):
    assert place_line(replace(STATE, on=on)) == written


@pytest.mark.parametrize(("side", "left"), [(STATE, 30), (PARTY, 30)])
def test_portrait_page_has_the_margins_of_its_layout(side: Letterhead, left: int):
    section = docx.Document(io.BytesIO(to_docx(listing(1, letterhead=side)))).sections[0]
    margins = [round(m.mm) for m in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]
    assert (round(section.page_width.mm), round(section.page_height.mm), margins) == (210, 297, [20, 20, left, 15])
    assert section.orientation == WD_ORIENT.PORTRAIT


@pytest.mark.parametrize(("size", "wide", "high"), [("A4", 297, 210), ("A3", 420, 297)])
def test_landscape_page_turns_the_paper(size: str, wide: int, high: int):
    section = docx.Document(io.BytesIO(to_docx(listing(1, landscape=True, size=size)))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (wide, high)
    assert section.orientation == WD_ORIENT.LANDSCAPE


def test_every_header_row_repeats_and_no_row_breaks():
    content = to_docx(listing(60))
    table = docx.Document(io.BytesIO(content)).tables[1]._tbl
    rows = table.findall(qn("w:tr"))
    repeated = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
    assert repeated == [True] * 3 + [False] * (len(rows) - 3)
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)


def test_merged_header_covers_every_place_once():
    rows = docx.Document(io.BytesIO(to_docx(listing(1)))).tables[1]._tbl.findall(qn("w:tr"))

    def spans(row: object) -> list[int]:
        cells = row.findall(qn("w:tc"))  # type: ignore[attr-defined]
        found = [c.find(qn("w:tcPr")).find(qn("w:gridSpan")) for c in cells]
        return [int(span.get(qn("w:val"))) if span is not None else 1 for span in found]

    assert [sum(spans(row)) for row in rows] == [4] * len(rows)
    assert spans(rows[0]) == [1, 1, 2]


def test_last_rows_stay_with_the_signature_and_it_never_breaks():
    file = docx.Document(io.BytesIO(to_docx(listing(60))))
    rows = file.tables[1]._tbl.findall(qn("w:tr"))

    def kept(row: object) -> bool:
        return all(p.find(qn("w:pPr")).find(qn("w:keepNext")) is not None for p in row.iter(qn("w:p")))  # type: ignore[attr-defined]

    assert [kept(row) for row in rows[-3:]] == [False, True, True]
    closing = file.tables[2]._tbl.find(qn("w:tr"))
    assert closing.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None


def test_same_values_give_the_same_bytes_and_name_no_tool():
    content = to_docx(listing(3))
    assert content == to_docx(listing(3))
    core = docx.Document(io.BytesIO(content)).core_properties
    assert (core.author, core.comments, core.last_modified_by) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        told = b" ".join(parts.read(name) for name in parts.namelist() if name.startswith("docProps/")).lower()
    assert b"python" not in told


def test_characters_no_file_may_hold_are_left_out():
    document = listing(1, blocks=(Paragraph("An\x0b\x00 & <Bình>"), Grid((Head("Tên"),), [("Chi\x08\ufffe",)])))
    found = texts(to_docx(document))
    assert "An & <Bình>" in found
    assert "Chi" in found


def test_blocks_of_every_kind_survive_the_way_to_json_and_back():
    document = listing(2, second_signature=Signature(("NGƯỜI LẬP BIỂU",), "Trần Thị Chi"), letterhead=replace(STATE, on=date(2026, 3, 1)))
    more = (Heading("Phần một"), Beside((Photo(None),), (Paragraph("An", align="left"),)), PageBreak(), Photo(b"\x89PNG"))
    document = replace(document, blocks=(*document.blocks, *more))
    again = from_json(to_json(document))
    assert to_json(again) == to_json(document)
    assert to_docx(replace(again, blocks=again.blocks[:-1])) == to_docx(replace(document, blocks=document.blocks[:-1]))


def test_long_names_of_agencies_break_where_officials_break_them():
    assert balanced("BAN THƯỜNG VỤ ĐẢNG ỦY XÃ AN PHÚ", 26) == ["BAN THƯỜNG VỤ", "ĐẢNG ỦY XÃ AN PHÚ"]
    assert balanced("ỦY BAN NHÂN DÂN XÃ AN PHÚ ĐÔNG", 26) == ["ỦY BAN NHÂN DÂN", "XÃ AN PHÚ ĐÔNG"]
    assert balanced("SỞ NỘI VỤ", 26) == ["SỞ NỘI VỤ"]
    assert balanced("", 26) == []


@office
def test_sixty_rows_as_pdf_repeat_the_head_number_pages_from_the_second_and_end_signed(tmp_path: Path):
    pages = pdf_pages(as_pdf(to_docx(listing(60, landscape=True)), tmp_path))
    assert len(pages) >= 3
    assert all("Họ và tên" in page for page in pages[: -1])
    assert not pages[0].lstrip().startswith("1\n")
    assert [page.split()[0] for page in pages[1:]] == [str(i) for i in range(2, len(pages) + 1)]
    assert "TM. ỦY BAN NHÂN DÂN" in pages[-1]
    assert "Lê Văn Dũng" in pages[-1]


@office
def test_paper_of_a3_landscape_is_a3_landscape_as_pdf(tmp_path: Path):
    pdf = as_pdf(to_docx(listing(5, landscape=True, size="A3")), tmp_path)
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    wide, high = (float(n) for n in told.split("Page size:")[1].split("pts")[0].split(" x "))
    assert (round(wide * 25.4 / 72), round(high * 25.4 / 72)) == (420, 297)
