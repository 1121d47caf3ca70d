"""A form as law data: numbered columns, each an expression of the language, and the checks printed with it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "laws" / "forms"


class UnknownForm(Exception):
    """No such form; the text names those there are."""


@dataclass(frozen=True)
class Column:
    """`that` None = not counted from people (the allotted number)."""

    number: int
    group: str
    label: str
    that: str | None


@dataclass(frozen=True)
class Check:
    """The sum of `parts` stands to the column `whole` as `op` says (`==` or `<=`)."""

    parts: tuple[int, ...]
    op: str
    whole: int
    label: str


@dataclass(frozen=True)
class Form:
    code: str
    title: str
    label: str
    document: str
    evidence: str
    where: str
    quota_column: int | None
    quota_staff_kind: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]


@cache
def load_form(code: str) -> Form:
    """The form of that code; UnknownForm names the forms there are."""
    if code not in form_codes():
        raise UnknownForm(f"Không có biểu “{code}”; các biểu: {', '.join(form_codes())}.")
    raw = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    columns = tuple(Column(c["number"], c["group"], c["label"], c.get("that")) for c in raw.pop("column"))
    checks = tuple(Check(tuple(c["parts"]), c["op"], c["whole"], c["label"]) for c in raw.pop("check"))
    return Form(**raw, columns=columns, checks=checks)


@cache
def form_codes() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
