"""What a person answered about one list: sheets, columns, rows. Cells and names may stand in it, so it is kept sealed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from canbo.audit.changes import keyring
from canbo.imports.book.rawsheet import RawBook

NEW_PERSON = 0


@dataclass(frozen=True, kw_only=True)
class SheetAnswer:
    """How one sheet is read: left out, of another kind, another day, another unit (code); empty = as found."""

    leave_out: bool = False
    kind: str = ""
    on: str = ""
    unit: str = ""

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.on) if self.on else None


@dataclass(frozen=True, kw_only=True)
class RowAnswer:
    """What was decided of one row.

    `skip`: not written; `take`: written although hidden; `person`: id of the dossier it is, 0 = a new person;
    `cells`: column letter → corrected text; `fields`: contested field → keep | take | dispute, with `reason`;
    `clear`: empty the values whose cells were emptied.
    """

    skip: bool = False
    take: bool = False
    person: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    clear: bool = False


@dataclass(kw_only=True)
class Answers:
    """All answers of one list; `mapping` is the columns as confirmed, in the shape of `saved_mapping`."""

    sheets: dict[str, SheetAnswer] = field(default_factory=dict)
    mapping: dict[str, Any] | None = None
    rows: dict[str, dict[int, RowAnswer]] = field(default_factory=dict)
    clear_all: bool = False

    def of_row(self, sheet: str, row: int) -> RowAnswer:
        return self.rows.get(sheet, {}).get(row, RowAnswer())

    def of_sheet(self, name: str) -> SheetAnswer:
        return self.sheets.get(name, SheetAnswer())

    def put_row(self, sheet: str, row: int, answer: RowAnswer) -> None:
        kept = self.rows.setdefault(sheet, {})
        kept[row] = answer
        if answer == RowAnswer():
            del kept[row]


def seal_answers(answers: Answers, *, upload: int) -> str:
    """Text for a job's payload that opens only with the file it is about."""
    data = {
        "sheets": {name: vars(told) for name, told in answers.sheets.items()},
        "mapping": answers.mapping,
        "rows": {sheet: {str(row): vars(told) for row, told in rows.items()} for sheet, rows in answers.rows.items()},
        "clear_all": answers.clear_all,
    }
    return keyring().seal(json.dumps(data, ensure_ascii=False, default=dict), place=_place(upload))


def open_answers(payload: Mapping[str, Any]) -> Answers:
    """The answers of a job's payload; none yet for a list that was only just sent."""
    if not payload.get("answers"):
        return Answers(mapping=payload.get("mapping"))
    data = json.loads(keyring().open(payload["answers"], place=_place(payload["upload"])))
    return Answers(
        sheets={name: SheetAnswer(**told) for name, told in data["sheets"].items()},
        mapping=data["mapping"],
        rows={
            sheet: {int(row): RowAnswer(**told) for row, told in rows.items()} for sheet, rows in data["rows"].items()
        },
        clear_all=data["clear_all"],
    )


def _place(upload: int) -> str:
    return f"import.answers:{upload}"


def corrected(book: RawBook, answers: Answers) -> RawBook:
    """The book with the cells as they were corrected on the page; the file itself stays as it was sent."""
    for sheet in book.sheets:
        # The one sheet of a CSV file gets its name only when it is read.
        only = next(iter(answers.rows.values()), {}) if book.kind == "csv" else {}
        told = answers.rows.get(sheet.name, only)
        for line in sheet.rows if told else ():
            for letter, text in told[line[0]].cells.items() if line[0] in told else ():
                _put_cell(line[1], _index(letter), text)
    return book


def _put_cell(cells: list[Any], index: int, text: str) -> None:
    cells.extend([None] * (index + 1 - len(cells)))
    cells[index] = text or None


def _index(letter: str) -> int:
    number = 0
    for one in letter:
        number = number * 26 + ord(one) - 64
    return number - 1
