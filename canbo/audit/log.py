"""The log as its watchers read it: acts and reads of the units they answer for, never a value of a person."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from canbo.audit.changes import require
from canbo.audit.models import Act, Read
from canbo.kernel.actors import Actor, Scope


@dataclass(frozen=True)
class LogQuestion:
    """What of the log is asked for; empty = everything."""

    user: int | None = None
    day: date | None = None
    action: str = ""


def acts(*, question: LogQuestion, units: frozenset[int] | None, actor: Actor, scope: Scope) -> QuerySet[Act]:
    """Acts newest first; `units` are those the watcher answers for (None = everything)."""
    require(actor, "log.read")
    rows = Act.objects.order_by("-seq")
    rows = rows if units is None else rows.filter(unit__in=units)
    rows = rows if question.user is None else rows.filter(user=question.user)
    rows = rows if not question.action else rows.filter(action=question.action)
    return rows if question.day is None else rows.filter(at__range=_of_day(question.day))


def reads(*, question: LogQuestion, users: list[int] | None, actor: Actor, scope: Scope) -> QuerySet[Read]:
    """Who opened dossiers and took lists, newest first; `users` are the accounts the watcher answers for (None = all)."""
    require(actor, "log.read")
    rows = Read.objects.order_by("-pk")
    rows = rows if users is None else rows.filter(user__in=users)
    rows = rows if question.user is None else rows.filter(user=question.user)
    return rows if question.day is None else rows.filter(at__range=_of_day(question.day))


def _of_day(day: date) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(day, time.min))
    return start, start + timedelta(days=1) - timedelta(microseconds=1)
