"""One row of a list as typed values, with everything there is to say about it."""

from dataclasses import dataclass, field
from typing import Any

from canbo.imports.reading.column import Column


@dataclass(kw_only=True)
class Problem:
    """What is wrong or was changed in a row; an `error` refuses the row, a `warning` leaves a value out, a `note` informs."""

    column: str
    field: str
    why: str
    severity: str = "warning"
    about: str = ""  # `two_digit_year` where a question about the column answers it

    @property
    def fatal(self) -> bool:
        return self.severity == "error"


@dataclass(kw_only=True)
class ListRow:
    """One row: `values` by field, `extras` by slug as (heading, text), `unit` from column, group or sheet.

    Values: dates are PartialDate, codes and texts str, marks bool; `ratings` and `party_ratings` are {year: (code, text)};
    `degrees` lists every degree with its field; `<field>_text` keeps what was written where a code cannot say it.
    """

    row: int
    group: tuple[str, ...] = ()
    unit: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    hidden: bool = False
    parts: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # a place in several columns, put together at the end
    unplaced: list[tuple[str, str]] = field(default_factory=list)  # (column letter, text)

    @property
    def refused(self) -> bool:
        return any(problem.fatal for problem in self.problems)

    def say(self, column: Column, why: str, *, severity: str = "warning", about: str = "") -> None:
        self.problems.append(
            Problem(column=column.letter, field=column.field or "", why=why, severity=severity, about=about)
        )
