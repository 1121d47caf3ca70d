"""Many papers as a job: made by the worker, kept sealed until they are fetched or a week is over."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from canbo.access.models import User
from canbo.access.queries import access_of
from canbo.assess.law_sets import law_in_force
from canbo.audit.changes import record_read
from canbo.evaluation.models import Campaign
from canbo.evaluation.papers.printing import papers_zip
from canbo.evaluation.queries import campaign as campaign_seen
from canbo.jobs.changes import enqueue, store_upload
from canbo.jobs.models import Job
from canbo.jobs.worker import Task
from canbo.kernel.actors import Actor, Scope

KIND = "evaluation-papers"


def start_papers(
    *, campaign: Campaign, units: Collection[int] | None, kinds: Collection[str], grant: int | None, actor: Actor, scope: Scope,
    at: datetime,
) -> Job:  # fmt: skip
    """Put the job in; `grant` = the one the reader works with. What she may not see the job does not print either."""
    campaign_seen(pk=campaign.pk, actor=actor, scope=scope)
    payload = {"campaign": campaign.pk, "units": None if units is None else sorted(units), "kinds": list(kinds), "grant": grant}
    return enqueue(kind=KIND, payload=payload, actor=actor, at=at)


def run(task: Task) -> dict[str, Any]:
    """Handler of the kind `evaluation-papers`. Result: the stored zip, its name, how many papers."""
    payload, at = task.payload, timezone.now()
    access = access_of(user=User.objects.get(pk=task.user), on=timezone.localdate(), grant=payload.get("grant"))
    found = campaign_seen(pk=payload["campaign"], actor=access.actor, scope=access.scope)
    content, papers = papers_zip(
        campaign=found, units=payload["units"], kinds=payload["kinds"], on=timezone.localdate(at),
        laws=law_in_force(Path(settings.LAWS_DIR)).central, told=lambda done, of: task.progress(done, of, "Đang lập văn bản"),
        actor=access.actor, scope=access.scope,
    )  # fmt: skip
    record_read(actor=access.actor, what="evaluation.papers", at=at, count=papers, detail=f"{found.pk} {' '.join(payload['kinds'])}")
    kept = store_upload(filename=f"van-ban-danh-gia-{found.pk}.zip", content=content, actor=access.actor, at=at)
    return {"upload": kept.pk, "filename": kept.filename, "papers": papers}
