"""The blind lists (tests/layouts) read by the importer and brought to the scorer's shape.

The truth writes what a list's cell means as text where the brief gives no code ("Khmer", "Chứng chỉ B"); our values are
codes. A code agrees with a text when the shipped code list, which has tests of its own, reads that text as the code.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from canbo.engine.codelists import load_codelist
from canbo.imports.book.rawsheet import RawBook, from_json
from canbo.imports.book.workbook import open_workbook, parse_file
from canbo.imports.reading import Reading, SheetReading, read_book
from canbo.imports.reading.listrow import ListRow
from canbo.kernel.dates import PartialDate
from tests.layouts.make import Layout
from tests.layouts.score import Score, score

LISTS = {
    "ethnicity": "ethnic_groups",
    "religion": "religions",
    "it_level": "it_levels",
    "state_management": "state_management",
    "general_education": "general_education",
    "training_form": "training_forms",
    "training_kind": "training_kinds",
    "training_result": "training_results",
    "discipline": "discipline_forms",
    "academic_title": "academic_titles",
}
SPLIT = {
    "birth_day": "birth", "birth_month": "birth", "birth_year": "birth", "family_name": "full_name", "given_name": "full_name",
}  # fmt: skip


def opened_here(data: bytes) -> RawBook:
    """The workbook read in this process: what the child would hand over, without the quarter of a second to start it."""
    return from_json(parse_file(data))


def scored(layout: Layout, opened: Callable[[bytes], RawBook] = open_workbook) -> Score:
    """Read one list as the command line does before anybody has confirmed anything, and compare with its truth."""
    on = date.fromisoformat(layout.truth.get("on", "2024-12-31"))
    reading = read_book(opened(layout.path.read_bytes()), filename=layout.path.name, on=on)
    return score(as_json(reading), layout.truth, cells=_cells(reading, layout.truth), path=layout.path)


def as_json(reading: Reading) -> dict[str, Any]:
    return {
        "sheets": [_sheet(sheet) for sheet in reading.sheets],
        "duplicates": reading.duplicates,
        "hidden_rows": reading.hidden_rows,
        "asked": reading.asked,
        "unplaced_values": reading.unplaced_values,
    }


def _sheet(sheet: SheetReading) -> dict[str, Any]:
    mapping = {
        column.letter: {
            "field": None if column.asked else SPLIT.get(column.field or "", column.field) or f"extra:{column.slug}",
            "confidence": column.confidence,
            "asked": column.asked,
        }
        for column in sheet.columns
    }
    refused = [{"row": row.row, "why": p.why} for row in sheet.rows for p in row.problems if p.fatal]
    # A value left out with its reason beside the row is asked about as much as a whole row is.
    asked = [{"row": row.row, "column": p.column} for row in sheet.rows for p in row.problems if p.severity != "note"]
    asked += [{"column": letter} for letter in sheet.hidden_columns]
    return {
        "name": sheet.name, "kind": sheet.kind, "header_rows": sheet.header_rows, "mapping": mapping,
        "asked": [*sheet.asked, *asked], "refused": refused,
    }  # fmt: skip


def _cells(reading: Reading, truth: dict[str, Any]) -> dict[str, dict[int, dict[str, Any]]]:
    truths = {sheet["name"]: {row["row"]: row["values"] for row in sheet.get("rows", [])} for sheet in truth["sheets"]}
    only = next(iter(truths.values())) if len(truths) == 1 else {}
    return {
        sheet.name: {row.row: _values(row, truths.get(sheet.name, only).get(row.row, {})) for row in sheet.rows}
        for sheet in reading.sheets
    }


def _values(row: ListRow, truth: dict[str, Any]) -> dict[str, Any]:
    found = {name: _plain(name, value, truth.get(name)) for name, value in row.values.items()}
    found |= {"unit": row.unit} if row.unit else {}
    if "ratings" in row.values:
        found["rating"] = {year: code or None for year, (code, _) in row.values["ratings"].items()}
    if "foreign_language_text" in row.values:
        found["foreign_language"] = row.values["foreign_language_text"]
    unread = {name.removesuffix("_text"): text for name, text in row.values.items() if name.endswith("_text")}
    return unread | found


def _plain(name: str, value: Any, wanted: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.iso
    if name in LISTS and isinstance(wanted, str) and load_codelist(LISTS[name]).find(wanted).code == value:
        return wanted
    return value
