"""The units and titles a list names: found among those we have, or proposed as new."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from canbo.dossier.places import PlaceCodes, codes_of
from canbo.engine.codelists import CodeList, load_codelist
from canbo.engine.places import Area, on_map, resolve
from canbo.imports.draft import Draft
from canbo.imports.matching import Native, folded
from canbo.imports.state import Row
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import search_form
from canbo.organization.models import Unit
from canbo.organization.naming import read_unit_name
from canbo.organization.queries import titles, units

_TERRITORY = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|tỉnh)\s+[^\W\d_][^·,()\d:;]*$")
UNKNOWN_UNIT = "Đơn vị chưa xác định"
_LISTS = {"xa": "titles_commune", "huyen": "titles_district", "tinh": "titles_province"}


@dataclass
class UnitRoll:
    """Units by folded name under one root (None = the whole scope); new ones get negative ids in the draft."""

    draft: Draft
    root: Unit | None
    by_name: dict[str, int] = field(default_factory=dict)
    by_province: dict[str, int] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    code_of: dict[int, str] = field(default_factory=dict)
    parents: dict[int, int | None] = field(default_factory=dict)
    territories: tuple[str, ...] = ()  # districts and provinces the list's own title block names
    added: list[str] = field(default_factory=list)

    def of(self, *, name: str, province: str) -> int:
        """The unit of a row: by its name; else the province's own unit; else the root; else one to be named later."""
        if name:
            return self.by_name.get(folded(name)) or self._add_named(name)
        if province:
            return self._of_province(province)
        return self.root.pk if self.root else self.by_name.get(folded(UNKNOWN_UNIT)) or self._add(UNKNOWN_UNIT)

    def level_of(self, unit: int) -> str:
        return self.levels.get(unit, "")

    def above(self, unit: int, level: str) -> int | None:
        """The unit itself or the nearest above it that is of a level; None where the units known say none."""
        here: int | None = unit
        while here is not None and self.levels.get(here) != level:
            here = self.parents.get(here)
        return here

    def _add_named(self, text: str) -> int:
        read = read_unit_name(text)
        known = self.by_name.get(folded(read.name))
        if known:
            return known
        place = self._commune_of(read.name) if read.level == "xa" else PlaceCodes()
        return self._add(read.name, kind=read.kind, level=read.level, province=place.province, commune=place.commune)

    def _commune_of(self, name: str) -> PlaceCodes:
        """The commune of that name in the territory of the root or of the list's title block, when there is just one."""
        within = (*((self.root.name,) if self.root else ()), *self.territories)
        found = (codes_of(resolve(f"{name}, {place}", on=self.draft.on)) for place in within)
        return next((codes for codes in found if codes.commune), PlaceCodes())

    def _of_province(self, text: str) -> int:
        found = province_named(text, self.draft.on)
        if found is None:
            return self.by_name.get(folded(text)) or self._add(text)
        known = self.by_province.get(found.code) or self.by_name.get(folded(found.label))
        return known or self._add(found.label, kind="tinh", level="tinh", province=found.code)

    def _add(self, name: str, *, kind: str = "", level: str = "", province: str = "", commune: str = "") -> int:
        prefix = f"{self.root.code}." if self.root else "DV."
        number = next(n for n in range(len(self.codes) + 1, 10**6) if f"{prefix}{n:03d}" not in self.codes)
        code = f"{prefix}{number:03d}"
        values: Row = {"code": code, "name": name, "kind": kind, "level": level, "province": province, "commune": commune}
        values |= {"parent_id": self.root.pk if self.root else None, "start": self.draft.on.isoformat()}
        unit = self.draft.insert(Unit, values)
        self.codes.add(code)
        self.added.append(name)
        self.parents[unit] = values["parent_id"]
        self._index(unit, name, level, province if kind == "tinh" else "")
        return unit

    def _index(self, unit: int, name: str, level: str, province: str) -> None:
        self.by_name.setdefault(folded(name), unit)
        self.levels[unit], self.names[unit] = level, name
        if province:
            self.by_province.setdefault(province, unit)


def unit_roll(*, draft: Draft, root: Unit | None, on: date, actor: Actor, scope: Scope) -> UnitRoll:
    """Units of the scope that hold on the list's day or began later (a list of the past may still name them)."""
    roll = UnitRoll(draft, root)
    roll.codes = set(Unit.objects.values_list("code", flat=True))
    for unit in units(on=None, actor=actor, scope=scope):
        if unit.end is None or unit.end.after > on:
            roll._index(unit.pk, unit.name, unit.level, unit.province if unit.kind == "tinh" else "")
            roll.code_of[unit.pk], roll.parents[unit.pk] = unit.code, unit.parent_id
    return roll


@dataclass
class Titles:
    """Titles by code, and the reading of what a list writes in its post column."""

    by_code: dict[str, int]
    levels: dict[str, str] = field(default_factory=dict)

    def id_of(self, code: str) -> int | None:
        return self.by_code.get(code)

    def level_of(self, code: str) -> str:
        return self.levels.get(code, "")

    def read(self, text: str, level: str) -> tuple[str, ...]:
        """Codes of every title in the cell; ("",) when none is known: the text then stands for itself."""
        return _read_titles(text, level)


@lru_cache(maxsize=20_000)
def _read_titles(text: str, level: str) -> tuple[str, ...]:
    for codelist in _title_lists(level):
        found = tuple(dict.fromkeys(match.code for match in codelist.find_all(text) if match.code))
        if found:
            return found
    return ("",)


def _title_lists(level: str) -> Iterable[CodeList]:
    """A title of the same name stands on every level: the unit's level says which is meant; a commune's by default."""
    if level in _LISTS:
        return (load_codelist(_LISTS[level]),)
    return tuple(load_codelist(name) for name in _LISTS.values())


def load_titles_by_code(*, actor: Actor, scope: Scope) -> Titles:
    found = list(titles(actor=actor, scope=scope))
    return Titles({title.code: title.pk for title in found}, {title.code: title.level for title in found})


def territories_in(titles: Iterable[str]) -> tuple[str, ...]:
    """`UBND HUYỆN CHƯƠNG MỸ` → `huyện chương mỹ`: what the lines above a table say of where it belongs."""
    found = (_TERRITORY.search(search_form(line)) for title in titles for line in title.split("·"))
    return tuple(dict.fromkeys(match.group().strip() for match in found if match))


@lru_cache(maxsize=1000)
def province_named(text: str, on: date) -> Area | None:
    """The province a column of provinces names: of a town of the same name, the province is meant."""
    tried = (resolve(f"{kind}{text}", on=on).province for kind in ("", "Tỉnh ", "Thành phố "))
    return next((province for province in tried if province is not None), None)


@lru_cache(maxsize=20_000)
def native_of(text: str, on: date) -> Native:
    """A native place for matching: its province on the newest map, so that old and new names of one place agree."""
    place = resolve(text, on=on)
    newest = on_map(place, date.max)
    codes = codes_of(place)
    return Native(folded(text), newest.province.code if newest.province else "", codes.commune, codes.map)


__all__ = ["PlaceCodes", "Titles", "UnitRoll", "codes_of", "load_titles_by_code", "native_of", "unit_roll"]
