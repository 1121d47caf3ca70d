"""Đến ngày …: who meets the standard today and not on a coming day, or the reverse, with the cause; age alone stands apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.assess.coming import CAUSES, GROUPS, Cause, ComingReport, coming, coming_days
from canbo.assess.gaps import cited
from canbo.assess.verdicts import NoStandard
from canbo.audit.changes import record_read
from canbo.documents.tables import Table
from canbo.engine.language import LanguageError
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS, Verdict
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of, page, require_any
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.shelf import SHELF
from canbo.web.standards.asking import WHOM, Asked, asked, law_now, title_options
from canbo.web.standards.listing import Who, numbered, people_of, placed_on, taken, title_name, with_
from canbo.web.tree import unit_tree

GONE = "gone"
TILES: dict[str, tuple[str, str]] = {
    "over-age": (GROUPS["over-age"], "chỉ vì tuổi mà không đạt vào ngày ấy"),
    "lost": (GROUPS["lost"], "nay đạt, ngày ấy chưa đạt vì nguyên nhân khác"),
    "gained": (GROUPS["gained"], "nay chưa đạt hoặc chưa rõ, ngày ấy đạt"),
    "open": (GROUPS["open"], "nay đạt, ngày ấy còn chờ giấy tờ, xếp loại"),
    "other": (GROUPS["other"], "kết luận khác, không phải từ đạt hay đến đạt"),
    GONE: ("Không còn trong diện xét", "hết nhiệm kỳ, thôi giữ chức danh hoặc thôi công tác theo hồ sơ"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A person and a title, the verdict today and on the coming day (None: no longer judged), and why."""

    who: Who
    title: str
    code: str
    now: Verdict
    later: Verdict | None
    causes: tuple[tuple[str, str, str, str], ...]


@dataclass
class Screen:
    asked: Asked
    to: date | None
    days: list[tuple[date, str]]
    group: str
    tree: Any
    snapshot: Snapshot
    report: ComingReport | None = None
    errors: dict[str, str] = field(default_factory=dict)


def _read(request: HttpRequest, desk: Desk) -> Screen:
    snapshot, law = current(), law_now()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    question = asked(request.GET, desk=desk, tree=tree, snapshot=snapshot)
    on = question.request.on
    days = coming_days(after=on, law=law, snapshot=snapshot, actor=desk.actor, scope=desk.scope)
    typed = request.GET.get("den", "").strip() or request.GET.get("moc", "").strip()
    to, wrong = day_of(typed, on)
    group = request.GET.get("nhom", "")
    found = Screen(question, to if typed and not wrong else None, days, group if group in TILES else "", tree, snapshot)
    found.errors |= {**question.errors, **({"den": wrong} if wrong else {})}
    if found.to is not None and found.to <= on:
        found.errors["den"] = f"Ngày sắp tới phải sau ngày xét {on:%d/%m/%Y}."
    if found.to is not None and not found.errors:
        _answer(found, found.to, desk)
    return found


def _answer(found: Screen, to: date, desk: Desk) -> None:
    law = law_now()
    asks = {"request": found.asked.request, "to": to, "law": law, "snapshot": found.snapshot, "actor": desk.actor, "scope": desk.scope}
    key = ("coming", found.asked.request, to, desk.scope, law.central.hash, tuple(local.hash for local in law.local))
    try:
        found.report = SHELF.get(snapshot=found.snapshot, key=key, make=lambda: coming(**asks))  # type: ignore[arg-type]
    except LanguageError as error:
        found.errors["loc"] = str(error)
    except NoStandard as error:
        found.errors["cd"] = str(error)


