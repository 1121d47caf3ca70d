"""The server as a process: started, asked, stopped; what its workers are and what they weigh."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.processes import Running, command, copied, environment, free_port, spent_by, start_server, wait_for_page

PROC = Path("/proc")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not PROC.is_dir(), reason="cần /proc của Linux")]


def children(pid: int) -> dict[int, str]:
    """Processes below this one → command line."""
    found: dict[int, str] = {}
    for task in (PROC / str(pid) / "task").iterdir():
        # A thread or a child may end while we look: then it is not there any more.
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in map(int, (task / "children").read_text().split()):
                found[child] = (PROC / str(child) / "cmdline").read_text().replace("\0", " ")
                found |= children(child)
    return found


def megabytes(pid: int) -> float:
    """Resident memory, MiB."""
    (line,) = [line for line in (PROC / str(pid) / "status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def left_over(pids: set[int], *, seconds: float = 60) -> set[int]:
    """Those that have not ended when the time is up; an ended one that nobody has asked about yet counts as ended."""

    def alive(pid: int) -> bool:
        try:
            return "State:\tZ" not in (PROC / str(pid) / "status").read_text()
        except OSError:
            return False

    until = time.monotonic() + seconds
    while time.monotonic() < until and any(map(alive, pids)):
        time.sleep(0.1)
    return {pid for pid in pids if alive(pid)}


def job_processes(running: Running) -> set[int]:
    """The process for jobs, waited for: it starts two seconds after the server."""
    until = time.monotonic() + 60
    found: set[int] = set()
    while time.monotonic() < until and not found:
        time.sleep(0.1)
        found = {pid for pid, line in children(running.pid).items() if "worker --parent" in line}
    return found


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, migrated_data: Path) -> Iterator[Running]:
    started = start_server(copied(migrated_data, tmp_path_factory.mktemp("serve")))
    yield started
    started.stop()


def web_workers(running: Running) -> list[int]:
    return [pid for pid, line in children(running.pid).items() if "spawn_main" in line]


def test_workers_are_spawned_and_the_parent_never_loads_polars(running: Running):
    (worker,) = web_workers(running)
    # A forked worker would carry its parent's command line.
    assert "canbo.cli" not in children(running.pid)[worker]
    assert "polars" not in (PROC / str(running.pid) / "maps").read_text()


def test_idle_worker_is_small(running: Running):
    (worker,) = web_workers(running)
    assert megabytes(worker) <= 200
    assert megabytes(running.pid) <= 100


def test_worker_that_dies_is_replaced(running: Running):
    (worker,) = web_workers(running)
    os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + 60
    while time.monotonic() < until and web_workers(running) in ([], [worker]):
        time.sleep(0.1)
    (other,) = web_workers(running)
    assert other != worker
    wait_for_page(running.url, running.process)


def test_job_process_runs_beside_the_server(running: Running):
    assert len(job_processes(running)) == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_ends_every_process_with_exit_code_0(fresh_data: Path, how: int):
    started = start_server(fresh_data)
    assert job_processes(started)
    below = set(children(started.pid))
    assert started.stop(how) == 0
    assert left_over(below) == set()
    assert "Traceback" not in started.log.read_text()


def test_processes_of_a_killed_server_end_by_themselves(fresh_data: Path):
    started = start_server(fresh_data)
    assert job_processes(started)
    below = set(children(started.pid))
    started.process.kill()
    started.process.wait()
    assert left_over(below) == set()


def test_port_in_use_is_told_with_the_way_out(running: Running):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = command(running.data, "serve", "--port", str(port))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert f"cổng {port}" in line and f"--port {port + 1}" in line


def test_port_of_a_running_server_is_not_shared(running: Running):
    done = command(running.data, "serve", "--port", running.url.rpartition(":")[2])
    assert (done.returncode, "đang dùng" in done.stderr) == (1, True)


def test_serve_never_loads_the_demonstration(running: Running):
    assert command(running.data, "user", "list", "--json").stdout == '{"users": []}\n'


def test_second_start_is_quick_and_names_the_demonstration_accounts(demonstration_data: Path, tmp_path: Path):
    """`python3 run` on a filled folder: what it costs to its first page, and what it prints until Ctrl-C."""
    data, port = copied(demonstration_data, tmp_path / "data"), free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "canbo.cli"], env=environment(data, CANBO_PORT=str(port)),
        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for_page(f"http://127.0.0.1:{port}/", process)
        seconds = sum(map(spent_by, [process.pid, *children(process.pid)]))
    finally:
        process.send_signal(signal.SIGINT)
        printed = process.communicate(timeout=60)[1].decode()
    # Parent and worker; 2 s on idle cores, 4 s on crowded ones. Loading the demonstration again would add as much.
    assert seconds < 6
    assert process.returncode == 0
    assert "Tài khoản minh họa" in printed and "trinh-dien-2026" in printed and "đang nạp" not in printed
