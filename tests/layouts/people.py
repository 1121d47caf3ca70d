"""Invented people: seeded, plausible Kinh and ethnic-minority names, every fact in its canonical form."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .names import (
    FAMILIES,
    GIVEN,
    MIDDLE,
    MINORITY_GIVEN,
    PARTY_POSITIONS,
    POSITIONS,
    PROVINCES,
    RANKS,
    SCHOOLS,
    SUBJECTS,
)

Facts = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """One line's person or record; `key` tells people apart, `facts` are canonical values."""

    key: str
    facts: Facts = field(hash=False)

    def __getitem__(self, name: str) -> Any:
        return self.facts.get(name)

    def with_facts(self, **facts: Any) -> Person:
        return replace(self, facts={**self.facts, **facts})


def iso(*, year: int, month: int | None = None, day: int | None = None) -> str:
    """ISO text as precise as known."""
    parts = [f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part is not None]
    return "-".join(parts)


def random_day(rng: random.Random, first: int, last: int) -> str:
    return iso(year=rng.randint(first, last), month=rng.randint(1, 12), day=rng.randint(1, 28))


def personal_id(*, rng: random.Random, province: str, sex: str, year: int) -> str:
    """12 digits as the law builds them: province, sex and century, two digits of the birth year, six more."""
    century = (year - 1900) // 100 * 2 + (1 if sex == "nu" else 0)
    return f"{province}{century}{year % 100:02d}{rng.randint(0, 999_999):06d}"


def invent_name(*, rng: random.Random, ethnicity: str, sex: str) -> str:
    family = rng.choice(FAMILIES[ethnicity])
    if ethnicity in MINORITY_GIVEN:
        return f"{family} {rng.choice(MINORITY_GIVEN[ethnicity][sex])}"
    return f"{family} {rng.choice(MIDDLE[sex])} {rng.choice(GIVEN[sex])}"


def identity(*, rng: random.Random, ethnicity: str) -> Facts:
    sex = rng.choice(("nam", "nam", "nu"))
    year = rng.randint(1968, 1996)
    place, province = rng.choice(PROVINCES)
    return {
        "full_name": invent_name(rng=rng, ethnicity=ethnicity, sex=sex),
        "sex": sex,
        "ethnicity": ethnicity,
        "birth": iso(year=year, month=rng.randint(1, 12), day=rng.randint(1, 28)),
        "birth_place": place,
        "native_place": place,
        "residence": rng.choice(PROVINCES)[0],
        "religion": rng.choice(("Không", "Không", "Không", "Công giáo", "Phật giáo")),
        "personal_id": personal_id(rng=rng, province=province, sex=sex, year=year),
        "phone": f"09{rng.randint(0, 99_999_999):08d}",
    }


def service(*, rng: random.Random, birth_year: int) -> Facts:
    recruited = rng.randint(birth_year + 22, birth_year + 23)
    joined = rng.randint(birth_year + 20, birth_year + 22)
    day = random_day(rng, joined, joined)
    code, name, base, steps = rng.choice(RANKS)
    step = rng.randint(1, steps)
    return {
        "recruited_on": random_day(rng, recruited, recruited),
        "joined_agency_on": random_day(rng, 2024, 2024),
        "appointed_on": random_day(rng, 2020, 2024),
        "party_joined": day,
        "party_official": f"{joined + 1}{day[4:]}",
        "rank_code": code,
        "rank_name": name,
        "pay_step": str(step),
        "coefficient": f"{base + 0.33 * (step - 1):.2f}",
        "rank_on": random_day(rng, 2021, 2024),
    }


def learning(*, rng: random.Random, birth_year: int) -> Facts:
    degree = rng.choices(("trung-cap", "cao-dang", "dai-hoc", "thac-si", "tien-si"), (2, 2, 12, 5, 1))[0]
    return {
        "general_education": rng.choice(("12/12", "12/12", "12/12", "10/10")),
        "degree": degree,
        "degree_field": rng.choice(SUBJECTS),
        "degree_institution": rng.choice(SCHOOLS),
        "degree_year": str(birth_year + rng.randint(22, 26)),
        "political_theory": rng.choices(("so-cap", "trung-cap", "cao-cap", "cu-nhan"), (3, 10, 4, 1))[0],
        "state_management": rng.choice(("Chuyên viên", "Chuyên viên", "Chuyên viên chính", None)),
        "it_level": rng.choice(("A", "B", "Cơ bản", "Ứng dụng CNTT cơ bản")),
        "foreign_language": rng.choice(("Anh B", "Anh A2", "Anh B1", None)),
    }


def invent(*, rng: random.Random, key: str, units: Sequence[str]) -> Person:
    """One person with all facts a list may ask for."""
    ethnicity = rng.choices(tuple(FAMILIES), (14, 3, 1, 3, 2, 2, 1, 1, 1))[0]
    facts = identity(rng=rng, ethnicity=ethnicity)
    facts |= service(rng=rng, birth_year=int(facts["birth"][:4])) | learning(
        rng=rng, birth_year=int(facts["birth"][:4])
    )
    facts |= {
        "unit": rng.choice(list(units)),
        "position": position_for(rng=rng, sex=facts["sex"]),
        "party_position": rng.choice(PARTY_POSITIONS),
    }
    facts["staff_kind"] = (
        "cong-chuc"
        if facts["position"].startswith(("Công chức", "Chuyên", "Trưởng", "Phó Trưởng", "Chỉ huy"))
        else "can-bo"
    )
    return Person(key, facts)


def position_for(*, rng: random.Random, sex: str) -> str:
    position = rng.choice(POSITIONS)
    return "Chủ tịch Hội Nông dân" if position == "Chủ tịch Hội LHPN" and sex == "nam" else position


def homonym(*, rng: random.Random, of: Person, key: str) -> Person:
    """Somebody else of the same name and sex, born in another year."""
    twin = invent(rng=rng, key=key, units=[of["unit"]])
    year = int(of["birth"][:4])
    year += rng.choice((-7, -4)) if year > 1985 else rng.choice((5, 9))
    birth = iso(year=year, month=rng.randint(1, 12), day=rng.randint(1, 28))
    number = personal_id(rng=rng, province=twin["personal_id"][:3], sex=of["sex"], year=year)
    return twin.with_facts(
        full_name=of["full_name"],
        sex=of["sex"],
        ethnicity=of["ethnicity"],
        birth=birth,
        personal_id=number,
        position=position_for(rng=rng, sex=of["sex"]),
        **service(rng=rng, birth_year=year),
        **learning(rng=rng, birth_year=year),
    )


def crowd(*, rng: random.Random, count: int, units: Sequence[str], homonyms: int = 1) -> list[Person]:
    """`count` people of `units` in the units' order; the last `homonyms` share the names of the first."""
    people: list[Person] = []
    names: set[str] = set()
    while len(people) < count - homonyms:
        someone = invent(rng=rng, key=f"p{len(people)}", units=units)
        if someone["full_name"] not in names:
            names.add(someone["full_name"])
            people.append(someone)
    people += [homonym(rng=rng, of=people[n], key=f"h{n}") for n in range(homonyms)]
    return sorted(people, key=lambda person: list(units).index(person["unit"]))
