"""Whatever is altered in the log behind the program's back is found and named."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from canbo.audit import anchor
from canbo.audit.chain import open_change
from canbo.audit.changes import act, append, keyring, record_read
from canbo.audit.checking import TOLD
from canbo.audit.models import Act, Change, Head, Read
from canbo.audit.queries import changes_of, check_chain, reads_of, touched_since
from canbo.dossier.models import Person
from canbo.kernel.actors import Actor, Forbidden
from canbo.sealing.keyring import SealBroken
from tests.audit.world import AT, NAMES, drop_triggers, rename, sql, write_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(django_capture_on_commit_callbacks) -> Iterator[Path]:
    """Three acts with their anchors; gives the anchors' file."""
    anchor.path().unlink(missing_ok=True)
    with django_capture_on_commit_callbacks(execute=True):
        for name in NAMES:
            write_person(name, phone_sealed="0912345678")
    yield anchor.path()
    anchor.path().unlink(missing_ok=True)


@pytest.fixture
def problems(actor, scope):
    def found() -> list[str]:
        return list(check_chain(actor=actor, scope=scope).problems)

    return found


def altered(n: int) -> str:
    return f"Việc số {n} trong nhật ký đã bị sửa ngoài chương trình."


def contents(n: int) -> str:
    return f"Nội dung thay đổi của việc số {n} đã bị sửa hoặc xóa."


# --- whole


def test_untouched_chain_has_no_problems(kept, actor, scope):
    report = check_chain(actor=actor, scope=scope)
    assert (report.acts, report.problems, report.anchored) == (3, (), 3)


def test_empty_log_has_no_problems(problems):
    assert problems() == []


def test_chain_without_anchors_is_whole_but_confirmed_by_none(kept, actor, scope):
    kept.unlink()
    report = check_chain(actor=actor, scope=scope)
    assert (report.problems, report.anchored) == ((), 0)


# --- altered rows

ACT_COLUMNS = {
    "seq": 77, "at": "2025-06-02 01:30:00.000001", "user": 5, "role": "kiem-tra", "unit": 3, "action": "import.write",
    "reason": "khác", "document": "QĐ 1", "changes": 2, "digest": "a" * 64, "previous": "b" * 64, "hash": "c" * 64,
}  # fmt: skip


def test_the_columns_altered_here_are_all_there_are():
    assert set(ACT_COLUMNS) == {f.column for f in Act._meta.concrete_fields}


@pytest.mark.parametrize("column", ACT_COLUMNS)
def test_any_altered_column_of_an_act_is_found_and_named(kept, problems, column):
    drop_triggers()
    sql(f'UPDATE act SET "{column}" = %s WHERE seq = 2', (ACT_COLUMNS[column],))
    found = problems()
    if column == "seq":
        assert "Nhật ký thiếu việc số 2: đã bị xóa ngoài chương trình." in found
    else:
        assert altered(2) in found
        assert not any("số 1 " in text or "số 3 " in text for text in found)


def test_altered_act_with_its_hash_made_anew_breaks_the_link_to_the_next(kept, problems):
    from canbo.audit.chain import hash_of

    drop_triggers()
    entry = Act.objects.get(seq=2)
    entry.reason = "khác"
    sql("UPDATE act SET reason = 'khác', hash = %s WHERE seq = 2", (hash_of(entry),))
    found = problems()
    assert "Việc số 3 không nối tiếp việc trước nó: nhật ký đã bị sửa ngoài chương trình." in found
    assert "Việc số 2 không khớp với dấu mốc lưu ngoài cơ sở dữ liệu." in found


def test_moment_that_is_no_moment_is_named_and_does_not_stop_the_check(kept, problems):
    drop_triggers()
    if connection.vendor == "sqlite":
        sql("UPDATE act SET at = 'hôm qua' WHERE seq = 2")
        assert problems() == [altered(2)]
        sql("UPDATE act SET reason = CAST(x'ff00fe' AS TEXT) WHERE seq = 3")
        assert any("Không đọc được nhật ký" in text for text in problems())
    else:
        sql("UPDATE act SET at = 'infinity' WHERE seq = 2")
        assert problems() == [altered(2)]


