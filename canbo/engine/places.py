"""Native places as people write them, resolved to units of the map before or after 1/7/2025; never guessed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from canbo.engine.area_names import NOTHING, Found, accent_key, plain_key
from canbo.engine.areas import Area, Areas, MapName, load_areas
from canbo.engine.place_moves import How, Place, on_map
from canbo.engine.place_text import Piece, read_pieces

__all__ = ["Area", "How", "Place", "on_map", "resolve"]

_DISTRICT_KINDS = {"huyen", "quan", "thi-xa", "thanh-pho"}
_COMMUNE_KINDS = {"xa", "phuong", "thi-tran", "dac-khu"}


@dataclass(frozen=True, slots=True)
class _Province:
    """What the province part says: the certain code of each map, and where its districts may lie."""

    before: str | None
    after: str | None
    search: tuple[str, ...]  # provinces of the map before, the certain one first
    how: How
    choices: tuple[str, ...] = ()


def resolve(text: str, *, on: date | None = None) -> Place:
    """The units a native place names; `on` is the day it was written, which tells the maps apart where names do not.

    Without `on`, a name both maps know is read on the map before 1/7/2025.
    """
    return _resolve(text, load_areas().map_on(on) if on else None)


@lru_cache(maxsize=20_000)
def _resolve(text: str, written_on: MapName | None) -> Place:
    areas = load_areas()
    pieces = read_pieces(text, areas)
    if not pieces:
        return Place(None, None, None, written_on or "before", "none")
    if country := _country(pieces[-1], areas):
        return Place(None, None, None, written_on or "before", "foreign", country=country)
    *inner, last = _province_last(pieces, areas)
    province = _find_province(last, areas)
    if province is None:
        return _without_province(pieces, areas, written_on)
    return _inside(province, inner, areas, written_on)


def _province_last(pieces: list[Piece], areas: Areas) -> list[Piece]:
    """The pieces from the commune up, also when the text goes from the province down."""
    from_above = pieces[0].kind == "tinh" and len(pieces) > 1 and _find_province(pieces[-1], areas) is None
    return pieces[::-1] if from_above else pieces


def _country(piece: Piece, areas: Areas) -> Area | None:
    return areas.countries.get(accent_key(piece.bare)) if not piece.kind else None


# --- the province


@lru_cache(maxsize=4096)
def _find_province(piece: Piece, areas: Areas) -> _Province | None:
    if piece.kind not in ("", "tinh", "thanh-pho"):
        return None
    before = _province_code(piece, areas, map="before")
    after = _province_code(piece, areas, map="after")
    if before is None and after is None:
        return _former_province(piece, areas)
    # "tỉnh Cần Thơ" is the province of before 2004, wider than the city of today.
    wider = areas.once_included.get(before or "", ())
    if before and wider and piece.kind == "tinh" and areas.provinces["before"][before].startswith("Thành phố"):
        return _Province(None, None, (before, *wider), "historic", (before, *wider))
    search = (before,) if before else tuple(areas.merged_from[after or ""])
    return _Province(before, after, search, "exact" if _written_exactly(piece, areas) else "folded")


def _lookup_province(piece: Piece, areas: Areas, *, map: MapName) -> Found:
    found = areas.provinces_named(map).find(kind=piece.kind, bare=piece.bare)
    if piece.kind != "thanh-pho":
        return found
    # "TP Lai Châu" is the town, "TP Hà Nội" the province-level city.
    cities = tuple(code for code in found.codes if areas.provinces[map][code].startswith("Thành phố"))
    return Found(cities, found.exact)


def _province_code(piece: Piece, areas: Areas, *, map: MapName) -> str | None:
    codes = _lookup_province(piece, areas, map=map).codes
    return codes[0] if len(codes) == 1 else None


def _written_exactly(piece: Piece, areas: Areas) -> bool:
    return any(_lookup_province(piece, areas, map=name).exact for name in ("before", "after"))


def _former_province(piece: Piece, areas: Areas) -> _Province | None:
    former = areas.former_provinces.get(plain_key(piece.bare)) if piece.kind != "thanh-pho" else None
    if former is None:
        return None
    only = former.successors[0] if len(former.successors) == 1 else None
    return _Province(only, None, former.successors, "historic", former.successors)


# --- districts and communes


def _roles(inner: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Pieces that name a district and pieces that name a commune, the nearest to the province last."""
    districts = [piece for piece in inner if piece.kind in _DISTRICT_KINDS]
    communes = [piece for piece in inner if piece.kind in _COMMUNE_KINDS]
    plain = [piece for piece in inner if not piece.kind]
    if not districts and plain and inner[-1] is plain[-1]:
        districts = [plain.pop()]
    return districts, communes or plain[-1:]


