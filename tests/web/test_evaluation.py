"""One unit through a campaign as five accounts see it: who opens, the unit's officer, its head, the person, a stranger."""

import html
import io
import zipfile
from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.test import Client

from canbo.access.models import Grant, User
from canbo.access.queries import LOCAL_ACCESS
from canbo.cases.models import CaseEntry
from canbo.dossier.models import Discipline, Employment, Person, Rating
from canbo.evaluation.models import (
    Campaign,
    CampaignUnit,
    Evaluation,
    HandOver,
    Objection,
    OutsideComment,
    TrackedMonth,
    UnitRegulation,
)
from canbo.evaluation.tracking import record_months
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Title
from canbo.snapshot.holder import HOLDER
from canbo.web.evaluation.months import MOST
from canbo.web.evaluation.view import laws_now
from tests.evaluation.world import AT, FULL, LEADER, STAFF, month, official
from tests.web.world import World

GOOD, BEST, FAIR = "hoan-thanh-tot", "hoan-thanh-xuat-sac", "hoan-thanh"
ON = "07/12/2026"


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


class Stage:
    """A commune office with its head An, six officials and the reader herself; accounts signed in by role."""

    def __init__(self, world: World) -> None:
        self.world, self.unit = world, world.units["in"]
        title = Title.objects.create(code="truong-phong-vhxh-xa", name="Trưởng phòng Văn hóa – Xã hội")
        self.head = official("Lò Thị An", self.unit, title=title)
        self.others = [official(f"Vàng Văn Bình {n}", self.unit) for n in range(6)]
        self.me = world.people["w"].pk
        Person.objects.filter(pk=self.me).update(full_name="Hà Thị Chi")
        Employment.objects.filter(person=self.me).update(unit=self.unit, staff_kind="cong-chuc", start="2010", end=None)
        Employment.objects.filter(person=world.people["i"]).update(staff_kind="", start="2010", end=None)
        # Nobody but her own account is Chi.
        User.objects.exclude(pk=world.accounts["ca-nhan"].pk).update(person_key="")
        stranger = User.objects.create(username="thu.xa-ngoai", password="!")
        Grant.objects.create(user=stranger, role="can-bo-to-chuc", unit=world.units["out"], start=PartialDate(2020))
        HOLDER.forget()
        self.opener, self.officer, self.boss, self.person = map(
            self.signed_in, ("can-bo-to-chuc", "can-bo-don-vi", "lanh-dao", "ca-nhan")
        )
        self.stranger = Client()
        self.stranger.force_login(stranger)

    def signed_in(self, role: str) -> Client:
        client = Client()
        client.force_login(self.world.accounts[role])
        return client

    def open(self) -> str:
        """The campaign opened through the page; the address of the unit's page."""
        asked = {
            "ten": "Đánh giá năm 2026", "noimo": self.world.units["grant"].pk, "tucach": "official", "loaiky": "year", "ky": "2026",
            "mo": ON, "han": "14/12/2026", "donvi": [self.unit.pk], "vanban": "KH 12", "viec": "mo",
        }  # fmt: skip
        wrong = self.opener.post("/danh-gia/mo/", {**asked, "ten": "", "han": "32/12/2026"})
        page = text_of(wrong)
        assert wrong.status_code == 400 and 'value="KH 12"' in page and 'value="32/12/2026"' in page
        assert f'name="donvi" value="{self.unit.pk}" checked' in page
        done = self.opener.post("/danh-gia/mo/", asked, follow=True)
        assert "8 người được đánh giá, 1 người không đưa vào đợt" in text_of(done)
        assert "Thử Văn" in text_of(done) and "Chưa rõ đối tượng" in text_of(done)  # whom no regime rates, and why
        return f"/danh-gia/don-vi/{CampaignUnit.objects.get(campaign__name='Đánh giá năm 2026').pk}/"

    def of(self, person: int) -> Evaluation:
        return Evaluation.objects.get(campaign_unit__campaign__name="Đánh giá năm 2026", person=person)

    def score_eleven_months(self) -> None:
        """All but December; two of them do everything, the rest seven tenths."""
        told = [
            month(person, number, ratio="1" if person in (self.me, self.others[0]) else "0.7", leader=person == self.head)
            for person in (self.head, self.me, *self.others) for number in range(1, 12)
        ]  # fmt: skip
        who = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT}
        record_months(unit=self.unit.pk, regime="cong-chuc", months=told, laws=laws_now(), **who)

    def december(self) -> dict[str, str]:
        typed = {"dv": str(self.unit.pk), "thang": "2026-12"}
        for person in (self.head, self.me, *self.others):
            share = "100" if person in (self.me, self.others[0]) else "70"
            typed |= {f"p-{person}-{code}": text.replace(".", ",") for code, text in FULL.items()}
            typed |= {f"r-{person}-{code}": share if code in STAFF else "100" for code in (LEADER if person == self.head else STAFF)}
        return typed


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


