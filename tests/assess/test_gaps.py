"""What is missing, the field studied against the post, coming days: each counted again the slow way, one person at a time."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canbo.access.policy import GROUPS
from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.coming import coming, coming_days
from canbo.assess.fit import FitRequest, fit
from canbo.assess.gaps import cited, gap_lines, needs
from canbo.assess.law_sets import Law, law_in_force, read_laws
from canbo.assess.placing import ELSEWHERE, placing
from canbo.assess.verdicts import AssessRequest, assess, explanation
from canbo.audit.changes import keyring
from canbo.dossier.models import (
    Attendance,
    DeclaredNone,
    Discipline,
    Employment,
    Holding,
    Person,
    Qualification,
    Rating,
)
from canbo.engine.law.loader import CENTRAL
from canbo.engine.law.problems import LawRefused
from canbo.kernel.actors import Forbidden, Scope
from canbo.organization.models import Term, Title, Unit
from canbo.snapshot.store import Snapshot, load

pytestmark = pytest.mark.django_db
ACTOR, ALL = LOCAL_ACCESS.actor, LOCAL_ACCESS.scope
ON = date(2024, 6, 1)  # Nghị định 33/2023 is in force
SECRETARY = AssessRequest(on=ON, title="bi-thu-xa", overlay="")


@pytest.fixture(scope="module")
def law() -> Law:
    return law_in_force(None)


def unit(code: str, name: str, level: str, parent: Unit | None = None, kind: str = "") -> Unit:
    return Unit.objects.create(code=code, name=name, level=level, parent=parent, kind=kind)


@pytest.fixture
def units() -> dict[str, Unit]:
    """A province, two communes with a room each, and an office under the province alone."""
    top = unit("tinh-19", "Tỉnh Thử", "tinh")
    found = {"tinh": top, "so": unit("so-tai-chinh", "Sở Tài chính", "tinh", top)}
    for code in ("xa1", "xa2"):
        found[code] = unit(code, f"Xã {code.upper()}", "xa", top)
        found[f"{code}-kt"] = unit(f"{code}-kt", "Phòng Kinh tế", "xa", found[code], "ubnd-kt")
    return found


def person(name: str, at: Unit, *, birth: str = "1980-05-10", theory: str | None = "cao-cap", degree: str | None = "dai-hoc") -> Person:
    """A man in service since 2005 who never led; a paper left out (None) is missing."""
    made = Person.objects.create(full_name=name, birth=birth, sex="nam", recruited_on="2005")
    Employment.objects.create(person=made, unit=at, start="2005")
    DeclaredNone.objects.create(person=made, kind="holding")
    Qualification.objects.create(person=made, kind="pho-thong", level="12-12", obtained="1998")
    if degree:
        Qualification.objects.create(person=made, kind="chuyen-mon", level=degree, obtained="2004")
    if theory:
        Qualification.objects.create(person=made, kind="llct", level=theory, obtained="2015")
    return made


@pytest.fixture
def people(units: dict[str, Unit]) -> dict[str, Person]:
    """An meets everything, Bình is too old, Chi's papers are missing, Dũng lacks two things, Giang and Hà sit elsewhere."""
    return {
        "An": person("Nguyễn Văn An", units["xa1-kt"]),
        "Bình": person("Trần Văn Bình", units["xa1"], birth="1967-05-10"),
        "Chi": person("Lê Văn Chi", units["xa1-kt"], theory=None, degree=None),
        "Dũng": person("Đỗ Văn Dũng", units["xa2-kt"], birth="1966", theory="so-cap"),
        "Giang": person("Hồ Văn Giang", units["xa2"], degree="trung-cap"),
        "Hà": person("Mai Văn Hà", units["so"], theory="so-cap"),
    }


def snapshot() -> Snapshot:
    return load(keyring())


