"""Nothing personal can be read in the log's tables or in the cache file, and sealed fields nowhere at all."""

import pytest
from django.apps import apps
from django.db import connection

from canbo.audit.bulk import Batch, reserve_ids, write
from canbo.audit.changes import keyring
from canbo.audit.queries import last_seq
from canbo.dossier.changes import add_record, edit_person, merge_people
from canbo.dossier.models import Person, Relative
from canbo.dossier.sections import sealed_place
from canbo.snapshot import cache
from canbo.snapshot.store import load
from tests.audit.world import AT, write_person

pytestmark = pytest.mark.django_db
ON = AT.date()
NAMES = ("Zymurgy Văn An", "Zymurgy Thị Bình", "Zymurgy Chi", "Zymurgy Dũng")
PLACE = "Thôn Zymurgy, xã Lũng Cú"
SEALED = ("001199777001", "001199777002", "0912777001", "ton-giao-zymurgy", "Zymurgy Em", "k9zymurgy")


@pytest.fixture
def written(actor, scope) -> None:
    """Edits, records, a list and a merge, with values that give themselves away."""
    an, binh = (write_person(name, personal_id_sealed=number) for name, number in zip(NAMES[:2], SEALED))
    common = {"on": ON, "actor": actor, "scope": scope, "at": AT}
    edit_person(person=an.pk, values={"phone_sealed": SEALED[2], "religion_sealed": SEALED[3], "native_place": PLACE},
                seen_seq=last_seq(), **common)  # fmt: skip
    edit_person(person=an.pk, values={"full_name": NAMES[2], "religion_sealed": ""}, seen_seq=last_seq(), **common)
    add_record(person=binh.pk, table="relative", values={"relation": "con", "side": "minh", "name_sealed": SEALED[4]}, **common)
    add_record(person=binh.pk, table="agency_remark", values={"on": "2024", "author": "x", "text_sealed": SEALED[5]}, **common)
    _in_bulk(actor)
    merge_people(kept=an.pk, merged=binh.pk, reason="một người", **common)


def _in_bulk(actor) -> None:
    (pk,), batch, key = reserve_ids(Person, 1), Batch(), "f" * 32
    religion = keyring().seal(SEALED[3], place=sealed_place("person", "religion_sealed", key))
    batch.insert(Person, {"id": pk, "key": key, "full_name": NAMES[3], "religion_sealed": religion}, person=pk)
    write(batch, actor=actor, action="import.write", at=AT)


def contents(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return b"\n".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor for v in row)


def test_the_values_are_there_to_be_found(written):
    people = contents("person").decode(errors="replace")
    assert all(name in people for name in NAMES[2:])
    assert Relative.objects.count() == 1


def test_log_tables_hold_no_name_place_number_or_religion(written):
    raw = contents("act") + contents("change")
    assert len(raw) > 3000
    for value in (*NAMES, PLACE, *SEALED, "Zymurgy", "zymurgy"):
        assert value.encode() not in raw, value


def test_sealed_fields_are_in_no_table_at_all(written):
    tables = {m._meta.db_table for m in apps.get_models()} & set(connection.introspection.table_names())
    assert len(tables) > 40
    raw = b"".join(contents(table) for table in tables)
    assert NAMES[2].encode() in raw
    for value in SEALED:
        assert value.encode() not in raw, value


def test_database_file_holds_no_sealed_value(written):
    if connection.vendor == "sqlite":
        raw = connection.connection.serialize()
        assert NAMES[2].encode() in raw
        assert not [value for value in SEALED if value.encode() in raw]


def test_cache_file_holds_nothing_readable(written):
    cache.path().unlink(missing_ok=True)
    cache.write(load(keyring()), keyring())
    raw = cache.path().read_bytes()
    cache.path().unlink()
    assert len(raw) > 1000
    for value in (*NAMES, PLACE, *SEALED, "Zymurgy", "person", "full_name"):
        assert value.encode() not in raw, value
