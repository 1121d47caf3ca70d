"""Units are opened, closed and succeeded; what cannot be is refused and leaves nothing behind."""

from datetime import date
from typing import Any

import pytest

from canbo.access.queries import units_under
from canbo.audit.models import Act
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import PartialDate
from canbo.organization.changes import UnitRefused, create_unit, load_titles, succeed
from canbo.organization.models import Succession, Title, Unit

pytestmark = pytest.mark.django_db
ON = date(2025, 7, 1)


@pytest.fixture
def opened(actor, scope, at):
    def open_unit(code: str, *, parent: Unit | None = None, start: str | None = "2010", **values: Any) -> Unit:
        begins = PartialDate.from_iso(start) if start else None
        given = {"actor": actor, "scope": scope, "at": at} | values
        return create_unit(code=code, name=f"Xã {code}", parent=parent, start=begins, **given)

    return open_unit


def test_unit_of_a_code_that_exists_is_refused(opened):
    opened("A")
    with pytest.raises(UnitRefused, match="Mã đơn vị “A” đã có"):
        opened("A")
    assert Act.objects.count() == 1


def test_unit_with_a_wrong_level_is_refused_in_one_sentence(opened):
    with pytest.raises(UnitRefused, match="“Cấp”"):
        opened("A", level="thôn")
    assert not Unit.objects.exists()


def test_unit_outside_the_scope_is_refused(opened, scope):
    province = opened("T")
    other = Scope(units=units_under([opened("X").pk]), groups=scope.groups)
    with pytest.raises(UnitRefused, match="ngoài phạm vi"):
        opened("Y", parent=province, scope=other)
    with pytest.raises(UnitRefused, match="ngoài phạm vi"):
        opened("Y", parent=None, scope=other)


def test_succession_closes_the_old_unit_on_its_day(opened, actor, scope, at):
    old, new = opened("A"), opened("B")
    succeed(old=old, new=new, on=ON, kind="merge", actor=actor, scope=scope, at=at, document="NQ 1")
    old.refresh_from_db()
    assert old.end == PartialDate(2025, 7, 1)
    assert Act.objects.latest("seq").document == "NQ 1"
    assert units_under([new.pk]) == {old.pk, new.pk}


def test_split_is_two_successions_of_one_day(opened, actor, scope, at):
    old, first, second = opened("A"), opened("B"), opened("C")
    for new in (first, second):
        succeed(old=old, new=new, on=ON, kind="split", actor=actor, scope=scope, at=at)
    assert Succession.objects.count() == 2


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("itself", "chính nó"), ("again", "đã được ghi"), ("other day", "đã kết thúc từ 01/07/2025"),
        ("back", "xem lại hướng"), ("too early", "chỉ có từ 2010"), ("kind", "“Hình thức”"),
    ],
)  # fmt: skip
def test_succession_that_cannot_be_is_refused(case, said, opened, actor, scope, at):
    old, new, third = opened("A"), opened("B"), opened("C")
    common = {"kind": "merge", "actor": actor, "scope": scope, "at": at}
    succeed(old=old, new=new, on=ON, **common)
    wrong = {
        "itself": {"old": new, "new": new, "on": ON},
        "again": {"old": old, "new": new, "on": ON},
        "other day": {"old": old, "new": third, "on": date(2025, 8, 1)},
        "back": {"old": new, "new": old, "on": date(2025, 8, 1)},
        "too early": {"old": new, "new": third, "on": date(2009, 12, 31)},
        "kind": {"old": new, "new": third, "on": ON, "kind": "mua"},
    }[case]
    with pytest.raises(UnitRefused, match=said):
        succeed(**(common | wrong))
    new.refresh_from_db()
    assert (Succession.objects.count(), new.end, Act.objects.count()) == (1, None, 4)


def test_titles_are_loaded_once(actor, scope, at):
    assert load_titles(actor=actor, scope=scope, at=at) == Title.objects.count() > 50
    assert load_titles(actor=actor, scope=scope, at=at) == 0
    assert Act.objects.count() == 1


def test_unit_without_the_right_is_forbidden_before_anything_else(opened):
    with pytest.raises(Forbidden):
        opened("A", actor=Actor(user=3, role="thong-ke", actions=frozenset({"statistics.read"})))
    assert not Unit.objects.exists()
