"""Many papers as one zip: names safe on every system, no name twice, the same papers give the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterable

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def to_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    """(name, bytes) pairs as a zip; a second file of the same name gets ` (2)`."""
    out = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(_free(safe_name(name), taken)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def safe_name(name: str) -> str:
    """A file name without separators or control characters, at most 120 characters."""
    stem, dot, ending = _UNSAFE.sub("-", name).strip(" .").rpartition(".")
    return f"{stem[:110]}{dot}{ending[:10]}" or "van-ban"


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    free, i = name, 2
    while free.lower() in taken:
        free, i = f"{stem} ({i}){dot}{ending}", i + 1
    taken.add(free.lower())
    return free
