"""The list to be edited: one row a person, every importable column of the reader's rights, all cells text."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import xlsxwriter

from canbo.imports.codes import dossier_code
from canbo.imports.dropdowns import DropDowns, labels
from canbo.imports.roundtrip.columns import CHECK, CODE, EditColumn, View, edit_columns
from canbo.imports.roundtrip.marks import SHEET, VERSION, marks_of
from canbo.imports.roundtrip.people import people_of_unit, unit_names
from canbo.imports.state import PersonState, load_states
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Title

TITLE, HEAD, FIRST = 0, 3, 4  # rows of the sheet, from 0
CHUNK = 2000
_LINES = (
    "Sửa thẳng vào ô rồi gửi lại tệp này ở “Nhập danh sách”: chương trình chỉ ghi đúng những ô đã sửa. Không sửa cột Mã hồ sơ.",
    "Ô xóa trống không xóa gì trong hồ sơ; muốn xóa giá trị, ghi (xóa) vào ô hoặc chọn “Xóa giá trị” khi xem trước.",
)


def editing_workbook(*, unit: int | None, on: date, actor: Actor, scope: Scope) -> tuple[bytes, int]:
    """(xlsx, how many people): everybody serving in the unit or below on the day, within the scope."""
    people = [face.id for face in people_of_unit(unit=unit, on=on, actor=actor, scope=scope)]
    columns = edit_columns(year=on.year, groups=scope.groups)
    view = view_of(on=on, actor=actor, scope=scope)
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Danh sách để sửa")
        lists = DropDowns(book)
        _head(book, sheet, columns, on=on, count=len(people))
        _choices(sheet, lists, columns, last=FIRST + len(people) + 200, units=sorted(set(view.units.values())))
        states = _states(people, actor, scope)
        _rows(book, sheet, columns, states, view)
        _marker(book, columns, on)
        lists.finish()
    return out.getvalue(), len(people)


def view_of(*, on: date, actor: Actor, scope: Scope) -> View:
    titles = dict(Title.objects.values_list("pk", "name"))
    return View(on=on.isoformat(), units=unit_names(on=on, actor=actor, scope=scope), titles=titles)


def _states(people: list[int], actor: Actor, scope: Scope) -> Iterator[PersonState]:
    """In the order given, a part of them in memory at a time."""
    for i in range(0, len(people), CHUNK):
        part = people[i : i + CHUNK]
        found = load_states(people=part, actor=actor, scope=scope)
        yield from (found[pk] for pk in part)


def _head(book: Any, sheet: Any, columns: list[EditColumn], *, on: date, count: int) -> None:
    base = {"font_name": "Times New Roman", "font_size": 12}
    bold = book.add_format({**base, "bold": True, "font_size": 14})
    note = book.add_format({**base, "italic": True})
    centred = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEDED"}
    head = book.add_format({**base, **centred})
    for i, width in enumerate((14, 26, *(18 for _ in columns[1:]))):
        sheet.set_column(i, i, width)
    sheet.set_column(len(columns) + 1, len(columns) + 1, 3, None, {"hidden": True})
    sheet.write_string(TITLE, 0, f"DANH SÁCH ĐỂ SỬA – {count} người, đúng tại ngày {on:%d/%m/%Y}", bold)
    for i, line in enumerate(_LINES, start=1):
        sheet.write_string(i, 0, line, note)
    for i, heading in enumerate((CODE, *(column.heading for column in columns), CHECK)):
        sheet.write_string(HEAD, i, heading, head)
    sheet.freeze_panes(FIRST, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST + 1}:XFD{FIRST + count + 1}"})


def _choices(sheet: Any, lists: DropDowns, columns: list[EditColumn], *, last: int, units: list[str]) -> None:
    for i, column in enumerate(columns, start=1):
        values = {"sex": ["Nam", "Nữ"]}.get(column.type, labels(column.codelist) if column.codelist else [])
        values = units if column.name == "employment.unit_id" else values
        lists.offer(sheet, column=i, first=FIRST, last=last, values=values, field=column.heading)


def _rows(book: Any, sheet: Any, columns: list[EditColumn], states: Iterator[PersonState], view: View) -> None:
    text = book.add_format({"font_name": "Times New Roman", "font_size": 12, "num_format": "@", "border": 1, "valign": "top"})
    grey = book.add_format({"font_name": "Times New Roman", "font_size": 12, "num_format": "@", "border": 1, "font_color": "#666666"})
    last = len(columns) + 1
    for line, state in enumerate(states, start=FIRST):
        code = dossier_code(state.id)
        cells = {column.name: column.text(state, view) for column in columns}
        sheet.write_string(line, 0, code, grey)
        for i, cell in enumerate(cells.values(), start=1):
            if cell:
                sheet.write_string(line, i, cell, text)
            else:
                sheet.write_blank(line, i, None, text)
        sheet.write_string(line, last, marks_of(code, cells), grey)


def _marker(book: Any, columns: list[EditColumn], on: date) -> None:
    """The hidden sheet by which the file is known again, and which columns it went out with."""
    sheet = book.add_worksheet(SHEET)
    sheet.very_hidden()
    for i, value in enumerate((VERSION, on.isoformat(), *(column.name for column in columns))):
        sheet.write_string(i, 0, value)
