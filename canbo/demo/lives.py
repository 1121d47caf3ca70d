"""One invented life: where somebody works, since when, and what follows from it. Days are ordinals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any, TypeVar

from canbo.demo.dates import YEAR, ordinal
from canbo.demo.tables import table
from canbo.demo.world import Former, Slot, World

Row = dict[str, Any]
Item = TypeVar("Item")
# Youngest and oldest age by tier, the oldest by sex below the retirement age of 2026: some are months away from it.
AGES = {4: 45, 3: 32, 2: 29, 1: 25, 0: 25}
OLDEST = {"nam": 61.3, "nu": 56.8}
WOMEN = {4: 0.15, 3: 0.25, 2: 0.3, 1: 0.37, 0: 0.28}
MINORITIES = (("tay", 0.55), ("nung", 0.75), ("dao", 0.87), ("san-diu", 0.92), ("san-chay", 0.96), ("mong", 1.0))


@dataclass(frozen=True, slots=True)
class Ground:
    """What all lives of one run stand on: the organisation, the seed, and the day on which everything is told."""

    world: World
    seed: int
    on: int
    year: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One post in a career."""

    start: float
    end: float | None
    unit: int
    unit_name: str
    title: int
    title_name: str
    staff_kind: str
    tier: int
    post: int | None = None
    seat: int | None = None
    former: Former | None = None


@dataclass(slots=True)
class Life:
    """The turning points everything else hangs on."""

    rng: Random
    ground: Ground
    slot: Slot
    sex: str
    born: float
    graduated: float
    recruited: float
    left: float | None
    stages: list[Stage] = field(default_factory=list)

    @property
    def teacher(self) -> bool:
        return self.slot.staff_kind == "vien-chuc"

    @property
    def until(self) -> float:
        """The last day anything can have happened at work."""
        return self.left or self.ground.on


def pick(rng: Random, items: Sequence[Item]) -> Item:
    """One of the items; three times as quick as `choice`."""
    return items[int(rng.random() * len(items))]


def begin(*, ground: Ground, number: int) -> Life:
    """The life of dossier `number`: the holder of that place, or, past the last place, somebody who has left."""
    rng = Random(ground.seed * 1_000_003 + number)
    slots = ground.world.slots
    gone = number >= len(slots)
    slot = pick(rng, slots) if gone else slots[number]
    sex = slot.sex or ("nu" if rng.random() < _women(slot) else "nam")
    youngest, oldest = AGES[slot.tier], OLDEST[sex]
    left = ground.on - rng.random() * 5 * YEAR if gone else None
    age = 56 + rng.random() * 4 if gone else _age(rng, youngest, oldest, near=number % 20 == 7)
    born = (left or ground.on) - age * YEAR
    graduated = born + (22.2 + 1.3 * rng.random()) * YEAR
    recruited = graduated + rng.random() * min(2.5, age - 24) * YEAR
    life = Life(rng, ground, slot, sex, born, graduated, recruited, left)
    life.stages = _stages(life)
    return life


def _age(rng: Random, youngest: int, oldest: float, near: bool) -> float:
    """Most in the middle of the range; who is `near` the end, within the last year and a half of service."""
    first, second = rng.random(), rng.random()
    return oldest - 1.5 * first if near else youngest + (oldest - youngest) * (first + second) / 2


def _women(slot: Slot) -> float:
    return 0.45 if slot.staff_kind == "vien-chuc" else WOMEN[slot.tier]


def _stages(life: Life) -> list[Stage]:
    """The career from recruitment to the present post, each stage ending where the next one begins."""
    office, rng = life.slot.office, life.rng
    changed = _changed(life)
    if changed is None:
        # Also who left a commune before it existed is told as if her unit had lasted.
        return _rising(life, since=life.recruited, formers=(), until=None)
    if life.recruited >= changed:
        return [_present(life, start=life.recruited)]
    if life.left is not None and life.left <= changed:
        return _rising(life, since=life.recruited, formers=(pick(rng, office.before),), until=life.left)
    chosen = [pick(rng, office.before)]
    if rng.random() < 0.15 and changed - life.recruited > 4 * YEAR:
        chosen.append(pick(rng, office.before))
    past = _rising(life, since=life.recruited, formers=tuple(chosen), until=changed)
    return [*past, *_after(life, changed=changed)]


