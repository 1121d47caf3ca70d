"""Objections wait seven working days under NĐ 335, results five days for the database; every place that lists what falls due lists them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from canbo.assess.due import DueRequest, due
from canbo.assess.law_sets import Law
from canbo.audit.changes import keyring
from canbo.cli.due import SOURCES as OF_COMMANDS
from canbo.dossier.models import Rating
from canbo.engine.ratings.model import GOOD, SATISFACTORY
from canbo.evaluation.beside import answer_objection, object_to
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.deciding import replace_rating
from canbo.evaluation.models import Evaluation
from canbo.evaluation.transmitting import record_transmission, unsent
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


def test_results_decided_are_to_be_sent_in_five_days_and_again_when_replaced(actor: Actor, scope: Scope):
    who: dict[str, Any] = {"actor": actor, "scope": scope, "at": datetime(2026, 12, 20, 2, 0, tzinfo=UTC)}
    made = division(who)
    head, row = made.of("An"), made.of("Bình 0")
    record = {"unit": made.unit.pk, "number": "CSDL-2026/00123"}
    with pytest.raises(EvaluationRefused, match="Không còn kết quả nào chờ gửi"):
        record_transmission(on=date(2026, 12, 12), **record, **who)
    for one, day in ((head, date(2026, 12, 11)), (row, date(2026, 12, 9))):
        one.grade = GOOD
        one.rating = Rating.objects.create(
            person_id=one.person_id, period="2026", regime="cong-chuc", grade=GOOD, known_from=day, unit_id=made.home
        )
        one.save()
    request = DueRequest(start=date(2026, 12, 10), end=date(2026, 12, 31), law=Law(laws()))
    read = {"request": request, "sources": OF_PAGES, "snapshot": load(keyring()), "actor": actor, "kinds": ["transmission"]}
    # Five days, weekends counted, from the earliest decision; told under the head's name.
    [found] = due(**read, scope=scope)
    assert (found.key, found.earliest, found.rule) == (head.person_id, date(2026, 12, 14), "Điều 26 khoản 1 điểm d")
    assert "2 người" in found.note
    assert due(**read, scope=Scope(units=frozenset({999}), groups=frozenset({"evaluation"}))) == []
    assert due(**read, scope=Scope(units=None, groups=frozenset({"basic"}))) == []
    for number, on, said in (("", 12, "số biên nhận"), ("1", 8, "sớm nhất chưa gửi là ngày 09/12/2026"), ("1", 21, "sau hôm nay")):
        with pytest.raises(EvaluationRefused, match=said):
            record_transmission(unit=made.unit.pk, on=date(2026, 12, on), number=number, **who)
    sent = record_transmission(on=date(2026, 12, 10), **record, **who)  # what is decided on the 11th cannot have gone on the 10th
    assert list(sent.evaluations.values_list("pk", flat=True)) == [row.pk]
    assert [one.pk for one in unsent(unit=made.unit, actor=actor, scope=scope)] == [head.pk]
    record_transmission(on=date(2026, 12, 14), **record, **who)
    assert due(**read, scope=scope) == []
    replace_rating(pk=row.pk, grade=SATISFACTORY, number="30/QĐ", reason="báo cáo không đúng", on=date(2026, 12, 18), **who)
    assert [one.earliest for one in due(**read, scope=scope)] == [date(2026, 12, 23)]
