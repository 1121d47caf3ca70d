"""An retires, Bình's appointment ends, Chi's dossier lacks items, Dũng declares: each on its day, by its rule, to who may see it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.due import SOURCES, Due, DueRequest, due, entry_of, names_of, unreckoned
from canbo.assess.law_sets import Law, law_in_force
from canbo.assess.reviews import save_review
from canbo.assess.verdicts import AssessRequest, assess
from canbo.audit.changes import keyring
from canbo.cli.due import as_json
from canbo.dossier.models import (
    Declaration,
    DeclarationRound,
    Discipline,
    Employment,
    Holding,
    Person,
)
from canbo.engine.law.calendars import Calendar
from canbo.engine.law.loader import laid_over
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.organization.lead_times import due_kinds, lead_days
from canbo.organization.models import Setting, Title, Unit
from canbo.organization.settings import LeadRefused, put_lead_days
from canbo.snapshot.store import Snapshot, load

pytestmark = pytest.mark.django_db
LAW = law_in_force(None)
ACTOR, SCOPE = LOCAL_ACCESS.actor, LOCAL_ACCESS.scope


@pytest.fixture
def xa() -> Unit:
    return Unit.objects.create(code="XA1", name="Xã Một", level="xa")


def person(name: str, birth: str | None, at: Unit, sex: str = "nam") -> Person:
    made = Person.objects.create(full_name=name, birth=birth, sex=sex)
    Employment.objects.create(person=made, unit=at, start="2005", known_from=date(2026, 3, 2))
    return made


def holding(of: Person, code: str, at: Unit, **more: Any) -> Holding:
    title, _ = Title.objects.get_or_create(code=code, defaults={"name": code.replace("-", " ")})
    return Holding.objects.create(person=of, unit=at, title=title, title_text=f"Chức vụ {code}", **more)


def asked(start: date, end: date, *kinds: str, law: Law = LAW, scope: Scope = SCOPE, actor: Actor = ACTOR, **more: Any) -> list[Due]:
    request = DueRequest(start=start, end=end, law=law)
    snapshot: Snapshot = more.pop("snapshot", None) or load(keyring())
    return due(request=request, sources=SOURCES, snapshot=snapshot, actor=actor, scope=scope, kinds=kinds, **more)


def test_retirement_is_told_as_the_issue_says(xa: Unit) -> None:
    """Month known, a range for a year-only birth, nobody who is past it, nobody without a birth date – who is said apart."""
    an, binh = person("Nguyễn Văn An", "1964-05-10", xa), person("Trần Văn Bình", "1964", xa)
    person("Lê Văn Chi", "1950-01-01", xa)
    person("Phạm Văn Dũng", None, xa)
    start, end, snapshot = date(2025, 1, 1), date(2026, 12, 31), load(keyring())
    rows = asked(start, end, "retirement", snapshot=snapshot)
    people = names_of({row.key for row in rows}, snapshot=snapshot)
    told = [as_json(row, *people[row.key]) for row in rows]
    cite = {"kind": "retirement", "what": "Đủ tuổi nghỉ hưu", "rule": "Điều 4 khoản 2", "cite": "Nghị định 135/2020/NĐ-CP"}
    assert json.loads(json.dumps(told)) == [
        {"person": {"id": binh.pk, "name": "Trần Văn Bình", "birth": "1964"}, "from": "2025-04", "to": "2026-06", **cite},
        {"person": {"id": an.pk, "name": "Nguyễn Văn An", "birth": "1964-05-10"}, "month": "2025-08", **cite},
    ]
    request = DueRequest(start=start, end=end, law=LAW)
    (sentence,) = unreckoned(request=request, snapshot=snapshot, actor=ACTOR, scope=SCOPE)
    assert sentence.startswith("1 người chưa có ngày sinh")


def test_appointment_ends_by_the_law_of_its_day_with_its_notice_in_working_days(xa: Unit) -> None:
    an, binh, chi = (person(name, "1980-01-01", xa) for name in ("An", "Bình", "Chi"))
    holding(an, "truong-phong-kt-xa", xa, start="2021-07-05")
    holding(binh, "truong-phong-kt-xa", xa, start="2015", term_end="2026-12-31")
    holding(chi, "truong-phong-kt-xa", xa, start="2016-01-01", reappointed_on="2021-12")
    holding(chi, "pho-truong-phong-xa", xa, start="2021-08-01", kind="acting")
    holding(chi, "truong-phong-vhxh-xa", xa, start="2021-08-01", since_list=True)
    rows = asked(date(2026, 6, 1), date(2026, 12, 31), "appointment")
    assert [(row.key, row.text, row.cite) for row in rows] == [
        (an.pk, "05/07/2026", "Nghị định 138/2020/NĐ-CP Điều 41"), (chi.pk, "01/12/2026–31/12/2026", "Nghị định 138/2020/NĐ-CP Điều 41"),
        (binh.pk, "31/12/2026", "Thời hạn ghi trong hồ sơ"),
    ]  # fmt: skip
    # 90 days until the decree of 01/8/2026, 90 working days from it: counted by hand, with 22/8 worked and 24/11 open.
    assert rows[0].note == "thông báo bổ nhiệm lại chậm nhất 06/04/2026 (Nghị định 170/2025/NĐ-CP Bổ nhiệm lại)"
    assert rows[2].note.startswith("thông báo bổ nhiệm lại chậm nhất 22/08/2026–24/08/2026 (chưa rõ ngày 24/11/2026 có nghỉ không)")
    assert asked(date(2026, 6, 1), date(2026, 12, 31), "term") == []


def test_elected_term_is_no_appointment(xa: Unit) -> None:
    holding(an := person("An", "1980-01-01", xa), "chu-tich-hdnd-xa", xa, start="2021-06-01", term_end="2026-06-30")
    (row,) = asked(date(2026, 6, 1), date(2026, 8, 31), "term", "appointment")
    assert (row.key, row.kind, row.text) == (an.pk, "term", "30/06/2026")


def test_incomplete_dossier_says_what_is_missing_since_when_and_only_what_the_reader_sees(xa: Unit) -> None:
    chi = person("Chi", None, xa)
    (row,) = asked(date(2026, 6, 1), date(2026, 6, 30), "dossier")
    assert (row.key, row.text, row.since) == (chi.pk, "từ 02/03/2026", date(2026, 3, 2))
    assert "ngày sinh" in row.what
    assert "tôn giáo" in row.what
    few = Scope(units=None, groups=frozenset({"basic"}))
    (seen,) = asked(date(2026, 6, 1), date(2026, 6, 30), "dossier", scope=few)
    assert ("ngày sinh" in seen.what, "tôn giáo" in seen.what, "lý luận" in seen.what) == (True, False, False)


def test_open_work_stands_after_what_has_a_day(xa: Unit) -> None:
    person("Chi", "1964-05-10", xa)
    assert [row.kind for row in asked(date(2025, 8, 1), date(2025, 9, 1))][-2:] == ["retirement", "dossier"]


# --- declarations

OPENS = date(2026, 11, 20)  # a Friday; 24/11/2026 is not known to be off or not


@pytest.fixture
def waiting(xa: Unit) -> Iterator[dict[str, Any]]:
    """A round of the commune: An has not begun, Bình's answer waits since Monday, Chi's is of a closed round."""
    people = {name: person(name, "1980-01-01", xa) for name in ("An", "Bình")}
    one = DeclarationRound.objects.create(
        unit=xa, name="Kê khai 2026", opens_on=OPENS, closes_on=date(2026, 12, 31), items=["person.residence"], document="CV 5"
    )
    sent = Declaration.objects.create(round=one, person=people["Bình"], sent_at=datetime(2026, 11, 30, 2, tzinfo=UTC))
    sent.items.create(table="person", values_sealed="x", seen_seq=1)
    yield people | {"round": one}


def test_declaration_is_due_in_the_working_days_the_law_says(waiting: dict[str, Any]) -> None:
    rows = asked(date(2026, 11, 22), date(2026, 12, 31), "declaration")
    assert [(row.key, row.what, row.text, row.cite) for row in rows] == [
        (waiting["An"].pk, "Chưa gửi bản kê khai: Kê khai 2026", "25/11/2026–26/11/2026", "Nghị định 27/2026/NĐ-CP Điều 19"),
        (waiting["Bình"].pk, "Chờ xét bản kê khai: Kê khai 2026", "03/12/2026", "Nghị định 27/2026/NĐ-CP Điều 19"),
    ]
    assert rows[0].note.startswith("3 ngày làm việc từ 20/11/2026: ")
    assert "chưa rõ ngày 24/11/2026 có nghỉ không" in rows[0].note


def test_what_is_late_is_still_there_and_says_so(waiting: dict[str, Any]) -> None:
    assert [row.what for row in asked(date(2026, 12, 15), date(2026, 12, 16), "declaration")] == [
        "Quá hạn – chưa gửi bản kê khai: Kê khai 2026", "Quá hạn – chờ xét bản kê khai: Kê khai 2026",
    ]  # fmt: skip
    assert [row.key for row in asked(date(2027, 1, 4), date(2027, 1, 5), "declaration")] == [waiting["Bình"].pk]


def test_before_the_decree_and_without_a_calendar_nothing_is_made_up(waiting: dict[str, Any]) -> None:
    one = waiting["round"]
    one.opens_on = date(2026, 6, 1)
    one.save()
    (row, _) = asked(date(2026, 12, 1), date(2026, 12, 31), "declaration")[::-1]
    assert (row.text, row.rule) == ("31/12/2026", "Hạn của đợt kê khai")
    bare = replace(LAW, central=replace(LAW.central, calendar=Calendar(), hash="bare"))
    row = asked(date(2026, 11, 22), date(2026, 12, 31), "declaration", law=bare)[0]
    assert "chưa có lịch năm 2026" in row.note


def test_reader_who_runs_no_rounds_sees_none(waiting: dict[str, Any]) -> None:
    reader = replace(ACTOR, actions=frozenset({"dossier.read"}))
    assert asked(date(2026, 11, 22), date(2026, 12, 31), "declaration", actor=reader) == []


# --- standards lost


TITLE = "chu-tich-ubnd-xa"


def law_under_45() -> Law:
    """The law, where the standard of a commune's chairman is one thing alone: to be younger than 45."""
    (standard,) = (s for s in LAW.central.standards.values() if TITLE in s.titles and s.purpose == "title")
    one = standard.on(date(2024, 2, 1))
    assert one is not None
    criterion = replace(one.criteria[0], code="tuoi", label="Dưới 45 tuổi", require="age < 45", applies="", exceptions=(), severity="block")
    version = replace(one, criteria=(criterion,), complete=True)
    changed = replace(standard, versions=(version,))
    return Law(laid_over(LAW.central, {standard.code: changed}))


