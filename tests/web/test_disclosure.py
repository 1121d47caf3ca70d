"""A list made known as its readers, its keepers and everybody see it on the pages."""

import html
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client

from canbo.access.queries import LOCAL_ACCESS
from canbo.disclosure.changes import Wanted, publish
from canbo.disclosure.models import Publication, Remark
from tests.web.world import AT, World

TABLE = {"heads": ["Số thứ tự", "Họ và tên"], "rows": [["1", "Lò Thị An"]], "notes": ["Xếp theo chức danh."]}


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def unzipped(response: Any) -> str:
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def made_known(unit: int, **other: Any) -> Publication:
    told: dict[str, Any] = {
        "unit": unit, "kind": "planning", "about": None, "name": "Danh sách thử", "document": "QĐ 12", "reach": "internal", "place": "",
        "start": date(2026, 3, 1), "end": date(2099, 1, 1), "table": TABLE,
    } | other  # fmt: skip
    return publish(wanted=Wanted(**told), actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=AT)


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.accounts[role])
    return client


@pytest.mark.once
def test_remark_goes_from_the_reader_to_the_keeper_and_back_without_her_name(world: World) -> None:
    of = made_known(world.units["top"].pk)
    # The keepers of the province; the reader works below it.
    for role in ("can-bo-to-chuc", "quan-tri"):
        world.accounts[role].grants.update(unit=world.units["top"])
    reader, keeper = signed_in(world, "ca-nhan"), signed_in(world, "can-bo-to-chuc")
    page = f"/cong-khai/danh-sach/{of.pk}/"
    shown = text_of(reader.get(page))
    assert "Lò Thị An" in shown and "đúng như khi công khai" in shown and "Đơn tố cáo không gửi ở đây" in shown
    assert "Gỡ trước thời hạn" not in shown and of.key not in shown
    wrong = reader.post(page, {"viec": "gop-y", "gopy": " "})
    assert wrong.status_code == 400 and "Hãy viết nội dung góp ý" in text_of(wrong)
    assert reader.post(page, {"viec": "go", "lydo": "thử"}).status_code == 403
    assert "Đã gửi góp ý" in text_of(reader.post(page, {"viec": "gop-y", "gopy": "Nên thêm người trẻ."}, follow=True))
    assert "Chờ xem" in text_of(reader.get("/cong-khai/gop-y/cua-toi/"))
    row = f"/cong-khai/gop-y/{Remark.objects.get().pk}/"
    pages = [text_of(keeper.get(url)) for url in ("/cong-khai/gop-y/", row, page, "/cong-khai/")]
    assert "Nên thêm người trẻ." in pages[0] and "Xem, trả lời góp ý (1)" in pages[3]
    assert not any(name in text for text in pages for name in ("Tài khoản ca-nhan", "thu.ca-nhan", Remark.objects.get().author_sealed))
    unsaid = keeper.post(row, {"viec": "bo", "lydo": ""})
    assert unsaid.status_code == 400 and "lý do không ghi nhận" in text_of(unsaid)
    keeper.post(row, {"viec": "nhan"})
    kept = keeper.post(row, {"viec": "tra-loi", "traloi": "Sẽ xem xét.", "ngay": "32/13/2026"})
    assert kept.status_code == 400 and "Sẽ xem xét." in text_of(kept) and 'value="32/13/2026"' in text_of(kept)
    keeper.post(row, {"viec": "tra-loi", "traloi": "Sẽ xem xét."})
    assert "Sẽ xem xét." in text_of(reader.get("/cong-khai/gop-y/cua-toi/"))
    log = text_of(signed_in(world, "quan-tri").get("/quan-tri/nhat-ky/", {"viec": "disclosure.remark"}))
    assert "Người góp ý (không ghi tên)" in log and "Góp ý về danh sách công khai" in log
    assert "Lò Thị An" in unzipped(keeper.get(f"{page}thong-bao.docx")) and "Lò Thị An" in unzipped(reader.get(f"{page}bang.xlsx"))
    book = unzipped(keeper.get("/cong-khai/gop-y/danh-sach.xlsx?tt=xong"))
    assert "Nên thêm người trẻ." in book and "Sẽ xem xét." in book and "ca-nhan" not in book
    Publication.objects.update(table=TABLE | {"rows": [["1", "Vàng Văn Bình"]]})
    assert "đang được kiểm tra lại" in text_of(reader.get(page)) and "Vàng Văn Bình" not in text_of(reader.get(page))
    assert "không còn đúng như khi công khai" in text_of(keeper.get(page))
    assert "Đã gỡ danh sách" in text_of(keeper.post(page, {"viec": "go", "lydo": "Bị sửa"}, follow=True))
    assert reader.get(page).status_code == 404


@pytest.mark.once
def test_open_page_shows_the_table_and_keeps_nothing_of_who_reads(world: World) -> None:
    of, inside = made_known(world.units["in"].pk, reach="public"), made_known(world.units["in"].pk)
    answer = Client().get(f"/cong-khai/{of.key}/")
    assert answer.status_code == 200 and "Lò Thị An" in text_of(answer)
    assert "noindex" in answer["X-Robots-Tag"] and answer["Cache-Control"] == "no-store"
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")
    refused = [Client().get(f"/cong-khai/{key}/") for key in (inside.key, "khong-co")]
    assert [one.status_code for one in refused] == [404, 404] and refused[0].content == refused[1].content
