"""One person looked up by herself has the facts and records that a count of everybody gives her."""

from datetime import date

import polars as pl
import pytest

from canbo.facts.build import build
from canbo.facts.records import code_at, place_of
from canbo.facts.registry import Ask
from canbo.facts.tables import make
from canbo.snapshot import persons
from canbo.snapshot.persons import facts_of, served_by
from canbo.snapshot.store import Snapshot, snapshot_of
from tests.facts.world import ON, TITLES, UNITS

NAMES = frozenset({
    "name", "age_band", "degree", "political_theory", "rating", "good_years", "titles_ever", "planned_for", "months_left", "months_in_post",
    "appointment_barred", "staff_kind", "unit_code",
})  # fmt: skip
LATER = date(2026, 6, 30)


@pytest.fixture
def snapshot() -> Snapshot:
    """An and Bình serve, Chi has left, Dũng's dossier went into An's; papers stand in no order of people."""
    people = [("Nguyễn Văn An", "nam", "1980-05"), ("Trần Thị Bình", "nu", "1975"), ("Lê Chi", "nu", "1960-01-02"), ("An", "nam", None)]
    papers = [
        (2, "chuyen-mon", "trung-cap", "1999"), (1, "chuyen-mon", "dai-hoc", "2004"), (1, "llct", "cao-cap", "2024"),
        (2, "chuyen-mon", "thac-si", "2025"), (1, "llct", "trung-cap", "2015"), (3, "chuyen-mon", "dai-hoc", "1985"),
    ]  # fmt: skip
    grades = [(1, 2023, "hoan-thanh-tot"), (2, 2023, "hoan-thanh"), (1, 2022, "hoan-thanh-xuat-sac")]
    tables = make(
        unit=UNITS, title=TITLES, term=[{"id": 1, "code": "2025-2030", "side": "dang", "start": "2025"}],
        person=[{"id": n, "full_name": name, "sex": sex, "birth": birth, "ethnicity": "tay", "merged_into": 1 if n == 4 else None}
                for n, (name, sex, birth) in enumerate(people, 1)],
        employment=[
            {"id": 1, "person": 2, "unit": 2, "start": "2012-03", "staff_kind": "cong-chuc"},
            {"id": 2, "person": 1, "unit": 1, "start": "2005", "end": "2019"},
            {"id": 3, "person": 3, "unit": 2, "start": "1990", "end": "2015-06"},
            {"id": 4, "person": 1, "unit": 2, "start": "2020"}, {"id": 5, "person": 4, "unit": 2, "start": "2010"},
        ],
        holding=[{"id": 1, "person": 2, "unit": 2, "title": 2, "kind": "main", "start": "2012-03"},
                 {"id": 2, "person": 1, "unit": 2, "title": 1, "kind": "rotated", "start": "2020"},
                 {"id": 3, "person": 1, "unit": 1, "title": 2, "kind": "main", "start": "2005", "end": "2019"}],
        qualification=[{"id": n, "person": who, "kind": kind, "level": level, "obtained": year}
                       for n, (who, kind, level, year) in enumerate(papers, 1)],
        rating=[{"id": n, "person": who, "period_kind": "year", "period": str(year), "capacity": "official", "grade": grade}
                for n, (who, year, grade) in enumerate(grades, 1)],
        discipline=[{"id": 1, "person": 2, "side": "dang", "form": "khien-trach", "decided_on": "2023-11-01"}],
        declared_none=[{"id": 1, "person": 1, "kind": "discipline", "known_from": "2023-01-01"}],
        plan_entry=[{"id": 1, "person": 2, "title": 1, "unit": 2, "term": 1, "start": "2023-05-01"}],
    )  # fmt: skip
    return snapshot_of(0, tables.frames)


@pytest.mark.parametrize("on", [ON, LATER])
def test_facts_of_one_are_those_of_the_count(snapshot: Snapshot, on: date) -> None:
    everybody = build(tables=snapshot.tables, ask=Ask(on=on), names=NAMES, sources=True)
    for person in (1, 2, 3, 4):
        found = facts_of(person, ask=Ask(on=on), names=NAMES, snapshot=snapshot)
        assert found.rows(named=True) == everybody.filter(pl.col("key") == person).rows(named=True)
        assert found.height == (person in (1, 2))
        assert served_by(person, on, snapshot=snapshot)["unit"].to_list() == [2] * found.height


def test_answers_are_kept_and_the_oldest_given_up(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persons, "KEPT", 6)
    ask, names = Ask(on=ON), frozenset({"degree"})
    first = facts_of(1, ask=ask, names=names, snapshot=snapshot)
    assert facts_of(1, ask=ask, names=names, snapshot=snapshot) is first
    for person in (2, 3, 4):
        facts_of(person, ask=ask, names=names, snapshot=snapshot)
    assert len(snapshot.people) == 6
    again = facts_of(1, ask=ask, names=names, snapshot=snapshot)
    assert again is not first
    assert again.equals(first)


def test_places_and_codes_are_each_others_inverse() -> None:
    steps = ["so-cap", "trung-cap", "cao-cap"]
    frame = pl.DataFrame({"code": ["cao-cap", None, "lạ", "so-cap"]}, schema={"code": pl.Categorical()})
    placed = frame.select(place_of(pl.col("code"), steps).alias("place"))
    assert placed["place"].to_list() == [2, None, None, 0]
    assert placed.select(code_at(pl.col("place"), steps))["place"].to_list() == ["cao-cap", None, None, "so-cap"]
