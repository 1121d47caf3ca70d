"""Many rows as one act: what the ORM would have written, all of it or nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection

from canbo.audit.bulk import Batch, RowGone, reserve_ids, write
from canbo.audit.chain import open_change
from canbo.audit.changes import keyring
from canbo.audit.models import Act, Change
from canbo.audit.queries import check_chain
from canbo.dossier import models as m
from canbo.jobs.models import Job
from canbo.kernel.actors import Actor, Forbidden
from canbo.kernel.dates import DateError
from canbo.organization.models import Title, Unit
from tests.audit.world import AT, write_person

pytestmark = pytest.mark.django_db
MODELS = (m.Person, m.Holding, m.Rating, m.PersonMerge, m.Qualification, m.ListEntry, Unit, Title, m.Decision)


@pytest.fixture
def put(actor):
    def act(batch: Batch, **options: Any) -> int | None:
        return write(batch, **({"actor": actor, "action": "import.write", "at": AT, "reason": "thử"} | options))

    return act


def inserted(model: type, *rows: dict[str, Any]) -> Batch:
    batch = Batch()
    for pk, row in zip(reserve_ids(model, len(rows)), rows, strict=True):
        batch.insert(model, {"id": pk} | row, person=pk if model is m.Person else None)
    return batch


def raw(model: type, pk: int) -> dict[str, Any]:
    """The row as the database has it, beside the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{model._meta.db_table}" WHERE id = %s', [pk])
        return dict(zip((c[0] for c in cursor.description), cursor.fetchone(), strict=True))


# --- inserts


def needed(model: type) -> dict[str, Any]:
    """The least a row of each model needs."""
    person = m.Person.objects.create(full_name="An").pk
    return {
        m.Person: {"key": "k" * 32, "full_name": "An"},
        m.Holding: {"person_id": person},
        m.Rating: {"person_id": person, "period": "2024"},
        m.PersonMerge: {"kept": 1, "merged": 2},
        m.Qualification: {"person_id": person, "kind": "llct"},
        m.ListEntry: {"person_id": person, "name": "A", "on": date(2025, 1, 1)},
        Unit: {"code": "A", "name": "A"},
        Title: {"code": "t", "name": "T"},
        m.Decision: {},
    }[model]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_columns_left_out_are_filled_as_the_orm_fills_them(put, model):
    values = needed(model)
    batch = inserted(model, values)
    put(batch)
    (_, row, _) = batch.inserts[0]
    ours = raw(model, row["id"])
    model.objects.filter(pk=row["id"]).delete()
    model(pk=row["id"], **values).save(force_insert=True)
    assert ours == raw(model, row["id"])


def test_a_default_that_makes_keys_makes_one_for_each_row(put):
    put(inserted(m.Person, {"full_name": "An"}, {"full_name": "Bình"}))
    keys = set(m.Person.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)


def test_values_come_back_as_they_were_given(put):
    row = {"full_name": "Đặng Thị “Hồng”\t\\N\n", "birth": "1968-05", "sex": "nu", "party_known_from": "2025-01-02"}
    put(inserted(m.Person, row))
    found = m.Person.objects.get()
    assert (found.full_name, found.birth.iso, found.party_known_from) == (row["full_name"], "1968-05", date(2025, 1, 2))


def test_empty_dates_are_null_not_empty_text(put):
    put(inserted(Unit, {"code": "A", "name": "A", "start": "", "end": ""}))
    assert Unit.objects.filter(start__isnull=True, end__isnull=True).holding(date(2025, 1, 1)).count() == 1


@pytest.mark.parametrize("text", ["12/05/1968", "mai"])
def test_date_that_could_never_be_read_is_refused(put, text):
    with pytest.raises(DateError):
        put(inserted(Unit, {"code": "A", "name": "A", "start": text}))
    assert (Unit.objects.count(), Act.objects.count()) == (0, 0)


def test_unknown_column_is_refused_before_anything_is_written(put):
    with pytest.raises(ValueError, match="Unit has no column nickname, pet_name"):
        put(inserted(Unit, {"code": "A", "name": "A"}, {"code": "B", "name": "B", "nickname": "B", "pet_name": "b"}))
    assert (Unit.objects.count(), Act.objects.count()) == (0, 0)


def test_nothing_to_write_is_no_act(put):
    assert put(Batch()) is None
    assert Act.objects.count() == 0


# --- one act


