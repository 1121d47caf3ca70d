"""Pages of standards for the province's officer, an officer of the commune beside, and the person herself."""

import html
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from canbo.access.models import Grant, User
from canbo.assess import jobs as review_job
from canbo.assess.models import Review
from canbo.audit.models import Act
from canbo.audit.queries import last_seq
from canbo.dossier.models import Attachment, DeclaredNone, Employment, Holding, Person, PlanEntry, Qualification, Waiver
from canbo.jobs.models import Job
from canbo.jobs.worker import Task
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Title, Unit
from canbo.snapshot.holder import HOLDER
from canbo.web.standards import keeping
from tests.web.world import AT

DAY = "1/6/2024"  # Nghị định 33/2023 is in force: whole, so a verdict can be "yes"
TITLE, STANDARD = "bi-thu-xa", "bi-thu-dang-uy-xa"
PDF = b"%PDF-1.4 ban quet"


class Place:
    """A province of two communes: An meets the standard of her title, Bình lacks the certificate, Chi's papers are not there."""

    def __init__(self) -> None:
        self.province = Unit.objects.create(code="T", name="Tỉnh Thử", kind="tinh", level="tinh")
        self.here = Unit.objects.create(code="X1", name="Xã Một", kind="xa", level="xa", parent=self.province)
        self.there = Unit.objects.create(code="X2", name="Xã Hai", kind="xa", level="xa", parent=self.province)
        self.title = Title.objects.create(code=TITLE, name="Bí thư Đảng ủy xã")
        self.an = self.person("Nguyễn Thị An", "cao-cap")
        self.binh = self.person("Trần Văn Bình", "so-cap")
        self.chi = self.person("Lê Văn Chi", "")

    def person(self, name: str, theory: str) -> Person:
        made = Person.objects.create(full_name=name, birth="1980-05-10", sex="nam", key=name[-3:] * 10)
        Employment.objects.create(person=made, unit=self.here, start="2005")
        Holding.objects.create(person=made, unit=self.here, title=self.title, start="2020")
        DeclaredNone.objects.create(person=made, kind="discipline")
        Qualification.objects.create(person=made, kind="pho-thong", level="12-12", obtained="1998")
        Qualification.objects.create(person=made, kind="chuyen-mon", level="dai-hoc", obtained="2004")
        if theory:
            Qualification.objects.create(person=made, kind="llct", level=theory, obtained="2015")
        return made

    def client(self, name: str, role: str, unit: Unit, own: Person | None = None) -> Client:
        user = User.objects.create(username=name, display_name=name, password="!", person_key=own.key if own else "")
        Grant.objects.create(user=user, role=role, unit=unit, start=PartialDate(2020))
        found = Client()
        found.force_login(user)
        return found


@pytest.fixture
def place(db: None) -> Place:
    return Place()


@pytest.fixture
def province(place: Place) -> Client:
    return place.client("tinh", "ban-to-chuc", place.province)


@pytest.fixture
def beside(place: Place) -> Client:
    return place.client("xa-hai", "ban-xay-dung-dang", place.there)


@pytest.fixture
def herself(place: Place) -> Client:
    return place.client("binh", "ca-nhan", place.here, own=place.binh)


def text_of(page: Any, status: int = 200) -> str:
    assert page.status_code == status, page.content.decode()[-800:]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def markup(page: Any) -> str:
    return html.unescape(page.content.decode())


# --- one person


