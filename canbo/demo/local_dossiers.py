"""Dossiers of a locality's people: what their lives leave on paper."""

import hashlib
from itertools import pairwise
from typing import Any

from canbo.demo.dates import YEAR, iso
from canbo.demo.district import District
from canbo.demo.geography import OldCommune
from canbo.demo.learning import Records
from canbo.demo.lives import pick
from canbo.demo.local_lives import Local, Step
from canbo.demo.locality import local_title
from canbo.demo.names import Weighted, full_name
from canbo.demo.people import Dossier
from canbo.demo.service import rating_regime
from canbo.demo.tables import table
from canbo.kernel.text import fold

Row = dict[str, Any]


def dossiers(district: District, people: list[Local], *, seed: int) -> list[Dossier]:
    """One dossier each; places of the organisation are still places in the district's tables."""
    groups = Weighted("|".join(f"{code} {count}" for code, count in district.locality.ethnicity.items()))
    return [_dossier(person, district, groups, seed) for person in people]


def _dossier(person: Local, district: District, groups: Weighted, seed: int) -> Dossier:
    records: Records = []
    _learning(person, records)
    _service(person, district, records)
    for year, grade in person.ratings.items():
        records.append(("rating", _rating(year, grade, at=_step_in(person, int(year)))))
    records += [("attendance", dict(row)) for row in person.turns] + [("plan_entry", dict(row)) for row in person.plans]
    return Dossier(person.number, _person(person, district, groups, seed), records)


# --- the person


def _person(person: Local, district: District, groups: Weighted, seed: int) -> Row:
    code = district.locality.code
    ethnicity = groups.draw(person.rng)
    row: Row = {
        "key": hashlib.md5(f"canbo-demo:{code}:{seed}:{person.number}".encode(), usedforsecurity=False).hexdigest(),
        "full_name": full_name(rng=person.rng, ethnicity=ethnicity, sex=person.sex), "sex": person.sex,
        "birth": iso(person.born), "ethnicity": ethnicity, "recruited_on": iso(person.recruited),
        "joined_agency_on": iso(person.steps[0].start),
    }  # fmt: skip
    home = person.place.home
    native = home if person.native_here else _elsewhere(person, district)
    row |= {
        "native_place": native.text, "native_province": native.province, "native_commune": native.code, "native_map": "b",
        "birth_place": native.text, "religion": "khong", "residence": home.text,
        "personal_id": _personal_id(person, native, code=code, seed=seed),
    }  # fmt: skip
    if person.party_joined is None:
        row |= {"party_status": "khong", "party_known_from": row["recruited_on"]}
    else:
        row |= {"party_joined": iso(person.party_joined), "party_official": iso(person.party_joined + YEAR)}
    if person.steps[-1].end is not None and _reason(person) == "nghi-huu":
        row["retired_on"] = iso(person.steps[-1].end)
    return row


def _elsewhere(person: Local, district: District) -> OldCommune:
    """A commune of the same province, but another one than where she serves."""
    communes = [old for commune in district.world.geography.communes for old in commune.olds]
    while (native := pick(person.rng, communes)).code == person.place.home.code:
        pass
    return native


def _personal_id(person: Local, native: OldCommune, *, code: str, seed: int) -> str:
    """Twelve digits as the law builds them; the last six are nobody's."""
    birth = iso(person.born)
    century = (int(birth[:2]) - 19) * 2 + (1 if person.sex == "nu" else 0)
    number = int(hashlib.md5(f"{code}:{seed}:{person.number}".encode(), usedforsecurity=False).hexdigest()[:8], 16)
    return f"0{native.province}{century}{birth[2:4]}{number % 1_000_000:06d}"


# --- what was learned


def _learning(person: Local, records: Records) -> None:
    study = _study(person)
    records.append(("qualification", {"kind": "pho-thong", "level": "12-12", "known_from": iso(person.recruited)}))
    first = "dai-hoc" if person.degree == "thac-si" else person.degree
    at = person.learned["chuyen-mon"]
    if at > person.recruited and first == "dai-hoc":
        records.append(("qualification", _degree(study, "trung-cap", min(person.recruited, at) - 60, form="chinh-quy")))
    records.append(("qualification", _degree(study, first, at, form="chinh-quy" if at <= person.recruited else "vlvh")))
    if person.degree == "thac-si":
        records.append(("qualification", _degree(study, "thac-si", person.learned["thac-si"], form="chinh-quy")))
    for kind, level in (("llct", person.theory), ("qlnn", person.management)):
        if level:
            records.append(("qualification", {"kind": kind, "level": level, "obtained": iso(person.learned[kind])}))
        else:
            records.append(("declared_none", {"kind": kind, "known_from": iso(person.recruited)}))


def _study(person: Local) -> dict[str, str]:
    teaches = person.staff_kind == "vien-chuc"
    fields = [row for row in table("studies") if (row["field"] == "giao-duc") == teaches and row["field"] != "suc-khoe"]
    return pick(person.rng, fields)


def _degree(study: dict[str, str], level: str, at: float, *, form: str) -> Row:
    return {
        "kind": "chuyen-mon", "level": level, "field": study["field"], "field_text": study["text"],
        "institution": study["institution"] if level in ("dai-hoc", "thac-si") else "", "form": form, "obtained": iso(at),
    }  # fmt: skip


# --- service


