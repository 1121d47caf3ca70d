"""The five localities: every count is dealt exactly, and every life could have been lived."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from canbo.demo.dealing import CannotDeal, deal, spread
from canbo.demo.district import District, build_district
from canbo.demo.local_classes import hold_classes, make_plans
from canbo.demo.local_dossiers import dossiers
from canbo.demo.local_lives import Local, settle
from canbo.demo.locality import CODES, locality
from canbo.demo.people import Dossier
from canbo.kernel.dates import PartialDate, full_years

Made = tuple[District, list[Local], list[Dossier]]


@pytest.fixture(scope="module", params=CODES)
def made(request: pytest.FixtureRequest) -> Made:
    district = build_district(locality(request.param))
    people = settle(district, seed=11)
    hold_classes(district, people, seed=11)
    make_plans(district, people, seed=11)
    return district, people, dossiers(district, people, seed=11)


def rows(one: Dossier, table: str) -> list[dict[str, Any]]:
    return [row for name, row in one.records if name == table]


def test_deal_gives_each_value_as_often_as_told() -> None:
    people = list(range(20, 60))
    dealt = deal(Random(1), people, {"cao-cap": 5, "": 35}, fits=lambda age, value: value == "" or age >= 50)
    assert Counter(dealt) == {"cao-cap": 5, "": 35}
    assert all(age >= 50 for age, value in zip(people, dealt, strict=True) if value)


@pytest.mark.parametrize("counts", [{"nu": 3}, {"nu": 2, "nam": 3}, {"cao-cap": 4}])
def test_deal_refuses_counts_that_do_not_fit(counts: dict[str, int]) -> None:
    with pytest.raises(CannotDeal):
        deal(Random(1), [20, 30, 40, 50], counts, fits=lambda age, value: value != "cao-cap" or age > 30)


def test_spread_differs_by_one_at_most() -> None:
    assert spread(4187, 69) == [61] * 47 + [60] * 22
    assert sum(spread(2638, 17)) == 2638


def test_groups_hold_what_their_file_tells(made: Made) -> None:
    district, people, _ = made
    for group in district.locality.groups:
        mine = [person for person in people if person.group is group]
        for name in ("degree", "theory", "sex", "management"):
            told = {value: count for value, count in getattr(group, name).items() if count}
            assert Counter(getattr(person, name) for person in mine) == told, (group.name, name)
        assert Counter(person.title for person in mine) == group.titles


def test_nobody_is_recruited_or_joins_the_party_as_a_child(made: Made) -> None:
    for one in made[2]:
        birth = date.fromisoformat(one.person["birth"])
        for column in ("recruited_on", "party_joined"):
            if column in one.person:
                assert full_years(PartialDate.from_iso(str(birth)), date.fromisoformat(one.person[column]))[0] >= 18, one.person


def test_what_was_learned_lies_between_school_and_the_day_told(made: Made) -> None:
    district, people, written = made
    for person, one in zip(people, written, strict=True):
        for row in rows(one, "qualification"):
            if "obtained" in row:
                obtained = date.fromisoformat(row["obtained"])
                assert one.person["birth"] < str(obtained) <= str(district.locality.on), row
                assert obtained.year - int(one.person["birth"][:4]) >= 18, (row, one.person["birth"])
        assert person.told_on == district.locality.on.toordinal()


def test_service_has_no_gap_and_posts_lie_within_it(made: Made) -> None:
    for one in made[2]:
        served = rows(one, "employment")
        for before, after in pairwise(served):
            assert before["end"] == after["start"], one.person["key"]
        first, last = served[0]["start"], served[-1].get("end")
        for holding in rows(one, "holding"):
            assert first[:7] <= holding["start"][:7]
            assert last is None or holding["end"] <= last


def test_no_seat_is_held_twice(made: Made) -> None:
    held: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in made[2]:
        for holding in rows(one, "holding"):
            if holding["seat_id"]:
                held[holding["seat_id"]].append((holding["start"], holding.get("end", "9999")))
    assert held
    for spans in held.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))


def test_every_unit_that_ended_has_a_successor_of_the_next_map(made: Made) -> None:
    units, links = made[0].world.rows["unit"], made[0].world.rows["succession"]
    assert {n for n, unit in enumerate(units, start=1) if unit.get("end")} == {link["old_id"] for link in links}
    for link in links:
        old, new = units[link["old_id"] - 1], units[link["new_id"] - 1]
        assert old["end"] == link["on"] and new.get("start") in (None, link["on"]), (old, new)


def test_classes_are_attended_by_people_at_work(made: Made) -> None:
    for person in made[1]:
        for turn in person.turns:
            start = date.fromisoformat(str(turn["start"])).toordinal()
            assert person.recruited < start and person.left is None
        assert len({(turn["training"], turn["start"]) for turn in person.turns}) == len(person.turns)


def test_the_rotated_secretary_serves_in_the_commune_and_comes_back() -> None:
    district = build_district(locality("binh-gia"))
    people = settle(district, seed=5)
    one = next(person for person in people if person.group.stages)
    told = [(step.title, step.start_text, step.end_text, step.kind) for step in one.steps[1:]]
    assert told == [
        ("bi-thu-doan-huyen", "2014-03", "2017-02", "elected"),
        ("bi-thu-xa", "2017-02", "2018-12", "rotated"),
        ("pho-truong-ban-to-chuc-huyen", "2018-12", "", "elected"),
    ]
    written = dossiers(district, people, seed=5)[one.number]
    assert [row["unit_id"] for row in rows(written, "employment")][-2] == district.places["xa-cu-06091"].unit