def step(client: Client, url: str, case: Any, duty: str, place: str = "", **typed: Any) -> Any:
    seen = CaseEntry.objects.filter(case=case).count()
    asked = {"viec": "buoc", "case": case.pk, "seen": seen, "step": place, "duty": duty, "ngay": ON}
    return client.post(url, asked | typed)


def test_one_unit_from_opening_to_closing_by_five_accounts(stage: Stage) -> None:
    url, campaign = stage.open(), Campaign.objects.get(name="Đánh giá năm 2026")
    stage.score_eleven_months()
    track(stage)
    assess_oneself(stage)
    choose(stage, url)
    home = meet(stage, url)
    decide(stage, url, home)
    assert "kết quả của 8 người" in text_of(stage.officer.post(url, {"viec": "gui", "ngay": ON}, follow=True))
    waiting = text_of(stage.officer.get(f"{url}gui-ket-qua/"))
    assert "8 người" in waiting and "12/12/2026" in waiting and "Điều 26 khoản 1 điểm d" in waiting
    wrong = stage.officer.post(f"{url}gui-ket-qua/", {"so": "CSDL-15", "ngay": "31/12/2099"})
    assert wrong.status_code == 400 and 'value="CSDL-15"' in text_of(wrong) and 'value="31/12/2099"' in text_of(wrong)
    shown = f"/danh-gia/dot/{campaign.pk}/"
    assert "Đã kết thúc đợt" in text_of(stage.opener.post(shown, {"viec": "ket-thuc"}, follow=True))
    report(stage, shown, campaign)


def track(stage: Stage) -> None:
    """The officer's grid: a wrong line is named and keeps the whole page back, with what was typed."""
    typed, first = stage.december(), stage.others[1]
    wrong = stage.officer.post("/danh-gia/theo-doi/", typed | {f"p-{first}-1.a": "9", f"r-{stage.others[2]}-a": "chín"})
    assert wrong.status_code == 400 and "không phải tỷ lệ" in text_of(wrong) and 'value="chín"' in text_of(wrong)
    wrong = stage.officer.post("/danh-gia/theo-doi/", typed | {f"p-{first}-1.a": "9"})
    assert wrong.status_code == 400 and "phải từ 0 đến 5" in text_of(wrong) and 'value="9"' in text_of(wrong)
    assert not TrackedMonth.objects.filter(month="2026-12").exists()
    assert "Đã ghi tháng 12/2026 của 8 người" in text_of(stage.officer.post("/danh-gia/theo-doi/", typed, follow=True))
    assert TrackedMonth.objects.get(month="2026-12", person=first).ratios["a"] == str(Fraction(7, 10))
    page = text_of(stage.officer.get(f"/danh-gia/theo-doi/?dv={stage.unit.pk}&thang=12/2026"))
    assert f'name="r-{first}-a" value="70"' in page and f'name="p-{first}-2.a" value="2,5"' in page
    assert stage.person.get("/danh-gia/theo-doi/").status_code == 403


