"""Who is late in a campaign, or soon will be, and with what: the next thing each unit has to do."""

from dataclasses import dataclass
from datetime import date

from canbo.cases.models import Case
from canbo.cases.rules import steps_of
from canbo.engine.procedures.model import DUTIES
from canbo.evaluation.deciding import WHOM
from canbo.evaluation.held import CASES, cases_of
from canbo.evaluation.models import Campaign
from canbo.evaluation.queries import Progress, progress
from canbo.kernel.actors import Actor, Scope


@dataclass(frozen=True)
class Reminder:
    """One unit that has not sent its results. `days_left` is below 0 once the day passed; `next` = what is to be done now, in order."""

    progress: Progress
    days_left: int
    next: tuple[str, ...]

    @property
    def late(self) -> bool:
        return self.days_left < 0


def reminders(*, campaign: Campaign, on: date, ahead: int | None, actor: Actor, scope: Scope) -> list[Reminder]:
    """Units of an open campaign that have not sent their results, once its day is passed or at most `ahead` days away
    (None: however far); by name.

    As many queries as `progress`.
    """
    left = (campaign.deadline - on).days
    if campaign.closed_on is not None or (ahead is not None and left > ahead):
        return []
    rows = progress(campaign=campaign, on=on, actor=actor, scope=scope)
    return [Reminder(row, left, _next(row)) for row in rows if row.unit.sent_on is None]


def _next(row: Progress) -> tuple[str, ...]:
    """What holds the unit up: own assessments, its own grade, points before the meeting; then the duty due in each case; then sending."""
    cases = cases_of(row.unit)
    if not cases:
        waits = (
            (row.own_sent < row.people, f"tự đánh giá: còn {row.people - row.own_sent} người"),
            (row.unit.unit_rating is None, "xếp loại đơn vị"),
            (row.scored < row.people, f"tính mức theo quy định: còn {row.people - row.scored} người"),
        )  # fmt: skip
        return (*(said for open_, said in waits if open_), "mở việc đánh giá, họp")
    if row.decided == row.people:
        return ("gửi kết quả lên cấp trên",)
    groups = ((group, getattr(row.unit, column)) for group, column in CASES.items())
    due = tuple(_due(case, group) for group, case in groups if case is not None and case.status == "open" and case.step)
    return due or (f"quyết định bổ sung: còn {row.people - row.decided} người chưa xếp loại",)


def _due(case: Case, group: str) -> str:
    """`Họp nhận xét, đánh giá: triệu tập, điểm danh (lãnh đạo, quản lý)`; the step alone where it has one duty."""
    steps = steps_of(case)
    step = steps.steps[steps.at(case.step)]
    duty = f": {DUTIES.get(case.duty, case.duty)}" if len(step.duties) > 1 else ""
    return f"{step.label}{duty} ({WHOM[group]})"
