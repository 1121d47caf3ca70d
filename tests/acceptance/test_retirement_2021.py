"""The retirement month of each of the 868 candidates: exact for exact birth dates, a range for year-only ones."""

import csv
from datetime import date
from pathlib import Path

import pytest

from canbo.facts.build import build
from canbo.facts.registry import Ask
from canbo.facts.tables import make
from canbo.kernel.dates import PartialDate, read_date

pytestmark = pytest.mark.shared


def naive(born: date, sex: str) -> date:
    """Nghị định 135/2020, read again: years one after another, the first in which the age is reached by December."""
    for year in range(2021, 2100):
        months = min(60 * 12 + 3 * (year - 2020), 62 * 12) if sex == "nam" else min(55 * 12 + 4 * (year - 2020), 60 * 12)
        reached = born.year * 12 + born.month - 1 + months
        if reached <= year * 12 + 11:
            return date(reached // 12, reached % 12 + 1, 1)
    raise AssertionError(born)


def test_every_candidates_month(shared_data: Path) -> None:
    with (shared_data / "na15" / "candidates.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    people = [
        {"id": n, "full_name": "x", "birth": read_date(row["Ngày tháng năm sinh"]).iso, "sex": "nu" if row["Giới tính"] == "Nữ" else "nam"}
        for n, row in enumerate(rows, 1)
    ]
    service = [{"id": n, "person": n, "unit": 1, "start": "2000"} for n in range(1, len(people) + 1)]
    tables = make(unit=[{"id": 1, "code": "qh", "name": "Quốc hội"}], person=people, employment=service)
    frame = build(tables=tables, ask=Ask(on=date(2021, 4, 26)), names=["retires_on"])
    found = {key: (lo, hi) for key, lo, hi in frame.select("key", "retires_on.lo", "retires_on.hi").iter_rows()}
    exact = ranges = over = 0
    for person in people:
        born = PartialDate.from_iso(person["birth"])
        first, last = naive(born.lo, person["sex"]), naive(born.hi, person["sex"])
        lo, hi = found[person["id"]]
        if lo is None:
            assert first.year * 12 + first.month <= 2021 * 12 + 12, person  # reached before the table begins
            over += 1
            continue
        assert (lo.replace(day=1), hi.replace(day=1)) == (first, last), person
        exact += born.precision != "year"
        ranges += born.precision == "year"
    assert exact + ranges + over == 868
    assert exact > 750
