"""Invented people, one dossier after another: the same seed, day and number give the same person on every machine."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from canbo.demo.dates import YEAR, iso
from canbo.demo.geography import OldCommune, lowered
from canbo.demo.learning import DEGREES, Records, add_learning, add_none, drawn
from canbo.demo.lives import MINORITIES, Ground, Life, begin, pick
from canbo.demo.names import full_name
from canbo.demo.service import add_service
from canbo.demo.world import World

Row = dict[str, Any]
MISSING, YEAR_ONLY = 0.03, 0.10
# Columns that are missing in 3 of 100 dossiers, and dates of which a tenth is known by its year only.
OPTIONAL = {
    "person": (
        "birth", "ethnicity", "religion", "native_place", "residence", "personal_id", "phone", "recruited_on",
        "joined_agency_on", "party_joined", "party_official", "party_status",
    ),
    "qualification": ("level", "obtained", "form", "institution", "field"),
    "rating": ("grade",),
    "attendance": ("result", "end", "hours"),
    "pay": ("coefficient", "rank_on"),
    "award": ("on",),
    "discipline": ("ended_on",),
}  # fmt: skip
DATES = {
    "person": ("birth", "recruited_on", "joined_agency_on", "party_joined", "party_official"),
    "qualification": ("obtained",),
    "attendance": ("start", "end"),
    "pay": ("rank_on",),
    "holding": ("start",),
    "discipline": ("decided_on", "ended_on"),
}


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person and her records: `(table, row)`. religion, personal_id, phone and social_insurance are still in clear;
    ids of units, titles … are places in the tables of the World."""

    number: int
    person: Row
    records: Records


def people(*, world: World, total: int, seed: int, on: date, numbers: range | None = None) -> Iterator[Dossier]:
    """The dossiers of these numbers (default: all `total`) as they stand on a day.

    Numbers past the places of the world have left the service. The last number is a second dossier of somebody already
    there, the last but one only bears the name of somebody else.
    """
    ground = Ground(world, seed, on.toordinal(), on.year)
    doubles = {total - 1: _duplicate, total - 2: _homonym} if total >= 50 else {}
    return (doubles.get(number, dossier)(ground=ground, number=number) for number in numbers or range(total))


def _duplicate(*, ground: Ground, number: int) -> Dossier:
    """A second, thinner dossier of one person, typed from a list without the personal ID."""
    first = next(d for d in (dossier(ground=ground, number=n) for n in range(3, 50)) if _identifiable(d.person))
    kept = ("full_name", "birth", "sex", "ethnicity", "native_place", "native_province", "native_commune", "native_map")
    person = {name: first.person[name] for name in kept if name in first.person}
    person["key"] = key_of(seed=ground.seed, number=number)
    records = [(table, dict(row)) for table, row in first.records if table == "employment"]
    held = [dict(row) for table, row in first.records if table == "holding"][-1:]
    return Dossier(number, person, records + [("holding", row | {"seat_id": None}) for row in held])


def _homonym(*, ground: Ground, number: int) -> Dossier:
    """Somebody else of the same name, born on another day."""
    mine = dossier(ground=ground, number=number)
    of = next(
        d for d in (dossier(ground=ground, number=n) for n in range(8, 200))
        if d.person["sex"] == mine.person["sex"] and _identifiable(d.person)
    )  # fmt: skip
    mine.person["full_name"] = of.person["full_name"]
    mine.person["ethnicity"] = of.person.get("ethnicity", "kinh")
    return mine


def _identifiable(person: Row) -> bool:
    return len(person.get("birth", "")) == 10 and "native_place" in person


def dossier(*, ground: Ground, number: int) -> Dossier:
    life = begin(ground=ground, number=number)
    records: Records = []
    degree = drawn(life, DEGREES[1 if life.teacher else life.slot.tier])
    joined = _party(life)
    add_learning(life, records=records, degree=degree)
    add_service(life, records=records, party_joined=joined)
    person = _person(life, number=number, joined=joined)
    _military(life, person=person, records=records)
    _blur(life.rng, table="person", row=person)
    for table, row in records:
        if table in OPTIONAL or table in DATES:
            _blur(life.rng, table=table, row=row)
    return Dossier(number, person, records)


def _blur(rng: Random, *, table: str, row: Row) -> None:
    """What paper does to data: values are missing, of old dates only the year is left."""
    for column in DATES.get(table, ()):
        # The day units changed is printed law; nobody forgets it.
        if column in row and rng.random() < YEAR_ONLY and row[column][5:] not in ("07-01", "03-01"):
            row[column] = row[column][:4]
    for column in OPTIONAL.get(table, ()):
        if column in row and rng.random() < MISSING:
            del row[column]


