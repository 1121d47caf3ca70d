"""A round in the browser: opened, somebody taken out by procedure, the plan of the day before and after, as several roles see it."""

import html
import io
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from canbo.access.models import Grant, User
from canbo.cases.models import Case, CaseEntry
from canbo.dossier.models import PlanEntry
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Term, Title
from canbo.planning.models import Line, Round, Slate
from canbo.snapshot.holder import HOLDER
from canbo.web.planning.picking import _fits
from canbo.web.planning.rounds import age_day
from canbo.web.standards.asking import law_now
from tests.evaluation.world import official
from tests.web.world import World

ON = "02/09/2025"  # the shipped procedure of leaving a plan was in force that day


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


class Stage:
    """A commune with An, planned since 2024; the organisation officer, a head, an officer who sees no planning, a stranger."""

    def __init__(self, world: World) -> None:
        self.world, self.unit = world, world.units["in"]
        self.title = Title.objects.create(code="pho-chu-tich-ubnd-xa", name="Phó Chủ tịch UBND xã", level=self.unit.level)
        self.term = Term.objects.create(code="2041-2046", side="nha-nuoc", start="2041", end="2046")
        self.an = official("Lò Thị An", self.unit)
        self.entry = PlanEntry.objects.create(
            person_id=self.an, title=self.title, unit=self.unit, term=self.term, start="2024-01-01", ground_in="QĐ 12",
        )
        HOLDER.forget()
        self.officer, self.boss, self.keeper = map(self.signed_in, ("can-bo-to-chuc", "lanh-dao", "can-bo-don-vi"))
        stranger = User.objects.create(username="thu.xa-khac", password="!")
        Grant.objects.create(user=stranger, role="can-bo-to-chuc", unit=world.units["out"], start=PartialDate(2020))
        self.stranger = Client()
        self.stranger.force_login(stranger)

    def signed_in(self, role: str) -> Client:
        client = Client()
        client.force_login(self.world.accounts[role])
        return client

    def open(self) -> Slate:
        asked = {
            "ten": "Rà soát quy hoạch 2025", "noimo": self.world.units["grant"].pk, "mo": "01/09/2025", "han": "30/09/2025", "xet": ON,
            "tuoi1": "40", "tuoi2": "45", f"loai-{self.term.pk}": "next", "cd": [self.title.code], "donvi": [self.unit.pk],
            "vanban": "KH 7", "viec": "mo",
        }  # fmt: skip
        wrong = self.officer.post("/quy-hoach/mo/", asked | {"ten": "", "tuoi1": "bốn mươi"})
        page = text_of(wrong)
        assert wrong.status_code == 400 and 'value="KH 7"' in page and "“bốn mươi” không phải một số nguyên" in page
        assert f'value="{self.title.code}" checked' in page and f'name="donvi" value="{self.unit.pk}" checked' in page
        done = text_of(self.officer.post("/quy-hoach/mo/", asked, follow=True))
        assert "Đã mở đợt cho 1 đơn vị" in done and "quá hạn" in done
        return Slate.objects.get(home__round__name="Rà soát quy hoạch 2025")


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


def test_somebody_leaves_the_plan_by_its_procedure(stage: Stage) -> None:
    slate = stage.open()
    seen_by_nobody_else(stage, slate)
    url = f"/quy-hoach/chuc-danh/{slate.pk}/"
    figures(stage, slate)
    line = Line.objects.get(slate=slate)
    leave = {"viec": "dung", "dong": line.pk, "denghi": "remove", "vanban": "Đơn 5"}
    wrong = stage.officer.post(url, leave)
    assert wrong.status_code == 400 and "phải có lý do" in text_of(wrong) and 'value="Đơn 5"' in text_of(wrong)
    assert "đề nghị đưa ra" in text_of(stage.officer.post(url, leave | {"lydo": "Chuyển ngành"}, follow=True))
    assert "Đã ghi nhận xét" in text_of(stage.boss.post(url, {"viec": "nhan-xet", "dong": line.pk, "nhanxet": "Đồng tình."}, follow=True))
    case = begin(stage, url)
    carry_out(stage, case)
    stage.entry.refresh_from_db()
    assert stage.entry.end == PartialDate(2025, 9, 2) and "Chuyển ngành" in stage.entry.ground_out
    the_plan_on_a_day(stage)


def seen_by_nobody_else(stage: Stage, slate: Slate) -> None:
    for client in (stage.stranger, stage.keeper):
        assert "Rà soát quy hoạch 2025" not in text_of(client.get("/quy-hoach/"))
        for url in (f"dot/{slate.home.round_id}", f"don-vi/{slate.home_id}", f"chuc-danh/{slate.pk}"):
            assert client.get(f"/quy-hoach/{url}/").status_code == 404
    assert ">Quy hoạch</a>" not in text_of(stage.keeper.get("/")) and ">Quy hoạch</a>" in text_of(stage.boss.get("/"))


