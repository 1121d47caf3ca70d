"""Columns of a plan list: its own unit column wins, a first sighting is filled up later, a term takes the side of its title."""

from datetime import date
from typing import Any

import pytest

from canbo.dossier.models import Decision, PlanEntry
from canbo.imports.changes import write_plan
from canbo.imports.plan import ListRequest, plan_list
from canbo.kernel.actors import Actor, Scope
from canbo.organization.changes import load_titles
from canbo.organization.models import Term, Unit
from tests.dossier.world import person
from tests.imports.lists import read, sheet
from tests.planning.world import AT

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEADS = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị công tác", "Quy hoạch chức danh", "Nhiệm kỳ"]


@pytest.fixture
def who(actor: Actor, scope: Scope) -> dict[str, Any]:
    found = {"actor": actor, "scope": scope}
    load_titles(**found, at=AT)
    above = Unit.objects.create(code="h", name="Huyện Nà Lúa", level="huyen", start="2010")
    office = Unit.objects.create(code="h-vp", name="Văn phòng Huyện ủy", level="", parent=above, start="2010")
    Unit.objects.create(code="x", name="Xã Hoa Ban", level="xa", parent=above, start="2010")
    for name in ("Lò Thị An", "Vàng Văn Bình"):
        person(name, office, birth="1980-08-03")
    return found


def imported(who: dict[str, Any], on: date, heads: list[str], *rows: list[str]) -> None:
    reading = read(sheet(["BIỂU DANH SÁCH QUY HOẠCH"], [], heads, *rows), kind="planning", on=on)
    plan = plan_list(reading=reading, request=ListRequest(on=on, name="Quy hoạch", sha256="0" * 64, accept=True), **who)
    write_plan(plan=plan, at=AT, **who)


def row(number: str, name: str, title: str, *more: str, term: str = "2015-2020") -> list[str]:
    return [number, name, "03/08/1980", "Văn phòng Huyện ủy", title, term, *more]


def test_unit_is_the_one_of_the_titles_level_unless_the_list_names_it(who):
    first = row("1", "Lò Thị An", "Ủy viên Ban Chấp hành Đảng bộ huyện", "")
    second = row("2", "Vàng Văn Bình", "Chủ tịch UBND xã", "UBND Xã Hoa Ban", term="2016 – 2021")
    imported(who, date(2017, 1, 5), [*HEADS, "Đơn vị quy hoạch"], first, second)
    rows = PlanEntry.objects.values_list("person__full_name", "title__code", "unit__code", "term__code", "since_list")
    assert set(rows) == {
        ("Lò Thị An", "uv-bch-huyen", "h", "2015-2020", True), ("Vàng Văn Bình", "chu-tich-ubnd-xa", "x", "2016-2021", True),
    }  # fmt: skip
    assert dict(Term.objects.values_list("code", "side")) == {"2015-2020": "dang", "2016-2021": "nha-nuoc"}


def test_first_sighting_is_filled_up_by_a_list_that_knows_the_day_and_the_decision(who):
    title = "Ủy viên Ban Chấp hành Đảng bộ huyện"
    imported(who, date(2017, 1, 5), HEADS, row("1", "Lò Thị An", title))
    heads = [*HEADS, "Ngày đưa vào quy hoạch", "Số quyết định", "Ngày quyết định", "Lý do đưa vào quy hoạch", "Ngày đưa ra khỏi quy hoạch"]
    told = ("15/3/2016", "39-QĐ/HU", "15/3/2016", "Bổ sung", "20/6/2018")
    imported(who, date(2019, 1, 5), heads, row("1", "Lò Thị An", title, *told))
    again = ("01/9/2019", "80-QĐ/HU", "01/9/2019", "Bổ sung lại", "")
    imported(who, date(2020, 1, 5), heads, row("1", "Lò Thị An", title, *told), row("2", "Lò Thị An", title, *again))
    rows = PlanEntry.objects.order_by("start")
    assert [(one.start.iso, one.end and one.end.iso, one.since_list, one.decision.number, one.ground_in) for one in rows] == [
        ("2016-03-15", "2018-06-20", False, "39-QĐ/HU", "Bổ sung"), ("2019-09-01", None, False, "80-QĐ/HU", "Bổ sung lại"),
    ]  # fmt: skip
    assert Decision.objects.count() == 2
