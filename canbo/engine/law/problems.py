"""What is wrong with law files: each with its file, its place in it, and one sentence that says what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`where` is the path of keys in the file: `standard[0].version[1].criterion[llct]`."""

    file: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.text}" if self.where else f"{self.file}: {self.text}"


class LawRefused(Exception):
    """A law folder that cannot be used; the last good law set stays in service. `problems` are all of them, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Problems:
    """Collects, so that a jurist sees everything at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, where: str, text: str) -> None:
        self.found.append(Problem(file, where, text))

    def raise_if_any(self) -> None:
        if self.found:
            raise LawRefused(self.found)


def nearest(word: str, words: Iterable[str]) -> str:
    """` Có phải “…”?` for a near miss, else nothing."""
    close = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f" Có phải “{close[0]}”?" if close else ""
