"""Pages of papers: a draft's way to the issued, scanned paper; refusals beside their fields; templates; CV files."""

import io
import zipfile

import pytest
from django.test import Client

from canbo.dossier.models import Paper, PaperTemplate
from tests.dossier.test_papers import word_of
from tests.web.world import World, found_in

DRAFT = {
    "kind": "QĐ", "side": "nha-nuoc", "title": "Về việc cử đi bồi dưỡng", "issuer": "UBND xã Trong", "place": "Xã Trong",
    "symbol": "QĐ-UBND", "body": "Căn cứ Luật;\nCử bà Nguyễn Thị An.", "lines": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "recipients": "Như trên",
}  # fmt: skip


@pytest.fixture
def officer(world: World) -> Client:
    client = Client()
    client.force_login(world.accounts["can-bo-to-chuc"])
    return client


def drafted(world: World, officer: Client) -> Paper:
    response = officer.post("/van-ban/soan/", DRAFT | {"unit": str(world.units["grant"].pk)})
    assert response.status_code == 302, response.content.decode()
    return Paper.objects.order_by("-pk")[0]


def word_text(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_draft_is_issued_scanned_and_replaced(world, officer):
    row = drafted(world, officer)
    assert "Dự thảo: chưa có số" in officer.get(f"/van-ban/{row.pk}/").content.decode()
    typed = {"number": "15", "issued_on": "1/3/2026", "signer": "Lê Văn Dũng", "signer_title": "Chủ tịch"}
    assert officer.post(f"/van-ban/{row.pk}/ban-hanh/", typed).status_code == 302
    page = officer.get(f"/van-ban/{row.pk}/").content.decode()
    assert "15/QĐ-UBND" in page
    assert "đang có hiệu lực" in page
    file = officer.get(f"/van-ban/{row.pk}/tep/")
    assert "Số: 15/QĐ-UBND" in word_text(file.content)
    assert "qd-15-qd-ubnd" in file["Content-Disposition"]
    pdf = io.BytesIO(b"%PDF-1.4 quet")
    pdf.name = "quet.pdf"
    assert officer.post(f"/van-ban/{row.pk}/ban-quet/", {"scan": pdf}).status_code == 302
    assert officer.get(f"/van-ban/{row.pk}/tep/?ban=quet").content == b"%PDF-1.4 quet"
    officer.post("/van-ban/soan/", DRAFT | {"unit": str(world.units["grant"].pk), "replaces": str(row.pk)})
    later = Paper.objects.order_by("-pk")[0]
    officer.post(f"/van-ban/{later.pk}/ban-hanh/", typed | {"number": "16"})
    assert "Đã được thay thế bằng" in officer.get(f"/van-ban/{row.pk}/").content.decode()


def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(world, officer):
    row = drafted(world, officer)
    response = officer.post(f"/van-ban/{row.pk}/ban-hanh/", {"number": "15", "issued_on": "3/2026", "signer": ""})
    text = response.content.decode()
    assert response.status_code == 400
    assert "chưa đủ ngày, tháng, năm" in text
    assert 'value="3/2026"' in text
    assert 'value="15"' in text
    assert 'aria-describedby="loi-signer"' in text
    assert Paper.objects.get(pk=row.pk).state == "draft"


@pytest.mark.parametrize("missing", ["title", "body"])
def test_draft_without_its_words_is_shown_again(world, officer, missing):
    response = officer.post("/van-ban/soan/", DRAFT | {"unit": str(world.units["grant"].pk), missing: ""})
    assert response.status_code == 400
    assert "UBND xã Trong" in response.content.decode()


def test_unit_outside_the_grant_is_no_choice(world, officer):
    before = Paper.objects.count()
    assert officer.post("/van-ban/soan/", DRAFT | {"unit": str(world.units["out"].pk)}).status_code == 400
    assert Paper.objects.count() == before


def test_draft_is_given_up_with_a_reason(world, officer):
    row = drafted(world, officer)
    assert officer.post(f"/van-ban/{row.pk}/huy/", {"reason": ""}).status_code == 400
    assert officer.post(f"/van-ban/{row.pk}/huy/", {"reason": "soạn nhầm"}).status_code == 302
    assert row.title in officer.get("/van-ban/?tt=da-huy").content.decode()


def test_tabs_count_and_search_finds_without_accents(world, officer):
    drafted(world, officer)
    text = officer.get("/van-ban/").content.decode()
    assert "Dự thảo (3)" in text
    assert "Đã ban hành (1)" in text
    found = officer.get("/van-ban/?tim=cu di boi duong").content.decode()
    assert "Dự thảo (1)" in found
    assert "Đã ban hành (0)" in found


def test_template_is_sent_tried_and_used(world, officer):
    file = io.BytesIO(word_of("MẪU CỦA XÃ {{ co_quan }}", "{{ so_ky_hieu }}"))
    file.name = "mau.docx"
    unit = str(world.units["grant"].pk)
    response = officer.post("/van-ban/mau/", {"kind": "QĐ", "unit": unit, "name": "Mẫu xã", "file": file})
    row = PaperTemplate.objects.order_by("-pk")[0]
    assert response.url == f"/van-ban/mau/{row.pk}/"
    page = officer.get(response.url).content.decode()
    assert "so_ky_hieu" in page
    assert "MẪU CỦA XÃ" in word_text(officer.get(f"/van-ban/mau/{row.pk}/ban-in-thu.docx").content)
    officer.post(f"/van-ban/mau/{row.pk}/", {"dung": "1"})
    made = drafted(world, officer)
    assert "MẪU CỦA XÃ UBND xã Trong" in word_text(officer.get(f"/van-ban/{made.pk}/tep/").content)


def test_hostile_template_is_refused_beside_the_file(world, officer):
    file = io.BytesIO(word_of("{{ ''.__class__ }}"))
    file.name = "mau.docx"
    before = PaperTemplate.objects.count()
    response = officer.post("/van-ban/mau/", {"kind": "QĐ", "unit": str(world.units["grant"].pk), "file": file})
    assert response.status_code == 400
    assert "không được phép" in response.content.decode()
    assert PaperTemplate.objects.count() == before


# --- CVs ----------------------------------------------------------------------------------------------------------------


def test_many_cvs_are_one_zip_of_people_inside_only(world, officer):
    inside, outside = world.people["i"].pk, world.people["o"].pk
    response = officer.post("/ho-so/ly-lich.zip", {"nguoi": [inside], "mau": "tom-tat"})
    (name,) = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
    assert name.endswith(f"-{inside}-tom-tat.docx")
    assert officer.post("/ho-so/ly-lich.zip", {"nguoi": [inside, outside]}).status_code == 404
    assert officer.post("/ho-so/ly-lich.zip", {}).status_code == 400


def test_zip_holds_only_groups_of_the_reader(world):
    client = Client()
    client.force_login(world.accounts["lanh-dao"])
    response = client.post("/ho-so/ly-lich.zip", {"nguoi": [world.people["i"].pk], "mau": "38"})
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    told = found_in("".join(word_text(archive.read(name)) for name in archive.namelist()))
    assert ("i", "basic") in told
    assert not {group for _, group in told} & {"pay", "identity", "contact", "religion", "family", "history"}


def test_own_cv_is_the_persons_own(world):
    client = Client()
    client.force_login(world.accounts["ca-nhan"])
    assert client.get(f"/ho-so/{world.people['w'].pk}/ly-lich.docx").status_code == 200
    assert client.get(f"/ho-so/{world.people['i'].pk}/ly-lich.docx").status_code == 404
