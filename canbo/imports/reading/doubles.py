"""People who stand twice in one file. Homonyms are kept apart: a name alone never makes two rows one person."""

from typing import Any

from canbo.imports.reading.listrow import ListRow
from canbo.imports.reading.sheets import SheetReading
from canbo.kernel.text import fold


def find_duplicates(sheets: list[SheetReading]) -> list[dict[str, Any]]:
    """[{"sheet", "row", "of", "why"}]: a roster's rows that repeat an earlier visible row of a roster in the same file."""
    seen: dict[tuple[str, str], list[tuple[str, ListRow]]] = {}
    found = []
    for sheet in sheets:
        for row in sheet.rows if sheet.kind == "roster" else ():
            if row.hidden or not row.values.get("full_name"):
                continue
            keys = _keys(row)
            twin = next(
                ((name, other, why) for key, why in keys for name, other in seen.get(key, ()) if _same(row, other)),
                None,
            )
            if twin:
                name, other, why = twin
                found.append({"sheet": sheet.name, "row": row.row, "of": other.row, "of_sheet": name, "why": why})
            for key, _ in keys:
                seen.setdefault(key, []).append((sheet.name, row))
    return found


def _keys(row: ListRow) -> list[tuple[tuple[str, str], str]]:
    values, keys = row.values, []
    if number := values.get("personal_id"):
        keys.append((("id", number), "trùng số định danh"))
    name = fold(values["full_name"])
    if birth := values.get("birth"):
        keys.append(((name, birth.iso), "trùng họ tên và ngày sinh"))
    else:
        keys.append(((name, "unit:" + fold(row.unit or "")), "trùng họ tên và đơn vị"))
    return keys


def _same(row: ListRow, other: ListRow) -> bool:
    """Nothing known about the two contradicts; a year or a month alone needs the same native place too."""
    a, b = row.values, other.values
    if a.get("personal_id") and b.get("personal_id"):
        return bool(a["personal_id"] == b["personal_id"])
    if any(a.get(name) and b.get(name) and a[name] != b[name] for name in ("sex", "ethnicity")):
        return False
    places = [fold(v["native_place"]) for v in (a, b) if v.get("native_place")]
    if a.get("birth") and a["birth"].precision == "day":
        return True
    return (len(places) == 2 and places[0] == places[1]) or (not places and row.unit == other.unit and bool(row.unit))
