"""Search from everywhere: people, units, titles, papers and pages in one answer, within what the reader may see."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver, reverse

from canbo.access.policy import ACTIONS
from canbo.cases.queries import cases
from canbo.dossier.papers.queries import papers
from canbo.facts.registry import Ask
from canbo.kernel.numbers import thousands
from canbo.kernel.text import fold
from canbo.organization.queries import titles
from canbo.snapshot.queries import current, facts_frame
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.help.pages import PAGES
from canbo.web.queries import people_with_id
from canbo.web.shelf import SHELF
from canbo.web.tree import unit_tree

SHOWN = 8
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One line of the answer."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """The hits of one kind: the first few, how many there are, and where all of them are."""

    title: str
    hits: list[Hit]
    total: str
    all_url: str = ""


@page(*ACTIONS)
def search(request: HttpRequest, desk: Desk) -> HttpResponse:
    text = " ".join(request.GET.get("tim", "").split())[:100]
    problem = _problem(text, desk)
    groups = [] if problem or not text else found_in(text, desk)
    frame = {"searched": text, "problem": problem, "groups": groups}
    return render(request, "search.html", frame, status=400 if problem else 200)


def found_in(text: str, desk: Desk) -> list[Found]:
    snapshot = current()
    return [found for kind in KINDS if (found := kind(text, snapshot, desk)) and found.hits]


def _problem(text: str, desk: Desk) -> str:
    if text.isdigit() and desk.actor.may("dossier.read") and not desk.scope.sees_group("identity"):
        return "Vai trò đang dùng chưa được giao quyền tìm theo số định danh; hãy tìm theo họ tên."
    if text.isdigit() and len(text) != 12:
        return f"Số định danh gồm 12 chữ số; bạn đã nhập {len(text)}."
    return f"Hãy gõ ít nhất {SHORTEST} chữ." if 0 < len(fold(text)) < SHORTEST else ""


def word_pattern(text: str) -> str:
    """Words that begin like these, in this order, in a folded text."""
    words = [re.escape(word) for word in fold(text).split()]
    return r"(?:^| )" + r"(?:.* )?".join(rf"{word}[^ ]* ?" for word in words)


def _people(text: str, snapshot: Snapshot, desk: Desk) -> Found | None:
    if not desk.actor.may("dossier.read"):
        return None
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=desk.today), names=(), scope=desk.scope)
    if text.isdigit():
        keys = people_with_id(personal_id=text, actor=desk.actor, scope=desk.scope)
        frame = frame.filter(pl.col("key").is_in(keys))
    names = SHELF.names(snapshot)
    named = names if text.isdigit() else names.filter(pl.col("folded").str.contains(word_pattern(text)))
    frame = frame.join(named.select("id", "rank"), left_on="key", right_on="id", how="inner").sort("rank")
    hits = _named(frame.head(SHOWN), snapshot, desk)
    return Found("Người", hits, f"{thousands(frame.height)} người", f"{reverse('people')}?{urlencode({'tim': text})}")


def _named(frame: pl.DataFrame, snapshot: Snapshot, desk: Desk) -> list[Hit]:
    """Names with the unit, for readers of careers, so that homonyms can be told apart."""
    people = snapshot.tables.frames["person"].select("id", "full_name")
    units = snapshot.tables.frames["unit"].select(pl.col("id").alias("unit_id"), pl.col("name").alias("unit"))
    rows = frame.join(people, left_on="key", right_on="id", how="left", maintain_order="left")
    rows = rows.join(units, on="unit_id", how="left", maintain_order="left")
    told = desk.scope.sees_group("career")
    return [
        Hit(row["full_name"] or "", reverse("dossier", args=[row["key"]]), (row["unit"] or "") if told else "")
        for row in rows.iter_rows(named=True)
    ]


def _units(text: str, snapshot: Snapshot, desk: Desk) -> Found | None:
    if not _reads_units(desk):
        return None
    pattern = re.compile(word_pattern(text))
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    found = [(pk, name) for pk, _, name in tree.units if pattern.search(fold(name))]
    hits = [Hit(name, reverse("unit", args=[pk])) for pk, name in found[:SHOWN]]
    return Found("Đơn vị", hits, f"{thousands(len(found))} đơn vị")


def _titles(text: str, snapshot: Snapshot, desk: Desk) -> Found | None:
    if not _reads_units(desk):
        return None
    pattern, url = re.compile(word_pattern(text)), reverse("titles")
    levels = dict(titles(actor=desk.actor, scope=desk.scope).model._meta.get_field("level").flatchoices)
    rows = titles(actor=desk.actor, scope=desk.scope).values_list("name", "level")
    found = [(name, level) for name, level in rows if pattern.search(fold(name))]
    hits = [Hit(name, f"{url}?{urlencode({'tim': name})}", levels.get(level, "")) for name, level in found[:SHOWN]]
    return Found("Chức danh", hits, f"{len(found)} chức danh", f"{url}?{urlencode({'tim': text})}")


def _papers(text: str, snapshot: Snapshot, desk: Desk) -> Found | None:
    if not desk.actor.may("papers.read"):
        return None
    found = papers(actor=desk.actor, scope=desk.scope, search=text)
    hits = [Hit(paper.title, reverse("paper", args=[paper.pk]), paper.number or paper.get_state_display()) for paper in found[:SHOWN]]
    return Found("Văn bản", hits, f"{thousands(len(found))} văn bản", f"{reverse('papers')}?{urlencode({'tim': text})}")


def _cases(text: str, snapshot: Snapshot, desk: Desk) -> Found | None:
    if not desk.actor.may("cases.read"):
        return None
    pattern = re.compile(word_pattern(text))
    found = [row for row in cases(actor=desk.actor, scope=desk.scope) if pattern.search(fold(row.name or row.held_number))]
    shown = [(row.name or f"Hồ sơ giấy số {row.held_number}", row) for row in found[:SHOWN]]
    hits = [Hit(name, reverse("case", args=[row.pk]), row.get_status_display()) for name, row in shown]
    return Found("Việc theo quy trình", hits, f"{thousands(len(found))} việc", f"{reverse('cases')}?{urlencode({'tim': text})}")


def _reads_units(desk: Desk) -> bool:
    return any(desk.actor.may(action) for action in ("dossier.read", "statistics.read"))


def _pages(text: str, snapshot: Snapshot, desk: Desk) -> Found:
    """Help pages; those whose title has the words come first."""
    pattern = re.compile(word_pattern(text))
    titled = [name for name, of in PAGES.items() if pattern.search(fold(of.title))]
    told = [n for n, of in PAGES.items() if n not in titled and pattern.search(fold(" ".join((of.purpose, *of.steps, *of.mistakes))))]
    found = [name for name in [*titled, *told] if _may_open(name, desk)]
    hits = [Hit(PAGES[name].title, reverse("help-page", args=[name]), PAGES[name].purpose) for name in found[:SHOWN]]
    return Found("Trợ giúp", hits, f"{len(found)} trang", reverse("help"))


def _may_open(name: str, desk: Desk) -> bool:
    views = (pattern.callback for pattern in get_resolver().url_patterns if getattr(pattern, "name", "") == name)
    return any(desk.actor.may(action) for view in views for action in getattr(view, "actions", ()))


# Each kind of thing that can be found; a subject with things of its own adds its function.
KINDS: tuple[Callable[[str, Snapshot, Desk], Found | None], ...] = (_people, _units, _titles, _papers, _cases, _pages)
