"""Two dossiers of one person who is rated twice: made one once somebody said which of the two counts."""

from typing import Any

import pytest

from canbo.dossier.changes import MergeRefused, merge_people, unmerge_people
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.deciding import start_meetings
from canbo.evaluation.dropping import drop_person
from canbo.evaluation.models import Evaluation, TrackedMonth
from canbo.kernel.actors import Actor, Scope
from tests.cases.world import laws, not_secret
from tests.evaluation.world import AT, ON, division, score_all

pytestmark = pytest.mark.django_db


def test_two_dossiers_in_one_campaign_are_merged_after_one_left_it(actor: Actor, scope: Scope):
    who: dict[str, Any] = {"actor": actor, "scope": scope, "at": AT}
    made = division(who)
    score_all(made, {"Bình 0": "1"})
    score_all(made, {"Bình 1": "0.5"}, months=6)
    asked = {"kept": made.people["Bình 0"], "merged": made.people["Bình 1"], "on": ON, "reason": "một người", **who}
    with pytest.raises(MergeRefused, match="trong một đợt đánh giá chưa quyết định xong; hãy bỏ một người"):
        merge_people(**asked)
    row = made.of("Bình 1")
    with pytest.raises(EvaluationRefused, match="lý do"):
        drop_person(pk=row.pk, reason=" ", **who)
    drop_person(pk=row.pk, reason="trùng hồ sơ", **who)
    done = merge_people(**asked)
    # Months of both at one unit: those of the dossier kept count, the others stay where they were written.
    assert TrackedMonth.objects.filter(person=asked["kept"]).count() == 12
    assert TrackedMonth.objects.filter(person=asked["merged"]).count() == 6
    unmerge_people(merge=done.pk, on=ON, reason="nhầm", **who)
    assert TrackedMonth.objects.filter(person=asked["merged"]).count() == 6


def test_what_both_were_given_stays_with_each_dossier(actor: Actor, scope: Scope):
    who: dict[str, Any] = {"actor": actor, "scope": scope, "at": AT}
    made = division(who)
    Evaluation.objects.update(grade="hoan-thanh-tot")
    merge_people(kept=made.people["Bình 0"], merged=made.people["Bình 1"], on=ON, reason="một người", **who)
    assert made.of("Bình 1").person_id == made.people["Bình 1"]


def test_who_stands_before_a_meeting_is_not_dropped(actor: Actor, scope: Scope):
    who: dict[str, Any] = {"actor": actor, "scope": scope, "at": AT}
    made = division(who)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    with pytest.raises(EvaluationRefused, match="chưa xếp loại, kèm lý do"):
        drop_person(pk=made.of("Bình 0").pk, reason="trùng", **who)
    Evaluation.objects.update(grade="hoan-thanh-tot")
    with pytest.raises(MergeRefused, match="một việc đang làm"):
        merge_people(kept=made.people["Bình 0"], merged=made.people["Bình 1"], on=ON, reason="một người", **who)