@page("standards.read")
def coming_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    found, law = _read(request, desk), law_now()
    frame: dict[str, Any] = {
        "asked": found.asked, "errors": found.errors, "tree": found.tree, "whom": WHOM.items(), "purposes": PURPOSES.items(),
        "titles": title_options(law, found.asked.request.purpose), "overlays": law.overlays, "problems": law.problems,
        "days": [(day.isoformat(), f"{day:%d/%m/%Y} – {label}") for day, label in found.days], "typed": request.GET, "to": found.to,
        "query": query_of(request, without=("trang",)), "may_export": desk.actor.may("export"), "section": "coming",
    }  # fmt: skip
    if found.report is not None:
        lines = list(_lines(found, desk))
        pages = pager(request, total=len(lines))
        base = query_of(request, without=("trang", "nhom"))
        frame |= {
            "tiles": [(code, *words, _count(found.report, code), with_(base, nhom=code)) for code, words in TILES.items()],
            "rows": [(line, VERDICTS[line.now], VERDICTS.get(line.later or "", "")) for line in lines[pages.first : pages.first + SIZE]],
            "pager": pages, "total": thousands(len(lines)), "of": thousands(len(found.report.now.rows)), "base": base,
            "chosen": TILES[found.group][0] if found.group else "", "group": found.group, "answered": True,
        }  # fmt: skip
    return render(request, "standards/coming.html", frame, status=400 if found.errors else 200)


def _count(report: ComingReport, code: str) -> int:
    return len(report.gone) if code == GONE else len(report.groups[code])


def _lines(found: Screen, desk: Desk) -> Iterator[Line]:
    """Group by group, in each by given name."""
    report = found.report
    assert report is not None, "answered"
    own = placed_on(report.now.request.on, level="", snapshot=found.snapshot, desk=desk)
    keys = {moved.key for moved in report.moved} | {row.key for row in report.gone}
    people = people_of(keys, placed=own, snapshot=found.snapshot)
    places = {who.key: n for n, who in enumerate(people)}
    law = law_now()
    for code in [found.group] if found.group else list(TILES):
        if code == GONE:
            for row in sorted(report.gone, key=lambda row: (places[row.key], row.title)):
                yield Line(people[places[row.key]], title_name(row.title, law), row.title, row.verdict, None, ())
            continue
        for moved in sorted(report.groups[code], key=lambda moved: (places[moved.key], moved.title)):
            causes = tuple(_cause(cause, moved.overlay, law) for cause in moved.causes)
            title = title_name(moved.title, law)
            yield Line(people[places[moved.key]], title, moved.title, moved.now, moved.later, causes)


def _cause(cause: Cause, overlay: str, law: Any) -> tuple[str, str, str, str]:
    return CAUSES[cause.kind], cause.label, cited(cause.cite, overlay, law), cause.change


@page("export")
def coming_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    require_any(desk.actor, ("standards.read",))
    found = _read(request, desk)
    if found.report is None or found.to is None:
        text = " ".join(found.errors.values()) or "Hãy chọn hoặc ghi ngày sắp tới trước khi xuất."
        return render(request, "refused.html", {"text": text}, status=400)
    lines = list(_lines(found, desk))
    record_read(actor=desk.actor, what="export.coming", at=desk.now, count=len(lines), detail=query_of(request))
    return taken(_table(found, found.to, lines), kind=kind, name=f"den ngay {found.to:%Y-%m-%d}", desk=desk)


def _table(found: Screen, to: date, lines: list[Line]) -> Table:
    on = found.asked.request.on
    heads = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức danh", f"Ngày {on:%d/%m/%Y}", f"Ngày {to:%d/%m/%Y}", "Nguyên nhân")
    cells = [
        [
            line.who.name, line.who.birth, line.who.unit, line.title, VERDICTS[line.now],
            VERDICTS[line.later] if line.later else TILES[GONE][0],
            "; ".join(f"{kind}: {label} ({cite}{f'; {change}' if change else ''})" for kind, label, cite, change in line.causes),
        ]
        for line in lines
    ]  # fmt: skip
    about = filter(None, (found.tree.name(found.asked.unit), TILES[found.group][0] if found.group else ""))
    return Table(f"Thay đổi kết luận tiêu chuẩn đến ngày {to:%d/%m/%Y}", heads, numbered(cells), tuple(about))
