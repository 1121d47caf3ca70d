"""One cell → one typed value, or the reason in Vietnamese why not. Nothing is guessed; what no list knows is named."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from canbo.engine.codelists import load_codelist
from canbo.imports.book.rawsheet import DATE_MARK, ERROR_MARK, Cell
from canbo.imports.codes import read_dossier_code
from canbo.imports.reading.datecells import STILL, month_spelled
from canbo.imports.reading.degrees import join_lines, read_degrees, read_title
from canbo.imports.reading.fields import Field
from canbo.kernel.dates import DateError, PartialDate, TwoDigitYear, read_date
from canbo.kernel.text import clean, search_form

MARKS = frozenset(
    {"x", "×", "✓", "✔", "v", "√", "☑", "☒", "*", "+", "xx", "x.", "(x)", "ⅹ", "х", "✗", "●", "•", "1", "true"}
)
NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "/",
        "0",
        ".",
        "k",
        "ko",
        "không",
        "khong",
        "không có",
        "chưa",
        "chưa có",
        "n/a",
        "false",
    }
)
DITTO = frozenset(
    {
        '"',
        "''",
        "“",
        "”",
        "〃",
        "nt",
        "-nt-",
        "như trên",
        "//",
        "như trên.",
        "- nt -",
        "n.t",
        "''''",
        '""',
        '- " -',
        '-"-',
        "nhu tren",
    }
)
_SEXES = {
    "nam": "nam",
    "nữ": "nu",
    "nu": "nu",
    "nam giới": "nam",
    "nữ giới": "nu",
    "trai": "nam",
    "gái": "nu",
    "male": "nam",
    "female": "nu",
    "ông": "nam",
    "bà": "nu",
}
_YEAR = re.compile(r"(?<!\d)(19[3-9]\d|20\d\d)(?!\d)")
_STEP_AND_COEFFICIENT = re.compile(r"(\d{1,2})[/\-–](\d{1,2}\.\d{1,3})")  # `3/5,08` under Bậc/Hệ số; `3/9` is step 3 of 9
_NUMBER_AND_DAY = re.compile(r"^(?P<number>.*?\S)[\s,;(]+(?:ngày\s+)?(?P<day>\d{1,2}[/.]\d{1,2}[/.]\d{4})\)?$", re.I)


@dataclass(frozen=True, slots=True)
class Value:
    """`value` is None for an empty or unreadable cell; `problem` says why it could not be read; `note` what was done to it.

    `unplaced` marks a text that no list knows; `choices` are the readings to ask about.
    """

    value: Any = None
    problem: str = ""
    note: str = ""
    unplaced: bool = False
    choices: tuple[PartialDate, ...] = ()
    more: tuple[tuple[str, Any], ...] = ()  # other fields the same cell tells


EMPTY = Value()


def text_of(cell: Cell) -> str:
    """The cell as a person reads it (dates as d/m/Y)."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if cell.startswith(DATE_MARK):
            return "/".join(reversed(cell[len(DATE_MARK) :].split("-")))
        return "" if cell.startswith(ERROR_MARK) else clean(cell)
    if isinstance(cell, bool):
        return "x" if cell else ""
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def is_mark(text: str) -> bool:
    return text.lower() in MARKS


def is_ditto(text: str) -> bool:
    """A sign for “as above”."""
    return text.lower() in DITTO


def is_nothing(text: str) -> bool:
    return text.lower() in NOTHING


def read_cell(cell: Cell, field: Field, *, epoch_1904: bool = False) -> Value:
    """The value of a cell in a column of that field."""
    if isinstance(cell, str) and cell.startswith(ERROR_MARK):
        return Value(problem=f"ô có lỗi công thức {cell[len(ERROR_MARK) :]}")
    if cell is None or (text := text_of(cell)) == "" or text in field.blank:
        return EMPTY
    if field.type in ("degree", "title") and isinstance(cell, str) and "\n" in cell.strip():
        text = join_lines(cell)
    elif field.name == "foreign_language" and isinstance(cell, str) and "\n" in cell.strip():
        text = "; ".join(filter(None, map(clean, cell.splitlines())))
    if field.type == "date":
        if field.name in ("end", "training_to") and text.lower() in STILL:
            return EMPTY
        return _date(cell, text, epoch_1904=epoch_1904)
    return _READERS[field.type](text, field)


def _date(cell: Cell, text: str, *, epoch_1904: bool) -> Value:
    if isinstance(cell, str) and cell.startswith(DATE_MARK):
        return Value(PartialDate.from_iso(cell[len(DATE_MARK) :]))
    if is_nothing(text):
        return Value(more=(("none", True),))
    try:
        return Value(read_date(cell if isinstance(cell, int | float) else month_spelled(text), epoch_1904=epoch_1904))
    except TwoDigitYear as unclear:
        return Value(problem=unclear.text_vi, choices=unclear.candidates)
    except DateError as error:
        return Value(problem=error.text_vi)


def _text(text: str, field: Field) -> Value:
    if field.name == "decision_number" and (found := _NUMBER_AND_DAY.match(text)):
        try:
            return Value(found["number"], more=(("decision_date", read_date(found["day"])),))
        except DateError:
            return Value(text)
    return Value(text)


