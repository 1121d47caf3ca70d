"""What was before 1/7/2025: old provinces, districts and communes, with their successions."""

from canbo.demo.geography import Commune, OldCommune, lowered
from canbo.demo.tables import table
from canbo.demo.world import Former, World, add_bodies


def former_units(world: World, *, root: int, communes: list[Commune]) -> dict[str, tuple[Former, ...]]:
    """Old provinces, districts and communes with their successions; by new commune, the units its people came from."""
    found: dict[str, tuple[Former, ...]] = {}
    made: dict[str, Former] = {}
    for commune in communes:
        mine: dict[str, Former] = {}
        for old in commune.olds:
            district = _district(world, root=root, old=old, made=made)
            mine[old.district] = district
            mine[old.code] = _old_commune(world, old=old, district=district, made=made)
        found[commune.code] = tuple(mine.values())
    return found


def _district(world: World, *, root: int, old: OldCommune, made: dict[str, Former]) -> Former:
    code, changed = f"huyen-{old.district}", world.geography.changed_on.isoformat()
    if code not in made:
        parent = _old_province(world, root=root, old=old)
        unit = world.add_unit(
            code, name=old.district_label, kind="huyen", level="huyen", parent_id=parent, province=old.province,
            end=changed,
        )  # fmt: skip
        world.add("succession", old_id=unit, new_id=root, on=changed, kind="dissolve")
        made[code] = Former(unit, old.district_label, "huyen")
        _former_posts(world, unit=unit, kind="huyen")
    return made[code]


def _old_province(world: World, *, root: int, old: OldCommune) -> int:
    if old.province == world.geography.province:
        return root
    code, changed = f"tinh-cu-{old.province}", world.geography.changed_on.isoformat()
    if code not in world.units:
        unit = world.add_unit(
            code, name=old.province_label, kind="tinh", level="tinh", province=old.province, end=changed
        )
        world.add("succession", old_id=unit, new_id=root, on=changed, kind="merge")
    return world.units[code]


def _old_commune(world: World, *, old: OldCommune, district: Former, made: dict[str, Former]) -> Former:
    code, changed = f"xa-cu-{old.code}", world.geography.changed_on.isoformat()
    if code not in made:
        unit = world.add_unit(
            code, name=old.label, kind="xa", level="xa", parent_id=district.unit, province=old.province,
            commune=old.code, end=changed,
        )  # fmt: skip
        name = f"{lowered(old.label)} (đến 30/6/2025)"
        bodies = add_bodies(world, unit=unit, code=code, name=name, since="2020-07", until=changed)
        made[code] = Former(unit, old.label, "xa", bodies)
        _former_posts(world, unit=unit, kind="xa")
    return made[code]


def _former_posts(world: World, *, unit: int, kind: str) -> None:
    changed = world.geography.changed_on.isoformat()
    for row in table("former_posts"):
        if row["place"] == kind:
            world.former_posts[unit, row["code"]] = world.add(
                "post", unit_id=unit, title_id=world.titles[row["code"]], staff_kind=row["staff_kind"], end=changed
            )
