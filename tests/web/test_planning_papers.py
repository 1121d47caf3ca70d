"""Papers, numbered copies and making known of a unit in a round, in the browser."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from canbo.disclosure.models import Publication
from canbo.planning.models import PrintedCopy, RoundUnit
from tests.web.test_planning import ON, Stage, text_of
from tests.web.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


def names_in(response: Any) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(response.content)).namelist()


def test_papers_are_taken_copies_are_numbered_and_what_was_decided_is_made_known(stage):
    home = stage.open().home
    url = f"/quy-hoach/don-vi/{home.pk}/van-ban/"
    assert "Chưa in bản đánh số nào." in text_of(stage.officer.get(url))
    none = stage.officer.post(url, {"viec": "bo"})
    assert none.status_code == 400 and "Hãy chọn ít nhất một loại văn bản." in text_of(none)
    chosen = {"loai": ["trich-ngang", "to-trinh"], "kho": "A3"}
    taken = names_in(stage.officer.post(url, chosen | {"viec": "bo"}))
    assert [name.split("-van-phong")[0] for name in taken] == ["trich-ngang", "to-trinh"]
    slips = stage.officer.post(url, chosen | {"viec": "danh-so", "nguoi": "Đ/c Ba", "mau": ["phieu"]})
    assert slips.status_code == 400 and "để giữ kín người bỏ phiếu" in text_of(slips) and "Đ/c Ba</textarea>" in text_of(slips)
    copies = names_in(stage.officer.post(url, chosen | {"viec": "danh-so", "nguoi": "Đ/c Ba\nĐ/c Tư"}))
    assert len(copies) == 4 and copies[0].startswith("ban-01-trich-ngang")
    page = text_of(stage.officer.get(url))
    assert "2 bản, 2 bản chưa thu hồi" in page and "Bản số 02/02" in page and "Danh sách trích ngang; Tờ trình" in page
    early = stage.officer.post(url, {"viec": "thu-hoi", "ngay": "01/01/2020", "ban": [PrintedCopy.objects.earliest("pk").pk]})
    assert "trước ngày in" in text_of(early)
    back = stage.officer.post(url, {"viec": "thu-hoi", "ban": [PrintedCopy.objects.earliest("pk").pk]}, follow=True)
    assert "Đã ghi thu hồi 1 bản." in text_of(back) and "2 bản, 1 bản chưa thu hồi" in text_of(back)
    assert stage.stranger.get(url).status_code == 404
    log = text_of(stage.signed_in("quan-tri").get("/quan-tri/nhat-ky/"))
    assert "In bản đánh số</td>" in log and "Mở đợt quy hoạch</td>" in log and "Rà soát quy hoạch 2025" not in log  # may name people

    url = f"/quy-hoach/don-vi/{home.pk}/cong-khai/"
    assert "Chưa có danh sách nào của đơn vị được quyết định" in text_of(stage.officer.get(url))
    RoundUnit.objects.filter(pk=home.pk).update(sent_on=date(2025, 9, 3))  # nobody changed: sent in, the list stands
    slate = home.slates.get()
    told = {"ds": [slate.pk], "ten": "Danh sách quy hoạch", "vanban": "QĐ 12", "phamvi": "internal", "tu": ON, "den": "31/12/2099"}
    page = text_of(stage.officer.post(url, told | {"viec": "xem"}))
    assert "Bản xem trước" in page and "<td>Lò Thị An</td>" in page and "<td>giữ</td>" in page
    assert "Danh sách vừa thay đổi" in text_of(stage.officer.post(url, told | {"viec": "cong-khai", "dau": "khac"}))
    dau = page.split('name="dau" value="')[1].split('"')[0]
    assert "Hãy ghi ngày kết thúc" in text_of(stage.officer.post(url, told | {"viec": "cong-khai", "dau": dau, "den": ""}))
    assert stage.officer.post(url, told | {"viec": "cong-khai", "dau": dau}).status_code == 302
    made = Publication.objects.get()
    assert (made.kind, made.about, made.reach, made.table["rows"][0][1]) == ("planning", home.pk, "internal", "Lò Thị An")
    assert f"/cong-khai/danh-sach/{made.pk}/" in text_of(stage.officer.get(url))
    home.slates.get().lines.update(standing="remove", outcome="approved")
    assert "khác danh sách hiện nay" in text_of(stage.officer.get(url))
    assert stage.keeper.get(url).status_code == 403
