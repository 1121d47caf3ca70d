"""By hand (`python3 test --soak`): minutes of load on this machine's own server, bounded in count and time."""

import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.test_serve import megabytes, web_workers
from tests.processes import start_server

pytestmark = pytest.mark.soak
REQUESTS, AT_ONCE, SECONDS = 20_000, 8, 600


def test_twenty_thousand_pages_leave_the_worker_as_large_as_it_was(tmp_path: Path):
    running = start_server(tmp_path)
    address, until = running.url + "/tai-khoan/login/", time.monotonic() + SECONDS

    def status(_: int) -> int:
        assert time.monotonic() < until, "too slow to go on"
        with urllib.request.urlopen(address, timeout=30) as answer:
            return int(answer.status)

    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert set(pool.map(status, range(500))) == {200}
            (worker,) = web_workers(running)
            before = megabytes(worker)
            assert set(pool.map(status, range(REQUESTS))) == {200}
        assert web_workers(running) == [worker]
        assert megabytes(worker) - before < 20
    finally:
        running.stop()
