"""A filled form as a workbook: groups over columns, the row of column numbers, units indented, checks under it."""

import io

import xlsxwriter

from canbo.reporting.queries import FilledForm, FormRow

FONT = "Times New Roman"


def form_xlsx(filled: FilledForm) -> bytes:
    """A3 landscape, heads repeated on every page."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(filled.form.code.upper())
    base = {"font_name": FONT, "font_size": 10}
    bold = book.add_format({**base, "bold": True, "align": "center", "font_size": 13})
    line = book.add_format({**base, "italic": True, "align": "center"})
    head = book.add_format(
        {**base, "border": 1, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    cell, total = book.add_format({**base, "border": 1}), book.add_format({**base, "border": 1, "bold": True})
    columns = filled.form.columns
    last = len(columns) + 1
    sheet.merge_range(0, 0, 0, last, filled.form.title.upper(), bold)
    sheet.merge_range(1, 0, 1, last, f"{filled.form.label} – {filled.form.document}", line)
    sheet.merge_range(2, 0, 2, last, f"Tính đến ngày {filled.on:%d/%m/%Y}", line)
    _heads(sheet, filled, head)
    for r, row in enumerate(filled.rows, start=7):
        _row(sheet, r, str(r - 6), "  " * row.depth + row.name, row, columns, cell)
    end = 7 + len(filled.rows)
    _row(sheet, end, "", filled.total.name, filled.total, columns, total)
    for i, text in enumerate(check_lines(filled)):
        sheet.write_string(end + 2 + i, 1, text, book.add_format(base))
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, last, 6.5)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(4, 6)
    sheet.freeze_panes(7, 2)
    book.close()
    return out.getvalue()


def check_lines(filled: FilledForm) -> list[str]:
    """The checks in words; a difference is printed with its size."""
    lines = [
        f"{'✓' if c.ok else '✗'} {c.check.label}"
        + ("" if c.ok else f": lệch {c.difference:+d} người, do hồ sơ chưa rõ")
        for c in filled.checks
    ]
    if filled.where_unknown:
        lines.append(f"! {filled.where_unknown} người chưa rõ có thuộc đối tượng của biểu hay không.")
    return lines


def _heads(sheet: xlsxwriter.worksheet.Worksheet, filled: FilledForm, head: object) -> None:
    sheet.merge_range(4, 0, 5, 0, "TT", head)
    sheet.merge_range(4, 1, 5, 1, "Tên đơn vị", head)
    sheet.write_string(6, 0, "", head)
    sheet.write_string(6, 1, "", head)
    columns = filled.form.columns
    start = 0
    while start < len(columns):
        end = start
        while end + 1 < len(columns) and columns[end + 1].group == columns[start].group != "":
            end += 1
        group = columns[start].group
        if not group:
            sheet.merge_range(4, start + 2, 5, start + 2, columns[start].label, head)
        elif end > start:
            sheet.merge_range(4, start + 2, 4, end + 2, group, head)
        else:
            sheet.write_string(4, start + 2, group, head)
        for i in range(start, end + 1):
            if group:
                sheet.write_string(5, i + 2, columns[i].label, head)
            sheet.write_number(6, i + 2, columns[i].number, head)
        start = end + 1
    sheet.set_row(5, 90)


def _row(
    sheet: xlsxwriter.worksheet.Worksheet, r: int, number: str, name: str, row: FormRow, columns: tuple, cell: object
) -> None:
    sheet.write_string(r, 0, number, cell)
    sheet.write_string(r, 1, name, cell)
    for i, column in enumerate(columns):
        value = row.values.get(column.number)
        if value is None:
            sheet.write_blank(r, i + 2, None, cell)
        else:
            sheet.write_number(r, i + 2, value, cell)
