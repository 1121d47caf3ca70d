"""People looked for as one types, to be brought forward onto a list: of the reader's units, at most twenty."""

import polars as pl
from django.http import HttpRequest, HttpResponse, JsonResponse

from canbo.facts.registry import Ask
from canbo.kernel.text import fold
from canbo.planning.order import below
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk, page
from canbo.web.shelf import SHELF

MOST = 20


@page("cases.write")
def found(request: HttpRequest, desk: Desk) -> HttpResponse:
    unit = request.GET.get("dv", "")
    near = int(unit) if unit.isdecimal() and len(unit) < 10 else None
    people = candidates(request.GET.get("q", "")[:100], near, desk) if desk.scope.sees_group("planning") else []
    answer = JsonResponse({"people": [{"key": key, "name": name} for key, name in people]})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def candidates(text: str, unit: int | None, desk: Desk) -> list[tuple[int, str]]:
    """(person, name – unit) of those whose name holds every word, the last as far as it is typed; those of the unit and below first."""
    words = fold(text).split()
    if not words:
        return []
    ranks = {pk: rank for pk, folded, rank in SHELF.names(current()).iter_rows() if _fits(words, folded.split())}
    frame = facts_frame(snapshot=current(), ask=Ask(on=desk.today), names=("name", "unit_name", "in_service"), scope=desk.scope)
    rows = frame.filter(pl.col("in_service") & pl.col("key").is_in(list(ranks))).iter_rows(named=True)
    here = below(unit, current()) if unit else frozenset()
    ordered = sorted(rows, key=lambda row: (row["unit_id"] not in here, fold(row["name"] or "") != fold(text), ranks[row["key"]]))
    return [(row["key"], f"{row['name']} – {row['unit_name'] or 'chưa rõ đơn vị'}") for row in ordered[:MOST]]


def _fits(words: list[str], name: list[str]) -> bool:
    return set(words[:-1]) <= set(name) and any(part.startswith(words[-1]) for part in name)
