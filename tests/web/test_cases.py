"""Cases on their pages: an appointment from opening to the decision under both procedures, what is refused, what is secret."""

import html
import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from canbo.access.models import Grant
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.law_sets import EXAMPLES, read_laws
from canbo.audit.models import Act, Read
from canbo.cases.changes import Named, Opening, open_case
from canbo.cases.models import BallotCode, Case, CaseEntry, CaseMember, CasePaper, ScreenBallot
from canbo.dossier.models import Employment, Membership, Person
from canbo.engine.law.loader import CENTRAL
from canbo.evaluation.deciding import start_meetings
from canbo.organization.models import Body, Title, Unit
from canbo.web.cases.voting import WRONG_A_MINUTE
from tests.cases.world import laws, not_secret
from tests.documents.test_word import in_order, texts
from tests.evaluation.world import AT, division
from tests.web.world import World

NOW = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
BOARD = "Trần Thị Dung\nLê Văn Giang\nPhạm Thị Hoa"
ON = "07/09/2026"
PAPERS = [
    "to-trinh", "so-yeu-ly-lich", "tu-kiem-diem", "nhan-xet-danh-gia", "nhan-xet-noi-cu-tru", "ket-luan-tieu-chuan-chinh-tri",
    "ke-khai-tai-san", "van-bang", "kham-suc-khoe",
]  # fmt: skip


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


class Pages:
    """The officer and the head at their pages of one case."""

    def __init__(self, world: World) -> None:
        self.world, self.pk = world, 0
        self.officer, self.head = Client(), Client()
        self.officer.force_login(world.accounts["can-bo-don-vi"])
        self.head.force_login(world.accounts["lanh-dao"])
        unit = world.units["in"]
        self.people = []
        for n, name in enumerate(("Lò Thị An", "Vàng Văn Bình")):
            person = Person.objects.create(key=f"case-{n}", full_name=name, sex="nu", birth="1985")
            Employment.objects.create(person=person, unit=unit, start="2010")
            self.people.append(person)
        self.title = Title.objects.create(code="pho-truong-phong-xa", name="Phó Trưởng phòng", level="xa")

    def opening(self, on: str, **more: Any) -> dict[str, Any]:
        return {
            "mat": "none", "qt": "bo-nhiem-tai-cho", "dv": str(self.world.units["in"].pk), "ngay": on, "nguoixd": "Nguyễn Văn Kiểm",
            "muc": "Danh mục ngành tổ chức, mục 3", "ngayxd": on, "cd": str(self.title.pk), "soluong": "1",
            "nguoi": [str(person.pk) for person in self.people], "viec": "mo",
        } | more  # fmt: skip

    def open(self, on: str) -> "Pages":
        done = self.officer.post("/viec/mo/", self.opening(on))
        assert done.status_code == 302, text_of(done)
        self.pk = int(re.search(r"/viec/(\d+)/", done.url)[1])
        return self

    @property
    def url(self) -> str:
        return f"/viec/{self.pk}/"

    @property
    def names(self) -> list[int]:
        return list(Case.objects.get(pk=self.pk).names.order_by("order").values_list("pk", flat=True))

    def post(self, step: str, duty: str, *, by: Client | None = None, seen: int | None = None, **said: Any) -> Any:
        seen = CaseEntry.objects.filter(case=self.pk).count() if seen is None else seen
        asked = {"viec": "buoc", "step": step, "duty": duty, "seen": str(seen), "ngay": ON} | said
        return (by or self.officer).post(self.url, asked)

    def do(self, step: str, duty: str, *, by: Client | None = None, **said: Any) -> None:
        done = self.post(step, duty, by=by, **said)
        assert done.status_code == 302, text_of(done)[:20000].partition("Chưa ghi")[2][:400]

    def vote(self, step: str, *votes: int, present: int = 10) -> None:
        self.do(step, "convene", trieutap=str(present), comat=str(present), tongso=str(present))
        paper = {f"phieu-{pk}": str(number) for pk, number in zip(self.names, votes)}
        paper |= {"ban": BOARD, "phatra": str(present), "thuve": str(present), "hople": str(sum(votes))}
        self.do(step, "count", **paper)
        self.do(step, "recount", **paper)

    def opinion(self, step: str) -> None:
        said = {"loai": "cấp ủy cùng cấp", "tochuc": "Đảng ủy xã", "so": "31-CV/ĐU", "ngayvb": "04/09/2026", "ketluan": "đồng ý"}
        self.do(step, "opinion", **said)


