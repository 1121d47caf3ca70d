"""Which cells of a row were edited: against its marks, and against what the dossier says now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from canbo.imports.answers import RowAnswer
from canbo.imports.draft import Difference
from canbo.imports.reading.listrow import Problem
from canbo.imports.reading.values import read_cell
from canbo.imports.roundtrip.columns import DELETE_WORDS, EditColumn, View
from canbo.imports.roundtrip.marks import mark_of
from canbo.imports.roundtrip.reading import EditRow
from canbo.imports.state import PersonState

CLEARED = ""  # the value of a cell somebody wants emptied in the dossier


@dataclass
class Edits:
    """What a row asks for: `values` by column name (CLEARED = empty it), and what is only told."""

    values: dict[str, Any] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    contested: list[Difference] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)  # headings of emptied cells nobody has decided
    problems: list[Problem] = field(default_factory=list)
    disputed: list[tuple[str, str]] = field(default_factory=list)  # column, what the list says


def edits_of(
    row: EditRow, columns: Iterable[EditColumn], state: PersonState, view: View, answer: RowAnswer, *, clear_all: bool
) -> Edits:
    """Cell by cell; a cell as it went out is no edit, even where the dossier has changed since."""
    edits = Edits()
    for column in columns:
        if column.name in row.cells:
            _compare(edits, row, column, state, view, answer, clear=answer.clear or clear_all)
    return edits


def _compare(
    edits: Edits, row: EditRow, column: EditColumn, state: PersonState, view: View, answer: RowAnswer, *, clear: bool
) -> None:
    cell, now = row.cells[column.name], column.text(state, view)
    if cell == now:
        return
    went_out = row.marks.get(column.name) if row.marks else None
    if went_out == mark_of(row.code, column.name, cell):
        return
    change = Difference(column.heading, now, cell, column.group, column.name)
    if went_out and went_out != mark_of(row.code, column.name, now) and not _decided(edits, change, answer):
        return
    if cell == "" or cell.lower() in DELETE_WORDS:
        _empty(edits, column, change, clear=clear or cell != "")
    else:
        _take(edits, column, cell, change)


def _decided(edits: Edits, change: Difference, answer: RowAnswer) -> bool:
    """The dossier was changed after the list went out, and the list says something third: a person decides."""
    told = answer.fields.get(change.field, "")
    if told == "dispute":
        edits.disputed.append((change.field, change.new))
    elif told not in ("keep", "take"):
        edits.contested.append(change)
    return told == "take"


def _empty(edits: Edits, column: EditColumn, change: Difference, *, clear: bool) -> None:
    if not column.clear:
        why = f"ô “{column.heading}” để trống: giá trị này không bỏ được bằng danh sách; hãy mở hồ sơ"
        edits.problems.append(Problem(column="", field="", why=why))
        edits.emptied.append(column.heading)
    elif clear:
        edits.values[column.name] = CLEARED
        edits.differences.append(Difference(change.label, change.old, "", change.group, change.field))
    else:
        edits.emptied.append(column.heading)


def _take(edits: Edits, column: EditColumn, cell: str, change: Difference) -> None:
    found = read_cell(cell, column.field)
    value = found.value
    if column.type == "rating" and found.unplaced:
        value = None
    if found.problem or value is None:
        why = found.problem or f"“{cell}” không đọc được"
        edits.problems.append(Problem(column="", field=column.heading, why=f"ô “{column.heading}”: {why}; chưa ghi ô này"))
        return
    edits.values[column.name] = getattr(value, "iso", value)
    edits.differences.append(change)
