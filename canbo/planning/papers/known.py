"""What of a unit's decided lists is made known: the columns anybody may read, never a reason, a vote, a finding."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from canbo.planning.models import Line, Slate
from canbo.planning.papers.held import Held, after
from canbo.planning.papers.review import year_of

HEADS = ("Số thứ tự", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị công tác", "Chức danh quy hoạch", "Nhiệm kỳ", "Vào, giữ, đưa ra")
SAYS = {"keep": "giữ", "add": "đưa vào", "remove": "đưa ra"}


def known_table(of: Held, slates: Collection[int], *, leaving: bool) -> Mapping[str, Any]:
    """The table of these lists: who stands on them after the decision; `leaving` = also who left, without why."""
    rows: list[Sequence[str]] = []
    for slate in of.decided_slates:
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