def test_batch_is_one_act_with_a_change_row_for_each_person(put, actor, scope):
    batch = inserted(m.Person, {"full_name": "An"}, {"full_name": "Bình"})
    for (pk, person) in zip(reserve_ids(m.Pay, 2), [row["id"] for _, row, _ in list(batch.inserts)], strict=True):
        batch.insert(m.Pay, {"id": pk, "person_id": person, "coefficient": Decimal("2.34")}, person=person)
    for pk in reserve_ids(m.Source, 1):
        batch.insert(m.Source, {"id": pk, "kind": "list", "name": "a.xlsx"})
    seq = put(batch)
    assert Act.objects.values_list("seq", "changes", "reason").get() == (seq, 3, "thử")
    assert list(Change.objects.order_by("id").values_list("act", "table")) == [(seq, ""), (seq, ""), (seq, "source")]
    (first, second) = open_change(Change.objects.order_by("id")[0], keyring())
    assert (first[0], second[0], second[3]["coefficient"]) == ("person", "pay", "2.34")
    assert check_chain(actor=actor, scope=scope).problems == ()


def test_batch_without_the_right_is_forbidden(put):
    weak = Actor(user=4, role="thong-ke", actions=frozenset({"statistics.read"}))
    with pytest.raises(Forbidden):
        put(inserted(Unit, {"code": "A", "name": "A"}), actor=weak)
    put(inserted(Unit, {"code": "A", "name": "A"}), actor=weak, may="statistics.read")
    assert Act.objects.get().user == 4


def test_nothing_is_written_when_the_check_raises(put):
    def check() -> None:
        raise RuntimeError("đã đổi")

    with pytest.raises(RuntimeError):
        put(inserted(Unit, {"code": "A", "name": "A"}), check=check)
    assert (Unit.objects.count(), Act.objects.count(), Change.objects.count()) == (0, 0, 0)


def test_nothing_is_written_when_the_database_refuses_one_row(put):
    rows = [{"code": code, "name": code} for code in ("A", "B", "A")]
    with pytest.raises(DatabaseError):
        put(inserted(Unit, *rows))
    assert (Unit.objects.count(), Act.objects.count()) == (0, 0)


# --- updates


def test_updates_change_only_their_columns_and_keep_old_and_new(put):
    an, binh = write_person("An", sex="nam"), write_person("Bình", birth="1970")
    batch = Batch()
    batch.update(m.Person, an.pk, {"birth": None}, {"birth": "1968-05"}, person=an.pk)
    batch.update(m.Person, binh.pk, {"birth": "1970", "sex": ""}, {"birth": None, "sex": "nu"}, person=binh.pk)
    batch.update(m.Person, an.pk, {"birth": "1968-05"}, {"birth": "1968-05-12"}, person=an.pk)
    seq = put(batch)
    assert list(m.Person.objects.order_by("pk").values_list("full_name", "birth", "sex")) == [
        ("An", m.Person._meta.get_field("birth").to_python("12/5/1968"), "nam"), ("Bình", None, "nu"),
    ]  # fmt: skip
    bodies = [open_change(change, keyring()) for change in Change.objects.filter(act=seq).order_by("id")]
    assert bodies[0][0] == ["person", an.pk, {"birth": None}, {"birth": "1968-05"}]
    assert bodies[1] == [["person", binh.pk, {"birth": "1970", "sex": ""}, {"birth": None, "sex": "nu"}]]


def test_update_of_a_row_that_is_gone_writes_nothing(put):
    an = write_person("An")
    batch = inserted(Unit, {"code": "A", "name": "A"})
    for pk in (an.pk, an.pk + 1000):
        batch.update(m.Person, pk, {"sex": ""}, {"sex": "nu"}, person=pk)
    with pytest.raises(RowGone, match="chưa ghi gì"):
        put(batch)
    assert (Unit.objects.count(), Act.objects.count(), m.Person.objects.get().sex) == (0, 1, "")


@pytest.mark.parametrize("after", [{"nickname": "x"}, {"birth": "mai"}, {"party_known_from": "mai"}])
def test_update_that_cannot_be_stored_is_refused_before_the_lock(put, after, monkeypatch):
    an = write_person("An")
    batch = Batch()
    batch.update(m.Person, an.pk, {}, after, person=an.pk)
    with pytest.raises(Exception, match=r"nickname|mai"):
        put(batch, check=lambda: pytest.fail("the lock was taken"))


def test_password_given_to_a_batch_is_not_logged(put):
    from canbo.access.models import User

    put(inserted(User, {"username": "an", "display_name": "An", "password": "pbkdf2$bí mật"}))
    assert User.objects.get().password == "pbkdf2$bí mật"
    assert "bí mật" not in str(open_change(Change.objects.get(), keyring()))


# --- ids


def test_reserved_ids_are_fresh_and_later_rows_come_after(put):
    first = reserve_ids(Unit, 3)
    made = Unit.objects.create(code="Z", name="Z").pk
    second = reserve_ids(Unit, 2)
    assert len({*first, made, *second}) == 6
    assert max(first) < made < min(second)
    assert reserve_ids(Unit, 0) == []


def test_reserved_ids_of_a_table_never_written_start_it():
    (first,) = reserve_ids(Job, 1)
    assert Job.objects.filter(pk=first).count() == 0
