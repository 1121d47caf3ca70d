"""Real worker processes on a real folder, on SQLite and on PostgreSQL: killed, stopped, two at once."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.processes import ROOT, copied, environment, fresh_postgres

pytestmark = pytest.mark.slow


@dataclass
class Folder:
    """A data folder with its jobs table; `workers` are the processes started on it."""

    data: Path
    variables: dict[str, str]
    workers: list[subprocess.Popen] = field(default_factory=list)

    @property
    def trace(self) -> Path:
        return self.data / "trace.txt"

    def desk(self, *arguments: str) -> str:
        done = subprocess.run(self._command(*arguments), **self._options(), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def enqueue(self, kind: str, *payloads: dict) -> list[int]:
        rows = [{"trace": str(self.trace), "n": n, **payload} for n, payload in enumerate(payloads)]
        return [int(line) for line in self.desk("enqueue", kind, json.dumps(rows)).split()]

    def worker(self, lease: float = 2) -> subprocess.Popen:
        self.workers.append(subprocess.Popen(self._command("work", str(lease)), **self._options()))
        return self.workers[-1]

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.jobs.desk", *arguments]

    def _options(self) -> dict:
        return {"env": environment(self.data, DJANGO_SETTINGS_MODULE="canbo.settings", **self.variables), "cwd": ROOT}

    def row(self, job: int) -> dict:
        """The job as another process sees it now."""
        names = "state, progress, total, message, result, attempts, leased_by"
        (values,) = self.sql(f"SELECT {names} FROM job WHERE id = {job}")
        return dict(zip(names.split(", "), values, strict=True))

    def sql(self, text: str) -> list[tuple]:
        url = self.variables.get("DATABASE_URL")
        if url:
            with psycopg.connect(url) as connection:
                return connection.execute(text).fetchall()
        with contextlib.closing(sqlite3.connect(self.data / "canbo.sqlite3")) as connection:
            rows = connection.execute(text).fetchall()
            connection.commit()
            return rows

    def until(self, job: int, seconds: float = 90, **wanted) -> dict:
        """The row as soon as its columns have these values (a function as value: as soon as it is true)."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            row = self.row(job)
            if all(value(row[name]) if callable(value) else row[name] == value for name, value in wanted.items()):
                return row
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s for {wanted}: {self.row(job)}")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def migrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated_data: Path) -> Iterator[Folder]:
    data = copied(migrated_data, tmp_path_factory.mktemp(request.param))
    with contextlib.ExitStack() as stack:
        variables = {}
        if request.param == "postgres":
            server, like = request.getfixturevalue("postgres_server"), request.getfixturevalue("migrated_postgres")
            variables["DATABASE_URL"] = stack.enter_context(fresh_postgres(server, like=like))
        yield Folder(data=data, variables=variables)


@pytest.fixture
def folder(migrated: Folder) -> Iterator[Folder]:
    """The folder without jobs; the workers a test leaves are killed."""
    yield migrated
    for worker in migrated.workers:
        worker.kill()
        worker.wait()
    migrated.workers.clear()
    migrated.trace.unlink(missing_ok=True)
    migrated.sql("DELETE FROM job RETURNING id")


def test_killed_workers_job_is_taken_up_again_after_its_lease(folder: Folder):
    (job,) = folder.enqueue("count", {"to": 15, "pause": 0.1})
    first = folder.worker(lease=1)
    seen = folder.until(job, state="running", progress=lambda n: n > 0)
    assert seen["total"] == 15 and seen["message"].startswith("bước")  # progress, seen by this other process
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = folder.worker(lease=1)
    row = folder.until(job, state="done")
    assert row["attempts"] == 2
    assert [line.split()[1] for line in folder.trace.read_text().splitlines()] == [str(first.pid), str(second.pid)]


def test_long_job_outlives_many_leases_of_its_own(folder: Folder):
    (job,) = folder.enqueue("count", {"to": 30, "pause": 0.1})
    folder.worker(lease=1)
    folder.worker(lease=1)
    row = folder.until(job, state="done")
    assert row["attempts"] == 1 and len(folder.trace.read_text().splitlines()) == 1


def test_cancel_asked_by_another_process_stops_the_job_and_leaves_nothing_half_written(folder: Folder):
    (job,) = folder.enqueue("count", {"to": 10_000})
    folder.worker()
    folder.until(job, state="running", progress=lambda n: n > 0)
    folder.desk("cancel", str(job))
    row = folder.until(job, state="cancelled")
    assert row["progress"] < 10_000


# SQLite has one writer: there nobody can ask while the job's transaction is open.
@pytest.mark.parametrize("migrated", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_cancel_inside_a_transaction_rolls_it_back(folder: Folder):
    (job,) = folder.enqueue("in_transaction", {"to": 10_000})
    folder.worker()
    folder.until(job, state="running", progress=lambda n: n > 0)
    folder.desk("cancel", str(job))
    folder.until(job, state="cancelled")
    assert folder.sql("SELECT count(*) FROM upload") == [(0,)]


def test_worker_told_to_end_gives_its_job_back_at_once(folder: Folder):
    (job,) = folder.enqueue("count", {"to": 10_000})
    worker = folder.worker(lease=60)
    folder.until(job, state="running", progress=lambda n: n > 0)
    worker.terminate()
    assert worker.wait(60) == 0
    row = folder.row(job)
    assert (row["state"], row["attempts"], row["leased_by"]) == ("waiting", 0, "")


def test_broken_job_fails_with_its_sentence_and_the_next_one_runs(folder: Folder):
    (bad,) = folder.enqueue("broken", {})
    (unknown,) = folder.enqueue("khong-co", {})
    (good,) = folder.enqueue("count", {"to": 1})
    folder.worker()
    folder.until(good, state="done")
    assert folder.row(bad)["state"] == "failed"
    assert folder.row(bad)["message"] == "cột “Họ tên” không có trong tệp"
    assert folder.row(unknown)["message"].startswith("Bản chương trình này không biết loại việc “khong-co”")


def test_two_workers_run_each_job_once(folder: Folder):
    jobs = folder.enqueue("count", *[{"to": 2, "pause": 0.05} for _ in range(16)])
    folder.worker(lease=30)
    folder.worker(lease=30)
    for job in jobs:
        folder.until(job, state="done")
    lines = [line.split() for line in folder.trace.read_text().splitlines()]
    assert sorted(int(n) for n, _ in lines) == list(range(16))
    assert len({pid for _, pid in lines}) == 2
