"""A district before 1/7/2025 as units: province, district and its offices, communes, schools, and who took them over."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from canbo.demo.geography import OldCommune, areas, geography
from canbo.demo.locality import Locality
from canbo.demo.tables import table
from canbo.demo.world import Seating, World, add_bodies

SCHOOLS = ("Trường Mầm non", "Trường Tiểu học", "Trường Trung học cơ sở")
TERMS = (
    ("2015-2020", "dang", "2015-08", "2020-06"), ("2020-2025", "dang", "2020-06", "2025-07"),
    ("2016-2021", "nha-nuoc", "2016-05-22", "2021-05-23"), ("2021-2026", "nha-nuoc", "2021-05-23", "2026-03-15"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A unit people serve in; `home` is the old commune whose natives are local there."""

    unit: int
    code: str
    name: str
    kind: str
    home: OldCommune
    bodies: tuple[Seating, ...] = ()


@dataclass
class District:
    """The rows of a locality's organisation, and its places by code in the order they are filled."""

    world: World
    locality: Locality
    places: dict[str, Place] = field(default_factory=dict)
    under: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _posts: dict[tuple[int, str], int] = field(default_factory=dict)
    _seats: Counter[int] = field(default_factory=Counter)

    def of_kinds(self, kinds: str) -> list[Place]:
        """Places where a title stands: by kind (xa, truong, phong, ban) or by the code of one office."""
        wanted = set(kinds.split("|"))
        office = {f"h{self.locality.district}-{code}" for code in wanted}
        return [place for place in self.places.values() if place.kind in wanted or place.code in office]

    def selected(self, units: tuple[str, ...]) -> set[int]:
        """Units named by a data file: `xa`, a code (with all below it), `-code` leaves one out; none = all."""
        chosen: set[int] = set() if any(not name.startswith("-") for name in units) else self._below(self.root)
        for name in units:
            found = {p.unit for p in self.of_kinds("xa")} if name == "xa" else self._below(name.lstrip("-"))
            chosen = chosen - found if name.startswith("-") else chosen | found
        return chosen

    @property
    def root(self) -> str:
        return f"huyen-{self.locality.district}"

    def _below(self, code: str) -> set[int]:
        if code == self.root:
            return {place.unit for place in self.places.values()}
        return {self.places[code].unit}

    def seat(self, *, unit: int, title: str, staff_kind: str, seated: bool) -> tuple[int, int | None]:
        """The post of a title in a unit, with one more seat where the title has seats."""
        if (unit, title) not in self._posts:
            row = {"unit_id": unit, "title_id": self.world.titles[title], "staff_kind": staff_kind}
            self._posts[unit, title] = self.world.add("post", **row, end=self.changed)
        post = self._posts[unit, title]
        if not seated:
            return post, None
        self._seats[post] += 1
        return post, self.world.add("seat", post_id=post, number=self._seats[post], end=self.changed)

    @property
    def changed(self) -> str:
        return self.world.geography.changed_on.isoformat()


def build_district(locality: Locality) -> District:
    """Units, titles, terms, bodies and successions of one locality."""
    told = areas(locality.district)
    district = District(World(geography(told.province_after)), locality)
    _terms(district.world)
    _titles(district)
    root, after = _provinces(district, told.before, told.after, told.province_before, told.province_after)
    huyen = district.world.add_unit(
        district.root, name=told.label, kind="huyen", level="huyen", parent_id=root, province=told.province_before,
        end=district.changed,
    )  # fmt: skip
    district.world.add("succession", old_id=huyen, new_id=after, on=district.changed, kind="dissolve")
    news = _communes(district, huyen=huyen, after=after, olds=told.communes, successors=told.successors)
    if locality.parts:
        _offices(district, huyen=huyen, after=after, home=told.communes[0])
    _schools(district, huyen=huyen, news=news)
    return district


def _terms(world: World) -> None:
    for code, side, start, end in TERMS:
        world.terms[code] = world.add("term", code=code, side=side, start=start, end=end)


def _titles(district: District) -> None:
    """All titles that can be held or planned here; those the shipped lists have are found by their code."""
    for row in table("local_titles"):
        level = "xa" if row["place"] == "xa" else "huyen"
        district.world.titles[row["code"]] = district.world.add(
            "title", code=row["code"], name=row["title"].format(**district.locality.names), level=level,
            rank=int(row["tier"]), key_post=False if int(row["tier"]) < 2 else None, evidence="local", protocol_order=300,
        )  # fmt: skip
    for code in ("uv-bch-huyen", "uv-bch-xa"):
        district.world.titles[code] = district.world.add("title", code=code, name="Ủy viên Ban Chấp hành Đảng bộ", protocol_order=300)


def _provinces(district: District, before: str, after: str, code: str, new: str) -> tuple[int, int]:
    """The province of then and the one of today: often the same unit."""
    world = district.world
    today = world.add_unit(f"tinh-{new}", name=after, kind="tinh", level="tinh", province=new)
    if code == new:
        return today, today
    old = world.add_unit(f"tinh-cu-{code}", name=before, kind="tinh", level="tinh", province=code, end=district.changed)
    world.add("succession", old_id=old, new_id=today, on=district.changed, kind="merge")
    return old, today


