"""Papers of an evaluation: what the records say stands on them in order, what they do not say is left to be written by hand."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from django.db import transaction

from canbo.access.changes import give_role
from canbo.access.models import User
from canbo.access.queries import LOCAL_ACCESS, forget_units
from canbo.documents.paper import Document
from canbo.documents.word import to_docx
from canbo.engine.ratings.model import EXCELLENT, GOOD, SATISFACTORY
from canbo.evaluation.campaigns import EvaluationRefused, rate_unit
from canbo.evaluation.deciding import start_meetings
from canbo.evaluation.models import CampaignUnit, Evaluation, TrackedMonth
from canbo.evaluation.papers.held import Held, held
from canbo.evaluation.papers.jobs import run, start_papers
from canbo.evaluation.papers.person import notice, self_assessment, tracking
from canbo.evaluation.papers.printing import (
    KINDS,
    campaign_paper,
    how_many,
    own_paper,
    papers_zip,
    person_paper,
    reminder_paper,
    unit_paper,
)
from canbo.evaluation.papers.unit import decision, minutes, opinion, summary
from canbo.evaluation.queries import evaluations_of
from canbo.evaluation.rating import assess_oneself, choose_grades, propose
from canbo.jobs.files import content_of
from canbo.jobs.queries import upload
from canbo.jobs.worker import Task
from canbo.kernel.actors import Actor, Scope
from tests.cases.world import laws, not_secret
from tests.documents.test_word import as_pdfs, in_order, office, pdf_pages, texts
from tests.evaluation.test_campaign import decide
from tests.evaluation.world import AT, ON, Division, division, score_all

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope}
OWN_WORDS = "Hoàn thành 12/12 nhiệm vụ được giao.\nCòn chậm hai báo cáo quý."


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[Division]:
    """A division: the others decided, its head met and heard; rolled back after the tests of this module."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        yield _rated()
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
        forget_units()


def _rated() -> Division:
    who = {**WHO, "at": AT}
    found = division(who, others=4)
    score_all(found, {**dict.fromkeys([f"Bình {n}" for n in range(4)], "0.7"), "An": "0.7"})
    score_all(found, {"Chi": "0.5"}, months=8)
    row = found.of("Bình 0")
    own = Scope(units=frozenset(), groups=frozenset({"evaluation"}), own_person=row.person_id)
    herself = Actor(user=9, role="ca-nhan", actions=frozenset({"cases.own"}))
    assess_oneself(pk=row.pk, grade=EXCELLENT, text=OWN_WORDS, actor=herself, scope=own, at=AT)
    rate_unit(pk=found.unit.pk, grade=GOOD, document="18/QĐ-UBND", regime="don-vi-hanh-chinh", **who)
    propose(unit=found.unit.pk, laws=laws(), **who)
    choose_grades(unit=found.unit.pk, chosen={row.pk: (GOOD, "Chủ động, phối hợp tốt.")}, **who)
    start_meetings(unit=found.unit.pk, on=ON, secrecy=not_secret(ON), laws=laws(), **who)
    decide(found, "staff", {**{f"Bình {n}": GOOD for n in range(4)}, "Chi": SATISFACTORY})
    return found


@pytest.fixture(scope="module")
def of(made: Division) -> Held:
    return _held(made)


def _held(made: Division) -> Held:
    return held(unit=made.unit, rows=evaluations_of(unit=made.unit, **WHO), laws=laws(), scope=WHO["scope"])


def _row(of: Held, name: str) -> Evaluation:
    return next(row for row in of.rows if row.person.full_name == name)


def read(document: Document | None) -> list[str]:
    assert document is not None
    return texts(to_docx(document))


def test_own_assessment_has_months_mean_both_grades_and_the_number_of_its_form(of):
    found = read(self_assessment(of, _row(of, "Vàng Văn Bình 0")))
    assert in_order(
        found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "PHIẾU TỰ ĐÁNH GIÁ", "Đánh giá, xếp loại chất lượng công chức năm 2026",
        "(Mẫu 02 kèm theo Nghị định 335/2025/NĐ-CP)", "Họ và tên: Vàng Văn Bình 0", "Chức vụ, chức danh: …", "I. Điểm theo dõi", "01/2026",
        "30", "49", "79", "12/2026", "Điểm trung bình của kỳ", "79", "II. Tự nhận xét", "Hoàn thành 12/12", "Còn chậm hai báo cáo quý.",
        "III. Mức xếp loại chất lượng", "Hoàn thành xuất sắc nhiệm vụ", "X", "Hoàn thành tốt nhiệm vụ", "X", "IV. Nhận xét",
        "Chủ động, phối hợp", "V. Đề xuất xử lý", "…", "NGƯỜI TỰ ĐÁNH GIÁ", "Vàng Văn Bình 0",
    )  # fmt: skip
    hers = read(self_assessment(of, _row(of, "Hà Thị Chi"), decided=False))
    assert sum(text == "……" for text in hers) == 4 * 3 and "X" not in hers  # came in May; four months are nobody's to fill
    assert in_order(hers, "Điểm trung bình của kỳ", "65", "II. Tự nhận xét", "…", "III. ")


