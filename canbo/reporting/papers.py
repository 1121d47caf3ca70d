"""A filled form as a paper: letterhead, title, day, groups over columns with their printed numbers, checks, two signatures."""

from collections.abc import Iterator
from itertools import groupby

from canbo.documents.grid import Grid, Head
from canbo.documents.paper import STATE, Document, Letterhead, Paragraph, Signature
from canbo.documents.sheets import to_xlsx
from canbo.documents.word import to_docx
from canbo.reporting.forms import Column, Form
from canbo.reporting.queries import FilledForm, FormRow

MOST_FAILURES = 40  # failing checks printed under the form; the number of the others is said


def form_document(filled: FilledForm, *, agency: str = "", side: str = STATE) -> Document:
    """A3 landscape, as the form is printed; who draws it up and who signs stay blank."""
    form = filled.form
    return Document(
        letterhead=Letterhead(side, agency or "CƠ QUAN, ĐƠN VỊ"), kind=form.title, title=f"{form.label} – {form.document}",
        lines=(f"Tính đến ngày {filled.on:%d/%m/%Y}",), blocks=(form_grid(filled), *map(_note, check_lines(filled))),
        signature=Signature(("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",), note="(Ký, ghi rõ họ tên, đóng dấu)"),
        second_signature=Signature(("NGƯỜI LẬP BIỂU",), note="(Ký, ghi rõ họ tên)"),
        landscape=True, size="A3", numbered=False, text_size=6,
    )  # fmt: skip


def form_xlsx(filled: FilledForm, *, agency: str = "", side: str = STATE) -> bytes:
    return to_xlsx(form_document(filled, agency=agency, side=side))


def form_docx(filled: FilledForm, *, agency: str = "", side: str = STATE) -> bytes:
    return to_docx(form_document(filled, agency=agency, side=side))


def form_grid(filled: FilledForm) -> Grid:
    """The table of the form: running number, unit, then its numbered columns; the last row is the total."""
    columns = filled.form.columns
    rows = [[i, "\u2003" * row.depth + row.name, *_values(row, columns)] for i, row in enumerate(filled.rows, 1)]
    return Grid(form_heads(filled.form), list(rows), totals=["", filled.total.name, *_values(filled.total, columns)])


def form_heads(form: Form) -> tuple[Head, ...]:
    """Groups over labels over the printed numbers of the columns."""
    return (Head("TT", width=7, align="center"), Head("Tên đơn vị", width=34), *_column_heads(form))


def _column_heads(form: Form) -> Iterator[Head]:
    for group, columns in groupby(form.columns, key=lambda column: column.group):
        heads = tuple(_head(column) for column in columns)
        if group:
            yield Head(group, heads)
        else:
            yield from heads


def _head(column: Column) -> Head:
    return Head(column.label, (Head(str(column.number), align="center", width=_width(column)),))


def _width(column: Column) -> float:
    """Millimetres on the paper: as much as four digits take, more where the label has a long word."""
    return max(7.4, 1.1 * max(map(len, column.label.split())) + 2.6)


def _values(row: FormRow, columns: tuple[Column, ...]) -> list[object]:
    return [row.values.get(column.number) for column in columns]


def _note(line: str) -> Paragraph:
    return Paragraph(line, italic=not line.startswith("✗"), bold=line.startswith("✗"), indent=False, size=9, space_after=2)


def check_lines(filled: FilledForm) -> list[str]:
    """The checks of the total in words, then every row that fails one, with the cells; what was left out is said."""
    lines = [
        f"{'✓' if c.ok else '✗'} {c.check.label}"
        + ("" if c.ok else f": lệch {c.difference:+d} người, do hồ sơ chưa rõ")
        for c in filled.checks
    ]
    lines += [f"✗ {failure.name} – {failure.text}" for failure in filled.failures[:MOST_FAILURES]]
    if len(filled.failures) > MOST_FAILURES:
        lines.append(f"✗ và {len(filled.failures) - MOST_FAILURES} chỗ khác không khớp.")
    if filled.where_unknown:
        lines.append(f"! {filled.where_unknown} người chưa rõ có thuộc đối tượng của biểu hay không.")
    if filled.hidden:
        lines.append(f"! Cột {', '.join(map(str, filled.hidden))} để trống: vai trò đang dùng chưa được giao quyền đếm.")
    return lines
