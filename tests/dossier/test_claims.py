"""Certified and disputed values: written, refused, settled – and since when a record without a date is known."""

from datetime import date
from typing import Any

import pytest

from canbo.access.policy import GROUPS
from canbo.audit.models import Act
from canbo.audit.queries import last_seq
from canbo.dossier.certifying import certify_field
from canbo.dossier.changes import DecisionText, StaleDossier, ValueRefused, add_record, correct_record, edit_person
from canbo.dossier.disputes import disputes_among, open_disputes, record_dispute, withdraw_dispute
from canbo.dossier.models import CertifiedValue, Decision, DisputedValue, Person
from canbo.facts.registry import Ask
from canbo.kernel.actors import Forbidden, Scope
from canbo.kernel.dates import PartialDate
from canbo.organization.settings import put_setting
from canbo.snapshot.holder import Holder
from canbo.snapshot.queries import facts_frame
from tests.dossier.world import AT, ON, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(db: None) -> Person:
    return person("Nguyễn Văn An", unit("A"), sex="nam", birth="1968-05-12", ethnicity="kinh")


@pytest.fixture
def desk(actor: Any, scope: Any) -> dict[str, Any]:
    return {"on": ON, "actor": actor, "scope": scope, "at": AT}


def birth_fact(of: Person, scope: Scope) -> tuple[date, date]:
    from canbo.audit.changes import keyring

    frame = facts_frame(snapshot=Holder().current(keyring()), ask=Ask(ON), names=["birth"], scope=scope)
    row = frame.filter(frame["key"] == of.pk).row(0, named=True)
    return row["birth.lo"], row["birth.hi"]


# --- disputes


def test_disputed_birth_is_an_interval_until_one_value_is_certified(an: Person, desk: dict[str, Any], scope: Scope) -> None:
    record_dispute(person=an.pk, field="birth", value="3/2/1970", said_by="Danh sách đảng viên 2023", **desk)
    assert birth_fact(an, scope) == (date(1968, 5, 12), date(1970, 2, 3))
    certify_field(
        person=an.pk, field="birth", value="3/2/1970", paper="Giấy khai sinh số 12", certified_on=None, seen_seq=last_seq(), **desk
    )
    assert birth_fact(an, scope) == (date(1970, 2, 3), date(1970, 2, 3))
    assert DisputedValue.objects.get().settled_by == "Giấy khai sinh số 12"
    an.refresh_from_db()
    assert an.birth == PartialDate(1968, 5, 12)


def test_open_dispute_shows_both_values_and_who_said_it(an: Person, desk: dict[str, Any], actor: Any, scope: Scope) -> None:
    record_dispute(person=an.pk, field="ethnicity", value="Tày", said_by="Sổ hộ khẩu", **desk)
    (found,) = open_disputes(of=an, actor=actor, scope=scope)
    assert (found.label, found.ours, found.theirs, found.said_by) == ("Dân tộc", "Kinh", "Tày", "Sổ hộ khẩu")
    assert disputes_among(people={an.pk}, actor=actor, scope=scope) == [found]
    assert disputes_among(people=set(), actor=actor, scope=scope) == []


@pytest.mark.parametrize(
    ("field", "value", "said_by", "told"),
    [
        ("birth", "12/5/1968", "giấy", "nói giống hồ sơ"),
        ("birth", "hôm qua", "giấy", "Không đọc được"),
        ("birth", "", "giấy", "Hãy ghi “Ngày sinh”"),
        ("birth", "1970", " ", "Hãy ghi nguồn"),
        ("sex", "khác", "giấy", "không có trong danh mục"),
        ("personal_id_sealed", "001199000001", "giấy", "hãy chọn mục khác"),
    ],
)
def test_dispute_that_cannot_be_is_refused(an: Person, desk: dict[str, Any], field: str, value: str, said_by: str, told: str) -> None:
    with pytest.raises(ValueRefused, match=told):
        record_dispute(person=an.pk, field=field, value=value, said_by=said_by, **desk)
    assert Act.objects.count() == 0


def test_same_dispute_is_recorded_once(an: Person, desk: dict[str, Any]) -> None:
    record_dispute(person=an.pk, field="birth", value="1970", said_by="giấy", **desk)
    with pytest.raises(ValueRefused, match="đang chờ"):
        record_dispute(person=an.pk, field="birth", value="1970", said_by="giấy khác", **desk)


def test_withdrawn_dispute_leaves_the_dossier_as_typed(an: Person, desk: dict[str, Any], scope: Scope) -> None:
    row = record_dispute(person=an.pk, field="birth", value="1970", said_by="giấy", **desk)
    withdraw_dispute(person=an.pk, dispute=row.pk, seen_seq=last_seq(), reason="danh sách gõ nhầm", **desk)
    assert birth_fact(an, scope) == (date(1968, 5, 12), date(1968, 5, 12))
    row.refresh_from_db()
    assert (row.settled_on, row.settled_by) == (ON, "Bỏ: danh sách gõ nhầm")


