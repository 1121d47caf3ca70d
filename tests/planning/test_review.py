"""The yearly review: exactly who must leave, with why; one paper changed flips exactly that one proposal."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from canbo.assess.law_sets import EXAMPLES, Law, read_laws
from canbo.audit.changes import keyring
from canbo.dossier.models import (
    Decision,
    DeclaredNone,
    Discipline,
    Employment,
    Holding,
    Person,
    Qualification,
    Rating,
    Waiver,
)
from canbo.engine.law.loader import CENTRAL
from canbo.kernel.actors import Actor, Scope
from canbo.planning.models import Round, Slate
from canbo.planning.queries import lines, slates
from canbo.planning.review import Proposal, proposal_json, proposals
from canbo.snapshot.store import load
from tests.planning.world import AGE_ON, AT, NEXT, NOW, World, law

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DEPUTY = "pho-chu-tich-ubnd-xa"
LAST_MONTH_OUT, FIRST_MONTH_IN = "1974-02-20", "1974-03-20"  # a man reaches 62 in 02/2036: 59 whole months after 01/3/2031
OVER_BY_NOW, TILL_TOMORROW = "2025-06-15", "2025-06-16"  # twelve months later the decision no longer speaks of planning
BEFORE = {
    "An": "keep", "Già": "remove", "Vừa": "keep", "Khiển trách hết": "attention", "Khiển trách còn": "remove",
    "Cảnh cáo hết": "attention", "Cảnh cáo còn": "remove", "Đã giữ": "remove", "Đã nghỉ": "remove", "Xếp loại kém": "attention",
    "Chi": "attention", "Đặc biệt": "keep",
}  # fmt: skip


@pytest.fixture
def world(actor: Actor, scope: Scope) -> World:
    return World({"actor": actor, "scope": scope, "at": AT})


def disciplined(person: int, form: str, decided: str) -> None:
    DeclaredNone.objects.filter(person=person).delete()
    Discipline.objects.create(person_id=person, side="dang", form=form, decided_on=decided)


def special(person: int) -> None:
    paper = Decision.objects.create(number="77-CV/TU", issued_on="2026-05-02", issuer="Ban Thường vụ Tỉnh ủy")
    Waiver.objects.create(
        person_id=person, standard="quy-hoach-tuoi", criterion="tuoi", purpose="planning", authority="Ban Thường vụ Tỉnh ủy",
        reason="địa bàn thiếu nguồn", start="2026-05-02", decision=paper,
    )  # fmt: skip


def cast(world: World) -> dict[str, int]:
    born = {"Già": LAST_MONTH_OUT, "Vừa": FIRST_MONTH_IN, "Đặc biệt": LAST_MONTH_OUT}
    people = {name: world.official(f"Lò Văn {name}", birth=born.get(name, "1988-05-10")) for name in BEFORE}
    for name, form, decided in (
        ("Khiển trách hết", "khien-trach", OVER_BY_NOW), ("Khiển trách còn", "khien-trach", TILL_TOMORROW),
        ("Cảnh cáo hết", "canh-cao", OVER_BY_NOW), ("Cảnh cáo còn", "canh-cao", TILL_TOMORROW),
    ):  # fmt: skip
        disciplined(people[name], form, decided)
    Holding.objects.create(person_id=people["Đã giữ"], unit=world.home, title=world.titles[DEPUTY], start="2026-02-01")
    Employment.objects.filter(person=people["Đã nghỉ"]).update(end="2026-06-01")
    Rating.objects.filter(person=people["Xếp loại kém"], period="2025").update(grade="khong-hoan-thanh")
    DeclaredNone.objects.filter(person=people["Chi"]).delete()
    special(people["Đặc biệt"])
    for one in people.values():
        world.planned(one)
    return people


def reviewed(world: World, of: Round, *, under: Law | None = None, sources: bool = False) -> dict[int, Proposal]:
    asked: dict[str, Any] = {"actor": world.who["actor"], "scope": world.who["scope"]}
    found: list[Slate] = slates(round=of, **asked)
    rows = lines(slates=found, **asked)
    made = proposals(slates=found, lines=rows, law=under or law(), snapshot=load(keyring()), sources=sources, **asked)
    return {one.line.person_id: one for group in made.values() for one in group}


def test_exactly_the_right_people_leave_each_with_its_reason(world):
    people = cast(world)
    found = reviewed(world, world.round((DEPUTY, NEXT, "next")), sources=True)
    assert {name: found[pk].says for name, pk in people.items()} == BEFORE
    why = {name: "; ".join(found[pk].why) for name, pk in people.items()}
    assert "Còn ít nhất một nhiệm kỳ công tác" in why["Già"] and "Quy định 377-QĐ/TW, Độ tuổi quy hoạch" in why["Già"]
    assert "đang giữ Phó Chủ tịch UBND xã" in why["Đã giữ"] and "Chỉ quy hoạch chức danh cao hơn" in why["Đã giữ"]
    assert why["Đã nghỉ"] == "Không còn công tác trong phạm vi quản lý (đến 01/06/2026): đã nghỉ, thôi việc hoặc chuyển đi"
    assert "không hoàn thành nhiệm vụ" in why["Xếp loại kém"] and "kỷ luật" in why["Chi"].lower()
    assert "trường hợp đặc biệt theo văn bản số 77-CV/TU ngày 02/05/2026, Ban Thường vụ Tỉnh ủy" in why["Đặc biệt"]
    records = {one.source for one in found[people["Khiển trách còn"]].judged.against}
    assert records == {f"discipline:{Discipline.objects.get(person=people['Khiển trách còn']).pk}"}


def test_clock_of_planning_and_clock_of_appointment_are_told_apart(world):
    people = cast(world)
    found = reviewed(world, world.round((DEPUTY, NEXT, "next")))

    def asked_by(name: str) -> set[str]:
        return {r.purpose for r in found[people[name]].judged.reasons if r.verdict == "no" and r.code == "ky-luat"}

    assert {name: asked_by(name) for name in BEFORE if "hết" in name or "còn" in name} == {
        "Khiển trách hết": {"appointment"}, "Khiển trách còn": {"planning", "appointment"},
        "Cảnh cáo hết": {"appointment"}, "Cảnh cáo còn": {"planning", "appointment"},
    }  # fmt: skip
    told = proposal_json(found[people["Cảnh cáo còn"]])
    assert {r["cite"].split(",")[0] for r in told["reasons"] if r["code"] == "ky-luat"} == {"Quy định 377-QĐ/TW"}


def flips(world: World, people: dict[str, int]) -> dict[str, tuple[Callable[[], object], str]]:
    """One paper of each person changed → what is proposed then."""

    def born(name: str, on: str) -> Callable[[], object]:
        return lambda: Person.objects.filter(pk=people[name]).update(birth=on)

    def decided(name: str, on: str) -> Callable[[], object]:
        return lambda: Discipline.objects.filter(person=people[name]).update(decided_on=on)

    return {
        "An": (lambda: disciplined(people["An"], "khien-trach", "2026-01-05"), "remove"),
        "Già": (born("Già", FIRST_MONTH_IN), "keep"), "Vừa": (born("Vừa", LAST_MONTH_OUT), "remove"),
        "Khiển trách hết": (decided("Khiển trách hết", TILL_TOMORROW), "remove"),
        "Khiển trách còn": (decided("Khiển trách còn", OVER_BY_NOW), "attention"),
        "Cảnh cáo hết": (decided("Cảnh cáo hết", TILL_TOMORROW), "remove"),
        "Cảnh cáo còn": (decided("Cảnh cáo còn", OVER_BY_NOW), "attention"),
        "Đã giữ": (lambda: Holding.objects.filter(person=people["Đã giữ"], title__code=DEPUTY).update(end="2026-06-01"), "keep"),
        "Đã nghỉ": (lambda: Employment.objects.filter(person=people["Đã nghỉ"]).update(end=None), "keep"),
        "Xếp loại kém": (lambda: Rating.objects.filter(person=people["Xếp loại kém"]).update(grade="hoan-thanh"), "keep"),
        "Chi": (lambda: DeclaredNone.objects.create(person_id=people["Chi"], kind="discipline", known_from="2020-01-01"), "keep"),
        "Đặc biệt": (lambda: Waiver.objects.all().delete(), "remove"),
    }  # fmt: skip


def test_one_changed_paper_flips_exactly_one_proposal(world):
    people = cast(world)
    of = world.round((DEPUTY, NEXT, "next"))
    for name, (change, expected) in flips(world, people).items():
        with transaction.atomic():
            change()
            found = reviewed(world, of)
            assert {one: found[pk].says for one, pk in people.items()} == {**BEFORE, name: expected}, name
            transaction.set_rollback(True)


def test_standard_lost_by_a_new_rule_names_both_documents_from_its_first_day(world, tmp_path):
    """A province asks for a degree that may no longer be completed later: who has none stays the day before, leaves on the day."""
    an, binh = world.official("Lò Thị An"), world.official("Vàng Văn Bình")
    Qualification.objects.filter(person=binh, kind="chuyen-mon").update(level="cao-dang")
    for one in (an, binh):
        world.planned(one)
    under = _stricter(tmp_path / "tinh")
    day_before = reviewed(world, world.round((DEPUTY, NEXT, "next"), on=date(2026, 6, 14)), under=under)
    on_the_day = reviewed(world, world.round((DEPUTY, NEXT, "next"), on=date(2026, 6, 15)), under=under)
    assert [(day_before[one].says, on_the_day[one].says) for one in (an, binh)] == [("keep", "keep"), ("attention", "remove")]
    [reason] = on_the_day[binh].judged.against
    assert (reason.cause, reason.cite, reason.before) == (
        "quy định mới", "Quy định (ví dụ) 9-QĐ/TU, Điều 3 (ví dụ)", "Quy định (ví dụ) VD-QĐ/TU",
    )  # fmt: skip
    [said] = on_the_day[binh].why
    assert said.endswith("(Quy định (ví dụ) 9-QĐ/TU, Điều 3 (ví dụ); quy định mới, trước là Quy định (ví dụ) VD-QĐ/TU)")


def _stricter(folder: Path) -> Law:
    """The example province with a second version of its standard from 15/6/2026."""
    shutil.copytree(EXAMPLES / "vi-du-tinh", folder)
    documents, standards = folder / "documents.toml", folder / "standards" / "commune.toml"
    first = documents.read_text(encoding="utf-8")
    documents.write_text(first + NEW_DOCUMENT, encoding="utf-8")
    before, code, after = standards.read_text(encoding="utf-8").partition('code = "ubnd-xa"')
    old, rest = after.split("[[standard]]", 1)
    version = old.partition("[[standard.version]]")[2]
    ended = old.replace("from = 2025-09-15", "from = 2025-09-15\nto = 2026-06-15")
    new = version.replace("vd-tinh-2025", "moi-2026").replace("from = 2025-09-15", "from = 2026-06-15")
    new = new.replace("fixable_before = true\narticle = \"Điều 3", "article = \"Điều 3")
    standards.write_text(f"{before}{code}{ended}[[standard.version]]{new}[[standard]]{rest}", encoding="utf-8")
    return Law(law().central, (read_laws([CENTRAL, folder], run_cases=False),))


NEW_DOCUMENT = """
[[document]]
key = "moi-2026"
number = "9-QĐ/TU"
kind = "Quy định (ví dụ)"
issuer = "Ban Thường vụ Tỉnh ủy (trình diễn)"
regime = "party"
title = "Tiêu chuẩn chức danh lãnh đạo cấp xã, sửa đổi, ví dụ"
dated = 2026-06-10
from = 2026-06-15
evidence = "local"
"""


def test_age_of_the_present_term_is_asked_only_where_the_province_says_it(world):
    """Forty months in the example province, the central text leaves it open, and so does the review."""
    short, enough = world.official("Lò Văn Già", birth="1968-01-20"), world.official("Lò Văn Vừa", birth="1970-01-20")
    for one in (short, enough):
        world.planned(one, term=NOW)
    of = world.round((DEPUTY, NOW, "current"))
    assert AGE_ON[NOW] == of.on
    found = reviewed(world, of)
    assert [found[one].says for one in (short, enough)] == ["remove", "keep"]
    centre = reviewed(world, of, under=Law(law().central))
    assert "planning-age-current" in centre[short].judged.ungrounded
    assert not [r for r in centre[short].judged.against if r.purpose == "planning-age-current"]