def _communes(
    district: District, *, huyen: int, after: int, olds: tuple[OldCommune, ...], successors: dict[str, tuple[tuple[str, str, str], ...]]
) -> dict[str, int]:  # fmt: skip
    """Communes of then, those of today that took them over → by old code the (first) unit of today."""
    world, changed, locality = district.world, district.changed, district.locality
    later = {row["into"] for row in locality.earlier}
    news: dict[str, int] = {}
    for old in olds:
        start = locality.merged_on.isoformat() if locality.merged_on and old.code in later else None
        unit = world.add_unit(
            f"xa-cu-{old.code}", name=old.label, kind="xa", level="xa", parent_id=huyen, province=old.province,
            commune=old.code, start=start, end=changed,
        )  # fmt: skip
        for code, label, kind in successors[old.code]:
            if f"xa-{code}" not in world.units:
                world.add_unit(
                    f"xa-{code}", name=label, kind="xa", level="xa", parent_id=after, province=world.geography.province,
                    commune=code, start=changed,
                )  # fmt: skip
            world.add("succession", old_id=unit, new_id=world.units[f"xa-{code}"], on=changed, kind=kind)
        news[old.code] = world.units[f"xa-{successors[old.code][0][0]}"]
        if start is None:
            _settle(district, unit=unit, code=f"xa-cu-{old.code}", home=old, until=changed)
    for row in locality.earlier:
        _earlier(district, row=row, huyen=huyen, home=next(old for old in olds if old.code == row["into"]))
    return news


def _earlier(district: District, *, row: Mapping[str, str], huyen: int, home: OldCommune) -> None:
    """A commune that merged into another one of the district before 1/7/2025."""
    world, merged = district.world, str(district.locality.merged_on)
    unit = world.add_unit(
        row["code"], name=row["name"], kind="xa", level="xa", parent_id=huyen, province=home.province,
        commune=home.code, end=merged,
    )  # fmt: skip
    world.add("succession", old_id=unit, new_id=world.units[f"xa-cu-{home.code}"], on=merged, kind="merge")
    _settle(district, unit=unit, code=row["code"], home=home, until=merged)


def _settle(district: District, *, unit: int, code: str, home: OldCommune, until: str) -> None:
    name = str(district.world.rows["unit"][unit - 1]["name"])
    bodies = add_bodies(
        district.world, unit=unit, code=code, name=name[:1].lower() + name[1:], since="2015-08", until=until, terms=_term_rows()
    )
    district.places[code] = Place(unit, code, name, "xa", home, bodies)


def _term_rows() -> tuple[dict[str, str], ...]:
    return tuple({"code": code, "side": side, "start": start, "end": end} for code, side, start, end in TERMS)


def _offices(district: District, *, huyen: int, after: int, home: OldCommune) -> None:
    world, locality, changed = district.world, district.locality, district.changed
    bodies = add_bodies(
        world, unit=huyen, code=district.root, name=locality.names["cap"], since="2015-08", until=changed, terms=_term_rows()
    )
    for row in table("district_units"):
        code, name = f"h{locality.district}-{row['code']}", row["name"].format(**locality.names)
        unit = world.add_unit(
            code, name=name, kind=row["kind"], block=row["block"], level="huyen", parent_id=huyen,
            province=home.province, end=changed,
        )  # fmt: skip
        world.add("succession", old_id=unit, new_id=after, on=changed, kind="dissolve")
        district.places[code] = Place(unit, code, name, row["kind"], home, bodies)


def _schools(district: District, *, huyen: int, news: dict[str, int]) -> None:
    """Schools, moved from the district to a commune on 1/7/2025."""
    world, changed, number = district.world, district.changed, district.locality.district
    homes = [place.home for place in district.of_kinds("xa")]
    for n in range(district.locality.schools):
        home = homes[n % len(homes)]
        kind = SCHOOLS[n // len(homes) % len(SCHOOLS)]
        series = n // len(homes) // len(SCHOOLS)
        name = f"{kind} {'số ' + str(series + 1) + ' ' if series else ''}{home.label.split(' ', 1)[1]}"
        base = {"name": name, "kind": "truong", "block": "su-nghiep"}
        old = world.add_unit(
            f"truong-{number}-{n + 1}", level="huyen", parent_id=huyen, province=home.province, end=changed, **base
        )
        new = world.add_unit(
            f"truong-{number}-{n + 1}-moi", level="xa", parent_id=news[home.code], start=changed,
            province=world.geography.province, **base,
        )  # fmt: skip
        world.add("succession", old_id=old, new_id=new, on=changed, kind="move")
        district.places[f"truong-{number}-{n + 1}"] = Place(old, f"truong-{number}-{n + 1}", name, "truong", home)
