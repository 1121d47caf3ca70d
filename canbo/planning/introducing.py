"""People the conference of a slate's own procedure brings forward: voted on from there, each with her line in the same act."""

from collections.abc import Sequence
from datetime import date, datetime

from canbo.assess.law_sets import Law
from canbo.audit.changes import ActLog, act
from canbo.cases.changes import Named, action_of, bring_in
from canbo.cases.queries import case
from canbo.engine.procedures.replay import State
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean
from canbo.planning.lines import refuse_unfit
from canbo.planning.models import Introduction, Line, Slate
from canbo.planning.queries import lines, slate
from canbo.planning.rounds import PlanningRefused, refuse_closed
from canbo.snapshot.store import Snapshot

BY_CONFERENCE = "Phiếu giới thiệu tại hội nghị"


def introduce_people(
    *, slate_pk: int, pk: int, named: Sequence[Named], by: str, on: date, seen: int, law: Law, snapshot: Snapshot, actor: Actor,
    scope: Scope, at: datetime,
) -> State:  # fmt: skip
    """Put people onto the slip of the step that is due, and onto the slate; who may not stand on it is refused, with the article.

    A plan is of people with a dossier here: names alone are refused. Raises PlanningRefused, CaseRefused, ProcedureRefused.
    """
    may = action_of(case(pk=pk, actor=actor, scope=scope), "introduce", seen)
    with act(actor=actor, action="planning.introduce", may=may, at=at) as log:
        row = slate(pk=slate_pk, actor=actor, scope=scope)
        refuse_closed(row.home)
        if pk != row.adding_id:
            raise PlanningRefused("Chỉ giới thiệu thêm ở quy trình đưa vào quy hoạch.")
        people = _people(named)
        held = {one.person_id: one for one in lines(slates=[row], actor=actor, scope=scope)[row.pk]}
        if staying := [one.person.full_name for person, one in held.items() if person in people and one.standing != "add"]:
            raise PlanningRefused(f"{staying[0]} đang trong quy hoạch chức danh này nên không giới thiệu thêm.")
        refuse_unfit(row, [person for person in people if person not in held], law, snapshot, actor, scope)
        of = case(pk=pk, actor=actor, scope=scope)
        state = bring_in(row=of, named=named, by=by, on=on, seen=seen, actor=actor, at=at, log=log)
        for person in people:
            _write(row, held.get(person), person, len(held), by, on, log)
    return state


def _people(named: Sequence[Named]) -> list[int]:
    without = [one.text for one in named if one.person is None]
    if without:
        raise PlanningRefused(f"“{without[0]}” chưa có hồ sơ trong phạm vi của bạn; hãy lập hồ sơ rồi giới thiệu.")
    if not named:
        raise PlanningRefused("Hãy ghi ít nhất một người.")
    return list(dict.fromkeys(one.person for one in named if one.person is not None))


def _write(row: Slate, held: Line | None, person: int, order: int, by: str, on: date, log: ActLog) -> None:
    made = held
    if made is None:
        made = Line.objects.create(
            slate=row, person_id=person, standing="add", origin="tai-cho", ground=BY_CONFERENCE, order=order + 1
        )
        log.inserted(made, person=person)
    said = Introduction.objects.create(line=made, kind="hoi-nghi", by=clean(by)[:200] or BY_CONFERENCE, on=on)
    log.inserted(said)
