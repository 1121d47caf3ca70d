"""A dossier is read within the reader's units and field groups, or not at all."""

import re
from datetime import date

import pytest

from canbo.access.policy import GROUPS, ROLES
from canbo.dossier.models import CertifiedValue, DeclaredNone, Employment, Person
from canbo.dossier.queries import SEAL_BROKEN, NotVisible, Section, sections, unit_of
from canbo.dossier.queries import person as visible
from canbo.dossier.sections import FIELD_SECTIONS, RECORD_SECTIONS
from canbo.kernel.actors import NOTHING, Actor, Scope
from tests.dossier.world import ELSEWHERE, ON, marked_person, marked_record, person, sealed, unit

pytestmark = pytest.mark.django_db
READER = Actor(user=4, role="kiem-tra", actions=ROLES["kiem-tra"].actions)
ALL = frozenset(GROUPS)


def text_of(shown: list[Section]) -> str:
    return repr([(s.title, s.pairs, s.rows) for s in shown])


# --- who is seen at all


def test_missing_and_foreign_dossiers_are_refused_in_the_same_words():
    foreign = person("Trần Thị Bình", unit("B"))
    scope = Scope(units=frozenset({unit("A").pk}), groups=ALL)
    said = set()
    for pk in (foreign.pk, foreign.pk + 1000):
        with pytest.raises(NotVisible) as caught:
            visible(pk=pk, on=ON, actor=READER, scope=scope)
        said.add((str(caught.value), repr(caught.value.args)))
    assert said == {("Không tìm thấy hồ sơ này trong phạm vi bạn được giao.", repr(caught.value.args))}


def test_own_dossier_is_seen_from_anywhere_but_only_with_the_right():
    own = person("Nguyễn Văn An", unit("B"))
    scope = Scope(units=frozenset(), groups=ALL, own_person=own.pk)
    an = Actor(user=4, role="ca-nhan", actions=ROLES["ca-nhan"].actions)
    assert visible(pk=own.pk, on=ON, actor=an, scope=scope) == own
    manager = Actor(user=4, role="quan-tri", actions=ROLES["quan-tri"].actions)
    for actor, seen in ((manager, scope), (an, NOTHING)):
        with pytest.raises(NotVisible):
            visible(pk=own.pk, on=ON, actor=actor, scope=seen)


def test_reading_right_alone_does_not_reach_other_units_nor_people_without_one():
    here, there = unit("A"), unit("B")
    inside, outside, nowhere = person("An", here), person("Bình", there), person("Chi")
    scope = Scope(units=frozenset({here.pk}), groups=ALL)
    assert visible(pk=inside.pk, on=ON, actor=READER, scope=scope) == inside
    for other in (outside, nowhere):
        with pytest.raises(NotVisible):
            visible(pk=other.pk, on=ON, actor=READER, scope=scope)
    assert visible(pk=nowhere.pk, on=ON, actor=READER, scope=Scope(units=None, groups=ALL)) == nowhere


# --- whose keeper answers


SPANS = {
    "one": ([("2010", None, "A")], "A"),
    "over": ([("2010", "2015", "A")], "A"),
    "moved": ([("2010", "2020-05-01", "A"), ("2020-05-01", None, "B")], "B"),
    "moving day": ([("2010", "2025-06-02", "A"), ("2025-06-02", None, "B")], "B"),
    "day before": ([("2010", "2025-06-03", "A"), ("2025-06-03", None, "B")], "A"),
    "two at once": ([("2010", None, "A"), ("2018", None, "B")], "B"),
    "future only": ([("2027", None, "A"), ("2026", None, "B")], "B"),
    "past and future": ([("2010", "2015", "A"), ("2026", None, "B")], "A"),
    "two past": ([("2010", "2015", "A"), ("2015", "2019", "B")], "B"),
    "start unknown": ([(None, None, "A"), ("2010", "2015", "B")], "A"),
    "sure before possible": ([("2025", None, "A"), ("2020", None, "B")], "B"),
    "unknown start before known": ([("2020", None, "A"), (None, None, "B")], "A"),
    "wrong way round": ([("2020", "2010", "A")], "A"),
    "none": ([], None),
}


@pytest.mark.parametrize("case", SPANS)
def test_unit_of_the_day(case):
    spans, expected = SPANS[case]
    units = {"A": unit("A"), "B": unit("B")}
    for turn in (spans, spans[::-1]):
        of = person("An")
        Employment.objects.bulk_create(
            [Employment(person=of, unit=units[code], start=start, end=end) for start, end, code in turn]
        )
        assert unit_of(of.pk, ON) == (units[expected].pk if expected else None)


def test_unit_of_takes_one_query(django_assert_num_queries):
    of = person("An", unit("A"))
    with django_assert_num_queries(1):
        unit_of(of.pk, ON)