@pytest.mark.parametrize("field", ["birth", "party_joined"])
def test_claim_on_a_group_not_seen_is_forbidden(an: Person, desk: dict[str, Any], field: str) -> None:
    group = {"birth": "basic", "party_joined": "party"}[field]
    blind = desk | {"scope": Scope(units=None, groups=frozenset(GROUPS) - {group})}
    with pytest.raises(Forbidden):
        record_dispute(person=an.pk, field=field, value="1970", said_by="giấy", **blind)
    with pytest.raises(Forbidden):
        certify_field(person=an.pk, field=field, value="1970", paper="giấy", certified_on=None, seen_seq=0, **blind)


# --- certifying


def test_certifying_names_the_paper(an: Person, desk: dict[str, Any]) -> None:
    with pytest.raises(ValueRefused, match="giấy tờ gốc"):
        certify_field(person=an.pk, field="birth", value="1968", paper=" ", certified_on=None, seen_seq=last_seq(), **desk)
    assert CertifiedValue.objects.count() == 0


def test_certifying_what_somebody_just_changed_is_stale(an: Person, desk: dict[str, Any]) -> None:
    seen = last_seq()
    edit_person(person=an.pk, values={"birth": "1969"}, seen_seq=seen, **desk)
    with pytest.raises(StaleDossier):
        certify_field(person=an.pk, field="birth", value="1968", paper="giấy", certified_on=None, seen_seq=seen, **desk)


def test_claim_written_as_a_record_is_checked_too(an: Person, desk: dict[str, Any]) -> None:
    with pytest.raises(ValueRefused, match="Không đọc được"):
        add_record(person=an.pk, table="certified_value", values={"field": "birth", "value": "x", "paper": "giấy"}, **desk)


# --- records: since when they are known, and by which decision


@pytest.mark.parametrize(
    ("table", "values", "known"),
    [
        ("qualification", {"kind": "llct", "level": "cao-cap"}, ON),
        ("qualification", {"kind": "llct", "level": "cao-cap", "obtained": "2020"}, None),
        ("qualification", {"kind": "llct", "level": "cao-cap", "known_from": date(2020, 1, 2)}, date(2020, 1, 2)),
        ("award", {"form": "giay-khen"}, ON),
        ("award", {"form": "giay-khen", "on": "2020"}, None),
        ("discipline", {"form": "canh-cao", "decided_on": "2020-05"}, None),
        ("declared_none", {"kind": "discipline"}, ON),
    ],
)
def test_record_without_a_day_of_its_own_is_known_from_the_day_it_is_written(
    an: Person, desk: dict[str, Any], table: str, values: dict[str, Any], known: date | None
) -> None:
    row: Any = add_record(person=an.pk, table=table, values=values, **desk)
    assert row.known_from == known


def test_party_status_without_a_date_is_known_from_the_day_it_is_written(an: Person, desk: dict[str, Any]) -> None:
    edit_person(person=an.pk, values={"party_status": "dang-vien"}, seen_seq=last_seq(), **desk)
    an.refresh_from_db()
    assert an.party_known_from == ON


def test_decision_is_written_once_and_found_again(an: Person, desk: dict[str, Any]) -> None:
    paper = DecisionText(number="12-QĐ/TU", issued_on=PartialDate(2020, 5, 1), issuer="Tỉnh ủy")
    first: Any = add_record(person=an.pk, table="award", values={"form": "bang-khen"}, decision=paper, **desk)
    second: Any = add_record(person=an.pk, table="award", values={"form": "giay-khen"}, decision=paper, **desk)
    assert first.decision_id == second.decision_id == Decision.objects.get().pk
    correct_record(
        person=an.pk, table="award", row=first.pk, values={}, decision=DecisionText(), seen_seq=last_seq(), reason="nhầm", **desk
    )
    first.refresh_from_db()
    assert first.decision_id is None


# --- sensitive matters


def test_history_is_closed_until_the_agency_opens_it(an: Person, desk: dict[str, Any], actor: Any, scope: Scope) -> None:
    values = {"item": "34.1", "present": False, "conclusion_sealed": "KL 12, 1/2/2020, Tỉnh ủy"}
    with pytest.raises(ValueRefused, match="chưa cho phép"):
        add_record(person=an.pk, table="history_conclusion", values=values, **desk)
    put_setting(name="history", value=True, unit=None, document="QĐ 58", actor=actor, scope=scope, at=AT)
    row: Any = add_record(person=an.pk, table="history_conclusion", values=values, **desk)
    assert row.pk and "KL 12" not in row.conclusion_sealed


def test_family_origin_is_never_written(an: Person, desk: dict[str, Any]) -> None:
    with pytest.raises(Forbidden):
        edit_person(person=an.pk, values={"family_origin": "x"}, seen_seq=last_seq(), **desk)