def assess_oneself(stage: Stage) -> None:
    row = stage.of(stage.me)
    url = f"/tu-danh-gia/{row.pk}/"
    assert "chưa tự đánh giá" in text_of(stage.person.get("/tu-danh-gia/"))
    assert "Tự đánh giá trước ngày 14/12/2026" in text_of(stage.person.get("/"))
    wrong = stage.person.post(url, {"muc": GOOD, "noidung": " "})
    assert wrong.status_code == 400 and f'value="{GOOD}" checked' in text_of(wrong)
    assert "Đã gửi" in text_of(stage.person.post(url, {"muc": GOOD, "noidung": "Làm đủ việc được giao."}, follow=True))
    assert stage.person.get(f"/tu-danh-gia/{stage.of(stage.head).pk}/").status_code == 404
    assert stage.person.get(f"/danh-gia/nguoi/{row.pk}/").status_code == 403


def choose(stage: Stage, url: str) -> None:
    """The meter answers to what is ticked before anything is kept."""
    done = stage.officer.post(url, {"viec": "tinh"}, follow=True)
    assert "7 người; 1 người chưa tính được" in text_of(done) and "Chưa xếp loại đơn vị" in text_of(done)
    ticked = {f"muc-{stage.of(p).pk}": BEST for p in stage.others[:2]} | {f"nx-{stage.of(stage.others[0]).pk}": "Tốt nhất khối"}
    tried = text_of(stage.officer.post(url, {"viec": "xem-thu"} | ticked))
    assert "Xem thử, chưa ghi gì. 1 mức" in tried and "mức chọn cao hơn mức theo điểm (79)" in tried and "Xuất sắc: <b>3/" in tried
    assert "Tốt nhất khối" in tried and stage.of(stage.others[0]).chosen == ""
    del ticked[f"muc-{stage.of(stage.others[1]).pk}"]
    assert "Đã ghi mức đề nghị" in text_of(stage.officer.post(url, {"viec": "ghi"} | ticked, follow=True))
    assert (stage.of(stage.others[0]).chosen, stage.of(stage.others[0]).comment) == (BEST, "Tốt nhất khối")
    assert stage.officer.post(url, {"viec": "xep-don-vi", "muc": GOOD}).status_code == 403
    rated = stage.opener.post(url, {"viec": "xep-don-vi", "muc": GOOD, "chedo": "don-vi-hanh-chinh", "vanban": "18/QĐ"}, follow=True)
    assert "Đã ghi xếp loại" in text_of(rated)
    assert "cho 8 người." in text_of(stage.officer.post(url, {"viec": "tinh"}, follow=True))
    several = stage.opener.post(url, {"viec": "phu-trach", "phutrach": "vang binh"})
    assert several.status_code == 400 and "Có 6 người khớp" in text_of(several) and 'name="chon"' in text_of(several)
    named = {"viec": "phu-trach", "phutrach": "vang binh", "chon": stage.others[2]}
    assert "phụ trách: <b>Vàng Văn Bình 2</b>" in text_of(stage.opener.post(url, named, follow=True))
    refused = stage.opener.post(url, {"viec": "ngoai-le", "vanban": "5/QĐ", "lydo": ""})
    assert refused.status_code == 400 and "lý do; hãy ghi đủ" in text_of(refused) and 'value="5/QĐ"' in text_of(refused)


