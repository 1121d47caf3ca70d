"""Records, claims, files, time and undo of a dossier as pages: written, refused, kept from those without the right."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.access.policy import GROUPS, ROLES
from canbo.audit.models import Act, Read
from canbo.audit.queries import last_seq
from canbo.dossier.changes import RECORDS
from canbo.dossier.models import Attachment, Award, CertifiedValue, DisputedValue, Person, Qualification, Relative
from canbo.dossier.sections import RECORD_SECTIONS
from canbo.web.dossiers.recordforms import READ_ONLY
from tests.web.test_dossier import form_of, signed_in
from tests.web.world import AT, World, found_in

PDF = b"%PDF-1.4 ban quet"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


@pytest.fixture
def person(world: World) -> Person:
    return world.people["i"]


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world)


def text_of(page: Any) -> str:
    return html.unescape(page.content.decode())


def inputs_of(text: str) -> dict[str, str]:
    """Every input, textarea and chosen option of the page's form, as a browser sends it untouched."""
    found = form_of(text)
    for name, value in re.findall(r'<input type="text" name="([^"]+)"(?: value="([^"]*)")?', text):
        found[name] = html.unescape(value)
    return found


def row_of(model: Any, person: Person) -> Any:
    return model.objects.get(person=person)


# --- records


def test_record_is_added_with_its_decision(client: Client, person: Person) -> None:
    Award.objects.filter(person=person).delete()
    typed = {"seen": str(last_seq()), "form": "bang-khen", "on": "5/2020", "decision_number": "12/QĐ", "decision_day": "1/5/2020"}
    page = client.post(f"/ho-so/{person.pk}/muc/award/", typed, follow=True)
    assert page.status_code == 200 and "Đã thêm" in text_of(page)
    row = row_of(Award, person)
    assert (row.form, str(row.on), row.decision.number, str(row.decision.issued_on)) == ("bang-khen", "2020-05", "12/QĐ", "2020-05-01")


@pytest.mark.parametrize(
    ("table", "typed", "sentence"),
    [
        ("award", {"on": "31/2/2020", "form": "bang-khen"}, "31/2/2020"),
        ("award", {"on": "2020"}, "Hãy ghi “Hình thức” hoặc “Như đã ghi”."),
        ("pay", {"rank_text": "Chuyên viên", "coefficient": "hai phẩy ba"}, "không phải là số"),
        ("employment", {"unit": "Xã Không Có", "start": "2020"}, "Không có đơn vị nào tên “Xã Không Có”"),
        ("employment", {"unit": "xã", "start": "2020"}, "Có nhiều đơn vị khớp “xã”"),
        ("employment", {"start": "2020"}, "Hãy ghi “Đơn vị”."),
        ("holding", {"title_text": "Chủ tịch", "kind": "main", "start": "2020", "end": "2019"}, "trước"),
    ],
)
def test_wrong_record_is_said_and_everything_typed_kept(
    client: Client, person: Person, table: str, typed: dict[str, str], sentence: str
) -> None:
    seq = last_seq()
    page = client.post(f"/ho-so/{person.pk}/muc/{table}/", {"seen": str(seq), "note": "ghi chú này", **typed})
    text = text_of(page)
    assert page.status_code == 400 and sentence in text
    assert "ghi chú này" in text and all(f'"{value}"' in text or f">\n{value}</textarea>" in text for value in typed.values())
    assert last_seq() == seq


def test_unit_is_found_by_name_without_accents(client: Client, person: Person, world: World) -> None:
    page = client.post(f"/ho-so/{person.pk}/muc/employment/", {"seen": str(last_seq()), "unit": "xa ngoai", "start": "1999", "end": "2001"})
    assert page.status_code == 302
    made = RECORDS["employment"]._default_manager.get(person=person, start="1999")
    assert made.unit_id == world.units["out"].pk  # type: ignore[attr-defined]
    assert "Xã Ngoài (xa-ngoai)" in client.get("/ho-so/goi-y/", {"loai": "unit", "q": "ngoai"}).json()["options"]


