"""The columns found in a list, as a table to confirm."""

from collections.abc import Mapping
from typing import Any

from canbo.engine.codelists import load_codelist
from canbo.imports.reading.column import takes_marks
from canbo.imports.reading.fields import ALL_KINDS, fields

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
CONFIDENCE = ((90, "chắc"), (75, "khá chắc"), (0, "chưa chắc"))
DOUBTFUL = 75  # percent; below this a column is marked
KEEP, LEAVE = "-", "!"  # kept as a column of its own; not written at all
_LISTS = {"degree": "degrees", "academic_title": "academic_titles"}
_SEXES = (("nam", "Nam"), ("nu", "Nữ"))


def mapping_table(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """The sheets that were read, each with its columns and the texts no list knows."""
    return [_sheet(number, sheet) for number, sheet in enumerate(summary["sheets"])]


def _sheet(number: int, sheet: dict[str, Any]) -> dict[str, Any]:
    columns = [_column(number, header, column, sheet) for header, column in sheet["mapping"].items()]
    unplaced = [
        told | {"input": f"v.{number}.{i}", "options": options_of(told["field"])} for i, told in enumerate(sheet["unplaced"])
    ]
    return sheet | {"kind_label": KINDS.get(sheet["kind"], sheet["kind"]), "columns": columns, "unplaced": unplaced}


def _column(number: int, header: str, column: dict[str, Any], sheet: dict[str, Any]) -> dict[str, Any]:
    letter, chosen = column["column"], column["field"] or column["proposal"]
    decoded = sheet["decodings"].get(letter, {})
    before = decoded.get("before") or []
    pairs = list(zip(before, decoded.get("after") or []))[:2]
    sure = round(100 * column["confidence"])
    return {
        "letter": letter, "header": header, "field": chosen or "", "input": f"f.{number}.{letter}",
        "confidence": _in_words(sure, asked=bool(column["proposal"])) if chosen else "", "asked": bool(column["proposal"]),
        "doubtful": bool(chosen) and sure < DOUBTFUL, "marked": _marked(chosen, column["value"]),
        "samples": [] if pairs else sheet["samples"].get(letter, []), "decoded": pairs,
        "left_out": letter in sheet["left_out"], "refused": column.get("refused", ""),
    }  # fmt: skip


def _in_words(sure: int, *, asked: bool) -> str:
    return "xin xác nhận" if asked else next(words for least, words in CONFIDENCE if sure >= least)


def options_of(field: str) -> list[tuple[str, str]]:
    """(code, label) a text of this field may be placed on; none where the field is free text."""
    if field == "sex":
        return list(_SEXES)
    of = fields().get(field)
    listed = _LISTS.get(field) or (of.codelist if of else "")
    return [(row.code, row.label) for row in load_codelist(listed).rows] if listed else []


def _marked(field: str | None, value: str | None) -> str:
    """What the heading itself says: `x = Nữ` under Nữ, `2022` under Xếp loại 2022."""
    if not field or not value:
        return ""
    label = dict(options_of(field)).get(value) or dict(_SEXES).get(value, value)
    return f"x = {label}" if takes_marks(field, value) else label


def mapping_of(summary: dict[str, Any], data: Mapping[str, str]) -> dict[str, Any]:
    """The columns as confirmed in the form, by letter; a field left as it was keeps what its marks mean."""
    sheets = []
    for i, sheet in enumerate(summary["sheets"]):
        values = _values(i, sheet, data)
        columns = {
            column["column"]: _answer(column, data.get(f"f.{i}.{column['column']}"), values.get(column["column"], {}), sheet)
            for column in sheet["mapping"].values() if not column.get("refused")
        }  # fmt: skip
        sheets.append({"name": sheet["name"], "kind": sheet["kind"], "columns": columns})
    return {"sheets": sheets}


def mapping_changed(summary: dict[str, Any], data: Mapping[str, str]) -> bool:
    """Whether the form says anything the list was not read by already; a question that is open counts."""
    for i, sheet in enumerate(summary["sheets"]):
        for column in sheet["mapping"].values():
            chosen = data.get(f"f.{i}.{column['column']}")
            shown = LEAVE if column["column"] in sheet["left_out"] else column["field"] or KEEP
            if chosen is not None and not column.get("refused") and (column["proposal"] or chosen != shown):
                return True
        if any(data.get(f"v.{i}.{n}", told["code"]) != told["code"] for n, told in enumerate(sheet["unplaced"])):
            return True
    return False


def _values(number: int, sheet: dict[str, Any], data: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Texts placed by a person: letter → {text: code}."""
    found: dict[str, dict[str, str]] = {}
    for i, told in enumerate(sheet["unplaced"]):
        code = data.get(f"v.{number}.{i}", told["code"])
        if code in dict(options_of(told["field"])):
            found.setdefault(told["letter"], {})[told["text"]] = code
    return found


def _answer(column: dict[str, Any], chosen: str | None, values: dict[str, str], sheet: dict[str, Any]) -> dict[str, Any]:
    before = column["field"] or column["proposal"]
    left_out = column["column"] in sheet["left_out"] if chosen is None else chosen == LEAVE
    field = before if chosen is None else chosen if chosen in fields() else None
    told: dict[str, Any] = {"field": field, "value": column["value"] if field == before else None}
    return told | ({"values": values} if values else {}) | ({"leave_out": True} if left_out else {})