def _service(person: Local, district: District, records: Records) -> None:
    for step in person.steps:
        _holding(person, step, district, records, last=step is person.steps[-1])
    _employments(person, records)
    _memberships(person, records)
    for step in person.steps[:-1]:
        row: Row = {"unit_text": step.place.name, "title_text": _name(step, district), "start": iso(step.start)[:7]}
        records.append(("work_history", row | ({"end": iso(step.end)[:7]} if step.end else {})))
    _pay(person, records)


def _name(step: Step, district: District) -> str:
    return local_title(step.title)["title"].format(**district.locality.names)


def _span(step: Step) -> Row:
    row: Row = {"start": step.start_text or iso(step.start)}
    if step.end is not None:
        row["end"] = step.end_text or iso(step.end)
    return row


def _holding(person: Local, step: Step, district: District, records: Records, *, last: bool) -> None:
    told = local_title(step.title)
    seated = last and person.left is None and int(told["tier"]) >= 2
    post, seat = district.seat(unit=step.place.unit, title=step.title, staff_kind=told["staff_kind"], seated=seated)
    row = _span(step) | {
        "unit_id": step.place.unit, "title_id": district.world.titles[step.title], "title_text": _name(step, district),
        "post_id": post, "seat_id": seat, "kind": step.kind or "main",
    }  # fmt: skip
    if last and person.steps[-1].end is not None:
        row["end_reason"] = _reason(person)
    if int(told["tier"]) >= 3:
        row["decision"] = _decision(person, step, district)
    records.append(("holding", row))
    if told["also"] and last and not _held_alone(district, told["also"]):
        also = local_title(told["also"])
        post, seat = district.seat(unit=step.place.unit, title=told["also"], staff_kind=also["staff_kind"], seated=seated)
        second = {"title_id": district.world.titles[told["also"]], "title_text": also["title"], "kind": "concurrent"}
        records.append(("holding", _span(step) | second | {"unit_id": step.place.unit, "post_id": post, "seat_id": seat}))


def _held_alone(district: District, title: str) -> bool:
    """Whether somebody else of the locality holds the title and nothing besides."""
    return any(title in group.titles for group in district.locality.groups)


def _reason(person: Local) -> str:
    return str(person.group.left["reason"]) if person.group.left else "nghi-huu"


def _decision(person: Local, step: Step, district: District) -> Row:
    """The paper that put her there, a few days before it took effect."""
    month = step.start_text[:7]
    return {
        "number": f"{100 + person.number}-QĐ/{_initials(district.locality.names['uy'])}", "kind": "bo-nhiem",
        "issued_on": month or iso(step.start - 3), "in_effect_on": month or iso(step.start),
        "issuer": f"Ban Thường vụ {district.locality.names['uy']}",
        "summary": f"Về công tác cán bộ: {_name(step, district)}, {step.place.name}",
    }  # fmt: skip


def _initials(name: str) -> str:
    """`Huyện ủy` → `HU`, as papers are numbered."""
    return fold("".join(word[0] for word in name.split())).upper()


def _employments(person: Local, records: Records) -> None:
    """One span for neighbouring posts of one unit and one kind of staff."""
    steps = person.steps
    first = steps[0]
    for here, after in [*pairwise(steps), (steps[-1], None)]:
        if after and (after.place.unit, _kind_of(after)) == (here.place.unit, _kind_of(here)):
            continue
        row = {"unit_id": here.place.unit, "staff_kind": _kind_of(here), "start": _span(first)["start"]}
        if here.end is not None:
            row |= {"end": _span(here)["end"]} | ({} if after else {"end_reason": _reason(person)})
        records.append(("employment", row))
        first = after or here


def _kind_of(step: Step) -> str:
    return local_title(step.title)["staff_kind"]


def _memberships(person: Local, records: Records) -> None:
    step = person.steps[-1]
    kinds = set(filter(None, local_title(step.title)["bodies"].split("|")))
    began, ended = iso(step.start), iso(step.end) if step.end else None
    for seat in step.place.bodies:
        start, end = max(seat.start, began), min(filter(None, (seat.end, ended)), default=None)
        if seat.kind in kinds and start < (end or "9999"):
            records.append(("membership", {"body_id": seat.body, "role": "uy-vien", "start": start, "end": end}))


def _pay(person: Local, records: Records) -> None:
    """The step of the day told; part-time staff of a commune have none."""
    if person.staff_kind == "khong-chuyen-trach":
        return
    profile = "teacher" if person.staff_kind == "vien-chuc" else "2" if person.degree in ("dai-hoc", "thac-si") else "low"
    rank = next(row for row in table("ranks") if row["profile"] == profile)
    length = int(rank["months"]) * YEAR / 12
    until = person.left or person.told_on
    step = min(int(rank["steps"]) - 1, int((until - person.recruited) / length))
    row: Row = {
        "rank_code": rank["code"], "rank_text": rank["name"], "rank_on": iso(person.recruited), "step": step + 1,
        "coefficient": f"{float(rank['first']) + step * float(rank['increment']):.2f}", "start": iso(person.recruited + step * length),
    }  # fmt: skip
    if person.steps[-1].end is not None:
        row["end"] = iso(person.steps[-1].end)
    records.append(("pay", row))


def _rating(year: str, grade: str, *, at: Step) -> Row:
    regime = rating_regime(_kind_of(at), "official")
    return {"period": year, "regime": regime, "capacity": "official", "grade": grade, "unit_id": at.place.unit}


def _step_in(person: Local, year: int) -> Step:
    """The post at the end of a year."""
    served = [step for step in person.steps if iso(step.start) <= f"{year}-12-31"]
    return (served or person.steps)[-1]