def _name(text: str, field: Field) -> Value:
    if not any(map(str.isalpha, text)):
        return Value(problem=f"“{text}” không phải họ và tên")
    repaired = text.replace("Ð", "Đ").replace("ð", "đ")
    if repaired != text:
        return Value(repaired, note="chữ Ð (không phải tiếng Việt) đã được ghi lại thành Đ")
    if text.isupper() and len(text.split()) > 1:
        return Value(text, note="họ tên viết hoa toàn bộ, giữ nguyên như trong danh sách")
    return Value(text)


def _sex(text: str, field: Field) -> Value:
    code = _SEXES.get(search_form(text))
    return Value(code) if code else Value(problem=f"“{text}” không phải Nam hoặc Nữ", unplaced=True)


def _code(text: str, field: Field) -> Value:
    code = load_codelist(field.codelist).find(text).code
    if code:
        return Value(code)
    if is_nothing(text):
        return Value("khong") if field.name == "discipline" and text.isalpha() and len(text) > 1 else EMPTY
    return Value(problem=f"“{text}” không có trong danh mục {field.label.lower()}", unplaced=True)


def _rating(text: str, field: Field) -> Value:
    found = _code(text, field)
    return Value(problem=found.problem, unplaced=True) if found.unplaced else found


def _degree(text: str, field: Field) -> Value:
    if is_mark(text):
        return Value(problem=f"“{text}” không nói rõ trình độ nào", unplaced=True)
    degrees = read_degrees(text)
    if degrees.highest is None:
        if is_nothing(text):
            return EMPTY
        return Value(problem=degrees.note or f"“{text}” không nêu trình độ chuyên môn nào", unplaced=True)
    listed = [{"degree": item.level, "field": item.field} for item in degrees.items]
    more: list[tuple[str, Any]] = [("degrees", listed), ("degree_text", text)]
    if degrees.highest.field:
        more.append(("degree_field", degrees.highest.field))
    return Value(degrees.highest.level, note=degrees.note, more=tuple(more))


def _title(text: str, field: Field) -> Value:
    if is_nothing(text):
        return EMPTY
    title, degrees = read_title(text)
    highest = degrees.highest
    if title is None and highest is None:
        return Value(problem=f"“{text}” không phải học hàm, học vị nào đã biết", unplaced=True)
    return Value(title, more=(("title_degree", highest.level if highest else None),))


def _id(text: str, field: Field) -> Value:
    digits = re.sub(r"[\s.\-'’]", "", text)
    if not digits.isdigit():
        return Value(problem=f"“{text}” không phải số định danh; số định danh gồm 12 chữ số")
    if len(digits) in (8, 9):
        return _old_id(digits.zfill(9), field)
    if field.name == "old_id":
        return Value(problem=f"“{text}” không phải số CMND cũ; số CMND cũ gồm 9 chữ số")
    match len(digits):
        case 12:
            return Value(digits)
        case 10 | 11:
            return Value(digits.zfill(12), note="số định danh thiếu số 0 ở đầu, đã thêm lại cho đủ 12 chữ số")
    return Value(problem=f"số định danh có {len(digits)} chữ số; phải đủ 12 chữ số")


def _old_id(number: str, field: Field) -> Value:
    """The nine digits of the identity cards before 2016 are nobody's personal number."""
    if field.name == "old_id":
        return Value(number)
    return Value(
        more=(("old_id", number),), note="số CMND cũ 9 chữ số, giữ riêng là giấy tờ cũ; chưa có số định danh 12 chữ số"
    )


def _phone(text: str, field: Field) -> Value:
    digits = re.sub(r"[\s.\-()]", "", text)
    if digits.isdigit() and len(digits) == 9 and digits[0] in "35789":
        return Value("0" + digits, note="số điện thoại thiếu số 0 ở đầu, đã thêm lại")
    return Value(text)


def _number(text: str, field: Field) -> Value:
    plain = text.replace(" ", "").replace(",", ".")
    if field.name == "pay_step" and (both := _STEP_AND_COEFFICIENT.fullmatch(plain)):
        return Value(both[1], more=(("coefficient", both[2]),))
    if re.fullmatch(r"\d+(?:\.\d+)?(?:/\d+)?", plain):
        return Value(plain.split("/")[0])
    return EMPTY if is_nothing(text) else Value(problem=f"“{text}” không phải một số")


def _mark(text: str, field: Field) -> Value:
    return Value(False) if is_nothing(text) else Value(True)


def _year(text: str, field: Field) -> Value:
    found = set(_YEAR.findall(text))
    if len(found) == 1:
        year = int(found.pop())
        return Value(PartialDate(year) if field.name == "degree_year" else year)
    return EMPTY if is_nothing(text) else Value(problem=f"“{text}” không phải một năm")


def _dossier(text: str, field: Field) -> Value:
    number = read_dossier_code(text)
    return Value(number) if number else Value(problem=f"“{text}” không phải mã hồ sơ của chương trình")


_READERS: dict[str, Callable[[str, Field], Value]] = {
    "ordinal": _text,
    "dossier": _text,
    "text": _text,
    "place": _text,
    "name": _name,
    "sex": _sex,
    "code": _code,
    "rating": _rating,
    "degree": _degree,
    "title": _title,
    "id": _id,
    "phone": _phone,
    "number": _number,
    "mark": _mark,
    "year": _year,
}
