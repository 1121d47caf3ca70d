"""Bình Gia, 28/11/2021: 32 planned for the district committee, 151 for the communes' – from an imported list with its ins and outs."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from canbo.cli import import_, planning
from canbo.dossier.models import PlanEntry
from canbo.kernel.actors import Actor, Scope
from canbo.organization.changes import load_titles
from canbo.organization.models import Term, Unit
from tests.planning.commands import told
from tests.planning.world import AT

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ARTICLE = date(2021, 11, 28)
TERM = "2015-2020"
DISTRICT, COMMUNE = "Ủy viên Ban Chấp hành Đảng bộ huyện", "Ủy viên Ban Chấp hành Đảng bộ xã"
FIRST, AGAIN, LATER = "15/3/2016", "20/6/2018", "10/01/2022"
# (how many, in, out, why out): the lists as they changed over the years.
STINTS = {
    DISTRICT: [(29, FIRST, "", ""), (6, FIRST, AGAIN, "Không còn đủ tuổi"), (3, AGAIN, "", ""), (2, LATER, "", "")],
    COMMUNE: [(140, FIRST, "", ""), (9, FIRST, AGAIN, "Năm 2017 không hoàn thành nhiệm vụ"), (11, AGAIN, "", ""), (4, LATER, "", "")],
}  # fmt: skip
HEADS = (
    "STT", "Họ và tên", "Ngày sinh", "Đơn vị công tác", "Chức danh quy hoạch", "Đối tượng quy hoạch", "Ngày đưa vào quy hoạch",
    "Số quyết định", "Ngày quyết định", "Ngày đưa ra khỏi quy hoạch", "Lý do đưa ra khỏi quy hoạch", "Số quyết định đưa ra",
)  # fmt: skip
COMMUNES = ("Xã Hoa Ban", "Xã Suối Trong", "Xã Đồi Chè", "Xã Nà Lúa", "Thị trấn Hồi")
FAMILY, MIDDLE = ("Hoàng", "Nông", "Lý", "Vi", "Triệu"), ("Văn", "Thị", "Đức", "Minh")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Lan")


def rows() -> list[list[str]]:
    """Invented people, no two alike."""
    found: list[list[str]] = []
    for title, stints in STINTS.items():
        for count, day_in, day_out, why in stints:
            for _ in range(count):
                n = len(found)
                name = f"{FAMILY[n % 5]} {MIDDLE[n // 5 % 4]} {GIVEN[n // 20 % 7]}"
                number = {FIRST: "39-QĐ/HU", AGAIN: "112-QĐ/HU", LATER: "7-QĐ/HU"}
                found.append([
                    str(n + 1), name, f"{1 + n % 28:02}/{1 + n % 12:02}/{1970 + n // 28}", COMMUNES[n % 5], title, f"Đối tượng {1 + n % 2}",
                    day_in, number[day_in], day_in, day_out, why, "113-QĐ/HU" if day_out else "",
                ])  # fmt: skip
    return found


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Quy hoạch")
        for line, words in enumerate(("HUYỆN ỦY BÌNH GIA", "BIỂU DANH SÁCH QUY HOẠCH CẤP ỦY NHIỆM KỲ 2015-2020")):
            sheet.write_string(line, 0, words)
        for line, cells in enumerate([list(HEADS), *rows()], start=3):
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text)
    return out.getvalue()


@pytest.fixture
def who(actor: Actor, scope: Scope) -> dict[str, Any]:
    return {"actor": actor, "scope": scope, "at": AT}


@pytest.fixture
def imported(who: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    load_titles(**who)
    above = Unit.objects.create(code="bg", name="Huyện Bình Gia", level="huyen", kind="huyen", start="2010")
    for number, name in enumerate(COMMUNES):
        Unit.objects.create(code=f"bg-{number}", name=name, level="xa", parent=above, start="2010")
    path = tmp_path / "quy hoach.xlsx"
    path.write_bytes(workbook())
    words = (str(path), "--kind", "auto", "--unit", "bg", "--on", ARTICLE.isoformat(), "--yes")
    return told(import_, *words, today=ARTICLE, who=who)


def planned(who: dict[str, Any], on: str, body: str, *words: str) -> Any:
    return told(planning, "list", "--on", on, "--body", body, "--term", TERM, *words, today=ARTICLE, who=who)


def test_imported_list_gives_the_numbers_of_the_article_and_of_other_days(imported, who):
    numbers = {
        on: tuple(planned(who, on, body)["count"] for body in ("uv-bch-huyen", "uv-bch-xa"))
        for on in ("2016-03-14", "2016-03-15", "2018-06-19", "2018-06-20", "2021-11-28", "2022-01-10")
    }
    assert numbers == {
        "2016-03-14": (0, 0), "2016-03-15": (35, 149), "2018-06-19": (35, 149), "2018-06-20": (32, 151), "2021-11-28": (32, 151),
        "2022-01-10": (34, 155),
    }  # fmt: skip


def test_each_stands_in_the_unit_of_her_title_and_the_term_has_its_side(imported, who):
    by_unit = {row["unit"] for row in planned(who, "2021-11-28", "uv-bch-huyen")["rows"]}
    communes = {row["unit"] for row in planned(who, "2021-11-28", "uv-bch-xa")["rows"]}
    assert by_unit == {"bg"} and communes == {f"bg-{n}" for n in range(5)}
    term = Term.objects.get(code=TERM)
    assert (term.side, term.start.iso, term.end.iso) == ("dang", "2015", "2020")
    one = planned(who, "2021-11-28", "uv-bch-xa", "--unit", "bg-0")
    assert one["count"] == sum(row["unit"] == "bg-0" for row in planned(who, "2021-11-28", "uv-bch-xa")["rows"]) > 0


def test_history_tells_in_and_out_with_ground_and_decision(imported, who):
    history = planned(who, "2021-11-28", "uv-bch-huyen", "--history")
    assert (history["count"], len(history["rows"])) == (32, 40)
    left = [row for row in history["rows"] if row["state"] == "đã đưa ra"]
    assert {(row["in"], row["decision"], row["out"], row["ground_out"], row["in_or_before"]) for row in left} == {
        ("2016-03-15", "Số 39-QĐ/HU ngày 15/03/2016", "2018-06-20", "Không còn đủ tuổi; Quyết định 113-QĐ/HU", False)
    }  # fmt: skip
    assert len(left) == 6 and {row["class"] for row in left} == {"1", "2"}
    assert sum(row["state"] == "vào sau ngày này" for row in history["rows"]) == 2


def test_same_list_again_changes_nothing(imported, who, tmp_path):
    before = PlanEntry.objects.count()
    path = tmp_path / "lai.xlsx"
    path.write_bytes(workbook())
    told(import_, str(path), "--unit", "bg", "--on", "2021-12-05", "--yes", today=ARTICLE, who=who)
    assert (PlanEntry.objects.count(), before) == (204, 204)
