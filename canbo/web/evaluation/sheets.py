"""A table shown on a page and taken away as a file from the same cells: what is exported is what was on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from canbo.documents.tables import Table
from canbo.kernel.numbers import thousands


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, the page behind it, what a listener hears of the link, and a mark: ok, warn, bad."""

    value: Any
    url: str = ""
    said: str = ""
    mark: str = ""

    @property
    def text(self) -> str:
        return thousands(self.value) if isinstance(self.value, int) else str(self.value)

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Heads and rows of cells; the first cell of a row names it. `total`: the last row sums up those before it."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    total: bool = False
    first: int = 0  # rows on the pages before

    @property
    def body(self) -> list[tuple[int, bool, Sequence[Cell]]]:
        """(number, is it the total, cells) of every row."""
        last = len(self.rows) if self.total else 0
        return [(self.first + n, n == last, row) for n, row in enumerate(self.rows, 1)]

    def table(self) -> Table:
        heads = ("STT", *self.heads)
        rows = [["" if total else n, *(cell.value for cell in row)] for n, total, row in self.body]
        return Table(self.title, heads, rows, self.lines, self.notes)
