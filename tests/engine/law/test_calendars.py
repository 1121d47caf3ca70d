"""Working days against a naive recount over every calendar that agrees with what is known, and calendars refused."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from canbo.engine.law.calendars import Calendar, CalendarYear, Holiday, WeeklyRest, YearlyHoliday, laid_together
from canbo.engine.law.loader import load_laws
from canbo.engine.law.model import Cite, Evidence, LawSet, Period
from canbo.engine.law.mutate import moves
from canbo.engine.law.problems import LawRefused
from canbo.engine.law.workdays import working_days_after, working_days_between
from tests.engine.law.folder import TITLES, VOCABULARY, change, law_folder

ONE = timedelta(days=1)
ALWAYS = Period(date(2000, 1, 1))


def cite(evidence: Evidence = "text") -> Cite:
    return Cite("qd1", "Điều 1", evidence)


def drawn(dice: random.Random) -> Calendar:
    """Some years of 2019–2023 known, days off and days worked instead here and there, a few of them from memory alone."""
    holidays, days = [], [date(2019, 1, 1) + dice.randrange(5 * 365) * ONE for _ in range(120)]
    for day in dict.fromkeys(days):
        weekend = day.weekday() in (5, 6)
        holidays.append(Holiday(day, "lễ", weekend, cite(dice.choice(("text", "text", "memory")))))
    yearly = (YearlyHoliday(9, 2, "Quốc khánh", ALWAYS, cite()), YearlyHoliday(11, 24, "?", ALWAYS, cite("memory")))
    years = tuple(CalendarYear(year, cite()) for year in range(2019, 2024) if dice.random() < 0.7)
    return Calendar((WeeklyRest(frozenset({5, 6}), ALWAYS, cite()),), yearly, tuple(holidays), years)


def possible(known: Calendar, dice: random.Random) -> dict[date, bool]:
    """One way the days of 2018–2024 may have been: what is known stands, the rest is thrown."""
    days = (date(2018, 1, 1) + n * ONE for n in range(7 * 365))
    return {day: dice.random() < 0.6 if known.works(day) is None else bool(known.works(day)) for day in days}


def nth(day: date, n: int, worked: dict[date, bool]) -> date:
    """Counted on the fingers."""
    while n:
        day += ONE if n > 0 else -ONE
        if worked[day]:
            n -= 1 if n > 0 else -1
    return day


def questions(dice: random.Random) -> Iterator[tuple[date, int]]:
    for _ in range(25):
        yield date(2020, 1, 1) + dice.randrange(3 * 365) * ONE, dice.choice((-30, -3, -1, 0, 1, 3, 10, 60))


@pytest.mark.parametrize("seed", range(6))
def test_answer_holds_whatever_the_unknown_days_were(seed: int) -> None:
    dice = random.Random(seed)
    known = drawn(dice)
    worlds = [possible(known, dice) for _ in range(8)]
    for day, n in questions(dice):
        found = working_days_after(day, n, known)
        true = [nth(day, n, world) for world in worlds]
        assert all((found.earliest or date.min) <= one <= (found.latest or date.max) for one in true), (day, n, found)
        assert found.exact or found.unsaid.why, "một khoảng phải nói vì sao"
        assert not found.exact or set(true) == {found.earliest}
        last = day + abs(n) * ONE
        count = working_days_between(day, last, known)
        assert all(count.lo <= sum(world[day + k * ONE] for k in range(1, abs(n) + 1)) <= count.hi for world in worlds)


@pytest.mark.parametrize("seed", range(3))
def test_ends_of_the_range_are_reached(seed: int) -> None:
    """The range is no wider than it must be: all unknown days worked gives one end, none worked the other."""
    dice = random.Random(100 + seed)
    known = drawn(dice)
    days = [date(2018, 1, 1) + k * ONE for k in range(7 * 365)]
    for day, n in questions(dice):
        found = working_days_after(day, n, known)
        near, far = (nth(day, n, {d: bool(known.works(d)) or (known.works(d) is None and open_) for d in days}) for open_ in (True, False))
        ends = (found.earliest, found.latest) if n >= 0 else (found.latest, found.earliest)
        assert ends[0] == near
        assert ends[1] in (far, None)


def test_counting_back_and_between_agree() -> None:
    known = Calendar(drawn(random.Random(7)).rests, (), (), tuple(CalendarYear(year, cite()) for year in range(2018, 2025)))
    for day, n in questions(random.Random(8)):
        end = working_days_after(day, abs(n), known).latest
        assert end is not None
        count = working_days_between(day, end, known)
        assert (count.lo, count.hi) == (abs(n), abs(n))
        back = working_days_after(end + ONE, -abs(n), known)
        assert back.exact
    with pytest.raises(ValueError, match="Ngày sau"):
        working_days_between(date(2020, 1, 2), date(2020, 1, 1), known)


def test_year_without_a_calendar_is_never_silent() -> None:
    known = Calendar((WeeklyRest(frozenset({5, 6}), ALWAYS, cite()),), (), (), (CalendarYear(2026, cite()),))
    assert working_days_after(date(2026, 12, 28), 3, known).text == "31/12/2026"
    found = working_days_after(date(2026, 12, 30), 3, known)
    assert (found.earliest, found.latest) == (date(2027, 1, 2), None)
    assert "chưa có lịch năm 2027" in found.text
    assert working_days_between(date(2026, 12, 30), date(2027, 1, 4), known).unsaid.years == (2027,)
    unverified = Calendar(known.rests, (), (), (CalendarYear(2026, cite("memory")),))
    assert not working_days_after(date(2026, 6, 1), 1, unverified).exact


def test_local_days_stand_before_the_central_ones() -> None:
    day = date(2026, 6, 1)
    rest, off = WeeklyRest(frozenset({5, 6}), ALWAYS, cite()), Holiday(day, "lễ", False, cite())
    central = Calendar((rest,), (), (off,), (CalendarYear(2026, cite()),))
    local = Calendar((), (), (Holiday(day, "làm bù", True, cite("local")),))
    assert [laid_together(parts).works(day) for parts in ([central], [central, local])] == [False, True]


# --- as files

YEAR = """
[[weekly_rest]]
days = ["thu-bay", "chu-nhat"]
from = 2020-01-01
document = "nd2-2020"
article = "Điều 1"
evidence = "text"

