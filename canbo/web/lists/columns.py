"""Choosing the columns of a list and their order; the account keeps what it used last."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.assess.columns import DEFAULT, by_group, choose, head
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.lists.question import NAMES
from canbo.web.lists.remembered import remember_columns, remembered_columns
from canbo.web.lists.visible import offered_facts


@page("dossier.read")
def columns(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    if request.method == "POST":
        names = _changed(request.POST, snapshot, desk)
        remember_columns(names, desk)
        query = query_of_list(request.POST.get("tro-ve", ""), cot=",".join(names))
        stay = request.POST.get("viec", "ap-dung") != "ap-dung"
        return redirect(f"{reverse('people-columns' if stay else 'people')}?{query}")
    return render(request, "lists/columns.html", _frame(request, snapshot, desk))


def query_of_list(text: str, **changes: str) -> str:
    """A list's query string as a page got it back from the reader: only parameters of lists, some set anew."""
    sent = QueryDict(text)
    asked = {name: sent.get(name, "") for name in NAMES} | changes
    return urlencode([(name, value) for name, value in asked.items() if value])


def _changed(data: QueryDict, snapshot: Snapshot, desk: Desk) -> tuple[str, ...]:
    """The columns after what was pressed: one moved up or down, one dropped, the default, or those ticked."""
    facts = offered_facts(snapshot, desk)
    now = list(choose(data.get("thu-tu", "").split(","), facts=facts).names)
    doing, _, name = data.get("viec", "").partition(":")
    if doing == "mac-dinh":
        return choose(DEFAULT, facts=facts).names
    if doing in ("len", "xuong") and name in now:
        return choose(_moved(now, name, -1 if doing == "len" else 1), facts=facts).names
    if doing == "bo" and name in now:
        return tuple(column for column in now if column != name or column == "name")
    ticked = data.getlist("c")
    wanted = [column for column in now if column in ticked] + [column for column in ticked if column not in now]
    return choose(wanted, facts=facts).names


def _moved(names: list[str], name: str, by: int) -> list[str]:
    """The name moved one place; the first column is the person's name and stays."""
    at = names.index(name)
    to = min(max(at + by, 1), len(names) - 1)
    names.insert(to, names.pop(at))
    return names


def _frame(request: HttpRequest, snapshot: Snapshot, desk: Desk) -> dict[str, Any]:
    asked = [name for name in request.GET.get("cot", "").split(",") if name] or remembered_columns(desk) or DEFAULT
    facts = offered_facts(snapshot, desk)
    names = choose(asked, facts=facts).names
    return {
        "names": [(name, head(name, facts)) for name in names], "order": ",".join(names),
        "groups": by_group(facts), "chosen": names, "query": query_of_list(request.META.get("QUERY_STRING", "")),
    }  # fmt: skip

