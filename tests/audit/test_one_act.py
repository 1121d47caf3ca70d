"""Every public function that writes makes exactly one act. A new function without an example here fails the walk."""

import importlib
import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from canbo.access import changes as access
from canbo.audit.models import Act, Change, Head
from canbo.audit.queries import check_chain, last_seq
from canbo.dossier import changes as dossier
from canbo.dossier.models import Award, Person
from canbo.kernel.dates import PartialDate
from canbo.organization import changes as organization
from canbo.organization.models import Unit
from tests.audit.world import AT, write_person

pytestmark = pytest.mark.django_db
PACKAGES = ("access", "organization", "dossier")
NO_WRITES = {dossier.id_index: "a keyed hash of its argument"}
ON = AT.date()
PASSWORD = "mật khẩu của An 2025"


def people(count: int) -> list[Person]:
    return [write_person(f"Người {n}") for n in range(count)]


def _edit(by: dict[str, Any]) -> Callable[[], Any]:
    (an,) = people(1)
    seen = last_seq()
    return lambda: dossier.edit_person(person=an.pk, values={"sex": "nu"}, seen_seq=seen, on=ON, **by)


def _add(by: dict[str, Any]) -> Callable[[], Any]:
    (an,) = people(1)
    return lambda: dossier.add_record(person=an.pk, table="award", values={"text": "Giấy khen"}, on=ON, **by)


def _correct(by: dict[str, Any]) -> Callable[[], Any]:
    (an,) = people(1)
    row, seen = Award.objects.create(person=an, text="Giấy khen").pk, last_seq()
    return lambda: dossier.correct_record(
        person=an.pk, table="award", row=row, values={"text": "Bằng khen"}, seen_seq=seen, on=ON, reason="x", **by
    )


def _merge(by: dict[str, Any]) -> Callable[[], Any]:
    an, binh = people(2)
    Award.objects.create(person=binh, text="Giấy khen")
    return lambda: dossier.merge_people(kept=an.pk, merged=binh.pk, on=ON, reason="x", **by)


def _unmerge(by: dict[str, Any]) -> Callable[[], Any]:
    merge = _merge(by)()
    return lambda: dossier.unmerge_people(merge=merge.pk, on=ON, reason="x", **by)


def _without_scope(by: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in by.items() if name != "scope"}


def _user(by: dict[str, Any]) -> Any:
    return access.create_user(username="an", password=PASSWORD, display_name="An", **_without_scope(by))


def _password(by: dict[str, Any]) -> Callable[[], Any]:
    user = _user(by)
    return lambda: access.set_password(user=user, password=PASSWORD + "x", **_without_scope(by))


def _role(by: dict[str, Any]) -> Callable[[], Any]:
    user = _user(by)
    return lambda: access.give_role(user=user, role="kiem-tra", unit=None, since=ON, **_without_scope(by))


def _end(by: dict[str, Any]) -> Callable[[], Any]:
    grant = _role(by)()
    return lambda: access.end_role(grant=grant, on=date(2026, 1, 1), **_without_scope(by))


def _unit(by: dict[str, Any]) -> Callable[[], Unit]:
    return lambda: organization.create_unit(code="A", name="Xã A", parent=None, start=PartialDate(2010), **by)


def _succeed(by: dict[str, Any]) -> Callable[[], Any]:
    old = _unit(by)()
    return lambda: organization.succeed(old=old, new=None, on=ON, kind="dissolve", **by)


def _changed(by: dict[str, Any]) -> Callable[[], Any]:
    user = _user(by)
    access.User.objects.filter(pk=user.pk).update(must_change_password=True)
    user.refresh_from_db()
    return lambda: access.password_changed(user=user, **_without_scope(by))


def _inactive(by: dict[str, Any]) -> Callable[[], Any]:
    user = _user(by)
    return lambda: access.set_active(user=user, active=False, **_without_scope(by))


def _linked(by: dict[str, Any]) -> Callable[[], Any]:
    user, (an,) = _user(by), people(1)
    return lambda: access.link_person(user=user, person_key=an.key, **_without_scope(by))


def _corrected(by: dict[str, Any]) -> Callable[[], Any]:
    unit = _unit(by)()
    told = {"name": "Xã B", "kind": "xa", "block": "", "level": "xa", "start": PartialDate(2011), "document": ""}
    return lambda: organization.correct_unit(unit=unit, **told, **by)


def _title(by: dict[str, Any]) -> Callable[[], Any]:
    told = {"code": "truong-ban-moi", "name": "Trưởng ban mới", "level": "xa", "block": "dang", "protocol_order": 900, "document": ""}
    return lambda: organization.create_title(**told, **by)


def _body(by: dict[str, Any]) -> Callable[[], Any]:
    unit = _unit(by)()
    return lambda: organization.create_body(unit=unit, name="Ban Chấp hành", kind="bch", start=None, document="", **by)


def _norm(by: dict[str, Any]) -> Callable[[], Any]:
    unit = _unit(by)()
    told = {"staff_kind": "cong-chuc", "count": 12, "start": PartialDate(2026), "document": ""}
    return lambda: organization.set_norm(unit=unit, **told, **by)


EXAMPLES: dict[Callable[..., Any], Callable[[dict[str, Any]], Callable[[], Any]]] = {
    dossier.edit_person: _edit,
    dossier.add_record: _add,
    dossier.correct_record: _correct,
    dossier.merge_people: _merge,
    dossier.unmerge_people: _unmerge,
    access.create_user: lambda by: lambda: _user(by),
    access.set_password: _password,
    access.give_role: _role,
    access.end_role: _end,
    access.password_changed: _changed,
    access.set_active: _inactive,
    access.link_person: _linked,
    organization.correct_unit: _corrected,
    organization.create_title: _title,
    organization.create_body: _body,
    organization.set_norm: _norm,
    organization.create_unit: _unit,
    organization.succeed: _succeed,
    organization.load_titles: lambda by: lambda: organization.load_titles(**by),
}


def test_each_public_function_that_writes_has_an_example():
    found = set()
    for package in PACKAGES:
        module = importlib.import_module(f"canbo.{package}.changes")
        found |= {f for n, f in vars(module).items() if inspect.isfunction(f) and f.__module__ == module.__name__ and n[0] != "_"}
    assert found - set(NO_WRITES) == set(EXAMPLES)


@pytest.mark.parametrize("function", EXAMPLES, ids=lambda f: f.__name__)
def test_one_call_is_one_act(function, actor, scope):
    call = EXAMPLES[function]({"actor": actor, "scope": scope, "at": AT})
    before = last_seq()
    call()
    assert Act.objects.count() == last_seq() == Head.objects.get().seq == before + 1
    assert Change.objects.filter(act=before + 1).count() == Act.objects.get(seq=before + 1).changes >= 1
    assert check_chain(actor=actor, scope=scope).problems == ()
