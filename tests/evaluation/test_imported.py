"""A sheet with the results of a campaign: name, birth, grade, year and regime reach the dossier as a rating with its regime."""

from datetime import date

import pytest

from canbo.dossier.models import Employment, Rating
from canbo.engine.ratings.model import EXCELLENT, GOOD, SATISFACTORY
from canbo.evaluation.people import regime_named
from canbo.imports.changes import write_plan
from canbo.imports.plan import ListRequest, Plan, plan_list
from canbo.kernel.actors import Actor, Scope
from tests.cases.world import laws
from tests.dossier.world import person, unit
from tests.evaluation.world import AT
from tests.imports.lists import read, sheet

pytestmark = pytest.mark.django_db
ON = date(2027, 1, 20)
HEADS = ["STT", "Họ và tên", "Ngày sinh", "Kết quả xếp loại", "Năm đánh giá", "Chế độ đánh giá"]
ROWS = [
    ["1", "Lò Thị An", "03/08/1980", "HTXSNV", "2026", "Nghị định 335/2025/NĐ-CP"],
    ["2", "Lò Thị An", "03/08/1980", "Hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực", "2016", "Nghị định 56/2015/NĐ-CP"],
    ["3", "Vàng Văn Bình", "15/02/1975", "Hoàn thành tốt nhiệm vụ", "2022", ""],
    ["4", "Hà Thị Chi", "20/11/1990", "Hoàn thành tốt nhiệm vụ", "2022", "Nghị định 90/2020/NĐ-CP"],
]
PEOPLE = (("Lò Thị An", "1980-08-03", "cong-chuc"), ("Vàng Văn Bình", "1975-02-15", "vien-chuc"), ("Hà Thị Chi", "1990-11-20", ""))


def planned(actor: Actor, scope: Scope) -> Plan:
    reading = read(sheet(["KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI"], [], HEADS, *ROWS), kind="ratings", on=ON)
    request = ListRequest(on=ON, name="Kết quả đánh giá", sha256="0" * 64, accept=True)
    return plan_list(reading=reading, request=request, actor=actor, scope=scope)


def test_each_grade_is_linked_to_its_year_and_regime_and_a_second_reading_changes_nothing(actor, scope):
    home = unit("P")
    for name, birth, kind in PEOPLE:
        Employment.objects.create(person=person(name, birth=birth), unit=home, start="2010", staff_kind=kind)
    plan = planned(actor, scope)
    assert [row.state for row in plan.rows] == ["same"] * 4 and all(row.changes for row in plan.rows)
    write_plan(plan=plan, actor=actor, scope=scope, at=AT)
    rows = Rating.objects.order_by("person__full_name", "period").values_list("person__full_name", "period", "grade", "regime")
    assert set(rows) == {
        ("Hà Thị Chi", "2022", GOOD, ""),  # the decree rates three kinds of staff, and nobody says of which she was
        ("Lò Thị An", "2016", SATISFACTORY, "cong-chuc"), ("Lò Thị An", "2026", EXCELLENT, "cong-chuc"),
        ("Vàng Văn Bình", "2022", GOOD, "vien-chuc"),
    }  # fmt: skip
    assert regime_named(laws(), "cong-chuc", date(2016, 12, 31)).names[SATISFACTORY].endswith("còn hạn chế về năng lực")
    assert not any(row.changes for row in planned(actor, scope).rows)
