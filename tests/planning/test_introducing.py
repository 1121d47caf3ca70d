"""People a conference brings forward in the middle of a slate's procedure, and the two clocks after discipline."""

from datetime import date

import pytest

from canbo.cases.changes import Named
from canbo.cases.models import CaseEntry
from canbo.dossier.models import Discipline, PlanEntry
from canbo.kernel.actors import Actor, Scope
from canbo.planning.clocks import Bar, clocks
from canbo.planning.deciding import start_cases
from canbo.planning.introducing import introduce_people
from canbo.planning.lines import Brought, bring_forward
from canbo.planning.models import Slate
from canbo.planning.rounds import PlanningRefused
from tests.planning.world import AT, NEXT, ON, SECRECY, Walk, World, law

pytestmark = pytest.mark.django_db
DEPUTY = "pho-chu-tich-ubnd-xa"


@pytest.fixture
def world(actor: Actor, scope: Scope) -> World:
    return World({"actor": actor, "scope": scope, "at": AT})


def at_the_conference(world: World, *people: int) -> Walk:
    world.round((DEPUTY, NEXT, "next"))
    slate = Slate.objects.get(title__code=DEPUTY)
    bring_forward(pk=slate.pk, brought=[Brought(one, "don-vi", "UBND Xã A", ON) for one in people], **world.asked())
    [case] = start_cases(pk=slate.pk, procedure="tai-cho", on=ON, secrecy=SECRECY, basis="", **world.asked())
    walk = Walk(world, slate, case)
    walk.take("b1", "submit")
    walk.take("b2", "convene", convened=9, present=9, members=9)
    walk.take("b2", "conclude", names=list(walk.names.values()))
    return walk


def introduced(walk: Walk, *named: Named) -> None:
    seen = CaseEntry.objects.filter(case=walk.case).count()
    who = {"named": named, "by": "Hội nghị cán bộ chủ chốt", "on": ON, "seen": seen}
    introduce_people(slate_pk=walk.slate.pk, pk=walk.case.pk, **who, **walk.world.asked())


def test_somebody_brought_forward_by_the_conference_goes_through_to_the_plan(world: World) -> None:
    an, binh = world.official("Lò Thị An"), world.official("Vàng Văn Bình")
    walk = at_the_conference(world, an)
    introduced(walk, Named(person=binh))
    line = world.line(walk.slate, binh)
    assert (line.standing, [(one.kind, one.by) for one in line.introductions.all()]) == ("add", [("hoi-nghi", "Hội nghị cán bộ chủ chốt")])
    walk.vote("b3", {an: 8, binh: 12})
    walk.vote("b4", {an: 8, binh: 12})
    walk.vote("b5", {an: 5, binh: 9}, present=9)
    walk.take("trinh", "submit")
    walk.appraise([an, binh])
    walk.decide([an, binh])
    assert PlanEntry.objects.get(person=binh).introduced_by == "Hội nghị cán bộ chủ chốt"


def test_conference_may_not_name_who_does_not_fit_or_has_no_dossier_here(world: World) -> None:
    an, dung = world.official("Lò Thị An"), world.official("Mùa A Dũng", birth="1966-01-01")
    walk = at_the_conference(world, an)
    with pytest.raises(PlanningRefused, match="Mùa A Dũng: chưa đưa vào quy hoạch được"):
        introduced(walk, Named(person=dung))
    with pytest.raises(PlanningRefused, match="chưa có hồ sơ"):
        introduced(walk, Named(text="Người Nơi Khác"))
    assert walk.slate.lines.count() == 1 and walk.case.names.count() == 1


def test_two_clocks_after_one_decision_of_the_party_and_one_of_the_state(world: World) -> None:
    an = world.official("Lò Thị An")
    Discipline.objects.create(person_id=an, side="dang", form="khien-trach", decided_on="2026-01-31")
    Discipline.objects.create(person_id=an, side="nha-nuoc", form="canh-cao", decided_on="2025-01-10")
    world.planned(an)
    world.round((DEPUTY, NEXT, "next"))
    line = Slate.objects.get(title__code=DEPUTY).lines.get()
    party, state = clocks(line=line, on=ON, laws=law().central, actor=world.who["actor"], scope=world.who["scope"])
    assert (party.planning, party.appointment) == (Bar(date(2027, 1, 31)), Bar(date(2028, 1, 31)))
    assert (state.planning.why, state.appointment.why) == (
        "quy định không xét kỷ luật của chính quyền", "chưa kiểm chứng được văn bản về thời hạn",
    )  # fmt: skip
