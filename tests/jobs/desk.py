"""Run as a process of its own on a data folder: puts jobs in, asks them to stop, or works on them.

python -m tests.jobs.desk enqueue KIND PAYLOAD | cancel ID | work SECONDS_OF_LEASE
"""

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from canbo.jobs.worker import Task, work  # noqa: E402


def count(task: Task) -> dict[str, int]:
    """Counts slowly to `to`; each worker leaves a line in `trace`, so that a test sees who did what."""
    with Path(task.payload["trace"]).open("a") as trace:
        trace.write(f"{task.payload.get('n', 0)} {os.getpid()}\n")
    for done in range(task.payload["to"]):
        task.progress(done, task.payload["to"], f"bước {done}")
        time.sleep(task.payload.get("pause", 0.02))
    return {"counted": task.payload["to"]}


def in_transaction(task: Task) -> dict[str, bool]:
    """Writes a row, then works on in the open transaction: nothing of it may stay when the job is stopped."""
    from django.db import transaction
    from django.utils import timezone

    from canbo.jobs.models import Upload

    with transaction.atomic():
        Upload.objects.create(filename="dở", sha256="0" * 64, content=b"", user=1, created_at=timezone.now())
        count(task)
    return {"written": True}


def broken(task: Task) -> None:
    raise ValueError("cột “Họ tên” không có trong tệp")


HANDLERS = {"count": count, "in_transaction": in_transaction, "broken": broken}


def main(act: str, *arguments: str) -> None:
    from django.utils import timezone

    from canbo.access.queries import LOCAL_ACCESS
    from canbo.jobs.changes import cancel, enqueue

    if act == "work":
        work(HANDLERS, explain=str, lasts=timedelta(seconds=float(arguments[0])))
    elif act == "enqueue":
        kind, payload = arguments
        for each in json.loads(payload):
            print(enqueue(kind=kind, payload=each, actor=LOCAL_ACCESS.actor, at=timezone.now()).pk)
    elif act == "cancel":
        cancel(pk=int(arguments[0]), actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=timezone.now())


if __name__ == "__main__":
    main(*sys.argv[1:])
