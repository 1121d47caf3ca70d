"""Pages of pairs that may be one person."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.access.models import User
from canbo.audit.changes import record_read
from canbo.dossier.changes import MergeRefused, merge_people, unmerge_people
from canbo.dossier.models import Person
from canbo.dossier.pairs import keep_apart, merge_seen, merges_seen, pair_of, propose_again, separate_seen, side_by_side
from canbo.dossier.queries import NotVisible
from canbo.imports.duplicates import Pair
from canbo.web.desk import Desk, page
from canbo.web.duplicates.search import pairs_found
from canbo.web.pagination import SIZE, pager

TABS = {"": "Chờ xem", "nhap": "Đã nhập", "hai-nguoi": "Đã kết luận là hai người"}


@page("dossier.merge")
def duplicates(request: HttpRequest, desk: Desk) -> HttpResponse:
    tab = request.GET.get("tt", "")
    tab = tab if tab in TABS else ""
    found = pairs_found(desk)
    ask: dict[str, Any] = {"on": desk.today, "actor": desk.actor, "scope": desk.scope}
    merged, apart = merges_seen(**ask), separate_seen(**ask)
    counts = {"": len(found.pairs), "nhap": len(merged), "hai-nguoi": len(apart)}
    pages = pager(request, total=counts[tab])
    cut = slice(pages.first, pages.first + SIZE)
    frame = {
        "tab": tab, "tabs": [(code, label, counts[code]) for code, label in TABS.items()], "pager": pages,
        "half_outside": found.half_outside, "pairs": _rows(found.pairs[cut], pages.first) if not tab else [],
        "merged": _merged(merged[cut]) if tab == "nhap" else [], "apart": _apart(apart[cut]) if tab == "hai-nguoi" else [],
    }  # fmt: skip
    return render(request, "duplicates/list.html", frame)


def _rows(pairs: tuple[Pair, ...], first: int) -> list[dict[str, Any]]:
    return [
        {"n": n, "pair": p, "code": f"{min(p.first.id, p.second.id)}-{max(p.first.id, p.second.id)}"}
        for n, p in enumerate(pairs, start=first + 1)
    ]


def _names(ids: set[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "full_name"))


def _merged(rows: list[Any]) -> list[dict[str, Any]]:
    names = _names({pk for row in rows for pk in (row.kept, row.merged)})
    return [{"pk": row.pk, "kept": row.kept, "name": names.get(row.kept, ""), "other": names.get(row.merged, "")} for row in rows]


def _apart(rows: list[Any]) -> list[dict[str, Any]]:
    names = _names({pk for row in rows for pk in (row.first, row.second)})
    return [
        {"row": row, "first": names.get(row.first, ""), "second": names.get(row.second, ""), "code": f"{row.first}-{row.second}"}
        for row in rows
    ]


@page("dossier.merge")
def pair(request: HttpRequest, desk: Desk, pair: str) -> HttpResponse:
    """Both dossiers side by side; merging with a choice for each field, or concluding that they are two people."""
    first, _, second = pair.partition("-")
    if not second:
        raise NotVisible
    try:
        one, other = pair_of(first=int(first), second=int(second), on=desk.today, actor=desk.actor, scope=desk.scope)
    except MergeRefused as error:
        messages.error(request, str(error))
        return redirect("duplicates")
    if request.method == "POST":
        return _decide(request, desk, one, other)
    with transaction.atomic():  # one write to the disk for both
        for person in (one, other):
            record_read(actor=desk.actor, what="dossier", at=desk.now, person=person.pk)
    return _shown(request, desk, one, other)


def _shown(request: HttpRequest, desk: Desk, one: Person, other: Person, error: str = "") -> HttpResponse:
    view = side_by_side(first=one, second=other, actor=desk.actor, scope=desk.scope)
    sections = [(title, [(f, request.POST.get(f"chon-{f.name}", str(f.keep))) for f in fields]) for title, fields in view.sections]
    code = f"{one.pk}-{other.pk}"
    found = next((p.why for p in pairs_found(desk).pairs if {p.first.id, p.second.id} == {one.pk, other.pk}), "")
    frame = {
        "view": view, "sections": sections, "code": code, "error": error, "why": found,
        "lydo": request.POST.get("ly-do", ""), "lydokhac": request.POST.get("ly-do-khac", ""),
        "kept": request.POST.get("giu", "1"), "differing": sum(f.differs for _, fs in view.sections for f in fs),
    }  # fmt: skip
    return render(request, "duplicates/pair.html", frame, status=400 if error else 200)


def _decide(request: HttpRequest, desk: Desk, one: Person, other: Person) -> HttpResponse:
    ask: dict[str, Any] = {"on": desk.today, "actor": desk.actor, "scope": desk.scope, "at": desk.now}
    reason = request.POST.get("ly-do", "").strip()
    try:
        if request.POST.get("viec") == "hai-nguoi":
            keep_apart(first=one.pk, second=other.pk, reason=request.POST.get("ly-do-khac", ""), **ask)
            messages.success(request, "Đã ghi kết luận là hai người; cặp này không được nêu lại.")
            return redirect("duplicates")
        if not reason:
            raise MergeRefused("Hãy ghi căn cứ xác định là một người trước khi nhập.")
        kept, merged, take = _chosen(request, one, other)
        done = merge_people(kept=kept, merged=merged, take=take, reason=reason, **ask)
    except MergeRefused as error:
        return _shown(request, desk, one, other, str(error))
    messages.success(request, "Đã nhập hai hồ sơ làm một; nếu nhầm có thể tách lại ở đây.")
    return redirect("duplicate-merge", done.pk)


def _chosen(request: HttpRequest, one: Person, other: Person) -> tuple[int, int, list[str]]:
    """(kept, merged, fields taken from the merged one), from the side chosen for each field."""
    side = "2" if request.POST.get("giu") == "2" else "1"
    kept, merged = (other, one) if side == "2" else (one, other)
    wanted = {"1": "2", "2": "1"}[side]
    take = [name.removeprefix("chon-") for name, value in request.POST.items() if name.startswith("chon-") and value == wanted]
    return kept.pk, merged.pk, take


@page("dossier.merge")
def merge(request: HttpRequest, desk: Desk, merge: int) -> HttpResponse:
    """One merge that stands, with its undo."""
    found = merge_seen(pk=merge, on=desk.today, actor=desk.actor, scope=desk.scope)
    names = _names({found.kept, found.merged})
    frame = {
        "merge": found, "name": names.get(found.kept, ""), "other": names.get(found.merged, ""),
        "rows": sum(len(ids) for ids in found.moved["rows"].values()), "accounts": len(found.moved["accounts"]),
        "users": list(User.objects.filter(pk__in=found.moved["accounts"]).values_list("username", flat=True)),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "duplicates/merge.html", frame)
    reason = request.POST.get("ly-do", "").strip()
    if not reason:
        return render(request, "duplicates/merge.html", frame | {"error": "Hãy ghi lý do tách lại."}, status=400)
    try:
        unmerge_people(merge=found.pk, on=desk.today, actor=desk.actor, scope=desk.scope, at=desk.now, reason=reason)
    except MergeRefused as error:
        return render(request, "duplicates/merge.html", frame | {"error": str(error)}, status=400)
    messages.success(request, "Đã tách lại thành hai hồ sơ như trước khi nhập.")
    return redirect("duplicates")


@page("dossier.merge")
def again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take a conclusion “hai người” back."""
    text = request.POST.get("cap", "")
    try:
        pk = int(text) if text.isdecimal() else 0
        if request.method == "POST":
            propose_again(pair=pk, on=desk.today, actor=desk.actor, scope=desk.scope, at=desk.now)
            messages.success(request, "Cặp này được xét lại.")
    except MergeRefused as error:
        messages.error(request, str(error))
    return redirect("duplicates")


__all__ = ["again", "duplicates", "merge", "pair"]
