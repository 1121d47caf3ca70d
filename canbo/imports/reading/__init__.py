"""Sheets of cells as typed rows: where the table is, what its columns mean, who its rows are. No database, no clock."""

from canbo.imports.reading.listrow import ListRow
from canbo.imports.reading.lists import read_book, read_list
from canbo.imports.reading.settings import saved_mapping
from canbo.imports.reading.sheets import IGNORED, Reading, SheetReading

__all__ = ["IGNORED", "ListRow", "Reading", "SheetReading", "read_book", "read_list", "saved_mapping"]