def test_title_opens_into_criteria_records_and_scans(place: Place, province: Client) -> None:
    paper = Qualification.objects.get(person=place.binh, kind="llct")
    scan = Attachment.objects.create(
        person=place.binh, record_table="qualification", record_id=paper.pk, filename="chung-chi.pdf", media_type="application/pdf",
        size=9, sha256="0" * 64, added_at=AT,
    )  # fmt: skip
    page = province.get(f"/ho-so/{place.binh.pk}/tieu-chuan/", {"ngay": DAY})
    text, written = text_of(page), markup(page)
    assert "Bí thư Đảng ủy (cấp xã) Chưa đạt" in text and "Để đạt, còn 1 nội dung" in text and "Nghị định 33/2023/NĐ-CP" in text
    assert "(hiện nay Lý luận chính trị: Sơ cấp)" in text and "Điều 8 khoản 1" in text
    assert f'href="/ho-so/{place.binh.pk}/#muc-qualification-{paper.pk}"' in written
    assert f'href="/ho-so/{place.binh.pk}/tep/{scan.pk}/"' in written and "bản quét chung-chi.pdf" in text
    assert f'id="tc-{TITLE}-{STANDARD}-llct"' in written
    assert f'id="muc-qualification-{paper.pk}"' in markup(province.get(f"/ho-so/{place.binh.pk}/"))


def test_person_herself_reads_her_own_page_and_the_law_and_nobody_else(place: Place, herself: Client) -> None:
    text = text_of(herself.get(f"/ho-so/{place.binh.pk}/tieu-chuan/", {"ngay": DAY}))
    assert "Chưa đạt" in text and "miễn, giảm" not in text
    assert "Tiêu chuẩn" in text_of(herself.get(f"/ho-so/{place.binh.pk}/"))
    assert herself.get(f"/ho-so/{place.an.pk}/tieu-chuan/").status_code == 404
    law = text_of(herself.get(f"/quy-dinh/tieu-chuan/{STANDARD}/", {"ngay": DAY}))
    assert "Trình độ chuyên môn từ đại học trở lên" in law and "Ai đang chịu" not in law
    assert [herself.get(url).status_code for url in ("/ra-soat/", "/ra-soat/da-luu/", f"/ho-so/{place.binh.pk}/mien-giam/")] == [403] * 3


def test_commune_beside_gets_nothing(place: Place, beside: Client) -> None:
    assert beside.get(f"/ho-so/{place.binh.pk}/tieu-chuan/").status_code == 404
    assert beside.get(f"/ho-so/{place.binh.pk}/mien-giam/").status_code == 404
    for url in ("/ra-soat/", f"/quy-dinh/tieu-chuan/{STANDARD}/", "/den-han/"):
        text = text_of(beside.get(url, {"ngay": DAY}))
        assert not re.search("Nguyễn Thị An|Trần Văn Bình|Lê Văn Chi", text), url
    assert "không ai giữ" in text_of(beside.get(f"/quy-dinh/tieu-chuan/{STANDARD}/", {"ngay": DAY}))
    assert "Không có ai giữ chức danh trong phạm vi này" in text_of(beside.get("/ra-soat/", {"ngay": DAY}))


def test_nothing_to_judge_is_said_with_what_to_do(place: Place, province: Client) -> None:
    url = f"/ho-so/{place.an.pk}/tieu-chuan/"
    assert "không giữ và không được quy hoạch chức danh nào" in text_of(province.get(url, {"ngay": "1/6/2010"}))
    assert "chưa có hoặc không còn hồ sơ công tác" in text_of(province.get(url, {"ngay": "1/6/1999", "cd": TITLE}))
    early = text_of(province.get(url, {"ngay": "1/6/2006", "cd": "giam-doc-so-tinh"}))
    assert "Chưa đủ căn cứ" in early and "hãy xét vào ngày khác hoặc bổ sung văn bản" in early
    no_standard = text_of(province.get(url, {"cd": "chu-tich-hpn-xa"}))
    assert "Chưa đủ căn cứ" in no_standard and "chưa có quy định nào về tiêu chuẩn của chức danh này" in no_standard


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"cd": "vua"}, "Không có chức danh “vua”"), ({"ngay": "31/2/2024"}, "31/2/2024"), ({"ngay": "5/2024"}, "chưa đủ ngày, tháng"),
        ({"mucdich": "vui"}, "Không có mục đích này"), ({"loc": "tuoi <"}, "loi-loc"),
        ({"loc": "deegree == 1"}, "Ký tự 1: không có dữ kiện “deegree”; có phải “degree”?"),
        ({"dv": "Xã Không Có"}, "Không có đơn vị nào"),
    ],
)  # fmt: skip
def test_wrong_input_is_said_beside_its_field(place: Place, province: Client, query: dict[str, str], said: str) -> None:
    pages = ["/ra-soat/"] if {"loc", "dv"} & query.keys() else ["/ra-soat/", f"/ho-so/{place.an.pk}/tieu-chuan/"]
    for url in pages:
        page = province.get(url, query)
        assert page.status_code == 400 and said in markup(page) and 'aria-invalid="true"' in markup(page), url
    assert province.get("/ra-soat/ra-soat.xlsx", query).status_code == 400
    assert province.post("/ra-soat/luu/", query).status_code == 400 and not Review.objects.exists()


