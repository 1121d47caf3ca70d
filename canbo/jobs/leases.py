"""A worker's side of the table: take a job for a while, keep it, give it back. Each function is one short transaction.

A lease that nobody renews ends by itself; the job is then taken again, which is how a killed worker's job goes on.
Every write names the worker, so one that lost its lease changes nothing any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from canbo.jobs.models import Job

ATTEMPTS = 3
GAVE_UP = "Việc dừng giữa chừng nhiều lần (tiến trình bị tắt hoặc thiếu bộ nhớ); hãy chia nhỏ rồi chạy lại."


@dataclass(frozen=True)
class State:
    """What a heartbeat learns: whether the lease still holds, and whether somebody asked to stop."""

    held: bool
    cancel_asked: bool


def lease(*, worker: str, at: datetime, lasts: timedelta) -> Job | None:
    """The oldest job that waits or whose lease ended, now this worker's; None when there is nothing to do."""
    if not _open(at).exists():  # a plain read: an idle worker never takes the writer's lock
        return None
    with transaction.atomic():  # SQLite: BEGIN IMMEDIATE, so only one worker is here
        _give_up(at)
        rows = _open(at).order_by("pk")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True)
        found = rows.first()
        if found is None:
            return None
        Job.objects.filter(pk=found.pk).update(
            state="running", leased_by=worker, leased_until=at + lasts, attempts=F("attempts") + 1, progress=0
        )
        found.refresh_from_db()
        return found


def _open(at: datetime) -> Any:
    return Job.objects.filter(Q(state="waiting") | Q(state="running", leased_until__lt=at))


def _give_up(at: datetime) -> None:
    """A job that took its worker down each time, or was to stop when its worker died, is not taken again."""
    ended = Job.objects.filter(state="running", leased_until__lt=at)
    ended.filter(cancel_asked=True).update(state="cancelled", finished_at=at)
    ended.filter(attempts__gte=ATTEMPTS).update(state="failed", finished_at=at, message=GAVE_UP)


def renew(*, job: int, worker: str, until: datetime, progress: int, total: int, message: str) -> State:
    """Keep the lease and show how far the job is."""
    held = _mine(job, worker).update(leased_until=until, progress=progress, total=total, message=message[:500])
    asked = Job.objects.filter(pk=job).values_list("cancel_asked", flat=True).first()
    return State(held=bool(held), cancel_asked=bool(asked))


def finish(*, job: int, worker: str, state: str, at: datetime, result: Any = None, message: str = "") -> bool:
    """Close the job as done, failed or cancelled; False when the lease was lost."""
    values = {"result": result} if state == "done" else {}
    return bool(_mine(job, worker).update(state=state, finished_at=at, message=message[:500], **values))


def give_back(*, job: int, worker: str) -> bool:
    """The worker was told to end: the job waits for another one, and this attempt does not count."""
    return bool(_mine(job, worker).update(state="waiting", leased_by="", leased_until=None, attempts=F("attempts") - 1))


def _mine(job: int, worker: str) -> Any:
    return Job.objects.filter(pk=job, state="running", leased_by=worker)