@pytest.fixture(autouse=True)
def late_september(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def pages(world: World) -> Pages:
    cache.clear()
    return Pages(world)


def test_five_steps_for_a_case_begun_before_the_change(pages: Pages) -> None:
    pages.open("31/07/2026")
    page = text_of(pages.officer.get(pages.url))
    assert page.count('<li class="later"') == 5 and "Điều 33, bước 1" in page and "Tập thể lãnh đạo, lần 3" in page
    pages.do("b1", "convene", trieutap="5", comat="5")
    pages.do("b1", "conclude", ten=[str(pk) for pk in pages.names], so="3-BB")
    pages.vote("b2", 6, 4)
    pages.vote("b3", 7, 3)
    pages.do("b3", "announce")
    pages.vote("b4", 20, present=20)
    refused = pages.post("b5", "convene", trieutap="5", comat="5")
    assert refused.status_code == 400 and "Chưa tới lúc triệu tập" in text_of(refused) and "Điều 33, bước 5" in text_of(refused)
    pages.opinion("b5")
    pages.vote("b5", 8)
    pages.do("quyet-dinh", "submit")
    assert pages.post("quyet-dinh", "decide", so="15").status_code == 403  # the officer prepares, she does not decide
    pages.do("quyet-dinh", "decide", by=pages.head, so="15/QĐ-UBND", **{f"qd-{pages.names[0]}": "co"})
    page = text_of(pages.officer.get(pages.url))
    assert "đã xong" in page and "✓" not in page and "Lò Thị An 6" in page and "không được chọn" in page


def test_four_steps_after_it_with_the_file_and_a_refusal_by_name(pages: Pages) -> None:
    pages.open("03/08/2026")
    page = text_of(pages.officer.get(pages.url))
    assert page.count('<li class="later"') == 4 and "NĐ 300/2026" in page.replace("Nghị định", "NĐ")
    pages.vote("b1", 6, 4)
    pages.do("b1", "announce")
    pages.vote("b2", 8)
    pages.do("b2", "announce")
    pages.vote("b3", 21, present=30)
    page = text_of(pages.officer.get(pages.url))
    assert "Không phải lấy ý kiến: cấp ủy lãnh đạo toàn diện" in page
    pages.do("b4", "opinion", khongcan="1")
    pages.vote("b4", 9)
    pages.do("b4", "announce")
    page = text_of(pages.officer.get(pages.url))
    assert "Chưa có Tờ trình của người đứng đầu." in page
    for kind in PAPERS:
        scan = SimpleUploadedFile("quet.pdf", b"%PDF-1.4 x", content_type="application/pdf")
        pages.do("quyet-dinh", "paper", loai=kind, ngayvb="20/08/2026", so="12", tep=scan)
    assert CasePaper.objects.filter(case=pages.pk).exclude(file_sha256="").count() == 9
    paper = CasePaper.objects.filter(case=pages.pk).first()
    scan = pages.head.get(f"/viec/van-ban/{paper.pk}/")
    assert scan.content == b"%PDF-1.4 x" and scan.headers["Cache-Control"] == "no-store" and Read.objects.filter(what="case.paper").exists()
    pages.do("quyet-dinh", "submit")
    name = pages.names[0]
    bare = pages.post("quyet-dinh", "decide", by=pages.head, so="16/TB", **{f"qd-{name}": "khong"})
    assert bare.status_code == 400 and "phải có lý do" in text_of(bare) and 'value="16/TB"' in text_of(bare)
    pages.do("quyet-dinh", "decide", by=pages.head, so="16/TB", **{f"qd-{name}": "khong", f"lydo-{name}": "chưa đủ thời gian"})
    assert "không đồng ý: chưa đủ thời gian" in text_of(pages.head.get(pages.url))


def test_wrong_input_is_one_sentence_and_what_was_typed_stays(pages: Pages) -> None:
    pages.open("03/08/2026")
    few = pages.post("b1", "convene", trieutap="10", comat="6", tongso="x")
    text = text_of(few)
    assert few.status_code == 400 and text.count('role="alert"') == 1 and "“x” không phải một số nguyên" in text and 'value="6"' in text
    few = text_of(pages.post("b1", "convene", trieutap="10", comat="6"))
    assert "Hội nghị chưa đủ thành phần: có mặt 6/10" in few
    assert "chưa tới" in text_of(pages.post("b1", "convene", trieutap="10", comat="10", ngay="01/12/2026"))
    pages.do("b1", "convene", trieutap="10", comat="10")
    an, binh = pages.names
    paper = {"phatra": "10", "thuve": "10", "hople": "10", f"phieu-{an}": "6", f"phieu-{binh}": "4"}
    small = text_of(pages.post("b1", "count", ban="Trần Thị Dung", **paper))
    assert "ít nhất 3 người" in small and 'value="4"' in small and "Trần Thị Dung" in small
    pages.do("b1", "count", ban=BOARD, **paper)
    page = text_of(pages.officer.get(pages.url))
    assert "Trần Thị Dung\nLê Văn Giang" in page and 'value="6"' not in page  # the second count begins blank
    differs = pages.post("b1", "recount", ban=BOARD, **paper | {f"phieu-{an}": "5"})
    assert differs.status_code == 400 and "không khớp" in text_of(differs)
    again = pages.post("b1", "recount", seen=1, ban=BOARD, **paper)
    assert again.status_code == 400 and "Người khác vừa ghi thêm" in text_of(again)
    wrong = pages.post("", "paper", loai="khac", loaikhac="Đơn", ngayvb="", tep=SimpleUploadedFile("a.exe", b"MZ"))
    assert wrong.status_code == 400 and "Hãy ghi ngày của văn bản" in text_of(wrong) and 'value="Đơn"' in text_of(wrong)
    assert CaseEntry.objects.filter(case=pages.pk).count() == 2
    assert pages.post("", "return", ve="b1", lydo="kiểm lại").status_code == 403
    pages.do("", "return", by=pages.head, ve="b1", lydo="kiểm lại")
    pages.do("", "withdraw", lydo="Đơn vị xin dừng")
    assert "Đã rút</td>" in text_of(pages.officer.get("/viec/?tt=withdrawn"))


def test_roll_call_by_name_gives_the_numbers(pages: Pages) -> None:
    pages.open("03/08/2026")
    typed = "\n".join([f"Người Thứ {n} – ủy viên" for n in range(1, 11)] + ["Cán Bộ Dự – tham mưu"])
    asked = {"viec": "lay-thanh-vien", "step": "b1", "duty": "convene", "seen": "0", "ten-them": typed, "tv-so": "0"}
    page = text_of(pages.officer.post(pages.url, asked))
    assert "triệu tập 11, có mặt 11" in page and page.count('value="ủy viên"') == 10 and not CaseEntry.objects.exists()
    rows = {"tv-so": "11"}
    for n, name in enumerate([f"Người Thứ {n}" for n in range(1, 11)] + ["Cán Bộ Dự"]):
        rows |= {f"tv-ten-{n}": name, f"tv-mat-{n}": "co", f"tv-phieu-{n}": "1" if n < 10 else ""}
    rows |= {"tv-mat-0": "batkhakhang", "tv-lydo-0": "ốm", "tv-mat-1": "vang"}
    pages.do("b1", "convene", **rows)
    data = CaseEntry.objects.get(case=pages.pk).data
    assert (data["convened"], data["present"], data["excused"]) == (10, 8, 1)
    assert CaseMember.objects.filter(case=pages.pk, votes=False).get().name == "Cán Bộ Dự"
    assert CaseMember.objects.filter(case=pages.pk, excused="ốm").count() == 1


def test_members_of_a_body_are_called_the_head_first(pages: Pages) -> None:
    body = Body.objects.create(unit=pages.world.units["in"], code="tap-the-thu", kind="tap-the-lanh-dao", name="Tập thể lãnh đạo thử")
    for person, role in zip(pages.people, ("uy-vien", "bi-thu")):
        Membership.objects.create(person=person, body=body, role=role, start="2025")
    pages.open("03/08/2026")
    assert "Tập thể lãnh đạo thử" in text_of(pages.officer.get(pages.url))
    asked = {"viec": "lay-thanh-vien", "step": "b1", "duty": "convene", "seen": "0", "hoidong": str(body.pk), "tv-so": "0"}
    page = text_of(pages.officer.post(pages.url, asked))
    assert re.findall(r'name="tv-ten-\d" maxlength="200" value="([^"]+)"', page) == ["Vàng Văn Bình", "Lò Thị An"]
    rows = {"tv-so": "1", "tv-ten-0": "Vàng Văn Bình", "tv-nguoi-0": str(pages.people[1].pk), "tv-mat-0": "co", "tv-phieu-0": "1"}
    pages.do("b1", "convene", **rows)
    assert CaseMember.objects.get(case=pages.pk).person_id == pages.people[1].pk


def test_what_is_secret_or_unsure_leaves_number_day_and_holder_only(pages: Pages) -> None:
    for level in ("secret", "unsure"):
        first = text_of(pages.officer.get("/viec/mo/", {"mat": level, "dv": pages.world.units["in"].pk, "ngay": "03/08/2026"}))
        assert "Nơi giữ" in first and "Họ và tên" not in first and "Chức danh bổ nhiệm" not in first
        asked = pages.opening("03/08/2026", mat=level, so="07/HSM", noigiu="Văn phòng Đảng ủy", ten="Bổ nhiệm", khac="Lò Thị An")
        done = pages.officer.post("/viec/mo/", asked)
        row = Case.objects.latest("pk")
        assert done.status_code == 302 and (row.status, row.name, row.title_id, row.names.count()) == ("outside", "", None, 0)
        page = text_of(pages.officer.get(done.url))
        assert "Hồ sơ giấy số 07/HSM" in page and "Lò Thị An" not in page and "Bổ nhiệm" in page
        for path in ("bo-phieu/", "in/phieu/"):
            assert pages.officer.get(done.url + path).status_code == 404
    assert "Hồ sơ giấy số 07/HSM" in text_of(pages.officer.get("/viec/?tt=outside"))
    bare = pages.officer.post("/viec/mo/", pages.opening("03/08/2026", mat="unsure"))
    assert bare.status_code == 400 and "số hồ sơ giấy" in text_of(bare)


def test_opening_shows_the_procedure_of_the_day_and_each_person_against_the_standard(pages: Pages) -> None:
    asked = pages.opening("03/08/2026", viec="tim", nguoi=[str(pages.people[0].pk)], tim="vang binh")
    page, keeper = text_of(pages.officer.post("/viec/mo/", asked)), Client()
    keeper.force_login(pages.world.accounts["can-bo-to-chuc"])
    assert "Thiếu giấy tờ:" in text_of(keeper.post("/viec/mo/", asked))
    assert "Điều 33 khoản 2 (sửa đổi)" in page and "đã đọc nguyên văn" in page and "30 ngày làm việc" in page
    assert 'name="nguoi" value="' in page and "Vàng Văn Bình" in page and 'name="them"' in page
    assert "bạn chưa được giao xem" in page  # this role reads neither discipline nor planning
    nobody = pages.officer.post("/viec/mo/", pages.opening("03/08/2026", nguoi=[]))
    assert nobody.status_code == 400 and "chọn ít nhất một người" in text_of(nobody) and "Nguyễn Văn Kiểm" in text_of(nobody)
    early = pages.officer.get("/viec/mo/", {"mat": "none", "dv": pages.world.units["in"].pk, "ngay": "01/01/2019"})
    assert early.status_code == 400 and "Chưa có quy định về quy trình" in text_of(early)
    outside = pages.opening("03/08/2026", dv=str(pages.world.units["out"].pk))
    assert pages.officer.post("/viec/mo/", outside).status_code == 400 and not Case.objects.exists()
    stranger = pages.opening("03/08/2026", nguoi=[str(pages.world.people["o"].pk)])
    assert pages.officer.post("/viec/mo/", stranger).status_code == 400


def test_list_says_what_is_due_by_whom_and_until_when(pages: Pages) -> None:
    pages.open("03/08/2026")
    page = text_of(pages.officer.get("/viec/", {"cho": "toi", "tim": "pho truong"}))
    assert "Tập thể lãnh đạo, lần 1: triệu tập, điểm danh" in page and "cơ quan, người tham mưu" in page and "quá hạn" in page
    assert "Việc theo quy trình chờ bước tiếp" in text_of(pages.officer.get("/"))
    assert "Bổ nhiệm Phó Trưởng phòng" in text_of(pages.officer.get("/tim/", {"tim": "bo nhiem pho"}))
    assert "Bổ nhiệm Phó" not in text_of(pages.head.get("/viec/", {"cho": "toi"}))  # the head has nothing to do yet
    due = text_of(pages.officer.get("/den-han/", {"loai": "case"}))
    assert due.count("Hoàn thành quy trình: Bổ nhiệm Phó") == 2 and "16/09/2026" in due and "Vàng Văn Bình" in due


def test_papers_of_a_step_are_printed(pages: Pages) -> None:
    pages.open("03/08/2026")
    pages.vote("b1", 6, 4)
    said: dict[str, list[str]] = {}
    for form in ("trieu-tap", "phieu", "phieu-cat", "kiem-phieu", "bien-ban", "tong-hop"):
        done = pages.officer.get(f"{pages.url}in/{form}/", {"buoc": "b1"})
        assert done.status_code == 200 and done.headers["Cache-Control"] == "no-store", form
        said[form] = texts(done.content)
    assert said["phieu"].count("Lò Thị An") == 1 and said["phieu-cat"].count("Lò Thị An") == 3  # as many as fit on a page
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in said["phieu-cat"] and not any("Họ tên người" in text for text in said["phieu-cat"])
    assert in_order(said["trieu-tap"], "DANH SÁCH TRIỆU TẬP", "Chức vụ, tư cách", "Ký tên", "15", "có mặt: 10")


def test_case_of_a_campaign_is_read_here_and_carried_out_there(pages: Pages) -> None:
    who = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT}
    row = division(who).unit
    pages.pk = start_meetings(unit=row.pk, on=NOW.date(), secrecy=not_secret(NOW.date()), laws=laws(), **who)[0].pk
    Grant.objects.filter(user=pages.world.accounts["can-bo-to-chuc"]).update(unit=None)
    keeper = Client()
    keeper.force_login(pages.world.accounts["can-bo-to-chuc"])
    page = text_of(keeper.get(pages.url))
    assert f'<a href="/danh-gia/don-vi/{row.pk}/">Mở trong đợt</a>' in page and 'name="viec"' not in page
    assert "ở trang của đợt đánh giá" in text_of(pages.post("hop", "convene", by=keeper, trieutap="9", comat="9"))
    assert "Đánh giá, xếp loại" in text_of(keeper.get("/viec/", {"loai": "evaluation"}))


