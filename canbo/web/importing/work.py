"""One's own lists: which are still being worked on, which job a step rests on, and the job that follows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from canbo.imports.answers import Answers, open_answers, seal_answers
from canbo.imports.results import parts_of
from canbo.jobs.changes import amend_payload, drop_uploads, enqueue
from canbo.jobs.models import Job, Upload
from canbo.jobs.queries import NoSuchJob, jobs
from canbo.jobs.queries import job as any_job
from canbo.web.desk import Desk

MOST, RECENT = 300, 8
STEPS = {1: "Chọn tệp", 2: "Trang và loại danh sách", 3: "Ghép cột", 4: "Xem trước khi ghi", 5: "Kết quả"}


@dataclass(frozen=True)
class Lists:
    """Newest job of each list: those in work, and those written."""

    open: list[Job]
    written: list[Job]


def own_lists(desk: Desk) -> Lists:
    """The account's lists by file, newest first; a list thrown away or older than files are kept is in neither."""
    found = jobs(actor=desk.actor, scope=desk.scope).filter(user=desk.actor.user, kind="import").defer("result")[:MOST]
    newest: dict[int, Job] = {}
    for job in found:
        newest.setdefault(job.payload.get("upload", 0), job)
    kept = set(Upload.objects.filter(pk__in=newest, user=desk.actor.user).values_list("pk", flat=True))
    written = [job for job in newest.values() if job.payload["step"] != "check" and job.state == "done"]
    open_ones = [job for pk, job in newest.items() if pk in kept and job not in written]
    for job in open_ones:
        job.step_label = step_label(job)  # type: ignore[attr-defined]
    return Lists(open_ones, written[:RECENT])


def step_label(job: Job) -> str:
    if job.state in ("waiting", "running"):
        return "đang ghi" if job.payload["step"] == "write" else "đang đọc"
    if job.state != "done":
        return "dừng giữa chừng"
    number = int(job.payload.get("at") or 2)
    return f"bước {number}: {STEPS[number].lower()}"


def own_job(desk: Desk, pk: int) -> Job:
    """One's own import: who looks after the machine sees that jobs run, not whose names are in them."""
    found = any_job(pk=pk, actor=desk.actor, scope=desk.scope)
    if found.user != desk.actor.user or found.kind != "import":
        raise NoSuchJob("Không tìm thấy việc này trong các việc của bạn.")
    return found


def newest_of(desk: Desk, job: Job) -> Job:
    """The job the list stands at now: where a browser's way back ends."""
    upload = job.payload.get("upload")
    found = jobs(actor=desk.actor, scope=desk.scope).filter(user=desk.actor.user, kind="import", pk__gt=job.pk)
    return next((j for j in found.defer("result")[:MOST] if j.payload.get("upload") == upload), job)


def next_job(desk: Desk, found: Job, answers: Answers, **changed: Any) -> Job:
    """The same list, one step on, with what was answered by now."""
    sealed = seal_answers(answers, upload=found.payload["upload"])
    payload = found.payload | {"step": "check", "answers": sealed, "mapping": None} | changed
    return enqueue(kind="import", payload=payload, actor=desk.actor, at=desk.now)


def keep_answers(desk: Desk, found: Job, answers: Answers) -> None:
    """Remember answers that need no new reading."""
    payload = found.payload | {"answers": seal_answers(answers, upload=found.payload["upload"]), "mapping": None}
    amend_payload(pk=found.pk, payload=payload, actor=desk.actor, scope=desk.scope)


def answers_of(found: Job) -> Answers:
    return open_answers(found.payload)


def drop_list(desk: Desk, found: Job) -> None:
    """Throw away a list that was not written: its file and everything read from it."""
    upload = found.payload["upload"]
    same = jobs(actor=desk.actor, scope=desk.scope).filter(user=desk.actor.user, kind="import")[:MOST]
    parts = _parts(job for job in same if job.payload.get("upload") == upload)
    drop_uploads(pks=[upload, *parts], actor=desk.actor)


def _parts(found: Iterable[Job]) -> list[int]:
    return [pk for job in found for pk in parts_of(job.result)]
