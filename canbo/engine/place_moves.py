"""A resolved place, and the same place on the other map."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from canbo.engine.areas import Area, Areas, MapName, load_areas

__all__ = ["How", "Place", "on_map"]

# exact: as written in the lists · folded: other accents, spelling or kind of unit · historic: read through a former
# province or district · partial: a part that was named is in no list · ambiguous: several units fit, see `ambiguous`.
How = Literal["exact", "folded", "historic", "partial", "ambiguous", "foreign", "none"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place on one map; what the text does not settle is None, with the units that fit in `ambiguous`."""

    province: Area | None
    district: Area | None
    commune: Area | None
    map: MapName
    how: How
    ambiguous: tuple[Area, ...] = ()
    country: Area | None = None


def on_map(place: Place, date: date) -> Place:
    """The same place on the map in force that day; a split commune stays open, with its parts in `ambiguous`."""
    areas = load_areas()
    target = areas.map_on(date)
    if place.map == target or place.how in ("none", "foreign"):
        return replace(place, map=target)
    return _forward(place, areas) if target == "after" else _back(place, areas)


def _forward(place: Place, areas: Areas) -> Place:
    province = areas.province(areas.merged_into[place.province.code], map="after") if place.province else None
    # An island district without communes is succeeded as a whole by one special zone.
    lowest = place.commune or place.district
    parts = areas.successors.get(lowest.code, []) if lowest else []
    communes = tuple(areas.commune(code, map="after") for code, _ in parts)
    if len(communes) == 1:
        return Place(province, None, communes[0], "after", place.how)
    if communes:
        return Place(province, None, None, "after", "ambiguous", communes)
    return Place(province, None, None, "after", place.how, _choices_forward(place, areas))


def _choices_forward(place: Place, areas: Areas) -> tuple[Area, ...]:
    provinces = [choice.code for choice in place.ambiguous if choice.level == "province"]
    return tuple(
        areas.province(code, map="after") for code in dict.fromkeys(areas.merged_into[old] for old in provinces)
    )


def _back(place: Place, areas: Areas) -> Place:
    if place.commune:
        return _commune_back(place.commune, areas, place.how)
    olds = areas.merged_from[place.province.code] if place.province else []
    provinces = tuple(areas.province(code, map="before") for code in olds)
    if len(provinces) == 1:
        return Place(provinces[0], None, None, "before", place.how)
    return Place(None, None, None, "before", "ambiguous" if provinces else place.how, provinces)


def _commune_back(commune: Area, areas: Areas, how: How) -> Place:
    """Before 1/7/2025: the commune if it is the only one and came over whole, else what its parts share."""
    parts = areas.predecessors[commune.code]
    communes = [code for code, _ in parts if code in areas.communes["before"]]
    districts = dict.fromkeys(areas.communes["before"][code][1] if code in communes else code for code, _ in parts)
    provinces = dict.fromkeys(areas.districts[code][1] for code in districts)
    province = areas.province(next(iter(provinces)), map="before") if len(provinces) == 1 else None
    district = areas.district(next(iter(districts))) if len(districts) == 1 else None
    if len(parts) == 1 and (not communes or parts[0][1] == "whole"):
        return Place(province, district, areas.commune(communes[0], map="before") if communes else None, "before", how)
    choices = tuple(areas.commune(code, map="before") for code in communes)
    return Place(province, district, None, "before", "ambiguous", choices or tuple(map(areas.district, districts)))
