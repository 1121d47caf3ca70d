"""The meter against a count made by hand, over every small list; sizes, shares and bands to the whole person."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from canbo.engine.law.model import Cite
from canbo.engine.structures.meter import meter
from canbo.engine.structures.model import Listed, Marks, Reading, Rule, Rules

SEEN = Cite("qd", "Điều 1", "press")
PEOPLE = (1, 2, 3)
MARKS: list[Marks] = [dict(zip(PEOPLE, said)) for said in product((True, False, None), repeat=3)]


def rule(kind: str, **more: object) -> Rule:
    return Rule("r", "Quy tắc", kind, SEEN, **more)  # type: ignore[arg-type]


def read(one: Rule, *lists: Listed, **more: object) -> list[Reading]:
    given = {"marks": {}, "numbers": {}, **more}
    return list(meter(Rules((one,)), lists, **given))  # type: ignore[arg-type]


def people(*keys: int, key: int = 7, of: str = "posts", size: int | None = None, level: str = "xa") -> Listed:
    return Listed(key, level, of, keys, size)


def naive(have: int, unknown: int, need: Fraction) -> str:
    """Met when those who surely count are enough; unknown when those whose papers are missing could make it so."""
    if have >= need:
        return "met"
    return "unknown" if have + unknown >= need else "short"


@pytest.mark.parametrize("percent", [0, 10, 25, 33, Decimal("33.4"), 34, 50, 67, 100])
def test_share_is_compared_exactly_over_every_list(percent):
    one = rule("share", that="x", least="least")
    for size, marks in product(range(1, 4), MARKS):
        found = PEOPLE[:size]
        [reading] = read(one, people(*found), marks={"r": marks}, numbers={"least": percent})
        have, unknown = sum(marks[p] is True for p in found), sum(marks[p] is None for p in found)
        assert reading.state == naive(have, unknown, Fraction(percent) * size / 100), (percent, found, marks)
        assert (reading.have, reading.open, reading.of, len(reading.people), len(reading.missing)) == (have, unknown, size, have, unknown)


@pytest.mark.parametrize("least", [1, 2, 3])
def test_some_and_bands_count_people_whatever_the_whole(least):
    for marks in MARKS:
        have, unknown = sum(said is True for said in marks.values()), sum(said is None for said in marks.values())
        [some] = read(rule("some", that="x", least="least"), people(*PEOPLE), marks={"r": marks}, numbers={"least": least})
        [band] = read(rule("bands", least="least"), people(*PEOPLE), numbers={"least": least}, bands=[("dưới 40 tuổi", marks)])
        assert some.state == band.state == naive(have, unknown, Fraction(least))
        assert band.part == "dưới 40 tuổi"


@pytest.mark.parametrize("low, high, size", list(product((None, 1, Decimal("1.0")), (None, 2, Decimal("1.5")), (None, 1, 2, 3))))
def test_number_of_people_against_bounds_and_size(low, high, size):
    """Plain bounds count heads; with a size, bounds are so many times the size, never rounded before they are compared."""
    numbers = {name: value for name, value in (("low", low), ("high", high)) if value is not None}
    for times, heads in product((False, True), range(6)):
        one = rule("people", least="low", most="high", times_size=times)
        [reading] = read(one, people(*range(heads), size=size), numbers=numbers)
        if not numbers:
            assert reading.state == "unset"
        elif times and size is None:
            assert reading.state == "unknown"
        else:
            by = Fraction(size or 0) if times else Fraction(1)
            over = high is not None and heads > Fraction(high) * by
            short = low is not None and heads < Fraction(low) * by
            assert reading.state == ("over" if over else "short" if short else "met"), (times, heads)
        assert reading.people == tuple(range(heads))


def test_coefficient_of_a_committee_is_not_rounded_up():
    """15 members × 1.5 = 22.5: twenty-two at most; × 1.1 = 16.5: seventeen at least."""
    one = rule("people", of="committee", least="low", most="high", times_size=True)
    numbers = {"low": Decimal("1.1"), "high": Decimal("1.5")}
    states = {
        n: read(one, people(*range(n), of="committee", size=15), numbers=numbers)[0].state for n in (16, 17, 22, 23)
    }
    assert states == {16: "short", 17: "met", 22: "met", 23: "over"}
    [reading] = read(one, people(*range(23), of="committee", size=15), numbers=numbers)
    assert (reading.least, reading.most) == (17, 22)
    assert reading.text == "23 người, cần từ 17 người và không quá 22 người (hệ số 1,1–1,5 của 15): vượt 1."


def test_number_that_is_not_in_force_is_shown_and_demands_nothing():
    marks = {"r": dict.fromkeys(PEOPLE, True)}
    assert [r.state for r in read(rule("share", that="x", least="gone"), people(1, 2), marks=marks)] == ["unset"]
    assert [r.state for r in read(rule("share", that="x", least="least"), people(1, 2), numbers={"least": 25})] == ["unset"]
    assert [r.text for r in read(rule("share", that="x", least="gone"), people(1, 2), marks=marks)] == ["2/2 (100%); chưa có chỉ tiêu."]


def test_rules_ask_the_lists_they_speak_of():
    posts, committee = people(1, 2, key=1), people(2, 3, key=2, of="committee", level="tinh")
    empty = people(key=3)
    marks = {"r": {1: True, 2: False, 3: True}}
    share = {"that": "x", "least": "least", "over": "unit"}
    [both] = read(rule("share", **share), posts, committee, empty, marks=marks, numbers={"least": 50})
    assert (both.lists, both.have, both.of) == ((1, 2), 2, 3)  # who stands on two lists is counted once; an empty list says nothing
    [xa] = read(rule("share", levels=("xa",), **share), posts, committee, marks=marks, numbers={"least": 50})
    assert (xa.lists, xa.have, xa.of) == ((1,), 1, 2)
    each = read(rule("some", that="x", of="committee"), posts, committee, marks=marks)
    assert [(r.lists, r.people) for r in each] == [((2,), (3,))]
    assert [r.lists for r in read(rule("people", of="posts", most="m"), posts, committee, empty, numbers={"m": 3})] == [(1,), (3,)]
    assert [read(rule(kind, most="m"), posts, numbers={"m": 3}) for kind in ("titles", "higher", "alone")] == [[], [], []]
