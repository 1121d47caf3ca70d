"""From bytes to sheets of cells: what people did to a workbook is seen, and traps cost nothing."""

import contextlib
import datetime
import io
import random
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from canbo.imports.book.csvtext import best_separator, decode_text
from canbo.imports.book.rawsheet import column_letter, from_json
from canbo.imports.book.workbook import open_workbook, parse_file
from canbo.imports.book.xlsx import column_number
from canbo.imports.reading import read_book
from canbo.sandbox import Refused
from tests.processes import spent

SHEET = "xl/worksheets/sheet1.xml"


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def small() -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"], book.active["B2"] = "STT", "An"

    return workbook(fill)


def edited(data: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == SHEET:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return out.getvalue()


def test_values_formulas_fonts_merges_and_hidden_parts() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.title = "Danh sách"
        sheet.append(["STT", "Họ và tên", "Ngày sinh", "Tổng"])
        sheet.append([1, "Nguyễn Văn An", datetime.date(1968, 5, 12), "=A2*2"])
        sheet.append([2.5, "TrÇn V¨n B×nh", True, None])
        sheet["B3"].font = Font(name=".VnTime")
        sheet.merge_cells("A5:D6")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        book.create_sheet("Nháp").sheet_state = "hidden"

    book = open_workbook(workbook(fill))
    sheet = book.sheets[0]
    assert sheet.name == "Danh sách"
    assert sheet.rows == [
        [1, ["STT", "Họ và tên", "Ngày sinh", "Tổng"]],
        [2, [1, "Nguyễn Văn An", "\x01d1968-05-12"]],
        [3, [2.5, "TrÇn V¨n B×nh", True]],
    ]
    assert sheet.merged == [[5, 0, 6, 3]]
    assert sheet.hidden_rows == [3]
    assert sheet.hidden_columns == [2]
    assert sheet.formulas == {3: [1, 1]}
    assert [s.state for s in book.sheets] == ["visible", "hidden"]


def test_font_of_a_column_is_that_of_most_of_its_texts() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in range(1, 8):
            book.active.cell(row, 1, "x").font = Font(name="Times New Roman" if row == 1 else ".VnTimeH")

    assert open_workbook(workbook(fill)).sheets[0].fonts == {0: ".VnTimeH"}


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (25000, "dd/mm/yyyy", "\x01d1968-06-11"),
        (25000, "mm/yyyy", "\x01d1968-06"),
        (25000, "[$-42A]mmm-yy;@", "\x01d1968-06"),
        (25000, "yyyy", "\x01d1968"),
        (25000, "d/m/yyyy h:mm", "\x01d1968-06-11"),
        (1968, "dd/mm/yyyy", 1968),
        (25000, "General", 25000),
        (25000, '0 "ngày"', 25000),
        (1068012345, "000000000000", "001068012345"),
        (5, "0", 5),
        (0.5, "0.00", 0.5),
    ],
)
def test_number_means_what_its_format_shows(value: float, number_format: str, expected: object) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = value
        book.active["A1"].number_format = number_format

    assert open_workbook(workbook(fill)).sheets[0].rows == [[1, [expected]]]


def test_epoch_of_1904_moves_dates() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": True})
    book.add_worksheet().write_datetime(
        0, 0, datetime.datetime(1968, 5, 12), book.add_format({"num_format": "d/m/yyyy"})
    )
    book.close()
    raw = open_workbook(out.getvalue())
    assert raw.epoch_1904
    assert raw.sheets[0].rows == [[1, ["\x01d1968-05-12"]]]


def test_rich_text_is_joined_and_phonetic_hints_left_out() -> None:
    rich = "<is><r><t>Nguy</t></r><r><t>ễn</t></r><rPh><t>no</t></rPh></is>".encode()
    data = edited(small(), b"<is><t>STT</t></is>", rich)
    assert open_workbook(data).sheets[0].rows[0] == [1, ["Nguyễn"]]


def test_cells_in_far_corners_are_refused_quickly() -> None:
    data = edited(edited(small(), b'r="B2"', b'r="XFD1048576"'), b'<row r="2"', b'<row r="1048576"')
    assert len(data) < 6000
    with spent() as took, pytest.raises(Refused, match="cột XFD"):
        open_workbook(data)
    assert took.own + took.children < 3  # 0.1 s on an idle core


