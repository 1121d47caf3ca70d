"""The law that ships: sound, every value cited and pinned by cases; taken apart, each fault is named where it is."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from canbo.assess.law_sets import EXAMPLES, law_vocabulary, read_laws, title_codes
from canbo.engine.law.checks import citations
from canbo.engine.law.loader import CENTRAL, PROVISIONS, load_laws
from canbo.engine.law.model import LawSet
from canbo.engine.law.mutate import moves
from canbo.engine.law.problems import LawRefused

FOLDERS = ("parameters", "standards", "authority", "calendars", "cases", *PROVISIONS)
OVERLAYS = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def laws() -> LawSet:
    return read_laws([CENTRAL])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The law files alone, to take apart."""
    root = tmp_path / "laws"
    root.mkdir()
    shutil.copy(CENTRAL / "documents.toml", root)
    for folder in FOLDERS:
        if (CENTRAL / folder).is_dir():
            shutil.copytree(CENTRAL / folder, root / folder, ignore=shutil.ignore_patterns("*.csv"))
    return root


def refused(root: Path, *, run_cases: bool = False) -> list[str]:
    """What is said of a folder; empty when it is taken."""
    try:
        load_laws([root], vocabulary=law_vocabulary(), titles=title_codes(), run_cases=run_cases)
    except LawRefused as error:
        return [str(problem) for problem in error.problems]
    return []


def test_every_threshold_of_the_shipped_law_is_pinned(laws: LawSet) -> None:
    found = list(moves(laws, vocabulary=law_vocabulary()))
    assert len(found) > 300
    assert [move for move in found if not move.noticed] == []


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda path: path.name)
def test_shipped_overlays_are_examples_and_pinned(overlay: Path) -> None:
    local = read_laws([CENTRAL, overlay])
    assert local.overlays[-1].example
    assert [move for move in moves(local, vocabulary=law_vocabulary()) if not move.noticed] == []


def test_copy_is_taken_as_it_is(copy: Path) -> None:
    assert refused(copy) == []


LAW_FILES = sorted(
    path for root in (CENTRAL, *OVERLAYS) for folder in FOLDERS if folder != "cases" for path in (root / folder).glob("*.toml")
)  # fmt: skip
# A criterion without a document of its own rests on that of its version.
MAY_LACK_DOCUMENT = ("criterion", "exception", "step", "rule", "grade")


def test_every_citation_is_in_a_file_taken_apart_below(laws: LawSet) -> None:
    """No value of the law is read from a place the next test does not look at."""
    central = [path for path in LAW_FILES if not any(overlay in path.parents for overlay in OVERLAYS)]
    written = sum(len(re.findall(r"^article = ", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in central)
    assert written >= len({where for _, where, _, _ in citations(laws)}) > 200


@pytest.mark.parametrize("key", ["article", "evidence", "document"])
def test_any_citation_taken_away_is_named(tmp_path: Path, key: str) -> None:
    """Every `article` (`evidence`, `document`) line of every file goes at once; each place that lost one is named by itself."""
    for path in LAW_FILES:
        copied = tmp_path / path.parent.parent.name / path.parent.name / path.name
        copied.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        stripped, lost = _without(text, key)
        copied.write_text(stripped, encoding="utf-8")
        named = said_while_reading(copied.parent.parent, f"{copied.parent.name}/{copied.name}", key)
        copied.unlink()
        # A version without a document leaves its criteria without one too.
        assert (path.name, min(named, lost) if key == "document" else named) == (path.name, lost)


def _without(text: str, key: str) -> tuple[str, int]:
    """The text without the lines of the key, and how many went; a document is left where another one stands in for it."""
    kept, lost, table = [], 0, ""
    for line in text.splitlines(keepends=True):
        table = line.strip("[] \n").rpartition(".")[2] if line.startswith("[[") else table
        gone = line.startswith(f"{key} = ") and not (key == "document" and table in MAY_LACK_DOCUMENT)
        lost += gone
        kept += [] if gone else [line]
    return "".join(kept), lost


def said_while_reading(root: Path, name: str, key: str) -> int:
    """How many places of the one file of a folder are named for the key."""
    found = {problem for problem in refused(root) if problem.startswith(f"{name}: ") and f".{key}: " in problem}
    return len(found)


@pytest.mark.parametrize(("key", "step"), [("from", 1), ("from", -1), ("to", -1), ("to", 1)])
def test_any_documents_dates_shifted_are_named(copy: Path, laws: LawSet, key: str, step: int) -> None:
    """Every document begins (ends) a day later or earlier; each is named, by a value it no longer covers or by its case."""
    path = copy / "documents.toml"
    dates = re.compile(rf"^{key} = (\S+)$", re.MULTILINE)
    text = path.read_text(encoding="utf-8")
    for part in (0, 1):  # every second one at a time: neighbours of a chain would move together
        number = iter(range(len(text)))
        lines = (_moved(found[1], step) if next(number) % 2 == part else found[1] for found in dates.finditer(text))
        path.write_text(dates.sub(lambda _: f"{key} = {next(lines)}", text), encoding="utf-8")  # noqa: B023
        moved = [d for n, d in enumerate(d for d in laws.documents.values() if key == "from" or d.period.end) if n % 2 == part]
        said = "\n".join(refused(copy, run_cases=True))
        assert [document.key for document in moved if document.number not in said] == []


def _moved(day: str, step: int) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() + step).isoformat()


def test_law_changes_with_the_day(laws: LawSet) -> None:
    secretary = laws.standards["bi-thu-dang-uy-xa"]
    days = (date(2019, 6, 1), date(2024, 6, 1), date(2026, 6, 1))
    assert [version.document for day in days if (version := secretary.on(day))] == ["qd04-2004", "nd33-2023", "qd365-2025"]
    assert [version.complete for day in days if (version := secretary.on(day))] == [True, True, False]


def test_what_is_known_from_memory_decides_nothing(laws: LawSet) -> None:
    memory = [c for s in laws.standards.values() for v in s.versions for c in v.criteria if c.cite.evidence == "memory"]
    assert memory
    assert not any(criterion.active for criterion in memory)
