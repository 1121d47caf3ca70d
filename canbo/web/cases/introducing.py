"""People introduced at a step, typed one a line: found among the dossiers of the scope by name, and by unit where names repeat."""

from datetime import date

import polars as pl

from canbo.cases.changes import Named
from canbo.facts.registry import Ask
from canbo.kernel.text import clean, fold, search_form
from canbo.snapshot.queries import current, facts_frame
from canbo.web.cases.typed import Typed
from canbo.web.desk import Desk
from canbo.web.shelf import SHELF


def named_in(typed: Typed, on: date, desk: Desk) -> list[Named]:
    """Each line `Họ tên – đơn vị`; who has no dossier in the scope stays a name. What cannot be told apart is said in `typed.errors`."""
    lines = [line.replace(";", "–").partition("–") for line in typed.lines("nguoi")]
    asked = [(clean(name), clean(unit)) for name, _, unit in lines if clean(name)]
    known = _people({search_form(name) for name, _ in asked}, on, desk)
    found = []
    for name, unit in asked:
        near = [key for key, of in known.get(search_form(name), []) if fold(unit) in fold(of)]
        if len(near) > 1:
            typed.errors["nguoi"] = f"Có {len(near)} người tên {name}; hãy ghi thêm đơn vị sau dấu –."
        found.append(Named(person=near[0]) if near else Named(text=name))
    return found


def _people(names: set[str], on: date, desk: Desk) -> dict[str, list[tuple[int, str]]]:
    """Name as compared → (key, unit) of those in service within the scope."""
    folded = {fold(name) for name in names}
    near = SHELF.names(current()).filter(pl.col("folded").is_in(folded))["id"]
    frame = facts_frame(snapshot=current(), ask=Ask(on=on), names=("name", "unit_name", "in_service"), scope=desk.scope)
    found: dict[str, list[tuple[int, str]]] = {}
    for row in frame.filter(pl.col("in_service") & pl.col("key").is_in(near.implode())).iter_rows(named=True):
        found.setdefault(search_form(row["name"] or ""), []).append((row["key"], row["unit_name"] or ""))
    return found
