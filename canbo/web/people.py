"""The list of people: search, filter, order, page, export."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.audit.changes import record_read
from canbo.documents.tables import Table
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.exports import as_file
from canbo.web.pagination import pager, query_of
from canbo.web.roster import LanguageError, Question, Roster, question_of, roster, words_of
from canbo.web.tree import UnitTree, unit_tree


@page("dossier.read")
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    snapshot = current()
    tree, question, found, errors = read(request, desk, snapshot)
    frame = {
        "question": question, "errors": errors, "tree": tree, "query": query_of(request, without=("trang",)),
        "may_export": desk.actor.may("export"), "has_own_unit": desk.actor.unit is not None,
        "nobody": snapshot.tables.frames["person"].is_empty(), "may_import": desk.actor.may("import.write"),
        "groups": desk.scope.groups, "filtered": question.text or question.unit or question.where,
    }  # fmt: skip
    if found is not None:
        frame |= rows_of(request, found)
    return render(request, "people/list.html", frame, status=400 if errors else 200)


@page("export")
def people_file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    tree, question, found, errors = read(request, desk, current())
    if found is None:
        return render(request, "refused.html", {"text": " ".join(errors.values())}, status=400)
    table = table_of(found, title="Danh sách cán bộ, công chức, viên chức", lines=lines_of(question, found, tree))
    record_read(
        actor=desk.actor, what="export.people", at=desk.now, count=len(found.keys), detail=query_of(request)
    )  # fmt: skip
    return as_file(table, kind=kind, name=f"danh sach {question.on:%Y-%m-%d}")


def read(request: HttpRequest, desk: Desk, snapshot: Snapshot) -> tuple[UnitTree, Question, Roster | None, dict[str, str]]:
    """The question and its answer; None and sentences beside the fields when it cannot be read."""
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    question = question_of(request.GET, desk=desk, tree=tree)
    errors = dict(question.errors)
    if errors:
        return tree, question, None, errors
    try:
        return tree, question, roster(question=question, snapshot=snapshot, desk=desk), errors
    except LanguageError as error:
        return tree, question, None, {"loc": str(error)}


def rows_of(request: HttpRequest, found: Roster) -> dict[str, Any]:
    """One page of the list, as the table template takes it."""
    pages = pager(request, total=len(found.keys))
    rows = [(i, key, cells) for i, (key, cells) in enumerate(found.cells(pages.first, 50), pages.first + 1)]
    return {
        "pager": pages, "heads": found.heads, "rows": rows, "total": thousands(len(found.keys)),
        "where_text": found.where_text, "linked": found.desk.actor.may("dossier.read"),
    }  # fmt: skip


def lines_of(question: Question, found: Roster, tree: UnitTree) -> tuple[str, ...]:
    """What stands under a list's title: its day, its unit, its search and filter in words."""
    lines = [f"Tính đến ngày {question.on:%d/%m/%Y}; {thousands(len(found.keys))} người"]
    lines += [f"Đơn vị: {tree.name(question.unit)}"] if question.unit else []
    lines += [f"Tìm: “{question.text}”"] if question.text else []
    lines += [f"Lọc: {found.where_text}"] if found.where_text else []
    return tuple(lines)


def table_of(found: Roster, *, title: str, lines: tuple[str, ...]) -> Table:
    rows = [[i, *cells] for i, (_, cells) in enumerate(found.cells(0, len(found.keys)), 1)]
    return Table(title, ("STT", *found.heads), rows, lines)


__all__ = ["lines_of", "people", "people_file", "rows_of", "table_of", "words_of"]
