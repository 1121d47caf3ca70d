"""Where the table is: titles above it, its header block of one or more rows, the row of column numbers, the first data row."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from canbo.imports.reading.grid import Grid
from canbo.imports.reading.headings import heading_score, heading_scores, heading_words, is_year
from canbo.imports.reading.leaves import GENERIC_LEAVES, LEAVES, SAME_GROUP_LEAVES
from canbo.imports.reading.names import looks_like_name
from canbo.imports.reading.values import is_mark
from canbo.kernel.text import clean, fold

LOOK_AHEAD = 60
MOST_HEADER_ROWS = 5
_BOILERPLATE = re.compile(
    r"cong hoa xa hoi|doc lap - tu do|dang cong san|^danh sach|tinh den ngay|so lieu|uy ban nhan dan"
    r"|^ubnd|kem theo|^bieu |^mau |^phu luc|^don vi\s*:|^huyen uy|^tinh uy|^thanh uy|^dang bo"
)
_NUMBERING = re.compile(r"^[(\[]?(?:\d{1,3}[a-z]?|[A-Z]|\d{1,3}\s*=.*)[)\]]?\.?$")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_DIGITS = re.compile(r"\d+")
_OPENS_NAMES = re.compile(r"(?:họ|ho|tên|ten)\b", re.I)


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: its header rows, columns with their heading paths, and the span of rows that may hold data."""

    titles: tuple[str, ...]
    header_rows: tuple[int, ...]
    paths: dict[int, tuple[str, ...]]
    first: int  # first row below the header block and its numbering
    last: int

    @property
    def key(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(map(fold, path)) for path in self.paths.values())


def find_tables(grid: Grid, *, known: frozenset[str] = frozenset()) -> list[Table]:
    """Every table of the sheet; a header repeated at a page break starts no new one. `known`: folded headings told before."""
    tables: list[Table] = []
    start = 0
    while (table := _next_table(grid, start, first=not tables, known=known)) is not None:
        if tables and table.key == tables[0].key:
            start = table.first
            continue
        if tables:
            tables[-1] = _ended(tables[-1], grid, before=table.header_rows[0])
        tables.append(table)
        start = table.first
    return tables


def _ended(table: Table, grid: Grid, *, before: int) -> Table:
    last = max((n for n in grid.numbers if n < before), default=table.first)
    return Table(titles=table.titles, header_rows=table.header_rows, paths=table.paths, first=table.first, last=last)


def _next_table(grid: Grid, start: int, *, first: bool, known: frozenset[str]) -> Table | None:
    numbers = [n for n in grid.numbers if n >= start]
    anchor = _anchor(grid, numbers[:LOOK_AHEAD] if first else numbers, strict=not first, known=known)
    if anchor is None:
        return None
    block = header_block(grid, anchor)
    paths = heading_paths(grid, block)
    below = block[-1] + 1
    while (after := _number_row(grid, below, paths)) is not None:
        below = after + 1
    titles = tuple(text for n in numbers if n < block[0] for _, text in grid.filled(n))
    return Table(titles=titles, header_rows=block, paths=paths, first=below, last=grid.numbers[-1])


def _anchor(grid: Grid, numbers: list[int], *, strict: bool, known: frozenset[str]) -> int | None:
    """The row with the heading of names and other headings; else the row with most headings."""
    best, best_hits = None, 2
    for number in numbers:
        if strict and not any(map(_OPENS_NAMES.match, (grid.text(number, column) for column in range(6)))):
            continue
        cells = grid.filled(number)
        if len(cells) < 2:
            continue
        if known and 2 * sum(fold(text) in known for _, text in cells) >= len(known):
            return number
        hits = sum(heading_score(text) >= 0.8 for _, text in cells)
        if hits >= 2 and any(_names_people(text) for _, text in cells) and not _is_data(cells):
            return number
        if not strict and hits > best_hits:
            best, best_hits = number, hits
    return best


def _names_people(text: str) -> bool:
    return any(name in ("full_name", "family_name") and score >= 0.8 for name, score in heading_scores(text))


