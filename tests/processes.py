"""Real processes of the program, each with its own data folder: what a test client cannot show."""

import contextlib
import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent


def environment(data: Path, **variables: str) -> dict[str, str]:
    """The variables of a command on that data folder; without DATABASE_URL it is SQLite."""
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return own | {"CANBO_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | variables


def command(
    data: Path, *arguments: str, stdin: str = "", variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`python3 run ARGUMENTS` without the look at the libraries; text in, text out."""
    return subprocess.run(
        [sys.executable, "-m", "canbo.cli", *arguments], input=stdin, capture_output=True, text=True, timeout=300,
        env=environment(data, **(variables or {})), cwd=data,
    )  # fmt: skip


@contextlib.contextmanager
def fresh_postgres(server: str, *, like: str = "") -> Iterator[str]:
    """DATABASE_URL of a new database on that server, empty or a copy of the one at `like`; dropped afterwards."""
    name = "canbo_one_" + secrets.token_hex(4)
    with psycopg.connect(server, autocommit=True) as connection:
        template = f' TEMPLATE "{urlsplit(like).path[1:]}"' if like else ""
        connection.execute(f'CREATE DATABASE "{name}"{template}')
        try:
            yield urlunsplit(urlsplit(server)._replace(path="/" + name))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def copied(made: Path, here: Path) -> Path:
    """A data folder that a command made, for one test to spoil: a first start costs seconds, a copy none."""
    shutil.copytree(made, here, dirs_exist_ok=True)
    return here


# Limits are told in seconds of the processor: how long a test waits for its turn says nothing about the program.
@dataclass
class Spent:
    """Seconds of the processor, user and system, in this process and in the children that have ended."""

    own: float = 0.0
    children: float = 0.0


@contextlib.contextmanager
def spent() -> Iterator[Spent]:
    """Measures the block; read it afterwards."""

    def now() -> tuple[float, float]:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time(), ended.ru_utime + ended.ru_stime

    found, (own, children) = Spent(), now()
    yield found
    own_now, children_now = now()
    found.own, found.children = own_now - own, children_now - children


def spent_by(pid: int) -> float:
    """Seconds of the processor a running process has used; Linux only."""
    fields = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A server process."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Ask it to end, and return its exit code."""
        self.process.send_signal(how)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def start_server(data: Path, *arguments: str, variables: Mapping[str, str] | None = None) -> Running:
    """`serve` on a free port, answering when this returns."""
    port = free_port()
    log = data / "server.log"
    process = subprocess.Popen(
        [sys.executable, "-m", "canbo.cli", "serve", "--port", str(port), "--workers", "1", *arguments],
        stdin=subprocess.DEVNULL, stdout=log.open("wb"), stderr=subprocess.STDOUT,
        env=environment(data, **(variables or {})), cwd=data, start_new_session=True,
    )  # fmt: skip
    running = Running(url=f"http://127.0.0.1:{port}", data=data, process=process, log=log)
    wait_for_page(running.url, process)
    return running


def wait_for_page(url: str, process: subprocess.Popen[bytes], *, seconds: float = 180) -> None:
    """Returns when any page answers, whatever its status."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            with contextlib.suppress(urllib.error.HTTPError):
                urllib.request.urlopen(url, timeout=10).close()
            return
        time.sleep(0.02)
    raise AssertionError(f"no answer from {url}; exit code {process.poll()}")