def meet(stage: Stage, url: str) -> CampaignUnit:
    declared = {"viec": "bat-dau", "domat": "none", "nguoi": "Nguyễn Văn Kiểm", "muc": "Danh mục ngành", "ngaymat": ON, "ngay": ON}
    refused = stage.officer.post(url, declared | {"domat": "unsure"})
    assert refused.status_code == 400 and "làm ngoài chương trình" in text_of(refused) and "Nguyễn Văn Kiểm" in text_of(refused)
    assert "Đã mở 2 việc" in text_of(stage.officer.post(url, declared, follow=True))
    home = stage.of(stage.me).campaign_unit
    step(stage.officer, url, home.others, "submit", "tu-danh-gia")
    wrong = step(stage.officer, url, home.others, "convene", "hop", trieutap="8", comat="9")
    assert wrong.status_code == 400 and 'name="comat" inputmode="numeric" value="9"' in text_of(wrong)
    step(stage.officer, url, home.others, "convene", "hop", trieutap="8", comat="8")
    stale = step(stage.officer, url, home.others, "conclude", "hop", seen=1)
    assert stale.status_code == 400 and "Người khác vừa ghi thêm" in text_of(stale)
    step(stage.officer, url, home.others, "conclude", "hop", so="3/BB")
    late = stage.person.post(f"/tu-danh-gia/{stage.of(stage.me).pk}/", {"muc": BEST, "noidung": "Viết lại."})
    assert late.status_code == 400 and "đã họp" in text_of(late)
    return home


def decide(stage: Stage, url: str, home: CampaignUnit) -> None:
    """Above the ceiling the head is refused with the article; what was chosen stays; the exception opens the way."""
    grades = {f"qd-{stage.of(p).pk}": GOOD for p in stage.others} | {f"qd-{stage.of(p).pk}": BEST for p in (stage.me, stage.others[0])}
    made = {"so": "20/QĐ-UBND"} | grades
    assert step(stage.officer, url, home.others, "decide", "quyet-dinh", **made).status_code == 403
    refused = step(stage.boss, url, home.others, "decide", "quyet-dinh", **made)
    assert refused.status_code == 400 and "Điều 20 khoản 5" in text_of(refused) and 'value="20/QĐ-UBND"' in text_of(refused)
    assert not Rating.objects.filter(text__contains="20/QĐ-UBND").exists()
    left = stage.of(stage.others[5]).pk
    made |= {f"qd-{stage.of(stage.others[0]).pk}": GOOD, f"ld-{left}": "chờ xác minh"}
    assert "Đã ghi: quyết định" in text_of(stage.boss.get(step(stage.boss, url, home.others, "decide", "quyet-dinh", **made).url))
    page = f"/danh-gia/nguoi/{left}/"
    assert "chưa xếp loại người này: chờ xác minh" in text_of(stage.boss.get(page)) and stage.of(stage.others[5]).grade == ""
    later = {"viec": "bo-sung", "muc": GOOD, "so": "", "ngay": ON}
    wrong = stage.boss.post(page, later)
    assert wrong.status_code == 400 and f'value="{GOOD}" selected' in text_of(wrong)
    assert "Đã ghi quyết định bổ sung" in text_of(stage.boss.post(page, later | {"so": "22/QĐ"}, follow=True))
    step(stage.officer, url, home.others, "notify", "thong-bao", so="7/TB")
    mine = text_of(stage.person.get(f"/tu-danh-gia/{stage.of(stage.me).pk}/"))
    assert "Hoàn thành xuất sắc nhiệm vụ" in mine and "Thông báo ngày 07/12/2026" in mine
    for client, duty, place, typed in (
        (stage.officer, "submit", "tu-danh-gia", {}), (stage.officer, "convene", "hop", {"trieutap": "8", "comat": "7"}),
        (stage.officer, "conclude", "hop", {"so": "4/BB"}),
        (stage.officer, "opinion", "y-kien", {"loai": "cấp ủy", "tochuc": "Đảng ủy", "so": "1-NX", "ngayvb": ON, "ketluan": "nhất trí"}),
        (stage.officer, "submit", "tong-hop", {}),
        (stage.boss, "decide", "quyet-dinh", {"so": "21/QĐ", f"qd-{stage.of(stage.head).pk}": GOOD}),
    ):  # fmt: skip
        assert step(client, url, home.leaders, duty, place, **typed).status_code == 302, duty
    assert "có mặt 7/8" in text_of(stage.officer.get(url))
    # Not past the campaign: the page of the case does not carry out what writes ratings.
    beside = step(stage.officer, f"/viec/{home.leaders_id}/", home.leaders, "notify", "thong-bao", so="8/TB")
    assert beside.status_code == 400 and "trang của đợt đánh giá" in text_of(beside)


