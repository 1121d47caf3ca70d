"""Where a person belongs: her unit, its territory, her native place, each on the unit map asked about."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

import polars as pl

from canbo.engine.areas import MapName, load_areas
from canbo.engine.codelists import tight_form
from canbo.engine.place_moves import Place, on_map
from canbo.engine.types import Bool, Code, ListOf, Text
from canbo.facts import scales
from canbo.facts.career import employment
from canbo.facts.records import value_of
from canbo.facts.registry import Ask, fact
from canbo.facts.tables import Tables, shared

_MAPS: dict[str, MapName] = {"b": "before", "a": "after"}


@cache
def province_names() -> dict[tuple[MapName, str], tuple[str, str]]:
    """(map, official code) → own code, and the name as lists write it ("Lào Cai", "Thành phố Hà Nội").

    Official codes changed hands on 1/7/2025 (15 was Yên Bái, is Lào Cai); a name never did, so the name is the code here.
    """
    found: dict[tuple[MapName, str], tuple[str, str]] = {}
    for name, provinces in load_areas().provinces.items():
        for code, label in provinces.items():
            short = label.removeprefix("Tỉnh ")
            found[name, code] = (_kebab(short.removeprefix("Thành phố ")), short)
    return found


def _kebab(text: str) -> str:
    return "-".join(filter(None, (tight_form(word) for word in text.split())))


def _province_codes(t: Tables, map_on: date | None = None) -> Code:
    names = province_names()
    wanted = load_areas().map_on(map_on) if map_on else None
    return Code(tuple(dict.fromkeys(pair for (name, _), pair in names.items() if wanted in (None, name))))


# --- a place on another map, for distinct codes only


class Moved(NamedTuple):
    """Own province code, official district and commune codes; None where unknown, or where a split leaves it open."""

    province: str | None = None
    district: str | None = None
    commune: str | None = None


@cache
def _moved(map: MapName, province: str | None, district: str | None, commune: str | None, target: MapName) -> Moved:
    """A place of one map on the target map; codes the map does not have are unknown."""
    areas = load_areas()
    known = commune if commune in areas.communes[map] else None
    if known and map == "before":
        district = areas.communes["before"][known][1]
    place = Place(
        areas.province(province, map=map) if province in areas.provinces[map] else None,
        areas.district(district) if map == "before" and district in areas.districts else None,
        areas.commune(known, map=map) if known else None,
        map, "exact",
    )  # fmt: skip
    moved = on_map(place, areas.starts[target])
    return Moved(
        province_names()[target, moved.province.code][0] if moved.province else None,
        moved.district.code if moved.district else None,
        moved.commune.code if moved.commune else None,
    )


def _target(ask: Ask) -> MapName:
    return load_areas().map_on(ask.map_day)


def _frame(rows: Iterable[tuple[Any, ...]], keys: dict[str, Any]) -> pl.LazyFrame:
    now = {"province_now": pl.String, "district_now": pl.String, "commune_now": pl.String}
    return pl.LazyFrame(list(rows), schema={**keys, **now}, orient="row")


# --- the unit


@shared
def _unit_places(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Per unit its level and its territory (or that of the nearest unit above) on the map asked."""
    units = {row["id"]: row for row in t.frames["unit"].iter_rows(named=True)}
    rows = []
    for pk, row in units.items():
        chain = _above(pk, units)
        province = next((units[u]["province"] for u in chain if units[u]["province"]), None)
        commune = next((units[u]["commune"] for u in chain if units[u]["commune"]), None)
        rows.append((pk, row["level"], *_moved(_map_of(row, province, commune, ask), province, None, commune, _target(ask))))
    return _frame(rows, {"unit": pl.UInt32, "level": pl.String})


def _map_of(unit: dict[str, Any], province: str | None, commune: str | None, ask: Ask) -> MapName:
    """The map a unit's codes are read on: of its first day, else of the day asked, else the one that has the codes."""
    areas = load_areas()
    first = areas.map_on(unit["start_lo"] or ask.on)
    other: MapName = "before" if first == "after" else "after"
    fits = (not province or province in areas.provinces[first]) and (not commune or commune in areas.communes[first])
    return first if fits else other


