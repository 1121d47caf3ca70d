"""Who may do and see what on a day: grants by date, one at a time, units through their history."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from canbo.access.changes import AccessRefused, UnknownRole, create_user, end_role, give_role, set_password
from canbo.access.models import Grant, User
from canbo.access.policy import ACTIONS, GROUPS, LOCAL, ROLES
from canbo.access.queries import _units_under, access_of, grants_of, units_under, users
from canbo.audit.chain import open_change
from canbo.audit.changes import keyring
from canbo.audit.models import Act, Change
from canbo.kernel.actors import NOTHING, Actor, Forbidden
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Succession, Unit

ON = date(2025, 7, 15)
PASSWORD = "mật khẩu của An 2025"


@pytest.fixture(autouse=True)
def fresh_tree() -> None:
    """The tree of units is kept for each act, and the units here are made without one."""
    _units_under.cache_clear()


@pytest.fixture
def an(db) -> User:
    return User.objects.create(username="an", display_name="An")


def grant(user: User, role: str, unit: Unit | None = None, start: str = "2025", end: str | None = None) -> Grant:
    return Grant.objects.create(user=user, role=role, unit=unit, start=start, end=end)


def unit(code: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(code=code, name=code, parent=parent)


# --- the table of rights


def test_every_role_has_a_label_and_only_actions_and_groups_that_exist():
    for code, role in {**ROLES, "tai-may": LOCAL}.items():
        assert role.label and role.label != code
        assert role.actions <= set(ACTIONS)
        assert role.groups <= set(GROUPS)


def test_each_action_belongs_to_some_role():
    assert set().union(*(role.actions for role in ROLES.values())) == set(ACTIONS)


def test_system_administrator_reads_no_dossier():
    role = ROLES["quan-tri"]
    assert role.groups == frozenset()
    assert not {a for a in role.actions if a.startswith(("dossier", "statistics", "import", "export"))}


def test_nobody_but_the_organiser_writes_what_she_cannot_read():
    for role in ROLES.values():
        if "dossier.write" in role.actions:
            assert "dossier.read" in role.actions


# --- grants by date, one at a time


@pytest.mark.parametrize(
    ("start", "end", "on", "held"),
    [
        ("2025-07-15", None, ON, True),
        ("2025-07-16", None, ON, False),
        ("2025-01-01", "2025-07-15", ON, False),
        ("2025-01-01", "2025-07-16", ON, True),
        ("2025", "2025", ON, True),
    ],
)
def test_grant_counts_on_its_days_only(an, start, end, on, held):
    given = grant(an, "kiem-tra", start=start, end=end)
    assert grants_of(user=an, on=on) == ([given] if held else [])
    assert access_of(user=an, on=on).actor.may("log.read") is held


def test_two_grants_never_mix(an):
    here, there = unit("H"), unit("T")
    first, second = grant(an, "can-bo-to-chuc", here), grant(an, "thong-ke", there)
    organiser = access_of(user=an, on=ON)
    counter = access_of(user=an, on=ON, grant=second.pk)
    assert (organiser.actor.unit, organiser.scope.units) == (here.pk, {here.pk})
    assert (counter.actor.unit, counter.scope.units) == (there.pk, {there.pk})
    assert organiser.actor.may("dossier.write") and not counter.actor.may("dossier.write")
    assert counter.scope.groups == ROLES["thong-ke"].groups
    assert access_of(user=an, on=ON, grant=first.pk) == organiser


def test_grant_of_somebody_else_is_not_taken(an):
    binh = User.objects.create(username="binh", display_name="Bình")
    alien, own = grant(binh, "can-bo-to-chuc"), grant(an, "thong-ke", unit("H"))
    taken = access_of(user=an, on=ON, grant=alien.pk)
    assert (taken.actor.role, taken.actor.unit) == ("thong-ke", own.unit_id)


@pytest.mark.parametrize("state", ["inactive", "no grant", "unknown role"])
def test_account_without_a_grant_that_counts_sees_nothing(an, state):
    if state == "inactive":
        grant(an, "can-bo-to-chuc")
        an.is_active = False
    if state == "unknown role":
        grant(an, "giám đốc")
    found = access_of(user=an, on=ON, own_person=7)
    assert (found.actor.actions, found.scope) == (frozenset(), NOTHING)


def test_grant_without_unit_reaches_everything_but_only_for_roles_that_read(an):
    grant(an, "kiem-tra")
    assert access_of(user=an, on=ON).scope.units is None
    chi = User.objects.create(username="chi", display_name="Chi")
    grant(chi, "ca-nhan")
    own = access_of(user=chi, on=ON, own_person=7).scope
    assert (own.units, own.own_person) == (frozenset(), 7)


# --- units through their history


@pytest.mark.django_db
def test_units_under_follow_parts_and_history():
    province = unit("T")
    commune, office = unit("X", province), unit("S", province)
    old, older = unit("X0"), unit("X00")
    hamlet = unit("N", older)
    elsewhere = unit("Z")
    Succession.objects.create(old=old, new=commune, on=ON, kind="merge")
    Succession.objects.create(old=older, new=old, on=date(2019, 1, 1), kind="rename")
    Succession.objects.create(old=elsewhere, new=None, on=ON, kind="dissolve")
    assert units_under([commune.pk]) == {u.pk for u in (commune, old, older, hamlet)}
    assert units_under([province.pk]) == {u.pk for u in (province, commune, office, old, older, hamlet)}
    assert units_under([office.pk]) == {office.pk}
    assert units_under([]) == frozenset()


@pytest.mark.django_db
def test_circles_in_the_data_do_not_hang():
    first = unit("A")
    second = unit("B", first)
    Unit.objects.filter(pk=first.pk).update(parent=second)
    Succession.objects.create(old=first, new=second, on=ON, kind="merge")
    Succession.objects.create(old=second, new=first, on=ON, kind="merge")
    assert units_under([first.pk]) == {first.pk, second.pk}


@pytest.mark.django_db
def test_units_under_takes_three_queries_however_deep(django_assert_num_queries):
    top = parent = unit("D")
    for depth in range(12):
        parent = unit(f"D{depth}", parent)
    with django_assert_num_queries(3):
        assert len(units_under([top.pk])) == 13


# --- accounts


@pytest.fixture
def created(db, actor, at) -> User:
    return create_user(username="an", password=PASSWORD, display_name="An", actor=actor, at=at)


def logged() -> str:
    return str([open_change(change, keyring()) for change in Change.objects.all()])


def test_password_is_never_logged_not_even_hashed(created, actor, at):
    first = created.password
    set_password(user=created, password="mật khẩu mới của An", actor=actor, at=at)
    text = logged()
    assert "'password': '•'" in text
    assert Act.objects.count() == 2
    for secret in (PASSWORD, "mật khẩu mới của An", first, created.password, first.rpartition("$")[2], "pbkdf2"):
        assert secret not in text


def test_account_of_a_name_that_is_taken_is_refused(created, actor, at):
    for name in ("an", "AN", " an "):
        with pytest.raises(AccessRefused, match="đã có người dùng"):
            create_user(username=name, password=PASSWORD, display_name="Khác", actor=actor, at=at)
    assert (User.objects.count(), Act.objects.count()) == (1, 1)


def test_weak_password_is_refused_in_vietnamese(db, actor, at):
    with pytest.raises(ValidationError, match=r"[ậảáắ]"):
        create_user(username="an", password="123", display_name="An", actor=actor, at=at)
    assert not User.objects.exists()


def test_role_that_does_not_exist_is_refused(created, actor, at):
    with pytest.raises(UnknownRole, match="can-bo-to-chuc"):
        give_role(user=created, role="giám đốc", unit=None, since=ON, actor=actor, at=at)
    assert not Grant.objects.exists()


def test_ended_grant_stays_and_is_never_stretched(created, actor, at):
    given = give_role(user=created, role="kiem-tra", unit=None, since=date(2025, 1, 1), actor=actor, at=at)
    end_role(grant=given, on=ON, actor=actor, at=at)
    with pytest.raises(AccessRefused, match="15/07/2025"):
        end_role(grant=given, on=date(2026, 1, 1), actor=actor, at=at)
    assert Grant.objects.get().end == PartialDate(2025, 7, 15)
    assert grants_of(user=created, on=date(2025, 7, 14)) == [given]
    assert grants_of(user=created, on=ON) == []


def test_accounts_are_listed_and_written_only_by_who_manages_them(created, scope, at):
    stranger = Actor(user=9, role="can-bo-to-chuc", actions=ROLES["can-bo-to-chuc"].actions)
    assert not users(actor=stranger, scope=scope).exists()
    writes = (
        lambda: create_user(username="x", password=PASSWORD, display_name="x", actor=stranger, at=at),
        lambda: set_password(user=created, password=PASSWORD, actor=stranger, at=at),
        lambda: give_role(user=created, role="kiem-tra", unit=None, since=ON, actor=stranger, at=at),
    )
    for write in writes:
        with pytest.raises(Forbidden):
            write()
    assert Act.objects.count() == 1