def told(of: int, on: date, law: Law, taken: Snapshot, **more: Any) -> dict[str, Any]:
    asked = {"title": "bi-thu-xa", "overlay": ""} | more
    (found,) = explanation(person=of, on=on, law=law, snapshot=taken, actor=ACTOR, scope=ALL, **asked)
    return found


def lacking(verdict: dict[str, Any]) -> dict[str, str]:
    """Criterion → no or unknown, of the blocking ones."""
    return {c["code"]: c["verdict"] for c in verdict["criteria"] if c["severity"] == "block" and c["verdict"] in ("no", "unknown")}


# --- gap lists


@pytest.mark.parametrize("level", ["", "xa", "tinh"])
def test_gap_lines_are_what_counting_person_by_person_gives(level: str, people: dict[str, Person], law: Law) -> None:
    taken = snapshot()
    report = assess(request=SECRETARY, law=law, snapshot=taken, actor=ACTOR, scope=ALL)
    placed = placing(on=ON, level=level, snapshot=taken, actor=ACTOR, scope=ALL)
    naive: dict[Any, dict[str, set[int]]] = {}
    sizes: dict[int | None, int] = {}
    for made in people.values():
        at = Employment.objects.get(person=made).unit
        line = [at]
        while line[-1].parent is not None:
            line.append(line[-1].parent)
        at = next((above for above in reversed(line) if above.level == level), None) if level else at
        place = ELSEWHERE if at is None else at.pk
        for where in (None, place):
            sizes[where] = sizes.get(where, 0) + 1
            for code, said in lacking(told(made.pk, ON, law, taken)).items():
                naive.setdefault((where, code), {"no": set(), "unknown": set()})[said].add(made.pk)
    lines = gap_lines(report, placed)
    assert {(x.unit, x.criterion): {"no": set(x.failed), "unknown": set(x.unknown)} for x in lines} == naive
    assert all(line.judged == sizes[line.unit] for line in lines)
    assert len(lines) == len(naive) and lines[0].unit is None
    assert [line.unit for line in lines if line.unit] == sorted((x.unit for x in lines if x.unit), key=placed.place)


def test_what_is_needed_reads_as_the_explanation_of_each_person(people: dict[str, Person], law: Law) -> None:
    taken = snapshot()
    report = assess(request=SECRETARY, law=law, snapshot=taken, actor=ACTOR, scope=ALL)
    placed = placing(on=ON, level="", snapshot=taken, actor=ACTOR, scope=ALL)
    seen = 0
    for line in gap_lines(report, placed):
        said = needs(report=report, line=line, keys=line.keys(""), law=law, snapshot=taken, actor=ACTOR, scope=ALL)
        assert set(said) == set(line.keys("")) == {*line.keys("no"), *line.keys("unknown")}
        for key, text in said.items():
            (one,) = [c for c in told(key, ON, law, taken)["criteria"] if c["code"] == line.criterion]
            assert (one["gap"], one["cite"]["article"]) == (text, line.cite.article)
            seen += 1
    assert seen >= 12
    assert cited(line.cite, "", law) == f"Nghị định 33/2023/NĐ-CP, {line.cite.article}"


def test_exceptions_are_told_by_who_they_hold_for(units: dict[str, Unit], law: Law) -> None:
    """Under QĐ 04/2004 a mountain commune asks less of somebody who led before: the words say which rule is hers."""
    units["xa1"].area = "mien-nui"
    units["xa1"].save()
    led = {name: person(name, units[at], degree="chua-qua") for name, at in (("Nguyễn Văn An", "xa1"), ("Trần Văn Bình", "xa2"))}
    title = Title.objects.create(code="bi-thu-xa", name="Bí thư Đảng ủy", level="xa")
    for made in led.values():
        DeclaredNone.objects.filter(person=made).delete()
        Holding.objects.create(person=made, title=title, unit=units["xa1"], start="2010-01-01")
    taken, on = snapshot(), date(2019, 6, 1)
    report = assess(request=AssessRequest(on=on, title="bi-thu-xa", overlay=""), law=law, snapshot=taken, actor=ACTOR, scope=ALL)
    placed = placing(on=on, level="", snapshot=taken, actor=ACTOR, scope=ALL)
    (line,) = [x for x in gap_lines(report, placed) if x.unit is None and x.criterion == "chuyen-mon"]
    said = needs(report=report, line=line, keys=line.keys(""), law=law, snapshot=taken, actor=ACTOR, scope=ALL)
    for made in led.values():
        (one,) = [c for c in told(made.pk, on, law, taken)["criteria"] if c["code"] == "chuyen-mon"]
        assert said.get(made.pk) == one["gap"]
    assert len(set(said.values())) == 2


