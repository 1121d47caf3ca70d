"""A round from opening to closing: lists, cases, decisions that write the plan in the same act, and every refusal in one sentence."""

from datetime import date
from typing import Any

import pytest

from canbo.audit.models import Act
from canbo.dossier.models import PlanEntry
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.planning.deciding import receive_unit, return_unit, send_unit, start_cases
from canbo.planning.lines import Brought, bring_forward, carry_over, drop_line, set_standing
from canbo.planning.models import Line, Slate
from canbo.planning.queries import Asking, entries, progress, rounds
from canbo.planning.rounds import PlanningRefused, close_round, set_size
from tests.planning.world import AT, NEXT, NOW, ON, SECRECY, Walk, World

pytestmark = pytest.mark.django_db
DEPUTY = "pho-chu-tich-ubnd-xa"


@pytest.fixture
def world(actor: Actor, scope: Scope) -> World:
    return World({"actor": actor, "scope": scope, "at": AT})


def slate_of(world: World, *, title: str = DEPUTY, term: str = NEXT) -> Slate:
    return Slate.objects.get(title__code=title, term__code=term)


def bring(world: World, slate: Slate, *people: int) -> list[Line]:
    brought = [Brought(person, "don-vi", "UBND Xã A", ON, plan_class="1", ground="Giới thiệu tại chỗ") for person in people]
    return bring_forward(pk=slate.pk, brought=brought, **world.asked())


def started(world: World, slate: Slate) -> list[Walk]:
    cases = start_cases(pk=slate.pk, procedure="tai-cho", on=ON, secrecy=SECRECY, basis="", **world.asked())
    slate.refresh_from_db()
    return [Walk(world, slate, case) for case in cases]


def test_from_lines_to_the_decision_that_writes_the_plan_name_by_name_in_one_act(world):
    an, binh, chi = (world.official(name) for name in ("Lò Thị An", "Vàng Văn Bình", "Hà Thị Chi"))
    held = world.planned(chi)
    world.round((DEPUTY, NEXT, "next"))
    slate = slate_of(world)
    assert [(line.person_id, line.standing, line.entry_id) for line in slate.lines.all()] == [(chi, "keep", held.pk)]
    bring(world, slate, an, binh)
    bring_forward(pk=slate.pk, brought=[Brought(an, "chi-bo", "Chi bộ 2", ON)], **world.asked())
    assert world.line(slate, an).introductions.count() == 2
    set_standing(pk=world.line(slate, chi).pk, standing="remove", ground="Xin rút", document="Đơn 01/6/2026", **world.asked())
    coming, leaving = started(world, slate)
    assert (coming.case.seats, coming.case.kind, leaving.case.procedure) == (3, "planning", "dua-ra-khoi-quy-hoach")
    coming.to_submission([an, binh])
    leaving.take("de-xuat", "submit")
    leaving.take("ket-luan", "convene", convened=9, present=9, members=9)
    leaving.take("ket-luan", "conclude", names=list(leaving.names.values()))
    home = slate.home
    send_unit(pk=home.pk, on=ON, **world.who)
    receive_unit(pk=home.pk, on=ON, **world.who)
    coming.appraise([an, binh])
    before = Act.objects.count()
    coming.decide([an], {binh: "chưa qua thực tiễn cơ sở"}, number="40-QĐ/TU")
    assert Act.objects.count() == before + 1
    made = PlanEntry.objects.get(person=an)
    assert (made.title.code, made.unit_id, made.term.code, made.start.iso, made.decision.number, made.introduced_by, made.plan_class) == (
        DEPUTY, world.home.pk, NEXT, "2026-06-15", "40-QĐ/TU", "UBND Xã A", "1",
    )  # fmt: skip
    line = world.line(slate, an)
    assert (line.outcome, line.entry_id, line.frozen["verdict"], line.frozen["laws"]) == ("approved", made.pk, "yes", coming.case.laws)
    assert not PlanEntry.objects.filter(person=binh).exists()
    assert (world.line(slate, binh).outcome, world.line(slate, binh).reason) == ("refused", "chưa qua thực tiễn cơ sở")
    leaving.take("tham-dinh", "conclude", names=list(leaving.names.values()))
    leaving.decide([chi], number="41-QĐ/TU")
    held.refresh_from_db()
    assert (held.end.iso, held.ground_out) == ("2026-06-15", "Xin rút (Quyết định 41-QĐ/TU)")
    [unit] = progress(round=rounds(actor=world.who["actor"], scope=world.who["scope"]).get(), on=ON, **reader(world))
    assert unit.decided == 0  # what follows – making the decision known – is still to be done
    for walk in (coming, leaving):
        walk.take("thong-bao", "notify")
    closed = close_round(pk=home.round_id, on=ON, **world.who)
    assert closed.closed_on == ON
    with pytest.raises(PlanningRefused, match="đã kết thúc"):
        bring(world, slate, binh)


