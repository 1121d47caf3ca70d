"""Where a column's value goes in its row: most fields simply, some into other fields or several."""

import re
from collections.abc import Callable

from canbo.engine.codelists import load_codelist
from canbo.imports.reading.column import Column
from canbo.imports.reading.fields import fields
from canbo.imports.reading.guesses import MARKS_TOO, WORDS_ONLY
from canbo.imports.reading.languages import read_language
from canbo.imports.reading.listrow import ListRow
from canbo.imports.reading.values import Value, is_mark, is_nothing
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import fold

_YEAR = re.compile(r"(19[5-9]\d|20[0-4]\d)")


def put_value(row: ListRow, column: Column, value: Value) -> None:
    """Enter one value into a row."""
    _PUT.get(column.field or "", _put_plain)(row, column, value)


def _put_plain(row: ListRow, column: Column, value: Value) -> None:
    name = column.field or ""
    for other, told in value.more:
        if other != "none":
            row.values.setdefault(other, told)
    if value.value is None:
        return
    if column.value.isdigit() and fields()[name].type == "place":
        row.parts.setdefault(name, {})[column.value] = value.value
        return
    if name in row.values and isinstance(row.values[name], str) and row.values[name] != value.value:
        row.values[name] = f"{row.values[name]}; {value.value}"
    else:
        row.values[name] = value.value


def _put_birth(row: ListRow, column: Column, value: Value) -> None:
    if value.value is None:
        return
    if "birth" in row.values and row.values["birth"] != value.value:
        row.say(column, "có ngày sinh ở cả hai cột Nam và Nữ", severity="error")
    row.values["birth"] = value.value
    if column.value:
        row.values["sex"] = column.value


def _put_sex(row: ListRow, column: Column, value: Value) -> None:
    if value.value is not None:
        row.values["sex"] = value.value


def _put_rating(row: ListRow, column: Column, value: Value) -> None:
    party = column.of_party
    text = row.values.pop("rating_text", "") if value.unplaced else ""
    if value.value is None and not text:
        return
    year = str(column.options.get("year") or (column.value if column.value.isdigit() else column.year))
    if year:
        row.values.setdefault("party_ratings" if party else "ratings", {})[year] = (value.value or "", text)
    elif party:
        row.values["party_rating"] = value.value
    else:
        row.values["rating"] = value.value
        row.values |= {"rating_text": text} if text else {}


def _put_language(row: ListRow, column: Column, value: Value) -> None:
    """Language and level of the first language named; the whole text stays beside them."""
    text = str(value.value)
    if column.value and fold(column.value) not in fold(text):
        text = column.value if is_mark(text) else f"{column.value} {text}"
    before = row.values.get("foreign_language_text")
    row.values["foreign_language_text"] = f"{before}; {text}" if before else text
    name, level = read_language(row.values["foreign_language_text"])
    row.values |= {"foreign_language": level} if level else {}
    row.values |= {"foreign_language_name": name} if name else {}


_PUT: dict[str, Callable[[ListRow, Column, Value], None]] = {
    "birth": _put_birth,
    "sex": _put_sex,
    "rating": _put_rating,
    "foreign_language": _put_language,
}


def put_mark(row: ListRow, column: Column, text: str) -> None:
    """A mark under a level; words instead of a mark (the field of study, the year) say the same and are kept."""
    if is_nothing(text):
        return
    name = column.field or ""
    if name == "rating":
        _put_grade(row, column, text)
        return
    if column.value.startswith(WORDS_ONLY):
        row.values.setdefault(f"{name}_text", column.value.removeprefix(WORDS_ONLY))
        return
    if name in MARKS_TOO:
        put_value(row, column, Value(column.value if is_mark(text) else text))
        return
    if name == "degree":
        row.values.setdefault("degrees", []).append({"degree": column.value, "field": "" if is_mark(text) else text})
    if not is_mark(text):
        _keep_words(row, column, text)
    before = row.values.get(name)
    if before is None or before == column.value:
        row.values[name] = column.value
    elif name == "sex":
        row.say(column, "đánh dấu cả Nam và Nữ", severity="warning")
    else:
        codes = load_codelist(fields()[name].codelist or "degrees").codes
        row.values[name] = max(before, column.value, key=codes.index)
        if name not in ("degree",):
            row.say(column, "đánh dấu ở nhiều mức, lấy mức cao nhất", severity="note")


def _put_grade(row: ListRow, column: Column, text: str) -> None:
    """A mark under `Hoàn thành tốt nhiệm vụ`; marks under two grades contradict each other and none is taken."""
    year = str(column.options.get("year") or column.year)
    known = row.values.get("ratings", {}).get(year, ("", ""))[0] if year else row.values.get("rating")
    if known and known != column.value:
        row.say(column, "đánh dấu ở hai mức xếp loại; chưa ghi mức nào, xin kiểm tra lại")
        row.values.pop("rating", None)
        row.values.get("ratings", {}).pop(year, None)
        return
    _put_rating(row, column, Value(column.value))
    if not is_mark(text):
        row.extras[column.slug] = (column.header or column.letter, text)


def _keep_words(row: ListRow, column: Column, text: str) -> None:
    if column.field == "degree" and (year := _YEAR.fullmatch(text)):
        row.values.setdefault("degree_year", PartialDate(int(year[1])))
    elif column.field == "degree":
        row.values.setdefault("degree_field", text)
    else:
        row.extras[column.slug] = (column.header or column.letter, text)
