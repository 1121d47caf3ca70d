"""The demonstration in a migrated database: every row is in the log, accounts can sign in."""

import time
from datetime import datetime

import pytest
from django.db import connection

from canbo.access.models import Grant, User
from canbo.access.policy import ROLES
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

pytestmark = pytest.mark.django_db
PEOPLE = 300


@pytest.fixture
def loaded(actor: Actor, at: datetime) -> Summary:
    return load(actor=actor, at=at, people=PEOPLE, seed=5)


def test_load_writes_every_row_with_its_act(actor: Actor, at: datetime) -> None:
    started = time.perf_counter()
    loaded = load(actor=actor, at=at, people=PEOPLE, seed=5)
    assert time.perf_counter() - started < 10
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
