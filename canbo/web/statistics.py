"""Counts of a day, each with the people behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.assess.measures import Measure, measure_of, named_measures
from canbo.assess.statistics import StatReport, StatRequest, StatRow, label_of, people_behind, statistics
from canbo.audit.changes import record_read
from canbo.documents.tables import Table
from canbo.engine.language import LanguageError
from canbo.engine.measures import Count
from canbo.engine.types import Bool, Code, Scale
from canbo.kernel.numbers import fraction_text, percent_text, points_text, thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of, page
from canbo.web.exports import as_file
from canbo.web.pagination import query_of
from canbo.web.people import rows_of, table_of
from canbo.web.roster import Question, Roster, expression, keys_in_order, visible_columns, words_of

MOST_BY = 1
VERDICTS = {
    "yes": "thuộc chỉ tiêu", "no": "không thuộc chỉ tiêu", "unknown": "chưa rõ có thuộc chỉ tiêu hay không",
    "where_unknown": "chưa rõ có thuộc tập hợp được tính hay không",
}  # fmt: skip
YES_NO = {"true": True, "false": False}
HEADS = ("Số người", "Tổng số", "Tỷ lệ", "Chưa rõ", "Chưa rõ thuộc tập hợp")


@dataclass(frozen=True)
class Asked:
    """The form as typed, the request when it could be read, one sentence for each field that could not."""

    typed: dict[str, Any]
    request: StatRequest
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """A number and the address of the people behind it."""

    text: str
    url: str = ""


@page("statistics.read")
def statistics_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    asked = read(request, desk, snapshot)
    frame = {
        "asked": asked, "errors": asked.errors, "measures": offered_measures(snapshot, desk),
        "facts": offered_facts(snapshot, desk, on=desk.today), "query": query_of(request),
    }  # fmt: skip
    if not asked.errors:
        report = statistics(request=asked.request, snapshot=snapshot, actor=desk.actor, scope=desk.scope)
        frame |= shown(report, asked)
    return render(request, "statistics/page.html", frame, status=400 if asked.errors else 200)


@page("statistics.read")
def statistics_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    snapshot = current()
    asked = read(request, desk, snapshot)
    if asked.errors:
        return render(request, "refused.html", {"text": " ".join(asked.errors.values())}, status=400)
    report = statistics(request=asked.request, snapshot=snapshot, actor=desk.actor, scope=desk.scope)
    record_read(actor=desk.actor, what="export.statistics", at=desk.now, count=len(report.rows), detail=query_of(request))
    return as_file(table(report, asked), kind=kind, name=f"thong ke {asked.request.on:%Y-%m-%d}")


@page("statistics.read")
def behind(request: HttpRequest, desk: Desk) -> HttpResponse:
    found, text, error = people_of(request, desk)
    if found is None:
        return render(request, "refused.html", {"text": error}, status=400)
    frame = {
        "text": text, "on": found.question.on, "query": query_of(request, without=("trang",)),
        "may_export": desk.actor.may("export"), **rows_of(request, found),
    }  # fmt: skip
    return render(request, "statistics/people.html", frame)


@page("export")
def behind_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    found, text, error = people_of(request, desk)
    if found is None:
        return render(request, "refused.html", {"text": error}, status=400)
    record_read(actor=desk.actor, what="export.people", at=desk.now, count=len(found.keys), detail=query_of(request))
    lines = (f"Tính đến ngày {found.question.on:%d/%m/%Y}; {thousands(len(found.keys))} người", text)
    return as_file(table_of(found, title="Danh sách", lines=lines), kind=kind, name="nguoi trong thong ke")


# --- reading the form


def read(request: HttpRequest, desk: Desk, snapshot: Snapshot) -> Asked:
    """Days, population, measures and facts of the query string, each checked where it was typed."""
    data = request.GET
    free = [line.strip() for line in data.get("bt", "").splitlines() if line.strip()]
    by = [name for name in dict.fromkeys(data.getlist("theo")) if name][:MOST_BY]
    typed = {
        "ngay": data.get("ngay", ""), "so": data.get("so", ""), "bd": data.get("bd", ""),
        "tap": data.get("tap", "").strip(), "bt": data.get("bt", ""), "ct": data.getlist("ct"), "theo": by,
    }  # fmt: skip
    days, errors = _days(request, desk)
    asked = StatRequest(
        on=days["ngay"] or desk.today, where=data.get("tap", "").strip(), measures=(*data.getlist("ct"), *free), by=tuple(by),
        map_on=days["bd"], compare_on=days["so"],
    )  # fmt: skip
    errors |= _unreadable(asked, snapshot, desk)
    return Asked(typed, asked, errors)


def _days(request: HttpRequest, desk: Desk) -> tuple[dict[str, date | None], dict[str, str]]:
    days: dict[str, date | None] = {}
    errors: dict[str, str] = {}
    for name in ("ngay", "so", "bd"):
        day, error = day_of(request.GET.get(name, ""), desk.today)
        days[name] = day if request.GET.get(name, "").strip() else None
        if error:
            errors[name] = error
    return days, errors


def _unreadable(asked: StatRequest, snapshot: Snapshot, desk: Desk) -> dict[str, str]:
    errors = {"tap": _refusal(asked.where, asked, snapshot, desk)}
    errors["bt"] = next(filter(None, (_refusal(measure_of(m).that, asked, snapshot, desk) for m in asked.measures)), "")
    words = words_of(snapshot, asked.map_on or asked.on)
    for name in asked.by:
        if name not in words or not desk.scope.sees_group(words[name].group):
            errors["theo"] = f"Không chia nhóm theo “{name}” được: không có dữ kiện này hoặc bạn chưa được giao quyền xem."
    return {name: text for name, text in errors.items() if text}


def _refusal(text: str, asked: StatRequest, snapshot: Snapshot, desk: Desk) -> str:
    try:
        expression(text, snapshot, asked.map_on or asked.on, desk)
    except LanguageError as error:
        return str(error)
    return ""


def offered_measures(snapshot: Snapshot, desk: Desk) -> list[Measure]:
    """Named measures over facts the reader may see."""
    plain = StatRequest(on=desk.today)
    return [m for m in named_measures().values() if not _refusal(m.that, plain, snapshot, desk)]


def offered_facts(snapshot: Snapshot, desk: Desk, *, on: date) -> list[tuple[str, str]]:
    """Facts with values one can count by, in the order of their labels."""
    words = words_of(snapshot, on)
    found = [
        (name, of.label)
        for name, of in words.items()
        if isinstance(of.type, Code | Scale | Bool) and desk.scope.sees_group(of.group)
    ]
    return sorted(found, key=lambda pair: pair[1])


# --- the table


def shown(report: StatReport, asked: Asked) -> dict[str, Any]:
    return {
        "report": report, "heads": heads(report), "rows": [cells(row, asked) for row in report.rows],
        "on": asked.request.on, "lines": lines(report),
    }  # fmt: skip


def heads(report: StatReport) -> tuple[str, ...]:
    compare = report.request.compare_on
    then = (f"Ngày {compare:%d/%m/%Y}", "Thay đổi") if compare else ()
    words = words_of(current(), report.request.map_on or report.request.on)
    return ("Chỉ tiêu", *(words[name].label for name in report.request.by), *HEADS, *then)


def lines(report: StatReport) -> tuple[str, ...]:
    """Day, map, population in words: no figure stands without them."""
    asked = report.request
    found = [f"Tính đến ngày {asked.on:%d/%m/%Y}"]
    found += [f"theo bản đồ đơn vị hành chính ngày {asked.map_on:%d/%m/%Y}"] if asked.map_on else []
    found += [f"so với ngày {asked.compare_on:%d/%m/%Y}"] if asked.compare_on else []
    return ("; ".join(found), f"Tập hợp được tính: {report.where_text or 'mọi người trong phạm vi bạn được giao'}")


def cells(row: StatRow, asked: Asked) -> tuple[list[str], list[Cell]]:
    """Texts that name the row, then its numbers with the people behind each."""
    group, counted = _group(row), row.count
    numbers = [
        Cell(thousands(counted.count), _url(asked, row.measure.name, group, "yes", counted.count)),
        Cell(thousands(counted.of), _url(asked, "", group if row.measure.that else {}, "yes", counted.of)),
        Cell(share(counted)),
        Cell(thousands(counted.unknown), _unknown(asked, row, group)),
        Cell(thousands(counted.where_unknown), _url(asked, "", group, "where_unknown", counted.where_unknown)),
    ]
    if row.before is not None:
        numbers += [Cell(_before(row.before), _then(asked, row)), Cell(_change(row))]
    return [row.measure.label, *row.labels.values()], numbers


def _unknown(asked: Asked, row: StatRow, group: Mapping[str, str]) -> str:
    """Without a measure it is not known whether they belong to this part, because their value is not."""
    if row.measure.that or not group:
        return _url(asked, row.measure.name, group, "unknown", row.count.unknown)
    return _url(asked, "", dict.fromkeys(group, ""), "yes", row.count.unknown)


def share(counted: Count) -> str:
    """`45,28%`; of a small population also `10/11`."""
    text = percent_text(counted.count, counted.of)
    return f"{fraction_text(counted.count, counted.of)} ({text})" if 0 < counted.of <= 20 else text


def _before(counted: Count) -> str:
    return f"{thousands(counted.count)}/{thousands(counted.of)} ({percent_text(counted.count, counted.of)})"


def _change(row: StatRow) -> str:
    return points_text(row.points) if row.points is not None else "–"


def _then(asked: Asked, row: StatRow) -> str:
    earlier = replace(asked, typed=asked.typed | {"ngay": asked.typed["so"]})
    return _url(earlier, row.measure.name, _group(row), "yes", row.before.count if row.before else 0)


def _group(row: StatRow) -> dict[str, str]:
    """The row's group as the address names it; a measured unit counts all units below it, and so must its people."""
    found = {name: "" if value is None else str(value) for name, value in row.by.items()}
    found = {name: text.lower() if isinstance(row.by[name], bool) else text for name, text in found.items()}
    if row.measure.that and found.get("unit"):
        found["within"] = found.pop("unit")
    return found


