"""What calamine does not tell about an .ods sheet: hidden rows and columns, merged cells."""

import io
import zipfile

from canbo.imports.book.rawsheet import RawSheet
from canbo.imports.book.xmlstream import Attributes, parse, part_chunks

_HIDDEN = ("collapse", "filter")
_MOST = 20_000  # trailing filler rows repeat a million times


def mark_sheets(data: bytes, sheets: list[RawSheet]) -> None:
    """Add hidden rows, hidden columns and merges to sheets that already hold their values."""
    marks = _Marks({sheet.name: sheet for sheet in sheets})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parse(part_chunks(archive, "content.xml"), start=marks.start)


class _Marks:
    def __init__(self, sheets: dict[str, RawSheet]) -> None:
        self._sheets = sheets
        self._sheet: RawSheet | None = None
        self._row = self._column = self._columns = 0

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "table:table":
                self._sheet = self._sheets.get(attributes.get("table:name", ""))
                self._row = self._column = self._columns = 0
            case "table:table-column":
                self._start_column(attributes)
            case "table:table-row":
                self._start_row(attributes)
            case "table:table-cell" | "table:covered-table-cell":
                self._start_cell(attributes)

    def _start_column(self, attributes: Attributes) -> None:
        count = int(attributes.get("table:number-columns-repeated", "1"))
        if self._sheet is not None and attributes.get("table:visibility") in _HIDDEN:
            self._sheet.hidden_columns.extend(range(self._columns, self._columns + min(count, _MOST)))
        self._columns += count

    def _start_row(self, attributes: Attributes) -> None:
        count = int(attributes.get("table:number-rows-repeated", "1"))
        if self._sheet is not None and attributes.get("table:visibility") in _HIDDEN:
            self._sheet.hidden_rows.extend(range(self._row + 1, self._row + 1 + min(count, _MOST)))
        self._row += count
        self._column = 0

    def _start_cell(self, attributes: Attributes) -> None:
        wide = int(attributes.get("table:number-columns-spanned", "1"))
        high = int(attributes.get("table:number-rows-spanned", "1"))
        if self._sheet is not None and (wide > 1 or high > 1):
            self._sheet.merged.append([self._row, self._column, self._row + high - 1, self._column + wide - 1])
        self._column += int(attributes.get("table:number-columns-repeated", "1"))