def test_correction_shows_old_and_new_before_it_writes(client: Client, person: Person) -> None:
    row = row_of(Qualification, person)
    url = f"/ho-so/{person.pk}/muc/qualification/{row.pk}/"
    form = inputs_of(client.get(url).content.decode())
    seq = last_seq()
    page = client.post(url, form | {"institution": "Học viện Hành chính", "reason": "theo bằng"})
    text = text_of(page)
    assert page.status_code == 200 and last_seq() == seq
    assert f"<td>{row.institution}</td><td><strong>Học viện Hành chính</strong></td>" in text
    page = client.post(url, form_of(page.content.decode()) | {"reason": "theo bằng", "step": "write", "institution": "Học viện Hành chính"})
    assert page.status_code == 302
    row.refresh_from_db()
    assert row.institution == "Học viện Hành chính" and Act.objects.latest("seq").reason == "theo bằng"


def test_correction_without_a_reason_is_asked_for_it(client: Client, person: Person) -> None:
    url = f"/ho-so/{person.pk}/muc/qualification/{row_of(Qualification, person).pk}/"
    page = client.post(url, inputs_of(client.get(url).content.decode()) | {"institution": "X", "step": "write"})
    assert page.status_code == 400 and "Hãy ghi lý do sửa" in text_of(page)


def test_correction_of_what_somebody_just_changed_is_shown_against_the_newest(client: Client, person: Person, world: World) -> None:
    row = row_of(Qualification, person)
    url = f"/ho-so/{person.pk}/muc/qualification/{row.pk}/"
    mine = inputs_of(client.get(url).content.decode()) | {"institution": "Của tôi", "reason": "a", "step": "write"}
    theirs = signed_in(world)
    other = inputs_of(theirs.get(url).content.decode()) | {"institution": "Của người khác", "reason": "b", "step": "write"}
    assert theirs.post(url, other).status_code == 302
    page = client.post(url, mine)
    assert page.status_code == 409 and "<td>Của người khác</td><td><strong>Của tôi</strong></td>" in text_of(page)


def test_span_is_closed_by_a_form_of_its_own(client: Client, person: Person) -> None:
    row = RECORDS["holding"]._default_manager.get(person=person)
    url = f"/ho-so/{person.pk}/muc/holding/{row.pk}/?dong=1"
    form = inputs_of(client.get(url).content.decode())
    assert "title" not in form and "end" in form
    typed = form | {"end": "1/3/2024", "reason": "nghỉ hưu", "document": "QĐ 5", "dong": "1", "step": "write"}
    assert client.post(url, typed).status_code == 302
    row.refresh_from_db()
    assert str(row.end) == "2024-03-01"  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ["can-bo-to-chuc", "can-bo-don-vi"])
def test_every_record_table_has_its_form_exactly_where_the_role_sees_its_group(world: World, person: Person, role: str) -> None:
    client, groups = signed_in(world, role), ROLES[role].groups
    session = client.session
    session["family-purpose"] = {str(person.pk): "kiểm tra"}
    session.save()
    for section in RECORD_SECTIONS:
        table = section.model._meta.db_table
        open_ = section.group in groups and table not in READ_ONLY and table != "history_conclusion"
        kind = "?loai=llct" if table == "qualification" else ""
        adds = 302 if table == "waiver" else 200  # by a page of its own
        assert client.get(f"/ho-so/{person.pk}/muc/{table}/{kind}").status_code == (adds if open_ else 404), table
        row = section.model._default_manager.filter(person=person).first()
        status = client.get(f"/ho-so/{person.pk}/muc/{table}/{row.pk}/").status_code  # type: ignore[union-attr]
        assert status == (200 if open_ else 404) or table == "declared_none", table


# --- claims


