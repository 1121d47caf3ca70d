"""Reading jobs and uploads: an account sees its own, who checks the system sees all."""

from django.db.models import QuerySet

from canbo.jobs.models import Job, Upload
from canbo.kernel.actors import Actor, Scope


class NoSuchJob(Exception):
    """No such job or file among those the actor may see."""


def jobs(*, actor: Actor, scope: Scope) -> QuerySet[Job]:
    """Newest first."""
    rows = Job.objects.order_by("-pk")
    return rows if actor.may("system.check") else rows.filter(user=actor.user)


def job(*, pk: int, actor: Actor, scope: Scope) -> Job:
    found = jobs(actor=actor, scope=scope).filter(pk=pk).first()
    if found is None:
        raise NoSuchJob("Không tìm thấy việc này trong các việc của bạn.")
    return found


def upload(*, pk: int, actor: Actor, scope: Scope) -> Upload:
    """A file somebody put in, for her alone: its rows may be about people outside others' scope."""
    found = Upload.objects.filter(pk=pk, user=actor.user).first()
    if found is None:
        raise NoSuchJob("Không tìm thấy tệp này trong các tệp của bạn; hãy tải tệp lên lại.")
    return found
