"""An invented province after the change of 1/7/2025, with the districts and communes it came from."""

from random import Random

from canbo.demo.communes import add_commune, add_schools
from canbo.demo.former import former_units
from canbo.demo.geography import Commune, Geography, lowered
from canbo.demo.tables import table
from canbo.demo.world import Former, Office, Slot, World, add_bodies, fill_office

FILLED_SHARE = 0.96
FORMER_SHARE = 0.06
DEPARTMENTS_MERGED_ON = "2025-03-01"


def build_world(*, people: int, seed: int, geography: Geography) -> World:
    """An organisation with places for about `people` dossiers, those of former staff included."""
    world = World(geography)
    staff = round(people * (1 - FORMER_SHARE))
    _terms(world)
    _titles(world)
    root = _province(world)
    _departments(world, root=root, staff=staff)
    communes = _spread(geography.communes, max(2, min(len(geography.communes), staff // 95)))
    formers = former_units(world, root=root, communes=communes)
    roots = [add_commune(world, root=root, commune=c, formers=formers[c.code], number=n) for n, c in enumerate(communes)]
    world.slots = _filled(world.slots, seed=seed, staff=staff)
    add_schools(world, communes=list(zip(communes, roots, strict=True)), teachers=staff - len(world.slots))
    return world


def _terms(world: World) -> None:
    for row in table("terms"):
        world.terms[row["code"]] = world.add("term", **row)


def _titles(world: World) -> None:
    changed = world.geography.changed_on.isoformat()
    levels = [("commune_posts", "xa"), ("province_posts", "tinh"), ("former_posts", "")]
    for name, level in levels:
        for row in table(name):
            if row["code"] not in world.titles:
                world.titles[row["code"]] = world.add(
                    "title", code=row["code"], name=row["title"], level=level or row["place"], rank=int(row["tier"]),
                    key_post=row.get("key_post") == "1", protocol_order=int(row.get("order", 200)), evidence="local",
                    end=changed if name == "former_posts" else None,
                )  # fmt: skip


def _spread(communes: tuple[Commune, ...], count: int) -> list[Commune]:
    return [communes[n * len(communes) // count] for n in range(count)]


def _province(world: World) -> int:
    geo = world.geography
    return world.add_unit(
        f"tinh-{geo.province}", name=geo.label, kind="tinh", level="tinh", province=geo.province
    )  # fmt: skip


def _departments(world: World, *, root: int, staff: int) -> None:
    """Party boards and departments; as many as the number of staff bears, each with its predecessor."""
    wanted = max(6, min(len(table("province_units")), staff // 40))
    officers = max(2, min(40, staff // 150))
    changed, province = DEPARTMENTS_MERGED_ON, world.geography.province
    everywhere = add_bodies(
        world, unit=root, code=f"tinh-{province}", name=lowered(world.geography.label), since="2020-10", until=None
    )
    leading = [row for row in table("province_units") if row["kind"] in ("tinh-uy", "ubnd-tinh")]
    others = [row for row in table("province_units") if row not in leading]
    for row in leading + others[:: max(1, len(others) // (wanted - len(leading)))]:
        base = {"block": row["block"], "level": "tinh", "parent_id": root, "province": province}
        unit = world.add_unit(row["code"], name=row["name"], kind=row["kind"], **base)
        before: tuple[Former, ...] = ()
        if row["took_over"]:
            old = world.add_unit(f"{row['code']}-cu", name=row["took_over"], kind=row["kind"], end=changed, **base)
            world.add("succession", old_id=old, new_id=unit, on=changed, kind="merge")
            before = (Former(old, row["took_over"], "so"),)
        office = Office(unit, unit, row["name"], "tinh", before=before, bodies=everywhere)
        posts = [post for post in table("province_posts") if post["kind"] == row["kind"]]
        fill_office(world, office=office, posts=posts, officers=officers)


def _filled(slots: list[Slot], *, seed: int, staff: int) -> list[Slot]:
    """The places that have somebody: a few stand vacant, more when there are not people enough."""
    filled = min(staff, int(len(slots) * FILLED_SHARE))
    chosen = sorted(Random(seed).sample(range(len(slots)), filled))
    kept = {n for n, slot in enumerate(slots) if slot.sex == "nu"} if staff >= len(slots) else set()
    return [slots[n] for n in sorted({*chosen, *kept})][:staff]