def test_dispute_is_flagged_listed_and_settled_by_certifying(client: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(birth="1980-05-12")
    said = {"muc": "birth", "value": "12/6/1979", "seen": last_seq()}
    page = client.post(f"/ho-so/{person.pk}/mau-thuan/", said | {"paper": "Danh sách 2023"})
    assert page.status_code == 302
    text = text_of(client.get(f"/ho-so/{person.pk}/"))
    assert "Danh sách 2023 ghi <strong>12/06/1979</strong>" in text and "Sinh 12/05/1980 <span" in text
    listed = text_of(client.get("/ho-so/mau-thuan/"))
    assert "2 mâu thuẫn ở hồ sơ của 1 người" in listed and "Danh sách 2023" in listed
    page = client.post(f"/ho-so/{person.pk}/xac-nhan/", {"muc": "birth", "value": "12/6/1979", "paper": "GKS 12", "seen": last_seq()})
    assert page.status_code == 302
    text = text_of(client.get(f"/ho-so/{person.pk}/"))
    assert "xác nhận theo GKS 12" in text and "đã gõ: 12/05/1980" in text and "Sinh 12/06/1979" in text
    assert "1 mâu thuẫn ở hồ sơ của 1 người" in text_of(client.get("/ho-so/mau-thuan/"))


def test_claim_that_cannot_be_read_keeps_what_was_typed(client: Client, person: Person) -> None:
    typed = {"muc": "birth", "value": "hôm qua", "paper": "GKS 12", "reason": "ghi chú", "seen": last_seq()}
    for page in ("xac-nhan", "mau-thuan"):
        answer = client.post(f"/ho-so/{person.pk}/{page}/", typed)
        text = text_of(answer)
        assert answer.status_code == 400 and "Không đọc được “hôm qua”" in text and 'value="GKS 12"' in text and "ghi chú" in text
    assert CertifiedValue.objects.filter(person=person).count() == 1
    assert not DisputedValue.objects.filter(person=person, field="birth").exists()


# --- files


def upload(client: Client, person: Person, name: str, content: bytes, query: str = "", **data: str) -> Any:
    return client.post(f"/ho-so/{person.pk}/dinh-kem/{query}", {"file": SimpleUploadedFile(name, content), **data})


def test_scan_hangs_on_its_record_and_opens_for_its_group_only(client: Client, person: Person, world: World) -> None:
    row = RECORDS["discipline"]._default_manager.get(person=person)
    assert upload(client, person, "quyết định.pdf", PDF, f"?muc=discipline&dong={row.pk}").status_code == 302
    file = Attachment.objects.latest("pk")
    page = client.get(f"/ho-so/{person.pk}/tep/{file.pk}/")
    assert (page.status_code, page.content, page["Content-Type"]) == (200, PDF, "application/pdf")
    assert (page["Cache-Control"], page["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert page["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert Read.objects.latest("pk").what == "attachment"
    assert signed_in(world, "can-bo-don-vi").get(f"/ho-so/{person.pk}/tep/{file.pk}/").status_code == 404
    assert client.get(f"/ho-so/{world.people['w'].pk}/tep/{file.pk}/").status_code == 404


@pytest.mark.parametrize(("name", "content"), [("a.docx", b"PK"), ("a.pdf", b"MZ"), ("a.png", b""), ("a.exe", b"MZ")])
def test_other_files_are_refused(client: Client, person: Person, name: str, content: bytes) -> None:
    seq = last_seq()
    assert upload(client, person, name, content, group="basic").status_code == 400
    assert last_seq() == seq


def test_photo_is_shown_and_removed_file_stays_in_the_log(client: Client, person: Person) -> None:
    assert client.get(f"/ho-so/{person.pk}/anh/")["Content-Type"] == "image/svg+xml"
    assert upload(client, person, "a.png", PNG, group="photo").status_code == 302
    assert client.get(f"/ho-so/{person.pk}/anh/").content == PNG
    assert upload(client, person, "gks.pdf", PDF, group="basic").status_code == 302
    file = Attachment.objects.latest("pk")
    url = f"/ho-so/{person.pk}/tep/{file.pk}/go/"
    assert client.post(url, {"reason": ""}).status_code == 400
    assert client.post(url, {"reason": "gửi nhầm"}).status_code == 302
    assert not Attachment.objects.filter(pk=file.pk).exists() and Act.objects.latest("seq").reason == "gửi nhầm"


# --- undo, time


def test_last_act_is_undone_from_the_history(client: Client, person: Person) -> None:
    Award.objects.filter(person=person).delete()
    client.post(f"/ho-so/{person.pk}/muc/award/", {"seen": str(last_seq()), "form": "bang-khen"})
    url = f"/ho-so/{person.pk}/lich-su/"
    form = form_of(client.get(url).content.decode())
    assert client.post(f"/ho-so/{person.pk}/hoan-tac/", form | {"reason": ""}).status_code == 400
    assert client.post(f"/ho-so/{person.pk}/hoan-tac/", form | {"reason": "nhầm người"}).status_code == 302
    text = text_of(client.get(url))
    assert not Award.objects.filter(person=person).exists()
    assert "đã được hoàn tác" in text and f'hoàn tác việc số {last_seq() - 1} <span class="items">(việc số {last_seq()})</span>' in text


def test_creation_over_many_people_is_not_undone(client: Client, person: Person) -> None:
    page = client.get(f"/ho-so/{person.pk}/lich-su/")
    assert "không hoàn tác riêng" in text_of(page)
    assert client.post(f"/ho-so/{person.pk}/hoan-tac/", {"seq": "1", "reason": "x"}).status_code in (400, 409)


@pytest.mark.parametrize("role", ["can-bo-to-chuc", "can-bo-don-vi", "lanh-dao", "kiem-tra"])
def test_line_of_time_shows_the_groups_of_the_role(world: World, person: Person, role: str) -> None:
    groups = {group for _, group in found_in(text_of(signed_in(world, role).get(f"/ho-so/{person.pk}/qua-trinh/")))}
    assert groups <= ROLES[role].groups
    assert {"party", "career", "evaluation", "training", "qualification"} <= groups


# --- sensitive matters


def test_relatives_open_for_a_stated_check_and_every_opening_is_noted(client: Client, person: Person, world: World) -> None:
    url = f"/ho-so/{person.pk}/gia-dinh/"
    relative = row_of(Relative, person)
    assert "family" not in {group for _, group in found_in(text_of(client.get(url)))}
    assert client.get(f"/ho-so/{person.pk}/muc/relative/{relative.pk}/").status_code == 302
    assert client.post(url, {"muc_dich": "to-mo"}).status_code == 400
    assert client.post(url, {"muc_dich": "bo-nhiem", "van_ban": "TTr 5"}).status_code == 302
    assert "family" in {group for _, group in found_in(text_of(client.get(url)))}
    read = Read.objects.latest("pk")
    assert (read.what, read.person) == ("family", person.pk) and "TTr 5" in read.detail
    seen = found_in(text_of(signed_in(world, "can-bo-don-vi").get(url)))
    assert not seen or "family" not in {group for _, group in seen}


def test_history_is_shown_only_after_the_agency_opened_it(client: Client, person: Person, world: World) -> None:
    url = f"/ho-so/{person.pk}/"
    conclusion = RECORDS["history_conclusion"]._default_manager.get(person=person)
    assert "history" not in {group for _, group in found_in(text_of(client.get(url)))}
    assert client.get(f"{url}muc/history_conclusion/{conclusion.pk}/").status_code == 404
    page = client.post("/quan-tri/muc-nhay-cam/", {"dv": world.units["grant"].pk, "value": "mo", "document": ""})
    assert page.status_code == 400 and "Hãy ghi văn bản" in text_of(page)
    client.post("/quan-tri/muc-nhay-cam/", {"dv": world.units["grant"].pk, "value": "mo", "document": "QĐ 58-QĐ/TW"})
    assert "QĐ 58-QĐ/TW" in text_of(client.get("/quan-tri/muc-nhay-cam/"))
    assert {group for _, group in found_in(text_of(client.get(url)))} == set(GROUPS) - {"family"}
    assert client.get(f"{url}muc/history_conclusion/{conclusion.pk}/").status_code == 200
    assert "history" not in {g for _, g in found_in(text_of(signed_in(world, "lanh-dao").get(url)))}


# --- completeness


def test_completeness_counts_open_the_people_who_lack_the_item(client: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(birth_place="")
    client.post(f"/ho-so/{person.pk}/muc/award/", {"seen": str(last_seq()), "form": "bang-khen"})  # an act, so that it is read anew
    text = text_of(client.get("/ho-so/day-du/"))
    assert "1 người đang công tác" in text and "1 người thiếu Nơi sinh" in text
    (url,) = re.findall(r'href="([^"]+)" aria-label="1 người thiếu Nơi sinh"', text)
    assert person.full_name in text_of(client.get(url))


def test_unit_that_is_not_there_is_said(client: Client) -> None:
    for page in ("/ho-so/day-du/", "/ho-so/mau-thuan/"):
        answer = client.get(page, {"dv": "987654"})
        assert answer.status_code == 400 and "Không tìm thấy đơn vị này" in text_of(answer)


# --- cost


@pytest.mark.parametrize("page", ["", "?nguon=co", "qua-trinh/"])
def test_pages_cost_the_same_number_of_queries_however_long_the_dossier(
    client: Client, person: Person, page: str
) -> None:
    url = f"/ho-so/{person.pk}/{page}"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    row = row_of(Award, person)
    for year in range(1990, 2020):
        Award.objects.create(person=person, form="giay-khen", on=str(year), decision=row.decision)
        DisputedValue.objects.create(person=person, field="strength", value=f"x{year}", said_by="nguồn")
        Attachment.objects.create(
            person=person, record_table="award", record_id=row.pk, filename=f"{year}.pdf", media_type="application/pdf", size=1,
            sha256="0" * 64, added_at=AT,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
