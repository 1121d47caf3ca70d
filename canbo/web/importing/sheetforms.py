"""The sheets of a file as a form: read or left out, kind, day, unit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from canbo.imports.answers import Answers, SheetAnswer
from canbo.imports.reading.fields import ALL_KINDS
from canbo.web.desk import day_of
from canbo.web.tree import UnitTree


def sheet_choices(summary: dict[str, Any], answers: Answers, units: dict[str, int]) -> list[dict[str, Any]]:
    """Every sheet of the file, read ones first, with what was found and what was answered; `units`: code → id."""
    read = [
        {
            "name": s["name"], "read": True, "kind": s["kind"], "rows": s["rows"], "title": s["title"], "unit_found": s["unit"],
            "on": "/".join(reversed(s["on"].split("-"))),
        }
        for s in summary["sheets"]
    ]  # fmt: skip
    ignored = [{"name": s["name"], "read": False, "why": s["why"], "kind": "", "rows": 0} for s in summary["ignored"]]
    found = [*read, *ignored]
    for i, sheet in enumerate(found):
        told = answers.of_sheet(sheet["name"])
        sheet |= {"i": i, "unit": units.get(told.unit, ""), "kind": told.kind or sheet["kind"], "own_day": bool(told.on)}
    return found


def answered_sheets(
    summary: dict[str, Any], data: Mapping[str, str], answers: Answers, *, tree: UnitTree, codes: dict[int, str], default: date
) -> tuple[dict[str, SheetAnswer], str]:
    """Answers of the form by sheet, and what is wrong with one of them; a sheet as found needs none."""
    told: dict[str, SheetAnswer] = {}
    for sheet in sheet_choices(summary, answers, {}):
        i, name = sheet["i"], sheet["name"]
        on, wrong_day = day_of(data.get(f"ngay.{i}", ""), default)
        unit, wrong_unit = tree.find(data.get(f"dv.{i}", "").strip())
        if wrong := wrong_day or wrong_unit:
            return answers.sheets, f"Trang “{name}”: {wrong}"
        answer = _answer(sheet, data, i, on, codes.get(unit or 0, ""), answers.of_sheet(name))
        if answer != SheetAnswer():
            told[name] = answer
    return told, ""


def _answer(
    sheet: dict[str, Any], data: Mapping[str, str], i: int, on: date, unit: str, before: SheetAnswer
) -> SheetAnswer:
    if data.get(f"doc.{i}") != "1":
        return SheetAnswer(leave_out=sheet["read"] or before.leave_out)
    kind = data.get(f"loai.{i}", "")
    kind = kind if kind in ALL_KINDS else ("roster" if not sheet["read"] and not before.leave_out else "")
    same_kind = sheet["read"] and kind == sheet["kind"] and not before.kind
    same_day = not data.get(f"ngay.{i}", "").strip() or (sheet.get("on") == f"{on:%d/%m/%Y}" and not before.on)
    return SheetAnswer(kind="" if same_kind else kind, on="" if same_day else on.isoformat(), unit=unit)
