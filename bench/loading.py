"""How quickly invented people are written, log included: 1.200, 10.000 and, with CANBO_BENCH_LARGE=1, 100.000 of them."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.generate import ROOT, SEED, environment
from bench.record import Figure, at_most, plain

BOUNDS = {1_200: 5.0, 10_000: 10.0, 100_000: 120.0}


def loading() -> Iterator[Figure]:
    large = os.environ.get("CANBO_BENCH_LARGE") == "1"
    for people, bound in BOUNDS.items():
        if people < 100_000 or large:
            yield from _one(people, bound)


def _one(people: int, bound: float) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="canbo-bench-") as data:
        began = time.perf_counter()
        command = [sys.executable, "-m", "bench.generate", str(people), str(SEED)]
        done = subprocess.run(command, env=environment(Path(data)), capture_output=True, text=True, check=True, cwd=ROOT)
        whole = time.perf_counter() - began
        size = (Path(data) / "canbo.sqlite3").stat().st_size / 2**20
    rows, spent, worked = re.search(r"(\d+) rows in ([\d.]+) s \(([\d.]+)", done.stderr).groups()  # type: ignore[union-attr]
    note = f"{rows} rows; {worked} s of processor time; {whole:.1f} s with migrations"
    yield replace(at_most("invented people written, log included", float(spent), "s", bound, note=note), people=people)
    yield replace(plain("size of the database", size, "MiB", note=f"{int(rows) / people:.1f} rows a person"), people=people)
