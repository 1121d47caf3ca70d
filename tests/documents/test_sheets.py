"""The same paper as a workbook."""

import io

import openpyxl
import pytest

from canbo.documents.grid import Grid, Group, Head
from canbo.documents.paper import Document
from canbo.documents.sheets import to_xlsx
from tests.documents.test_word import PARTY, SIGNED, STATE, listing


def sheet_of(document: Document):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(document))).worksheets[0]


def cells(sheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]


def test_sheet_reads_from_letterhead_to_signature():
    found = cells(sheet_of(listing(3)))
    wanted = ["ỦY BAN NHÂN DÂN XÃ AN PHÚ", "DANH SÁCH", "Họ và tên", "(1)", "I. Ban Thường vụ", "Nguyễn Thị An", "Cộng: 3 người",
              "TM. ỦY BAN NHÂN DÂN", "Lê Văn Dũng"]  # fmt: skip
    assert sorted(map(found.index, wanted)) == [found.index(text) for text in wanted]


def test_head_repeats_on_every_page_and_the_sheet_is_one_page_wide():
    sheet = sheet_of(listing(60, landscape=True, size="A3"))
    first, last = (int(part.strip("$")) for part in sheet.print_title_rows.split(":"))
    assert sheet.cell(first, 1).value == "TT"
    assert sheet.cell(last, 1).value == "(1)"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight, int(sheet.page_setup.paperSize)) == (1, 0, 8)
    assert sheet.page_setup.orientation == "landscape"


def test_merged_header_and_group_rows_are_merged_cells():
    sheet = sheet_of(listing(2))
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "TT")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{top}:A{top + 1}", f"B{top}:B{top + 1}", f"C{top}:D{top}", f"A{top + 3}:D{top + 3}"} <= merged


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5 năm", "@lệnh", "=HYPERLINK(\"http://x\")"])
def test_texts_never_become_formulas(text: str):
    sheet = sheet_of(listing(0, blocks=(Grid((Head("Tên"), Head("Ghi chú")), [(text, "x"), Group(text)]),), title=text))
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(found) == 3
    assert {cell.data_type for cell in found} == {"s"}
    assert {cell.hyperlink for cell in found} == {None}


def test_numbers_stay_numbers():
    grid = Grid((Head("Số người", align="right"), Head("Tỷ lệ", align="right")), [(1236, 54.29)])
    sheet = sheet_of(listing(0, blocks=(grid,)))
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None] == [1236, 54.29]


def test_party_sheet_has_the_partys_head():
    found = cells(sheet_of(listing(1, letterhead=PARTY)))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in found
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in found


def test_same_values_give_the_same_bytes():
    assert to_xlsx(listing(5)) == to_xlsx(listing(5))


def test_document_without_a_table_is_still_a_sheet():
    assert "Lê Văn Dũng" in cells(sheet_of(Document(STATE, "Tờ trình", signature=SIGNED)))
