"""Which rows of a table are people: groups, totals, notes, page numbers and signatures are told apart."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from canbo.imports.book.rawsheet import Cell
from canbo.imports.reading.grid import Grid, Merge
from canbo.imports.reading.layout import Table
from canbo.imports.reading.names import looks_like_name
from canbo.imports.reading.values import is_mark
from canbo.kernel.text import fold, search_form

Sort = Literal["person", "continued", "group", "total", "note", "footer", "header", "nameless", "sample"]
SAMPLE_MARKS = frozenset({"ví dụ", "vd", "dòng mẫu", "mẫu"})  # in the column of ordinals: a row that shows how to fill in

_ROMAN = re.compile(r"^[IVXLC]+\.?$")
_LETTER = re.compile(r"^[A-HĐ]\.?$")
_ARABIC = re.compile(r"^\d{1,5}(?:\.\d+)*\.?$")
_LEADING_ORDINAL = re.compile(r"^(?P<ordinal>[IVXLC]{1,6}|[A-HĐ]|\d{1,3}(?:\.\d+)*)\s*[.)/:\-–]\s*(?P<text>\S.*)$")
_TOTAL = re.compile(
    r"^(?:tổng cộng|tổng số|tổng|cộng|cộng dồn|tong cong|tong so|cong)\b(?!\s+(?:biên|bí|giám|kế|công ty|cục|liên|hội))"
)
_NOTE = re.compile(
    r"^(?:trang\s*(?:số\s*)?\d+|ghi chú|lưu ý|chú thích|ghi chu|luu y|chu thich|\*|\(\*"
    r"|danh sách (?:này )?(?:có|gồm)|ấn định|danh sách trên)"
)
_SIGNATURE = re.compile(
    r"người lập|lập biểu|lập danh sách|nguoi lap|thủ trưởng|thu truong|^\W*t/?m\b\.?|^\W*k/?t\b\.?"
    r"|^\W*t/?l\b\.?|nơi nhận|noi nhan|ngày\s*[.…\d]*\s*tháng\s*[.…\d]*\s*năm"
    r"|ngay\s*[.…\d]*\s*thang\s*[.…\d]*\s*nam|\(?ký,? (?:ghi rõ|tên|đóng)|ký tên|xác nhận|đã ký"
    r"|người tổng hợp|người duyệt|phê duyệt của|phê duyệt$|kế toán trưởng|^lưu\s*:|^- lưu"
)
_ORGANISATION = re.compile(
    r"^(?:khối|ban|phòng|sở|ubnd|hđnd|ủy ban|uỷ ban|hội đồng|xã|phường|thị trấn|thị xã|thành phố|huyện"
    r"|quận|tỉnh|văn phòng|trung tâm|chi cục|cục|đảng ủy|đảng uỷ|đảng bộ|chi bộ"
    r"|hội|liên minh|liên đoàn|đoàn (?:thanh|tncs|thể|tn|đại|khối|xã|phường)|mặt trận|mttq|ubmttq"
    r"|ub mttq|trường|công an|tòa án|toà án|viện|thanh tra|ban chỉ huy|bch|bộ phận|đơn vị|tổ|đội"
    r"|lãnh đạo|công chức|cán bộ|viên chức|người hoạt động|huyện ủy|tỉnh ủy|thành ủy|nhà|thư viện"
    r"|bảo tàng|bệnh viện|trạm|hạt|kho bạc|cơ quan|nhóm|các|nhân viên|thường trực|ban thường vụ"
    r"|đặc khu"
    r"|bí thư|chức danh|quy hoạch|nguồn|uỷ viên|ủy viên|phó|chủ tịch|giám đốc|trưởng)\b"
)
_COLUMN_NUMBER = re.compile(r"^[(\[]?(?:\d{1,2}|[A-Za-z])[)\]]?$")
_NUMBER = re.compile(r"^[\d.,/%\s()+=-]+$")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table and what it is; `group` is the text of a group row, `level` how its number is written."""

    row: int
    sort: Sort
    group: str = ""
    level: str = ""


