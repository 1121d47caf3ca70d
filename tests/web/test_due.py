"""The page of what falls due, its days ahead, and what the overview says of it and of law files with faults."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from canbo.access.queries import LOCAL_ACCESS
from canbo.assess import law_sets
from canbo.assess.law_sets import LawHolder
from canbo.audit.changes import act
from canbo.dossier.models import Holding
from canbo.organization.lead_times import lead_days
from canbo.organization.models import Setting
from tests.assess.test_law_sets import FILES, STANDARDS
from tests.web.world import AT, World

pytestmark = pytest.mark.django_db


def client_of(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.accounts[role])
    return client


@pytest.fixture
def ending(world: World) -> date:
    """The person inside has a term that ends in fifty days."""
    day = timezone.localdate() + timedelta(days=50)
    with act(actor=LOCAL_ACCESS.actor, action="dossier.write", at=AT, reason="thử") as log:
        row = Holding(person=world.people["i"], unit=world.units["in"], title_text="Chủ tịch Hội", start="2021", term_end=day.isoformat())
        row.save()
        log.inserted(row)
    return day


def test_days_ahead_decide_what_page_and_overview_show(world: World, ending: date) -> None:
    client = client_of(world, "can-bo-to-chuc")
    told = f"{ending:%d/%m/%Y}"
    assert told in client.get("/den-han/?loai=term").content.decode()
    assert "Sắp đến hạn trong 90 ngày: Hết nhiệm kỳ" in client.get("/").content.decode()
    unit = world.units["in"].pk
    answer = client.post("/den-han/bao-truoc/", {"dv": unit, "loai": "term", "ngay": "20", "document": "CV 7"})
    assert (answer.status_code, answer["Location"]) == (302, "/den-han/bao-truoc/")
    assert lead_days(unit=unit)["term"] == 20
    page = client.get("/den-han/bao-truoc/").content.decode()
    assert "CV 7" in page
    shown = client.get("/den-han/?loai=term").content.decode()
    grant_unit = world.accounts["can-bo-to-chuc"].grants.get().unit_id
    assert (told in shown) == (grant_unit != unit)
    assert told in client.get(f"/den-han/?loai=term&den={told}").content.decode(), "khoảng ngày ghi tay không theo số ngày báo trước"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"loai": "term", "ngay": "nhiều"}, "không phải số ngày báo trước"), ({"loai": "", "ngay": "5"}, "Hãy chọn loại việc."),
        ({"loai": "term", "ngay": "5", "dv": "99999999"}, "Không tìm thấy đơn vị này"),
    ],
)  # fmt: skip
def test_bad_lead_time_is_one_sentence(world: World, typed: dict[str, str], words: str) -> None:
    client = client_of(world, "can-bo-to-chuc")
    answer = client.post("/den-han/bao-truoc/", {"dv": world.units["in"].pk, **typed})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Setting.objects.exists()


def test_faulty_law_file_is_told_to_who_can_mend_it(world: World, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "laws" / "tinh-a"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    read = law_sets.read_laws
    monkeypatch.setattr(law_sets, "read_laws", lambda paths: read(paths, run_cases=False))
    monkeypatch.setattr(law_sets, "HOLDER", LawHolder())
    settings.LAWS_DIR, settings.DATA_DIR = root.parent, tmp_path
    admin = client_of(world, "quan-tri")
    assert "Quy định có lỗi" not in admin.get("/").content.decode()
    path = root / STANDARDS
    path.write_text(path.read_text(encoding="utf-8")[:200], encoding="utf-8")
    overview, law = admin.get("/").content.decode(), admin.get("/quy-dinh/").content.decode()
    assert f"Quy định có lỗi, chưa được dùng: tinh-a/{STANDARDS}" in overview
    assert f"{STANDARDS}: không đọc được tệp, dừng giữa chừng ở dòng" in law
    assert "đang dùng bản tốt gần nhất từ" in law
    assert "Chuẩn riêng của tỉnh A" in law, "bản cũ vẫn được dùng"
    assert "Quy định có lỗi" not in client_of(world, "lanh-dao").get("/").content.decode()