def test_introduced_at_a_conference_with_names_in_their_orders(pages: Pages) -> None:
    """Under the local rule of an example: who repeats a name is told apart by the unit; ballots A, B, C; results by votes."""
    home, names = pages.world.units["in"], [Named(person=person.pk) for person in reversed(pages.people)]
    opening = Opening(
        kind="trial", procedure="quy-hoach-tai-cho", unit=home.pk, name="Quy hoạch thử", group="career", names=names, on=date(2026, 9, 1),
        secrecy=not_secret(date(2026, 9, 1)), basis="Quy định 9-QĐ/TU", seats=3,
    )  # fmt: skip
    local = read_laws([CENTRAL, EXAMPLES / "vi-du-tinh"], run_cases=False)
    pages.pk = open_case(opening=opening, laws=local, actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT).pk
    namesake = Person.objects.create(key="case-n", full_name="Lò Thị An", sex="nu", birth="1990")
    other = Unit.objects.create(code="ben-canh", name="Trạm Y tế", parent=home)
    Employment.objects.create(person=namesake, unit=other, start="2012")
    pages.do("b1", "submit")
    pages.do("b2", "convene", trieutap="9", comat="9")
    pages.do("b2", "conclude", ten=[str(pk) for pk in pages.names])
    page = pages.post("", "introduce", nguoi="Lò Thị An", gioithieu="Tổ 3")
    assert page.status_code == 400 and "Có 2 người tên Lò Thị An; hãy ghi thêm đơn vị sau dấu –." in text_of(page)
    assert 'value="Tổ 3"' in text_of(page) and ">Lò Thị An</textarea>" in text_of(page)
    pages.do("", "introduce", nguoi="Lo Thi Khong\nLò Thị An – trạm y tế", gioithieu="Tổ 3")
    added = list(Case.objects.get(pk=pages.pk).names.exclude(entry=None).order_by("order").values_list("person", "text"))
    assert added == [(None, "Lo Thi Khong"), (namesake.pk, "")]
    pages.do("b3", "convene", trieutap="10", comat="10")
    page = text_of(pages.officer.get(pages.url))
    slip = re.findall(r'<label for="phieu-\d+">([^<]+)</label>', page)
    assert slip == ["Lò Thị An", "Lò Thị An", "Vàng Văn Bình", "Lo Thi Khong"] and "Quy định 9-QĐ/TU" in page
    paper = {f"phieu-{pk}": str(n) for pk, n in zip(pages.names, (9, 6, 7, 1))}
    paper |= {"ban": BOARD, "phatra": "10", "thuve": "10", "hople": "10"}
    pages.do("b3", "count", **paper)
    pages.do("b3", "recount", **paper)
    page = text_of(pages.officer.get(pages.url))
    assert "Đi tiếp: Vàng Văn Bình, Lo Thi Khong, Lò Thị An" in page and "ngoài danh sách</b> – Lo Thi Khong, Lò Thị An" in page
    for form in ("kiem-phieu", "tong-hop"):
        with zipfile.ZipFile(io.BytesIO(pages.officer.get(f"{pages.url}in/{form}/", {"buoc": "b3"}).content)) as book:
            told = re.findall(">(Lò Thị An|Vàng Văn Bình|Lo Thi Khong)<", book.read("word/document.xml").decode())
        assert told == ["Vàng Văn Bình", "Lo Thi Khong", "Lò Thị An", "Lò Thị An"], form


