"""The invented province: real areas, successions onto today's communes, children inside their parents' dates."""

import pytest

from canbo.demo.geography import geography
from canbo.demo.organization import build_world
from canbo.demo.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(people=1200, seed=7, geography=geography("19"))


def test_geography_knows_both_maps() -> None:
    geo = geography("19")
    olds = {old.code for commune in geo.communes for old in commune.olds}
    assert (len(geo.communes), len(olds)) == (92, 280)
    assert {old.province for commune in geo.communes for old in commune.olds} == {"06", "19"}
    assert geo.changed_on.isoformat() == "2025-07-01"


def test_every_unit_that_ended_has_a_successor(world: World) -> None:
    ended = {n for n, unit in enumerate(world.rows["unit"], start=1) if unit.get("end")}
    assert ended == {row["old_id"] for row in world.rows["succession"]}


def test_units_stand_inside_the_dates_of_their_parents(world: World) -> None:
    units = world.rows["unit"]
    for unit in units:
        if unit.get("parent_id"):
            parent = units[unit["parent_id"] - 1]
            assert (unit.get("start") or "0") >= (parent.get("start") or "0"), unit
            assert (unit.get("end") or "9") <= (parent.get("end") or "9"), unit


def test_codes_are_unique_and_short(world: World) -> None:
    for table in ("unit", "title", "body"):
        codes = [row["code"] for row in world.rows[table]]
        assert len(codes) == len(set(codes))
    assert max(len(row["code"]) for row in world.rows["unit"]) <= 35


@pytest.mark.parametrize("people", [1, 12, 50, 300, 5000])
def test_any_size_can_be_built(people: int) -> None:
    world = build_world(people=people, seed=1, geography=geography("19"))
    assert len(world.slots) <= people
    assert all(slot.office.unit <= len(world.rows["unit"]) for slot in world.slots)