def test_tracking_form_has_every_line_of_the_regime_with_its_points(of):
    row = _row(of, "Lò Thị An")
    found = read(tracking(of, row))
    assert in_order(
        found, "PHIẾU THEO DÕI, ĐÁNH GIÁ", "(Mẫu 01 kèm theo Nghị định 335/2025/NĐ-CP)", "Lò Thị An", "Trưởng phòng Văn hóa – Xã hội", "01",
        "12", "Phẩm chất, văn hóa công vụ, kỷ luật", "1.a. ", "5", "2.a. ", "2,5", "3.d. ", "Số lượng", "70", "Năng lực tập hợp, đoàn kết",
        "100", "Điểm tiêu chí chung", "30", "Tổng điểm", "100", "89,5", "NGƯỜI ĐƯỢC THEO DÕI",
    )  # fmt: skip
    rules = of.regime(row)
    assert rules is not None and all(any(line.label in text for text in found) for line in rules.lines)
    march = read(tracking(of, row, month="2026-03"))
    assert "Kết quả công tác của công chức, tháng 03/2026" in march and "12" not in march


def test_notice_says_decision_grade_and_what_may_be_done_against_it(of):
    found = read(notice(of, _row(of, "Vàng Văn Bình 0")))
    assert in_order(
        found, "/TB", "THÔNG BÁO", "Kết quả đánh giá, xếp loại chất lượng năm 2026", "Căn cứ Quyết định số 20/QĐ-UBND ngày 07/12/2026",
        "Vàng Văn Bình 0", "1. Điểm đánh giá: 79.", "2. Mức xếp loại chất lượng: Hoàn thành tốt nhiệm vụ.", "3. Nhận xét: Chủ động",
        "7 ngày làm việc (Điều 22, Nghị định 335/2025/NĐ-CP)", "Nơi nhận:", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    )  # fmt: skip
    assert not any(re.search(r"Số: \d", text) for text in found)


def test_minutes_tell_the_roll_the_comments_and_what_is_proposed(of):
    found = read(minutes(of, "staff"))
    assert in_order(
        found, "BIÊN BẢN", "người không giữ chức vụ lãnh đạo, quản lý", "1. Thời gian: 07/12/2026. Địa điểm: …",
        "Được triệu tập: 5; có mặt: 5.", "Vàng Văn Bình 0: Chủ động, phối hợp tốt.", "4. Mức đề nghị xếp loại", "Hoàn thành tốt nhiệm vụ",
        "5. Kết luận", "THƯ KÝ", "CHỦ TRÌ",
    )  # fmt: skip
    head = read(minutes(of, "leader"))
    assert in_order(head, "1. Thời gian: …", "Được triệu tập: ……; có mặt: ……", "Lò Thị An: …", "5. Kết luận:", "…")


def test_opinion_of_the_committee_is_of_leaders_alone_and_a_form_until_it_is_given(of):
    assert opinion(of, "staff") is None
    found = read(opinion(of, "leader"))
    assert in_order(
        found, "CẤP ỦY", "ĐẢNG CỘNG SẢN VIỆT NAM", "Ý KIẾN NHẬN XÉT", "người giữ chức vụ lãnh đạo", "Lò Thị An", "Ý kiến:", "…",
        "T/M CẤP ỦY",
    )  # fmt: skip


def test_list_put_together_sums_up_and_says_the_ceiling(of):
    found = read(summary(of))
    assert in_order(
        found, "DANH SÁCH TỔNG HỢP", "(Xã P; Kế hoạch 12/KH-UBND)", "Theo quy định", "Giữ chức vụ lãnh đạo, quản lý (1 người)", "Lò Thị An",
        "89,5", "Không giữ chức vụ lãnh đạo, quản lý (5 người)", "Hà Thị Chi", "Tập thể đơn vị: Hoàn thành tốt nhiệm vụ",
        "Tổng số 6 người: hoàn thành tốt nhiệm vụ 4; hoàn thành nhiệm vụ 1; chưa quyết định 1", "Hoàn thành xuất sắc: Còn 1 trong 1",
    )  # fmt: skip