def test_gaps_end_at_the_scope_and_at_its_field_groups(units: dict[str, Unit], people: dict[str, Person], law: Law) -> None:
    taken = snapshot()
    mine = Scope(units=frozenset({units["xa1"].pk, units["xa1-kt"].pk}), groups=frozenset(GROUPS))
    report = assess(request=SECRETARY, law=law, snapshot=taken, actor=ACTOR, scope=mine)
    lines = gap_lines(report, placing(on=ON, level="tinh", snapshot=taken, actor=ACTOR, scope=mine))
    assert {key for line in lines for key in line.keys("")} == {people["Bình"].pk, people["Chi"].pk}
    blind = Scope(units=None, groups=frozenset(GROUPS) - {"qualification"})
    with pytest.raises(Forbidden):
        needs(report=report, line=lines[0], keys=lines[0].keys(""), law=law, snapshot=taken, actor=ACTOR, scope=blind)
    with pytest.raises(Forbidden):
        fit(request=FitRequest(on=ON), law=law, snapshot=taken, actor=ACTOR, scope=blind)


# --- the field studied


def study(of: Person, field: str, level: str = "dai-hoc") -> None:
    Qualification.objects.create(person=of, kind="chuyen-mon", level=level, field=field, obtained="2004")


def test_a_field_is_a_mismatch_only_where_the_post_and_the_studies_are_on_paper(units: dict[str, Unit], law: Law) -> None:
    """The example law of the province asks Sở Tài chính and rooms of economy for fields of economy, and says nothing of others."""
    told_fields = {"econ": ["kinh-te"], "law": ["luat"], "both": ["luat", "kinh-te"], "open": [""], "half": ["luat", ""], "none": []}
    expected: dict[int, tuple[bool | None, str]] = {}
    for at, asks in (("so", True), ("xa1-kt", True), ("xa2", False)):
        for name, fields in told_fields.items():
            made = person(f"Nguyễn Văn {name}", units[at], degree=None)
            for field in fields:
                study(made, field)
            right = "kinh-te" in fields
            known = bool(fields) and "" not in fields
            said = (True, "") if right else (False, "") if known else (None, "no-field")
            expected[made.pk] = said if asks else (None, "no-post")
    loose = person("Nguyễn Văn Xa", unit("so-tai-chinh-khac", "Sở Tài chính", "tinh"), degree=None)
    study(loose, "luat")
    expected[loose.pk] = (None, "no-post")  # another province: its own law says nothing
    report = fit(request=FitRequest(on=date(2026, 1, 1)), law=law, snapshot=snapshot(), actor=ACTOR, scope=ALL)
    assert {row.key: (row.said, row.reason) for row in report.rows} == expected
    wrong = next(row for row in report.rows if row.said is False)
    assert (wrong.found, wrong.cite and wrong.cite.document, wrong.overlay) == ("Pháp luật", "vd-tinh-2025", "vi-du-tinh")
    assert wrong.wanted == "Sở Tài chính: Kinh tế"
    before = fit(request=FitRequest(on=date(2025, 9, 14)), law=law, snapshot=snapshot(), actor=ACTOR, scope=ALL)
    assert {row.said for row in before.rows} == {None}  # not yet in force


