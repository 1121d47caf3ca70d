"""What a job found of a list, kept so that a page of twenty thousand rows opens in a moment.

The summary is sealed in the job's result. Rows lie apart, by tab, in sealed chunks: a page opens the one or two chunks it
shows, a search opens the index of names first.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from canbo.audit.changes import keyring
from canbo.imports.plan import Plan, RowPlan
from canbo.imports.reading import IGNORED
from canbo.imports.reading.column import Column
from canbo.imports.reading.fields import fields
from canbo.imports.reading.values import read_cell, text_of
from canbo.imports.report import is_refused, plan_json
from canbo.imports.roundtrip.columns import label
from canbo.jobs.changes import store_upload
from canbo.jobs.files import content_of
from canbo.jobs.queries import upload
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import fold

CHUNK = 100
# Tab → what it holds, in the order the page shows them.
TABS = {
    "refused": "Chưa ghi được",
    "conflict": "Mâu thuẫn",
    "likely": "Có lẽ đã có",
    "new": "Mới",
    "changed": "Thay đổi",
    "same": "Không đổi",
    "repeated": "Lặp",
    "skipped": "Không ghi",
}
_CHUNK_NAME, _INDEX_NAME = "dòng đã đọc", "tên các dòng"


def tab_of(row: RowPlan) -> str:
    """Where the page shows a row."""
    if row.state == "skipped":
        return "skipped"
    if row.repeats is not None:
        return "repeated"
    if row.state == "conflict" or row.contested:
        return "conflict"
    if row.state == "likely" and not row.written:
        return "likely"
    if row.state == "error" or is_refused(row):
        return "refused"
    if row.state == "new":
        return "new"
    return "changed" if row.changes or row.emptied else "same"


def keep_result(*, job: int, plan: Plan, more: dict[str, Any], actor: Actor, scope: Scope, at: datetime) -> dict[str, Any]:
    """The job's result: `sealed` summary, `tabs` with their chunks, `index`, and `more` as it is."""
    rows: dict[str, list[dict[str, Any]]] = {tab: [] for tab in TABS}
    headers = {s.name: {c.letter: c.header or c.letter for c in s.columns if not c.refused} for s in plan.reading.sheets}
    cells = _Cells(plan)
    for row in plan.rows:
        rows[tab_of(row)].append(_row(row, plan, headers[row.sheet], cells, scope))
    return store_result(job=job, summary=summary_of(plan), rows=rows, more=more, actor=actor, at=at)


def store_result(
    *, job: int, summary: dict[str, Any], rows: Mapping[str, list[dict[str, Any]]], more: dict[str, Any], actor: Actor, at: datetime
) -> dict[str, Any]:
    """Seal a summary and rows by tab as a job's result."""
    index = {tab: [_search_text(row) for row in found] for tab, found in rows.items() if found}
    with transaction.atomic():
        tabs = {tab: _chunks(found, actor, at) for tab, found in rows.items() if found}
        kept = _store(_INDEX_NAME, index, actor, at)
    return {"sealed": seal(job, summary), "tabs": tabs, "index": kept, **more}


def _chunks(rows: list[dict[str, Any]], actor: Actor, at: datetime) -> dict[str, Any]:
    parts = (rows[i : i + CHUNK] for i in range(0, len(rows), CHUNK))
    return {"count": len(rows), "chunks": [_store(_CHUNK_NAME, part, actor, at) for part in parts]}


def _store(name: str, data: Any, actor: Actor, at: datetime) -> int:
    content = json.dumps(data, ensure_ascii=False, default=str).encode()
    return int(store_upload(filename=name, content=content, actor=actor, at=at).pk)


