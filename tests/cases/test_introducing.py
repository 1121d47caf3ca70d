"""People introduced on the way, steps known from memory alone, and the orders in which names stand."""

import ast
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import canbo
from canbo.assess.law_sets import EXAMPLES, read_laws
from canbo.audit.changes import act
from canbo.audit.models import Act
from canbo.cases.changes import CaseRefused, Named, Opening, bring_in, introduce, open_case, take_step
from canbo.cases.models import BallotCode, Case, ScreenBallot
from canbo.cases.orders import ballot_order, result_order
from canbo.cases.rules import state_of, steps_of
from canbo.cases.screen import cast, close_ballot, counted, open_ballot, slip_shown, stands
from canbo.engine.law.loader import CENTRAL
from canbo.engine.law.model import LawSet
from canbo.engine.procedures.ballots import Tally
from canbo.engine.procedures.model import ProcedureRefused
from canbo.engine.procedures.replay import Entry, candidates
from canbo.kernel.actors import Actor, Scope
from canbo.organization.models import Unit
from tests.cases.world import AT, Desk, laws, not_secret
from tests.dossier.world import person, unit

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
# Due order, A–B–C by given name, and votes are three different orders.
NAMES = ("Vàng Văn Đức", "Lò Thị An", "Hà Văn Dũng")


@cache
def local() -> LawSet:
    return read_laws([CENTRAL, EXAMPLES / "vi-du-tinh"], run_cases=False)


def planning(home: Unit, people: list[int], who: dict[str, Any], on: date = ON, kind: str = "trial", **more: Any) -> Case:
    opening = Opening(
        kind=kind, procedure="quy-hoach-tai-cho", unit=home.pk, name="Quy hoạch Phó Trưởng phòng", group="planning", on=on,
        names=[Named(person=pk) for pk in people], secrecy=not_secret(on), **more,
    )  # fmt: skip
    return open_case(opening=opening, laws=local(), **who)


@pytest.fixture
def who(actor: Actor, scope: Scope) -> dict[str, Any]:
    return {"actor": actor, "scope": scope, "at": AT}


@pytest.fixture
def home() -> Unit:
    return unit("A")


@pytest.fixture
def desk(who: dict[str, Any], home: Unit) -> Desk:
    """A round at the conference's roll call."""
    found = Desk(planning(home, [person(name, home).pk for name in NAMES], who, seats=3), who)
    return to_conference(found)


def to_conference(desk: Desk) -> Desk:
    desk.take("b1", "submit", ON)
    desk.take("b2", "convene", ON, convened=9, present=9, members=9)
    desk.take("b2", "conclude", ON, names=list(desk.names.values()))
    desk.take("b3", "convene", ON, convened=12, present=12, members=12)
    return desk


def brought(desk: Desk, *named: Named, by: str = "Tổ 3") -> Any:
    found = introduce(pk=desk.case.pk, named=named, by=by, on=ON, seen=desk.seen, **desk.who)
    desk.seen += 1
    return found


def test_introduced_are_names_of_the_case_and_of_the_step_in_one_act(desk, home):
    chi, acts = person("Hà Thị Chi", home), Act.objects.count()
    state = brought(desk, Named(person=chi.pk), Named(text="Lường Văn Khách"))
    assert Act.objects.count() == acts + 1 and Act.objects.latest("seq").action == "cases.introduce"
    rows = list(desk.case.names.order_by("order").values_list("person", "text", "order", "entry"))
    assert rows[3:] == [(chi.pk, "", 4, 5), (None, "Lường Văn Khách", 5, 5)] and [row[3] for row in rows[:3]] == [None] * 3
    keys = list(desk.case.names.order_by("order").values_list("pk", flat=True))
    assert state.listed == tuple(keys) == state_of(desk.case).listed and len(state_of(desk.case).introduced["b3"]) == 2
    with pytest.raises(ProcedureRefused, match="đã ở trong danh sách"):
        brought(desk, Named(person=chi.pk))
    with pytest.raises(ProcedureRefused, match="ai giới thiệu"):
        brought(desk, Named(text="Quàng Thị Mới"), by=" ")
    assert desk.case.names.count() == 5  # nothing is left of what was refused
    # Sent back and introduced again she is the same name of the case.
    desk.take("", "return", ON, to="b3", reason="triệu tập lại")
    assert state_of(desk.case).listed == tuple(keys[:3])
    desk.take("b3", "convene", ON, convened=12, present=12, members=12)
    assert brought(desk, Named(person=chi.pk)).introduced["b3"] == (keys[3],) and desk.case.names.count() == 5


def test_nobody_is_introduced_while_a_ballot_is_open_and_the_count_of_before_stands_no_more(desk):
    first, codes = open_ballot(pk=desk.case.pk, decided_by="Nghị quyết 5-NQ/ĐU", codes=12, on=ON, **desk.who)
    with pytest.raises(CaseRefused, match="Đang bỏ phiếu trên màn hình"):
        brought(desk, Named(text="Quàng Thị Mới"))
    for code in codes:
        cast(code=code, names=tuple(desk.names.values())[:1])
    close_ballot(pk=first.pk, **desk.who)
    assert stands(ScreenBallot.objects.get(pk=first.pk))
    brought(desk, Named(text="Quàng Thị Mới"))
    assert not stands(ScreenBallot.objects.get(pk=first.pk))


