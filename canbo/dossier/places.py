"""A place as the dossier stores it: codes of what the text settles, and the map they are read on."""

from dataclasses import dataclass
from datetime import date

from canbo.engine.places import Place, resolve


@dataclass(frozen=True)
class PlaceCodes:
    """Codes of canbo/laws/areas, empty where the text does not settle them; `map` is "b" (before 1/7/2025) or "a"."""

    province: str = ""
    district: str = ""
    commune: str = ""
    map: str = ""


def codes_of(place: Place) -> PlaceCodes:
    """Codes of what the text settles; on which map they are read."""
    province, district, commune = (area.code if area else "" for area in (place.province, place.district, place.commune))
    return PlaceCodes(province, district, commune, place.map[0] if province or district or commune else "")


def native_columns(text: str, *, on: date) -> dict[str, str]:
    """The columns that follow from a native place as written on a day."""
    codes = codes_of(resolve(text, on=on)) if text else PlaceCodes()
    return {f"native_{name}": getattr(codes, name) for name in ("province", "district", "commune", "map")}