# --- special cases

SAID = {
    "what": f"{STANDARD}:llct", "authority": "Ban Thường vụ Tỉnh ủy", "number": "12-QĐ/TU", "issued_on": "2/1/2024",
    "reason": "Đang học lớp cao cấp", "start": "2/1/2024", "end": "",
}  # fmt: skip


def test_special_case_stands_beside_a_verdict_that_stays(place: Place, province: Client, herself: Client) -> None:
    url, page_url = f"/ho-so/{place.binh.pk}/mien-giam/", f"/ho-so/{place.binh.pk}/tieu-chuan/"
    assert "Toàn bộ tiêu chuẩn" in text_of(province.get(url, {"tc": f"{STANDARD}:llct"}))
    assert province.post(url, SAID).status_code == 302
    made = Waiver.objects.get()
    assert (made.standard, made.criterion, made.purpose, made.decision.number) == (STANDARD, "llct", "title", "12-QĐ/TU")  # type: ignore[union-attr]
    act = Act.objects.get(seq=last_seq())
    assert (act.action, act.document) == ("dossier.write", "12-QĐ/TU ngày 02/01/2024")
    for reader in (province, herself):
        text = text_of(reader.get(page_url, {"ngay": DAY}))
        assert "Chưa đạt" in text and "Ban Thường vụ Tỉnh ủy quyết định, số 12-QĐ/TU ngày 02/01/2024." in text
        assert "Đang học lớp cao cấp" in text and "Kết luận ở trên giữ nguyên" in text
    assert "Trường hợp đặc biệt" not in text_of(province.get(page_url, {"ngay": "1/1/2024"}))
    assert "Trường hợp đặc biệt: Ban Thường vụ Tỉnh ủy" in text_of(province.get("/ra-soat/", {"ngay": DAY}))
    assert "Miễn, giảm tiêu chuẩn" in text_of(province.get(f"/ho-so/{place.binh.pk}/"))
    again = text_of(province.post(url, SAID), 400)
    assert "hãy kết thúc mục ấy trước" in again and Waiver.objects.count() == 1
    closing = f"/ho-so/{place.binh.pk}/muc/waiver/{made.pk}/"
    typed = {"seen": last_seq(), "dong": "1", "end": "1/5/2024", "reason": "Đã học xong", "step": "write"}
    assert "Kết thúc" in text_of(province.get(closing, {"dong": "1"})) and province.post(closing, typed).status_code == 302
    assert "Trường hợp đặc biệt" not in text_of(province.get(page_url, {"ngay": DAY}))
    undo = {"seq": last_seq(), "reason": "Ghi nhầm ngày"}
    assert province.post(f"/ho-so/{place.binh.pk}/hoan-tac/", undo).status_code == 302
    assert "Trường hợp đặc biệt" in text_of(province.get(page_url, {"ngay": DAY}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"authority": ""}, "Hãy ghi “Cấp có thẩm quyền đã quyết định”"), ({"number": ""}, "Hãy ghi “Số, ký hiệu văn bản”"),
        ({"issued_on": "32/1/2024"}, "32/1/2024"), ({"what": "x:y"}, "Hãy chọn một dòng trong danh sách"), ({"end": "1/1/2024"}, "trước"),
    ],
)  # fmt: skip
def test_incomplete_special_case_is_refused_and_keeps_what_was_typed(
    place: Place, province: Client, change: dict[str, str], said: str
) -> None:
    page = province.post(f"/ho-so/{place.binh.pk}/mien-giam/", SAID | change)
    assert said in text_of(page, 400) and "Đang học lớp cao cấp" in markup(page) and not Waiver.objects.exists()


