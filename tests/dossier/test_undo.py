"""Undo of the last act: a new act with the values before; refused where history does not allow it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from canbo.audit.changes import act, keyring, values_of
from canbo.audit.checking import check
from canbo.audit.models import Act
from canbo.audit.queries import last_seq
from canbo.dossier.attachments import attach, put_photo, remove_attachment
from canbo.dossier.certifying import certify_field
from canbo.dossier.changes import DecisionText, StaleDossier, add_record, correct_record, edit_person, merge_people
from canbo.dossier.disputes import record_dispute
from canbo.dossier.models import Attachment, Decision, DisputedValue, Paper, Person
from canbo.dossier.undo import UndoRefused, last_act, undo_last, undone_by
from canbo.kernel.actors import Scope
from canbo.kernel.dates import PartialDate
from tests.dossier.world import AT, ON, person, sealed, unit

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def an(db: None) -> Person:
    return person("Nguyễn Văn An", unit("A"), sex="nam", birth="1968-05-12", phone_sealed="0912345678", native_place="xã Lũng Cú")


@pytest.fixture
def desk(actor: Any, scope: Any) -> dict[str, Any]:
    return {"on": ON, "actor": actor, "scope": scope, "at": AT}


def undo(of: Person, desk: dict[str, Any]) -> int | None:
    return undo_last(person=of.pk, seq=last_seq(), reason="gõ nhầm", **desk)


def state(of: Person) -> list[dict[str, Any]]:
    """Everything of the dossier, sealed values opened: sealing anew gives other bytes."""
    from canbo.dossier.merging import tables_of_person

    rows = [values_of(Person.objects.get(pk=of.pk))]
    rows += [values_of(row) for model in tables_of_person() for row in model._default_manager.filter(person=of).order_by("pk")]
    place = f"person.phone:{of.key}"
    return [row | ({"phone_sealed": keyring().open(row["phone_sealed"], place=place)} if "phone_sealed" in row else {}) for row in rows]


def test_undo_of_any_single_act_gives_the_dossier_back_as_it_was(an: Person, desk: dict[str, Any]) -> None:
    pay: Any = add_record(person=an.pk, table="pay", values={"start": "2020", "coefficient": Decimal("2.34"), "step": 3}, **desk)
    record_dispute(person=an.pk, field="birth", value="1970", said_by="danh sách", **desk)
    kept = attach(person=an.pk, filename="anh.png", content=PNG, table="pay", row=pay.pk, **desk)
    seen = {"reason": "theo giấy", **desk}

    def edit(**values: Any) -> int | None:
        return edit_person(person=an.pk, values=values, seen_seq=last_seq(), **desk)

    def correct(**values: Any) -> int | None:
        return correct_record(person=an.pk, table="pay", row=pay.pk, values=values, seen_seq=last_seq(), **seen)

    doings: list[Callable[[], Any]] = [
        lambda: edit(birth="1969", phone_sealed="", native_place="xã Đồng Văn"),
        lambda: edit(party_status="khong", other_name="Ân"),
        lambda: add_record(person=an.pk, table="award", values={"form": "giay-khen"}, decision=DecisionText(number="7"), **desk),
        lambda: correct(coefficient=Decimal("2.67"), end="2023-05", step=None),
        lambda: certify_field(
            person=an.pk, field="birth", value="1970", paper="giấy", certified_on=None, seen_seq=last_seq(), **desk
        ),
        lambda: remove_attachment(person=an.pk, attachment=kept.pk, **seen),
        lambda: put_photo(person=an.pk, filename="a.png", content=PNG, **desk),
    ]
    before = state(an)
    for do in doings:
        do()
        assert state(an) != before
        done = undo(an, desk)
        assert state(an) == before
        assert undone_by(Act.objects.get(seq=done).action) == (done or 0) - 1
    assert (Decision.objects.count(), DisputedValue.objects.get().settled_on, Attachment.objects.get().pk) == (0, None, kept.pk)
    assert check().problems == ()


def test_undo_can_itself_be_undone(an: Person, desk: dict[str, Any]) -> None:
    edit_person(person=an.pk, values={"birth": "1969"}, seen_seq=last_seq(), **desk)
    undo(an, desk)
    undo(an, desk)
    an.refresh_from_db()
    assert an.birth == PartialDate(1969)


def test_act_followed_by_another_is_not_undone(an: Person, desk: dict[str, Any]) -> None:
    first = edit_person(person=an.pk, values={"birth": "1969"}, seen_seq=last_seq(), **desk)
    edit_person(person=an.pk, values={"sex": "nu"}, seen_seq=last_seq(), **desk)
    with pytest.raises(StaleDossier):
        undo_last(person=an.pk, seq=first or 0, reason="", **desk)


def test_act_over_many_dossiers_is_refused(an: Person, desk: dict[str, Any], actor: Any) -> None:
    binh = person("Trần Thị Bình", unit("B"))
    with act(actor=actor, action="dossier.write", at=AT) as log:
        for each in (an, binh):
            before = values_of(each)
            each.other_name = "x"
            each.save()
            log.updated(before, each, person=each.pk)
    with pytest.raises(UndoRefused, match="nhiều hồ sơ"):
        undo(an, desk)


def test_merge_is_undone_elsewhere(an: Person, desk: dict[str, Any]) -> None:
    binh = person("Trần Thị Bình", unit("B"))
    merge_people(kept=an.pk, merged=binh.pk, reason="một người", **desk)
    with pytest.raises(UndoRefused, match="không phải là sửa hồ sơ"):
        undo(an, desk)


def test_what_an_issued_paper_rests_on_is_refused(an: Person, desk: dict[str, Any]) -> None:
    row: Any = add_record(person=an.pk, table="award", values={"form": "giay-khen"}, decision=DecisionText(number="7"), **desk)
    Paper.objects.create(
        kind="quyet-dinh", side="dang", unit=unit("C"), title="Khen thưởng", state="issued", number="7", issued_on=ON,
        decision_id=row.decision_id, user=0, created_at=AT,
    )  # fmt: skip
    with pytest.raises(UndoRefused, match="đã ban hành"):
        undo(an, desk)


def test_part_not_seen_is_not_undone(an: Person, desk: dict[str, Any], scope: Any, actor: Any) -> None:
    add_record(person=an.pk, table="discipline", values={"form": "canh-cao", "decided_on": "2020"}, **desk)
    blind = Scope(units=None, groups=scope.groups - {"discipline"})
    with pytest.raises(UndoRefused, match="chưa được giao quyền xem"):
        undo(an, desk | {"scope": blind})
    last = last_act(of=an, actor=actor, scope=blind)
    assert last is not None and "chưa được giao" in last.refused


def test_dossier_without_acts_has_nothing_to_undo(an: Person, desk: dict[str, Any], actor: Any, scope: Any) -> None:
    assert last_act(of=an, actor=actor, scope=scope) is None
    with pytest.raises(UndoRefused, match="chưa có thay đổi"):
        undo(an, desk)


def test_sealed_value_comes_back_readable(an: Person, desk: dict[str, Any]) -> None:
    edit_person(person=an.pk, values={"phone_sealed": "0987654321"}, seen_seq=last_seq(), **desk)
    undo(an, desk)
    an.refresh_from_db()
    assert keyring().open(an.phone_sealed, place=f"person.phone:{an.key}") == "0912345678"
    assert sealed(an, "person", "phone_sealed", "x") != an.phone_sealed