# --- the ballot on screen


def opened(pages: Pages, present: int = 12) -> list[str]:
    pages.open("03/08/2026")
    pages.do("b1", "convene", trieutap=str(present), comat=str(present), tongso=str(present))
    asked = {"viec": "mo", "vanban": "Nghị quyết 5-NQ/ĐU ngày 01/9/2026", "ngay": ON}
    page = pages.officer.post(f"{pages.url}bo-phieu/", asked)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store", text_of(page)
    return re.findall(r'class="code">([A-Z2-9 ]+)<', text_of(page))


def test_ballot_on_screen_from_its_decision_to_the_minutes(pages: Pages) -> None:
    pages.open("03/08/2026")
    assert "Chưa tới lúc bỏ phiếu" in text_of(pages.officer.get(f"{pages.url}bo-phieu/"))
    codes = opened(pages)
    assert len(set(codes)) == 12 and BallotCode.objects.count() == 12
    again = text_of(pages.officer.get(f"{pages.url}bo-phieu/"))
    assert "0/12" in again and not any(code in again for code in codes)  # shown once
    an, binh = pages.names
    acts, reads = Act.objects.count(), Read.objects.count()
    phone = Client(enforce_csrf_checks=True)
    for n, code in enumerate(codes[:11]):
        ten = [] if n == 10 else [str(an if n < 7 else binh)]
        slip = phone.post("/phieu/", {"ma": code.lower(), "viec": "ma"})
        assert text_of(slip).index("Lò Thị An") < text_of(slip).index("Vàng Văn Bình")
        assert "Xem lại phiếu" in text_of(phone.post("/phieu/", {"ma": code, "viec": "xem", "ten": ten}))
        done = phone.post("/phieu/", {"ma": code, "viec": "bo", "ten": ten})
        assert "Đã bỏ phiếu" in text_of(done)
    assert (Act.objects.count(), Read.objects.count()) == (acts, reads)
    closed = pages.officer.post(f"{pages.url}bo-phieu/", {"viec": "dong"})
    assert closed.status_code == 302
    page = text_of(pages.officer.get(closed.url.partition("#")[0]))
    assert [re.search(rf'name="{name}"[^>]*value="(\d+)"', page)[1] for name in ("phatra", "thuve", "hople")] == ["12", "11", "10"]
    assert re.search(rf'name="phieu-{an}"[^>]*value="7"', page) and "lấy từ phiếu trên màn hình" in page
    assert "hợp lệ" not in text_of(pages.officer.get(pages.url)).partition('id="lich-su"')[2]  # nothing counts until the board writes it