@pytest.mark.parametrize("column", ["act", "person", "table", "body", "digest"])
def test_any_altered_column_of_a_change_is_found_and_named(kept, problems, column):
    drop_triggers()
    change = Change.objects.get(act=2)
    body = bytearray(change.body)
    body[-1] ^= 1
    values = {"act": 3, "person": change.person + 1, "table": "person", "body": bytes(body), "digest": "d" * 64}
    sql(f'UPDATE change SET "{column}" = %s WHERE act = 2', (values[column],))
    assert problems() == [contents(2), contents(3)] if column == "act" else [contents(2)]


def test_swapped_bodies_are_found_and_do_not_open_for_another_person(kept, problems):
    drop_triggers()
    first, second = Change.objects.filter(act__in=(1, 2)).order_by("act")
    for change, other in ((first, second), (second, first)):
        sql("UPDATE change SET body = %s, digest = %s WHERE id = %s", (bytes(other.body), other.digest, change.pk))
    assert problems() == [contents(1), contents(2)]
    with pytest.raises(SealBroken):
        open_change(Change.objects.get(pk=first.pk), keyring())


def test_swapped_bodies_of_one_person_open_but_are_found(problems):
    person = write_person("Nguyễn Văn An")
    rename(person, "Nguyễn An")
    rename(person, "Nguyễn Văn Anh")
    drop_triggers()
    first, second = Change.objects.filter(act__in=(2, 3)).order_by("act")
    for change, other in ((first, second), (second, first)):
        sql("UPDATE change SET body = %s, digest = %s WHERE id = %s", (bytes(other.body), other.digest, change.pk))
    assert open_change(Change.objects.get(pk=first.pk), keyring())[0][3] == {"full_name": "Nguyễn Văn Anh"}
    assert problems() == [contents(2), contents(3)]


def test_two_change_rows_of_one_act_may_not_change_places(problems, actor):
    with act(actor=actor, action="dossier.write", at=AT) as log:
        for name in NAMES[:2]:
            person = Person.objects.create(full_name=name)
            log.inserted(person, person=person.pk)
    drop_triggers()
    low, high = Change.objects.order_by("id").values_list("pk", flat=True)
    for old, new in ((low, high + 1000), (high, low), (high + 1000, high)):
        sql("UPDATE change SET id = %s WHERE id = %s", (new, old))
    assert problems() == [contents(1)]


# --- deleted and added rows


def test_deleted_middle_act_is_named_alone(kept, problems):
    drop_triggers()
    sql("DELETE FROM change WHERE act = 2")
    sql("DELETE FROM act WHERE seq = 2")
    assert problems() == ["Nhật ký thiếu việc số 2: đã bị xóa ngoài chương trình."]


def test_deleted_act_whose_changes_stayed_is_named_with_them(kept, problems):
    drop_triggers()
    sql("DELETE FROM act WHERE seq = 2")
    assert sorted(problems()) == [
        "Có nội dung thay đổi ghi là của việc số 2 nhưng nhật ký không có việc này.",
        "Nhật ký thiếu việc số 2: đã bị xóa ngoài chương trình.",
    ]


def test_deleted_changes_are_named(kept, problems):
    drop_triggers()
    sql("DELETE FROM change WHERE act = 2")
    assert problems() == [contents(2)]


def cut_tail() -> None:
    drop_triggers()
    sql("DELETE FROM change WHERE act = 3")
    sql("DELETE FROM act WHERE seq = 3")


def test_cut_tail_shows_at_the_head(kept, problems):
    cut_tail()
    assert "Phần cuối của nhật ký không khớp với đầu chuỗi." in problems()


def test_cut_tail_with_the_head_set_back_shows_by_the_anchor(kept, problems):
    cut_tail()
    Head.objects.update(seq=2, hash=Act.objects.get(seq=2).hash)
    assert problems() == ["Nhật ký bị cắt: dấu mốc ngoài cơ sở dữ liệu đã tới việc số 3, nhật ký chỉ còn tới 2."]


