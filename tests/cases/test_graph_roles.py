"""Every state of every shipped procedure, every duty, every role: who may do it is what the TOML's carrier and the table of rights say."""

from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

import pytest

from canbo.access.policy import ROLES
from canbo.audit.models import Act
from canbo.cases.changes import Named, Opening, open_case, take_step
from canbo.cases.models import Case
from canbo.cases.rules import permission, state_of, steps_of
from canbo.engine.procedures.model import BESIDES, DUTIES, ProcedureRefused
from canbo.engine.procedures.replay import Entry, State, apply, due, may
from canbo.kernel.actors import Actor, Forbidden, Scope
from tests.cases.world import AT, laws, not_secret
from tests.dossier.world import person, unit
from tests.engine.procedures import twin
from tests.engine.procedures.shipped import NEW, OPINION, Shipped, different
from tests.engine.procedures.test_graph import begun, entries, key

ALL = (*DUTIES, *BESIDES)
READ = "cases.read"
# Carrier → the action that stands for it; written here a second time, so that a slip in the program shows.
ASKED = {"officer": "cases.write", "board": "cases.write", "head": "cases.decide", "self": "cases.own"}
# Who may do what in a case, as the offices work: also written twice.
KEEPERS = {"can-bo-to-chuc", "ban-to-chuc", "ban-xay-dung-dang", "so-noi-vu", "phong-van-hoa-xa-hoi"}
WRITERS, DECIDERS = KEEPERS | {"can-bo-don-vi"}, KEEPERS | {"lanh-dao"}
READERS = WRITERS | DECIDERS | {"van-phong-cap-uy", "van-phong-hdnd-ubnd", "uy-ban-kiem-tra"}
HOLDERS = {"cases.write": WRITERS, "cases.decide": DECIDERS, "cases.own": READERS}


def states(one: Shipped) -> Iterator[tuple[State, twin.Case]]:
    """Every state that can be reached, for one place and for two, with what the plain reading of the TOML makes of it."""
    queue = deque([begun(one, 1), begun(one, 2)])
    known = {key(state) for state, _ in queue}
    while queue:
        state, case = queue.popleft()
        yield state, case
        for entry in entries(one, state):
            wanted = twin.after(one.raw, case, entry)
            if wanted is None:
                continue
            found = apply(one.steps, state, entry)
            if key(found) not in known:
                known.add(key(found))
                queue.append((found, wanted))


def test_roles_hold_the_actions_of_a_case_as_the_offices_work():
    assert len(ROLES) == 14
    for action, roles in HOLDERS.items():
        assert {name for name, role in ROLES.items() if {READ, action} <= role.actions} == roles


@pytest.mark.parametrize("one", different(), ids=lambda one: one.name)
def test_every_state_duty_and_role_is_answered_as_the_toml_and_the_policy_say(one: Shipped):
    asked: Counter[tuple[str, str, str, bool]] = Counter()
    told: set[tuple[Any, ...]] = set()
    for state, case in states(one):
        carriers, allowed = twin.allowed(one.raw, case), may(one.steps, state)
        known = case["step"], *sorted(carriers.items()), *sorted(allowed.items())
        if known in told:  # who may do what rests on nothing else
            continue
        told.add(known)
        for duty in ALL:
            action = ASKED[carriers.get(duty, "officer")]
            assert permission(one.steps, state, duty) == action
            for name, role in ROLES.items():
                expected = duty in carriers and name in HOLDERS[action]
                found = duty in allowed and {READ, permission(one.steps, state, duty)} <= role.actions
                assert found is expected, (case["step"], duty, name)
                asked[case["step"], duty, name, found] += 1
    uncovered = [
        (step["code"], duty, name) for step in one.raw["step"] for duty in (*step["duties"], *BESIDES) for name in ROLES
        if not any(asked[step["code"], duty, name, found] for found in (True, False))
    ]  # fmt: skip
    assert uncovered == []
    for step in one.raw["step"]:  # each duty is somebody's, and not everybody's
        for duty in (*step["duties"], *(d for d in BESIDES if d != "introduce" or step.get("introduces"))):
            assert {found for name in ROLES for found in (True, False) if asked[step["code"], duty, name, found]} == {True, False}


# --- a sample through the only way a case moves


def path(names: list[int]) -> list[Entry]:
    """The evaluation of leaders from beginning to end."""
    said = {**OPINION, "kind": "cấp ủy", "dated": NEW}
    return [
        Entry("tu-danh-gia", "submit", NEW), Entry("hop", "convene", NEW, {"convened": 5, "present": 5}),
        Entry("hop", "conclude", NEW, {"names": names}), Entry("y-kien", "opinion", NEW, said), Entry("tong-hop", "submit", NEW),
        Entry("quyet-dinh", "decide", NEW, {"names": names, "number": "1/QĐ"}), Entry("thong-bao", "notify", NEW),
    ]  # fmt: skip


@pytest.mark.django_db
def test_take_step_lets_through_whom_the_rules_let_through_and_writes_nothing_for_the_others(actor: Actor, scope: Scope):
    home = unit("A")
    opening = Opening(
        kind="trial", procedure="danh-gia-lanh-dao", unit=home.pk, name="Đánh giá", group="evaluation", secrecy=not_secret(NEW),
        on=NEW, names=[Named(person=person("Lò Thị An", home).pk)],
    )  # fmt: skip
    case = open_case(opening=opening, laws=laws(), actor=actor, scope=scope, at=AT)
    names, told = list(case.names.values_list("pk", flat=True)), Counter[str]()
    for seen, entry in enumerate(path(names)):
        rules, state = steps_of(case), state_of(case)
        now = due(rules, state)
        assert now is not None and now[1] == entry.duty
        refused = [Entry("quyet-dinh", "settle", NEW, {}), Entry("", "return", NEW, {}), entry]
        acts = Act.objects.count()
        for trying in refused:
            carrier = may(rules, state).get(trying.duty)
            for name, role in ROLES.items():
                if trying is entry and carrier and name in HOLDERS[ASKED[carrier]]:
                    continue  # would be written; the first of them does it below
                who = Actor(user=7, role=name, actions=role.actions)
                outcome = _tried(case, trying, seen, who, scope)
                wanted = "not now" if name in HOLDERS[ASKED[carrier or "officer"]] else "forbidden"
                assert outcome == wanted, (entry.step, trying.duty, name)
                told[outcome] += 1
        assert Act.objects.count() == acts
        writer = sorted(HOLDERS[ASKED[may(rules, state)[entry.duty]]])[seen % 6]
        assert _tried(case, entry, seen, Actor(user=7, role=writer, actions=ROLES[writer].actions), scope) == "done"
    assert Case.objects.get(pk=case.pk).status == "done" and min(told.values()) > 50


def _tried(case: Case, entry: Entry, seen: int, who: Actor, scope: Scope) -> str:
    asked: dict[str, Any] = {"pk": case.pk, "entry": entry, "seen": seen, "actor": who, "scope": scope, "at": AT}
    try:
        take_step(**asked)
    except Forbidden:
        return "forbidden"
    except ProcedureRefused:
        return "not now"
    return "done"
