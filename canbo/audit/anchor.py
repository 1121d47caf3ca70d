"""The chain's head, written outside the database after each commit, so that a cut-off tail shows."""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from canbo.audit.chain import stamp

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Anchor:
    """One line kept; `digest` may be the beginning of a hash where the disk was full in the middle of a line."""

    line: int
    seq: int | None  # None: the line is no anchor
    digest: str


def path() -> Path:
    """One anchor file per database: a data folder may point at PostgreSQL databases of several names."""
    name = connection.settings_dict["NAME"]
    return Path(settings.DATA_DIR) / "anchors" / f"{Path(str(name)).name}.txt"


def write(seq: int, digest: str, at: datetime) -> None:
    """Append one line `seq hash moment`. A full disk must not undo an act that is already committed."""
    target = path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, "ab+") as out:
            out.write(_line_end(out) + f"{seq} {digest} {stamp(at)}\n".encode("ascii"))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        LOG.warning("anchor of act %s not written: %s", seq, error)


def _line_end(out: object) -> bytes:
    """Closes a line that a full disk or a power cut left half written."""
    try:
        out.seek(-1, os.SEEK_END)  # type: ignore[attr-defined]
        return b"" if out.read(1) == b"\n" else b"\n"  # type: ignore[attr-defined]
    except OSError:  # an empty file
        return b""


def lines() -> Iterator[Anchor]:
    """Every anchor kept, in the order of the file, one at a time: there is one for each act."""
    try:
        with open(path(), encoding="ascii", errors="replace") as kept:
            yield from (_read(number, line.split()) for number, line in enumerate(kept, start=1) if line.strip())
    except FileNotFoundError:
        return


def _read(number: int, words: list[str]) -> Anchor:
    seq = int(words[0]) if words[0].isascii() and words[0].isdecimal() and len(words[0]) < 19 else None
    return Anchor(number, seq, words[1] if len(words) > 1 else "")
