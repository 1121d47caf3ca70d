"""`worker`: a process that runs long jobs; `serve` starts one, further machines may run more."""

import argparse
import importlib
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from canbo.cli.context import Context
from canbo.cli.errors import sentence_of
from canbo.jobs.changes import drop_old_uploads
from canbo.jobs.worker import Handler, Task, work

HELP = "chạy tiến trình làm các việc dài (serve đã tự chạy một tiến trình như vậy)"
# A list put in to be read is not kept longer than somebody needs to come back to it.
KEPT = timedelta(days=7)
# Name of the job → where its handler is; imported when the first such job comes.
HANDLERS = {
    "import": "canbo.imports.jobs:run", "review": "canbo.assess.jobs:run", "demo": "canbo.demo.jobs:run",
    "evaluation-papers": "canbo.evaluation.papers.jobs:run",
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="làm hết các việc đang chờ rồi dừng")
    parser.add_argument("--parent", type=int, metavar="SỐ", help="dừng khi tiến trình này không còn")


def run(args: argparse.Namespace, ctx: Context) -> int:
    drop_old_uploads(before=ctx.at - KEPT, actor=ctx.actor)
    handlers = {name: _lazy(place) for name, place in HANDLERS.items()}
    work(handlers, explain=sentence_of, once=args.once, alive=_watching(args.parent))
    return 0


def _lazy(place: str) -> Handler:
    module, _, function = place.partition(":")

    def handle(task: Task) -> Any:
        return getattr(importlib.import_module(module), function)(task)

    return handle


def _watching(parent: int | None) -> Callable[[], bool]:
    """A server killed with -9 cannot end its worker; the worker sees that it was orphaned."""
    return lambda: parent is None or os.getppid() == parent
