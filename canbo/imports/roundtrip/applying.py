"""Edited cells become changes of one dossier, section by section. History is closed and opened anew, never overwritten."""

from collections.abc import Callable
from typing import Any

from canbo.dossier import models as m
from canbo.dossier.places import native_columns
from canbo.engine.codelists import load_codelist
from canbo.imports.draft import Editor
from canbo.imports.organization import Titles, UnitRoll
from canbo.imports.roundtrip.columns import (
    LEVELS,
    View,
    current,
    label,
    last_discipline,
    main_holdings,
    qualification,
    rating,
)  # fmt: skip
from canbo.imports.state import Row

Values = dict[str, Any]


class Refusal(Exception):
    """One edit that cannot be made; the text says why."""


def apply_edits(
    editor: Editor, values: Values, *, view: View, units: UnitRoll, titles: Titles, level: str
) -> None:
    """`values` by column name, "" = emptied. Refusal when a cell names what does not exist; nothing of its section is done."""
    sections: dict[str, Values] = {}
    for name, value in values.items():
        section, _, column = name.partition(".")
        sections.setdefault(section, {})[column] = value
    for section, found in sections.items():
        if section in LEVELS or section == "qpan":
            _learned(editor, section, found)
        elif section.startswith("rating-"):
            _, capacity, year = section.split("-")
            _rated(editor, capacity, year, found["grade"])
        elif section == "employment":
            _employed(editor, found, view, units)
        elif section in ("holding", "planning"):
            _SPANS[section](editor, found, view, titles, level)
        else:
            _PLAIN[section](editor, found, view)


def _person(editor: Editor, found: Values, view: View) -> None:
    for name, value in found.items():
        if name == "native_place" and value:
            editor.put(name, value)
            editor.state.values.update(native_columns(value, on=editor.draft.on))
        elif name == "native_place":
            for each in ("native_place", "native_province", "native_district", "native_commune", "native_map"):
                editor.state.values[each] = ""
        else:
            editor.put(name, value)
        if name == "party_joined" and value:
            editor.state.values["party_status"] = editor.state.values.get("party_status") or "dang-vien"


def unit_named(text: str, view: View) -> int:
    """The unit a cell names; Refusal when there is none of that name."""
    found = next((pk for pk, name in view.units.items() if name.casefold() == text.casefold() and pk > 0), None)
    if found is None:
        raise Refusal(f"không có đơn vị “{text}” trong phạm vi bạn được giao; hãy chọn trong danh mục của ô")
    return found


def _employed(editor: Editor, found: Values, view: View, units: UnitRoll) -> None:
    """Another unit or kind of staff is a new span from the list's day; where somebody works within it is a detail."""
    on, now = view.on, current(editor.state, m.Employment, view.on)
    if "unit_id" in found:
        found = found | {"unit_id": unit_named(found["unit_id"], view)}
    if now is None and "unit_id" not in found:
        raise Refusal("người này không thuộc đơn vị nào tại ngày của danh sách; hãy ghi cả cột Đơn vị công tác")
    if now and (set(found) == {"workplace"} or now.get("start") == on or (not now.get("staff_kind") and set(found) == {"staff_kind"})):
        _amend(editor, m.Employment, now, found)
        return
    kept = {name: now.get(name) for name in ("unit_id", "staff_kind")} if now else {}
    if now:
        editor.amend(m.Employment, now, {"end": on})
    editor.open(m.Employment, kept | found | {"start": on})


