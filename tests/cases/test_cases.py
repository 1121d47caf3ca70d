"""Cases on the database: opened under the rules of their day, carried on step by step, refused in one sentence."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from canbo.audit.models import Act
from canbo.cases.changes import CaseRefused, Filed, Named, Opening, Secrecy, file_paper, open_case, take_step
from canbo.cases.models import Case, CaseEntry
from canbo.cases.queries import cases, view
from canbo.cases.rules import state_of, steps_of
from canbo.engine.procedures.model import ProcedureRefused
from canbo.engine.procedures.replay import Entry
from canbo.kernel.actors import Actor, Forbidden, Scope
from tests.cases.world import AT, BOARD, Desk, appointment, laws
from tests.dossier.world import person, unit

pytestmark = pytest.mark.django_db
OLD, NEW = date(2026, 7, 31), date(2026, 8, 3)
OPINION = {"kind": "cấp ủy cùng cấp", "body": "Đảng ủy xã", "number": "31-CV/ĐU", "dated": date(2026, 9, 4), "conclusion": "đồng ý"}
FRESH = dict.fromkeys(
    ["to-trinh", "so-yeu-ly-lich", "tu-kiem-diem", "nhan-xet-danh-gia", "nhan-xet-noi-cu-tru", "ket-luan-tieu-chuan-chinh-tri",
     "ke-khai-tai-san", "van-bang"], date(2026, 8, 20),
)  # fmt: skip


def seen_by(desk, on):
    return view(pk=desk.case.pk, on=on, actor=desk.who["actor"], scope=desk.who["scope"])


@pytest.fixture
def who(actor: Actor, scope: Scope) -> dict[str, Any]:
    return {"actor": actor, "scope": scope, "at": AT}


@pytest.fixture
def people() -> tuple[int, int, int]:
    home = unit("A")
    return home.pk, person("Lò Thị An", home).pk, person("Vàng Văn Bình", home).pk


def test_the_same_appointment_takes_five_steps_before_the_change_and_four_after(who, people):
    home, an, binh = people
    old, new = appointment(home, [an, binh], OLD, who), appointment(home, [an, binh], NEW, who)
    assert [step.code for step in steps_of(old).steps] == ["b1", "b2", "b3", "b4", "b5", "quyet-dinh"]
    assert [step.code for step in steps_of(new).steps] == ["b1", "b2", "b3", "b4", "quyet-dinh"]
    assert (old.document, new.document) == ("nd170-2025", "nd300-2026")


def test_a_case_begun_before_the_change_ends_under_the_old_rule(who, people):
    home, an, binh = people
    desk = Desk(appointment(home, [an, binh], OLD, who), who)
    on = date(2026, 9, 7)
    desk.take("b1", "convene", on, convened=5, present=5)
    desk.take("b1", "conclude", on, names=list(desk.names.values()))
    desk.vote("b2", on, {an: 6, binh: 4})
    desk.vote("b3", on, {an: 7, binh: 3})
    desk.take("b3", "announce", on)
    desk.vote("b4", on, {an: 9}, present=20)
    with pytest.raises(ProcedureRefused, match="ghi ý kiến bằng văn bản của tổ chức khác"):
        desk.take("b5", "convene", on, convened=5, present=5)
    desk.take("b5", "opinion", on, **OPINION)
    desk.vote("b5", on, {an: 8})
    desk.take("quyet-dinh", "submit", on)
    desk.take("quyet-dinh", "decide", on, names=[desk.names[an]], number="15/QĐ-UBND")
    assert (state_of(desk.case).status, Case.objects.get(pk=desk.case.pk).status) == ("done", "done")
    assert {row.person_id: row.outcome for row in desk.case.names.all()} == {an: "approved", binh: ""}


def test_four_steps_under_the_new_rule_ask_opinion_file_and_a_decision(who, people):
    home, an, binh = people
    desk, on = Desk(appointment(home, [an, binh], NEW, who), who), date(2026, 9, 7)
    desk.vote("b1", on, {an: 6, binh: 4})
    desk.take("b1", "announce", on)
    desk.vote("b2", on, {an: 8})
    desk.take("b2", "announce", on)
    desk.vote("b3", on, {an: 21}, present=30)
    desk.take("b4", "opinion", on, **OPINION)
    desk.vote("b4", on, {an: 9})
    desk.take("b4", "announce", on)
    assert "Chưa có Tờ trình của người đứng đầu." in seen_by(desk, on).blocked
    for kind, dated in {**FRESH, "kham-suc-khoe": date(2026, 1, 5)}.items():
        desk.take("quyet-dinh", "paper", on, kind=kind, dated=dated)
    with pytest.raises(ProcedureRefused, match="Giấy chứng nhận sức khỏe đã quá 6 tháng"):
        desk.take("quyet-dinh", "submit", on)
    desk.take("quyet-dinh", "paper", on, kind="kham-suc-khoe", dated=date(2026, 3, 7))
    desk.take("quyet-dinh", "submit", on)
    desk.take("quyet-dinh", "decide", on, names=[], refused={desk.names[an]: "chưa đủ thời gian giữ chức vụ"}, number="16/TB")
    row = desk.case.names.get(person=an)
    assert (row.outcome, row.reason) == ("refused", "chưa đủ thời gian giữ chức vụ")
    with pytest.raises(ProcedureRefused, match="đã xong"):
        desk.take("quyet-dinh", "decide", on)


def test_wrong_step_two_counts_that_differ_and_a_small_board_are_refused_and_nothing_is_written(who, people):
    home, an, binh = people
    desk = Desk(appointment(home, [an, binh], NEW, who), who)
    with pytest.raises(ProcedureRefused, match="Chưa tới lúc kiểm phiếu lần thứ nhất"):
        desk.take("b1", "count", NEW)
    desk.take("b1", "convene", NEW, convened=10, present=9, members=10)
    paper = {"issued": 9, "collected": 9, "valid": 9, "votes": {desk.names[an]: 6, desk.names[binh]: 3}}
    with pytest.raises(ProcedureRefused, match="ít nhất 3 người"):
        desk.take("b1", "count", NEW, board=BOARD[:2], **paper)
    desk.take("b1", "count", NEW, board=BOARD, **paper)
    with pytest.raises(ProcedureRefused, match="không khớp"):
        desk.take("b1", "recount", NEW, board=BOARD, **{**paper, "votes": {desk.names[an]: 5, desk.names[binh]: 4}})
    assert CaseEntry.objects.filter(case=desk.case).count() == 2


def test_each_step_is_one_act_and_the_log_refuses_change(who, people):
    home, an, binh = people
    desk = Desk(appointment(home, [an, binh], NEW, who), who)
    before = Act.objects.count()
    desk.take("b1", "convene", NEW, convened=10, present=9, members=10)
    assert Act.objects.count() == before + 1
    entry = CaseEntry.objects.get(case=desk.case)
    for change in (lambda: CaseEntry.objects.filter(pk=entry.pk).update(step="b9"), entry.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    Case.objects.filter(pk=desk.case.pk).update(step="b9")  # the fold is a copy; the log is the truth
    assert state_of(Case.objects.get(pk=desk.case.pk)).duty == 1


def test_who_saw_less_than_was_written_is_told(who, people):
    home, an, binh = people
    desk = Desk(appointment(home, [an, binh], NEW, who), who)
    desk.take("b1", "convene", NEW, convened=10, present=9, members=10)
    with pytest.raises(CaseRefused, match="Người khác vừa ghi thêm"):
        take_step(pk=desk.case.pk, entry=Entry("b1", "count", NEW, {}), seen=0, **who)
    # Also where what is due by now is nothing she may do: she hears of the other writer, not of a right she lacks.
    desk.take("b1", "withdraw", NEW, reason="rút để xem lại")
    head = {**who, "actor": Actor(user=2, role="lanh-dao", actions=frozenset({"cases.read", "cases.decide"}))}
    for seen, told in ((1, "Người khác vừa ghi thêm"), (2, "chưa được giao quyền")):
        with pytest.raises((CaseRefused, Forbidden), match=told):
            take_step(pk=desk.case.pk, entry=Entry("", "return", NEW, {"to": "b1", "reason": "x"}), seen=seen, **head)


def test_what_is_secret_or_unsure_leaves_only_number_day_and_holder(who, people):
    home, an, _ = people
    for level in ("secret", "unsure"):
        kept = Secrecy(level, "Nguyễn Văn Kiểm", NEW, held_number="07/HSM", held_by="Văn phòng Tỉnh ủy")
        opening = Opening("appointment", "bo-nhiem-tai-cho", home, "Bổ nhiệm", "career", [Named(person=an)], kept, NEW)
        case = open_case(opening=opening, laws=laws(), **who)
        row = Case.objects.get(pk=case.pk)
        assert (row.status, row.name, row.title_id, row.rules, row.names.count()) == ("outside", "", None, {}, 0)
        assert (row.held_number, row.held_by, row.opened_on) == ("07/HSM", "Văn phòng Tỉnh ủy", NEW)
        with pytest.raises(CaseRefused, match="ngoài chương trình"):
            take_step(pk=case.pk, entry=Entry("b1", "convene", NEW, {}), seen=0, **who)
    with pytest.raises(CaseRefused, match="số hồ sơ giấy"):
        bare = Secrecy("unsure", "Nguyễn Văn Kiểm", NEW)
        open_case(opening=Opening("appointment", "bo-nhiem-tai-cho", home, "x", "career", [], bare, NEW), laws=laws(), **who)


def test_nobody_named_who_found_it_not_secret_opens_nothing(who, people):
    home, an, _ = people
    for wrong in (Secrecy("none", "", NEW, "mục 1"), Secrecy("none", "Kiểm", NEW, ""), Secrecy("", "Kiểm", NEW, "mục 1")):
        with pytest.raises(CaseRefused):
            open_case(opening=Opening("a", "bo-nhiem-tai-cho", home, "x", "career", [Named(person=an)], wrong, NEW), laws=laws(), **who)
    assert Case.objects.count() == 0


def test_day_without_a_procedure_is_said(who, people):
    home, an, _ = people
    with pytest.raises(ProcedureRefused, match="Chưa có quy định về quy trình"):
        appointment(home, [an], date(2019, 1, 1), who)


def test_reader_without_the_group_or_the_unit_sees_no_case(who, people):
    home, an, binh = people
    appointment(home, [an, binh], NEW, who)
    actor = who["actor"]
    assert cases(actor=actor, scope=Scope(units=frozenset({home}), groups=frozenset({"career"}))).count() == 1
    assert cases(actor=actor, scope=Scope(units=frozenset({home}), groups=frozenset({"basic"}))).count() == 0
    assert cases(actor=actor, scope=Scope(units=frozenset({home + 99}), groups=frozenset({"career"}))).count() == 0
    with pytest.raises(Forbidden):
        appointment(home, [an], NEW, {**who, "scope": Scope(units=frozenset(), groups=frozenset({"career"}))})
    with pytest.raises(Forbidden):
        appointment(home, [an], NEW, {**who, "actor": Actor(user=1, role="x", actions=frozenset({"cases.read"}))})


def test_papers_of_the_file_are_asked_with_their_age_before_the_decision(who, people):
    home, an, binh = people
    case = appointment(home, [an, binh], NEW, who)
    desk, on = Desk(case, who), date(2026, 9, 7)
    filed = Filed("kham-suc-khoe", date(2026, 1, 5), "12/GKSK", "Bệnh viện huyện", scan=("kham.pdf", b"%PDF-1.4 x"))
    file_paper(pk=case.pk, paper=filed, on=on, seen=0, **who)
    row = case.papers.get()
    assert (row.kind, row.number, bool(row.file_sha256)) == ("kham-suc-khoe", "12/GKSK", True)
    state = state_of(case)
    assert state.papers == {"kham-suc-khoe": date(2026, 1, 5)}
    desk.seen = 1
    desk.vote("b1", on, {an: 6, binh: 4})
