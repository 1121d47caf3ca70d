"""What is said of a planned list: JSON for the command line and the page, and the workbook of refused rows."""

import io
from typing import Any

import xlsxwriter

from canbo.imports.book.rawsheet import RawBook, RawSheet
from canbo.imports.plan import Plan, RowPlan
from canbo.imports.reading import IGNORED
from canbo.imports.reading.grid import Grid
from canbo.imports.reading.values import text_of
from canbo.imports.roundtrip.marks import SHEET as MARKER


def plan_json(plan: Plan, *, rows: bool) -> dict[str, Any]:
    """The result in the command line's shape; `rows` adds every row with its state and differences."""
    found: dict[str, Any] = {
        "on": plan.request.on.isoformat(),
        "list": plan.request.name,
        "sheets": [_sheet(plan, sheet.name) for sheet in plan.reading.sheets if sheet.kind != IGNORED],
        "ignored": [{"name": s.name, "why": s.why} for s in plan.reading.sheets if s.kind == IGNORED],
        "duplicates": [
            {"sheet": r.sheet, "row": r.row.row, "of": r.repeats} for r in plan.rows if r.repeats is not None
        ],
        "hidden_rows": plan.reading.hidden_rows,
        "unplaced_values": plan.reading.unplaced_values,
        "new_units": list(plan.units.added),
        "asked": plan.reading.asked,
    }
    if rows:
        found["rows"] = [_row(row) for row in plan.rows]
    return found


def _sheet(plan: Plan, name: str) -> dict[str, Any]:
    sheet = next(s for s in plan.reading.sheets if s.name == name)
    rows = plan.of_sheet(name)
    done = [row for row in rows if row.written]
    return {
        "name": sheet.name,
        "kind": sheet.kind,
        "header_rows": sheet.header_rows,
        "mapping": sheet.mapping(),
        "decodings": sheet.decodings,
        "new": sum(row.state == "new" for row in done),
        "changed": sum(row.state != "new" and row.changes for row in done),
        "same": sum(row.state != "new" and not row.changes for row in done),
        "repeated": sum(row.repeats is not None for row in rows),
        "refused": [{"row": row.row.row, "why": row.why} for row in rows if is_refused(row)],
        "asked": sheet.asked,
    }


def is_refused(row: RowPlan) -> bool:
    """Rows that will not be written, are no mere repetitions, and were not unticked by a person."""
    return not row.written and row.repeats is None and row.state != "skipped"


def _row(row: RowPlan) -> dict[str, Any]:
    known = row.match.known
    return {
        "sheet": row.sheet,
        "row": row.row.row,
        "state": row.state,
        "name": row.row.values.get("full_name"),
        "birth": birth.iso if (birth := row.row.values.get("birth")) else None,
        "match": _match(row) if known else None,
        "why": row.why or None,
        "differences": [{"what": d.label, "old": d.old, "new": d.new} for d in row.differences],
        "problems": [
            {"column": p.column, "field": p.field, "why": p.why, "severity": p.severity} for p in row.row.problems
        ],
    }


def _match(row: RowPlan) -> dict[str, Any]:
    known = row.match.known
    assert known is not None
    found: dict[str, Any] = {"id": known.id if known.id > 0 else None, "name": known.name}
    found["birth"] = known.birth.iso if known.birth else None
    return found | ({"row": row.repeats} if row.repeats is not None else {})


def refused_workbook(plan: Plan, book: RawBook) -> bytes | None:
    """The rows not written, in the shape the list came in, with the reason in a last column; None when there are none.

    Corrected there, the workbook can be imported again as it is.
    """
    refused = [row for row in plan.rows if is_refused(row)]
    if not refused:
        return None
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        bold = made.add_format({"bold": True, "border": 1, "text_wrap": True})
        for raw in book.sheets:
            rows = [row for row in refused if row.sheet == raw.name]
            if rows:
                _refused_sheet(made.add_worksheet(raw.name[:31]), Grid(raw), plan, rows, bold)
        marker = next((raw for raw in book.sheets if raw.name == MARKER), None)
        if marker:  # a list that was out to be edited stays one
            _copy_marker(made.add_worksheet(MARKER), marker)
    return out.getvalue()


def _copy_marker(sheet: Any, raw: RawSheet) -> None:
    sheet.very_hidden()
    for line, (_, cells) in enumerate(raw.rows):
        sheet.write_string(line, 0, text_of(cells[0]))


def _refused_sheet(sheet: Any, grid: Grid, plan: Plan, rows: list[RowPlan], bold: Any) -> None:
    header = next(s.header_rows for s in plan.reading.sheets if s.name == rows[0].sheet and s.kind != IGNORED)
    line = 0
    for number in range(header[0], header[-1] + 1):
        _copy(sheet, grid, line, number, bold)
        line += 1
    sheet.write_string(line - 1, grid.width, "Lý do chưa ghi", bold)
    for row in rows:
        _copy(sheet, grid, line, row.row.row, None)
        sheet.write_string(line, grid.width, row.why or "Chưa chắc là một người với hồ sơ đã có; hãy xác nhận.")
        line += 1


def _copy(sheet: Any, grid: Grid, line: int, number: int, style: Any) -> None:
    for column in range(grid.width):
        text = text_of(grid.cell(number, column))
        if text:
            sheet.write_string(line, column, text, style)
