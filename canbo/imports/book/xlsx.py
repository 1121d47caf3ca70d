"""An .xlsx workbook in one streaming pass: values, formulas, fonts, merges, hidden rows and columns.

Cells are kept only where they hold something, so a sheet whose corners are A1 and XFD1048576 costs two cells.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from canbo.imports.book.rawsheet import MOST_CELLS, RawBook, RawSheet, column_letter
from canbo.imports.book.styles import Styles, read_styles
from canbo.imports.book.xmlstream import Attributes, is_true, parse, part_chunks
from canbo.sandbox.errors import Refused

MOST_COLUMNS = 1000
MOST_ROWS = 300_000
MOST_MERGES = 100_000


def read_xlsx(data: bytes) -> RawBook:
    """Every sheet of the workbook, hidden ones too, with what people did to it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = _Workbook(archive)
        shared = _shared_strings(archive, book.part("sharedStrings"))
        styles = read_styles(part_chunks(archive, book.part("styles")), epoch_1904=book.epoch_1904)
        sheets = [
            _Sheet(name=name, state=state, shared=shared, styles=styles).read(part_chunks(archive, part))
            for name, state, part in book.sheets()
        ]
    return RawBook(sheets=sheets, epoch_1904=book.epoch_1904)


class _Workbook:
    """Which sheets there are, where their parts lie, from which day serial numbers count."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._names = {name.lower(): name for name in archive.namelist()}
        self._listed: list[tuple[str, str, str]] = []
        self._targets: dict[str, tuple[str, str]] = {}
        self.epoch_1904 = False
        path = self._names.get("xl/workbook.xml") or next(n for n in archive.namelist() if n.endswith("workbook.xml"))
        folder, base = posixpath.split(path)
        self._folder = folder
        rels = self._names.get(posixpath.join(folder, "_rels", base + ".rels").lower())
        parse(part_chunks(archive, path), start=self._seen)
        parse(part_chunks(archive, rels), start=self._relation)

    def _seen(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self._listed.append(
                (attributes.get("name", ""), attributes.get("state", "visible"), _relation_id(attributes))
            )
        elif name == "workbookPr":
            self.epoch_1904 = is_true(attributes.get("date1904"))

    def _relation(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", ""))).lstrip("/")
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            self._targets[attributes.get("Id", "")] = (kind, target)

    def part(self, kind: str) -> str | None:
        found = next((target for k, target in self._targets.values() if k == kind), "")
        return self._names.get(found.lower())

    def sheets(self) -> Iterator[tuple[str, str, str]]:
        for name, state, relation in self._listed:
            kind, target = self._targets.get(relation, ("", ""))
            part = self._names.get(target.lower())
            if kind == "worksheet" and part is not None:
                yield name, state, part


def _relation_id(attributes: Attributes) -> str:
    return next((v for k, v in attributes.items() if k.endswith(":id")), "")


def _shared_strings(archive: zipfile.ZipFile, part: str | None) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    inside, phonetic = False, False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside, phonetic
        if name == "si":
            pieces.clear()
        elif name == "t":
            inside = not phonetic
        elif name == "rPh":
            phonetic = True

    def end(name: str) -> None:
        nonlocal inside, phonetic
        if name == "t":
            inside = False
        elif name == "si":
            strings.append("".join(pieces))
        elif name == "rPh":
            phonetic = False

    def text(data: str) -> None:
        if inside:
            pieces.append(data)

    parse(part_chunks(archive, part), start=start, end=end, text=text)
    return strings


class _Sheet:
    """One sheet's XML, cell by cell."""

    def __init__(self, *, name: str, state: str, shared: list[str], styles: Styles) -> None:
        self._sheet = RawSheet(name=name, state=state)
        self._shared, self._styles = shared, styles
        self._columns: dict[str, int] = {}
        self._fonts: dict[int, dict[str, int]] = {}
        self._row, self._cells = 0, {}  # type: int, dict[int, Any]
        self._column, self._kind, self._style = -1, "n", "0"
        self._value: list[str] = []
        self._reading = self._formula = self._phonetic = False
        self._count = 0

    def read(self, chunks: Iterator[bytes]) -> RawSheet:
        parse(chunks, start=self._start, end=self._end, text=self._text)
        self._sheet.fonts = {c: max(names, key=lambda n: names[n]) for c, names in self._fonts.items()}
        return self._sheet

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._reading = True
        elif name == "t":
            self._reading = not self._phonetic
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and (is_true(attributes.get("hidden")) or attributes.get("width") == "0"):
            first, last = int(attributes["min"]) - 1, min(int(attributes["max"]), MOST_COLUMNS)
            self._sheet.hidden_columns.extend(range(first, last))

    def _end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._reading = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "row":
            self._end_row()

    def _text(self, data: str) -> None:
        if self._reading:
            self._value.append(data)

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = int(number) if number else self._row + 1
        self._column = -1
        if is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
            self._sheet.hidden_rows.append(self._row)

    def _end_row(self) -> None:
        if not self._cells:
            return
        if self._row > MOST_ROWS:
            raise Refused(
                f"Trang “{self._sheet.name}” có ô ở dòng {self._row}, quá xa bảng; hãy xóa các dòng thừa phía dưới rồi gửi lại."
            )
        width = max(self._cells) + 1
        self._count += width
        if self._count > MOST_CELLS:
            raise Refused(f"Trang “{self._sheet.name}” có quá nhiều ô; hãy chia thành nhiều tệp rồi gửi lại.")
        get = self._cells.get
        self._sheet.rows.append([self._row, [get(i) for i in range(width)]])
        self._cells = {}

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._column = self._column_of(reference) if reference else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._value.clear()
        self._formula = False

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        index = self._columns.get(letters)
        if index is None:
            index = self._columns[letters] = column_number(letters)
        return index

    def _end_cell(self) -> None:
        value = self._typed("".join(self._value)) if self._value else None
        if self._formula:
            counts = self._sheet.formulas.setdefault(self._column, [0, 0])
            counts[0] += 1
            counts[1] += value is None
        if value is None or value == "":
            return
        if self._column >= MOST_COLUMNS:
            raise Refused(
                f"Trang “{self._sheet.name}” có ô ở cột {column_letter(self._column)}, quá xa bảng; "
                "hãy xóa các cột thừa bên phải rồi gửi lại."
            )
        self._cells[self._column] = value
        if type(value) is str:
            names = self._fonts.setdefault(self._column, {})
            font = self._styles.font(self._style)
            names[font] = names.get(font, 0) + 1

    def _typed(self, text: str) -> Any:
        match self._kind:
            case "s":
                return self._shared[int(text)] if text.isdigit() and int(text) < len(self._shared) else None
            case "inlineStr" | "str":
                return text
            case "b":
                return is_true(text)
            case "e":
                return "\x01e" + text
            case "d":
                return "\x01d" + text[:10]
        return self._styles.number(text, self._style)

    def _merge(self, reference: str) -> None:
        if len(self._sheet.merged) >= MOST_MERGES:
            raise Refused(f"Trang “{self._sheet.name}” có quá nhiều ô gộp; hãy bỏ gộp ô rồi gửi lại.")
        first, _, last = reference.partition(":")
        (row_1, column_1), (row_2, column_2) = _cell_position(first), _cell_position(last or first)
        self._sheet.merged.append([row_1, column_1, row_2, column_2])


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell_position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :] or 1), column_number(letters)