# --- what is seen of it


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_no_value_of_an_unseen_group_appears(role, actor):
    groups = ROLES[role].groups if role in ROLES else frozenset()
    of = marked_person(unit("A"))
    shown = text_of(sections(of=of, actor=actor, scope=Scope(units=None, groups=groups)))
    found = set(re.findall(r"z([a-z]+)\d", shown))
    filled = {s.group for s in FIELD_SECTIONS} | {s.group for s in RECORD_SECTIONS if s.model not in ELSEWHERE}
    assert found == groups & filled


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_alone_shows_its_own_values_and_no_other(group, actor):
    of = marked_person(unit("A"))
    shown = sections(of=of, actor=actor, scope=Scope(units=None, groups=frozenset({group})))
    assert set(re.findall(r"z([a-z]+)\d", text_of(shown))) <= {group}
    titles = {s.title for s in (*FIELD_SECTIONS, *RECORD_SECTIONS) if s.group == group}
    assert {s.title for s in shown} <= titles
    assert shown


def test_what_is_certified_or_said_not_to_be_belongs_to_the_group_it_speaks_of(actor):
    of = person("An", unit("A"))
    for kind in ("religion", "discipline", "planning", "llct", "điều lạ"):
        DeclaredNone.objects.create(person=of, kind=kind)
    for field in ("birth", "personal_id", "religion_sealed", "person.phone", "mục lạ"):
        CertifiedValue.objects.create(person=of, field=field, value=f"giá trị {field}", paper="giấy")

    def rows(*groups: str) -> str:
        return text_of(sections(of=of, actor=actor, scope=Scope(units=None, groups=frozenset(groups))))

    basic = rows("basic")
    assert "giá trị birth" in basic
    for hidden in ("giá trị personal_id", "giá trị religion", "giá trị person.phone", "mục lạ", "tôn giáo", "kỷ luật", "điều lạ"):
        assert hidden not in basic
    assert "giá trị personal_id" in rows("basic", "identity")
    assert "kỷ luật" in rows("basic", "discipline")
    everything = rows(*GROUPS)
    assert everything.count("giá trị") == 5
    assert "điều lạ" in everything


def test_sealed_value_is_shown_open_to_its_group_only(actor):
    of = person("An", unit("A"), personal_id_sealed="001199000001", phone_sealed="0912345678")
    assert "001199000001" not in repr(of.__dict__)
    identity = text_of(sections(of=of, actor=actor, scope=Scope(units=None, groups=frozenset({"identity"}))))
    assert "001199000001" in identity and "0912345678" not in identity


def test_broken_seal_is_told_in_its_place_and_the_rest_is_shown(actor, scope):
    of, binh = person("An", unit("A"), native_place="xã Lũng Cú"), person("Bình")
    Person.objects.filter(pk=of.pk).update(
        phone_sealed=sealed(binh, "person", "phone_sealed", "0912345678"), personal_id_sealed="k1.hỏng",
        religion_sealed="không niêm phong",
    )  # fmt: skip
    of.refresh_from_db()
    shown = text_of(sections(of=of, actor=actor, scope=scope))
    assert shown.count(SEAL_BROKEN) == 3
    assert "xã Lũng Cú" in shown and "0912345678" not in shown


def test_headings_and_values_are_vietnamese(actor, scope):
    of = marked_person(unit("A"))
    heads = {head for s in sections(of=of, actor=actor, scope=scope) for head in (*s.heads, *(label for label, _ in s.pairs))}
    assert not {head for head in heads if head.isascii() and head.lower() in {
        "kind", "code", "text", "on", "unit", "title", "term", "body", "role", "order", "person", "start", "end", "known from",
    }}  # fmt: skip
    assert all(head[0] == head[0].upper() for head in heads)


def test_sections_take_as_many_queries_for_thirty_rows_as_for_one(actor, scope, django_assert_num_queries):
    few, many = (marked_person(unit(code)) for code in "AB")
    for section in RECORD_SECTIONS:
        if section.model not in ELSEWHERE:
            for _ in range(29):
                marked_record(many, section.model, section.group)
    Employment.objects.bulk_create([Employment(person=many, unit=unit(f"C{n}"), start="2001", end="2002") for n in range(29)])
    for of in (few, many):
        with django_assert_num_queries(len(RECORD_SECTIONS)):
            shown = sections(of=of, actor=actor, scope=scope)
    assert max(len(s.rows) for s in shown) == 30


def test_dates_are_shown_day_first_as_precise_as_known(actor, scope):
    of = person("An", birth="1968-05", recruited_on="1990-02-01", party_joined="1995")
    of.refresh_from_db()
    pairs = dict(pair for s in sections(of=of, actor=actor, scope=scope) for pair in s.pairs)
    assert {"05/1968", "01/02/1990", "1995"} <= set(pairs.values())
    assert date(1990, 2, 1).isoformat() not in str(pairs)
