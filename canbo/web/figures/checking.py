"""“Kiểm tra số liệu”: can a printed figure be right, of how many people, and do the records say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.measures import named_measures, named_populations
from canbo.assess.statistics import StatRequest, statistics
from canbo.documents.tables import Table, xlsx
from canbo.engine.figure_table import VERDICTS as WORDS
from canbo.engine.figure_table import (
    NotATable,
    Printed,
    TableCheck,
    Verdict,
    check_table,
    read_printed,
    read_table,
)  # fmt: skip
from canbo.engine.measures import Count
from canbo.kernel.errors import NumberError
from canbo.kernel.numbers import about_percent_text, about_text, percent_text, thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of, page
from canbo.web.figures.asked import offered_measures, offered_populations, refusal, words_of
from canbo.web.figures.pages import file_response

FIELDS = ("so", "mau", "nhieu", "doi", "ct", "ngay")
MOST_LINES, MOST_BYTES = 40, 500_000
NEAR = 10  # a rounded figure farther off than a tenth is true to the letter only
SIGNS = {"right": "note-ok", "possible": "note-ok", "impossible": "note-bad bad", "untold": "note-warn", "no-figure": ""}


@dataclass(frozen=True)
class Line:
    """One printed figure and what is to be said of it; `records` compares it with the dossiers."""

    printed: str
    verdict: Verdict
    text: str
    records: str = ""

    @property
    def word(self) -> str:
        return WORDS[self.verdict]

    @property
    def sign(self) -> str:
        return SIGNS[self.verdict]


@page("statistics.read")
def figure_check(request: HttpRequest, desk: Desk) -> HttpResponse:
    """GET checks figures typed; POST checks a table pasted or uploaded. Nothing is kept."""
    snapshot = current()
    frame = _form(request, desk, snapshot)
    if request.method == "POST":
        frame |= _table(request)
        if request.POST.get("viec") == "xlsx" and frame.get("table"):
            return file_response(table_xlsx(frame["table"]), form="xlsx", name="kiem tra so lieu")
    elif frame["typed"]["so"]:
        frame |= _typed(frame["typed"], desk, snapshot)
    wrong = any(frame["errors"].values())
    return render(request, "figures/check.html", frame, status=400 if wrong else 200)


def _form(request: HttpRequest, desk: Desk, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "typed": {name: request.GET.get(name, "").strip() for name in FIELDS}, "errors": {}, "section": "check",
        "populations": offered_populations(snapshot, desk), "measures": offered_measures(snapshot, desk), "today": desk.today,
    }  # fmt: skip


# --- figures typed


def _typed(typed: dict[str, str], desk: Desk, snapshot: Snapshot) -> dict[str, Any]:
    lines = [line.strip() for line in typed["so"].splitlines() if line.strip()][:MOST_LINES]
    errors: dict[str, str] = {}
    of, errors["mau"] = _whole(typed["mau"])
    at_most, errors["nhieu"] = _whole(typed["nhieu"])
    on, errors["ngay"] = day_of(typed["ngay"], desk.today)
    printed, errors["so"] = _printed(lines)
    counted, errors["doi"] = _recorded(typed, on, desk, snapshot)
    errors = {name: text for name, text in errors.items() if text}
    if errors:
        return {"errors": errors}
    rows = [{"printed_value": each.text, "denominator": str(of or "")} for each in printed]
    try:
        found = check_table(rows, at_most=at_most)
    except NumberError as error:
        return {"errors": {"nhieu": str(error)}}
    checked = [
        Line(row.printed, row.verdict, row.text, _against(each, counted) if counted else "") for row, each in zip(found.rows, printed)
    ]
    together = [sentence for group in found.groups for sentence in group.sentences]
    said = _words(counted) if counted else ()
    return {"checked": checked, "together": together, "said": said, "on": on}


def _whole(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    try:
        number = read_number_of(text)
    except NumberError as error:
        return None, str(error)
    return (number, "") if number > 0 else (None, "Tổng số phải là số nguyên từ 1 trở lên.")


def read_number_of(text: str) -> int:
    found = read_printed(text)
    if found.kind != "count" or found.number.places:
        raise NumberError(f"“{text}” không phải là số người; hãy ghi số nguyên, ví dụ 1.236.")
    return int(found.number.value)


def _printed(lines: Sequence[str]) -> tuple[list[Printed], str]:
    try:
        return [read_printed(line) for line in lines], ""
    except NumberError as error:
        return [], str(error)


def _recorded(typed: dict[str, str], on: Any, desk: Desk, snapshot: Snapshot) -> tuple[Count | None, str]:
    """What the records say of the population and measure chosen; None when none is chosen."""
    if not typed["doi"] and not typed["ct"]:
        return None, ""
    words = words_of(StatRequest(on=on), snapshot)
    population, measure = named_populations().get(typed["doi"]), named_measures().get(typed["ct"])
    if (typed["doi"] and not population) or (typed["ct"] and not measure):
        return None, "Không có đối tượng hay chỉ tiêu này; hãy chọn lại."
    wrong = next(filter(None, (refusal(each.that, words, desk) for each in (population, measure) if each)), "")
    if wrong:
        return None, wrong
    request = StatRequest(on=on, population=typed["doi"], measures=(typed["ct"],) if typed["ct"] else ())
    report = statistics(request=request, snapshot=snapshot, actor=desk.actor, scope=desk.scope)
    return report.rows[0].count, ""


def _against(printed: Printed, counted: Count) -> str:
    """The printed figure beside what the records give, unknown ones as room above."""
    highest = counted.count + counted.unknown
    share = printed.kind == "share"
    values = [Decimal(100 * n) / counted.of if share and counted.of else Decimal(n) for n in (counted.count, highest)]
    allowed = [printed.number.allows(value) for value in values]
    said = f"hồ sơ cho {thousands(counted.count)}/{thousands(counted.of)} = {percent_text(counted.count, counted.of)}"
    if printed.kind == "fraction":
        same = (int(printed.number.value), printed.of) == (counted.count, counted.of)
        return f"{'Khớp' if same else 'Không khớp'}: {said}."
    if allowed[0] and printed.number.approx and abs(values[0] - printed.number.value) * NEAR > printed.number.value:
        return f"Đúng theo chữ “{printed.number.approx}” nhưng còn xa: {said}."
    if allowed[0]:
        return f"Khớp: {said}."
    between = counted.unknown and (allowed[1] or values[0] <= printed.number.value <= values[1])
    if between:
        return f"Có thể khớp: {said}, còn {thousands(counted.unknown)} người chưa rõ."
    return f"{'Không khớp' if allowed[0] is False else 'Không đối chiếu được'}: {said}."


def _words(counted: Count) -> tuple[str, ...]:
    """How reports would write the figure of the records."""
    return (
        f"Số người: {thousands(counted.count)}; viết gọn: {about_text(counted.count)}.",
        f"Tỷ lệ: {percent_text(counted.count, counted.of)}; viết gọn: {about_percent_text(counted.count, counted.of)}.",
    )


# --- a table


def _table(request: HttpRequest) -> dict[str, Any]:
    """The table pasted, or the file; both are read in memory and forgotten."""
    file = request.FILES.get("tep")
    if file is not None and (file.size or 0) > MOST_BYTES:
        return {"errors": {"bang": "Tệp quá lớn; bảng số liệu chỉ đến 500 KB. Hãy chia thành nhiều tệp."}, "pasted": ""}
    try:
        text = file.read().decode("utf-8-sig") if file is not None else request.POST.get("bang", "")[:MOST_BYTES]
        at_most, wrong = _whole(request.POST.get("nhieu", "").strip())
        if wrong:
            return {"errors": {"nhieu_bang": wrong}, "pasted": text}
        found = check_table(read_table(text), at_most=at_most)
    except UnicodeDecodeError:
        return {"errors": {"bang": "Tệp không phải CSV mã UTF-8; hãy lưu lại bằng “CSV UTF-8” rồi tải lên."}, "pasted": ""}
    except (NotATable, NumberError) as error:
        return {"errors": {"bang": str(error)}, "pasted": text}
    counts = [(WORDS[verdict], found.count(verdict)) for verdict in WORDS if found.count(verdict)]
    rows = [(row, SIGNS[row.verdict]) for row in found.rows if row.verdict != "no-figure"]
    return {"table": found, "pasted": text, "table_rows": rows, "counts": counts, "at_most": request.POST.get("nhieu", "")}


def table_xlsx(found: TableCheck) -> bytes:
    """The checks as a workbook: every row with its verdict, the populations checked together beneath."""
    rows = [[row.line, row.about, row.printed, row.word, row.text] for row in found.rows]
    notes = tuple(f"{group.about}: {' '.join(group.sentences)}" for group in found.groups)
    lines = (f"{thousands(found.count('impossible'))} số không thể có trong {thousands(len(found.rows))} dòng",)
    return xlsx(Table("Kiểm tra số liệu đã in", ("Dòng", "Đối tượng", "Số đã in", "Kết luận", "Vì sao"), rows, lines, notes))


__all__ = ["figure_check", "table_xlsx"]
