"""Rounds of planning: the list with progress, and opening one for ticked units, titles and terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.engine.law.model import LawSet
from canbo.organization.fields import holding_on
from canbo.organization.models import Term, Title
from canbo.organization.queries import titles
from canbo.planning.models import KINDS
from canbo.planning.queries import rounds
from canbo.planning.rounds import Opening, Wanted, open_round
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.evaluation.campaigns import nodes
from canbo.web.planning.view import REFUSALS, Typed, asks, reads, tabs
from canbo.web.standards.asking import law_now
from canbo.web.tree import UnitTree, unit_tree

MONTH = timedelta(days=30)
MOST_TERMS = 6  # terms that may still be planned for: those that are not over
LEVELS = {"tinh": "Cấp tỉnh", "xa": "Cấp xã", "huyen": "Cấp huyện (đến 30/6/2025)", "": "Không phân cấp"}
CONGRESS = {"tinh": "tinh", "xa": "xa", "huyen": "tren-co-so"}
BANDS = ("40", "45")


@page("cases.read")
def round_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = rounds(**reads(desk)).annotate(
        of=Count("units", distinct=True), sent=Count("units", filter=Q(units__sent_on__isnull=False), distinct=True)
    )
    rows = list(found)
    closed = request.GET.get("tt") == "xong"
    over = sum(row.closed_on is not None for row in rows)
    frame = {
        "rows": [(row, row.deadline < desk.today) for row in rows if (row.closed_on is not None) == closed], "closed": closed,
        "counts": (len(rows) - over, over), **tabs(desk, "rounds"),
    }  # fmt: skip
    return render(request, "planning/list.html", frame)


# --- opening


@dataclass(frozen=True)
class TermRow:
    """A term that may be planned for, with the day on which ages are proposed to be counted, level by level."""

    term: Term
    kind: str
    day: str
    proposed: str
    error: str = ""


@page("planning.run")
def round_open(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open a round; what was typed and ticked stays when something is wrong."""
    typed = Typed(request.POST, desk)
    if request.method != "POST":
        return _form(request, typed, {}, set())
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    ticked = {int(pk) for pk in typed.many("donvi") if pk.isdecimal()}
    if typed.text("viec") in ("tat-ca", "bo-het"):
        return _form(request, typed, {}, _same_level(tree, typed, desk) if typed.text("viec") == "tat-ca" else set())
    try:
        opening = _opening(typed, tree, ticked, desk)
        made = open_round(opening=opening, snapshot=current(), **asks(desk))
    except REFUSALS as error:
        return _form(request, typed, typed.errors or {"all": str(error)}, ticked)
    messages.success(request, f"Đã mở đợt cho {len(ticked)} đơn vị; người đang trong quy hoạch đã được đưa vào danh sách để rà soát.")
    return redirect("planning-round", made.pk)


def _opening(typed: Typed, tree: UnitTree, ticked: set[int], desk: Desk) -> Opening:
    unit = _opener(typed, tree, desk)
    if unit is None:
        typed.errors["noimo"] = "Hãy chọn nơi mở đợt."
    opened, on = typed.day("mo"), typed.day("xet")
    deadline = typed.day("han", default=opened + MONTH)
    bands = tuple(number for name in ("tuoi1", "tuoi2") if (number := typed.whole(name, "mốc tuổi")))
    wanted = list(_wanted(typed, on, desk))
    typed.refuse_wrong()
    return Opening(
        unit=unit or 0, name=typed.text("ten"), units=frozenset(ticked), wanted=wanted, opened_on=opened, deadline=deadline, on=on,
        order=typed.text("vanban"), form=typed.text("mau"), bands=bands,
    )  # fmt: skip


def _wanted(typed: Typed, on: date, desk: Desk) -> Iterable[Wanted]:
    """Every ticked title for every term with a kind; a day left empty is the one proposed for the title's level."""
    chosen = list(titles(**reads(desk)).filter(code__in=typed.many("cd")))
    for term in _terms(desk.today):
        kind = typed.text(f"loai-{term.pk}")
        if kind not in dict(KINDS):
            continue
        name = f"tuoi-{term.pk}"
        day = typed.day(name) if typed.text(name) else None
        for title in chosen:
            yield Wanted(title.code, term.code, kind, day or age_day(term, kind, title.level, on, law_now().central))


