"""Filters kept under a name: save, open, rename, delete one's own; those shared by others are opened only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.access.saved import ViewRefused, drop_view, rename_view, save_view, saved_view
from canbo.dossier.queries import NotVisible
from canbo.web.desk import Desk, page
from canbo.web.lists.columns import query_of_list
from canbo.web.lists.remembered import KEPT, LIST, shelved


@page("dossier.read")
def views(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The reader's saved filters, and a form to save the one she comes from."""
    if request.method == "POST":
        return _written(request, desk)
    query = query_of_list(request.META.get("QUERY_STRING", ""))
    return render(request, "lists/views.html", {"views": shelved(LIST, desk), "query": query})


@page("dossier.read")
def view(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open a saved filter: the list's own address. What its reader may not see is refused there, as if she had typed it."""
    number = request.GET.get("so", "")
    found = saved_view(pk=int(number), actor=desk.actor, scope=desk.scope) if number.isdecimal() and len(number) < 10 else None
    if found is None:
        return render(request, "refused.html", {"text": "Không có bộ lọc này, hoặc nó không còn được chia sẻ với bạn."}, status=400)
    spec = QueryDict(mutable=True)
    spec.update({name: str(found.spec[name]) for name in KEPT if found.spec.get(name)})
    return redirect(f"{reverse('people')}?{query_of_list(spec.urlencode())}")


def _written(request: HttpRequest, desk: Desk) -> HttpResponse:
    data = request.POST
    doing, _, number = data.get("viec", "").partition(":")
    try:
        told = _do(doing, int(number) if number.isdecimal() and len(number) < 10 else 0, data, desk)
        messages.success(request, told)
    except ViewRefused as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('people-views')}?{query_of_list(data.get('tro-ve', ''))}")


def _do(doing: str, number: int, data: QueryDict, desk: Desk) -> str:
    """One thing done with a saved filter; what to tell the reader. Another's filter is not there to be changed."""
    if doing == "luu":
        sent = QueryDict(query_of_list(data.get("tro-ve", "")))
        spec = {name: sent[name] for name in KEPT if sent.get(name)}
        made = save_view(kind=LIST, name=data.get("ten", ""), spec=spec, share="chia-se" in data, actor=desk.actor, scope=desk.scope)
        return f"Đã lưu bộ lọc “{made.name}”."
    if doing == "doi":
        done = rename_view(pk=number, name=data.get(f"ten-{number}", ""), actor=desk.actor, scope=desk.scope)
        told = "Đã đổi tên bộ lọc."
    else:
        done, told = drop_view(pk=number, actor=desk.actor, scope=desk.scope), "Đã xóa bộ lọc."
    if not done:
        raise NotVisible
    return told