def _inside(province: _Province, inner: list[Piece], areas: Areas, written_on: MapName | None) -> Place:
    districts, communes = _roles(inner)
    if not districts:
        return _commune_of_province(province, communes, areas, written_on)
    alone = not districts[-1].kind and not communes
    placed = _district_and_commune(province, districts, communes, areas)
    if alone:
        return _district_or_commune(province, districts[-1], placed, areas, written_on)
    return placed


def _search_district(province: _Province, piece: Piece, areas: Areas) -> tuple[Found, How]:
    """Districts of that name: in the province, then where its land once reached, then in what it now covers."""
    rings: tuple[tuple[tuple[str, ...], How], ...] = (
        (province.search, province.how),
        (areas.once_included.get(province.before or "", ()), "historic"),
        (tuple(areas.merged_from.get(province.after or "", ())), "historic"),
    )
    for codes, how in rings:
        found = [areas.districts_in(code).find(kind=piece.kind, bare=piece.bare) for code in codes]
        named = tuple(code for one in found for code in one.codes)
        if named:
            exact = how == "exact" and all(one.exact for one in found if one.codes)
            read: How = "exact" if exact else "historic" if how == "historic" else "folded"
            return Found(named, exact, any(one.other_kind for one in found)), read
    return _former_district(province, piece, areas), "historic"


def _former_district(province: _Province, piece: Piece, areas: Areas) -> Found:
    key = plain_key(piece.bare)
    former = next(
        (areas.former_districts[code, key] for code in province.search if (code, key) in areas.former_districts), None
    )
    return Found(former.successors, False) if former else NOTHING


def _district_and_commune(province: _Province, districts: list[Piece], communes: list[Piece], areas: Areas) -> Place:
    searched = [_search_district(province, piece, areas) for piece in districts]
    codes = tuple(dict.fromkeys(code for found, _ in searched for code in found.codes))
    how: How = max((one for _, one in searched), key=["exact", "folded", "historic"].index)
    if not codes:
        return _only_province(province, areas, how="partial")
    sure = len(codes) == 1 and (not communes or not any(found.other_kind for found, _ in searched))
    if not communes:
        return _in_district(codes, None, areas, how) if sure else _several(province, codes, areas)
    found = {code: areas.communes_in(code).find(kind=communes[-1].kind, bare=communes[-1].bare) for code in codes}
    hits = [(code, commune) for code, one in found.items() for commune in one.codes]
    if len(hits) == 1:
        exact = all(one.exact for one in found.values() if one.codes)
        return _in_district((hits[0][0],), hits[0][1], areas, how if exact or how == "historic" else "folded")
    if hits:
        return _several(province, tuple(dict.fromkeys(code for code, _ in hits)), areas, [code for _, code in hits])
    # A town in place of the district, without that commune: perhaps the district was divided.
    return _in_district(codes, None, areas, "partial") if sure else _several(province, codes, areas)


def _in_district(codes: tuple[str, ...], commune: str | None, areas: Areas, how: How) -> Place:
    district = codes[0]
    province = areas.province(areas.districts[district][1], map="before")
    named = areas.commune(commune, map="before") if commune else None
    return Place(province, areas.district(district), named, "before", how)


def _several(province: _Province, districts: tuple[str, ...], areas: Areas, communes: Iterable[str] = ()) -> Place:
    """Several districts or communes fit: what they share is certain, the rest is listed."""
    above = {areas.districts[code][1] for code in districts}
    certain = areas.province(next(iter(above)), map="before") if len(above) == 1 else None
    shared = areas.district(districts[0]) if len(districts) == 1 else None
    choices = tuple(areas.commune(code, map="before") for code in communes) or tuple(map(areas.district, districts))
    return Place(certain, shared, None, "before", "ambiguous", choices)