def reader(world: World) -> dict[str, Any]:
    return {"actor": world.who["actor"], "scope": world.who["scope"]}


def test_who_falls_before_the_decision_keeps_that_as_the_reason(world):
    an, binh = (world.official(name) for name in ("Lò Thị An", "Vàng Văn Bình"))
    world.round((DEPUTY, NEXT, "next"))
    slate = slate_of(world)
    bring(world, slate, an, binh)
    [walk] = started(world, slate)
    walk.take("b1", "submit")
    walk.take("b2", "convene", convened=9, present=9, members=9)
    walk.take("b2", "conclude", names=list(walk.names.values()))
    walk.vote("b3", {an: 12, binh: 6})  # half is not more than half
    walk.vote("b4", {an: 12})
    walk.vote("b5", {an: 9}, present=9)
    walk.take("trinh", "submit")
    walk.appraise([an])
    walk.decide([an])
    assert (world.line(slate, binh).outcome, world.line(slate, binh).reason) == ("refused", "Không qua được các bước trước khi quyết định")


def test_places_to_fill_are_what_the_number_of_the_law_leaves(world):
    people = [world.official(f"Vàng Văn Bình {n}") for n in "ABCDE"]
    for one in people[:2]:
        world.planned(one)
    world.round((DEPUTY, NEXT, "next"))
    slate = slate_of(world)
    bring(world, slate, *people[2:4])
    [walk] = started(world, slate)
    assert walk.case.seats == 1  # three for a title, two stay
    with pytest.raises(PlanningRefused, match="đã đưa vào quy trình"):
        bring(world, slate, people[4])


def test_decision_above_the_number_is_refused_and_writes_nothing(world):
    people = [world.official(f"Vàng Văn Bình {n}") for n in "ABCD"]
    world.planned(people[0])
    world.round((DEPUTY, NEXT, "next"))
    slate = slate_of(world)
    bring(world, slate, *people[1:3])
    [walk] = started(world, slate)
    walk.to_submission(people[1:3])
    walk.take("trinh", "submit")
    walk.appraise(people[1:3])
    Line.objects.create(slate=slate, person_id=people[3], standing="keep", entry=world.planned(people[3]))
    with pytest.raises(PlanningRefused, match=r"4 người.*không quá 3 người.*vượt 1"):
        walk.decide(people[1:3])
    assert PlanEntry.objects.filter(person__in=people[1:3]).count() == 0
    assert {line.outcome for line in slate.lines.all()} == {""}


def test_full_list_takes_nobody_and_four_titles_at_one_level_are_one_too_many(world):
    people = [world.official(f"Vàng Văn Bình {n}") for n in "ABCD"]
    for one in people[:3]:
        world.planned(one)
    world.round((DEPUTY, NEXT, "next"))
    slate = slate_of(world)
    bring(world, slate, people[3])
    with pytest.raises(PlanningRefused, match="đã đủ số người"):
        started(world, slate)
    for title in ("chu-tich-ubnd-xa", "chu-tich-hdnd-xa", "pho-chu-tich-hdnd-xa"):
        world.planned(people[3], title=title)
    drop_line(pk=world.line(slate, people[3]).pk, **world.who)
    with pytest.raises(PlanningRefused, match=r"4 chức danh cùng cấp.*không quá 3"):
        bring(world, slate, people[3])


def test_two_terms_live_at_once_and_the_plan_is_carried_over(world):
    an, binh, old = world.official("Lò Thị An"), world.official("Vàng Văn Bình"), world.official("Mùa A Dũng", birth="1972-01-05")
    for one in (an, binh, old):
        world.planned(one, term=NOW)
    world.round((DEPUTY, NOW, "current"), (DEPUTY, NEXT, "next"))
    now, later = slate_of(world, term=NOW), slate_of(world)
    assert (now.lines.count(), later.lines.count()) == (3, 0)
    made, left = carry_over(pk=later.pk, term=NOW, on=ON, **world.asked())
    assert {line.person_id for line in made} == {an, binh} and {line.standing for line in made} == {"add"}
    assert list(left) == [old] and "Còn ít nhất một nhiệm kỳ công tác" in left[old]
    [walk] = started(world, later)
    walk.to_submission([an, binh])
    walk.take("trinh", "submit")
    walk.appraise([an, binh])
    walk.decide([an, binh])
    asked = [entries(asked=Asking(ON, term=term), **reader(world)) for term in (NOW, NEXT)]
    assert [sorted(row.person_id for row in rows) for rows in asked] == [sorted([an, binh, old]), sorted([an, binh])]