def report(stage: Stage, shown: str, campaign: Campaign) -> None:
    """What the page counts is what the file holds and what the lists behind it name."""
    page = text_of(stage.opener.get(f"{shown}?xem=ket-qua"))
    assert "1 (12,5%)" in page and "7 (87,5%)" in page and "8/8 (100%)" in page
    book = openpyxl.load_workbook(io.BytesIO(stage.opener.get(f"{shown}bang.xlsx?xem=ket-qua").content)).active
    [total] = [row for row in book.values if row[1] == "Tổng cộng"]
    assert total[2:] == (8, 1, 7, 0, 0, 0, 0, "8/8 (100%)")
    word = stage.opener.get(f"{shown}bang.docx?xem=ket-qua")
    with zipfile.ZipFile(io.BytesIO(word.content)) as parts:
        assert "Tổng cộng" in parts.read("word/document.xml").decode()
    best = text_of(stage.opener.get(f"{shown}nguoi/?muc={BEST}"))
    assert "Hà Thị Chi" in best and "Vàng Văn Bình" not in best
    for page in (shown, f"/danh-gia/don-vi/{stage.of(stage.me).campaign_unit_id}/", f"/danh-gia/nguoi/{stage.of(stage.me).pk}/"):
        assert stage.stranger.get(page).status_code == 404
    assert "Đánh giá năm 2026" not in text_of(stage.stranger.get("/danh-gia/"))
    assert Campaign.objects.get(pk=campaign.pk).closed_on is not None


