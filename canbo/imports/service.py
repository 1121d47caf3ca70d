"""From a row's typed values to service, posts and pay as of the list's day."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from canbo.dossier import models as m
from canbo.imports.draft import Editor, Values, iso
from canbo.imports.organization import Titles, UnitRoll
from canbo.organization.fields import text_holds_on


def employment(editor: Editor, values: Values, units: UnitRoll, unit: int) -> None:
    """Belongs to this unit from the list's day on, unless the dossier knows it already."""
    on = editor.draft.on.isoformat()
    kind, workplace = values.get("staff_kind") or "", values.get("workplace") or ""
    spans = editor.state.records[m.Employment]
    now = next((row for row in spans if _covers(row, on)), None)
    if now and now["unit_id"] == unit and kind in ("", now.get("staff_kind")):
        editor.amend(m.Employment, now, {"workplace": workplace})
        return
    if now and now["unit_id"] == unit and not now.get("staff_kind"):
        editor.amend(m.Employment, now, {"staff_kind": kind, "workplace": workplace})
        return
    later = min((row for row in spans if (row.get("start") or "") > on), key=lambda row: row["start"], default=None)
    if not now and later and later["unit_id"] == unit and later.get("since_list"):
        editor.amend(m.Employment, later, {"start": on})  # an earlier list: she was there before we knew
        return
    if now:
        editor.amend(m.Employment, now, {"end": on})
    opened = {"unit_id": unit, "staff_kind": kind, "workplace": workplace, "start": on, "since_list": True}
    editor.open(m.Employment, opened | ({"end": later["start"]} if later else {}))


def holdings(editor: Editor, values: Values, titles: Titles, unit: int, level: str) -> None:
    """The titles the list gives; titles an earlier list gave and this one no longer does end on its day."""
    on = editor.draft.on.isoformat()
    texts = [(values.get("position"), "main"), (values.get("party_position"), "concurrent")]
    wanted = [(text, code, kind) for text, kind in texts if text for code in titles.read(text, level)]
    if not wanted:
        return
    current = [row for row in editor.state.records[m.Holding] if _covers(row, on)]
    kept = []
    for place, (text, code, kind) in enumerate(wanted):
        title = titles.id_of(code)
        row = next((r for r in current if _same_title(r, title, text)), None)
        values_now = {"key_post": values.get("key_post")}
        if row is None:
            # Only the appointment's own day is a true beginning; the list's day is when we saw it.
            begun = iso(values.get("appointed_on")) if place == 0 else None
            opened = {"title_id": title, "title_text": text, "unit_id": unit, "start": begun or on}
            opened |= {"since_list": begun is None, "kind": kind if place == 0 or kind != "main" else "concurrent"}
            row = editor.open(m.Holding, opened | values_now)
        else:
            editor.amend(m.Holding, row, values_now)
        kept.append(row["id"])
    for row in current:
        if row["id"] not in kept and row.get("since_list") and (row.get("start") or "") < on:
            editor.amend(m.Holding, row, {"end": on})


def _same_title(row: Mapping[str, Any], title: int | None, text: str) -> bool:
    return row.get("title_id") == title if title else row.get("title_text") == text and not row.get("title_id")


def pay(editor: Editor, values: Values) -> None:
    """Rank, step and coefficient as of the list's day."""
    wanted = {
        "rank_code": values.get("rank_code") or "",
        "rank_text": values.get("rank_name") or "",
        "step": _int(values.get("pay_step")),
        "coefficient": _decimal(values.get("coefficient")),
        "rank_on": iso(values.get("rank_on")),
    }
    if not any(wanted.values()):
        return
    on = editor.draft.on.isoformat()
    now = next((row for row in editor.state.records[m.Pay] if _covers(row, on)), None)
    if now and all(v in (None, "") or str(now.get(k)) == str(v) for k, v in wanted.items()):
        return
    if now:
        editor.amend(m.Pay, now, {"end": on})
    editor.open(m.Pay, {**wanted, "start": on})


def _covers(row: Mapping[str, Any], on: str) -> bool:
    return text_holds_on(row.get("start"), row.get("end"), on)


def _int(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


def _decimal(value: Any) -> str | None:
    return f"{Decimal(str(value)):.2f}" if value not in (None, "") else None