def _held(editor: Editor, found: Values, view: View, titles: Titles, level: str) -> None:
    on, held = view.on, main_holdings(editor.state, view.on)
    if "position" in found:
        text = found["position"]
        for row in held:
            editor.amend(m.Holding, row, {"end": on})
        if text == "":
            return
        begun = found.get("appointed_on") or ""
        unit = current(editor.state, m.Employment, on)
        for place, code in enumerate(titles.read(text, level)):
            values = {"title_id": titles.id_of(code), "title_text": text, "unit_id": unit.get("unit_id") if unit else None}
            editor.open(m.Holding, values | {"start": begun or on, "since_list": not begun, "kind": "main" if place == 0 else "concurrent"})
    elif not held:
        raise Refusal("chưa có chức vụ nào để ghi ngày bổ nhiệm; hãy ghi cả cột Chức vụ")
    elif found["appointed_on"]:
        for row in held:
            editor.amend(m.Holding, row, {"start": found["appointed_on"], "since_list": False})


def _planned(editor: Editor, found: Values, view: View, titles: Titles, level: str) -> None:
    on, row, text = view.on, current(editor.state, m.PlanEntry, view.on), found["planned_for"]
    if row:
        editor.amend(m.PlanEntry, row, {"end": on})
    for code in titles.read(text, level) if text else ():
        values = {"title_id": titles.id_of(code), "title_text": text, "start": on, "since_list": True}
        editor.open(m.PlanEntry, values | ({"term_id": row.get("term_id")} if row else {}))


def _learned(editor: Editor, kind: str, found: Values) -> None:
    """A higher level is a new certificate beside the old one; a lower one, or a detail, corrects the record shown."""
    row = qualification(editor.state, kind)
    level = found.get("level")
    told = found | ({"text": label(LEVELS[kind], level)} if level else {})
    if row is None or (level and _rank(kind, level) > _rank(kind, row.get("level") or "") >= 0):
        editor.open(m.Qualification, {"kind": kind} | {name: value for name, value in told.items() if value != ""})
    else:
        _amend(editor, m.Qualification, row, told)


def _rank(kind: str, level: str) -> int:
    found = load_codelist(LEVELS[kind]).rank(level) if level else None
    return -1 if found is None else found


def _paid(editor: Editor, found: Values, view: View) -> None:
    """What changes in pay changes from the list's day on; what stays is carried over."""
    now = current(editor.state, m.Pay, view.on)
    if now and now.get("start") == view.on:
        _amend(editor, m.Pay, now, found)
        return
    kept = {name: now.get(name) for name in ("rank_code", "rank_text", "step", "coefficient", "rank_on")} if now else {}
    if now:
        editor.amend(m.Pay, now, {"end": view.on})
    wanted = {name: None if value == "" else value for name, value in (kept | found).items()}
    editor.open(m.Pay, wanted | {"start": view.on})


def _rated(editor: Editor, capacity: str, year: str, grade: str) -> None:
    row, told = rating(editor.state, year, capacity), {"grade": grade, "text": label("ratings", grade)}
    if row:
        editor.amend(m.Rating, row, told)
    else:
        editor.open(m.Rating, {"period_kind": "year", "period": year, "capacity": capacity, **told})


def _disciplined(editor: Editor, found: Values, view: View) -> None:
    row = last_discipline(editor.state)
    if found.get("form") == "khong":
        if row:
            raise Refusal("hồ sơ đang có kỷ luật; muốn ghi “Không”, hãy mở hồ sơ")
        editor.upsert(m.DeclaredNone, {"kind": "discipline", "known_from": view.on})
        return
    told = found | ({"text": label("discipline_forms", found["form"])} if found.get("form") else {})
    if row:
        _amend(editor, m.Discipline, row, told)
    elif any(told.values()):
        editor.open(m.Discipline, {name: value for name, value in told.items() if value != ""})


def _amend(editor: Editor, model: Any, row: Row, found: Values) -> None:
    """Change a record, emptied columns included."""
    editor.amend(model, row, {name: value for name, value in found.items() if value != ""})
    for name, value in found.items():
        if value == "":
            editor.empty(model, row, name)


_SPANS: dict[str, Callable[..., None]] = {"holding": _held, "planning": _planned}
_PLAIN: dict[str, Callable[..., None]] = {"person": _person, "pay": _paid, "discipline": _disciplined}
