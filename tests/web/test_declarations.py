"""A round from opening to the last item decided, as the unit's officer and the person on her phone see it."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from canbo.access.models import User
from canbo.audit.models import Read
from canbo.dossier.changes import id_index
from canbo.dossier.models import (
    Award,
    Declaration,
    DeclarationItem,
    DeclarationRound,
    Employment,
    Person,
    Qualification,
)
from canbo.snapshot.holder import HOLDER
from tests.web.world import World


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.accounts[role])
    return client


def text_of(response) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def officer(world: World) -> Client:
    """The keeper of dossiers, with a commune in which An works whose account is `ca-nhan`."""
    Employment.objects.filter(person=world.people["w"]).update(unit=world.units["in"])
    Person.objects.filter(pk=world.people["w"].pk).update(full_name="Nguyễn Văn An", residence="Số 1", birth="1980")
    Qualification.objects.filter(person=world.people["w"]).delete()
    Award.objects.filter(person=world.people["w"]).delete()
    Declaration.objects.filter(person=world.people["w"]).update(person=world.people["o"], round=world.rounds["i"])
    DeclarationRound.objects.exclude(pk=0).update(closed=True)
    User.objects.filter(pk=world.accounts["can-bo-to-chuc"].pk).update(person_key="")  # else An's dossier is her own
    HOLDER.forget()
    return signed_in(world, "can-bo-to-chuc")


def open_round(officer: Client, world: World, **more) -> int:
    today = timezone.localdate()
    asked = {
        "ten": "Bổ sung hồ sơ", "van-ban": "KH 12", "dv": str(world.units["grant"].pk), "mo": f"{today:%d/%m/%Y}",
        "het": f"{today + timedelta(days=10):%d/%m/%Y}", "muc": ["person.residence", "person.phone_sealed", "qualification", "award"],
    }  # fmt: skip
    done = officer.post("/ke-khai/mo/", asked | more)
    assert done.status_code == 302, text_of(done)
    return int(re.search(r"/dot/(\d+)/", done.url)[1])


def test_round_from_opening_to_the_last_item(officer: Client, world: World) -> None:
    pk, an = open_round(officer, world), world.people["w"]
    me = signed_in(world, "ca-nhan")
    assert "Bổ sung hồ sơ" in text_of(me.get("/ke-khai/cua-toi/"))
    assert f'<a href="/ke-khai/cua-toi/{pk}/">Bổ sung hồ sơ</a>' in text_of(me.get("/ho-so/cua-toi/"))
    page = text_of(me.get(f"/ke-khai/cua-toi/{pk}/"))
    assert "Số 1" in page and "Trình độ" in page and "Quan hệ gia đình" not in page and "Tôn giáo" not in page

    contact = re.search(r"\?muc=(\d+)", page)[0]
    fill = f"/ke-khai/cua-toi/{pk}/khai/"
    assert me.post(f"{fill}{contact}", {"residence": "Số 2", "phone_sealed": "0912345678"}).status_code == 302
    scan = SimpleUploadedFile("bang.pdf", b"%PDF-1.4 x", content_type="application/pdf")
    told = {"level": "dai-hoc", "field_text": "Luật", "obtained": "6/2010", "scan": scan}
    assert me.post(f"{fill}?bang=qualification&loai=chuyen-mon", told).status_code == 302
    assert me.post(f"/ke-khai/cua-toi/{pk}/lam/", {"viec": "khong-co", "loai": "award"}).status_code == 302
    assert "đánh dấu ô cam đoan" in text_of(me.post(f"/ke-khai/cua-toi/{pk}/lam/", {"viec": "gui"}, follow=True))
    assert "Đã gửi bản kê khai" in text_of(me.post(f"/ke-khai/cua-toi/{pk}/lam/", {"viec": "gui", "cam-doan": "1"}, follow=True))

    progress = text_of(officer.get(f"/ke-khai/dot/{pk}/?tt=sent"))
    assert "Chờ xét (1)" in progress and "Chưa khai (1)" in progress and "Nguyễn Văn An" in progress
    declaration = Declaration.objects.get(round=pk, person=an)
    url = f"/ke-khai/ban-khai/{declaration.pk}/"
    review = text_of(officer.get(url))
    assert "Số 1" in review and "<ins>Số 2</ins>" in review and "06/2010" in review and "Luật" in review
    items = {i.table + str(n): i.pk for n, i in enumerate(declaration.items.order_by("pk"))}
    assert list(items) == ["person0", "person1", "qualification2", "declared_none3"]
    seen = re.search(r'name="seen" value="(\d+)"', review)[1]
    chosen = {f"xet-{pk}": "nhan" for pk in items.values()}
    refused = f"xet-{items['person0']}"
    wrong = officer.post(url, chosen | {refused: "khong", "seen": seen, "viec": "xet"})
    assert wrong.status_code == 400 and "phải ghi lý do" in text_of(wrong) and text_of(wrong).count(" checked") == 4
    done = officer.post(url, chosen | {refused: "khong", f"ly-do-{items['person0']}": "Thiếu giấy tờ", "seen": seen, "viec": "xet"})
    assert done.status_code == 302
    assert Qualification.objects.get(person=an).field_text == "Luật"
    mine = text_of(me.get(f"/ke-khai/cua-toi/{pk}/"))
    assert ("Thiếu giấy tờ" in mine and "Đã nhận: Số 2" in mine) or "Đã nhận" in mine
    assert "Đã xét xong (1)" in text_of(officer.get(f"/ke-khai/dot/{pk}/"))


def test_wrong_value_stays_in_its_field_with_one_sentence(officer: Client, world: World) -> None:
    pk, me = open_round(officer, world), signed_in(world, "ca-nhan")
    page = me.post(f"/ke-khai/cua-toi/{pk}/khai/?bang=qualification&loai=llct", {"level": "trung-cap", "obtained": "31/31/2010"})
    text = text_of(page)
    assert page.status_code == 400 and 'value="31/31/2010"' in text and text.count('class="field-error"') == 1
    assert not DeclarationItem.objects.filter(declaration__round=pk).exists()
    page = me.post(f"/ke-khai/cua-toi/{pk}/khai/?bang=qualification&loai=llct", {"began": "2015", "obtained": "2010"})
    assert page.status_code == 400 and "trước" in text_of(page)


def test_accepting_all_leaves_out_what_changed_meanwhile(officer: Client, world: World) -> None:
    pk, me, an = open_round(officer, world), signed_in(world, "ca-nhan"), world.people["w"]
    contact = re.search(r"\?muc=\d+", text_of(me.get(f"/ke-khai/cua-toi/{pk}/")))[0]
    me.post(f"/ke-khai/cua-toi/{pk}/khai/{contact}", {"residence": "Số 2", "phone_sealed": "0912345678"})
    me.post(f"/ke-khai/cua-toi/{pk}/lam/", {"viec": "gui", "cam-doan": "1"})
    Person.objects.filter(pk=an.pk).update(residence="Số 9")
    declaration = Declaration.objects.get(round=pk, person=an)
    url = f"/ke-khai/ban-khai/{declaration.pk}/"
    review = text_of(officer.get(url))
    assert "Hồ sơ đã thay đổi sau khi người khai xem" in review and "Số 9" in review and "Nhận tất cả 1 mục" in review
    seen = re.search(r'name="seen" value="(\d+)"', review)[1]
    officer.post(url, {"viec": "nhan-het", "seen": seen})
    assert sorted(declaration.items.values_list("state", flat=True)) == ["accepted", "waiting"]
    assert Person.objects.get(pk=an.pk).residence == "Số 9"


def test_opening_keeps_what_was_typed_when_something_is_wrong(officer: Client, world: World) -> None:
    page = officer.post("/ke-khai/mo/", {"ten": "Đợt X", "van-ban": "KH 9", "mo": "1/1", "het": "", "muc": ["award"], "dv": ""})
    text = text_of(page)
    assert page.status_code == 400 and 'value="Đợt X"' in text and 'value="KH 9"' in text and 'value="award" checked' in text
    assert text.count('class="field-error"') == 3


def test_officer_of_a_unit_is_not_offered_groups_she_does_not_see(world: World) -> None:
    page = text_of(signed_in(world, "can-bo-don-vi").get("/ke-khai/mo/"))
    assert "person.residence" in page and "person.religion_sealed" not in page and "health_certificate" not in page


def test_reminder_list_is_what_the_screen_shows(officer: Client, world: World) -> None:
    pk = open_round(officer, world)
    text = officer.get(f"/ke-khai/dot/{pk}/danh-sach.csv?tt=none").content.decode()
    assert "Nguyễn Văn An" in text and "chưa khai" in text
    assert Read.objects.latest("pk").what == "export.declarations"


def test_closed_round_is_read_only_for_the_person(officer: Client, world: World) -> None:
    pk, me = open_round(officer, world), signed_in(world, "ca-nhan")
    assert officer.post(f"/ke-khai/dot/{pk}/dat/", {"viec": "dong"}).status_code == 302
    page = text_of(me.get(f"/ke-khai/cua-toi/{pk}/"))
    assert "chỉ xem" in page and "Khai, sửa" not in page
    done = me.post(f"/ke-khai/cua-toi/{pk}/khai/?bang=award", {"text": "Giấy khen"})
    assert done.status_code == 400 and "không mở trong hôm nay" in text_of(done)


def test_queries_do_not_grow_with_people(officer: Client, world: World) -> None:
    pk = open_round(officer, world)

    def queries() -> int:
        HOLDER.forget()
        officer.get(f"/ke-khai/dot/{pk}/")
        with CaptureQueriesContext(connection, ) as found:
            officer.get(f"/ke-khai/dot/{pk}/")
        return len(found)

    before = queries()
    for n in range(30):
        one = Person.objects.create(full_name=f"Trần Bình {n}", personal_id_index=id_index(f"{n:012}"))
        Employment.objects.create(person=one, unit=world.units["in"], start="2010")
        Declaration.objects.create(round_id=pk, person=one, sent_at=timezone.now())
    assert queries() == before