def test_merge_of_a_whole_sheet_costs_nothing() -> None:
    data = edited(small(), b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert open_workbook(data).sheets[0].merged == [[1, 0, 1048576, 16383]]


def test_entities_and_broken_xml_are_refused() -> None:
    with pytest.raises(Refused, match="DOCTYPE"):
        open_workbook(edited(small(), b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'))
    with pytest.raises(Refused, match="hỏng"):
        open_workbook(edited(small(), b"</worksheet>", b""))


def test_workbook_without_cells_is_refused() -> None:
    with pytest.raises(Refused, match="không có dữ liệu"):
        open_workbook(workbook(lambda book: None))


ROOT = Path(__file__).resolve().parents[2]
MEASURED = """
import resource, sys
from canbo.imports.book.workbook import open_workbook
raw = open_workbook(open(sys.argv[1], "rb").read())
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(len(raw.sheets[0].rows), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


@pytest.mark.slow
def test_ten_thousand_rows_within_three_seconds_and_300_mib(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(10_000):
        sheet.write_row(row, 0, [f"Ô {row % 97} {column}" if column % 3 else row for column in range(20)])
    book.close()
    path = tmp_path / "list.xlsx"
    path.write_bytes(out.getvalue())
    # A process of its own: the largest child of this one may be another test's.
    told = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True, cwd=ROOT)
    rows, seconds, kib = told.stdout.split()
    # Seconds of the processor, not of the clock: the machine may be busy with other work.
    assert float(seconds) < 3
    assert int(kib) < 300 * 1024
    assert int(rows) == 10_000


def cp1258(text: str) -> bytes:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        letters.append(base + "".join(p for p in parts if p in tones))
    return "".join(letters).encode("cp1258")


@pytest.mark.parametrize(
    "encode",
    [
        lambda t: t.encode(),
        lambda t: t.encode("utf-8-sig"),
        lambda t: t.encode("utf-16"),
        lambda t: t.encode("utf-16-le"),
        lambda t: t.encode("utf-16-be"),
        cp1258,
    ],
)
def test_csv_encodings(encode: Callable[[str], bytes]) -> None:
    text = "STT;Họ và tên;Dân tộc\n1;Nguyễn Văn Bình;Kinh\n2;Trần Thị Chi;Tày\n"
    assert decode_text(encode(text))[0].lstrip("\ufeff") == text


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_separators(separator: str) -> None:
    lines = [["STT", "Họ và tên", "Quê quán"], ["1", "An", '"xã A, huyện B; tỉnh C"'], ["2", "Bình", "D"]]
    assert best_separator("\n".join(separator.join(line) for line in lines)) == separator


def test_csv_rows_are_records_and_line_breaks_in_quotes_stay() -> None:
    rows = parse_file('sep=,\n"Họ\nvà tên",STT\n,\n"An, B",1\n'.encode())["sheets"][0]["rows"]
    assert rows == [[2, ["Họ\nvà tên", "STT"]], [4, ["An, B", "1"]]]


def test_column_letters_and_numbers_agree() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_letter(n)) == n for n in range(2000))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the older formats")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_older_formats_tell_the_same(kind: str, tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.title = "Danh sách"
        for row in range(1, 60):
            sheet.append([row, f"Nguyễn Văn An {row}", datetime.date(1968, 5, 12), 0.5])
            sheet.cell(row, 2).font = Font(name=".VnTime")
        sheet.merge_cells("A70:C71")
        sheet["A70"] = "Tổng cộng"
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        book.create_sheet("Nháp").sheet_state = "hidden"
        book["Nháp"]["A1"] = "x"

    source = tmp_path / "a.xlsx"
    source.write_bytes(workbook(fill))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path, source], check=True, capture_output=True, timeout=120)
    new, old = open_workbook(source.read_bytes()), open_workbook((tmp_path / f"a.{kind}").read_bytes())
    assert [(s.name, s.state, s.rows, s.merged, s.hidden_rows, s.hidden_columns) for s in old.sheets] == [
        (s.name, s.state, s.rows, s.merged, s.hidden_rows, s.hidden_columns) for s in new.sheets
    ]
    assert old.tells_hidden
    if kind == "xls":
        assert old.sheets[0].fonts[1] == ".VnTime"


def test_damaged_files_are_refused_or_read_but_never_break_us() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in (["STT", "Họ và tên", "Ngày sinh"], [1, "Nguyễn Văn An", "1968"], [2, "Lê Chi", "3/4/1980"]):
            book.active.append(row)

    whole, random_ = workbook(fill), random.Random(7)
    csv = "STT;Họ và tên;Ngày sinh\n1;Nguyễn Văn An;1968\n".encode()
    for number in range(120):
        damaged = bytearray(csv if number % 3 == 0 else whole)
        for _ in range(random_.randint(1, 12)):
            damaged[random_.randrange(len(damaged))] = random_.randrange(256)
        with contextlib.suppress(Refused):
            read_book(from_json(parse_file(bytes(damaged))), filename="x")