def _is_data(cells: list[tuple[int, str]]) -> bool:
    return any(looks_like_name(text) and heading_score(text) < 0.8 for _, text in cells)


def header_block(grid: Grid, anchor: int) -> tuple[int, ...]:
    """All rows of the header: group headings above the anchor, lower headings below it."""
    top = anchor
    while top - 1 in grid.numbers and anchor - top < 3 and _is_group_row(grid, top - 1, below=top):
        top -= 1
    bottom = max(
        [
            anchor,
            *(
                m.bottom
                for m in grid.merges
                if top <= m.top <= anchor and m.bottom < top + MOST_HEADER_ROWS and grid.text(m.top, m.left)
            ),
        ]
    )
    while bottom - top + 1 < MOST_HEADER_ROWS and _is_lower_row(grid, bottom + 1, anchor=anchor):
        bottom += 1
    return tuple(range(top, bottom + 1))


def _is_group_row(grid: Grid, number: int, *, below: int) -> bool:
    """A row of headings over several columns each (`Trình độ`, `Ngày sinh`), not a title over the whole table."""
    cells = grid.filled(number)
    if not cells or any(_BOILERPLATE.search(fold(text)) for _, text in cells):
        return False
    width = max(len(grid.cells(below)), 1)
    wide = [m for m in grid.merges_from(number) if m.top == m.bottom and m.wide > 1]
    if any(m.wide >= max(3, 0.75 * width) for m in wide):
        return False
    named = [text for _, text in cells if heading_score(text) >= 0.75 or _is_group_heading(text)]
    alone = bool(wide) or (not grid.merges and cells[0][0] > 1 and bool(named))
    return len(named) >= 1 and (len(cells) >= 2 or alone) and not _is_data(cells)


def _is_group_heading(text: str) -> bool:
    words = heading_words(text)
    return any(words in names for names in SAME_GROUP_LEAVES.values()) or fold(text).startswith(
        ("thong tin", "trinh do")
    )


def _is_lower_row(grid: Grid, number: int, *, anchor: int) -> bool:
    """Lower headings (Nam, Nữ, Đại học, 2021) under an upper heading; the name and number columns are empty there."""
    cells = grid.filled(number)
    if not cells or _is_data(cells) or _looks_numbered(cells):
        return False
    if any(_stands_under_name(text, grid.text(number, column)) for column, text in grid.filled(anchor)):
        return False
    if any(is_mark(text) or len(text) > 60 or _DATE.search(text) for _, text in cells):
        return False
    spread = _spread_columns(grid, number, anchor=anchor)
    if len(cells) >= 2 and all(column in spread for column, _ in cells):
        return True
    known = sum(_is_lower_heading(text) or text == grid.text(anchor, column) for column, text in cells)
    return known >= 0.6 * len(cells)


def _stands_under_name(heading: str, below: str) -> bool:
    """Whether a cell under `Họ và tên` or `STT` shows that people begin here: any but its parts, itself once more, or a hint."""
    names = _names_people(heading)
    if not below or not (names or heading_words(heading) in (("stt",), ("tt",), ("so", "tt"))):
        return False
    hint = below.startswith("(") and below.endswith(")") and not below[1:-1].isdigit()
    again = fold(below) == fold(heading) or (names and _names_people(below))
    return not hint and not again and not (names and heading_words(below) in _NAME_PARTS)


def _spread_columns(grid: Grid, number: int, *, anchor: int) -> set[int]:
    """Columns under a heading that stands above several of them: merged, or followed by empty heading cells."""
    found = {c for m in grid.merges if anchor <= m.top < number and m.wide > 1 for c in range(m.left, m.right + 1)}
    width = max((c for c, _ in grid.filled(number)), default=-1) + 1
    for column in range(1, width):
        if not grid.text(anchor, column) and grid.merge_at(anchor, column) is None:
            found |= {column - 1, column}
    return found


