"""What a person is asked before anything is written; each question carries the proposal that --yes would take."""

from typing import Any

from canbo.imports.book.rawsheet import RawBook
from canbo.imports.reading.sheets import Reading, SheetReading


def questions_of(reading: Reading, book: RawBook) -> list[dict[str, Any]]:
    """Questions about the whole file; those about one sheet are added to that sheet's own `asked`."""
    for sheet in reading.sheets:
        sheet.asked += [*_columns(sheet), *_hidden(sheet), *_legacy(sheet), *_two_digit_years(sheet)]
    asked = [*_duplicates(reading)]
    if not book.tells_hidden:
        text = "Loại tệp này không cho biết dòng, cột bị ẩn; nếu có dòng ẩn, hãy lưu dạng .xlsx rồi gửi lại."
        asked.append({"about": "hidden", "question": text, "proposal": "go-on"})
    return asked


def _columns(sheet: SheetReading) -> list[dict[str, Any]]:
    return [
        {
            "about": "column",
            "column": column.letter,
            "header": column.header,
            "question": column.asked,
            "proposal": column.field,
            "candidates": [
                {"field": g.field, "value": g.value or None, "confidence": g.score} for g in column.candidates
            ],
        }
        for column in sheet.columns
        if column.asked
    ]


def _hidden(sheet: SheetReading) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []
    if sheet.hidden_rows:
        shown = ", ".join(map(str, sheet.hidden_rows[:10]))
        text = f"Trang “{sheet.name}” có {len(sheet.hidden_rows)} dòng bị ẩn ({shown}); có nhập các dòng này không?"
        asked.append({"about": "hidden_rows", "rows": sheet.hidden_rows, "question": text, "proposal": "leave-out"})
    if sheet.hidden_columns:
        text = f"Trang “{sheet.name}” có cột bị ẩn ({', '.join(sheet.hidden_columns)}); có nhập các cột này không?"
        asked.append(
            {"about": "hidden_columns", "columns": sheet.hidden_columns, "question": text, "proposal": "import"}
        )
    return asked


def _legacy(sheet: SheetReading) -> list[dict[str, Any]]:
    told = {letter: d for letter, d in sheet.decodings.items() if d["before"]}
    if not told:
        return []
    samples = [(b, a) for d in told.values() for b, a in zip(d["before"], d["after"], strict=False)]
    before, after = samples[-1]
    letters = ", ".join(told)
    return [
        {
            "about": "encoding",
            "columns": list(told),
            "question": f"Các cột {letters} gõ bằng phông chữ cũ; đọc “{before}” thành “{after}” có đúng không?",
            "proposal": next(iter(told.values()))["encoding"],
            "samples": [{"before": b, "after": a} for b, a in samples[:20]],
        }
    ]


def _two_digit_years(sheet: SheetReading) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for row in sheet.rows:
        for problem in row.problems:
            if problem.about == "two_digit_year":
                counts[problem.column] = counts.get(problem.column, 0) + 1
    return [
        {
            "about": "two_digit_years",
            "column": letter,
            "question": f"Cột {letter} có {count} ngày ghi năm hai chữ số; hiểu theo tuổi của người trong danh sách (19.. hoặc 20..)?",
            "proposal": True,
        }
        for letter, count in counts.items()
    ]


def _duplicates(reading: Reading) -> list[dict[str, Any]]:
    if not reading.duplicates:
        return []
    rows = [{"sheet": d["sheet"], "row": d["row"], "of": d["of"]} for d in reading.duplicates]
    text = f"Có {len(rows)} dòng lặp lại người đã có trong cùng tệp; có bỏ các dòng này không?"
    return [{"about": "duplicates", "rows": rows, "question": text, "proposal": "leave-out"}]
