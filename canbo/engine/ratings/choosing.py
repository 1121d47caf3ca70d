"""Which regime a grade of a year was given under: by what the list says, else by the kind of staff; the shipped regimes alone."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from canbo.engine.law.loader import CENTRAL
from canbo.engine.law.model import Period
from canbo.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Named:
    """One version of a regime of persons by the words a list has for it: whom it rates, the number of its decree."""

    code: str
    whom: str
    number: str
    capacity: str
    staff_kinds: frozenset[str]
    period: Period


def regime_of_year(*, year: int, capacity: str, staff_kinds: frozenset[str], said: str = "") -> str:
    """The code of the regime on the last day of the year, "" where what is known leads to none or to several.

    `said` = `Nghị định 90/2020/NĐ-CP`, `NĐ 335`, `Đánh giá công chức`; what it names must have been in force that year.
    """
    on, words = date(year, 12, 31), fold(said)
    fits = [one for one in _versions() if one.capacity == capacity and one.period.holds(on)]
    if words:
        fits = [one for one in fits if _is_said(one, words)]
    if staff_kinds:
        fits = [one for one in fits if not one.staff_kinds or staff_kinds <= one.staff_kinds]
    codes = {one.code for one in fits} if words or staff_kinds or capacity == "party" else set()
    return codes.pop() if len(codes) == 1 else ""


def _is_said(one: Named, words: str) -> bool:
    """The number with its year where the words have one, the bare number after `NĐ`, or whom the regime rates."""
    if found := re.search(r"\b(\d{1,4})\s*[/-]\s*(\d{4})\b", words):
        return one.number.startswith(f"{found[1]}/{found[2]}/")
    if found := re.search(r"\b(\d{1,4})\b", words):
        return re.match(r"\d+", one.number) is not None and re.split(r"\D", one.number)[0] == found[1]
    return one.whom in words


@cache
def _versions() -> tuple[Named, ...]:
    told = tomllib.loads((CENTRAL / "documents.toml").read_text(encoding="utf-8"))
    numbers = {row["key"]: row["number"] for row in told["document"]}
    found = []
    for path in sorted((CENTRAL / "regimes").glob("*.toml")):
        for regime in tomllib.loads(path.read_text(encoding="utf-8"))["regime"]:
            whom = fold(regime["label"].removeprefix("Đánh giá, xếp loại "))
            for row in regime["version"]:
                if row["of"] == "person":
                    found.append(Named(
                        regime["code"], whom, numbers.get(row["document"], ""), row.get("capacity", "official"),
                        frozenset(row.get("staff_kinds", ())), Period(row["from"], row.get("to")),
                    ))  # fmt: skip
    return tuple(found)
