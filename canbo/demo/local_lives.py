"""The people of a locality: what each got dealt, and the days of a life that lead to it. Days are ordinals."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from random import Random

from canbo.demo.dates import YEAR, ordinal
from canbo.demo.dealing import CannotDeal, deal
from canbo.demo.district import District, Place
from canbo.demo.lives import pick
from canbo.demo.locality import Group, local_title
from canbo.demo.tables import table

# How old people of the demonstration are when they leave for good, well after every day that is counted.
LEAVES_AT = {"nam": 60.75, "nu": 56.5}
READY_AT = {"trung-cap": 20.2, "cao-dang": 21.2}
DEGREE_AT = 22.3


@dataclass(frozen=True, slots=True)
class Step:
    """A post held in a place over a span; the days are ordinals, or ISO text where only the month is told."""

    place: Place
    title: str
    start: float
    end: float | None
    kind: str = ""
    start_text: str = ""
    end_text: str = ""


@dataclass(slots=True)
class Local:
    """One invented person: what was dealt (title, sex, age …) and what follows (days, steps, classes, plans)."""

    number: int
    rng: Random
    group: Group
    told_on: float
    title: str
    place: Place
    age: int = 0
    sex: str = ""
    degree: str = ""
    theory: str = ""
    management: str = ""
    party: bool = False
    native_here: bool = True
    born: float = 0
    recruited: float = 0
    appointed: float = 0
    left: float | None = None
    party_joined: float | None = None
    learned: dict[str, float] = field(default_factory=dict)
    ratings: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    turns: list[dict[str, object]] = field(default_factory=list)
    plans: list[dict[str, object]] = field(default_factory=list)

    @property
    def tier(self) -> int:
        return int(local_title(self.title)["tier"])

    @property
    def staff_kind(self) -> str:
        return local_title(self.title)["staff_kind"]


def settle(district: District, *, seed: int) -> list[Local]:
    """Everybody of a locality with her life, before classes and plans are dealt."""
    rng = Random(f"{seed}:{district.locality.code}")
    filled: Counter[tuple[int, str]] = Counter()
    people: list[Local] = []
    for group in district.locality.groups:
        told_on = district.locality.on.toordinal()
        held = chain.from_iterable([title] * count for title, count in group.titles.items())
        made = [
            Local(number, Random(f"{seed}:{district.locality.code}:{number}"), group, told_on, title,
                  _place(district, group, title, filled))
            for number, title in enumerate(held, start=len(people))
        ]  # fmt: skip
        _dealt(rng, group, made)
        for person in made:
            _live(person, district)
        people += made
    return people


def _place(district: District, group: Group, title: str, filled: Counter[tuple[int, str]]) -> Place:
    """Where the title is held by fewest so far; those who left count apart from those who are there."""
    allowed = district.selected(group.units)
    places = [place for place in district.of_kinds(local_title(title)["place"]) if place.unit in allowed]
    if not places:
        raise CannotDeal(f"{group.name}: no unit for {title}")
    gone = "left" if group.left else ""
    chosen = min(places, key=lambda place: filled[place.unit, title + gone])
    filled[chosen.unit, title + gone] += 1
    return chosen


# --- what is dealt


def _dealt(rng: Random, group: Group, people: list[Local]) -> None:
    oldest_first = dict(sorted(group.ages.items(), reverse=True))
    bands = deal(rng, people, oldest_first, fits=_band_fits)
    for person, band in zip(people, bands, strict=True):
        low, high = (int(part) for part in band.split("-"))
        person.age = low + int(person.rng.random() * (high - low + 1))
    _deal_sex(rng, group, people)
    for name, counts in (("degree", group.degree), ("theory", group.theory), ("management", group.management)):
        for person, value in zip(people, deal(rng, people, counts, fits=_fitting(name)), strict=True):
            setattr(person, name, value)
    members = {"yes": group.party, "": group.size - group.party}
    for person, value in zip(people, deal(rng, people, members), strict=True):
        person.party = value == "yes"
    _deal_native(rng, group, people)
    for year, counts in (group.ratings or {}).items():
        for person, grade in zip(people, deal(rng, people, counts), strict=True):
            person.ratings[year] = grade


def _band_fits(person: Local, band: str) -> bool:
    """Titles of women only end at the age women leave at."""
    least, most = _ages().get(("sex", local_title(person.title)["sex"]), (0, 120))
    return least <= int(band.split("-")[0]) and int(band.split("-")[1]) <= most


def _deal_sex(rng: Random, group: Group, people: list[Local]) -> None:
    """Titles that only one sex holds come first; the rest is dealt."""
    left = Counter(group.sex)
    for person in people:
        person.sex = local_title(person.title)["sex"]
        if person.sex:
            left[person.sex] -= 1
    free = [person for person in people if not person.sex]
    dealt = deal(rng, free, {sex: left[sex] for sex in ("nu", "nam") if left[sex]}, fits=_fitting("sex"))
    for person, sex in zip(free, dealt, strict=True):
        person.sex = sex


def _deal_native(rng: Random, group: Group, people: list[Local]) -> None:
    counts = group.native or {"elsewhere": group.size // 5, "here": group.size - group.size // 5}
    for person, where in zip(people, deal(rng, people, counts), strict=True):
        person.native_here = where == "here"


def _fitting(what: str) -> Callable[[Local, str], bool]:
    ages = _ages()

    def fits(person: Local, value: str) -> bool:
        least, most = ages.get((what, value), (0, 120))
        return least <= person.age <= most

    return fits


@cache
def _ages() -> Mapping[tuple[str, str], tuple[int, int]]:
    return {(row["what"], row["value"]): (int(row["least"]), int(row["most"])) for row in table("fitting_ages")}


# --- what follows


def _live(person: Local, district: District) -> None:
    rng, group = person.rng, person.group
    told_on = person.told_on
    if group.left:
        first, last = (group.left[name].toordinal() for name in ("from", "to"))
        told_on = first + rng.random() * (last - first)
        person.left = told_on
    person.born = told_on - person.age * YEAR - 3 - rng.random() * 359
    _recruit(person, told_on)
    _appoint(person, told_on)
    _learn(person, told_on)
    if person.party:
        latest = min(person.told_on - 430, person.appointed - 30 if person.tier > 1 else told_on - 430, person.recruited + 8 * YEAR)
        earliest = min(max(person.born + 18.6 * YEAR, person.recruited - 300), latest)
        person.party_joined = max(earliest + rng.random() * (latest - earliest), person.born + 18.1 * YEAR)
    person.steps = _steps(person, district)


def _recruit(person: Local, told_on: float) -> None:
    latest = [told_on - 240]
    if person.group.recruited_by:
        latest.append(person.group.recruited_by.toordinal() - person.rng.random() * 200)
    if person.group.held_by:
        latest.append(person.group.held_by.toordinal() - 2 * YEAR)
    if person.group.stages:
        latest.append(ordinal(person.group.stages[0]["start"]) - YEAR)
    person.recruited = min(person.born + (21.5 + person.rng.random() * 6) * YEAR, *latest)
    if person.recruited < person.born + 18 * YEAR:
        raise CannotDeal(f"{person.group.name}: someone aged {person.age} would have been recruited as a child")


def _appoint(person: Local, told_on: float) -> None:
    """The first day in the present title."""
    rng, group = person.rng, person.group
    earliest, latest = max(person.recruited + YEAR, told_on - 9 * YEAR), told_on - 50
    if window := group.appointed or group.rotated:
        earliest, latest = window["from"].toordinal(), window["to"].toordinal()
    elif group.held_by:
        latest = group.held_by.toordinal() - 5
        earliest = max(person.recruited + YEAR, latest - 7 * YEAR)
    elif person.tier < 2 or earliest >= latest:
        earliest = latest = person.recruited
    person.appointed = earliest + rng.random() * (latest - earliest)


def _learn(person: Local, told_on: float) -> None:
    rng, until = person.rng, told_on - 40
    at = person.born + READY_AT.get(person.degree, DEGREE_AT) * YEAR
    if at > person.recruited - 20 or rng.random() < 0.3:  # got while at work
        first = max(at, person.recruited + 1.5 * YEAR)
        at = first + rng.random() * 4 * YEAR if first < until - 4 * YEAR else min(max(at, until - 300 * rng.random()), until)
    else:
        at += rng.random() * min(300, person.recruited - at)
    person.learned["chuyen-mon"] = at
    if person.degree == "thac-si":
        person.learned["chuyen-mon"] = min(at, until - 2.2 * YEAR)
        first = max(person.learned["chuyen-mon"] + 2 * YEAR, person.born + 24.5 * YEAR)
        person.learned["thac-si"] = min(first + rng.random() * 5 * YEAR, until)
    for kind, years in (("llct", 1.2), ("qlnn", 0.6)):
        first = min(person.recruited + years * YEAR, until - 30)
        person.learned[kind] = first + rng.random() * (until - first)


def _steps(person: Local, district: District) -> list[Step]:
    """The posts of a career, each ending where the next begins; the last one lasts until retirement if that came before 1/7/2025."""
    if person.group.stages:
        return _told_steps(person, district)
    end = person.left if person.left is not None else _retires(person, district)
    last = Step(person.place, person.title, person.appointed, end, _kind(person))
    if person.appointed - person.recruited < 30:
        return [Step(person.place, person.title, person.recruited, end, _kind(person))]
    before, start = person.place, person.recruited
    rose = local_title(person.title)["rose"].split("|")
    steps = []
    if rotated := person.group.rotated:
        home = pick(person.rng, district.of_kinds(local_title(rotated["title"])["place"]))
        since = rotated["since"].toordinal() - person.rng.random() * 300
        steps = [Step(home, rotated["title"], since, person.appointed)]
        before, rose, last_before = home, ["chuyen-vien-huyen"], since
    else:
        last_before = person.appointed
    earlier = pick(person.rng, rose) or ("chuyen-vien-huyen" if person.place.kind != "xa" else "khong-chuyen-trach-xa")
    return [Step(before, earlier, start, last_before), *steps, last]


def _kind(person: Local) -> str:
    if person.group.rotated:
        return "rotated"
    return "elected" if person.staff_kind == "can-bo" else "main"


def _retires(person: Local, district: District) -> float | None:
    """The day she leaves by age, where that is after the day told and before units changed."""
    at = person.born + LEAVES_AT[person.sex] * YEAR
    if at <= person.told_on:
        raise CannotDeal(f"{person.group.name}: someone aged {person.age} would have retired before the day told")
    return at if at < ordinal(district.changed) - 1 else None


def _told_steps(person: Local, district: District) -> list[Step]:
    """A career told in the data file by months."""
    steps = []
    for row in person.group.stages:
        places = district.of_kinds(local_title(row["title"])["place"])
        place = district.places[row["unit"]] if "unit" in row else places[0]
        start, end = ordinal(row["start"]), ordinal(row["end"]) if "end" in row else None
        steps.append(Step(place, row["title"], start, end, row.get("kind", "elected"), row["start"], row.get("end", "")))
    first = Step(steps[0].place, "chuyen-vien-huyen", person.recruited, steps[0].start, end_text=steps[0].start_text)
    return [first, *steps]
