"""What a file says: its tables, their columns and rows, and what a person is asked."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from canbo.imports.reading.column import Column
from canbo.imports.reading.listrow import ListRow
from canbo.imports.reading.plainvalues import plain

IGNORED = "ignored"


@dataclass(kw_only=True)
class SheetReading:
    """One table of the file; a sheet without people has kind `ignored` and says why."""

    name: str
    kind: str
    header_rows: list[int] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rows: list[ListRow] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)  # group, total, note, footer, header → rows
    decodings: dict[str, dict[str, Any]] = field(default_factory=dict)
    unit: str | None = None
    title: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    why: str = ""

    def times(self) -> Counter[str]:
        """How many columns each header stands over."""
        return Counter(column.header for column in self.columns)

    def mapping(self) -> dict[str, dict[str, Any]]:
        """Header → field and confidence, as the command line prints it; an asked column shows its proposal apart.

        Of columns with one header each is told by its letter too.
        """
        times = self.times()
        return {
            column.header
            if times[column.header] == 1 and column.header
            else f"{column.header} ({column.letter})".strip(): {
                "column": column.letter,
                "field": None if column.asked else column.field,
                "value": column.value or None,
                "confidence": column.confidence,
                "proposal": column.field if column.asked else None,
                "extra": None if (column.field and not column.asked) or column.left_out else column.slug,
                **({"refused": column.refused} if column.refused else {}),
            }
            for column in self.columns
        }


@dataclass(kw_only=True)
class Reading:
    """Everything a file says, before anybody is matched or written."""

    filename: str
    kind: str  # xlsx, xls, ods, csv
    encoding: str | None
    went_out: date | None = None  # when a list to be edited was taken out: what its cells were read from
    sheets: list[SheetReading] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)  # {"sheet", "row", "of", "why"}
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def hidden_rows(self) -> list[dict[str, Any]]:
        return [{"sheet": s.name, "row": r.row} for s in self.sheets for r in s.rows if r.hidden]

    @property
    def unplaced_values(self) -> list[dict[str, Any]]:
        """[{"sheet", "row", "column" (its header), "value"}] of texts no list knows."""
        found = []
        for sheet in self.sheets:
            headers = {column.letter: column.header for column in sheet.columns}
            for row in sheet.rows:
                found += [
                    {"sheet": sheet.name, "row": row.row, "column": headers[letter], "value": text}
                    for letter, text in row.unplaced
                ]
        return found

    def to_json(self) -> dict[str, Any]:
        told = {"hidden_rows": self.hidden_rows, "unplaced_values": self.unplaced_values}
        data: dict[str, Any] = plain(asdict(self) | told)
        return data
