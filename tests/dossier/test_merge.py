"""Two dossiers become one and can be parted again; what was sealed stays readable, nothing is lost."""

from datetime import date

import pytest

from canbo.access.models import User
from canbo.access.policy import GROUPS, ROLES
from canbo.audit.models import Act
from canbo.audit.queries import changes_of, check_chain, last_seq
from canbo.dossier.changes import MergeRefused, add_record, edit_person, id_index, merge_people, unmerge_people
from canbo.dossier.merging import tables_of_person
from canbo.dossier.models import (
    Attachment,
    Declaration,
    DeclarationRound,
    DeclaredNone,
    Employment,
    Person,
    PersonMerge,
    Qualification,
    Waiver,
)
from canbo.dossier.queries import SEAL_BROKEN, NotVisible, sections
from canbo.dossier.sections import RECORD_SECTIONS
from canbo.kernel.actors import Actor, Forbidden, Scope
from tests.dossier.world import AT, ON, marked_person, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(actor, scope):
    return {"on": ON, "actor": actor, "scope": scope, "at": AT, "reason": "một người"}


@pytest.fixture
def pair(db) -> tuple[Person, Person]:
    """A bare dossier, and one full of records."""
    home = unit("A")
    bare = person("Nguyễn Văn An", home)
    Employment.objects.filter(person=bare).update(start="2011")
    return bare, marked_person(home)


def text(of: Person, actor, scope) -> str:
    of.refresh_from_db()
    return str([(s.title, s.pairs, [cells for _, cells in s.rows]) for s in sections(of=of, actor=actor, scope=scope)])


def rows(of: Person) -> dict[str, list[int]]:
    return {m._meta.db_table: list(m._default_manager.filter(person=of).order_by("pk").values_list("pk", flat=True))
            for m in tables_of_person()}  # fmt: skip


def stored(of: Person) -> dict:
    return Person.objects.filter(pk=of.pk).values().get()


def test_every_table_of_a_person_is_known_to_the_merge():
    known = set(tables_of_person())
    assert {s.model for s in RECORD_SECTIONS} | {Waiver, Attachment} <= known


def test_everything_moves_and_stays_readable(pair, ask, actor, scope):
    kept, merged = pair
    Waiver.objects.create(person=merged, standard="x", authority="BTV", reason="đặc biệt")
    Attachment.objects.create(person=merged, filename="a.pdf", media_type="x", size=1, sha256="0" * 64, added_at=AT)
    before, shown = rows(merged), text(merged, actor, scope)
    merge = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    after = rows(kept)
    assert {table: set(ids) for table, ids in before.items() if ids} == {
        table: set(ids) for table, ids in merge.moved["rows"].items() if ids
    }
    assert all(set(ids) <= set(after[table]) for table, ids in before.items())
    assert not any(rows(merged).values())
    told = text(kept, actor, scope)
    assert SEAL_BROKEN not in told
    for value in ("zfamily90", "zhealth90", "zhistory90", "zevaluation90", "zidentity0", "zreligion0", "zcontact0"):
        assert value in shown and value in told
    assert "Nguyễn Văn An" in told


def test_merge_and_its_undo_are_one_act_each_in_both_histories(pair, ask, actor, scope):
    kept, merged = pair
    merge = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    assert (Act.objects.count(), Act.objects.get().action) == (1, "dossier.merge")
    unmerge_people(merge=merge.pk, **ask)
    assert Act.objects.count() == 2
    for of in pair:
        assert [c.act for c in changes_of(person=of.pk, actor=actor, scope=scope)] == [2, 1]
    assert check_chain(actor=actor, scope=scope).problems == ()


def test_undo_gives_both_dossiers_back(pair, ask, actor, scope):
    kept, merged = pair
    before = [(rows(of), text(of, actor, scope)) for of in pair]
    first = stored(kept)
    merge = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    unmerge_people(merge=merge.pk, **ask)
    assert [(rows(of), text(of, actor, scope)) for of in pair] == before
    assert stored(kept) == first
    assert stored(merged)["merged_into_id"] is None
    assert PersonMerge.objects.get().undone
    with pytest.raises(MergeRefused, match="đã được tách lại"):
        unmerge_people(merge=merge.pk, **ask)
    merge_people(kept=merged.pk, merged=kept.pk, **ask)


def test_undo_keeps_what_was_written_after_the_merge(pair, ask, actor, scope):
    kept, merged = pair
    merge = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    common = {"person": kept.pk, "on": ON, "actor": actor, "scope": scope, "at": AT}
    edit_person(values={"native_place": "Xã Lũng Cú"}, seen_seq=last_seq(), **common)
    added = add_record(table="award", values={"text": "Giấy khen"}, **common)
    unmerge_people(merge=merge.pk, **ask)
    assert stored(kept)["native_place"] == "Xã Lũng Cú"
    assert stored(kept)["main_duty"] == ""
    assert added.pk in rows(kept)["award"]


def test_only_empty_fields_are_filled_and_a_place_is_not_put_together_from_two(ask):
    home = unit("A")
    kept = person("An", home, native_place="Xã Lũng Cú", phone_sealed="0911111111", birth="1968")
    merged = person("Văn An", home, native_place="Xã Đồng Văn", native_province="02", native_commune="00001",
                    phone_sealed="0922222222", birth="1968-05-12", sex="nam", party_known_from=date(2020, 1, 1),
                    party_status="dang-vien", personal_id_sealed="001199000001",
                    personal_id_index=id_index("001199000001"))  # fmt: skip
    phone = kept.phone_sealed
    merge_people(kept=kept.pk, merged=merged.pk, **ask)
    now = Person.objects.get(pk=kept.pk)
    assert (now.full_name, now.birth.iso, now.phone_sealed) == ("An", "1968", phone)
    assert (now.native_place, now.native_province, now.native_commune) == ("Xã Lũng Cú", "", "")
    assert (now.sex, now.party_status, now.party_known_from) == ("nam", "dang-vien", date(2020, 1, 1))
    assert now.personal_id_index == id_index("001199000001")


