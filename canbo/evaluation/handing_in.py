"""The step "tự đánh giá" of a case is carried by those it is about: it is done once the last of them has sent hers."""

from datetime import datetime

from django.utils.timezone import localdate

from canbo.audit.changes import ActLog
from canbo.cases.changes import carry_out
from canbo.cases.models import CaseName
from canbo.cases.rules import as_entry, start, steps_of
from canbo.engine.procedures.replay import Entry, due, replay
from canbo.evaluation.held import case_of
from canbo.evaluation.models import Evaluation
from canbo.kernel.actors import Actor


def hand_in(*, row: Evaluation, actor: Actor, at: datetime, log: ActLog) -> bool:
    """Carry out the step for everybody of the case, if the sender was the last and the law lets them carry it themselves.

    Called in the act in which she sends hers; she learns nothing of the others. A step sent back is handed in by the officer,
    for what was sent before says nothing about what was asked to be mended.
    """
    case = case_of(row)
    if case is None or case.status != "open":
        return False
    entries = list(case.entries.order_by("number"))
    rules, opened = steps_of(case), start(case)
    state = replay(rules, opened, map(as_entry, entries))
    now = due(rules, state)
    if now is None or now[1] != "submit" or now[0].carrier("submit") != "self":
        return False
    if any(entry.step == now[0].code for entry in entries) or _waiting(row, state.names):
        return False
    on = max(localdate(at), state.last_on)
    carry_out(row=case, entry=Entry(now[0].code, "submit", on, {}), seen=len(entries), actor=actor, at=at, log=log)
    return True


def _waiting(row: Evaluation, names: tuple[int, ...]) -> bool:
    """Whether somebody of the case has not sent hers."""
    people = CaseName.objects.filter(pk__in=names).values_list("person", flat=True)
    return row.campaign_unit.evaluations.filter(person__in=people, self_sent_at=None).exists()
