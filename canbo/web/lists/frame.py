"""What stands around the table of a list: the unit tree, tabs, filter form, orders, saved filters, links."""

from typing import TYPE_CHECKING, Any

import polars as pl
from django.http import HttpRequest

from canbo.assess.orders import ORDERS, sortable
from canbo.facts.registry import Ask
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import facts_frame
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk
from canbo.web.lists import filters
from canbo.web.lists.bodies import bodies_offered
from canbo.web.lists.question import Question
from canbo.web.lists.remembered import LIST, shelved
from canbo.web.lists.roster import Roster, words_of
from canbo.web.lists.states import tabs
from canbo.web.lists.visible import offered_facts
from canbo.web.shelf import SHELF
from canbo.web.tree import UnitTree, branches, found_units, summed

if TYPE_CHECKING:
    from canbo.web.lists.pages import Asked

VIEWS_SHOWN = 8


def frame_of(request: HttpRequest, desk: Desk, snapshot: Snapshot, asked: "Asked") -> dict[str, Any]:
    """Everything but the rows."""
    question, found = asked.question, asked.found
    seen = None if found is None else _head_links(found)
    return {
        "question": question, "errors": asked.errors, "tree": asked.tree, "query": question.query(),
        "may": desk.actor.actions, "may_export": desk.actor.may("export"), "may_import": desk.actor.may("import.write"),
        "has_own_unit": desk.actor.unit is not None, "groups": desk.scope.groups,
        "nobody": snapshot.tables.frames["person"].is_empty(),
        "filtered": any(question.typed.get(name) for name in ("tim", "dv", "loc", "tt", "bo", "ngay")),
        "states": tabs(question, snapshot=snapshot, desk=desk),
        "bodies": bodies_offered(question=question, snapshot=snapshot, desk=desk),
        "orders": _orders(question, desk), "sort_links": seen,
        "views": shelved(LIST, desk)[:VIEWS_SHOWN], "picked_count": _picked_count(found),
        "own": question.query(pv="don-vi", dv="", chon=""), "all": question.query(pv="", chon=""),
        "kept": question.pairs("tim", "ngay", "bo", "xep", "chon"), "kept_filter": question.pairs("loc", "chon"),
        "kept_tree": question.pairs("dv", "pv", "chon"), "kept_rows": question.pairs(),
        **_filter_form(request, desk, snapshot, asked), **_tree(request, desk, snapshot, asked.tree, question),
    }  # fmt: skip


def _filter_form(request: HttpRequest, desk: Desk, snapshot: Snapshot, asked: "Asked") -> dict[str, Any]:
    words, allowed = words_of(snapshot, asked.question.on), offered_facts(snapshot, desk)
    added = request.GET.get("them", "")
    rows = list(asked.built.rows)
    if added in words and added in allowed and not filters.submitted(request.GET):
        rows.append(filters.blank_row(added, words[added]))
    return {
        "built": asked.built, "conditions": rows, "facts_offered": filters.offered(allowed),
        "filter_open": bool(rows or asked.question.where or asked.errors.get("loc") or asked.built.wrong),
    }  # fmt: skip


def _orders(question: Question, desk: Desk) -> list[tuple[str, str, bool]]:
    """Orders to choose from; one by a column is chosen at the column's head."""
    current = question.order or ("to-chuc" if question.body is not None else "chuc-danh")
    offered = [o for o in ORDERS.values() if o.code != "cot" and (not o.group or desk.scope.sees_group(o.group))]
    offered = [o for o in offered if o.code != "to-chuc" or question.body is not None]
    found = [(o.code, o.label, o.code == current) for o in offered]
    if current.startswith("cot:"):
        found.append((current, "Theo cột đã bấm", True))
    return found


def _head_links(found: Roster) -> list[dict[str, str]]:
    """For each head the address that sorts by it (a second time: the other way round), and how it is sorted now."""
    words, question = words_of(found.snapshot, found.question.on), found.question
    links = []
    for name in found.columns:
        up, down = f"cot:{name}", f"cot:-{name}"
        now = {up: "ascending", down: "descending"}.get(question.order, "")
        query = question.query(xep=down if question.order == up else up, chon="")
        links.append({"query": query if sortable(name, words[name].type) else "", "now": now})
    return links + [{"query": "", "now": ""}] * (len(found.heads) - len(found.columns))


def _picked_count(found: Roster | None) -> str:
    if found is None or not (found.question.picked or found.question.all_picked):
        return ""
    return thousands(len(found.picked()))


def _tree(request: HttpRequest, desk: Desk, snapshot: Snapshot, tree: UnitTree, question: Question) -> dict[str, Any]:
    about = (question.on, desk.scope)
    sums = SHELF.get(snapshot=snapshot, key=("unit-sums", *about), make=lambda: summed(tree, _counts(snapshot, question, desk)))
    text = request.GET.get("tdv", "").strip()
    found = {"unit_search": text, "unit_name": tree.name(question.unit)}
    if text:
        return found | {"units_found": found_units(tree, text, sums=sums, chosen=question.unit)}
    make = lambda: branches(tree, sums=sums, chosen=question.unit)  # noqa: E731
    return found | {"branches": SHELF.get(snapshot=snapshot, key=("branches", *about, question.unit), make=make)}


def _counts(snapshot: Snapshot, question: Question, desk: Desk) -> dict[int, int]:
    """People who serve in each unit itself on the day."""
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=question.on), names=(), scope=desk.scope)
    counted = frame.group_by("unit_id").agg(pl.len())
    return {unit: count for unit, count in counted.iter_rows() if unit is not None}
