"""Tables people keep: the question, never its numbers, so that opening one counts anew within the reader's rights."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.access.models import SavedView
from canbo.access.saved import ViewRefused, drop_view, save_view, saved_views
from canbo.web.desk import Desk, page
from canbo.web.figures.asked import SEVERAL, SINGLE, typed_in

KIND = "statistics"


@dataclass(frozen=True)
class Kept:
    """A kept table: `query` opens it as it was asked, `today` asks the same of today."""

    pk: int
    name: str
    owner: str
    mine: bool
    shared: bool
    query: str
    today: str


def kept_tables(desk: Desk) -> list[Kept]:
    """The reader's own and those shared with her unit."""
    return [_kept(view, desk) for view in saved_views(kind=KIND, actor=desk.actor, scope=desk.scope)]


def _kept(view: SavedView, desk: Desk) -> Kept:
    pairs = _pairs(QueryDict(str(view.spec.get("query", ""))))
    pairs = [("ten", view.name), *(pair for pair in pairs if pair[0] != "ten")]
    today = [pair for pair in pairs if pair[0] != "ngay"]
    shared = view.shared_with_all or view.shared_with_id is not None
    mine = view.owner_id == desk.actor.user
    return Kept(view.pk, view.name, view.owner.display_name, mine, shared, urlencode(pairs), urlencode(today))


def _pairs(data: QueryDict) -> list[tuple[str, str]]:
    """Only fields the desk knows: a kept question holds nothing else."""
    typed = typed_in(data)
    return [(n, typed[n]) for n in SINGLE if typed[n]] + [(n, value) for n in SEVERAL for value in typed[n]]


@page("statistics.read")
def kept_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list; POST keeps the question sent along, or drops one of the reader's own."""
    if request.method == "POST":
        return _drop(request, desk) if request.POST.get("viec") == "xoa" else _keep(request, desk)
    return render(request, "statistics/kept.html", {"kept": kept_tables(desk), "section": "kept"})


def _keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    query = urlencode(_pairs(QueryDict(request.POST.get("query", ""))))
    share = request.POST.get("chia-se") == "1"
    try:
        view = save_view(
            kind=KIND, name=request.POST.get("name", ""), spec={"query": query}, share=share, actor=desk.actor, scope=desk.scope
        )
    except ViewRefused as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('statistics')}?{query}")
    messages.success(request, f"Đã lưu bảng “{view.name}”.")
    return redirect("statistics-kept")


def _drop(request: HttpRequest, desk: Desk) -> HttpResponse:
    pk = request.POST.get("bang", "")
    gone = pk.isdecimal() and len(pk) < 18 and drop_view(pk=int(pk), actor=desk.actor, scope=desk.scope)
    if gone:
        messages.success(request, "Đã xóa bảng đã lưu.")
    else:
        messages.error(request, "Chỉ xóa được bảng do chính bạn lưu.")
    return redirect("statistics-kept")