def _only_province(province: _Province, areas: Areas, *, how: How, written_on: MapName | None = None) -> Place:
    code, map_name = _code_and_map(province, written_on)
    if code:
        return Place(areas.province(code, map=map_name), None, None, map_name, how)
    choices = tuple(areas.province(choice, map="before") for choice in province.choices or province.search)
    return Place(None, None, None, "before", "ambiguous", choices)


def _code_and_map(province: _Province, written_on: MapName | None) -> tuple[str | None, MapName]:
    if province.after and (written_on == "after" or not province.before):
        return province.after, "after"
    return province.before, "before"


def _commune_of_province(province: _Province, communes: list[Piece], areas: Areas, written_on: MapName | None) -> Place:
    """A text of two levels: a commune of the map after, or one of the map before whose district is left out."""
    if not communes:
        return _only_province(province, areas, how=province.how, written_on=written_on)
    after = _communes_after(province, communes[-1], areas) if written_on != "before" else NOTHING
    before = _communes_before(province, communes[-1], areas) if not (after.codes and written_on == "after") else NOTHING
    if before.other_kind != after.other_kind and before.codes and after.codes:
        before, after = (NOTHING, after) if before.other_kind else (before, NOTHING)
    if not before.codes and not after.codes:
        return _only_province(province, areas, how="partial", written_on=written_on)
    if len(after.codes) == 1 and not before.codes:
        return _after_place(after, areas)
    if len(before.codes) == 1 and not after.codes:
        return _before_place(before, province, areas)
    base = _only_province(province, areas, how="ambiguous", written_on=written_on)
    choices = [areas.commune(code, map="before") for code in before.codes]
    return replace(base, ambiguous=(*choices, *(areas.commune(code, map="after") for code in after.codes)))


def _communes_after(province: _Province, piece: Piece, areas: Areas) -> Found:
    if not province.after:
        return NOTHING
    return areas.communes_of_province(province.after, map="after").find(kind=piece.kind, bare=piece.bare)


def _communes_before(province: _Province, piece: Piece, areas: Areas) -> Found:
    found = [
        areas.communes_of_province(code, map="before").find(kind=piece.kind, bare=piece.bare)
        for code in province.search
    ]
    return Found(tuple(code for one in found for code in one.codes), all(one.exact for one in found if one.codes))


def _after_place(found: Found, areas: Areas) -> Place:
    province = areas.province(areas.communes["after"][found.codes[0]][1], map="after")
    return Place(
        province, None, areas.commune(found.codes[0], map="after"), "after", "exact" if found.exact else "folded"
    )


def _before_place(found: Found, province: _Province, areas: Areas) -> Place:
    how: How = province.how if found.exact or province.how == "historic" else "folded"
    return _in_district((areas.communes["before"][found.codes[0]][1],), found.codes[0], areas, how)


def _district_or_commune(
    province: _Province, piece: Piece, placed: Place, areas: Areas, written_on: MapName | None
) -> Place:
    """ "Chương Mỹ, Hà Nội" names a district of before, or a commune; a day after 1/7/2025 leaves both open."""
    as_commune = _commune_of_province(province, [piece], areas, written_on)
    if placed.district is None and not placed.ambiguous:
        return as_commune
    if written_on == "after" and as_commune.map == "after" and as_commune.commune and placed.district:
        choices = (placed.district, as_commune.commune)
        return replace(_only_province(province, areas, how="ambiguous", written_on=written_on), ambiguous=choices)
    return placed


def _without_province(pieces: list[Piece], areas: Areas, written_on: MapName | None) -> Place:
    """A text that ends with a district: certain only when the country has one district of that name."""
    *inner, last = pieces
    found = (
        areas.all_districts().find(kind=last.kind, bare=last.bare) if last.kind in ("", *_DISTRICT_KINDS) else NOTHING
    )
    if not found.codes:
        return Place(None, None, None, written_on or "before", "none")
    if len(found.codes) > 1:
        return _several(_Province(None, None, (), "exact"), found.codes, areas)
    code = areas.districts[found.codes[0]][1]
    province = _Province(code, None, (code,), "exact" if found.exact else "folded")
    return _district_and_commune(
        province, [last], [piece for piece in inner if piece.kind not in _DISTRICT_KINDS][-1:], areas
    )
