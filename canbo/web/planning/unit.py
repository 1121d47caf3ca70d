"""One unit in a round: its lists with their numbers, the live meter, lists sent, received, sent back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.cases.models import Case
from canbo.planning.deciding import receive_unit, return_unit, send_unit
from canbo.planning.models import Line, RoundUnit, Slate
from canbo.planning.numbers import kind_of
from canbo.planning.order import below as units_below
from canbo.planning.queries import Progress, is_decided, progress
from canbo.planning.rounds import PlanningRefused
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.planning.meters import meters
from canbo.web.planning.round import STATE_MARKS, group_of
from canbo.web.planning.view import REFUSALS, Reviewed, Typed, asks, found_home, reads, refused, reviewed


@dataclass(frozen=True)
class SlateRow:
    """One list with its numbers and where its procedures stand."""

    slate: Slate
    keep: int
    add: int
    remove: int
    attention: int
    state: str
    mark: str


@page("cases.read")
def unit(request: HttpRequest, desk: Desk, planning_home: int) -> HttpResponse:
    home = found_home(planning_home, desk)
    if request.method != "POST":
        return _page(request, desk, home)
    typed = Typed(request.POST, desk)
    try:
        said = _ACTS.get(typed.text("viec"), _unknown)(home, typed, desk)
    except REFUSALS as error:
        return _page(request, desk, found_home(planning_home, desk), typed, str(error))
    messages.success(request, said)
    return redirect("planning-unit", home.pk)


def _page(request: HttpRequest, desk: Desk, home: RoundUnit, typed: Typed | None = None, error: str = "") -> HttpResponse:
    found = reviewed(desk, home=home)
    terms, without = meters(home, found, desk)
    everybody = progress(round=home.round, on=desk.today, **reads(desk))
    mine = next(row for row in everybody if row.home.pk == home.pk)
    above = desk.scope.sees_unit(home.round.unit_id) and home.round.closed_on is None
    may = desk.actor.may
    frame: dict[str, Any] = {
        "home": home, "round": home.round, "rows": slate_rows(home, found), "closed": found.closed, "state": mine.state,
        "state_mark": STATE_MARKS.get(mine.state, ""), "terms": terms, "without": without, "error": error,
        "act": typed.text("viec") if typed else "", "typed": typed.data if typed else {}, "today": desk.today,
        "waiting_below": below(home, everybody), "may_export": may("export"), "may_publish": may("disclosure.publish"),
        "may_send": may("cases.write") and home.sent_on is None and home.round.closed_on is None,
        "may_receive": may("planning.run") and above and home.sent_on is not None and home.received_on is None,
        "may_return": may("cases.decide") and above and home.sent_on is not None,
    }  # fmt: skip
    return refused(render(request, "planning/unit.html", frame), error)


def below(home: RoundUnit, everybody: Sequence[Progress]) -> list[Progress]:
    """Units of the same round under this one whose lists are not decided yet: lower levels come before higher ones."""
    tree = units_below(home.unit_id, current()) - {home.unit_id}
    return [row for row in everybody if row.home.unit_id in tree and row.state != "đã quyết định"]


def slate_rows(home: RoundUnit, found: Reviewed) -> list[SlateRow]:
    return [_row(slate, found.lines.get(slate.pk, []), found, home) for slate in found.slates]


def _row(slate: Slate, lines: Sequence[Line], found: Reviewed, home: RoundUnit) -> SlateRow:
    # Who was refused is where she was before: not coming in, not leaving.
    standings = [line.standing if line.outcome != "refused" else "keep" if line.standing == "remove" else "" for line in lines]
    said = found.of(slate)
    waiting = [line for line in lines if line.pk in said and not line.outcome]
    attention = sum(group_of(line, said[line.pk].says) in ("attention", "remove") for line in waiting)
    state, mark = slate_state(slate, lines, home)
    return SlateRow(slate, standings.count("keep"), standings.count("add"), standings.count("remove"), attention, state, mark)


def slate_state(slate: Slate, lines: Sequence[Line], home: RoundUnit) -> tuple[str, str]:
    """Where the procedures of a list stand, in words, and a mark."""
    changed = any(line.standing != "keep" for line in lines)
    cases = [case for case in (slate.adding, slate.removing) if case is not None]
    if is_decided(slate, changed, home):
        return ("đã quyết định" if cases else "giữ nguyên"), "ok"
    if not cases:
        return ("có thay đổi, chưa mở quy trình" if changed else "chưa thay đổi"), "warn" if changed else ""
    return "; ".join(case_state(case) for case in cases), ""


def case_state(case: Case) -> str:
    """`đưa vào: Trình danh sách`, or how it ended."""
    if case.status != "open":
        return case.get_status_display()
    steps: Sequence[dict[str, Any]] = case.rules.get("step", ())
    return next((f"đang ở bước “{step['label']}”" for step in steps if step.get("code") == case.step), "đang làm")


def committees_first(slate: Slate, others: Sequence[Slate], found: Reviewed) -> list[Slate]:
    """Lists of committees of the same unit and term that are not decided: they come before leadership titles."""
    if kind_of(slate.title.code) == "committee":
        return []
    alike = [one for one in others if one.term_id == slate.term_id and kind_of(one.title.code) == "committee"]
    return [one for one in alike if slate_state(one, found.lines.get(one.pk, []), one.home)[1] != "ok"]


# --- what the buttons do


def _unknown(home: RoundUnit, typed: Typed, desk: Desk) -> str:
    raise PlanningRefused("Không rõ việc cần làm; hãy tải lại trang.")


def _day(typed: Typed) -> Any:
    on = typed.day("ngay")
    if on > typed.desk.today:
        typed.errors["ngay"] = f"Ngày {on:%d/%m/%Y} chưa tới; hãy ghi ngày đã làm."
    typed.refuse_wrong()
    return on


def _send(home: RoundUnit, typed: Typed, desk: Desk) -> str:
    send_unit(pk=home.pk, on=_day(typed), **asks(desk))
    return "Đã gửi danh sách lên cấp trên."


def _receive(home: RoundUnit, typed: Typed, desk: Desk) -> str:
    receive_unit(pk=home.pk, on=_day(typed), **asks(desk))
    return f"Đã tiếp nhận danh sách của {home.unit.name}."


def _return(home: RoundUnit, typed: Typed, desk: Desk) -> str:
    return_unit(pk=home.pk, reason=typed.text("lydo"), on=_day(typed), **asks(desk))
    return f"Đã trả lại danh sách cho {home.unit.name} để bổ sung."


_ACTS: dict[str, Callable[[RoundUnit, Typed, Desk], str]] = {"gui": _send, "nhan": _receive, "tra": _return}