def test_special_case_over_planning_is_kept_from_who_does_not_read_planning(place: Place, province: Client) -> None:
    made = Waiver.objects.create(
        person=place.binh, standard="x", purpose="planning", text="Độ tuổi quy hoạch", authority="BTV", reason="r", start="2024"
    )
    state = place.client("snv", "so-noi-vu", place.province)
    url = f"/ho-so/{place.binh.pk}/"
    assert "Độ tuổi quy hoạch" in text_of(province.get(url)) and "Độ tuổi quy hoạch" not in text_of(state.get(url))
    assert state.get(f"{url}muc/waiver/{made.pk}/").status_code == 404


# --- reviews


def test_review_is_a_matrix_whose_numbers_open_their_people(place: Place, province: Client) -> None:
    page = province.get("/ra-soat/", {"ngay": DAY})
    written, text = markup(page), text_of(page)
    assert "3 lượt chức danh đang giữ" in text and "Xã Một" in text and "Đạt 1/3 lượt (33,33%)" in text
    assert f'/ho-so/{place.binh.pk}/tieu-chuan/?cd={TITLE}&ngay=01/06/2024&mucdich=title#tc-{TITLE}-{STANDARD}-llct' in written
    for verdict, name in (("yes", "Nguyễn Thị An"), ("no", "Trần Văn Bình"), ("unknown", "Lê Văn Chi")):
        rows = markup(province.get("/ra-soat/", {"ngay": DAY, "kq": verdict}))
        assert re.findall(r'class="name"><a[^>]*>([^<]+)', rows) == [name]
    assert "Không có lượt nào như đã chọn" in text_of(province.get("/ra-soat/", {"ngay": DAY, "kq": "ungrounded"}))
    for kind in ("xlsx", "docx"):
        file = province.get(f"/ra-soat/ra-soat.{kind}", {"ngay": DAY})
        with zipfile.ZipFile(io.BytesIO(file.content)) as book:
            cells = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        assert all(word in cells for word in ("Đơn vị", "Xã Một", "Điều 8 khoản 1", "Nghị định 33/2023/NĐ-CP", "Trường hợp đặc biệt")), kind


def test_kept_review_is_compared_with_the_last_of_the_same_question(place: Place, province: Client, beside: Client) -> None:
    keep = lambda **more: province.post("/ra-soat/luu/", {"ngay": DAY, **more}, follow=True)  # noqa: E731
    assert "Chưa lưu lần rà soát nào" in text_of(province.get("/ra-soat/da-luu/"))
    assert "Đây là lần đầu lưu" in text_of(keep())
    Qualification.objects.filter(person=place.binh, kind="llct").update(level="cao-cap")
    Holding.objects.filter(person=place.chi).delete()
    place.person("Phạm Văn Dũng", "so-cap")
    HOLDER.forget()  # what was written past the log is seen from the next read on
    text = text_of(keep())
    assert re.search(r"Mới đạt 1 lượt .*Trần Văn Bình .*Chưa đạt Đạt Giấy tờ mới", text)
    assert re.search(r"Mới có trong lần này 1 lượt .*Phạm Văn Dũng .*Không còn trong lần này 1 lượt .*Lê Văn Chi", text)
    later = text_of(keep(ngay="1/6/2026"))
    assert "Không còn đạt 2 lượt" in later and "Quy định mới" in later
    assert "Đây là lần đầu lưu" in text_of(keep(mucdich="appointment"))
    newest = Review.objects.order_by("-pk").first()
    assert newest is not None and beside.get(f"/ra-soat/da-luu/{newest.pk}/").status_code == 404
    assert "Lý luận chính trị" in text_of(province.get(f"/ra-soat/da-luu/{Review.objects.order_by('pk')[0].pk}/", {"kq": "no"}))


