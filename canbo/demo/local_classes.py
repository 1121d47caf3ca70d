"""Who of a locality attended which class, and who stands in which plan: numbers of people and of turns as told."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle, islice
from random import Random

from canbo.demo.dates import iso
from canbo.demo.dealing import CannotDeal, spread
from canbo.demo.district import District
from canbo.demo.local_lives import Local
from canbo.demo.locality import Course, Plan
from canbo.engine.codelists import load_codelist

PROVIDERS = {"llct-cao-cap": "Học viện Chính trị khu vực I", "dai-hoc-chuyen-mon": "Trường đại học", "sau-dai-hoc": "Trường đại học"}
OTHER_PROVIDER = "Trung tâm Chính trị cấp huyện"
SCHOOL_OF_PROVINCE = ("llct-trung-cap", "qlnn-chuyen-vien", "qlnn-chuyen-vien-chinh")


def hold_classes(district: District, people: Sequence[Local], *, seed: int) -> None:
    """Adds turns to people; the class that gave a level also dates it."""
    rng = Random(f"{seed}:{district.locality.code}:classes")
    rosters: dict[str, list[Local]] = {}
    for course in district.locality.courses:
        roster = _roster(rng, course, _eligible(course, people, district), rosters)
        if course.name:
            rosters[course.name] = roster
        _hold(rng, course, roster)


def _eligible(course: Course, people: Iterable[Local], district: District) -> list[Local]:
    """Those in service before the first class who fit what the class asks."""
    units = district.selected(course.units)
    return [
        person for person in people
        if person.left is None and person.place.unit in units and person.recruited < course.first.toordinal()
        and all(getattr(person, name) in values for name, values in (course.among or {}).items())
    ]  # fmt: skip


def _roster(rng: Random, course: Course, eligible: list[Local], rosters: dict[str, list[Local]]) -> list[Local]:
    sure = list({p.number: p for name in course.including for p in rosters[name]}.values())
    barred = {person.number for name in course.excluding for person in rosters[name]} | {person.number for person in sure}
    others = [person for person in eligible if person.number not in barred]
    if len(sure) + len(others) < course.people:
        raise CannotDeal(f"{course.names[0]}: {len(sure) + len(others)} people can attend, {course.people} are told")
    return sure + rng.sample(others, course.people - len(sure))


def _hold(rng: Random, course: Course, roster: list[Local]) -> None:
    if course.one_by_one:
        for person in roster:
            start = course.first.toordinal() + rng.random() * (course.last - course.first).days
            _attend(person, course, number=0, start=start)
        return
    turn = cycle(roster)
    for number, size in enumerate(spread(course.turns, course.classes)):
        start = course.first.toordinal() + (course.last - course.first).days * (number + 0.5) / course.classes
        for person in islice(turn, size):
            _attend(person, course, number=number, start=start)


def _attend(person: Local, course: Course, *, number: int, start: float) -> None:
    kind = course.kinds[number % len(course.kinds)]
    end = start + course.days
    person.turns.append({
        "training": _title(course, number), "kind": kind, "family": _family(kind), "provider": _provider(kind),
        "start": iso(start), "end": iso(end), "form": course.form or ("tap-trung" if course.days < 100 else "khong-tap-trung"),
        "result": "dat" if end < person.told_on else "",
    })  # fmt: skip
    if course.gives:
        person.learned[course.gives] = end


def _title(course: Course, number: int) -> str:
    """The class's name; one of several classes bears its number."""
    name = course.names[number % len(course.names)]
    return name if course.one_by_one or course.classes == len(course.names) else f"{name} ({number + 1}/{course.classes})"


def _provider(kind: str) -> str:
    return "Trường Chính trị tỉnh" if kind in SCHOOL_OF_PROVINCE else PROVIDERS.get(kind, OTHER_PROVIDER)


def _family(kind: str) -> str:
    return next(row.extra["family"] for row in load_codelist("training_kinds").rows if row.code == kind)


# --- plans


def make_plans(district: District, people: Sequence[Local], *, seed: int) -> None:
    """Adds plan entries to people."""
    rng = Random(f"{seed}:{district.locality.code}:plans")
    for plan in district.locality.plans:
        for person in _planned(rng, plan, people):
            start = plan.first_day.toordinal() + rng.random() * (plan.last_day - plan.first_day).days
            unit = district.world.units[plan.unit] if plan.unit else person.place.unit
            person.plans.append({
                "title_id": district.world.titles[plan.title], "term_id": district.world.terms[plan.term], "unit_id": unit,
                "start": iso(start), "end": plan.until.isoformat(), "origin": "tai-cho",
                "ground_in": "Rà soát, bổ sung quy hoạch hằng năm", "ground_out": "Hết nhiệm kỳ",
            })  # fmt: skip


def _planned(rng: Random, plan: Plan, people: Sequence[Local]) -> Iterator[Local]:
    sure = [person for person in people if person.group.name in plan.first]
    others = [p for p in people if p.group.name in plan.among and (not plan.titles or p.title in plan.titles)]
    yield from sure + rng.sample(others, plan.people - len(sure))
