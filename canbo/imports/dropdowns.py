"""Code lists inside a workbook: a list to choose from in each cell, long lists on a hidden sheet."""

from typing import Any

from canbo.engine.codelists import load_codelist

INLINE = 255  # characters Excel takes in a cell's own list
SHEET = "Danh mục"  # the reading of lists passes over it
KIND_SHEET = "canbo-mau"  # very hidden sheet of a template: which kind of list it is


class DropDowns:
    """Lists of one workbook; each is written once, however many columns choose from it."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._sheet: Any = None
        self._ranges: dict[tuple[str, ...], int] = {}

    def offer(self, sheet: Any, *, column: int, first: int, last: int, values: list[str], field: str) -> None:
        """Let cells of a column be chosen from `values`; anything else may still be typed, after a word of warning."""
        if not values:
            return
        # A list on the spot cannot hold a comma; everything else goes to the hidden sheet.
        inline = len(",".join(values)) <= INLINE and not any("," in value for value in values)
        sheet.data_validation(
            first, column, last, column,
            {
                "validate": "list", "source": values if inline else self._range(values), "error_type": "warning",
                "error_title": "Không có trong danh mục", "error_message": f"“{field}”: nên chọn một giá trị trong danh mục.",
            },
        )  # fmt: skip

    def _range(self, values: list[str]) -> str:
        key = tuple(values)
        if key not in self._ranges:
            if self._sheet is None:
                self._sheet = self._book.add_worksheet(SHEET)
                self._sheet.hide()
            at = len(self._ranges)
            self._ranges[key] = at
        at = self._ranges[key]
        letter = _letter(at)
        return f"='{SHEET}'!${letter}$1:${letter}${len(values)}"

    def finish(self) -> None:
        """Write the hidden sheet, row by row (a workbook written in constant memory takes rows in their order)."""
        if self._sheet is None:
            return
        lists = list(self._ranges)
        for row in range(max(map(len, lists))):
            for column, values in enumerate(lists):
                if row < len(values):
                    self._sheet.write_string(row, column, values[row])


def labels(codelist: str) -> list[str]:
    return [row.label for row in load_codelist(codelist).rows]


def _letter(index: int) -> str:
    first, second = divmod(index, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
