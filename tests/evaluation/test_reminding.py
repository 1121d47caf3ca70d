"""Reminders: only units that have not sent, only near or past the day, each with the next thing to do."""

from datetime import date
from typing import Any

import pytest

from canbo.engine.procedures.replay import Entry
from canbo.evaluation.deciding import start_meetings, take_evaluation_step
from canbo.evaluation.models import CampaignUnit, Evaluation
from canbo.evaluation.reminding import reminders
from canbo.kernel.actors import Actor, Scope
from tests.cases.world import laws, not_secret
from tests.evaluation.world import AT, ON, division

pytestmark = pytest.mark.django_db


def test_each_unit_is_reminded_of_its_next_step_until_it_has_sent(actor: Actor, scope: Scope):
    who: dict[str, Any] = {"actor": actor, "scope": scope, "at": AT}
    made = division(who)
    campaign, asked = made.opened.campaign, {"ahead": 5, "actor": actor, "scope": scope}
    assert reminders(campaign=campaign, on=date(2026, 12, 8), **asked) == []  # six days before the 14th
    [soon] = reminders(campaign=campaign, on=date(2026, 12, 9), **asked)
    assert (soon.days_left, soon.late) == (5, False)
    assert soon.next == ("tự đánh giá: còn 4 người", "xếp loại đơn vị", "tính mức theo quy định: còn 4 người", "mở việc đánh giá, họp")
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    take_evaluation_step(
        unit=made.unit.pk, pk=made.unit.others.pk, entry=Entry("tu-danh-gia", "submit", ON, {}), seen=0, laws=laws(), **who
    )
    [late] = reminders(campaign=campaign, on=date(2026, 12, 16), **asked)
    assert (late.days_left, late.late) == (-2, True)
    assert late.next == (
        "Tự đánh giá (lãnh đạo, quản lý)",
        "Họp nhận xét, đánh giá: triệu tập, điểm danh (người không giữ chức vụ lãnh đạo, quản lý)",
    )
    Evaluation.objects.update(grade="hoan-thanh-tot")
    assert reminders(campaign=campaign, on=date(2026, 12, 16), **asked)[0].next == ("gửi kết quả lên cấp trên",)
    assert reminders(campaign=campaign, on=date(2026, 12, 16), **{**asked, "scope": Scope(units=frozenset({9}), groups=frozenset())}) == []
    CampaignUnit.objects.update(sent_on=ON)
    assert reminders(campaign=campaign, on=date(2026, 12, 16), **asked) == []
