"""A sheet as a grid to look things up in: cells by row, cleaned texts, merges by cell, legacy fonts decoded by column."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from canbo.imports.book.rawsheet import DATE_MARK, Cell, RawSheet
from canbo.imports.reading.values import text_of
from canbo.kernel.legacy import Decoding, guess_column

_WIDEST_MERGE = 400
_TALLEST_MERGE = 2000
_AS_IS = Decoding(None, 0.0)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, all four ends inside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def wide(self) -> int:
        return self.right - self.left + 1


class Grid:
    """Rows by number; `text(row, column)` is clean and in Unicode."""

    def __init__(self, sheet: RawSheet) -> None:
        self.name = sheet.name
        self._rows: dict[int, list[Cell]] = dict(map(tuple, sheet.rows))
        self.numbers = [number for number, _ in sheet.rows]
        self.width = max((len(cells) for cells in self._rows.values()), default=0)
        self.merges = self._useful_merges(sheet)
        self._texts: dict[Cell, str] = {}
        self.decodings = self._decode_columns(sheet)

    def _useful_merges(self, sheet: RawSheet) -> list[Merge]:
        """Merges clipped to what the sheet holds; one over the whole sheet stays a single range."""
        last = self.numbers[-1] if self.numbers else 0
        found = [Merge(a, b, min(c, last), min(d, self.width - 1)) for a, b, c, d in sheet.merged]
        return [m for m in found if m.top <= m.bottom and m.left <= m.right]

    def cells(self, row: int) -> list[Cell]:
        return self._rows.get(row, [])

    def cell(self, row: int, column: int) -> Cell:
        cells = self._rows.get(row)
        return cells[column] if cells is not None and column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        cell = self.cell(row, column)
        if cell is None:
            return ""
        key = (cell, type(cell))
        known = self._texts.get(key)  # type: ignore[call-overload]
        if known is None:
            known = self._texts[key] = text_of(cell)  # type: ignore[index]
        return known

    def filled(self, row: int) -> list[tuple[int, str]]:
        """(column, text) of the cells of a row that hold something."""
        return [(i, text) for i in range(len(self._rows.get(row, ()))) if (text := self.text(row, i))]

    def merges_from(self, row: int) -> list[Merge]:
        return [m for m in self.merges if m.top == row]

    def merge_at(self, row: int, column: int) -> Merge | None:
        return next((m for m in self.merges if m.top <= row <= m.bottom and m.left <= column <= m.right), None)

    def column(self, index: int) -> Iterator[Cell]:
        return (cells[index] for cells in self._rows.values() if index < len(cells))

    def _decode_columns(self, sheet: RawSheet) -> dict[int, Decoding]:
        """Columns typed in the fonts before Unicode, decoded in place. A column too short to tell follows its sheet."""
        decided: dict[int, Decoding] = {}
        unsure: dict[int, list[str]] = {}
        for index in range(self.width):
            texts = [
                c for c in self.column(index) if isinstance(c, str) and not c.isascii() and not c.startswith(DATE_MARK)
            ]
            if not texts:
                continue
            decoding = guess_column(texts, font=sheet.fonts.get(index))
            (decided.__setitem__(index, decoding) if decoding.encoding else unsure.__setitem__(index, texts))
        common = Counter(d.encoding for d in decided.values()).most_common(1)
        if common:
            font = {"tcvn3": ".VnTime", "vni": "VNI-Times"}[str(common[0][0])]
            for index, texts in unsure.items():
                decoding = guess_column(texts, font=font)
                if decoding.encoding:
                    decided[index] = decoding
        for index, decoding in decided.items():
            self._apply(index, decoding)
        return decided

    def _apply(self, index: int, decoding: Decoding) -> None:
        known: dict[str, str] = {}
        for cells in self._rows.values():
            if (
                index < len(cells)
                and isinstance(cell := cells[index], str)
                and not cell.isascii()
                and cell[0] != "\x01"
            ):
                if cell not in known:
                    known[cell] = decoding.apply(cell)
                cells[index] = known[cell]
