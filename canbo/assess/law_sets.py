"""The law in service: read from the shipped folder and from the agencies' own, checked before anybody is judged by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from canbo.engine.codelists import load_codelist
from canbo.engine.law.loader import CENTRAL, load_laws
from canbo.engine.law.model import LawSet, Overlay
from canbo.engine.law.problems import LawRefused
from canbo.engine.types import Code, ListOf, Name, Vocabulary
from canbo.facts.catalogue import FACTS

EXAMPLES = CENTRAL / "overlays"
TITLE_LISTS = ("titles_commune", "titles_district", "titles_province")
_TITLE_FACTS = {"title": False, "titles": True, "titles_ever": True, "planned_for": True}


@dataclass(frozen=True)
class Law:
    """The central law, and for each folder of local law the central law with it laid over; `problems` of newer files not in service."""

    central: LawSet
    local: tuple[LawSet, ...] = ()
    problems: tuple[str, ...] = ()

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


class LawHolder:
    """Keeps the law in service; looks at the files' times and sizes, and reads again what changed.

    A folder that is refused – a typo, a half-written file – leaves the last good law set in service, and says why.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: Mapping[Path, str] = {}
        self._good: dict[Path, LawSet] = {}
        self._problems: dict[Path, str] = {}

    def current(self, *, folders: Iterable[Path]) -> Law:
        """The shipped law with these local folders. Raises LawRefused only when the shipped folder was never good."""
        roots = [CENTRAL, *folders]
        seen = {root: _signature(root) for root in roots}
        with self._lock:
            if seen != self._seen:
                self._read(roots, central_changed=self._seen.get(CENTRAL) != seen[CENTRAL], seen=seen)
                self._seen = seen
            local = tuple(self._good[root] for root in roots[1:] if root in self._good)
            return Law(self._good[CENTRAL], local, tuple(self._problems[root] for root in roots if root in self._problems))

    def _read(self, roots: Sequence[Path], *, central_changed: bool, seen: Mapping[Path, str]) -> None:
        for root in roots:
            if not central_changed and self._seen.get(root) == seen[root]:
                continue
            paths = [CENTRAL] if root == CENTRAL else [CENTRAL, root]
            try:
                self._good[root] = read_laws(paths)
                self._problems.pop(root, None)
            except LawRefused as error:
                self._problems[root] = str(error)
                if root == CENTRAL and root not in self._good:
                    raise


def _signature(root: Path) -> str:
    stats = ((path, path.stat()) for path in sorted(root.rglob("*.toml"))) if root.is_dir() else ()
    return "|".join(f"{path}:{stat.st_mtime_ns}:{stat.st_size}" for path, stat in stats)


HOLDER = LawHolder()


def local_folders(root: Path | None) -> list[Path]:
    """Folders of local law: each with an overlay.toml, by name; the shipped examples last."""
    found = sorted(path for path in root.iterdir() if path.is_dir()) if root and root.is_dir() else []
    examples = sorted(path for path in EXAMPLES.iterdir() if path.is_dir()) if EXAMPLES.is_dir() else []
    return [*found, *examples]


def law_in_force(root: Path | None) -> Law:
    """The law in service now; `root` is the folder of the agencies' own law (CANBO_LAWS), None = no such folder."""
    return HOLDER.current(folders=local_folders(root))
