"""A person of the reader's units found by her name; where several are called so, one is picked from a short list."""

from canbo.evaluation.campaigns import EvaluationRefused
from canbo.facts.registry import Ask
from canbo.kernel.text import fold
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk
from canbo.web.shelf import SHELF

MOST = 20


def candidates(text: str, desk: Desk) -> list[tuple[int, str]]:
    """(person, name – unit) of those whose name holds every word, at most twenty; the whole name first."""
    words = fold(text).split()
    if not words:
        return []
    names = SHELF.names(current())
    near = {pk for pk, folded in names.select("id", "folded").iter_rows() if set(words) <= set(folded.split())}
    frame = facts_frame(snapshot=current(), ask=Ask(on=desk.today), names=("name", "unit_name"), scope=desk.scope)
    found = [(fold(name or "") != fold(text), name or "", unit or "", key) for key, name, unit in
             frame.select("key", "name", "unit_name").iter_rows() if key in near]  # fmt: skip
    return [(key, f"{name} – {unit}") for _, name, unit, key in sorted(found)[:MOST]]


def picked_person(text: str, chosen: str, desk: Desk) -> int | None:
    """The one meant; None for an empty name. EvaluationRefused when nobody, or several, are called so."""
    if not text:
        return None
    found = candidates(text, desk)
    if chosen.isdecimal() and int(chosen) in dict(found):
        return int(chosen)
    if len(found) == 1:
        return found[0][0]
    if not found:
        raise EvaluationRefused(f"Không có ai tên “{text}” trong phạm vi bạn được giao; hãy ghi đúng họ và tên.")
    raise EvaluationRefused(f"Có {len(found)} người khớp “{text}”; hãy chọn một người trong danh sách.")