def test_a_postgraduate_is_asked_by_the_field_above_the_university(units: dict[str, Unit], law: Law) -> None:
    an, binh, chi = (person(f"Nguyễn Văn {name}", units["so"], degree=None) for name in ("An", "Bình", "Chi"))
    for made, first, second in ((an, "luat", "kinh-te"), (binh, "kinh-te", "luat"), (chi, "kinh-te", "")):
        study(made, first)
        if made is not chi:
            study(made, second, "thac-si")
    asked = {"law": law, "snapshot": snapshot(), "actor": ACTOR, "scope": ALL}
    found = fit(request=FitRequest(on=date(2026, 1, 1), question="postgraduate"), **asked)
    assert {row.key: row.said for row in found.rows} == {an.pk: True, binh.pk: False}
    every = fit(request=FitRequest(on=date(2026, 1, 1), where="degree > 'dai-hoc'"), **asked)
    assert {row.key: row.said for row in every.rows} == {an.pk: True, binh.pk: True}


CLASSES: dict[str, tuple[list[str], bool]] = {
    "recent": (["2025-03-01"], False), "old": (["2019-03-01"], False), "both": (["2019-03-01", "2025-03-01"], False),
    "edge": (["2023-01-01"], False), "day before": (["2022-12-31"], False), "year": (["2023"], False), "open year": (["2022"], False),
    "undated": ([""], False), "old, one undated": (["2019-03-01", ""], False), "said none": ([], True), "not told": ([], False),
}  # fmt: skip


@pytest.mark.parametrize(("years", "on"), [(3, date(2026, 1, 1)), (3, date(2025, 7, 1)), (7, date(2026, 1, 1))])
def test_who_had_no_class_for_years(years: int, on: date, units: dict[str, Unit], law: Law) -> None:
    made = {}
    for name, (starts, none) in CLASSES.items():
        made[name] = person(f"Nguyễn Văn {name}", units["xa1"])
        for start in starts:
            Attendance.objects.create(person=made[name], training="Lớp thử", kind="khac", start=start or None)
        if none:
            DeclaredNone.objects.create(person=made[name], kind="training")
    request = FitRequest(on=on, question="untrained", years=years)
    report = fit(request=request, law=law, snapshot=snapshot(), actor=ACTOR, scope=ALL)
    since = date(on.year - years, on.month, on.day)
    expected = {made[name].pk: _naive(starts, none, since, on) for name, (starts, none) in CLASSES.items()}
    assert {row.key: row.said for row in report.rows} == expected


def _naive(starts: list[str], none: bool, since: date, on: date) -> bool | None:
    """Every day a class may have begun on, one combination at a time."""
    if not starts:
        return False if none else None
    possible = [_days(start, on) for start in starts]
    latest = [max(days) for days in possible], [min(days) for days in possible]
    if max(latest[1]) >= since:
        return True
    return None if max(latest[0]) >= since else False


def _days(start: str, on: date) -> tuple[date, date]:
    if not start:
        return date.min, on
    first = start if len(start) == 10 else f"{start}-01-01"
    last = start if len(start) == 10 else f"{start}-12-31"
    return date.fromisoformat(first), min(date.fromisoformat(last), on)


