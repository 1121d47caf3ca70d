"""What makes a changed cell known: a few letters for each cell as it was taken out, kept in a hidden column."""

import hashlib
from base64 import b64encode

_LETTERS = 4  # for one cell; that a changed cell keeps its letters happens once in 16 million
SHEET = "canbo-de-sua"  # hidden sheet that says what the file is
VERSION = "1"


def mark_of(code: str, column: str, text: str) -> str:
    """Letters of one cell, of this dossier and column: moved elsewhere, they no longer agree."""
    digest = hashlib.sha256(f"{code}\x1f{column}\x1f{text}".encode()).digest()
    return b64encode(digest[:3], altchars=b"+.").decode()  # no underscore: a workbook reads _x0041_ as the letter A


def marks_of(code: str, cells: dict[str, str]) -> str:
    """The hidden cell of a row: first that of its code, then of each column in order."""
    return mark_of(code, "", "") + "".join(mark_of(code, column, text) for column, text in cells.items())


def read_marks(text: str, code: str, columns: list[str]) -> dict[str, str] | None:
    """Letters by column; None when they belong to another row or another set of columns."""
    parts = [text[i : i + _LETTERS] for i in range(0, len(text), _LETTERS)]
    if len(parts) != len(columns) + 1 or parts[0] != mark_of(code, "", ""):
        return None
    return dict(zip(columns, parts[1:], strict=True))
