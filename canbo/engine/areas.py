"""Provinces, districts and communes on the map before and after 1/7/2025, indexed by the names people write."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from canbo.engine.area_names import Names, accent_key, index_names, plain_key, split_kind
from canbo.kernel.text import search_form

__all__ = ["Area", "Areas", "MapName", "load_areas"]

FOLDER = Path(__file__).resolve().parents[1] / "laws" / "areas"
MapName = Literal["before", "after"]
Level = Literal["country", "province", "district", "commune"]


class Area(NamedTuple):
    """One unit: official code and label; the level says which list the code belongs to."""

    level: Level
    code: str
    label: str


def _read(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


class Former(NamedTuple):
    """A unit that no longer existed before 2025: what its land became."""

    label: str
    successors: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Areas:
    """Both maps and the links between them; indexes of a district or province are built when first asked for."""

    starts: dict[MapName, date]
    provinces: dict[MapName, dict[str, str]]
    province_words: list[tuple[MapName, str, str]]
    districts: dict[str, tuple[str, str]]
    communes: dict[MapName, dict[str, tuple[str, str]]]
    merged_into: dict[str, str]
    merged_from: dict[str, list[str]]
    successors: dict[str, list[tuple[str, str]]]
    predecessors: dict[str, list[tuple[str, str]]]
    once_included: dict[str, tuple[str, ...]]
    former_provinces: dict[str, Former]
    former_districts: dict[tuple[str, str], Former]
    countries: dict[str, Area]
    _inside: dict[str, Names] = field(default_factory=dict)
    _dashed: frozenset[str] = frozenset()
    _children: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def map_on(self, on: date) -> MapName:
        """The map in force on a day."""
        return "after" if on >= self.starts["after"] else "before"

    def province(self, code: str, *, map: MapName) -> Area:
        """A province of one map; KeyError for a code that map does not have."""
        return Area("province", code, self.provinces[map][code])

    def district(self, code: str) -> Area:
        """A district of the map before (the map after has none)."""
        return Area("district", code, self.districts[code][0])

    def commune(self, code: str, *, map: MapName) -> Area:
        """A commune of one map; KeyError for a code that map does not have."""
        return Area("commune", code, self.communes[map][code][0])

    def _names(self, scope: str) -> Names:
        if scope not in self._inside:
            self._children = self._children or self._group()
            self._inside[scope] = index_names(self._children.get(scope, ()))
        return self._inside[scope]

    def _group(self) -> dict[str, list[tuple[str, str]]]:
        children = defaultdict(list)
        for code, (label, province) in self.districts.items():
            children[f"districts {province}"].append((code, label))
            children["districts"].append((code, label))
        for code, (label, district) in self.communes["before"].items():
            children[f"communes {district}"].append((code, label))
            children[f"communes before {self.districts[district][1]}"].append((code, label))
        for code, (label, province) in self.communes["after"].items():
            children[f"communes after {province}"].append((code, label))
        return dict(children)

    def provinces_named(self, map: MapName) -> Names:
        """Provinces of one map by name and abbreviation; an abbreviation stands under the province's own kind."""
        scope = f"provinces {map}"
        if scope not in self._inside:
            names = Names()
            for map_name, code, word in self.province_words:
                if map_name == map:
                    names.add(code=code, kind=split_kind(self.provinces[map][code])[0], bare=split_kind(word)[1])
            self._inside[scope] = names
        return self._inside[scope]

    def dashed_names(self) -> frozenset[str]:
        """Plain keys of the names that hold a dash themselves, such as Bà Rịa - Vũng Tàu."""
        if not self._dashed:
            labels = [word for _, _, word in self.province_words]
            labels += [former.label for former in self.former_provinces.values()]
            labels += [label for label, _ in (*self.districts.values(), *self.communes["after"].values())]
            self._dashed = frozenset(plain_key(split_kind(label)[1]) for label in labels if "-" in label)
        return self._dashed

    def districts_in(self, province: str) -> Names:
        """Districts of a province of the map before."""
        return self._names(f"districts {province}")

    def all_districts(self) -> Names:
        """Districts of the whole country."""
        return self._names("districts")

    def communes_in(self, district: str) -> Names:
        """Communes of a district of the map before."""
        return self._names(f"communes {district}")

    def communes_of_province(self, province: str, *, map: MapName) -> Names:
        """Communes of a province of either map."""
        return self._names(f"communes {map} {province}")


def _words(value: str) -> list[str]:
    return [word for word in value.split("|") if word]


def _links(rows: list[list[str]]) -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[tuple[str, str]]]]:
    forward, back = defaultdict(list), defaultdict(list)
    for old, new, kind in rows:
        forward[old].append((new, kind))
        back[new].append((old, kind))
    return dict(forward), dict(back)


def _provinces(rows: list[list[str]]) -> tuple[dict[MapName, dict[str, str]], list[tuple[MapName, str, str]]]:
    labels: dict[MapName, dict[str, str]] = {"before": {}, "after": {}}
    words: list[tuple[MapName, str, str]] = []
    for map_text, code, label, aliases, *_ in rows:
        map_name: MapName = "after" if map_text == "after" else "before"
        labels[map_name][code] = label
        words += [(map_name, code, word) for word in (label, *_words(aliases))]
    return labels, words


def _former_provinces() -> dict[str, Former]:
    rows = _read("province_history.csv")
    return {
        plain_key(word): Former(label, tuple(_words(successors)))
        for label, aliases, _, _, successors, *_ in rows
        for word in (label, *_words(aliases))
    }


def _former_districts() -> dict[tuple[str, str], Former]:
    return {
        (province, plain_key(split_kind(label)[1])): Former(label, tuple(_words(successors)))
        for label, province, successors, *_ in _read("district_history.csv")
    }


def _countries() -> dict[str, Area]:
    rows = _read("countries.csv")
    return {
        accent_key(search_form(word)): Area("country", code, label)
        for code, label, aliases, *_ in rows
        for word in (label, *_words(aliases))
    }


@cache
def load_areas() -> Areas:
    """Both maps as shipped in `laws/areas`; read once, about 25 ms."""
    provinces, words = _provinces(_read("provinces.csv"))
    merged_into = {row[0]: row[1] for row in _read("province_succession.csv")}
    merged_from = defaultdict(list)
    for old, new in merged_into.items():
        merged_from[new].append(old)
    successors, predecessors = _links(_read("commune_succession.csv"))
    starts = {row[0]: date.fromisoformat(row[2]) if row[2] else date.min for row in _read("maps.csv")}
    return Areas(
        starts={"before": starts["before"], "after": starts["after"]},
        provinces=provinces,
        province_words=words,
        districts={code: (label, province) for code, label, province in _read("districts.csv")},
        communes={
            "before": {code: (label, district) for code, label, district in _read("communes_before.csv")},
            "after": {code: (label, province) for code, label, province in _read("communes_after.csv")},
        },
        merged_into=merged_into,
        merged_from=dict(merged_from),
        successors=successors,
        predecessors=predecessors,
        once_included={row[0]: tuple(_words(row[1])) for row in _read("province_extent.csv")},
        former_provinces=_former_provinces(),
        former_districts=_former_districts(),
        countries=_countries(),
    )