def test_decision_lists_whom_it_rates_under_its_number_and_blank_before(of):
    found = read(decision(of, "staff"))
    assert in_order(
        found, "Số: 20/QĐ-UBND", "QUYẾT ĐỊNH", "Căn cứ Nghị định 335/2025/NĐ-CP", "Căn cứ Kế hoạch 12/KH-UBND", "QUYẾT ĐỊNH:",
        "Điều 1. Xếp loại chất lượng năm 2026 đối với 5 người", "Hà Thị Chi", "65", "Hoàn thành nhiệm vụ", "Điều 4.", "THỦ TRƯỞNG",
    )  # fmt: skip
    blank = read(decision(of, "leader"))
    assert in_order(blank, "Số: \u00a0", "người giữ chức vụ lãnh đạo", "Lò Thị An", "…") and "T" in blank[0]  # issued by the unit above


def test_unit_as_zip_holds_a_paper_for_each_person_and_each_half_of_the_unit(made):
    asked = {"campaign": made.opened.campaign, "units": None, "kinds": list(KINDS)}
    heard: list[tuple[int, int]] = []
    content, number = papers_zip(**asked, on=ON, laws=laws(), told=lambda done, of_all: heard.append((done, of_all)), **WHO)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    of_kind = {kind: sum(name.startswith(kind) for name in names) for kind in KINDS}
    # Notices go to those who were decided on, the committee is asked about leaders alone.
    assert of_kind == {
        "tu-danh-gia": 6, "theo-doi": 6, "thong-bao": 5, "bien-ban": 2, "y-kien": 1, "tong-hop": 1, "quyet-dinh": 2, "bao-cao": 1,
        "don-doc": 1,
    }  # fmt: skip
    assert number == len(names) == 25 <= how_many(**asked, **WHO) and heard[-1] == (6, 6)
    again = {**asked, "kinds": ["thong-bao"], "on": ON, "laws": laws(), **WHO}
    assert papers_zip(**again)[0] == papers_zip(**again)[0]


def test_report_counts_what_the_records_hold(made):
    _, content = campaign_paper(campaign=made.opened.campaign, laws=laws(), **WHO)
    found = texts(content)
    assert in_order(
        found, "BÁO CÁO", "Thực hiện Nghị định 335/2025/NĐ-CP; Kế hoạch 12/KH-UBND",
        "Số đơn vị tham gia: 1; số người thuộc đối tượng: 6; đã có quyết định xếp loại: 5",
        "- Hoàn thành tốt nhiệm vụ: 4 người (80%)", "Tổng cộng", "6", "Không có đơn vị vượt", "Chưa gửi kết quả: Xã P.",
        "Kiến nghị về kết quả: 0",
    )  # fmt: skip


def test_letter_reminds_the_units_that_have_not_sent(made):
    found = texts(reminder_paper(campaign=made.opened.campaign, on=date(2026, 12, 17), **WHO)[1])
    assert in_order(
        found, "V/v đôn đốc gửi kết quả đánh giá, xếp loại năm 2026", "Kính gửi: Xã P",
        "Thực hiện Kế hoạch 12/KH-UBND, các đơn vị gửi kết quả đánh giá, xếp loại chất lượng năm 2026 chậm nhất ngày 14/12/2026",
        "Tính đến ngày 17/12/2026 (đã quá hạn 3 ngày), còn 1 đơn vị", "Việc cần làm tiếp", "Xã P", "6", "gửi kết quả về", "Như trên",
    )  # fmt: skip
    assert "chưa hết hạn" in " ".join(texts(reminder_paper(campaign=made.opened.campaign, on=ON, **WHO)[1]))


