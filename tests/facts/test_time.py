"""Facts on different days: before and after a list, on the hand-over day, on the map of then and of now."""

from datetime import date

import pytest

from canbo.facts.build import UnknownFact, build
from canbo.facts.catalogue import vocabulary
from canbo.facts.registry import Ask
from canbo.facts.tables import make
from tests.facts.world import AN, ON, SERVES, UNITS, value, world

LISTED = {"kind": "llct", "level": "cao-cap", "known_from": "2021-04-26"}


def test_a_record_without_date_is_unknown_before_its_list() -> None:
    tables = world(qualification=[LISTED])
    days = [date(2021, 4, 25), date(2021, 4, 26)]
    assert [value(tables, "political_theory", on=day) for day in days] == [None, "cao-cap"]


def test_none_said_later_holds_before_and_gives_way_to_a_later_paper() -> None:
    tables = world(
        declared_none=[{"kind": "political_theory", "known_from": "2021-04-26"}],
        qualification=[{"kind": "llct", "level": "so-cap", "obtained": "2022-06-01"}],
    )
    days = [date(2020, 1, 1), date(2021, 4, 26), date(2022, 5, 31), date(2022, 6, 1)]
    assert [value(tables, "political_theory", on=day) for day in days] == ["chua-qua", "chua-qua", "chua-qua", "so-cap"]


def test_rating_is_of_the_last_finished_year() -> None:
    grades = [("2019", "hoan-thanh"), ("2020", "hoan-thanh-tot")]
    tables = world(rating=[{"period_kind": "year", "period": p, "capacity": "official", "grade": g} for p, g in grades])
    days = [date(2020, 12, 30), date(2020, 12, 31), date(2021, 12, 30), date(2021, 12, 31)]
    assert [value(tables, "rating", on=day) for day in days] == ["hoan-thanh", "hoan-thanh-tot", "hoan-thanh-tot", None]


def test_age_of_a_year_only_birth_is_between_two_values() -> None:
    assert value(world(person={"birth": "1968"}), "age", on=date(2023, 6, 1)) == (54, 55)


def test_planned_until_the_day_of_leaving_the_plan() -> None:
    tables = world(plan_entry=[{"start": "2020-01-01", "end": "2022-05-01"}])
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2022, 4, 30), date(2022, 5, 1)]
    assert [value(tables, "planned", on=day) for day in days] == [False, True, True, False]


# --- who is counted


def test_people_are_counted_while_they_serve() -> None:
    tables = make(
        person=[{"id": n} for n in (1, 2, 3, 4, 5)] + [{"id": 6, "merged_into": 1}],
        employment=[
            {"id": 1, "person": 1, "start": "2010", "end": "2023-12-31"},
            {"id": 2, "person": 2, "start": "2010", "end": "2023"},
            {"id": 3, "person": 3, "start": "2024-01-01", "since_list": True},
            {"id": 4, "person": 4, "start": "2023"},
            {"id": 5, "person": 5},
            {"id": 6, "person": 6, "start": "2010"},
        ],
    )
    frame = build(tables=tables, ask=Ask(date(2023, 12, 31)), names=["in_service"])
    assert frame["key"].to_list() == [2, 4, 5]
    assert build(tables=tables, ask=Ask(date(2023, 6, 1)), names=["in_service"])["in_service"].to_list() == [
        True, True, None, None,
    ]  # fmt: skip


def test_the_unit_of_the_hand_over_day_is_the_new_one() -> None:
    spans = [{"start": "2010", "end": "2023-05-01", "unit": 1}, {"start": "2023-05-01", "unit": 2}]
    tables = world(employment=[{"id": n, "person": 1} | span for n, span in enumerate(spans, 1)])
    assert [value(tables, "unit", on=day) for day in (date(2023, 4, 30), date(2023, 5, 1))] == ["H01", "H01.02"]


# --- certified values


def test_a_certified_value_stands_before_the_typed_one_and_both_stay_readable() -> None:
    tables = world(person={"birth": "1968"}, certified_value=[{"field": "birth", "value": "1969-02-03"}])
    frame = build(tables=tables, ask=Ask(ON), names=["birth"], sources=True)
    assert frame.select("birth.lo", "birth.hi", "birth.source").row(0) == (
        date(1969, 2, 3), date(1969, 2, 3), "certified_value:1",
    )  # fmt: skip
    assert tables.frames["typed_value"].rows() == [(1, "birth", "1968")]