def age_day(term: Term, kind: str, level: str, on: date, laws: LawSet) -> date:
    """When ages are counted: the present term on the day of the round; the next at its congress where that month is in force,
    else on its first day."""
    if kind == "current":
        return on
    parameter = laws.parameters.get("congress_month")
    version = parameter.on(on) if parameter else None
    months: Mapping[str, Any] = version.values if version and version.cite.verified else {}
    month = months.get("nha-nuoc" if term.side == "nha-nuoc" else CONGRESS.get(level, ""))
    first = term.start.lo if term.start else on
    return month if isinstance(month, date) and abs(month.year - first.year) <= 1 else first


def _terms(today: date) -> list[Term]:
    """Terms not over yet, the nearest first."""
    found = [term for term in Term.objects.order_by("start", "code") if term.end is None or term.end.after > today]
    return found[:MOST_TERMS]


def _opener(typed: Typed, tree: UnitTree, desk: Desk) -> int | None:
    text = typed.text("noimo") or str(desk.actor.unit or "")
    unit, wrong = tree.find(text) if text else (next((pk for pk, _, _ in tree.units), None), "")
    if wrong:
        typed.errors["noimo"] = wrong
    return unit


def _same_level(tree: UnitTree, typed: Typed, desk: Desk) -> set[int]:
    """Every unit right below the opener; itself where there is none."""
    top = next(iter(nodes(tree, _opener(typed, tree, desk), set())), None)
    return {node.pk for node in top.below} or {top.pk} if top else set()


def _form(request: HttpRequest, typed: Typed, errors: dict[str, str], ticked: set[int]) -> HttpResponse:
    desk = typed.desk
    tree = unit_tree(snapshot=current(), on=desk.today, scope=desk.scope)
    opener = _opener(typed, tree, desk)
    asked = bool(request.POST)
    frame = {
        "tree": tree, "errors": errors, "typed": request.POST, "asked": asked, "opener": opener,
        "opener_name": typed.text("noimo") or tree.name(opener), "today": desk.today, "deadline": desk.today + MONTH,
        "nodes": nodes(tree, opener, ticked), "ticked": len(ticked), "kinds": KINDS, "bands": _bands(typed, asked),
        "terms": [_term_row(term, typed, errors) for term in _terms(desk.today)],
        "titles": _titles(typed, desk), "chosen": len(typed.many("cd")),
    }  # fmt: skip
    return render(request, "planning/open.html", frame, status=400 if errors else 200)


def _bands(typed: Typed, asked: bool) -> tuple[str, str]:
    return (typed.text("tuoi1"), typed.text("tuoi2")) if asked else BANDS


def _term_row(term: Term, typed: Typed, errors: Mapping[str, str]) -> TermRow:
    today, laws = typed.desk.today, law_now().central
    days: dict[date, list[str]] = {}
    for level in ("tinh", "xa"):
        days.setdefault(age_day(term, "next", level, today, laws), []).append(LEVELS[level].lower())
    proposed = "; ".join(f"{day:%d/%m/%Y}" + (f" ({', '.join(whom)})" if len(days) > 1 else "") for day, whom in days.items())
    name = f"tuoi-{term.pk}"
    return TermRow(term, typed.text(f"loai-{term.pk}"), typed.text(name), proposed, errors.get(name, ""))


def _titles(typed: Typed, desk: Desk) -> list[tuple[str, list[tuple[Title, bool]], bool]]:
    """(level, titles with their ticks, whether the fold stands open), in protocol order; people plan for leading titles first."""
    ticked = set(typed.many("cd"))
    listed = titles(**reads(desk)).filter(holding_on(desk.today)).order_by("protocol_order", "name")
    groups = []
    for level, label in LEVELS.items():
        rows = [(title, title.code in ticked) for title in listed if title.level == level]
        if rows:
            groups.append((label, rows, any(on for _, on in rows) or (not ticked and level == "xa")))
    return groups