def rows_of(
    *, result: Mapping[str, Any], tab: str, first: int, count: int, search: str, actor: Actor, scope: Scope
) -> tuple[int, list[dict[str, Any]]]:
    """(how many rows of the tab there are, those from `first` on); with `search` only rows whose name or unit has the words."""
    found = result.get("tabs", {}).get(tab)
    if not found:
        return 0, []
    if not search:
        return found["count"], _at(found["chunks"], range(first, min(first + count, found["count"])), actor, scope)
    index = _open(result["index"], actor, scope)[tab]
    words = fold(search).split()
    hits = [i for i, text in enumerate(index) if all(word in text for word in words)]
    return len(hits), _at(found["chunks"], hits[first : first + count], actor, scope)


def _at(chunks: list[int], places: Iterable[int], actor: Actor, scope: Scope) -> list[dict[str, Any]]:
    opened: dict[int, Any] = {}
    rows = []
    for place in places:
        number = place // CHUNK
        if number not in opened:
            opened[number] = _open(chunks[number], actor, scope)
        rows.append(opened[number][place % CHUNK])
    return rows


def _open(pk: int, actor: Actor, scope: Scope) -> Any:
    return json.loads(content_of(upload(pk=pk, actor=actor, scope=scope)))


def parts_of(result: Mapping[str, Any] | None) -> list[int]:
    """Files a result is kept in, to be dropped with it."""
    found = result or {}
    parts = [pk for tab in found.get("tabs", {}).values() for pk in tab["chunks"]]
    return [*parts, *(pk for name in ("index", "refused_file") if (pk := found.get(name)))]


def seal(job: int, found: dict[str, Any]) -> str:
    """Names stand in it, and everybody who looks after the machine can read the table of jobs."""
    return keyring().seal(json.dumps(found, ensure_ascii=False, default=str), place=f"job.result:{job}")


def opened(job: int, result: dict[str, Any]) -> dict[str, Any]:
    """The summary, for the account whose job it is."""
    found: dict[str, Any] = json.loads(keyring().open(result["sealed"], place=f"job.result:{job}"))
    return found


# --- what is kept


UNPLACED_SHOWN = 200


def summary_of(plan: Plan) -> dict[str, Any]:
    """Sheets, columns, questions and counts; of values no list knows each is told once."""
    found = plan_json(plan, rows=False)
    for sheet in found["sheets"]:
        sheet["refused"] = len(sheet["refused"])
        read = next(s for s in plan.reading.sheets if s.name == sheet["name"])
        sheet["samples"] = {c.letter: _samples(c) for c in read.columns if not c.refused}
        sheet["left_out"] = [c.letter for c in read.columns if c.options.get("leave_out")]
        sheet["rows"], sheet["unit"], sheet["title"] = len(read.rows), read.unit or "", read.title
        sheet["on"] = plan.request.day_of(sheet["name"]).isoformat()
        sheet["unplaced"] = _unplaced(plan, sheet["name"])
    del found["unplaced_values"], found["duplicates"]
    return found | {"tabs": _counts(plan), "contested": sum(bool(row.contested) for row in plan.rows),
                    "emptied": sum(len(row.emptied) for row in plan.rows)}  # fmt: skip


def _unplaced(plan: Plan, sheet: str) -> list[dict[str, Any]]:
    """Texts that no list knows, by column, with how often each stands there."""
    read = next(s for s in plan.reading.sheets if s.name == sheet)
    times: dict[tuple[str, str], int] = {}
    for row in read.rows:
        for place in row.unplaced:
            times[place] = times.get(place, 0) + 1
    placed = [(c.letter, text, code) for c in read.columns for text, code in c.options.get("values", {}).items()]
    fields = {c.letter: c.field or "" for c in read.columns}
    headers = {c.letter: c.header or c.letter for c in read.columns}
    open_ones = [(letter, text, "", n) for (letter, text), n in times.items()][:UNPLACED_SHOWN]
    return [
        {"letter": letter, "header": headers[letter], "field": fields[letter], "text": text, "code": code, "times": n}
        for letter, text, code, n in [*open_ones, *((a, b, c, 0) for a, b, c in placed)]
    ]


