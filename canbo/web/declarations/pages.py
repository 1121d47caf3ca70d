"""The unit's pages: rounds, who has answered, one declaration with old and new side by side."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.audit.changes import record_read, require
from canbo.audit.queries import last_seq
from canbo.documents.tables import Table
from canbo.dossier.changes import StaleDossier
from canbo.dossier.declarations.changes import RoundRefused, ValueRefused, close_round, extend_round, open_round
from canbo.dossier.declarations.deciding import Choice, decide
from canbo.dossier.declarations.items import label_of_column, sections_asked
from canbo.dossier.declarations.queries import (
    Item,
    declaration_sent,
    file_of_item,
    is_open,
    items_of,
    reaches,
    round_run,
    rounds,
)
from canbo.dossier.models import Declaration, DeclarationRound
from canbo.snapshot.queries import current
from canbo.web.declarations.progress import TABS, progress, rows
from canbo.web.desk import Desk, day_of, page
from canbo.web.exports import as_file
from canbo.web.pagination import SIZE, pager
from canbo.web.tree import unit_tree

HEADS = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Tình trạng")
RECORDS_TITLE = "Các mục có nhiều dòng"


@page("declaration.run")
def run_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = [(row, is_open(row, desk.today)) for row in rounds(actor=desk.actor, scope=desk.scope)]
    return render(request, "declarations/rounds.html", {"rounds": found, "today": desk.today})


@page("declaration.run")
def run_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open a round; what was typed and ticked stays when something is wrong."""
    if request.method != "POST":
        return _new_form(request, desk, {}, [])
    errors: dict[str, str] = {}
    days = {}
    for name in ("mo", "het"):
        days[name], errors[name] = day_of(request.POST.get(name, ""), desk.today)
        errors[name] = errors[name] or ("" if request.POST.get(name, "").strip() else "Hãy ghi ngày như 31/12/2025.")
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    pk, errors["dv"] = tree.find(request.POST.get("dv", "").strip())
    errors["dv"] = errors["dv"] or ("" if pk else "Hãy chọn đơn vị.")
    if any(errors.values()):
        return _new_form(request, desk, errors, request.POST.getlist("muc"))
    return _open(request, desk, pk or 0, days)


def _open(request: HttpRequest, desk: Desk, unit: int, days: dict[str, Any]) -> HttpResponse:
    try:
        made = open_round(
            unit=unit, name=request.POST.get("ten", ""), document=request.POST.get("van-ban", ""), opens_on=days["mo"],
            closes_on=days["het"], items=request.POST.getlist("muc"), actor=desk.actor, scope=desk.scope, at=desk.now,
        )  # fmt: skip
    except RoundRefused as error:
        return _new_form(request, desk, {"all": str(error)}, request.POST.getlist("muc"))
    messages.success(request, "Đã mở đợt kê khai; những người được hỏi thấy đợt này ở trang Hồ sơ của tôi.")
    return redirect("declaration-round", made.pk)


def _new_form(request: HttpRequest, desk: Desk, errors: dict[str, str], ticked: list[str]) -> HttpResponse:
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    seen = [s for s in sections_asked() if desk.scope.sees_group(s.group)]
    fields = [(s.title, _ticks(s.items, ticked)) for s in seen if len(s.items) > 1 or "." in s.items[0][0]]
    records = [item for s in seen for item in s.items if "." not in item[0]]
    asked = [*fields, (RECORDS_TITLE, _ticks(records, ticked))]
    chosen = request.POST.get("dv", "") or str(desk.actor.unit or "")
    frame = {"tree": tree, "asked": asked, "typed": request.POST, "errors": errors, "chosen": chosen, "today": desk.today}
    frame["document"] = request.POST.get("van-ban", "")
    return render(request, "declarations/new.html", frame, status=400 if errors else 200)


def _ticks(items: Iterable[tuple[str, str]], ticked: list[str]) -> list[tuple[str, str, bool]]:
    return [(code, label, code in ticked) for code, label in items]


@page("declaration.run")
def run(request: HttpRequest, desk: Desk, round: int) -> HttpResponse:
    of = round_run(pk=round, actor=desk.actor, scope=desk.scope)
    done = progress(of=of, desk=desk)
    tab, text = request.GET.get("tt", ""), request.GET.get("tim", "").strip()
    tab = tab if tab in TABS else ""
    found = done.of(tab, text)
    pages = pager(request, total=len(found))
    shown = rows(found[pages.first : pages.first + SIZE], progress=done, desk=desk)
    frame = {
        "round": of, "open": is_open(of, desk.today), "progress": done, "tab": tab, "text": text, "pager": pages,
        "tabs": [(code, label, done.counts.get(code, done.total)) for code, label in TABS.items()],
        "rows": list(enumerate(shown, start=pages.first + 1)), "keeps": desk.scope.sees_unit(of.unit_id),
        "asked": _asked_words(of),
    }  # fmt: skip
    return render(request, "declarations/round.html", frame)


def _asked_words(of: DeclarationRound) -> list[str]:
    words = []
    for section in sections_asked():
        labels = [label for code, label in section.items if code in of.items]
        if labels:
            words.append(section.title if labels == [section.title] else f"{section.title}: {', '.join(labels)}")
    return words


@page("declaration.run")
def run_file(request: HttpRequest, desk: Desk, round: int, kind: str) -> HttpResponse:
    """The list as on the screen; for those who have not answered it is the list to remind by."""
    require(desk.actor, "export")
    of = round_run(pk=round, actor=desk.actor, scope=desk.scope)
    done = progress(of=of, desk=desk)
    tab = request.GET.get("tt", "")
    found = done.of(tab if tab in TABS else "", request.GET.get("tim", "").strip())
    shown = rows(found, progress=done, desk=desk)
    cells = [(n, row.name, row.birth, row.unit, row.state) for n, row in enumerate(shown, start=1)]
    record_read(actor=desk.actor, what="export.declarations", at=desk.now, count=len(cells), detail=of.name)
    lines = (f"Tính đến ngày {done.on:%d/%m/%Y}", f"Tình trạng: {TABS.get(tab, TABS[''])}")
    return as_file(Table(of.name, HEADS, cells, lines), kind=kind, name=f"ke khai {of.name}")


