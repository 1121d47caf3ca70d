"""From a row's typed values to changes of one dossier: one short function for each group of columns."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from canbo.dossier import models as m
from canbo.dossier.places import native_columns
from canbo.engine.codelists import load_codelist
from canbo.engine.ratings.choosing import regime_of_year
from canbo.imports import service
from canbo.imports.draft import Editor, Values, iso
from canbo.imports.reading.languages import read_language
from canbo.kernel.text import slug

SCALARS: dict[str, str] = {
    "full_name": "full_name",
    "other_name": "other_name",
    "sex": "sex",
    "birth_place": "birth_place",
    "residence": "residence",
    "academic_title": "academic_title",
}
SEALED: dict[str, str] = {"phone": "phone_sealed", "religion": "religion_sealed"}
DATES: dict[str, str] = {
    "birth": "birth",
    "recruited_on": "recruited_on",
    "joined_agency_on": "joined_agency_on",
    "party_official": "party_official",
}
# Column of the list → kind of qualification, and its scale where it has one.
LEVELS: dict[str, tuple[str, str]] = {
    "degree": ("chuyen-mon", "degrees"),
    "political_theory": ("llct", "political_theory"),
    "state_management": ("qlnn", "state_management"),
    "it_level": ("tin-hoc", "it_levels"),
    "general_education": ("pho-thong", "general_education"),
}


_PIECES = re.compile(r"[;,/\n]")
NONE = ("khong", "khong_co", "chua", "chua_co")


def person_fields(editor: Editor, values: Values) -> None:
    """Fields of the person herself; a less precise date never replaces a more precise one."""
    for name, column in SCALARS.items():
        editor.field(column, values.get(name), keep=_same_name if name == "full_name" else None)
    for name, column in DATES.items():
        editor.field(column, iso(values.get(name)), keep=_more_precise)
    for name, column in SEALED.items():
        editor.field(column, values.get(name))
    editor.field("ethnicity", values.get("ethnicity"))
    editor.field("ethnicity_text", values.get("ethnicity_text"), keep=lambda old, new: True)
    _identity(editor, values)
    _native_place(editor, values)
    _party(editor, values)


def _identity(editor: Editor, values: Values) -> None:
    editor.field("personal_id_sealed", values.get("personal_id"))
    editor.field("old_id_sealed", values.get("old_id"))


def _native_place(editor: Editor, values: Values) -> None:
    text = values.get("native_place")
    if not text or text == editor.state.values.get("native_place"):
        return
    editor.field("native_place", text)
    editor.state.values.update(native_columns(text, on=editor.draft.on))


def _party(editor: Editor, values: Values) -> None:
    """A blank where the list has a Party-date column means not a member – said by this list, on its day."""
    if "party_joined" not in values and "party_member" not in values:
        return
    joined = iso(values.get("party_joined"))
    member = bool(joined or values.get("party_member"))
    editor.field("party_joined", joined, keep=_more_precise)
    if member and not joined:
        editor.field("party_status", "dang-vien")
    if not member and not editor.state.values.get("party_joined"):
        editor.field("party_status", "khong")
    if not joined and not editor.state.values.get("party_known_from"):
        editor.state.values["party_known_from"] = editor.draft.on.isoformat()


def qualifications(editor: Editor, values: Values) -> None:
    """One record for each level the list gives. A level that no scale knows is kept as text, and stays unknown."""
    for name, (kind, _scale) in LEVELS.items():
        level, text = values.get(name) or "", values.get(f"{name}_text") or ""
        if not level and not text:
            continue
        match = {"kind": kind, "level": level} if level else {"kind": kind, "level": "", "text": text}
        extra = _degree_details(values) if name == "degree" else {}
        editor.upsert(m.Qualification, match, ({"text": text} if level and not _has(editor, match) else {}) | extra)


def languages(editor: Editor, values: Values) -> None:
    """Each language a cell names, with its level where a list knows it; ethnic languages and defence courses as written."""
    for piece in filter(None, (p.strip() for p in _PIECES.split(str(values.get("foreign_language_text") or "")))):
        language, level = read_language(piece)
        match = {"kind": "ngoai-ngu", "language": language or "", "level": level or ""}
        match |= {} if level or language else {"text": piece}
        editor.upsert(m.Qualification, match, {} if _has(editor, match) else {"text": piece})
    for name, kind in (("ethnic_language", "tieng-dan-toc"), ("defence_training", "qpan")):
        text = str(values.get(name) or "")
        if slug(text) in NONE:
            _declare_none(editor, kind)
        elif text:
            editor.upsert(m.Qualification, {"kind": kind, "text": text})


def _has(editor: Editor, match: Values) -> bool:
    rows = editor.state.records[m.Qualification]
    return any(all(row.get(k) == v for k, v in match.items()) for row in rows)


def _degree_details(values: Values) -> dict[str, Any]:
    text = values.get("degree_field") or ""
    return {
        "field_text": text,
        "field": values.get("degree_field_code")
        or (load_codelist("fields_of_study").find(text).code or "" if text else ""),
        "institution": values.get("degree_institution"),
        "obtained": iso(values.get("degree_year")),
    }


def ratings(editor: Editor, values: Values) -> None:
    """Grades by year, as an official and as a Party member; without a year, that of the row or of the list's day."""
    year = str(values.get("rating_year") or editor.draft.on.year)
    single = {
        "rating": (values.get("rating"), values.get("rating_text")),
        "party_rating": (values.get("party_rating"), ""),
    }
    for capacity, many, one in (("official", "ratings", "rating"), ("party", "party_ratings", "party_rating")):
        found = {**({year: single[one]} if any(single[one]) else {}), **(values.get(many) or {})}
        for period, (grade, text) in found.items():
            match = {"period_kind": "year", "period": str(period), "capacity": capacity}
            regime = _regime(editor, values, str(period), capacity)
            editor.upsert(m.Rating, match, {"grade": grade, "text": text, **({"regime": regime} if regime else {})})


