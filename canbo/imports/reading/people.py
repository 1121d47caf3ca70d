"""One table's lines → rows of typed values: every column read once per distinct cell, then put together by row."""

from datetime import date
from typing import Any

from canbo.engine.codelists import load_codelist
from canbo.imports.book.rawsheet import Cell
from canbo.imports.reading.column import Column
from canbo.imports.reading.datecells import SPAN_ENDS, read_span, read_two_dates
from canbo.imports.reading.fields import fields
from canbo.imports.reading.listrow import ListRow, Problem
from canbo.imports.reading.putting import put_mark, put_value
from canbo.imports.reading.rows import Line, Sorter
from canbo.imports.reading.values import EMPTY, Value, is_ditto, read_cell, text_of
from canbo.kernel.dates import DateError, PartialDate


class RowReader:
    """Reads the rows of one table. With `accept`, proposals that were not answered count as answered with yes."""

    def __init__(
        self, sorter: Sorter, columns: list[Column], *, on: date | None, epoch_1904: bool, accept: bool
    ) -> None:
        self._sorter, self._on, self._epoch, self._accept = sorter, on, epoch_1904, accept
        columns = [c for c in columns if not c.left_out]
        self._mapped = [c for c in columns if c.field is not None and c.field != "ordinal" and (accept or not c.asked)]
        self._extras = [c for c in columns if c not in self._mapped and c.field != "ordinal"]
        self._caches: dict[int, dict[Any, Value]] = {c.index: {} for c in columns}
        self._before: dict[int, Cell] = {}
        self._several_marks = {c.field for c in self._mapped if c.marked}
        self._has = {c.field for c in self._mapped}
        self._only_women = "sex" in self._several_marks and not any(
            c.field == "sex" and c.value != "nu" for c in self._mapped
        )
        self._blank_is_man = next((c for c in self._mapped if c.field == "sex" and tells_women_only(c)), None)

    def read(self, line: Line, *, group: tuple[str, ...], hidden: bool) -> ListRow:
        row = ListRow(row=line.row, group=group, hidden=hidden)
        for column in self._mapped:
            self._put(row, column, self._cell(line.row, column))
        for column in self._extras:
            if text := text_of(self._cell(line.row, column)):
                row.extras[column.slug] = (column.header or column.letter, text)
        self._finish(row)
        return row

    def _cell(self, number: int, column: Column) -> Cell:
        cell = self._sorter.filled_down(number, column.index)
        if isinstance(cell, str) and is_ditto(cell.strip()):
            return self._before.get(column.index)
        self._before[column.index] = cell
        return cell

    def _put(self, row: ListRow, column: Column, cell: Cell) -> None:
        if cell is None:
            return
        if column.marked:
            put_mark(row, column, text_of(cell))
            return
        value = self._value(column, cell)
        if value is EMPTY:
            return
        if value.choices:
            value = self._answered(row, column, value)
        if value.problem:
            self._complain(row, column, value, cell)
        if value.note:
            row.say(column, value.note, severity="note")
        put_value(row, column, value)

    def _value(self, column: Column, cell: Cell) -> Value:
        cache = self._caches[column.index]
        key = (cell, type(cell))
        known = cache.get(key)
        if known is None:
            known = cache[key] = self._read(column, cell)
        return known

    def _read(self, column: Column, cell: Cell) -> Value:
        what = fields()[column.field or ""]
        placed = column.options.get("values", {}).get(text_of(cell))
        if placed:  # a person said what this text means
            return Value(placed)
        value = read_cell(cell, what, epoch_1904=self._epoch)
        if value.problem and what.type == "date" and isinstance(cell, str):
            if column.field in SPAN_ENDS and (span := read_span(cell)):
                return Value(span[0], more=((SPAN_ENDS[column.field], span[1]),))
            if column.field == "party_joined" and (both := read_two_dates(cell)):
                return Value(both[0], more=(("party_official", both[1]),))
        return value

    def _answered(self, row: ListRow, column: Column, value: Value) -> Value:
        """A two-digit year, when a person (or `accept`) said how to read this column's."""
        chosen = proposal(value.choices, field=column.field or "", on=self._on)
        if chosen and (self._accept or column.options.get("two_digit_years")):
            row.say(column, f"năm ghi hai chữ số, hiểu là {chosen.year}", severity="note")
            return Value(chosen)
        return value

    def _complain(self, row: ListRow, column: Column, value: Value, cell: Cell) -> None:
        severity = "error" if column.field in ("birth", "full_name") else "warning"
        row.say(column, value.problem, severity=severity, about="two_digit_year" if value.choices else "")
        if value.unplaced:
            row.values.setdefault(f"{column.field}_text", text_of(cell))
            row.unplaced.append((column.letter, text_of(cell)))

    def _finish(self, row: ListRow) -> None:
        values = row.values
        _join_name(values)
        for name, parts in row.parts.items():
            values[name] = ", ".join(text for _, text in sorted(parts.items()))
        _join_birth(row)
        if not values.get("full_name"):
            why = "dòng có dữ liệu nhưng không có họ và tên"
            row.problems.append(Problem(column="", field="full_name", why=why, severity="error"))
        if self._only_women and "sex" not in values:
            values["sex"] = "nam"
        if self._blank_is_man and "sex" not in values and not any(p.field == "sex" for p in row.problems):
            values["sex"] = "nam"
            row.say(self._blank_is_man, "cột giới tính chỉ ghi Nữ, ô để trống hiểu là Nam", severity="note")
        for name in ("key_post", "party_member"):
            if name in self._has:
                values.setdefault(name, False)
        if "party_joined" in self._has and "party_member" not in self._has:
            values["party_member"] = bool(values.get("party_joined"))
        self._finish_degree(row)
        _check_id(row)

    def _finish_degree(self, row: ListRow) -> None:
        values = row.values
        titled = values.pop("title_degree", None)
        if titled and (values.get("degree") is None or _rank(titled) > _rank(values["degree"])):
            values["degree"] = titled
        told_twice = {"degree", "academic_title"} <= self._has and "degree" not in self._several_marks
        if (
            told_twice
            and self._accept
            and values.get("degree") is None
            and not any(p.field == "degree" for p in row.problems)
        ):
            values["degree"] = "chua-qua"
            why = "cột chuyên môn và cột học vị đều trống, hiểu là chưa qua đào tạo"
            row.problems.append(Problem(column="", field="degree", why=why, severity="note"))