def test_standard_lost_since_the_last_review_and_on_a_coming_day(xa: Unit, at: datetime) -> None:
    """Bình passed the review and turned 45 since, An turns 45 in the period; Chi never passed, Dũng's birth day is not known."""
    law, made = law_under_45(), {}
    for name, birth in (("An", "1979-03-15"), ("Bình", "1979-01-10"), ("Chi", "1970-01-01"), ("Dũng", "1979")):
        made[name] = person(name, birth, xa)
        holding(made[name], TITLE, xa, start="2023-09-01")
    snapshot = load(keyring())
    request = AssessRequest(on=date(2023, 10, 1), title="held")
    report = assess(request=request, law=law, snapshot=snapshot, actor=ACTOR, scope=SCOPE)
    save_review(report=report, unit=None, laws=law.central.hash, actor=ACTOR, scope=SCOPE, at=at)
    rows = asked(date(2024, 2, 1), date(2024, 6, 30), "standard", law=law, snapshot=snapshot)
    assert [(row.key, row.text, row.since, row.what.split(":")[0], row.note) for row in rows] == [
        (made["An"].pk, "15/03/2024", None, "Sẽ không còn đạt", "Dưới 45 tuổi"),
        (made["Bình"].pk, "từ 01/10/2023", date(2023, 10, 1), "Không còn đạt", "Dưới 45 tuổi"),
    ]
    assert all(row.cite for row in rows)
    unseen = replace(ACTOR, actions=frozenset({"dossier.read"}))
    assert asked(date(2024, 2, 1), date(2024, 6, 30), "standard", law=law, snapshot=snapshot, actor=unseen) == []


