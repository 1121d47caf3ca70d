"""What group rows tell about the people under them, when no column does: staff kind, rating, post planned for."""

import re

from canbo.engine.codelists import load_codelist
from canbo.imports.listrow import ListRow
from canbo.kernel.text import clean

_PLANNED = re.compile(r"^(?:quy hoạch|chức danh|chức vụ|nguồn)\s*(?:chức danh|chức vụ)?\s*:?\s*", re.I)


def tell_by_group(rows: list[ListRow], *, kind: str, has: set[str]) -> None:
    """Add to each row what its groups say; a column of the same field always wins."""
    for row in rows:
        if not row.group:
            continue
        if "staff_kind" not in has and (code := _code(row.group, "staff_kinds")):
            row.values["staff_kind"] = code
        if kind == "ratings" and "rating" not in has and (code := _code(row.group, "ratings")):
            row.values["rating"] = code
        if kind == "planning" and "planned_for" not in has:
            row.values["planned_for"] = _PLANNED.sub("", clean(row.group[-1]))
        if kind == "training" and "training_name" not in has:
            row.values["training_name"] = row.group[-1]


def _code(groups: tuple[str, ...], codelist: str) -> str | None:
    return next((code for text in reversed(groups) if (code := load_codelist(codelist).find(text).code)), None)
