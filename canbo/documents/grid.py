"""A table as officials draw it: a header of several rows with merged cells, a numbered row, rows under group titles.

One description, two printers: `tables` makes a workbook of it, `word` a document.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Head:
    """A heading; with `parts` it spans them. `width` is in millimetres on the paper; None = shared out."""

    text: str
    parts: tuple["Head", ...] = ()
    width: float | None = None
    align: str = "left"  # of the cells below: left, center, right


@dataclass(frozen=True)
class Group:
    """A row that names the rows after it: `I. Ban Thường vụ`."""

    text: str


Row = Sequence[object] | Group


@dataclass(frozen=True)
class Grid:
    """`rows` hold as many cells as there are leaf headings; `numbered` adds the row (1), (2) … under the header."""

    heads: tuple[Head, ...]
    rows: list[Row] = field(default_factory=list)
    numbered: bool = False
    totals: Sequence[object] | None = None

    @property
    def leaves(self) -> list[Head]:
        return [leaf for head in self.heads for leaf in _leaves(head)]

    @property
    def depth(self) -> int:
        return max((_depth(head) for head in self.heads), default=1)


@dataclass(frozen=True)
class Placed:
    """A header cell where it stands: counted from 0, with the rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def placed(grid: Grid) -> list[Placed]:
    """The header's cells; together they cover every place of `depth` rows × all leaves exactly once."""
    return list(_placed(grid.heads, row=0, column=0, depth=grid.depth))


def _placed(heads: tuple[Head, ...], *, row: int, column: int, depth: int) -> Iterator[Placed]:
    for head in heads:
        wide = len(list(_leaves(head)))
        yield Placed(head.text, row, column, 1 if head.parts else depth - row, wide)
        yield from _placed(head.parts, row=row + 1, column=column, depth=depth)
        column += wide


def _leaves(head: Head) -> Iterator[Head]:
    if not head.parts:
        yield head
    for part in head.parts:
        yield from _leaves(part)


def _depth(head: Head) -> int:
    return 1 + max((_depth(part) for part in head.parts), default=0)
