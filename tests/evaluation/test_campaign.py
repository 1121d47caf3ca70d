"""A campaign under NĐ 335/2025 from opening to sending, each limit refused in one sentence."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canbo.audit.changes import keyring
from canbo.cases.models import Case, CaseEntry
from canbo.cases.rules import steps_of
from canbo.dossier.models import Discipline, Rating
from canbo.engine.procedures.replay import Entry
from canbo.engine.ratings.model import EXCELLENT, GOOD, SATISFACTORY, UNSATISFACTORY
from canbo.evaluation.campaigns import EvaluationRefused, allow_exception, close_campaign, rate_unit, take_in
from canbo.evaluation.deciding import replace_rating, send_results, stands_against, start_meetings, take_evaluation_step
from canbo.evaluation.dropping import drop_person
from canbo.evaluation.held import case_of, group_of, reasons_of
from canbo.evaluation.later import decide_later, left_out
from canbo.evaluation.models import Campaign, Evaluation
from canbo.evaluation.queries import progress, quota_of
from canbo.evaluation.rating import assess_oneself, choose_grades, correct_terms, propose
from canbo.evaluation.tracking import record_months
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.organization.models import Title
from canbo.snapshot.store import load
from tests.cases.world import laws, not_secret
from tests.evaluation.world import AT, ON, Division, division, month, official, score_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(actor: Actor, scope: Scope) -> dict[str, Any]:
    return {"actor": actor, "scope": scope, "at": AT}


def decide(made: Division, role: str, grades: dict[str, str], refused: dict[str, str] | None = None) -> None:
    """All steps of the leaders' or the others' case up to the decision with these grades; `refused` = who is left out and why."""
    case = getattr(made.unit, "leaders" if role == "leader" else "others")
    names = {row.person_id: row.pk for row in case.names.all()}
    ids = {made.of(name).pk: grade for name, grade in grades.items()}

    def take(step: str, duty: str, **data: Any) -> None:
        seen = CaseEntry.objects.filter(case=case).count()
        asked = {"unit": made.unit.pk, "pk": case.pk, "entry": Entry(step, duty, ON, data), "seen": seen, "laws": laws()}
        take_evaluation_step(**asked, grades=ids if duty == "decide" else None, **made.who)

    if case.entries.count() == 0:
        take("tu-danh-gia", "submit")
        take("hop", "convene", convened=5, present=5)
        take("hop", "conclude", names=list(names.values()))
        if role == "leader":
            take("y-kien", "opinion", kind="cấp ủy nơi công tác", body="Đảng ủy", number="1-NX/ĐU", dated=ON, conclusion="nhất trí")
            take("tong-hop", "submit")
    no = {names[made.people[name]]: why for name, why in (refused or {}).items()}
    take("quyet-dinh", "decide", names=[pk for pk in names.values() if pk not in no], refused=no, number="20/QĐ-UBND")


def test_opening_takes_in_everybody_a_regime_rates_and_names_who_is_left_out(who):
    made = division(who)
    rated = {name: made.of(name) for name in ("An", "Bình 0", "Chi")}
    assert {name: (row.role, row.heads_unit, row.regime) for name, row in rated.items()} == {
        "An": ("leader", True, "cong-chuc"), "Bình 0": ("staff", False, "cong-chuc"), "Chi": ("staff", False, "cong-chuc"),
    }  # fmt: skip
    assert {name: row.months_worked for name, row in rated.items()} == {"An": 12, "Bình 0": 12, "Chi": 8}
    assert [(left.name, left.why) for left in made.opened.left_out] == [
        ("Mùa A Dũng", "chưa rõ đối tượng (cán bộ, công chức, viên chức)")
    ]
    assert made.opened.rated == 4


def test_from_months_to_ratings_in_the_dossier(who):
    made = division(who, others=9)
    people = ["An", *(f"Bình {n}" for n in range(9))]
    score_all(made, {**dict.fromkeys(people, "0.7"), "Bình 0": "1"})
    score_all(made, {"Chi": "0.5"}, months=8)
    rate_unit(pk=made.unit.pk, grade=GOOD, document="18/QĐ-UBND", regime="don-vi-hanh-chinh", **who)
    rows = {row.person.full_name: row for row in propose(unit=made.unit.pk, laws=laws(), **who)}
    # 30 + 70 × ratio; the head: (0,7 + 0,7 + 0,7 + 1 + 1 + 1) / 6 × 70 + 30 = 89,5.
    assert (rows["Vàng Văn Bình 0"].score, rows["Vàng Văn Bình 0"].proposed) == (Decimal("100.00"), EXCELLENT)
    assert (rows["Vàng Văn Bình 1"].score, rows["Vàng Văn Bình 1"].proposed) == (Decimal("79.00"), GOOD)
    assert (rows["Hà Thị Chi"].score, rows["Hà Thị Chi"].proposed) == (Decimal("65.00"), SATISFACTORY)
    assert (rows["Lò Thị An"].score, rows["Lò Thị An"].proposed) == (Decimal("89.50"), GOOD)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    others = {**{f"Bình {n}": GOOD for n in range(1, 9)}, "Bình 0": EXCELLENT, "Chi": SATISFACTORY}
    decide(made, "staff", others)
    decide(made, "leader", {"An": GOOD})
    ratings = {row.person_id: row for row in Rating.objects.all()}
    assert {name: ratings[made.people[name]].grade for name in others} == others
    first = ratings[made.people["Bình 0"]]
    assert (first.period, first.regime, first.score, first.unit_id, first.capacity) == (
        "2026", "cong-chuc", Decimal("100.00"), made.home, "official",
    )  # fmt: skip
    assert "20/QĐ-UBND" in first.text
    send_results(unit=made.unit.pk, on=ON, **who)
    done = progress(campaign=made.opened.campaign, on=ON, actor=who["actor"], scope=who["scope"])
    assert [(one.people, one.scored, one.decided) for one in done] == [(11, 11, 11)]
    close_campaign(pk=made.opened.campaign.pk, on=ON, **who)
    assert Campaign.objects.get().closed_on == ON


def test_above_the_ceiling_is_refused_with_the_number_and_the_article_until_the_exception_is_written(who):
    made = division(who, others=9)
    score_all(made, dict.fromkeys(["An", *(f"Bình {n}" for n in range(9))], "1"))
    score_all(made, {"Chi": "1"}, months=8)
    rate_unit(pk=made.unit.pk, grade=EXCELLENT, document="18/QĐ-UBND", regime="don-vi-hanh-chinh", **who)
    propose(unit=made.unit.pk, laws=laws(), **who)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    two = {**{f"Bình {n}": GOOD for n in range(2, 9)}, "Bình 0": EXCELLENT, "Bình 1": EXCELLENT, "Chi": GOOD}
    with pytest.raises(EvaluationRefused, match=r"tối đa 20%.*Điều 20 khoản 5"):
        decide(made, "staff", two)
    assert Rating.objects.count() == 0
    allow_exception(pk=made.unit.pk, document="21/QĐ-UBND", reason="đơn vị dẫn đầu khối", **who)
    decide(made, "staff", two)
    assert Rating.objects.filter(grade=EXCELLENT).count() == 2
    with pytest.raises(EvaluationRefused, match="tối đa 20%"):
        decide(made, "leader", {"An": EXCELLENT})


def test_collective_comes_first_and_the_head_stays_below_it(who):
    made = division(who)
    score_all(made, {"An": "1"})
    rows = {row.person_id: row for row in propose(unit=made.unit.pk, laws=laws(), **who)}
    assert rows[made.people["An"]].proposed == "" and "chưa xếp loại đơn vị" in rows[made.people["An"]].reasons[0]
    rate_unit(pk=made.unit.pk, grade=SATISFACTORY, document="18/QĐ", regime="don-vi-hanh-chinh", **who)
    rows = {row.person_id: row for row in propose(unit=made.unit.pk, laws=laws(), **who)}
    assert rows[made.people["An"]].proposed == SATISFACTORY
    assert "Điều 20 khoản 6" in rows[made.people["An"]].reasons[-1]


def test_missing_month_is_unknown_and_not_a_lower_grade(who):
    made = division(who)
    score_all(made, {"Bình 0": "1"}, months=11)
    rows = {row.person_id: row for row in propose(unit=made.unit.pk, laws=laws(), **who)}
    row = rows[made.people["Bình 0"]]
    assert (row.proposed, row.score, row.reasons) == ("", None, ["chưa đủ điểm của các tháng"])


def test_disqualifying_fact_rests_on_a_record_and_counts_once(who):
    made = division(who)
    score_all(made, {"Bình 0": "1"})
    row = made.of("Bình 0")
    terms = {"role": "staff", "heads_unit": False, "task_group": "", "months_worked": 12, "away": {}, "laws": laws()}
    with pytest.raises(EvaluationRefused, match="quyết định kỷ luật có trong hồ sơ"):
        correct_terms(pk=row.pk, bars={"vi-pham-cong-vu": 999}, **terms, **who)
    record = Discipline.objects.create(person_id=row.person_id, side="nha-nuoc", form="khien-trach", decided_on="2026-05-04")
    correct_terms(pk=row.pk, bars={"vi-pham-cong-vu": record.pk}, **terms, **who)
    found = {one.person_id: one for one in propose(unit=made.unit.pk, laws=laws(), **who)}[row.person_id]
    assert found.proposed == UNSATISFACTORY and "Điều 11 khoản 3" in found.reasons[0]
    again = made.of("Bình 1")
    with pytest.raises(EvaluationRefused):
        correct_terms(pk=again.pk, bars={"vi-pham-cong-vu": record.pk}, **terms, **who)


def test_reason_that_rests_on_discipline_is_shown_only_to_who_reads_it(who):
    made = division(who)
    score_all(made, {"Bình 0": "1"})
    row = made.of("Bình 0")
    record = Discipline.objects.create(person_id=row.person_id, side="nha-nuoc", form="khien-trach", decided_on="2026-05-04")
    terms = {"role": "staff", "heads_unit": False, "task_group": "", "months_worked": 12, "away": {}, "laws": laws()}
    correct_terms(pk=row.pk, bars={"vi-pham-cong-vu": record.pk}, **terms, **who)
    propose(unit=made.unit.pk, laws=laws(), **who)
    row = made.of("Bình 0")
    unread = Scope(units=None, groups=frozenset({"basic", "evaluation"}))
    assert (len(reasons_of(row, who["scope"])), reasons_of(row, unread)) == (1, [])
    assert "kỷ luật" in stands_against(row, made.unit, GOOD, laws(), who["scope"])
    assert stands_against(row, made.unit, GOOD, laws(), unread).endswith("mức chọn cao hơn mức theo quy định.")


def test_only_the_person_writes_her_own_assessment_until_the_meeting(who):
    made = division(who)
    row = made.of("Bình 0")
    own = Scope(units=frozenset(), groups=frozenset({"evaluation"}), own_person=row.person_id)
    herself = {"actor": Actor(user=9, role="ca-nhan", actions=frozenset({"cases.own"})), "scope": own, "at": AT}
    with pytest.raises(Forbidden, match="Chỉ chính người được đánh giá"):
        assess_oneself(pk=row.pk, grade=GOOD, text="Hoàn thành đủ việc.", **who)
    with pytest.raises(EvaluationRefused, match="tự nhận xét"):
        assess_oneself(pk=row.pk, grade=GOOD, text="  ", **herself)
    assess_oneself(pk=row.pk, grade=GOOD, text="Hoàn thành đủ việc.", **herself)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    case = made.unit.others
    for number, (step, duty) in enumerate([("tu-danh-gia", "submit"), ("hop", "convene")]):
        data = {"convened": 5, "present": 5} if duty == "convene" else {}
        take_evaluation_step(unit=made.unit.pk, pk=case.pk, entry=Entry(step, duty, ON, data), seen=number, laws=laws(), **who)
    with pytest.raises(EvaluationRefused, match="đã họp"):
        assess_oneself(pk=row.pk, grade=EXCELLENT, text="Viết lại.", **herself)


def test_decision_found_untrue_is_replaced_and_both_stay(who):
    made = division(who, others=4)
    score_all(made, dict.fromkeys([f"Bình {n}" for n in range(4)], "0.7"))
    score_all(made, {"Chi": "0.7"}, months=8)
    propose(unit=made.unit.pk, laws=laws(), **who)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    decide(made, "staff", {**{f"Bình {n}": GOOD for n in range(4)}, "Chi": GOOD})
    row = made.of("Bình 0")
    with pytest.raises(EvaluationRefused, match="số quyết định và lý do"):
        replace_rating(pk=row.pk, grade=SATISFACTORY, number="", reason="", on=ON, **who)
    new = replace_rating(pk=row.pk, grade=SATISFACTORY, number="30/QĐ-UBND", reason="báo cáo không trung thực", on=ON, **who)
    old = Rating.objects.get(person=row.person_id, replaced_by__isnull=False)
    assert (old.grade, old.replaced_by_id, new.grade, new.note) == (GOOD, new.pk, SATISFACTORY, "báo cáo không trung thực")


def test_a_grade_above_what_the_points_give_is_refused(who):
    made = division(who, others=9)
    score_all(made, dict.fromkeys([f"Bình {n}" for n in range(9)], "0.7"))
    score_all(made, {"Chi": "0.7"}, months=8)
    propose(unit=made.unit.pk, laws=laws(), **who)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    with pytest.raises(EvaluationRefused, match="cao hơn mức theo điểm"):
        decide(made, "staff", {**{f"Bình {n}": GOOD for n in range(1, 9)}, "Bình 0": EXCELLENT, "Chi": GOOD})


def test_meter_shows_what_stands_and_what_would(who):
    made = division(who, others=9)
    chosen = {made.of(f"Bình {n}").pk: (GOOD, "") for n in range(9)}
    choose_grades(unit=made.unit.pk, chosen=chosen, **who)
    [line] = quota_of(unit=made.unit, laws=laws(), actor=who["actor"], scope=who["scope"], grades={made.of("Bình 0").pk: EXCELLENT})
    assert (line.meter.used, line.meter.base, line.meter.cap) == (1, 8, 1)
    assert "Điều 20 khoản 5" in line.cite


def test_unit_outside_the_scope_is_neither_rated_nor_read(who):
    made = division(who)
    stranger = {**who, "scope": Scope(units=frozenset({made.home + 99}), groups=frozenset({"evaluation"}))}
    with pytest.raises(Forbidden):
        record_months(unit=made.home, regime="cong-chuc", months=[month(made.people["An"], 1)], laws=laws(), **stranger)
    assert progress(campaign=made.opened.campaign, on=ON, actor=who["actor"], scope=stranger["scope"]) == []
    assert Case.objects.count() == 0
    with pytest.raises(Exception, match="CampaignUnit"):
        propose(unit=made.unit.pk, laws=laws(), **stranger)
    assert date(2026, 12, 7) == ON


def test_deputies_go_apart_from_their_head_without_the_step_of_the_advisory_body(who):
    made = division(who)
    home = made.unit.unit
    title = Title.objects.create(code="pho-truong-phong-xa", name="Phó Trưởng phòng")
    deputy = official("Sùng A Phó", home, title=title)
    take_in(pk=made.opened.campaign.pk, laws=laws(), snapshot=load(keyring()), **who)
    row = Evaluation.objects.get(person=deputy)
    assert (row.role, row.heads_unit, group_of(row)) == ("leader", False, "leader")
    assert len(start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)) == 3
    unit, row = made.unit, Evaluation.objects.get(person=deputy)
    people = {group: [name.person_id for name in case.names.all()] for group, case in (("h", unit.leaders), ("d", unit.deputies))}
    assert people == {"h": [made.people["An"]], "d": [deputy]}
    assert (group_of(row), case_of(row)) == ("deputy", unit.deputies)
    steps = {case.procedure: [step.code for step in steps_of(case).steps] for case in (unit.leaders, unit.deputies)}
    assert [code for code in steps["danh-gia-lanh-dao"] if code not in steps["danh-gia-cap-pho"]] == ["tong-hop"]
    assert list(steps["danh-gia-cap-pho"]) == ["tu-danh-gia", "hop", "y-kien", "quyet-dinh", "thong-bao"]


def test_who_is_left_out_of_the_decision_holds_the_results_back_until_decided_alone_or_dropped(who):
    made = division(who, others=4)
    people = [f"Bình {n}" for n in range(4)]
    score_all(made, {**dict.fromkeys(people, "0.7"), "Bình 0": "1"})
    score_all(made, {"Chi": "0.7"}, months=8)
    Evaluation.objects.filter(pk=made.of("An").pk).delete()
    propose(unit=made.unit.pk, laws=laws(), **who)
    later = {"number": "25/QĐ-UBND", "laws": laws(), **who}
    with pytest.raises(EvaluationRefused, match="cùng cả đơn vị"):
        decide_later(pk=made.of("Bình 0").pk, grade=GOOD, on=ON, **later)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    out = {"Bình 0": "chờ kết luận kiểm tra", "Chi": "chuyển công tác"}
    decide(made, "staff", dict.fromkeys(people[1:], GOOD), out)
    assert made.of("Bình 1").grade == GOOD and made.of("Bình 0").grade == ""
    told = left_out(unit=made.unit, actor=who["actor"], scope=who["scope"])
    assert told == {made.people[name]: why for name, why in out.items()}
    with pytest.raises(EvaluationRefused, match=r"Còn 2 người.*Bình 0: chờ kết luận kiểm tra.*quyết định bổ sung hoặc bỏ"):
        send_results(unit=made.unit.pk, on=ON, **who)
    with pytest.raises(EvaluationRefused, match="tối đa 20%"):
        decide_later(pk=made.of("Bình 0").pk, grade=EXCELLENT, on=ON, **later)
    with pytest.raises(EvaluationRefused, match="không thể trước quyết định của đơn vị ngày 07/12/2026"):
        decide_later(pk=made.of("Bình 0").pk, grade=GOOD, on=date(2026, 12, 1), **later)
    rating = decide_later(pk=made.of("Bình 0").pk, grade=GOOD, on=ON, **later)
    assert (made.of("Bình 0").rating, rating.grade, rating.text) == (rating, GOOD, "Quyết định 25/QĐ-UBND")
    drop_person(pk=made.of("Chi").pk, reason="chuyển công tác", **who)
    send_results(unit=made.unit.pk, on=ON, **who)


def test_last_to_send_her_own_assessment_carries_out_the_step_that_is_theirs(who):
    made = division(who)
    start_meetings(unit=made.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    case, names = made.unit.others, ("Bình 0", "Bình 1", "Chi")

    def send(name: str) -> None:
        own = Scope(units=frozenset(), groups=frozenset({"evaluation"}), own_person=made.people[name])
        herself = {"actor": Actor(user=9, role="ca-nhan", actions=frozenset({"cases.own"})), "scope": own, "at": AT}
        assess_oneself(pk=made.of(name).pk, grade=GOOD, text="Làm đủ việc.", **herself)

    for name in names[:2]:
        send(name)
        assert not case.entries.exists()
    send("Chi")
    assert [(entry.step, entry.duty, entry.on, entry.role) for entry in case.entries.all()] == [("tu-danh-gia", "submit", ON, "ca-nhan")]
    assert not made.unit.leaders.entries.exists()
    send("Bình 0")  # still hers to change until the meeting; handed in once
    assert case.entries.count() == 1
    back = Entry("", "return", ON, {"to": "tu-danh-gia", "reason": "ghi lại kết quả quý 3"})
    take_evaluation_step(unit=made.unit.pk, pk=case.pk, entry=back, seen=1, laws=laws(), **who)
    send("Bình 0")
    assert case.entries.count() == 2
