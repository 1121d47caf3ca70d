"""Communes of today with their parts and posts, and their schools."""

from collections import defaultdict
from math import ceil

from canbo.demo.geography import Commune, lowered
from canbo.demo.tables import table
from canbo.demo.world import Also, Former, Office, World, add_bodies, fill_office, slot_of

TEACHERS = 28  # of a school


def add_commune(world: World, *, root: int, commune: Commune, formers: tuple[Former, ...], number: int) -> int:
    """One commune with its parts; the second commune has no woman in its standing committee, the others have one."""
    changed, province = world.geography.changed_on.isoformat(), world.geography.province
    place = {"level": "xa", "province": province, "commune": commune.code, "start": changed}
    code, name = f"xa-{commune.code}", lowered(commune.label)
    unit = world.add_unit(code, name=commune.label, kind="xa", parent_id=root, **place)
    for former in formers:
        if former.kind == "xa":
            whole = "merge" if len(commune.olds) > 1 else "rename"
            world.add("succession", old_id=former.unit, new_id=unit, on=changed, kind=whole)
    bodies = add_bodies(world, unit=unit, code=code, name=name, since=changed, until=None)
    offices: dict[str, Office] = {}
    for row in table("commune_units"):
        part = world.add_unit(
            f"{code}-{row['code']}", name=f"{row['name']} {name}", kind=row["code"], block=row["block"],
            parent_id=offices[row["parent"]].unit if row["parent"] else unit, **place,
        )  # fmt: skip
        offices[row["code"]] = Office(
            part, unit, f"{row['name']} {name}", "xa", changed, commune, formers, bodies
        )  # fmt: skip
    _commune_posts(world, offices=offices, women=number != 1)
    return unit


def _commune_posts(world: World, *, offices: dict[str, Office], women: bool) -> None:
    """Posts of a commune, those held along with another one first."""
    held_along: dict[str, Also] = {}
    for post in table("commune_posts"):
        if any(row["also"] == post["code"] for row in table("commune_posts")):
            held_along[post["code"]] = _also(world, office=offices[post["unit"]], post=post)
    norms: dict[tuple[int, str], int] = defaultdict(int)
    since = next(iter(offices.values())).since
    for post in table("commune_posts"):
        office, count = offices[post["unit"]], int(post["count"])
        if not count:
            continue
        place = world.add(
            "post", unit_id=office.unit, title_id=world.titles[post["code"]], staff_kind=post["staff_kind"],
            start=since,
        )  # fmt: skip
        norms[office.unit, post["staff_kind"]] += count
        for number in range(1, count + 1):
            seat = world.add("seat", post_id=place, number=number, start=since)
            sex = _forced_sex(post, women=women)
            also = held_along.get(post["also"])
            world.slots.append(slot_of(world, office=office, post=post, place=place, seat=seat, also=also, sex=sex))
    for (unit, kind), total in norms.items():
        world.add("norm", unit_id=unit, staff_kind=kind, count=total, start=since)


def _forced_sex(post: dict[str, str], *, women: bool) -> str:
    if "hpn" in post["code"]:
        return "nu"
    if "btv" not in post["bodies"]:
        return ""
    if not women:
        return "nam"
    return "nu" if post["code"] == "truong-ban-xdd-xa" else ""


def _also(world: World, *, office: Office, post: dict[str, str]) -> Also:
    title = world.titles[post["code"]]
    place = world.add(
        "post", unit_id=office.unit, title_id=title, staff_kind=post["staff_kind"], start=office.since
    )  # fmt: skip
    seat = world.add("seat", post_id=place, number=1, start=office.since)
    return Also(office.unit, title, place, seat, post["title"])


def add_schools(world: World, *, communes: list[tuple[Commune, int]], teachers: int) -> None:
    """Schools for the remaining staff, each moved from its district to a commune on 1/7/2025."""
    changed, province = world.geography.changed_on.isoformat(), world.geography.province
    posts = [row for row in table("province_posts") if row["kind"] == "truong"]
    for number in range(ceil(teachers / TEACHERS)):
        commune, root = communes[number % len(communes)]
        name = f"Trường THCS số {number // len(communes) + 1} {commune.label.split(' ', 1)[1]}"
        base = {"name": name, "kind": "truong", "block": "su-nghiep", "level": "xa", "province": province}
        district = world.units[f"huyen-{commune.olds[0].district}"]
        old = world.add_unit(f"truong-cu-{number + 1}", parent_id=district, end=changed, **base)
        new = world.add_unit(
            f"truong-{number + 1}", parent_id=root, commune=commune.code, start=changed, **base
        )  # fmt: skip
        world.add("succession", old_id=old, new_id=new, on=changed, kind="move")
        size = min(TEACHERS, teachers - number * TEACHERS)
        office = Office(new, root, name, "xa", changed, commune, (Former(old, name, "truong"),))
        fill_office(world, office=office, posts=posts if size > 2 else posts[2:], officers=max(1, size - 2))