def figures(stage: Stage, slate: Slate) -> None:
    """Every figure of the meter opens the people behind it; the counts of the round open theirs."""
    page = stage.officer.get(f"/quy-hoach/don-vi/{slate.home_id}/").content.decode()
    links = [html.unescape(found) for found in re.findall(r'href="(/quy-hoach/don-vi/[^"]+so-lieu/[^"]+)"', page)]
    assert links and all("Lò Thị An" in text_of(stage.officer.get(link)) for link in links)
    assert "Lò Thị An" in text_of(stage.officer.get(f"/quy-hoach/dot/{slate.home.round_id}/nguoi/"))


def begin(stage: Stage, url: str) -> Case:
    asked = {"viec": "bat-dau", "ngay": ON, "nguoixd": "Hà Văn Bình", "muc": "Mục 3", "ngayxd": ON}
    wrong = stage.officer.post(url, asked)
    assert wrong.status_code == 400 and "bí mật nhà nước" in text_of(wrong) and 'value="Hà Văn Bình"' in text_of(wrong)
    assert "Đã mở 1 việc" in text_of(stage.officer.post(url, asked | {"mat": "none"}, follow=True))
    return Case.objects.get(kind="planning")


def carry_out(stage: Stage, case: Case) -> None:
    """The generic page leads here; every step is written here, the decision with what follows from it."""
    url, name = f"/quy-hoach/quy-trinh/{case.pk}/", case.names.get().pk
    assert f'href="{url}"' in text_of(stage.officer.get(f"/viec/{case.pk}/"))
    for step, duty, data in (
        ("de-xuat", "submit", {}), ("ket-luan", "convene", {"trieutap": "9", "comat": "9"}), ("ket-luan", "conclude", {"ten": name}),
        ("trinh", "submit", {}), ("tiep-nhan", "submit", {}), ("tham-dinh", "conclude", {"ten": name}),
        ("quyet-dinh", "decide", {"so": "QĐ 9", f"qd-{name}": "co"}),
    ):  # fmt: skip
        seen = CaseEntry.objects.filter(case=case).count()
        asked: dict[str, Any] = {"viec": "buoc", "duty": duty, "step": step, "seen": seen, "ngay": ON} | data
        page = text_of(stage.officer.post(url, asked, follow=True))
        assert "Đã ghi:" in page, (step, duty, re.findall(r"Chưa ghi: [^<]*", page))
    assert "ra khỏi quy hoạch từ 02/09/2025" in text_of(stage.boss.get(url))


def the_plan_on_a_day(stage: Stage) -> None:
    listed = "/quy-hoach/danh-sach/"
    assert "Lò Thị An" in text_of(stage.officer.get(f"{listed}?ngay=01/09/2025"))
    assert "Lò Thị An" not in text_of(stage.officer.get(f"{listed}?ngay=03/09/2025&dv={stage.unit.pk}"))
    history = text_of(stage.officer.get(f"{listed}?xem=lich-su&cd={stage.title.code}"))
    assert "QĐ 12" in history and "Chuyển ngành (Quyết định QĐ 9)" in history
    changes = text_of(stage.officer.get(f"{listed}?xem=cac-lan&cd={stage.title.code}"))
    assert "+ Lò Thị An" in changes and "− Lò Thị An" in changes
    wrong = stage.officer.get(f"{listed}?loc=tuoi+%3C")
    assert wrong.status_code == 400 and 'value="tuoi <"' in text_of(wrong)
    book = openpyxl.load_workbook(io.BytesIO(stage.officer.get(f"{listed}bang.xlsx?ngay=01/09/2025&cd={stage.title.code}").content))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value]
    assert "Lò Thị An" in cells and "2041-2046" in cells
    assert Round.objects.get(name="Rà soát quy hoạch 2025").closed_on is None


@pytest.mark.parametrize(("typed", "fits"), [("nguyen v", True), ("van nguyen", True), ("nguyen van duc", False), ("uyen", False)])
def test_name_is_found_while_it_is_typed(typed: str, fits: bool) -> None:
    assert _fits(typed.split(), ["nguyen", "van", "thu"]) is fits


@pytest.mark.parametrize(
    ("start", "kind", "level", "day"),
    [
        (PartialDate(2025, 9), "next", "xa", date(2025, 7, 1)), (PartialDate(2025, 9), "next", "tinh", date(2025, 9, 1)),
        (PartialDate(2030, 9), "next", "xa", date(2030, 9, 1)), (PartialDate(2030, 9), "current", "xa", date(2026, 11, 22)),
    ],
)  # fmt: skip
def test_ages_are_counted_at_the_congress_whose_month_is_in_force(start: PartialDate, kind: str, level: str, day: date) -> None:
    term = Term(code="x", side="dang", start=start)
    assert age_day(term, kind, level, date(2026, 11, 22), law_now().central) == day
