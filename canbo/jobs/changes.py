"""What an account does to jobs: put one in, ask it to stop, try it again. A worker's side is in leases.py."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from canbo.jobs.files import sealed
from canbo.jobs.models import Job, Upload
from canbo.jobs.queries import job
from canbo.kernel.actors import Actor, Scope


def enqueue(*, kind: str, payload: dict[str, Any], actor: Actor, at: datetime) -> Job:
    """A waiting job that its handler will run as this account; the payload is plain JSON without personal data."""
    return Job.objects.create(kind=kind, payload=payload, user=actor.user, created_at=at)


def cancel(*, pk: int, actor: Actor, scope: Scope, at: datetime) -> Job:
    """A waiting job is cancelled at once; a running one is asked to stop at its next safe point."""
    with transaction.atomic():
        found = job(pk=pk, actor=actor, scope=scope)
        waiting = Job.objects.filter(pk=found.pk, state="waiting")
        if not waiting.update(state="cancelled", finished_at=at, cancel_asked=True):
            Job.objects.filter(pk=found.pk, state="running").update(cancel_asked=True)
    found.refresh_from_db()
    return found


def retry(*, pk: int, actor: Actor, scope: Scope, at: datetime) -> Job:
    """A job that failed or was cancelled waits again, with all its attempts."""
    found = job(pk=pk, actor=actor, scope=scope)
    Job.objects.filter(pk=found.pk, state__in=["failed", "cancelled"]).update(
        state="waiting", attempts=0, cancel_asked=False, message="", progress=0, finished_at=None, created_at=at
    )
    found.refresh_from_db()
    return found


def store_upload(*, filename: str, content: bytes, actor: Actor, at: datetime) -> Upload:
    """Keep a file's bytes, sealed, in the database, where every worker machine can read them."""
    digest = hashlib.sha256(content).hexdigest()
    kept = sealed(content, sha256=digest)
    return Upload.objects.create(filename=filename[:255], sha256=digest, content=kept, user=actor.user, created_at=at)


def drop_old_uploads(*, before: datetime, actor: Actor) -> int:
    """Remove files put in before a moment: lists of people are not kept longer than the work needs. → how many."""
    return Upload.objects.filter(created_at__lt=before).delete()[0]


def amend_payload(*, pk: int, payload: dict[str, Any], actor: Actor, scope: Scope) -> Job:
    """Keep what was answered about a finished job, for the job that follows it; a job that waits or runs stays as it is."""
    found = job(pk=pk, actor=actor, scope=scope)
    Job.objects.filter(pk=found.pk, user=actor.user, state="done").update(payload=payload)
    found.refresh_from_db()
    return found


def drop_uploads(*, pks: list[int], actor: Actor) -> int:
    """Remove files the actor put in herself. → how many."""
    return Upload.objects.filter(pk__in=pks, user=actor.user).delete()[0]