MOSTLY = 0.8  # where more than this share is filled, a blank is rather forgotten than said


def tells_women_only(column: Column) -> bool:
    """Whether a column of sexes says nothing but `Nữ`, and for some people nothing at all."""
    told = {read_cell(cell, fields()["sex"]).value for cell in column.samples}
    return not column.marked and told == {"nu"} and column.filled <= MOSTLY * column.people


def proposal(choices: tuple[PartialDate, ...], *, field: str, on: date | None) -> PartialDate | None:
    """The only reading that can be: nobody on a list is born after she could work, no event is later than the list."""
    if on is None and field != "birth":
        return None
    latest = (on.year if on else 2030) - (15 if field == "birth" else 0)
    possible = [choice for choice in choices if latest - 85 <= choice.year <= latest]
    return possible[0] if len(possible) == 1 else None


def _rank(level: str) -> int:
    return load_codelist("degrees").rank(level) or 0


def _join_name(values: dict[str, Any]) -> None:
    parts = [values.pop(name, None) for name in ("family_name", "given_name")]
    if any(parts):
        values["full_name"] = " ".join(part for part in parts if part)


def _join_birth(row: ListRow) -> None:
    parts = {name: row.values.pop(f"birth_{name}", None) for name in ("day", "month", "year")}
    if parts["year"] is None:
        return
    try:
        day, month = (int(parts[k]) if parts[k] else None for k in ("day", "month"))
        row.values["birth"] = PartialDate(int(parts["year"]), month, day if month else None)
    except (DateError, ValueError) as error:
        row.problems.append(Problem(column="", field="birth", why=str(error), severity="error"))


def _check_id(row: ListRow) -> None:
    """A number that had to be filled up must agree with the birth year and sex it carries, else it is left out."""
    number = row.values.get("personal_id")
    if not number or len(number) != 12 or not any(p.field == "personal_id" for p in row.problems):
        return
    century, sex = divmod(int(number[3]), 2)
    year = 1900 + 100 * century + int(number[4:6])
    birth, known_sex = row.values.get("birth"), row.values.get("sex")
    wrong_sex = known_sex is not None and (known_sex == "nu") != bool(sex)
    if (birth and birth.year != year) or wrong_sex or not 1 <= int(number[:3]) <= 96:
        row.values.pop("personal_id")
        why = "số định danh thiếu chữ số và không khớp năm sinh hoặc giới tính; xin kiểm tra lại"
        row.problems.append(Problem(column="", field="personal_id", why=why))