def test_large_review_runs_as_a_job_with_progress(
    place: Place, province: Client, beside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    waiting = province.post("/ra-soat/luu/", {"ngay": DAY}, follow=True)
    job = Job.objects.get()
    assert "Đang rà soát" in text_of(waiting) and "<progress" in markup(waiting)
    assert beside.get(f"/ra-soat/viec/{job.pk}/").status_code == 404
    task = Task(job.pk, job.user, job.payload)
    Job.objects.filter(pk=job.pk).update(state="done", result=review_job.run(task))
    assert (task.done, task.total, task.message) == (1, 2, "Đang lưu")
    text = text_of(province.get(f"/ra-soat/viec/{job.pk}/", follow=True))
    assert "Đây là lần đầu lưu" in text and "Trần Văn Bình" in text
    Job.objects.filter(pk=job.pk).update(state="failed", message="Quy định vừa đổi")
    assert "Chưa rà soát được: Quy định vừa đổi" in text_of(province.get(f"/ra-soat/viec/{job.pk}/"))


def test_review_of_plans_is_not_opened_by_who_does_not_read_planning(place: Place, province: Client) -> None:
    PlanEntry.objects.create(person=place.an, title=place.title, unit=place.here, start="2021")
    text = text_of(province.post("/ra-soat/luu/", {"cd": "planned", "ngay": DAY}, follow=True))
    assert "Nguyễn Thị An" in text
    kept = Review.objects.get()
    state = place.client("snv", "so-noi-vu", place.province)
    assert state.get(f"/ra-soat/da-luu/{kept.pk}/").status_code == 404 and "Chưa lưu" in text_of(state.get("/ra-soat/da-luu/"))
    assert province.get(f"/ra-soat/da-luu/{kept.pk}/").status_code == 200


# --- the law


def test_standard_is_read_in_words_with_article_evidence_time_and_people(place: Place, province: Client) -> None:
    page = province.get(f"/quy-dinh/tieu-chuan/{STANDARD}/", {"ngay": DAY})
    text = text_of(page)
    assert re.search(r"Trình độ chuyên môn từ Đại học trở lên\. +Nghị định 33/2023/NĐ-CP , Điều 8 khoản 1", text)
    assert "Nghị định 33/2023/NĐ-CP : từ 01/08/2023 đến trước 01/07/2025 (áp dụng ngày 01/06/2024)" in text
    assert "So với văn bản trước" in text
    url, number = re.search(r'<td class="num"><a href="([^"]+)"[^>]*>(\d+)</a>', markup(page)).groups()  # type: ignore[union-attr]
    rows = re.findall(r'class="name"><a[^>]*>([^<]+)', markup(province.get(url)))
    assert number == "3" and sorted(rows) == ["Lê Văn Chi", "Nguyễn Thị An", "Trần Văn Bình"]


def test_law_before_its_time_and_law_that_is_not_there(province: Client) -> None:
    early = text_of(province.get(f"/quy-dinh/tieu-chuan/{STANDARD}/", {"ngay": "1/1/1990"}))
    assert "văn bản đầu tiên có từ ngày 27/02/2004" in early
    assert "Không có tiêu chuẩn này" in text_of(province.get("/quy-dinh/tieu-chuan/khong-co/"), 404)
    assert "Không có văn bản này" in text_of(province.get("/quy-dinh/van-ban/khong-co/"), 404)
    register = text_of(province.get("/quy-dinh/", {"ngay": DAY}))
    assert "Sổ văn bản" in register and "đã đọc nguyên văn" in register
    assert "Cơ quan ban hành Chính phủ" in text_of(province.get("/quy-dinh/van-ban/nd33-2023/"))
    assert "31/2/2024" in text_of(province.get("/quy-dinh/", {"ngay": "31/2/2024"}), 400)
