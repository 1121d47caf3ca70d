"""Makes `.venv` from a hash-locked list; used by `run` and `test`. Standard library only, runs on any Python 3."""

import contextlib
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "canbo-locks")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")

TOO_OLD = "Chương trình cần Python 3.11 trở lên, máy này đang chạy Python %s; hãy cài bản mới rồi chạy lại."
NO_VENV = "Python trên máy này thiếu phần venv; hãy cài nó (Debian, Ubuntu: apt install python3-venv) rồi chạy lại."
FULL = "Ổ đĩa đã đầy nên chưa cài được thư viện; hãy giải phóng khoảng 1 GB rồi chạy lại."
NO_NETWORK = "Chưa tải được thư viện vì không có mạng; lần chạy đầu cần mạng (hoặc kho gói nội bộ), hãy nối mạng rồi chạy lại."
WRONG_HASH = "Một thư viện tải về không khớp mã băm trong requirements/%s.txt nên đã bị từ chối; hãy kiểm tra kho gói rồi chạy lại."
FAILED = "Chưa cài được thư viện vào .venv; pip báo: %s"
NOT_WRITABLE = "Không ghi được vào thư mục chương trình (%s); hãy chạy bằng tài khoản có quyền ghi hoặc chép sang nơi khác."


class NoEnvironment(Exception):
    """One sentence for the user: why the libraries are not there."""


def ready(kind):
    """Path of a Python that has everything of requirements/<kind>.txt ("run" or "test"); installs when needed."""
    if sys.version_info < (3, 11):
        raise NoEnvironment(TOO_OLD % ".".join(str(part) for part in sys.version_info[:3]))
    if _hash(kind) not in _installed():
        try:
            with _one_at_a_time():
                if _hash(kind) not in _installed():
                    _make(kind)
        except OSError as error:
            raise NoEnvironment(_why(error)) from error
    return PYTHON


def _hash(kind):
    """What the stamp holds for a lock file: its hash and the Python it was installed for."""
    with open(os.path.join(HERE, kind + ".txt"), "rb") as lock:
        return "{} {}.{} {}".format(kind, *sys.version_info[:2], hashlib.sha256(lock.read()).hexdigest())


def _installed():
    try:
        with open(STAMP, encoding="ascii") as stamp:
            lines = stamp.read().splitlines()
    except OSError:
        return []
    return lines if os.path.exists(PYTHON) else []


def _make(kind):
    """A fresh .venv, unless only the test tools are missing: those are added to the program's libraries."""
    say("Đang chuẩn bị thư viện (chỉ lần đầu hoặc khi danh sách thư viện đổi)…")
    kept = [line for line in _installed() if line == _hash("run")]
    with contextlib.suppress(OSError):
        os.remove(STAMP)  # an interrupted installation must not pass for a whole one
    if not kept:
        _run([sys.executable, "-m", "venv", "--clear", VENV], kind)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    _run([*pip, "--require-hashes", "-r", os.path.join(HERE, kind + ".txt")], kind)
    # The tests' list holds the program's list too.
    with open(STAMP, "w", encoding="ascii") as stamp:
        stamp.write("\n".join(sorted({_hash("run"), _hash(kind)})) + "\n")


def _run(command, kind):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise NoEnvironment(_reason(done.stdout.decode("utf-8", "replace"), kind))


def _reason(text, kind):
    if "No space left" in text or _disk_is_full():
        shutil.rmtree(VENV, ignore_errors=True)
        return FULL
    if "ensurepip" in text or "No module named venv" in text:
        return NO_VENV
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in text:
        return WRONG_HASH % kind
    signs = ("NewConnectionError", "Could not find a version", "Connection", "timed out", "ProxyError", "resolution")
    return NO_NETWORK if any(sign in text for sign in signs) else FAILED % _last_line(text)


def _last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "?"


def _disk_is_full():
    return shutil.disk_usage(ROOT).free < 20 * 1024 * 1024


def _why(error):
    return FULL if error.errno == errno.ENOSPC else NOT_WRITABLE % ROOT


@contextlib.contextmanager
def _one_at_a_time():
    """Of two first starts at once, one installs and the other waits for it; a killed one leaves no lock behind."""
    with open(os.path.join(HERE, "run.in"), "rb") as handle:
        _lock(handle)
        yield


def _lock(handle):
    if os.name == "nt":
        import msvcrt

        while True:
            with contextlib.suppress(OSError):
                return msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
            time.sleep(1)
    import fcntl

    return fcntl.flock(handle, fcntl.LOCK_EX)


def environment():
    """The variables of a command: the program is found from any folder, and text is UTF-8 whatever the machine says."""
    paths = [ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    return dict(os.environ, PYTHONPATH=os.pathsep.join(paths), PYTHONUTF8="1", PYTHONSAFEPATH="1")


def become(command):
    """Replace this process by the command, so that signals and the exit code are the command's own."""
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=environment()))
    os.execve(command[0], command, environment())


def say(text):
    """One line on stderr, readable even where the terminal knows no Vietnamese."""
    sys.stderr.buffer.write((text + "\n").encode("utf-8"))
    sys.stderr.flush()
