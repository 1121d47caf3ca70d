"""The law that ships: sound, every value cited and pinned by cases; taken apart, each fault is named where it is."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from canbo.assess.law_sets import EXAMPLES, law_vocabulary, read_laws, title_codes
from canbo.engine.law.checks import citations
from canbo.engine.law.loader import CENTRAL, load_laws
from canbo.engine.law.model import LawSet
from canbo.engine.law.mutate import moves
from canbo.engine.law.problems import LawRefused

FOLDERS = ("parameters", "standards", "authority", "calendars", "cases", "structures", "procedures", "regimes")
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


def refused(root: Path) -> list[str]:
    """What is said of a folder; empty when it is taken."""
    try:
        load_laws([root], vocabulary=law_vocabulary(), titles=title_codes(), run_cases=False)
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


@pytest.mark.parametrize("key", ["article", "evidence"])
def test_any_citation_taken_away_is_named(copy: Path, key: str) -> None:
    """Every `article` (or `evidence`) line of a file goes at once; each place that lost one is named by itself."""
    for path in sorted([*copy.glob("standards/*.toml"), *copy.glob("parameters/*.toml"), *copy.glob("authority/*.toml")]):
        text = path.read_text(encoding="utf-8")
        stripped, lost = re.subn(rf"^{key} = .*\n", "", text, flags=re.MULTILINE)
        path.write_text(stripped, encoding="utf-8")
        name = f"{path.parent.name}/{path.name}"
        named = {problem for problem in refused(copy) if problem.startswith(f"{name}: ") and f".{key}: " in problem}
        assert (name, len(named)) == (name, lost)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("key", "step"), [("from", 1), ("to", -1)])
def test_any_documents_dates_shifted_are_noticed(copy: Path, laws: LawSet, key: str, step: int) -> None:
    """All documents begin a day later, or end a day earlier: each that is cited from its first (to its last) day is named."""
    path = copy / "documents.toml"
    dates = re.compile(rf"^{key} = (\S+)$", re.MULTILINE)
    text = path.read_text(encoding="utf-8")
    path.write_text(dates.sub(lambda found: f"{key} = {_moved(found[1], step)}", text), encoding="utf-8")
    said = "\n".join(refused(copy))
    edges = {name: (document.period.start if key == "from" else document.period.end) for name, document in laws.documents.items()}
    touched = {name for name, (starts, ends) in _cited(laws).items() if edges[name] and edges[name] in (starts if key == "from" else ends)}
    assert len(touched) > 10
    assert [name for name in sorted(touched) if laws.documents[name].number not in said] == []


def _cited(laws: LawSet) -> dict[str, tuple[set[date], set[date | None]]]:
    found: dict[str, tuple[set[date], set[date | None]]] = {}
    for _, _, period, cite in citations(laws):
        starts, ends = found.setdefault(cite.document, (set(), set()))
        starts.add(period.start)
        ends.add(period.end)
    return found


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