# --- days ahead


def test_lead_times_are_data_until_an_agency_sets_its_own(xa: Unit, at: datetime) -> None:
    below = Unit.objects.create(code="PH1", name="Phòng", level="xa", parent=xa)
    assert lead_days(unit=below.pk) == {code: kind.lead_days for code, kind in due_kinds().items()}
    told = {"document": "CV 7", "actor": ACTOR, "scope": SCOPE, "at": at}
    put_lead_days(kind="term", days="45", unit=None, **told)
    put_lead_days(kind="term", days="60", unit=xa.pk, **told)
    assert [lead_days(unit=unit)["term"] for unit in (None, xa.pk, below.pk)] == [45, 60, 60]
    wrong = (("term", "-1", "không phải số ngày"), ("term", "99999", "không phải số ngày"), ("nghi", "5", "Không có loại việc"))
    for kind, days, words in wrong:
        with pytest.raises(LeadRefused, match=words):
            put_lead_days(kind=kind, days=days, unit=None, **told)
    with pytest.raises(Forbidden):
        put_lead_days(kind="term", days="5", unit=None, **told | {"scope": Scope(units=frozenset({xa.pk}), groups=SCOPE.groups)})
    assert Setting.objects.filter(name="lead_days.term").count() == 2


def test_each_kind_is_asked_only_so_far_ahead(xa: Unit) -> None:
    person("An", "1964-05-10", xa)
    holding(person("Bình", "1980-01-01", xa), "chu-tich-hdnd-xa", xa, start="2021", term_end="2025-08-20")
    lead = dict.fromkeys(due_kinds(), 0) | {"retirement": 90}
    told = [
        [row.kind for row in asked(date(2025, 6, 1), date(2025, 6, 1), "retirement", "term", lead=lead | more)]
        for more in ({}, {"term": 80})
    ]  # fmt: skip
    assert told == [["retirement"], ["term", "retirement"]]


def test_bar_after_discipline_ends_and_is_hidden_from_who_may_not_see_it(xa: Unit) -> None:
    an = person("An", "1980-01-01", xa)
    Discipline.objects.create(person=an, side="dang", form="canh-cao", decided_on="2024-01-10")
    span = (date(2024, 6, 1), date(2027, 12, 31))
    assert [row.key for row in asked(*span, "block")] == [an.pk]
    assert asked(*span, "block", scope=replace(SCOPE, groups=frozenset({"basic", "career"}))) == []


def test_entry_of_a_calendar_carries_note_and_citation(xa: Unit) -> None:
    row = Due(1, "appointment", date(2026, 7, 5), date(2026, 7, 5), False, "Hết thời hạn", "Điều 41", "NĐ", note="thông báo trước")
    entry = entry_of(row, "An")
    assert (entry.summary, entry.description) == ("Hết thời hạn; thông báo trước: An", "NĐ Điều 41")
