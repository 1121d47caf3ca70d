"""The last good copy of each law folder, kept in the data folder: a folder that is being edited does not stop a process that starts.

One file a folder, `<name>-<mark of its place>.<hash>.json`, its texts by their paths. Its own time says since when it serves.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from canbo.engine.law.loader import law_files


@dataclass(frozen=True)
class LawCopies:
    """Where copies are kept; None = nowhere (what only asks about the shipped law)."""

    place: Path | None

    def keep(self, root: Path) -> None:
        """Keep the folder as it is now; nothing is written when the same is kept already."""
        if self.place is None:
            return
        with suppress(OSError):  # a safety net: a full disk must not stop a review
            texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in law_files(root)}
            content = json.dumps(texts, ensure_ascii=False).encode()
            path = self.place / f"{_name(root)}.{hashlib.sha256(content).hexdigest()[:16]}.json"
            if path.exists():
                return
            self.place.mkdir(parents=True, exist_ok=True)
            older = self._kept(root)
            with tempfile.NamedTemporaryFile(dir=self.place, delete=False) as file:
                file.write(content)
            os.replace(file.name, path)
            for one in older:
                one.unlink(missing_ok=True)

    def since(self, root: Path) -> datetime | None:
        """When the copy in service was taken."""
        kept = self._kept(root)
        return datetime.fromtimestamp(kept[-1].stat().st_mtime, UTC) if kept else None

    @contextmanager
    def laid_out(self, root: Path) -> Iterator[Path | None]:
        """The kept copy as a folder for as long as it is needed; None when there is none."""
        kept = self._kept(root)
        if not kept:
            yield None
            return
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / root.name
            for name, text in json.loads(kept[-1].read_text(encoding="utf-8")).items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8")
            yield folder

    def _kept(self, root: Path) -> list[Path]:
        """Oldest first; more than one only while another process replaces it."""
        found = self.place.glob(f"{_name(root)}.*.json") if self.place else ()
        return sorted(found, key=lambda path: path.stat().st_mtime)


def _name(root: Path) -> str:
    return f"{root.name}-{hashlib.sha256(str(root).encode()).hexdigest()[:8]}"
