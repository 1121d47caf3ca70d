"""One dossier is written: old and new in the log, nothing lost between two editors, only what the writer may see."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canbo.access.models import User
from canbo.access.policy import GROUPS, ROLES
from canbo.audit.chain import open_change
from canbo.audit.changes import keyring
from canbo.audit.models import Act, Change
from canbo.audit.queries import check_chain, last_seq
from canbo.dossier.changes import (
    MergeRefused,
    StaleDossier,
    ValueRefused,
    add_record,
    correct_record,
    edit_person,
    id_index,
)
from canbo.dossier.models import DeclaredNone, Discipline, Employment, Person, Qualification
from canbo.dossier.queries import NotVisible, sections
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import PartialDate
from tests.dossier.world import AT, ON, person, unit

pytestmark = pytest.mark.django_db
ALL = frozenset(GROUPS)


@pytest.fixture
def an(db) -> Person:
    return person("Nguyễn Văn An", unit("A"), sex="nam", phone_sealed="0912345678")


@pytest.fixture
def edit(an, actor, scope):
    def write(*, seen: int | None = None, **values: Any) -> int | None:
        options = {"actor": actor, "scope": scope, "person": an.pk} | {k: values.pop(k) for k in list(values) if k in ("actor", "scope")}
        return edit_person(values=values, seen_seq=last_seq() if seen is None else seen, on=ON, at=AT, reason="theo giấy", **options)

    return write


@pytest.fixture
def add(an, actor, scope):
    def write(table: str, **values: Any) -> Any:
        options = {"actor": actor, "scope": scope} | {k: values.pop(k) for k in list(values) if k in ("actor", "scope")}
        return add_record(person=an.pk, table=table, values=values, on=ON, at=AT, **options)

    return write


@pytest.fixture
def correct(an, actor, scope):
    def write(row: Any, *, seen: int | None = None, **values: Any) -> int | None:
        return correct_record(
            person=an.pk, table=row._meta.db_table, row=row.pk, values=values,
            seen_seq=last_seq() if seen is None else seen, on=ON, actor=actor, scope=scope, at=AT, reason="theo giấy",
        )  # fmt: skip

    return write


def last_change() -> list[Any]:
    (row,) = open_change(Change.objects.get(act=last_seq()), keyring())
    return row


# --- fields of the person


def test_edit_keeps_old_and_new_in_the_log(an, edit):
    seq = edit(full_name="Nguyễn Văn  An ".replace("  ", " "), sex="nu", birth="12/5/1968")
    an.refresh_from_db()
    assert (an.sex, an.birth) == ("nu", PartialDate(1968, 5, 12))
    assert last_change() == ["person", an.pk, {"sex": "nam"}, {"sex": "nu", "birth": "1968-05-12"}]
    assert (Act.objects.get().seq, Act.objects.get().reason, Change.objects.get().person) == (seq, "theo giấy", an.pk)


def test_emptied_field_shows_in_the_log_as_gone(an, edit):
    edit(sex=None, phone_sealed="")
    an.refresh_from_db()
    assert (an.sex, an.phone_sealed) == ("", "")
    _, _, before, after = last_change()
    assert (set(before), after) == ({"sex", "phone_sealed"}, {})


def test_edit_that_says_the_same_writes_no_act(an, edit):
    before = an.phone_sealed
    assert edit(full_name=" Nguyễn Văn An", phone_sealed="0912345678", birth=None, native_place="") is None
    an.refresh_from_db()
    assert (an.phone_sealed, Act.objects.count()) == (before, 0)


def test_decomposed_letters_are_stored_composed(an, edit):
    import unicodedata

    edit(full_name=unicodedata.normalize("NFD", "Đặng Thị Hồng"))
    assert Person.objects.get().full_name == "Đặng Thị Hồng"


def test_personal_id_is_sealed_and_found_by_its_index(an, edit):
    edit(personal_id_sealed=" 001199000001 ")
    found = Person.objects.get(personal_id_index=id_index("001199000001"))
    assert "001199000001" not in repr(list(Person.objects.values()))
    edit(personal_id_sealed="")
    found.refresh_from_db()
    assert (found.personal_id_sealed, found.personal_id_index) == ("", "")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"birth": "31/2/1968"}, "“Ngày sinh”: “31/2/1968”: tháng 2/1968 không có ngày 31"),
        ({"birth": "hôm qua"}, "“Ngày sinh”: Không đọc được"),
        ({"sex": "khác"}, "“Giới tính”"),
        ({"full_name": "  "}, "“Họ và tên khai sinh”"),
        ({"full_name": "A" * 121}, "“Họ và tên khai sinh”"),
        ({"full_name": "A\x00n"}, "ký tự điều khiển"),
        ({"phone_sealed": "9" * 300}, "“Điện thoại” quá dài"),
        ({"personal_id_sealed": "123"}, "đúng 12 chữ số"),
        ({"personal_id_sealed": "٠٠١١٩٩٠٠٠٠٠١"}, "đúng 12 chữ số"),
        ({"party_joined": "2000-05", "party_official": "2000-04-30"}, "“Ngày chính thức” (30/04/2000) trước “Ngày vào Đảng” (05/2000)"),
    ],
)  # fmt: skip
def test_wrong_value_is_refused_in_one_sentence_and_nothing_is_written(an, edit, values, said):
    with pytest.raises(ValueRefused) as caught:
        edit(native_place="Xã Lũng Cú", **values)
    assert said in str(caught.value)
    an.refresh_from_db()
    assert (an.native_place, Act.objects.count()) == ("", 0)


@pytest.mark.parametrize("name", ["id", "key", "merged_into", "personal_id_index", "ethnicity_text", "mật khẩu"])
def test_column_nobody_types_is_not_written(an, edit, name):
    with pytest.raises((Forbidden, ValueError)):
        edit(**{name: "1"})
    assert Act.objects.count() == 0


# --- two editors


def test_stale_edit_is_refused_and_names_who_changed_what(an, edit):
    binh = User.objects.create(username="binh", display_name="Trần Thị Bình")
    organiser = Actor(user=binh.pk, role="can-bo-to-chuc", actions=ROLES["can-bo-to-chuc"].actions)
    seen = last_seq()
    edit(actor=organiser, native_place="Xã Lũng Cú", phone_sealed="0987654321")
    edit(sex="nu")
    with pytest.raises(StaleDossier) as caught:
        edit(seen=seen, full_name="Nguyễn An")
    assert [act.seq for act in caught.value.acts] == [seen + 1, seen + 2]
    assert "Trần Thị Bình, người quản trị tại máy sửa (08:30 ngày 02/06/2025; " in str(caught.value)
    assert all(label in str(caught.value) for label in ("Quê quán", "Điện thoại", "Giới tính"))
    assert Person.objects.get(pk=an.pk).full_name == "Nguyễn Văn An"
    edit(full_name="Nguyễn An")


def test_stale_edit_tells_nothing_of_groups_the_editor_does_not_see(an, edit):
    seen = last_seq()
    edit(phone_sealed="0987654321", religion_sealed="phat-giao")
    with pytest.raises(StaleDossier) as caught:
        edit(seen=seen, full_name="Nguyễn An", scope=Scope(units=None, groups=frozenset({"basic"})))
    assert "thoại" not in str(caught.value) and "Tôn giáo" not in str(caught.value)
    assert "người quản trị tại máy" in str(caught.value)


def test_change_of_another_dossier_is_no_conflict(an, edit, actor, scope):
    other = person("Trần Thị Bình", unit("B"))
    seen = last_seq()
    edit_person(person=other.pk, values={"sex": "nu"}, seen_seq=seen, on=ON, actor=actor, scope=scope, at=AT)
    assert edit(seen=seen, sex="nu") == seen + 2


# --- rights


def test_edit_of_an_unseen_group_is_forbidden(an, edit):
    keeper = Scope(units=None, groups=frozenset({"basic"}))
    for values in ({"phone_sealed": "0987654321"}, {"sex": "nu", "religion_sealed": "phat-giao"}, {"recruited_on": "1990"}):
        with pytest.raises(Forbidden, match="nhóm thông tin này"):
            edit(scope=keeper, **values)
    an.refresh_from_db()
    assert (an.sex, Act.objects.count()) == ("nam", 0)


def test_record_of_an_unseen_group_is_neither_added_nor_corrected(an, add, correct, actor):
    rest = Scope(units=None, groups=ALL - {"discipline"})
    with pytest.raises(Forbidden):
        add("discipline", text="khiển trách", scope=rest)
    with pytest.raises(Forbidden):
        add("declared_none", kind="discipline", scope=rest)
    row = add("declared_none", kind="llct", scope=rest)
    with pytest.raises(Forbidden):
        correct_record(person=an.pk, table="declared_none", row=row.pk, values={"kind": "discipline"}, seen_seq=last_seq(),
                       on=ON, actor=actor, scope=rest, at=AT, reason="x")  # fmt: skip
    assert (Discipline.objects.count(), DeclaredNone.objects.get().kind) == (0, "llct")


def test_keeper_of_one_unit_does_not_write_elsewhere_not_even_her_own_dossier(an, edit):
    keeper = Actor(user=4, role="can-bo-don-vi", actions=ROLES["can-bo-don-vi"].actions)
    elsewhere = frozenset({unit("B").pk})
    with pytest.raises(NotVisible):
        edit(actor=keeper, scope=Scope(units=elsewhere, groups=ALL), sex="nu")
    with pytest.raises(Forbidden, match="Hồ sơ của chính bạn"):
        edit(actor=keeper, scope=Scope(units=elsewhere, groups=ALL, own_person=an.pk), sex="nu")
    with pytest.raises(Forbidden):
        edit(actor=Actor(user=4, role="ca-nhan", actions=ROLES["ca-nhan"].actions),
             scope=Scope(units=frozenset(), groups=ALL, own_person=an.pk), sex="nu")  # fmt: skip
    assert Act.objects.count() == 0


# --- records


def test_record_is_added_with_everything_it_holds(an, add):
    row = add("pay", start="1/2020", coefficient="2.34", step="3", rank_code="01.003")
    row.refresh_from_db()
    assert (row.start, row.coefficient, row.step) == (PartialDate(2020, 1), Decimal("2.34"), 3)
    table, pk, before, after = last_change()
    assert (table, pk, before) == ("pay", row.pk, None)
    assert after == {"person_id": an.pk, "start": "2020-01", "coefficient": "2.34", "step": 3, "rank_code": "01.003"}


def test_correction_keeps_old_and_new_and_needs_the_newest_state(an, add, correct):
    row = add("qualification", kind="chuyen-mon", level="dai-hoc", obtained="2001")
    seen = last_seq()
    assert correct(row, level="thac-si") == seen + 1
    assert last_change() == ["qualification", row.pk, {"level": "dai-hoc"}, {"level": "thac-si"}]
    with pytest.raises(StaleDossier, match="Trình độ"):
        correct(row, seen=seen, level="tien-si")
    assert correct(row, level="thac-si") is None


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("2020", "2019", False), ("2020-05", "2020-04-30", False), ("2020-05-02", "2020-05-01", False),
        ("2020-05-02", "2020-04", False), ("2020", "2020", True), ("2020-05-02", "2020", True), ("2020", "2020-01-01", True),
        ("2020-05-02", "2020-05-02", True), ("2020-12-31", "2021", True), (None, "2019", True), ("2020", None, True),
    ],
)  # fmt: skip
def test_end_before_start_is_refused_as_far_as_both_are_known(an, add, correct, start, end, fits):
    home = Employment.objects.get(person=an).unit
    if fits:
        add("employment", unit=home, start=start, end=end)
        return
    with pytest.raises(ValueRefused, match=r"“Đến” .* trước “Từ” .*; xin xem lại hai ngày này"):
        add("employment", unit=home, start=start, end=end)
    row = add("employment", unit=home, start=start)
    with pytest.raises(ValueRefused, match="“Đến”"):
        correct(row, end=end)
    assert Employment.objects.get(pk=row.pk).end is None


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        ("qualification", {"kind": "thêu"}, "“Loại”"),
        ("pay", {"coefficient": "hai"}, "“Hệ số”"),
        ("pay", {"coefficient": "12345.67"}, "“Hệ số”"),
        ("employment", {"start": "2020"}, "“Đơn vị”"),
        ("holding", {"title": 999}, "“Chức danh”"),
        ("discipline", {"decided_on": "2020-05", "ended_on": "2019"}, "“Ngày hết hiệu lực” (2019)"),
        ("mật khẩu", {}, "Không tìm thấy mục này"),
        ("review", {}, "Không tìm thấy mục này"),
    ],
)
def test_wrong_record_is_refused_in_one_sentence(an, add, table, values, said):
    with pytest.raises(ValueRefused) as caught:
        add(table, **values)
    assert said in str(caught.value)
    assert Act.objects.count() == 0


def test_same_declaration_twice_is_refused(an, add):
    add("declared_none", kind="discipline", known_from=date(2025, 1, 1))
    with pytest.raises(ValueRefused, match="đã có trong hồ sơ"):
        add("declared_none", kind="discipline", known_from="2025-01-01")


def test_record_is_not_moved_to_another_person_nor_found_at_one(an, add, correct, actor, scope):
    other = person("Trần Thị Bình", unit("B"))
    row = add("qualification", kind="llct", level="so-cap")
    for name in ("person", "person_id", "id"):
        with pytest.raises(ValueError, match="no column"):
            correct(row, **{name: other.pk})
    with pytest.raises(ValueRefused, match="Không tìm thấy mục này"):
        correct_record(person=other.pk, table="qualification", row=row.pk, values={"level": "cao-cap"},
                       seen_seq=last_seq(), on=ON, actor=actor, scope=scope, at=AT, reason="x")  # fmt: skip
    assert Qualification.objects.get().level == "so-cap"


def test_sealed_record_is_sealed_at_its_person(an, add, actor, scope):
    row = add("relative", relation="con", side="minh", name_sealed="Nguyễn Thị Dung", birth_year="2001")
    assert "Dung" not in row.name_sealed
    shown = str([s.rows for s in sections(of=an, actor=actor, scope=scope)])
    assert "Nguyễn Thị Dung" in shown


def test_merged_dossier_takes_no_more_writing(an, add, edit):
    other = person("Trần Thị Bình", unit("B"))
    Person.objects.filter(pk=an.pk).update(merged_into=other)
    for write in (lambda: edit(sex="nu"), lambda: add("award", text="Giấy khen")):
        with pytest.raises(MergeRefused, match="đã được nhập vào một hồ sơ khác"):
            write()


def test_chain_is_whole_after_all_this(an, add, edit, correct, actor, scope):
    row = add("award", text="Giấy khen", on="2020")
    edit(sex="nu")
    correct(row, text="Bằng khen")
    assert check_chain(actor=actor, scope=scope).problems == ()
