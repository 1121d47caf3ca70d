"""From a row of a plan list to entries of the plan: which title of which unit for which term, in and out with day and ground."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from canbo.dossier import models as m
from canbo.imports.draft import Draft, Editor, Values, iso
from canbo.imports.organization import Titles, UnitRoll
from canbo.kernel.text import fold
from canbo.organization.models import Term

_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b")
_TERM_OF_TITLE = re.compile(r"(?:nhiem ky|giai doan)\D{0,6}((?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d)")
_CLASS = re.compile(r"(?:doi tuong|dt)?\s*([12])")
_APPARATUS = re.compile(r"^(?:ban chấp hành|bch|đảng bộ|đảng ủy|đảng uỷ|ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân)\s+", re.I)
_LEVEL_WORDS = (
    ("huyen", re.compile(r"\b(?:huyen|quan|thi xa)\b")), ("xa", re.compile(r"\b(?:xa|phuong|thi tran|dac khu)\b")),
    ("tinh", re.compile(r"\btinh\b")),
)  # fmt: skip
_PARTY = ("bi-thu", "pho-bi-thu", "uv-bch", "uv-btv", "uv-ubkt", "chu-nhiem-ubkt", "pho-chu-nhiem-ubkt")


@dataclass
class PlanRoll:
    """Terms and decisions a list names: found, or proposed as new in its draft."""

    draft: Draft
    titles: Titles
    units: UnitRoll
    terms: dict[str, int]
    decisions: dict[tuple[str, str], int] = field(default_factory=dict)

    def term(self, text: str, side: str) -> int | None:
        """A term by its two years, of the side of the title; None where the text tells none."""
        found = _YEARS.search(text)
        code = "-".join(found.groups()) if found else text.strip()
        if code not in self.terms and found:
            first, last = found.groups()
            self.terms[code] = self.draft.insert(Term, {"code": code, "side": side, "start": first, "end": last})
        return self.terms.get(code)

    def decision(self, number: str, issued_on: str | None, issuer: str) -> int | None:
        """A decision by number and day."""
        if not number:
            return None
        key = (number[:60], issued_on or "")
        if key not in self.decisions:
            known = m.Decision.objects.filter(number=key[0]).order_by("pk")
            found = next((row.pk for row in known if (row.issued_on.iso if row.issued_on else "") == key[1]), None)
            values = {"number": key[0], "issued_on": issued_on, "in_effect_on": issued_on, "issuer": issuer[:200], "kind": "quy-hoach"}
            self.decisions[key] = found or self.draft.insert(m.Decision, values)
        return self.decisions[key]


def plan_entries(editor: Editor, values: Values, *, roll: PlanRoll, unit: int, titles_above: str = "") -> None:
    """Entries of the plan as the row tells them. `titles_above` = the lines over the table, where a term may stand."""
    text = values.get("planned_for")
    if not text:
        return
    named = values.get("planned_unit")
    home = roll.units.of(name=_APPARATUS.sub("", _APPARATUS.sub("", named)), province="") if named else None
    level = _level_in(text) or roll.units.level_of(home or unit)
    term_text = values.get("term") or _term_in(titles_above)
    for code in _read(text, level, roll):
        of = {"title_id": roll.titles.id_of(code), "title_text": text, "term_id": roll.term(term_text, _side(code, text))}
        _keep(editor, of, values, roll, home or roll.units.above(unit, roll.titles.level_of(code) or level))


def _read(text: str, level: str, roll: PlanRoll) -> tuple[str, ...]:
    found = roll.titles.read(text, level)
    return found if found != ("",) else roll.titles.read(text, "")


def _keep(editor: Editor, of: Mapping[str, Any], values: Values, roll: PlanRoll, unit: int | None) -> None:
    """The entry the dossier has already, filled up; else a new one."""
    begun, ended = (iso(values.get(name) or values.get(other)) for name, other in (("planned_from", "start"), ("planned_to", "end")))
    dated = iso(values.get("decision_date"))
    seen = dated or editor.draft.on.isoformat()  # she stood in the plan that day; since when, nobody says
    decision = roll.decision(values.get("decision_number") or "", dated, values.get("body") or "")
    told = {
        "unit_id": unit, "plan_class": _class(values.get("plan_class")), "ground_in": values.get("planned_ground"),
        "decision_id": decision, "end": ended, "ground_out": _ground_out(values),
    }  # fmt: skip
    row = next((r for r in editor.state.records[m.PlanEntry] if _same(r, of, unit, begun or "", seen)), None)
    if row is None:
        editor.open(m.PlanEntry, {**of, **told, "start": begun or seen, **({} if begun else {"since_list": True})})
        return
    earlier = {"start": begun, "since_list": False} if begun and row.get("since_list") else {}
    editor.amend(m.PlanEntry, row, {**{name: value for name, value in told.items() if not row.get(name)}, **earlier})


def _same(row: Mapping[str, Any], of: Mapping[str, Any], unit: int | None, begun: str, seen: str) -> bool:
    """One stint in the plan: same title, term and unit, and the spans meet."""
    title = row.get("title_id") == of["title_id"] if of["title_id"] else row.get("title_text") == of["title_text"]
    if not title or row.get("term_id") != of["term_id"] or (row.get("unit_id") and unit and row["unit_id"] != unit):
        return False
    start, end = str(row.get("start") or ""), str(row.get("end") or "9999")
    day = begun or seen
    return start.startswith(day) or day.startswith(start) or (bool(row.get("since_list")) and day <= start) or start <= day < end


def _ground_out(values: Values) -> str:
    number = values.get("planned_out_decision")
    return "; ".join(filter(None, (values.get("planned_out"), f"Quyết định {number}" if number else "")))


def _class(text: str | None) -> str | None:
    """“Đối tượng 1” → 1; other words as written."""
    found = _CLASS.fullmatch(fold(text or ""))
    return found.group(1) if found else text


def _level_in(text: str) -> str:
    return next((level for level, words in _LEVEL_WORDS if words.search(fold(text))), "")


def _term_in(titles: str) -> str:
    found = _TERM_OF_TITLE.search(fold(titles))
    return found.group(1) if found else ""


def _side(code: str, text: str) -> str:
    words = fold(text)
    return "dang" if code.startswith(_PARTY) or (not code and re.search(r"\b(?:dang|cap uy|bi thu|bch|btv)\b", words)) else "nha-nuoc"
