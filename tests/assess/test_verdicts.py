"""An meets the standard of a commune's Party secretary, Bình is one month short, Chi's papers are missing, Dũng is under discipline."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.law_sets import law_in_force
from canbo.assess.verdicts import AssessRequest, NoStandard, assess, explanation
from canbo.audit.changes import keyring
from canbo.dossier.models import Decision, DeclaredNone, Discipline, Employment, Holding, Person, Qualification, Waiver
from canbo.kernel.actors import Forbidden, Scope
from canbo.organization.models import Title, Unit
from canbo.snapshot.store import Snapshot, load

pytestmark = pytest.mark.django_db
TITLE, LOCAL = "bi-thu-xa", "vi-du-tinh"
UNDER_QD04, UNDER_ND33, UNDER_QD365 = date(2019, 6, 1), date(2024, 6, 1), date(2026, 6, 1)
EVERYTHING: dict[str, Any] = {"law": law_in_force(None), "actor": LOCAL_ACCESS.actor}


def unit(code: str) -> Unit:
    return Unit.objects.create(code=code, name=f"Xã {code}", level="xa")


def person(name: str, birth: str | None, at: Unit, *, papers: bool = True) -> Person:
    """A man in service since 2005, never a leader, with a university degree and the senior certificate of theory."""
    made = Person.objects.create(full_name=name, birth=birth, sex="nam")
    Employment.objects.create(person=made, unit=at, start="2005")
    DeclaredNone.objects.create(person=made, kind="holding")
    Qualification.objects.create(person=made, kind="pho-thong", level="12-12", obtained="1998")
    Qualification.objects.create(person=made, kind="chuyen-mon", level="dai-hoc", obtained="2004")
    if papers:
        Qualification.objects.create(person=made, kind="llct", level="cao-cap", obtained="2015")
    return made


def one(of: Person, on: date, *, snapshot: Snapshot | None = None, **more: Any) -> dict[str, Any]:
    """The one verdict of a person; by the central law unless another is named."""
    asked = {"title": TITLE, "overlay": "", "scope": LOCAL_ACCESS.scope} | EVERYTHING | more
    (found,) = explanation(person=of.pk, on=on, snapshot=snapshot or load(keyring()), **asked)
    return found


def criterion(verdict: dict[str, Any], code: str) -> dict[str, Any]:
    return next(c for c in verdict["criteria"] if c["code"] == code)


def test_three_days_are_judged_by_three_documents() -> None:
    an = person("Nguyễn Văn An", "1980-05-10", unit("XA1"))
    told = [one(an, on) for on in (UNDER_QD04, UNDER_ND33, UNDER_QD365)]
    assert [v["standard"]["document"] for v in told] == ["qd04-2004", "nd33-2023", "qd365-2025"]
    assert [v["verdict"] for v in told] == ["yes", "yes", "ungrounded"]


def test_local_law_gives_the_verdict_where_the_central_frame_cannot() -> None:
    an = person("Nguyễn Văn An", "1980-05-10", unit("XA1"))
    found = one(an, UNDER_QD365, overlay=LOCAL)
    assert (found["verdict"], found["standard"]["document"]) == ("yes", "vd-tinh-2025")
    assert found["overlay"]["example"] is True


def test_local_law_holds_for_the_units_below_the_one_it_names() -> None:
    province = Unit.objects.create(code="tinh-19", name="Tỉnh", level="tinh")
    below = Unit.objects.create(code="XA1", name="Xã XA1", level="xa", parent=province)
    an, binh = person("Nguyễn Văn An", "1980-05-10", below), person("Trần Văn Bình", "1980-05-10", unit("XA2"))
    assert one(an, UNDER_QD365, overlay="auto")["verdict"] == "yes"
    assert one(binh, UNDER_QD365, overlay="auto")["verdict"] == "ungrounded"


def test_one_month_short_fails_and_says_by_how_much() -> None:
    xa = unit("XA1")
    an, binh = person("Nguyễn Văn An", "1967-06-10", xa), person("Trần Văn Bình", "1967-05-10", xa)
    assert one(an, UNDER_ND33)["verdict"] == "yes"
    found = one(binh, UNDER_ND33)
    assert found["verdict"] == "no"
    assert [c["code"] for c in found["criteria"] if c["verdict"] == "no"] == ["tuoi"]
    assert "59" in criterion(found, "tuoi")["gap"]


def test_missing_paper_is_neither_met_nor_failed() -> None:
    chi = person("Lê Văn Chi", "1980-05-10", unit("XA1"), papers=False)
    found = one(chi, UNDER_ND33)
    assert found["verdict"] == "unknown"
    assert criterion(found, "llct")["verdict"] == "unknown"
    assert criterion(found, "llct")["gap"].startswith("Cần bổ sung giấy tờ về: ")


def test_discipline_bars_an_appointment_until_its_clock_is_over() -> None:
    xa = unit("XA1")
    an, dung = person("Nguyễn Văn An", "1980-05-10", xa), person("Phạm Văn Dũng", "1980-05-10", xa)
    DeclaredNone.objects.create(person=an, kind="discipline")
    Discipline.objects.create(person=dung, side="dang", form="canh-cao", decided_on="2024-01-10")
    asked = {"purpose": "appointment", "snapshot": load(keyring())}
    assert criterion(one(an, UNDER_ND33, **asked), "ky-luat")["verdict"] == "yes"
    assert criterion(one(dung, UNDER_ND33, **asked), "ky-luat")["verdict"] == "no"
    assert one(dung, UNDER_ND33, **asked)["verdict"] == "no"
    assert criterion(one(dung, date(2030, 1, 1), **asked), "ky-luat")["verdict"] == "yes"


def test_waiver_stands_beside_the_verdict_and_changes_nothing() -> None:
    binh = person("Trần Văn Bình", "1967-05-10", unit("XA1"))
    decision = Decision.objects.create(number="12-QĐ/TU")
    Waiver.objects.create(
        person=binh, standard="bi-thu-dang-uy-xa", criterion="tuoi", authority="Ban Thường vụ Tỉnh ủy", reason="Trường hợp đặc biệt",
        start="2024-01-01", end="2025-01-01", decision=decision,
    )  # fmt: skip
    found = one(binh, UNDER_ND33)
    assert found["verdict"] == "no"
    said = {
        "criterion": "tuoi", "authority": "Ban Thường vụ Tỉnh ủy", "reason": "Trường hợp đặc biệt", "document": "12-QĐ/TU",
        "from": "2024-01-01", "to": "2025-01-01",
    }  # fmt: skip
    assert found["waiver"].items() >= said.items() and found["waivers"] == [found["waiver"]]
    assert one(binh, UNDER_QD365)["waiver"] is None


def test_found_values_name_the_record_they_come_from() -> None:
    an = person("Nguyễn Văn An", "1980-05-10", unit("XA1"))
    paper = Qualification.objects.get(person=an, kind="llct")
    (found,) = criterion(one(an, UNDER_ND33), "llct")["found"]
    assert (found["fact"], found["text"], found["source"]) == ("political_theory", "Cao cấp", f"qualification:{paper.pk}")


def test_person_outside_the_scope_is_not_explained_and_not_reviewed() -> None:
    here, elsewhere = unit("XA1"), unit("XA2")
    an, binh = person("Nguyễn Văn An", "1980-05-10", here), person("Trần Văn Bình", "1980-05-10", elsewhere)
    scope = Scope(units=frozenset({here.pk}), groups=LOCAL_ACCESS.scope.groups)
    snapshot = load(keyring())
    asked = {"on": UNDER_ND33, "title": TITLE, "snapshot": snapshot, "scope": scope} | EVERYTHING
    assert explanation(person=binh.pk, **asked) == []
    assert len(explanation(person=an.pk, **asked)) == 1
    report = assess(request=AssessRequest(on=UNDER_ND33, title=TITLE), snapshot=snapshot, scope=scope, **EVERYTHING)
    assert [row.key for row in report.rows] == [an.pk]


def test_own_dossier_is_explained_whatever_the_units() -> None:
    an = person("Nguyễn Văn An", "1980-05-10", unit("XA1"))
    scope = Scope(units=frozenset(), groups=LOCAL_ACCESS.scope.groups, own_person=an.pk)
    assert one(an, UNDER_ND33, scope=scope)["verdict"] == "yes"


def test_reader_without_the_group_is_refused() -> None:
    an = person("Nguyễn Văn An", "1980-05-10", unit("XA1"))
    scope, snapshot = replace(LOCAL_ACCESS.scope, groups=frozenset({"basic", "career"})), load(keyring())
    with pytest.raises(Forbidden):
        one(an, UNDER_ND33, scope=scope, snapshot=snapshot)
    with pytest.raises(Forbidden):
        assess(request=AssessRequest(on=UNDER_ND33, title=TITLE), snapshot=snapshot, scope=scope, **EVERYTHING)


def test_second_question_about_a_person_sees_what_was_written_between(actor, scope, at) -> None:
    chi = person("Lê Văn Chi", "1980-05-10", unit("XA1"), papers=False)
    before = load(keyring())
    assert [one(chi, UNDER_ND33, snapshot=before)["verdict"] for _ in range(2)] == ["unknown", "unknown"]
    Qualification.objects.create(person=chi, kind="llct", level="trung-cap", obtained="2015")
    assert one(chi, UNDER_ND33)["verdict"] == "yes"


def test_review_says_of_everybody_what_the_explanation_says_of_one() -> None:
    xa = unit("XA1")
    made = [
        person("Nguyễn Văn An", "1980-05-10", xa), person("Trần Văn Bình", "1967-05-10", xa),
        person("Lê Văn Chi", "1980-05-10", xa, papers=False), person("Phạm Văn Dũng", "1967", xa),
    ]  # fmt: skip
    snapshot = load(keyring())
    request = AssessRequest(on=UNDER_ND33, title=TITLE)
    report = assess(request=request, snapshot=snapshot, scope=LOCAL_ACCESS.scope, **EVERYTHING)
    assert [(row.verdict, row.failed, row.unknown) for row in report.rows] == [
        ("yes", (), ()), ("no", ("tuoi",), ()), ("unknown", (), ("llct",)), ("unknown", (), ("tuoi",)),
    ]  # fmt: skip
    assert [one(who, UNDER_ND33, snapshot=snapshot)["verdict"] for who in made] == [row.verdict for row in report.rows]
    assert report.counts == {"yes": 1, "no": 1, "unknown": 2}


def test_title_without_a_standard_is_said_so() -> None:
    an = person("Nguyễn Văn An", "1980-05-10", unit("XA1"))
    with pytest.raises(NoStandard, match="khong-co"):
        one(an, UNDER_ND33, title="khong-co")


def test_title_that_is_in_no_list_any_more_is_said_and_the_others_are_judged() -> None:
    xa = unit("XA1")
    for name, code in (("Nguyễn Văn An", TITLE), ("Trần Văn Bình", "pho-phong-tem-phieu"), ("Lê Văn Chi", "chuyen-vien-xa")):
        title, _ = Title.objects.get_or_create(code=code, defaults={"name": code})
        Holding.objects.create(person=person(name, "1980-05-10", xa), unit=xa, title=title, start="2020")
    asked = {"request": AssessRequest(on=UNDER_ND33, title="held"), "snapshot": load(keyring()), "scope": LOCAL_ACCESS.scope}
    report = assess(**asked, **EVERYTHING)
    assert {row.title for row in report.rows} == {TITLE}
    assert report.left_out.startswith("Chưa xét được 1 lượt vì chức danh không có trong danh mục nào: “pho-phong-tem-phieu” (1); hãy ")


def test_person_without_a_birth_date_is_unknown_and_told_what_to_bring() -> None:
    chi = person("Lê Văn Chi", None, unit("XA1"))
    found = one(chi, UNDER_ND33)
    assert (found["verdict"], criterion(found, "tuoi")["verdict"]) == ("unknown", "unknown")
    assert criterion(found, "tuoi")["gap"].startswith("Cần bổ sung giấy tờ về: ")
