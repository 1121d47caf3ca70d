"""Procedures and regimes in words, for whoever is judged by them."""

import html
from typing import Any

import pytest
from django.test import Client

from canbo.access.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db: None, settings: Any) -> Client:
    from canbo.access.models import Grant

    user = User.objects.create(username="an", display_name="An")
    Grant.objects.create(user=user, role="can-bo-to-chuc", start="2020-01-01")
    found = Client()
    found.force_login(user)
    return found


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return html.unescape(answer.content.decode())


def test_procedure_on_either_side_of_the_change(client):
    new = text(client, "/quy-dinh/quy-trinh/bo-nhiem-tai-cho/?ngay=03/08/2026")
    assert "Từ 01/08/2026" in new and "có hiệu lực ngày 03/08/2026" in new
    assert "người được nhiều phiếu nhất trên 1/2 số người được triệu tập" in new
    assert "không có thì tất cả những người đạt mức này từ 30% trở lên" in new
    assert "Giấy chứng nhận sức khỏe (không quá 6 tháng)" in new
    assert "chưa có phiên bản nào có hiệu lực" in text(client, "/quy-dinh/quy-trinh/bo-nhiem-tai-cho/?ngay=01/01/2019")


def test_steps_from_memory_and_what_local_law_adds_are_told_apart(client):
    found = text(client, "/quy-dinh/quy-trinh/quy-hoach-tai-cho/?ngay=04/05/2023")
    assert "badge-note note-warn\">chưa kiểm chứng" in found and "hội nghị giới thiệu thêm người" in found
    assert "Từ 08/10/2025" in found and "Ví dụ: quy định của tỉnh trình diễn" in found
    assert "ít nhất 0 người" not in text(client, "/quy-dinh/quy-trinh/dua-ra-khoi-quy-hoach/")


def test_regime_with_points_ceiling_and_articles(client):
    found = text(client, "/quy-dinh/che-do/cong-chuc/?ngay=31/12/2026")
    for words in (
        "không quá 20% của số được xếp loại hoàn thành tốt nhiệm vụ", "Nghị định 335/2025/NĐ-CP, Điều 20 khoản 5", "chỉ 100% hoặc 50%",
        "Trả lời kiến nghị trong 7 ngày làm việc", "Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực", "trừ 25%",
    ):  # fmt: skip
        assert words in found, words
    assert "đơn vị quy định" in text(client, "/quy-dinh/che-do/vien-chuc/")


def test_law_page_and_document_lead_there_and_what_is_not_there_is_said(client):
    assert "/quy-dinh/quy-trinh/bo-nhiem-tai-cho/" in text(client, "/quy-dinh/")
    assert "/quy-dinh/che-do/cong-chuc/" in text(client, "/quy-dinh/van-ban/nd335-2025/")
    for url in ("/quy-dinh/quy-trinh/khong-co/", "/quy-dinh/che-do/khong-co/"):
        assert "Không có mục này" in text(client, url, 404)
    assert "chưa đủ ngày" in text(client, "/quy-dinh/che-do/cong-chuc/?ngay=2026", 400)