def test_beside_a_rating(stage: Stage) -> None:
    """Terms with a discipline record, notes, a comment read through, an objection with its day, a replaced decision."""
    stage.open()
    row, own = stage.of(stage.others[0]), stage.of(stage.me)
    url = f"/danh-gia/nguoi/{row.pk}/"
    record = Discipline.objects.create(person_id=row.person_id, side="nha-nuoc", form="khien-trach", decided_on="2026-05-04")
    terms = {"viec": "dieu-kien", "nhom": "staff", "thang": "9", "vang-thai-san": "3", "sv-vi-pham-cong-vu": str(record.pk)}
    wrong = stage.opener.post(url, terms | {"thang": "10", "vang-om": "hai"})
    assert wrong.status_code == 400 and "“hai” không phải một số nguyên" in text_of(wrong) and 'value="hai"' in text_of(wrong)
    assert stage.opener.post(url, terms).status_code == 302
    # The unit's officer reads no discipline: she sees no record, and what stands is not lost by her saving.
    page = text_of(stage.officer.get(url))
    assert "9 tháng; nghỉ thai sản 3" in page and "04/05/2026" not in page and "sv-vi-pham" not in page
    assert stage.officer.post(url, terms | {"sv-vi-pham-cong-vu": "", "thang": "8"}).status_code == 302
    row.refresh_from_db()
    assert (row.months_worked, row.away, row.bars) == (8, {"thai-san": 3}, {"vi-pham-cong-vu": record.pk})

    stage.officer.post(url, {"viec": "theo-doi", "ngay": ON, "noidung": "Đi cơ sở đều."})
    said = {"viec": "y-kien", "nguon": "mttq", "ngay": ON, "noidung": "Gần dân.", "nguoiviet": "Người Góp Ý"}
    assert stage.officer.post(url, said | {"nguon": ""}).status_code == 400
    stage.officer.post(url, said)
    comment = OutsideComment.objects.get(person=row.person_id)
    assert "Chờ đọc" in text_of(stage.officer.get(url)) and "Gần dân." not in text_of(stage.boss.get(url))
    other = stage.officer.post(f"/danh-gia/nguoi/{own.pk}/", {"viec": "xet-y-kien", "ykien": comment.pk, "xet": "nhan"})
    assert other.status_code == 400 and "không thuộc người đang xem" in text_of(other)
    stage.officer.post(url, {"viec": "xet-y-kien", "ykien": comment.pk, "xet": "nhan"})
    page = text_of(stage.boss.get(url))
    assert "Gần dân." in page and "Đi cơ sở đều." in page and "Người Góp Ý" not in page

    rating = Rating.objects.create(person_id=row.person_id, period="2026", regime="cong-chuc", grade=GOOD, text="Quyết định 20")
    Rating.objects.create(person_id=row.person_id, period="2019", regime="cong-chuc", grade=FAIR)
    Evaluation.objects.filter(pk=row.pk).update(grade=GOOD, rating=rating)
    page = text_of(stage.boss.get(url))
    assert "Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực" in page and "nay tương đương: Hoàn thành nhiệm vụ" in page
    assert "hạn trả lời: 16/12/2026" in text_of(
        stage.officer.post(url, {"viec": "kien-nghi", "ngay": ON, "noidung": "Xin xem lại điểm."}, follow=True)
    )
    assert "Kiến nghị chờ trả lời" in text_of(stage.boss.get("/")) and "16/12/2026" in text_of(stage.boss.get("/danh-gia/kien-nghi/"))
    asked = {"viec": "tra-loi", "kiennghi": Objection.objects.get(evaluation=row).pk, "ngay": "16/12/2026", "traloi": "5/CV: giữ nguyên"}
    assert stage.boss.post(url, asked).status_code == 302
    replaced = {"viec": "thay-the", "muc": FAIR, "so": "30/QĐ", "lydo": "", "ngay": "20/12/2026"}
    assert stage.boss.post(url, replaced).status_code == 400
    assert stage.boss.post(url, replaced | {"lydo": "báo cáo không đúng"}).status_code == 302
    assert "đã thay thế" in text_of(stage.boss.get(url))


def test_month_of_the_largest_unit_fits_one_form() -> None:
    regimes: list[Any] = [of.content for (kind, _), found in laws_now().provisions.items() if kind == "regime" for of in found.versions]
    widest = max(len(of.lines_of(role)) + len(of.ratios_of(role)) + 1 for of in regimes for role in ("leader", "staff"))
    assert widest * MOST < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_denunciation_is_handed_over_and_nothing_else_is_kept(stage: Stage) -> None:
    told = {"dv": stage.unit.pk, "phieu": "12/PTN", "nhan": "01/12/2026", "noi": "Thanh tra tỉnh", "chuyen": "30/11/2026", "noidung": "x"}
    wrong = stage.officer.post("/danh-gia/to-cao/", told)
    assert wrong.status_code == 400 and 'value="12/PTN"' in text_of(wrong) and "trước ngày nhận" in text_of(wrong)
    stage.officer.post("/danh-gia/to-cao/", told | {"chuyen": "02/12/2026"})
    assert HandOver.objects.get(receipt="12/PTN").handed_on == date(2026, 12, 2)
    assert "12/PTN" in text_of(stage.boss.get("/danh-gia/to-cao/")) and "12/PTN" not in text_of(stage.stranger.get("/danh-gia/to-cao/"))


