"""The snapshot says what the database says, after loading, after each kind of change, and from its file."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from django.db import connection

from canbo.audit.changes import act, keyring
from canbo.dossier.changes import add_record, edit_person, merge_people
from canbo.dossier.models import CertifiedValue, Employment, ExtraValue, Pay, Person, Qualification
from canbo.dossier.sections import sealed_place
from canbo.facts.registry import Ask
from canbo.facts.tables import SCHEMA
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.organization.changes import create_unit
from canbo.organization.models import Unit
from canbo.sealing.keyring import Keyring
from canbo.snapshot import cache
from canbo.snapshot.frames import spliced
from canbo.snapshot.holder import Holder
from canbo.snapshot.queries import facts_frame, vocabulary
from canbo.snapshot.store import Snapshot, load, refresh

pytestmark = pytest.mark.django_db
ON = date(2023, 12, 31)
# The database keeps the log from being changed; a restored backup is another log.
APPEND_ONLY = "act_append_only ON act" if connection.vendor == "postgresql" else "act_no_update"
NAMES = ("name", "birth", "religion", "political_theory", "coefficient", "unit")


@pytest.fixture
def people(actor: Actor, scope: Scope, at: datetime) -> list[Person]:
    """An, Bình and Chi serve in one unit."""
    with act(actor=actor, action="dossier.write", at=at) as log:
        unit = Unit.objects.create(code="H01", name="Xã Lũng Cú", level="xa", province="02")
        log.inserted(unit)
        return [_person(name, unit, log) for name in ("Nguyễn Văn An", "Trần Thị Bình", "Lê Chi")]


def _person(name: str, unit: Unit, log: Any) -> Person:
    person = Person(full_name=name, birth="1968-05", sex="nu")
    person.religion_sealed = keyring().seal("phat-giao", place=sealed_place("person", "religion_sealed", person.key))
    person.save()
    log.inserted(person, person=person.pk)
    log.inserted(Employment.objects.create(person=person, unit=unit, start="2010"), person=person.pk)
    log.inserted(Pay.objects.create(person=person, start="2015", coefficient="2.34"), person=person.pk)
    return person


def frame(snapshot: Snapshot, scope: Scope, names: tuple[str, ...] = NAMES, on: date = ON) -> pl.DataFrame:
    return facts_frame(snapshot=snapshot, ask=Ask(on), names=names, subject="person", scope=scope)


def same_as_loaded(snapshot: Snapshot, scope: Scope) -> None:
    """What was patched is what a new load gives: every table, and the facts."""
    loaded = load(keyring())
    assert snapshot.seq == loaded.seq
    for table in SCHEMA:
        assert snapshot.tables.frames[table].sort("id").equals(loaded.tables.frames[table].sort("id")), table
    assert frame(snapshot, scope).equals(frame(loaded, scope))


def test_loading_gives_the_rows_with_religion_opened(people: list[Person], scope: Scope) -> None:
    first = frame(load(keyring()), scope).row(0, named=True)
    assert (first["name"], first["birth.lo"], first["birth.hi"], first["religion"], str(first["coefficient"]), first["unit"]) == (
        "Nguyễn Văn An", date(1968, 5, 1), date(1968, 5, 31), "phat-giao", "2.34", "H01",
    )  # fmt: skip


def test_an_empty_database_has_tables_and_nobody(scope: Scope) -> None:
    snapshot = load(keyring())
    assert (set(snapshot.raw), frame(snapshot, scope).height) == (set(SCHEMA), 0)


def test_nothing_written_gives_the_same_snapshot(people: list[Person]) -> None:
    snapshot = load(keyring())
    assert refresh(snapshot, keyring()) is snapshot


def test_a_changed_dossier_is_seen_and_the_others_stay(people: list[Person], actor: Actor, scope: Scope, at: datetime) -> None:
    snapshot = load(keyring())
    frame(snapshot, scope)
    edit_person(person=people[1].pk, values={"full_name": "Trần Thị Bình Minh", "religion_sealed": "khong"},
                seen_seq=snapshot.seq, on=ON, actor=actor, scope=scope, at=at)  # fmt: skip
    values = {"kind": "llct", "level": "cao-cap", "known_from": date(2021, 4, 26)}
    add_record(person=people[2].pk, table="qualification", values=values, on=ON, actor=actor, scope=scope, at=at)
    fresh = refresh(snapshot, keyring())
    assert frame(fresh, scope).select("name", "religion", "political_theory").rows() == [
        ("Nguyễn Văn An", "phat-giao", None), ("Trần Thị Bình Minh", "khong", None), ("Lê Chi", "phat-giao", "cao-cap"),
    ]  # fmt: skip
    assert frame(snapshot, scope)["name"].to_list()[1] == "Trần Thị Bình"
    same_as_loaded(fresh, scope)


def test_a_certified_value_changes_the_fact_of_that_person(people: list[Person], actor: Actor, scope: Scope, at: datetime) -> None:
    snapshot = load(keyring())
    frame(snapshot, scope)
    values = {"field": "birth", "value": "1969-02-03", "paper": "giấy khai sinh"}
    add_record(person=people[0].pk, table=CertifiedValue._meta.db_table, values=values, on=ON, actor=actor, scope=scope, at=at)
    fresh = refresh(snapshot, keyring())
    assert frame(fresh, scope)["birth.lo"].to_list() == [date(1969, 2, 3), date(1968, 5, 1), date(1968, 5, 1)]
    same_as_loaded(fresh, scope)


def test_a_merged_dossier_is_no_longer_counted(people: list[Person], actor: Actor, scope: Scope, at: datetime) -> None:
    snapshot = load(keyring())
    frame(snapshot, scope)
    merge_people(kept=people[0].pk, merged=people[1].pk, on=ON, actor=actor, scope=scope, at=at, reason="một người")
    fresh = refresh(snapshot, keyring())
    assert frame(fresh, scope)["name"].to_list() == ["Nguyễn Văn An", "Lê Chi"]
    same_as_loaded(fresh, scope)


def test_a_new_unit_is_in_the_vocabulary(people: list[Person], actor: Actor, scope: Scope, at: datetime) -> None:
    snapshot = load(keyring())
    frame(snapshot, scope)
    create_unit(code="H02", name="Xã Đồng Văn", parent=None, start=None, actor=actor, scope=scope, at=at)
    fresh = refresh(snapshot, keyring())
    assert ("H02", "Xã Đồng Văn") in vocabulary(snapshot=fresh)["unit"].type.values  # type: ignore[union-attr]
    same_as_loaded(fresh, scope)


def test_an_extra_column_becomes_a_list_when_its_values_do(people: list[Person], actor: Actor, scope: Scope, at: datetime) -> None:
    snapshot = load(keyring())
    for person, text in zip(people, ["XIII, XIV", "XIV", "XIII"]):
        values = {"name": "khoa", "label": "Khóa", "value": text, "known_from": ON}
        add_record(person=person.pk, table=ExtraValue._meta.db_table, values=values, on=ON, actor=actor, scope=scope, at=at)
        snapshot = refresh(snapshot, keyring())
        seen = frame(snapshot, scope, ("khoa",))["khoa"].to_list()
    assert seen == [["XIII", "XIV"], ["XIV"], ["XIII"]]


def test_texts_with_separators_and_line_ends_stay_whole(people: list[Person], actor: Actor, scope: Scope, at: datetime) -> None:
    text = 'xã "Lũng Cú",\nhuyện\tĐồng Văn; \\N'
    edit_person(person=people[0].pk, values={"native_place": text}, seen_seq=10**6, on=ON, actor=actor, scope=scope, at=at)
    assert frame(load(keyring()), scope, ("native_place",))["native_place"].to_list() == [text, None, None]


# --- scope


def test_a_reader_sees_the_people_of_her_units_only(people: list[Person], actor: Actor, at: datetime, scope: Scope) -> None:
    with act(actor=actor, action="dossier.write", at=at) as log:
        other = Unit.objects.create(code="H02", name="Xã khác")
        log.inserted(other)
        _person("Phạm Dũng", other, log)
    snapshot = load(keyring())
    mine = Scope(units=frozenset({other.pk}), groups=scope.groups)
    assert frame(snapshot, mine)["name"].to_list() == ["Phạm Dũng"]
    assert frame(snapshot, Scope(units=frozenset(), groups=scope.groups)).height == 0


def test_a_fact_of_a_group_not_seen_is_refused(people: list[Person], scope: Scope) -> None:
    reader = Scope(units=None, groups=scope.groups - {"religion"})
    with pytest.raises(Forbidden, match="Tôn giáo"):
        frame(load(keyring()), reader, ("name", "religion"))


# --- the file


def test_the_file_gives_the_snapshot_back_and_is_not_readable(people: list[Person], scope: Scope) -> None:
    snapshot = load(keyring())
    cache.write(snapshot, keyring())
    read = cache.read(keyring())
    assert read is not None
    same_as_loaded(read, scope)
    assert "Nguyễn".encode() not in cache.path().read_bytes()


def test_a_file_that_is_broken_or_of_another_database_is_ignored(people: list[Person]) -> None:
    snapshot = load(keyring())
    cache.write(snapshot, keyring())
    assert cache.read(Keyring("00" * 32)) is None
    whole = cache.path().read_bytes()
    for broken in (whole[: len(whole) // 2], b"", b"\xff" * 1000, whole[:8] + b"\0" + whole[9:]):
        cache.path().write_bytes(broken)
        assert cache.read(keyring()) is None
    cache.path().write_bytes(whole)
    assert cache.read(keyring()) is not None
    cache.path().unlink()
    assert cache.read(keyring()) is None


def test_a_file_that_ends_with_an_act_the_log_does_not_have_is_ignored(people: list[Person], scope: Scope) -> None:
    snapshot = load(keyring())
    cache.write(snapshot, keyring())
    with connection.cursor() as cursor:  # as after restoring an older backup and going on from there
        cursor.execute(f"DROP TRIGGER {APPEND_ONLY}")
        cursor.execute("UPDATE act SET hash = %s WHERE seq = %s", ["0" * 64, snapshot.seq])
    assert cache.read(keyring()) is None


def test_the_holder_follows_the_log(people: list[Person], actor: Actor, scope: Scope, at: datetime) -> None:
    holder = Holder()
    first = holder.current(keyring())
    assert holder.current(keyring()) is first
    values = {"kind": "llct", "level": "so-cap", "known_from": date(2021, 4, 26)}
    add_record(person=people[0].pk, table=Qualification._meta.db_table, values=values, on=ON, actor=actor, scope=scope, at=at)
    assert frame(holder.current(keyring()), scope)["political_theory"].to_list() == ["so-cap", None, None]


# --- patched frames


@pytest.mark.parametrize("gone", [[], [1], [3], [5], [1, 2], [2, 4], [1, 2, 3, 4, 5]])
@pytest.mark.parametrize("come", [[], [0], [2], [2, 3], [9], [0, 2, 4, 9]])
def test_rows_are_spliced_in_at_their_places(gone: list[int], come: list[int]) -> None:
    def rows(keys: list[int], text: str) -> pl.DataFrame:
        schema = {"key": pl.UInt32, "person_id": pl.UInt32, "value": pl.String}
        return pl.DataFrame({"key": keys, "person_id": keys, "value": [text] * len(keys)}, schema=schema)

    kept = [key for key in (1, 2, 3, 4, 5) if key not in gone and key not in come]
    people = pl.Series([*gone, *come], dtype=pl.UInt32)
    expected = pl.concat([rows(kept, "old"), rows(come, "new")]).sort("key")
    assert spliced(rows([1, 2, 3, 4, 5], "old"), rows(come, "new"), people).equals(expected)
