"""Posts, seats, plan entries, attendances and units: who is counted, and their facts."""

from datetime import date
from typing import Any

import pytest

from canbo.facts.build import build
from canbo.facts.catalogue import FACTS
from canbo.facts.registry import Ask, Subject
from canbo.facts.tables import Tables
from tests.facts.world import ON, value, world

D = date


def all_subjects() -> Tables:
    return world(
        person={"sex": "nu"},
        holding=[
            {"start": "2015-03-10", "term_end": "2025", "title": 1, "unit": 2, "seat": 1, "kind": "main", "title_text": "Bí thư"},
            {"start": "2012", "end": "2014", "title": 2},
        ],
        post=[{"id": 1, "unit": 2, "title": 1, "staff_kind": "can-bo", "start": "2010"}],
        seat=[{"id": 1, "post": 1, "number": 1, "start": "2010"}, {"id": 2, "post": 1, "number": 2, "start": "2010"}],
        plan_entry=[
            {"start": "2021-05-01", "title": 1, "term": 1, "unit": 2, "plan_class": "A", "origin": "tai-cho"},
            {"start": "2015", "end": "2020", "title": 2},
        ],
        term=[{"id": 1, "code": "2025-2030", "side": "dang", "start": "2025"}],
        attendance=[
            {"training": "Lớp QPAN", "kind": "quoc-phong-an-ninh", "start": "2022-05", "end": "2022-06-01", "hours": 40,
             "form": "tap-trung", "result": "gioi", "level": "x", "funding": "ngân sách"},
            {"training": "Lớp sau", "start": "2024-05"},
        ],
        norm=[
            {"id": 1, "unit": 2, "staff_kind": "can-bo", "count": 10, "start": "2020"},
            {"id": 2, "unit": 2, "count": 9, "start": "2020"},
        ],
    )  # fmt: skip


CASES: list[tuple[Subject, str, Any]] = [
    ("holding", "post_title", "bi-thu-xa"),
    ("holding", "post_text", "Bí thư"),
    ("holding", "post_unit", "H01.02"),
    ("holding", "holding_kind", "main"),
    ("holding", "post_key", True),
    ("holding", "post_since", (D(2015, 3, 10), D(2015, 3, 10))),
    ("holding", "post_term_end", (D(2025, 1, 1), D(2025, 12, 31))),
    ("holding", "sex", "nu"),
    ("seat", "seat_filled", True),
    ("seat", "vacant", False),
    ("seat", "seat_title", "bi-thu-xa"),
    ("seat", "seat_unit", "H01.02"),
    ("seat", "seat_staff_kind", "can-bo"),
    ("seat", "sex", "nu"),
    ("entry", "plan_title", "bi-thu-xa"),
    ("entry", "plan_term", "2025-2030"),
    ("entry", "plan_class", "A"),
    ("entry", "plan_origin", "tai-cho"),
    ("entry", "plan_unit", "H01.02"),
    ("entry", "plan_since", (D(2021, 5, 1), D(2021, 5, 1))),
    ("attendance", "training_name", "Lớp QPAN"),
    ("attendance", "training_kind", "quoc-phong-an-ninh"),
    ("attendance", "training_family", "boi-duong"),
    ("attendance", "training_level", "x"),
    ("attendance", "training_form", "tap-trung"),
    ("attendance", "training_result", "gioi"),
    ("attendance", "training_start", (D(2022, 5, 1), D(2022, 5, 31))),
    ("attendance", "training_end", (D(2022, 6, 1), D(2022, 6, 1))),
    ("attendance", "training_year", (2022, 2022)),
    ("attendance", "training_hours", 40),
    ("attendance", "training_funding", "ngân sách"),
    ("attendance", "unit", "H01.02"),
    ("unit", "norm", None),
    ("unit", "own_code", "H01"),
    ("unit", "headcount", 0),
]


@pytest.mark.parametrize(("subject", "name", "expected"), CASES)
def test_fact_of_the_first_subject(subject: Subject, name: str, expected: Any) -> None:
    assert value(all_subjects(), name, subject=subject) == expected


def test_every_fact_of_a_subject_has_a_case() -> None:
    assert {name for name, fact in FACTS.items() if fact.subject != "person"} == {
        name for _, name, _ in CASES if FACTS[name].subject != "person"
    }


def test_subjects_of_the_day_are_those_in_place() -> None:
    tables = all_subjects()
    subjects: list[Subject] = ["person", "holding", "seat", "entry", "attendance", "unit"]
    keys = {subject: build(tables=tables, ask=Ask(ON), names=[], subject=subject)["key"].to_list() for subject in subjects}
    assert keys == {"person": [1], "holding": [1], "seat": [1, 2], "entry": [1], "attendance": [1], "unit": [1, 2]}


def test_a_vacant_seat_is_nobodys() -> None:
    frame = build(tables=all_subjects(), ask=Ask(ON), names=["seat_filled", "sex"], subject="seat")
    assert frame.select("key", "person_id", "seat_filled", "sex").rows() == [(1, 1, True, "nu"), (2, None, False, None)]


def test_a_seat_seen_filled_in_a_later_list_is_unknown_before_it() -> None:
    tables = world(
        post=[{"id": 1, "unit": 2, "title": 1}],
        seat=[{"id": 1, "post": 1, "number": 1, "start": "2010"}],
        holding=[{"start": "2023-12-31", "since_list": True, "seat": 1}],
    )
    assert [value(tables, "seat_filled", on=day, subject="seat") for day in (D(2022, 1, 1), ON)] == [None, True]


def test_posts_and_entries_of_a_list_are_counted_from_its_day() -> None:
    seen = [{"start": "2023-12-31", "since_list": True, "title": 1}]
    tables = world(holding=seen, plan_entry=seen)
    subjects: list[Subject] = ["holding", "entry"]
    asks = [Ask(D(2023, 12, 30)), Ask(ON)]
    counted = [[build(tables=tables, ask=a, names=[], subject=s).height for a in asks] for s in subjects]
    assert counted == [[0, 1], [0, 1]]


def test_a_unit_counts_its_staff_and_its_norm() -> None:
    frame = build(tables=all_subjects(), ask=Ask(ON), names=["norm", "headcount"], subject="unit")
    assert frame.select("norm", "headcount").rows() == [(None, 0), (19, 1)]


def test_people_of_one_dossier_alone_have_the_facts_they_have_among_all() -> None:
    tables = all_subjects()
    names = [name for name, fact in FACTS.items() if fact.subject == "person"]
    whole = build(tables=tables, ask=Ask(ON), names=names)
    assert build(tables=tables.of_people([1]), ask=Ask(ON), names=names).equals(whole)
