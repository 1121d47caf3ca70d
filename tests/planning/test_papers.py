"""Papers of planning: what the records say stands on them in order; why somebody leaves stands only where it is decided."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.db import transaction

from canbo.access.queries import LOCAL_ACCESS, forget_units
from canbo.audit.changes import keyring
from canbo.documents.paper import STATE, Document
from canbo.documents.word import to_docx
from canbo.organization.models import Unit
from canbo.planning.deciding import send_unit, start_cases
from canbo.planning.lines import Brought, bring_forward, comment_on, set_standing
from canbo.planning.models import PrintedCopy, RoundUnit
from canbo.planning.papers.copies import copies_of, holders_of, note_copies, take_back
from canbo.planning.papers.deciding import decision, notice, submission
from canbo.planning.papers.held import Held
from canbo.planning.papers.known import known_table
from canbo.planning.papers.pieces import Layout
from canbo.planning.papers.printing import KINDS, held_with_lists, numbered, round_plan, unit_documents
from canbo.planning.papers.review import report, reviewed
from canbo.planning.papers.roll import roll
from canbo.planning.rounds import PlanningRefused
from canbo.snapshot.store import load
from tests.documents.test_word import in_order, texts
from tests.planning.world import AT, NEXT, ON, SECRECY, Walk, World, law

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
DEPUTY = "pho-chu-tich-ubnd-xa"
WHY, REFUSED = "Xin rút vì lý do riêng", "chưa qua thực tiễn cơ sở"


@dataclass
class Decided:
    """One list walked to its decision: An comes in, Bình was not agreed to, Chi leaves, Dung stays."""

    world: World
    home: RoundUnit
    people: dict[str, int]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[Decided]:
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        yield _walked(World({**WHO, "at": AT}))
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
        forget_units()


def _walked(world: World) -> Decided:
    Unit.objects.filter(pk=world.province.pk).update(kind="tinh")
    Unit.objects.filter(pk=world.home.pk).update(kind="xa")
    Unit.objects.create(code="tu", name="Tỉnh ủy T", kind="tinh-uy", block="dang", parent=world.province)
    Unit.objects.create(code="du-1", name="Đảng ủy xã A", kind="du", block="dang", parent=world.home)
    people = {name.split()[-1]: world.official(name) for name in ("Lò Thị An", "Vàng Văn Bình", "Hà Thị Chi", "Sầm Văn Dung")}
    world.planned(people["Chi"])
    world.planned(people["Dung"])
    home = world.round((DEPUTY, NEXT, "next")).units.get()
    slate = home.slates.get()
    brought = [Brought(people[name], "chi-bo", "Chi bộ 2", ON, plan_class="1") for name in ("An", "Bình")]
    bring_forward(pk=slate.pk, brought=brought, **world.asked())
    set_standing(pk=world.line(slate, people["Chi"]).pk, standing="remove", ground=WHY, document="Đơn 01/6/2026", **world.asked())
    comment_on(pk=world.line(slate, people["Dung"]).pk, text="Sâu sát cơ sở, có triển vọng.", on=ON, **world.who)
    cases = start_cases(pk=slate.pk, procedure="tai-cho", on=ON, secrecy=SECRECY, basis="", **world.asked())
    slate.refresh_from_db()
    coming, leaving = (Walk(world, slate, case) for case in cases)
    both = [people["An"], people["Bình"]]
    coming.to_submission(both)
    leaving.take("de-xuat", "submit")
    leaving.take("ket-luan", "convene", convened=9, present=9, members=9)
    leaving.take("ket-luan", "conclude", names=list(leaving.names.values()))
    send_unit(pk=home.pk, on=ON, **world.who)
    coming.appraise(both)
    coming.decide([people["An"]], {people["Bình"]: REFUSED})
    leaving.receive()
    leaving.case.refresh_from_db()
    if leaving.case.step == "tiep-nhan":
        leaving.take("tiep-nhan", "submit")
    leaving.take("tham-dinh", "conclude", names=list(leaving.names.values()))
    leaving.decide([people["Chi"]])
    home.refresh_from_db()
    return Decided(world, home, people)


def _held(made: Decided, **layout: str) -> Held:
    home = RoundUnit.objects.select_related("round__unit", "unit").get(pk=made.home.pk)
    return held_with_lists(home=home, layout=Layout(**layout), law=law(), snapshot=load(keyring()), **WHO)


@pytest.fixture(scope="module")
def of(made: Decided) -> Held:
    return _held(made)


def read(document: Document) -> list[str]:
    return texts(to_docx(document))


def test_plan_of_a_round_names_order_titles_steps_with_bodies_and_the_last_day(made):
    _, content = round_plan(round=made.home.round, layout=Layout(), law=law(), snapshot=load(keyring()), **WHO)
    assert in_order(
        texts(content), "TỈNH ỦY T", "-KH/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "KẾ HOẠCH", "Căn cứ Kế hoạch 5-KH/TU", "II. Đơn vị",
        "Phó Chủ tịch UBND xã", NEXT, "03/2031", "tất cả", "Xã A", "Hội nghị cán bộ chủ chốt", "Trình danh sách", "chậm nhất 31/12/2026",
        "Đưa ra khỏi quy hoạch", "hạn gửi danh sách: 31/12/2026", "dưới 40 tuổi", "T/M BAN THƯỜNG VỤ",
    )  # fmt: skip


def test_review_sets_everybody_against_each_condition_with_its_article(of):
    found = read(reviewed(of))
    assert in_order(
        found, "TỈNH ỦY T", "ĐẢNG ỦY XÃ A", "DANH SÁCH RÀ SOÁT", "Lò Thị An", "1988", "Đạt", "Đủ", "Sầm Văn Dung", "Căn cứ", "Điều",
    )  # fmt: skip
    assert not any("Hà Thị Chi" in text for text in found)
    person = next(iter(of.judged[of.slates[0].pk]))
    judged = {of.slates[0].pk: {**of.judged[of.slates[0].pk], person: replace(of.judged[of.slates[0].pk][person], here=False)}}
    assert any("không còn công tác trong phạm vi quản lý" in text for text in read(reviewed(replace(of, judged=judged))))
    with pytest.raises(PlanningRefused, match="Bạn chưa được giao"):
        reviewed(replace(of, closed="Bạn chưa được giao quyền xem xếp loại."))


def test_submission_and_report_tell_why_somebody_leaves(of):
    assert in_order(
        read(submission(of)), "-TTr/ĐU", "TỜ TRÌNH", "Kính gửi: Tỉnh ủy T", "Hội nghị cán bộ chủ chốt", "15/06/2026", "2. Kết quả", "Cộng",
        "đưa vào", "Lò Thị An", "đưa ra", "Hà Thị Chi", f"{WHY}; Đơn 01/6/2026", "T/M BAN THƯỜNG VỤ",
    )  # fmt: skip
    assert in_order(
        read(report(of)), "-BC/ĐU", "BÁO CÁO", "giữ 1 đồng chí; đưa ra khỏi quy hoạch 1 đồng chí; bổ sung 1 đồng chí", WHY,
        "4. Số lượng, cơ cấu",
        "Nhiệm kỳ 2031-2036", "T/M BAN THƯỜNG VỤ", "PHỤ LỤC", "Sầm Văn Dung", "Sâu sát cơ sở, có triển vọng.",
    )  # fmt: skip


def test_decision_and_notice_name_the_outcome_and_never_the_reason(of):
    found = read(decision(of))
    assert in_order(
        found, "Số 40-QĐ/TU", "QUYẾT ĐỊNH", "Căn cứ", "Xét Tờ trình", "QUYẾT ĐỊNH:", "Điều 1. Phê duyệt kết quả xây dựng", "Điều 2.",
        "T/M BAN THƯỜNG VỤ", "DANH SÁCH", "(kèm theo Quyết định số 40-QĐ/TU, ngày 15/06/2026)", "I. Giữ", "Sầm Văn Dung", "II. Đưa vào",
        "Lò Thị An", "đối tượng 1", "III. Đưa ra", "Hà Thị Chi",
    )  # fmt: skip
    told = read(notice(of))
    assert in_order(told, "THÔNG BÁO", "Căn cứ Quyết định số 40-QĐ/TU, ngày 15/06/2026", "Lò Thị An", "Hà Thị Chi")
    waiting = replace(of, meetings={pk: replace(one, entries={}) for pk, one in of.meetings.items()})
    assert in_order(read(decision(waiting)), "-QĐ/TU", "đưa vào quy hoạch 2 đồng chí", "III. Đưa ra")  # a draft, before the decision
    with pytest.raises(PlanningRefused, match="chưa có kết quả"):
        notice(waiting)
    for text in (*found, *told, *read(roll(of))):
        assert WHY not in text and REFUSED not in text
    assert not any("Vàng Văn Bình" in text for text in (*found, *told))


def test_roll_has_the_columns_its_reader_sees_and_marks_who_stays_comes_leaves(of):
    document = roll(of)
    assert in_order(
        read(document), "DANH SÁCH TRÍCH NGANG", "Ngày, tháng, năm sinh", "Đề nghị", "Giữ", "Đưa vào", "Đưa ra", "Phó Chủ tịch UBND xã",
        "Lò Thị An", "10/05/1988", "x", "Cộng: 4 lượt người",
    )  # fmt: skip
    narrow = replace(of, scope=replace(of.scope, groups=of.scope.groups - {"party"}))
    assert any("Ngày vào Đảng" in text for text in read(document))
    assert not any("Ngày vào Đảng" in text for text in read(roll(narrow)))


def test_layout_and_size_are_chosen_for_the_set_and_a_copy_bears_its_number(made, of):
    state = read(notice(_held(made, side=STATE)))
    assert in_order(state, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "THÔNG BÁO", "đưa vào quy hoạch 1 người")
    wide = docx.Document(io.BytesIO(to_docx(roll(replace(of, layout=Layout(size="A3")))))).sections[0]
    assert (round(wide.page_width.mm), round(wide.page_height.mm)) == (420, 297)
    files = list(numbered(unit_documents(of, list(KINDS)), ["Đ/c Bí thư", "Đ/c Phó & <Thường trực>"]))
    assert len(files) == 2 * len(KINDS) and files[-1][0].startswith("ban-02-bao-cao-xa-a")
    section = docx.Document(io.BytesIO(files[-1][1])).sections[0]
    heads = [" ".join(p.text for p in head.paragraphs) for head in (section.first_page_header, section.header)]
    assert all("Bản số 02/02 · Đ/c Phó & <Thường trực>" in head for head in heads)
    with pytest.raises(PlanningRefused, match="ít nhất một loại"):
        unit_documents(of, ["la"])


def test_copies_are_written_down_when_printed_and_when_they_come_back(made):
    with pytest.raises(PlanningRefused, match="hai lần"):
        holders_of(["Đ/c Ba", " Đ/c  Ba "])
    names = holders_of(["Đ/c Ba", "", "Đ/c Tư"])
    note_copies(pk=made.home.pk, papers=["Danh sách trích ngang", "Tờ trình"], holders=names, at=AT, **WHO)
    first, second = copies_of(home=made.home, **WHO)
    assert (first.text, first.holder, len(first.rows), first.returned_on) == ("Bản số 01/02", "Đ/c Ba", 2, None)
    with pytest.raises(PlanningRefused, match="trước ngày in"):
        take_back(pk=made.home.pk, keys=[first.key], on=ON - timedelta(days=9), at=AT, **WHO)
    assert take_back(pk=made.home.pk, keys=[first.key], on=date(2026, 6, 16), at=AT, **WHO) == 1
    assert PrintedCopy.objects.filter(returned_on=date(2026, 6, 16)).count() == 2
    with pytest.raises(PlanningRefused, match="chưa thu hồi"):
        take_back(pk=made.home.pk, keys=[first.key], on=date(2026, 6, 16), at=AT, **WHO)
    assert copies_of(home=made.home, **WHO)[1].returned_on is None and second.number == 2


def test_what_is_made_known_has_no_reason_and_nobody_who_was_not_agreed_to(of):
    table = known_table(of, [of.slates[0].pk], leaving=False)
    assert [(row[1], row[2], row[-1]) for row in table["rows"]] == [
        ("Lò Thị An", "1988", "đưa vào"), ("Sầm Văn Dung", "1988", "giữ"),
    ]  # fmt: skip
    left = known_table(of, [of.slates[0].pk], leaving=True)["rows"]
    assert ("Hà Thị Chi", "đưa ra") in [(row[1], row[-1]) for row in left] and WHY not in str(left)
    assert not known_table(of, [], leaving=True)["rows"]