def _above(unit: int, units: dict[int, dict[str, Any]]) -> list[int]:
    """The unit and those above it, nearest first; a ring ends where it closes."""
    chain: list[int] = []
    here: int | None = unit
    while here is not None and here in units and here not in chain:
        chain.append(here)
        here = units[here]["parent"]
    return chain


@shared
def _units_now(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Per unit of the day the unit that stands for it on the map asked; null where it was split or dissolved."""
    links = t.frames["unit_succession"].select("old", "new", "on").drop_nulls("old").iter_rows()
    forward = ask.map_day >= ask.on
    step: dict[int, dict[int | None, date]] = {}
    for old, new, on in links:
        if ask.on < on <= ask.map_day if forward else ask.map_day < on <= ask.on:
            start, end = (old, new) if forward else (new, old)
            step.setdefault(start, {})[end] = on
    ids = t.frames["unit"]["id"].to_list()
    return pl.LazyFrame(
        {"unit": ids, "unit_now": [_follow(pk, step) for pk in ids]}, schema={"unit": pl.UInt32, "unit_now": pl.UInt32}
    )


def _follow(unit: int, step: dict[int, dict[int | None, date]]) -> int | None:
    here: int | None = unit
    seen: set[int | None] = set()
    while here in step and here not in seen:
        seen.add(here)
        ends = step[here]
        here = next(iter(ends)) if len(ends) == 1 else None
    return here


@shared
def of_unit(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Per unit of the day what stands for it on the map asked, its codes and its territory there."""
    now = t["unit"].select(
        pl.col("id").alias("unit_now"), pl.col("code").alias("unit_code"), pl.col("name").alias("unit_name"), "block"
    )
    return _units_now(t, ask).join(now, on="unit_now", how="left").join(_unit_places(t, ask), on="unit", how="left")


@shared
def _served(t: Tables, ask: Ask) -> pl.LazyFrame:
    return employment(t, ask).select("person", "id", "unit").join(of_unit(t, ask), on="unit", how="left")


def unit_codes(t: Tables, map_on: date | None = None) -> Code:
    """The units in these tables."""
    return Code(tuple(t.frames["unit"].select("code", "name").drop_nulls("code").sort("code").iter_rows()))


@fact(type=unit_codes, label="Đơn vị", group="basic", rests_on=("employment.unit",))
def unit(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The unit served in, or its only successor on the map asked; unknown where it was split."""
    return value_of(_served(t, ask), "unit_code", "employment")


@fact(type=Text(), label="Mã đơn vị", group="basic", rests_on=("employment.unit",))
def unit_code(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_served(t, ask), "unit_code", "employment")


@fact(type=Text(), label="Tên đơn vị", group="basic", rests_on=("employment.unit",))
def unit_name(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_served(t, ask), "unit_name", "employment")


@fact(type=scales.LEVEL, label="Cấp của đơn vị", group="basic", rests_on=("employment.unit",))
def unit_level(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_served(t, ask), "level", "employment")


@fact(type=scales.BLOCK, label="Khối", group="basic", rests_on=("employment.unit",))
def block(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_served(t, ask), "block", "employment")


@fact(type=scales.AREA, label="Địa bàn của đơn vị", group="basic", rests_on=("unit.area",))
def unit_area(t: Tables, ask: Ask) -> pl.LazyFrame:
    """What is said of the unit served in, else of the one above it, else of the one above that."""
    unit = t["unit"].select(pl.col("id").alias("unit"), "parent", pl.col("area").cast(pl.String))
    rows = employment(t, ask).select("person", "id", "unit").join(unit, on="unit", how="left")
    for above in ("above", "top"):
        upper = unit.select(pl.col("unit").alias("parent"), pl.col("parent").alias("next"), pl.col("area").alias(above))
        rows = rows.join(upper, on="parent", how="left").drop("parent").rename({"next": "parent"})
    return value_of(rows, pl.coalesce("area", "above", "top"), "employment")


@fact(type=_province_codes, label="Tỉnh, thành phố của đơn vị", group="basic", rests_on=("employment.unit",))
def unit_province(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_served(t, ask), "province_now", "employment")


def _list_of_units(t: Tables, map_on: date | None = None) -> ListOf:
    return ListOf(unit_codes(t, map_on))


@fact(type=_list_of_units, label="Thuộc đơn vị (kể cả cấp trên)", group="basic", rests_on=("employment.unit",))
def within(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The unit and every unit above it: `'H01' in within` is the whole of H01."""
    units = {row["id"]: row for row in t.frames["unit"].iter_rows(named=True)}
    chains = [(pk, [units[u]["code"] for u in _above(pk, units)]) for pk in units]
    paths = pl.LazyFrame(chains, schema={"unit_now": pl.UInt32, "path": pl.List(pl.Categorical)}, orient="row")
    return value_of(_served(t, ask).join(paths, on="unit_now", how="left"), "path", "employment")


# --- the native place


@shared
def _native(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Per person the native place on the map asked."""
    keys = ["native_map", "native_province", "native_district", "native_commune"]
    people = t["person"].select("id", pl.col(keys).cast(pl.String)).filter(pl.col("native_province").is_not_null())
    places = people.select(keys).unique().collect()
    rows = [(*place, *_moved(_MAPS.get(place[0], "before"), *place[1:], _target(ask))) for place in places.iter_rows()]
    return people.join(_frame(rows, dict.fromkeys(keys, pl.String)), on=keys, how="inner", nulls_equal=True)


@fact(type=_province_codes, label="Tỉnh quê quán", group="basic", rests_on=("person.native_place",))
def native_province(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_native(t, ask), "province_now", "person", key="id")


def _commune_codes(t: Tables, map_on: date | None = None) -> Code:
    """The communes that people of these tables come from, on either map; one code with two names shows both."""
    pairs = t.frames["person"].select("native_map", "native_commune").unique().drop_nulls()
    return _commune_labels(tuple(sorted(pairs.cast(pl.String).iter_rows())), load_areas().map_on(map_on) if map_on else None)


@lru_cache(maxsize=4)
def _commune_labels(pairs: tuple[tuple[str, str], ...], wanted: MapName | None) -> Code:
    areas = load_areas()
    labels: dict[str, dict[str, None]] = {}
    for letter, code in pairs:
        for name, found in _on_both_maps(_MAPS.get(letter, "before"), code):
            if wanted in (None, name) and found in areas.communes[name]:
                labels.setdefault(found, {})[areas.communes[name][found][0]] = None
    return Code(tuple((code, " / ".join(names)) for code, names in sorted(labels.items())))


def _on_both_maps(own: MapName, code: str) -> list[tuple[MapName, str]]:
    """A commune on its own map, and on the other where it went to (or came from) one commune only."""
    areas = load_areas()
    links = areas.successors if own == "before" else areas.predecessors
    other: MapName = "after" if own == "before" else "before"
    found = links.get(code, [])
    return [(own, code), *((other, there) for there, _ in found if len(found) == 1)]


@fact(type=_commune_codes, label="Xã quê quán", group="basic", rests_on=("person.native_place",))
def native_commune(t: Tables, ask: Ask) -> pl.LazyFrame:
    return value_of(_native(t, ask), "commune_now", "person", key="id")


def _district_codes(t: Tables, map_on: date | None = None) -> Code:
    return Code(tuple(sorted((code, label) for code, (label, _) in load_areas().districts.items())))


@fact(type=_district_codes, label="Huyện quê quán (đến 30/6/2025)", group="basic", rests_on=("person.native_place",))
def native_district(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Only on the map before 1/7/2025; unknown on the map that has no districts."""
    return value_of(_native(t, ask), "district_now", "person", key="id")


@fact(type=Bool(), label="Không phải người địa phương", group="basic", rests_on=("person.native_place", "employment.unit"))
def non_local(t: Tables, ask: Ask) -> pl.LazyFrame:
    """Native of another commune (in units of communes) or another province (in units of provinces) than the unit's.

    Unknown for units of other levels, and where a place is unknown or was split on the map asked.
    """
    now = ("province", "district", "commune")
    native = _native(t, ask).select(pl.col("id").alias("person"), *(pl.col(f"{n}_now").alias(f"from_{n}") for n in now))
    rows = _served(t, ask).join(native, on="person", how="inner")
    differs = {name: pl.col(f"from_{name}") != pl.col(f"{name}_now") for name in now}
    # Of another province or district is of another commune, even where the commune itself is not known.
    farther = pl.when(differs["province"] | differs["district"]).then(pl.lit(True)).otherwise(differs["commune"])
    verdict = pl.when(pl.col("level") == "tinh").then(differs["province"]).when(pl.col("level") == "xa").then(farther)
    return value_of(rows, verdict, "employment")