@require_POST
@page("declaration.run")
def run_act(request: HttpRequest, desk: Desk, round: int) -> HttpResponse:
    """Close early, or move the last day."""
    ask: dict[str, Any] = {"pk": round, "actor": desk.actor, "scope": desk.scope, "at": desk.now}
    try:
        if request.POST.get("viec") == "dong":
            close_round(**ask)
            messages.success(request, "Đã đóng đợt kê khai; bản đã gửi vẫn xét được.")
        else:
            day, wrong = day_of(request.POST.get("het", ""), desk.today)
            if wrong:
                raise RoundRefused(wrong)
            extend_round(closes_on=day, **ask)
            messages.success(request, f"Đợt kê khai kết thúc hết ngày {day:%d/%m/%Y}.")
    except RoundRefused as error:
        messages.error(request, str(error))
    return redirect("declaration-round", round)


# --- one declaration


@page("declaration.run")
def review(request: HttpRequest, desk: Desk, declaration: int) -> HttpResponse:
    found = declaration_sent(pk=declaration, on=desk.today, actor=desk.actor, scope=desk.scope)
    if request.method == "POST":
        return _decide(request, desk, found)
    record_read(actor=desk.actor, what="declaration", at=desk.now, person=found.person_id)
    return _review(request, desk, found)


def _review(request: HttpRequest, desk: Desk, found: Declaration, error: str = "") -> HttpResponse:
    items, hidden = items_of(declaration=found, actor=desk.actor, scope=desk.scope)
    waiting = [item for item in items if item.row.state == "waiting"]
    frame = {
        "declaration": found, "round": found.round, "person": found.person, "hidden": hidden, "seen": last_seq(),
        "waiting": [_row(item, request) for item in waiting], "own": desk.scope.own_person == found.person_id,
        "done": [_row(item, request) for item in items if item.row.state != "waiting"],
        "plain": len([item for item in waiting if not item.stale]), "error": error,
    }  # fmt: skip
    return render(request, "declarations/review.html", frame, status=400 if error else 200)


def _row(item: Item, request: HttpRequest) -> dict[str, Any]:
    """An item for the page, with what was chosen and typed for it."""
    title = next((s.title for s in sections_asked() for code, _ in s.items if code == item.code), "")
    table = item.row.table
    lines = [(label_of_column(table, pair.name), pair) for pair in item.pairs]
    n = item.row.pk
    return {
        "item": item, "title": title, "lines": lines, "new": item.row.record_id is None and table not in ("person",),
        "chosen": request.POST.get(f"xet-{n}", ""), "reason": request.POST.get(f"ly-do-{n}", ""),
        "over": request.POST.get(f"van-ghi-{n}", ""),
    }  # fmt: skip


def _decide(request: HttpRequest, desk: Desk, found: Declaration) -> HttpResponse:
    items, _ = items_of(declaration=found, actor=desk.actor, scope=desk.scope)
    waiting = [item for item in items if item.row.state == "waiting"]
    choices = _all(waiting) if request.POST.get("viec") == "nhan-het" else _chosen(request, waiting)
    seen = request.POST.get("seen", "")
    if not choices or not seen.isdecimal():
        return _review(request, desk, found, "Chưa chọn mục nào; hãy chọn “Nhận” hoặc “Không nhận” ở từng mục.")
    try:
        decide(
            declaration=found.pk, choices=choices, seen_seq=int(seen), on=desk.today, actor=desk.actor, scope=desk.scope,
            at=desk.now,
        )  # fmt: skip
    except (RoundRefused, ValueRefused, StaleDossier) as error:
        return _review(request, desk, found, str(error))
    accepted = sum(choice.accept for choice in choices.values())
    messages.success(request, f"Đã xét {len(choices)} mục: nhận {accepted}, không nhận {len(choices) - accepted}.")
    return redirect("declaration", found.pk)


def _all(waiting: list[Item]) -> dict[int, Choice]:
    """One click for one person; what changed meanwhile is looked at by itself."""
    return {item.row.pk: Choice(accept=True) for item in waiting if not item.stale}


def _chosen(request: HttpRequest, waiting: list[Item]) -> dict[int, Choice]:
    chosen = {}
    for pk in (item.row.pk for item in waiting):
        word = request.POST.get(f"xet-{pk}", "")
        if word in ("nhan", "khong"):
            over = request.POST.get(f"van-ghi-{pk}") == "1"
            chosen[pk] = Choice(word == "nhan", request.POST.get(f"ly-do-{pk}", ""), over)
    return chosen


@page("declaration.run", "dossier.read_own")
def scan(request: HttpRequest, desk: Desk, item: int) -> HttpResponse:
    """The paper attached to an item, for the person herself and for who decides it."""
    found = file_of_item(pk=item, on=desk.today, actor=desk.actor, scope=desk.scope)
    record_read(actor=desk.actor, what="declaration.file", at=desk.now, person=found.person)
    headers = {"Content-Disposition": f'inline; filename="giay-to-{item}.{found.ending}"', "Cache-Control": "no-store"}
    return HttpResponse(found.content, content_type=found.media_type, headers=headers | {"X-Content-Type-Options": "nosniff"})


__all__ = ["reaches", "review", "run", "run_act", "run_file", "run_list", "run_new", "scan"]
