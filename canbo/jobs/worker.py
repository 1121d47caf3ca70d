"""The loop that runs jobs. Handlers come as a table of names, so this package knows none of them."""

import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection

from canbo.jobs import leases
from canbo.jobs.models import Job

LEASE = timedelta(seconds=60)
BEAT_SECONDS = 1.0  # how soon progress is seen and a request to stop is heard
POLL_SECONDS = 0.5


class Cancelled(Exception):
    """Somebody asked the job to stop, or another worker has it now."""


class WorkerStopped(BaseException):
    """The worker was told to end; BaseException, so that a handler's `except Exception` does not swallow it."""


@dataclass
class Task:
    """What a handler gets: whose job it is, what to do, and how to say how far it is.

    `progress` only notes numbers: the heartbeat, on a connection of its own, writes them, so that they are seen
    while the handler's transaction is still open.
    """

    job: int
    user: int
    payload: dict[str, Any]
    done: int = 0
    total: int = 0
    message: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Note how far the job is; raises Cancelled when it is to stop. Call it where stopping is safe."""
        self.done, self.total, self.message = done, total, message
        self.check()

    def check(self) -> None:
        if self.stopped.is_set():
            raise Cancelled


Handler = Callable[[Task], Any]
Handlers = Mapping[str, Handler]
Explain = Callable[[Exception], str]


def work(
    handlers: Handlers, *, explain: Explain, lasts: timedelta = LEASE, once: bool = False,
    alive: Callable[[], bool] = lambda: True,
) -> None:  # fmt: skip
    """Run jobs one after another until SIGTERM or Ctrl-C, or until `alive` says no; with `once`, until none waits.

    `explain` turns a handler's exception into the sentence its user reads.
    """
    name, wait = worker_name(), threading.Event()
    with _stopping_on_signals():
        while alive():
            try:
                job = leases.lease(worker=name, at=_now(), lasts=lasts)
                if job is not None:
                    run(job, handlers=handlers, explain=explain, worker=name, lasts=lasts)
                elif once:
                    return
                else:
                    wait.wait(POLL_SECONDS)
            except DatabaseError:  # the server restarts, the disk is full: the lease ends by itself, try again
                connection.close()
                wait.wait(2)


def run(job: Job, *, handlers: Handlers, explain: Explain, worker: str, lasts: timedelta) -> None:
    """One leased job, from its handler's call to its end."""
    task = Task(job=job.pk, user=job.user, payload=job.payload)
    try:
        with _heartbeat(task, worker, lasts):
            result = _handler(handlers, job.kind)(task)
        leases.finish(job=job.pk, worker=worker, state="done", at=_now(), result=result, message=task.message)
    except Cancelled:
        leases.finish(job=job.pk, worker=worker, state="cancelled", at=_now(), message="Đã dừng theo yêu cầu.")
    except WorkerStopped:
        leases.give_back(job=job.pk, worker=worker)
        raise
    except Exception as error:
        leases.finish(job=job.pk, worker=worker, state="failed", at=_now(), message=explain(error))


class UnknownKind(Exception):
    """No handler of this name: the job was put in by a newer or an older version."""


def _handler(handlers: Handlers, kind: str) -> Handler:
    if kind not in handlers:
        raise UnknownKind(f"Bản chương trình này không biết loại việc “{kind}”; hãy cập nhật rồi chạy lại.")
    return handlers[kind]


@contextmanager
def _heartbeat(task: Task, worker: str, lasts: timedelta) -> Iterator[None]:
    """A thread that renews the lease and writes progress, until the handler is through."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(task, worker, lasts, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(task: Task, worker: str, lasts: timedelta, over: threading.Event) -> None:
    pause = min(BEAT_SECONDS, lasts.total_seconds() / 4)
    while not over.wait(pause):
        try:
            state = leases.renew(
                job=task.job, worker=worker, until=_now() + lasts, progress=task.done, total=task.total,
                message=task.message,
            )  # fmt: skip
        except DatabaseError:  # a long write holds SQLite's lock: the next beat comes in time
            connection.close()
            continue
        if state.cancel_asked or not state.held:
            task.stopped.set()
    connection.close()


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_IGN)
        raise WorkerStopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except WorkerStopped:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def worker_name() -> str:
    """Never the same twice: a restarted worker must not take its dead predecessor's lease for its own."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def _now() -> datetime:
    # Leases are about machines, not about the day a rule is asked for: here, and only here, the clock is read.
    return datetime.now(UTC)
