"""Sources of one list: who meets what is asked, in an order everybody sees; beyond one's scope numbers, and a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.audit.changes import record_read
from canbo.engine.language import LanguageError
from canbo.engine.structures.meter import groups
from canbo.kernel.actors import Forbidden
from canbo.planning.comparing import COMPARED
from canbo.planning.judging import laws_at
from canbo.planning.models import CLASSES, INTRODUCERS, ORIGINS, Slate
from canbo.planning.numbers import listed, marks_of, rules_on
from canbo.planning.queries import requests
from canbo.planning.rounds import PlanningRefused
from canbo.planning.sources import Candidate, Elsewhere, ask_for_sources, candidates, elsewhere, flags_of
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.planning.ordering import Order, order_of
from canbo.web.planning.slate_acts import ACTS, bringing
from canbo.web.planning.view import REFUSALS, Said, Typed, asks, found_slate, reads, reason_text, refused, said_of
from canbo.web.standards.asking import law_now
from canbo.web.standards.listing import taken

HEADS = (
    "Họ và tên", "Chức vụ, đơn vị", "Tuổi", "Dấu hiệu cơ cấu", "Trình độ chuyên môn", "Lý luận chính trị", "Xếp loại gần nhất",
    "Số tháng còn công tác", "Xét theo quy định", "Căn cứ", "Còn phải hoàn thiện",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One candidate as shown."""

    who: Candidate
    unit: str
    flags: tuple[str, ...]
    said: Said

    @property
    def values(self) -> Mapping[str, str]:
        return self.who.values


@dataclass(frozen=True)
class Sources:
    """The answer to one question: rows of the page, how many there are in all; `error`, `closed`: why there are none."""

    order: Order
    where: str
    wide: bool
    rows: Sequence[Row] = ()
    of: int = 0
    error: str = ""
    closed: str = ""


@page("cases.read")
def sources(request: HttpRequest, desk: Desk, slate: int) -> HttpResponse:
    of = found_slate(slate, desk)
    if request.method != "POST":
        record_read(actor=desk.actor, what="planning.sources", at=desk.now, detail=str(slate))
        return _page(request, desk, of)
    typed = Typed(request.POST, desk)
    try:
        answer = SAYS.get(typed.text("viec"), _unknown)(of, typed, desk)
    except REFUSALS as error:
        return _page(request, desk, of, typed, str(error))
    if answer.startswith("/"):
        return redirect(answer)
    messages.success(request, answer)
    return redirect(f"{request.path}?{request.GET.urlencode()}")


def _page(request: HttpRequest, desk: Desk, of: Slate, typed: Typed | None = None, error: str = "") -> HttpResponse:
    at = pager(request, total=10**6)
    found = sources_of(request, desk, of, most=at.page * SIZE)
    where = pager(request, total=found.of)
    editable = desk.actor.may("cases.write") and of.home.round.closed_on is None and not (of.adding_id or of.removing_id)
    beyond = _beyond(of, desk) if desk.actor.may("cases.write") else []
    frame: dict[str, Any] = {
        "slate": of, "home": of.home, "round": of.home.round, "found": found, "rows": found.rows[where.first :], "pager": where,
        "error": error, "typed": typed.data if typed else {}, "act": typed.text("viec") if typed else "",
        "picked": bringing(typed) if typed else [], "may_edit": editable, "today": desk.today, "introducers": INTRODUCERS,
        "origins": ORIGINS, "classes": CLASSES, "beyond": beyond, "query": query_of(request, without=("trang",)),
        "may_export": desk.actor.may("export"), "may_dossier": desk.actor.may("dossier.read"), "most": COMPARED,
        "limited": desk.scope.units is not None,
    }  # fmt: skip
    return refused(render(request, "planning/sources.html", frame), error or found.error)


@page("export")
def sources_file(request: HttpRequest, desk: Desk, slate: int, kind: str) -> HttpResponse:
    """The rows on the page, up to the page shown."""
    of = found_slate(slate, desk)
    found = sources_of(request, desk, of, most=pager(request, total=10**6).page * SIZE)
    if found.error or found.closed:
        return render(request, "refused.html", {"text": found.error or found.closed}, status=400)
    sheet = _sheet(of, found)
    record_read(actor=desk.actor, what="export.planning", at=desk.now, count=len(sheet.rows), detail=sheet.title)
    return taken(sheet.table(), kind=kind, name=sheet.title, desk=desk)


# --- the answer


def sources_of(request: HttpRequest, desk: Desk, of: Slate, *, most: int) -> Sources:
    order, where, wide = order_of(request.GET, desk.scope), request.GET.get("loc", "").strip(), request.GET.get("rong") == "1"
    try:
        found = candidates(
            slate=of, law=law_now(), snapshot=current(), by=order.by, where=where, most=most, near=not wide, **reads(desk)
        )
    except LanguageError as error:
        return Sources(order, where, wide, error=str(error))
    except Forbidden as error:
        return Sources(order, where, wide, closed=str(error))
    return Sources(order, where, wide, rows_of(of, found.rows, desk), found.of)


