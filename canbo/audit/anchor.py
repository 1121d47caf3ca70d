"""The chain's head, written outside the database after each commit, so that a cut-off tail shows."""

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from canbo.audit.chain import stamp


def path() -> Path:
    """One anchor file per database: a data folder may point at PostgreSQL databases of several names."""
    name = connection.settings_dict["NAME"]
    return Path(settings.DATA_DIR) / "anchors" / f"{Path(str(name)).name}.txt"


def write(seq: int, digest: str, at: datetime) -> None:
    """Append one line `seq hash moment`. A full disk must not undo an act that is already committed."""
    target = path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, "a", encoding="ascii") as out:
            out.write(f"{seq} {digest} {stamp(at)}\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        pass


def lines() -> list[tuple[int, str]]:
    """(seq, hash) of every anchor kept."""
    if not path().exists():
        return []
    rows = (line.split() for line in path().read_text(encoding="ascii").splitlines())
    return [(int(row[0]), row[1]) for row in rows if len(row) == 3]