def key_of(*, seed: int, number: int) -> str:
    """The person's key: 32 hex digits."""
    return hashlib.md5(f"canbo-demo:{seed}:{number}".encode(), usedforsecurity=False).hexdigest()


def _party(life: Life) -> float | None:
    """The day of joining the Party; leaders joined before they led."""
    share = {4: 1.0, 3: 1.0, 2: 0.97, 1: 0.6, 0: 0.5}[1 if life.teacher else life.slot.tier]
    if life.rng.random() >= share:
        return None
    latest = life.stages[-1].start if life.slot.tier >= 2 else life.until
    room = latest - life.recruited - 400
    return life.recruited + 30 + life.rng.random() * min(6 * YEAR, room) if room > 0 else None


def _person(life: Life, *, number: int, joined: float | None) -> Row:
    rng, seed = life.rng, life.ground.seed
    ethnicity, native, local = _origin(life)
    birth = iso(life.born)
    row: Row = {
        "key": key_of(seed=seed, number=number), "sex": life.sex, "birth": birth, "ethnicity": ethnicity,
        "full_name": full_name(rng=rng, ethnicity=ethnicity, sex=life.sex),
        "religion": "khong" if rng.random() < 0.96 else pick(rng, ("cong-giao", "phat-giao", "tin-lanh")),
        "personal_id": _personal_id(life, province=native.province, birth=birth, number=number),
        "phone": f"09{(number * 7919 + seed) % 100_000_000:08d}",
        "social_insurance": f"{(number * 104_729 + seed) % 10_000_000_000:010d}",
        "residence": f"{local}, {lowered(life.ground.world.geography.label)}",
        "recruited_on": iso(life.recruited), "joined_agency_on": iso(_joined_agency(life)),
        "birth_place": native.text,
    }  # fmt: skip
    row |= _native(life, native)
    if joined is None:
        row |= {"party_status": "khong", "party_known_from": row["recruited_on"]}
    else:
        row["party_joined"] = iso(joined)
        if joined + YEAR < life.until:
            row["party_official"] = iso(joined + YEAR)
    if life.left is not None:
        row["retired_on"] = iso(life.left)
    return row


def _joined_agency(life: Life) -> float:
    unit = life.stages[-1].unit
    return next(stage.start for stage in life.stages if stage.unit == unit)


def _personal_id(life: Life, *, province: str, birth: str, number: int) -> str:
    """Twelve digits as the law builds them; the last six are nobody's, they follow from the dossier's number."""
    century = (int(birth[:2]) - 19) * 2 + (1 if life.sex == "nu" else 0)
    return f"0{province}{century}{birth[2:4]}{(number * 7919 + life.ground.seed) % 1_000_000:06d}"


def _origin(life: Life) -> tuple[str, OldCommune, str]:
    """Ethnic group, native place, and the commune lived in."""
    rng, geo = life.rng, life.ground.world.geography
    home = life.slot.office.commune or pick(rng, geo.communes)
    at = rng.random()
    here = 0.45 if life.slot.tier >= 3 else 0.75
    if at < here:
        native = pick(rng, home.olds)
    elif at < 0.93:
        native = pick(rng, pick(rng, geo.communes).olds)
    else:
        native = pick(rng, geo.elsewhere)
    minority = rng.random() < _minority_share(home.code, home.label) and at < 0.93
    at = rng.random()
    group = next(code for code, bound in MINORITIES if at < bound) if minority else "kinh"
    return group, native, home.label


def _minority_share(code: str, label: str) -> float:
    """Between 0.05 in a ward and 0.7 in an upland commune, fixed for each commune."""
    share = 0.15 + int(code) * 7 % 11 / 20
    return share / 3 if label.startswith("Phường") else share


def _native(life: Life, native: OldCommune) -> Row:
    """A native place as people write it: mostly by the old names, sometimes by the new ones."""
    geo = life.ground.world.geography
    new = next((c for c in geo.communes if native in c.olds), None) if life.rng.random() < 0.1 else None
    if new is None:
        place = {"native_place": native.text, "native_province": native.province, "native_commune": native.code}
        return place | {"native_map": "b"}
    text = f"{lowered(new.label)}, {lowered(geo.label)}"
    return {"native_place": text, "native_province": geo.province, "native_commune": new.code, "native_map": "a"}


def _military(life: Life, *, person: Row, records: Records) -> None:
    if life.sex == "nam" and life.rng.random() < 0.15:
        person |= {"enlisted_on": iso(life.born + 18.2 * YEAR)[:7], "discharged_on": iso(life.born + 20.2 * YEAR)[:7]}
    else:
        add_none(life, "military", records=records)
    if life.rng.random() < 0.04:
        records.append(("distinction", {"kind": "chinh-sach", "code": "con-thuong-binh", "text": "Con thương binh"}))
    else:
        add_none(life, "chinh-sach", records=records)