def rows_of(of: Slate, found: Sequence[Candidate], desk: Desk) -> list[Row]:
    table = current().tables.frames["unit"]
    units = dict(zip(table["id"].to_list(), table["name"].to_list()))
    flags = _flags(of, [one.person for one in found], desk)
    return [
        Row(one, units.get(one.unit, ""), flags.get(one.person) or tuple(flags_of(one.values)), said_of(one.judged)) for one in found
    ]


def _flags(of: Slate, people: Sequence[int], desk: Desk) -> dict[int, tuple[str, ...]]:
    """What the structure in force counts her by – women, young, minority – on the day ages are counted: shown, never weighed."""
    laws = laws_at(of.home.unit_id, law_now(), current())
    ruled = rules_on(laws, of.home.round.on)
    if ruled is None or not people:
        return {}
    try:
        marks, _ = marks_of(people, ruled, laws, of.age_on, (), current(), desk.scope)
    except Forbidden:
        return {}
    asked = [rule for rule in ruled.rules.rules if rule.kind == "share" and rule.code in marks and any(groups(rule, [listed(of, ())]))]
    labels = {rule.code: rule.label.removeprefix("Tỷ lệ ").split(" (")[0] for rule in asked}
    return {person: tuple(dict.fromkeys(label for code, label in labels.items() if marks[code].get(person))) for person in people}


def _sheet(of: Slate, found: Sources) -> Sheet:
    near = "Mọi đơn vị trong phạm vi" if found.wide else "Nguồn của đơn vị và cấp dưới"
    lines = (
        f"{of.home.unit.name}; nhiệm kỳ {of.term.code}; xét ngày {of.home.round.on:%d/%m/%Y}; cơ cấu tính ngày {of.age_on:%d/%m/%Y}",
        f"{near}: {len(found.rows)}/{found.of} người. {found.order.sentence}",
        *((f"Lọc: {found.where}",) if found.where else ()),
    )
    return Sheet(f"Nguồn quy hoạch {of.title.name}", HEADS, [_cells(row) for row in found.rows], lines)


def _cells(row: Row) -> tuple[Cell, ...]:
    value, said = row.values, row.said
    texts = (
        ", ".join(filter(None, (value["position"], row.unit))), value["age"], ", ".join(row.flags), value["degree"],
        value["political_theory"], value["rating_last"], value["months_left"], said.word,
        "; ".join(map(reason_text, (*said.against, *said.open))), "; ".join(map(reason_text, said.later)),
    )  # fmt: skip
    return (Cell(row.who.name, reverse("dossier", args=[row.who.person])), *map(Cell, texts))


# --- beyond one's scope


def _beyond(of: Slate, desk: Desk) -> list[tuple[Elsewhere, Any]]:
    """Units outside the reader's scope with how many fit, and the request put to each, if any."""
    try:
        found = elsewhere(slate=of, law=law_now(), snapshot=current(), **reads(desk))
    except Forbidden:
        return []
    asked = {row.unit_id: row for row in requests(**reads(desk)).filter(slate=of)}
    return [(one, asked.get(one.unit)) for one in found]


# --- buttons


def _bring(of: Slate, typed: Typed, desk: Desk) -> str:
    if not bringing(typed):
        raise PlanningRefused("Hãy đánh dấu ít nhất một người.")
    return ACTS["gioi-thieu"](of, typed, desk)


def _compare(of: Slate, typed: Typed, desk: Desk) -> str:
    people = bringing(typed)
    if not 2 <= len(people) <= COMPARED:
        raise PlanningRefused(f"So sánh từ 2 đến {COMPARED} người; đang đánh dấu {len(people)} người.")
    return f"{reverse('planning-compare', args=[of.pk])}?{urlencode([('nguoi', person) for person in people])}"


def _ask(of: Slate, typed: Typed, desk: Desk) -> str:
    unit = typed.text("donvi")
    if not (unit.isdecimal() and len(unit) < 10):
        raise PlanningRefused("Hãy chọn đơn vị để đề nghị.")
    made = ask_for_sources(pk=of.pk, unit=int(unit), text=typed.text("noidung"), on=desk.today, **asks(desk))
    return f"Đã gửi đề nghị tới {made.unit.name}; trả lời sẽ hiện ở trang này và ở “Đề nghị giữa các cấp”."


def _unknown(of: Slate, typed: Typed, desk: Desk) -> str:
    raise PlanningRefused("Không rõ việc cần làm; hãy tải lại trang.")


SAYS = {"gioi-thieu": _bring, "so-sanh": _compare, "de-nghi": _ask}
