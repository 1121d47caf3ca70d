"""The list of people: search, filter, order, columns, page, export."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.assess.cells import LEGEND, UNKNOWN
from canbo.audit.changes import record_read
from canbo.documents.tables import Table
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, day_of, page
from canbo.web.exports import as_file
from canbo.web.lists import filters, picking
from canbo.web.lists.frame import frame_of
from canbo.web.lists.question import Question
from canbo.web.lists.remembered import remembered_columns
from canbo.web.lists.roster import LanguageError, NoSuchOrder, Roster, list_expression, question_of, roster, words_of
from canbo.web.lists.visible import offered_facts
from canbo.web.pagination import Pager, pager
from canbo.web.tree import UnitTree, unit_tree

EMPTY_IS_UNKNOWN = "Ô để trống: thiếu hồ sơ."


@dataclass(frozen=True)
class Asked:
    """A list's question read and answered: `found` is None when it cannot be read, `errors` say why beside the fields."""

    tree: UnitTree
    question: Question
    built: filters.Built
    found: Roster | None
    errors: dict[str, str]


@page("dossier.read")
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    asked = ask(request, desk, snapshot)
    moved = _moved(request, asked)
    if moved:
        return redirect(moved)
    context = frame_of(request, desk, snapshot, asked)
    if asked.found is not None:
        context |= rows_of(request, asked.found)
    return render(request, "people/list.html", context, status=400 if asked.errors or asked.built.wrong else 200)


@page("export")
def people_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    asked = ask(request, desk, current())
    if asked.found is None:
        return render(request, "refused.html", {"text": " ".join(asked.errors.values())}, status=400)
    found = only_picked(request, asked.found)
    table = table_of(found, title="Danh sách cán bộ, công chức, viên chức", lines=lines_of(asked.question, found, asked.tree))
    query = asked.question.query()
    record_read(actor=desk.actor, what="export.people", at=desk.now, count=len(found.keys), detail=query)
    return as_file(table, kind=kind, name=f"danh sach {asked.question.on:%Y-%m-%d}")


def only_picked(request: HttpRequest, found: Roster) -> Roster:
    """Those picked alone, where the address asks for them."""
    return replace(found, keys=found.picked()) if request.GET.get("chi-chon") else found


def ask(request: HttpRequest, desk: Desk, snapshot: Snapshot) -> Asked:
    """The question and its answer; sentences beside the fields when it cannot be read."""
    tree = unit_tree(snapshot=snapshot, on=day_of(request.GET.get("ngay", ""), desk.today)[0], scope=desk.scope)
    question = _with_columns(question_of(request.GET, desk=desk, tree=tree), desk)
    built, errors = filters.Built(), dict(question.errors)
    try:
        built = _built(request, question, snapshot, desk)
        found = None if errors else roster(question=question, snapshot=snapshot, desk=desk)
    except LanguageError as error:
        return Asked(tree, question, built, None, errors | {"loc": str(error)})
    except NoSuchOrder as error:
        return Asked(tree, question, built, None, errors | {"xep": str(error)})
    return Asked(tree, question, built, found, errors)


def _with_columns(question: Question, desk: Desk) -> Question:
    """Columns of the address, else those the account used last: then the address of every link says them."""
    if question.columns:
        return question
    names = remembered_columns(desk)
    return replace(question, columns=names, typed={**question.typed, "cot": ",".join(names)})


def _built(request: HttpRequest, question: Question, snapshot: Snapshot, desk: Desk) -> filters.Built:
    """The form's rows: as submitted, else as the expression says them."""
    words = words_of(snapshot, question.on)
    allowed = offered_facts(snapshot, desk)
    if filters.submitted(request.GET):
        return filters.from_form(request.GET, words=words, allowed=allowed)
    return filters.from_expression(list_expression(question.where, snapshot, question.on, desk), words=words)


def _moved(request: HttpRequest, asked: Asked) -> str:
    """Where a submitted form leads: the same list under the address that says what it now shows."""
    if filters.submitted(request.GET) and not asked.built.wrong:
        more = {"them": request.GET.get("them", "")}
        return f"{reverse('people')}?{asked.question.query(loc=asked.built.text, chon='', **more)}"
    if picking.submitted(request.GET) and asked.found is not None:
        text, told = picking.picked(request.GET, asked.found)
        if told:
            messages.warning(request, told)
        return picking.next_address(request.GET, asked.question.query(chon=text))
    return ""


def rows_of(request: HttpRequest, found: Roster) -> dict[str, Any]:
    """One page of the list, as the table template takes it."""
    pages: Pager = pager(request, total=len(found.keys))
    rows = [(i, key, _shown(cells)) for i, (key, cells) in enumerate(found.cells(pages.first, 50), pages.first + 1)]
    return {
        "pager": pages, "heads": found.heads, "rows": rows, "total": thousands(len(found.keys)), "legend": LEGEND,
        "where_text": found.where_text, "linked": found.desk.actor.may("dossier.read"), "left_out": found.left_out,
    }  # fmt: skip


def _shown(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell or UNKNOWN for cell in cells)


def lines_of(question: Question, found: Roster, tree: UnitTree) -> tuple[str, ...]:
    """What stands under a list's title: its day, its unit, its search and filter in words."""
    lines = [f"Tính đến ngày {question.on:%d/%m/%Y}; {thousands(len(found.keys))} người"]
    lines += [f"Đơn vị: {tree.name(question.unit)}"] if question.unit else []
    lines += [f"Tìm: “{question.text}”"] if question.text else []
    lines += [f"Lọc: {found.where_text}"] if found.where_text else []
    return tuple(lines)


def table_of(found: Roster, *, title: str, lines: tuple[str, ...]) -> Table:
    """The whole list for a file: what is unknown stays empty there, so that a list read in again says nothing of it."""
    rows = [[i, *cells] for i, (_, cells) in enumerate(found.cells(0, len(found.keys)), 1)]
    return Table(title, ("STT", *found.heads), rows, lines, (EMPTY_IS_UNKNOWN,))


__all__ = ["Asked", "ask", "lines_of", "only_picked", "people", "people_file", "rows_of", "table_of"]
