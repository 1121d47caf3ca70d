"""Which worker runs what: a file stays on one worker, and the longest shares are begun first.

The groups of xdist's own `loadgroup` say nothing under the pytest locked here, so the shares are read from the tests' addresses.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

# Each test of these files may run on any worker: what they have in common is quickly made.
APART = {"tests/web/test_permissions.py"}
# The browser's files share the one demonstration server; the first hour is spent on a server of its own.
STORIES, OWN_SERVER = "tests/stories/", {"tests/stories/test_first_hour.py"}
# Begun first, so that neither worker is left alone with one of them at the end.
LONGEST = (
    STORIES, *OWN_SERVER, "tests/jobs/test_workers.py", "tests/web/test_statistics.py", "tests/cli/test_command_line.py",
    "tests/audit/test_processes.py", "tests/demo/test_figures.py", "tests/imports/test_layouts.py", "tests/engine/test_oracles.py",
    "tests/cli/test_environment.py", "tests/cases/test_at_once.py", "tests/acceptance/test_candidates_2021.py",
)  # fmt: skip


def share_of(test: str) -> str:
    """What runs on the same worker as this test."""
    file = test.partition("::")[0]
    if file in APART:
        return test
    return STORIES if file.startswith(STORIES) and file not in OWN_SERVER else file


def turn_of(share: str) -> int:
    """Single tests come last, where they fill what is left of either worker's time."""
    if share in LONGEST:
        return LONGEST.index(share)
    return len(LONGEST) + ("::" in share)


class Sharing(LoadScopeScheduling):
    """Whole shares to whoever is free, in their turn."""

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)

    def _assign_work_unit(self, node: WorkerController) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=turn_of), last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)
