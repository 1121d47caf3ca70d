"""Còn thiếu: unit × title × criterion with who fails and whose papers are missing; each number opens its people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.gaps import GapLine, cited, gap_lines, needs
from canbo.assess.law_sets import Law
from canbo.assess.placing import Placing
from canbo.assess.verdicts import AssessReport, NoStandard
from canbo.audit.changes import record_read
from canbo.documents.tables import Table
from canbo.engine.language import LanguageError
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page, require_any
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import WHOM, Asked, asked, law_now, title_options
from canbo.web.standards.listing import LEVELS, Who, numbered, people_of, placed_on, taken, title_name, with_
from canbo.web.standards.reviewing import report_of
from canbo.web.tree import unit_tree

DRILL = ("o", "ct", "tc", "la", "trang")
MARKS = {"no": VERDICTS["no"], "unknown": VERDICTS["unknown"]}


@dataclass
class Screen:
    """A question, its lines, and the line whose people are asked for."""

    asked: Asked
    level: str
    tree: Any
    snapshot: Snapshot
    law: Law
    mark: str = ""
    report: AssessReport | None = None
    placed: Placing | None = None
    lines: list[GapLine] = field(default_factory=list)
    line: GapLine | None = None
    errors: dict[str, str] = field(default_factory=dict)


def _read(request: HttpRequest, desk: Desk) -> Screen:
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    level = request.GET.get("cap", "")
    found = Screen(asked(request.GET, desk=desk, tree=tree, snapshot=snapshot), level, tree, snapshot, law_now())
    found.errors |= found.asked.errors
    if level not in dict(LEVELS):
        found.errors["cap"] = "Không có cấp này; hãy chọn trong danh sách."
    if not found.errors:
        _answer(found, request, desk)
    return found


def _answer(found: Screen, request: HttpRequest, desk: Desk) -> None:
    question = found.asked.request
    try:
        report = found.report = report_of(found.asked, desk, found.snapshot)
    except LanguageError as error:
        found.errors["loc"] = str(error)
        return
    except NoStandard as error:
        found.errors["cd"] = str(error)
        return
    law = found.law
    key = (question, desk.scope, found.level, law.central.hash, tuple(local.hash for local in law.local))
    found.placed = placed_on(question.on, level=found.level, snapshot=found.snapshot, desk=desk)
    placed = found.placed
    found.lines = SHELF.get(snapshot=found.snapshot, key=("gaps", *key), make=lambda: gap_lines(report, placed))
    if wanted := request.GET.get("tc", ""):
        chosen = (request.GET.get("o", ""), request.GET.get("ct", ""), wanted)
        found.line = next((line for line in found.lines if _address(line) == chosen), None)
        found.mark = request.GET.get("la", "") if request.GET.get("la", "") in MARKS else ""
        if found.line is None:
            found.errors["tc"] = "Nội dung này không còn ai thiếu, hoặc không thuộc phạm vi bạn được giao; hãy xem lại bảng."


def _address(line: GapLine) -> tuple[str, str, str]:
    unit = "" if line.unit is None else str(line.unit)
    return unit, line.title, f"{line.standard}:{line.overlay}:{line.criterion}"


@page("standards.read")
def gaps_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = _read(request, desk)
    law = found.law
    frame: dict[str, Any] = {
        "asked": found.asked, "errors": found.errors, "tree": found.tree, "whom": WHOM.items(), "purposes": PURPOSES.items(),
        "titles": title_options(law, found.asked.request.purpose), "overlays": law.overlays, "problems": law.problems,
        "levels": LEVELS, "level": found.level, "query": query_of(request, without=("trang",)), "may_export": desk.actor.may("export"),
        "base": query_of(request, without=DRILL), "section": "gaps",
    }  # fmt: skip
    if found.line is not None:
        frame |= {"line": _line(found.line, found, ""), "mark": MARKS.get(found.mark, ""), "fixable": found.line.fixable}
        people = _people(found, desk)
        pages = pager(request, total=len(people))
        frame |= {"people": people[pages.first : pages.first + SIZE], "total": thousands(len(people)), "pager": pages}
    elif found.report is not None:
        pages = pager(request, total=len(found.lines))
        part = [(line, _line(line, found, str(frame["base"]))) for line in found.lines[pages.first : pages.first + SIZE]]
        grouped = [(name, [shown for _, shown in rows]) for name, rows in groupby(part, key=lambda pair: _unit(pair[0], found))]
        judged = len({row.key for row in found.report.rows})
        frame |= {
            "groups": grouped, "pager": pages, "of": thousands(len(found.report.rows)), "judged": thousands(judged), "answered": True,
        }  # fmt: skip
    return render(request, "standards/gaps.html", frame, status=400 if found.errors else 200)


def _unit(line: GapLine, found: Screen) -> str:
    assert found.placed is not None, "lines come with their places"
    return found.placed.name(line.unit)


def _line(line: GapLine, found: Screen, base: str) -> dict[str, Any]:
    unit, title, criterion = _address(line)
    where = {"o": unit, "ct": title, "tc": criterion}
    return {
        "unit": _unit(line, found), "title": title_name(line.title, found.law), "label": line.label,
        "cite": cited(line.cite, line.overlay, found.law), "judged": line.judged, "judged_text": thousands(line.judged),
        "failed": len(line.failed), "unknown": len(line.unknown),
        "failed_url": with_(base, **where, la="no"), "unknown_url": with_(base, **where, la="unknown"), "url": with_(base, **where),
        "code": line.title,
    }  # fmt: skip


def _people(found: Screen, desk: Desk) -> list[tuple[Who, str, str, str]]:
    """(who, verdict code, its word, what is needed) of everybody behind the number."""
    line, report, placed = found.line, found.report, found.placed
    assert line is not None and report is not None and placed is not None, "asked for with a line"
    keys = line.keys(found.mark)
    own = placed_on(report.request.on, level="", snapshot=found.snapshot, desk=desk)
    said = needs(report=report, line=line, keys=keys, law=found.law, snapshot=found.snapshot, actor=desk.actor, scope=desk.scope)
    failed = set(line.failed)
    marks = {key: "no" if key in failed else "unknown" for key in keys}
    people = people_of(keys, placed=own, snapshot=found.snapshot)
    return [(who, marks[who.key], MARKS[marks[who.key]], said.get(who.key, "")) for who in people]


@page("export")
def gaps_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """What stands on the screen: the gaps, or the people behind one of them."""
    require_any(desk.actor, ("standards.read",))
    found = _read(request, desk)
    if found.errors or found.report is None:
        return render(request, "refused.html", {"text": " ".join(found.errors.values())}, status=400)
    table = _people_table(found, desk) if found.line else _gap_table(found)
    record_read(actor=desk.actor, what="export.gaps", at=desk.now, count=len(table.rows), detail=query_of(request))
    return taken(table, kind=kind, name=f"con thieu {found.asked.request.on:%Y-%m-%d}", desk=desk)


def _gap_table(found: Screen) -> Table:
    heads = ("STT", "Đơn vị", "Chức danh", "Tiêu chí", "Căn cứ", "Số lượt xét", MARKS["no"], MARKS["unknown"])
    return Table("Nội dung còn thiếu so với tiêu chuẩn", heads, numbered(list(_cells(found))), _head_lines(found))


def _cells(found: Screen) -> Iterator[list[Any]]:
    for line in found.lines:
        shown = _line(line, found, "")
        yield [shown[name] for name in ("unit", "title", "label", "cite", "judged", "failed", "unknown")]


def _people_table(found: Screen, desk: Desk) -> Table:
    assert found.line is not None, "asked for with a line"
    line = _line(found.line, found, "")
    heads = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Kết quả", "Cần để đạt")
    cells = numbered([[who.name, who.birth, who.unit, word, text] for who, _, word, text in _people(found, desk)])
    about = (f"{line['title']}: {line['label']} ({line['cite']})", str(line["unit"]))
    return Table("Người còn thiếu tiêu chuẩn", heads, cells, (*about, *_head_lines(found)))


def _head_lines(found: Screen) -> tuple[str, ...]:
    where = found.asked.typed["loc"]
    unit = found.tree.name(found.asked.unit)
    return tuple(filter(None, (f"Xét vào ngày {found.asked.request.on:%d/%m/%Y}", unit, f"Điều kiện: {where}" if where else "")))