def test_what_both_declare_of_one_day_does_not_stop_the_merge(ask):
    home = unit("A")
    kept, merged = person("An", home), person("Văn An", home)
    for of in (kept, merged):
        DeclaredNone.objects.create(person=of, kind="discipline", known_from=date(2025, 1, 1))
        DeclaredNone.objects.create(person=of, kind="planning")
    merge = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    assert DeclaredNone.objects.filter(person=kept).count() == 3
    unmerge_people(merge=merge.pk, **ask)
    assert [DeclaredNone.objects.filter(person=of).count() for of in (kept, merged)] == [2, 2]


def test_account_of_the_merged_dossier_follows_and_comes_back(pair, ask):
    kept, merged = pair
    own = User.objects.create(username="an", display_name="An", person_key=merged.key)
    merge = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    own.refresh_from_db()
    assert own.person_key == kept.key
    unmerge_people(merge=merge.pk, **ask)
    own.refresh_from_db()
    assert own.person_key == merged.key


def test_merge_that_cannot_be_is_refused(pair, ask):
    kept, merged = pair
    third = person("Lê Chi", unit("C"))
    with pytest.raises(MergeRefused, match="Hai hồ sơ là một"):
        merge_people(kept=kept.pk, merged=kept.pk, **ask)
    first = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    for one, other in ((third, merged), (merged, third), (kept, merged)):
        with pytest.raises(MergeRefused, match="đã được nhập vào một hồ sơ khác"):
            merge_people(kept=one.pk, merged=other.pk, **ask)
    second = merge_people(kept=third.pk, merged=kept.pk, **ask)
    with pytest.raises(MergeRefused, match="tách hai hồ sơ trước"):
        unmerge_people(merge=first.pk, **ask)
    unmerge_people(merge=second.pk, **ask)
    unmerge_people(merge=first.pk, **ask)
    assert not Person.objects.exclude(merged_into=None).exists()


def test_merge_needs_its_right_and_both_dossiers_in_the_scope(pair, ask, scope):
    kept, merged = pair
    keeper = Actor(user=4, role="can-bo-don-vi", actions=ROLES["can-bo-don-vi"].actions)
    with pytest.raises(Forbidden):
        merge_people(kept=kept.pk, merged=merged.pk, **(ask | {"actor": keeper}))
    Employment.objects.filter(person=merged).update(unit=unit("B"))
    mine = Scope(units=frozenset({Employment.objects.get(person=kept).unit_id}), groups=frozenset(GROUPS))
    with pytest.raises(NotVisible):
        merge_people(kept=kept.pk, merged=merged.pk, **(ask | {"scope": mine}))
    merge = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    with pytest.raises(NotVisible):
        unmerge_people(merge=merge.pk, **(ask | {"scope": mine}))
    assert PersonMerge.objects.filter(undone=False).count() == 1


def test_record_both_dossiers_hold_alike_is_not_doubled_and_comes_back(ask):
    home = unit("A")
    kept, merged = person("An", home), person("Văn An", home)
    for of in (kept, merged):
        Qualification.objects.create(person=of, kind="llct", level="trung-cap", obtained="2015")
    Qualification.objects.create(person=merged, kind="llct", level="cao-cap", obtained="2020")
    merge = merge_people(kept=kept.pk, merged=merged.pk, **ask)
    assert list(Qualification.objects.filter(person=kept).order_by("pk").values_list("level", flat=True)) == ["trung-cap", "cao-cap"]
    assert Employment.objects.filter(person=kept).count() == 1
    unmerge_people(merge=merge.pk, **ask)
    assert [Qualification.objects.filter(person=of).count() for of in (kept, merged)] == [1, 2]


def test_chosen_fields_come_from_the_other_dossier_and_undo_restores_exactly(ask, actor, scope):
    home = unit("A")
    kept = person("Nguyễn Văn An", home, birth="1968", phone_sealed="0911111111", native_place="Xã Lũng Cú", native_commune="00712")
    merged = person("Nguyễn Văn An", home, birth="1968-05-12", phone_sealed="0922222222", native_place="Xã Đồng Văn",
                    party_known_from=date(2020, 1, 1), sex="nam")  # fmt: skip
    before = [stored(of) for of in (kept, merged)]
    merge = merge_people(kept=kept.pk, merged=merged.pk, take=["birth", "phone_sealed", "native_place"], **ask)
    now = stored(kept)
    assert (now["birth"].iso, now["native_place"], now["native_commune"], now["sex"]) == ("1968-05-12", "Xã Đồng Văn", "", "nam")
    assert "0922222222" in text(kept, actor, scope) and "0911111111" not in text(kept, actor, scope)
    unmerge_people(merge=merge.pk, **ask)
    assert [stored(of) for of in (kept, merged)] == before
    assert "0911111111" in text(kept, actor, scope)


def test_answers_of_both_to_one_round_do_not_stop_the_merge(ask):
    home = unit("A")
    kept, merged = person("An", home), person("Văn An", home)
    asked = DeclarationRound.objects.create(unit=home, name="x", opens_on=ON, closes_on=ON, items=["award"])
    for of in (kept, merged):
        Declaration.objects.create(round=asked, person=of)
    merge_people(kept=kept.pk, merged=merged.pk, **ask)
    assert Declaration.objects.filter(person=kept).count() == 1