def _regime(editor: Editor, values: Values, period: str, capacity: str) -> str:
    """By the list's own words, else by the kind of staff she was at the end of the year; "" where that is open."""
    if not period.isdigit():
        return ""
    end, kind = f"{period}-12-31", values.get("staff_kind")
    rows = [row for row in editor.state.records[m.Employment] if str(row.get("start") or "") <= end < str(row.get("end") or "9999")]
    kinds = {kind} if kind else {row["staff_kind"] for row in rows if row.get("staff_kind")}
    return regime_of_year(
        year=int(period), capacity=capacity, staff_kinds=frozenset(kinds), said=values.get("rating_regime") or ""
    )


def attendance(editor: Editor, values: Values) -> None:
    """One row of a training list is one turn; two equal rows are two turns."""
    name = values.get("training_name")
    if not name:
        return
    kind = values.get("training_kind") or load_codelist("training_kinds").find(name).code or ""
    family = load_codelist("training_kinds").row(kind).extra.get("family", "") if kind else ""
    match = {"training": name, "start": iso(values.get("training_from")), "end": iso(values.get("training_to"))}
    extra = {
        "kind": kind,
        "family": family,
        "form": values.get("training_form"),
        "result": values.get("training_result"),
        "provider": values.get("degree_institution"),
    }
    editor.upsert(m.Attendance, match, extra, once=True)


def discipline(editor: Editor, values: Values) -> None:
    form, text = values.get("discipline") or "", values.get("discipline_text") or ""
    if form == "khong":
        _declare_none(editor, "discipline")
    elif form or text:
        match = {"form": form, "text": text, "decided_on": iso(values.get("discipline_on"))}
        editor.upsert(m.Discipline, match, {"ended_on": iso(values.get("discipline_end"))})


def awards(editor: Editor, values: Values) -> None:
    text = values.get("award")
    if text and slug(text) in NONE:
        _declare_none(editor, "award")
    elif text:
        editor.upsert(m.Award, {"text": text})


def _declare_none(editor: Editor, kind: str) -> None:
    editor.upsert(m.DeclaredNone, {"kind": kind, "known_from": editor.draft.on.isoformat()})


def extras(editor: Editor, found: Mapping[str, tuple[str, str]]) -> None:
    """Columns the dossier has no field for: {name: (heading, text)}; an empty cell says nothing."""
    on = editor.draft.on.isoformat()
    for name, (label, text) in found.items():
        if text:
            match = {"name": name[:60], "known_from": on}
            editor.upsert(m.ExtraValue, match, {"label": label[:200], "value": text})


def list_entry(editor: Editor, name: str, row: int) -> None:
    on = editor.draft.on.isoformat()
    known = any(r["name"] == name and str(r["on"]) == on for r in editor.state.records[m.ListEntry])
    if not known:
        editor.open(m.ListEntry, {"name": name, "on": on, "row": row})


Handler = Callable[[Editor, Values], None]
SIMPLE: tuple[Handler, ...] = (qualifications, languages, service.pay, ratings, attendance, discipline, awards)


def _more_precise(old: Any, new: Any) -> bool:
    return len(str(old)) > len(str(new)) and str(old).startswith(str(new))


def _same_name(old: Any, new: Any) -> bool:
    """A legal name is not replaced by the same name in capitals or without care for spacing."""
    return slug(str(old)) == slug(str(new))
