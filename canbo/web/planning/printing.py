"""Papers of a unit: one at a time, chosen ones as a zip, numbered copies with the log of who has which and what came back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from canbo.audit.changes import record_read
from canbo.documents.bundle import to_zip
from canbo.documents.paper import Document
from canbo.documents.word import to_docx
from canbo.planning.models import RoundUnit
from canbo.planning.papers.copies import Copy, copies_of, holders_of, note_copies, take_back
from canbo.planning.papers.held import Held
from canbo.planning.papers.pieces import SIDES, SIZES, Layout
from canbo.planning.papers.printing import KINDS, held_with_lists, numbered, round_plan, unit_documents
from canbo.planning.queries import slates
from canbo.planning.rounds import PlanningRefused
from canbo.snapshot.queries import current
from canbo.web.cases.forms import FORMS, case_papers
from canbo.web.desk import Desk, page
from canbo.web.exports import attached
from canbo.web.planning.view import REFUSALS, Typed, asks, found_home, found_round, reads, refused
from canbo.web.queries import account_names
from canbo.web.standards.asking import law_now

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
# More papers than this at once keep the reader waiting; she takes fewer lists at a time.
MOST = 200
TICKS = ("loai", "mau", "ds")


@dataclass(frozen=True)
class Chosen:
    """What was ticked: kinds of the unit's papers, forms of the steps, lists (none ticked = all)."""

    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    lists: frozenset[int]
    layout: Layout


@page("export")
def papers(request: HttpRequest, desk: Desk, planning_home: int) -> HttpResponse:
    home = found_home(planning_home, desk)
    if request.method != "POST":
        return _page(request, desk, home)
    typed = Typed(request.POST, desk)
    try:
        return _ACTS.get(typed.text("viec"), _unknown)(request, home, typed, desk)
    except REFUSALS as error:
        return _page(request, desk, home, str(error))


@page("export")
def paper_file(request: HttpRequest, desk: Desk, planning_home: int, planning_paper: str) -> HttpResponse:
    """One paper on all lists of the unit; `?ben=` its side, `?kho=` its size."""
    home = found_home(planning_home, desk)
    try:
        of = _held(home, _layout(request.GET.get("ben", ""), request.GET.get("kho", "")), desk)
        name, document = unit_documents(of, [planning_paper])[0]
    except REFUSALS as error:
        return refused(_page(request, desk, home, str(error)), str(error))
    record_read(actor=desk.actor, what="planning.paper", at=desk.now, count=_people(of), detail=f"{home.pk} {planning_paper}")
    return attached(to_docx(document), filename=name, media_type=DOCX)


@page("export")
def plan_file(request: HttpRequest, desk: Desk, planning_round: int) -> HttpResponse:
    """The plan of a round, on the units the reader sees."""
    of = found_round(planning_round, desk)
    layout = _layout(request.GET.get("ben", ""), "")
    name, content = round_plan(round=of, layout=layout, law=law_now(), snapshot=current(), **reads(desk))
    record_read(actor=desk.actor, what="planning.paper", at=desk.now, count=0, detail=f"{of.pk} ke-hoach")
    return attached(content, filename=name, media_type=DOCX)


# --- what the buttons do


def _unknown(request: HttpRequest, home: RoundUnit, typed: Typed, desk: Desk) -> HttpResponse:
    raise PlanningRefused("Không rõ việc cần làm; hãy tải lại trang.")


def _zip(request: HttpRequest, home: RoundUnit, typed: Typed, desk: Desk) -> HttpResponse:
    """Everything ticked, each paper once."""
    documents = _documents(home, _chosen(request), desk)
    record_read(actor=desk.actor, what="planning.papers", at=desk.now, count=len(documents), detail=str(home.pk))
    content = to_zip((name, to_docx(document)) for name, document in documents)
    return attached(content, filename=f"van-ban-quy-hoach-{home.unit.code}.zip", media_type=ZIP)


def _copies(request: HttpRequest, home: RoundUnit, typed: Typed, desk: Desk) -> HttpResponse:
    """Everything ticked once for each holder; what was handed out is written down in the same request."""
    if not desk.actor.may("cases.write"):
        raise PlanningRefused("Vai trò đang dùng không in bản đánh số; hãy nhờ người lập danh sách.")
    chosen, names = _chosen(request), holders_of(request.POST.get("nguoi", "").splitlines())
    if any(FORMS[code].slip for code in chosen.forms):
        raise PlanningRefused("Phiếu không ghi số bản hay tên người nhận để giữ kín người bỏ phiếu; hãy bỏ chọn phiếu khi in bản đánh số.")
    documents = _documents(home, chosen, desk)
    if len(documents) * len(names) > MOST * 5:
        raise PlanningRefused(f"{len(names)} bản của {len(documents)} tài liệu là quá nhiều cho một lần; hãy bớt tài liệu hoặc người nhận.")
    content = to_zip(numbered(documents, names))
    note_copies(pk=home.pk, papers=_labels(chosen), holders=names, **asks(desk))
    record_read(actor=desk.actor, what="planning.copies", at=desk.now, count=len(names), detail=str(home.pk))
    return attached(content, filename=f"ban-danh-so-{home.unit.code}.zip", media_type=ZIP)