@pytest.mark.parametrize("how", ["lower", "higher", "hash", "gone"])
def test_altered_head_is_found(kept, problems, how):
    {
        "lower": lambda: Head.objects.update(seq=2, hash=Act.objects.get(seq=2).hash),
        "higher": lambda: Head.objects.update(seq=4),
        "hash": lambda: Head.objects.update(hash="e" * 64),
        "gone": lambda: Head.objects.all().delete(),
    }[how]()
    assert problems() == ["Phần cuối của nhật ký không khớp với đầu chuỗi."]


def test_forged_act_at_the_end_is_found(kept, problems):
    forged = Act.objects.get(seq=3)
    forged.seq, forged.previous = 4, forged.hash
    forged.save(force_insert=True)
    assert altered(4) in problems()


def test_log_altered_everywhere_is_told_in_few_sentences(problems, actor):
    for n in range(TOLD + 20):
        write_person(f"Người {n}")
    drop_triggers()
    sql("UPDATE act SET reason = 'khác'")
    found = problems()
    assert len(found) == TOLD + 1
    assert found[-1] == "Còn 20 chỗ sai khác trong nhật ký không kể ra ở đây."


# --- anchors


def test_altered_anchor_is_named(kept, problems):
    lines = kept.read_text().splitlines()
    kept.write_text("\n".join([lines[0], lines[1].replace(lines[1].split()[1], "0" * 64), lines[2]]) + "\n")
    assert problems() == ["Việc số 2 không khớp với dấu mốc lưu ngoài cơ sở dữ liệu."]


def test_anchor_of_an_act_that_never_was_is_told(kept, problems):
    kept.write_text(kept.read_text() + f"9 {'0' * 64} 2025-06-02T01:30:00.000000Z\n")
    assert "Nhật ký bị cắt: dấu mốc ngoài cơ sở dữ liệu đã tới việc số 9, nhật ký chỉ còn tới 3." in problems()


@pytest.mark.parametrize("line", [b"xin chao\n", b"-1 aa bb\n", b"\xff\xfe\x00\n", b"0 aa\n", b"9" * 30 + b" a\n"])
def test_line_that_is_no_anchor_is_named(kept, problems, line):
    kept.write_bytes(line + kept.read_bytes())
    assert problems() == ["Dòng 1 của tệp dấu mốc không phải là dấu mốc; tệp đã bị sửa hoặc hỏng."]


def test_line_a_full_disk_left_half_written_is_no_alarm(kept, problems, actor, scope, django_capture_on_commit_callbacks):
    whole = kept.read_bytes()
    for length in range(1, 60):
        kept.write_bytes(whole[: len(whole) - length])
        assert problems() == [], length
    with django_capture_on_commit_callbacks(execute=True):
        write_person("Phạm Dũng")
    assert check_chain(actor=actor, scope=scope).problems == ()
    assert kept.read_bytes().count(b"\n") == 4


def test_full_disk_under_the_anchors_does_not_undo_the_act(problems, caplog, django_capture_on_commit_callbacks):
    anchor.path().unlink(missing_ok=True)
    anchor.path().parent.mkdir(exist_ok=True)
    anchor.path().symlink_to("/dev/full")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            write_person("Nguyễn Văn An")
    finally:
        anchor.path().unlink()
    assert Act.objects.count() == 1
    assert problems() == []
    assert "anchor of act 1 not written" in caplog.text


# --- the database refuses


REFUSED = (
    "UPDATE act SET reason = 'x'", "UPDATE act SET hash = hash", "DELETE FROM act", "DELETE FROM act WHERE seq = 3",
    "UPDATE change SET act = 1", "DELETE FROM change", "UPDATE read_log SET count = 2", "DELETE FROM read_log",
)  # fmt: skip
REFUSED_ON = {
    "postgresql": (
        "TRUNCATE act", "TRUNCATE change", "TRUNCATE read_log", "TRUNCATE act, change CASCADE",
        "INSERT INTO act SELECT * FROM act WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET reason = 'x'",
    ),
    "sqlite": (
        "INSERT OR REPLACE INTO act SELECT * FROM act WHERE seq = 1",
        "REPLACE INTO change SELECT * FROM change WHERE act = 1",
        "REPLACE INTO read_log SELECT * FROM read_log",
        "UPDATE OR REPLACE act SET seq = 2 WHERE seq = 1",
    ),
}  # fmt: skip