def test_only_the_mechanism_itself_introduces_into_its_cases(who, home):
    people = [person(name, home).pk for name in NAMES[:2]]
    desk = Desk(planning(home, people, who), who)
    to_conference(desk)
    Case.objects.filter(pk=desk.case.pk).update(kind="planning")
    for wrong in (
        lambda: brought(desk, Named(text="Quàng Thị Mới")),
        lambda: take_step(pk=desk.case.pk, entry=Entry("b3", "count", ON, {}), seen=desk.seen, **who),
    ):
        with pytest.raises(CaseRefused, match="ở trang của đợt quy hoạch"):
            wrong()
    row = Case.objects.get(pk=desk.case.pk)
    with act(actor=who["actor"], action="planning.introduce", may="cases.write", at=AT) as log:
        state = bring_in(row=row, named=[Named(text="Quàng Thị Mới")], by="Tổ 1", on=ON, seen=4, actor=who["actor"], at=AT, log=log)
    assert len(candidates(steps_of(row), state)) == 3 and Act.objects.latest("seq").action == "planning.introduce"
    Case.objects.filter(pk=row.pk).update(kind="trial")
    with pytest.raises(CaseRefused, match="Giới thiệu thêm người"):  # a name that is none of the case
        take_step(pk=row.pk, entry=Entry("", "introduce", ON, {"names": [99], "by": "x"}), seen=5, **who)


def test_steps_known_from_memory_need_the_document_of_the_openers_own_authority(who, home):
    people, of_q50 = [person(name, home).pk for name in NAMES[:2]], date(2023, 5, 4)
    with pytest.raises(ProcedureRefused) as refused:
        planning(home, people, who, on=of_q50)
    said = str(refused.value)
    assert "“Hội nghị cán bộ chủ chốt”, “Tập thể lãnh đạo mở rộng”, “Tập thể lãnh đạo, lần 2”" in said and "hãy ghi văn bản" in said
    assert Case.objects.count() == 0
    made = planning(home, people, who, on=of_q50, basis="  Kế hoạch 12-KH/HU ngày 03/4/2023 ")
    assert (made.basis, made.document) == ("Kế hoạch 12-KH/HU ngày 03/4/2023", "qd50-2021")
    assert planning(home, people, who).basis == ""  # the local rule was read
    with pytest.raises(ProcedureRefused, match="Chưa có quy định về quy trình"):  # nothing central is known for Quy định 377
        names = [Named(person=pk) for pk in people]
        opening = Opening("trial", "quy-hoach-tai-cho", home.pk, "x", "planning", names, not_secret(ON), ON)
        open_case(opening=opening, laws=laws(), **who)


def test_more_places_than_names_only_where_people_may_be_introduced(who, home):
    people = [person(name, home).pk for name in NAMES[:2]]
    assert planning(home, people, who, seats=3).seats == 3
    one = Opening("trial", "quy-hoach-nguon-ngoai", home.pk, "x", "planning", [Named(person=people[0])], not_secret(ON), ON, seats=2)
    with pytest.raises(CaseRefused, match="từ 1 đến 1"):
        open_case(opening=one, laws=local(), **who)


def test_ballots_by_given_name_lists_in_their_due_order_results_by_votes(desk):
    listed = [(pk, row) for pk, row in desk.case.names.order_by("order").values_list("pk", "person__full_name")]
    assert [name for _, name in listed] == list(NAMES)
    assert [name for _, name in ballot_order(listed)] == ["Lò Thị An", "Hà Văn Dũng", "Vàng Văn Đức"]
    votes = {listed[0][0]: 4, listed[1][0]: 4, listed[2][0]: 9}
    assert [name for _, name in result_order(listed, votes)] == ["Hà Văn Dũng", "Vàng Văn Đức", "Lò Thị An"]
    _, codes = open_ballot(pk=desk.case.pk, decided_by="Nghị quyết 5-NQ/ĐU", codes=12, on=ON, **desk.who)
    assert [name for _, name in slip_shown(code=codes[0]).names] == ["Lò Thị An", "Hà Văn Dũng", "Vàng Văn Đức"]


def test_no_tally_by_groups_is_offered_anywhere(desk):
    """A count is of the whole room: nothing that counts knows who sits in which group, and nothing keeps votes by group."""
    assert {field.name for field in fields(Tally)} == {"issued", "collected", "valid", "votes"}
    for model in (ScreenBallot, BallotCode):
        assert not {field.name for field in model._meta.get_fields()} & {"capacity", "group", "member", "members"}
    ballot, codes = open_ballot(pk=desk.case.pk, decided_by="Nghị quyết 5-NQ/ĐU", codes=12, on=ON, **desk.who)
    for code in codes:
        cast(code=code, names=())
    assert set(counted(ScreenBallot.objects.get(pk=ballot.pk))) == {"issued", "collected", "valid", "votes"}
    root, found = Path(canbo.__file__).parent, set()
    for path in [*root.glob("cases/*.py"), *root.glob("web/cases/*.py"), *root.glob("engine/procedures/*.py")]:
        names = (node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute))
        found |= {path.name} if "capacity" in names else set()
    assert found == {"changes.py", "rollcall.py", "slips.py"}  # who writes the roll call, the form it is typed in, the list that is printed
