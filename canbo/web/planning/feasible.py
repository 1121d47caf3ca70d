"""Whether a plan for one person can come true, in facts: time left, terms, the seat, what she must complete."""

from datetime import date

from canbo.kernel.actors import Forbidden
from canbo.planning.feasibility import Feasible, feasibility
from canbo.planning.judging import Judged
from canbo.planning.models import Line
from canbo.snapshot.queries import current
from canbo.web.desk import Desk
from canbo.web.standards.asking import law_now


def feasible_of(line: Line, judged: Judged | None, desk: Desk) -> Feasible | None:
    """None where the reader may not see what it rests on. A vacancy is looked for up to the day ages are counted."""
    until = max(line.slate.age_on, date(desk.today.year + 2, 12, 31))
    if judged is None:
        return None
    try:
        return feasibility(line=line, judged=judged, law=law_now(), snapshot=current(), scope=desk.scope, until=until)
    except Forbidden:
        return None