def test_the_source_of_a_value_is_its_record() -> None:
    tables = world(qualification=[{"kind": "llct", "level": "so-cap", "obtained": "2001"}, LISTED])
    frame = build(tables=tables, ask=Ask(ON), names=["political_theory", "unit", "degree"], sources=True)
    sources = frame.select("political_theory.source", "unit.source", "degree.source").row(0)
    assert sources == ("qualification:2", "employment:1", None)


# --- maps


def test_places_answer_on_the_map_asked() -> None:
    tables = world(person={"native_province": "15", "native_map": "b"})
    maps = [None, date(2025, 6, 30), date(2025, 7, 1)]
    assert [value(tables, "native_province", map_on=day) for day in maps] == ["yen-bai", "yen-bai", "lao-cai"]
    assert [value(tables, "unit_province", map_on=day) for day in maps] == ["ha-giang", "ha-giang", "tuyen-quang"]


def test_a_split_commune_is_unknown_on_the_later_map() -> None:
    tables = world(person={"native_province": "01", "native_commune": "00007", "native_map": "b"})
    assert [value(tables, "native_commune", map_on=day) for day in (None, date(2025, 7, 1))] == ["00007", None]


def test_a_merged_unit_is_its_successor_and_a_split_one_is_unknown() -> None:
    units = [*UNITS, {"id": 3, "code": "H01.03", "name": "Xã mới"}, {"id": 4, "code": "H01.04", "name": "Xã khác"}]
    merged = [{"id": 1, "old": 2, "new": 3, "on": "2025-07-01"}]
    split = [*merged, {"id": 2, "old": 2, "new": 4, "on": "2025-07-01"}]
    asks = [Ask(ON), Ask(ON, date(2025, 6, 30)), Ask(ON, date(2025, 7, 1))]
    for links, now in ((merged, "H01.03"), (split, None)):
        tables = make(person=[AN], employment=[SERVES], unit=units, unit_succession=links)
        found = [build(tables=tables, ask=ask, names=["unit"])["unit"].to_list() for ask in asks]
        assert found == [["H01.02"], ["H01.02"], [now]]


# --- columns of lists


def test_an_extra_column_of_items_is_a_list_fact_and_one_of_phrases_a_text() -> None:
    def extra(n: int, name: str, value: str) -> dict[str, object]:
        return {"id": n, "person": n % 3 + 1, "name": name, "label": name.upper(), "value": value, "known_from": "2021-04-26"}

    values = ["XI, XII, XIV", "XIV", "Không", "Tỉnh Hà Giang nhiệm kỳ 2011-2016, 2016-2021", "Không", "Không"]
    rows = [extra(n, "khoa" if n < 3 else "nhiem_ky", text) for n, text in enumerate(values)]
    people = [{"id": n} for n in (1, 2, 3)]
    tables = make(person=people, employment=[SERVES | {"id": n, "person": n} for n in (1, 2, 3)], extra_value=rows)
    types = {name: type(entry.type).__name__ for name, entry in vocabulary(tables).items() if name in ("khoa", "nhiem_ky")}
    # "XI" and "XII" stand in one list only; "XIV" is seen again.
    assert types == {"khoa": "Text", "nhiem_ky": "Text"}
    more = [*rows, extra(9, "khoa", "XII, XIV"), extra(10, "khoa", "XI")]
    tables = make(person=people, employment=[SERVES | {"id": n, "person": n} for n in (1, 2, 3)], extra_value=more)
    assert type(vocabulary(tables)["khoa"].type).__name__ == "ListOf"
    found = build(tables=tables, ask=Ask(date(2021, 4, 26)), names=["khoa"])["khoa"].to_list()
    assert found == [["XII", "XIV"], ["XI"], ["Không"]]
    assert build(tables=tables, ask=Ask(date(2021, 4, 25)), names=["khoa"])["khoa"].to_list() == [None] * 3


def test_an_unknown_fact_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownFact, match="political_theory"):
        build(tables=world(), ask=Ask(ON), names=["politicaltheory"])
