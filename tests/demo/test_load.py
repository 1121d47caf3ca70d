"""The demonstration in a migrated database: every row is in the log, accounts can sign in."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from canbo.access.models import Grant, User
from canbo.access.policy import ROLES
from canbo.access.queries import LOCAL_ACCESS
from canbo.audit.chain import open_change
from canbo.audit.changes import keyring
from canbo.audit.models import Act, Change
from canbo.audit.queries import last_seq
from canbo.demo.accounts import ACCOUNTS, PASSWORD
from canbo.demo.load import ORGANISATION, RECORDS, NotEmpty, Summary, load
from canbo.demo.sample import sample_roster
from canbo.dossier.models import Holding, Person
from canbo.kernel.actors import Actor
from canbo.organization.models import Unit
from tests.processes import Spent, spent
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_load")]
PEOPLE = 300
AT = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)


def _load() -> tuple[Summary, Spent]:
    with spent() as took:
        loaded = load(actor=LOCAL_ACCESS.actor, at=AT, people=PEOPLE, seed=5)
    return loaded, took


@pytest.fixture(scope="module")
def standing_load(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Summary, Spent]]:
    yield from standing(django_db_blocker, _load)


@pytest.fixture
def loaded(standing_load: tuple[Summary, Spent]) -> Summary:
    return standing_load[0]


def test_load_is_quick(standing_load: tuple[Summary, Spent]) -> None:
    assert standing_load[1].own < 5  # a second on an idle core


def test_load_writes_every_row_with_its_act(loaded: Summary) -> None:
    logged = {}
    for change in Change.objects.all():
        for table, row, before, after in open_change(change, keyring()):
            assert before is None
            logged[table, row] = after
    for model in (Person, *ORGANISATION.values(), *RECORDS.values()):
        rows = set(model._default_manager.values_list("pk", flat=True))
        assert rows == {row for table, row in logged if table == model._meta.db_table}, model
    assert Person.objects.count() == PEOPLE == loaded.people
    assert sum(Act.objects.values_list("changes", flat=True)) == Change.objects.count()
    assert last_seq() == Act.objects.count() == loaded.acts


def test_load_seals_what_must_be_sealed(loaded: Summary) -> None:
    person = Person.objects.exclude(personal_id_sealed="").first()
    assert person is not None
    number = keyring().open(person.personal_id_sealed, place=f"person.personal_id:{person.key}")
    assert len(number) == 12
    assert keyring().blind_index(number, purpose="personal_id") == person.personal_id_index
    assert keyring().open(person.religion_sealed, place=f"person.religion:{person.key}") in ("khong", "cong-giao", "phat-giao", "tin-lanh")


def test_load_refers_to_rows_that_fit_together(loaded: Summary) -> None:
    for holding in Holding.objects.filter(seat__isnull=False).select_related("seat__post"):
        assert (holding.post_id, holding.unit_id, holding.title_id) == (
            holding.seat.post_id, holding.seat.post.unit_id, holding.seat.post.title_id,
        )  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_key_check")
            assert cursor.fetchall() == []


def test_load_refuses_a_folder_in_use(loaded: Summary, actor: Actor, at: datetime) -> None:
    with pytest.raises(NotEmpty, match="thư mục trống"):
        load(actor=actor, at=at, people=50)
    assert Person.objects.count() == PEOPLE


def test_accounts_cover_every_role_and_can_sign_in(loaded: Summary) -> None:
    roles = [role for account in ACCOUNTS for role in (account.role, *account.also)]
    assert set(roles) == set(ROLES)
    assert Grant.objects.count() == len(roles)
    assert User.objects.filter(demonstration=True).count() == User.objects.count() == len(ACCOUNTS)
    assert User.objects.get(username="tochuc.xa").check_password(PASSWORD)
    own = User.objects.get(username="canhan")
    assert Person.objects.filter(key=own.person_key).exists()
    assert Grant.objects.get(user__username="tochuc.xa").unit in Unit.objects.filter(kind="xa", end=None)
    assert Grant.objects.get(user__username="quantri").unit is None


def test_passwords_stay_out_of_the_log(loaded: Summary) -> None:
    secrets = set(User.objects.values_list("password", flat=True))
    for change in Change.objects.filter(table="account"):
        for _table, _row, _before, after in open_change(change, keyring()):
            assert after["password"] == "•"
            assert not secrets & set(after.values())


def test_sample_roster_opens_as_a_workbook(actor: Actor, at: datetime) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(sample_roster())).active
    cells = list(sheet.iter_rows(values_only=True))
    people = [row for row in cells if isinstance(row[0], int)]
    assert len(people) == 40
    assert len({row[1] for row in people}) >= 38
    assert all((row[2] is None) or (row[3] is None) for row in people)
    assert cells[5][2] == "Ngày, tháng, năm sinh"
    assert cells[6][2:4] == ("Nam", "Nữ")
