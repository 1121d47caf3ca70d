"""Sources beyond one's scope: numbers, a request, names only by answer; and the seat a plan waits for."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from canbo.dossier.models import Employment, Holding
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.organization.models import Unit
from canbo.planning.comparing import compared
from canbo.planning.feasibility import feasibility
from canbo.planning.models import Slate
from canbo.planning.review import judged_slates
from canbo.planning.rounds import PlanningRefused
from canbo.planning.sources import answer_request, ask_for_sources, candidates, elsewhere, told
from tests.planning.world import AT, NEXT, World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEAD, DEPUTY = "chu-tich-ubnd-xa", "pho-chu-tich-ubnd-xa"


@pytest.fixture
def world(actor: Actor, scope: Scope) -> World:
    return World({"actor": actor, "scope": scope, "at": AT})


def commune(world: World, name: str, people: int) -> tuple[Unit, list[int]]:
    """Another commune with so many people who fit."""
    unit = Unit.objects.create(code=f"xa-{name}", name=f"Xã {name}", level="xa", parent=world.province)
    made = [world.official(f"Lò Thị {name} {n}", sex="nu") for n in range(people)]
    Employment.objects.filter(person__in=made).update(unit=unit)
    Holding.objects.filter(person__in=made).update(unit=unit)
    return unit, made


def test_another_unit_is_numbers_until_it_names_somebody(world: World) -> None:
    an = world.official("Lò Văn An")
    beside, theirs = commune(world, "B", 5)
    commune(world, "C", 1)
    world.round((DEPUTY, NEXT, "next"))
    slate = Slate.objects.select_related("home__round", "home__unit", "title").get()
    asked: dict[str, Any] = world.asked()
    reading = {name: asked[name] for name in ("law", "snapshot", "actor")}
    ours, others = (replace(asked["scope"], units=frozenset({unit.pk})) for unit in (world.home, beside))

    found = candidates(slate=slate, near=False, scope=ours, **reading)
    assert [row.person for row in found.rows] == [an]
    assert [(one.name, one.text) for one in elsewhere(slate=slate, scope=ours, **reading)] == [("Xã B", "5"), ("Xã C", "1–4")]
    with pytest.raises(PlanningRefused, match="không thuộc phạm vi"):
        compared(pk=slate.pk, people=[an, theirs[0]], scope=ours, **reading)

    on, writing = date(2026, 6, 20), {"actor": asked["actor"], "at": AT}
    request = ask_for_sources(pk=slate.pk, unit=beside.pk, text="", on=on, scope=ours, **writing)
    answer: dict[str, Any] = {"pk": request.pk, "on": on, "law": asked["law"], "snapshot": asked["snapshot"], **writing}
    with pytest.raises(Forbidden):
        answer_request(people=[], answer="không có ai", scope=ours, **answer)
    with pytest.raises(PlanningRefused, match="hãy ghi lý do"):
        answer_request(people=[], answer=" ", scope=others, **answer)
    with pytest.raises(PlanningRefused, match="không thuộc phạm vi"):
        answer_request(people=[an], answer="", scope=others, **answer)
    (line,) = answer_request(people=theirs[:1], answer="", scope=others, **answer)
    assert (line.slate_id, line.origin, line.standing) == (slate.pk, "giua-cac-xa", "add")
    with pytest.raises(PlanningRefused, match="đã được trả lời"):
        answer_request(people=theirs[1:], answer="", scope=others, **answer)


def test_seat_held_at_a_body_of_the_unit_is_the_seat_of_the_plan(world: World) -> None:
    an, head = world.official("Lò Văn An"), world.official("Lò Văn Bình", birth="1967-01-10", title=HEAD)
    office = Unit.objects.create(code="ubnd-1", name="UBND xã A", level="xa", parent=world.home)
    Holding.objects.filter(person=head).update(unit=office)
    world.planned(an, title=HEAD)
    world.round((HEAD, NEXT, "next"))
    slate, asked = Slate.objects.select_related("home__round", "home__unit", "title").get(), world.asked()
    line = world.line(slate, an)
    reading = {name: asked[name] for name in ("law", "snapshot", "scope")}
    judged = judged_slates(slates=[slate], lines={slate.pk: [line]}, actor=asked["actor"], **reading)[slate.pk][an]
    found = feasibility(line=line, judged=judged, until=date(2031, 3, 1), **reading)
    assert found.seat == "dự kiến khuyết từ 31/01/2029 (đến tuổi nghỉ hưu)"
    assert (found.months_left, found.terms) == ("230 tháng", 3)


def test_good_years_that_may_go_on_are_told_as_at_least() -> None:
    assert told(["6–99", "0–99", "4", "", "3–5"]) == ["ít nhất 6", "", "4", "", "3–5"]
