"""The parent's side: start the child, wait no longer than allowed, turn whatever happened into a result or a sentence."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from canbo.sandbox.errors import Refused, SandboxFailed
from canbo.sandbox.wire import dumps, loads

OUTPUT_MIB = 256
ROOT = Path(__file__).resolve().parents[2]

SENTENCES = {
    "memory": "Tệp cần nhiều bộ nhớ hơn mức cho phép; hãy xóa các cột, dòng, hình ảnh thừa hoặc chia thành nhiều tệp rồi thử lại.",
    "time": "Đọc tệp quá lâu nên đã dừng lại; hãy xóa định dạng và dòng thừa hoặc chia thành nhiều tệp rồi thử lại.",
    "output": "Nội dung tệp quá lớn; hãy chia thành nhiều tệp rồi thử lại.",
    "crash": "Không đọc được tệp này, có thể tệp đã hỏng; hãy mở bằng Excel, lưu lại thành tệp .xlsx mới rồi thử lại.",
}


def run_limited(
    function_path: str, payload: dict[str, Any], *, memory_mib: int, cpu_seconds: int, wall_seconds: float
) -> Any:
    """Call `package.module:function(**payload)` in a spawned child and return its JSON-able result (bytes allowed).

    Raises Refused when the function refused the content, SandboxFailed when a limit was hit or the child broke down.
    """
    limits = {"memory_mib": memory_mib, "cpu_seconds": cpu_seconds, "output_mib": OUTPUT_MIB}
    with tempfile.TemporaryDirectory(prefix="canbo-sandbox-") as folder:
        request, answer = Path(folder, "request"), Path(folder, "answer")
        request.write_bytes(dumps({"function": function_path, "payload": payload, "limits": limits}))
        code, log = _run_child(request, answer, wall_seconds=wall_seconds)
        if code != 0:
            raise _failure(_reason(code, log), detail=log)
        return _result(loads(answer.read_bytes()))


def _run_child(request: Path, answer: Path, *, wall_seconds: float) -> tuple[int, str]:
    """Exit code and the tail of stderr; a child that outlives its time is killed with everything it started."""
    child = subprocess.Popen(
        [sys.executable, "-s", "-B", "-m", "canbo.sandbox.child", str(request), str(answer)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=answer.parent,
        env=_environment(answer.parent),
        start_new_session=True,
    )
    try:
        _, log = child.communicate(timeout=wall_seconds)
    except subprocess.TimeoutExpired:
        _kill_group(child.pid)
        child.communicate()
        return -signal.SIGXCPU, "wall time"
    finally:
        _kill_group(child.pid)
    return child.returncode, log.decode("utf-8", "replace")[-4000:]


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the parent's secrets; one thread each, because every thread's stack counts as memory."""
    return {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "TMPDIR": str(folder),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "RAYON_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def _reason(code: int, log: str) -> str:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "time"
    if code == -signal.SIGXFSZ or "File too large" in log:
        return "output"
    if "MemoryError" in log or "memory allocation" in log:
        return "memory"
    return "crash"


def _failure(reason: str, *, detail: str) -> SandboxFailed:
    return SandboxFailed(SENTENCES[reason], detail=detail)


def _result(answer: dict[str, Any]) -> Any:
    if "refused" in answer:
        raise Refused(answer["refused"], detail=answer["detail"])
    if "failed" in answer:
        raise _failure(answer["failed"], detail=answer["detail"])
    return answer["result"]
