"""Sources, comparison and the smallest correction in the browser: what is ticked stays when refused, nothing is taken unasked."""

import html
from typing import Any

import pytest
from django.test import Client

from canbo.organization.models import Term, Title
from canbo.planning.models import Line, Round, RoundUnit, Slate, SourceRequest
from canbo.snapshot.holder import HOLDER
from tests.evaluation.world import official
from tests.web.world import World

pytestmark = pytest.mark.once


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_sources_of_a_list_are_ticked_compared_and_brought_forward(world: World) -> None:
    unit = world.units["in"]
    title = Title.objects.create(code="pho-chu-tich-ubnd-xa", name="Phó Chủ tịch UBND xã", level=unit.level)
    term = Term.objects.create(code="2041-2046", side="nha-nuoc", start="2041", end="2046")
    days = {"opened_on": "2025-09-01", "deadline": "2025-09-30", "on": "2025-09-02"}
    home = RoundUnit.objects.create(round=Round.objects.create(unit=unit, name="Rà soát", **days), unit=unit)
    slate = Slate.objects.create(home=home, title=title, term=term, kind="next", age_on="2041-07-01")
    an, binh = official("Lò Thị An", unit), official("Lò Văn Bình", unit)
    HOLDER.forget()
    officer = Client()
    officer.force_login(world.accounts["can-bo-to-chuc"])
    url = f"/quy-hoach/chuc-danh/{slate.pk}/nguon/"

    page = text_of(officer.get(f"{url}?theo=degree&theo=months_left"))
    assert "Lò Thị An" in page and "Lò Văn Bình" in page
    assert "Sắp theo: trình độ chuyên môn, rồi số tháng còn công tác đến tuổi nghỉ hưu, rồi tên; không có trọng số ẩn." in page
    assert "Lò Văn Bình" not in text_of(officer.get(f"{url}?loc=sex == 'nu'"))
    assert officer.get(f"{url}?loc=sex ==").status_code == 400

    wrong = officer.post(url, {"viec": "so-sanh", "nguoi": [an]})
    assert wrong.status_code == 400 and f'value="{an}" aria-label="Chọn Lò Thị An" checked' in text_of(wrong)
    assert "Lò Văn Bình" in text_of(officer.post(url, {"viec": "so-sanh", "nguoi": [an, binh]}, follow=True))
    brought = {"viec": "gioi-thieu", "nguoi": [an], "loai": "chi-bo", "noi": "", "ngay": "02/09/2025", "nguon": "tai-cho", "vanban": "TT 5"}
    wrong = officer.post(url, brought)
    assert wrong.status_code == 400 and "Hãy ghi nơi, người giới thiệu." in text_of(wrong) and 'value="TT 5"' in text_of(wrong)
    assert "Đã giới thiệu 1 người" in text_of(officer.post(url, brought | {"noi": "Chi bộ 1"}, follow=True))

    propose = f"/quy-hoach/don-vi/{home.pk}/de-xuat/"
    pair = f"{slate.pk}.{an}"
    both = officer.post(propose, {"viec": "chay", "giu": pair, "cam": pair})
    assert both.status_code == 400 and "vừa chọn giữ vừa chọn đưa ra" in text_of(both)
    for taken in ({}, {"doi": "1:2"}, {"doi": f"{slate.pk}:{world.people['o'].pk}:"}):
        assert officer.post(propose, {"viec": "lay", **taken}).status_code == 400
    assert list(Line.objects.filter(slate=slate).values_list("person", flat=True)) == [an]

    asked = {"viec": "de-nghi", "donvi": world.units["out"].pk, "noidung": "Đề nghị giới thiệu"}
    assert "Đã gửi đề nghị" in text_of(officer.post(url, asked, follow=True))
    request = SourceRequest.objects.get(slate=slate)
    assert text_of(officer.get("/quy-hoach/de-nghi/?xem=di")).count("chờ trả lời") == 1
    assert officer.post(f"/quy-hoach/de-nghi/{request.pk}/", {"traloi": "không có"}).status_code == 403  # only who manages them answers