def test_wrong_kinds_and_what_is_not_the_readers_are_refused(made):
    row = made.of("Bình 0")
    with pytest.raises(EvaluationRefused, match="Không có loại văn bản “quyet-dinh”"):
        person_paper(pk=row.pk, kind="quyet-dinh", laws=laws(), **WHO)
    with pytest.raises(EvaluationRefused, match="không thuộc năm 2026"):
        person_paper(pk=row.pk, kind="theo-doi", month="2025-03", laws=laws(), **WHO)
    with pytest.raises(EvaluationRefused, match="hãy chọn trong: tu-danh-gia"):
        papers_zip(campaign=made.opened.campaign, units=None, kinds=["x"], on=ON, laws=laws(), **WHO)
    with pytest.raises(EvaluationRefused, match="Chưa có gì để in"):
        person_paper(pk=made.of("An").pk, kind="thong-bao", laws=laws(), **WHO)
    stranger = {**WHO, "scope": Scope(units=frozenset({made.home + 99}), groups=frozenset({"evaluation"}))}
    with pytest.raises(Evaluation.DoesNotExist):
        person_paper(pk=row.pk, kind="tu-danh-gia", laws=laws(), **stranger)
    with pytest.raises(CampaignUnit.DoesNotExist):
        unit_paper(unit=made.unit, kind="tong-hop", laws=laws(), **stranger)
    with pytest.raises(EvaluationRefused, match="trong phạm vi"):
        papers_zip(campaign=made.opened.campaign, units=None, kinds=["tong-hop"], on=ON, laws=laws(), **stranger)
    hers = Scope(units=frozenset(), groups=frozenset({"evaluation"}), own_person=row.person_id)
    own = {"actor": Actor(user=9, role="ca-nhan", actions=frozenset({"cases.own"})), "scope": hers}
    assert texts(own_paper(pk=row.pk, laws=laws(), **own)[1]).count("X") == 1  # her own mark; no notice was given yet
    with pytest.raises(Evaluation.DoesNotExist):
        own_paper(pk=made.of("Bình 1").pk, laws=laws(), **own)


def test_regime_without_points_has_a_plain_form_and_nothing_to_track(made):
    row, unit = made.of("Bình 1"), made.unit
    unit.campaign.rated_on, unit.campaign.period = date(2025, 12, 31), "2025"
    of = held(unit=unit, rows=[row], laws=laws(), scope=WHO["scope"])
    found = read(self_assessment(of, row))
    assert tracking(of, row) is None
    assert "I. Tự nhận xét kết quả thực hiện nhiệm vụ, ưu điểm, hạn chế" in found and not any("Mẫu" in text for text in found)


def test_month_worked_elsewhere_names_the_unit_that_tracked_it(made, of):
    month = TrackedMonth.objects.filter(person=made.people["Bình 1"], month="2026-02").get()
    old = replace(of, months={month.person_id: [month]})
    month.unit = made.unit.campaign.unit
    assert in_order(read(self_assessment(old, made.of("Bình 1"))), "01/2026", "……", "02/2026", "T", "30", "49", "79")


@office
@pytest.mark.slow
@pytest.mark.once
def test_papers_are_a4_and_read_in_order_as_pdf(of, tmp_path):
    row = _row(of, "Vàng Văn Bình 0")
    made = [self_assessment(of, row), tracking(of, row), notice(of, row), minutes(of, "staff"), summary(of), decision(of, "staff")]
    pages = [pdf_pages(pdf) for pdf in as_pdfs([to_docx(one) for one in made if one], tmp_path)]
    for document, found in zip(made, pages, strict=True):
        assert document is not None and document.size == "A4"
        told, signature = " ".join(" ".join(found).split()), document.signature
        assert signature is not None and 0 < told.index(document.kind) < told.rindex(signature.lines[0].upper())
        assert signature.lines[0].upper() in found[-1] and len(found) <= 2
    section = docx.Document(io.BytesIO(to_docx(made[1]))).sections[0]  # type: ignore[arg-type]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_the_job_keeps_a_zip_for_who_asked(made):
    user = User.objects.create(username="to-chuc")
    give_role(user=user, role="can-bo-to-chuc", unit=None, since=date(2020, 1, 1), actor=LOCAL_ACCESS.actor, at=AT)
    asks = {"actor": Actor(user=user.pk, role="can-bo-to-chuc", actions=frozenset({"cases.read"})), "scope": LOCAL_ACCESS.scope}
    job = start_papers(campaign=made.opened.campaign, units=[made.home], kinds=["tong-hop", "thong-bao"], grant=None, at=AT, **asks)
    task = Task(job.pk, user.pk, dict(job.payload))
    told = run(task)
    assert (told["papers"], task.done, task.total) == (6, 6, 6)
    kept = zipfile.ZipFile(io.BytesIO(content_of(upload(pk=told["upload"], **asks))))
    assert len(kept.namelist()) == 6 and any(name.startswith("tong-hop-xa-p-") for name in kept.namelist())