def test_log_takes_no_update_delete_truncate_or_replace(kept, problems, actor):
    record_read(actor=actor, what="dossier", at=AT, person=1)
    for statement in REFUSED + REFUSED_ON[connection.vendor]:
        with pytest.raises(DatabaseError, match="nhat ky chi duoc ghi them"), transaction.atomic():
            sql(statement)
    assert (problems(), Act.objects.count(), Change.objects.count(), Read.objects.count()) == ([], 3, 3, 1)


# --- the act itself


def test_act_without_changes_is_not_written(actor):
    with act(actor=actor, action="dossier.write", at=AT) as log:
        pass
    assert (log.seq, Act.objects.count()) == (None, 0)


def test_act_without_the_right_does_not_begin(actor):
    asked = []

    class Counting(Actor):
        def may(self, action: str) -> bool:
            asked.append(action)
            return super().may(action)

    weak = Counting(user=4, role="thong-ke", actions=frozenset({"statistics.read"}))
    with pytest.raises(Forbidden), act(actor=weak, action="dossier.write", at=AT):
        raise AssertionError("the body must not run")
    strong = Counting(user=4, role="can-bo-to-chuc", actions=frozenset({"dossier.write", "import.write"}))
    for may in (None, "import.write"):
        with act(actor=strong, action="dossier.write", at=AT, may=may):
            pass
    assert asked == ["dossier.write", "dossier.write", "import.write"]


def test_error_inside_an_act_writes_nothing(actor):
    with pytest.raises(RuntimeError), act(actor=actor, action="dossier.write", at=AT) as log:
        log.inserted(Person.objects.create(full_name="An"))
        raise RuntimeError
    assert (Act.objects.count(), Change.objects.count(), Person.objects.count()) == (0, 0, 0)


def test_before_and_after_hold_only_what_differs(actor):
    person = write_person("Nguyễn Văn An", sex="nam", birth="1968-05")
    rename(person, "Nguyễn An")
    (row,) = open_change(Change.objects.get(act=2), keyring())
    assert row == ["person", person.pk, {"full_name": "Nguyễn Văn An"}, {"full_name": "Nguyễn An"}]
    (row,) = open_change(Change.objects.get(act=1), keyring())
    assert row[2] is None
    assert row[3] == {"key": person.key, "full_name": "Nguyễn Văn An", "sex": "nam", "birth": "1968-05"}


def test_moment_without_time_zone_is_refused(actor):
    with pytest.raises(ValueError, match="time zone"):
        append([], actor=actor, action="dossier.write", at=datetime(2025, 6, 2))


def test_moment_is_hashed_alike_in_every_time_zone(actor, problems):
    from zoneinfo import ZoneInfo

    for zone in ("Asia/Ho_Chi_Minh", "America/Lima", "UTC"):
        with act(actor=actor, action="dossier.write", at=AT.astimezone(ZoneInfo(zone)).replace(microsecond=7)) as log:
            log.inserted(Person.objects.create(full_name="An"))
    assert problems() == []
    assert len(set(Act.objects.values_list("at", flat=True))) == 1


def test_touched_since_names_the_last_act_of_each_person(actor, scope):
    people = [write_person(name) for name in NAMES]
    rename(people[0], "An")
    ask = {"actor": actor, "scope": scope}
    assert touched_since(people=[p.pk for p in people], seq=2, **ask) == {people[0].pk: 4, people[2].pk: 3}
    assert touched_since(people=[people[1].pk], seq=2, **ask) == {}
    assert touched_since(people=range(people[0].pk, people[0].pk + 1000), seq=3, **ask) == {people[0].pk: 4}


def test_log_is_read_only_by_who_may(kept, scope):
    counter = Actor(user=4, role="thong-ke", actions=frozenset({"statistics.read"}))
    reads = (
        lambda: check_chain(actor=counter, scope=scope),
        lambda: changes_of(person=1, actor=counter, scope=scope),
        lambda: reads_of(person=1, actor=counter, scope=scope),
    )
    for read in reads:
        with pytest.raises(Forbidden):
            read()
    keeper = Actor(user=4, role="can-bo-don-vi", actions=frozenset({"dossier.write"}))
    assert changes_of(person=Person.objects.get(full_name=NAMES[0]).pk, actor=keeper, scope=scope).count() == 1