def test_ballot_page_keeps_nothing_of_who_asked(pages: Pages) -> None:
    codes = opened(pages)
    signed_in, before = pages.head, pages.head.session.items()
    cookies = dict(signed_in.cookies)
    for client in (Client(), signed_in):
        for answer in (client.get("/phieu/"), client.post("/phieu/", {"ma": codes[0], "viec": "ma"}), client.post("/phieu/", {"ma": "x"})):
            assert not answer.cookies and "Set-Cookie" not in answer.headers and "csrfmiddlewaretoken" not in text_of(answer)
            assert answer.headers["Cache-Control"] == "no-store" and answer.headers["Referrer-Policy"] == "no-referrer"
            assert "Tài khoản" not in text_of(answer) and "Cookie" not in answer.headers.get("Vary", "")
    assert signed_in.session.items() == before and dict(signed_in.cookies) == cookies
    assert ScreenBallot.objects.get().closed is False


def test_wrong_codes_wrong_slips_and_guessing_are_refused(pages: Pages) -> None:
    codes, phone = opened(pages), Client()
    an, binh = pages.names
    many = phone.post("/phieu/", {"ma": codes[0], "viec": "xem", "ten": [str(an), str(binh)]})
    assert many.status_code == 400 and "tối đa 1 người" in text_of(many) and text_of(many).count(" checked") == 2
    assert "không thuộc danh sách" in text_of(phone.post("/phieu/", {"ma": codes[0], "viec": "bo", "ten": ["999999"]}))
    assert "Đã bỏ phiếu" in text_of(phone.post("/phieu/", {"ma": codes[0], "viec": "bo", "ten": [str(an)]}))
    assert "đã được dùng" in text_of(phone.post("/phieu/", {"ma": codes[0], "viec": "bo", "ten": [str(binh)]}))
    assert "Không có mã này" in text_of(phone.post("/phieu/", {"ma": "ABCD EFGH JKLM", "viec": "ma"}))
    assert "Đóng, bỏ lần này" in text_of(pages.officer.get(f"{pages.url}bo-phieu/"))
    alone = text_of(pages.officer.post(f"{pages.url}bo-phieu/", {"viec": "dong"}, follow=True))
    assert "mới có 1/12 phiếu" in alone  # one slip counted would be hers
    assert "lấy số vào biên bản" not in text_of(pages.officer.get(f"{pages.url}?phieu={ScreenBallot.objects.get().pk}"))
    cache.set("ballot-wrong", WRONG_A_MINUTE, 60)
    assert phone.post("/phieu/", {"ma": "ABCD EFGH JKLN", "viec": "ma"}).status_code == 429