_NAME_PARTS = (("ho",), ("ten",), ("ho", "dem"), ("ho", "va", "dem"), ("ho", "va", "ten", "dem"), ("ho", "lot"))
_LOWER = frozenset(text for leaves in LEAVES.values() for texts, _, _ in leaves for text in texts)
_LEVELS = re.compile(
    r"^(?:tien si|tien sy|thac si|thac sy|dai hoc|cao dang|trung cap|so cap|cao cap|cu nhan|chua qua"
    r"|tren dh|sau dh|tren dai hoc|sau dai hoc|dh|cd|tc|ths|ts|sc|cc|cn"
    r"|cvcc|cvc|cv|chuyen vien(?: chinh| cao cap)?|can su|chung chi.*|[abc]|[abc][12]?|co ban|nang cao"
    r"|thpt|thcs|12/12|khac|htxs\w*|htt\w*|ht\w*|kht\w*)$"
)


def _is_lower_heading(text: str) -> bool:
    folded = fold(text).strip(" .:")
    return (
        is_year(text) or folded in _LOWER or clean(text).lower() in _LOWER or bool(_LEVELS.match(folded))
        or heading_words(text) in GENERIC_LEAVES or heading_score(text) >= 0.75
    )  # fmt: skip


def _looks_numbered(cells: list[tuple[int, str]]) -> bool:
    return len(cells) >= 3 and all(_NUMBERING.match(text) for _, text in cells)


def _number_row(grid: Grid, number: int, paths: dict[int, tuple[str, ...]]) -> int | None:
    """The row `(1) (2) (3)`, `1 2 3`, `A B 1 2`; the row number itself when it is one (a blank row above is skipped)."""
    cells = [(column, text) for column, text in grid.filled(number) if column in paths]
    if len(cells) < max(3, 0.5 * len(paths)) or not _looks_numbered(cells):
        return None
    numbers = [int(found[0]) for _, text in cells if (found := _DIGITS.search(text))]
    rising = sum(a < b for a, b in itertools.pairwise(numbers)) >= 0.7 * max(len(numbers) - 1, 1)
    # Columns moved about after they were numbered: each number once, none left out.
    moved = len(set(numbers)) == len(numbers) == max(numbers, default=0) - min(numbers, default=0) + 1
    return number if rising or moved else None


def heading_paths(grid: Grid, block: tuple[int, ...]) -> dict[int, tuple[str, ...]]:
    """Each column's headings from the outermost to its own; columns without any are absent unless they hold data below."""
    width = max(
        [len(grid.cells(n)) for n in block]
        + [m.right + 1 for m in grid.merges if m.top in block and m.right < grid.width]
    )
    levels = [_level_texts(grid, number, block, width) for number in block]
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(grid.width):
        path = tuple(_without_repeats(level.get(column, "") for level in levels))
        if path:
            paths[column] = _split_dashes(path)
    return paths


def _level_texts(grid: Grid, number: int, block: tuple[int, ...], width: int) -> dict[int, str]:
    """Column → heading in one header row, merged or unmerged headings spread over the columns they stand above."""
    texts: dict[int, str] = {}
    for column in range(width):
        merge = grid.merge_at(number, column)
        texts[column] = grid.text(merge.top, merge.left) if merge and merge.top in block else grid.text(number, column)
    if number == block[-1]:
        return texts
    lower = [n for n in block if n > number]
    spread = ""
    for column in range(width):
        if texts[column]:
            spread = texts[column] if _has_lower(grid, lower, column) else ""
        elif spread and grid.merge_at(number, column) is None and _has_lower(grid, lower, column):
            texts[column] = spread
        else:
            spread = ""
    return texts


def _has_lower(grid: Grid, lower: list[int], column: int) -> bool:
    return any(grid.text(n, column) for n in lower)


def _without_repeats(texts: Iterator[str]) -> Iterator[str]:
    before = ""
    for text in texts:
        if text and text != before:
            yield text
            before = text


def _split_dashes(path: tuple[str, ...]) -> tuple[str, ...]:
    """`Trình độ học vấn - Ngoại ngữ` written in one cell is a group and a heading."""
    if len(path) != 1 or heading_score(path[0]) >= 0.95:
        return path
    parts = tuple(part for part in re.split(r"\s+[-–—>]\s+", path[0]) if part)
    return parts if 1 < len(parts) <= 3 else path
