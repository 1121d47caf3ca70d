"""Memory of a real server's worker: after its first page, and with the snapshot of all people in it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

from bench.generate import ON, ROOT
from bench.importing import _resident, below
from bench.record import Figure, at_most, plain
from canbo.demo.accounts import PASSWORD

USER = "tochuc.tinh"


def memory() -> Iterator[Figure]:
    with server() as (url, pid):
        visitor = Visitor(url)
        visitor.get("/tai-khoan/login/")
        yield at_most("worker, idle", worker_mib(pid), "MiB", 200)
        visitor.sign_in()
        for _ in range(3):
            visitor.get(f"/ho-so/?ngay={ON:%d/%m/%Y}")
        time.sleep(2)  # the snapshot's file is written by a thread of the worker
        yield at_most("worker with the snapshot, after list pages", worker_mib(pid), "MiB", 400)
        yield plain("all processes of the server", sum(_resident(one) for one in [pid, *below(pid)]), "MiB")


def worker_mib(pid: int) -> float:
    """The largest process below the server that serves pages."""
    spawned = [one for one in below(pid) if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return max(_resident(one) for one in spawned)


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "canbo.cli", "serve", "--port", str(port), "--workers", "1", "--no-jobs"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=dict(os.environ))
    try:
        _wait(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=30).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError("the server did not start") from None
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


class Visitor:
    """A browser without pictures: keeps cookies, fills in the sign-in form."""

    def __init__(self, url: str) -> None:
        self.url, self.jar = url, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=120) as answer:
            return str(answer.read().decode())

    def sign_in(self) -> None:
        page = self.get("/tai-khoan/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise RuntimeError("the sign-in page has no form")
        fields = {"csrfmiddlewaretoken": token[1], "login": USER, "password": PASSWORD}
        body = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(f"{self.url}/tai-khoan/login/", body, {"Referer": self.url})
        with self.opener.open(request, timeout=60) as answer:
            if "/login/" in answer.url:
                raise RuntimeError("the demonstration account cannot sign in")