def _back(request: HttpRequest, home: RoundUnit, typed: Typed, desk: Desk) -> HttpResponse:
    on = typed.day("ngay")
    if on > desk.today:
        typed.errors["ngay"] = f"Ngày {on:%d/%m/%Y} chưa tới; hãy ghi ngày đã thu hồi."
    typed.refuse_wrong()
    keys = {int(key) for key in request.POST.getlist("ban") if key.isdecimal() and len(key) < 19}
    number = take_back(pk=home.pk, keys=keys, on=on, **asks(desk))
    messages.success(request, f"Đã ghi thu hồi {number} bản.")
    return redirect("planning-papers", home.pk)


_ACTS: dict[str, Callable[[HttpRequest, RoundUnit, Typed, Desk], HttpResponse]] = {"bo": _zip, "danh-so": _copies, "thu-hoi": _back}


# --- pieces


def _documents(home: RoundUnit, chosen: Chosen, desk: Desk) -> list[tuple[str, Document]]:
    """Papers of the unit, then those of the steps of its lists' cases, list by list."""
    if not chosen.kinds and not chosen.forms:
        raise PlanningRefused("Hãy chọn ít nhất một loại văn bản.")
    of = _held(home, chosen.layout, desk)
    if chosen.lists:
        of = of.only(slate for slate in of.slates if slate.pk in chosen.lists)
    found = unit_documents(of, chosen.kinds) if chosen.kinds else []
    for meeting in of.meetings_of(*of.slates) if chosen.forms else ():
        found += [(f"viec-{meeting.case.pk}-{name}", one) for name, one in case_papers(meeting.case.pk, chosen.forms, desk)]
        if len(found) > MOST:
            raise PlanningRefused(f"Mỗi lần lấy nhiều nhất {MOST} văn bản; hãy chọn ít danh sách hoặc ít mẫu hơn.")
    if not found:
        raise PlanningRefused("Các danh sách đã chọn chưa mở quy trình nên chưa có phiếu, biên bản nào để in.")
    return found


def _held(home: RoundUnit, layout: Layout, desk: Desk) -> Held:
    return held_with_lists(home=home, layout=layout, law=law_now(), snapshot=current(), **reads(desk))


def _people(of: Held) -> int:
    return len({line.person_id for rows in of.lines.values() for line in rows})


def _chosen(request: HttpRequest) -> Chosen:
    kinds, forms, lists = (request.POST.getlist(name) for name in TICKS)
    layout = _layout(request.POST.get("ben", ""), request.POST.get("kho", ""))
    return Chosen(
        tuple(code for code in KINDS if code in kinds), tuple(code for code in FORMS if code in forms),
        frozenset(int(pk) for pk in lists if pk.isdecimal() and len(pk) < 19), layout,
    )  # fmt: skip


def _layout(side: str, size: str) -> Layout:
    return Layout(side if side in SIDES else "", size if size in SIZES else SIZES[0])


def _labels(chosen: Chosen) -> list[str]:
    return [KINDS[code].label for code in chosen.kinds] + [FORMS[code].label for code in chosen.forms]


@dataclass(frozen=True)
class CopyShown:
    """One copy in words."""

    copy: Copy
    papers: str
    by: str
    printed: str


def _page(request: HttpRequest, desk: Desk, home: RoundUnit, error: str = "") -> HttpResponse:
    found = slates(home=home, **reads(desk))
    posted = request.POST
    ticked = {name: set(posted.getlist(name)) for name in TICKS}
    copies = copies_of(home=home, **reads(desk))
    frame: dict[str, Any] = {
        "home": home, "round": home.round, "error": error, "typed": posted, "today": desk.today, "sizes": SIZES,
        "kinds": [(code, kind.label, kind.reasons, code in ticked["loai"]) for code, kind in KINDS.items()],
        "forms": [(code, form.label, code in ticked["mau"]) for code, form in FORMS.items()], "sides": list(SIDES.items()),
        "lists": [(one, str(one.pk) in ticked["ds"]) for one in found], "copies": _shown(copies, desk),
        "out": sum(copy.returned_on is None for copy in copies), "may_write": desk.actor.may("cases.write"),
        "may_publish": desk.actor.may("disclosure.publish"), "has_cases": any(one.adding_id or one.removing_id for one in found),
    }  # fmt: skip
    return refused(render(request, "planning/papers.html", frame), error)


def _shown(copies: Sequence[Copy], desk: Desk) -> list[CopyShown]:
    names = account_names(ids={copy.user for copy in copies}, **reads(desk))
    return [
        CopyShown(
            copy, "; ".join(row.paper for row in copy.rows), names.get(copy.user, ""),
            timezone.localtime(copy.printed_at).strftime("%d/%m/%Y %H:%M"),
        )
        for copy in copies
    ]  # fmt: skip


