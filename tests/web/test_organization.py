"""Units of a day, what stands in one, and the forms that write them."""

from datetime import date

import pytest
from django.test import Client

from canbo.access.queries import LOCAL_ACCESS
from canbo.organization.changes import create_unit, succeed
from canbo.organization.models import Body, Norm, Post, Seat, Title, Unit
from tests.web.test_permissions import client_of, text_of
from tests.web.world import AT, World

LOCAL = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT}


@pytest.fixture
def officer(world: World) -> Client:
    return client_of(world, "can-bo-to-chuc")


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return text_of(response)


def test_tree_shows_units_of_the_day_nested(world: World, officer: Client) -> None:
    text = page(officer, "/to-chuc/")
    assert text.index("Xã Trong") < text.index("Văn phòng xã Trong") and "Xã Ngoài" not in text
    assert "2 đơn vị" in text
    assert text.count("<ul") == text.count("</ul>") and text.count("<li>") == text.count("</li>")


def test_unit_that_ended_stays_readable_with_both_arrows(world: World, officer: Client) -> None:
    old = create_unit(code="xa-cu", name="Xã Cũ", parent=world.units["grant"], start=None, **LOCAL)
    succeed(old=old, new=world.units["in"], on=date(2025, 7, 1), kind="merge", document="Nghị quyết thử", **LOCAL)
    assert "Xã Cũ" not in page(officer, "/to-chuc/") and "Xã Cũ" in page(officer, "/to-chuc/?ngay=30/6/2025")
    text = page(officer, f"/to-chuc/{old.pk}/")
    assert "đã kết thúc từ 01/07/2025" in text and f"/to-chuc/{world.units['in'].pk}/" in text and "Nghị quyết thử" in text
    assert f"/to-chuc/{old.pk}/" in page(officer, f"/to-chuc/{world.units['in'].pk}/")


def test_vacant_seats_are_counted(world: World, officer: Client) -> None:
    title = Title.objects.create(code="pho-thu", name="Phó thử")
    post = Post.objects.create(unit=world.units["in"], title=title, staff_kind="cong-chuc")
    Seat.objects.create(post=post, number=1)
    Seat.objects.create(post=post, number=2)
    create_unit(code="de-co-viec-moi", name="Đơn vị mới", parent=world.units["in"], start=None, **LOCAL)
    assert "còn khuyết 2" in page(officer, f"/to-chuc/{world.units['in'].pk}/")


def test_names_of_holders_only_for_readers_of_dossiers(world: World) -> None:
    url, name = f"/to-chuc/{world.units['in'].pk}/", world.people["i"].full_name
    assert name in page(client_of(world, "can-bo-to-chuc"), url)
    counted = page(client_of(world, "thong-ke"), url)
    assert name not in counted and "1 người" in counted


def test_members_only_for_readers_of_party_records(world: World) -> None:
    url, name = f"/to-chuc/{world.units['in'].pk}/", world.people["i"].full_name
    assert page(client_of(world, "can-bo-to-chuc"), url).count(name) == 2
    assert page(client_of(world, "van-phong-hdnd-ubnd"), url).count(name) == 1


def test_norm_closes_the_one_before(world: World, officer: Client) -> None:
    url = f"/to-chuc/{world.units['in'].pk}/bien-che/"
    asked = {"staff_kind": "cong-chuc", "count": "12", "start": "1/1/2024", "document": "QĐ 01"}
    assert officer.post(url, asked).status_code == 302
    assert officer.post(url, asked | {"count": "10", "start": "1/7/2025"}).status_code == 302
    rows = [(n.count, n.start.iso if n.start else None, n.end.iso if n.end else None) for n in Norm.objects.order_by("pk")]
    assert rows == [(12, "2024-01-01", "2025-07-01"), (10, "2025-07-01", None)]
    again = officer.post(url, asked)
    assert again.status_code == 400 and "Đã có số được giao từ 01/07/2025" in text_of(again) and 'value="12"' in text_of(again)


def test_new_unit_needs_a_paper_and_a_code_of_its_own(world: World, officer: Client) -> None:
    url = f"/to-chuc/{world.units['grant'].pk}/them/"
    typed = {"code": "xa-trong", "name": "Phòng mới", "start": "1/7/2025", "document": ""}
    assert "Hãy ghi số, ký hiệu và ngày của văn bản" in text_of(officer.post(url, typed))
    assert "đã có; hãy chọn mã khác" in text_of(officer.post(url, typed | {"document": "QĐ 02"}))
    assert officer.post(url, typed | {"document": "QĐ 02", "code": "phong-moi"}).status_code == 302
    made = Unit.objects.get(code="phong-moi")
    assert (made.parent_id, made.name, made.start and made.start.iso) == (world.units["grant"].pk, "Phòng mới", "2025-07-01")


def test_correction_body_and_title_are_written(world: World, officer: Client) -> None:
    unit = world.units["in"]
    typed = {"name": "Văn phòng HĐND và UBND xã Trong", "document": "QĐ 03", "start": ""}
    assert officer.post(f"/to-chuc/{unit.pk}/sua/", typed).status_code == 302
    body = {"name": "Hội đồng nhân dân xã Trong", "kind": "hdnd", "start": "2021", "document": "QĐ 04"}
    assert officer.post(f"/to-chuc/{unit.pk}/tap-the/", body).status_code == 302
    title = {"code": "truong-ban-thu", "name": "Trưởng ban thử", "protocol_order": "77", "document": "QĐ 05"}
    assert officer.post("/to-chuc/chuc-danh/moi/", title).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "Văn phòng HĐND và UBND xã Trong"
    assert Body.objects.get(name="Hội đồng nhân dân xã Trong").unit == unit
    assert Title.objects.get(code="truong-ban-thu").protocol_order == 77
    assert "Trưởng ban thử" in page(officer, "/to-chuc/chuc-danh/?tim=truong+ban")
