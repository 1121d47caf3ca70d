"""What of a unit's decided lists is made known: the columns anybody may read, never a reason, a vote, a finding."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from canbo.planning.models import Line, Slate
from canbo.planning.papers.held import Held, after
from canbo.planning.papers.review import year_of

HEADS = ("Số thứ tự", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị công tác", "Chức danh quy hoạch", "Nhiệm kỳ", "Vào, giữ, đưa ra")
SAYS = {"keep": "giữ", "add": "đưa vào", "remove": "đưa ra"}


def decided_slates(of: Held) -> list[Slate]:
    """Lists that were decided: every case brought to its decision, or nobody changed and the unit has sent them in."""
    return [slate for slate in of.slates if _is_decided(slate, of)]


def _is_decided(slate: Slate, of: Held) -> bool:
    cases = of.meetings_of(slate)
    if cases:
        return all(meeting.entry("decide") or meeting.case.status in ("done", "stopped") for meeting in cases)
    changed = bool(of.of(slate, "add", "remove"))
    return not changed and of.home.sent_on is not None


def known_table(of: Held, slates: Collection[int], *, leaving: bool) -> Mapping[str, Any]:
    """The table of these lists: who stands on them after the decision; `leaving` = also who left, without why."""
    rows: list[Sequence[str]] = []
    for slate in decided_slates(of):
        if slate.pk not in slates:
            continue
        for line in of.lines.get(slate.pk, ()):
            says = SAYS.get(after(line), "")
            if says and (leaving or says != SAYS["remove"]):
                rows.append(_row(len(rows) + 1, line, slate, says, of))
    return {"heads": list(HEADS), "rows": [list(row) for row in rows], "notes": []}


def _row(number: int, line: Line, slate: Slate, says: str, of: Held) -> Sequence[str]:
    post = of.posts.get(line.person_id, "")[:300]
    return str(number), line.person.full_name, year_of(line), post, slate.title.name, slate.term.code, says