[[yearly]]
day = "09-02"
label = "Quốc khánh"
from = 2020-01-01
document = "nd2-2020"
article = "Điều 2"
evidence = "text"

[[year]]
year = 2021
document = "nd2-2020"
article = "Điều 3"
evidence = "press"

[[holiday]]
label = "Nghỉ hoán đổi"
days = [2021-09-03]
document = "nd2-2020"
article = "Điều 4"
evidence = "press"

[[holiday]]
label = "Làm bù"
days = [2021-08-28]
works = true
document = "nd2-2020"
article = "Điều 4"
evidence = "press"
"""
CASES = """
[[calendar_case]]
after = 2021-08-27
days = 1
gives = 2021-08-28

[[calendar_case]]
after = 2021-09-01
days = 1
gives = 2021-09-06
"""


def with_calendar(root: Path) -> Path:
    law_folder(root)
    (root / "calendars").mkdir()
    (root / "calendars/2021.toml").write_text(YEAR, encoding="utf-8")
    (root / "cases/lich.toml").write_text(CASES, encoding="utf-8")
    return root


def loaded(root: Path) -> LawSet:
    return load_laws([root], vocabulary=VOCABULARY, titles=TITLES)


def test_calendar_of_a_folder_is_read_and_every_day_of_it_is_pinned(tmp_path: Path) -> None:
    laws = loaded(with_calendar(tmp_path))
    assert working_days_after(date(2021, 8, 27), 5, laws.calendar).text == "06/09/2021"
    assert laws.calendar.label(date(2021, 9, 2)) == "Quốc khánh"
    of_calendar = [move for move in moves(laws, vocabulary=VOCABULARY) if move.where.startswith(("holiday", "yearly", "weekly"))]
    assert len(of_calendar) == 5
    assert [move.where for move in of_calendar if not move.noticed] == []


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('article = "Điều 1"\n', "", "weekly_rest[1].article", "chưa dẫn điều, khoản"),
        ('evidence = "press"\n\n[[holiday]]\nlabel = "Làm', '\n[[holiday]]\nlabel = "Làm', "holiday[1].evidence", "mức căn cứ"),
        ('document = "nd2-2020"\narticle = "Điều 3"', 'document = "nd3-2020"\narticle = "Điều 3"', "year[2021]", "Có phải “nd2-2020”?"),
        ('"chu-nhat"', '"chu-nhap"', "weekly_rest", "Có phải “chu-nhat”?"),
        ('"09-02"', '"2/9"', "yearly[1].day", "09-02"),
        ("year = 2021", 'year = "2021"', "year", "cần một năm như 2026"),
        ("[2021-09-03]", '["2021-09-03"]', "holiday[1].days", "không đặt trong dấu nháy"),
        ("[2021-09-03]", "[]", "holiday[1].days", "ít nhất một ngày"),
        ("[2021-09-03]", "[2021-08-28]", "holiday[28/08/2021]", "hai lần"),
        ("days = [2021-08-28]", "days = [2021-08-27]", "holiday[27/08/2021]", "vốn là ngày làm việc"),
        ("works = true", "work = true", "holiday[2].work", "Có phải “works”?"),
        ("from = 2020-01-01\ndocument", "from = 2019-12-31\ndocument", "weekly_rest[2019-12-31]", "Nghị định 2/2020/NĐ"),
    ],
)
def test_fault_of_a_calendar_is_named_with_its_place(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    change(with_calendar(tmp_path), "calendars/2021.toml", old, new)
    with pytest.raises(LawRefused) as refused:
        loaded(tmp_path)
    assert [text for text in map(str, refused.value.problems) if place in text and words in text], str(refused.value)


def test_case_that_the_calendar_does_not_bear_out_is_refused(tmp_path: Path) -> None:
    change(with_calendar(tmp_path), "cases/lich.toml", "gives = 2021-09-06", "gives = 2021-09-07")
    with pytest.raises(LawRefused, match=r"cần là 07/09/2021 nhưng lịch cho 06/09/2021"):
        loaded(tmp_path)