POST = """
[[post]]
code = "thu"
label = "Vị trí thử"
[[post.version]]
from = 2025-10-01
{}
document = "vd"
article = "Điều 1"
evidence = "local"
"""
OVERLAY = 'code = "thu"\nlabel = "Thử"\nunits = ["xa1"]\nexample = false\n'
DOCUMENT = """
[[document]]
key = "vd"
number = "1"
kind = "Quyết định"
issuer = "Xã thử"
regime = "state"
title = "Đề án vị trí việc làm"
dated = 2025-10-01
from = 2025-10-01
evidence = "local"
"""


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ('titles = ["chuyen-vien-xa"]\ngroups = ["kinh-te"]', ""),
        ('titles = ["chuyen-vien-xa"]\ngroups = ["kinhte"]', "“kinhte” không có trong danh mục. Có phải “kinh-te”?"),
        ('titles = ["chuyen-vien-xa"]\nfields = ["xyz"]', "“xyz” không có trong danh mục."),
        ('titles = ["chuyen-vien-xa"]', "chưa ghi ngành nào"),
        ('fields = ["luat"]', "chưa ghi vị trí nào"),
        ('title = ["chuyen-vien-xa"]\nfields = ["luat"]', "không có mục “title”"),
    ],
)
def test_fields_of_a_post_are_checked_when_the_law_is_read(values: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/fields.toml").write_text(POST.format(values), encoding="utf-8")
    (tmp_path / "overlay.toml").write_text(OVERLAY, encoding="utf-8")
    (tmp_path / "documents.toml").write_text(DOCUMENT, encoding="utf-8")
    if not says:
        assert ("post", "thu") in read_laws([CENTRAL, tmp_path], run_cases=False).provisions
        return
    with pytest.raises(LawRefused) as refused:
        read_laws([CENTRAL, tmp_path], run_cases=False)
    assert says in str(refused.value) and "posts/fields.toml" in str(refused.value)


# --- coming days

NOW, SOON, NEXT_YEAR = date(2026, 9, 1), date(2026, 12, 1), date(2027, 6, 1)
HEAD = AssessRequest(on=NOW, title="bo-nhiem-cong-chuc", purpose="appointment", overlay="")


@pytest.fixture
def leaders(units: dict[str, Unit]) -> dict[str, Person]:
    """Deputy heads rated good since 2022: An ready, Bình at the edge of age, Chi new in the post, Dũng under a bar, Giang leaving."""
    title = Title.objects.create(code="pho-truong-phong-tinh", name="Phó Trưởng phòng", level="tinh")
    found = {}
    for name, birth, since in (
        ("An", "1980-05-10", "2020-01-01"), ("Bình", "1969-09-10", "2020-01-01"), ("Chi", "1980-05-10", "2025-11-15"),
        ("Dũng", "1980-05-10", "2020-01-01"), ("Giang", "1980-05-10", "2020-01-01"),
    ):  # fmt: skip
        made = found[name] = Person.objects.create(full_name=f"Nguyễn Văn {name}", birth=birth, sex="nam")
        Employment.objects.create(person=made, unit=units["so"], start="2005", end="2026-11-01" if name == "Giang" else None)
        Holding.objects.create(person=made, title=title, unit=units["so"], start=since, kind="main")
        if name == "Dũng":
            Discipline.objects.create(person=made, side="dang", form="khien-trach", decided_on="2024-10-15")
        else:
            DeclaredNone.objects.create(person=made, kind="discipline")
        for year in ("2022", "2023", "2024", "2025"):
            Rating.objects.create(person=made, period_kind="year", period=year, capacity="official", grade="hoan-thanh-tot")
    return found


def test_who_crosses_by_a_coming_day_and_why(leaders: dict[str, Person], law: Law) -> None:
    report = coming(request=HEAD, to=SOON, law=law, snapshot=snapshot(), actor=ACTOR, scope=ALL)
    assert {row.key: row.verdict for row in report.now.rows} == {
        leaders[name].pk: said for name, said in (("An", "yes"), ("Bình", "yes"), ("Chi", "no"), ("Dũng", "no"), ("Giang", "yes"))
    }
    told = {moved.key: (moved.group, moved.now, moved.later, [cause.kind for cause in moved.causes]) for moved in report.moved}
    assert told == {
        leaders["Bình"].pk: ("over-age", "yes", "no", ["age"]), leaders["Chi"].pk: ("gained", "no", "yes", ["holding"]),
        leaders["Dũng"].pk: ("gained", "no", "yes", ["discipline"]),
    }  # fmt: skip
    assert [row.key for row in report.gone] == [leaders["Giang"].pk]
    (cause,) = next(moved.causes for moved in report.moved if moved.key == leaders["Bình"].pk)
    assert cause.change == "Số tháng còn công tác đến tuổi nghỉ hưu: 60 → 57"


def test_years_not_yet_rated_leave_it_open_and_age_still_stands_apart(leaders: dict[str, Person], law: Law) -> None:
    """An only waits for the rating of 2026; Bình fails by age, whatever that rating will be."""
    report = coming(request=HEAD, to=NEXT_YEAR, law=law, snapshot=snapshot(), actor=ACTOR, scope=ALL)
    told = {moved.key: (moved.group, {cause.kind for cause in moved.causes}) for moved in report.moved}
    assert told[leaders["An"].pk] == ("open", {"rating"})
    assert told[leaders["Bình"].pk] == ("over-age", {"age", "rating"})
    assert told[leaders["Chi"].pk] == ("other", {"holding", "rating"})


def test_crossings_are_those_of_each_person_asked_alone(people: dict[str, Person], leaders: dict[str, Person], law: Law) -> None:
    taken = snapshot()
    for request, to in ((HEAD, SOON), (HEAD, NEXT_YEAR), (SECRETARY, date(2025, 6, 1)), (SECRETARY, date(2025, 8, 1))):
        report = coming(request=request, to=to, law=law, snapshot=taken, actor=ACTOR, scope=ALL)
        naive = {}
        for row in report.now.rows:
            asked = {"law": law, "snapshot": taken, "actor": ACTOR, "scope": ALL, "overlay": "", "purpose": request.purpose}
            first, later = (explanation(person=row.key, title=request.title, on=on, **asked) for on in (request.on, to))  # type: ignore[arg-type]
            if later and later[0]["verdict"] != first[0]["verdict"]:
                naive[row.key] = (first[0]["verdict"], later[0]["verdict"])
        assert {moved.key: (moved.now, moved.later) for moved in report.moved} == naive
        assert all(moved.causes for moved in report.moved)


def test_a_new_law_is_a_cause_of_its_own(people: dict[str, Person], law: Law) -> None:
    """From 1/7/2025 only a part of the secretary's standard is evidenced: nobody may be said to meet it."""
    report = coming(request=SECRETARY, to=date(2025, 8, 1), law=law, snapshot=snapshot(), actor=ACTOR, scope=ALL)
    an = next(moved for moved in report.moved if moved.key == people["An"].pk)
    assert (an.now, an.later, an.group, [cause.kind for cause in an.causes]) == ("yes", "ungrounded", "open", ["law"])


def test_a_condition_chooses_by_what_people_are_today(people: dict[str, Person], law: Law) -> None:
    """An is 44 now and 45 then: asked of those under 45, he is followed to the coming day."""
    request = AssessRequest(on=ON, title="bi-thu-xa", overlay="", where="age < 45")
    report = coming(request=request, to=date(2025, 6, 1), law=law, snapshot=snapshot(), actor=ACTOR, scope=ALL)
    assert people["An"].pk in {row.key for row in report.later.rows} and report.gone == ()


def test_days_to_choose_from_are_those_of_the_law_and_of_terms(law: Law) -> None:
    Term.objects.create(code="2025-2030", side="dang", start="2025-09", end="2030-09")
    found = coming_days(after=date(2025, 6, 30), law=law, snapshot=snapshot(), actor=ACTOR, scope=ALL)
    assert found == [
        (date(2025, 7, 1), "Tháng tính tuổi của đại hội nhiệm kỳ 2025-2030 – cấp xã"),
        (date(2025, 9, 1), "Bắt đầu nhiệm kỳ 2025-2030 (Đảng)"),
        (date(2025, 9, 1), "Tháng tính tuổi của đại hội nhiệm kỳ 2025-2030 – cấp tỉnh"),
        (date(2026, 3, 1), "Tháng tính tuổi của đại hội nhiệm kỳ 2025-2030 – cơ quan nhà nước"),
        (date(2030, 9, 30), "Hết nhiệm kỳ 2025-2030 (Đảng)"),
    ]
