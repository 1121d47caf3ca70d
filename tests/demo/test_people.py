"""Invented people: the same on every machine, and lives that could have been lived."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from canbo.demo.dates import ordinal
from canbo.demo.geography import geography
from canbo.demo.organization import build_world
from canbo.demo.people import DATES, OPTIONAL, Dossier, people
from canbo.demo.world import World
from canbo.kernel.dates import PartialDate, full_years
from canbo.kernel.spans import Span, holds

ON = date(2026, 6, 30)
SIZE = 1200


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(people=SIZE, seed=7, geography=geography("19"))


@pytest.fixture(scope="module")
def crowd(world: World) -> list[Dossier]:
    return list(people(world=world, total=SIZE, seed=7, on=ON))


def rows(one: Dossier, table: str) -> list[dict]:
    return [row for name, row in one.records if name == table]


def day(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


def test_same_seed_gives_the_same_people_whatever_the_batches(world: World, crowd: list[Dossier]) -> None:
    again = build_world(people=SIZE, seed=7, geography=geography("19"))
    parts = [range(100), range(100, 777), range(777, SIZE)]
    made = [one for part in parts for one in people(world=again, total=SIZE, seed=7, on=ON, numbers=part)]
    assert again.rows == world.rows
    assert made == crowd


def test_another_seed_gives_other_people(world: World, crowd: list[Dossier]) -> None:
    other = list(people(world=world, total=SIZE, seed=8, on=ON, numbers=range(20)))
    assert not {one.person["key"] for one in other} & {one.person["key"] for one in crowd}
    assert [one.person["full_name"] for one in other] != [one.person["full_name"] for one in crowd[:20]]


def test_nineteen_rows_a_person_and_more(crowd: list[Dossier]) -> None:
    assert sum(1 + len(one.records) for one in crowd) / SIZE >= 19


def test_three_percent_missing_and_a_tenth_by_year_only(crowd: list[Dossier]) -> None:
    births = Counter(len(one.person.get("birth", "")) for one in crowd)
    assert 0.02 <= births[0] / SIZE <= 0.04
    assert 0.075 <= births[4] / (SIZE - births[0]) <= 0.125
    degrees = [r for one in crowd for r in rows(one, "qualification") if r["kind"] == "chuyen-mon"]
    assert 0.02 <= sum("level" not in row for row in degrees) / len(degrees) <= 0.04
    dated = [r["start"] for one in crowd for r in rows(one, "attendance")]
    assert 0.08 <= sum(len(text) == 4 for text in dated) / len(dated) <= 0.12
    ratings = [r for one in crowd for r in rows(one, "rating")]
    assert 0.02 <= sum("grade" not in row for row in ratings) / len(ratings) <= 0.04


def test_columns_that_may_be_missing_exist(crowd: list[Dossier]) -> None:
    for table in OPTIONAL.keys() | DATES.keys():
        found = [one.person for one in crowd] if table == "person" else [r for one in crowd for r in rows(one, table)]
        seen = set().union(*found)
        assert {*OPTIONAL.get(table, ()), *DATES.get(table, ())} <= seen, table


def test_nobody_serves_before_eighteen_or_past_retirement(crowd: list[Dossier]) -> None:
    for one in crowd:
        if "birth" not in one.person:
            continue
        born = day(one.person["birth"])
        starts = [day(row["start"]) for table in ("employment", "holding") for row in rows(one, table)]
        assert all(full_years(born, start.hi)[1] >= 18 for start in starts), one.number
        if "retired_on" not in one.person and "sex" in one.person:
            assert full_years(born, ON)[0] <= {"nam": 61, "nu": 56}[one.person["sex"]], one.number


def test_degrees_come_before_posts_and_nothing_after_the_day_told(crowd: list[Dossier]) -> None:
    for one in crowd[:-2]:
        degrees = [day(r["obtained"]) for r in rows(one, "qualification") if r["kind"] == "chuyen-mon" and "obtained" in r]
        first_post = min(day(row["start"]).hi for row in rows(one, "employment"))
        if len(degrees) == 1 and all("obtained" in r for r in rows(one, "qualification") if r["kind"] == "chuyen-mon"):
            assert degrees[0].lo <= first_post, one.number
        past = [r[c] for t, r in one.records if t != "discipline" for c in DATES.get(t, ()) if c in r]
        told = past + [r["start"] for r in rows(one, "employment")]
        assert all(day(text).lo <= ON for text in told), one.number


def test_party_dates_follow_one_another(crowd: list[Dossier]) -> None:
    for one in crowd:
        person = one.person
        if "party_joined" in person and "party_official" in person:
            assert day(person["party_joined"]).lo < day(person["party_official"]).hi, one.number
        assert not ("party_joined" in person and person.get("party_status") == "khong"), one.number


def test_posts_follow_one_another_without_overlap(crowd: list[Dossier]) -> None:
    for one in crowd:
        spans = sorted((r["start"], r.get("end", "9999")) for r in rows(one, "employment"))
        assert all(a[1] <= b[0] for a, b in pairwise(spans)), one.number
        open_ends = [r for r in rows(one, "holding") if "end" not in r and r["kind"] != "concurrent"]
        assert len(open_ends) == (0 if "retired_on" in one.person else 1), one.number


def test_a_seat_has_one_holder_and_some_stand_empty(world: World, crowd: list[Dossier]) -> None:
    taken = [r["seat_id"] for one in crowd for r in rows(one, "holding") if r.get("seat_id")]
    assert len(taken) == len(set(taken))
    assert 0.01 <= 1 - len(taken) / len(world.rows["seat"]) <= 0.1


def test_records_stay_inside_the_dates_of_their_units(world: World, crowd: list[Dossier]) -> None:
    for one in crowd:
        for table in ("employment", "holding"):
            for row in rows(one, table):
                unit = world.rows["unit"][row["unit_id"] - 1]
                assert ordinal(row["start"]) >= ordinal(unit.get("start") or "1930") or len(row["start"]) == 4, (one.number, row)
                assert row.get("end", "9999") <= (unit.get("end") or "9999"), (one.number, row)


def test_it_looks_like_a_locality(world: World, crowd: list[Dossier]) -> None:
    serving = [one for one in crowd if "retired_on" not in one.person]
    women = sum(one.person["sex"] == "nu" for one in serving) / len(serving)
    minority = sum(one.person.get("ethnicity", "kinh") != "kinh" for one in serving) / len(serving)
    assert 0.30 <= women <= 0.40
    assert 0.15 <= minority <= 0.45
    assert 0.04 <= 1 - len(serving) / SIZE <= 0.08


def test_one_commune_has_no_woman_in_its_standing_committee(world: World, crowd: list[Dossier]) -> None:
    women: Counter[int] = Counter()
    for one in crowd:
        for row in rows(one, "membership"):
            body = world.rows["body"][row["body_id"] - 1]
            now = holds(Span(day(row["start"]), day(row["end"])), ON)
            if body["kind"] == "btv" and now and world.rows["unit"][body["unit_id"] - 1]["kind"] == "xa":
                women[body["unit_id"]] += one.person["sex"] == "nu"
    assert sorted(women.values())[0] == 0
    assert len(women) >= 10
    assert sum(count >= 1 for count in women.values()) >= len(women) - 2


def test_one_person_stands_twice_and_one_only_shares_a_name(crowd: list[Dossier]) -> None:
    double, homonym = crowd[-1].person, crowd[-2].person
    same = [p.person for p in crowd[:-2] if p.person["full_name"] == double["full_name"] and p.person.get("birth") == double["birth"]]
    assert len(same) == 1
    assert "personal_id" not in double
    named = [p.person for p in crowd[:-2] if p.person["full_name"] == homonym["full_name"]]
    assert named
    assert all(p.get("birth") != homonym.get("birth") or "birth" not in p for p in named)


def test_personal_ids_are_unique_and_tell_sex_and_year(crowd: list[Dossier]) -> None:
    known = [one.person for one in crowd if "personal_id" in one.person]
    assert len({p["personal_id"] for p in known}) == len(known)
    assert all(len(p["personal_id"]) == 12 and int(p["personal_id"][3]) % 2 == (p["sex"] == "nu") for p in known)
    assert all(p["personal_id"][4:6] == p["birth"][2:4] for p in known if "birth" in p)
