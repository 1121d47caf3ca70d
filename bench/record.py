"""What a figure is, how it is timed, and where it is written down."""

import json
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Figure:
    """One measured value with its bound; `ok` None = there is no bound, the value stands for comparison only."""

    figure: str
    value: float
    unit: str
    target: float | None = None
    ok: bool | None = None
    note: str = ""
    people: int = 0  # where the figure has its own size


def at_most(figure: str, value: float, unit: str, target: float, *, note: str = "") -> Figure:
    return Figure(figure, round(value, 4), unit, target, value <= target, note)


def at_least(figure: str, value: float, unit: str, target: float, *, note: str = "") -> Figure:
    return Figure(figure, round(value, 4), unit, target, value >= target, note)


def plain(figure: str, value: float, unit: str, *, note: str = "") -> Figure:
    return Figure(figure, round(value, 4), unit, note=note)


def seconds(work: Callable[[], Any], *, repeat: int = 7, warm: int = 1) -> float:
    """The median of `repeat` runs, after `warm` runs that do not count."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def cpu_seconds(work: Callable[[], Any], *, repeat: int = 9, warm: int = 2) -> float:
    """As `seconds`, of processor time of this process."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(repeat):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def memory_mib() -> tuple[float, float]:
    """Resident memory of this process now and at its highest, in MiB."""
    status = Path("/proc/self/status").read_text()
    found = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith(("VmRSS", "VmHWM"))}
    return int(found["VmRSS"]) / 1024, int(found["VmHWM"]) / 1024


def line_of(figure: Figure, *, people: int) -> dict[str, Any]:
    return asdict(figure) | {
        "people": figure.people or people, "commit": _commit(), "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version()},
    }  # fmt: skip


def keep(name: str, line: dict[str, Any]) -> None:
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"{name}.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT)
    return found.stdout.strip() or "-"
