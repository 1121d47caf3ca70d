"""Seeded edits of a list that went out to be edited, and what a plan found of them."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

import openpyxl

from canbo.engine.codelists import load_codelist
from canbo.imports.book.rawsheet import column_letter
from canbo.imports.plan import Plan
from canbo.imports.roundtrip.columns import EditColumn, edit_columns
from canbo.imports.roundtrip.export import FIRST, HEAD
from canbo.imports.roundtrip.reading import ROW

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hạnh", "Khánh", "Lan", "Minh")
Cells = dict[tuple[int, str], str]  # (row as Excel counts, heading) → text


@dataclass(frozen=True)
class Edit:
    """One cell somebody changed."""

    row: int
    code: str
    heading: str
    old: str
    new: str


def columns_by_heading(year: int, groups: frozenset[str]) -> dict[str, EditColumn]:
    return {column.heading: column for column in edit_columns(year=year, groups=groups)}


def draw_edits(
    *, rows: dict[int, tuple[str, dict[str, str]]], columns: dict[str, EditColumn], units: list[str], count: int, seed: int
) -> list[Edit]:
    """`count` edits over all columns, no cell twice; every tenth empties a cell, some names become a homonym's.

    `rows`: Excel row → (dossier code, heading → text).
    """
    chance, taken, edits = random.Random(seed), set(), []
    numbers, headings = sorted(rows), list(columns)
    while len(edits) < count:
        row, heading = chance.choice(numbers), headings[len(edits) % len(headings)]
        code, cells = rows[row]
        # Two edits of one section of one dossier are one matter to the dossier; each cell is still told by itself.
        if (row, heading) in taken or not _can_be_edited(columns[heading], cells):
            continue
        old = cells[heading]
        clears = len(edits) % 10 == 9 and old and heading != "Họ và tên"
        new = "" if clears else _another(chance, columns[heading], old, rows, units)
        if new == old:
            continue
        taken.add((row, heading))
        edits.append(Edit(row, code, heading, old, new))
    return edits


def _can_be_edited(column: EditColumn, cells: dict[str, str]) -> bool:
    unit = "Đơn vị công tác"
    needed = {"holding.appointed_on": "Chức vụ, chức danh", "employment.staff_kind": unit, "employment.workplace": unit}
    return column.name not in needed or bool(cells[needed[column.name]])


def _another(chance: random.Random, column: EditColumn, old: str, rows: dict[int, tuple[str, dict[str, str]]], units: list[str]) -> str:
    made: dict[str, Callable[[], str]] = {
        "name": lambda: chance.choice(
            [f"{chance.choice(FAMILY)} Văn {chance.choice(GIVEN)}", chance.choice([cells["Họ và tên"] for _, cells in rows.values()])]
        ),
        "date": lambda: chance.choice(["{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{m:02}/{y}", "{y}"]).format(
            d=chance.randint(1, 28), m=chance.randint(1, 12), y=chance.randint(1960, 2020)
        ),
        "sex": lambda: chance.choice(["Nam", "Nữ"]),
        "id": lambda: f"0{chance.randint(10**10, 10**11 - 1)}",
        "phone": lambda: f"09{chance.randint(10**7, 10**8 - 1)}",
        "number": lambda: str(chance.randint(1, 9)),
    }
    if column.name == "employment.unit_id":
        return chance.choice(units)
    if column.codelist:
        return chance.choice([row.label for row in load_codelist(column.codelist).rows if row.code != "khong" or column.name[:4] != "disc"])
    return made.get(column.type, lambda: f"Nội dung sửa {chance.randint(1, 10**6)}")()


def cells_of(content: bytes) -> dict[int, tuple[str, dict[str, str]]]:
    """The rows of an exported workbook as they stand in its XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    found: dict[int, dict[str, str]] = {}
    for letter, row, body in re.findall(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>(.*?)</c>)', text, re.DOTALL):
        found.setdefault(int(row), {})[letter] = unescape("".join(re.findall(r"<t[^>]*>(.*?)</t>", body, re.DOTALL)))
    headings = found[HEAD + 1]
    return {
        row: (cells["A"], {heading: cells.get(letter, "") for letter, heading in headings.items()})
        for row, cells in found.items() if row > FIRST
    }  # fmt: skip


def edited_xml(content: bytes, edits: list[Edit], headings: list[str]) -> bytes:
    """The workbook with these cells changed, everything else byte for byte as it was."""
    letters = {heading: column_letter(i) for i, heading in enumerate(headings)}
    wanted = {f"{letters[edit.heading]}{edit.row}": edit.new for edit in edits}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in book.namelist():
            body = book.read(name)
            made.writestr(name, _patched(body.decode(), wanted).encode() if name == "xl/worksheets/sheet1.xml" else body)
    return out.getvalue()


def _patched(text: str, wanted: dict[str, str]) -> str:
    def cell(found: re.Match[str]) -> str:
        if found[1] not in wanted:
            return found[0]
        return f'<c r="{found[1]}" s="{found[2]}" t="inlineStr"><is><t xml:space="preserve">{escape(wanted[found[1]])}</t></is></c>'

    return re.sub(r'<c r="([A-Z]+\d+)" s="(\d+)"[^>]*?(?:/>|>.*?</c>)', cell, text, flags=re.DOTALL)


def saved_by_a_spreadsheet(content: bytes, edits: list[Edit], headings: list[str]) -> bytes:
    """The same edits made and saved by another program, which writes the whole file anew."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for edit in edits:
        sheet.cell(edit.row, headings.index(edit.heading) + 1).value = edit.new or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def found_edits(plan: Plan) -> Iterator[tuple[str, str]]:
    """(dossier code, heading) of every cell a plan tells as edited, once for each."""
    for row in plan.rows:
        code = row.row.values[ROW].code
        yield from ((code, heading) for heading in (*(d.label for d in row.differences), *row.emptied))
        yield from ((code, d.label) for d in row.contested)