def test_unit_sends_when_its_cases_are_ready_and_gets_them_back_for_completion(world):
    an = world.official("Lò Thị An")
    world.round((DEPUTY, NEXT, "next"))
    slate = slate_of(world)
    bring(world, slate, an)
    with pytest.raises(PlanningRefused, match="có thay đổi nhưng chưa làm theo quy trình"):
        send_unit(pk=slate.home_id, on=ON, **world.who)
    [walk] = started(world, slate)
    with pytest.raises(PlanningRefused, match="mới ở bước"):
        send_unit(pk=slate.home_id, on=ON, **world.who)
    walk.to_submission([an])
    send_unit(pk=slate.home_id, on=ON, **world.who)
    with pytest.raises(PlanningRefused, match="nội dung cần bổ sung"):
        return_unit(pk=slate.home_id, reason=" ", on=ON, **world.who)
    home = return_unit(pk=slate.home_id, reason="Thiếu nhận xét của chi bộ", on=ON, **world.who)
    walk.case.refresh_from_db()
    assert (home.sent_on, home.return_reason, walk.case.step) == (None, "Thiếu nhận xét của chi bộ", "trinh")
    [unit] = progress(round=home.round, on=ON, **reader(world))
    assert unit.state == "đã trả lại để bổ sung"
    send_unit(pk=slate.home_id, on=ON, **world.who)
    whole, world.who = world.who, world.who | {"scope": Scope(units=frozenset({world.home.pk}), groups=world.who["scope"].groups)}
    with pytest.raises(PlanningRefused, match="Bước này do Tỉnh T, nơi mở đợt"):  # nobody receives or approves her own list
        walk.receive()
    world.who = whole
    walk.appraise([an])
    with pytest.raises(PlanningRefused, match="chưa có quyết định"):
        close_round(pk=home.round_id, on=ON, **world.who)


def test_round_of_another_province_is_neither_seen_nor_changed(world):
    an = world.official("Lò Thị An")
    world.planned(an)
    made = world.round((DEPUTY, NEXT, "next"))
    stranger = {"actor": world.who["actor"], "scope": Scope(units=frozenset({world.home.pk + 99}), groups=world.who["scope"].groups)}
    commune = {**stranger, "scope": Scope(units=frozenset({world.home.pk}), groups=world.who["scope"].groups)}
    assert list(rounds(**stranger)) == [] and entries(asked=Asking(ON), **stranger) == []
    assert [row.pk for row in rounds(**commune)] == [made.pk] and len(entries(asked=Asking(ON), **commune)) == 1
    with pytest.raises(Forbidden, match="do cấp trên mở"):
        close_round(pk=made.pk, on=ON, at=AT, **commune)
    unread = {**commune, "scope": Scope(units=None, groups=frozenset({"basic"}))}
    assert list(rounds(**unread)) == [] and entries(asked=Asking(ON), **unread) == []


def test_entry_without_a_unit_stands_where_its_person_serves(world):
    an = world.official("Lò Thị An")
    PlanEntry.objects.filter(pk=world.planned(an).pk).update(unit=None)
    world.round((DEPUTY, NEXT, "next"))
    assert [line.person_id for line in slate_of(world).lines.all()] == [an]


def test_opening_says_what_is_missing_and_a_size_needs_its_document(world):
    with pytest.raises(PlanningRefused, match="Không có nhiệm kỳ"):
        world.terms[NEXT].delete()
        world.round((DEPUTY, NEXT, "next"))
    made = world.round(("uv-bch-xa", NOW, "current"))
    slate = Slate.objects.get(home__round=made)
    with pytest.raises(PlanningRefused, match="văn bản quy định số lượng"):
        set_size(pk=slate.pk, size=27, document=" ", **world.who)
    assert set_size(pk=slate.pk, size=27, document="Đề án 3", **world.who).size == 27
    assert date(2026, 6, 15) == ON
