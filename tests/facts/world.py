"""Small worlds for facts: An (person 1) serves since 2010 in the commune H01.02 of the province H01."""

from datetime import date
from typing import Any

from canbo.facts.build import build
from canbo.facts.registry import Ask, Subject
from canbo.facts.tables import Tables, make

ON = date(2023, 12, 31)
AN: dict[str, Any] = {"id": 1, "full_name": "Nguyễn Văn An"}
UNITS = [
    {"id": 1, "code": "H01", "name": "Tỉnh Hà Giang", "level": "tinh", "block": "chinh-quyen", "province": "02"},
    {"id": 2, "code": "H01.02", "name": "Xã Lũng Cú", "level": "xa", "block": "chinh-quyen", "parent": 1, "commune": "00712"},
]  # fmt: skip
TITLES = [
    {"id": 1, "code": "bi-thu-xa", "name": "Bí thư Đảng ủy", "key_post": True, "protocol_order": 1},
    {"id": 2, "code": "van-phong", "name": "Công chức văn phòng", "key_post": False, "protocol_order": 90},
]
SERVES = {"id": 1, "person": 1, "unit": 2, "start": "2010-01-01"}


def world(**rows: Any) -> Tables:
    """`person` are An's columns; every row of a table is numbered, and An's unless it says otherwise."""
    base: dict[str, list[dict[str, Any]]] = {"unit": UNITS, "title": TITLES, "employment": [SERVES]}
    for table, given in rows.items():
        if table == "person":
            base["person"] = [AN | given] if isinstance(given, dict) else given
        else:
            base[table] = [{"id": n, "person": 1} | row for n, row in enumerate(given, start=1)]
    return make(**{"person": [AN], **base})


def ask(on: date = ON, map_on: date | None = None) -> Ask:
    return Ask(on, map_on)


def value(tables: Tables, name: str, *, on: date = ON, map_on: date | None = None, subject: Subject = "person") -> Any:
    """The fact of the first subject: a value, (lo, hi), or None for unknown."""
    row = build(tables=tables, ask=Ask(on, map_on), names=[name], subject=subject).row(0, named=True)
    if f"{name}.lo" not in row:
        return row[name]
    lo, hi = row[f"{name}.lo"], row[f"{name}.hi"]
    return None if lo is None and hi is None else (lo, hi)