def _url(asked: Asked, measure: str, group: Mapping[str, str], verdict: str, number: int) -> str:
    if not number:
        return ""
    pairs = [(name, asked.typed[name]) for name in ("ngay", "bd", "tap") if asked.typed[name]]
    pairs += [("ct", measure)] if measure else []
    pairs += [("nhom", f"{name}:{value}") for name, value in group.items()]
    return f"{reverse('statistics-people')}?{urlencode([*pairs, ('la', verdict)])}"


def table(report: StatReport, asked: Asked) -> Table:
    rows = []
    for row in report.rows:
        names, numbers = cells(row, asked)
        rows.append([*names, *(cell.text for cell in numbers)])
    notes = tuple(f"Tổng kiểm tra: {check}" for check in report.checks)
    return Table("Thống kê cán bộ, công chức, viên chức", heads(report), rows, lines(report), notes)


# --- the people behind a number


def people_of(request: HttpRequest, desk: Desk) -> tuple[Roster | None, str, str]:
    """The people behind one number, what it says in words – or one sentence why it cannot be read."""
    snapshot = current()
    asked = read(request, desk, snapshot)
    verdict = request.GET.get("la", "yes")
    group = dict(text.partition(":")[::2] for text in request.GET.getlist("nhom"))
    words = words_of(snapshot, asked.request.map_on or asked.request.on)
    unseen = [name for name in group if name not in words or not desk.scope.sees_group(words[name].group)]
    if asked.errors or unseen or verdict not in VERDICTS:
        return None, "", " ".join(asked.errors.values()) or "Không đọc được số liệu này; hãy mở lại từ trang thống kê."
    measure = asked.request.measures[0] if asked.request.measures else ""
    keys = people_behind(
        request=replace(asked.request, measures=(), by=tuple(group)), measure=measure,
        group={name: value or None for name, value in group.items()}, verdict=verdict,  # type: ignore[arg-type]
        snapshot=snapshot, actor=desk.actor, scope=desk.scope,
    )  # fmt: skip
    question = Question(asked.request.on)
    ordered = keys_in_order(keys, snapshot=snapshot, on=asked.request.on, desk=desk)
    found = Roster(question, snapshot, desk, ordered, visible_columns(snapshot, desk))
    return found, in_words(asked, measure, group, verdict, snapshot), ""


def in_words(asked: Asked, measure: str, group: Mapping[str, str], verdict: str, snapshot: Snapshot) -> str:
    """Which number this list stands behind."""
    words = words_of(snapshot, asked.request.map_on or asked.request.on)
    parts = [f"{measure_of(measure).label}: {VERDICTS[verdict]}"] if measure else []
    parts += [VERDICTS[verdict].capitalize()] if not measure and verdict != "yes" else []
    parts += [f"{words[name].label}: {label_of(words, name, YES_NO.get(value, value or None))}" for name, value in group.items()]
    parts += [f"Tập hợp: {asked.request.where}"] if asked.request.where else []
    return "; ".join(parts) or "Mọi người được tính"