def _counts(plan: Plan) -> dict[str, int]:
    counts = dict.fromkeys(TABS, 0)
    for row in plan.rows:
        counts[tab_of(row)] += 1
    return counts


def _samples(column: Column) -> list[list[str]]:
    """Three cells as they stand in the file, each with what is made of it where that reads differently."""
    return [[text := text_of(cell), _read_as(column, cell, text)] for cell in list(column.samples)[:3]]


def _read_as(column: Column, cell: Any, text: str) -> str:
    if not column.field or column.marked or column.field not in fields():
        return ""
    of = fields()[column.field]
    value = read_cell(cell, of).value
    if value is None or isinstance(value, bool | dict | list):
        return ""
    listed = {"degree": "degrees", "title": "academic_titles"}.get(of.type, of.codelist)
    told = label(listed, str(value)) if listed else "/".join(reversed(value.iso.split("-"))) if hasattr(value, "iso") else str(value)
    told = {"nam": "Nam", "nu": "Nữ"}.get(told, told)
    return "" if told == text or of.type == "dossier" else told


class _Cells:
    """The cells of a row as its sheet was read: kept only where a person may have to correct them."""

    def __init__(self, plan: Plan) -> None:
        self._lines = {raw.name: dict(map(tuple, raw.rows)) for raw in plan.book.sheets} if plan.book else {}

    def of(self, sheet: str, row: int, headers: Mapping[str, str]) -> list[list[str]]:
        cells = self._lines.get(sheet.partition(" (bảng ")[0], {}).get(row, [])
        by_letter = dict(zip(headers, (_index(letter) for letter in headers), strict=True))
        return [
            [letter, headers[letter], text_of(cells[i]) if i < len(cells) else ""] for letter, i in by_letter.items()
        ]


def _index(letter: str) -> int:
    number = 0
    for one in letter:
        number = number * 26 + ord(one) - 64
    return number - 1


def _row(row: RowPlan, plan: Plan, headers: Mapping[str, str], cells: _Cells, scope: Scope) -> dict[str, Any]:
    """One row as the page shows it; what the reader may not see of the dossier is not told, not even that it differs."""
    seen = [d for d in row.differences if scope.sees_group(d.group) and not d.minor]
    birth = row.row.values.get("birth")
    told: dict[str, Any] = {
        "sheet": row.sheet, "row": row.row.row, "name": row.row.values.get("full_name") or "", "state": row.state,
        "birth": birth.iso if birth else "", "unit": row.row.unit or "",
    }  # fmt: skip
    if row.why:
        told["why"] = row.why
    if seen and row.state != "new":
        told["differences"] = [[d.label, d.old, d.new] for d in seen]
    if row.contested:
        told["contested"] = [[d.field, d.label, d.old, d.new] for d in row.contested if scope.sees_group(d.group)]
    if row.emptied:
        told["emptied"] = row.emptied
    if row.repeats is not None:
        told["of"] = row.repeats
    problems = [[p.column, p.why, p.severity] for p in row.row.problems if not p.fatal]
    if problems:
        told["problems"] = problems
    if row.match.known and (row.state in ("likely", "conflict") or row.contested):
        told["people"] = [_face(face, plan) for face in row.match.others or (row.match.known,)]
    if tab_of(row) in ("refused", "conflict", "likely"):
        told["cells"] = cells.of(row.sheet, row.row.row, headers)
    return told


def _face(face: Any, plan: Plan) -> dict[str, Any]:
    return {
        "id": face.id, "name": face.name, "birth": face.birth.iso if face.birth else "",
        "unit": plan.units.names.get(face.unit, ""), "native": face.native.text,
    }  # fmt: skip


def _search_text(row: dict[str, Any]) -> str:
    return f"{fold(row['name'])} {fold(row['unit'])} {row['row']}"


__all__ = ["IGNORED", "TABS", "keep_result", "opened", "parts_of", "rows_of", "seal", "store_result", "summary_of", "tab_of"]
