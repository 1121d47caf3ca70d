"""Objections wait seven working days under NĐ 335; both places that list what falls due list them."""

from datetime import date
from typing import Any

import pytest

from canbo.assess.due import DueRequest, due
from canbo.assess.law_sets import Law
from canbo.audit.changes import keyring
from canbo.cli.due import SOURCES as OF_COMMANDS
from canbo.engine.ratings.model import GOOD
from canbo.evaluation.beside import answer_objection, object_to
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.models import Evaluation
from canbo.kernel.actors import Actor, Scope
from canbo.organization.lead_times import due_kinds
from canbo.snapshot.store import load
from canbo.web.standards.falling_due import SOURCES as OF_PAGES
from tests.cases.world import laws
from tests.evaluation.world import AT, division

pytestmark = pytest.mark.django_db


def test_every_kind_has_a_source_on_page_and_command_line():
    assert [s.kind for s in OF_COMMANDS] == [s.kind for s in OF_PAGES]
    assert {s.kind for s in OF_PAGES} == set(due_kinds())


def test_objection_falls_due_after_its_working_days_and_is_gone_when_answered(actor: Actor, scope: Scope):
    who: dict[str, Any] = {"actor": actor, "scope": scope, "at": AT}
    row = division(who).of("Bình 0")
    asked = {"received_on": date(2026, 12, 9), "number": "3/ĐN", "text": "Đề nghị xem lại điểm tháng 5.", "laws": laws()}
    with pytest.raises(EvaluationRefused, match="chưa có quyết định"):
        object_to(pk=row.pk, **asked, **who)
    Evaluation.objects.filter(pk=row.pk).update(grade=GOOD)
    made, by = object_to(pk=row.pk, **asked, **who)
    # Wednesday 9/12/2026 + 7 working days, Saturdays and Sundays off.
    assert (made.answer_by, by and by.text) == (date(2026, 12, 18), "18/12/2026")
    request = DueRequest(start=date(2026, 12, 10), end=date(2026, 12, 31), law=Law(laws()))
    read = {"request": request, "sources": OF_PAGES, "snapshot": load(keyring()), "actor": actor, "kinds": ["objection"]}
    [found] = due(**read, scope=scope)
    assert (found.key, found.earliest, found.rule, found.since) == (row.person_id, date(2026, 12, 18), "Điều 22", date(2026, 12, 9))
    assert due(**read, scope=Scope(units=frozenset({999}), groups=frozenset({"evaluation"}))) == []
    assert due(**read, scope=Scope(units=None, groups=frozenset({"basic"}))) == []
    answer_objection(pk=made.pk, on=date(2026, 12, 15), answer="5/TB: giữ nguyên", **who)
    assert due(**read, scope=scope) == []
    with pytest.raises(EvaluationRefused, match="đã được trả lời"):
        answer_objection(pk=made.pk, on=date(2026, 12, 16), answer="x", **who)
