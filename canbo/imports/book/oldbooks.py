"""Workbooks read by calamine: .xls, .xlsb and .ods. Fonts are not told by it; dates come typed."""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from canbo.imports.book.rawsheet import DATE_MARK, MOST_CELLS, RawBook, RawSheet
from canbo.sandbox.errors import Refused

_LOCKED = "Tệp đang đặt mật khẩu nên chưa đọc được; hãy mở bằng Excel, bỏ mật khẩu rồi gửi lại."


def reader_of(kind: str) -> Callable[[bytes], RawBook]:
    return lambda data: _read(data, kind)


def _read(data: bytes, kind: str) -> RawBook:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise Refused(_LOCKED, detail=repr(error)) from error
    states = {meta.name: _state(meta) for meta in book.sheets_metadata}
    sheets = [_sheet(book.get_sheet_by_name(name), state) for name, state in states.items() if state != "other"]
    if kind == "ods":
        from canbo.imports.book.odsmarks import mark_sheets

        mark_sheets(data, sheets)
    told = kind == "ods"
    if kind == "xls":
        from canbo.imports.book.xlsmarks import mark_sheets as mark_old_sheets

        told = mark_old_sheets(data, sheets)
    return RawBook(sheets=sheets, kind=kind, tells_hidden=told)


def _state(meta: Any) -> str:
    if "WorkSheet" not in str(meta.typ):
        return "other"
    return "visible" if str(meta.visible).endswith(".Visible") else "hidden"


def _sheet(sheet: Any, state: str) -> RawSheet:
    raw = RawSheet(name=sheet.name, state=state)
    if sheet.total_height * sheet.total_width > 4 * MOST_CELLS:
        raise Refused(f"Trang “{sheet.name}” có quá nhiều ô; hãy xóa các dòng, cột thừa rồi gửi lại.")
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        row = [_cell(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            raw.rows.append([number, row])
    raw.merged = [[a[0] + 1, a[1], b[0] + 1, b[1]] for a, b in sheet.merged_cell_ranges or ()]
    return raw


def _cell(value: Any) -> Any:
    if value == "" or value is None:
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime | date):
        return _date(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def _date(value: date) -> Any:
    serial = (date(value.year, value.month, value.day) - date(1899, 12, 30)).days
    # A year typed into a cell formatted as a date: 1968 is stored as the day number 1968.
    return serial if 1900 <= serial <= 2100 else DATE_MARK + value.isoformat()[:10]