class Sorter:
    """Tells the rows of one table apart. Columns are those of the names, the given names and the ordinals (or None)."""

    def __init__(self, grid: Grid, table: Table, *, names: list[int], ordinal: int | None) -> None:
        self._grid, self._table = grid, table
        self._names, self._ordinal = names, ordinal
        self._columns = sorted(table.paths)
        self._header = {n: [fold(t) for _, t in grid.filled(n)] for n in table.header_rows}
        self._wide = {m.top: m for m in grid.merges if m.wide > 2 and m.top == m.bottom}
        self._tall = self._tall_merges()

    def _tall_merges(self) -> dict[int, list[Merge]]:
        tall: dict[int, list[Merge]] = {}
        for merge in self._grid.merges:
            if merge.bottom > merge.top >= self._table.first:
                for row in range(merge.top + 1, min(merge.bottom, self._table.last) + 1):
                    tall.setdefault(row, []).append(merge)
        return tall

    def lines(self) -> list[Line]:
        """Every row that holds something, footers cut off where the people end."""
        rows = [n for n in self._grid.numbers if self._table.first <= n <= self._table.last]
        lines = [line for number in rows if (line := self._line(number)) is not None]
        return self._without_footer(lines)

    def _without_footer(self, lines: list[Line]) -> list[Line]:
        """Signatures end the table: from the first of them after which nobody numbered (or nobody full) comes."""
        numbered = self._numbered(lines)
        last = max((i for i, line in enumerate(lines) if self._is_full(line, numbered=numbered)), default=-1)
        end = next((i for i, line in enumerate(lines) if i > last and self._ends(line, numbered=numbered)), len(lines))
        return [*lines[:end], *(Line(line.row, "footer") for line in lines[end:])]

    def _is_full(self, line: Line, *, numbered: bool) -> bool:
        if line.sort != "person":
            return False
        return self._has_number(line.row) if numbered else len(self._grid.filled(line.row)) > 2

    def _ends(self, line: Line, *, numbered: bool) -> bool:
        if line.sort == "footer":
            return True
        # Names under a signature, without a marker above them.
        unnumbered = numbered and line.sort in ("person", "nameless") and not self._has_number(line.row)
        return unnumbered and len(self._grid.filled(line.row)) <= 2

    def filled_down(self, row: int, column: int) -> Cell:
        """The cell, or the top of the tall merge that covers it."""
        cell = self._grid.cell(row, column)
        if cell is None:
            for merge in self._tall.get(row, ()):
                if merge.left <= column <= merge.right:
                    return self._grid.cell(merge.top, merge.left)
        return cell

    def _numbered(self, lines: list[Line]) -> bool:
        people = [line for line in lines if line.sort == "person"]
        numbered = [line for line in people if self._has_number(line.row)]
        return bool(people) and len(numbered) >= 0.8 * len(people)

    def _has_number(self, row: int) -> bool:
        return self._ordinal is not None and bool(_ARABIC.match(self._grid.text(row, self._ordinal)))

    def _line(self, row: int) -> Line | None:
        cells = self._grid.filled(row)
        if not cells:
            return None
        ordinal = self._grid.text(row, self._ordinal) if self._ordinal is not None else ""
        name = " ".join(filter(None, (self._grid.text(row, c) for c in self._names)))
        others = [(c, t) for c, t in cells if c not in self._names and c != self._ordinal]
        if self._is_header(cells):
            return Line(row, "header")
        if len(cells) > 2 and search_form(ordinal).strip(" .:") in SAMPLE_MARKS:
            return Line(row, "sample")
        told = [(c, t) for c, t in others if not _NUMBER.match(t)]
        numbered = bool(_ARABIC.match(ordinal))
        if not numbered and (sort := _by_opening(name, ordinal, cells)):
            return Line(row, sort)
        if group := self._group(row, ordinal, name, cells, told, numbered=numbered):
            return group
        if name:
            return Line(row, "person")
        return self._nameless(row, others, numbered=numbered)

    def _is_header(self, cells: list[tuple[int, str]]) -> bool:
        """The header once more at a page break, or its row of column numbers."""
        first = fold(cells[0][1])
        if any(known and known[0] == first for known in self._header.values()):
            return [fold(text) for _, text in cells] in self._header.values()
        texts = [text for _, text in cells]
        return len(texts) >= 3 and all(map(_COLUMN_NUMBER.match, texts)) and _rising(texts)

    def _group(
        self,
        row: int,
        ordinal: str,
        name: str,
        cells: list[tuple[int, str]],
        told: list[tuple[int, str]],
        *,
        numbered: bool,
    ) -> Line | None:
        """A row that names a group: nothing but a title (and perhaps counts), numbered I, A or not at all."""
        title, level = self._title(ordinal, name, cells)
        if not title or any(
            c > 0 and not self._inside_title(row, c) for c, _ in told if self._grid.text(row, c) != title
        ):
            return None
        if _ROMAN.match(ordinal) or _LETTER.match(ordinal):
            return Line(row, "group", title, "roman" if _ROMAN.match(ordinal) else "letter")
        organisation = bool(_ORGANISATION.match(search_form(title)))
        alone = len([c for c in cells if not _NUMBER.match(c[1])]) <= 1
        person_like = looks_like_name(title) and not organisation
        if numbered:
            return Line(row, "group", title, "arabic") if organisation and not person_like and not told else None
        spans = row in self._wide
        if level or spans or organisation or (alone and not person_like):
            return Line(row, "group", title, level or "plain")
        return None

    def _title(self, ordinal: str, name: str, cells: list[tuple[int, str]]) -> tuple[str, str]:
        """(the group's name, how it is numbered): in the column of names, or alone in another one (`I. Khối Đảng`)."""
        lone = name or (cells[0][1] if len([c for c in cells if not _NUMBER.match(c[1])]) <= 1 else ordinal)
        found = _LEADING_ORDINAL.match(lone)
        if found and not (name and _ARABIC.match(ordinal)):
            kind = (
                "roman" if _ROMAN.match(found["ordinal"]) else "letter" if _LETTER.match(found["ordinal"]) else "arabic"
            )
            return found["text"], kind
        if name:
            return name, ""
        return ("", "") if _ARABIC.match(lone) or _NUMBER.match(lone) or is_mark(lone) else (lone, "")

    def _inside_title(self, row: int, column: int) -> bool:
        merge = self._wide.get(row)
        return merge is not None and merge.left <= column <= merge.right

    def _nameless(self, row: int, others: list[tuple[int, str]], *, numbered: bool) -> Line | None:
        if any(m.left <= c <= m.right for m in self._tall.get(row, ()) for c in self._names):
            return Line(row, "continued") if others else None
        if not others:
            return None
        return Line(row, "nameless")


def _rising(texts: list[str]) -> bool:
    numbers = [int(found[0]) for t in texts if (found := re.search(r"\d+", t))]
    return len(numbers) >= 2 and all(a < b for a, b in itertools.pairwise(numbers))


def _by_opening(name: str, ordinal: str, cells: list[tuple[int, str]]) -> Sort | None:
    opening = search_form(name or ordinal or cells[0][1]).strip(" -–")
    if _TOTAL.match(opening) and not (
        looks_like_name(name) and len(cells) > 3 and not opening.startswith(("tổng cộng", "tổng số"))
    ):
        return "total"
    if _NOTE.match(opening):
        return "note"
    if any(_SIGNATURE.search(search_form(text)) for _, text in cells if len(text) < 120) and len(cells) <= 4:
        return "footer"
    return None


def group_paths(lines: list[Line]) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Each person's row with the groups it stands under, outermost first. A style of numbering is a depth."""
    stack: list[Line] = []
    for line in lines:
        if line.sort == "group":
            known = [i for i, above in enumerate(stack) if above.level == line.level]
            stack = [*(stack[: known[0]] if known else stack), line]
        elif line.sort in ("person", "continued", "nameless"):
            yield line, tuple(above.group for above in stack)
