"""A review of a large scope as a job: computed, kept, and told."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from canbo.access.models import User
from canbo.access.queries import access_of
from canbo.assess.law_sets import law_in_force
from canbo.assess.reviews import save_review
from canbo.assess.verdicts import AssessRequest, assess
from canbo.jobs.worker import Task
from canbo.snapshot.queries import current


def run(task: Task) -> dict[str, Any]:
    """Handler of the kind `review`; payload: on, title, where, overlay, purpose, unit, grant. Result: the review's id and counts."""
    payload, at = task.payload, timezone.now()
    user = User.objects.get(pk=task.user)
    access = access_of(user=user, on=timezone.localdate(), grant=payload.get("grant"))
    task.progress(0, 2, "Đang rà soát")
    request = AssessRequest(
        on=date.fromisoformat(payload["on"]), title=payload["title"], where=payload["where"], overlay=payload["overlay"],
        purpose=payload["purpose"],
    )  # fmt: skip
    law = law_in_force(Path(settings.LAWS_DIR))
    report = assess(request=request, law=law, snapshot=current(), actor=access.actor, scope=access.scope)
    task.progress(1, 2, "Đang lưu")
    kept = save_review(report=report, unit=payload["unit"], laws=law.central.hash, actor=access.actor, scope=access.scope, at=at)
    return {"review": kept.pk, "counts": dict(report.counts)}
