"""`serve`: the production server with its workers, and one process for long jobs."""

import argparse
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

from canbo.cli.context import CommandError, Context

HELP = "chạy máy chủ trang web (không bao giờ nạp dữ liệu minh họa)"
HOST, PORT = "127.0.0.1", os.environ.get("CANBO_PORT") or "8000"
# A few threads a worker: each holds a database connection, and Python runs one at a time anyway.
THREADS = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=HOST, metavar="ĐỊA_CHỈ", help=f"địa chỉ lắng nghe (mặc định {HOST})")
    parser.add_argument("--port", type=int, default=PORT, metavar="SỐ", help="cổng (mặc định: biến CANBO_PORT, không có thì 8000)")
    parser.add_argument("--workers", type=int, default=default_workers(), metavar="SỐ", help="số tiến trình phục vụ")
    parser.add_argument("--no-jobs", action="store_true", help="không chạy tiến trình việc dài tại máy này")


def default_workers() -> int:
    return min(2, os.cpu_count() or 1)


def run(args: argparse.Namespace, ctx: Context) -> int:
    check_port(args.host, args.port)
    ctx.note(f"Đang phục vụ tại http://{shown(args.host)}:{args.port}/ (Ctrl-C để dừng)")
    return serve(host=args.host, port=args.port, workers=args.workers, jobs=not args.no_jobs)


def check_port(host: str, port: int) -> None:
    """CommandError when the port is taken. The server itself shares ports, so it would not notice."""
    if not 0 < port < 65536:
        raise CommandError(f"Cổng {port} không hợp lệ; hãy chọn một số từ 1 đến 65535 bằng --port.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Không mở được cổng {port} tại {host} (có thể chương trình khác đang dùng); "
                f"hãy chọn cổng khác: python3 run serve --port {port + 1 if port < 65535 else 8000}"
            ) from error


def shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def serve(*, host: str, port: int, workers: int, jobs: bool) -> int:
    """Serve until SIGINT or SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Granian takes the platform's way to start processes, which is fork on Linux: a forked Polars hangs.
    multiprocessing.set_start_method("spawn", force=True)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # else every worker warns that it is missing
    os.environ.setdefault("POLARS_MAX_THREADS", "2")
    server = Granian(
        "canbo.server:application", address=host, port=port, interface=Interfaces.WSGI, workers=max(1, workers),
        blocking_threads=THREADS, websockets=False, log_level=LogLevels.error, log_access=False,
        respawn_failed_workers=True, workers_kill_timeout=10,
    )  # fmt: skip
    helper = JobProcess() if jobs else None
    if helper:
        server.on_startup(helper.start)
        server.on_shutdown(helper.stop)
    server.serve()
    return 0


class JobProcess:
    """Keeps one worker process for jobs alive beside the server: started again when it dies."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._process:
            self._process.terminate()
        self._thread.join(15)

    def _keep(self) -> None:
        self._stopping.wait(2)  # the first page comes first
        while not self._stopping.is_set():
            command = [sys.executable, "-m", "canbo.cli", "worker", "--parent", str(os.getpid())]
            # Ctrl-C reaches the server, which then ends the job in good order: hence its own session.
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
            self._process.wait()
            self._stopping.wait(1)