def test_unit_regulation_people_taken_in_and_a_unit_dropped(stage: Stage) -> None:
    points = {f"d-G1.{n}": "1" for n in range(1, 11)} | {f"d-G2.{n}": "3" for n in range(1, 5)}
    points |= {"d-G3.1": "3", "d-G3.2": "3", "d-G3.3": "2"}
    asked = {"dv": stage.unit.pk, "nam": "2026", "chedo": "vien-chuc", "vanban": "QC 1"} | points
    wrong = stage.opener.post("/danh-gia/quy-che/", asked | {"d-G3.3": "9"})
    assert wrong.status_code == 400 and "cộng lại bằng 30" in text_of(wrong)
    assert 'name="d-G3.3" size="5" inputmode="decimal" value="9"' in text_of(wrong)
    assert stage.opener.post("/danh-gia/quy-che/", asked).status_code == 302 and UnitRegulation.objects.get().points["G2.1"] == "3"
    stage.open()
    campaign = Campaign.objects.get(name="Đánh giá năm 2026")
    Employment.objects.filter(person=stage.world.people["i"]).update(staff_kind="cong-chuc", unit=stage.unit, start="2010", end=None)
    HOLDER.forget()
    assert "Bổ sung vào đợt" in text_of(stage.opener.get(f"/danh-gia/dot/{campaign.pk}/khong-dua-vao/"))
    url = f"/danh-gia/dot/{campaign.pk}/"
    assert "Đã bổ sung 1 người" in text_of(stage.opener.post(url, {"viec": "bo-sung"}, follow=True))
    page = f"/danh-gia/nguoi/{stage.of(stage.others[5]).pk}/"
    assert "Bỏ khỏi đợt đánh giá" in text_of(stage.opener.get(page)) and "Bỏ khỏi đợt đánh giá" not in text_of(stage.officer.get(page))
    assert stage.opener.post(page, {"viec": "bo-khoi-dot", "lydo": ""}).status_code == 400
    assert "khỏi đợt" in text_of(stage.opener.post(page, {"viec": "bo-khoi-dot", "lydo": "trùng hồ sơ"}, follow=True))
    dropped = {"viec": "bo-don-vi", "donvi": stage.of(stage.me).campaign_unit_id, "lydo": "làm ngoài"}
    assert "giữ lại ít nhất một đơn vị" in text_of(stage.opener.post(url, dropped, follow=True))
    more = CampaignUnit.objects.create(campaign=campaign, unit=stage.world.units["grant"])
    assert "khỏi đợt" in text_of(stage.opener.post(url, dropped | {"donvi": more.pk}, follow=True))
    assert list(campaign.units.all()) == [stage.of(stage.me).campaign_unit]


def test_papers_are_taken_one_by_one_and_together(world: World) -> None:
    stage = Stage(world)
    unit = stage.open()
    pk = int(unit.rstrip("/").rpartition("/")[2])
    page = text_of(stage.officer.get(f"{unit}van-ban/"))
    assert "Danh sách tổng hợp" in page and "Phiếu tự đánh giá" in page
    one = stage.officer.get(f"{unit}van-ban/tong-hop.docx")
    assert one.status_code == 200 and one.content[:2] == b"PK" and "no-store" in one["Cache-Control"]
    assert "Chưa có gì để in" in text_of(stage.officer.get(f"{unit}van-ban/y-kien.docx"))
    assert "Không có loại văn bản" in text_of(stage.officer.get(f"{unit}van-ban/khac.docx"))
    many = stage.officer.post(f"{unit}van-ban/nhieu.zip", {"loai": ["tu-danh-gia", "tong-hop"]})
    with zipfile.ZipFile(io.BytesIO(many.content)) as book:
        assert len(book.namelist()) == Evaluation.objects.filter(campaign_unit=pk).count() + 1
    assert stage.officer.post(f"{unit}van-ban/nhieu.zip", {}).status_code == 302
    assert stage.stranger.get(f"{unit}van-ban/").status_code == 404
    own = Evaluation.objects.get(person=stage.me, campaign_unit=pk)
    assert stage.person.get(f"/tu-danh-gia/{own.pk}/phieu.docx").content[:2] == b"PK"
    assert stage.person.get(f"/danh-gia/nguoi/{own.pk}/tu-danh-gia.docx").status_code == 403
