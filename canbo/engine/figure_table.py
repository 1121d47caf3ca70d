"""A table of printed figures, checked row by row and population by population: right, possible, impossible, not to be told."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from canbo.engine.figures import FigureReport, check_figures
from canbo.kernel.errors import NumberError
from canbo.kernel.numbers import PrintedNumber, half_up, percent_text, read_number, thousands
from canbo.kernel.text import fold

Verdict = Literal["right", "possible", "impossible", "untold", "no-figure"]
VERDICTS: Mapping[Verdict, str] = {
    "right": "Đúng", "possible": "Có thể", "impossible": "Không thể", "untold": "Chưa kiểm tra được", "no-figure": "Không phải số liệu",
}  # fmt: skip
MOST_ROWS = 2_000
# What a table says of a row that counts nobody: dates, numbers of papers, targets, what a website adds.
_NO_FIGURES = frozenset({"meta", "noise", "target", "rule", "event"})
_FRACTION = re.compile(r"(\d[\d.]*) ?/ ?(\d[\d.]*)(?: \D*)?", re.ASCII)
_CHANGE = re.compile(r"(tang|giam) (.*)")
_LEADING = re.compile(r"((?:gan|duoi|hon|tren|khoang|chung|uoc) ?)?(\d[\d.,]*(?: \d{3})*(?: ?%)?)(?: \D.*)?")


class NotATable(ValueError):
    """The text cannot be read as a table of figures; the sentence says what to do."""


@dataclass(frozen=True)
class Printed:
    """A printed figure: a share, a count, a fraction k/N, or a change between two shares."""

    text: str
    kind: Literal["share", "count", "fraction", "change"]
    number: PrintedNumber
    of: int | None = None

    @property
    def plain(self) -> str:
        """The number alone, as the check of shares takes it."""
        return _plain(self.text)


@dataclass(frozen=True)
class RowCheck:
    """One row: where it stood (1 = the first row under the header), what it said, and what is to be said of it."""

    line: int
    printed: str
    about: str
    verdict: Verdict
    text: str

    @property
    def word(self) -> str:
        return VERDICTS[self.verdict]


@dataclass(frozen=True)
class GroupCheck:
    """Shares of one population without its headcount, checked together."""

    about: str
    texts: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class TableCheck:
    rows: tuple[RowCheck, ...]
    groups: tuple[GroupCheck, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict == verdict for row in self.rows)


def read_printed(text: str) -> Printed:
    """`1.236 người`, `54,29%`, `10/11 cán bộ`, `gần 4.200`, `tăng 6,47%`; NumberError when there is no figure."""
    folded = fold(text)
    if found := _FRACTION.fullmatch(folded):
        part, whole = (read_number(half) for half in found.groups())
        return Printed(text, "fraction", part, int(whole.value))
    change = _CHANGE.fullmatch(folded)
    number = read_number(_plain(text))
    return Printed(text, "change" if change else "share" if number.percent else "count", number)


def _plain(text: str) -> str:
    folded = fold(text)
    shown = text.strip() if len(text.strip()) == len(folded) else folded
    if change := _CHANGE.fullmatch(folded):
        folded, shown = change[2], shown[change.start(2) :]
    found = _LEADING.fullmatch(folded)
    return shown[: found.end(2)] if found else text


def check_one(printed: Printed, *, numerator: int | None = None, denominator: int | None = None) -> tuple[Verdict, str]:
    """Whether one figure can be right by itself, with the numbers it was made of where they are known."""
    if printed.kind == "fraction":
        return _fraction(printed)
    if printed.kind == "share":
        return _share(printed, numerator, denominator)
    if printed.kind == "change":
        return "untold", "Mức tăng, giảm chỉ kiểm tra được khi có tỷ lệ của hai năm; hiệu của hai tỷ lệ tính bằng điểm phần trăm."
    if numerator is not None and printed.number.approx and numerator == printed.number.value:
        return "untold", "Số gần đúng; con số chính xác không được in."
    if numerator is not None and printed.number.allows(numerator) is False:
        return "impossible", f"Số đã in không khớp với {thousands(numerator)}."
    if denominator is not None and printed.number.value > denominator:
        return "impossible", f"Lớn hơn tổng số {thousands(denominator)}."
    if numerator is None and denominator is None:
        return "untold", "Một số đếm đứng một mình không có gì để đối chiếu."
    return "right", "Khớp với số đã ghi."


def _fraction(printed: Printed) -> tuple[Verdict, str]:
    part, whole = int(printed.number.value), printed.of or 0
    if part > whole:
        return "impossible", f"Phần {thousands(part)} lớn hơn tổng số {thousands(whole)}."
    return "right", f"{thousands(part)}/{thousands(whole)} = {percent_text(part, whole)}."


def _share(printed: Printed, numerator: int | None, denominator: int | None) -> tuple[Verdict, str]:
    number = printed.number
    if denominator is None:
        return "untold", "Chưa có tổng số; được kiểm tra cùng các tỷ lệ khác của cùng đối tượng."
    if numerator is None:
        report = check_figures([printed.plain], of=denominator)
        if not report.rows[0].possible:
            return "impossible", report.sentences[0]
        counts = report.rows[0].counts
        shown = thousands(counts[0]) if len(counts) == 1 else f"{thousands(counts[0])}–{thousands(counts[-1])}"
        return "possible", f"{shown} trong {thousands(denominator)} người."
    exact = percent_text(numerator, denominator, places=max(2, number.places))
    if numerator > denominator:
        return "impossible", f"Tử số {thousands(numerator)} lớn hơn tổng số {thousands(denominator)}."
    value = half_up(100 * numerator, denominator, number.places)
    same = number.allows(Decimal(100 * numerator) / denominator) if number.approx else value == number.value
    said = f"{thousands(numerator)}/{thousands(denominator)} = {exact}"
    return ("right", f"{said}.") if same else ("impossible", f"{said}, không phải {printed.text}.")


# --- a table


def read_table(text: str) -> list[dict[str, str]]:
    """Rows of a csv with a header that has `printed_value` (or `số đã in`); NotATable says what is missing."""
    sample = text.lstrip("\ufeff")
    separator = max(",;\t", key=sample.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(sample), delimiter=separator)
    rows = [{(k or "").strip(): (v or "").strip() for k, v in row.items() if not isinstance(v, list)} for row in reader]
    if not rows or "printed_value" not in rows[0]:
        raise NotATable("Không thấy cột printed_value (số đã in) ở dòng đầu; hãy dùng tệp mẫu hoặc đặt lại tên cột.")
    if len(rows) > MOST_ROWS:
        raise NotATable(f"Bảng có {thousands(len(rows))} dòng, nhiều hơn {thousands(MOST_ROWS)}; hãy chia thành nhiều tệp.")
    return rows


def check_table(rows: Sequence[Mapping[str, str]], *, at_most: int | None = None) -> TableCheck:
    """Every row by itself, then shares without a headcount together by locality, period and population."""
    alone = [_checked(line, row) for line, row in enumerate(rows, 1)]
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if alone[place].verdict == "untold" and row.get("kind", "") != "change" and _is_share(row):
            groups.setdefault(_about(row), []).append(place)
    found = []
    for place, row in enumerate(rows):
        if row.get("kind", "") == "change":
            alone[place] = _change(alone[place], row, rows)
    for about, places in groups.items():
        texts = [read_printed(rows[place]["printed_value"]).plain for place in places]
        report = check_figures(list(dict.fromkeys(texts)), at_most=at_most)
        found.append(GroupCheck(about, tuple(texts), report.sentences))
        for place, text in zip(places, texts):
            alone[place] = _told(alone[place], text, report)
    return TableCheck(tuple(alone), tuple(found))


def _checked(line: int, row: Mapping[str, str]) -> RowCheck:
    text, about = row["printed_value"], _about(row)
    if row.get("kind", "") in _NO_FIGURES or not text:
        return RowCheck(line, text, about, "no-figure", "Dòng này không đếm người.")
    try:
        printed = read_printed(text)
        numbers = {name: _whole(row.get(name, "")) for name in ("numerator", "denominator")}
    except NumberError as error:
        return RowCheck(line, text, about, "untold", str(error))
    verdict, words = check_one(printed, **numbers)
    return RowCheck(line, text, about, verdict, words)


def _change(check: RowCheck, row: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> RowCheck:
    """A change is right when it is the difference of two printed shares of the same people."""
    try:
        value = read_printed(row["printed_value"]).number.value
    except NumberError:
        return check
    same = [r for r in rows if r is not row and _who(r) == _who(row) and r.get("kind", "") != "change" and _is_share(r)]
    shares = [read_printed(r["printed_value"]) for r in same]
    for before in shares:
        for after in shares:
            if after.number.value - before.number.value == value and not (after.number.approx or before.number.approx):
                text = f"{after.plain} − {before.plain} = {check.printed.rstrip('%')} điểm phần trăm."
                return replace(check, verdict="right", text=text)
    return replace(check, verdict="untold", text="Không thấy hai tỷ lệ có hiệu như vậy; mức tăng, giảm tính bằng điểm phần trăm.")


def _who(row: Mapping[str, str]) -> tuple[str, str]:
    return row.get("locality", ""), row.get("population", "").partition(" (")[0]


def _whole(text: str) -> int | None:
    return int(read_number(text).value) if text else None


def _is_share(row: Mapping[str, str]) -> bool:
    try:
        return read_printed(row["printed_value"]).kind == "share"
    except NumberError:
        return False


def _about(row: Mapping[str, str]) -> str:
    """Whom the figure is about; a remark in brackets makes no other population."""
    population = row.get("population", "").partition(" (")[0]
    return " – ".join(filter(None, (row.get("locality", ""), row.get("period", "").partition(" (")[0], population)))


def _told(row: RowCheck, text: str, report: FigureReport) -> RowCheck:
    at = next(place for place in report.rows if place.text == text)
    if not at.possible:
        return replace(row, verdict="impossible", text=f"Không thể có với tổng số nào đến {thousands(report.tried[-1])}.")
    if report.odd is not None and text in report.odd.others:
        others = ", ".join(f"“{other}”" for other in report.odd.texts)
        said = f"Không thể với N = {thousands(report.odd.of)}, tổng số mà {others} cùng khớp."
        return replace(row, verdict="impossible", text=said)
    if report.odd is not None:
        return replace(row, verdict="possible", text=f"Khớp với N = {thousands(report.odd.of)}.")
    if report.common:
        listed = ", ".join(map(thousands, report.common[:5])) + (" …" if len(report.common) > 5 else "")
        return replace(row, verdict="possible", text=f"Các tỷ lệ cùng đối tượng khớp với N = {listed}.")
    return replace(row, verdict="impossible", text="Không có tổng số nào khớp với mọi tỷ lệ của đối tượng này.")
