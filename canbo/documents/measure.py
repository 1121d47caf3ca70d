"""How wide a text is in Times New Roman, near enough to share out columns and to set the height of rows."""

from collections.abc import Sequence

from canbo.documents.grid import Grid, Group, Head
from canbo.documents.tables import as_text

MM_PER_POINT = 25.4 / 72
PADDING_MM = 2.6
# Em widths of Times New Roman, rounded up; bold is a little wider.
_BOLD = 1.1
_UPPER, _DIGIT, _LOWER, _SPACE, _SIGN = 0.72, 0.5, 0.47, 0.25, 0.33


def text_mm(text: str, points: float) -> float:
    """Width in millimetres of one line."""
    return sum(map(_em, text)) * points * MM_PER_POINT


def _em(char: str) -> float:
    if char.isspace():
        return _SPACE
    if char.isdigit():
        return _DIGIT
    if char.isalpha():
        return _UPPER if char.isupper() or char in "mw" else _LOWER
    return _SIGN


def lines_of(text: str, width_mm: float, points: float) -> int:
    """Lines the text takes when words wrap; a word wider than the column breaks."""
    return sum(_lines(line, max(width_mm, 1.0), points) for line in text.split("\n"))


def _lines(line: str, width_mm: float, points: float) -> int:
    lines, used, space = 1, 0.0, text_mm(" ", points)
    for word in line.split():
        wide = text_mm(word, points)
        if used and used + space + wide > width_mm:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0.0)
        while used > width_mm:
            lines, used = lines + 1, used - width_mm
    return lines


def table_points(grid: Grid, width_mm: float) -> float:
    """Points of a table's text: smaller the more columns share the width."""
    room = width_mm / max(len(grid.leaves), 1)
    return 12 if room >= 24 else 11 if room >= 19 else 10 if room >= 13 else 9


def column_widths(grid: Grid, width_mm: float, points: float) -> list[float]:
    """Millimetres per leaf, filling the width: those given, the rest by their longest word, then by how long their texts are."""
    leaves = grid.leaves
    columns = [_texts(grid, i) for i in range(len(leaves))]
    least = [leaf.width or _longest_word(texts, leaf, points) for leaf, texts in zip(leaves, columns)]
    wanted = [0.0 if leaf.width else _typical(texts, points) for leaf, texts in zip(leaves, columns)]
    spare, more = width_mm - sum(least), [max(w - low, 0.0) for w, low in zip(wanted, least)]
    if spare <= 0 or not any(more):
        return [low * width_mm / sum(least) for low in least]
    # Beyond what is wanted everybody gets a little: one long column does not swallow the page.
    wants = min(sum(more), spare)
    shared = [low + wants * part / sum(more) for low, part in zip(least, more)]
    free = [i for i, leaf in enumerate(leaves) if not leaf.width]
    return [width + ((spare - wants) / len(free) if i in free else 0.0) for i, width in enumerate(shared)]


def _texts(grid: Grid, column: int) -> list[str]:
    rows: Sequence[object] = grid.rows[:300]
    return [as_text(row[column]) for row in grid.rows[: len(rows)] if not isinstance(row, Group)]


def _longest_word(texts: list[str], leaf: Head, points: float) -> float:
    widths = [text_mm(word, points) for text in texts for word in text.split()]
    widths += [text_mm(word, points) * _BOLD for word in leaf.text.split()]
    return min(max(widths, default=0.0) * 1.04, 45.0) + PADDING_MM


def _typical(texts: list[str], points: float) -> float:
    """Nine in ten texts fit into this in one line; a single long note does not take the table over."""
    widths = sorted(text_mm(text, points) for text in texts)
    return min(widths[int(len(widths) * 0.9)] if widths else 0.0, 90.0) + PADDING_MM
