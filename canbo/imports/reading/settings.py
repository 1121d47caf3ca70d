"""A mapping confirmed once is saved as JSON and used again for the next file of the same shape."""

from typing import Any

from canbo.imports.reading.column import Column
from canbo.imports.reading.fields import fields
from canbo.imports.reading.sheets import Reading
from canbo.kernel.text import fold
from canbo.sandbox.errors import Refused


def saved_mapping(reading: Reading) -> dict[str, Any]:
    """{"sheets": [{"name", "kind", "columns": {header: {"field", "value", …}}}]}: every column as it now stands, proposals taken."""
    return {
        "sheets": [
            {
                "name": sheet.name,
                "kind": sheet.kind,
                "columns": {
                    column.header if sheet.times()[column.header] == 1 and column.header else column.letter: {
                        "field": column.field,
                        "value": column.value or None,
                        **column.options,
                    }
                    for column in sheet.columns
                },
            }
            for sheet in reading.sheets
            if sheet.kind != "ignored"
        ]
    }


def saved_fields(mapping: dict[str, Any], *, sheet: str) -> dict[str, str | None]:
    """Folded header → field of a saved mapping, to find the header row again."""
    known = _columns_for(mapping, sheet)
    answers = known["columns"] if known else {}
    return {fold(header): a.get("field") if isinstance(a, dict) else a for header, a in answers.items()}


def apply_saved(columns: list[Column], mapping: dict[str, Any], *, sheet: str) -> str | None:
    """Set the columns a saved mapping names (by header, else by letter) and return its kind of list."""
    known = _columns_for(mapping, sheet)
    if known is None:
        return None
    by_header = {fold(header): answer for header, answer in known["columns"].items()}
    for column in columns:
        answer = by_header.get(fold(column.header)) if column.path else None
        answer = answer or by_header.get(fold(column.letter))
        if answer is not None:
            _answer(column, answer)
    kind: str | None = known.get("kind")
    return kind


def _columns_for(mapping: dict[str, Any], sheet: str) -> dict[str, Any] | None:
    """The sheet's own mapping, else the only one there is; `{"columns": …}` alone is for every sheet."""
    if "columns" in mapping:
        return mapping
    sheets: list[dict[str, Any]] = mapping.get("sheets") or []
    named = [s for s in sheets if fold(s.get("name", "")) == fold(sheet)]
    if named:
        return named[0]
    return sheets[0] if len(sheets) == 1 else None


def _answer(column: Column, answer: dict[str, Any] | str | None) -> None:
    told = {"field": answer} if not isinstance(answer, dict) else answer
    name = told.get("field")
    if name is not None and name not in fields():
        raise Refused(f"Bảng ghép cột nói đến trường “{name}” không có; hãy xem lại tệp --mapping.")
    column.field, column.value = name, str(told.get("value") or "")
    column.confidence, column.asked = 1.0, ""
    column.options = {k: v for k, v in told.items() if k not in ("field", "value", "confidence")}
