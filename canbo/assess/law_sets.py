"""The law in service: read from the shipped folder and from the agencies' own, checked before anybody is judged by it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils.timezone import localtime

from canbo.assess.law_keeping import LawCopies
from canbo.engine.codelists import load_codelist
from canbo.engine.law.loader import CENTRAL, law_files, load_laws
from canbo.engine.law.model import LawSet, Overlay
from canbo.engine.law.problems import LawRefused, Problem
from canbo.engine.types import Code, ListOf, Name, Vocabulary
from canbo.facts.catalogue import FACTS

EXAMPLES = CENTRAL / "overlays"
NO_COPIES = LawCopies(None)
SAID = 3  # problems told in one sentence
TITLE_LISTS = ("titles_commune", "titles_district", "titles_province")
_TITLE_FACTS = {"title": False, "titles": True, "titles_ever": True, "planned_for": True}


@dataclass(frozen=True)
class Law:
    """The central law, and for each folder of local law the central law with it laid over; `problems`: newer files not in service."""

    central: LawSet
    local: tuple[LawSet, ...] = ()
    problems: "tuple[Notice, ...]" = ()

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        return tuple(laws.overlays[-1] for laws in self.local)

    def with_overlay(self, code: str) -> LawSet | None:
        return next((laws for laws in self.local if laws.overlays[-1].code == code), None)

    def of_unit(self, chain: Sequence[str]) -> LawSet:
        """The law for a unit, given its code and those of the units above it, nearest first."""
        for unit in chain:
            for laws in self.local:
                if unit in laws.overlays[-1].units:
                    return laws
        return self.central


@cache
def law_vocabulary() -> Vocabulary:
    """Facts a rule may name: those whose values do not depend on an agency's own units; titles are those of the shipped lists."""
    titles = Code(tuple((row.code, row.label) for name in TITLE_LISTS for row in load_codelist(name).rows))
    words = {
        name: Name(type=fact.type, label=fact.label, subject=fact.subject, group=fact.group)
        for name, fact in FACTS.items()
        if not callable(fact.type) and fact.subject in ("person", "entry")
    }
    for name, several in _TITLE_FACTS.items():
        fact = FACTS[name]
        words[name] = Name(type=ListOf(titles) if several else titles, label=fact.label, subject=fact.subject, group=fact.group)
    return words


@cache
def title_codes() -> frozenset[str]:
    return frozenset(row.code for name in TITLE_LISTS for row in load_codelist(name).rows)


def read_laws(paths: Sequence[Path], *, run_cases: bool = True) -> LawSet:
    """A checked law set of these folders. Raises LawRefused."""
    return load_laws(paths, vocabulary=law_vocabulary(), titles=title_codes(), run_cases=run_cases)


@dataclass(frozen=True)
class Notice:
    """A folder that is not in service as it stands: what is wrong in it, and since when the last good one serves instead."""

    folder: str
    problems: tuple[str, ...]
    since: datetime | None
    serves: bool = True

    @property
    def short(self) -> str:
        """The folder and the first fault of it: which file, which line."""
        return f"{self.folder}/{self.problems[0].rstrip('.')}"

    def __str__(self) -> str:
        more = f"; và {len(self.problems) - SAID} lỗi khác" if len(self.problems) > SAID else ""
        said = "; ".join(problem.rstrip(".") for problem in self.problems[:SAID])
        since = f" từ {localtime(self.since):%H:%M ngày %d/%m/%Y}" if self.since else " trước đó"
        serves = f"đang dùng bản tốt gần nhất{since}" if self.serves else "chưa có bản tốt nào để dùng thay"
        return f"thư mục “{self.folder}”: {said}{more}. Sửa xong hãy chạy laws check; {serves}."


class LawHolder:
    """Keeps the law in service; looks at the files' times and sizes, and reads again what changed.

    A folder that is refused – a typo, a half-written file – leaves the last good law set in service, and says why: the one
    this process has, else the copy an earlier one kept.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: Mapping[Path, str] = {}
        self._good: dict[Path, LawSet] = {}
        self._notices: dict[Path, Notice] = {}

    def current(self, *, folders: Iterable[Path], copies: LawCopies = NO_COPIES, central: Path = CENTRAL) -> Law:
        """The shipped law with these local folders. Raises LawRefused only when the shipped folder was never good."""
        roots = [central, *folders]
        seen = {root: _signature(root) for root in roots}
        with self._lock:
            if seen != self._seen:
                self._read(roots, seen, copies)
                self._seen = seen
            local = tuple(self._good[root] for root in roots[1:] if root in self._good)
            return Law(self._good[central], local, tuple(self._notices[root] for root in roots if root in self._notices))

    def _read(self, roots: Sequence[Path], seen: Mapping[Path, str], copies: LawCopies) -> None:
        central = roots[0]
        if self._seen.get(central) != seen[central]:
            self._try(central, [], copies)
            if central not in self._good:
                raise LawRefused([Problem("", "", str(self._notices[central]))])
        renewed = self._seen.get(central) != seen[central] and central not in self._notices
        changed = [root for root in roots[1:] if renewed or self._seen.get(root) != seen[root]]
        with copies.laid_out(central) if central in self._notices else nullcontext(central) as below:
            for root in changed:
                if below is not None:
                    self._try(root, [below], copies)

    def _try(self, root: Path, below: list[Path], copies: LawCopies) -> None:
        """The folder as it is; when it is refused and this process has none, the copy kept of it."""
        try:
            self._good[root] = read_laws([*below, root])
            self._notices.pop(root, None)
            copies.keep(root)
        except (LawRefused, OSError) as error:
            if root not in self._good:
                self._take_copy(root, below, copies)
            said = error.problems if isinstance(error, LawRefused) else (error.strerror or "không đọc được",)
            self._notices[root] = Notice(root.name, tuple(map(str, said)), copies.since(root), serves=root in self._good)

    def _take_copy(self, root: Path, below: list[Path], copies: LawCopies) -> None:
        with copies.laid_out(root) as kept:
            if kept is not None:
                with suppress(LawRefused):  # a copy of an older program: then there is none
                    self._good[root] = read_laws([*below, kept])


def _signature(root: Path) -> str:
    found = []
    for path in law_files(root):
        with suppress(FileNotFoundError):  # an editor puts a new file in place of the old one
            found.append(f"{path}:{(stat := path.stat()).st_mtime_ns}:{stat.st_size}")
    return "|".join(found)


HOLDER = LawHolder()


def local_folders(root: Path | None) -> list[Path]:
    """Folders of local law: each with an overlay.toml, by name; the shipped examples last."""
    found = sorted(path for path in root.iterdir() if path.is_dir()) if root and root.is_dir() else []
    examples = sorted(path for path in EXAMPLES.iterdir() if path.is_dir()) if EXAMPLES.is_dir() else []
    return [*found, *examples]


def law_in_force(root: Path | None) -> Law:
    """The law in service now; `root` is the folder of the agencies' own law (CANBO_LAWS), None = no such folder."""
    return HOLDER.current(folders=local_folders(root), copies=LawCopies(settings.DATA_DIR / "laws-in-service" if root else None))
