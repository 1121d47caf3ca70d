"""The columns found in a list, as a table to confirm, and the rows a list would change."""

from collections.abc import Mapping
from typing import Any

from canbo.engine.codelists import load_codelist
from canbo.imports.reading.column import takes_marks
from canbo.imports.reading.fields import ALL_KINDS, fields
from canbo.kernel.numbers import percent_text, thousands

KINDS = dict(
    zip(
        ALL_KINDS,
        (
            "danh sách cán bộ (trích ngang)", "chức vụ đang giữ", "trình độ, văn bằng", "xếp loại hằng năm",
            "đào tạo, bồi dưỡng", "quy hoạch", "kỷ luật",
        ),
        strict=True,
    )
)  # fmt: skip
STATES = {
    "new": "mới", "same": "đã có", "likely": "có lẽ là người đã có", "conflict": "mâu thuẫn với hồ sơ",
    "error": "không đọc được",
}  # fmt: skip
DOUBTFUL = 75  # percent; below this a column is marked


def preview_of(found: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a read or written list."""
    sheets = [_sheet(i, sheet, found) for i, sheet in enumerate(found["sheets"])]
    names = ("new", "changed", "same", "repeated")
    totals = {name: sum(sheet[name] for sheet in found["sheets"]) for name in names}
    totals["refused"] = sum(len(sheet["refused"]) for sheet in found["sheets"])
    return {
        "sheets": sheets, "totals": {name: thousands(n) for name, n in totals.items()},
        "written": thousands(totals["new"] + totals["changed"]), "rows": [_row(row) for row in found["rows"]],
        "left_out": found["rows_left_out"], "asked": found["asked"], "unplaced": found["unplaced_values"],
        "new_units": found["new_units"], "ignored": found["ignored"], "list_name": found["list"],
        "refused_file": found["refused_file"], "fields": [(f.name, f.label) for f in fields().values()],
    }  # fmt: skip


def _sheet(number: int, sheet: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    samples = found["samples"].get(sheet["name"], {})
    columns = [
        _column(number, header, column, samples, sheet["decodings"]) for header, column in sheet["mapping"].items()
    ]
    return sheet | {"kind_label": KINDS.get(sheet["kind"], sheet["kind"]), "columns": columns}


def _column(
    number: int, header: str, column: dict[str, Any], samples: dict[str, Any], decodings: dict[str, Any]
) -> dict[str, Any]:
    letter, chosen = column["column"], column["field"] or column["proposal"]
    decoded = decodings.get(letter, {})
    before = decoded.get("before") or []
    pairs = list(zip(before, decoded.get("after") or []))[:2]
    sure = round(100 * column["confidence"])
    return {
        "letter": letter, "header": header, "field": chosen or "", "input": f"f.{number}.{letter}",
        "confidence": percent_text(sure, 100) if chosen else "", "asked": bool(column["proposal"]),
        "doubtful": bool(chosen) and sure < DOUBTFUL, "marked": _marked(chosen, column["value"]),
        "samples": [] if pairs else samples.get(letter, []), "decoded": pairs,
    }  # fmt: skip


def _marked(field: str | None, value: str | None) -> str:
    """What the heading itself says: `x = Nữ` under Nữ, `2022` under Xếp loại 2022."""
    if not field or not value:
        return ""
    if not takes_marks(field, value):
        return value
    listed = fields()[field].codelist
    rows = load_codelist(listed).rows if listed else ()
    return "x = " + next((row.label for row in rows if row.code == value), {"nam": "Nam", "nu": "Nữ"}.get(value, value))


def _row(row: dict[str, Any]) -> dict[str, Any]:
    birth = "/".join(reversed((row["birth"] or "").split("-")))
    return row | {"state_label": STATES.get(row["state"], row["state"]), "birth": birth}


def mapping_of(found: dict[str, Any], data: Mapping[str, str]) -> dict[str, Any]:
    """The columns as confirmed in the form, by letter; a field left as it was keeps what its marks mean."""
    return {
        "sheets": [
            {
                "name": sheet["name"], "kind": sheet["kind"],
                "columns": {
                    column["column"]: _answer(column, data.get(f"f.{i}.{column['column']}"))
                    for column in sheet["mapping"].values()
                },
            }
            for i, sheet in enumerate(found["sheets"])
        ]
    }  # fmt: skip


def _answer(column: dict[str, Any], chosen: str | None) -> dict[str, Any]:
    before = column["field"] or column["proposal"]
    field = before if chosen is None else chosen if chosen in fields() else None
    return {"field": field, "value": column["value"] if field == before else None}