def _changed(life: Life) -> float | None:
    """The day the unit replaced another; None for a unit that was there all along."""
    office = life.slot.office
    if office.since:
        return ordinal(office.since)
    return ordinal("2025-03-01") if office.before else None


def _rising(life: Life, *, since: float, formers: tuple[Former, ...], until: float | None) -> list[Stage]:
    """Posts of rising tier between two days; without former units the last of them is the present post."""
    rng, tier = life.rng, life.slot.tier
    end = until if until is not None else life.until
    steps = [1] if tier < 2 else list(range(1, min(tier, 3) + (0 if until and rng.random() < 0.4 else 1)))
    if end - since < len(steps) * YEAR:
        steps = steps[:1]
    cuts = sorted(since + (end - since) * rng.random() for _ in steps[1:])
    spans = list(zip([since, *cuts], [*cuts, until]))
    if not formers:
        past = [_own_past(life, tier=step, start=a, end=b) for step, (a, b) in zip(steps[:-1], spans[:-1])]
        return [*past, _present(life, start=spans[-1][0])]
    return [
        _past(life, former=formers[min(n * len(formers) // len(steps), len(formers) - 1)], tier=step, start=a, end=b)
        for n, (step, (a, b)) in enumerate(zip(steps, spans))
    ]


def _after(life: Life, *, changed: float) -> list[Stage]:
    """From the change on: most went straight into the present post, some were staff of the same office first."""
    later = life.until - changed
    if life.slot.tier < 2 or life.rng.random() < 0.8 or later < 120:
        return [_present(life, start=changed)]
    start = changed + 60 + life.rng.random() * (later - 90)
    return [_own_past(life, tier=1, start=changed, end=start), _present(life, start=start)]


def _present(life: Life, *, start: float) -> Stage:
    slot = life.slot
    seat = slot.seat if life.left is None else None
    return Stage(
        start, life.left, slot.office.unit, slot.office.name, slot.title, slot.title_name, slot.staff_kind, slot.tier,
        slot.post, seat,
    )  # fmt: skip


def _own_past(life: Life, *, tier: int, start: float, end: float | None) -> Stage:
    """An earlier post in the present office."""
    kinds = {"vien-chuc": "truong"}
    kind = kinds.get(life.slot.staff_kind, "so" if life.slot.office.level == "tinh" else "chuyen-vien-xa")
    if kind == "chuyen-vien-xa":
        title, name, staff = life.ground.world.titles[kind], "Chuyên viên", "cong-chuc"
    else:
        title, name, staff, _code = _former_title(life, kind=kind, tier=tier)
    return Stage(start, end, life.slot.office.unit, life.slot.office.name, title, name, staff, tier)


def _past(life: Life, *, former: Former, tier: int, start: float, end: float | None) -> Stage:
    title, name, staff, code = _former_title(life, kind=former.kind, tier=tier)
    post = life.ground.world.former_posts.get((former.unit, code))
    return Stage(start, end, former.unit, former.name, title, name, staff, tier, post, former=former)


def _former_title(life: Life, *, kind: str, tier: int) -> tuple[int, str, str, str]:
    rows = _titles_of(kind, min(tier, 2 if kind == "truong" else 3))
    row = pick(life.rng, rows)
    if life.sex == "nam" and "hpn" in row["code"]:
        row = rows[0]
    return life.ground.world.titles[row["code"]], row["title"], row["staff_kind"], row["code"]


@cache
def _titles_of(kind: str, tier: int) -> list[dict[str, str]]:
    return [row for row in table("former_posts") if row["place"] == kind and int(row["tier"]) == tier]
