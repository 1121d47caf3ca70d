"""Data folders of N invented people, made once and kept outside the repository by size, seed and table layout."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("CANBO_BENCH_CACHE") or Path(tempfile.gettempdir()) / "canbo-bench")
SEED = 19
# Everything is told as of this day, so that figures of different days of measuring compare.
ON = date(2026, 6, 30)
AT = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)


def folder(*, people: int, seed: int = SEED) -> Path:
    """A data folder (SQLite) with so many people; made when there is none for this layout of tables."""
    wanted = CACHE / f"{people}-{seed}-{layout()}"
    if not (wanted / "ready").exists():
        shutil.rmtree(wanted, ignore_errors=True)
        wanted.mkdir(parents=True)
        subprocess.run([sys.executable, "-m", "bench.generate", str(people), str(seed)], env=environment(wanted), check=True, cwd=ROOT)
        (wanted / "ready").touch()
    return wanted


@contextmanager
def copy_of(source: Path) -> Iterator[Path]:
    """A copy to write in, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="canbo-bench-") as scratch:
        target = Path(scratch) / "data"
        shutil.copytree(source, target)
        yield target


def environment(data: Path) -> dict[str, str]:
    """The variables of a process that works in this data folder."""
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return own | {
        "CANBO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "canbo.settings", "PYTHONPATH": str(ROOT),
        "POLARS_MAX_THREADS": own.get("POLARS_MAX_THREADS", "2"),
    }  # fmt: skip


def layout() -> str:
    """Eight digits that change with the tables and with the people invented."""
    parts = [*ROOT.glob("canbo/migrations/*.py"), *ROOT.glob("canbo/demo/*.py"), *ROOT.glob("canbo/demo/tables/*.csv")]
    digest = hashlib.sha256()
    for path in sorted(parts):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def fill(*, people: int, seed: int) -> str:
    """Migrate the folder of this process and load it; says how long that took."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from canbo.access.queries import LOCAL_ACCESS
    from canbo.demo.load import load

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    began, worked = time.perf_counter(), time.process_time()
    summary = load(actor=LOCAL_ACCESS.actor, at=AT, people=people, seed=seed)
    spent, worked = time.perf_counter() - began, time.process_time() - worked
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return f"{summary.people} people, {summary.rows} rows in {spent:.1f} s ({worked:.1f} s of processor time)"


if __name__ == "__main__":
    print(fill(people=int(sys.argv[1]), seed=int(sys.argv[2])), file=sys.stderr)
